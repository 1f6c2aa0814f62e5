"""Evidence files: what the cooperative can prove, as a YAML, JSON or TOML list.

    - {kind: organic, number: "123OP1234567", products: [tea], issued: 2026-01-05, valid_until: 2027-01-04}
    - {kind: survey, number: 中国蜂产品协会2025年度报告}

A mapping with the single key `evidence` may hold the list instead; TOML has no other way: `[[evidence]]`.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from coopcompliance.errors import UsageError
from coopcompliance.model import Evidence
from coopcompliance.packs import yamlio

_EXPECTED = "一个列表，每条写 kind，可写 number、products、issued、valid_until"


def load_evidence(file: Path) -> tuple[Evidence, ...]:
    """The evidence in `file`, in its order.

    Raises:
        UsageError: the file is unreadable or wrong; every problem, with the line where it is known.
    """
    try:
        source = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file}：证明材料文件读不了：{error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}：证明材料文件不是 UTF-8（第 {error.start + 1} 字节）；请另存为 UTF-8") from error
    located = _parse(file, source)
    path: yamlio.LocPath = ()
    data = located.data
    if isinstance(data, dict) and set(data) == {"evidence"}:
        path, data = ("evidence",), data["evidence"]
    if not isinstance(data, list):
        raise UsageError(f"{file}:{located.line_of(path)}: 不是列表；expected: {_EXPECTED}")
    found: list[Evidence] = []
    problems: list[str] = []
    for index, item in enumerate(data):
        try:
            found.append(Evidence.model_validate(item))
        except ValidationError as error:
            problems += [_problem(located, (*path, index), index, dict(row)) for row in error.errors()]
    if problems:
        raise UsageError("\n".join(problems))
    return tuple(found)


def _problem(located: yamlio.Located, path: yamlio.LocPath, index: int, row: dict[str, Any]) -> str:
    loc = tuple(row["loc"])
    message = str(row["msg"]).removeprefix("Value error, ")
    if row["type"] == "extra_forbidden":
        message = f"未知的键；known: {', '.join(Evidence.model_fields)}"
    elif row["type"] == "string_type":
        message = "要写成带引号的文字，否则数字开头的 0 会丢失（must be a quoted string）"
    elif row["type"] == "missing":
        message = "没有写（missing）"
    elif row["type"] == "model_type":
        message = f"不是一条证明；expected: {_EXPECTED}"
    where = ".".join(map(str, loc))
    return (
        f"{located.file}:{located.line_of((*path, *loc))}: 第 {index + 1} 条 {where + ': ' if where else ''}{message}"
    )


def _parse(file: Path, source: str) -> yamlio.Located:
    """The file as plain data; lines are known for YAML, and for JSON as far as it is YAML too."""
    suffix = file.suffix.lower()
    if suffix == ".toml":
        try:
            return yamlio.Located(file, tomllib.loads(source))
        except tomllib.TOMLDecodeError as error:
            raise UsageError(f"{file}：不是合法的 TOML：{error}") from error
    if suffix == ".json":
        try:
            data = json.loads(source)
        except json.JSONDecodeError as error:
            raise UsageError(f"{file}:{error.lineno}: 不是合法的 JSON：{error.msg}（第 {error.colno} 列）") from error
        as_yaml, issues = yamlio.load(file, source)
        return yamlio.Located(file, data, as_yaml.lines if as_yaml and not issues else {})
    located, issues = yamlio.load(file, source)
    if issues or located is None:
        raise UsageError("\n".join(str(issue) for issue in issues))
    return located
