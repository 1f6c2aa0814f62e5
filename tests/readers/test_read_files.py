"""Bytes -> Document: what is read, as what, and what is refused with which words."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance.errors import InputError
from coopcompliance.readers.files import MAX_BYTES, read_bytes, read_file, read_stream

SCRIPT = "家人们晚上好，今天给大家带来自家蜂场的椴树蜜。\r\n一斤装四十六，两斤装八十八，坏果包赔！\r\n"


class TestEncodings:
    @pytest.mark.parametrize(
        ("data", "encoding"),
        [
            (SCRIPT.encode("utf-8"), "utf-8"),
            (codecs.BOM_UTF8 + SCRIPT.encode("utf-8"), "utf-8"),
            (codecs.BOM_UTF16_LE + SCRIPT.encode("utf-16-le"), "utf-16-le"),
            (codecs.BOM_UTF16_BE + SCRIPT.encode("utf-16-be"), "utf-16-be"),
            (codecs.BOM_UTF32_LE + SCRIPT.encode("utf-32-le"), "utf-32-le"),
            (SCRIPT.encode("gb18030"), "gb18030"),
            ("蜂蜜".encode("gbk"), "gb18030"),
            ("好蜜€5，第１名①".encode("gb18030"), "gb18030"),
        ],
    )
    def test_each_is_read_and_named(self, data: bytes, encoding: str) -> None:
        document = read_bytes(data, "a.txt")
        assert document.encoding == encoding
        assert data.endswith(document.text.encode(encoding))

    def test_nothing_else_is_changed(self) -> None:
        text = "全 角　蕞好\u200b\r\nＡ①\rB\u2028C\t\n"
        assert read_bytes(text.encode(), "a").text == text

    @given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), min_size=1))
    def test_any_utf8_text_comes_back(self, text: str) -> None:
        if text.strip():
            assert read_bytes(text.encode("utf-8"), "a").text == text

    @pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
    @given(text=st.text(alphabet="蜂蜜茶𠮷第一aA1 ，。\r\n", min_size=1).filter(str.strip))
    def test_with_a_byte_order_mark_too(self, text: str, mark: str) -> None:
        assert read_bytes(text.encode(mark), "a").text == text


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "文件是空的"),
            (codecs.BOM_UTF8, "只有空白"),
            (b" \r\n\t\n", "只有空白"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "图片（PNG）"),
            (b"PK\x03\x04" + b"\x14\0" * 50, "Word/Excel"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
            ("好".encode() + b"\0abc", "第 4 字节是 NUL"),
            (b"\x01\x02\x03abc", "控制字符"),
            (SCRIPT.encode("utf-16-le"), "UTF-16"),
            (codecs.BOM_UTF16_LE + "蜜".encode("utf-16-le") + b"\x00", "第 5 字节"),
            (codecs.BOM_UTF16_LE + b"\x00\xd8\x41\x00", "第 3 字节"),
        ],
    )
    def test_what_is_no_text(self, data: bytes, words: str) -> None:
        with pytest.raises(InputError, match=r"^a\.txt：") as refused:
            read_bytes(data, "a.txt")
        assert words in str(refused.value)

    @pytest.mark.parametrize("broken", [b"\xff", b"\xe8\x9c", b"\xc0\x80", b"\xed\xa0\x80"])
    def test_broken_utf8_is_not_taken_for_another_encoding(self, broken: bytes) -> None:
        with pytest.raises(InputError) as refused:
            read_bytes(SCRIPT.encode() + broken + SCRIPT.encode(), "a.txt")
        assert f"第 3 行（第 {len(SCRIPT.encode()) + 1} 字节，0x{broken[0]:02X}）" in str(refused.value)
        assert "另存为 UTF-8" in str(refused.value)

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("這款蜂蜜產自我們自家的蜂場，歡迎大家來嚐嚐看。" * 4, "big5"),
            ("Düsseldorf, Köln, Münster: schöne Grüße für alle Käufer", "latin-1"),
            ("このはちみつはとてもおいしいです。ぜひ食べてください。" * 4, "shift_jis"),
            ("этот мёд очень вкусный, попробуйте его сегодня", "koi8-r"),
        ],
    )
    def test_other_encodings_are_refused_rather_than_misread(self, text: str, encoding: str) -> None:
        with pytest.raises(InputError, match="读不出文字"):
            read_bytes(text.encode(encoding), "a.txt")

    @given(st.binary(max_size=200))
    def test_any_bytes_give_a_document_or_a_refusal(self, data: bytes) -> None:
        try:
            document = read_bytes(data, "a.txt")
        except InputError as refused:
            assert str(refused).startswith("a.txt：")
        else:
            assert data.endswith(document.text.encode(document.encoding or "utf-8"))


class TestFiles:
    def test_a_file_is_named_as_it_was_given(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("蜜", "utf-8")
        assert read_file(tmp_path / "a.txt", name="a.txt").name == "a.txt"

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="这是文件夹"):
            read_file(tmp_path)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="没有这个文件"):
            read_file(tmp_path / "gone.txt")

    def test_a_large_text_is_read(self, tmp_path: Path) -> None:
        line = "今天给大家带来自家蜂场的椴树蜜。\n"
        text = line * (50_000_000 // len(line.encode()) + 1)
        (tmp_path / "large.txt").write_text(text, "utf-8")
        assert read_file(tmp_path / "large.txt").text == text

    def test_one_that_is_too_large_is_refused_before_it_is_read(self, tmp_path: Path) -> None:
        with (tmp_path / "film.txt").open("wb") as file:
            file.truncate(MAX_BYTES + 1)
        with pytest.raises(InputError, match="超过 64 MB"):
            read_file(tmp_path / "film.txt")

    def test_a_stream_is_read_no_further_than_the_limit(self) -> None:
        stream = io.BytesIO(b"a" * 100)
        with pytest.raises(InputError, match="too large"):
            read_stream(stream, limit=10)
        assert stream.tell() == 11

    def test_a_closed_stream(self) -> None:
        stream = io.BytesIO(b"a")
        stream.close()
        with pytest.raises(InputError, match="读不了"):
            read_stream(stream)
