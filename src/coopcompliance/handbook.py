"""handbook: catalog -> 账号运营合规手册.

A Markdown page per pack with an anchor per rule, an index, and the risk register.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from coopcompliance.model import CATEGORY_TITLES, TIER_TITLES, Category, Stage
from coopcompliance.packs.catalog import Catalog, LoadedPack, RuleEntry
from coopcompliance.packs.examples import marked
from coopcompliance.packs.rule_schema import BasisSpec, ExampleSpec, ExemptionSpec
from coopcompliance.register import DIMENSION_TITLES, STATUS_TITLES, register, scope_text
from coopcompliance.writers import mdtext as md
from coopcompliance.writers.titles import (
    EVIDENCE_TITLES,
    FORM_TITLES,
    PLATFORM_TITLES,
    REWRITE_TITLE,
    STAGE_TITLES,
    handbook_page,
)

INDEX = "index.md"
REGISTER = "risk-register.csv"

Block = list[str]

_DEFAULTS = {"mention": "引述、讲解或驳斥", "negated": "否定", "question": "转述提问", "ordinary": "整句写法像合规例句"}


def write_handbook(catalog: Catalog, folder: Path) -> list[Path]:
    """Write the handbook and the risk register into `folder` (made if absent) and return the files, in reading order.

    Raises:
        OSError: the folder cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, page in pages(catalog).items():
        (folder / name).write_text(page, "utf-8", newline="\n")
        written.append(folder / name)
    # With a byte order mark, else Excel reads the Chinese as the local code page.
    (folder / REGISTER).write_text(register(catalog), "utf-8-sig", newline="")
    return [*written, folder / REGISTER]


def pages(catalog: Catalog) -> dict[str, str]:
    """File name to Markdown: the index first, then one page per pack that has rules."""
    by_pack: dict[str, list[RuleEntry]] = {}
    for rule in catalog.rules:
        if not rule.off:
            by_pack.setdefault(rule.pack.spec.pack, []).append(rule)
    packs = [pack for pack in catalog.packs if pack.spec.pack in by_pack]
    found = {INDEX: md.join(_index(catalog, packs, by_pack))}
    for pack in packs:
        found[f"{pack.spec.pack}.md"] = md.join(_page(catalog, pack, by_pack[pack.spec.pack]))
    return found


def _index(catalog: Catalog, packs: Sequence[LoadedPack], by_pack: dict[str, list[RuleEntry]]) -> Iterator[Block]:
    yield ["# 账号运营合规手册"]
    yield [
        f"每条规则一节：依据、生效日期、罚则、不能说的例子、可以说的例子和豁免。风险清单见 [{REGISTER}]({REGISTER})。"
    ]
    yield ["## 规则包"]
    rows = [
        (
            f"[{md.cell(pack.spec.title or pack.spec.pack)}]({pack.spec.pack}.md)",
            DIMENSION_TITLES[pack.dimension],
            pack.spec.version,
            str(len(by_pack[pack.spec.pack])),
            f"`{pack.digest}`",
        )
        for pack in packs
    ]
    yield md.table(("规则包", "维度", "版本", "规则数", "摘要"), rows)
    yield ["## 按类别查"]
    rules = [rule for pack in packs for rule in by_pack[pack.spec.pack]]
    for category in Category:
        group = sorted(
            (rule for rule in rules if rule.spec.category is category), key=lambda rule: (-rule.tier, rule.id)
        )
        if group:
            yield [f"### {CATEGORY_TITLES[category]}"]
            yield [
                f"- [{md.inline(rule.spec.title)}]({handbook_page(rule.id)})（{TIER_TITLES[rule.tier]}）"
                for rule in group
            ]
    yield ["## 分级处置"]
    plan = catalog.plan
    heads = ("等级", "责任人", *(f"{STAGE_TITLES[stage]}（时限：动作）" for stage in Stage), "签字")
    yield md.table(
        heads,
        [
            (
                f"{tier} {md.cell(spec.title)}",
                md.cell(spec.owner),
                *(md.cell(f"{spec.stages[s].deadline}：{'；'.join(spec.stages[s].actions)}") for s in Stage),
                md.cell(" → ".join(spec.signatures)),
            )
            for tier, spec in sorted(plan.tiers.items())
        ],
    )
    if plan.escalations:
        yield ["等级上调："]
        yield [f"- {md.inline(item.because)}（升为{TIER_TITLES[item.raise_to]}）" for item in plan.escalations]


def _page(catalog: Catalog, pack: LoadedPack, rules: Sequence[RuleEntry]) -> Iterator[Block]:
    spec = pack.spec
    yield [f"# {md.inline(spec.title or spec.pack)}"]
    yield [f"规则包 `{spec.pack}`，版本 `{spec.version}`，{DIMENSION_TITLES[pack.dimension]}；[返回目录]({INDEX})"]
    for rule in rules:
        yield from _rule(catalog, rule)
    if spec.changelog:
        yield ["## 更新记录"]
        yield [f"- {item.version}（{item.date.isoformat()}）：{md.inline(item.change)}" for item in spec.changelog]


