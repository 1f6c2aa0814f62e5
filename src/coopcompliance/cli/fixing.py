"""`check --diff` and `check --fix`: safe rewrites shown as a patch, or written with a backup kept."""

from __future__ import annotations

import codecs
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from coopcompliance.cli.output import put, say
from coopcompliance.cli.screening import Checked, Checker
from coopcompliance.errors import InputError
from coopcompliance.readers.encoding import decode
from coopcompliance.readers.files import read_bytes
from coopcompliance.rewrite import Rewritten, rewrite, unified_diff

_MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def show(checker: Checker, checked: Sequence[Checked], output: Path | None) -> None:
    """Write the patches of all files; what could be and what could not be rewritten is said on standard error.

    Raises:
        UsageError: the output cannot be written.
    """
    patches = []
    applied = 0
    for item in checked:
        done = _rewritten(checker, item)
        applied += len(done.applied)
        patches.append(unified_diff(item.document.text, done.text, item.document.name))
        _name_refused(item, done)
    put("".join(patches), output)
    say(f"可以安全改写 {applied} 处；用 --fix 写入" if applied else "没有可以安全改写的地方")


def fix(checker: Checker, checked: Sequence[Checked]) -> tuple[list[Checked], int]:
    """Rewrite the files, each with a backup; their reports afterwards, and how many could not be written."""
    after: list[Checked] = []
    failures = 0
    for item in checked:
        done = _rewritten(checker, item)
        _name_refused(item, done)
        if not done.applied or item.path is None:
            after.append(item)
            continue
        try:
            backup = _write(item, done.text)
        except (InputError, OSError) as error:
            say(error if isinstance(error, InputError) else f"{item.document.name}：写不了：{error.strerror or error}")
            failures += 1
            after.append(item)
            continue
        say(f"{item.document.name}：改了 {len(done.applied)} 处，原文留在 {backup}")
        # Read back, so that the report is on what the file now holds.
        document = read_bytes(item.path.read_bytes(), item.document.name)
        after.append(replace(item, document=document, report=checker.screen(document)))
    return after, failures


def _rewritten(checker: Checker, item: Checked) -> Rewritten:
    return rewrite(item.document.text, item.report, lambda text: checker.screen_changed(item.document, text))


def _name_refused(item: Checked, done: Rewritten) -> None:
    for finding in done.refused:
        place = f"{item.document.name}:{finding.line}:{finding.column}"
        say(f"{place}: “{finding.text}”没有改（{finding.rule}）：改后会留下或引出问题，请人工改写（rewrite refused）")


def _write(item: Checked, text: str) -> Path:
    """Write `text` where the document came from, in its encoding, whole or not at all; the backup's path.

    Raises:
        InputError: the file changed while it was checked.
        OSError: it cannot be written.
    """
    assert item.path is not None
    path = item.path.resolve()
    raw = path.read_bytes()
    known, encoding = decode(raw, item.document.name)
    if known != item.document.text:
        raise InputError(f"{item.document.name}：文件在检查期间变了，没有改写；请再运行一次（changed meanwhile）")
    mark = _MARKS.get(encoding, b"")
    data = (mark if raw.startswith(mark) else b"") + text.encode(encoding)
    backup = _free(path)
    shutil.copy2(path, backup)
    with NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        temporary = Path(file.name)
    try:
        temporary.write_bytes(data)
        shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return item.path.with_name(backup.name)


def _free(path: Path) -> Path:
    """`FILE.bak`, numbered where earlier backups stand: none is ever written over."""
    backup = path.with_name(f"{path.name}.bak")
    number = 2
    while backup.exists():
        backup = path.with_name(f"{path.name}.bak{number}")
        number += 1
    return backup
