"""Every kind of exemption: what makes it hold, what does not, and what the report says of it."""

from __future__ import annotations

import datetime as dt

import pytest

from coopcompliance import Evidence, Placement
from support import DAY, Json, exempted_by, found, phrases, rule, screen


def unless(*terms: str, **part: object) -> Json:
    return phrases(*terms, unless=[{"id": "let-pass", "because": "合法", **part}])


class TestInside:
    RULE = unless("第一", "最高", inside=["第一时间", "最高人民法院", "最高人民检察院"])

    @pytest.mark.parametrize("text", ["第一时间发货", "最高人民法院发布", "最 高 人民法院"])
    def test_a_longer_fixed_expression_covers_the_hit(self, text: str) -> None:
        assert exempted_by(self.RULE, text) == ["let-pass"]

    @pytest.mark.parametrize(("text", "hit"), [("第一，时间就是金钱", "第一"), ("全国第一！第二时间", "第一")])
    def test_it_must_cover_never_merely_be_near(self, text: str, hit: str) -> None:
        assert found(self.RULE, text) == [hit]

    def test_only_the_covered_hit_passes(self) -> None:
        report = screen(self.RULE, "第一时间送到，全国第一")
        assert [finding.start for finding in report.findings] == [9]
        assert [finding.start for finding in report.exempted] == [0]

    def test_the_longest_of_several_expressions_counts(self) -> None:
        assert exempted_by(unless("高人", inside=["最高人", "最高人民"]), "最高人民") == ["let-pass"]

    def test_a_pattern_may_cover_it_too(self) -> None:
        rules = unless("第一", inside={"pattern": "第一(?:次|批)"})
        assert exempted_by(rules, "第一批春茶") == ["let-pass"]
        assert found(rules, "第一名茶") == ["第一"]


class TestNear:
    @pytest.mark.parametrize(
        ("side", "before", "after"),
        [("before", True, False), ("after", False, True), ("either", True, True), ("around", True, True)],
    )
    def test_sides(self, side: str, before: bool, after: bool) -> None:
        rules = unless("第一", near={"any": ["力争"], "side": side})
        assert (found(rules, "力争第一") == []) is before
        assert (found(rules, "第一力争") == []) is after

    def test_within_is_a_clause_unless_told_otherwise(self) -> None:
        assert found(unless("第一", near={"any": ["力争"]}), "力争上游，第一") == ["第一"]
        assert found(unless("第一", near={"any": ["力争"], "within": "sentence"}), "力争上游，第一") == []
        assert found(unless("第一", near={"any": ["力争"], "within": 3}), "力争上游第一") == ["第一"]

    def test_the_words_must_stand_outside_the_hit(self) -> None:
        assert found(unless("力争第一", near={"any": ["力争"]}), "力争第一") == ["力争第一"]

    def test_around_looks_inside_the_hit_too(self) -> None:
        assert found(unless("力争第一", near={"any": ["力争"], "side": "around"}), "力争第一") == []

    def test_a_lexicon_or_a_pattern(self) -> None:
        words = {"goals": ["力争", "争当"]}
        assert found(unless("第一", near={"any": ["$goals"]}), "争当第一", words=words) == []
        assert found(unless("第一", near={"pattern": r"\d{4}年"}), "2025年第一") == []


class TestEvidence:
    RULE = unless("有机", evidence=["organic"])

    def check(self, placement: Placement | None = None, as_of: dt.date = DAY, **keys: object) -> list[str]:
        proof = Evidence.model_validate({"kind": "organic", "number": "123OP2512345", **keys})
        return found(self.RULE, "有机的好东西", placement, evidence=(proof,), as_of=as_of)

    def test_valid_evidence_lets_pass(self) -> None:
        assert self.check() == []

    def test_another_kind_does_not(self) -> None:
        assert self.check(kind="green-food") == ["有机"]

    @pytest.mark.parametrize(
        ("keys", "passes"),
        [
            ({"valid_until": "2026-11-22"}, True),
            ({"valid_until": "2026-11-21"}, False),
            ({"issued": "2026-11-22"}, True),
            ({"issued": "2026-11-23"}, False),
        ],
    )
    def test_only_while_it_is_valid_its_last_day_included(self, keys: Json, passes: bool) -> None:
        assert (self.check(**keys) == []) is passes

    def test_the_day_of_the_report_decides(self) -> None:
        assert self.check(as_of=dt.date(2027, 1, 1), valid_until="2026-12-31") == ["有机"]

    def test_only_for_its_products(self) -> None:
        honey, tea = Placement(products=["honey"]), Placement(products=["tea"])
        assert self.check(honey, products=["honey"]) == []
        assert self.check(tea, products=["honey"]) == ["有机"]
        assert self.check(tea) == []

    def test_products_are_recognised_in_the_text(self) -> None:
        proof = Evidence(kind="organic", products=["honey"])
        words = {"product-tea": ["绿茶"], "product-honey": ["蜂蜜"]}
        assert found(self.RULE, "有机绿茶", evidence=(proof,), words=words) == ["有机"]
        assert found(self.RULE, "有机蜂蜜", evidence=(proof,), words=words) == []


