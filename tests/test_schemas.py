"""The JSON Schemas that ship: current, and in agreement with the loader about what a file may say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from coopcompliance.packs.load import builtin_folder, pack_files
from coopcompliance.schemas import rendered, schema_file, schemas
from support import DAY, pack, phrases, screen

KINDS = ("pack", "lexicons", "plan")


def as_json(value: Any) -> Any:
    """YAML's data as JSON has them: dates are strings, and so are keys."""
    if isinstance(value, dict):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def errors(name: str, data: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schemas()[name])
    return [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(data)
    ]


@pytest.mark.parametrize("name", ["pack", "lexicons", "plan", "report"])
def test_the_shipped_schema_is_current(name: str) -> None:
    assert schema_file(name).read_text("utf-8") == rendered(schemas()[name]), "run python -m coopcompliance.schemas"


@pytest.mark.parametrize("file", pack_files(builtin_folder()), ids=lambda file: file.name)
def test_every_built_in_file_is_valid(file: Path) -> None:
    data = yaml.safe_load(file.read_text("utf-8"))
    name = next(kind for kind in KINDS if kind in data)
    assert errors(name, as_json(data)) == []


def test_a_report_is_valid() -> None:
    report = screen(phrases("第一"), "全国第一", as_of=DAY)
    assert errors("report", report.model_dump(mode="json")) == []


def test_short_forms_are_valid() -> None:
    exemption = {"because": "固定说法", "inside": ["第一时间"]}
    rule = phrases("第一", unless=["$fixed", {"id": "no", "because": "否定", "negated": True}])
    assert errors("pack", pack(rule, exemptions={"fixed": exemption})) == []
    assert errors("lexicons", {"lexicons": "own", "version": "2026.11.0", "words": {"a": {"terms": "一 二"}}}) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": "1.0"},
        {"pack": "Not A Slug"},
        {"rules": [{"id": "x"}]},
        {"rules": [phrases("一", tier=4)]},
        {"rules": [phrases("一", colour="red")]},
    ],
    ids=["version", "slug", "rule without keys", "tier", "unknown key"],
)
def test_what_the_loader_refuses_is_invalid(wrong: dict[str, Any]) -> None:
    assert errors("pack", {**pack(), **wrong})
