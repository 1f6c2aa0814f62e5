"""Numbers as copy writes them and hosts say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance.detect.numerals import parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("12.5%", 12.5),
        ("-5", -5),
        ("5w", 50_000),
        ("3k", 3_000),
        ("6万", 60_000),
        ("6万8", 68_000),
        ("1.5亿", 150_000_000),
        ("5 万", 50_000),
        ("50000元", 50_000),
        ("10多万", 100_000),
        ("10余万元", 100_000),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百五", 150),
        ("三百九", 390),
        ("两千零五", 2005),
        ("三千零八十", 3080),
        ("六万八", 68_000),
        ("六万八千", 68_000),
        ("一万零五百", 10_500),
        ("两万五千元", 25_000),
        ("一百万", 1_000_000),
        ("一亿五千万", 150_000_000),
        ("二〇二六", 2026),
        ("三点五", 3.5),
        ("百分之九十九点九", 99.9),
        ("百分之百", 100),
        ("壹万贰仟", 12_000),
        ("万元", 10_000),
        ("十几万", 100_000),
        ("三十多万", 300_000),
        ("九块九", 9.9),
        ("9块9", 9.9),
        ("19块8毛", 19.8),
    ],
)
def test_spoken_and_written_numbers(text: str, value: float) -> None:
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "元", "好多", "。", "abc"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(0, 10**9))
def test_arabic_digits_with_and_without_separators(value: int) -> None:
    assert parse_number(str(value)) == value
    assert parse_number(f"{value:,}") == value


def chinese(value: int) -> str:
    """`value` below 10,000 in full Chinese numerals."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    out = ""
    for index, digit in enumerate(str(value)):
        unit = units[len(str(value)) - index - 1]
        out += digits[int(digit)] + unit if digit != "0" else "零"
    while "零零" in out:
        out = out.replace("零零", "零")
    return out.rstrip("零") or "零"


@given(st.integers(1, 9999))
def test_full_chinese_numerals(value: int) -> None:
    assert parse_number(chinese(value)) == value


@given(st.integers(1, 9999), st.integers(1000, 9999))
def test_full_chinese_numerals_with_ten_thousands(high: int, low: int) -> None:
    assert parse_number(chinese(high) + "万" + chinese(low)) == high * 10_000 + low