@pytest.mark.parametrize(
    ("place", "fits", "misses"),
    [
        ({"platforms": ["douyin"]}, {"platform": "douyin"}, {"platform": "wechat"}),
        ({"forms": ["staff"]}, {"form": "staff"}, {"form": "live"}),
        ({"products": ["health-food"]}, {"products": ["health-food"]}, {"products": ["tea"]}),
        ({"stages": ["live"]}, {"stage": "live"}, {"stage": "draft"}),
        ({"platforms": ["douyin"], "forms": ["live"]}, {"platform": "douyin", "form": "live"}, {"platform": "douyin"}),
    ],
)
def test_placement(place: Json, fits: Json, misses: Json) -> None:
    rules = unless("最好", placement=place)
    assert exempted_by(rules, "最好", Placement(**fits)) == ["let-pass"]
    assert found(rules, "最好", Placement(**misses)) == ["最好"]
    assert found(rules, "最好") == ["最好"]


def test_value() -> None:
    bound = {"id": "small", "because": "不超过五万元", "value": {"group": "n", "op": "<=", "value": 50000}}
    rules = rule(detect={"pattern": "大奖(?P<n>[0-9一二三四五六七八九十百千万]+)元", "hints": ["大奖"]}, unless=[bound])
    assert exempted_by(rules, "大奖五万元") == ["small"]
    assert found(rules, "大奖六万元") == ["大奖六万元"]


def test_an_exemption_has_dates_of_its_own() -> None:
    rules = unless("零添加", placement={"forms": ["label"]}, until="2027-03-15")
    label = Placement(form="label")
    assert exempted_by(rules, "零添加", label, as_of=dt.date(2027, 3, 15)) == ["let-pass"]
    assert found(rules, "零添加", label, as_of=dt.date(2027, 3, 16)) == ["零添加"]
    later = unless("零添加", placement={"forms": ["label"]}, since="2027-03-16")
    assert found(later, "零添加", label, as_of=dt.date(2027, 3, 15)) == ["零添加"]


def test_an_exempt_hit_is_kept_with_its_reason_basis_and_trace() -> None:
    basis = {"source": "law", "article": "第五条"}
    goal = {"id": "goal", "because": "目标追求", "near": {"any": ["力争"]}, "basis": basis}
    (finding,) = screen(phrases("第一", unless=[goal]), "力争第一").exempted
    assert finding.verdict == "exempt"
    assert finding.exemption is not None
    assert (finding.exemption.id, finding.exemption.because) == ("goal", "目标追求")
    assert finding.exemption.basis is not None
    assert (finding.exemption.basis.title, finding.exemption.basis.article) == ("《测试法》", "第五条")
    assert [step.check for step in finding.trace] == ["detect", "unless goal"]
    assert finding.trace[-1].looked_at == "力争"


def test_the_first_exemption_that_holds_is_named_and_those_before_it_stand_in_the_trace() -> None:
    parts = [
        {"id": "one", "because": "一", "near": {"any": ["甲"]}},
        {"id": "two", "because": "二", "near": {"any": ["乙"]}},
    ]
    (finding,) = screen(phrases("第一", unless=parts), "乙第一").exempted
    steps = [(step.check, step.outcome) for step in finding.trace]
    assert steps[1:] == [("unless one", "不适用"), ("unless two", "豁免")]
