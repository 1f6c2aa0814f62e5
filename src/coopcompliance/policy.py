"""What the user settles beside the rules: allowlist, rules off, tiers, inline suppressions, baseline.

Four ideas with four names. An exemption is the rule author's; an allowlist holds the user's names and certified claims;
a suppression is one finding that a person silenced, with a reason; a baseline accepts earlier findings by fingerprint.
Whatever they take out stands in the report as `suppressed`, with the reason. A suppression without a reason takes out
nothing and is a finding itself; unused and expired entries are reported as notices.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field, StringConstraints

from coopcompliance.model import Category, Finding, Model, Verdict
from coopcompliance.text.projection import line_and_column, line_starts

DIRECTIVE_RULE = "coopcompliance/suppression-without-reason"
INLINE_PREFIX = "文内标注："
"""How the reason of a suppression that stands in the text itself begins."""
ACCEPTED = "已列入基线：此前的发现经人工接受"
"""The reason of what the baseline accepted."""

_DIRECTIVE = re.compile(
    r"(?:<!--[ \t]*coop-ignore[ \t]*(?P<html>.*?)[ \t]*-->|^[ \t]*(?://|%%)[ \t]*coop-ignore[ \t]*(?P<plain>.*)$)",
    re.MULTILINE,
)
_FIELD = re.compile(r"(?:^|[;；])\s*(?:(reason|理由|until|至)\s*[:：]\s*)?([^;；]*)")


Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words that say why; blanks are none."""


class Allowed(Model):
    """A name or certified claim that the user may write, e.g. a brand 第一江山 or an award with its number."""

    text: str = Field(min_length=1)
    reason: Reason
    number: str | None = None
    until: dt.date | None = None
    rules: tuple[str, ...] = ()


class RuleOff(Model):
    rule: str
    reason: Reason
    until: dt.date | None = None


class Policy(Model):
    """A project's own settings for judging. Empty: nothing is taken out."""

    allow: tuple[Allowed, ...] = ()
    off: tuple[RuleOff, ...] = ()
    tiers: dict[str, Annotated[int, Field(ge=1, le=3)]] = Field(default_factory=dict)
    baseline: frozenset[str] = frozenset()
    """Fingerprints of earlier findings that were accepted."""


@dataclass(frozen=True, slots=True)
class Directive:
    """An inline suppression: `<!-- coop-ignore pack/slug; reason: …; until: 2027-01-01 -->` or `// coop-ignore …`.

    It governs its own line, or, when it stands alone on a line, the next line that holds text.
    """

    start: int
    end: int
    line: int
    column: int
    governs: int
    rules: tuple[str, ...]
    reason: str
    until: dt.date | None


@dataclass(slots=True)
class Settled:
    """What is left after the policy: findings that stand, those taken out, and what to tell the user."""

    findings: list[Finding] = field(default_factory=list)
    suppressed: list[Finding] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def find_directives(text: str) -> list[Directive]:
    """Every inline suppression in `text`, in order."""
    if "coop-ignore" not in text:
        return []
    starts = line_starts(text)
    lines = text.split("\n")
    directives = []
    for match in _DIRECTIVE.finditer(text):
        line, column = line_and_column(starts, match.start())
        rest = lines[line - 1].replace(match.group(), "").strip()
        governs = line
        if not rest:
            governs = next((n for n in range(line + 1, len(lines) + 1) if lines[n - 1].strip()), line)
        rules, reason, until = _fields((match.group("html") or match.group("plain") or "").strip())
        directives.append(Directive(match.start(), match.end(), line, column, governs, rules, reason, until))
    return directives


def _fields(body: str) -> tuple[tuple[str, ...], str, dt.date | None]:
    rules: tuple[str, ...] = ()
    reason, until = "", None
    for name, value in _FIELD.findall(body):
        if name in {"reason", "理由"}:
            reason = value.strip()
        elif name in {"until", "至"}:
            # A date that cannot be read must not silence anything for ever: it counts as run out.
            until = _date(value.strip())
        elif value.strip():
            rules = tuple(re.split(r"[,，\s]+", value.strip()))
    return rules, reason, until


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return dt.date.min


