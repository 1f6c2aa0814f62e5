"""The rules that the tests of the command line run with, and what a run of it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from support import LAW, Json, pack, phrases

UNSURE = {"title": "平台规则", "issuer": "平台", "since": "2015-01-01", "verified": False}
FIXED = {"id": "fixed", "inside": ["第一时间"], "because": "固定说法", "basis": {"source": "law", "article": "第二条"}}


def example(flag: str, *passes: Any) -> Json:
    return {"flag": [flag, flag, flag], "pass": [*passes, "茶", "蜜", "米"]}


RULES = pack(
    phrases(
        "第一", slug="rank", title="宣称第一", unless=[FIXED], clears=["survey"], rewrite="味道好",
        examples=example("全国[[第一]]", {"text": "第一时间发货", "exemption": "fixed"}),
    ),
    phrases(
        "治病", "治疗", slug="cures", title="宣称治病", category="medical", tier=3,
        basis=[{"source": "law", "article": "第三条", "penalty": "十万元罚款"}], examples=example("能[[治病]]"),
    ),
    phrases("亲亲", slug="patter", title="称呼不当", category="order", tier=1, examples=example("[[亲亲]]们")),
    phrases(
        "加微信", slug="wechat", title="引流", category="diversion", applies={"platforms": ["douyin"]},
        basis=[{"source": "unsure", "article": "第九条"}], examples=example("[[加微信]]领"),
    ),
    phrases(
        "零添加", slug="zero", title="声称零添加", category="standard", since="2030-01-01",
        examples=example("[[零添加]]"),
    ),
    sources={"law": LAW, "unsure": UNSURE},
    title="测试规则包",
    changelog=[{"version": "2026.11.0", "date": "2026-11-22", "change": "首版"}],
)  # fmt: skip


SAFE = pack(
    phrases("纯天然", slug="natural", title="声称纯天然", fix="", examples=example("[[纯天然]]蜜")),
    phrases("顶级", slug="top", title="声称顶级", fix="亲亲", examples=example("[[顶级]]蜜")),
    name="safe", sources={},
)  # fmt: skip
"""Two rules with a fix: the first is safe, what the second would write is a finding itself."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]
