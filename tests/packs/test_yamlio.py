"""YAML read strictly: what PyYAML bends or forgets is kept or refused."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from coopcompliance.packs import yamlio

FILE = Path("pack.yaml")


def read(text: str) -> Any:
    located, issues = yamlio.load(FILE, text)
    assert not issues
    assert located is not None
    return located.data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("true", True),
        ("false", False),
        ("'true'", "true"),
        ("1.10", "1.10"),
        ("1.5", 1.5),
        ("007", "007"),
        ('"1.10"', "1.10"),
        ("12", 12),
        ('"12"', "12"),
        ("2026-11-22", dt.date(2026, 11, 22)),
        ('"2026-11-22"', "2026-11-22"),
        ("2026-13-40", "2026-13-40"),
        ("~", None),
        ("", None),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
    ],
)
def test_scalars(text: str, value: object) -> None:
    data = read(f"key: {text}")["key"]
    assert data == value
    assert type(data) is type(value)


def test_every_value_knows_its_line() -> None:
    located, _ = yamlio.load(FILE, "a: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n")
    assert located is not None
    paths = [("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "d")]
    assert [located.line_of(path) for path in paths] == [1, 2, 3, 4, 5]
    assert located.line_of(("b", 1, "missing")) == 4


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_line_separators_that_editors_do_not_count_are_refused(char: str) -> None:
    located, (issue,) = yamlio.load(FILE, f'a: 1\nb: "x{char}y"\n')
    assert located is None
    assert issue.line == 2
    assert f"U+{ord(char):04X}" in issue.problem


def test_windows_line_ends_count_once() -> None:
    located, _ = yamlio.load(FILE, "a: 1\r\nb: 2\r\n")
    assert located is not None
    assert located.line_of(("b",)) == 2


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert read("\ufeffpack: own") == {"pack": "own"}


def test_equal_keys_are_refused_where_the_second_stands() -> None:
    _, issues = yamlio.load(FILE, "a: 1\nb: 2\na: 3\n")
    assert [(issue.line, issue.problem) for issue in issues] == [(3, "the key 'a' stands twice")]
    assert ">    3 | a: 3" in issues[0].excerpt


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1, 2\nb: 3\n", 2), ("a: 1\n\tb: 2\n", 2), ("a: 'x\n", 2), ("a: b: c\n", 1), ("a: 1\n---\nb: 2\n", 2)],
)
def test_syntax_errors_name_the_line(text: str, line: int) -> None:
    located, (issue,) = yamlio.load(FILE, text)
    assert located is None
    assert issue.problem.startswith("YAML")
    assert abs(issue.line - line) <= 1
    assert issue.expected == "well-formed YAML"


def test_control_characters_are_refused() -> None:
    located, (issue,) = yamlio.load(FILE, "a: \x07\n")
    assert located is None
    assert issue.problem.startswith("YAML")


def test_an_empty_file_is_refused() -> None:
    located, (issue,) = yamlio.load(FILE, "# nothing\n")
    assert located is None
    assert "empty" in issue.problem


def test_a_value_that_holds_itself_is_refused() -> None:
    _, issues = yamlio.load(FILE, "a: &a\n  b: *a\n")
    assert len(issues) == 1
    assert "itself" in issues[0].problem
