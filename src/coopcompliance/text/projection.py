"""`Text`: a normalised view of a given text, with exact offsets back to it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

Replacement = tuple[int, int, str]
"""(start, end, new text) in the view that is rewritten; replacements are sorted and do not overlap."""


class Text:
    """A view `norm` of the text `given`.

    The view is a chain of pieces. Piece i begins at `_norm[i]` in the view and stands for `_given[i]` up to
    `_given_end[i]` in the given text. In a piece of equal lengths characters correspond one to one; otherwise the
    piece stands for its given part as a whole. `soft` are view positions where a space or emoji was taken out.
    """

    __slots__ = ("_given", "_given_end", "_norm", "given", "norm", "soft")

    def __init__(
        self, given: str, norm: str, pieces: tuple[list[int], list[int], list[int]], soft: Sequence[int]
    ) -> None:
        self.given = given
        self.norm = norm
        self._norm, self._given, self._given_end = pieces
        self.soft = soft

    @classmethod
    def identity(cls, given: str, norm: str | None = None) -> Text:
        """A view in which every character stands for itself (`norm` has the length of `given`)."""
        norm = given if norm is None else norm
        return cls(given, norm, ([0], [0], [len(given)]), ())

    def _piece(self, position: int) -> int:
        return bisect_right(self._norm, position) - 1

    def _piece_end(self, piece: int) -> int:
        return self._norm[piece + 1] if piece + 1 < len(self._norm) else len(self.norm)

    def _one_to_one(self, piece: int) -> bool:
        return self._piece_end(piece) - self._norm[piece] == self._given_end[piece] - self._given[piece]

    def _exact(self, start: int, end: int) -> bool:
        """Whether every character of the view's [start, end) stands for one of its own."""
        return all(map(self._one_to_one, range(self._piece(start), self._piece(end - 1) + 1)))

    def given_start(self, position: int) -> int:
        """Where in the given text the view's character at `position` begins."""
        piece = self._piece(position)
        if self._one_to_one(piece):
            return self._given[piece] + position - self._norm[piece]
        return self._given[piece]

    def given_end(self, position: int) -> int:
        """Where in the given text the view's character before `position` ends."""
        piece = self._piece(position - 1)
        if self._one_to_one(piece):
            return self._given[piece] + position - self._norm[piece]
        return self._given_end[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The given span [start, end) of the view's span [start, end), which must not be empty."""
        return self.given_start(start), self.given_end(end)

    def view_position(self, given: int) -> int:
        """The first view position that stands for the given position or anything after it."""
        piece = bisect_right(self._given_end, given)
        if piece == len(self._norm) or not self.norm:
            return len(self.norm)
        if given > self._given[piece] and self._one_to_one(piece):
            return self._norm[piece] + given - self._given[piece]
        return self._norm[piece]

    def soft_between(self, start: int, end: int) -> bool:
        """Whether something was taken out strictly inside [start, end) of the view."""
        index = bisect_right(self.soft, start)
        return index < len(self.soft) and self.soft[index] < end

    def rewrite(self, replacements: Sequence[Replacement], soft: Sequence[int] = ()) -> Text:
        """A new view with each replaced part standing for all of what it replaces.

        `soft` are positions in this view (starts of removed parts) that become soft boundaries.
        """
        if not replacements:
            return self
        parts: list[str] = []
        norm_starts: list[int] = []
        given_starts: list[int] = []
        given_ends: list[int] = []
        new_soft: list[int] = []
        old_soft = list(self.soft)
        marks = sorted([*old_soft, *soft])
        mark = 0
        length = 0
        cursor = 0

        def add(new: str, first: int, last: int, exact: bool) -> None:
            """`new` stands for the given [first, last): as a whole, or (`exact`) character by character."""
            nonlocal length
            # Lengths that happen to be equal must not pass for a one-to-one correspondence.
            step = 1 if len(new) == last - first and not exact else len(new)
            for position in range(0, len(new), step):
                norm_starts.append(length + position)
                given_starts.append(first)
                given_ends.append(last)
            parts.append(new)
            length += len(new)

        def keep(upto: int) -> None:
            nonlocal cursor, mark
            while mark < len(marks) and marks[mark] < upto:
                new_soft.append(length + max(0, marks[mark] - cursor))
                mark += 1
            piece = self._piece(cursor) if cursor < upto else 0
            while cursor < upto:
                end = min(self._piece_end(piece), upto)
                exact = self._one_to_one(piece)
                add(self.norm[cursor:end], self.given_start(cursor), self.given_end(end), exact)
                cursor = end
                piece += 1

        for start, end, new in replacements:
            keep(start)
            while mark < len(marks) and marks[mark] < end:
                new_soft.append(length)
                mark += 1
            if new:
                add(new, self.given_start(start), self.given_end(end), self._exact(start, end))
            cursor = end
        keep(len(self.norm))
        while mark < len(marks):
            new_soft.append(length)
            mark += 1
        if not norm_starts:
            norm_starts, given_starts, given_ends = [0], [0], [len(self.given)]
        return Text(self.given, "".join(parts), (norm_starts, given_starts, given_ends), sorted(set(new_soft)))


def line_starts(text: str) -> list[int]:
    """Offsets at which lines begin; lines end at "\\n" alone (`str.splitlines` knows eight more)."""
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts


def line_and_column(starts: list[int], offset: int) -> tuple[int, int]:
    """1-based line and column, in code points, of `offset`."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


__all__ = ["Replacement", "Text", "line_and_column", "line_starts"]
