"""scan: one Aho-Corasick pass over the view for the terms of all packs together.

The automaton works on UTF-8 bytes (the encoded text decoded as Latin-1): pyahocorasick searches a node's children one
after another, and Han text gives the root thousands of them, bytes at most 64 below the root's few. `iter_long` is not
used: it misses matches. Overlaps are left to the detectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick

RawHit = tuple[int, int, int]
"""(start, end, term number), code points of the view, half-open, in order of their ends."""


class Scanner:
    """Finds every occurrence of every term. `terms[n]` is the term with number n."""

    __slots__ = ("_automaton", "terms")

    def __init__(self, terms: Iterable[str]) -> None:
        self.terms = tuple(dict.fromkeys(terms))
        self._automaton = ahocorasick.Automaton()
        for number, term in enumerate(self.terms):
            if not term:
                raise ValueError("an empty term matches everywhere")
            self._automaton.add_word(term.encode("utf-8").decode("latin-1"), (number, len(term)))
        if self.terms:
            self._automaton.make_automaton()

    def scan(self, norm: str) -> Iterator[RawHit]:
        """Every hit of every term in `norm`, overlapping ones too."""
        if not self.terms or not norm:
            return
        data = norm.encode("utf-8")
        byte_position = 0
        position = 0
        for last_byte, (number, length) in self._automaton.iter(data.decode("latin-1")):
            upto = last_byte + 1
            if upto != byte_position:
                # Code points up to here: terms end at character ends, so the slice always decodes.
                position += len(data[byte_position:upto].decode("utf-8"))
                byte_position = upto
            yield position - length, position, number
