"""Likeness: a linear model whose weights can be followed by hand, and the doubts that rules make of it."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance import PackError, Screener
from coopcompliance.detect.likeness import LONGEST, LikenessModel, grams_of, read_model, windows
from coopcompliance.packs.load import load
from support import DAY, Json, pack, phrases, rule, screener_of, write_rules

MODEL = {
    "format": 1,
    "bias": -1.0,
    "grams": {"神": [1.0, 3.0], "神效": [1.0, 3.0], "米": [1.0, -3.0]},
    "labels": {"medical": [0.0, {"神效": 1.0}], "absolute": [0.0, {"神": 0.5}]},
}


def model(**changes: object) -> LikenessModel:
    return read_model(json.dumps({**MODEL, **changes}))


def screener(folder: Path, *rules: Json, weights: object = MODEL) -> Screener:
    """A screener for `rules` with a model of three n-grams."""
    write_rules(folder, pack(*rules))
    (folder / "likeness.json").write_text(json.dumps(weights), "utf-8")
    return screener_of(load(builtin=folder, entry_points=False))


DOUBT = rule("doubt", category="medical", status="experimental", detect={"resembles": "medical", "above": 0.6})


def test_the_probability_is_that_of_the_weights() -> None:
    """神 and 神效, each 1/√2 of the text: -1 + (3 + 3)/√2."""
    (found,) = model().doubtful("喝了有神效")
    assert found.probability == pytest.approx(1 / (1 + math.exp(1 - 6 / math.sqrt(2))))
    assert (found.label, found.why) == ("medical", ("神", "神效"))


def test_the_span_is_the_clause_that_weighs() -> None:
    text = "今年的新米，喝了有神效，明天发货。"
    (found,) = model().doubtful(text)
    assert text[slice(*found.span)] == "喝了有神效"


def test_a_sentence_like_the_innocent_ones_is_no_doubt() -> None:
    assert list(model().doubtful("今年的新米上架")) == []
    assert list(model().doubtful("没有一个字认得")) == []


def test_n_grams_leave_out_spaces() -> None:
    assert list(grams_of("神 效")) == ["神", "效", "神效"]


@given(st.text(alphabet="神效米，。！\n a", max_size=300))
def test_windows_are_in_order_and_none_is_too_long(text: str) -> None:
    found = list(windows(text))
    assert all(start < end <= len(text) and end - start <= LONGEST for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["[]", '{"format": 9}', '{"format": 1, "grams": {}}', "{"])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_model(text)


class TestRules:
    def test_a_sentence_like_the_offences_is_doubted_with_its_reasons(self, tmp_path: Path) -> None:
        (found,) = screener(tmp_path, DOUBT).screen("喝了有神效", as_of=DAY).findings
        assert (found.rule, found.status, found.text) == ("own/doubt", "experimental", "喝了有神效")
        assert "神效" in found.trace[0].looked_at

    def test_a_doubt_never_counts(self, tmp_path: Path) -> None:
        assert screener(tmp_path, DOUBT).screen("喝了有神效", as_of=DAY).tier == 0

    def test_a_rule_of_likeness_that_would_count_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match="status: experimental"):
            screener(tmp_path, {**DOUBT, "status": "stable"})

    def test_likeness_is_not_mixed_with_words(self, tmp_path: Path) -> None:
        mixed = {**DOUBT, "detect": [DOUBT["detect"], {"phrases": ["神效"]}]}
        with pytest.raises(PackError, match="a rule of its own"):
            screener(tmp_path, mixed)

    def test_what_a_rule_flags_or_exempts_is_left_to_it(self, tmp_path: Path) -> None:
        exempt = {"id": "tale", "near": {"any": ["故事"]}, "because": "故事"}
        rules = screener(tmp_path, DOUBT, phrases("神效", slug="own", unless=[exempt]))
        assert [item.rule for item in rules.screen("喝了有神效", as_of=DAY).findings] == ["own/own"]
        assert rules.screen("故事里喝了有神效", as_of=DAY).findings == ()

    def test_negation_and_quoting_exempt_a_doubt_too(self, tmp_path: Path) -> None:
        rules = screener(tmp_path, DOUBT)
        assert rules.screen("培训笔记：不说“喝了有神效”", as_of=DAY).findings == ()

    def test_of_two_labels_the_likelier_speaks(self, tmp_path: Path) -> None:
        other = rule(
            "other", category="absolute", status="experimental", detect={"resembles": "absolute", "above": 0.5}
        )
        rules = screener(tmp_path, DOUBT, other)
        assert [item.rule for item in rules.screen("喝了有神效", as_of=DAY).findings] == ["own/doubt"]

    def test_a_broken_model_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match=r"likeness\.json"):
            screener(tmp_path, DOUBT, weights=[])