def settle(
    findings: Sequence[Finding], policy: Policy, directives: Sequence[Directive], text: str, as_of: dt.date
) -> Settled:
    """Apply the policy and the inline suppressions to `findings`."""
    settled = Settled()
    used: set[int] = set()
    allowed = [(entry, list(_places(text, entry.text))) for entry in policy.allow]
    for finding in (_retiered(item, policy) for item in findings):
        reason = (
            _off_reason(finding, policy, as_of)
            or _allow_reason(finding, allowed, as_of)
            or _directive_reason(finding, directives, used, as_of)
            or (ACCEPTED if finding.fingerprint in policy.baseline else None)
        )
        if reason:
            settled.suppressed.append(finding.model_copy(update={"verdict": Verdict.SUPPRESSED, "reason": reason}))
        else:
            settled.findings.append(finding)
    for index, directive in enumerate(directives):
        where = f"第 {directive.line} 行的 coop-ignore"
        if not directive.reason:
            settled.findings.append(_without_reason(directive, text))
        elif directive.until is not None and directive.until < as_of:
            settled.notices.append(f"{where} 已于 {directive.until} 过期，不再生效")
        elif index not in used:
            settled.notices.append(f"{where} 没有压住任何发现，可以删除")
    for entry in policy.allow:
        if entry.until is not None and entry.until < as_of:
            settled.notices.append(f"许可词“{entry.text}”已于 {entry.until} 过期，不再生效")
    for off in policy.off:
        if off.until is not None and off.until < as_of:
            settled.notices.append(f"规则 {off.rule} 的关闭已于 {off.until} 过期，重新生效")
    settled.findings.sort(key=lambda item: (item.start, item.end, item.rule))
    return settled


def _retiered(finding: Finding, policy: Policy) -> Finding:
    tier = policy.tiers.get(finding.rule)
    return finding if tier is None else finding.model_copy(update={"tier": tier})


def _off_reason(finding: Finding, policy: Policy, as_of: dt.date) -> str | None:
    for entry in policy.off:
        if entry.rule == finding.rule and (entry.until is None or as_of <= entry.until):
            return f"项目配置关闭了这条规则：{entry.reason}"
    return None


def _allow_reason(
    finding: Finding, allowed: Iterable[tuple[Allowed, list[tuple[int, int]]]], as_of: dt.date
) -> str | None:
    for entry, places in allowed:
        if (entry.until is not None and entry.until < as_of) or (entry.rules and finding.rule not in entry.rules):
            continue
        # The allowed expression must cover the finding; merely standing near it excuses nothing.
        if any(start <= finding.start and finding.end <= end for start, end in places):
            number = f"（{entry.number}）" if entry.number else ""
            return f"许可词“{entry.text}”{number}：{entry.reason}"
    return None


def _directive_reason(finding: Finding, directives: Sequence[Directive], used: set[int], as_of: dt.date) -> str | None:
    for index, directive in enumerate(directives):
        if (
            directive.reason
            and directive.governs == finding.line
            and (finding.rule in directive.rules or finding.rule.partition("/")[2] in directive.rules)
            and (directive.until is None or as_of <= directive.until)
        ):
            used.add(index)
            return f"{INLINE_PREFIX}{directive.reason}"
    return None


def _without_reason(directive: Directive, text: str) -> Finding:
    given = text[directive.start : directive.end]
    return Finding(
        rule=DIRECTIVE_RULE,
        title="压制发现而未写理由",
        category=Category.IDENTIFICATION,
        tier=1,
        verdict=Verdict.VIOLATION,
        start=directive.start,
        end=directive.end,
        line=directive.line,
        column=directive.column,
        text=given,
        message="coop-ignore 没有写理由，不生效；请补上“reason: …”或“理由：…”",
        basis=(),
        advice="写明谁、为什么判断这处可以放行；没有理由就改文案。",
        fingerprint=hashlib.sha256(f"{DIRECTIVE_RULE}\x1f{given}".encode()).hexdigest()[:16],
    )


def _places(text: str, part: str) -> Iterable[tuple[int, int]]:
    start = text.find(part)
    while start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + 1)
