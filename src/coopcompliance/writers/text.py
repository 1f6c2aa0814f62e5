"""Report -> what a person reads on a terminal: the script with its passages marked, findings by tier, the plan.

Pure: the same report, text and settings give the same string. Without `color` it holds no escape sequences.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coopcompliance.model import CATEGORY_TITLES, TIER_TITLES, BasisRef, Finding, Placement, Report, Tier, Verdict
from coopcompliance.plan import counts
from coopcompliance.writers.folding import fold
from coopcompliance.writers.script import TIER_STYLES, UPCOMING_STYLE, Numbered, script_rows, shown, style_of
from coopcompliance.writers.titles import (
    DISCLAIMER,
    EVIDENCE_TITLES,
    FORM_TITLES,
    PLATFORM_TITLES,
    PRODUCT_TITLES,
    REWRITE_TITLE,
    STAGE_TITLES,
    VERDICT_TITLES,
    cite,
)

_INDENT = 2
_LABEL = 8
# Cells of the plan's columns; what has to be done takes the rest.
_PLAN_COLUMNS = (("级别", 4), ("负责人", 16), ("时限", 14), ("要做的事", 0), ("签字", 14))


@dataclass(frozen=True, slots=True)
class TextOptions:
    """What the reader wants to see. `width` is in terminal cells."""

    color: bool = False
    width: int = 100
    show_exempt: bool = False
    trace: bool = False


def write_report(report: Report, text: str, options: TextOptions | None = None) -> str:
    """The whole report on `text` (the text it was made from), with a line end."""
    options = options or TextOptions()
    numbered = list(enumerate(report.findings, start=1))
    parts: list[RenderableType] = [fold(_head(report), options.width), Text()]
    parts += [_script(text, numbered, options), Text()]
    parts += _groups(numbered, options)
    if options.show_exempt:
        parts += _passed("看似违规、已放行", report.exempted, options)
        parts += _passed("已屏蔽", report.suppressed, options)
    parts += _plan(report, options)
    parts += (fold(line, options.width) for line in _foot(report))
    return render(Group(*parts), options)


def render(body: RenderableType, options: TextOptions) -> str:
    """What rich makes of `body`, without spaces at line ends."""
    console = Console(
        file=io.StringIO(),
        width=options.width,
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        no_color=not options.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(body)
    return "".join(row.rstrip(" ") + "\n" for row in capture.get().rstrip("\n").split("\n"))


def _styled(text: str, style: str) -> Text:
    """A Text whose style ends with its characters: the base style of a Text would colour the rest of the line too."""
    return Text().append(text, style=style)


# -- head ---------------------------------------------------------------------------------------------------------


def _head(report: Report) -> Text:
    document = report.document
    encoding = f"，{document.encoding}" if document.encoding else ""
    title = Text()
    title.append(f"{document.name}", style="bold")
    title.append(f"（{document.length} 字{encoding}）\n{_placement(report.placement)} · 按 {report.as_of} 的规定\n")
    title.append("结论：")
    if report.tier == Tier.CLEAN:
        title.append("未发现须处理的问题", style="bold green")
    else:
        title.append(f"{TIER_TITLES[report.tier]}（{report.tier} 级）", style=TIER_STYLES[report.tier])
    title.append(f"。{_counts(report)}")
    for escalation in report.escalations:
        raised = f"{TIER_TITLES[escalation.raised_from]} → {TIER_TITLES[escalation.raised_to]}"
        title.append("\n升级：", style="bold")
        title.append(f"{escalation.because}（{raised}，{escalation.id}）")
    return title


def _placement(placement: Placement) -> str:
    platform = PLATFORM_TITLES[placement.platform] if placement.platform else "未指定平台"
    form = FORM_TITLES[placement.form] if placement.form else "未指定形式"
    products = "、".join(PRODUCT_TITLES[product] for product in placement.products) or "产品从文中识别"
    return f"{platform} · {form} · {products} · {STAGE_TITLES[placement.stage]}"


def _counts(report: Report) -> str:
    counted = [finding for finding in report.findings if counts(finding)]
    tiers = [(tier, sum(finding.tier == tier for finding in counted)) for tier in (3, 2, 1)]
    by_tier = "、".join(f"{TIER_TITLES[tier]} {number}" for tier, number in tiers if number)
    upcoming = sum(finding.verdict is Verdict.UPCOMING for finding in report.findings)
    others = [
        ("尚未施行", upcoming),
        ("试行规则", len(report.findings) - len(counted) - upcoming),
        ("看似违规已放行", len(report.exempted)),
        ("已屏蔽", len(report.suppressed)),
    ]
    rest = "、".join(f"{title} {number}" for title, number in others if number)
    return f"共 {len(counted)} 处" + (f"：{by_tier}" if by_tier else "") + (f"；另有{rest}" if rest else "") + "。"


# -- the script -----------------------------------------------------------------------------------------------------


def _script(text: str, findings: Sequence[Numbered], options: TextOptions) -> RenderableType:
    rows = script_rows(text, findings)
    digits = max((len(number) for number, _ in rows), default=0)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", style="dim", width=digits)
    grid.add_column()
    for number, line in rows:
        folded = fold(line, options.width - digits - 3).split("\n", allow_blank=True)
        for part in folded:
            grid.add_row(number, _styled("│ ", "dim").append_text(part))
            number = ""
    return grid


# -- findings -------------------------------------------------------------------------------------------------------


def _groups(findings: Sequence[Numbered], options: TextOptions) -> Iterable[RenderableType]:
    for tier in (3, 2, 1):
        own = [item for item in findings if counts(item[1]) and item[1].tier == tier]
        yield from _group(f"{TIER_TITLES[tier]}（{tier} 级）", TIER_STYLES[tier], own, options)
    upcoming = [item for item in findings if item[1].verdict is Verdict.UPCOMING]
    yield from _group("尚未施行，届时违规（不计入结论）", UPCOMING_STYLE, upcoming, options)
    trial = [item for item in findings if not counts(item[1]) and item[1].verdict is not Verdict.UPCOMING]
    yield from _group("试行规则，仅供参考（不计入结论）", "blue", trial, options)


def _group(title: str, style: str, findings: Sequence[Numbered], options: TextOptions) -> Iterable[RenderableType]:
    """One tier: what one rule says of several passages stands once, under the passages."""
    if not findings:
        return
    yield _styled(f"━━ {title}：{len(findings)} 处", style)
    by_rule: dict[tuple[str, Verdict], list[Numbered]] = {}
    for number, finding in findings:
        by_rule.setdefault((finding.rule, finding.verdict), []).append((number, finding))
    for same in by_rule.values():
        yield Padding(_rule(same, options), (0, 0, 1, _INDENT))


def _rule(same: Sequence[Numbered], options: TextOptions) -> RenderableType:
    first = same[0][1]
    head = Text()
    head.append(first.title, style="bold")
    verdict = VERDICT_TITLES[first.verdict]
    if first.effective is not None:
        verdict = f"自 {first.effective} 起施行"
    head.append(f"  {verdict} · {CATEGORY_TITLES[first.category]} · {first.rule}", style="dim")
    grid = _grid(options)
    width = _value_width(options)
    for number, finding in same:
        where = f"{finding.line}:{finding.column}" + (f" {finding.timecode}" if finding.timecode else "")
        grid.add_row(_styled(f"[{number}]", style_of(finding)), fold(_told(finding, where), width))
        if options.trace:
            grid.add_row("", fold(_trace(finding), width))
    for label, value in _details(first):
        grid.add_row(_styled(label, "dim"), fold(value, width))
    return Group(head, grid)


def _grid(options: TextOptions) -> Table:
    """Labels and values in two columns."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=_LABEL)
    grid.add_column(width=_value_width(options))
    return grid


