"""The three-tier response plan: owner, deadline, actions and signatures by tier and stage; what escalates."""

from __future__ import annotations

import pytest

from coopcompliance import Placement, Report
from support import DAY, Json, phrases, rule, screener

RULES = [
    phrases("轻", slug="minor", tier=1),
    phrases("中", slug="moderate", tier=2, category="false"),
    phrases("重", slug="major", tier=3, category="medical"),
    phrases("功效", slug="health", tier=2, category="health"),
    phrases("试", slug="trial", tier=3, category="order", status="experimental"),
    *(phrases(word, slug=f"minor-{n}", tier=1, category="price") for n, word in enumerate("甲乙丙丁戊")),
]
SCREENER = screener(*RULES)


def screen(text: str, stage: str = "draft") -> Report:
    return SCREENER.screen(text, Placement(stage=stage), as_of=DAY)


@pytest.mark.parametrize(
    ("text", "stage", "owner", "deadline"),
    [
        ("轻", "draft", "运营团队", "发布前"),
        ("轻", "published", "运营团队", "24小时"),
        ("中", "draft", "合规专员", "发布前"),
        ("中", "live", "合规专员", "本场直播"),
        ("中", "published", "合规专员", "2小时"),
        ("重", "draft", "合作社主任", "立即"),
        ("重", "live", "合作社主任", "立即"),
        ("重", "published", "合作社主任", "24小时"),
    ],
)
def test_who_by_when(text: str, stage: str, owner: str, deadline: str) -> None:
    action = screen(text, stage).plan.actions[0]
    assert owner in action.owner
    assert deadline in action.deadline
    assert action.actions


def test_grave_points_need_signatures_and_small_ones_none() -> None:
    assert screen("轻").plan.actions[0].signatures == ()
    assert screen("中").plan.actions[0].signatures == ("编辑初审", "总监复审", "法律顾问终审", "负责人签发")
    assert "合作社主任签发" in screen("重").plan.actions[0].signatures


def test_the_overall_tier_leads_and_lower_tiers_follow_with_their_rules() -> None:
    plan = screen("轻。重。中。中").plan
    assert [(action.tier, action.rules) for action in plan.actions] == [
        (3, ("own/major",)),
        (2, ("own/moderate",)),
        (1, ("own/minor",)),
    ]


def test_a_tier_without_findings_of_its_own_has_no_action() -> None:
    assert [action.tier for action in screen("轻。重").plan.actions] == [3, 1]


def test_clean_copy_needs_nothing() -> None:
    report = screen("好")
    assert (report.tier, report.plan.actions, report.plan.stage) == (0, (), "draft")


@pytest.mark.parametrize(
    ("text", "tier", "escalation"),
    [
        ("中。" * 5, 2, None),
        ("中。" * 6, 3, "many-moderate"),
        ("甲。乙。丙。丁", 1, None),
        ("甲。乙。丙。丁。戊", 2, "many-minor"),
        ("轻。" * 3, 1, None),
        ("轻。" * 4, 2, "repeated-rule"),
        ("有功效", 2, None),
        ("孕妇吃了有功效", 3, "sensitive-audience"),
        ("孕妇吃了，中", 3, "sensitive-audience"),
        ("孕妇吃了，轻", 1, None),
    ],
)
def test_what_raises_the_overall_tier_and_that_the_report_says_so(text: str, tier: int, escalation: str | None) -> None:
    report = screen(text)
    assert report.tier == tier
    assert [item.id for item in report.escalations] == ([escalation] if escalation else [])
    for item in report.escalations:
        assert item.raised_to == tier > item.raised_from
        assert item.because


def test_an_escalated_plan_leads_with_the_raised_tier() -> None:
    assert [action.tier for action in screen("中。" * 6).plan.actions] == [3, 2]


def test_a_sensitive_audience_written_evasively_is_seen_too() -> None:
    assert screen("孕 婦吃了有功效").tier == 3


@pytest.mark.parametrize("keys", [{"status": "experimental"}, {"since": "2030-01-01"}])
def test_experimental_and_upcoming_findings_never_count(keys: Json) -> None:
    report = screener(rule(detect={"phrases": ["重"]}, tier=3, **keys)).screen("重。" * 9, as_of=DAY)
    assert len(report.findings) == 9
    assert (report.tier, report.escalations, report.plan.actions) == (0, (), ())
