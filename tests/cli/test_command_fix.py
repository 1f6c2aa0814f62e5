"""`check --diff` and `--fix`: safe rewrites shown or written; what could be lost is kept."""

from __future__ import annotations

import codecs
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_support import SAFE, Run

CRLF_TEXT = "头一行\r\n纯天然蜂蜜\r\n末一行"


@pytest.fixture(autouse=True)
def safe_rules(desk: Path) -> None:
    (desk / "safe.yaml").write_text(json.dumps(SAFE, ensure_ascii=False), "utf-8")
    (desk / "coopcompliance.toml").write_text('packs = ["safe.yaml"]\n', "utf-8")


class TestDiff:
    def test_it_shows_a_patch_and_changes_nothing(self, run: Run, desk: Path) -> None:
        (desk / "a.txt").write_text("好茶\n纯天然蜂蜜\n", "utf-8")
        done = run("check", "a.txt", "--diff")
        assert done.out == "--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n 好茶\n-纯天然蜂蜜\n+蜂蜜\n"
        assert done.code == 1
        assert "可以安全改写 1 处" in done.err
        assert (desk / "a.txt").read_text("utf-8") == "好茶\n纯天然蜂蜜\n"

    @pytest.mark.parametrize("text", [CRLF_TEXT, "纯天然\u2028蜂蜜", "纯天然蜂蜜\n", "a\rb 纯天然蜂蜜\n"])
    def test_git_can_apply_it(self, run: Run, desk: Path, git: Callable[..., str], text: str) -> None:
        (desk / "我 的.txt").write_bytes(text.encode())
        run("check", "我 的.txt", "--diff", "-o", "fix.patch")
        git("apply", "fix.patch")
        assert (desk / "我 的.txt").read_bytes() == text.replace("纯天然", "").encode()

    def test_standard_input_can_be_shown(self, run: Run) -> None:
        assert "+蜂蜜" in run("check", "-", "--diff", stdin="纯天然蜂蜜\n").out

    def test_without_anything_to_rewrite_it_is_empty(self, run: Run) -> None:
        done = run("check", "-", "--diff", stdin="能治病\n")
        assert (done.code, done.out) == (1, "")
        assert "没有可以安全改写的地方" in done.err

    def test_it_takes_no_report_format(self, run: Run) -> None:
        assert run("check", "-", "--diff", "--format", "json", stdin="茶").code == 2


class TestFix:
    def test_it_writes_keeps_a_backup_and_reports_what_is_left(self, run: Run, desk: Path) -> None:
        (desk / "a.txt").write_text("纯天然蜂蜜，亲亲\n", "utf-8")
        done = run("check", "a.txt", "--fix", "--format", "json")
        assert (desk / "a.txt").read_text("utf-8") == "蜂蜜，亲亲\n"
        assert (desk / "a.txt.bak").read_text("utf-8") == "纯天然蜂蜜，亲亲\n"
        assert [finding["text"] for finding in json.loads(done.out)["findings"]] == ["亲亲"]
        assert done.code == 0
        assert "a.txt：改了 1 处，原文留在 a.txt.bak" in done.err

    def test_a_rewrite_that_raises_a_new_finding_is_refused_by_name(self, run: Run, desk: Path) -> None:
        (desk / "a.txt").write_text("好茶\n我们的顶级蜂蜜\n", "utf-8")
        done = run("check", "a.txt", "--fix")
        assert done.code == 1
        assert "a.txt:2:4: “顶级”没有改（safe/top）" in done.err
        assert (desk / "a.txt").read_text("utf-8") == "好茶\n我们的顶级蜂蜜\n"
        assert not (desk / "a.txt.bak").exists()

    def test_earlier_backups_are_never_written_over(self, run: Run, desk: Path) -> None:
        for name in ("一", "二"):
            (desk / "a.txt").write_text(f"纯天然{name}\n", "utf-8")
            run("check", "a.txt", "--fix")
        assert (desk / "a.txt.bak").read_text("utf-8") == "纯天然一\n"
        assert (desk / "a.txt.bak2").read_text("utf-8") == "纯天然二\n"

    @pytest.mark.parametrize(
        ("encoding", "mark"),
        [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("gb18030", b"")],
        ids=["plain", "utf-8 with mark", "utf-16", "gb18030"],
    )
    def test_encoding_mark_and_line_ends_stay(self, run: Run, desk: Path, encoding: str, mark: bytes) -> None:
        (desk / "a.txt").write_bytes(mark + CRLF_TEXT.encode(encoding))
        run("check", "a.txt", "--fix")
        assert (desk / "a.txt").read_bytes() == mark + CRLF_TEXT.replace("纯天然", "").encode(encoding)

    def test_the_mode_of_the_file_and_a_link_to_it_stay(self, run: Run, desk: Path) -> None:
        (desk / "a.txt").write_text("纯天然蜂蜜\n", "utf-8")
        (desk / "a.txt").chmod(0o640)
        (desk / "link.txt").symlink_to("a.txt")
        run("check", "link.txt", "--fix")
        assert (desk / "link.txt").is_symlink()
        assert (desk / "a.txt").read_text("utf-8") == "蜂蜜\n"
        assert (desk / "a.txt").stat().st_mode & 0o777 == 0o640

    def test_subtitles_are_checked_again_with_their_cues(self, run: Run, desk: Path) -> None:
        cues = "1\n00:00:01,000 --> 00:00:03,000\n纯天然蜂蜜\n\n2\n00:00:04,000 --> 00:00:06,000\n纯天然好茶\n"
        (desk / "a.srt").write_text(cues, "utf-8")
        assert run("check", "a.srt", "--fix").code == 0
        assert (desk / "a.srt").read_text("utf-8") == cues.replace("纯天然", "")

    def test_what_a_suppression_took_out_is_left_alone(self, run: Run, desk: Path) -> None:
        text = "纯天然蜂蜜 <!-- coop-ignore safe/natural; 理由: 客户商标 -->\n"
        (desk / "a.md").write_text(text, "utf-8")
        assert run("check", "a.md", "--fix").code == 0
        assert (desk / "a.md").read_text("utf-8") == text

    def test_standard_input_cannot_be_rewritten(self, run: Run) -> None:
        for argv in (("check", "-", "--fix"), ("check", "--fix")):
            done = run(*argv, stdin="纯天然蜂蜜")
            assert (done.code, "不能改写标准输入" in done.err) == (2, True)

    def test_a_clean_file_is_not_touched(self, run: Run, desk: Path) -> None:
        (desk / "a.txt").write_text("茶\n", "utf-8")
        run("check", "a.txt", "--fix")
        assert sorted(file.name for file in desk.iterdir()) == ["a.txt", "coopcompliance.toml", "safe.yaml"]


def test_the_patch_is_what_fix_writes(run: Run, desk: Path) -> None:
    text = "纯天然蜂蜜，顶级\n好茶\n再来一瓶纯天然蜂蜜"
    (desk / "a.txt").write_text(text, "utf-8")
    patch = run("check", "a.txt", "--diff").out
    run("check", "a.txt", "--fix")
    (desk / "b").mkdir()
    (desk / "b" / "a.txt").write_text(text, "utf-8")
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=desk / "b", check=True)
    assert (desk / "b" / "a.txt").read_bytes() == (desk / "a.txt").read_bytes()
