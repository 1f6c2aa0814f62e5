"""Terms and text meet in one form; a view never loses where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance.text.normalise import normal_form, normal_forms, normalise
from support import texts


@pytest.mark.parametrize(
    ("given_text", "norm"),
    [
        ("最 好", "最好"),
        ("国·家·级", "国家级"),
        ("有*机", "有机"),
        ("最\u200b好", "最好"),
        ("最\u202e好", "最好"),
        ("最🌸好", "最好"),
        ("最👨‍👩‍👧好", "最好"),
        ("最\ufe0f好", "最好"),
        ("国·🌟·家级", "国家级"),
        ("国 ·\u200b· 家级", "国家级"),
        ("最🌸\u3000🌸好", "最好"),
        ("最 - _ 好", "最好"),
        ("全国🥇", "全国第一"),
        ("薇❤", "微信"),
        ("v❤️", "微信"),
        ("徽信", "微信"),
        ("w信加我", "微信加我"),
        ("cctv信号", "cctv信号"),
        ("上鍊接，鍛鍊，項鍊", "上链接，锻炼，项链"),
        ("第①名", "第一名"),
        ("第1名", "第一名"),
        ("第10届", "第10届"),
        ("第10①", "第101"),
        ("爱❤你", "爱你"),
        ("+v", "加v"),
        ("添➕加", "添加"),
        ("TOP 1", "top1"),
        ("ＮＯ．１", "no.1"),
        ("好,真好!", "好，真好！"),
        ("ratio3:1", "ratio3:1"),
        ("某牌®蜂蜜™", "某牌®蜂蜜™"),
        ("长江·鮰·鱼", "长江𫚔鱼"),
        ("售价3,000元", "售价3,000元"),
    ],
)
def test_what_people_put_between_is_squeezed(given_text: str, norm: str) -> None:
    assert normalise(given_text).norm == norm


@pytest.mark.parametrize(
    "text", ["最。好", "最，好", "最\n好", "最；好", "最！好", "最？好", "最…好", "最、好", "最\r\n好"]
)
def test_sentence_punctuation_and_line_ends_are_never_squeezed(text: str) -> None:
    assert normalise(text).norm == text


@given(texts)
def test_offsets_map_back_to_the_source(text: str) -> None:
    view = normalise(text)
    assert view.given == text
    last = 0
    for position, char in enumerate(view.norm):
        start, end = view.span(position, position + 1)
        assert last <= start < end <= len(text)
        last = start
        if text[start:end] == char:
            assert end - start == 1


@given(texts)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    once = normal_form(text)
    assert normal_form(once) == once


@given(texts)
def test_lines_stay_lines(text: str) -> None:
    assert normalise(text).norm.count("\n") == text.count("\n")


@given(st.lists(st.text("最好国家级 ·NO.1+vａ", min_size=1, max_size=6), max_size=6))
def test_many_terms_at_once_read_as_each_alone(terms: list[str]) -> None:
    assert list(normal_forms(terms)) == [form for form in dict.fromkeys(map(normal_form, terms)) if form]
