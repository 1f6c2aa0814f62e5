"""The shipped packs: they load, every rule's examples hold, and the operation plan's cases are handled.

The cases are those that a cooperative's account-operation plan tells, in our own words.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coopcompliance import Category, Evidence, Finding, Placement, Report, Screener
from coopcompliance.packs.catalog import Catalog
from coopcompliance.packs.examples import check_rule
from coopcompliance.packs.load import DIMENSIONS, builtin_folder, load, pack_files
from coopcompliance.packs.rule_schema import DetectSpec
from coopcompliance.text.normalise import normalise
from support import DAY, DRESSES

PACKS = sorted(
    file.relative_to(builtin_folder()) for name in DIMENSIONS for file in pack_files(builtin_folder() / name)
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(entry_points=False)


@pytest.fixture(scope="module")
def screener(catalog: Catalog) -> Screener:
    return Screener(catalog=catalog)


def literals(spec: DetectSpec) -> list[str]:
    """The terms written in a detector itself."""
    own = [*(spec.phrases or ()), *spec.hints, *spec.without, *(spec.repeat or ())]
    own += [term for group in spec.combine or () for term in group]
    if spec.missing is not None:
        own += [*spec.missing.companion, *literals(spec.missing.claim)]
    return [term for term in own if not term.startswith("$")]


class TestPacks:
    def test_all_load_with_rules_of_every_dimension(self, catalog: Catalog) -> None:
        assert len(catalog.rules) >= 60
        assert {pack.dimension for pack in catalog.packs} == set(DIMENSIONS)

    @pytest.mark.parametrize("file", PACKS, ids=str)
    def test_every_example_of_a_pack_holds(self, file: Path, catalog: Catalog, screener: Screener) -> None:
        failures = [
            str(failure)
            for entry in catalog.rules
            if entry.pack.file == builtin_folder() / file
            for failure in check_rule(screener, entry)
        ]
        assert not failures, "\n".join(failures)

    @pytest.mark.parametrize("dress", DRESSES)
    def test_every_term_finds_itself_in_every_dress(self, dress: str, catalog: Catalog, screener: Screener) -> None:
        def read(texts: list[str]) -> list[str]:
            return screener._vocabulary.resolve(normalise("\n".join(texts))).norm.split("\n")

        written = [term for spec in catalog.lexicon_specs.values() for term in spec.terms if not term.startswith("$")]
        written += [term for entry in catalog.rules for spec in entry.spec.detect for term in literals(spec)]
        terms = sorted(set(written))
        plain = normalise("\n".join(terms)).norm.split("\n")
        dressed = read([DRESSES[dress](term) for term in terms])
        assert [(term, a, b) for term, a, b in zip(terms, plain, dressed, strict=True) if a != b] == []

    def test_no_term_reads_as_nothing(self, catalog: Catalog) -> None:
        terms = [term for entry in catalog.rules for spec in entry.spec.detect for term in literals(spec)]
        assert [term for term in terms if not normalise(term).norm.strip()] == []

    def test_every_rule_rests_on_a_basis_for_copy_of_unknown_form(self, catalog: Catalog) -> None:
        for entry in catalog.rules:
            assert any(not basis.forms for basis in entry.spec.basis), entry.id


class TestOperationPlan:
    """The cases of the operation plan."""

    screener: Screener

    @pytest.fixture(autouse=True)
    def _use(self, screener: Screener) -> None:
        self.screener = screener

    def screen(self, text: str, *evidence: Evidence, as_of: dt.date = DAY, **placement: object) -> Report:
        return self.screener.screen(text, Placement.model_validate(placement), evidence=evidence, as_of=as_of)

    def of(self, report: Report, *categories: Category) -> list[Finding]:
        return [finding for finding in report.findings if finding.category in categories]

    def test_one_sentence_with_a_cure_a_rank_and_a_private_contact(self) -> None:
        """The last of the three was once missed: 加V before an order word was no end of a word."""
        text = "这蜂蜜能治咽炎，全国第一，加V下单"
        report = self.screen(text, platform="douyin", form="live", products=["honey"])
        found = {finding.category: finding.text for finding in report.findings}
        assert found.keys() == {Category.MEDICAL, Category.ABSOLUTE, Category.DIVERSION}
        assert "治咽炎" in found[Category.MEDICAL]
        assert "第一" in found[Category.ABSOLUTE]
        assert "加V" in found[Category.DIVERSION]
        assert report.tier == 3

    def test_what_a_survey_clears_no_second_rule_flags(self) -> None:
        """A rule on superlatives once flagged the 第一 of a rank whose survey was given."""
        survey = Evidence(kind="survey", number="2026-018", valid_until="2027-06-30")
        place = {"platform": "taobao", "form": "product-page", "products": ["tea"]}
        report = self.screen("我们的茶全国第一", survey, **place)
        assert not report.findings
        assert [finding.exemption.id for finding in report.exempted if finding.exemption] == ["evidence"]

    def test_a_function_claim_for_tea_in_a_live_stream(self) -> None:
        report = self.screen("咱家高山绿茶天天喝，增强免疫力！", platform="douyin", form="live", products=["tea"])
        (finding,) = self.of(report, Category.HEALTH)
        assert "增强免疫力" in finding.text
        assert finding.verdict in {"violation", "unproven"}
        assert finding.basis
        assert finding.advice
        assert report.tier >= 2

    def test_the_same_function_written_evasively(self) -> None:
        report = self.screen("咱家绿茶天天喝，增强免役力", form="live", products=["tea"])
        assert self.of(report, Category.HEALTH)

    def test_sending_live_viewers_to_another_platform(self) -> None:
        text = "想学炖菌汤的家人，去微信公众号搜我们合作社，点个关注"
        report = self.screen(text, platform="douyin", form="live", products=["mushroom"])
        assert self.of(report, Category.DIVERSION)

    def test_the_same_words_pass_where_the_readers_already_are(self) -> None:
        text = "想学炖菌汤的家人，去微信公众号搜我们合作社，点个关注"
        report = self.screen(text, platform="wechat", form="article", products=["mushroom"])
        assert not self.of(report, Category.DIVERSION)

    @pytest.mark.parametrize("text", ["转发到三个群，截图给客服领红包", "分享到朋友圈才能领取五元优惠券"])
    def test_rewarded_sharing(self, text: str) -> None:
        (finding, *_) = self.of(self.screen(text, platform="wechat", form="article"), Category.INDUCEMENT)
        entry = self.screener.catalog.rule(finding.rule)
        assert entry is not None
        assert entry.spec.since <= DAY
        assert finding.basis

    def test_asking_to_share_without_reward_passes(self) -> None:
        report = self.screen("觉得有用就分享给家里的老人", platform="wechat", form="article")
        assert not self.of(report, Category.INDUCEMENT)

    def test_not_genetically_modified_without_a_source(self) -> None:
        report = self.screen("我们的大豆油，非转基因，吃着放心", form="live", products=["oil"])
        assert [finding.text for finding in report.findings if "非转基因" in finding.text]

    def test_not_genetically_modified_where_no_such_crop_exists(self) -> None:
        proof = Evidence(kind="non-gm-source", number="2026-08")
        report = self.screen("我们合作社的小白菜非转基因，吃着放心", proof, form="live", products=["vegetable"])
        assert [finding.text for finding in report.findings if "非转基因" in finding.text]

    @pytest.mark.parametrize("number", ["GB/T 18796", "GB 18796-2005", "gb／t18796—2002"])
    def test_a_honey_standard_that_was_replaced(self, number: str) -> None:
        report = self.screen(f"本品执行标准{number}", form="label", products=["honey"])
        assert self.of(report, Category.STANDARD)

    def test_pesticide_residue_in_honey_starts_the_high_level_plan(self) -> None:
        text = "你家蜂蜜送检查出农药残留超标了，给个说法"
        report = self.screen(text, form="comment", products=["honey"], stage="published")
        assert self.of(report, Category.SAFETY)
        assert report.tier == 3
        lead = report.plan.actions[0]
        assert "合作社主任" in lead.owner
        assert "24小时" in lead.deadline
        assert any("下架" in action for action in lead.actions)

    def test_a_package_that_can_hurt(self) -> None:
        report = self.screen("你们这个罐头盖太锋利，我手被划破了，流了好多血", form="comment")
        assert self.of(report, Category.SAFETY)

    def test_pushing_the_same_product_again_and_again(self) -> None:
        text = "三二一上链接，赶紧下单，手慢无！" * 30
        report = self.screen(text, platform="douyin", form="live")
        assert self.of(report, Category.OVERSELLING)

    def test_saying_where_to_buy_once_is_no_overselling(self) -> None:
        report = self.screen("喜欢的家人可以点小黄车看看", platform="douyin", form="live")
        assert not self.of(report, Category.OVERSELLING)

    def test_true_hardship_is_not_staged(self) -> None:
        text = "受台风影响，渔船回港避风，这两天发不了货，备好的内容先给大家看看晒网。"
        report = self.screen(text, platform="wechat", form="article", products=["aquatic"])
        assert not self.of(report, Category.SENSATIONAL)

    def test_staged_hardship_is(self) -> None:
        text = "老奶奶跪着哭求大家，苹果再卖不出去就要烂在地里了，求求家人们帮帮她"
        assert self.of(self.screen(text, platform="douyin", form="video"), Category.SENSATIONAL)

    def test_members_posts_pass_the_same_check(self) -> None:
        text = "自家的蜂蜜能治咽炎，全村第一"
        assert self.screen(text, platform="wechat", form="post").tier == 3

    def test_copy_written_by_a_tool_is_checked_like_any_other(self) -> None:
        claim = "喝蜂蜜可以治疗糖尿病"
        plain, marked = self.screen(claim, form="article"), self.screen(claim + "（本文由AI生成）", form="article")
        assert {finding.rule for finding in plain.findings} <= {finding.rule for finding in marked.findings}
