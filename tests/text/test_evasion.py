"""Pinyin and homophones are read as the packs' own terms, and only as those."""

import pytest
from hypothesis import given

from coopcompliance.text.evasion import Vocabulary
from coopcompliance.text.normalise import normalise
from support import texts

TERMS = ("最好", "治疗", "第一", "免疫力", "增强免疫力", "微信", "加微信", "补肾壮阳", "补肾", "绿色食品", "国家级")
VOCABULARY = Vocabulary(TERMS)


def read(text: str) -> str:
    return VOCABULARY.resolve(normalise(text)).norm


@pytest.mark.parametrize(
    ("given_text", "norm"),
    [
        ("zui好", "最好"),
        ("ZUI好", "最好"),
        ("ｚｕｉ好", "最好"),
        ("治liao", "治疗"),
        ("zhi疗", "治疗"),
        ("di一", "第一"),
        ("第yi", "第一"),
        ("免yi力", "免疫力"),
        ("mian疫力", "免疫力"),
        ("补shen壮yang", "补肾壮阳"),
        ("lv色食品", "绿色食品"),
        ("免役力", "免疫力"),
        ("国家極", "国家级"),
        ("醉佳", "最佳"),
        ("v信", "微信"),
        ("反覆", "反复"),
        ("瞭解", "了解"),
    ],
)
def test_evasions_by_sound_are_read_as_the_term_they_hide(given_text: str, norm: str) -> None:
    assert read(given_text) == norm


@pytest.mark.parametrize(
    "text", ["zui", "用app下单", "iphone手机", "wifi好", "买5kg苹果", "user@zui好.com", "a好", "shi场"]
)
def test_latin_words_that_complete_no_term_stay(text: str) -> None:
    assert read(text) == text


def test_a_homophone_is_replaced_only_where_a_term_results() -> None:
    assert read("兵役登记") == "兵役登记"


def test_the_finding_shows_the_text_as_given() -> None:
    view = VOCABULARY.resolve(normalise("能 Zhi🌿疗 的蜜"))
    start = view.norm.index("治疗")
    assert view.given[slice(*view.span(start, start + 2))] == "Zhi🌿疗"


@given(texts)
def test_offsets_stay_inside_the_text_in_order(text: str) -> None:
    view = VOCABULARY.resolve(normalise(text))
    last = 0
    for position in range(len(view.norm)):
        start, end = view.span(position, position + 1)
        assert last <= start < end <= len(text)
        last = start


@given(texts)
def test_resolving_twice_changes_nothing_more(text: str) -> None:
    once = VOCABULARY.resolve(normalise(text))
    assert VOCABULARY.resolve(once).norm == once.norm


@pytest.mark.parametrize("term", ["ai人", "pin多多", "gong众号"])
def test_a_term_written_so_by_its_author_is_left_as_it_is(term: str) -> None:
    vocabulary = Vocabulary([term, "爱人", "拼多多", "公众号"])
    assert vocabulary.resolve(normalise(f"我们的{term}来了")).norm == f"我们的{term}来了"


def test_without_terms_nothing_is_read_otherwise() -> None:
    assert Vocabulary([]).resolve(normalise("zui好，抗衰佬")).norm == "zui好，抗衰佬"


def test_everyday_characters_are_no_homophones() -> None:
    """依 once stood for 一, and the term 没有一 turned 没有依据 into 没有一据."""
    vocabulary = Vocabulary(["没有一", "降血脂", "需药"])
    assert vocabulary.resolve(normalise("这种说法没有依据，降血只要")).norm == "这种说法没有依据，降血只要"


def test_a_homophone_inside_a_longer_term_of_ours_stays() -> None:
    """复制不了 once read as 复治不了, because 治不了 is a term too."""
    vocabulary = Vocabulary(["治不了", "复制不了"])
    assert vocabulary.resolve(normalise("味道复制不了")).norm == "味道复制不了"
    assert vocabulary.resolve(normalise("这病制不了")).norm == "这病治不了"
