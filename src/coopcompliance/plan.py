"""plan: findings -> overall tier, escalations, and who has to do what by when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from coopcompliance.model import Escalation, Finding, Plan, PlanAction, Stage, Verdict
from coopcompliance.packs.schema import EscalationSpec, PlanSpec
from coopcompliance.packs.syntax import LazyPattern

COUNTED = (Verdict.VIOLATION, Verdict.UNPROVEN)


def counts(finding: Finding) -> bool:
    """Whether the finding counts towards the overall tier: experimental and upcoming ones do not."""
    return finding.verdict in COUNTED and finding.status == "stable"


def overall_tier(
    findings: Sequence[Finding],
    plan: PlanSpec,
    norm: str,
    audiences: dict[str, LazyPattern],
) -> tuple[int, tuple[Escalation, ...]]:
    """The gravest tier of what counts, raised by the plan's escalations, and which escalations did it."""
    counted = [finding for finding in findings if counts(finding)]
    tier = max((finding.tier for finding in counted), default=0)
    raised: list[Escalation] = []
    if not counted:
        return tier, ()
    for rule in plan.escalations:
        if tier < rule.raise_to and _applies(rule, counted, norm, audiences.get(rule.id)):
            raised.append(Escalation(id=rule.id, because=rule.because, raised_from=tier, raised_to=rule.raise_to))
            tier = rule.raise_to
    return tier, tuple(raised)


def _applies(rule: EscalationSpec, counted: Sequence[Finding], norm: str, audience: LazyPattern | None) -> bool:
    fitting = [
        finding
        for finding in counted
        if (not rule.tiers or finding.tier in rule.tiers)
        and (not rule.categories or finding.category in rule.categories)
    ]
    if audience is not None and not audience.search(norm):
        return False
    if rule.same_rule:
        return max(Counter(finding.rule for finding in fitting).values(), default=0) >= rule.count
    return len(fitting) >= rule.count


def make_plan(plan: PlanSpec, findings: Sequence[Finding], tier: int, stage: Stage) -> Plan:
    """The actions for `tier` first, then those for the lower tiers that have findings of their own."""
    actions = []
    for level in range(tier, 0, -1):
        rules = tuple(dict.fromkeys(finding.rule for finding in findings if counts(finding) and finding.tier == level))
        if level != tier and not rules:
            continue
        spec = plan.tiers[level]
        stage_spec = spec.stages[stage]
        actions.append(
            PlanAction(
                tier=level,
                title=spec.title,
                owner=spec.owner,
                deadline=stage_spec.deadline,
                actions=stage_spec.actions,
                signatures=spec.signatures,
                rules=rules,
            )
        )
    return Plan(id=plan.plan, version=plan.version, stage=stage, actions=tuple(actions))
