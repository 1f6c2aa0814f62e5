"""`coopcompliance verify SHEET FILE`: is the text of the file the one that was signed?"""

from __future__ import annotations

import argparse
from pathlib import Path

from coopcompliance.cli.inputs import read_input
from coopcompliance.cli.output import prepare_streams, put
from coopcompliance.errors import InputError
from coopcompliance.verify import verify

MATCHES, DIFFERS = 0, 1


def run(args: argparse.Namespace) -> int:
    """0 when the text is the one on the sheet, 1 when it is not. Places that are not signed yet are named.

    Raises:
        InputError: the sheet or the file cannot be read, or the sheet is no review sheet.
    """
    prepare_streams(data=False)
    sheet = _read(args.sheet)
    document = read_input(None if args.file == "-" else Path(args.file))
    done = verify(sheet, document.text)
    put(f"{document.name}：{done.message}\n")
    return MATCHES if done.matches else DIFFERS


def _read(sheet: Path) -> bytes:
    try:
        return sheet.read_bytes()
    except OSError as error:
        raise InputError(f"{sheet}：审签单读不了：{error.strerror or error}（cannot be read）") from error
