"""`coopcompliance batch`: one line out for one line in, in order, whatever is wrong with one of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cli_support import Run


def line(key: str, text: str, **keys: Any) -> str:
    return json.dumps({"id": key, "text": text, **keys}, ensure_ascii=False) + "\n"


def test_every_line_is_answered_in_order(run: Run, desk: Path) -> None:
    (desk / "in.jsonl").write_text(line("a", "能治病") + line("b", "加微信", platform="douyin"), "utf-8")
    done = run("batch", "in.jsonl")
    rows = [json.loads(row) for row in done.out.splitlines()]
    assert done.code == 0 and done.err == ""
    found = [(row["id"], row["report"]["findings"][0]["rule"]) for row in rows]
    assert found == [("a", "own/cures"), ("b", "own/wechat")]


def test_one_bad_line_does_not_stop_the_rest(run: Run) -> None:
    bad = line("x", "茶", platform="tiktok") + "{not json\n" + line("empty", "")
    done = run("batch", "-", stdin=line("a", "茶") + bad + line("b", "蜜"))
    rows = [json.loads(row) for row in done.out.splitlines()]
    assert done.code == 2
    assert [(row["id"], "error" in row) for row in rows] == [
        ("a", False), ("x", True), (None, True), ("empty", True), ("b", False),
    ]  # fmt: skip
    assert "known: wechat" in rows[1]["error"]
    assert "5 行中有 3 行没能检查" in done.err


def test_bytes_that_are_no_text_spoil_only_their_line(run: Run) -> None:
    done = run("batch", "-", stdin=b'{"id": 1, "text": "\xff\xfe"}\n' + line("b", "茶").encode())
    rows = [json.loads(row) for row in done.out.splitlines()]
    assert (done.code, [row["id"] for row in rows]) == (2, [1, "b"])
    assert "error" in rows[0] and "report" in rows[1]


def test_a_byte_order_mark_is_no_part_of_the_first_line(run: Run) -> None:
    assert run("batch", "-", stdin=b"\xef\xbb\xbf" + line("a", "茶").encode()).code == 0


def test_the_output_can_be_a_file(run: Run, desk: Path) -> None:
    (desk / "in.jsonl").write_text(line("a", "茶"), "utf-8")
    assert run("batch", "in.jsonl", "-o", "out.jsonl").out == ""
    assert json.loads((desk / "out.jsonl").read_text("utf-8"))["id"] == "a"


def test_the_output_may_not_be_the_input(run: Run, desk: Path) -> None:
    (desk / "in.jsonl").write_text(line("a", "茶"), "utf-8")
    done = run("batch", "in.jsonl", "-o", "./in.jsonl")
    assert done.code == 2 and "会覆盖输入" in done.err
    assert (desk / "in.jsonl").read_text("utf-8") == line("a", "茶")


def test_missing_and_empty_input_end_with_2(run: Run) -> None:
    assert "读不了" in run("batch", "gone.jsonl").err
    assert "empty input" in run("batch", "-", stdin="\n\n").err
    assert run("batch", "-", stdin="").code == 2


def test_own_packs_count(run: Run, desk: Path, rules: Path) -> None:
    override = {"rule": "own/rank", "off": True, "reason": "不适用"}
    mine = {"pack": "mine", "version": "2026.11.0", "overrides": [override]}
    (desk / "mine.yaml").write_text(json.dumps(mine, ensure_ascii=False), "utf-8")
    done = run("batch", "-", "--packs", "mine.yaml", stdin=line("a", "全国第一"))
    assert json.loads(done.out)["report"]["findings"] == []
