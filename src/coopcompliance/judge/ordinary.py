"""Sets hits aside whose sentence is like the innocent ones and which few rules agree on.

A rule sees its words and what stands around them; the likeness model sees the whole sentence. Where the model finds the
sentence ordinary, and the hits in it are few, the rule has most likely met a turn of speech that it does not know.
The finding is kept among the exempted ones, with the probability in its trace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coopcompliance.detect.likeness import Sentence, Weighed
from coopcompliance.detect.match import Scene
from coopcompliance.model import ExemptionRef, Finding, Step, Verdict
from coopcompliance.program import CompiledRule

NAME = "ordinary"
BECAUSE = "整句的写法像标注过的合规例句，不像违规例句"


def set_ordinary_aside(scene: Scene, findings: Sequence[Finding], rules: Mapping[str, CompiledRule]) -> list[Finding]:
    """`findings` in their order; those that are most likely wrong are exempt. `rules` by their "pack/slug"."""
    if scene.likeness is None:
        return list(findings)
    hit: dict[Sentence, list[Finding]] = {}
    touched: dict[int, list[Sentence]] = {}
    for index, finding in enumerate(findings):
        rule = rules[finding.rule]
        if finding.verdict is not Verdict.EXEMPT and not rule.doubts and NAME in rule.defaults:
            span = (scene.text.view_position(finding.start), scene.text.view_position(finding.end))
            touched[index] = scene.likeness.sentences(*span)
            for sentence in touched[index]:
                hit.setdefault(sentence, []).append(finding)
    chances = {sentence: _chance(scene.likeness, sentence, found) for sentence, found in hit.items()}
    weighed = list(findings)
    for index, sentences in touched.items():
        if sentences:
            chance, count = max(chances[sentence] for sentence in sentences)
            weighed[index] = _judged(findings[index], chance, count, scene.likeness.hits.below)
    return weighed


def _chance(likeness: Weighed, sentence: Sentence, found: Sequence[Finding]) -> tuple[float, int]:
    """How probable it is that the rules are right about the sentence, and how many they are."""
    rules = len({finding.rule for finding in found})
    categories = {finding.category.value for finding in found}
    return likeness.hits.probability(likeness.log_odds(sentence), rules, categories), rules


def _judged(finding: Finding, chance: float, rules: int, below: float) -> Finding:
    if chance >= below:
        return finding.model_copy(update={"trace": (*finding.trace, Step(check=NAME, outcome="不适用"))})
    step = Step(check=NAME, outcome="豁免", looked_at=f"{rules} 条规则命中，按整句的写法确为违规的把握 {chance:.0%}")
    return finding.model_copy(
        update={
            "verdict": Verdict.EXEMPT,
            "exemption": ExemptionRef(id=NAME, because=BECAUSE),
            "trace": (*finding.trace, step),
        }
    )
