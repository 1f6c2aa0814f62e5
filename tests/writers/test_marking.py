"""Cutting a text into segments loses nothing, and each segment is covered by exactly the findings that say so."""

from __future__ import annotations

from desk import desk_report
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance import Finding
from coopcompliance.writers.marking import segments
from support import texts

BASE = desk_report().findings[0]


def at(start: int, end: int) -> Finding:
    return BASE.model_copy(update={"start": start, "end": end})


def cut(text: str, *spans: tuple[int, int]) -> list[tuple[str, tuple[int, ...]]]:
    return [(segment.text, segment.covers) for segment in segments(text, [at(*span) for span in spans])]


def test_overlapping_passages_share_a_segment() -> None:
    assert cut("蜂蜜能治疗咽炎吗", (0, 7), (3, 7)) == [("蜂蜜能", (0,)), ("治疗咽炎", (0, 1)), ("吗", ())]


def test_touching_passages_do_not() -> None:
    assert cut("纯天然无添加", (0, 3), (3, 6)) == [("纯天然", (0,)), ("无添加", (1,))]


def test_a_passage_beyond_the_text_is_clipped() -> None:
    assert cut("蜜", (0, 9)) == [("蜜", (0,))]


@given(texts, st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=6))
def test_the_segments_joined_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    parts = list(segments(text, [at(*span) for span in spans]))
    assert "".join(part.text for part in parts) == text
    for part in parts:
        inside = tuple(i for i, (start, end) in enumerate(spans) if start <= part.start and part.end <= end)
        assert part.covers == inside
