"""Rewriting: apply the fixes that rules mark as always safe, and check the result again.

Only rules with a `fix` take part; a `rewrite` is a suggestion for a person. A rewrite that raises a finding which the
text did not have is refused: a correction must not become an evasion or a new offence.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coopcompliance.model import Finding, Report
from coopcompliance.plan import counts

Screen = Callable[[str], Report]
"""Checks a text under the same placement, evidence and date."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The text after safe fixes; `applied` were made, `refused` would have raised something new."""

    text: str
    applied: tuple[Finding, ...]
    refused: tuple[Finding, ...]


def rewrite(text: str, report: Report, screen: Screen) -> Rewritten:
    """Apply the safe fixes of `report` to `text`, one after the other, each checked again."""
    applied: list[Finding] = []
    refused: list[Finding] = []
    now = text
    before = _rules(report)
    # From the end, so that earlier offsets stay true.
    for finding in _fixable(report):
        fix = finding.fix
        assert fix is not None
        changed = now[: fix.start] + fix.text + now[fix.end :]
        if not changed.strip():
            refused.append(finding)
            continue
        after = _rules(screen(changed))
        if any(after[rule] > before[rule] for rule in after) or after[finding.rule] >= before[finding.rule]:
            refused.append(finding)
            continue
        now, before = changed, after
        applied.append(finding)
    return Rewritten(now, tuple(reversed(applied)), tuple(reversed(refused)))


def unified_diff(before: str, after: str, name: str) -> str:
    """A unified diff of the rewrite that `git apply` and `patch` take; empty where nothing changed.

    Lines end at "\\n" alone, as everywhere; a last line without one is marked as git marks it.
    """
    # As git does: a tab ends a name with a space in it.
    label = name.lstrip("/") + ("\t" if " " in name else "")
    rows = difflib.unified_diff(_lines(before), _lines(after), f"a/{label}", f"b/{label}", n=2)
    return "".join(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows)


def _lines(text: str) -> list[str]:
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def _fixable(report: Report) -> Sequence[Finding]:
    chosen: list[Finding] = []
    fixable = [
        (item.fix.start, item.fix.end, item) for item in report.findings if item.fix is not None and counts(item)
    ]
    reach = None
    for start, end, finding in sorted(fixable, key=lambda entry: entry[:2], reverse=True):
        if reach is None or end <= reach:
            chosen.append(finding)
            reach = start
    return chosen


def _rules(report: Report) -> Counter[str]:
    return Counter(finding.rule for finding in report.findings if counts(finding))
