"""Files of ours that people keep in their own history: JSON with a format number, one entry a line.

So an added or changed entry is one line of a diff.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from coopcompliance.errors import UsageError
from coopcompliance.model import Model

Content = TypeVar("Content", bound=Model)


def read(path: Path, kind: type[Content], format: int, *, title: str, made_by: str) -> Content:
    """Read the file at `path` as `kind`. `title` is what people call it, `made_by` the command that writes it.

    Raises:
        UsageError: unreadable, not JSON, of another format, or no such file; the message says which.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        content = kind.model_validate(data)
    except OSError as error:
        raise UsageError(f"{path}：{title}读不出来：{error.strerror or error}") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}：{title}不是 JSON：{error}") from error
    except ValidationError as error:
        problem = error.errors()[0]["msg"]
        raise UsageError(f"{path}：不是{title}（请用 {made_by} 生成）：{problem}") from error
    if data.get("format") != format:
        raise UsageError(f"{path}：{title}格式 {data.get('format')} 不认识，本版本只认 {format}")
    return content


def written(format: int, key: str, entries: Iterable[Model]) -> str:
    """The text of such a file: `format`, and under `key` one entry a line."""
    rows = ",\n  ".join(entry.model_dump_json() for entry in entries)
    body = f"[\n  {rows}\n]" if rows else "[]"
    return f'{{"format": {format}, "{key}": {body}}}\n'
