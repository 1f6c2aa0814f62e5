"""`coopcompliance packs list | show | lock | validate | test`: what is loaded; does it do what its authors say?"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from coopcompliance import lock
from coopcompliance.cli.output import line_width, prepare_streams, put, say, wants_color
from coopcompliance.errors import UsageError
from coopcompliance.model import CATEGORY_TITLES, TIER_TITLES
from coopcompliance.packs import load as loading
from coopcompliance.packs.catalog import Catalog, LoadedPack, RuleEntry
from coopcompliance.packs.examples import check_rule
from coopcompliance.screener import Screener
from coopcompliance.writers.text import TextOptions, render


def run_list(args: argparse.Namespace) -> int:
    """Every loaded pack: id, version, dimension, number of rules, digest."""
    prepare_streams(data=False)
    catalog = loading.load(args.packs)
    table = _table("规则包", "版本", "类别", "规则数", "名称", "摘要")
    for pack in catalog.packs:
        digest = pack.digest.removeprefix("sha256:")[:12]
        rules = str(len(pack.spec.rules))
        table.add_row(pack.spec.pack, pack.spec.version, pack.dimension, rules, pack.spec.title, digest)
    count = sum(len(pack.spec.rules) for pack in catalog.packs)
    options = TextOptions(color=wants_color("auto", None), width=max(line_width(None), 100))
    put(render(table, options) + f"共 {len(catalog.packs)} 个规则包，{count} 条规则。\n")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """One pack: its sources, rules and changes.

    Raises:
        UsageError: there is no such pack.
    """
    prepare_streams(data=False)
    catalog = loading.load(args.packs)
    pack = next((pack for pack in catalog.packs if pack.spec.pack == args.pack), None)
    if pack is None:
        known = "、".join(pack.spec.pack for pack in catalog.packs)
        raise UsageError(f"没有叫 {args.pack!r} 的规则包；known: {known}")
    options = TextOptions(color=wants_color("auto", None), width=max(line_width(None), 100))
    put(_head(pack) + render(_rules(catalog, pack), options) + _changes(pack))
    return 0


def run_lock(args: argparse.Namespace) -> int:
    """Write the versions and digests of all loaded packs.

    Raises:
        UsageError: the file cannot be written.
    """
    prepare_streams(data=args.output is None)
    screener = Screener(args.packs)
    put(lock.written(lock.lock_of(screener.packs)), args.output)
    if args.output is not None:
        say(f"已锁定 {len(screener.packs)} 个规则包：{args.output}")
    return 0


def run_validate(args: argparse.Namespace) -> int:
    """Load the packs at the paths beside the built-in ones, and run their examples. 1 when an example fails.

    Raises:
        PackError: a pack cannot be loaded; every problem.
    """
    return _examples(args.paths)


def run_test(args: argparse.Namespace) -> int:
    """Run the examples of the packs at the paths, or of all packs. 1 when one fails."""
    return _examples(args.paths)


def _examples(paths: Sequence[Path]) -> int:
    prepare_streams(data=False)
    builtin = loading.builtin_folder().resolve()
    # Loaded already, and loading them twice would be refused for their ids.
    own = [path for path in paths if not path.resolve().is_relative_to(builtin)]
    for path in paths:
        if path not in own and not path.exists():
            raise UsageError(f"{path}：没有这个文件或文件夹（no such file or folder）")
    catalog = loading.load(own)
    wanted = [path.resolve() for path in paths] or None
    rules = [rule for rule in catalog.rules if wanted is None or _is_under(rule.pack.file.resolve(), wanted)]
    screener = Screener(catalog=catalog)
    failures = [failure for rule in rules for failure in check_rule(screener, rule)]
    put("".join(f"{failure}\n" for failure in failures))
    examples = sum(len(rule.spec.examples.flag) + len(rule.spec.examples.passes) for rule in rules)
    summary = f"{len(rules)} 条规则，{examples} 个例句，{len(failures)} 处不符"
    if failures:
        say(summary)
        return 1
    put(f"通过：{summary}。\n")
    return 0


def _is_under(file: Path, folders: Sequence[Path]) -> bool:
    return any(folder == file or folder in file.parents for folder in folders)


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


def _head(pack: LoadedPack) -> str:
    rows = [f"{pack.spec.pack} {pack.spec.version}  {pack.spec.title}", f"文件：{pack.file}", f"摘要：{pack.digest}"]
    for name, source in pack.spec.sources.items():
        number = f"，{source.number}" if source.number else ""
        until = f" 至 {source.until}" if source.until else " 起"
        mark = "" if source.verified else "（原文待核）"
        rows.append(f"依据：{name}  《{source.title}》{number}，{source.since}{until}{mark}")
    return "\n".join(rows) + "\n\n"


def _rules(catalog: Catalog, pack: LoadedPack) -> Table:
    table = _table("规则", "级别", "类别", "起", "说明")
    for rule in catalog.rules:
        if rule.pack is pack:
            table.add_row(*_row(rule))
    return table


def _row(rule: RuleEntry) -> tuple[str | Text, ...]:
    spec = rule.spec
    notes = [spec.title]
    if spec.status != "stable":
        notes.append({"experimental": "（试行）", "retired": "（已停用）"}[spec.status])
    if rule.off:
        notes.append("（已被用户的规则包关闭）")
    since = f"{spec.since}" + (f" 至 {spec.until}" if spec.until else "")
    return spec.id, TIER_TITLES[rule.tier], CATEGORY_TITLES[spec.category], since, "".join(notes)


def _changes(pack: LoadedPack) -> str:
    return "".join(f"{change.version}（{change.date}）：{change.change}\n" for change in pack.spec.changelog)
