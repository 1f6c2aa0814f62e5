"""The shorthands of the rule language's patterns, and compiling them.

{$lexicon}   any term of the lexicon
<N>          up to N characters without clause punctuation (as few as possible)
<<N>>        up to N characters without sentence end (as few as possible)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import regex

from coopcompliance.text.fold import fold
from coopcompliance.text.segment import SENTENCE_MARKS

_LEXICON = re.compile(r"\{\$([a-z0-9-]+)\}")
_SENTENCE_GAP = re.compile(r"<<(\d+)>>")
_CLAUSE_GAP = re.compile(r"<(\d+)>")
_CLAUSE_STOPS = "，。！？；：…\\n"


def compile_pattern(source: str, lexicons: Mapping[str, Sequence[str]]) -> regex.Pattern[str]:
    """Compile a rule's pattern.

    `lexicons` hold terms in their normal form.

    Raises:
        KeyError: a lexicon is unknown.
        regex.error: the expression is wrong.
    """
    lists: dict[str, frozenset[str]] = {}

    def spread(match: re.Match[str]) -> str:
        name = match.group(1)
        key = "w_" + name.replace("-", "_")
        lists[key] = frozenset(lexicons[name])
        return rf"\L<{key}>"

    text = _LEXICON.sub(spread, _fold_literals(source))
    text = _SENTENCE_GAP.sub(lambda match: rf"[^{SENTENCE_MARKS.strip()}\n]{{0,{match.group(1)}}}?", text)
    text = _CLAUSE_GAP.sub(lambda match: rf"[^{_CLAUSE_STOPS}]{{0,{match.group(1)}}}?", text)
    compiled: regex.Pattern[str] = regex.compile(text, regex.IGNORECASE, **lists)  # type: ignore[arg-type]
    return compiled


def _fold_literals(source: str) -> str:
    """Fold what is Han in a pattern as the text is folded; its ASCII syntax stays as it is."""
    return "".join(char if char.isascii() else fold(char) for char in source)


def word_pattern(words: Iterable[str]) -> regex.Pattern[str] | None:
    """A pattern for any of `words` (in normal form); None for no words."""
    terms = frozenset(words)
    return regex.compile(r"\L<terms>", terms=terms) if terms else None


def lexicons_in(source: str) -> list[str]:
    """The names of the lexicons that a pattern uses."""
    return _LEXICON.findall(source)
