"""Clauses, sentences and paragraphs, with and without punctuation."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance.text.normalise import normalise
from coopcompliance.text.segment import CLAUSE_REACH, SENTENCE_REACH, Scope, Segments
from support import texts


def around(text: str, word: str, scope: Scope) -> str:
    view = normalise(text)
    start = view.norm.index(word)
    low, high = Segments(view).around(scope, start, start + len(word))
    return view.norm[low:high]


TEXT = "一是好蜜，二是真蜜；三是甜蜜。四是香蜜！\n五是新蜜"


@pytest.mark.parametrize(
    ("scope", "part"),
    [
        ("clause", "二是真蜜；"),
        ("sentence", "一是好蜜，二是真蜜；"),
        ("paragraph", "一是好蜜，二是真蜜；三是甜蜜。四是香蜜！\n"),
        ("document", TEXT),
        (2, "二是真蜜；三"),
    ],
)
def test_each_scope_reaches_as_far_as_its_name_says(scope: Scope, part: str) -> None:
    assert around(TEXT, "真蜜", scope) == part or (scope == 2 and around(TEXT, "真蜜", scope) == "二是真蜜；三")


def test_an_enumeration_comma_does_not_end_a_clause() -> None:
    assert around("甜、香、润的蜜", "香", "clause") == "甜、香、润的蜜"


@pytest.mark.parametrize("mark", list("，。！？；：…\n|"))
def test_marks_that_end_a_clause(mark: str) -> None:
    assert around(f"前半句话{mark}后半句话", "后半", "clause") == "后半句话"


def test_ascii_marks_beside_chinese_end_clauses_too() -> None:
    assert around("前半句话,后半句话", "后半", "clause") == "后半句话"


def test_a_space_is_a_pause_only_between_two_long_runs() -> None:
    assert around("家人们看一看这个 咱家的蜜真不错", "真不错", "clause") == "咱家的蜜真不错"
    assert around("这款蜜 最 好吃", "好吃", "clause") == "这款蜜最好吃"


def test_a_picture_is_a_pause_too() -> None:
    assert around("家人们看一看这个🌸咱家的蜜真不错", "真不错", "clause") == "咱家的蜜真不错"


def test_without_punctuation_a_clause_reaches_a_bounded_stretch() -> None:
    assert around("前" * 100 + "蜜" + "后" * 100, "蜜", "clause") == "前" * CLAUSE_REACH + "蜜" + "后" * CLAUSE_REACH
    assert len(around("前" * 100 + "蜜" + "后" * 100, "蜜", "sentence")) == 2 * SENTENCE_REACH + 1


@given(texts, st.data(), st.sampled_from(["clause", "sentence", "paragraph", "document", 3]))
def test_a_scope_always_holds_its_hit(text: str, data: st.DataObject, scope: Scope) -> None:
    view = normalise(text)
    if not view.norm:
        return
    start = data.draw(st.integers(0, len(view.norm) - 1))
    end = data.draw(st.integers(start + 1, len(view.norm)))
    low, high = Segments(view).around(scope, start, end)
    assert 0 <= low <= start < end <= high <= len(view.norm)


@given(texts, st.data())
def test_a_clause_lies_in_its_sentence_and_that_in_its_paragraph(text: str, data: st.DataObject) -> None:
    view = normalise(text)
    if not view.norm:
        return
    start = data.draw(st.integers(0, len(view.norm) - 1))
    segments = Segments(view)
    scopes: list[Scope] = ["document", "paragraph", "sentence", "clause"]
    spans = [segments.around(scope, start, start + 1) for scope in scopes]
    for (low, high), (inner_low, inner_high) in pairwise(spans):
        assert low <= inner_low < inner_high <= high
