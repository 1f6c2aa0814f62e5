"""Markdown for people: the report, and text that stays text."""

from __future__ import annotations

import re

from desk import TEXT, clean_report, desk_report, same_as_golden
from hypothesis import given

from coopcompliance.writers import markdown, mdtext
from support import texts


def test_golden() -> None:
    same_as_golden("report.md", markdown.write(desk_report(), TEXT, handbook="https://example.org/handbook"))


def test_clean_golden() -> None:
    same_as_golden("clean.md", markdown.write(clean_report()))


def test_html_in_the_script_stays_text() -> None:
    page = markdown.write(desk_report(), TEXT)
    assert "<img" not in page.replace("\\<img", "")
    assert r"\</script\>" in page


def test_every_finding_names_its_rule_and_its_place_in_the_handbook() -> None:
    page = markdown.write(desk_report(), handbook="handbook/")
    for finding in desk_report().findings:
        slug = finding.rule.partition("/")[2]
        assert f"[`{finding.rule}`](<handbook/desk.md#{slug}>)" in page


def test_numbers_and_names_stay_readable() -> None:
    assert mdtext.inline("18.5 元，20:30 开播，GB-2018，script.md") == "18.5 元，20:30 开播，GB-2018，script.md"


def test_what_would_be_a_list_or_a_link_is_escaped() -> None:
    assert mdtext.inline("1. a") == r"1\. a"
    assert mdtext.inline("- [x](http://y) www.z") == r"\- \[x\]\(http\:\/\/y\) www\.z".replace(r"\/", "/")


@given(texts)
def test_escaped_text_reads_back(text: str) -> None:
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", mdtext.inline(text))
    assert [c for c in plain if c.isalnum()] == [c for c in text if c.isalnum()]
    assert "\n" not in plain


@given(texts)
def test_a_cell_never_ends_its_row(text: str) -> None:
    (_, _, row) = mdtext.table(("a", "b"), [(mdtext.cell(text), "x")])
    assert len(re.split(r"(?<!\\)(?:\\\\)*\|", row)) == 4
    assert "\n" not in row
