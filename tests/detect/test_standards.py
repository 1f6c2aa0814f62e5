"""The status of a standard number depends on the day, the edition, and what the catalogue knows."""

import datetime as dt

import pytest

from coopcompliance.detect.standards import standard_key, standard_status, successor
from coopcompliance.packs.catalog import StandardEntry


def entry(number: str, status: str, by: str = "", since: str = "", until: str = "") -> StandardEntry:
    first, last = (dt.date.fromisoformat(day) if day else None for day in (since, until))
    return StandardEntry(number, "蜂蜜", status, by, first, last, "honey", True)


CATALOGUE = {
    item.number: item
    for item in [
        entry("GB/T 18796-2005", "superseded", "GH/T 18796-2012", "2005-10-01", "2012-09-30"),
        entry("GH/T 18796-2012", "current", since="2012-10-01"),
        entry("GB 7718-2011", "current", "GB 7718-2025", "2012-04-20", "2027-03-15"),
        entry("GB 7718-2025", "issued", since="2027-03-16"),
        entry("NY/T 391-2000", "abolished"),
    ]
}


@pytest.mark.parametrize(
    ("number", "day", "status"),
    [
        ("GB/T 18796-2005", "2010-01-01", "valid"),
        ("GB/T 18796-2005", "2012-09-30", "valid"),
        ("GB/T 18796-2005", "2012-10-01", "stale"),
        ("GB/T 18796", "2026-11-22", "stale"),
        ("GB/T 18796", "2010-01-01", "valid"),
        ("GH/T 18796-2012", "2026-11-22", "valid"),
        ("GB 7718-2011", "2026-11-22", "valid"),
        ("GB 7718-2011", "2027-03-16", "stale"),
        ("GB 7718-2025", "2026-11-22", "valid"),
        ("NY/T 391-2000", "2026-11-22", "stale"),
        ("GB 7718-2004", "2026-11-22", "invalid"),
        ("GB 7718-2026", "2026-11-22", "unknown"),
        ("GB 7718-2031", "2026-11-22", "invalid"),
        ("GB 99999-2020", "2026-11-22", "unknown"),
        ("蜂蜜标准", "2026-11-22", "unknown"),
    ],
)
def test_status_by_date(number: str, day: str, status: str) -> None:
    assert standard_status(number, dt.date.fromisoformat(day), CATALOGUE) == status


@pytest.mark.parametrize("number", ["gb/t18796—2005", "GB／T 18796-2005", "gb/t  18796－2005", "GB/T 18796–2005."])
def test_spellings_of_one_number_are_one(number: str) -> None:
    assert standard_key(number) == "GB/T18796-2005"
    assert standard_status(number, dt.date(2026, 1, 1), CATALOGUE) == "stale"


def test_the_successor_is_named_where_it_is_known() -> None:
    assert successor("GB/T 18796-2005", CATALOGUE) == "GH/T 18796-2012"
    assert successor("GH/T 18796-2012", CATALOGUE) is None