def _value_width(options: TextOptions) -> int:
    return max(20, options.width - _INDENT - _LABEL - 2)


def _told(finding: Finding, where: str) -> Text:
    return _styled(f"{where}  ", "dim").append(shown(finding.message))


def _details(finding: Finding) -> Iterable[tuple[str, Text]]:
    for basis in finding.basis:
        yield "依据", _basis(basis)
        if basis.penalty:
            yield "罚则", Text(basis.penalty)
    if finding.clears:
        yield "可用证明", Text("、".join(f"{EVIDENCE_TITLES[kind]}（{kind}）" for kind in finding.clears))
    yield "建议", Text(finding.advice)
    if finding.rewrite:
        yield REWRITE_TITLE, _styled(finding.rewrite, "green")


def _basis(basis: BasisRef) -> Text:
    return _styled(cite(basis), "" if basis.verified else "magenta")


def _trace(finding: Finding) -> Text:
    rows = [
        f"{step.check}：{step.outcome}" + (f"（{shown(step.looked_at)}）" if step.looked_at else "")
        for step in finding.trace
    ]
    return _styled("\n".join(f"· {row}" for row in rows), "dim")


def _passed(title: str, findings: Sequence[Finding], options: TextOptions) -> Iterable[RenderableType]:
    if not findings:
        return
    yield _styled(f"━━ {title}：{len(findings)} 处", "green")
    grid = _grid(options)
    width = _value_width(options)
    for finding in findings:
        line = _styled(shown(finding.text), "bold")
        line.append(f"  {finding.title} · {finding.rule}\n", style="dim")
        line.append(_why_passed(finding))
        if finding.exemption and finding.exemption.basis:
            line.append("（")
            line.append_text(_basis(finding.exemption.basis))
            line.append("）")
        grid.add_row(_styled(f"{finding.line}:{finding.column}", "dim"), fold(line, width))
        if options.trace:
            grid.add_row("", fold(_trace(finding), width))
    yield Padding(grid, (0, 0, 1, _INDENT))


def _why_passed(finding: Finding) -> str:
    if finding.exemption is not None:
        return f"放行理由：{finding.exemption.because}（{finding.exemption.id}）"
    return f"理由：{finding.reason}"


# -- plan and foot --------------------------------------------------------------------------------------------------


def _plan(report: Report, options: TextOptions) -> Iterable[RenderableType]:
    if not report.plan.actions:
        return
    yield _styled("━━ 处置方案", "bold")
    rest = max(20, options.width - sum(width + 3 for _, width in _PLAN_COLUMNS))
    widths = [width or rest for _, width in _PLAN_COLUMNS]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for (title, _), width in zip(_PLAN_COLUMNS, widths, strict=True):
        table.add_column(title, width=width)
    for action in report.plan.actions:
        cells = (
            _styled(action.title, TIER_STYLES[action.tier]),
            Text(action.owner),
            Text(action.deadline),
            Text("\n".join(f"□ {item}" for item in action.actions)),
            Text("\n".join(action.signatures) or "—"),
        )
        table.add_row(*(fold(cell, width) for cell, width in zip(cells, widths, strict=True)))
    yield table
    yield Text()


def _foot(report: Report) -> Iterable[Text]:
    for notice in report.notices:
        yield _styled(f"注意：{notice}", "bold yellow")
    by_version: dict[str, list[str]] = {}
    for pack in report.packs:
        by_version.setdefault(pack.version, []).append(pack.id)
    packs = "；".join(f"{version}（{'、'.join(ids)}）" for version, ids in by_version.items())
    yield _styled(f"规则包：{packs}", "dim")
    yield Text(DISCLAIMER)
