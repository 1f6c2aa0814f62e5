"""Likeness: how much a sentence is worded like labelled offences, beside what any rule lists.

Rules know families of wording; people find new ones. A linear model over character n-grams, fitted to the labelled
corpora and the rules' own examples (`benchmarks/fit_likeness.py`), says of each sentence how much it resembles copy
that a reviewer marked, and of which kind. It reasons with weights that can be read, and it only ever raises a doubt:
the rules that use it are experimental, and a sentence about which any other rule has said something is left to that.

Model: logistic regression on L2-normalised n-gram presence times inverse document frequency.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import regex

FORMAT = 1
NGRAMS = (1, 2, 3)
LOWEST = 0.5
"""Below this a sentence is like the innocent ones: no rule may doubt it, and nothing further is worked out."""
LONGEST = 80
"""A sentence longer than this is weighed in parts, cut at a comma where there is one."""
_SHORTEST = 5
_SENTENCE = regex.compile(r"[^。！？\n]+[。！？\n]?")
_CLAUSE = regex.compile(r"[^，；：、\s]+[，；：、\s]*")


@dataclass(frozen=True, slots=True)
class Likeness:
    """One sentence of the view, [start, end): its probability and kind, and where in it the weight lies."""

    start: int
    end: int
    probability: float
    label: str
    span: tuple[int, int]
    why: tuple[str, ...]
    """The n-grams that weighed most, heaviest first."""


@dataclass(frozen=True)
class LikenessModel:
    """`grams`: n-gram to (inverse document frequency, weight); `labels`: label to its bias and weights."""

    grams: Mapping[str, tuple[float, float]]
    bias: float
    labels: Mapping[str, tuple[float, Mapping[str, float]]]

    def doubtful(self, norm: str) -> Iterator[Likeness]:
        """The sentences of `norm` (in normal form) whose probability is above LOWEST."""
        for start, end in windows(norm):
            values = normalised(grams_of(norm[start:end]), self._frequencies)
            parts = {gram: value * self.grams[gram][1] for gram, value in values.items()}
            probability = 1 / (1 + math.exp(-self.bias - sum(parts.values())))
            if values and probability > LOWEST:
                why = sorted((gram for gram in parts if parts[gram] > 0), key=lambda gram: (-parts[gram], gram))
                span = _heaviest(norm, start, end, parts)
                yield Likeness(start, end, probability, self._label(values), span, tuple(why[:6]))

    @cached_property
    def _frequencies(self) -> dict[str, float]:
        return {gram: idf for gram, (idf, _) in self.grams.items()}

    def _label(self, values: Mapping[str, float]) -> str:
        def score(label: str) -> float:
            bias, weights = self.labels[label]
            return bias + sum(value * weights[gram] for gram, value in values.items() if gram in weights)

        return max(self.labels, key=score)


def normalised(grams: Iterable[str], frequencies: Mapping[str, float]) -> dict[str, float]:
    """The known ones of `grams`, each with its inverse document frequency over the length of them all (L2)."""
    found = {gram: frequencies[gram] for gram in set(grams) if gram in frequencies}
    length = math.sqrt(sum(value * value for value in found.values()))
    return {gram: value / length for gram, value in found.items()}


def grams_of(text: str) -> Iterator[str]:
    """The n-grams of a text, line ends and spaces left out."""
    text = "".join(text.split())
    for size in NGRAMS:
        for index in range(len(text) - size + 1):
            yield text[index : index + size]


def windows(norm: str) -> Iterator[tuple[int, int]]:
    """The sentences [start, end) that are weighed."""
    for match in _SENTENCE.finditer(norm):
        start, end = match.span()
        while end - start > LONGEST:
            comma = norm.rfind("，", start + LONGEST // 3, start + LONGEST)
            cut = comma + 1 if comma >= 0 else start + LONGEST
            yield start, cut
            start = cut
        if end - start >= _SHORTEST:
            yield start, end


def _heaviest(norm: str, start: int, end: int, parts: Mapping[str, float]) -> tuple[int, int]:
    """The run of clauses whose n-grams weigh most in all, without the mark at its end (Kadane's algorithm)."""
    best, best_span = -math.inf, (start, end)
    run, run_start = 0.0, start
    for clause in _CLAUSE.finditer(norm, start, end):
        weight = sum(parts.get(gram, 0.0) for gram in set(grams_of(clause.group())))
        if run <= 0:
            run, run_start = 0.0, clause.start()
        run += weight
        if run > best:
            best, best_span = run, (run_start, clause.end())
    low, high = best_span
    while high > low + 1 and not norm[high - 1].isalnum():
        high -= 1
    while low < high - 1 and not norm[low].isalnum():
        low += 1
    return low, high


def read_model(text: str) -> LikenessModel:
    """The model in a file's text.

    Raises:
        ValueError: the text is no model of this format.
    """
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"no likeness model of format {FORMAT}")
    try:
        return LikenessModel(
            grams={gram: (float(idf), float(weight)) for gram, (idf, weight) in data["grams"].items()},
            bias=float(data["bias"]),
            labels={name: (float(bias), dict(weights)) for name, (bias, weights) in data["labels"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"a likeness model has grams, bias and labels: {error!r}") from error


__all__ = [
    "FORMAT",
    "LONGEST",
    "LOWEST",
    "NGRAMS",
    "Likeness",
    "LikenessModel",
    "grams_of",
    "normalised",
    "read_model",
    "windows",
]
