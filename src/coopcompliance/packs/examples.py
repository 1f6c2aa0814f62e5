"""A rule's examples as tests, run through the whole engine with all packs loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from coopcompliance.model import Evidence, Finding, Form, Placement
from coopcompliance.packs.catalog import RuleEntry
from coopcompliance.packs.rule_schema import ExampleSpec
from coopcompliance.screener import Screener

# Examples that name no date are judged on the day of the packs' first edition, so that they do not rot.
DEFAULT_DAY = dt.date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that did not come out as its author says."""

    rule: str
    kind: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.kind}: {self.text!r}: {self.problem}"


def check_rule(screener: Screener, rule: RuleEntry) -> Iterator[ExampleFailure]:
    """Every example of `rule` that fails."""
    if rule.off or rule.spec.status == "retired":
        return
    for example in rule.spec.examples.flag:
        problem = _flag_problem(screener, rule, example)
        if problem:
            yield ExampleFailure(rule.id, "flag", example.text, problem)
    for example in rule.spec.examples.passes:
        problem = _pass_problem(screener, rule, example)
        if problem:
            yield ExampleFailure(rule.id, "pass", example.text, problem)
    proved = {example.exemption for example in rule.spec.examples.passes}
    own = {item.id for item in rule.spec.unless if not isinstance(item, str)}
    for exemption in sorted(own - proved):
        yield ExampleFailure(
            rule.id, "exemption", exemption, "no pass example with `exemption: " + exemption + "` proves it"
        )


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its [[ ]] and the marked spans in it."""
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for index, part in enumerate(text.split("[[")):
        if index == 0:
            plain.append(part)
            length += len(part)
            continue
        inside, _, after = part.partition("]]")
        spans.append((length, length + len(inside)))
        plain += [inside, after]
        length += len(inside) + len(after)
    return "".join(plain), spans


def findings_for(screener: Screener, rule: RuleEntry, example: ExampleSpec) -> tuple[list[Finding], list[Finding]]:
    """This rule's own findings on the example: (those that count, exempt ones)."""
    text, _ = marked(example.text)
    applied = rule.spec.applies
    form = example.form or (applied.forms[0] if applied.forms else Form.POST if applied.placed else None)
    platform = example.platform or (applied.platforms[0] if applied.platforms else None)
    products = example.products or applied.products[:1]
    placement = Placement(platform=platform, form=form, products=products, stage=example.stage)
    evidence = [Evidence.model_validate(item) for item in example.evidence]
    as_of = example.as_of or max(DEFAULT_DAY, rule.spec.since)
    found, exempt = screener.findings_of(rule.id, text, placement, evidence=evidence, as_of=as_of)
    return found, exempt


def _flag_problem(screener: Screener, rule: RuleEntry, example: ExampleSpec) -> str | None:
    text, spans = marked(example.text)
    found, exempt = findings_for(screener, rule, example)
    wanted = {text[start:end] for start, end in spans}
    got = [(finding.start, finding.end) for finding in found]
    if sorted(got) == sorted(spans):
        return _fix_problem(text, found, example)
    if not got:
        why = "".join(
            f" (exempt as {item.exemption.id}: {item.trace[-1].looked_at})" for item in exempt if item.exemption
        )
        return f"the rule does not flag it{why}"
    return f"flags {[text[start:end] for start, end in got]}, marked are {sorted(wanted)}"


def _fix_problem(text: str, found: list[Finding], example: ExampleSpec) -> str | None:
    if example.fixed is None:
        return None
    for finding in reversed(found):
        if finding.fix is not None:
            text = text[: finding.fix.start] + finding.fix.text + text[finding.fix.end :]
    return None if text == example.fixed else f"its fix gives {text!r}, expected {example.fixed!r}"


def _pass_problem(screener: Screener, rule: RuleEntry, example: ExampleSpec) -> str | None:
    found, exempt = findings_for(screener, rule, example)
    if found:
        return f"the rule flags {[finding.text for finding in found]} as {found[0].verdict.value}"
    if example.exemption is not None:
        used = [item.exemption.id for item in exempt if item.exemption]
        if example.exemption not in used:
            return f"not exempted by {example.exemption!r}; exempted by {used or 'nothing: no hit'}"
    return None


__all__ = ["DEFAULT_DAY", "ExampleFailure", "check_rule", "findings_for", "marked"]
