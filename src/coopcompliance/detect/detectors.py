"""Detectors: from literal hits to matches. The `pattern` kind, with its comparisons, is in `detect.pattern`.

A detector gets, per group, the hits of its literals in order; it never runs over the whole text by itself.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from itertools import pairwise
from typing import Literal

from coopcompliance.detect.match import Hit, Match, Scene, searching
from coopcompliance.packs.syntax import LazyPattern
from coopcompliance.text.segment import Scope
from coopcompliance.text.words import Boundary

Groups = Sequence[Sequence[Hit]]
Fits = Callable[[Hit], bool]

# The nearest hits decide; a scope full of hits must not cost a product.
_MOST_TRIED = 12


class Detector(ABC):
    """Base of the six kinds. `groups` are the literals that feed it, in normal form."""

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
        without: LazyPattern | None,
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

        def whole(hit: Hit) -> bool:
            return bool(whole_words(scene, [hit], self.boundary))

        for anchor in hits[rarest]:
            low, high = scene.segments.around(self.within, *anchor)
            local = [[anchor] if group == rarest else _within(hits[group], low, high) for group in range(len(hits))]
            best = self._chain(local, rarest, lambda hit: True) if all(local) else None
            # Words are cut only where the groups meet at all; then a part of another word gives way to the next hit.
            if best is not None and not all(map(whole, best)):
                best = self._chain(local, rarest, whole) if whole(anchor) else None
            if best is None or best in seen:
                continue
            seen.add(best)
            start, end = min(hit[0] for hit in best), max(hit[1] for hit in best)
            if isinstance(self.within, int) and end - start > self.within:
                continue
            if self.without and self.without.search(scene.norm, start, end):
                continue
            words = " + ".join(scene.norm[a:b] for a, b in best)
            yield Match(start, end, f"combine: {words}")

    def _chain(self, local: list[list[Hit]], rarest: int, fits: Fits) -> tuple[Hit, ...] | None:
        """One hit of each group around the anchor (the rarest group's), as near to it as order and gaps allow."""
        anchor = local[rarest][0]
        if not self.ordered:
            return self._spread(local, rarest, [anchor], fits)
        before = self._extend(local[:rarest][::-1], anchor, False, fits)
        after = self._extend(local[rarest + 1 :], anchor, True, fits)
        return None if before is None or after is None else (*before[::-1], anchor, *after)

    def _extend(self, groups: list[list[Hit]], last: Hit, forward: bool, fits: Fits) -> tuple[Hit, ...] | None:
        """A hit of each of `groups` in turn, going away from `last`: the nearest ones that leave a way on."""
        if not groups:
            return ()
        options = []
        for start, end in groups[0]:
            gap = start - last[1] if forward else last[0] - end
            if gap >= 0 and (self.gap is None or gap <= self.gap):
                options.append((end, start, (start, end)) if forward else (-start, -end, (start, end)))
        for *_, hit in nsmallest(_MOST_TRIED, options):
            rest = self._extend(groups[1:], hit, forward, fits) if fits(hit) else None
            if rest is not None:
                return (hit, *rest)
        return None

    def _spread(
        self, local: list[list[Hit]], rarest: int, chosen: list[Hit], fits: Fits, group: int = 0
    ) -> tuple[Hit, ...] | None:
        """`chosen` with a hit of each further group, in any order, none overlapping another."""
        if group == len(local):
            chain = sorted(chosen)
            gaps = (later[0] - earlier[1] for earlier, later in pairwise(chain))
            return tuple(chain) if self.gap is None or max(gaps) <= self.gap else None
        if group == rarest:
            return self._spread(local, rarest, chosen, fits, group + 1)
        anchor = chosen[0]
        free = [hit for hit in local[group] if all(hit[1] <= a or b <= hit[0] for a, b in chosen)]
        for hit in nsmallest(_MOST_TRIED, free, key=lambda hit: max(hit[0] - anchor[1], anchor[0] - hit[1])):
            found = self._spread(local, rarest, [*chosen, hit], fits, group + 1) if fits(hit) else None
            if found is not None:
                return found
        return None


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


class Missing(Detector):
    """A claim without its companion: the claim's own matches, where nothing of the companion stands within reach."""

    __slots__ = ("claim", "companions", "within")

    def __init__(self, claim: Detector, companions: tuple[LazyPattern, ...], within: Scope) -> None:
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
