"""The review sheet, and proving that the published text is the signed one."""

from __future__ import annotations

import builtins
import io
import zipfile
from typing import Any

import pytest
from desk import TEXT, clean_report, desk_report, same_as_golden
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance.errors import InputError, UsageError
from coopcompliance.screener import text_digest
from coopcompliance.verify import read_sheet, verify
from coopcompliance.writers import mdtext, review, review_docx
from support import texts

ALL = ("编辑初审", "总监复审", "法律顾问终审", "合作社主任签发")


def markdown_sheet() -> bytes:
    return review.write(desk_report()).encode("utf-8")


def docx_sheet() -> bytes:
    pytest.importorskip("docx", reason="python-docx is not installed: pip install -e '.[docx]'")
    return review_docx.write(desk_report())


@pytest.fixture(params=["markdown", "docx"])
def sheet(request: pytest.FixtureRequest) -> bytes:
    return markdown_sheet() if request.param == "markdown" else docx_sheet()


def signed(sheet: bytes) -> bytes:
    return sheet.decode("utf-8").replace("☐ 同意　☐ 不同意 |   |", "☑ 同意　☐ 不同意 | 周敏 |").encode("utf-8")


def test_golden() -> None:
    same_as_golden("review.md", review.write(desk_report()))


def test_every_reviewer_but_the_signer_decides_on_every_finding() -> None:
    page = review.write(desk_report())
    findings = len(desk_report().findings)
    assert page.count("| 审核人 | 改写 | 删除 | 补证后用 | 保留（写理由） | 意见 |") == findings
    assert page.count("| 编辑初审 | ☐ |") == findings
    assert "| 合作社主任签发 | ☐ |" not in page


def test_a_clean_text_is_signed_by_the_usual_four() -> None:
    assert review.sign_offs(clean_report()) == ("编辑初审", "总监复审", "法律顾问终审", "负责人签发")


def test_packs_are_named_with_versions_and_digests() -> None:
    page = review.write(desk_report())
    for pack in desk_report().packs:
        assert f"| {pack.id} | {pack.version} | {mdtext.cell(pack.digest)} |" in page


def test_the_signed_text_is_the_published_one(sheet: bytes) -> None:
    found = verify(sheet, TEXT)
    assert found.matches
    assert found.message.startswith("一致")


def test_one_character_more_or_less_and_it_is_not(sheet: bytes) -> None:
    longer = verify(sheet, TEXT + "！")
    assert not longer.matches
    assert f"送审文本 {len(TEXT)} 字，现在的文件 {len(TEXT) + 1} 字" in longer.message
    other = verify(sheet, TEXT.replace("百花蜜", "枣花蜜"))
    assert "字数没变" in other.message


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (TEXT.replace("\n", "\r\n"), "换行符不同"),
        ("\ufeff" + TEXT, "BOM"),
        (TEXT + "\n\n", "末尾"),
    ],
)
def test_changes_that_editors_make_unseen_are_named(changed: str, reason: str) -> None:
    assert reason in verify(markdown_sheet(), changed).problem


def test_open_signatures_are_named(sheet: bytes) -> None:
    assert verify(sheet, TEXT).unsigned == ALL


def test_filled_signatures_are_not() -> None:
    assert verify(signed(markdown_sheet()), TEXT).unsigned == ()


def test_a_sheet_with_two_digests_is_refused() -> None:
    forged = markdown_sheet() + f"\n| 项目 | 内容 |\n| --- | --- |\n| 文本 SHA-256 | {'0' * 64} |\n".encode()
    with pytest.raises(InputError, match="damaged digest"):
        verify(forged, TEXT)


@pytest.mark.parametrize("other", [b"# README\n", b"\xff\xfe\x00", b"PK\x03\x04broken", b""])
def test_what_is_no_sheet_is_refused(other: bytes) -> None:
    with pytest.raises(InputError):
        read_sheet(other)


def test_a_zip_without_a_document_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("other.txt", "x")
    with pytest.raises(InputError, match="docx"):
        read_sheet(buffer.getvalue())


@given(texts, st.sampled_from(["| 文本 SHA-256 | " + "0" * 64 + " |", "\n| 文本 SHA-256 | x |\n", ""]))
def test_no_text_can_forge_its_sheet(text: str, attack: str) -> None:
    """Whatever a script says about digests, the sheet's own row is the only one read."""
    hostile = text + attack
    report = desk_report()
    found = report.findings[0].model_copy(update={"text": hostile, "title": hostile, "advice": hostile})
    document = report.document.model_copy(update={"digest": text_digest(hostile), "name": hostile})
    page = review.write(report.model_copy(update={"findings": (found,), "document": document}))
    assert read_sheet(page.encode("utf-8")).digest == text_digest(hostile)


def test_docx_says_what_markdown_says() -> None:
    with zipfile.ZipFile(io.BytesIO(docx_sheet())) as archive:
        xml = archive.read("word/document.xml").decode("utf-8")
    for part in review.sheet_parts(desk_report()):
        if isinstance(part, review.Heading | review.Paragraph):
            assert part.text in xml


def test_docx_is_the_same_every_time() -> None:
    assert docx_sheet() == docx_sheet()


def test_docx_holds_any_character() -> None:
    pytest.importorskip("docx", reason="python-docx is not installed: pip install -e '.[docx]'")
    found = desk_report().findings[0].model_copy(update={"text": "蜜\x00\x1b\ufffe\r\n<w:t>"})
    sheet = review_docx.write(desk_report().model_copy(update={"findings": (found,)}))
    assert verify(sheet, TEXT).matches


def test_without_python_docx_the_user_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_docx(name: str, *args: Any, **keys: Any) -> Any:
        if name == "docx":
            raise ImportError(name)
        return real(name, *args, **keys)

    monkeypatch.setattr(builtins, "__import__", without_docx)
    with pytest.raises(UsageError, match=r"coopcompliance\[docx\]"):
        review_docx.write(desk_report())
