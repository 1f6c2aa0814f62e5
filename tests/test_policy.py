"""Allowlist, rules off, tiers, inline suppressions and baseline: what they take out, and what they never may."""

from __future__ import annotations

import datetime as dt

import pytest

from coopcompliance import Report, Verdict
from coopcompliance.policy import DIRECTIVE_RULE, Allowed, Policy, RuleOff
from support import DAY, phrases, screener

RULES = screener(phrases("第一", slug="first"), phrases("国家级", slug="state", tier=3))


def check(text: str, policy: Policy | None = None, as_of: dt.date = DAY) -> Report:
    return RULES.screen(text, policy=policy, as_of=as_of)


def test_an_allowed_name_must_cover_the_finding() -> None:
    policy = Policy(allow=(Allowed(text="第一江山", reason="注册商标", number="12345678"),))
    report = check("第一江山米，全国第一", policy)
    assert [item.text for item in report.findings] == ["第一"]
    assert report.findings[0].start == 8
    (taken,) = report.suppressed
    assert taken.verdict is Verdict.SUPPRESSED
    assert taken.reason == "许可词“第一江山”（12345678）：注册商标"


def test_an_expired_allowance_takes_out_nothing_and_is_told() -> None:
    policy = Policy(allow=(Allowed(text="第一江山", reason="注册商标", until=dt.date(2026, 1, 1)),))
    report = check("第一江山米", policy)
    assert len(report.findings) == 1
    assert "第一江山" in report.notices[0] and "过期" in report.notices[0]


def test_a_rule_switched_off_keeps_its_reason_in_the_report() -> None:
    report = check("全国第一", Policy(off=(RuleOff(rule="own/first", reason="法务已看"),)))
    assert report.findings == ()
    assert report.tier == 0
    assert report.suppressed[0].reason == "项目配置关闭了这条规则：法务已看"


def test_a_tier_override_moves_the_overall_tier() -> None:
    assert check("国家级").tier == 3
    assert check("国家级", Policy(tiers={"own/state": 1})).tier == 1


def test_the_baseline_accepts_by_fingerprint() -> None:
    accepted = check("全国第一").findings[0].fingerprint
    policy = Policy(baseline=frozenset({accepted}))
    report = check("换行以后\n全国第一，还有国家级", policy)
    assert [item.text for item in report.findings] == ["国家级"]
    assert [item.text for item in report.suppressed] == ["第一"]


@pytest.mark.parametrize(
    "text",
    [
        "全国第一 <!-- coop-ignore own/first; reason: 2025年省级统计 -->",
        "<!-- coop-ignore first; 理由：2025年省级统计 -->\n全国第一",
        "// coop-ignore first; 理由: 2025年省级统计\n\n全国第一",
        "%% coop-ignore first, state; reason: 引用原文; until: 2027-01-01\n全国第一，国家级",
    ],
)
def test_a_suppression_with_a_reason_governs_its_line_or_the_next(text: str) -> None:
    report = check(text)
    assert report.findings == ()
    assert report.suppressed and all("文内标注" in (item.reason or "") for item in report.suppressed)


def test_a_suppression_without_a_reason_suppresses_nothing_and_is_a_finding() -> None:
    report = check("全国第一 <!-- coop-ignore first -->")
    assert [item.rule for item in report.findings] == ["own/first", DIRECTIVE_RULE]
    assert report.suppressed == ()
    assert report.findings[1].text == "<!-- coop-ignore first -->"


def test_a_suppression_does_not_reach_other_lines_or_rules() -> None:
    report = check("全国第一\n<!-- coop-ignore state; reason: 试 -->\n第一，国家级\n国家级")
    assert [(item.line, item.text) for item in report.findings] == [(1, "第一"), (3, "第一"), (4, "国家级")]


def test_unused_and_expired_suppressions_are_told() -> None:
    report = check(
        "好茶 <!-- coop-ignore first; reason: 试 -->\n第一 <!-- coop-ignore first; reason: 试; until: 2026-01-01 -->"
    )
    assert [item.text for item in report.findings] == ["第一"]
    assert any("没有压住" in notice for notice in report.notices)
    assert any("过期" in notice for notice in report.notices)


def test_a_date_that_cannot_be_read_counts_as_run_out() -> None:
    report = check("第一 <!-- coop-ignore first; reason: 试; until: 明年 -->")
    assert [item.text for item in report.findings] == ["第一"]


def test_the_words_of_a_suppression_are_not_copy() -> None:
    report = check("好茶 <!-- coop-ignore state; reason: 国家级 是引用 -->")
    assert report.findings == ()
    assert report.suppressed == ()
