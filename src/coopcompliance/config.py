"""Project configuration: `coopcompliance.toml`, or `[tool.coopcompliance]` in `pyproject.toml`.

    platform = "douyin"          # as the options of `check` of the same names
    form = "live"
    products = ["honey"]
    stage = "draft"
    fail_on = 2                  # 0 to 3
    packs = ["our-rules"]        # paths are relative to this file
    evidence = ["certificates.yaml"]
    as_of = 2026-11-22
    show_exempt = false
    format = "text"              # see FORMATS
    handbook = "https://example.org/handbook"
    baseline = "coopcompliance-baseline.json"
    lock = "coopcompliance-packs.lock"   # written by `packs lock`
    # names and certified claims that we may write; `rules = [...]` limits an entry to these
    allow = [{text = "第一江山", reason = "注册商标", number = "12345678", until = 2031-01-01}]
    # rules that do not concern us, each with the reason
    off = [{rule = "pack/slug", reason = "法务已确认不适用", until = 2027-01-01}]
    tiers = {"pack/slug" = 3}    # 1 to 3

The nearest file counts, looked for in the folder given and in those above it. Options of the command line come first.
An entry of `allow` or `off` without a reason is refused.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from coopcompliance.errors import UsageError
from coopcompliance.model import Model, Placement
from coopcompliance.policy import Allowed, RuleOff

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

CONFIG_NAME = "coopcompliance.toml"
FORMATS = ("text", "json", "sarif", "junit", "github", "markdown", "html", "review")
"""What `check --format` can write."""
PLACEMENT_KEYS = ("platform", "form", "products", "stage")
ENTRIES = ("allow", "off")
"""Keys whose value is a list of tables."""


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _known_format(value: str) -> str:
    if value not in FORMATS:
        raise ValueError(f"未知的 format {value!r}; known: {', '.join(FORMATS)}")
    return value


Paths = Annotated[tuple[Path, ...], BeforeValidator(_listed)]


class Config(Model):
    """What a configuration file says; a Config of its defaults stands for no file. Paths are absolute."""

    placement: Placement = Placement()
    fail_on: Annotated[int, Field(ge=0, le=3)] = 2
    packs: Paths = ()
    evidence: Paths = ()
    as_of: dt.date | None = None
    show_exempt: bool = False
    format: Annotated[str, AfterValidator(_known_format)] = "text"
    handbook: str | None = None
    baseline: Path | None = None
    lock: Path | None = None
    allow: tuple[Allowed, ...] = ()
    off: tuple[RuleOff, ...] = ()
    tiers: dict[str, Annotated[int, Field(ge=1, le=3)]] = Field(default_factory=dict)
    file: Path | None = None


KEYS = (*PLACEMENT_KEYS, *(name for name in Config.model_fields if name not in {"placement", "file"}))
"""The keys that a file may have."""


def find_config(folder: Path) -> Path | None:
    """The configuration file for `folder`: in it, or in the nearest folder above; None if there is none.

    Raises:
        UsageError: a `pyproject.toml` on the way is not TOML.
    """
    for place in (folder, *folder.resolve().parents):
        own = place / CONFIG_NAME
        if own.is_file():
            return own
        project = place / "pyproject.toml"
        if project.is_file() and _table(project) is not None:
            return project
    return None


def load_config(file: Path) -> Config:
    """The configuration in `file`.

    Raises:
        UsageError: the file is unreadable, not TOML, or says something wrong; every problem, with its line.
    """
    table = _table(file)
    if table is None:
        raise UsageError(f"{file}：没有 [tool.coopcompliance] 这一节（no such table）")
    source = file.read_text("utf-8")
    known = ", ".join(KEYS)
    problems = [f"{file}:{_line_of(source, key)}: 未知的键 {key!r}；known: {known}" for key in table if key not in KEYS]
    placement = {key: table[key] for key in PLACEMENT_KEYS if key in table}
    rest = {key: value for key, value in table.items() if key in KEYS and key not in PLACEMENT_KEYS}
    try:
        config = Config.model_validate({"placement": placement, **rest})
    except ValidationError as error:
        problems += [f"{file}:{_problem(source, problem)}" for problem in error.errors()]
    if problems:
        raise UsageError("\n".join(problems))
    base = file.resolve().parent
    return config.model_copy(
        update={
            "packs": tuple(base / path for path in config.packs),
            "evidence": tuple(base / path for path in config.evidence),
            "baseline": base / config.baseline if config.baseline is not None else None,
            "lock": base / config.lock if config.lock is not None else None,
            "file": file,
        }
    )


def _table(file: Path) -> dict[str, Any] | None:
    """The file's configuration table; None for a `pyproject.toml` without one."""
    try:
        data = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{file}：配置文件读不了：{error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}：配置文件不是 UTF-8：{error}") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}：不是合法的 TOML：{error}") from error
    if file.name != "pyproject.toml":
        return data
    tool = data.get("tool")
    table = tool.get("coopcompliance") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _problem(source: str, problem: ErrorDetails) -> str:
    """One thing that is wrong: its line, its key (for a list: which entry), and why."""
    key, *rest = (part for part in problem["loc"] if part != "placement")
    index = next((part for part in rest if isinstance(part, int)), 0)
    entry = f" 第 {index + 1} 条" if key in ENTRIES and rest else ""
    inner = [str(part) for part in rest if not isinstance(part, int)]
    message = str(problem["msg"]).removeprefix("Value error, ")
    if inner == ["reason"] and problem["type"] in {"missing", "string_too_short"}:
        message = "没有写理由；不写理由的不接受（reason is required）"
    elif problem["type"] == "missing":
        message = "缺少这一项（required）"
    elif problem["type"] == "extra_forbidden":
        message = "未知的键（unknown key）"
    elif inner and inner != ["[key]"]:
        message = f"{message}；found {problem['input']!r}"
    where = f"{key}{entry}" + (f" {'.'.join(inner)}" if inner else "")
    return f"{_line_of(source, str(key), index)}: {where}: {message}"


def _line_of(source: str, key: str, index: int = 0) -> int:
    """The line of `key` in the table of ours: tomllib forgets lines. 1 when it is not plain to see.

    Where the key is written as tables, `[[tool.coopcompliance.off]]`, it is the line of the table of that index.
    """
    section = source.find("[tool.coopcompliance")
    start = max(section, 0)
    name = re.escape(key)
    tables = re.compile(rf"^[ \t]*\[\[?(?:tool\.coopcompliance\.)?{name}\]", re.MULTILINE)
    places = [match.start() for match in tables.finditer(source, start)]
    assigned = re.compile(rf"^[ \t]*[\"']?{name}[\"']?[ \t]*[=.]", re.MULTILINE).search(source, start)
    if places:
        place = places[min(index, len(places) - 1)]
    elif assigned:
        place = assigned.start()
    else:
        return 1
    return source.count("\n", 0, place) + 1
