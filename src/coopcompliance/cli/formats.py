"""What `check` writes: the table of formats, and where each goes.

Some formats hold a whole run (text, JSON, SARIF, JUnit, GitHub), others one document: of several documents, Markdown
goes one after the other, and HTML and Word files need a folder to go to.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from coopcompliance.cli.inputs import Inputs
from coopcompliance.cli.options import Settings
from coopcompliance.cli.output import line_width, put, wants_color
from coopcompliance.cli.screening import Checked
from coopcompliance.errors import UsageError
from coopcompliance.model import TIER_TITLES
from coopcompliance.writers import github, html, json, junit, markdown, review, review_docx, sarif, text

NEVER = 4
"""A tier that no finding has."""
DOCX = ".docx"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the result goes: standard output (`path` None), a file, or a folder that gets a file for each document."""

    path: Path | None
    folder: bool = False

    @property
    def docx(self) -> bool:
        return self.path is not None and not self.folder and self.path.suffix.lower() == DOCX


def find_target(output: str | None, wanted: Settings, inputs: Inputs) -> Target:
    """What `--output` means for this format and these inputs.

    Raises:
        UsageError: the format cannot go there; said before anything is checked.
    """
    if output is None:
        target = Target(None)
    else:
        folder = output.endswith(("/", os.sep)) or Path(output).is_dir()
        target = Target(Path(output), folder)
    several = len(inputs.paths) > 1
    if target.folder and wanted.format not in _EACH:
        known = "、".join(_EACH)
        raise UsageError(f"{output}：这是文件夹；{wanted.format} 把全部结果写进一个文件，只有 {known} 一份一个文件")
    if target.docx and wanted.format != "review":
        raise UsageError(f"{output}：只有 --format review 能写 .docx（only the review sheet）")
    if several and not target.folder and (target.docx or wanted.format == "html"):
        raise UsageError(
            f"{len(inputs.paths)} 份文案放不进一个文件：请用 -o 文件夹/，每份写一个（one file for each document）"
        )
    return target


def deliver(
    checked: Sequence[Checked], inputs: Inputs, wanted: Settings, args: argparse.Namespace, target: Target
) -> None:
    """Write the reports in the format wanted to the target.

    Raises:
        UsageError: the target cannot be written.
    """
    if wanted.format in _WHOLE:
        put(_WHOLE[wanted.format](checked, inputs, wanted, args), target.path)
        return
    suffix, write = _EACH[wanted.format]
    if target.folder and target.path is not None:
        _make(target.path)
        for item, name in zip(checked, _names(checked, suffix), strict=True):
            put(write(item, wanted), target.path / name)
    elif target.docx and target.path is not None:
        for item in checked:
            put(review_docx.write(item.report), target.path)
    elif checked:
        put("\n---\n\n".join(write(item, wanted) for item in checked), target.path)


# -- one result for the run -------------------------------------------------------------------------------------------


def _text(checked: Sequence[Checked], inputs: Inputs, wanted: Settings, args: argparse.Namespace) -> str:
    output = Path(args.output) if args.output else None
    options = text.TextOptions(
        color=wants_color(args.color, output),
        width=line_width(output),
        show_exempt=wanted.show_exempt,
        trace=args.trace,
    )
    parts = [text.write_report(item.report, item.document.text, options) for item in checked]
    if not inputs.single and inputs.paths:
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


def _sarif(checked: Sequence[Checked], inputs: Inputs, wanted: Settings, args: argparse.Namespace) -> str:
    return sarif.write(*(item.report for item in checked), handbook=wanted.handbook)


def _junit(checked: Sequence[Checked], inputs: Inputs, wanted: Settings, args: argparse.Namespace) -> str:
    # `--fail-on 0` never fails, here as in the exit code.
    return junit.write(*(item.report for item in checked), fail_on=wanted.fail_on or NEVER)


def _github(checked: Sequence[Checked], inputs: Inputs, wanted: Settings, args: argparse.Namespace) -> str:
    return github.write(*(item.report for item in checked))


_WHOLE: dict[str, Callable[[Sequence[Checked], Inputs, Settings, argparse.Namespace], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
}


# -- one result for each document -------------------------------------------------------------------------------------


def _markdown(item: Checked, wanted: Settings) -> str:
    return markdown.write(item.report, item.document.text, handbook=wanted.handbook)


def _html(item: Checked, wanted: Settings) -> str:
    return html.write(item.report, item.document.text, handbook=wanted.handbook)


def _review(item: Checked, wanted: Settings) -> str:
    return review.write(item.report)


_EACH: dict[str, tuple[str, Callable[[Checked, Settings], str]]] = {
    "markdown": (".md", _markdown),
    "html": (".html", _html),
    "review": (".review.md", _review),
}


def _names(checked: Sequence[Checked], suffix: str) -> list[str]:
    """A file name for each document, the documents' own with `suffix`; what is there twice is numbered."""
    names: list[str] = []
    for item in checked:
        own = "stdin" if item.path is None else PurePath(item.document.name).name
        name, number = own + suffix, 2
        while name in names:
            name, number = f"{own}-{number}{suffix}", number + 1
        names.append(name)
    return names


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}：建不了文件夹：{error.strerror or error}（cannot be made）") from error


__all__ = ["Target", "deliver", "find_target"]
