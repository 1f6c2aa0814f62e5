"""From hits to verdicts: upcoming, unproven, overlaps, basis, fingerprints, messages."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance import Evidence, Placement, Report
from support import DAY, LAW, Json, catalog, found, only, pack, phrases, rule, screen, screener, screener_of

RULE = phrases("最好", "第一")
SCREENER = screener(RULE)


class TestDates:
    RULE = phrases("零添加", since="2027-03-16", until="2028-12-31")

    def test_before_its_first_day_a_rule_is_upcoming_and_does_not_count(self) -> None:
        report = screen(self.RULE, "零添加", as_of=dt.date(2027, 3, 15))
        finding = only(report)
        assert (finding.verdict, finding.effective) == ("upcoming", dt.date(2027, 3, 16))
        assert report.tier == 0
        assert report.plan.actions == ()

    def test_from_its_first_to_its_last_day_it_holds(self) -> None:
        for day in (dt.date(2027, 3, 16), dt.date(2028, 12, 31)):
            finding = only(screen(self.RULE, "零添加", as_of=day))
            assert (finding.verdict, finding.effective) == ("violation", None)

    def test_afterwards_it_is_silent(self) -> None:
        assert found(self.RULE, "零添加", as_of=dt.date(2029, 1, 1)) == []


class TestClears:
    RULE = phrases("有机", clears=["organic", "test-report"])
    PROOF = Evidence(kind="organic", number="123OP2512345", valid_until=dt.date(2027, 1, 1))

    def test_without_evidence_it_is_unproven_and_counts(self) -> None:
        report = screen(self.RULE, "有机")
        finding = only(report)
        assert (finding.verdict, finding.clears) == ("unproven", ("organic", "test-report"))
        assert report.tier == 2
        assert finding.trace[-1].looked_at == "未提供任何证明"

    def test_valid_evidence_exempts_and_is_quoted(self) -> None:
        (finding,) = screen(self.RULE, "有机", evidence=(self.PROOF,)).exempted
        assert finding.exemption is not None
        assert "123OP2512345" in finding.exemption.because

    def test_expired_evidence_is_named_in_the_trace(self) -> None:
        finding = only(screen(self.RULE, "有机", evidence=(self.PROOF,), as_of=dt.date(2027, 1, 2)))
        assert finding.verdict == "unproven"
        assert "2027-01-01" in finding.trace[-1].looked_at

    def test_one_valid_piece_among_others_is_enough(self) -> None:
        old = self.PROOF.model_copy(update={"valid_until": dt.date(2020, 1, 1)})
        assert found(self.RULE, "有机", evidence=(old, Evidence(kind="survey"), self.PROOF)) == []


class TestOverlaps:
    def test_the_longest_match_of_a_rule_counts(self) -> None:
        assert found(phrases("第一", "全国第一"), "全国第一") == ["全国第一"]

    def test_a_longer_exempt_match_never_hides_a_shorter_violation(self) -> None:
        fixed = rule(
            detect=[{"pattern": "(?P<n>1)?销量第一", "hints": ["第一"]}, {"phrases": ["第一"]}],
            unless=[{"id": "long", "because": "长", "inside": {"pattern": "销量第一"}}],
        )
        assert found(fixed, "销量第一") == []
        before = rule(
            detect=[{"combine": [["争"], ["第一"]]}, {"phrases": ["第一"]}],
            unless=[{"id": "goal", "because": "目标", "near": {"any": ["力"], "side": "before", "within": 1}}],
        )
        report = screen(before, "力争全国第一")
        assert [finding.text for finding in report.findings] == ["第一"]

    def test_rules_of_one_category_do_not_repeat_what_a_graver_one_says(self) -> None:
        rules = [phrases("全国第一", slug="long", tier=3), phrases("第一", slug="short", tier=2)]
        assert [finding.rule for finding in screen(rules, "全国第一").findings] == ["own/long"]

    def test_a_milder_one_never_hides_a_graver_one(self) -> None:
        rules = [phrases("全国第一", slug="long", tier=2), phrases("第一", slug="short", tier=3)]
        assert {finding.rule for finding in screen(rules, "全国第一").findings} == {"own/long", "own/short"}

    def test_another_category_stands_beside_it(self) -> None:
        rules = [phrases("全国第一", slug="long"), phrases("第一", slug="short", category="false")]
        assert len(screen(rules, "全国第一").findings) == 2

    @pytest.mark.parametrize("weak", [{"clears": ["survey"]}, {"status": "experimental"}, {"since": "2030-01-01"}])
    def test_what_may_be_cleared_or_fails_no_run_never_hides_what_stands(self, weak: Json) -> None:
        rules = [phrases("全国第一", slug="long", tier=3, **weak), phrases("第一", slug="short")]
        report = screen(rules, "全国第一")
        assert "own/short" in [finding.rule for finding in report.findings]
        assert report.tier >= 2

    def test_on_equal_spans_the_firmer_one_stays(self) -> None:
        rules = [phrases("第一", slug="a", clears=["survey"]), phrases("第一", slug="b")]
        assert [finding.rule for finding in screen(rules, "第一").findings] == ["own/b"]


class TestBasis:
    BASIS: ClassVar[list[Json]] = [
        {"source": "law", "article": "广告第九条", "not_forms": ["group-chat", "label"], "penalty": "罚款"},
        {"source": "law", "article": "标签第五条", "forms": ["label"]},
        {"source": "law", "article": "平台第三条", "platforms": ["douyin"]},
        {"source": "law", "article": "旧第一条", "until": "2026-12-31"},
        {"source": "law", "article": "新第一条", "since": "2027-01-01"},
    ]

    def articles(self, placement: Placement | None = None, as_of: dt.date = DAY, **keys: object) -> list[str]:
        report = screen(phrases("最好", basis=self.BASIS, **keys), "最好", placement, as_of=as_of)
        return [basis.article for basis in only(report).basis]

    def test_by_form_and_platform(self) -> None:
        assert self.articles() == ["广告第九条", "旧第一条"]
        assert self.articles(Placement(form="label")) == ["标签第五条", "旧第一条"]
        assert self.articles(Placement(form="live", platform="douyin")) == ["广告第九条", "平台第三条", "旧第一条"]

    def test_by_date(self) -> None:
        assert self.articles(as_of=dt.date(2027, 1, 1)) == ["广告第九条", "新第一条"]

    def test_an_upcoming_finding_rests_on_the_law_of_the_day_it_takes_effect(self) -> None:
        assert self.articles(since="2028-01-01") == ["广告第九条", "新第一条"]

    def test_a_source_out_of_force_is_left_out(self) -> None:
        sources = {"law": LAW, "new": {**LAW, "title": "新法", "since": "2027-01-01", "verified": False}}
        rules = phrases("最好", basis=[{"source": "law", "article": "一"}, {"source": "new", "article": "二"}])
        one = screener_of(catalog(pack(rules, sources=sources)))
        assert [basis.source for basis in only(one.screen("最好", as_of=DAY)).basis] == ["law"]
        both = only(one.screen("最好", as_of=dt.date(2027, 1, 1))).basis
        assert [(basis.title, basis.verified) for basis in both] == [("《测试法》", True), ("《新法》", False)]

    def test_the_message_names_the_first(self) -> None:
        assert "《测试法》第一条" in only(screen(RULE, "最好")).message


class TestApplies:
    @pytest.mark.parametrize(
        ("applies", "placement", "hit"),
        [
            ({"platforms": ["douyin"]}, {"platform": "douyin"}, True),
            ({"platforms": ["douyin"]}, {"platform": "wechat"}, False),
            ({"platforms": ["douyin"]}, {}, False),
            ({"not_platforms": ["douyin"]}, {"platform": "douyin"}, False),
            ({"not_platforms": ["douyin"]}, {}, True),
            ({"forms": ["live"]}, {"form": "live"}, True),
            ({"forms": ["live"]}, {"form": "label"}, False),
            ({"forms": ["live"]}, {}, True),
            ({"not_forms": ["staff"]}, {"form": "staff"}, False),
            ({"products": ["tea"]}, {"products": ["tea", "honey"]}, True),
            ({"products": ["tea"]}, {"products": ["honey"]}, False),
            ({"not_products": ["health-food"]}, {"products": ["health-food"]}, False),
            ({"not_products": ["health-food"]}, {"products": ["health-food", "tea"]}, True),
            ({"stages": ["live"]}, {"stage": "live"}, True),
            ({"stages": ["live"]}, {}, False),
        ],
    )
    def test_where_a_rule_applies(self, applies: Json, placement: Json, hit: bool) -> None:
        assert bool(found(phrases("最好", applies=applies), "最好", Placement(**placement))) is hit

    def test_products_are_recognised_in_the_text_where_the_placement_names_none(self) -> None:
        rules = phrases("最好", applies={"products": ["tea"]})
        words = {"product-tea": ["绿茶"]}
        assert found(rules, "最好的绿茶", words=words) == ["最好"]
        assert found(rules, "最好的绿茶", Placement(products=["honey"]), words=words) == []
        assert found(rules, "最好的蜂蜜", words=words) == []


class TestFingerprints:
    @staticmethod
    def of(report: Report) -> list[str]:
        return [finding.fingerprint for finding in report.findings]

    @given(st.text("蜂蜜真甜。\n🌸", max_size=30), st.text("蜂蜜真甜。\n🌸", max_size=30))
    def test_independent_of_what_stands_in_other_lines(self, before: str, after: str) -> None:
        alone = self.of(SCREENER.screen("这蜜最好", as_of=DAY))
        moved = self.of(SCREENER.screen(f"{before}。\n这蜜最好\n{after}", as_of=DAY))
        assert moved == alone

    def test_independent_of_the_date_and_of_the_verdict(self) -> None:
        early = screen(phrases("最好", since="2026-01-01"), "最好", as_of=dt.date(2025, 1, 1))
        late = screen(phrases("最好", since="2026-01-01"), "最好", as_of=dt.date(2027, 1, 1))
        assert self.of(early) == self.of(late)

    def test_independent_of_how_the_word_is_dressed_up(self) -> None:
        assert self.of(SCREENER.screen("这蜜最 好")) == self.of(SCREENER.screen("这蜜蕞🌸好"))

    def test_another_rule_word_or_clause_has_another(self) -> None:
        prints = {
            *self.of(SCREENER.screen("这蜜最好")),
            *self.of(SCREENER.screen("那蜜最好")),
            *self.of(SCREENER.screen("这蜜第一")),
            *self.of(screen(phrases("最好", slug="other"), "这蜜最好")),
        }
        assert len(prints) == 4

    def test_repeats_in_equal_clauses_are_numbered(self) -> None:
        once = self.of(SCREENER.screen("这蜜最好"))
        thrice = self.of(SCREENER.screen("这蜜最好。这蜜最好。这蜜最好"))
        assert len(set(thrice)) == 3
        assert thrice[0] == once[0]


class TestMessages:
    def test_what_was_read_is_said_where_it_differs_from_what_is_written(self) -> None:
        finding = only(SCREENER.screen("这蜜蕞🌸好"))
        assert finding.text == "蕞🌸好"
        assert "读作“最好”" in finding.message

    def test_groups_of_the_pattern_may_be_named(self) -> None:
        rules = rule(detect={"pattern": r"奖(?P<n>\d+)元", "hints": ["奖"]}, message="奖金 {n} 元")
        assert "奖金 500 元" in only(screen(rules, "奖500元")).message

    def test_a_long_passage_is_shortened_in_the_message_only(self) -> None:
        text = "全国" + "好" * 90 + "第一"
        finding = only(screen(rule(detect={"combine": [["全国"], ["第一"]], "within": "document"}), text))
        assert finding.text == text
        assert "…" in finding.message
