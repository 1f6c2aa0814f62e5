"""The digest of a report: equal for the same run, another for whatever changes what was said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from coopcompliance import Evidence, Placement, Report
from coopcompliance.digest import report_digest
from coopcompliance.policy import Policy
from support import DAY, phrases, screener, texts

RULES = screener(phrases("第一", slug="first", clears=["survey"]), phrases("国家级", slug="state", tier=3))
TEXT = "全国第一，国家级"


def check(text: str = TEXT, **keys: object) -> Report:
    given_keys = {"as_of": DAY, **keys}
    return RULES.screen(text, given_keys.pop("placement", None), **given_keys)  # type: ignore[arg-type]


def test_a_repeated_run_has_the_same_digest() -> None:
    assert check().digest == check().digest
    assert check().digest.startswith("sha256:")


def test_the_name_and_encoding_of_the_file_do_not_matter() -> None:
    assert check(name="a.txt").digest == check(name="b.txt", encoding="gb18030").digest


@pytest.mark.parametrize(
    "keys",
    [
        {"text": TEXT + "。"},
        {"as_of": DAY + dt.timedelta(days=1)},
        {"placement": Placement(platform="douyin")},
        {"placement": Placement(products=["tea"])},
        {"evidence": [Evidence(kind="survey")]},
        {"policy": Policy(tiers={"own/state": 1})},
        {"policy": Policy(baseline=frozenset({check().findings[0].fingerprint}))},
    ],
    ids=["text", "date", "platform", "products", "evidence", "tiers", "baseline"],
)
def test_whatever_changes_the_outcome_changes_the_digest(keys: dict[str, object]) -> None:
    assert check(**keys).digest != check().digest  # type: ignore[arg-type]


def test_another_word_list_of_the_rules_changes_it() -> None:
    other = screener(phrases("第一", "头名", slug="first", clears=["survey"]), phrases("国家级", slug="state", tier=3))
    assert other.screen(TEXT, as_of=DAY).digest != check().digest


@given(texts.filter(str.strip))
def test_it_can_be_computed_again_from_the_report_as_stored(text: str) -> None:
    stored = Report.model_validate_json(check(text).model_dump_json())
    assert report_digest(stored) == stored.digest
