"""Batch: JSON lines in, JSON lines out, in order; one bad line never stops the rest."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from coopcompliance.errors import InputError, UsageError
from coopcompliance.model import Evidence, Placement, Report
from coopcompliance.screener import Screener

_EVIDENCE = TypeAdapter(dict[Literal["evidence"], list[Evidence]])
_PLACEMENT_KEYS = ("platform", "form", "products", "stage")


def parse_line(line: str) -> tuple[Any, str, Placement, list[Evidence], dt.date | None]:
    """(id, text, placement, evidence, as_of) of one batch line.

    Raises:
        UsageError: the line is not what the contract asks for; the message says what.
    """
    try:
        data = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UsageError(f"not JSON: {error}") from error
    if not isinstance(data, dict) or "id" not in data or not isinstance(data.get("text"), str):
        raise UsageError('a line is an object with "id" and "text"')
    if _writable(data["id"]) != data["id"]:
        raise UsageError("id: 含有孤立代理码位，写不进结果（lone surrogate）")
    try:
        placement = Placement.model_validate({key: data[key] for key in _PLACEMENT_KEYS if data.get(key) is not None})
        evidence = list(_EVIDENCE.validate_python({"evidence": data.get("evidence") or []})["evidence"])
        as_of = dt.date.fromisoformat(data["as_of"]) if data.get("as_of") else None
    except ValidationError as error:
        raise UsageError(readable(error)) from error
    except (TypeError, ValueError) as error:
        raise UsageError(f"as_of: {error}") from error
    return data["id"], data["text"], placement, evidence, as_of


def run_batch(screener: Screener, lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """One output line for each non-blank input line, and whether it was judged."""
    for line in lines:
        if not line.strip():
            continue
        try:
            key, text, placement, evidence, as_of = parse_line(line)
            report = screener.screen(text, placement, evidence=evidence, as_of=as_of, name=str(key))
        except (InputError, UsageError) as error:
            yield json.dumps(_writable({"id": _id_of(line), "error": str(error)}), ensure_ascii=False), False
            continue
        yield output_line(key, report), True


def output_line(key: Any, report: Report) -> str:
    return f'{{"id": {json.dumps(key, ensure_ascii=False)}, "report": {report.model_dump_json()}}}'


def readable(error: ValidationError) -> str:
    """A pydantic error as one line per problem, where and what."""
    rows = []
    for problem in error.errors():
        where = ".".join(map(str, problem["loc"]))
        rows.append(f"{where}: {str(problem['msg']).removeprefix('Value error, ')}")
    return "; ".join(rows)


def _writable(value: Any) -> Any:
    """`value` with "?" for lone surrogates, which no UTF-8 file can hold."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _id_of(line: str) -> Any:
    try:
        data = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return data.get("id") if isinstance(data, dict) else None
