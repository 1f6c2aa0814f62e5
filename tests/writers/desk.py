"""One small pack, one script and its report, which every writer's tests share; and the comparison with golden files.

The report lies in `data/report.json`, so that golden files change when a writer changes, not when the engine's wording
does. Set COOPCOMPLIANCE_UPDATE_GOLDEN=1 to write both anew, and read the diff.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from functools import cache
from pathlib import Path

from coopcompliance import Placement, Report
from coopcompliance.digest import sealed
from coopcompliance.manual import ManualChecks
from coopcompliance.model import PackRef
from coopcompliance.packs.catalog import Catalog
from coopcompliance.packs.schema import PlanSpec
from coopcompliance.plan import make_plan
from coopcompliance.policy import Policy
from support import catalog, pack, phrases, screener_of

HERE = Path(__file__).parent
DAY = dt.date(2026, 11, 22)
UPDATE = "COOPCOMPLIANCE_UPDATE_GOLDEN"

TEXT = """家人们晚上好，今天带来自家蜂场的百花蜜。
这款蜂蜜能治疗咽炎，全国第一！</script><img src=x onerror="document.title='pwned'">
力争做到全国第一，是我们社的目标。
零添加，手慢无 & 亲测好用 | *真的*。🍯🍯 <!-- coop-ignore soft; 理由: 用户原话，已留截图 -->
"""
PLACEMENT = Placement(platform="douyin", form="live", products=("honey",))

AD_LAW = {"title": "广告示例法", "issuer": "示例机关", "since": "2015-09-01", "verified": True}
LABEL_RULE = {"title": "标识示例办法", "issuer": "示例机关", "since": "2027-03-16", "verified": False}

RULES = (
    phrases(
        "治疗咽炎",
        slug="treats",
        title="宣称能治疗疾病",
        category="medical",
        tier=3,
        basis=[{"source": "ad", "article": "第十七条", "penalty": "广告费用一至三倍罚款（第五十八条）"}],
        advice="删掉这句，只讲产地和口味。",
        rewrite="这是自家蜂场的百花蜜，味道清甜。",
        examples={
            "flag": ["[[治疗咽炎]]的蜜", "蜜能[[治疗咽炎]]", "[[治疗咽炎]]"],
            "pass": ["蜜很甜", "多喝水", "去看医生"],
        },
    ),
    phrases("蜂蜜能治疗咽炎", slug="effect", title="普通食品宣称功效", category="health", basis=[{"source": "ad"}]),
    phrases(
        "全国第一",
        slug="rank",
        title="宣称排名最高",
        basis=[
            {"source": "ad", "article": "第九条第（三）项", "penalty": "20万元以上100万元以下罚款（第五十七条）"},
            {"source": "label", "article": "第五条", "forms": ["label"]},
        ],
        clears=["survey"],
        redirects=["top"],
        unless=[
            {
                "id": "goal",
                "near": {"any": ["力争"], "side": "before"},
                "because": "只表达目标追求",
                "basis": {"source": "ad", "article": "第六条"},
            }
        ],
        advice="改说可核实的事实：年份、地域、口径和来源。",
        examples={
            "flag": [
                "[[全国第一]]",
                "我们[[全国第一]]",
                {"text": "[[全国第一]]的茶", "platform": "douyin", "form": "live"},
            ],
            "pass": [{"text": "力争全国第一", "exemption": "goal"}, "全国都有", "第一次来"],
        },
    ),
    phrases(
        "零添加",
        slug="additive",
        title="不添加声称",
        category="standard",
        since="2027-03-16",
        basis=[{"source": "label", "article": "第七条"}],
        applies={"products": ["honey"]},
    ),
    phrases("手慢无", slug="scarce", title="虚假紧迫", category="price", tier=1, status="experimental", fix=""),
    phrases("亲测好用", slug="soft", title="以用户名义保证效果", category="false", tier=1),
    phrases("扫码进群", slug="group", title="站外导流", category="diversion", applies={"platforms": ["douyin"]}),
)

PLAN = PlanSpec.model_validate(
    {
        "plan": "desk-plan",
        "version": "2026.11.0",
        "tiers": {
            tier: {
                "title": title,
                "owner": owner,
                "signatures": signatures,
                "stages": {
                    stage: {"deadline": f"{title}时限", "actions": [f"{title}第一步", f"{title}第二步"]}
                    for stage in ("draft", "live", "published")
                },
            }
            for tier, title, owner, signatures in (
                (1, "轻微", "运营团队", []),
                (2, "较大", "合规专员", ["编辑初审", "总监复审", "法律顾问终审", "负责人签发"]),
                (3, "重大", "合作社主任", ["编辑初审", "总监复审", "法律顾问终审", "合作社主任签发"]),
            )
        },
        "escalations": [{"id": "many", "because": "问题太多", "count": 9, "raise_to": 3}],
    }
)
MANUAL = ManualChecks.model_validate(
    {
        "manual-checks": "desk-checks",
        "version": "2026.11.0",
        "groups": {"people": "人物与肖像", "live": "直播间", "label": "标签"},
        "checks": [
            {
                "id": "portrait",
                "title": "出镜的人都书面同意",
                "group": "people",
                "how": "逐个核对同意书",
                "keep": "同意书",
                "owner": "编辑",
                "evidence": "portrait-consent",
                "basis": [{"source": "ad", "article": "第三十三条"}],
            },
            {
                "id": "licences",
                "title": "直播间公示证照",
                "group": "live",
                "how": "以观众身份看",
                "keep": "截图",
                "owner": "场控",
                "applies": {"forms": ["live"]},
                "basis": [{"source": "label"}],
            },
            {
                "id": "label-same",
                "title": "文案与标签一致",
                "group": "label",
                "how": "对着样品念",
                "keep": "照片",
                "owner": "质检员",
                "applies": {"products": ["tea"]},
                "since": "2027-01-01",
            },
        ],
    }
)


@cache
def desk_catalog() -> Catalog:
    """The pack, loaded, with a plan of its own."""
    sources = {"ad": AD_LAW, "label": LABEL_RULE, "law": AD_LAW}
    changes = [{"version": "2026.11.0", "date": "2026-11-22", "change": "首版"}]
    loaded = catalog(pack(*RULES, name="desk", title="示例规则", sources=sources, changelog=changes))
    return replace(loaded, plan=PLAN)


def screened() -> Report:
    """What the engine says of the script today, with digests that do not follow the shipped word lists."""
    report = screener_of(desk_catalog()).screen(
        TEXT, PLACEMENT, as_of=DAY, name="scripts/周五 直播.md", policy=Policy()
    )
    packs = tuple(PackRef(id=pack.id, version=pack.version, digest="sha256:" + "0" * 64) for pack in report.packs)
    plan = make_plan(PLAN, report.findings, report.tier, PLACEMENT.stage)
    return sealed(report.model_copy(update={"packs": packs, "plan": plan}))


@cache
def desk_report() -> Report:
    """The fixed report that all golden files are made of."""
    file = HERE / "data" / "report.json"
    if os.environ.get(UPDATE):
        file.write_text(screened().model_dump_json(indent=1) + "\n", "utf-8")
    return Report.model_validate_json(file.read_text("utf-8"))


def clean_report() -> Report:
    """A report without any finding."""
    update = {"findings": (), "exempted": (), "suppressed": (), "tier": 0, "escalations": (), "notices": ()}
    report = desk_report()
    return sealed(report.model_copy(update={**update, "plan": report.plan.model_copy(update={"actions": ()})}))


def same_as_golden(name: str, actual: str) -> None:
    """Fail unless `actual` is what `golden/NAME` holds, byte for byte."""
    file = HERE / "golden" / name
    if os.environ.get(UPDATE):
        file.write_bytes(actual.encode("utf-8"))
    assert actual.encode("utf-8") == file.read_bytes(), f"golden/{name} differs; set {UPDATE}=1 and read the diff"
