"""The five kinds of detectors, each from literal hits to matches.

A detector gets, per group, the hits of its literals in order; it never runs over the whole text by itself.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

import regex

from coopcompliance.detect.identifiers import check_identifier
from coopcompliance.detect.match import Hit, Match, Scene
from coopcompliance.detect.numerals import parse_number
from coopcompliance.detect.standards import successor
from coopcompliance.packs.schema import CheckSpec, CompareSpec
from coopcompliance.text.segment import Scope
from coopcompliance.text.words import Boundary

Groups = Sequence[Sequence[Hit]]


class Detector(ABC):
    """Base of the five kinds. `groups` are the literals that feed it, in normal form."""

    __slots__ = ("groups", "needed")

    def __init__(self, groups: tuple[tuple[str, ...], ...], needed: int | None = None) -> None:
        self.groups = groups
        self.needed = len(groups) if needed is None else needed
        """How many of the first groups must have hits at all."""

    @abstractmethod
    def find(self, scene: Scene, hits: Groups) -> Iterator[Match]:
        """Matches in `scene`, given the literal hits of each group."""


def whole_words(scene: Scene, hits: Sequence[Hit], boundary: Boundary) -> list[Hit]:
    """Hits that are no parts of other words. A single character must always be a word of its own (治 in 政治)."""
    kept = []
    for start, end in hits:
        rule: Boundary = "strict" if end - start == 1 and boundary == "cut" else boundary
        if not scene.words.crosses(scene.norm, start, end, rule):
            kept.append((start, end))
    return kept


class Phrases(Detector):
    """Any of the literals; the longest where several overlap at one place."""

    __slots__ = ("boundary",)

    def __init__(self, terms: tuple[str, ...], boundary: Boundary) -> None:
        super().__init__((terms,))
        self.boundary = boundary

    def find(self, scene: Scene, hits: Groups) -> Iterator[Match]:
        for start, end in whole_words(scene, hits[0], self.boundary):
            yield Match(start, end, "phrases")


class Combine(Detector):
    """Groups that meet within a scope: for each hit of the rarest group the shortest match around it."""

    __slots__ = ("boundary", "gap", "ordered", "within", "without")

    def __init__(
        self,
        groups: tuple[tuple[str, ...], ...],
        *,
        within: Scope,
        ordered: bool,
        gap: int | None,
        without: regex.Pattern[str] | None,
        boundary: Boundary,
    ) -> None:
        super().__init__(groups)
        self.within = within
        self.ordered = ordered
        self.gap = gap
        self.without = without
        self.boundary = boundary

    def find(self, scene: Scene, hits: Groups) -> Iterator[Match]:
        rarest = min(range(len(hits)), key=lambda group: len(hits[group]))
        seen: set[tuple[Hit, ...]] = set()
        for anchor in hits[rarest]:
            low, high = scene.segments.around(self.within, *anchor)
            local = [[anchor] if group == rarest else _within(hits[group], low, high) for group in range(len(hits))]
            if not all(local):
                continue
            best = self._shortest(local, rarest)
            if best is None or best in seen:
                continue
            seen.add(best)
            start, end = min(hit[0] for hit in best), max(hit[1] for hit in best)
            if isinstance(self.within, int) and end - start > self.within:
                continue
            if self.without and self.without.search(scene.norm, start, end):
                continue
            if len(whole_words(scene, best, self.boundary)) < len(best):
                continue
            words = " + ".join(scene.norm[a:b] for a, b in best)
            yield Match(start, end, f"combine: {words}")

    def _shortest(self, local: list[list[Hit]], rarest: int) -> tuple[Hit, ...] | None:
        if self.ordered:
            found = list(self._chains(local, 0, None, []))
        else:
            anchor = local[rarest][0]
            chosen: list[Hit] = []
            for group, options in enumerate(local):
                free = [hit for hit in options if group == rarest or hit[1] <= anchor[0] or hit[0] >= anchor[1]]
                if not free:
                    return None
                chosen.append(min(free, key=lambda hit: max(hit[0] - anchor[1], anchor[0] - hit[1])))
            chain = tuple(chosen)
            found = [chain] if self._gaps_fit(sorted(chain)) else []
        if not found:
            return None
        return min(found, key=lambda chain: (chain[-1][1] - chain[0][0], -sum(b - a for a, b in chain)))

    def _chains(
        self, local: list[list[Hit]], group: int, before: Hit | None, chain: list[Hit]
    ) -> Iterator[tuple[Hit, ...]]:
        if group == len(local):
            yield tuple(chain)
            return
        tried = 0
        for hit in local[group]:
            if before is not None:
                if hit[0] < before[1]:
                    continue
                if self.gap is not None and hit[0] - before[1] > self.gap:
                    break
            elif len(local[group]) > 12 and group + 1 < len(local) and hit[1] < local[group + 1][0][0] - 200:
                continue
            tried += 1
            if tried > 12:  # the nearest ones decide; a scope full of hits must not cost a product
                break
            yield from self._chains(local, group + 1, hit, [*chain, hit])

    def _gaps_fit(self, chain: Sequence[Hit]) -> bool:
        return self.gap is None or all(later[0] - earlier[1] <= self.gap for earlier, later in pairwise(chain))


def _within(hits: Sequence[Hit], low: int, high: int) -> list[Hit]:
    first = bisect_left(hits, (low, 0))
    found = []
    for index in range(first, len(hits)):
        start, end = hits[index]
        if start >= high:
            break
        if end <= high:
            found.append((start, end))
    return found


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
        pattern: regex.Pattern[str],
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
        windows = sorted({scene.segments.around(self.within, *hit) for hit in hits[0]})
        seen: set[Hit] = set()
        for low, high in windows:
            for match in searching(self.pattern, scene, low, high):
                named = match.groupdict()
                start, end = match.span("span") if named.get("span") else match.span()
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


def searching(pattern: regex.Pattern[str], scene: Scene, low: int, high: int) -> Iterator[regex.Match[str]]:
    """Matches in norm[low:high]; a pattern that takes too long is given up and named in the report's notices."""
    try:
        yield from pattern.finditer(scene.norm, low, high, timeout=scene.timeout)
    except TimeoutError:
        notice = f"规则表达式超时（{scene.timeout:g} 秒），该处未判完：{pattern.pattern[:80]}"
        if notice not in scene.notices:
            scene.notices.append(notice)


