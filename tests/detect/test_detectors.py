"""The five kinds of detectors, through small rules of their own."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance import Screener
from support import Json, found, only, rule, screen, screener

SLOW = "(?:一|一一)+[二四]"
OFF = ["mention", "negated", "question"]


def detecting(boundary: str = "none", **detect: object) -> Json:
    """A rule with this detector and no exemptions at all."""
    return rule(detect=detect, boundary=boundary, defaults_off=OFF)


class TestPhrases:
    def test_any_of_the_literals(self) -> None:
        assert found(detecting(phrases=["第一", "顶级"]), "全国第一，顶级好蜜") == ["第一", "顶级"]

    def test_a_lexicon_stands_for_its_terms(self) -> None:
        assert found(detecting(phrases=["$ranks"]), "顶级好蜜", words={"ranks": ["第一", "顶级"]}) == ["顶级"]

    def test_the_longest_of_several_at_one_place(self) -> None:
        assert found(detecting(phrases=["国家", "国家级"]), "国家级的蜜") == ["国家级"]

    def test_cut_drops_only_what_is_torn_out_of_two_words(self) -> None:
        assert found(detecting("cut", phrases=["极品"]), "积极品鉴春茶，真是极品") == ["极品"]

    def test_strict_drops_what_is_part_of_a_word(self) -> None:
        assert found(detecting("strict", phrases=["有机"]), "有机会吃有机蔬菜") == ["有机"]
        assert len(found(detecting("cut", phrases=["有机"]), "有机会吃有机蔬菜")) == 2

    def test_a_single_character_must_be_a_word_of_its_own(self) -> None:
        assert found(detecting("cut", phrases=["治"]), "政治课上说它什么都治") == ["治"]


class TestCombine:
    def test_the_span_runs_from_the_first_to_the_last(self) -> None:
        assert found(detecting(combine=[["降"], ["血压"]]), "它能降一降血压哦") == ["降血压"]
        assert found(detecting(combine=[["全国"], ["第一"]]), "全国销量第一") == ["全国销量第一"]

    def test_order_matters_unless_told_otherwise(self) -> None:
        assert found(detecting(combine=[["降"], ["血压"]]), "血压降了") == []
        assert found(detecting(combine=[["降"], ["血压"]], ordered=False), "血压降了") == ["血压降"]

    def test_groups_do_not_overlap(self) -> None:
        assert found(detecting(combine=[["最好"], ["好吃"]], ordered=False), "最好吃") == []
        three = [["最"], ["好吃"], ["吃"]]
        assert found(detecting(combine=three, ordered=False), "最好吃") == []
        assert (
            found(
                detecting(combine=three, ordered=False),
                "最好吃，来吃",
            )
            == []
        )
        assert found(detecting(combine=three, ordered=False, within="sentence"), "最好吃，来吃") == ["最好吃，来吃"]

    @pytest.mark.parametrize(
        ("within", "text", "hit"),
        [
            ("clause", "能降，血压", False),
            ("sentence", "能降，血压", True),
            ("sentence", "能降。血压", False),
            ("paragraph", "能降。血压", True),
            ("paragraph", "能降\n血压", False),
            ("document", "能降\n血压", True),
            (5, "降一一血压", True),
            (5, "降一一一血压", False),
        ],
    )
    def test_groups_meet_within_a_scope(self, within: str | int, text: str, hit: bool) -> None:
        assert bool(found(detecting(combine=[["降"], ["血压"]], within=within), text)) is hit

    def test_the_gap_bounds_what_stands_between_neighbours(self) -> None:
        rules = detecting(combine=[["全国"], ["第一"]], gap=2)
        assert found(rules, "全国销量第一") == ["全国销量第一"]
        assert found(rules, "全国总销量第一") == []

    def test_the_nearest_hit_decides_however_many_stand_before_it(self) -> None:
        rules = detecting(combine=[["国"], ["第一"]], gap=1, within="document")
        assert found(rules, "国" * 40 + "家第一") == ["国家第一"]
        rules = detecting(combine=[["第一"], ["国"]], gap=1, within="document")
        assert found(rules, "第一家" + "国" * 40) == ["第一家国"]

    def test_a_farther_hit_serves_where_the_nearest_leads_nowhere(self) -> None:
        rules = detecting(combine=[["甲"], ["乙"], ["丙"]], gap=2)
        assert found(rules, "甲乙一乙二二二丙") == []
        assert found(rules, "甲乙一乙二丙") == ["甲乙一乙二丙"]

    def test_a_part_of_another_word_gives_way_to_a_true_hit(self) -> None:
        rules = detecting("cut", combine=[["治"], ["头痛"]], within="sentence")
        assert found(rules, "能治好政治家的头痛") == ["治好政治家的头痛"]

    def test_words_that_must_not_stand_between(self) -> None:
        rules = detecting(combine=[["全国"], ["第一"]], without=["之外"])
        assert found(rules, "全国之外第一") == []
        assert found(rules, "全国第一") == ["全国第一"]

    @given(
        st.text("甲乙丙一", max_size=9),
        st.booleans(),
        st.one_of(st.none(), st.integers(0, 3)),
    )
    def test_a_match_exists_where_a_search_of_all_combinations_finds_one(
        self, text: str, ordered: bool, gap: int | None
    ) -> None:
        if not text:
            return
        options = {} if gap is None else {"gap": gap}
        key = (ordered, gap)
        if key not in _COMBINES:
            groups = [["甲"], ["乙"], ["丙"]]
            _COMBINES[key] = screener(detecting(combine=groups, within="document", ordered=ordered, **options))
        places = [[i for i, char in enumerate(text) if char == wanted] for wanted in "甲乙丙"]
        chains = [(a, b, c) for a in places[0] for b in places[1] for c in places[2]]
        fitting = []
        for chain in chains:
            line = list(chain) if ordered else sorted(chain)
            steps = [later - earlier - 1 for earlier, later in pairwise(line)]
            if all(step >= 0 and (gap is None or step <= gap) for step in steps):
                fitting.append((line[0], line[-1] + 1))
        spans = [(finding.start, finding.end) for finding in _COMBINES[key].screen(text).findings]
        assert bool(spans) == bool(fitting)
        assert set(spans) <= set(fitting)


_COMBINES: dict[tuple[bool, int | None], Screener] = {}


class TestPattern:
    def test_runs_only_around_its_hints(self) -> None:
        rules = detecting(pattern=r"第\d+名", hints=["名次"])
        assert found(rules, "得了第3名。说说名次") == []
        assert found(rules, "说名次得了第3名") == ["第3名"]

    def test_the_group_span_is_shown(self) -> None:
        assert found(detecting(pattern=r"奖(?P<span>\d+元)", hints=["奖"]), "奖500元红包") == ["500元"]

    def test_lexicons_and_gaps(self) -> None:
        rules = detecting(pattern="{$eat}<4>{$gone}", hints=["$gone"])
        words = {"eat": ["吃", "喝"], "gone": ["不痛了", "好了"]}
        assert found(rules, "喝三天胃不痛了", words=words) == ["喝三天胃不痛了"]
        assert found(rules, "喝三天，胃不痛了", words=words) == []
        assert found(detecting(pattern="吃<<6>>好了", hints=["好了"]), "吃三天，好了") == ["吃三天，好了"]
        assert found(detecting(pattern="吃<<6>>好了", hints=["好了"]), "吃三天。好了") == []

    def test_han_in_a_pattern_folds_like_the_text(self) -> None:
        assert found(detecting(pattern="國家[級级]", hints=["國家"]), "国家级") == ["国家级"]

    def test_upper_case_is_no_hiding_place(self) -> None:
        assert found(detecting(pattern="TOP[0-9]", hints=["TOP"]), "全网Top1") == ["Top1"]

    @pytest.mark.parametrize(
        ("op", "hit"), [(">", False), (">=", True), ("==", True), ("<=", True), ("<", False), ("!=", False)]
    )
    def test_numbers_are_compared(self, op: str, hit: bool) -> None:
        compare = [{"group": "amount", "op": op, "value": 50000, "unit": "元"}]
        rules = detecting(pattern="(?P<amount>[0-9一二三四五六七八九十百千万]+)元", hints=["元"], compare=compare)
        assert bool(found(rules, "大奖五万元")) is hit

    def test_what_is_no_number_stands_in_no_relation(self) -> None:
        compare = [{"group": "amount", "op": "!=", "value": 1}]
        assert found(detecting(pattern="(?P<amount>好多)元", hints=["元"], compare=compare), "好多元") == []

    @pytest.mark.parametrize(("outcome", "hit"), [("valid", "91512081MA62K0260E"), ("invalid", "91512081MA62K0261E")])
    def test_identifiers_are_checked(self, outcome: str, hit: str) -> None:
        check = [{"group": "id", "kind": "credit-code", "outcome": outcome}]
        rules = detecting(pattern="(?P<span>(?P<id>[0-9a-z]{18}))", hints=["代码"], check=check, within="document")
        assert found(rules, "代码91512081MA62K0260E\n代码91512081MA62K0261E") == [hit]

    def test_standards_are_judged_on_the_day_and_the_successor_is_named(self) -> None:
        standards = "number\ttitle\tstatus\tsuperseded_by\tsince\tuntil\tproduct\tverified\n" + (
            "GB 7718-2011\t标签\tcurrent\tGB 7718-2025\t2012-04-20\t2027-03-15\t\ttrue\n"
        )
        check = [{"group": "id", "kind": "standard-number", "outcome": "stale"}]
        rules = rule(
            detect={"pattern": r"(?P<id>gb ?\d+-\d{4})", "hints": ["gb"], "check": check}, message="应改用 {successor}"
        )
        assert found(rules, "执行GB 7718-2011", standards=standards) == []
        report = screen(rules, "执行GB 7718-2011", standards=standards, as_of=dt.date(2027, 4, 1))
        assert only(report).text == "GB 7718-2011"
        assert "应改用 GB 7718-2025" in only(report).message

    def test_a_pattern_that_runs_for_ever_is_given_up_and_named(self) -> None:
        rules = [detecting(pattern=SLOW, hints=["三"]), rule("other", detect={"phrases": ["最好"]})]
        report = screener(*rules, timeout=0.05).screen("三" + "一" * 40 + "，最好。")
        assert [finding.text for finding in report.findings] == ["最好"]
        (notice,) = report.notices
        assert "超时" in notice
        assert SLOW in notice

    def test_after_three_places_it_is_not_tried_again(self) -> None:
        text = ("三" + "一" * 40 + "。") * 6
        report = screener(detecting(pattern=SLOW, hints=["三"]), timeout=0.05).screen(text)
        assert "不再试" in report.notices[-1]

    def test_an_exemption_that_runs_for_ever_does_not_hold_and_is_named(self) -> None:
        for part in ({"inside": {"pattern": SLOW}}, {"near": {"pattern": SLOW}}):
            rules = rule(
                detect={"phrases": ["三一"]}, unless=[{"id": "slow", "because": "慢", **part}], defaults_off=OFF
            )
            report = screener(rules, timeout=0.05).screen("一三" + "一" * 40)
            assert [finding.text for finding in report.findings] == ["三一"]
            assert "超时" in report.notices[0]


class TestMissing:
    RULE = detecting(missing={"claim": {"phrases": ["非转基因"]}, "companion": ["来源"], "within": "sentence"})

    def test_a_claim_without_its_companion(self) -> None:
        assert found(self.RULE, "非转基因大豆油") == ["非转基因"]

    def test_a_companion_within_reach(self) -> None:
        assert found(self.RULE, "非转基因大豆油，来源黑龙江") == []
        assert found(self.RULE, "非转基因大豆油。来源黑龙江") == ["非转基因"]

    def test_the_companion_may_be_a_pattern(self) -> None:
        rules = detecting(missing={"claim": {"phrases": ["销量第一"]}, "pattern": "据<8>统计", "within": "sentence"})
        assert found(rules, "据某协会统计，销量第一") == []
        assert found(rules, "全村销量第一") == ["销量第一"]

    def test_the_claim_may_be_any_detector(self) -> None:
        rules = detecting(missing={"claim": {"combine": [["买"], ["送"]]}, "companion": ["数量"], "within": "sentence"})
        assert found(rules, "买二送一") == ["买二送"]
        assert found(rules, "买二送一，数量有限") == []


class TestRepeat:
    RULE = detecting(repeat=["下单"], more_than=3, per="1000 characters")

    def test_more_than_n_within_the_stretch(self) -> None:
        assert found(self.RULE, "下单。" * 3) == []
        assert found(self.RULE, "下单。" * 4) == ["下单"]

    def test_one_finding_for_the_text_at_the_one_too_many(self) -> None:
        (finding,) = screen(self.RULE, "下单。" * 9).findings
        assert finding.start == 9

    def test_the_stretch_moves_along(self) -> None:
        assert found(self.RULE, ("下单" + "蜜" * 400) * 8) == []
        assert found(self.RULE, "蜜" * 3000 + "下单。" * 4) == ["下单"]

    def test_per_minute_needs_time_codes(self) -> None:
        rules = screener(detecting(repeat=["下单"], more_than=2, per="minute"))
        text = "下单\n下单\n下单\n"
        assert rules.screen(text).findings == ()
        close = rules.screen(text, timecodes=[(0, 0.0), (3, 20.0), (6, 50.0)])
        assert only(close).timecode == "00:00:50"
        assert rules.screen(text, timecodes=[(0, 0.0), (3, 40.0), (6, 90.0)]).findings == ()


class TestSeveralDetectors:
    def test_any_of_them(self) -> None:
        rules = rule(detect=[{"phrases": ["顶级"]}, {"combine": [["全国"], ["第一"]]}])
        assert found(rules, "顶级蜂蜜，全国第一") == ["顶级", "全国第一"]

    def test_matches_inside_a_longer_one_are_dropped(self) -> None:
        rules = rule(detect=[{"phrases": ["第一"]}, {"combine": [["全国"], ["第一"]]}])
        assert found(rules, "全国销量第一") == ["全国销量第一"]
