"""The script's lines with the flagged passages marked, for a terminal.

Only lines that can be seen are built: a line of a finding with its neighbours, and of a long line only what stands
around the findings (a spoken transcript is often one line of thousands of characters).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from rich.text import Text

from coopcompliance.model import Finding
from coopcompliance.text.projection import line_and_column, line_starts

TIER_STYLES: dict[int, str] = {1: "cyan", 2: "yellow", 3: "bold red"}
UPCOMING_STYLE = "magenta"
OPEN, CLOSE = "⟦", "⟧"

WHOLE_UP_TO = 40
"""Scripts of up to so many lines are shown whole."""
LONG_LINE = 240
"""Longer lines (code points) are cut down to what stands around the findings."""
AROUND = 40
"""So many code points stay on either side of a finding in a long line."""

# One character for one, so that offsets hold: control characters would let a script write to the reader's terminal,
# and direction marks would show its words in another order than they have.
_SHOWN = {code: 0x2400 + code for code in range(0x20) if code != 0x0A} | {0x7F: 0x2421, 0x09: 0x20}
_SHOWN |= dict.fromkeys((*range(128, 160), *range(8234, 8239), *range(8294, 8298), 8206, 8207), 65533)
_SHOWN |= {0x2028: 0x23CE, 0x2029: 0x23CE, 0x0D: 0x20}

Span = tuple[int, int]
Numbered = tuple[int, Finding]
"""A finding with the number that it has in the report."""


def shown(text: str) -> str:
    """`text` as it may be put on a terminal; of the same length."""
    return text.translate(_SHOWN)


def script_rows(text: str, findings: Sequence[Numbered]) -> list[tuple[str, Text]]:
    """(line number, marked line) for every line that is shown; ("", "⋯") where lines are left out."""
    starts = line_starts(text)
    wanted = _lines_wanted(starts, len(text), findings)
    by_line = _by_line(starts, wanted, findings)
    rows: list[tuple[str, Text]] = []
    previous = 0
    for line in wanted:
        if line != previous + 1:
            rows.append(("", Text().append("⋯", style="dim")))
        start = starts[line - 1]
        end = starts[line] - 1 if line < len(starts) else len(text)
        rows.append((str(line), _marked_line(text, start, end, by_line.get(line, ()))))
        previous = line
    if wanted and previous < len(starts) and not (previous == len(starts) - 1 and starts[-1] == len(text)):
        rows.append(("", Text().append("⋯", style="dim")))
    return rows


def _lines_wanted(starts: list[int], length: int, findings: Sequence[Numbered]) -> list[int]:
    count = len(starts) if starts[-1] < length or len(starts) == 1 else len(starts) - 1
    if count <= WHOLE_UP_TO:
        return list(range(1, count + 1))
    wanted: set[int] = set()
    for _, finding in findings:
        last = line_and_column(starts, max(finding.start, finding.end - 1))[0]
        # A passage over many lines is shown by its ends.
        for line in {finding.line, last}:
            wanted.update(range(max(1, line - 1), min(count, line + 1) + 1))
    return sorted(wanted)


def _by_line(starts: list[int], wanted: list[int], findings: Sequence[Numbered]) -> dict[int, list[Numbered]]:
    """The findings over each of the wanted lines."""
    found: dict[int, list[Numbered]] = {}
    for number, finding in findings:
        last = line_and_column(starts, max(finding.start, finding.end - 1))[0]
        for index in range(bisect_left(wanted, finding.line), bisect_right(wanted, last)):
            found.setdefault(wanted[index], []).append((number, finding))
    return found


def _marked_line(text: str, start: int, end: int, here: Sequence[Numbered]) -> Text:
    """The line [start, end) with what of the findings `here` is in it marked and numbered."""
    # Marks at one place: ends before beginnings, inner ends before outer ones.
    marks = [(item.end, 0, -item.start, number, item) for number, item in here if item.end <= end]
    marks += [(item.start, 1, -item.end, number, item) for number, item in here if item.start >= start]
    marks.sort(key=lambda mark: mark[:4])
    open_now = {number: item for number, item in here if item.start < start}
    line = Text()
    cursor = start
    for position, opening, _, number, item in marks:
        _append(line, text, (cursor, position), open_now.values(), (start, end))
        line.append(OPEN if opening else f"{CLOSE}[{number}]", style=style_of(item))
        if opening:
            open_now[number] = item
        else:
            del open_now[number]
        cursor = position
    _append(line, text, (cursor, end), open_now.values(), (start, end))
    return line


def _append(line: Text, text: str, part: Span, over: Collection[Finding], whole: Span) -> None:
    """Append `part` of the line `whole`, styled by the gravest finding over it.

    Where there is none and the line is long, only what is near its marks stays.
    """
    low, high = part
    start, end = whole
    if low >= high:
        return
    if over:
        gravest = max(over, key=lambda item: (item.effective is None, item.tier))
        line.append(shown(text[low:high]), style=style_of(gravest))
        return
    head = low + AROUND if low > start else low
    tail = high - AROUND if high < end else high
    if part == whole:
        head, tail = start + LONG_LINE, end
    if end - start <= LONG_LINE or head >= tail:
        line.append(shown(text[low:high]))
        return
    line.append(shown(text[low:head]))
    line.append("⋯", style="dim")
    line.append(shown(text[tail:high]))


def style_of(finding: Finding) -> str:
    """The colour of a finding: its tier's; one that is not yet in force has its own."""
    return UPCOMING_STYLE if finding.effective is not None else TIER_STYLES[finding.tier]
