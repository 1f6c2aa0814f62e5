"""Folding: the one-character-for-one-character part of normalisation, shared by text and terms.

Width, case, traditional to simplified (OpenCC's character data), look-alike characters and circled digits. Every
entry maps one code point to one code point, so offsets do not move.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

# All code points whose compatibility form may be a single character: letters and digits in their many dresses, and Han
# compatibility ideographs. Scanning all of Unicode instead would cost half a second at start-up.
_COMPATIBILITY_BLOCKS = (
    (0x00A0, 0x0250),
    (0x0370, 0x0530),
    (0x1D00, 0x1D80),
    (0x2070, 0x209D),
    (0x2100, 0x2190),
    (0x2460, 0x2500),
    (0x2776, 0x2794),
    (0x2E80, 0x2FE0),
    (0x3200, 0x3400),
    (0xF900, 0xFB00),
    (0xFF00, 0xFFF0),
    (0x1D400, 0x1D800),
    (0x1F100, 0x1F190),
    (0x2F800, 0x2FA20),
)
_MARKED_LATIN = ((0x00C0, 0x0250), (0x1E00, 0x1F00))
_HAN_BLOCKS = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))
# These keep their own meaning; their compatibility form would make them word characters or plain punctuation.
_KEEP = frozenset("…　\u00a0")


@dataclass(frozen=True, slots=True)
class Confusables:
    """The table of `data/confusables.yaml`."""

    characters: dict[str, str]
    signs: dict[str, str]
    heart_after: str
    hearts: str
    homophones: dict[str, str]
    words: dict[str, str]
    """Each evasive spelling of a whole word, with the word that is meant."""


@cache
def confusables() -> Confusables:
    """Load the confusables table. Immutable data, read once."""
    raw = yaml.safe_load(resources.files("coopcompliance").joinpath("data/confusables.yaml").read_text("utf-8"))
    characters = {variant: str(char) for char, variants in raw["characters"].items() for variant in variants}
    words: dict[str, str] = {}
    for word, spellings in raw["words"].items():
        for spelling in spellings.split():
            variant, _, meant = spelling.partition("=")
            words[variant] = meant or word
    return Confusables(
        characters=characters,
        signs={str(sign): str(word) for sign, word in raw["signs"].items()},
        heart_after=raw["heart_after"],
        hearts=raw["hearts"],
        homophones={str(char): str(variants) for char, variants in raw["homophones"].items()},
        words=words,
    )


def _without_tone(char: str) -> str | None:
    """The plain letter of one written with a mark (dú reads du, lǜ reads lv as typed); None for any other character."""
    base, *marks = list(unicodedata.normalize("NFD", char.lower()))
    if not marks or not base.isascii() or not base.isalpha():
        return None
    return "v" if base == "u" and "\u0308" in marks else base


@cache
def fold_table() -> dict[int, str]:
    """The translation table for `str.translate`; one code point to one code point."""
    import opencc  # its import loads a native library; only needed when a text layer is built

    han = [chr(code) for first, last in _HAN_BLOCKS for code in range(first, last)]
    converted = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table: dict[int, str] = {}
    for char, simple in zip(han, converted, strict=True):
        if char != simple and len(simple) == 1:
            table[ord(char)] = simple
    for first, last in _COMPATIBILITY_BLOCKS:
        for code in range(first, last):
            char = chr(code)
            folded = unicodedata.normalize("NFKC", char).lower()
            if char not in _KEEP and len(folded) == 1 and folded != char and not folded.isspace():
                table[code] = table.get(ord(folded), folded)
    for first, last in _MARKED_LATIN:
        for code in range(first, last):
            plain = _without_tone(chr(code))
            if plain is not None:
                table[code] = plain
    for code in range(ord("A"), ord("Z") + 1):
        table[code] = chr(code + 32)
    for char, meant in confusables().characters.items():
        table[ord(char)] = meant
    # Punctuation keeps one dress: Chinese where it ends a clause (the rest is done by context in `normalise`).
    table.update({ord("，"): "，", ord("！"): "！", ord("？"): "？", ord("；"): "；", ord("："): "："})
    table.update({ord("（"): "（", ord("）"): "）", ord("～"): "～", ord("｜"): "｜", ord("—"): "—"})
    table.update({ord("﹐"): "，", ord("﹔"): "；", ord("﹕"): "：", ord("﹗"): "！", ord("﹖"): "？", ord("｡"): "。"})
    table.update({ord("「"): "“", ord("」"): "”", ord("『"): "“", ord("』"): "”"})
    # Chains are followed to their end: a Cyrillic capital becomes its small letter, which is read as a Latin one.
    for code, char in table.items():
        while ord(char) in table and table[ord(char)] != char:
            char = table[ord(char)]
        table[code] = char
    return {code: char for code, char in table.items() if chr(code) != char}


def fold(text: str) -> str:
    """Fold `text` character by character; the result has the same length."""
    return text.translate(fold_table())
