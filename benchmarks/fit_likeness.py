"""Fit the likeness model to the labelled corpora and the rules' examples, and write rules/likeness.json.

usage: python benchmarks/fit_likeness.py [-o FILE] [--plain FILE ...]     (needs scikit-learn: pip install -e '.[fit]')

Trained on corpora/sentences, corpora/scripts and every rule's flag and pass examples that stand without evidence and
date. corpora/blind is never read: it says what the model is worth. Deterministic for the same corpora and packs.

`--plain` names files of ordinary text (news, reviews, statutes), a document a line, taken as innocent: without them the
model doubts whatever is not about selling food. Only every other line is read, so that the rest can be measured. The
shipped weights were fitted with 10,000 such lines, which are not part of this project.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from coopcompliance.detect.likeness import FORMAT, LONGEST, grams_of, normalised, windows
from coopcompliance.packs.examples import marked
from coopcompliance.packs.load import load
from coopcompliance.text.normalise import normal_form

ROOT = Path(__file__).resolve().parents[1]
TRAINING = ("sentences", "scripts")
MOST_GRAMS = 24_000
MOST_PER_LABEL = 900
Row = tuple[str, frozenset[str]]
"""A sentence in normal form and the categories under which a reviewer would file it; none for a look-alike."""


def from_corpora() -> Iterator[Row]:
    for folder in TRAINING:
        for file in sorted((ROOT / "corpora" / folder).glob("*.jsonl")):
            for line in file.read_text("utf-8").splitlines():
                yield from from_case(json.loads(line))


def from_case(case: dict[str, Any]) -> Iterator[Row]:
    text = case["text"]
    spans = [(text.find(item["text"]), len(item["text"]), item["category"]) for item in case["expect"]]
    for start, end in [(0, len(text))] if len(text) <= LONGEST else windows(text):
        kinds = [kind for at, length, names in spans if at < end and start < at + length for kind in names]
        yield normal_form(text[start:end]), frozenset(kinds)


def from_examples() -> Iterator[Row]:
    for rule in load().rules:
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


def fit(rows: list[Row]) -> dict[str, Any]:
    offending = np.array([bool(kinds) for _, kinds in rows])
    texts = [set(grams_of(text)) for text, _ in rows]
    counts: dict[str, int] = {}
    for grams in texts:
        for gram in grams:
            counts[gram] = counts.get(gram, 0) + 1
    idf = {gram: float(np.log((1 + len(rows)) / (1 + n)) + 1) for gram, n in counts.items() if n >= 2}
    # Twice: the lighter half of the n-grams is left out, and the rest is weighed anew without it.
    _, first = weigh(texts, idf, offending, 8.0)
    kept = sorted(first, key=lambda gram: (-abs(first[gram]), gram))[:MOST_GRAMS]
    idf = {gram: round(idf[gram], 3) for gram in sorted(kept)}
    bias, weights = weigh(texts, idf, offending, 8.0)
    labels: dict[str, Any] = {}
    wrong = [index for index, flag in enumerate(offending) if flag]
    for label in sorted({kind for _, kinds in rows for kind in kinds}):
        mine = np.array([label in rows[index][1] for index in wrong])
        if mine.sum() < 20:
            continue
        own_bias, own = weigh([texts[index] for index in wrong], idf, mine, 8.0)
        top = sorted(own, key=lambda gram: (-abs(own[gram]), gram))[:MOST_PER_LABEL]
        labels[label] = [round(own_bias, 3), {gram: round(own[gram], 3) for gram in sorted(top)}]
    return {
        "format": FORMAT,
        "bias": round(bias, 4),
        "grams": {gram: [idf[gram], round(weights[gram], 3)] for gram in idf},
        "labels": labels,
    }


def weigh(
    texts: list[set[str]], idf: dict[str, float], wanted: np.ndarray[Any, Any], c: float
) -> tuple[float, dict[str, float]]:
    rows = [normalised(grams, idf) for grams in texts]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=c, max_iter=1000, class_weight="balanced")
    model.fit(vectorizer.fit_transform(rows), wanted)
    names = vectorizer.get_feature_names_out()
    return float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "rules" / "likeness.json")
    parser.add_argument("--plain", type=Path, nargs="+", default=[], metavar="FILE")
    args = parser.parse_args()
    rows = [row for row in dict.fromkeys([*from_corpora(), *from_examples(), *from_plain(args.plain)]) if row[0]]
    model = fit(rows)
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in model.items())
    args.output.write_text("{\n" + lines + "\n}\n", "utf-8", newline="\n")
    offending = sum(bool(kinds) for _, kinds in rows)
    print(f"{args.output}: {len(rows)} sentences, {offending} offending, {len(model['grams'])} n-grams")


if __name__ == "__main__":
    main()
