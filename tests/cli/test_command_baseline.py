"""`coopcompliance baseline`: what is there is accepted, what is new is told, what is gone is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import Run

FILE = "coopcompliance-baseline.json"


@pytest.fixture(autouse=True)
def scripts(desk: Path) -> None:
    (desk / "a.txt").write_text("全国第一\n", "utf-8")
    (desk / "b.txt").write_text("能治病\n", "utf-8")


def accepted(desk: Path) -> list[tuple[str, str]]:
    entries = json.loads((desk / FILE).read_text("utf-8"))["entries"]
    return [(entry["document"], entry["text"]) for entry in entries]


class TestCreate:
    def test_it_accepts_what_counts_now(self, run: Run, desk: Path) -> None:
        done = run("baseline", "create", "*.txt")
        assert (done.code, done.out) == (0, f"已写入 {FILE}：接受 2 处现有问题，今后只报告新的。\n")
        assert accepted(desk) == [("a.txt", "第一"), ("b.txt", "治病")]
        assert run("check", "*.txt", "--baseline", FILE).code == 0

    def test_an_upcoming_finding_is_not_accepted_for_its_day(self, run: Run, desk: Path) -> None:
        (desk / "c.txt").write_text("零添加\n", "utf-8")
        run("baseline", "create", "c.txt")
        assert accepted(desk) == []
        assert run("check", "c.txt", "--baseline", FILE, "--as-of", "2030-01-01").code == 1

    def test_neither_is_what_a_person_silenced_in_the_text(self, run: Run, desk: Path) -> None:
        (desk / "c.md").write_text("全国第一 <!-- coop-ignore rank; 理由: 有出处 -->\n", "utf-8")
        run("baseline", "create", "c.md")
        assert accepted(desk) == []

    def test_an_existing_file_is_kept(self, run: Run, desk: Path) -> None:
        run("baseline", "create", "a.txt")
        done = run("baseline", "create", "*.txt")
        assert (done.code, "baseline update" in done.err) == (2, True)
        assert accepted(desk) == [("a.txt", "第一")]

    def test_nothing_is_written_where_an_input_cannot_be_read(self, run: Run, desk: Path) -> None:
        assert run("baseline", "create", "a.txt", "gone.txt").code == 2
        assert not (desk / FILE).exists()


class TestCheck:
    def test_new_findings_end_with_1_and_gone_ones_are_said(self, run: Run, desk: Path) -> None:
        run("baseline", "create", "*.txt")
        (desk / "a.txt").write_text("这茶能治病\n", "utf-8")
        done = run("baseline", "check", "*.txt")
        assert done.code == 1
        assert done.out.splitlines() == [
            "+ 新问题  a.txt: own/cures: “治病”",
            "- 已消失  a.txt: own/rank: “第一”",
            f"与 {FILE} 相比：新问题 1 处，已消失 1 处；用 baseline update 去掉已消失的。",
        ]

    def test_gone_ones_alone_end_with_0(self, run: Run, desk: Path) -> None:
        run("baseline", "create", "*.txt")
        (desk / "a.txt").write_text("好茶\n", "utf-8")
        assert run("baseline", "check", "*.txt").code == 0

    def test_files_that_are_not_checked_this_time_are_not_gone(self, run: Run, desk: Path) -> None:
        run("baseline", "create", "*.txt")
        assert "已消失 0 处" in run("baseline", "check", "a.txt").out
        (desk / "b.txt").unlink()
        assert "- 已消失  b.txt" in run("baseline", "check", "a.txt").out

    def test_without_a_file_it_ends_with_2(self, run: Run) -> None:
        done = run("baseline", "check", "a.txt")
        assert done.code == 2 and FILE in done.err


class TestUpdate:
    def test_it_takes_in_the_new_and_takes_out_the_gone(self, run: Run, desk: Path) -> None:
        run("baseline", "create", "*.txt")
        (desk / "a.txt").write_text("亲亲\n", "utf-8")
        assert "新接受 1 处，去掉已消失的 1 处" in run("baseline", "update", "a.txt").out
        assert accepted(desk) == [("a.txt", "亲亲"), ("b.txt", "治病")]

    def test_a_second_update_changes_no_byte(self, run: Run, desk: Path) -> None:
        run("baseline", "create", "*.txt")
        before = (desk / FILE).read_bytes()
        run("baseline", "update", "*.txt")
        assert (desk / FILE).read_bytes() == before


class TestSettings:
    def test_the_configuration_names_the_file_and_check_heeds_it(self, run: Run, desk: Path) -> None:
        (desk / "coopcompliance.toml").write_text('baseline = "known.json"\n', "utf-8")
        run("baseline", "create", "a.txt")
        assert (desk / "known.json").exists()
        done = run("check", "a.txt", "--show-exempt")
        assert done.code == 0
        assert "已列入基线" in done.out

    def test_it_holds_wherever_the_command_is_run_from(
        self, run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("baseline", "create", "a.txt")
        (desk / "ci").mkdir()
        monkeypatch.chdir(desk / "ci")
        assert run("check", "../a.txt", "--baseline", f"../{FILE}").code == 0
        assert run("check", "../b.txt", "--baseline", f"../{FILE}").code == 1

    def test_another_document_may_not_say_what_one_was_forgiven(self, run: Run, desk: Path) -> None:
        run("baseline", "create", "a.txt")
        (desk / "c.txt").write_bytes((desk / "a.txt").read_bytes())
        assert run("check", "c.txt", "--baseline", FILE).code == 1

    def test_another_file_can_be_named(self, run: Run, desk: Path) -> None:
        assert run("baseline", "create", "a.txt", "-b", "mine.json").code == 0
        assert run("check", "a.txt", "--baseline", "mine.json").code == 0

    def test_a_missing_or_wrong_file_is_named_before_anything_is_checked(self, run: Run, desk: Path) -> None:
        (desk / "x.json").write_text("{}x", "utf-8")
        for name in ("x.json", "gone.json"):
            done = run("check", "a.txt", "--baseline", name)
            assert (done.code, done.out, name in done.err) == (2, "", True)
