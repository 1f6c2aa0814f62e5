"""Clauses, sentences and paragraphs around a hit, in punctuated copy and in transcripts that have none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Literal

import regex

from coopcompliance.text.projection import Text

Scope = Literal["clause", "sentence", "paragraph", "document"] | int

CLAUSE_MARKS = "，。！？；：…\n\t|｜—～【】#"
SENTENCE_MARKS = "。！？；…\n"

# How far a clause or sentence reaches from a hit where no mark ends it (transcripts without punctuation).
CLAUSE_REACH = 30
SENTENCE_REACH = 60
DOCUMENT_BLOCK = 50_000

_CLAUSE = regex.compile(f"[{CLAUSE_MARKS}]")
_SENTENCE = regex.compile(f"[{SENTENCE_MARKS}]")
# A space ends a clause only between two runs of at least so many characters: 最 好 does not, a caption's pause does.
_LONG_RUN = 5


class Segments:
    """Where the clauses, sentences and paragraphs of a view begin."""

    __slots__ = ("_clauses", "_length", "_paragraphs", "_sentences", "_soft")

    def __init__(self, text: Text) -> None:
        norm = text.norm
        self._length = len(norm)
        hard = [match.start() + 1 for match in _CLAUSE.finditer(norm)]
        soft = _long_pauses(text, hard)
        self._soft = soft
        self._clauses = sorted({0, *hard, *soft})
        self._sentences = [0, *(match.start() + 1 for match in _SENTENCE.finditer(norm))]
        self._paragraphs = [0, *(index + 1 for index, char in enumerate(norm) if char == "\n")] if "\n" in norm else [0]

    def around(self, scope: Scope, start: int, end: int) -> tuple[int, int]:
        """The half-open part of the view that `scope` gives to the hit [start, end)."""
        if scope == "document":
            return self._document(start)
        if isinstance(scope, int):
            return max(0, start - scope), min(self._length, end + scope)
        if scope == "clause":
            return self._clip(self._clauses, start, end, CLAUSE_REACH)
        if scope == "sentence":
            return self._clip(self._sentences, start, end, SENTENCE_REACH)
        return self._clip(self._paragraphs, start, end, 2000)

    def _document(self, start: int) -> tuple[int, int]:
        """The whole view; of a very long one the block of the hit and its neighbours, so that cost stays linear."""
        if self._length <= 2 * DOCUMENT_BLOCK:
            return 0, self._length
        block = start // DOCUMENT_BLOCK
        return max(0, (block - 1) * DOCUMENT_BLOCK), min(self._length, (block + 2) * DOCUMENT_BLOCK)

    def _clip(self, starts: list[int], start: int, end: int, reach: int) -> tuple[int, int]:
        first = starts[bisect_right(starts, start) - 1]
        index = bisect_left(starts, end)
        last = starts[index] if index < len(starts) else self._length
        return max(first, start - reach), min(last, end + reach)


def _long_pauses(text: Text, hard: list[int]) -> list[int]:
    """Soft boundaries (spaces, emoji) between two long runs: pauses of a transcript or caption."""
    marks = sorted({0, len(text.norm), *hard, *text.soft})
    soft = set(text.soft)
    pauses = []
    for index in range(1, len(marks) - 1):
        here = marks[index]
        if here in soft and here - marks[index - 1] >= _LONG_RUN and marks[index + 1] - here >= _LONG_RUN:
            pauses.append(here)
    return pauses
