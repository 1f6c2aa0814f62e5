"""Files and streams -> `Document`. What cannot be judged is refused with what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from coopcompliance.errors import InputError
from coopcompliance.readers.document import Document
from coopcompliance.readers.encoding import decode
from coopcompliance.readers.subtitles import cues

MAX_BYTES = 64 * 1024 * 1024
"""The largest input that is read: some twenty million characters."""


def read_bytes(data: bytes, name: str, *, limit: int = MAX_BYTES) -> Document:
    """The document that `data` hold.

    Raises:
        InputError: the data are empty, blank, binary, undecodable, or more than `limit` bytes.
    """
    _refuse_large(len(data), name, limit)
    text, encoding = decode(data, name)
    if not text.strip():
        raise InputError(f"{name}：只有空白，没有可检查的内容（empty text）")
    timecodes, masked = cues(text)
    return Document(name, text, encoding, timecodes, masked)


def read_file(path: Path, *, name: str | None = None, limit: int = MAX_BYTES) -> Document:
    """The document in the file at `path`.

    Raises:
        InputError: there is no such file, it is a folder or unreadable, or as for `read_bytes`.
    """
    name = name if name is not None else str(path)
    if path.is_dir():
        raise InputError(f"{name}：这是文件夹，不是文件（is a directory）")
    try:
        # Refused before it is read: a film named by mistake should not fill the memory.
        _refuse_large(path.stat().st_size, name, limit)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{name}：没有这个文件（no such file）") from error
    except OSError as error:
        raise InputError(f"{name}：读不了：{error.strerror or error}（cannot be read）") from error
    return read_bytes(data, name, limit=limit)


def read_stream(stream: BinaryIO, name: str = "-", *, limit: int = MAX_BYTES) -> Document:
    """The document that a binary stream gives up to its end.

    Raises:
        InputError: the stream cannot be read, or as for `read_bytes`.
    """
    try:
        data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{name}：标准输入读不了：{error}（cannot be read）") from error
    return read_bytes(data, name, limit=limit)


def _refuse_large(size: int, name: str, limit: int) -> None:
    if size > limit:
        megabytes = limit // (1024 * 1024)
        raise InputError(f"{name}：超过 {megabytes} MB，不像是一份文案；请拆成几份再检查（too large）")
