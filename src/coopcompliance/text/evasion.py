"""Evasions by sound: pinyin inside words (zui好, 治liao, di一) and homophones (免役力), resolved to the packs' terms.

Nothing is guessed freely: a syllable or homophone is read as another character only where the result is one of the
packs' own terms (spellings listed word by word are read by `normalise`). The rewritten view keeps its offsets, so every
detector sees the word that is meant and every finding shows the text as given.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import ahocorasick
import regex

from coopcompliance.text.fold import confusables
from coopcompliance.text.normalise import HAN
from coopcompliance.text.projection import Replacement, Text

_HAN_CHAR = regex.compile(f"[{HAN}]")
_LATIN_RUN = regex.compile(r"(?<![a-z0-9@./_\-])[a-z]{2,18}(?![a-z0-9@_\-])")
_SYLLABLE = regex.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:i(?:ang|ong|ao|an|ng|n|a|e|u)?|u(?:ang|ai|an|ng|n|a|e|i|o)?|v(?:e|an|n)?|"
    r"a(?:ng|i|n|o)?|e(?:ng|i|n|r)?|o(?:ng|u)?)"
)
_WINDOW = 5
_MOST_READINGS = 300


class Vocabulary:
    """The packs' terms as seen by the evasion step: which strings count as words of ours."""

    __slots__ = ("__dict__", "_automaton", "_has_variants", "_variants", "terms")

    def __init__(self, terms: Iterable[str]) -> None:
        # Terms that begin or end with a function word would complete almost anything.
        self.terms = frozenset(term for term in terms if len(term) >= 2 and _HAN_CHAR.search(term))
        self._variants = ahocorasick.Automaton()
        for variant, meant in self._spellings():
            self._variants.add_word(variant, (len(variant), meant))
        self._has_variants = len(self._variants) > 0
        if self._has_variants:
            self._variants.make_automaton()

    def _spellings(self) -> Iterable[tuple[str, str]]:
        table = confusables()
        for term in self.terms:
            if len(term) < 3:
                continue
            for index, char in enumerate(term):
                for other in table.homophones.get(char, ""):
                    variant = term[:index] + other + term[index + 1 :]
                    if variant not in self.terms:
                        yield variant, term

    @cached_property
    def _readings(self) -> dict[str, str]:
        """Toneless syllable -> the characters of our terms that are read so. Needs pypinyin: built at first use."""
        from pypinyin import Style, pinyin

        readings: dict[str, set[str]] = {}
        for char in {char for term in self.terms for char in term if _HAN_CHAR.match(char)}:
            for syllable in pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]:
                readings.setdefault(syllable, set()).add(char)
        return {syllable: "".join(sorted(chars)) for syllable, chars in readings.items()}

    @cached_property
    def _by_length(self) -> tuple[int, ...]:
        return tuple(sorted({len(term) for term in self.terms if len(term) <= _WINDOW + 1}, reverse=True))

    def resolve(self, text: Text) -> Text:
        """`text` with evasions by sound read as the terms they hide; `text` itself where there are none."""
        if self._has_variants:
            replacements = list(self._homophones(text.norm))
            text = text.rewrite(replacements)
        # Once per run from left to right: 补shen壮yang needs 补肾 before 壮阳 can be seen.
        for _ in range(4):
            replacements = list(self._pinyin(text.norm))
            if not replacements:
                break
            text = text.rewrite(replacements)
        return text

    def _homophones(self, norm: str) -> Iterable[Replacement]:
        last = -1
        hits = [(end - length + 1, length, meant) for end, (length, meant) in self._variants.iter(norm)]
        for start, length, meant in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if start >= last and not self._stands_in_term(norm, start, start + length):
                last = start + length
                yield start, last, meant

    def _stands_in_term(self, norm: str, start: int, end: int) -> bool:
        """Whether [start, end) is part of a longer term of ours as written: 制不了 (治不了) in 复制不了."""
        first, last = max(0, start - _WINDOW), min(len(norm), end + _WINDOW)
        return any(
            norm[low:high] in self.terms
            for low in range(first, start + 1)
            for high in range(end, last + 1)
            if high - low > end - start
        )

    def _pinyin(self, norm: str) -> Iterable[Replacement]:
        last = -1
        for match in _LATIN_RUN.finditer(norm):
            start, end = match.span()
            if start < last:
                continue
            if self._stands(norm, start, match.group()):
                continue
            before = start > 0 and bool(_HAN_CHAR.match(norm[start - 1]))
            after = end < len(norm) and bool(_HAN_CHAR.match(norm[end]))
            if not (before or after):
                continue
            meant = self._read(norm, start, end)
            if meant:
                last = end + 1
                yield start, end, meant

    @cached_property
    def _written_so(self) -> dict[str, list[tuple[str, int]]]:
        """Latin run -> our own terms that hold it (pin多多, ai人), with where it begins in them."""
        found: dict[str, list[tuple[str, int]]] = {}
        for term in self.terms:
            for match in _LATIN_RUN.finditer(term):
                found.setdefault(match.group(), []).append((term, match.start()))
        return found

    def _stands(self, norm: str, start: int, run: str) -> bool:
        """Whether the run is part of a term as it is written."""
        return any(
            offset <= start and norm.startswith(term, start - offset) for term, offset in self._written_so.get(run, ())
        )

    def _read(self, norm: str, start: int, end: int) -> str | None:
        """The Han reading of norm[start:end] that completes the longest of our terms, or None."""
        left = norm[max(0, start - _WINDOW) : start]
        right = norm[end : end + _WINDOW]
        best: tuple[int, str] | None = None
        for syllables in _split(norm[start:end]):
            options = [self._readings.get(syllable, "") for syllable in syllables]
            for reading in _product(options):
                covered = self._covering(left, reading, right)
                if covered and (best is None or covered > best[0]):
                    best = (covered, reading)
        return best[1] if best else None

    def _covering(self, left: str, reading: str, right: str) -> int:
        """Length of the longest term in left+reading+right that covers `reading` and at least one neighbour."""
        line = left + reading + right
        first, last = len(left), len(left) + len(reading)
        for length in self._by_length:
            if length <= len(reading):
                break
            for begin in range(max(0, last - length), min(first, len(line) - length) + 1):
                if line[begin : begin + length] in self.terms:
                    return length
        return 0


def _split(run: str) -> list[list[str]]:
    """The ways to cut a Latin run into at most four pinyin syllables."""
    found: list[list[str]] = []

    def step(rest: str, done: list[str]) -> None:
        if not rest:
            found.append(done)
            return
        if len(done) == 4:
            return
        for length in range(min(6, len(rest)), 0, -1):
            if _SYLLABLE.fullmatch(rest[:length]):
                step(rest[length:], [*done, rest[:length]])

    step(run, [])
    return [parts for parts in found if all(len(part) > 1 for part in parts)]


def _product(options: list[str]) -> Iterable[str]:
    """All readings, unless there are so many that the run is surely no hidden word."""
    count = 1
    for option in options:
        count *= len(option)
    if not 0 < count <= _MOST_READINGS:
        return
    readings = [""]
    for option in options:
        readings = [reading + char for reading in readings for char in option]
    yield from readings


__all__ = ["Vocabulary"]
