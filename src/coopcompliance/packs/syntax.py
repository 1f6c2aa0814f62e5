"""The shorthands of the rule language's patterns, and compiling them.

{$lexicon}   any term of the lexicon
<N>          up to N characters without clause punctuation (as few as possible)
<<N>>        up to N characters without sentence end (as few as possible)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from coopcompliance.text.fold import fold
from coopcompliance.text.segment import SENTENCE_MARKS

_LEXICON = re.compile(r"\{\$([a-z0-9-]+)\}")
_SENTENCE_GAP = re.compile(r"<<(\d+)>>")
_CLAUSE_GAP = re.compile(r"<(\d+)>")
# Escapes, properties and group syntax keep their capitals (\\S, \\p{Han}, (?P<name>); the rest is text.
_CAPITAL = re.compile(r"\\[pP]\{[^}]*\}|\\.|\(\?P|(?P<capital>[A-Z])")
_GROUP = re.compile(r"\(\?P?<([A-Za-z_]\w*)>")
_CLAUSE_STOPS = "，。！？；：…\\n"


class LazyPattern:
    """A pattern that is compiled when it is first used: most of the packs' patterns are not needed for most texts.

    Compiling twice in two threads at once gives the same pattern, so no lock is needed.
    """

    __slots__ = ("_compiled", "_lists", "source")

    def __init__(self, source: str, lists: Mapping[str, Sequence[str]]) -> None:
        self.source = source
        self._lists = lists
        self._compiled: regex.Pattern[str] | None = None

    def compiled(self) -> regex.Pattern[str]:
        """The compiled pattern. Raises regex.error where the source is wrong."""
        if self._compiled is None:
            lists = {name: frozenset(terms) for name, terms in self._lists.items()}
            # cache_pattern=False: regex's own cache is a global of a few hundred entries, too few for us.
            self._compiled = regex.compile(self.source, cache_pattern=False, **lists)  # type: ignore[arg-type]
        return self._compiled

    def finditer(
        self,
        text: str,
        start: int = 0,
        end: int | None = None,
        *,
        overlapped: bool = False,
        timeout: float | None = None,
    ) -> Iterator[regex.Match[str]]:
        end = len(text) if end is None else end
        return self.compiled().finditer(text, start, end, overlapped=overlapped, timeout=timeout)

    def search(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        return self.compiled().search(text, start, len(text) if end is None else end)


def compile_pattern(source: str, lexicons: Mapping[str, Sequence[str]]) -> LazyPattern:
    """Make a rule's pattern ready to be compiled. `lexicons` hold terms in their normal form.

    Raises:
        KeyError: a lexicon is unknown.
    """
    lists: dict[str, Sequence[str]] = {}

    def spread(match: re.Match[str]) -> str:
        name = match.group(1)
        key = "w_" + name.replace("-", "_")
        lists[key] = lexicons[name]
        return rf"\L<{key}>"

    text = _LEXICON.sub(spread, _fold_literals(source))
    text = _SENTENCE_GAP.sub(lambda match: rf"[^{SENTENCE_MARKS.strip()}\n]{{0,{match.group(1)}}}?", text)
    text = _CLAUSE_GAP.sub(lambda match: rf"[^{_CLAUSE_STOPS}]{{0,{match.group(1)}}}?", text)
    return LazyPattern(text, lists)


def _fold_literals(source: str) -> str:
    """Fold what a pattern is to match as the text is folded; its syntax stays as it is.

    Lower case here instead of IGNORECASE: with that flag `regex` spreads each word list into alternatives, which costs
    a hundred times the compile time.
    """
    folded = "".join(char if char.isascii() else fold(char) for char in source)
    return _CAPITAL.sub(lambda match: match.group().lower() if match.lastgroup else match.group(), folded)


def word_pattern(words: Iterable[str]) -> LazyPattern | None:
    """A pattern for any of `words` (in normal form); None for no words."""
    terms = tuple(words)
    return LazyPattern(r"\L<terms>", {"terms": terms}) if terms else None


def group_names(source: str) -> set[str]:
    """The named groups of a pattern."""
    return set(_GROUP.findall(source))


def lexicons_in(source: str) -> list[str]:
    """The names of the lexicons that a pattern uses."""
    return _LEXICON.findall(source)
