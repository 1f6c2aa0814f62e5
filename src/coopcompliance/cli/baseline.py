"""`coopcompliance baseline create | update | check`: earlier findings accepted, new ones told."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from coopcompliance import baseline as baselines
from coopcompliance.baseline import Baseline, BaselineEntry
from coopcompliance.cli.check import FAILED, FOUND, OK, inputs_of
from coopcompliance.cli.options import Settings, settings
from coopcompliance.cli.output import prepare_streams, put
from coopcompliance.cli.screening import Checked, Checker
from coopcompliance.errors import UsageError

DEFAULT = Path("coopcompliance-baseline.json")


def run_create(args: argparse.Namespace) -> int:
    """Accept everything that counts now. 2 when an input cannot be read: then nothing is written.

    Raises:
        UsageError: the file is there already, or cannot be written.
    """
    wanted = settings(args)
    file = wanted.baseline or DEFAULT
    if file.exists():
        raise UsageError(f"{file}：基线文件已经有了；要更新请用 baseline update，要重做请先删除（already there）")
    checked, failures = _checked(args, wanted)
    if failures:
        return FAILED
    made = baselines.from_reports((item.report for item in checked), file.parent)
    baselines.write(made, file)
    put(f"已写入 {file}：接受 {len(made.entries)} 处现有问题，今后只报告新的。\n")
    return OK


def run_update(args: argparse.Namespace) -> int:
    """Take in what is new and take out what is gone. 2 when an input cannot be read: then nothing is written.

    Raises:
        UsageError: the file is not there, is no baseline, or cannot be written.
    """
    wanted = settings(args)
    file = wanted.baseline or DEFAULT
    known = baselines.read(file)
    checked, failures = _checked(args, wanted)
    if failures:
        return FAILED
    reports = [item.report for item in checked]
    outside = _outside(known, checked, file.parent)
    state = baselines.compare(known, reports, file.parent, outside=outside)
    baselines.write(baselines.updated(known, reports, file.parent, outside=outside), file)
    put(_rows("+", state.new) + _rows("-", state.gone))
    put(f"已更新 {file}：新接受 {len(state.new)} 处，去掉已消失的 {len(state.gone)} 处。\n")
    return OK


def run_check(args: argparse.Namespace) -> int:
    """Say what is new and what is gone. 1 when something is new, 2 when an input cannot be read.

    Raises:
        UsageError: the file is not there, or is no baseline.
    """
    wanted = settings(args)
    file = wanted.baseline or DEFAULT
    known = baselines.read(file)
    checked, failures = _checked(args, wanted)
    outside = _outside(known, checked, file.parent)
    state = baselines.compare(known, (item.report for item in checked), file.parent, outside=outside)
    put(_rows("+", state.new) + _rows("-", state.gone))
    hint = "；用 baseline update 去掉已消失的" if state.gone else ""
    put(f"与 {file} 相比：新问题 {len(state.new)} 处，已消失 {len(state.gone)} 处{hint}。\n")
    if failures:
        return FAILED
    return FOUND if state.new else OK


def _checked(args: argparse.Namespace, wanted: Settings) -> tuple[list[Checked], int]:
    """The inputs checked without the baseline, so that accepted findings are seen as well."""
    inputs = inputs_of(args)
    prepare_streams(data=False)
    return Checker(wanted).check_all(inputs)


def _outside(known: Baseline, checked: Iterable[Checked], folder: Path) -> frozenset[str]:
    """Documents of the baseline that are still there and were not checked this time: nothing is known of them."""
    seen = {baselines.place(item.document.name, folder) for item in checked}
    named = {entry.document for entry in known.entries} - seen
    return frozenset(name for name in named if (folder / name).exists())


def _rows(sign: str, entries: Iterable[BaselineEntry]) -> str:
    title = {"+": "新问题", "-": "已消失"}[sign]
    return "".join(f"{sign} {title}  {entry.document}: {entry.rule}: “{entry.text}”\n" for entry in entries)
