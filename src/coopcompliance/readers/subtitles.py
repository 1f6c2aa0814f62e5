"""Subtitles (SRT, WebVTT): where cues begin, and what in the file is no speech."""

from __future__ import annotations

import re

from coopcompliance.readers.document import Span

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[,.](\d{1,3})"
_TIME_LINE = re.compile(rf"^[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}[^\n]*(?:\n|\Z)", re.MULTILINE)
_HEADER = re.compile(r"WEBVTT[^\n]*(?:\n|\Z)")


def cues(text: str) -> tuple[tuple[tuple[int, float], ...], tuple[Span, ...]]:
    """(timecodes, masked) as `Document` has them; both empty for a text without time lines."""
    timecodes: list[tuple[int, float]] = []
    masked: list[Span] = []
    header = _HEADER.match(text)
    previous_end = 0
    for match in _TIME_LINE.finditer(text):
        hours, minutes, seconds, fraction = match.group(1, 2, 3, 4)
        start = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction) / 10 ** len(fraction)
        timecodes.append((match.end(), start))
        masked.append((_label_start(text, match.start(), previous_end), match.end()))
        previous_end = match.end()
    if header and timecodes:
        masked.insert(0, header.span())
    return tuple(timecodes), tuple(masked)


def _label_start(text: str, line_start: int, floor: int) -> int:
    """Where the cue's number or name, on the line before its time line, begins; `line_start` when it has none."""
    if line_start <= floor:
        return line_start
    begin = max(text.rfind("\n", 0, line_start - 1) + 1, floor)
    label = text[begin:line_start].strip()
    stands_alone = begin == 0 or not text[max(text.rfind("\n", 0, begin - 1) + 1, 0) : begin].strip()
    return begin if label and (label.isdecimal() or (stands_alone and begin > floor)) else line_start
