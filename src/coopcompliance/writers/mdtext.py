"""Putting any text into Markdown so that it stays text: nothing in it can become a heading, a link, a table or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from coopcompliance.writers.script import shown

# ASCII punctuation that CommonMark or GFM gives a meaning to. "&" too: "&lt;" in a script must stay five characters.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&=$:@]")
# In 18.5, 20:30, GB-2018 and script.md they mean nothing, and the raw text stays readable.
_PLAIN = re.compile(r"(?<=\d)[.:](?=\d)|(?<=\w)-(?=\w)|(?<![\dwW])\.")
_BREAKS = re.compile("\r\n|\r|\n|\x0b|\x0c|\x85|\u2028|\u2029")


def inline(text: str) -> str:
    """Text for one line: special characters escaped, line ends shown as ⏎."""
    return _escape(_BREAKS.sub("⏎", text))


def cell(text: str) -> str:
    """Text for a cell of a table, where a line end becomes a break."""
    return "<br>".join(_escape(part) for part in _BREAKS.split(text)) or " "


def lines(text: str) -> list[str]:
    """Text of several lines, each escaped; the caller decides how they stand."""
    return [_escape(part) for part in _BREAKS.split(text)]


def _escape(text: str) -> str:
    keep = {match.start() for match in _PLAIN.finditer(text)}
    return _SPECIAL.sub(lambda match: match.group() if match.start() in keep else "\\" + match.group(), shown(text))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A GFM table; the cells must already be Markdown."""
    return [
        "| " + " | ".join(head) + " |",
        "| " + " | ".join("---" for _ in head) + " |",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


def join(blocks: Iterable[Sequence[str]]) -> str:
    """Blocks of lines as one document, a blank line between any two."""
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


__all__ = ["cell", "inline", "join", "lines", "table"]
