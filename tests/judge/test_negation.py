"""Negation with direction, scope, stops and pseudo-negation, as the shipped context lexicon has it."""

import pytest

from support import exempted_by, found, phrases

RULE = phrases("最好", "第一", "更好", "治疗", "保健功能", defaults_off=["mention", "question"])


@pytest.mark.parametrize(
    "text",
    [
        "我们不是最好",
        "不是最好的蜂蜜",
        "不敢说最好",
        "不敢说这是最好",
        "谈不上最好",
        "本品没有治疗作用",
        "没有保健功能",
        "绝非全国第一",
        "最好谈不上",
        "要说第一真不敢当",
        "治疗一说是假的",
        "不能治疗任何疾病",
        "不具有保健功能",
    ],
)
def test_negation_before_or_after_the_hit(text: str) -> None:
    assert exempted_by(RULE, text) == ["negated"]


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("没有比这更好", "更好"),
        ("不仅最好，还便宜", "最好"),
        ("不愧是全国第一", "第一"),
        ("没有谁比我们更好", "更好"),
        ("非常好，最好", "最好"),
        ("毫不夸张地说最好", "最好"),
        ("特别好，第一", "第一"),
    ],
)
def test_pseudo_negation_is_none(text: str, hit: str) -> None:
    assert found(RULE, text) == [hit]


@pytest.mark.parametrize(
    "text",
    [
        "不是吹牛，但是最好",
        "不敢说别的但最好",
        "价格不是很贵却最好",
        "不能说便宜可是第一",
    ],
)
def test_a_stop_ends_the_scope(text: str) -> None:
    assert len(found(RULE, text)) == 1


@pytest.mark.parametrize("text", ["没有添加，全国第一", "不是糖浆。我们最好", "没有假货\n第一"])
def test_the_scope_ends_with_the_clause(text: str) -> None:
    assert len(found(RULE, text)) == 1


def test_a_negator_after_the_hit_in_the_next_sentence_does_not_reach_back() -> None:
    assert found(RULE, "我们最好。谈不上便宜") == ["最好"]


def test_a_negator_before_the_hit_does_not_negate_what_stands_before_it() -> None:
    assert found(RULE, "我们最好，不是糖浆") == ["最好"]


@pytest.mark.parametrize("word", ["级别", "分别", "类别", "沉没", "约莫"])
def test_a_negator_inside_another_word_is_none(word: str) -> None:
    assert found(RULE, f"这个{word}最好") == ["最好"]


@pytest.mark.parametrize("text", ["别买最好", "我没说最好", "还未拿第一"])
def test_a_single_character_negates_where_it_is_a_word(text: str) -> None:
    assert exempted_by(RULE, text) == ["negated"]


def test_a_rule_whose_offence_is_a_negation_turns_it_off() -> None:
    rule = phrases("打药", defaults_off=["negated"])
    assert found(rule, "从来不打药") == ["打药"]


def test_a_rule_may_add_negators_of_its_own() -> None:
    rule = phrases("最好", unless=[{"id": "humble", "because": "自谦", "negated": {"any": ["岂敢称"]}}])
    assert exempted_by(rule, "岂敢称最好") == ["humble"]
    assert found(rule, "人称最好") == ["最好"]
