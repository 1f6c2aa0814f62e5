"""Every term finds itself, however it is dressed up: the promise that packs are written against."""

from itertools import pairwise

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance.text.normalise import normal_form, normalise
from support import phrases, screener

TERMS = [
    "最好",
    "国家级",
    "增强免疫力",
    "有机食品",
    "治疗糖尿病",
    "加微信",
    "+v",
    "NO.1",
    "top1",
    "100%纯天然",
    "下三滥",
    "零添加",
    "A级",
    "5A景区",
    "秒杀价9.9元",
    "信我，没错",
    "真的吗？",
    "H2O",
]
_TRADITIONAL = opencc.OpenCC("s2t")
_HAN_SPACERS = [" ", "\u3000", "\u00a0", "·", "*", "_", "~", "🌸", "👨‍👩‍👧", " 🌸 ", "·🌟·", "\u200b", "★"]


def full_width(term: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in term)


def spread(term: str, filler: str) -> str:
    """`filler` between every two neighbouring Han characters."""
    parts = [term[0]]
    for before, char in pairwise(term):
        parts.append((filler if "一" <= before <= "鿿" and "一" <= char <= "鿿" else "") + char)
    return "".join(parts)


DRESSES = {
    "as written": lambda term: term,
    "upper case": str.upper,
    "lower case": str.lower,
    "full width": full_width,
    "traditional": _TRADITIONAL.convert,
    "zero-width everywhere": "\u200b".join,
    "bidirectional marks": "\u202e".join,
    "soft hyphens": "\u00ad".join,
    **{f"spread with {filler!r}": lambda term, filler=filler: spread(term, filler) for filler in _HAN_SPACERS},
}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("term", TERMS)
def test_a_term_reads_the_same_in_every_dress(term: str, dress: str) -> None:
    assert normal_form(DRESSES[dress](term)) == normal_form(term)


_SCREENER = screener(phrases(*TERMS, defaults_off=["mention", "negated", "question"]))


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("term", TERMS)
def test_a_term_in_every_dress_is_found_in_copy_and_shown_as_given(term: str, dress: str) -> None:
    written = DRESSES[dress](term)
    report = _SCREENER.screen(f"我们的产品{written}大家放心")
    assert written in [finding.text for finding in report.findings]


@given(st.sampled_from(TERMS), st.lists(st.sampled_from(sorted(DRESSES)), max_size=3))
def test_dresses_may_be_worn_over_one_another(term: str, dresses: list[str]) -> None:
    written = term
    for dress in dresses:
        written = DRESSES[dress](written)
    assert normal_form(term) in normalise(f"我们的产品{written}大家放心").norm
