"""`coopcompliance batch`: JSON lines in, JSON lines out, in the order of the input."""

from __future__ import annotations

import argparse
import codecs
import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from coopcompliance.batch import run_batch
from coopcompliance.cli.output import is_terminal, prepare_streams, put, say
from coopcompliance.cli.progress import track
from coopcompliance.errors import InputError, UsageError
from coopcompliance.screener import Screener


def run(args: argparse.Namespace) -> int:
    """0 when every line was judged, 2 when one was not or there was none.

    Raises:
        InputError, UsageError, PackError: nothing could be begun.
    """
    prepare_streams(data=True)
    source = None if args.input == "-" else Path(args.input)
    if source and args.output and args.output.exists() and source.exists() and args.output.samefile(source):
        raise UsageError(f"{source}：输出会覆盖输入；请另起一个文件名（output is the input）")
    total = judged = 0
    with _lines(source) as lines, _sink(args.output) as sink:
        screener = Screener(args.packs)
        for line, good in run_batch(screener, track(_decoded(lines), _total(source))):
            total += 1
            judged += good
            _write(line + "\n", sink)
    if not total:
        raise InputError(f"{args.input}：没有一行可检查的内容（empty input）")
    if judged < total:
        say(f"{total} 行中有 {total - judged} 行没能检查，见输出里的 error")
    return 0 if judged == total else 2


def _write(line: str, sink: TextIO | None) -> None:
    if sink is None:
        put(line)
        return
    sink.write(line)


@contextlib.contextmanager
def _lines(source: Path | None) -> Iterator[BinaryIO]:
    if source is None:
        if sys.stdin is None or sys.stdin.closed:
            raise InputError("-：标准输入已关闭，没有可检查的内容（standard input is closed）")
        yield sys.stdin.buffer
        return
    try:
        file = source.open("rb")
    except OSError as error:
        raise InputError(f"{source}：读不了：{error.strerror or error}（cannot be read）") from error
    with file:
        yield file


@contextlib.contextmanager
def _sink(output: Path | None) -> Iterator[TextIO | None]:
    """The file to write, None for standard output."""
    if output is None:
        yield None
        return
    try:
        file = output.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise UsageError(f"{output}：写不了：{error.strerror or error}（cannot be written）") from error
    with file:
        yield file


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    """The lines as text. Bytes that are no UTF-8 become lone surrogates: that line is refused, the rest goes on."""
    for number, line in enumerate(lines):
        raw = line.removeprefix(codecs.BOM_UTF8) if number == 0 else line
        yield raw.decode("utf-8", "surrogateescape")


def _total(source: Path | None) -> int | None:
    """How many lines the bar will count to; only a terminal needs it, and a stream can be read only once."""
    if source is None or not source.is_file() or not is_terminal(sys.stderr):
        return None
    with source.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
