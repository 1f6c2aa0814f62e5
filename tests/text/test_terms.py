"""Every term finds itself, however it is dressed up: the promise that packs are written against."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance.text.normalise import normal_form, normalise
from support import DRESSES, phrases, screener

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
