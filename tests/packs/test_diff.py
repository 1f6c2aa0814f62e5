"""The diff of two sets of packs tells in plain words what came, went and changed."""

from __future__ import annotations

from dataclasses import replace

from coopcompliance.detect.likeness import HitModel, LikenessModel
from coopcompliance.packs.catalog import Catalog
from coopcompliance.packs.diff import diff
from support import catalog, pack, phrases, rule


def said(old: Catalog, new: Catalog) -> list[str]:
    return [str(change) for change in diff(old, new)]


def test_equal_packs_have_no_changes() -> None:
    assert said(catalog(pack(phrases("第一"))), catalog(pack(phrases("第一")))) == []


def test_rules_that_came_and_went() -> None:
    changes = said(catalog(pack(phrases("第一", slug="old"))), catalog(pack(phrases("第一", slug="new"))))
    assert any("own/new" in change and "新增" in change for change in changes)
    assert any("own/old" in change and "删除" in change for change in changes)


def test_a_renamed_rule_is_no_deletion() -> None:
    new = catalog(pack(phrases("第一", slug="new", redirects=["old"])))
    changes = said(catalog(pack(phrases("第一", slug="old"))), new)
    assert any("改名" in change for change in changes)
    assert not any("删除" in change for change in changes)


def test_tier_terms_dates_and_versions() -> None:
    old = catalog(pack(phrases("第一", "最好")))
    new = catalog(pack(phrases("第一", "最佳", tier=3, since="2026-02-01"), version="2026.12.0"))
    changes = said(old, new)
    assert "[规则包] own：版本 2026.11.0 → 2026.12.0" in changes
    assert "[规则] own/rule：级别 2 → 3" in changes
    assert "[规则] own/rule：施行日期 2015-01-01 → 2026-02-01" in changes
    assert "[规则] own/rule：词语增加 最佳" in changes
    assert "[规则] own/rule：词语减少 最好" in changes


def test_word_lists_and_standards() -> None:
    header = "number\ttitle\tstatus\tsuperseded_by\tsince\tuntil\tproduct\tverified\n"
    rule = phrases("$tops")
    old = catalog(pack(rule), words={"tops": ["第一"]}, standards=header + "GB 1\t甲\tcurrent\t\t\t\t\ttrue\n")
    new = catalog(
        pack(rule), words={"tops": ["第一", "顶级"]}, standards=header + "GB 1\t甲\tabolished\tGB 2\t\t\t\ttrue\n"
    )
    changes = said(old, new)
    assert "[词表] tops：词语增加 顶级" in changes
    assert "[标准目录] GB 1：状态 current → abolished" in changes


def test_a_likeness_model_fitted_anew() -> None:
    hits = HitModel(0.2, 0.0, 1.0, 1.0, {})
    model = LikenessModel({"神效": (1.0, 2.0)}, -1.0, {"medical": (0.0, {"神效": 1.0})}, hits)
    old = catalog(pack(phrases("第一")))
    changes = said(old, replace(old, likeness=model))
    assert changes == ["[措辞模型] likeness.json：重新拟合：特征 0 → 1，其中 1 个有改动"]
    assert said(replace(old, likeness=model), replace(old, likeness=model)) == []
    stricter = replace(model, hits=replace(hits, below=0.1))
    assert len(said(replace(old, likeness=model), replace(old, likeness=stricter))) == 1


def test_every_option_of_a_detector_counts_as_a_change() -> None:
    """`without` and the bound of `repeat` once changed without a word."""
    pairs = [
        ({"combine": [["全国"], ["第一"]]}, {"combine": [["全国"], ["第一"]], "without": ["争取"]}),
        (
            {"repeat": ["下单"], "more_than": 5, "per": "1000 characters"},
            {"repeat": ["下单"], "more_than": 9, "per": "1000 characters"},
        ),
    ]
    for before, after in pairs:
        changes = said(catalog(pack(rule(detect=before))), catalog(pack(rule(detect=after))))
        assert changes == ["[规则] own/rule：命中方式有改动"]
