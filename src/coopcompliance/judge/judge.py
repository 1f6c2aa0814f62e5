"""judge: matches -> findings. Looks only around hits, and writes down what it looked at."""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from coopcompliance.detect.match import Match, Scene
from coopcompliance.judge.context import mention, negation, question
from coopcompliance.judge.exemptions import Case, describe_evidence, held_evidence
from coopcompliance.model import BasisRef, Category, ExemptionRef, Finding, Step, Verdict
from coopcompliance.packs.basis import in_force
from coopcompliance.packs.rule_schema import BasisSpec
from coopcompliance.packs.schema import SourceSpec
from coopcompliance.program import CompiledRule
from coopcompliance.text.projection import line_and_column
from coopcompliance.text.segment import CLAUSE_MARKS

# The exemptions that every rule has unless it says so (`defaults_off`), with the reason shown to the reader.
DEFAULT_EXEMPTIONS = (
    ("mention", mention, "文案在引述、讲解或驳斥这种说法，没有这样宣传"),
    ("negated", negation, "前后文是否定，没有作出这种宣传"),
    ("question", question, "转述他人提问，没有作肯定回答"),
)

Judgement = tuple[Verdict, ExemptionRef | None, tuple[Step, ...], dt.date | None]


class Judge:
    """Judges the matches of one text."""

    __slots__ = ("_case", "_fingerprints", "_lines", "_scene", "_sources")

    def __init__(self, scene: Scene, case: Case, sources: Mapping[str, SourceSpec], lines: list[int]) -> None:
        self._scene = scene
        self._case = case
        self._sources = sources
        self._lines = lines
        self._fingerprints: dict[str, int] = {}

    def judge(self, rule: CompiledRule, matches: Iterable[Match]) -> list[Finding]:
        """Findings for the matches of one rule, overlaps resolved, in text order."""
        judged = [(match, *self._verdict(rule, match)) for match in matches]
        # What counts comes first, so that a longer exempt match never hides a shorter violation.
        judged.sort(key=lambda item: (item[1] is Verdict.EXEMPT, item[0].start - item[0].end, item[0].start))
        kept = []
        taken: list[tuple[int, int]] = []  # the kept spans, in order; they never overlap
        for item in judged:
            span = (item[0].start, item[0].end)
            index = bisect_left(taken, span)
            before_ends = taken[index - 1][1] if index else 0
            after_begins = taken[index][0] if index < len(taken) else len(self._scene.norm)
            if before_ends <= span[0] and span[1] <= after_begins:
                taken.insert(index, span)
                kept.append(item)
        kept.sort(key=lambda item: (item[0].start, item[0].end))
        return [self._finding(rule, *item) for item in kept]

    def _verdict(self, rule: CompiledRule, match: Match) -> Judgement:
        spec = rule.entry.spec
        steps = [Step(check="detect", outcome="命中", looked_at=_how(match))]
        for exemption in rule.exemptions:
            seen = exemption.holds(self._scene, match, self._case)
            if seen is not None:
                steps.append(Step(check=f"unless {exemption.spec.id}", outcome="豁免", looked_at=seen))
                basis = self._basis_ref(exemption.spec.basis) if exemption.spec.basis else None
                reference = ExemptionRef(id=exemption.spec.id, because=exemption.spec.because, basis=basis)
                return Verdict.EXEMPT, reference, tuple(steps), None
            steps.append(Step(check=f"unless {exemption.spec.id}", outcome="不适用"))
        for name, predicate, because in DEFAULT_EXEMPTIONS:
            if name not in rule.defaults:
                continue
            seen = predicate(self._case.context, self._scene, match)
            if seen is not None:
                steps.append(Step(check=name, outcome="豁免", looked_at=seen))
                return Verdict.EXEMPT, ExemptionRef(id=name, because=because), tuple(steps), None
            steps.append(Step(check=name, outcome="不适用"))
        if self._case.as_of < spec.since:
            steps.append(Step(check="since", outcome="尚未施行", looked_at=spec.since.isoformat()))
            return Verdict.UPCOMING, None, tuple(steps), spec.since
        if spec.clears:
            held = held_evidence(self._case, spec.clears)
            kinds = "、".join(spec.clears)
            if held is not None:
                steps.append(Step(check="evidence", outcome="豁免", looked_at=describe_evidence(held)))
                reference = ExemptionRef(id="evidence", because=f"已提供有效证明材料：{describe_evidence(held)}")
                return Verdict.EXEMPT, reference, tuple(steps), None
            given = "；".join(describe_evidence(item) for item in self._case.evidence) or "未提供任何证明"
            steps.append(Step(check="evidence", outcome=f"缺少有效的 {kinds}", looked_at=given))
            return Verdict.UNPROVEN, None, tuple(steps), None
        return Verdict.VIOLATION, None, tuple(steps), None

    def _finding(
        self,
        rule: CompiledRule,
        match: Match,
        verdict: Verdict,
        exemption: ExemptionRef | None,
        steps: tuple[Step, ...],
        effective: dt.date | None,
    ) -> Finding:
        spec = rule.entry.spec
        text = self._scene.text
        start, end = text.span(match.start, match.end)
        line, column = line_and_column(self._lines, start)
        given = text.given[start:end]
        basis = self._basis(spec.basis, effective or self._case.as_of)
        law = f"（{basis[0].title}{basis[0].article}）" if basis else ""
        message = f"{_quote(given)}：{_filled(spec.message or spec.title, match)}{law}"
        meant = match_text(self._scene, match)
        if _plain(given) != _plain(meant) and len(given) <= 40:
            message += f"；读作“{meant}”"
        return Finding(
            rule=rule.entry.id,
            title=spec.title,
            category=spec.category,
            tier=rule.entry.tier,
            verdict=verdict,
            status="experimental" if spec.status == "experimental" else "stable",
            start=start,
            end=end,
            line=line,
            column=column,
            text=given,
            message=message,
            basis=basis,
            advice=spec.advice,
            rewrite=spec.rewrite,
            fix=rule.fix.of(self._scene, match) if rule.fix is not None else None,
            clears=spec.clears,
            exemption=exemption,
            trace=steps,
            fingerprint=self._fingerprint(rule, match),
            effective=effective,
            timecode=_clock(self._scene.seconds_at(match.start)),
        )

    def _basis(self, specs: Iterable[BasisSpec], day: dt.date) -> tuple[BasisRef, ...]:
        """What the finding rests on for this form and platform, in force on `day`."""
        form, platform = self._case.form, self._case.placement.platform
        return tuple(self._basis_ref(spec) for spec in in_force(specs, self._sources, day, form, platform))

    def _basis_ref(self, spec: BasisSpec) -> BasisRef:
        source = self._sources[spec.source]
        return BasisRef(
            source=spec.source,
            title=f"《{source.title}》",
            article=spec.article,
            penalty=spec.penalty or source.penalty,
            verified=source.verified,
        )

    def _fingerprint(self, rule: CompiledRule, match: Match) -> str:
        """Rule, normalised match and its clause, and an ordinal where the same clause repeats.

        No line numbers and no dates: a baseline must survive edits elsewhere in the text and the passing of time.
        """
        low, high = self._scene.segments.around("clause", match.start, match.end)
        key = "\x1f".join(
            (rule.entry.id, match_text(self._scene, match), self._scene.norm[low:high].strip(CLAUSE_MARKS))
        )
        ordinal = self._fingerprints[key] = self._fingerprints.get(key, 0) + 1
        return hashlib.sha256(f"{key}\x1f{ordinal}".encode()).hexdigest()[:16]


