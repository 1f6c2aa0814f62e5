"""What the user named -> files to read: names, globs, folders, `-`, or a script pasted on the terminal."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from coopcompliance.cli.output import is_terminal, say
from coopcompliance.errors import InputError, UsageError
from coopcompliance.readers.document import Document
from coopcompliance.readers.files import read_bytes, read_file, read_stream

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".srt", ".vtt"})
"""What a folder is searched for."""
_GLOB = frozenset("*?[")
_PASTE = "请粘贴文案，粘贴完按回车，再按 Ctrl-D 结束（Windows：Ctrl-Z 再回车）："
_END_OF_TEXT = b"\x04"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Paths to read, `None` for standard input. `single`: the user named exactly one, and no folder or glob."""

    paths: tuple[Path | None, ...]
    single: bool


def find_inputs(names: Sequence[str]) -> Inputs:
    """The files that `names` stand for, each once, in their order; standard input for no names or `-`.

    Raises:
        UsageError: a glob or folder gives no file, or `-` is named beside files that make it ambiguous.
    """
    if not names:
        return Inputs((None,), True)
    found: dict[str, Path | None] = {}
    for name in names:
        if name == "-":
            found.setdefault(name, None)
            continue
        matches = list(_matches(name))
        if not matches:
            raise UsageError(f"{name}：没有匹配的文件（no file matched）；文件夹里只找 {'、'.join(sorted(SUFFIXES))}")
        found.update((str(path), path) for path in matches)
    plain = len(names) == 1 and (names[0] == "-" or not _is_many(names[0]))
    return Inputs(tuple(found.values()), plain)


def read_input(path: Path | None) -> Document:
    """The document at `path`, or on standard input.

    Raises:
        InputError: it cannot be judged.
    """
    return read_file(path) if path is not None else _read_standard_input()


def pastes(inputs: Inputs) -> bool:
    """Whether a person is to paste the script on the terminal."""
    return None in inputs.paths and is_terminal(sys.stdin)


def _is_many(name: str) -> bool:
    return Path(name).is_dir() or (not Path(name).exists() and bool(_GLOB & set(name)))


def _matches(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        files = (file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in SUFFIXES)
        yield from (file for file in files if not any(part.startswith(".") for part in file.relative_to(path).parts))
    elif _is_many(name):
        # Path.glob takes no absolute patterns.
        matches = map(Path, sorted(glob.glob(name, recursive=True)))  # noqa: PTH207
        yield from (match for match in matches if match.is_file())
    else:
        # A file that is not there is reported by name when it is read, and the others are still checked.
        yield path


def _read_standard_input() -> Document:
    if sys.stdin is None or sys.stdin.closed:
        raise InputError("-：标准输入已关闭，没有可检查的内容（standard input is closed）")
    if is_terminal(sys.stdin):
        return read_bytes(_paste(sys.stdin), "-")
    buffer = getattr(sys.stdin, "buffer", None)
    return read_stream(buffer if buffer is not None else io.BytesIO(sys.stdin.read().encode("utf-8")))


def _paste(terminal: TextIO) -> bytes:
    """What is pasted up to Ctrl-D.

    A terminal in its usual mode gives lines, and cuts them off at 4,096 bytes without a word: a spoken transcript of
    one long line would lose its end. So the mode is changed for as long as the paste lasts.
    """
    try:
        import termios
    except ImportError:  # Windows has neither the module nor the limit.
        say(_PASTE)
        return terminal.buffer.read()
    handle = terminal.fileno()
    before = termios.tcgetattr(handle)
    changed = termios.tcgetattr(handle)
    changed[3] &= ~termios.ICANON
    taken = bytearray()
    termios.tcsetattr(handle, termios.TCSADRAIN, changed)
    try:
        # Only now: what is pasted before the mode has changed is cut.
        say(_PASTE)
        while chunk := os.read(handle, 65_536):
            text, end, _ = chunk.partition(_END_OF_TEXT)
            for byte in text:
                if byte in b"\x7f\x08":
                    _rub_out(taken)
                else:
                    taken.append(byte)
            if end:
                break
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
    return bytes(taken)


def _rub_out(taken: bytearray) -> None:
    """Backspace: take back the last character (all its UTF-8 bytes)."""
    while taken and taken.pop() & 0xC0 == 0x80:
        pass
