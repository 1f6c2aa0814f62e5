"""normalise: text as given -> folded and squeezed view.

Terms and text go through this same function, so that what an author writes and what a host types meet in one form.
Sentence punctuation is never taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import regex

from coopcompliance.text.fold import confusables, fold
from coopcompliance.text.projection import Replacement, Text

HAN = r"㐀-鿿豈-﫿\U00020000-\U000323AF"

# Invisible: zero-width and bidirectional controls, soft hyphen, variation selectors, tags, the keycap mark.
_INVISIBLE = regex.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+"
)
_SPACE = r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000\u1680]"
_PICTURE = r"\p{Extended_Pictographic}\U0001F1E6-\U0001F1FF\U0001F3FB-\U0001F3FF☀-➿⬀-⯿★☆●○◆◇■□▲△▼▽►◄※"
# Pictures to Unicode, words to a lawyer: never taken out.
_MARKS = "©®™"
_DECORATION = r"·•・‧₍₎⁽⁾._*~^`\-'"
_ASCII_PUNCTUATION = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}


@cache
def _specials() -> regex.Pattern[str]:
    """One pattern for everything that is not kept as it is; the group names say what becomes of it."""
    table = confusables()
    signs = "|".join(regex.escape(sign) for sign in sorted(table.signs, key=len, reverse=True))
    hearts = f"[{table.hearts}]"
    first_of_sign = "[" + "".join(sorted({sign[0] for sign in table.signs})) + "]"
    return regex.compile(
        rf"(?P<heart>(?<=[{table.heart_after}]){hearts}+)"
        rf"|(?P<sign>{signs})"
        # Anything of all that put between two Han characters: 国·🌟·家 级. Possessive, so that long runs stay linear.
        rf"|(?P<between>(?<=[{HAN}])(?:(?![{_MARKS}]|{first_of_sign})[{_PICTURE}{_DECORATION}{_SPACE[1:-1]}])++(?=[{HAN}]))"
        # The same around one Latin letter between Han characters: 加·v·信.
        rf"|(?P<letter>(?<=[{HAN}])[{_DECORATION}]+(?=[a-z][{_DECORATION}]*[{HAN}])"
        rf"|(?<=[{HAN}][{_DECORATION}]*[a-z])[{_DECORATION}]+(?=[{HAN}]))"
        rf"|(?P<emoji>(?:(?![{_MARKS}])[{_PICTURE}]|(?<=\p{{Extended_Pictographic}}){_SPACE})+)"
        rf"|(?P<plus>\+(?={_SPACE}*(?:[v微威]|wx|qq)))"
        rf"|(?P<space>(?<=[{HAN}，。！？；：、“”（）,;:!?()]){_SPACE}+|{_SPACE}+(?=[{HAN}，。！？；：、“”（）,;:!?()])"
        rf"|(?<=[a-z]){_SPACE}+(?=\d)|(?<=\d){_SPACE}+(?=[a-z]))"
        rf"|(?P<punctuation>[,;:!?()](?![a-z0-9])|(?<![a-z0-9])[,;:!?()])"
    )


@cache
def _pause() -> regex.Pattern[str]:
    """What in a run of taken-out characters may stand for a pause: spaces and pictures, no mere decoration."""
    return regex.compile(rf"{_SPACE}|[{_PICTURE}]")


def normalise(given: str, masked: Sequence[tuple[int, int]] = ()) -> Text:
    """The folded, squeezed view of `given`, with offsets back to it (code points).

    `masked` spans are no copy (a subtitle's time codes): they are left out of the view, as a pause.
    """
    view = _squeezed(given, masked)
    variants, meant = _spellings()
    return view.rewrite([(*match.span(), meant[match.group()]) for match in variants.finditer(view.norm)])


def _squeezed(given: str, masked: Sequence[tuple[int, int]] = ()) -> Text:
    base = Text.identity(given, fold(given))
    if masked:
        base = base.rewrite([(start, end, "") for start, end in masked], [start for start, _ in masked])
    # First of all, so that no other step has to look through them: +\u200bv is +v.
    hidden = [(*match.span(), "") for match in _INVISIBLE.finditer(base.norm)]
    base = base.rewrite(hidden)
    folded = base.norm
    signs = confusables().signs
    replacements: list[Replacement] = []
    soft: list[int] = []
    for match in _specials().finditer(folded):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "heart":
            new = "信"
        elif kind == "sign":
            new = signs[match.group()]
            if folded.startswith(new, end):  # 添➕加: the sign only splits the word it would spell
                new = ""
        elif kind == "plus":
            new = "加"
        elif kind == "punctuation":
            new = _ASCII_PUNCTUATION[match.group()]
        else:
            new = ""
            if kind in {"emoji", "space"} or (kind == "between" and _pause().search(match.group())):
                soft.append(start)
        replacements.append((start, end, new))
    return base.rewrite(replacements, soft)


@cache
def _spellings() -> tuple[regex.Pattern[str], dict[str, str]]:
    """The listed spellings of whole words (v信, 第①) as they read after squeezing, and what each means.

    A spelling that begins or ends with a letter or digit is whole: not the v信 of tv信号, nor the 第1 of 第10.
    """
    pairs = ((_squeezed(written).norm, _squeezed(word).norm) for written, word in confusables().words.items())
    meant = {written: word for written, word in pairs if written != word}
    parts = []
    for written in sorted(meant, key=len, reverse=True):
        before = "(?<![a-z0-9])" if written[0].isascii() else ""
        after = "(?![a-z0-9])" if written[-1].isascii() else ""
        parts.append(before + regex.escape(written) + after)
    return regex.compile("|".join(parts)), meant


def normal_form(term: str) -> str:
    """How a term reads in the view: what packs' terms are compared as."""
    return normalise(term).norm


def normal_forms(terms: Iterable[str]) -> tuple[str, ...]:
    """The normal forms of many terms at once (a term holds no line break), without empty ones."""
    return tuple(filter(None, dict.fromkeys(normalise("\n".join(terms)).norm.split("\n"))))


__all__ = ["HAN", "normal_form", "normal_forms", "normalise"]
