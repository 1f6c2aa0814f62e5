"""Word boundaries from jieba, loaded only when a hit needs them and cut only around hits."""

from __future__ import annotations

import logging
import threading
import warnings
from typing import Any, Literal

Boundary = Literal["cut", "strict", "none"]

_REACH = 8
# Longer hits are words of their own; a dictionary word that holds both of their ends is practically unknown.
LONGEST_CHECKED = 4


class Words:
    """A private jieba tokenizer. Safe to share between threads."""

    __slots__ = ("_lock", "_tokenizer")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokenizer: Any = None

    def __reduce__(self) -> tuple[type[Words], tuple[()]]:
        """Copies load the dictionary for themselves (a lock cannot be pickled)."""
        return (Words, ())

    def _load(self) -> Any:
        if self._tokenizer is None:
            with self._lock:
                if self._tokenizer is None:
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")  # jieba's own syntax and deprecation warnings
                        import jieba

                        jieba.setLogLevel(logging.WARNING)
                        tokenizer = jieba.Tokenizer()
                        tokenizer.initialize()
                    self._tokenizer = tokenizer
        return self._tokenizer

    def crosses(self, norm: str, start: int, end: int, boundary: Boundary) -> bool:
        """Whether the hit norm[start:end] is part of other words.

        `cut`: both of its ends fall inside dictionary words (积[极品]鉴). `strict`: one end does (有机 in 有机会).
        """
        if boundary == "none" or end - start > LONGEST_CHECKED or not norm[start:end].strip():
            return False
        edges = self._edges(norm, start, end)
        starts_inside, ends_inside = start not in edges, end not in edges
        if boundary == "strict":
            return starts_inside or ends_inside
        return starts_inside and ends_inside

    def splits(self, norm: str, position: int) -> bool:
        """Whether `position` lies inside a dictionary word."""
        return position not in self._edges(norm, position, position)

    def _edges(self, norm: str, start: int, end: int) -> set[int]:
        """The word boundaries of the stretch around [start, end)."""
        position = max(0, start - _REACH)
        edges = {position}
        for word in self._load().cut(norm[position : end + _REACH], HMM=False):
            position += len(word)
            edges.add(position)
        return edges
