"""Word boundaries: a hit is dropped when both of its ends fall inside other words, and kept when it crosses them."""

import pickle

import pytest

from coopcompliance.text.words import Boundary, Words

WORDS = Words()


def crosses(text: str, hit: str, boundary: Boundary = "cut") -> bool:
    start = text.index(hit)
    return WORDS.crosses(text, start, start + len(hit), boundary)


@pytest.mark.parametrize(("text", "hit"), [("积极品鉴春茶", "极品"), ("提高医疗效率", "疗效")])
def test_a_hit_torn_out_of_two_words_is_none(text: str, hit: str) -> None:
    assert crosses(text, hit)


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("我家蜜最好吃", "最好"),
        ("疗效显著", "疗效"),
        ("全网最低价", "最低"),
        ("极品蜂蜜", "极品"),
        ("绝对有机种植", "有机"),
    ],
)
def test_a_true_hit_may_cross_a_word_boundary(text: str, hit: str) -> None:
    assert not crosses(text, hit)


def test_strict_wants_both_ends_at_word_boundaries() -> None:
    assert crosses("有机会来看看", "有机", "strict")
    assert not crosses("有机会来看看", "有机", "cut")
    assert not crosses("有机蔬菜", "有机", "strict")


def test_none_never_drops() -> None:
    assert not crosses("积极品鉴春茶", "极品", "none")


def test_a_longer_hit_is_a_word_of_its_own() -> None:
    assert not crosses("这款国家级非遗茶", "国家级非遗", "strict")


def test_the_dictionary_is_not_loaded_where_no_hit_needs_it() -> None:
    words = Words()
    words.crosses("这款国家级非遗茶", 2, 7, "strict")
    words.crosses("积极品鉴", 1, 3, "none")
    assert words._tokenizer is None


def test_it_can_be_pickled_without_its_dictionary() -> None:
    again = pickle.loads(pickle.dumps(WORDS))
    assert again.crosses("积极品鉴春茶", 1, 3, "cut")
