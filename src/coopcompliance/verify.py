"""Does a signed review sheet belong to this text? Reads Markdown and .docx sheets, without python-docx."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from coopcompliance.errors import InputError
from coopcompliance.screener import text_digest
from coopcompliance.writers.review import DIGEST_LABEL, LENGTH_LABEL, SIGNATURE_HEAD

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST = 50_000_000
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says: the digest of the signed text ("sha256:…"), its length, and who has not signed yet."""

    digest: str
    length: int | None
    unsigned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the text is the one on the sheet; `problem` says why not. `unsigned` names the open places."""

    matches: bool
    problem: str
    unsigned: tuple[str, ...]

    @property
    def message(self) -> str:
        """The answer in words."""
        head = "一致：文件就是审签单上的文本。" if self.matches else f"不一致：{self.problem}"
        return head + (f"尚未签名：{'、'.join(self.unsigned)}。" if self.unsigned else "")


def verify(sheet: bytes, text: str) -> Verification:
    """Compare a sheet (the bytes of its Markdown or .docx file) with a text, through the text's digest.

    Raises:
        InputError: `sheet` is no review sheet, or says two different things about its text.
    """
    found = read_sheet(sheet)
    if text_digest(text) == found.digest:
        return Verification(True, "", found.unsigned)
    return Verification(False, _difference(found, text), found.unsigned)


def read_sheet(sheet: bytes) -> Sheet:
    """What the sheet says.

    Raises:
        InputError: see `verify`.
    """
    rows = list(_docx_rows(sheet) if sheet.startswith(b"PK") else _markdown_rows(sheet))
    digests = {row[1].lower().removeprefix("sha256:") for row in rows if row[0] == DIGEST_LABEL and len(row) > 1}
    if not digests:
        raise InputError(
            f"这不是审签单：找不到“{DIGEST_LABEL}”一行（no review sheet; make one with check --format review）"
        )
    if len(digests) > 1 or not all(map(_DIGEST.match, digests)):
        raise InputError(f"审签单上的“{DIGEST_LABEL}”有改动或缺损：应是唯一一个 64 位十六进制数（damaged digest）")
    lengths = {row[1] for row in rows if row[0] == LENGTH_LABEL and len(row) > 1}
    length = lengths.pop() if len(lengths) == 1 else ""
    return Sheet("sha256:" + digests.pop(), int(length) if length.isdecimal() else None, tuple(_unsigned(rows)))


def _unsigned(rows: list[list[str]]) -> Iterator[str]:
    """The sign-offs without a name."""
    head = list(SIGNATURE_HEAD)
    if head not in rows:
        return
    name_column = head.index("签名")
    for row in rows[rows.index(head) + 1 :]:
        if len(row) != len(head):
            return
        if not row[name_column]:
            yield row[0]


def _markdown_rows(sheet: bytes) -> Iterator[list[str]]:
    """The cells of every table row, unescaped; an empty row ends each table."""
    try:
        text = sheet.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("审签单不是 UTF-8 的 Markdown，也不是 .docx（neither UTF-8 Markdown nor .docx）") from error
    for line in text.split("\n"):
        row = line.strip()
        if not row.startswith("|"):
            yield [""]
            continue
        cells = [re.sub(r"\\(.)", r"\1", cell).strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
        if not all(set(cell) <= set("-: ") and cell for cell in cells):
            yield cells or [""]


def _docx_rows(sheet: bytes) -> Iterator[list[str]]:
    """The cells of every table row of the document; an empty row ends each table."""
    try:
        with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
            if archive.getinfo("word/document.xml").file_size > _LARGEST:
                raise InputError("审签单太大，不像是审签单（word/document.xml over 50 MB）")
            root = ET.fromstring(archive.read("word/document.xml"))
    except (zipfile.BadZipFile, KeyError, ET.ParseError) as error:
        raise InputError(f"审签单打不开：不是完好的 .docx（{error}）") from error
    for table in root.iter(f"{_WORD}tbl"):
        for row in table.iter(f"{_WORD}tr"):
            cells = ["".join(node.text or "" for node in cell.iter(f"{_WORD}t")) for cell in row.iter(f"{_WORD}tc")]
            yield [cell.strip() for cell in cells] or [""]
        yield [""]


def _difference(sheet: Sheet, text: str) -> str:
    """The likeliest reason for another digest: an edit that editors make unseen, else a true change."""
    unseen = {
        "换行符不同（CRLF 与 LF）": (text.replace("\r\n", "\n"), text.replace("\n", "\r\n")),
        "只差文件末尾的换行或空白": (text.rstrip(), text.rstrip() + "\n", text.rstrip() + "\r\n"),
        "开头多了 BOM 标记": (text.removeprefix("\ufeff"),),
        "只差文字的组合形式（Unicode NFC 与 NFD）": tuple(unicodedata.normalize(form, text) for form in ("NFC", "NFD")),
    }
    for reason, variants in unseen.items():
        if any(text_digest(variant) == sheet.digest for variant in variants):
            return f"{reason}，请用送审时的原文件，或重新检查、重新审签。"
    if sheet.length is not None and sheet.length != len(text):
        return f"送审文本 {sheet.length} 字，现在的文件 {len(text)} 字，内容已改动，须重新检查、重新审签。"
    return "内容已改动（字数没变），须重新检查、重新审签。"


__all__ = ["Sheet", "Verification", "read_sheet", "verify"]
