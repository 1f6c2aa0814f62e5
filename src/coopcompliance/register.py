"""register: catalog -> 风险清单, one CSV row per rule, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from coopcompliance.model import CATEGORY_TITLES, TIER_TITLES, Category, Product, Stage
from coopcompliance.packs.catalog import Catalog, RuleEntry
from coopcompliance.writers.titles import (
    EVIDENCE_TITLES,
    FORM_TITLES,
    PLATFORM_TITLES,
    PRODUCT_TITLES,
    STAGE_TITLES,
    handbook_page,
)

COLUMNS = (
    "规则", "风险", "风险类型", "类别", "等级", "维度", "规则包", "版本", "状态", "生效", "失效", "适用范围",
    "依据", "罚则", "应对", "可用证明", "责任人", "发布前时限", "直播中时限", "已发布时限", "手册",
)  # fmt: skip
DIMENSION_TITLES = {"laws": "法律法规", "platforms": "平台规则", "standards": "产品标准", "user": "自有规则"}
STATUS_TITLES = {"stable": "正式", "experimental": "试行", "retired": "停用"}
_OPINION = (Category.SAFETY, Category.SENSATIONAL, Category.ORDER)
_COMMERCE = (Category.OVERSELLING, Category.PRICE, Category.PRIZE)


def register(catalog: Catalog) -> str:
    """The register as CSV with a heading row, gravest first; saved as "utf-8-sig", Excel reads its Chinese."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    rules = sorted(catalog.rules, key=lambda rule: (-rule.tier, list(Category).index(rule.spec.category), rule.id))
    for rule in rules:
        if not rule.off and rule.spec.status != "retired":
            writer.writerow([_harmless(value) for value in _row(rule, catalog)])
    return buffer.getvalue()


def _row(rule: RuleEntry, catalog: Catalog) -> tuple[str, ...]:
    spec = rule.spec
    plan = catalog.plan.tiers[rule.tier]
    penalties = dict.fromkeys(
        penalty for basis in spec.basis if (penalty := basis.penalty or catalog.sources[basis.source].penalty)
    )
    return (
        rule.id,
        spec.title,
        risk_kind(rule),
        CATEGORY_TITLES[spec.category],
        f"{rule.tier} {TIER_TITLES[rule.tier]}",
        DIMENSION_TITLES[rule.pack.dimension],
        rule.pack.spec.pack,
        rule.pack.spec.version,
        STATUS_TITLES[spec.status],
        spec.since.isoformat(),
        spec.until.isoformat() if spec.until else "",
        scope_text(rule),
        "；".join(f"《{catalog.sources[basis.source].title}》{basis.article}" for basis in spec.basis),
        "；".join(penalties),
        spec.advice,
        "、".join(EVIDENCE_TITLES[kind] for kind in spec.clears),
        plan.owner,
        *(plan.stages[stage].deadline for stage in (Stage.DRAFT, Stage.LIVE, Stage.PUBLISHED)),
        handbook_page(rule.id),
    )


def risk_kind(rule: RuleEntry) -> str:
    """Which of the account plan's four kinds of risk the rule belongs to."""
    if rule.spec.category in _OPINION:
        return "舆情风险"
    if rule.spec.category in _COMMERCE:
        return "商业化风险"
    return "政策风险" if rule.pack.dimension == "platforms" else "内容风险"


def scope_text(rule: RuleEntry) -> str:
    """Where the rule applies, in words."""
    spec = rule.spec.applies
    parts = list(_scopes(rule))
    excluded = [
        *(PLATFORM_TITLES[item] for item in spec.not_platforms),
        *(FORM_TITLES[item] for item in spec.not_forms),
        *(PRODUCT_TITLES[item] for item in spec.not_products),
    ]
    if excluded:
        parts.append("除" + "、".join(excluded))
    return "；".join(parts) or "一律适用"


def _scopes(rule: RuleEntry) -> Iterator[str]:
    spec = rule.spec.applies
    if spec.platforms:
        yield "、".join(PLATFORM_TITLES[item] for item in spec.platforms)
    if spec.forms:
        yield "、".join(FORM_TITLES[item] for item in spec.forms)
    if set(spec.products) == set(Product):
        yield "文中讲到产品时"
    elif spec.products:
        yield "、".join(PRODUCT_TITLES[item] for item in spec.products)
    if spec.stages:
        yield "、".join(STAGE_TITLES[item] for item in spec.stages)


def _harmless(value: str) -> str:
    """A spreadsheet takes a cell that begins with one of these for a formula."""
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


__all__ = ["COLUMNS", "DIMENSION_TITLES", "STATUS_TITLES", "register", "risk_kind", "scope_text"]
