"""`coopcompliance check`: files -> reports -> what the user wants to read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coopcompliance.cli.inputs import Inputs, find_inputs, pastes, read_input
from coopcompliance.cli.options import Settings, settings
from coopcompliance.cli.output import line_width, prepare_streams, put, say, wants_color
from coopcompliance.errors import InputError
from coopcompliance.model import TIER_TITLES, Report
from coopcompliance.readers.document import Document
from coopcompliance.screener import Screener
from coopcompliance.writers import json, text

OK, FOUND, FAILED = 0, 1, 2
"""Exit codes: nothing at or above `--fail-on`; something is; some input, option or pack is wrong."""


@dataclass(frozen=True, slots=True)
class Checked:
    document: Document
    report: Report


def run(args: argparse.Namespace) -> int:
    """Check every input; one that cannot be read is named and does not stop the others.

    Raises:
        UsageError, PackError: an option, the configuration or a pack is wrong; nothing was checked.
    """
    wanted = settings(args)
    inputs = find_inputs(args.files)
    prepare_streams(data=wanted.format == "json")
    checked, failures = _check(inputs, wanted)
    if checked or not inputs.single:
        put(_FORMATS[wanted.format](checked, inputs, wanted, args), args.output)
    if failures:
        return FAILED
    return FOUND if any(0 < wanted.fail_on <= item.report.tier for item in checked) else OK


def _check(inputs: Inputs, wanted: Settings) -> tuple[list[Checked], int]:
    """What was checked, and how many inputs could not be."""
    # A wrong pack should be known before somebody pastes a long script; else the first file is read first.
    screener = Screener(wanted.packs) if pastes(inputs) else None
    checked: list[Checked] = []
    failures = 0
    for path in inputs.paths:
        try:
            document = read_input(path)
            screener = screener or Screener(wanted.packs)
            checked.append(Checked(document, _screen(screener, document, wanted)))
        except InputError as error:
            say(error)
            failures += 1
            continue
        if document.encoding not in {None, "utf-8"}:
            say(f"{document.name}：按 {document.encoding} 编码读取")
    return checked, failures


def _screen(screener: Screener, document: Document, wanted: Settings) -> Report:
    try:
        return screener.screen(
            document.text,
            wanted.placement,
            evidence=wanted.evidence,
            as_of=wanted.as_of,
            name=document.name,
            encoding=document.encoding,
            masked=document.masked,
            timecodes=document.timecodes,
        )
    except InputError as error:
        raise InputError(f"{document.name}：{error}") from error


def _text(checked: Sequence[Checked], inputs: Inputs, wanted: Settings, args: argparse.Namespace) -> str:
    options = text.TextOptions(
        color=wants_color(args.color, args.output),
        width=line_width(args.output),
        show_exempt=wanted.show_exempt,
        trace=args.trace,
    )
    parts = [text.write_report(item.report, item.document.text, options) for item in checked]
    if not inputs.single:
        parts.append(_summary(checked, len(inputs.paths)))
    return "\n".join(parts)


def _summary(checked: Sequence[Checked], inputs: int) -> str:
    """One line over all files, and one for each that needs work."""
    graded = sorted((item for item in checked if item.report.tier), key=lambda item: -item.report.tier)
    rows = [f"  {TIER_TITLES[item.report.tier]}  {item.document.name}" for item in graded]
    unread = f"，{inputs - len(checked)} 份没能检查" if inputs > len(checked) else ""
    return "\n".join([f"共检查 {len(checked)} 份，{len(graded)} 份有问题{unread}。", *rows]) + "\n"


def _json(checked: Sequence[Checked], inputs: Inputs, wanted: Settings, args: argparse.Namespace) -> str:
    """An object for the one file that was named; a list for several names, a folder or a glob."""
    reports = [item.report for item in checked]
    return json.write_report(reports[0]) if inputs.single else json.write_reports(reports)


_FORMATS: dict[str, Callable[[Sequence[Checked], Inputs, Settings, argparse.Namespace], str]] = {
    "text": _text,
    "json": _json,
}
