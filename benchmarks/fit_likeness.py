"""Fit the likeness model to the labelled corpora and the rules' examples, and write rules/likeness.json.

usage: python benchmarks/fit_likeness.py [-o FILE] [--plain FILE ...]     (needs scikit-learn: pip install -e '.[fit]')

Trained on corpora/sentences, corpora/scripts, corpora/unread and every rule's flag and pass examples that stand without
evidence and date. corpora/blind is never read: it says what the model is worth. Deterministic for the same corpora and
packs.

`--plain` names files of ordinary text (news, reviews, statutes), a document a line, taken as innocent: without them the
model doubts whatever is not about selling food. Only every other line is read, so that the rest can be measured. The
shipped weights were fitted with 9,900 such lines, which are not part of this project.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from coopcompliance import Screener, Verdict
from coopcompliance.batch import parse_line
from coopcompliance.detect.likeness import FORMAT, MOST_RULES, WordLists, normalised, windows
from coopcompliance.packs.catalog import Catalog
from coopcompliance.packs.examples import marked
from coopcompliance.packs.load import load
from coopcompliance.text.normalise import normal_form, normalise
from coopcompliance.text.projection import Text

ROOT = Path(__file__).resolve().parents[1]
TRAINING = ("sentences", "scripts", "unread")
MOST_FEATURES = 24_000
MOST_PER_LABEL = 900
NEW_TO_RULES = "unread"
"""The folder to which no rule was fitted: it tells how far a hit can be trusted."""
FOLDS = 5
SCALE = 3.0
"""Log odds are divided by this, counts and categories by two, so that the small model shrinks all its weights alike."""
TODAY = dt.date(2026, 11, 22)
BELOW = 0.3
"""Hits less probable than this are set aside. Chosen on copy that neither rules nor model had read."""
PLAIN_WEIGHT = 0.3
"""There is much ordinary text, and it is easily told from copy."""
Row = tuple[str, frozenset[str]]
"""A sentence in normal form and the categories under which a reviewer would file it; none for a look-alike."""
Features = dict[str, list[str]]
"""Each sentence with its features, sorted: sums of floats must not hang on the order of a set."""


def from_corpora() -> Iterator[Row]:
    for folder in TRAINING:
        for file in sorted((ROOT / "corpora" / folder).glob("*.jsonl")):
            for line in file.read_text("utf-8").splitlines():
                yield from from_case(json.loads(line))


def from_case(case: dict[str, Any]) -> Iterator[Row]:
    """The sentences of a case as the check will weigh them."""
    text = case["text"]
    view = normalise(text)
    spans = [(*in_view(view, text, item["text"]), item["category"]) for item in case["expect"]]
    for start, end in windows(view.norm):
        kinds = [kind for low, high, names in spans if low < end and start < high for kind in names]
        yield view.norm[start:end], frozenset(kinds)


def in_view(view: Text, text: str, part: str) -> tuple[int, int]:
    at = text.find(part)
    return view.view_position(at), view.view_position(at + len(part))


def from_examples(catalog: Catalog) -> Iterator[Row]:
    for rule in catalog.rules:
        if any(detect.resembles for detect in rule.spec.detect):
            continue
        for example in rule.spec.examples.flag:
            yield normal_form(marked(example.text)[0]), frozenset([rule.spec.category.value])
        for example in rule.spec.examples.passes:
            if not example.evidence and example.as_of is None:
                yield normal_form(example.text), frozenset()


def from_plain(files: list[Path]) -> Iterator[Row]:
    for file in files:
        for line in file.read_text("utf-8").splitlines()[::2]:
            for start, end in list(windows(line))[:2]:
                yield normal_form(line[start:end]), frozenset()


def fit(rows: list[Row], plain: set[str], features_of: Features) -> dict[str, Any]:
    bias, idf, weights = fit_odds(rows, plain, features_of)
    labels: dict[str, Any] = {}
    wrong = [index for index, (_, kinds) in enumerate(rows) if kinds]
    texts = [features_of[rows[index][0]] for index in wrong]
    for label in sorted({kind for _, kinds in rows for kind in kinds}):
        mine = np.array([label in rows[index][1] for index in wrong])
        if mine.sum() < 20:
            continue
        own_bias, own = weigh(texts, idf, mine, np.ones(len(wrong)))
        top = sorted(own, key=lambda name: (-abs(own[name]), name))[:MOST_PER_LABEL]
        labels[label] = [round(own_bias, 3), {name: round(own[name], 3) for name in sorted(top)}]
    features = {name: [idf[name], round(weights[name], 3)] for name in idf}
    return {"format": FORMAT, "bias": round(bias, 4), "features": features, "labels": labels}


def fit_odds(
    rows: list[Row], plain: set[str], features_of: Features
) -> tuple[float, dict[str, float], dict[str, float]]:
    """Bias, inverse document frequencies and weights of offence against innocence."""
    offending = np.array([bool(kinds) for _, kinds in rows])
    trust = np.array([PLAIN_WEIGHT if text in plain else 1.0 for text, _ in rows])
    texts = [features_of[text] for text, _ in rows]
    counts = Counter(name for features in texts for name in features)
    idf = {name: float(np.log((1 + len(rows)) / (1 + n)) + 1) for name, n in counts.items() if n >= 2}
    # Twice: the lighter features are left out, and the rest is weighed anew without them.
    _, first = weigh(texts, idf, offending, trust)
    kept = sorted(first, key=lambda name: (-abs(first[name]), name))[:MOST_FEATURES]
    idf = {name: round(idf[name], 3) for name in sorted(kept)}
    bias, weights = weigh(texts, idf, offending, trust)
    return bias, idf, weights


def weigh(
    texts: list[list[str]], idf: dict[str, float], wanted: np.ndarray[Any, Any], trust: np.ndarray[Any, Any]
) -> tuple[float, dict[str, float]]:
    rows = [normalised(features, idf) for features in texts]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=30.0, max_iter=1000, class_weight="balanced")
    model.fit(vectorizer.fit_transform(rows), wanted, sample_weight=trust)
    names = vectorizer.get_feature_names_out()
    return float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True))


# -- how far hits can be trusted ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hit:
    """A sentence of a new case that rules hit: which, and whether a reviewer marked anything in it."""

    case: int
    text: str
    right: bool
    rules: frozenset[str]


def hits_in_new_copy(screener: Screener) -> list[Hit]:
    files = sorted((ROOT / "corpora" / NEW_TO_RULES).glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return [hit for number, line in enumerate(lines) for hit in hits_of(screener, number, line)]


def hits_of(screener: Screener, number: int, line: str) -> Iterator[Hit]:
    _, text, placement, evidence, day = parse_line(line)
    view = normalise(text)
    findings = screener.every_finding(text, placement, evidence=evidence, as_of=day or TODAY)
    found = [
        (view.view_position(item.start), view.view_position(item.end), item.rule)
        for item in findings
        if item.verdict is not Verdict.EXEMPT
    ]
    wrong = [in_view(view, text, item["text"]) for item in json.loads(line)["expect"]]
    for start, end in windows(view.norm):
        rules = frozenset(rule for low, high, rule in found if low < end and start < high)
        if rules:
            yield Hit(number, view.norm[start:end], any(low < end and start < high for low, high in wrong), rules)


def fit_hits(rows: list[Row], plain: set[str], features_of: Features, catalog: Catalog) -> dict[str, Any]:
    """The model of hits, from log odds under likeness models that had not read the sentence."""
    rules = tuple(rule for rule in catalog.rules if not any(detect.resembles for detect in rule.spec.detect))
    hits = hits_in_new_copy(Screener(catalog=replace(catalog, rules=rules, likeness=None)))
    odds: dict[int, float] = {}
    for fold in range(FOLDS):
        tested = {index for index, hit in enumerate(hits) if hit.case % FOLDS == fold}
        unread = {hits[index].text for index in tested}
        bias, idf, weights = fit_odds([row for row in rows if row[0] not in unread], plain, features_of)
        for index in tested:
            values = normalised(features_of[hits[index].text], idf)
            odds[index] = bias + sum(value * weights[name] for name, value in values.items())
    categories = {rule.id: rule.spec.category.value for rule in rules}
    vectorizer = DictVectorizer()
    told = [
        {"likeness": odds[index] / SCALE, "rules": min(len(hit.rules), MOST_RULES) / 2}
        | {f"in {categories[rule]}": 0.5 for rule in hit.rules}
        for index, hit in enumerate(hits)
    ]
    model = LogisticRegression(C=1.0, max_iter=1000).fit(vectorizer.fit_transform(told), [hit.right for hit in hits])
    weight = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    print(f"hits in {len(hits)} sentences of new copy, {sum(hit.right for hit in hits)} right")
    return {
        "below": BELOW,
        "bias": round(float(model.intercept_[0]), 3),
        "likeness": round(weight["likeness"] / SCALE, 3),
        "rules": round(weight["rules"] / 2, 3),
        "categories": {name[3:]: round(weight[name] / 2, 3) for name in sorted(weight) if name.startswith("in ")},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "rules" / "likeness.json")
    parser.add_argument("--plain", type=Path, nargs="+", default=[], metavar="FILE")
    args = parser.parse_args()
    # `older`: the model there may be of another format, or weigh word lists that are no more.
    catalog = load(older=True)
    plain = list(from_plain(args.plain))
    rows = [row for row in dict.fromkeys([*from_corpora(), *from_examples(catalog), *plain]) if row[0]]
    plain_texts, lists = {text for text, _ in plain}, WordLists(catalog.lexicons)
    features_of = {text: sorted(lists.features(text)) for text, _ in rows}
    model = fit(rows, plain_texts, features_of)
    model["hits"] = fit_hits(rows, plain_texts, features_of, catalog)
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in model.items())
    args.output.write_text("{\n" + lines + "\n}\n", "utf-8", newline="\n")
    offending = sum(bool(kinds) for _, kinds in rows)
    print(f"{args.output}: {len(rows)} sentences, {offending} offending, {len(model['features'])} features")


if __name__ == "__main__":
    main()
