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
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
# YAML ends lines at these too; editors and `Located.source` do not.
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")


@dataclass(slots=True)
class Located:
    """A YAML file as plain data. `lines[path]` is where the value at `path` begins."""

    file: Path
    data: Any
    lines: dict[LocPath, int] = field(default_factory=dict)
    unquoted: set[LocPath] = field(default_factory=set)
    """Where a scalar stands without quotation marks."""
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
    odd = _ODD_BREAK.search(text)
    if odd is not None:
        line = text.count("\n", 0, odd.start()) + 1
        problem = f"the line separator U+{ord(odd.group()):04X} stands in the file"
        expected = f'"\\u{ord(odd.group()):04x}" in double quotation marks'
        return None, [PackIssue(file, line, problem, expected, located.excerpt(line))]
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
    located.data = _Builder(located, issues).build(node, ())
    return located, issues


class _Builder:
    """Turns YAML nodes into plain data, noting lines and problems."""

    def __init__(self, located: Located, issues: list[PackIssue]) -> None:
        self.located = located
        self.issues = issues
        self.parents: list[yaml.Node] = []

    def build(self, node: yaml.Node, path: LocPath) -> Any:
        line = node.start_mark.line + 1
        self.located.lines[path] = line
        if any(node is parent for parent in self.parents):
            self._refuse(line, "the value holds itself", "no alias inside what it names")
            return None
        if not isinstance(node, yaml.CollectionNode):
            if not getattr(node, "style", None):  # the C loader says "" of plain scalars, the other None
                self.located.unquoted.add(path)
                return _plain(str(node.value))
            return str(node.value)
        self.parents.append(node)
        if isinstance(node, yaml.MappingNode):
            data: Any = self._mapping(node, path)
        else:
            data = [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        self.parents.pop()
        return data

    def _mapping(self, node: yaml.MappingNode, path: LocPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in mapping:
                self._refuse(line, f"the key {key!r} stands twice", "each key once")
            mapping[key] = self.build(value_node, (*path, key))
            self.located.lines[(*path, key)] = line
        return mapping

    def _refuse(self, line: int, problem: str, expected: str) -> None:
        self.issues.append(PackIssue(self.located.file, line, problem, expected, self.located.excerpt(line)))


def _plain(text: str) -> Any:
    """The value of a scalar without quotation marks. A number that would lose something (1.10, 007) stays text."""
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _DATE.match(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    if _NUMBER.match(text):
        number = float(text) if "." in text else int(text)
        return number if str(number) == text else text
    return text
