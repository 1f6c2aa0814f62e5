"""`coopcompliance checklist | handbook | register`: working papers made from the rules."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from coopcompliance.checklist import checklist
from coopcompliance.cli.options import settings
from coopcompliance.cli.output import is_terminal, prepare_streams, put, say
from coopcompliance.errors import UsageError
from coopcompliance.handbook import write_handbook
from coopcompliance.manual import load_manual_checks
from coopcompliance.packs import load as loading
from coopcompliance.register import register

BOM = "\ufeff"
"""With it Excel reads the Chinese of a CSV file; without it as the local code page."""


def run_checklist(args: argparse.Namespace) -> int:
    """Print the 内容审核清单 of a placement, as Markdown.

    Raises:
        UsageError, PackError: an option, the configuration, a pack or the file of manual checks is wrong.
    """
    prepare_streams(data=True)
    wanted = settings(args)
    catalog = loading.load(wanted.packs)
    as_of = wanted.as_of or dt.date.today()
    manual = load_manual_checks(args.manual)
    put(checklist(wanted.placement, catalog, as_of, manual=manual, handbook=wanted.handbook), args.output)
    return 0


def run_handbook(args: argparse.Namespace) -> int:
    """Write the 账号运营合规手册 and the risk register into a folder.

    Raises:
        UsageError, PackError: the folder cannot be written, or a pack is wrong.
    """
    prepare_streams(data=False)
    folder: Path = args.output
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}：这是文件，不是文件夹；手册要写进文件夹（not a folder）")
    catalog = loading.load(args.packs)
    try:
        written = write_handbook(catalog, folder)
    except OSError as error:
        raise UsageError(f"{folder}：写不了：{error.strerror or error}（cannot be written）") from error
    say(f"写好 {len(written)} 个文件，从 {written[0]} 读起")
    return 0


def run_register(args: argparse.Namespace) -> int:
    """Write the 风险清单 as CSV.

    Raises:
        UsageError, PackError: the output cannot be written, or a pack is wrong.
    """
    prepare_streams(data=True)
    rows = register(loading.load(args.packs))
    people_read = args.output is None and is_terminal(sys.stdout)
    put(rows if people_read else BOM + rows, args.output)
    return 0
