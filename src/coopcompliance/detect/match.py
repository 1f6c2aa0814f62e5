"""What detectors give to the judge."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coopcompliance.packs.catalog import StandardEntry
from coopcompliance.text.projection import Text
from coopcompliance.text.segment import Segments
from coopcompliance.text.words import Words

Hit = tuple[int, int]
"""A literal hit, half-open, in the view."""


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate for a finding. `how` says which detector found it and through which words, for the trace."""

    start: int
    end: int
    how: str
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Scene:
    """One text with all that detectors and exemptions may look at. Lives for one check."""

    text: Text
    segments: Segments
    words: Words
    as_of: dt.date
    standards: Mapping[str, StandardEntry]
    timeout: float
    notices: list[str]
    timecodes: Sequence[tuple[int, float]] = ()
    """(view position, seconds) of each cue of a subtitle file."""
    timeouts: dict[str, int] = field(default_factory=dict)
    """How often each pattern ran out of time."""

    @property
    def norm(self) -> str:
        return self.text.norm

    def seconds_at(self, position: int) -> float | None:
        """When the view position is spoken, by the cue it stands in; None without time codes."""
        index = bisect_right(self.timecodes, (position, float("inf"))) - 1
        return self.timecodes[index][1] if index >= 0 else None
