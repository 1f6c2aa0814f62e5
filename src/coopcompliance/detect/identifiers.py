"""Formats and check digits of the numbers that copy quotes: certificates, licences, patents, standards.

Each check gives one of `valid`, `invalid`, `stale` (was valid once), `unknown`. Sources: GB 32100-2015 (credit code),
patent numbering ZC 0006-2003, the organic and green-food certification rules. What could not be confirmed never says
`invalid` on a doubt: an SC check digit that does not fit is `unknown`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from coopcompliance.detect.standards import standard_status
from coopcompliance.packs.catalog import StandardEntry

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code(number: str, day: dt.date) -> str:
    """统一社会信用代码: 18 characters without I, O, Z, S, V; the last is a check character modulo 31."""
    code = number.upper()
    if len(code) != 18 or any(char not in _CREDIT_ALPHABET for char in code):
        return "invalid"
    total = sum(_CREDIT_ALPHABET.index(char) * weight for char, weight in zip(code, _CREDIT_WEIGHTS, strict=False))
    return "valid" if _CREDIT_ALPHABET[(31 - total % 31) % 31] == code[17] else "invalid"


def patent_number(number: str, day: dt.date) -> str:
    """专利号 ZL + 8 or 12 digits + check digit: weights 2-9 (then 2-5), modulo 11, 10 written X.

    `stale` once the longest term has passed: 20 years for an invention, 15 for a design, 10 for a utility model.
    """
    match = re.fullmatch(r"(?:ZL)?(\d{8}|\d{12})\.?([\dX])", number.upper().replace(" ", ""))
    if not match:
        return "invalid"
    body, check = match.groups()
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    rest = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=False)) % 11
    if "0123456789X"[rest] != check:
        return "invalid"
    # Two-digit years run from 1985, when filing began, to 2003.
    filed = int(body[:4]) if len(body) == 12 else (1900 if body[:2] >= "85" else 2000) + int(body[:2])
    kind = body[4] if len(body) == 12 else body[2]
    longest = {"1": 20, "8": 20, "2": 10, "9": 10, "3": 15}.get(kind, 20)
    return "stale" if filed + longest < day.year else "valid"


def organic_code(number: str, day: dt.date) -> str:
    """有机码: 17 digits (three of the body, two of the year, twelve random); 18 since the rules of 2024."""
    if not re.fullmatch(r"\d{17,18}", number):
        return "invalid"
    year = 2000 + int(number[3:5] if len(number) == 17 else number[4:6])
    return "valid" if 2011 <= year <= day.year else "unknown"


def organic_certificate(number: str, day: dt.date) -> str:
    """有机产品认证证书: body code, OP, year, five digits, perhaps a sub-certificate."""
    match = re.fullmatch(r"(?:\d{3,4}|F\d{2,3})OP(\d{2})\d{5}(?:-\d+)?", number.upper())
    return ("valid" if 2000 + int(match.group(1)) <= day.year else "invalid") if match else "invalid"


def green_food(number: str, day: dt.date) -> str:
    """绿色食品 product number LB-class-YYMM province serial A/AA."""
    match = re.fullmatch(r"LB-?\d{2}-?(\d{2})(0[1-9]|1[0-2])\d{2}\d{4,5}A{0,2}", number.upper())
    if not match:
        return "invalid"
    approved = dt.date(2000 + int(match.group(1)), int(match.group(2)), 1)
    if approved > day:
        return "invalid"
    # A licence runs three years from its approval.
    return "stale" if approved.replace(year=approved.year + 3) + dt.timedelta(days=31) < day else "valid"


def gf_code(number: str, day: dt.date) -> str:
    """绿色食品 enterprise code: GF and twelve digits."""
    return "valid" if re.fullmatch(r"GF\d{12}", number.upper()) else "invalid"


def sc_number(number: str, day: dt.date) -> str:
    """食品生产许可证 SC + 14 digits, the last a check digit (said to be GB/T 17710, MOD 11,10); QS is long obsolete."""
    code = number.upper().replace(" ", "")
    if code.startswith("QS"):
        return "stale" if day >= dt.date(2018, 10, 1) else "valid"
    digits = code.removeprefix("SC")
    if not re.fullmatch(r"[12]\d{13}", digits):
        return "invalid"
    product = 10
    for digit in digits[:13]:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return "valid" if (11 - product) % 10 == int(digits[13]) else "unknown"


def health_food_number(number: str, day: dt.date) -> str:
    """保健食品 registration (国食健注G/J + 8), filing (食健备G + 12, J + 4 + 00 + 6), or one of the old forms."""
    code = number.upper().replace(" ", "")
    if re.fullmatch(r"国食健注[GJ]\d{8}", code) or re.fullmatch(r"食健备(G\d{12}|J\d{4}00\d{6})", code):
        return "valid"
    return "unknown" if re.fullmatch(r"(国食健字[GJ]\d{8}|卫食健字[（(]\d{4}[）)]第\d{4}号)", code) else "invalid"


_CHECKS: Mapping[str, Callable[[str, dt.date], str]] = {
    "credit-code": credit_code,
    "patent-number": patent_number,
    "organic-code": organic_code,
    "organic-certificate": organic_certificate,
    "green-food": green_food,
    "gf-code": gf_code,
    "sc-number": sc_number,
    "health-food-number": health_food_number,
}


def check_identifier(kind: str, number: str, day: dt.date, catalogue: Mapping[str, StandardEntry]) -> str:
    """The outcome of the check `kind` for `number` on `day`."""
    if kind == "standard-number":
        return standard_status(number, day, catalogue)
    return _CHECKS[kind](number, day)
