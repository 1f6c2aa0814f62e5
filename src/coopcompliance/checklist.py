"""checklist: placement -> 内容审核清单, text checks from the rules that apply and the manual ones beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from coopcompliance.errors import UsageError
from coopcompliance.manual import ManualCheck, ManualChecks, load_manual_checks
from coopcompliance.model import Category, Placement, Product
from coopcompliance.packs.basis import in_force
from coopcompliance.packs.catalog import Catalog, RuleEntry
from coopcompliance.packs.rule_schema import AppliesSpec, BasisSpec
from coopcompliance.screener import applies
from coopcompliance.writers import mdtext as md
from coopcompliance.writers.titles import (
    CATEGORY_TITLES,
    EVIDENCE_TITLES,
    PRODUCT_TITLES,
    TIER_TITLES,
    handbook_url,
    placement_rows,
)


def checklist(
    placement: Placement,
    catalog: Catalog,
    as_of: dt.date,
    *,
    manual: ManualChecks | None = None,
    handbook: str | None = None,
) -> str:
    """The checklist as Markdown.

    Args:
        placement: without products the checks of every product are listed, each with its products.
        as_of: rules that come into force later are listed with their date, those out of force are left out.
        manual: the manual checks; the built-in ones by default.
        handbook: address or folder of the handbook, to link every rule.

    Raises:
        UsageError: a manual check rests on a source that no pack knows.
        PackError: the built-in file of manual checks is wrong.
    """
    manual = manual or load_manual_checks()
    return md.join(_blocks(placement, catalog, as_of, manual, handbook))


def _blocks(
    placement: Placement, catalog: Catalog, as_of: dt.date, manual: ManualChecks, handbook: str | None
) -> Iterator[list[str]]:
    yield ["# 内容审核清单"]
    yield md.table(("项目", "内容"), [(name, md.cell(value)) for name, value in placement_rows(placement, as_of)])
    yield ["文案名称：________________　编辑：____________　日期：____________"]
    yield ["## 一、文字检查"]
    yield ["先用 `coopcompliance check` 查全文，再对着下面逐条过一遍口播和图中文字。"]
    rules = [rule for rule in catalog.rules if _listed(rule, placement, as_of)]
    if not rules:
        yield ["没有适用的文字规则。"]
    for category in Category:
        group = sorted(
            (rule for rule in rules if rule.spec.category is category), key=lambda rule: (-rule.tier, rule.id)
        )
        if group:
            yield [f"### {CATEGORY_TITLES[category]}"]
            yield [line for rule in group for line in _rule_lines(rule, placement, catalog, as_of, handbook)]
    yield ["## 二、人工检查"]
    yield ["文字检查看不到的项目，由责任人看过后打勾。"]
    for group_id, title in manual.groups.items():
        checks = [check for check in manual.checks if check.group == group_id and _wanted(check, placement, as_of)]
        if checks:
            yield [f"### {md.inline(title)}"]
            yield [line for check in checks for line in _check_lines(check, placement, catalog, as_of)]
    yield ["## 三、审签"]
    names = ("编辑初审", "总监复审", "法律顾问终审", "负责人签发")
    yield md.table(("审签环节", "意见", "签名", "日期"), [(name, " ", " ", " ") for name in names])
    versions = "、".join(dict.fromkeys(f"{rule.pack.spec.pack} {rule.pack.spec.version}" for rule in rules))
    yield [f"规则包：{versions or '无'}；人工检查表：{manual.manual_checks} {manual.version}。"]


def _fits(spec: AppliesSpec, placement: Placement) -> bool:
    """Like the screener's, but a placement without products leaves every product open."""
    return applies(spec, placement, placement.form, placement.products or spec.products)


def _listed(rule: RuleEntry, placement: Placement, as_of: dt.date) -> bool:
    spec = rule.spec
    ended = spec.until is not None and as_of > spec.until
    return not rule.off and spec.status != "retired" and not ended and _fits(spec.applies, placement)


def _wanted(check: ManualCheck, placement: Placement, as_of: dt.date) -> bool:
    ended = check.until is not None and as_of > check.until
    return not ended and _fits(check.applies, placement)


def _rule_lines(
    rule: RuleEntry, placement: Placement, catalog: Catalog, as_of: dt.date, handbook: str | None
) -> Iterator[str]:
    spec = rule.spec
    notes = [TIER_TITLES[rule.tier], *_products(spec.applies, placement), *_starts(spec.since, as_of)]
    link = f"[{rule.id}](<{handbook_url(handbook, rule.id)}>)" if handbook else f"`{rule.id}`"
    yield f"- [ ] 没有：{md.inline(spec.title)}（{'，'.join(notes)}；{link}）"
    law = _law(spec.basis, placement, catalog, max(as_of, spec.since))
    reasons = [f"依据：{law}"] if law else []
    if spec.clears:
        reasons.append(f"有证明可用：{'、'.join(EVIDENCE_TITLES[kind] for kind in spec.clears)}")
    yield f"  - {md.inline(spec.advice)}" + (f"（{'；'.join(reasons)}）" if reasons else "")


def _check_lines(check: ManualCheck, placement: Placement, catalog: Catalog, as_of: dt.date) -> Iterator[str]:
    missing = sorted({basis.source for basis in check.basis} - set(catalog.sources))
    if missing:
        raise UsageError(
            f"manual check {check.id!r} rests on unknown sources: {', '.join(missing)}; add them to a pack's sources"
        )
    notes = [f"责任人：{md.inline(check.owner)}", *_products(check.applies, placement), *_starts(check.since, as_of)]
    yield f"- [ ] {md.inline(check.title)}（{'，'.join(notes)}）"
    yield f"  - 怎么查：{md.inline(check.how)}"
    keep = f"  - 留存：{md.inline(check.keep)}"
    yield keep + (f"（可作证明：`{check.evidence}`）" if check.evidence else "")
    law = _law(check.basis, placement, catalog, as_of)
    if law:
        yield f"  - 依据：{law}"


def _products(spec: AppliesSpec, placement: Placement) -> Iterator[str]:
    if spec.products and not placement.products and set(spec.products) != set(Product):
        yield "仅" + "、".join(PRODUCT_TITLES[product] for product in spec.products)


def _starts(since: dt.date | None, as_of: dt.date) -> Iterator[str]:
    if since is not None and since > as_of:
        yield f"{since.isoformat()} 起施行"


def _law(specs: Sequence[BasisSpec], placement: Placement, catalog: Catalog, day: dt.date) -> str:
    cited = []
    for spec in in_force(specs, catalog.sources, day, placement.form, placement.platform):
        source = catalog.sources[spec.source]
        cited.append(md.inline(f"《{source.title}》{spec.article}") + ("" if source.verified else "（原文待核）"))
    return "、".join(cited)


__all__ = ["checklist"]
