"""Numbers as copy writes and hosts say them: 1,200 · 六万八 · 三百九 · 5w · 12.5% · 九块九."""

from __future__ import annotations

import regex

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
    "幺": 1,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
_ARABIC = regex.compile(r"([-+]?\d+(?:,\d{3})*(?:\.\d+)?)\s*(十|百|千|万|亿|k|w|%)?(\d)?")
_FACTORS = {"十": 10, "百": 100, "千": 1e3, "k": 1e3, "万": 1e4, "w": 1e4, "亿": 1e8, "%": 1}

# 十几万, 10余万: read as the least that it says.
_ABOUT = regex.compile(r"(?<=[\d十百千])[多余来几](?=[十百千万亿kw])")
# 九块九, 19块8毛
_MONEY = regex.compile(r"(.+)[块元]([\d一二三四五六七八九])[毛角]?")


def parse_number(text: str) -> float | None:
    """The value of `text`, or None where it is no number. A trailing unit (元, 块, 克) is ignored."""
    text = _ABOUT.sub("", text.strip().lower())
    money = _MONEY.fullmatch(text)
    if money:
        whole, tenths = parse_number(money.group(1)), parse_number(money.group(2))
        return None if whole is None or tenths is None else whole + tenths / 10
    match = _ARABIC.match(text)
    if match:
        value = float(match.group(1).replace(",", ""))
        factor = match.group(2)
        if factor:
            value *= _FACTORS[factor]
            if match.group(3) and factor not in {"%"}:
                value += int(match.group(3)) * _FACTORS[factor] / 10  # 6万8
        return value
    return _chinese(text)


def _chinese(text: str) -> float | None:
    if text.startswith("百分之"):
        return _chinese(text[3:])
    total = section = 0.0
    digit: float | None = None
    last_unit = 1.0
    seen = False
    digits_in_row: list[int] = []
    for index, char in enumerate(text):
        if char == "半":
            total, seen = total + section + (digit or 0) + last_unit / 2, True
            return total
        if char in _DIGITS:
            digit = float(_DIGITS[char])
            digits_in_row.append(_DIGITS[char])
            seen = True
            if digit == 0:
                last_unit = 1.0 if len(digits_in_row) == 1 else last_unit
                if section or total:
                    last_unit, digit = 10.0, None
        elif char in _UNITS:
            section += (digit if digit is not None else 1) * _UNITS[char]
            last_unit, digit, seen, digits_in_row = float(_UNITS[char]), None, True, []
        elif char in _LARGE:
            # 万元 alone is ten thousand. 亿 multiplies all before it (一万亿), 万 only what follows the 亿.
            head = section + (digit or 0) if seen else 1.0
            total = (total + head) * _LARGE[char] if char == "亿" else total + head * _LARGE[char]
            section, digit, last_unit, seen, digits_in_row = 0.0, None, float(_LARGE[char]), True, []
        elif char == "点" and digit is not None and index + 1 < len(text) and text[index + 1] in _DIGITS:
            fraction = "".join(str(_DIGITS[c]) for c in text[index + 1 :] if c in _DIGITS)
            return total + section + digit + float("0." + fraction)
        else:
            break
    if not seen:
        return None
    if len(digits_in_row) > 1 and not (total or section):
        return float("".join(map(str, digits_in_row)))  # 一三九
    if digit is not None:
        # 六万八 = 68,000, 三百九 = 390: a digit right after a unit counts in tenths of it.
        section += digit * (last_unit / 10 if last_unit >= 100 else 1)
    return total + section
