"""The review sheet (三审一签): what editor, chief editor, counsel and director sign, as Markdown or .docx.

One intermediate form (`sheet_parts`) holds everything that is said, so that both files say the same.
The line that begins with `DIGEST_LABEL` ties the sheet to the text; `coopcompliance.verify` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coopcompliance.model import CATEGORY_TITLES, TIER_TITLES, Finding, Report
from coopcompliance.writers import mdtext as md
from coopcompliance.writers.markdown import reason_to_pass
from coopcompliance.writers.titles import (
    DEFAULT_SIGNATURES,
    DISCLAIMER,
    REWRITE_TITLE,
    cite,
    clears_text,
    conclusion,
    display_name,
    placement_rows,
    tier_counts,
    verdict_text,
    where,
)

TITLE = "文案三审一签单"
DIGEST_LABEL = "文本 SHA-256"
LENGTH_LABEL = "文本字数"
SIGNATURE_HEAD = ("审签环节", "意见", "签名", "日期")
DECISIONS = ("改写", "删除", "补证后用", "保留（写理由）")

_PAIR = (3, 14)


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Cells are plain text; `widths` are the columns' shares of the page where it has any."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Part = Heading | Paragraph | Grid


def write(report: Report) -> str:
    """The sheet as Markdown."""
    return md.join(_markdown(part) for part in sheet_parts(report))


def sheet_parts(report: Report) -> Iterator[Part]:
    """Everything on the sheet, in order."""
    signatures = sign_offs(report)
    yield Heading(1, TITLE)
    yield Grid(("项目", "内容"), tuple(_facts(report)), _PAIR)
    yield Paragraph(conclusion(report))
    for escalation in report.escalations:
        yield Paragraph(f"等级上调为{TIER_TITLES[escalation.raised_to]}：{escalation.because}")
    for notice in report.notices:
        yield Paragraph(f"注意：{notice}")
    yield from _findings(report, signatures[:-1] or signatures)
    if report.exempted or report.suppressed:
        yield Heading(2, "放行的说法（供复核）")
        listed = (*report.exempted, *report.suppressed)
        rows = tuple(
            (where(item), item.text, f"{item.title}（{verdict_text(item)}）", reason_to_pass(item)) for item in listed
        )
        yield Grid(("位置", "文字", "规则", "理由"), rows, (3, 4, 4, 6))
    if report.plan.actions:
        yield Heading(2, "处置安排")
        rows = tuple((item.title, item.owner, item.deadline, "；".join(item.actions)) for item in report.plan.actions)
        yield Grid(("等级", "责任人", "时限", "动作"), rows, (2, 4, 3, 8))
    yield Heading(2, "审签")
    yield Grid(SIGNATURE_HEAD, tuple((name, "☐ 同意　☐ 不同意", "", "") for name in signatures), (4, 5, 5, 3))
    yield Heading(2, "检查依据")
    yield Grid(
        ("规则包", "版本", "摘要"), tuple((pack.id, pack.version, pack.digest) for pack in report.packs), (5, 3, 9)
    )
    yield Paragraph(DISCLAIMER)
    yield Paragraph("签字只对上列 SHA-256 的文本有效：改动一个字，就要重新检查、重新审签。")


def sign_offs(report: Report) -> tuple[str, ...]:
    """Who signs: what the plan's gravest tier demands, else the usual four."""
    return next((action.signatures for action in report.plan.actions if action.signatures), DEFAULT_SIGNATURES)


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    yield "文案", display_name(report.document.name)
    yield from placement_rows(report.placement, report.as_of)
    yield LENGTH_LABEL, str(report.document.length)
    yield DIGEST_LABEL, report.document.digest.removeprefix("sha256:")
    if report.digest:
        yield "报告摘要", report.digest.removeprefix("sha256:")


def _findings(report: Report, reviewers: Sequence[str]) -> Iterator[Part]:
    if not report.findings:
        return
    tally = "、".join(f"{TIER_TITLES[tier]} {count}" for tier, count in tier_counts(report.findings).items())
    yield Heading(2, f"逐条决定（{tally or '均不计入结论'}）")
    number = 0
    for tier in (3, 2, 1):
        group = [finding for finding in report.findings if finding.tier == tier]
        if group:
            yield Heading(3, f"{TIER_TITLES[tier]}（{len(group)} 条）")
        for finding in group:
            number += 1
            yield Paragraph(f"{number}. “{finding.text}”：{finding.title}")
            yield Grid(("项目", "内容"), tuple(_rows(finding)), _PAIR)
            boxes = tuple((reviewer, *("☐" for _ in DECISIONS), "") for reviewer in reviewers)
            yield Grid(("审核人", *DECISIONS, "意见"), boxes, (4, 2, 2, 3, 4, 5))


def _rows(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "位置", where(finding)
    yield "类别与结论", f"{CATEGORY_TITLES[finding.category]}；{verdict_text(finding)}"
    for basis in finding.basis:
        yield "依据", cite(basis) + (f"；罚则：{basis.penalty}" if basis.penalty else "")
    if clears_text(finding):
        yield "补齐后可用", clears_text(finding)
    yield "建议", finding.advice
    if finding.rewrite:
        yield REWRITE_TITLE, finding.rewrite
    yield "规则与指纹", f"{finding.rule}，{finding.fingerprint}"


def _markdown(part: Part) -> list[str]:
    if isinstance(part, Heading):
        return ["#" * part.level + " " + md.inline(part.text)]
    if isinstance(part, Paragraph):
        return [md.inline(part.text)]
    return md.table([md.cell(name) for name in part.head], [[md.cell(cell) for cell in row] for row in part.rows])


__all__ = [
    "DIGEST_LABEL",
    "LENGTH_LABEL",
    "SIGNATURE_HEAD",
    "Grid",
    "Heading",
    "Paragraph",
    "Part",
    "sheet_parts",
    "sign_offs",
    "write",
]
