"""The review sheet as .docx, to print or to sign in a word processor. Needs the optional extra `docx`."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from coopcompliance.errors import UsageError
from coopcompliance.model import Report
from coopcompliance.writers.review import SIGNATURE_HEAD, Grid, Heading, Paragraph, sheet_parts

if TYPE_CHECKING:
    from docx.document import Document

_BODY_FONT, _HEAD_FONT = "宋体", "黑体"
# What XML 1.0 cannot hold; the same set as for JUnit, without tab and line feed.
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT_WIDTH = 170
"""Millimetres between the margins."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(report: Report) -> bytes:
    """The sheet as the bytes of a .docx file; the same report always gives the same bytes.

    Raises:
        UsageError: python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise UsageError(
            "写 .docx 审签单需要 python-docx：pip install 'coopcompliance[docx]'，或改用 Markdown"
        ) from error
    document = docx.Document()
    _dress(document, report)
    for part in sheet_parts(report):
        if isinstance(part, Heading):
            document.add_heading(_legal(part.text), level=part.level)
        elif isinstance(part, Paragraph):
            document.add_paragraph(_legal(part.text))
        else:
            _grid(document, part)
    buffer = io.BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def _dress(document: Document, report: Report) -> None:
    """A4, Chinese fonts, and properties that depend on the report alone."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    for name, font, size in (
        ("Normal", _BODY_FONT, 10.5),
        ("Heading 1", _HEAD_FONT, 18),
        ("Heading 2", _HEAD_FONT, 14),
        ("Heading 3", _HEAD_FONT, 12),
    ):
        style: Any = document.styles[name]
        style.font.name = "Times New Roman" if font == _BODY_FONT else "Arial"
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), font)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            # A theme's font would win over the one named here.
            fonts.attrib.pop(qn(theme), None)
    day = dt.datetime.combine(report.as_of, dt.time())
    properties = document.core_properties
    properties.title, properties.author, properties.language = "文案三审一签单", "coopcompliance", "zh-CN"
    properties.comments = ""
    properties.created = properties.modified = day
    properties.identifier = report.document.digest


def _grid(document: Document, grid: Grid) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(grid.head))
    table.style = "Table Grid"
    table.autofit = False
    signing = grid.head == SIGNATURE_HEAD
    for cell, text in zip(table.rows[0].cells, grid.head, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(_legal(text)).bold = True
    for row in grid.rows:
        added = table.add_row()
        if signing:
            added.height = Mm(14)
        for cell, text in zip(added.cells, row, strict=True):
            cell.text = _legal(text)
    for index, share in enumerate(grid.widths):
        # Word heeds the cells' widths, other programs the columns'.
        width = Mm(round(_TEXT_WIDTH * share / sum(grid.widths)))
        table.columns[index].width = width
        for cell in table.columns[index].cells:
            cell.width = width
    document.add_paragraph()


def _legal(text: str) -> str:
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLEGAL.sub(lambda match: f"\\u{ord(match.group()):04X}", unified)


def _timeless(packed: bytes) -> bytes:
    """The same archive without the clock in it."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, _EPOCH), old.read(item), zipfile.ZIP_DEFLATED)
    return result.getvalue()


__all__ = ["write"]