def _rule(catalog: Catalog, rule: RuleEntry) -> Iterator[Block]:
    spec = rule.spec
    # Old ids keep their anchors: reports of last year still lead here.
    yield ["".join(f'<a id="{slug}"></a>' for slug in (spec.id, *spec.redirects))]
    yield [f"## {md.inline(spec.title)}"]
    since = f"{spec.since.isoformat()} 起" + (f"，至 {spec.until.isoformat()}" if spec.until else "")
    facts = [
        ("编号", f"`{rule.id}`"),
        ("类别", CATEGORY_TITLES[spec.category]),
        ("等级", f"{TIER_TITLES[rule.tier]}（{rule.tier}）"),
        ("状态", STATUS_TITLES[spec.status]),
        ("施行", since),
        ("最近修改", spec.modified.isoformat() if spec.modified else ""),
        ("适用", md.cell(scope_text(rule))),
        ("有证明可用", "、".join(EVIDENCE_TITLES[kind] for kind in spec.clears)),
    ]
    yield md.table(("项目", "内容"), [(name, value) for name, value in facts if value])
    yield ["**依据**"]
    yield md.table(("依据", "条款", "罚则", "有效期与条件"), [_basis_row(catalog, basis) for basis in spec.basis])
    yield [f"**怎么办**　{md.inline(spec.advice)}"]
    yield ["**不要这样说**"]
    yield [f"- {_avoid(example)}" for example in spec.examples.flag]
    if spec.rewrite:
        yield [f"**{REWRITE_TITLE}**"]
        yield [f"- {md.inline(spec.rewrite)}"]
    yield ["**相似而不违规的说法**"]
    yield [f"- {md.inline(example.text)}{_setting(example)}" for example in spec.examples.passes]
    yield ["**豁免**"]
    yield [*(_exemption(catalog, item) for item in rule.unless), _defaults(rule.defaults)]
    for override in rule.overrides:
        yield [f"> 本社调整：{md.inline(override.reason)}"]


def _basis_row(catalog: Catalog, basis: BasisSpec) -> tuple[str, ...]:
    source = catalog.sources[basis.source]
    named = f"《{source.title}》" + (f"（{source.number}）" if source.number else "")
    dates = f"{(basis.since or source.since).isoformat()} 起"
    until = basis.until or source.until
    conditions = [dates + (f"，至 {until.isoformat()}" if until else "")]
    if basis.forms:
        conditions.append("限" + "、".join(FORM_TITLES[form] for form in basis.forms))
    if basis.not_forms:
        conditions.append("除" + "、".join(FORM_TITLES[form] for form in basis.not_forms))
    if basis.platforms:
        conditions.append("限" + "、".join(PLATFORM_TITLES[platform] for platform in basis.platforms))
    if not source.verified:
        conditions.append("原文待核")
    return (
        md.cell(named),
        md.cell(basis.article),
        md.cell(basis.penalty or source.penalty or ""),
        md.cell("；".join(conditions)),
    )


def _avoid(example: ExampleSpec) -> str:
    """The example with its marked spans bold (as HTML: asterisks fail beside Chinese punctuation)."""
    text, spans = marked(example.text)
    parts = []
    cursor = 0
    for start, end in spans:
        parts += [md.inline(text[cursor:start]), f"<b>{md.inline(text[start:end])}</b>"]
        cursor = end
    return "".join([*parts, md.inline(text[cursor:])]) + _setting(example)


def _setting(example: ExampleSpec) -> str:
    """Under which placement the example holds, where it says so."""
    parts = [PLATFORM_TITLES[example.platform]] if example.platform else []
    parts += [FORM_TITLES[example.form]] if example.form else []
    parts += [STAGE_TITLES[example.stage]] if example.stage is not Stage.DRAFT else []
    parts += [f"{example.as_of.isoformat()} 时"] if example.as_of else []
    parts += ["已有证明"] if example.evidence else []
    return f"（{'，'.join(parts)}）" if parts else ""


def _exemption(catalog: Catalog, item: ExemptionSpec) -> str:
    law = f"（《{catalog.sources[item.basis.source].title}》{item.basis.article}）" if item.basis else ""
    return f"- `{item.id}`：{md.inline(item.because + law)}"


def _defaults(names: Sequence[str]) -> str:
    """The exemptions that every rule has, as far as this one keeps them."""
    kept = [title for name, title in _DEFAULTS.items() if name in names]
    return f"- 通用豁免：{'；'.join(kept)}" if kept else "- 没有通用豁免：否定、引述和提问同样计入"


__all__ = ["INDEX", "REGISTER", "pages", "write_handbook"]
