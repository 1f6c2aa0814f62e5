"""Certificates, licences and patents: forms, check digits and terms."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coopcompliance.detect.identifiers import check_identifier

DAY = dt.date(2026, 11, 22)


def check(kind: str, number: str, day: dt.date = DAY) -> str:
    return check_identifier(kind, number, day, {})


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("ZL 201710601862.3", DAY),
        ("zl201710601862.3", DAY),
        ("201710601862.3", DAY),
        ("97101765.4", dt.date(2010, 1, 1)),
        ("95115608.X", dt.date(2010, 1, 1)),
        ("ZL95115608.x", dt.date(2010, 1, 1)),
    ],
)
def test_patent_numbers_with_their_check_digit(number: str, day: dt.date) -> None:
    assert check("patent-number", number, day) == "valid"


@given(st.sampled_from(["201710601862.3", "97101765.4"]), st.integers(0, 11), st.integers(1, 9))
def test_one_changed_digit_makes_a_patent_number_invalid(number: str, index: int, add: int) -> None:
    assume(index < len(number) and number[index].isdigit())
    changed = number[:index] + str((int(number[index]) + add) % 10) + number[index + 1 :]
    assert check("patent-number", changed, dt.date(2005, 1, 1)) == "invalid"


@pytest.mark.parametrize("number", ["ZL123", "ZL2017106018623456", "", "ZL20171060186A.3"])
def test_other_forms_are_no_patent_numbers(number: str) -> None:
    assert check("patent-number", number) == "invalid"


def with_check(body: str) -> str:
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=False))
    return f"{body}.{'0123456789X'[total % 11]}"


@pytest.mark.parametrize(
    ("body", "last_year"),
    [
        ("201710601862", 2037),  # an invention
        ("201720601862", 2027),  # a utility model
        ("201730601862", 2032),  # a design
        ("97101765", 2017),
        ("02101765", 2022),  # eight digits were given until 2003
        ("00301765", 2015),
    ],
)
def test_a_patent_lapses_when_its_longest_term_has_passed(body: str, last_year: int) -> None:
    number = with_check(body)
    assert check("patent-number", number, dt.date(last_year, 12, 31)) == "valid"
    assert check("patent-number", number, dt.date(last_year + 1, 1, 1)) == "stale"


def test_a_credit_code() -> None:
    assert check("credit-code", "91512081MA62K0260E") == "valid"
    assert check("credit-code", "91512081ma62k0260e") == "valid"


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_changed_character_makes_a_credit_code_invalid(index: int, char: str) -> None:
    code = "91512081MA62K0260E"
    assume(code[index] != char)
    assert check("credit-code", code[:index] + char + code[index + 1 :]) == "invalid"


@pytest.mark.parametrize("code", ["", "91512081MA62K0260", "91512081MA62K0260I", "915120810000000000000"])
def test_other_forms_are_no_credit_codes(code: str) -> None:
    assert check("credit-code", code) == "invalid"


@pytest.mark.parametrize(
    ("kind", "number", "outcome"),
    [
        ("organic-code", "12325123456789012", "valid"),
        ("organic-code", "123425123456789012", "valid"),
        ("organic-code", "1232512345678901", "invalid"),
        ("organic-code", "1234251234567890123", "invalid"),
        ("organic-code", "12309123456789012", "unknown"),
        ("organic-certificate", "123OP2512345", "valid"),
        ("organic-certificate", "123OP2912345", "invalid"),
        ("organic-certificate", "有机认证", "invalid"),
        ("green-food", "LB-44-2501011234A", "valid"),
        ("green-food", "LB-44-2101011234A", "stale"),
        ("green-food", "LB-44-2801011234A", "invalid"),
        ("green-food", "LB-44-2513011234A", "invalid"),
        ("gf-code", "GF110108250001", "valid"),
        ("gf-code", "GF1101", "invalid"),
        ("sc-number", "SC123", "invalid"),
        ("sc-number", "SC31234567890123", "invalid"),
        ("sc-number", "QS123456789012", "stale"),
        ("health-food-number", "国食健注G20230001", "valid"),
        ("health-food-number", "食健备G202344000001", "valid"),
        ("health-food-number", "国食健字G20110001", "unknown"),
        ("health-food-number", "国食健注G2023", "invalid"),
    ],
)
def test_forms_of_certificates_and_licences(kind: str, number: str, outcome: str) -> None:
    assert check(kind, number) == outcome


@given(st.integers(0, 9))
def test_a_doubtful_check_digit_of_a_licence_is_never_called_invalid(digit: int) -> None:
    """The algorithm could not be confirmed, so only the form decides between right and wrong."""
    assert check("sc-number", f"SC1015125080001{digit}"[:16]) in {"valid", "unknown"}
