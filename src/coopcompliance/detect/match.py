"""What detectors give to the judge."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from coopcompliance.detect.likeness import Weighed
from coopcompliance.packs.catalog import StandardEntry
from coopcompliance.packs.syntax import LazyPattern
from coopcompliance.text.projection import Text
from coopcompliance.text.segment import Segments
from coopcompliance.text.words import Words

# A pattern that ran out of time at so many places is not tried again in the same text.
_MOST_TIMEOUTS = 3

Hit = tuple[int, int]
"""A literal hit, half-open, in the view."""


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate for a finding. `how` says which detector found it and through which words, for the trace."""

    start: int
    end: int
    how: str
    groups: Mapping[str, str] = field(default_factory=dict)
    around: tuple[int, int] | None = None
    """Of a doubt: the sentence that must be left to any other rule which says something of it."""


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
    facts: dict[str, str | None] = field(default_factory=dict)
    """What is so of the text as a whole, found when first asked for."""
    likeness: Weighed | None = None
    """How much each sentence is like the labelled offences; None where the packs have no model."""

    @property
    def norm(self) -> str:
        return self.text.norm

    def seconds_at(self, position: int) -> float | None:
        """When the view position is spoken, by the cue it stands in; None without time codes."""
        index = bisect_right(self.timecodes, (position, float("inf"))) - 1
        return self.timecodes[index][1] if index >= 0 else None


def marked_span(found: regex.Match[str]) -> Hit:
    """What a pattern marks: its group `span` where it has one that took part, else the whole match."""
    return found.span("span") if found.groupdict().get("span") else found.span()


def searching(
    pattern: LazyPattern, scene: Scene, low: int, high: int, *, overlapped: bool = False
) -> Iterator[regex.Match[str]]:
    """Matches in norm[low:high]; a pattern that takes too long is given up and named in the report's notices."""
    source = pattern.source
    if scene.timeouts.get(source, 0) >= _MOST_TIMEOUTS:
        return
    try:
        yield from pattern.finditer(scene.norm, low, high, overlapped=overlapped, timeout=scene.timeout)
    except TimeoutError:
        scene.timeouts[source] = scene.timeouts.get(source, 0) + 1
        rest = "，全文余下各处不再试" if scene.timeouts[source] == _MOST_TIMEOUTS else ""
        notice = f"规则表达式超时（{scene.timeout:g} 秒），该处未判完{rest}：{source[:80]}"
        if notice not in scene.notices:
            scene.notices.append(notice)
