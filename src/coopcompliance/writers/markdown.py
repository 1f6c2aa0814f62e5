"""Markdown: the report for a pull request, a chat or a wiki, with the script marked when it is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coopcompliance.model import Finding, PlanAction, Report
from coopcompliance.writers import mdtext as md
from coopcompliance.writers.marking import segments
from coopcompliance.writers.titles import (
    CATEGORY_TITLES,
    DISCLAIMER,
    REWRITE_TITLE,
    TIER_TITLES,
    cite,
    clears_text,
    conclusion,
    display_name,
    handbook_url,
    placement_rows,
    verdict_text,
    where,
)

Block = list[str]


def write(report: Report, text: str | None = None, *, handbook: str | None = None) -> str:
    """The report as Markdown.

    Args:
        text: the text that was checked, to show it with numbered marks.
        handbook: address or folder of the handbook, to link every finding to its rule.
    """
    return md.join(_blocks(report, text, handbook))


def _blocks(report: Report, text: str | None, handbook: str | None) -> Iterator[Block]:
    yield [f"# 合规检查报告：{md.inline(display_name(report.document.name))}"]
    yield [f"**{conclusion(report)}**"]
    for escalation in report.escalations:
        raised = f"{TIER_TITLES[escalation.raised_from]} → {TIER_TITLES[escalation.raised_to]}"
        yield [f"> 等级上调（{raised}）：{md.inline(escalation.because)}"]
    yield md.table(
        ("项目", "内容"), [(name, md.cell(value)) for name, value in placement_rows(report.placement, report.as_of)]
    )
    for notice in report.notices:
        yield [f"> 注意：{md.inline(notice)}"]
    if report.plan.actions:
        yield ["## 处置安排"]
        for action in report.plan.actions:
            yield from plan_blocks(action)
    if text is not None and report.findings:
        yield ["## 原文标注"]
        yield marked(text, report.findings)
    yield from _list("发现的问题", report.findings, handbook)
    yield from _let_pass("放行的相似说法", report.exempted)
    yield from _let_pass("已由人工消除", report.suppressed)
    yield ["## 规则包"]
    packs = [(f"`{pack.id}`", f"`{pack.version}`", f"`{pack.digest}`") for pack in report.packs]
    yield md.table(("规则包", "版本", "摘要"), packs)
    digest = f"报告摘要 `{report.digest}`。" if report.digest else ""
    yield [f"文本共 {report.document.length} 字，摘要 `{report.document.digest}`。{digest}{DISCLAIMER}"]


def plan_blocks(action: PlanAction) -> Iterator[Block]:
    """One tier's part of the response plan, as a list to tick off."""
    yield [f"### {md.inline(action.title)}：{md.inline(action.owner)}，{md.inline(action.deadline)}"]
    yield [f"- [ ] {md.inline(step)}" for step in action.actions]
    if action.signatures:
        yield [f"签字：{' → '.join(md.inline(name) for name in action.signatures)}"]


def marked(text: str, findings: Sequence[Finding]) -> Block:
    """The text as a quote, every finding's passage bold and followed by its number (from 1) in the list below."""
    parts: list[str] = []
    open_now: tuple[int, ...] = ()
    for segment in segments(text, findings):
        ended = [index for index in open_now if index not in segment.covers]
        parts += [f"<sup>[{index + 1}]</sup>" for index in ended]
        body = md.lines(segment.text)
        # HTML rather than asterisks: those do not open or close beside Chinese punctuation.
        parts.append("\n".join(f"<b>{row}</b>" if segment.covers and row else row for row in body))
        open_now = segment.covers
    parts += [f"<sup>[{index + 1}]</sup>" for index in open_now]
    rows = "".join(parts).split("\n")
    return [
        f"> {row}\\" if row and number < len(rows) and rows[number] else f"> {row}".rstrip()
        for number, row in enumerate(rows, 1)
    ]


def _list(title: str, findings: Sequence[Finding], handbook: str | None) -> Iterator[Block]:
    if not findings:
        return
    yield [f"## {title}（{len(findings)}）"]
    for number, finding in enumerate(findings, 1):
        yield [f"### {number}. {heading(finding)}"]
        yield [f"- {row}" for row in details(finding, handbook)]


def heading(finding: Finding) -> str:
    return f"〔{TIER_TITLES[finding.tier]}〕“{md.inline(finding.text)}” — {md.inline(finding.title)}"


def details(finding: Finding, handbook: str | None = None) -> Iterator[str]:
    """What a reader needs to mend a finding, one Markdown line each."""
    yield f"位置：{where(finding)}；类别：{CATEGORY_TITLES[finding.category]}；结论：{verdict_text(finding)}"
    for basis in finding.basis:
        penalty = f"；罚则：{md.inline(basis.penalty)}" if basis.penalty else ""
        yield f"依据：{md.inline(cite(basis))}{penalty}"
    if clears_text(finding):
        yield f"补齐后可用：{clears_text(finding)}"
    yield f"建议：{md.inline(finding.advice)}"
    if finding.rewrite:
        yield f"{REWRITE_TITLE}：{md.inline(finding.rewrite)}"
    link = f"[`{finding.rule}`](<{handbook_url(handbook, finding.rule)}>)" if handbook else f"`{finding.rule}`"
    yield f"规则：{link}，指纹 `{finding.fingerprint}`"


def _let_pass(title: str, findings: Sequence[Finding]) -> Iterator[Block]:
    if not findings:
        return
    rows = [(where(item), md.cell(item.text), md.cell(item.title), md.cell(reason_to_pass(item))) for item in findings]
    yield [f"<details><summary>{title}（{len(findings)}）</summary>"]
    yield md.table(("位置", "文字", "规则", "理由"), rows)
    yield ["</details>"]


def reason_to_pass(finding: Finding) -> str:
    """Why a hit was let pass: the exemption and its basis, or the reason that a person gave."""
    if finding.exemption is None:
        return finding.reason or "未写理由"
    basis = f"（{cite(finding.exemption.basis)}）" if finding.exemption.basis else ""
    return finding.exemption.because + basis


__all__ = ["details", "heading", "marked", "plan_blocks", "reason_to_pass", "write"]
