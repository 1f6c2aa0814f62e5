"""Bytes -> text. UTF-8, UTF-16 and UTF-32 with a byte order mark, and GB18030 are read; everything else is refused.

A guess that turns a script into other characters is worse than a refusal: it would be judged clean. So GB18030, which
gives some meaning to almost any bytes, is believed only where what comes out looks like Chinese.
"""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from coopcompliance.errors import InputError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "Word/Excel 文档或压缩包（docx、xlsx、zip）"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word/Excel 文档（doc、xls）"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"GIF8", "图片（GIF）"),
    (b"RIFF", "音视频或图片（RIFF）"),
    (b"\x1f\x8b", "压缩文件（gzip）"),
    (b"Rar!", "压缩文件（rar）"),
    (b"7z\xbc\xaf", "压缩文件（7z）"),
    (b"\x7fELF", "程序文件"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# More control characters than this share of all bytes: no text that anybody wrote.
_CONTROL_SHARE = 0.02
_UTF8_CHARACTER = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
# Of the characters beyond ASCII, the share that must be in GB 2312 for GB18030 to be believed.
_COMMON_SHARE = 0.75
# The usual characters of a Chinese text are in level 1 of GB 2312 (lead bytes B0 to D7); other encodings read as GB are
# scattered over the rare ones of level 2.
_USUAL_SHARE = 0.5
# So many bytes from the start are enough to tell encodings apart.
_SAMPLE = 200_000
_SAVE_AS_UTF8 = "请在编辑器里另存为 UTF-8 后再检查"


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of `data` without its byte order mark, and the encoding's Python name.

    Raises:
        InputError: the data are empty, binary, or in no encoding that is read here; says at which byte.
    """
    if not data:
        raise InputError(f"{name}：文件是空的，没有可检查的内容（empty file）")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, len(mark), encoding, name), encoding
    _refuse_binary(data, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise InputError(_undecodable(name, data, error.start, "utf-8")) from error
        broken = error.start
    return _gb18030(data, name, broken), "gb18030"


def _strict(data: bytes, skip: int, encoding: str, name: str) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(_undecodable(name, data, skip + error.start, encoding)) from error


def _refuse_binary(data: bytes, name: str) -> None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{name}：这是{kind}，不是纯文本；请把文字另存为 .txt 再检查（binary data）")
    nul = data.find(b"\0")
    if nul >= 0:
        wide = any(_looks_chinese(data[:_SAMPLE].decode(form, "ignore")) for form in ("utf-16-le", "utf-16-be"))
        hint = f"；像是没有 BOM 的 UTF-16，{_SAVE_AS_UTF8}" if wide else ""
        raise InputError(f"{name}：第 {nul + 1} 字节是 NUL，像是二进制文件而不是文字{hint}（binary data）")
    controls = _CONTROL.findall(data)
    if len(controls) > len(data) * _CONTROL_SHARE:
        raise InputError(f"{name}：含有 {len(controls)} 个控制字符，像是二进制文件而不是文字（binary data）")


def _mostly_utf8(data: bytes) -> bool:
    """Whether the data are UTF-8 with a few broken bytes rather than another encoding."""
    head = data[:_SAMPLE]
    han = sum(map(len, _UTF8_CHARACTER.findall(head)))
    return han > 0.8 * sum(byte >= 0x80 for byte in head)


def _gb18030(data: bytes, name: str, broken_utf8: int) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        where = error.start if _looks_chinese(data[: error.start].decode("gb18030", "ignore")) else broken_utf8
        raise InputError(_undecodable(name, data, where, _guess(data))) from error
    if not _looks_chinese(text):
        raise InputError(_undecodable(name, data, broken_utf8, _guess(data)))
    return text


def _looks_chinese(text: str) -> bool:
    beyond = [char for char in text[:_SAMPLE] if char >= "\x80"]
    common = usual = 0
    for char in beyond:
        code = char.encode("gb2312", "ignore")
        common += bool(code)
        usual += bool(code) and (0xB0 <= code[0] <= 0xD7 or code[0] <= 0xA3)
    return common >= len(beyond) * _COMMON_SHARE and usual >= len(beyond) * _USUAL_SHARE and bool(beyond)


def _guess(data: bytes) -> str:
    """What charset-normalizer takes the data for; "" when it has no idea."""
    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best is not None else ""


def _undecodable(name: str, data: bytes, position: int, guess: str) -> str:
    line = data.count(b"\n", 0, position) + 1
    byte = f"0x{data[position]:02X}" if position < len(data) else "文件末尾"
    likely = f"，像是 {guess} 编码" if guess else ""
    where = f"第 {line} 行（第 {position + 1} 字节，{byte}）"
    return f"{name}：{where}读不出文字{likely}；{_SAVE_AS_UTF8}（undecodable bytes）"
