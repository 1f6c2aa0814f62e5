"""`Document`: a text as it was given, with what its file says about it."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]
"""Half-open [start, end) in code points of the text."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text and where it came from. Nothing in `text` is changed: line ends stay as they were (CRLF too).

    Attributes:
        name: the file's name as given, or `-` for standard input.
        text: the decoded text, without a byte order mark.
        encoding: the Python name of the encoding it was read with; None where it never was bytes.
        timecodes: for subtitles, (offset at which a cue's words begin, its start in seconds), in text order.
        masked: for subtitles, spans of cue numbers and time lines: not words that anybody will hear.
    """

    name: str
    text: str
    encoding: str | None = None
    timecodes: tuple[tuple[int, float], ...] = ()
    masked: tuple[Span, ...] = ()
