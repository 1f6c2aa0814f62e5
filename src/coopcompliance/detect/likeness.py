"""Likeness: how much a sentence is worded like labelled offences, beside what any rule lists.

Rules know families of wording; people find new ones. A linear model over character n-grams and the packs' word lists,
fitted to the labelled corpora and the rules' own examples (`benchmarks/fit_likeness.py`), says of each sentence how
much it resembles copy that a reviewer marked, and of which kind. It reasons with weights that can be read, and speaks
in two places: rules of the kind `resembles` doubt a sentence about which no other rule has said anything, and the judge
sets a hit aside whose sentence is like the innocent ones (the exemption `ordinary`).

Model: logistic regression on L2-normalised presence of features times inverse document frequency.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import regex

from coopcompliance.scan import Scanner

FORMAT = 2
NGRAMS = (1, 2, 3)
LOWEST = 0.5
"""Below this a sentence is like the innocent ones: no rule may doubt it, and nothing further is worked out."""
LONGEST = 80
"""A sentence longer than this is weighed in parts, cut at a comma where there is one."""
MOST_RULES = 4
_SHORTEST = 5
_SENTENCE = regex.compile(r"[^。！？\n]+[。！？\n]?")
_LIST = regex.compile(r"\$([a-z0-9-]+)")
_CLAUSE = regex.compile(r"[^，；：、\s]+[，；：、\s]*")


Sentence = tuple[int, int]
"""Where a sentence stands in the view, half-open: what is weighed."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """One sentence of the view, [start, end): its probability and kind, and where in it the weight lies."""

    start: int
    end: int
    probability: float
    label: str
    span: tuple[int, int]
    why: tuple[str, ...]
    """The features that weighed most, heaviest first, as the reader sees them."""


@dataclass(frozen=True, slots=True)
class HitModel:
    """How probable it is that rules are right about a sentence: logistic regression once more, on copy new to them."""

    below: float
    """Less probable hits are set aside."""
    bias: float
    likeness: float
    """The weight of the sentence's log odds under the likeness model."""
    rules: float
    """The weight of each rule that hits the sentence, up to MOST_RULES."""
    categories: Mapping[str, float]
    """What a hit of this category adds."""

    def probability(self, log_odds: float, rules: int, categories: Iterable[str]) -> float:
        known = sum(self.categories.get(name, 0.0) for name in set(categories))
        return logistic(self.bias + self.likeness * log_odds + self.rules * min(rules, MOST_RULES) + known)


@dataclass(frozen=True)
class LikenessModel:
    """`features`: feature to (inverse document frequency, weight); `labels`: label to bias and weights.

    A feature is an n-gram, `$lexicon` where a list has a word in the sentence, or such a word of two characters or more
    with the character before or after it: `能|$diseases`, `$diseases|的`.
    """

    features: Mapping[str, tuple[float, float]]
    bias: float
    labels: Mapping[str, tuple[float, Mapping[str, float]]]
    hits: HitModel

    @cached_property
    def lexicons(self) -> tuple[str, ...]:
        """The word lists whose presence is a feature."""
        return tuple(dict.fromkeys(list_ for name in self.features if (list_ := lexicon_of(name)) is not None))

    @cached_property
    def frequencies(self) -> dict[str, float]:
        return {name: idf for name, (idf, _) in self.features.items()}

    def label(self, values: Mapping[str, float]) -> str:
        """The likeliest label of a sentence with these normalised features."""

        def score(label: str) -> float:
            bias, weights = self.labels[label]
            return bias + sum(value * weights[name] for name, value in values.items() if name in weights)

        return max(self.labels, key=score)


class WordLists:
    """Tells the features of a text under some word lists."""

    __slots__ = ("_names", "_scanner")

    def __init__(self, lexicons: Mapping[str, Iterable[str]]) -> None:
        names: dict[str, list[str]] = {}
        for name, terms in lexicons.items():
            for term in terms:
                names.setdefault(term, []).append(f"${name}")
        self._scanner = Scanner(names)
        self._names = [tuple(names[term]) for term in self._scanner.terms]

    def features(self, text: str) -> set[str]:
        """The n-grams of `text`, and what its words of the lists say (see `LikenessModel`)."""
        found = set(grams_of(text))
        for start, end, number in self._scanner.scan(text):
            names = self._names[number]
            found.update(names)
            if end - start > 1:
                before, after = text[max(start - 1, 0) : start], text[end : end + 1]
                found.update(f"{before}|{name}" for name in names if before)
                found.update(f"{name}|{after}" for name in names if after)
        return found


