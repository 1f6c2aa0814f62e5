"""The built-in packs on both sides of the dates at which the law changed, or will change."""

from __future__ import annotations

import datetime as dt

import pytest

from coopcompliance import Finding, Placement, Report, Screener, Verdict


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener()


def screen(screener: Screener, text: str, day: str, **place: object) -> Report:
    return screener.screen(text, Placement.model_validate(place), as_of=dt.date.fromisoformat(day))


def sources(findings: tuple[Finding, ...]) -> set[str]:
    return {basis.source for finding in findings for basis in finding.basis}


def test_unfair_competition_law_has_new_numbers_from_2025_10_15(screener: Screener) -> None:
    """A group chat is no advertisement in law: false praise there rests on the law against unfair competition."""
    text = "群里的各位，我们合作社的大米全国第一"
    place = {"platform": "wechat", "form": "group-chat", "products": ["grain"]}
    before = screen(screener, text, "2025-10-14", **place)
    after = screen(screener, text, "2025-10-15", **place)
    assert before.findings and after.findings
    assert "aucl-2019" in sources(before.findings) and "aucl-2025" not in sources(before.findings)
    assert "aucl-2025" in sources(after.findings) and "aucl-2019" not in sources(after.findings)
    assert "ad-law" not in sources(after.findings)


def test_live_commerce_rules_from_2026_02_01(screener: Screener) -> None:
    text = "直播间的主播是我们用AI生成的真人形象，没打标识也没人看得出来"
    place = {"platform": "douyin", "form": "live", "products": ["tea"]}
    assert "live-commerce" not in sources(screen(screener, text, "2026-01-31", **place).findings)
    after = screen(screener, text, "2026-02-01", **place)
    assert "live-commerce" in sources(after.findings)


def test_live_food_rules_from_2026_03_20(screener: Screener) -> None:
    text = "灯光师把滤镜拉到最满，让发暗的牛肉在直播间看着鲜红"
    place = {"platform": "douyin", "form": "live", "products": ["meat"]}
    before = screen(screener, text, "2026-03-19", **place)
    after = screen(screener, text, "2026-03-20", **place)
    assert "live-food" not in sources(before.findings)
    assert "live-food" in sources(after.findings)


def test_trademark_law_changes_on_2027_01_01(screener: Screener) -> None:
    text = "我们的商标是中国驰名商标，大米请放心买"
    place = {"platform": "wechat", "form": "article", "products": ["grain"]}
    before = screen(screener, text, "2026-12-31", **place)
    after = screen(screener, text, "2027-01-01", **place)
    assert "trademark-law-2019" in sources(before.findings)
    assert "trademark-law-2026" in sources(after.findings)
    assert "trademark-law-2019" not in sources(after.findings)
    assert before.tier == after.tier == 3


def test_no_additive_labels_from_2027_03_16(screener: Screener) -> None:
    text = "零添加防腐剂酱油"
    place = {"form": "label", "products": ["other"]}
    before = screen(screener, text, "2027-03-15", **place)
    after = screen(screener, text, "2027-03-16", **place)
    assert Verdict.VIOLATION not in {finding.verdict for finding in before.findings}
    assert Verdict.VIOLATION in {finding.verdict for finding in after.findings}
    assert "gb-7718-2025" in sources(tuple(f for f in after.findings if f.verdict is Verdict.VIOLATION))


def test_pesticide_limits_cited_by_an_old_number_from_2026_03_01(screener: Screener) -> None:
    text = "本批青菜农药残留符合GB 2763-2021"
    place = {"platform": "taobao", "form": "product-page", "products": ["vegetable"]}
    assert screen(screener, text, "2026-02-28", **place).findings == ()
    (finding,) = screen(screener, text, "2026-03-01", **place).findings
    assert "GB 2763-2026" in finding.message


def test_every_basis_is_in_force_on_the_day_it_is_given(screener: Screener) -> None:
    text = "这蜂蜜能治咽炎，全国第一，加我微信，原价998今天只要98，转发到朋友圈领红包，非转基因大米"
    for day in ("2025-06-01", "2025-12-01", "2026-02-15", "2026-11-22", "2027-01-15", "2027-06-01"):
        date = dt.date.fromisoformat(day)
        report = screen(screener, text, day, platform="douyin", form="live", products=["honey"])
        for finding in report.findings:
            for basis in finding.basis:
                source = screener.catalog.sources[basis.source]
                on = finding.effective or date
                assert source.since <= on and (source.until is None or on <= source.until), (finding.rule, basis.source)
