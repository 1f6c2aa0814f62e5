"""What changed between two sets of packs, in plain words, for the monthly compliance meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coopcompliance.model import CATEGORY_TITLES
from coopcompliance.packs.catalog import Catalog, RuleEntry
from coopcompliance.packs.schema import SourceSpec


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `kind` groups them for readers; `text` is Chinese."""

    kind: str
    subject: str
    text: str

    def __str__(self) -> str:
        return f"[{self.kind}] {self.subject}：{self.text}"


def diff(old: Catalog, new: Catalog) -> list[Change]:
    """Changes from `old` to `new`: packs, sources, rules, word lists, likeness model, standards catalogue and plan."""
    return [
        *_packs(old, new),
        *_sources(old.sources, new.sources),
        *_rules(old, new),
        *_lexicons(old, new),
        *_likeness(old, new),
        *_standards(old, new),
        *_plan(old, new),
    ]


def _likeness(old: Catalog, new: Catalog) -> Iterator[Change]:
    """Weights say nothing in words; that they changed, and how many, is what a reader can use."""
    before = old.likeness.features if old.likeness else {}
    after = new.likeness.features if new.likeness else {}
    changed = sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())
    if old.likeness != new.likeness:
        yield Change(
            "措辞模型", "likeness.json", f"重新拟合：特征 {len(before)} → {len(after)}，其中 {changed} 个有改动"
        )


def _packs(old: Catalog, new: Catalog) -> Iterator[Change]:
    before = {pack.spec.pack: pack.spec.version for pack in old.packs}
    after = {pack.spec.pack: pack.spec.version for pack in new.packs}
    yield from _came_and_went("规则包", before, after)
    for name in sorted(before.keys() & after.keys()):
        if before[name] != after[name]:
            yield Change("规则包", name, f"版本 {before[name]} → {after[name]}")


def _sources(old: dict[str, SourceSpec], new: dict[str, SourceSpec]) -> Iterator[Change]:
    yield from _came_and_went("依据", old, new)
    titles = {
        "title": "名称",
        "since": "施行日期",
        "until": "失效日期",
        "superseded_by": "被替代为",
        "verified": "是否核实",
        "number": "文号",
    }
    for name in sorted(old.keys() & new.keys()):
        for key, title in titles.items():
            yield from _field("依据", name, title, getattr(old[name], key), getattr(new[name], key))


def _rules(old: Catalog, new: Catalog) -> Iterator[Change]:
    before = {rule.id: rule for rule in old.rules}
    after = {rule.id: rule for rule in new.rules}
    for name in sorted(after.keys() - before.keys()):
        rule = after[name]
        renamed = [source for source, target in new.redirects.items() if target == name and source in before]
        origin = f"由 {renamed[0]} 改名" if renamed else "新增"
        what = f"“{rule.spec.title}”，{CATEGORY_TITLES[rule.spec.category]}，第 {rule.tier} 级，{rule.spec.since} 起"
        yield Change("规则", name, f"{origin}{what}")
    for name in sorted(before.keys() - after.keys()):
        if name not in new.redirects:
            yield Change("规则", name, f"删除“{before[name].spec.title}”")
    for name in sorted(before.keys() & after.keys()):
        yield from _rule(name, before[name], after[name])


def _rule(name: str, before: RuleEntry, after: RuleEntry) -> Iterator[Change]:
    yield from _field("规则", name, "级别", before.tier, after.tier)
    for key, title in (
        ("title", "名称"),
        ("category", "类别"),
        ("status", "状态"),
        ("since", "施行日期"),
        ("until", "失效日期"),
        ("boundary", "边界"),
        ("advice", "建议"),
        ("rewrite", "改写"),
        ("fix", "自动改写"),
    ):
        yield from _field("规则", name, title, getattr(before.spec, key), getattr(after.spec, key))
    yield from _set("规则", name, "可用证明", before.spec.clears, after.spec.clears)
    yield from _set(
        "规则",
        name,
        "依据",
        [f"{item.source} {item.article}" for item in before.spec.basis],
        [f"{item.source} {item.article}" for item in after.spec.basis],
    )
    yield from _set("规则", name, "豁免", [item.id for item in before.unless], [item.id for item in after.unless])
    yield from _set("规则", name, "词语", _words(before), _words(after))
    if _shape(before) != _shape(after):
        yield Change("规则", name, "命中方式有改动")
    if before.spec.applies != after.spec.applies:
        yield Change("规则", name, "适用范围有改动")


def _words(rule: RuleEntry) -> set[str]:
    """The literals that the rule itself lists; shared lexicons are compared on their own."""
    return {
        term
        for detect in rule.spec.detect
        for group in (detect.phrases, *(detect.combine or ()), detect.repeat, detect.hints)
        for term in group or ()
        if not term.startswith("$")
    }


def _shape(rule: RuleEntry) -> list[Any]:
    """Everything of the detectors but the literals that `_words` compares."""
    literal = {"phrases", "combine", "repeat", "hints"}
    return [
        (detect.model_dump(exclude=literal), [name for name in sorted(literal) if getattr(detect, name)])
        for detect in rule.spec.detect
    ]


def _lexicons(old: Catalog, new: Catalog) -> Iterator[Change]:
    yield from _came_and_went("词表", old.lexicons, new.lexicons)
    for name in sorted(old.lexicons.keys() & new.lexicons.keys()):
        yield from _set("词表", name, "词语", old.lexicons[name], new.lexicons[name])


def _standards(old: Catalog, new: Catalog) -> Iterator[Change]:
    yield from _came_and_went("标准目录", old.standards, new.standards)
    for number in sorted(old.standards.keys() & new.standards.keys()):
        before, after = old.standards[number], new.standards[number]
        for key, title in (
            ("status", "状态"),
            ("superseded_by", "被替代为"),
            ("since", "实施日期"),
            ("until", "废止日期"),
        ):
            yield from _field("标准目录", number, title, getattr(before, key), getattr(after, key))


def _plan(old: Catalog, new: Catalog) -> Iterator[Change]:
    yield from _field("预案", new.plan.plan, "版本", old.plan.version, new.plan.version)
    for tier in (1, 2, 3):
        if old.plan.tiers[tier] != new.plan.tiers[tier]:
            yield Change("预案", new.plan.plan, f"第 {tier} 级的处置有改动")
    before = [item.id for item in old.plan.escalations]
    yield from _set("预案", new.plan.plan, "升级条件", before, [item.id for item in new.plan.escalations])


def _came_and_went(kind: str, old: Any, new: Any) -> Iterator[Change]:
    for name in sorted(set(new) - set(old)):
        yield Change(kind, name, "新增")
    for name in sorted(set(old) - set(new)):
        yield Change(kind, name, "删除")


def _field(kind: str, subject: str, title: str, before: Any, after: Any) -> Iterator[Change]:
    if before != after:
        yield Change(kind, subject, f"{title} {_said(before)} → {_said(after)}")


def _set(kind: str, subject: str, title: str, before: Any, after: Any) -> Iterator[Change]:
    added, gone = sorted(set(after) - set(before)), sorted(set(before) - set(after))
    if added:
        yield Change(kind, subject, f"{title}增加 {_some(added)}")
    if gone:
        yield Change(kind, subject, f"{title}减少 {_some(gone)}")


def _some(items: list[str]) -> str:
    shown = "、".join(map(str, items[:12]))
    return shown + (f" 等 {len(items)} 项" if len(items) > 12 else "")


def _said(value: Any) -> str:
    if value is None or value == "":
        return "（无）"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
