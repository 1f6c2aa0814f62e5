"""The `pattern` detector: a regular expression around literal hints, its groups compared and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from coopcompliance.detect.detectors import Detector, Groups
from coopcompliance.detect.identifiers import check_identifier
from coopcompliance.detect.match import Hit, Match, Scene, marked_span, searching
from coopcompliance.detect.numerals import parse_number
from coopcompliance.detect.standards import successor
from coopcompliance.packs.rule_schema import CheckSpec, CompareSpec
from coopcompliance.packs.syntax import LazyPattern
from coopcompliance.text.segment import Scope
from coopcompliance.text.words import Boundary

_OPERATORS = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def compares(spec: CompareSpec, text: str | None) -> bool:
    """Whether the number in `text` stands in the relation `spec` asks for; no number, no relation."""
    number = parse_number(text) if text else None
    return number is not None and bool(_OPERATORS[spec.op](number, spec.value))


class Pattern(Detector):
    """A regular expression run once over each scope in which one of its literal hints occurs."""

    __slots__ = ("boundary", "checks", "compare", "pattern", "within")

    def __init__(
        self,
        hints: tuple[str, ...],
        pattern: LazyPattern,
        *,
        within: Scope,
        compare: tuple[CompareSpec, ...],
        checks: tuple[CheckSpec, ...],
        boundary: Boundary,
    ) -> None:
        super().__init__((hints,))
        self.pattern = pattern
        self.within = within
        self.compare = compare
        self.checks = checks
        self.boundary = boundary

    def find(self, scene: Scene, hits: Groups) -> Iterator[Match]:
        windows = _merged({scene.segments.around(self.within, *hit) for hit in hits[0]})
        seen: set[Hit] = set()
        for low, high in windows:
            for match in searching(self.pattern, scene, low, high):
                named = match.groupdict()
                start, end = marked_span(match)
                if start == end or (start, end) in seen or not self._holds(scene, match):
                    continue
                seen.add((start, end))
                if scene.words.crosses(scene.norm, start, end, self.boundary):
                    continue
                groups = {name: text for name, text in named.items() if text is not None}
                for check in self.checks:
                    if check.kind == "standard-number":
                        groups["successor"] = successor(named[check.group], scene.standards) or "（目录未载）"
                yield Match(start, end, "pattern", groups)

    def _holds(self, scene: Scene, match: regex.Match[str]) -> bool:
        return all(compares(spec, match.group(spec.group)) for spec in self.compare) and all(
            match.group(check.group) is not None
            and check_identifier(check.kind, match.group(check.group), scene.as_of, scene.standards) == check.outcome
            for check in self.checks
        )


def _merged(windows: Iterable[Hit]) -> list[Hit]:
    """Overlapping windows as one: a transcript without punctuation gives each hint a window of its own."""
    merged: list[Hit] = []
    for low, high in sorted(windows):
        if merged and low < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged
