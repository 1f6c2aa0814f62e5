"""Chinese names and short phrases that every writer shares: what a reader sees instead of ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import PurePath

from coopcompliance.model import (
    CATEGORY_TITLES,
    TIER_TITLES,
    BasisRef,
    EvidenceKind,
    Finding,
    Form,
    Placement,
    Platform,
    Product,
    Report,
    Stage,
    Verdict,
)
from coopcompliance.plan import counts

PLATFORM_TITLES: dict[Platform, str] = {
    Platform.WECHAT: "微信（公众号、视频号、小店）",
    Platform.DOUYIN: "抖音",
    Platform.KUAISHOU: "快手",
    Platform.XIAOHONGSHU: "小红书",
    Platform.TAOBAO: "淘宝",
    Platform.BILIBILI: "哔哩哔哩",
    Platform.OTHER: "其他平台",
}
FORM_TITLES: dict[Form, str] = {
    Form.LIVE: "直播",
    Form.VIDEO: "短视频",
    Form.ARTICLE: "图文文章",
    Form.PRODUCT_PAGE: "商品详情页",
    Form.POST: "社媒帖子",
    Form.COMMENT: "评论",
    Form.GROUP_CHAT: "社群聊天",
    Form.LABEL: "标签与包装",
    Form.STAFF: "内部材料",
}
PRODUCT_TITLES: dict[Product, str] = {
    Product.TEA: "茶叶",
    Product.HONEY: "蜂蜜",
    Product.MUSHROOM: "食用菌",
    Product.FRUIT: "水果",
    Product.VEGETABLE: "蔬菜",
    Product.DAIRY: "乳制品",
    Product.EGG: "禽蛋",
    Product.MEAT: "肉类",
    Product.AQUATIC: "水产品",
    Product.GRAIN: "粮食",
    Product.OIL: "食用油",
    Product.HERB: "中药材",
    Product.INFANT_FOOD: "婴幼儿食品",
    Product.HEALTH_FOOD: "保健食品",
    Product.ALCOHOL: "酒类",
    Product.SEED: "种子种苗",
    Product.OTHER: "其他产品",
}
STAGE_TITLES: dict[Stage, str] = {Stage.DRAFT: "发布前", Stage.LIVE: "直播中", Stage.PUBLISHED: "已发布"}
EVIDENCE_TITLES: dict[EvidenceKind, str] = {
    EvidenceKind.ORGANIC: "有机产品认证证书",
    EvidenceKind.GREEN_FOOD: "绿色食品标志使用证书",
    EvidenceKind.GI: "地理标志使用授权",
    EvidenceKind.TEST_REPORT: "检验报告",
    EvidenceKind.SURVEY: "可引用的数据出处",
    EvidenceKind.AWARD: "获奖证书",
    EvidenceKind.TRADEMARK: "商标注册证",
    EvidenceKind.PATENT: "专利证书",
    EvidenceKind.HEALTH_FOOD_APPROVAL: "保健食品批准文件",
    EvidenceKind.NON_GM_SOURCE: "非转基因来源证明",
    EvidenceKind.PORTRAIT_CONSENT: "肖像使用同意书",
    EvidenceKind.PRIZE_BUDGET: "奖品与预算说明",
    EvidenceKind.PRICE_RECORD: "价格与成交记录",
}
VERDICT_TITLES: dict[Verdict, str] = {
    Verdict.VIOLATION: "违规",
    Verdict.UNPROVEN: "待证明",
    Verdict.UPCOMING: "即将施行",
    Verdict.EXEMPT: "已豁免",
    Verdict.SUPPRESSED: "已消除",
}
DEFAULT_SIGNATURES = ("编辑初审", "总监复审", "法律顾问终审", "负责人签发")
REWRITE_TITLE = "说法示例"
"""Over the rule's own example of lawful copy: it shows how to say such a thing, of another product perhaps."""
DISCLAIMER = "本报告按所列规则包自动生成，是提醒而不是法律意见；没有命中不等于没有风险，图片、口播和资质仍须人工核对。"


def cite(basis: BasisRef) -> str:
    """Source and article, and whether the wording still has to be compared with the official text."""
    return f"{basis.title}{basis.article}" + ("" if basis.verified else "（原文待核）")


def clears_text(finding: Finding) -> str:
    """The evidence that would make the claim lawful, in words; empty where none would."""
    return "、".join(EVIDENCE_TITLES[kind] for kind in finding.clears)


def verdict_text(finding: Finding) -> str:
    """The verdict in a word, with the date of an upcoming one and a note on experimental rules."""
    words = VERDICT_TITLES[finding.verdict]
    if finding.verdict is Verdict.UPCOMING and finding.effective is not None:
        words = f"{finding.effective.isoformat()} 起施行"
    return words + ("（试行规则，不计入结论）" if finding.status == "experimental" else "")


def where(finding: Finding) -> str:
    """Line and column, and the time code where there is one."""
    place = f"第 {finding.line} 行第 {finding.column} 字"
    return f"{place}（{finding.timecode}）" if finding.timecode else place


def placement_rows(placement: Placement, as_of: dt.date) -> list[tuple[str, str]]:
    """(label, value) of where and when the copy runs."""
    products = "、".join(PRODUCT_TITLES[product] for product in placement.products)
    return [
        (
            "平台",
            PLATFORM_TITLES[placement.platform] if placement.platform else "未指定（只查法律、标准和各平台共有规则）",
        ),
        ("形式", FORM_TITLES[placement.form] if placement.form else "未指定"),
        ("产品", products or "未指定（从文字识别）"),
        ("阶段", STAGE_TITLES[placement.stage]),
        ("判断日期", as_of.isoformat()),
    ]


def tier_counts(findings: Iterable[Finding]) -> dict[int, int]:
    """How many findings of each tier count towards the conclusion, gravest first; tiers without any are left out."""
    tally = {3: 0, 2: 0, 1: 0}
    for finding in findings:
        if counts(finding):
            tally[finding.tier] += 1
    return {tier: count for tier, count in tally.items() if count}


def conclusion(report: Report) -> str:
    """One sentence: the overall tier and how many findings of which tier led to it."""
    tally = "、".join(f"{TIER_TITLES[tier]} {count} 处" for tier, count in tier_counts(report.findings).items())
    if not tally:
        rest = f"另有 {len(report.findings)} 处提示。" if report.findings else ""
        return f"按现有规则未发现计入结论的问题。{rest}"
    return f"总体等级：{TIER_TITLES[report.tier]}（{tally}）。"


def handbook_page(rule: str) -> str:
    """Where the handbook treats the rule "pack/slug": a page and an anchor, relative to the handbook's folder."""
    pack, _, slug = rule.partition("/")
    return f"{pack}.md#{slug}"


def handbook_url(base: str, rule: str) -> str:
    """The rule's place in a handbook that was published, or lies, at `base`."""
    return f"{base.rstrip('/')}/{handbook_page(rule)}"


def display_name(name: str) -> str:
    """The document's name without its folders: reports travel, and paths say nothing to their readers."""
    return PurePath(name).name or name


__all__ = [
    "CATEGORY_TITLES",
    "DEFAULT_SIGNATURES",
    "DISCLAIMER",
    "EVIDENCE_TITLES",
    "FORM_TITLES",
    "PLATFORM_TITLES",
    "PRODUCT_TITLES",
    "STAGE_TITLES",
    "TIER_TITLES",
    "VERDICT_TITLES",
    "cite",
    "clears_text",
    "conclusion",
    "display_name",
    "handbook_page",
    "handbook_url",
    "placement_rows",
    "tier_counts",
    "verdict_text",
    "where",
]