class Missing(Detector):
    """A claim without its companion: the claim's own matches, where nothing of the companion stands within reach."""

    __slots__ = ("claim", "companions", "within")

    def __init__(self, claim: Detector, companions: tuple[regex.Pattern[str], ...], within: Scope) -> None:
        super().__init__(claim.groups, claim.needed)
        self.claim = claim
        self.companions = companions
        self.within = within

    def find(self, scene: Scene, hits: Groups) -> Iterator[Match]:
        for match in self.claim.find(scene, hits):
            low, high = scene.segments.around(self.within, match.start, match.end)
            if not any(next(searching(pattern, scene, low, high), None) for pattern in self.companions):
                yield Match(match.start, match.end, f"missing companion of {match.how}", match.groups)


class Repeat(Detector):
    """More than N hits in any stretch of 1,000 characters, or of one minute of time code. One match per text."""

    __slots__ = ("more_than", "per")

    def __init__(self, terms: tuple[str, ...], more_than: int, per: Literal["1000 characters", "minute"]) -> None:
        super().__init__((terms,))
        self.more_than = more_than
        self.per = per

    def find(self, scene: Scene, hits: Groups) -> Iterator[Match]:
        found = longest(hits[0])
        if self.per == "minute":
            timed = [(scene.seconds_at(start), start, end) for start, end in found]
            places = [(when, start, end) for when, start, end in timed if when is not None]
            stretch = 60.0
        else:
            places = [(float(start), start, end) for start, end in found]
            stretch = 1000.0
        for index in range(self.more_than, len(places)):
            first, last = places[index - self.more_than], places[index]
            if last[0] - first[0] <= stretch:
                count = self.more_than + 1
                yield Match(last[1], last[2], f"repeat: {count} within {self.per}", {"count": str(count)})
                return


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """`hits` without those that lie inside another, in order. Equal ones count once."""
    kept: list[Hit] = []
    for start, end in sorted(set(hits), key=lambda hit: (hit[0], -hit[1])):
        if kept and end <= kept[-1][1]:
            continue
        kept.append((start, end))
    return kept
