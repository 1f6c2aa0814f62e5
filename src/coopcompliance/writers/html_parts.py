"""The parts of the HTML page: its head, a finding's card, the plan.

Everything that comes from outside is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from coopcompliance.model import CATEGORY_TITLES, TIER_TITLES, Finding, PlanAction, Report, Step, Verdict
from coopcompliance.writers.markdown import reason_to_pass
from coopcompliance.writers.script import shown
from coopcompliance.writers.titles import (
    REWRITE_TITLE,
    cite,
    clears_text,
    display_name,
    handbook_url,
    placement_rows,
    tier_counts,
    verdict_text,
    where,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding with its id in the page and its look: its tier, "u" (does not count) or "p" (let pass)."""

    id: str
    kind: Literal["finding", "passed"]
    look: str
    finding: Finding


def head(report: Report) -> Iterator[str]:
    """The conclusion, why it was raised, and where the copy runs."""
    yield f'<header>\n<p class="kicker">发布前合规检查</p>\n<h1>{escape(display_name(report.document.name))}</h1>'
    stamp = '<strong class="stamp long">未见<br>问题</strong>' if not report.tier else ""
    stamp = stamp or f'<strong class="stamp">{TIER_TITLES[report.tier]}</strong>'
    tally = "、".join(f"{TIER_TITLES[tier]} {count} 处" for tier, count in tier_counts(report.findings).items())
    others = f"另有 {len(report.findings)} 处提示，不计入结论。" if report.findings else "没有命中不等于没有风险。"
    yield f'<div class="verdict t{report.tier}">{stamp}<p class="sum">{tally or "按现有规则未发现问题"}</p>'
    yield f'<p class="do">{_first_step(report.plan.actions[0]) if report.plan.actions else others}</p></div>'
    for escalation in report.escalations:
        raised = f"由{TIER_TITLES[escalation.raised_from]}升为{TIER_TITLES[escalation.raised_to]}"
        yield f'<p class="raise">{raised}：{escape(escalation.because)}</p>'
    for notice in report.notices:
        yield f'<p class="raise">{escape(notice)}</p>'
    rows = placement_rows(report.placement, report.as_of)
    facts = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in rows)
    yield f'<dl class="facts">{facts}</dl>\n</header>'


def _first_step(action: PlanAction) -> str:
    return (
        f"先做：{escape(action.actions[0])}（{escape(action.deadline)}）。负责：{escape(action.owner)}。"
        '<a href="#plan">看处置清单</a>'
    )


def card(entry: Entry, handbook: str | None) -> Iterator[str]:
    """One finding, folded."""
    finding = entry.finding
    badge = TIER_TITLES[finding.tier] if entry.look in "321" else verdict_text(finding).partition("（")[0]
    yield (
        f'<details class="card t{entry.look}" id="{entry.id}" data-kind="{entry.kind}" data-look="{entry.look}" '
        f'data-tier="{entry.look if entry.kind == "finding" else finding.tier}" '
        f'data-category="{finding.category.value}" data-start="{finding.start}">'
    )
    number = f"{entry.id[1:]}. " if entry.kind == "finding" else ""
    quote = number + escape(shown(finding.text))
    yield (
        f'<summary><span class="badge">{escape(badge)}</span><span class="quote">{quote}</span>'
        f'<span class="title">{escape(finding.title)}</span></summary>'
    )
    yield '<div class="body">'
    place = f"{where(finding)} · {CATEGORY_TITLES[finding.category]} · {verdict_text(finding)}"
    yield f'<p class="place">{escape(place)}</p>\n<dl>'
    if entry.kind == "passed":
        yield _row("为什么放行", escape(reason_to_pass(finding)))
    else:
        yield from _reasons(finding)
    yield "</dl>"
    if finding.trace:
        steps = "".join(f"<li>{escape(_step(step))}</li>" for step in finding.trace)
        yield f'<details class="trace"><summary>判断过程（{len(finding.trace)} 步）</summary><ol>{steps}</ol></details>'
    rule = f"<code>{escape(finding.rule)}</code>"
    if handbook:
        rule = f'<a href="{escape(handbook_url(handbook, finding.rule))}" rel="noreferrer">{rule}</a>'
    yield f'<p class="rule">规则 {rule}</p>\n</div></details>'


def _step(step: Step) -> str:
    return f"{step.check}：{step.outcome}" + (f" — {step.looked_at}" if step.looked_at else "")


def _reasons(finding: Finding) -> Iterator[str]:
    """What to do first, why second: on a phone the first lines are all that is seen."""
    if finding.verdict is Verdict.UPCOMING and finding.effective is not None:
        yield _row("何时施行", f"{finding.effective.isoformat()} 起；届时须已改好")
    yield _row("怎么改", escape(finding.advice))
    if finding.rewrite:
        yield f'<div><dt>{REWRITE_TITLE}</dt><dd class="say">{escape(finding.rewrite)}</dd></div>'
    if clears_text(finding):
        yield _row("补齐后可用", escape(clears_text(finding)))
    laws = []
    for basis in finding.basis:
        penalty = f'<span class="penalty">罚则：{escape(basis.penalty)}</span>' if basis.penalty else ""
        laws.append(escape(cite(basis)) + penalty)
    if laws:
        yield _row("依据", *laws)


def _row(name: str, *values: str) -> str:
    return f"<div><dt>{name}</dt>" + "".join(f"<dd>{value}</dd>" for value in values) + "</div>"


def plan(report: Report) -> Iterator[str]:
    """The plan as a list to tick off. The ticks live in the page alone."""
    if not report.plan.actions:
        return
    yield '<section id="plan">\n<h2>处置清单<small class="progress" id="progress"></small></h2>'
    for action in report.plan.actions:
        yield f'<div class="step t{action.tier}"><h3><span class="badge">{escape(action.title)}</span>这样处置</h3>'
        yield (
            f'<dl class="who"><dt>责任人</dt><dd>{escape(action.owner)}</dd>'
            f"<dt>时限</dt><dd>{escape(action.deadline)}</dd></dl>"
        )
        for step in action.actions:
            yield f'<label><input type="checkbox" autocomplete="off"><span>{escape(step)}</span></label>'
        if action.signatures:
            names = "".join(f"<span>{escape(name)}</span>" for name in action.signatures)
            yield f'<p class="sign">{names}</p>'
        yield "</div>"
    yield '<p class="rule note">勾选只留在本页，关闭即清；留档请用审签单。</p>\n</section>'


__all__ = ["Entry", "card", "head", "plan"]
