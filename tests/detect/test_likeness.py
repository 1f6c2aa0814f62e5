"""Likeness: a linear model whose weights can be followed by hand, and the doubts that rules make of it."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance import Form, PackError, Placement, Screener
from coopcompliance.detect.likeness import LONGEST, Weighed, Weigher, WordLists, lexicon_of, read_model, windows
from coopcompliance.packs.load import load
from support import DAY, Json, pack, phrases, rule, screener_of, write_rules

MODEL = {
    "format": 2,
    "bias": -1.0,
    "hits": {"below": 0.2, "bias": -1.0, "likeness": 1.0, "rules": 1.0, "categories": {"medical": 2.0}},
    "features": {"神": [1.0, 3.0], "神效": [1.0, 3.0], "米": [1.0, -3.0]},
    "labels": {"medical": [0.0, {"神效": 1.0}], "absolute": [0.0, {"神": 0.5}]},
}


def weighed(text: str, **changes: object) -> Weighed:
    """A text under the model, with the word list `cures` where the changed features name it."""
    model = read_model(json.dumps({**MODEL, **changes}))
    return Weighed(Weigher(model, {"cures": ["药到病除", "除根"]}, {"cures": "治好的说法"}), text)


def screener(folder: Path, *rules: Json, weights: object = MODEL) -> Screener:
    """A screener for `rules` with a model of three n-grams."""
    write_rules(folder, pack(*rules))
    (folder / "likeness.json").write_text(json.dumps(weights), "utf-8")
    return screener_of(load(builtin=folder, entry_points=False))


DOUBT = rule("doubt", category="medical", status="experimental", detect={"resembles": "medical", "above": 0.6})


def test_the_probability_is_that_of_the_weights() -> None:
    """神 and 神效, each 1/√2 of the text: -1 + (3 + 3)/√2."""
    (found,) = weighed("喝了有神效").doubts
    assert found.probability == pytest.approx(1 / (1 + math.exp(1 - 6 / math.sqrt(2))))
    assert (found.label, found.why) == ("medical", ("神", "神效"))


def test_the_span_is_the_clause_that_weighs() -> None:
    text = "今年的新米，喝了有神效，明天发货。"
    (found,) = weighed(text).doubts
    assert text[slice(*found.span)] == "喝了有神效"


def test_a_sentence_like_the_innocent_ones_is_no_doubt() -> None:
    assert weighed("今年的新米上架").doubts == ()
    assert weighed("没有一个字认得").doubts == ()


def test_a_word_list_is_a_feature_and_has_its_name_among_the_reasons() -> None:
    """Two words of one list weigh as much as one: -1 + 3."""
    features = {"$cures": [1.0, 3.0]}
    (found,) = weighed("吃了药到病除，除根", features=features).doubts
    assert found.probability == pytest.approx(1 / (1 + math.exp(1 - 3)))
    assert found.why == ("〔治好的说法〕",)


def test_the_sentences_of_a_place_are_those_that_it_touches() -> None:
    text = "今年的新米上架。喝了有神效。米。"
    found = weighed(text)
    assert found.sentences(0, 3) == [(0, 8)]
    assert found.sentences(2, 11) == [(0, 8), (8, 14)]
    assert found.log_odds((0, 8)) == pytest.approx(-1 - 3)


def test_a_place_too_short_to_be_weighed_has_no_sentence() -> None:
    assert weighed("喝了有神效。米。").sentences(6, 7) == []


@given(st.text(alphabet="神效米，。！\n a", max_size=200), st.data())
def test_the_sentences_of_a_place_are_found_as_by_looking_at_all(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    touched = [window for window in windows(text) if window[0] < end and start < window[1]]
    assert weighed(text).sentences(start, end) == touched


def test_the_more_rules_agree_the_surer_is_a_hit() -> None:
    """-1 + log odds + rules + 2 for the category: the sum by hand; from the fifth rule on nothing is added."""
    hits = read_model(json.dumps(MODEL)).hits
    assert hits.probability(-2.0, 1, ["medical", "unknown"]) == pytest.approx(0.5)
    assert hits.probability(-2.0, 2, ["medical"]) == pytest.approx(1 / (1 + math.exp(-1)))
    assert hits.probability(0.0, 9, []) == hits.probability(0.0, 4, [])


@given(st.text(alphabet="药到病除根米", max_size=20))
def test_word_lists_are_found_as_any_search_finds_them(text: str) -> None:
    lists = {"cures": ["药到病除", "除根"], "grain": ["米"]}
    found = {f"${name}" for name, words in lists.items() if any(word in text for word in words)}
    assert {name for name in WordLists(lists).features(text) if lexicon_of(name) and "|" not in name} == found


def test_what_stands_beside_a_word_of_a_list_is_a_feature() -> None:
    """Of words of two characters or more: a single one with its neighbour is an n-gram already."""
    lists = WordLists({"cures": ["除根"], "grain": ["米"]})
    found = {name for name in lists.features("米能除根的") if lexicon_of(name)}
    assert found == {"$grain", "$cures", "能|$cures", "$cures|的"}


def test_n_grams_leave_out_spaces() -> None:
    assert WordLists({}).features("神 效") == {"神", "效", "神效"}


@given(st.text(alphabet="神效米，。！\n a", max_size=300))
def test_windows_are_in_order_and_none_is_too_long(text: str) -> None:
    found = list(windows(text))
    assert all(start < end <= len(text) and end - start <= LONGEST for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["[]", '{"format": 9}', '{"format": 2, "features": {}}', "{"])
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

    def test_what_a_rule_flags_is_left_to_it(self, tmp_path: Path) -> None:
        rules = screener(tmp_path, DOUBT, phrases("神效", slug="own", category="medical"))
        assert [item.rule for item in rules.screen("喝了有神效", as_of=DAY).findings] == ["own/own"]

    def test_a_doubt_of_another_kind_stands_beside_a_finding(self, tmp_path: Path) -> None:
        rules = screener(tmp_path, DOUBT, phrases("神效", slug="own", category="absolute"))
        assert {item.rule for item in rules.screen("喝了有神效", as_of=DAY).findings} == {"own/own", "own/doubt"}

    def test_negation_and_quoting_exempt_a_doubt_too(self, tmp_path: Path) -> None:
        rules = screener(tmp_path, DOUBT)
        assert rules.screen("培训笔记：不说“喝了有神效”", as_of=DAY).findings == ()

    def test_of_two_labels_the_likelier_speaks(self, tmp_path: Path) -> None:
        other = rule(
            "other", category="absolute", status="experimental", detect={"resembles": "absolute", "above": 0.5}
        )
        rules = screener(tmp_path, DOUBT, other)
        assert [item.rule for item in rules.screen("喝了有神效", as_of=DAY).findings] == ["own/doubt"]

    def test_a_hit_in_a_sentence_like_the_innocent_ones_is_set_aside_and_shown(self, tmp_path: Path) -> None:
        report = screener(tmp_path, phrases("新米")).screen("今年的新米上架", as_of=DAY)
        assert report.findings == ()
        (found,) = report.exempted
        assert found.exemption is not None and found.exemption.id == "ordinary"
        # -1 + (-1 - 3) + 1 rule, no category: 1.8 %
        assert found.trace[-1].looked_at == "1 条规则命中，按整句的写法确为违规的把握 2%"

    def test_what_several_rules_agree_on_is_not_set_aside(self, tmp_path: Path) -> None:
        """-1 + (-1 - 3) + 4 rules: 27 %, above the bound of 20 %."""
        four = [phrases("新米", slug=f"rule-{number}") for number in range(4)]
        assert screener(tmp_path, *four).screen("今年的新米上架", as_of=DAY).findings

    def test_a_sentence_too_short_to_be_weighed_is_left_to_the_rules(self, tmp_path: Path) -> None:
        assert screener(tmp_path, phrases("新米")).screen("新米", as_of=DAY).findings

    def test_a_doubt_is_raised_where_words_around_exempted_a_hit(self, tmp_path: Path) -> None:
        """Words can mislead an exemption; evidence and placement cannot: what they clear is not doubted."""
        worded = phrases("效", slug="own", unless=[{"id": "tale", "near": {"any": ["喝"]}, "because": "故事"}])
        assert [
            item.rule for item in screener(tmp_path / "a", DOUBT, worded).screen("喝了有神效", as_of=DAY).findings
        ] == ["own/doubt"]
        cleared = phrases(
            "效", slug="own", unless=[{"id": "pages", "placement": {"forms": ["label"]}, "because": "标签"}]
        )
        label = Placement(form=Form.LABEL)
        assert screener(tmp_path / "b", DOUBT, cleared).screen("喝了有神效", label, as_of=DAY).findings == ()

    def test_a_rule_may_refuse_to_be_weighed(self, tmp_path: Path) -> None:
        strict = phrases("新米", defaults_off=["ordinary"])
        assert screener(tmp_path, strict).screen("今年的新米上架", as_of=DAY).findings

    def test_the_rules_of_users_are_not_weighed(self, tmp_path: Path) -> None:
        screener(tmp_path / "builtin", phrases("新米", slug="known"))
        user = tmp_path / "user.yaml"
        user.write_text(json.dumps({**pack(phrases("新米", slug="theirs"), name="theirs"), "sources": {}}), "utf-8")
        both = load([user], builtin=tmp_path / "builtin", entry_points=False)
        found = screener_of(both).screen("今年的新米上架", as_of=DAY).findings
        assert [item.rule for item in found] == ["theirs/theirs"]

    def test_a_model_that_weighs_a_missing_word_list_is_refused(self, tmp_path: Path) -> None:
        weights = {**MODEL, "features": {"$cures": [1.0, 3.0]}}
        with pytest.raises(PackError, match="word list 'cures'"):
            screener(tmp_path, DOUBT, weights=weights)

    def test_a_second_model_is_refused(self, tmp_path: Path) -> None:
        for name in ("builtin", "user"):
            screener(tmp_path / name, DOUBT)
        with pytest.raises(PackError, match="a second likeness model"):
            load([tmp_path / "user"], builtin=tmp_path / "builtin", entry_points=False)

    def test_a_broken_model_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match=r"likeness\.json"):
            screener(tmp_path, DOUBT, weights=[])
