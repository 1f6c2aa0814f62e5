"""YAML with line numbers: plain values plus a map from each path to its line.

PyYAML alone keeps the last of two equal keys, reads `no` as False and `1.10` as 1.1, and forgets lines. Here equal keys
are refused, only true/false are booleans, and every value's line (1-based) can be asked for by its path.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from coopcompliance.errors import PackIssue

Key = str | int
LocPath = tuple[Key, ...]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_INT = re.compile(r"[-+]?\d+\Z")
_FLOAT = re.compile(r"[-+]?\d+\.\d*\Z")


@dataclass(slots=True)
class Located:
    """A YAML file as plain data. `lines[path]` is where the value at `path` begins."""

    file: Path
    data: Any
    lines: dict[LocPath, int] = field(default_factory=dict)
    source: list[str] = field(default_factory=list)

    def line_of(self, path: LocPath) -> int:
        """Line of the value at `path`, or of its nearest known parent; 1 when nothing of it is known."""
        for length in range(len(path), -1, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                return line
        return 1

    def excerpt(self, line: int) -> str:
        """The lines around `line`, it marked, as a rule author wants to see them."""
        first, last = max(1, line - 1), min(len(self.source), line + 1)
        rows = []
        for number in range(first, last + 1):
            mark = ">" if number == line else " "
            rows.append(f"{mark}{number:5d} | {self.source[number - 1][:160]}")
        return "\n".join(rows)

    def issue(self, path: LocPath, problem: str, expected: str = "") -> PackIssue:
        line = self.line_of(path)
        return PackIssue(self.file, line, problem, expected, self.excerpt(line))


def load(file: Path, text: str) -> tuple[Located | None, list[PackIssue]]:
    """Parse `text` as one YAML document. Returns the data and every problem found in reading it."""
    # str.splitlines would count U+2028 and others; YAML marks and editors do not.
    source = text.split("\n")
    located = Located(file, None, source=source)
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = f"YAML syntax: {error.problem or error}"
        return None, [PackIssue(file, line, problem, "well-formed YAML", located.excerpt(min(line, len(source))))]
    except yaml.YAMLError as error:
        return None, [PackIssue(file, 1, f"YAML: {error}", "well-formed YAML")]
    if node is None:
        return None, [PackIssue(file, 1, "the file is empty", "a pack, a lexicon file or a plan")]
    issues: list[PackIssue] = []
    located.data = _build(node, (), located, issues)
    return located, issues


def _build(node: yaml.Node, path: LocPath, located: Located, issues: list[PackIssue]) -> Any:
    located.lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            here = (*path, key)
            if key in mapping:
                line = key_node.start_mark.line + 1
                issues.append(
                    PackIssue(
                        located.file, line, f"the key {key!r} stands twice", "each key once", located.excerpt(line)
                    )
                )
            mapping[key] = _build(value_node, here, located, issues)
            located.lines[here] = key_node.start_mark.line + 1
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, index), located, issues) for index, child in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if getattr(node, "style", None) is not None:
        return text
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _DATE.match(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text
