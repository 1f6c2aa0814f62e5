"""Which bases a finding cites: by the day, the form and the platform."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from coopcompliance.model import Form, Platform
from coopcompliance.packs.basis import in_force
from coopcompliance.packs.rule_schema import BasisSpec
from coopcompliance.packs.schema import SourceSpec

SOURCES = {
    "law": SourceSpec.model_validate(
        {"title": "测试法", "issuer": "机关", "since": "2020-01-01", "until": "2027-12-31", "verified": True}
    )
}


def holds(day: str = "2026-11-22", form: str | None = None, platform: str | None = None, **keys: Any) -> bool:
    spec = BasisSpec.model_validate({"source": "law", "article": "第一条", **keys})
    at = (Form(form) if form else None, Platform(platform) if platform else None)
    return list(in_force([spec], SOURCES, dt.date.fromisoformat(day), *at)) == [spec]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2019-12-31", False), ("2020-01-01", True), ("2027-12-31", True), ("2028-01-01", False)],
)
def test_a_basis_holds_while_its_source_is_in_force_last_day_included(day: str, expected: bool) -> None:
    assert holds(day) is expected


def test_its_own_dates_narrow_those_of_the_source_and_never_widen_them() -> None:
    assert not holds("2021-01-01", since="2022-01-01")
    assert not holds("2019-06-01", since="2019-01-01")
    assert not holds("2026-01-01", until="2025-12-31")


def test_what_is_for_some_forms_or_platforms_needs_one_of_them() -> None:
    assert holds(form="live", forms=["live"]) and not holds(form="label", forms=["live"])
    assert not holds(forms=["live"])
    assert holds(platform="douyin", platforms=["douyin"]) and not holds(platforms=["douyin"])


def test_what_is_not_for_a_form_holds_for_every_other_and_for_none() -> None:
    assert holds(not_forms=["group-chat"]) and holds(form="live", not_forms=["group-chat"])
    assert not holds(form="group-chat", not_forms=["group-chat"])
