"""`coopcompliance packs diff | lint`: what changed between two sets of packs, and faults that should not stay."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from coopcompliance.cli.output import prepare_streams, put, say
from coopcompliance.errors import UsageError
from coopcompliance.packs import load as loading
from coopcompliance.packs import yamlio
from coopcompliance.packs.catalog import Catalog
from coopcompliance.packs.diff import Change, diff
from coopcompliance.packs.lint import LintIssue, lint
from coopcompliance.writers import mdtext as md

BUILTIN = "builtin"
"""Stands for the rules that ship, beside the paths of others."""
_PLAN = re.compile(r"^plan:", re.MULTILINE)


def run_diff(args: argparse.Namespace) -> int:
    """Print the changes from OLD to NEW; 0 whether there are any or not.

    Raises:
        UsageError, PackError: a path is not there, or a pack is wrong.
    """
    prepare_streams(data=args.format != "text")
    changes = diff(_catalog(args.old), _catalog(args.new))
    put({"text": _text, "markdown": _markdown, "json": _json}[args.format](changes), args.output)
    return 0


def run_lint(args: argparse.Namespace) -> int:
    """Print the faults of the packs at the paths, or of all packs. 1 when there are any.

    Raises:
        UsageError, PackError: a path is not there, or a pack is wrong.
    """
    prepare_streams(data=False)
    for path in args.paths:
        _demand(path)
    builtin = loading.builtin_folder().resolve()
    # Loaded already, and loading them twice would be refused for their ids.
    own = [path for path in args.paths if not path.resolve().is_relative_to(builtin)]
    catalog = loading.load(own)
    issues = lint(catalog)
    if args.paths:
        names = _names(args.paths)
        issues = [issue for issue in issues if _belongs(issue, names)]
    put("".join(f"{issue}\n" for issue in issues))
    if issues:
        say(f"{len(issues)} 处要改")
        return 1
    put("没有发现问题。\n")
    return 0


def _catalog(name: str) -> Catalog:
    """The packs at `name`: a whole folder of rules (it has a response plan) alone, packs beside the built-in ones."""
    if name == BUILTIN and not Path(name).exists():
        return loading.load(entry_points=False)
    path = Path(name)
    _demand(path)
    if path.is_dir() and any(_is_plan(file) for file in loading.pack_files(path)):
        return loading.load(builtin=path, entry_points=False, older=True)
    return loading.load([path], entry_points=False)


def _demand(path: Path) -> None:
    if not path.exists():
        raise UsageError(f"{path}：没有这个文件或文件夹（no such file or folder）")


def _is_plan(file: Path) -> bool:
    return _PLAN.search(file.read_text("utf-8", "replace")) is not None


def _text(changes: Sequence[Change]) -> str:
    return "".join(f"{change}\n" for change in changes) or "没有变化。\n"


def _markdown(changes: Sequence[Change]) -> str:
    """A heading for each kind of change, the kinds in the order in which they come."""
    blocks = [["# 规则包变更"]]
    if not changes:
        blocks.append(["没有变化。"])
    for kind in dict.fromkeys(change.kind for change in changes):
        blocks.append([f"## {md.inline(kind)}"])
        own = [change for change in changes if change.kind == kind]
        blocks.append([f"- **{md.inline(change.subject)}**：{md.inline(change.text)}" for change in own])
    return md.join(blocks)


def _json(changes: Sequence[Change]) -> str:
    return json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=2) + "\n"


def _names(paths: Sequence[Path]) -> frozenset[str]:
    """The ids of the packs, sources and lexicons in the files at `paths`, which loaded without a fault."""
    names: set[str] = set()
    for path in paths:
        for file in loading.pack_files(path):
            located, _ = yamlio.load(file, file.read_text("utf-8"))
            data = located.data if located is not None else {}
            names |= {data.get("pack", ""), *data.get("sources", ()), *data.get("words", ())}
    return frozenset(names - {""})


def _belongs(issue: LintIssue, names: frozenset[str]) -> bool:
    """Whether the issue's subject (a pack, "pack/rule", "pack/$exemption", a source, a lexicon) is one of `names`."""
    return issue.subject.partition("/")[0] in names


__all__ = ["BUILTIN", "run_diff", "run_lint"]
