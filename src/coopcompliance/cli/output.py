"""Where the command line writes: findings on standard output, diagnostics on standard error."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TextIO

from coopcompliance.errors import UsageError

PIPE_WIDTH = 100
"""Cells of a line where no terminal says how wide it is."""


def say(message: object) -> None:
    """A diagnostic, on standard error; nothing where that is closed."""
    if sys.stderr is None:
        return
    try:
        print(f"coopcompliance: {message}", file=sys.stderr, flush=True)
    except BrokenPipeError:
        _let_go(sys.stderr)


def put(text: str | bytes, output: Path | None = None) -> None:
    """Write `text` to the file `output`, or to standard output (bytes only to a file).

    A reader that went away (`| head`) ends the output and nothing else: the exit code still says what was found.

    Raises:
        UsageError: the file cannot be written, or standard output is closed.
    """
    if output is not None:
        try:
            output.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        except OSError as error:
            raise UsageError(f"{output}：写不了：{error.strerror or error}（cannot be written）") from error
        return
    if isinstance(text, bytes):
        raise UsageError("这种格式写不到标准输出；请用 --output 写到文件（binary output）")
    if sys.stdout is None:
        raise UsageError("标准输出已关闭，结果无处可写；可用 --output 写到文件（standard output is closed）")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go(sys.stdout)


def prepare_streams(*, data: bool) -> None:
    """Make the standard streams take any text: `data` (JSON) is always UTF-8; for people what fails is shown as `?`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if data and stream is sys.stdout:
            # Line ends stay as the writers make them: CSV has its own.
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
        else:
            reconfigure(errors="replace")


def wants_color(choice: str, output: Path | None) -> bool:
    """Whether to colour: `always`, `never`, or `auto`: only a terminal, and not where NO_COLOR is set."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return output is None and is_terminal(sys.stdout)


def line_width(output: Path | None) -> int:
    """Cells of a line: the terminal's, within reason; PIPE_WIDTH elsewhere."""
    if output is not None or not is_terminal(sys.stdout):
        return PIPE_WIDTH
    return min(max(shutil.get_terminal_size((PIPE_WIDTH, 24)).columns, 60), 120)


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _let_go(stream: TextIO) -> None:
    """Point a stream whose reader went away at nothing, so that the interpreter's last flush does not fail."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)
