"""Safe rewrites: what of the given text goes, and what comes in its place.

A rule's `fix` replaces the hit; with a `pattern` it replaces the match of it that overlaps the hit, and does nothing
where there is none. So a rule says in which company its words can go without loss: 最香的 goes before a noun.
"""

from __future__ import annotations

from dataclasses import dataclass

from coopcompliance.detect.match import Match, Scene, marked_span, searching
from coopcompliance.model import Fix
from coopcompliance.packs.syntax import LazyPattern

_LIST_MARKS = "，、,;；"
_ENDS = "。！？!?；;\n"
_OPENINGS = _ENDS + "：:"


@dataclass(frozen=True, slots=True)
class CompiledFix:
    """`pattern` None: the hit itself is replaced."""

    to: str
    pattern: LazyPattern | None = None

    def of(self, scene: Scene, match: Match) -> Fix | None:
        """The rewrite for one hit, in offsets of the given text; None where it would not be safe."""
        span = self._span(scene, match)
        if span is None:
            return None
        start, end = scene.text.span(*span)
        if not self.to:
            start, end = _with_mark(scene.text.given, start, end)
        return Fix(start=start, end=end, text=self.to)

    def _span(self, scene: Scene, match: Match) -> tuple[int, int] | None:
        if self.pattern is None:
            return match.start, match.end
        low, high = scene.segments.around("sentence", match.start, match.end)
        for found in searching(self.pattern, scene, low, high):
            span = marked_span(found)
            if span[0] < match.end and match.start < span[1]:
                return span
        return None


def _with_mark(given: str, start: int, end: int) -> tuple[int, int]:
    """What is taken out of a list takes one mark of the list along."""
    before, after = given[start - 1 : start], given[end : end + 1]
    if before and before in _LIST_MARKS and (not after or after in _LIST_MARKS + _ENDS):
        return start - 1, end
    if (not before or before in _OPENINGS) and after and after in _LIST_MARKS:
        return start, end + 1
    return start, end