def match_text(scene: Scene, match: Match) -> str:
    return scene.norm[match.start : match.end]


def _how(match: Match) -> str:
    named = "；".join(f"{name}={text}" for name, text in match.groups.items() if name != "span")
    return f"{match.how}（{named}）" if named else match.how


def _filled(message: str, match: Match) -> str:
    """`message` with {group} replaced by what the pattern's group matched."""
    for name, text in match.groups.items():
        message = message.replace("{" + name + "}", text.upper() if text.isascii() else text)
    return message


def _plain(text: str) -> str:
    """`text` without what differs between any two spellings: spaces, case, ASCII or Chinese punctuation."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _clock(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _quote(text: str) -> str:
    short = text if len(text) <= 60 else text[:57] + "…"
    return "“" + short.replace("\n", "⏎") + "”"


def drop_covered(findings: list[Finding]) -> list[Finding]:
    """Leave out findings that add nothing: same category, inside another that counts at least as much.

    What evidence would clear, or never fails a run, must not hide what stands without it.
    """
    kept: list[Finding] = []
    open_ones: dict[tuple[Category, bool], list[Finding]] = {}
    # Whatever covers a finding begins no later and is no shorter: it comes before it in this order.
    for finding in sorted(findings, key=lambda item: (item.start, -item.end, -item.tier, not _firm(item), item.rule)):
        key = (finding.category, finding.verdict is Verdict.UPCOMING)
        active = [other for other in open_ones.get(key, ()) if other.end > finding.start]
        if not any(
            finding.end <= other.end
            and finding.tier <= other.tier
            and (finding.verdict is other.verdict or other.verdict is Verdict.VIOLATION)
            and (finding.status == other.status or other.status == "stable")
            for other in active
        ):
            active.append(finding)
            kept.append(finding)
        open_ones[key] = active
    return sorted(kept, key=lambda item: (item.start, item.end, item.rule))


def _firm(finding: Finding) -> bool:
    return finding.verdict is Verdict.VIOLATION and finding.status == "stable"
