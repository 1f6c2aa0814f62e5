"""The terminal report: folding, marking, and one report as a whole (golden file).

`python tests/writers/test_text.py` rewrites the golden file.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size
from rich.text import Text

from coopcompliance import Placement, Report
from coopcompliance.model import Platform
from coopcompliance.writers.folding import fold
from coopcompliance.writers.script import script_rows, shown
from coopcompliance.writers.text import TextOptions, write_report
from support import phrases, screener, texts

GOLDEN = Path(__file__).parent / "golden" / "report.txt"
SCREENER = screener(
    phrases(
        "第一", slug="rank", clears=["survey"], unless=[{"id": "fixed", "inside": ["第一时间"], "because": "固定说法"}]
    ),
    phrases("治病", slug="cures", title="宣称治病", category="medical", tier=3, rewrite="味道清甜"),
    phrases("零添加", slug="zero", title="声称零添加", category="standard", since="2030-01-01"),
    phrases("亲亲", slug="patter", title="称呼不当", category="order", tier=1, status="experimental"),
)
SCRIPT = (
    "亲亲们好，这款蜜全国第一！\r\n能治病，零添加，第一时间发货。\n"
    + "慢慢喝" * 90
    + "，还是能治病，"
    + "慢慢喝" * 90
    + "\n"
)


def screened(text: str) -> Report:
    placement = Placement(platform=Platform.DOUYIN)
    return SCREENER.screen(text, placement, as_of=dt.date(2026, 11, 22), name="蜂蜜.txt", encoding="utf-8")


def golden() -> str:
    return write_report(screened(SCRIPT), SCRIPT, TextOptions(show_exempt=True, trace=True))


def width(line: str) -> int:
    return sum(map(get_character_cell_size, line))


class TestFolding:
    @given(st.text(alphabet="蜜茶好，。（）《》ab1 -.\n"), st.integers(2, 30))
    def test_no_line_is_too_wide_and_nothing_is_lost(self, text: str, cells: int) -> None:
        folded = fold(Text(text), cells).plain
        assert all(width(line) <= cells for line in folded.split("\n"))
        assert folded.replace("\n", "") == text.replace("\n", "")

    def test_marks_stay_with_their_words(self) -> None:
        assert fold(Text("今天喝好茶，明天（周日）喝蜜"), 10).plain.split("\n") == [
            "今天喝好",
            "茶，明天",
            "（周日）喝",
            "蜜",
        ]

    def test_latin_words_and_ids_stay_whole(self) -> None:
        assert fold(Text("规则 label-claims 和 no.1"), 14).plain.split("\n") == ["规则 ", "label-claims ", "和 no.1"]


class TestScript:
    @given(texts.filter(str.strip))
    def test_a_short_script_is_shown_whole(self, text: str) -> None:
        rows = script_rows(text, list(enumerate(screened(text).findings, start=1)))
        unmarked = [re.sub(r"⟦|⟧\[\d+\]", "", line.plain) for _, line in rows]
        lines = shown(text).split("\n")
        assert unmarked == (lines[:-1] if len(lines) > 1 and not lines[-1] else lines)

    def test_every_finding_is_marked_once(self) -> None:
        report = screened("能治病" * 300)
        (row,) = script_rows("能治病" * 300, list(enumerate(report.findings, start=1)))
        numbers = [int(number) for number in re.findall(r"⟦治病⟧\[(\d+)\]", row[1].plain)]
        assert numbers == list(range(1, 301))


class TestReport:
    def test_the_report_as_a_whole(self) -> None:
        assert golden() == GOLDEN.read_text("utf-8")

    def test_colour_changes_no_words(self) -> None:
        colored = write_report(screened(SCRIPT), SCRIPT, TextOptions(color=True, show_exempt=True, trace=True))
        plain = re.sub(r"\x1b\[[0-9;]*m", "", colored)
        assert colored != plain
        assert [line.rstrip() for line in plain.split("\n")] == golden().split("\n")

    @given(texts.filter(str.strip))
    def test_any_text_gives_a_report_without_control_characters(self, text: str) -> None:
        written = write_report(screened(text), text, TextOptions(show_exempt=True, trace=True))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)


if __name__ == "__main__":
    GOLDEN.write_text(golden(), "utf-8")
