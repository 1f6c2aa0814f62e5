"""`coopcompliance explain RULE`: what a rule catches, why, since when, and what makes it let go."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from rich.console import Group
from rich.text import Text

from coopcompliance.cli.naming import find_rule
from coopcompliance.cli.output import line_width, prepare_streams, put, wants_color
from coopcompliance.judge import ordinary
from coopcompliance.judge.judge import DEFAULT_EXEMPTIONS
from coopcompliance.model import CATEGORY_TITLES, TIER_TITLES
from coopcompliance.packs import load as loading
from coopcompliance.packs.catalog import Catalog, RuleEntry
from coopcompliance.packs.rule_schema import BasisSpec, DetectSpec, ExampleSpec, ExamplesSpec, ExemptionSpec
from coopcompliance.writers.folding import fold
from coopcompliance.writers.script import TIER_STYLES
from coopcompliance.writers.text import TextOptions, render
from coopcompliance.writers.titles import (
    EVIDENCE_TITLES,
    FORM_TITLES,
    PLATFORM_TITLES,
    PRODUCT_TITLES,
    REWRITE_TITLE,
    STAGE_TITLES,
)

_WORDS_SHOWN = 24
_DEFAULTS = {name: because for name, _, because in DEFAULT_EXEMPTIONS} | {ordinary.NAME: ordinary.BECAUSE}
_REACH = {"clause": "同一小句", "sentence": "同一句", "paragraph": "同一段", "document": "全文"}
_SIDES = {"before": "之前", "after": "之后", "either": "前后", "around": "前后或其中"}


def run(args: argparse.Namespace) -> int:
    """Print the rule.

    Raises:
        UsageError: there is no such rule; close matches are named.
    """
    prepare_streams(data=False)
    catalog = loading.load(args.packs)
    rule = find_rule(catalog, args.rule)
    options = TextOptions(color=wants_color("auto", None), width=line_width(None))
    rows = [fold(row, options.width) for row in _rows(catalog, rule)]
    put(render(Group(*rows), options))
    return 0


def _rows(catalog: Catalog, rule: RuleEntry) -> Iterator[Text]:
    spec = rule.spec
    yield Text().append(f"{rule.id}  {spec.title}", style="bold")
    status = {"stable": "", "experimental": " · 试行（不计入结论）", "retired": " · 已停用"}[spec.status]
    line = Text().append(f"{TIER_TITLES[rule.tier]}（{rule.tier} 级）", style=TIER_STYLES[rule.tier])
    yield line.append(f" · {CATEGORY_TITLES[spec.category]}{status} · {rule.pack.spec.pack} {rule.pack.spec.version}")
    until = f"，至 {spec.until}" if spec.until else ""
    modified = f"，{spec.modified} 改过" if spec.modified else ""
    yield Text(f"施行：自 {spec.since}{until}{modified}")
    if spec.redirects:
        yield Text(f"旧名：{'、'.join(spec.redirects)}")
    for override in rule.overrides:
        yield Text(f"用户改动：{'关闭' if override.off else '调整'}；理由：{override.reason}")
    places = _places(rule)
    if places:
        yield Text(f"适用：{places}")
    yield from _section("查什么", (_detector(catalog, detect) for detect in spec.detect))
    if spec.message:
        yield Text(f"说明：{spec.message}")
    yield from _section("依据与罚则", (_basis(catalog, basis) for basis in spec.basis))
    yield from _section("什么情况放行", [*(_exemption(catalog, item) for item in rule.unless), *_defaults(rule)])
    if spec.clears:
        yield from _section("有证明就可以说", (f"{EVIDENCE_TITLES[kind]}（{kind}）" for kind in spec.clears))
    yield Text()
    yield Text(f"建议：{spec.advice}")
    if spec.rewrite:
        yield Text(f"{REWRITE_TITLE}：").append(spec.rewrite, style="green")
    yield from _examples(spec.examples)


def _section(title: str, rows: Iterator[str] | list[str]) -> Iterator[Text]:
    yield Text()
    yield Text().append(title, style="bold")
    for row in rows:
        yield Text(f"  · {row}")


def _places(rule: RuleEntry) -> str:
    spec = rule.spec.applies
    parts = [
        ("平台", [PLATFORM_TITLES[item] for item in spec.platforms]),
        ("形式", [FORM_TITLES[item] for item in spec.forms]),
        ("产品", [PRODUCT_TITLES[item] for item in spec.products]),
        ("阶段", [STAGE_TITLES[item] for item in spec.stages]),
        ("平台除外", [PLATFORM_TITLES[item] for item in spec.not_platforms]),
        ("形式除外", [FORM_TITLES[item] for item in spec.not_forms]),
        ("产品除外", [PRODUCT_TITLES[item] for item in spec.not_products]),
    ]
    return "；".join(f"{title}：{'、'.join(names)}" for title, names in parts if names)


def _words(catalog: Catalog, terms: tuple[str, ...]) -> str:
    """The words themselves, a long list cut short."""
    words = catalog.words(terms)
    shown = " ".join(words[:_WORDS_SHOWN])
    return shown if len(words) <= _WORDS_SHOWN else f"{shown} … 共 {len(words)} 个词"


def _reach(within: str | int | None, default: str) -> str:
    within = within or default
    return f"{within} 字之内" if isinstance(within, int) else _REACH[within]


def _detector(catalog: Catalog, spec: DetectSpec) -> str:
    if spec.phrases is not None:
        return f"出现：{_words(catalog, spec.phrases)}"
    if spec.combine is not None:
        groups = " ＋ ".join(f"〔{_words(catalog, group)}〕" for group in spec.combine)
        order = "依次出现" if spec.ordered else "一起出现"
        gap = f"，相隔不超过 {spec.gap} 字" if spec.gap is not None else ""
        without = f"，中间没有〔{_words(catalog, spec.without)}〕" if spec.without else ""
        return f"{_reach(spec.within, 'clause')}里{order}{gap}{without}：{groups}"
    if spec.pattern is not None:
        compared = "".join(f"，且 {item.group} {item.op} {item.value:g}{item.unit}" for item in spec.compare)
        checked = "".join(f"，且 {item.group} 经查为 {item.outcome}（{item.kind}）" for item in spec.check)
        return f"{_reach(spec.within, 'sentence')}里符合句式{compared}{checked}：{spec.pattern}"
    if spec.missing is not None:
        words = _words(catalog, spec.missing.companion)
        pattern = f"句式 {spec.missing.pattern}" if spec.missing.pattern else ""
        needed = "或".join(part for part in (words, pattern) if part)
        claim = _detector(catalog, spec.missing.claim)
        return f"{claim}；而{_reach(spec.missing.within, 'sentence')}里缺少：{needed}"
    per = {"1000 characters": "每千字", "minute": "每分钟"}[spec.per or "minute"]
    return f"{per}超过 {spec.more_than} 次：{_words(catalog, spec.repeat or ())}"


def _basis(catalog: Catalog, spec: BasisSpec) -> str:
    source = catalog.sources[spec.source]
    mark = "" if source.verified else "（原文待核）"
    forms = f"（用于{'、'.join(FORM_TITLES[form] for form in spec.forms)}）" if spec.forms else ""
    except_forms = f"（{'、'.join(FORM_TITLES[form] for form in spec.not_forms)}除外）" if spec.not_forms else ""
    until = f"，至 {source.until}" if source.until else ""
    penalty = spec.penalty or source.penalty
    fine = f"；罚则：{penalty}" if penalty else ""
    return f"《{source.title}》{spec.article}{mark}{forms}{except_forms}，自 {source.since}{until}{fine}"


def _exemption(catalog: Catalog, spec: ExemptionSpec) -> str:
    basis = f"；依据：{_basis(catalog, spec.basis)}" if spec.basis else ""
    return f"{spec.id}：{spec.because}（{_condition(catalog, spec)}）{basis}"


def _condition(catalog: Catalog, spec: ExemptionSpec) -> str:
    if spec.inside is not None:
        return f"在这些固定说法之内：{_words(catalog, spec.inside.any) or spec.inside.pattern}"
    if spec.near is not None:
        words = _words(catalog, spec.near.any) or spec.near.pattern
        return f"{_reach(spec.near.within, 'clause')}、{_SIDES[spec.near.side]}有：{words}"
    if spec.negated is not None:
        return "被否定" + (f"：{_words(catalog, spec.negated.any)}" if spec.negated.any else "")
    if spec.mention:
        return "引述或讲解"
    if spec.evidence is not None:
        return f"有{'、'.join(EVIDENCE_TITLES[kind] for kind in spec.evidence)}"
    if spec.placement is not None:
        place = spec.placement
        names = [PLATFORM_TITLES[item] for item in place.platforms] + [FORM_TITLES[item] for item in place.forms]
        names += [PRODUCT_TITLES[item] for item in place.products] + [STAGE_TITLES[item] for item in place.stages]
        return f"用在{'、'.join(names)}"
    assert spec.value is not None
    return f"{spec.value.group} {spec.value.op} {spec.value.value:g}{spec.value.unit}"


def _defaults(rule: RuleEntry) -> list[str]:
    return [f"{name}：{because}" for name, because in _DEFAULTS.items() if name in rule.defaults]


def _examples(spec: ExamplesSpec) -> Iterator[Text]:
    yield from _section("会被标出的例子", (_example(item) for item in spec.flag))
    yield from _section("不会被标出的例子", (_example(item) for item in spec.passes))


def _example(spec: ExampleSpec) -> str:
    where = [PLATFORM_TITLES[spec.platform]] if spec.platform else []
    where += [FORM_TITLES[spec.form]] if spec.form else []
    where += [f"{spec.as_of} 时"] if spec.as_of else []
    where += [f"因 {spec.exemption} 放行"] if spec.exemption else []
    note = f"（{'，'.join(where)}）" if where else ""
    return spec.text.replace("[[", "⟦").replace("]]", "⟧") + note
