"""Batch: JSON lines in, JSON lines out, in order; one bad line never stops the rest."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coopcompliance import Report
from coopcompliance.batch import run_batch
from support import phrases, screener

SCREENER = screener(
    phrases("最好"),
    phrases("有机", slug="organic", clears=["organic"]),
    phrases("加群", slug="group", applies={"platforms": ["douyin"]}),
)


def run(*lines: str | dict[str, Any]) -> list[tuple[dict[str, Any], bool]]:
    given = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    return [(json.loads(out), judged) for out, judged in run_batch(SCREENER, given)]


def test_lines_come_out_in_the_order_of_the_input() -> None:
    out = run(*({"id": number, "text": f"{'最好' * (number % 2)}蜜"} for number in range(20)))
    assert [line["id"] for line, _ in out] == list(range(20))
    assert [len(line["report"]["findings"]) for line, _ in out] == [number % 2 for number in range(20)]
    assert all(judged for _, judged in out)


def test_a_line_out_holds_a_whole_report() -> None:
    ((line, _),) = run({"id": "a", "text": "最好"})
    assert set(line) == {"id", "report"}
    assert Report.model_validate(line["report"]).findings[0].text == "最好"


def test_placement_evidence_and_date_of_a_line_count() -> None:
    proof = {"kind": "organic", "number": "123OP2512345", "valid_until": "2027-01-01"}
    lines = run(
        {"id": 1, "text": "有机", "as_of": "2026-11-22"},
        {"id": 2, "text": "有机", "as_of": "2026-11-22", "evidence": [proof]},
        {"id": 3, "text": "有机", "as_of": "2027-11-22", "evidence": [proof]},
        {"id": 4, "text": "加群"},
        {"id": 5, "text": "加群", "platform": "douyin", "form": "live", "products": ["tea"], "stage": "live"},
    )
    assert [len(line["report"]["findings"]) for line, _ in lines] == [1, 0, 1, 0, 1]
    assert lines[4][0]["report"]["placement"] == {
        "platform": "douyin",
        "form": "live",
        "products": ["tea"],
        "stage": "live",
    }


def test_other_keys_such_as_labels_are_let_be() -> None:
    ((line, judged),) = run({"id": 1, "text": "最好", "expect": [], "platform": None})
    assert judged
    assert line["report"]["tier"] == 2


@pytest.mark.parametrize(
    ("line", "key", "says"),
    [
        ("{", None, "not JSON"),
        ("[1]", None, "object"),
        ("3", None, "object"),
        ('{"text": "最好"}', None, '"id"'),
        ('{"id": 7}', 7, '"text"'),
        ('{"id": 7, "text": 5}', 7, '"text"'),
        ('{"id": 7, "text": ""}', 7, "empty"),
        ('{"id": 7, "text": "\\ud800"}', 7, "U+D800"),
        ('{"id": 7, "text": "好", "platform": "tiktok"}', 7, "douyin"),
        ('{"id": 7, "text": "好", "form": "film"}', 7, "product-page"),
        ('{"id": 7, "text": "好", "products": ["wine"]}', 7, "honey"),
        ('{"id": 7, "text": "好", "as_of": "yesterday"}', 7, "as_of"),
        ('{"id": 7, "text": "好", "as_of": 2026}', 7, "as_of"),
        ('{"id": 7, "text": "好", "evidence": [{"kind": "oral"}]}', 7, "test-report"),
        ('{"id": 7, "text": "好", "evidence": [{"number": "1"}]}', 7, "kind"),
        ('{"id": 7, "text": "好", "evidence": 5}', 7, "evidence"),
        ('{"id": 7, "text": "好", "evidence": {"kind": "organic"}}', 7, "evidence"),
        ("[" * 100_000, None, "JSON"),
        ('{"id": "\\ud800", "text": "好"}', "?", "id"),
    ],
)
def test_a_bad_line_says_why_and_stops_nothing(line: str, key: object, says: str) -> None:
    out = run({"id": 1, "text": "最好"}, line, {"id": 2, "text": "最好"})
    assert [judged for _, judged in out] == [True, False, True]
    assert set(out[1][0]) == {"id", "error"}
    assert out[1][0]["id"] == key
    assert says in out[1][0]["error"]


def test_what_comes_out_can_always_be_written_as_utf_8() -> None:
    for out, _ in run_batch(SCREENER, ['{"id": "\\ud800", "text": "好"}', '{"id": 1, "text": "\\udc80"}']):
        assert out.encode("utf-8")


def test_blank_lines_are_no_lines() -> None:
    assert [line["id"] for line, _ in run({"id": 1, "text": "好"}, "", "  \n", {"id": 2, "text": "好"})] == [1, 2]
