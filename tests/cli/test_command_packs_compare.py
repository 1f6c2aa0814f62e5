"""`packs diff` and `packs lint`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_support import RULES, Run, example

from support import pack, phrases, write_rules


def write(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return path


def own(tier: int = 2, **keys: Any) -> Any:
    magic = phrases("神奇", slug="magic", tier=tier, examples=example("[[神奇]]的蜜"))
    changes = [{"version": "2026.11.0", "date": "2026-11-22", "change": "首版"}]
    return pack(magic, name="mine", **{"sources": {}, "changelog": changes, **keys})


class TestDiff:
    @pytest.fixture(autouse=True)
    def versions(self, desk: Path) -> None:
        write(desk / "old.yaml", own())
        write(desk / "new.yaml", own(tier=3, version="2026.12.0"))

    def test_two_versions_of_one_pack(self, run: Run) -> None:
        done = run("packs", "diff", "old.yaml", "new.yaml")
        assert done.code == 0
        assert done.out.splitlines() == [
            "[规则包] mine：版本 2026.11.0 → 2026.12.0", "[规则] mine/magic：级别 2 → 3",
        ]  # fmt: skip

    def test_rules_of_a_version_that_knew_fewer_word_lists(self, run: Run, desk: Path) -> None:
        """A folder of last month may lack a list that this version's checks need; it is compared all the same."""
        for name in ("before", "after"):
            (desk / name).mkdir()
            write_rules(desk / name, RULES)
        context = desk / "before" / "lexicons" / "context.yaml"
        context.write_text(context.read_text("utf-8").replace("  answers-no:\n", "  answers-nothing:\n"), "utf-8")
        done = run("packs", "diff", "before", "after")
        assert (done.code, "[词表] answers-no：新增" in done.out) == (0, True)

    def test_as_markdown_and_json(self, run: Run, desk: Path) -> None:
        out = run("packs", "diff", "old.yaml", "new.yaml", "--format", "markdown").out
        assert "## 规则\n\n- **mine/magic**：级别 2 → 3\n" in out
        run("packs", "diff", "old.yaml", "new.yaml", "--format", "json", "-o", "d.json")
        assert json.loads((desk / "d.json").read_text("utf-8"))[1] == {
            "kind": "规则", "subject": "mine/magic", "text": "级别 2 → 3",
        }  # fmt: skip

    def test_no_change_is_said(self, run: Run) -> None:
        assert run("packs", "diff", "old.yaml", "old.yaml").out == "没有变化。\n"

    def test_whole_folders_of_rules(self, run: Run, rules: Path, tmp_path: Path) -> None:
        (tmp_path / "next").mkdir()
        write_rules(tmp_path / "next", {**RULES, "rules": RULES["rules"][1:]})
        for old in (rules, "builtin"):
            assert run("packs", "diff", old, tmp_path / "next").out == "[规则] own/rank：删除“宣称第一”\n"

    def test_a_path_that_is_not_there(self, run: Run) -> None:
        done = run("packs", "diff", "old.yaml", "gone.yaml")
        assert (done.code, "gone.yaml：没有这个文件或文件夹" in done.err) == (2, True)


class TestLint:
    def test_a_pack_without_faults(self, run: Run, desk: Path) -> None:
        write(desk / "mine.yaml", own())
        done = run("packs", "lint", "mine.yaml")
        assert (done.code, done.out) == (0, "没有发现问题。\n")

    def test_faults_of_the_packs_named_and_of_no_others(self, run: Run, desk: Path) -> None:
        unused = {"title": "没人用", "issuer": "无", "since": "2020-01-01", "verified": True}
        write(desk / "mine.yaml", own(sources={"spare": unused}, changelog=[]))
        words = {"lexicons": "words", "version": "2026.11.0", "words": {"idle": {"terms": ["甲"]}}}
        write(desk / "words.yaml", words)
        done = run("packs", "lint", "mine.yaml", "words.yaml")
        assert done.code == 1
        assert done.out.splitlines() == [
            "unused-source: spare: 没有规则引用这个依据",
            "unused-lexicon: idle: 没有规则使用这个词表",
            "no-changelog: mine: 更新记录里没有版本 2026.11.0",
        ]
        assert "3 处要改" in done.err

    def test_a_path_of_the_built_in_rules_is_linted_where_it_is(self, run: Run, rules: Path) -> None:
        assert run("packs", "lint", rules / "laws").out == "没有发现问题。\n"

    def test_without_paths_all_packs(self, run: Run, rules: Path) -> None:
        write(rules / "laws" / "mine.yaml", own(changelog=[]))
        done = run("packs", "lint")
        assert (done.code, "no-changelog: mine" in done.out) == (1, True)

    def test_a_broken_pack_or_path_ends_with_2(self, run: Run, desk: Path) -> None:
        write(desk / "mine.yaml", own(tier=9))
        assert run("packs", "lint", "mine.yaml").code == 2
        assert run("packs", "lint", "gone").code == 2
