"""Cuts a text into segments by the findings that cover it, so that writers can mark overlapping passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coopcompliance.model import Finding


@dataclass(frozen=True, slots=True)
class Segment:
    """text[start:end] (code points, half-open) and the indices of the findings that cover all of it, ascending."""

    start: int
    end: int
    text: str
    covers: tuple[int, ...]


def segments(text: str, findings: Sequence[Finding]) -> Iterator[Segment]:
    """The text in order, cut wherever a finding begins or ends; the parts joined give the text again.

    Findings that reach beyond the text are clipped: the caller may hand in an excerpt's beginning.
    """
    spans = [(max(0, finding.start), min(len(text), finding.end)) for finding in findings]
    cuts = sorted({0, len(text), *(cut for start, end in spans if start < end for cut in (start, end))})
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(spans):
        if start < end:
            opening.setdefault(start, []).append(index)
            closing.setdefault(end, []).append(index)
    active: set[int] = set()
    for start, end in pairwise(cuts):
        active.difference_update(closing.get(start, ()))
        active.update(opening.get(start, ()))
        yield Segment(start, end, text[start:end], tuple(sorted(active)))


__all__ = ["Segment", "segments"]