class Weigher:
    """A model with its word lists. `titles` are the lists' names for the reader."""

    def __init__(self, model: LikenessModel, lexicons: Mapping[str, Iterable[str]], titles: Mapping[str, str]) -> None:
        self.model = model
        self._lexicons = lexicons
        self._titles = titles

    @cached_property
    def words(self) -> WordLists:
        """Made when the first text is weighed: many a text is not."""
        return WordLists({name: self._lexicons[name] for name in self.model.lexicons})

    def values(self, text: str) -> dict[str, float]:
        """The known features of `text`, normalised."""
        return normalised(self.words.features(text), self.model.frequencies)

    def log_odds(self, values: Mapping[str, float]) -> float:
        return self.model.bias + sum(self._parts(values).values())

    def likeness(self, norm: str, sentence: Sentence, values: Mapping[str, float]) -> Likeness | None:
        """The doubt about a sentence of `norm` with these features, if its probability is above LOWEST."""
        parts = self._parts(values)
        probability = logistic(self.log_odds(values))
        if not parts or probability <= LOWEST:
            return None
        why = sorted((name for name in parts if parts[name] > 0), key=lambda name: (-parts[name], name))
        span = self._span(norm, *sentence, parts)
        return Likeness(*sentence, probability, self.model.label(values), span, self._named(why[:6]))

    def _parts(self, values: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the log odds that a sentence is an offence."""
        return {name: value * self.model.features[name][1] for name, value in values.items()}

    def _span(self, norm: str, start: int, end: int, parts: Mapping[str, float]) -> tuple[int, int]:
        """The run of clauses whose features weigh most in all, without the mark at its end (Kadane's algorithm)."""
        best, best_span = -math.inf, (start, end)
        run, run_start = 0.0, start
        for clause in _CLAUSE.finditer(norm, start, end):
            weight = sum(parts.get(name, 0.0) for name in self.words.features(clause.group()))
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

    def _named(self, names: Iterable[str]) -> tuple[str, ...]:
        """Features as the reader sees them: a list by its title, what stands beside a list with a plus."""

        def titled(found: regex.Match[str]) -> str:
            return f"〔{self._titles.get(found.group(1), found.group(1))}〕"

        return tuple(_LIST.sub(titled, name).replace("|", "+") if lexicon_of(name) else name for name in names)


class Weighed:
    """One text, its sentences weighed when first asked for. Lives for one check."""

    def __init__(self, weigher: Weigher, norm: str) -> None:
        self.hits = weigher.model.hits
        self._weigher = weigher
        self._norm = norm
        self._values: dict[Sentence, dict[str, float]] = {}

    @cached_property
    def _windows(self) -> list[Sentence]:
        return list(windows(self._norm))

    @cached_property
    def doubts(self) -> tuple[Likeness, ...]:
        """The sentences whose probability is above LOWEST."""
        found = (self._weigher.likeness(self._norm, window, self._of(window)) for window in self._windows)
        return tuple(item for item in found if item is not None)

    def sentences(self, start: int, end: int) -> list[Sentence]:
        """Those long enough to be weighed that [start, end) touches."""
        first = max(bisect_right(self._windows, (start, len(self._norm))) - 1, 0)
        after = bisect_left(self._windows, (end, -1))
        return [window for window in self._windows[first:after] if window[1] > start]

    def log_odds(self, sentence: Sentence) -> float:
        """Those of one of the sentences."""
        return self._weigher.log_odds(self._of(sentence))

    def _of(self, sentence: Sentence) -> dict[str, float]:
        if sentence not in self._values:
            self._values[sentence] = self._weigher.values(self._norm[slice(*sentence)])
        return self._values[sentence]


def logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def lexicon_of(feature: str) -> str | None:
    """The word list that a feature speaks of; None for an n-gram, which is shorter than any of those."""
    found = _LIST.search(feature) if len(feature) > NGRAMS[-1] else None
    return found.group(1) if found is not None else None


def normalised(names: Iterable[str], frequencies: Mapping[str, float]) -> dict[str, float]:
    """The known ones of `names`, each with its inverse document frequency over the length of them all (L2)."""
    found = {name: frequencies[name] for name in dict.fromkeys(names) if name in frequencies}
    length = math.sqrt(sum(value * value for value in found.values()))
    return {name: value / length for name, value in found.items()}


def grams_of(text: str) -> Iterator[str]:
    """The n-grams of a text, line ends and spaces left out."""
    text = "".join(text.split())
    for size in NGRAMS:
        for index in range(len(text) - size + 1):
            yield text[index : index + size]


def windows(norm: str) -> Iterator[Sentence]:
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
            features={name: (float(idf), float(weight)) for name, (idf, weight) in data["features"].items()},
            bias=float(data["bias"]),
            hits=HitModel(**data["hits"]),
            labels={name: (float(bias), dict(weights)) for name, (bias, weights) in data["labels"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"a likeness model has features, bias, hits and labels: {error!r}") from error
