"""`coopcompliance packs` and `explain`: what is loaded, and whether it does what its authors say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_support import Run, example

from support import pack, rule


def write(path: Path, data: Any) -> Path:
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), "utf-8")
    return path


def own(**keys: Any) -> Any:
    magic = {"detect": {"phrases": ["神奇"]}, "examples": example("[[神奇]]的蜜"), **keys}
    return pack(rule("magic", **magic), name="mine", sources={})


class TestListAndShow:
    def test_list_gives_ids_versions_and_counts(self, run: Run) -> None:
        done = run("packs", "list")
        assert done.code == 0
        (row,) = [row for row in done.out.splitlines() if row.startswith("own")]
        assert row.split()[:5] == ["own", "2026.11.0", "laws", "5", "测试规则包"]

    def test_show_gives_sources_rules_and_changes(self, run: Run) -> None:
        out = run("packs", "show", "own").out
        assert "《平台规则》，2015-01-01 起（原文待核）" in out
        assert "2026.11.0（2026-11-22）：首版" in out
        (row,) = [row for row in out.splitlines() if row.startswith("cures")]
        assert row.split() == ["cures", "重大", "涉疾病预防治疗", "2015-01-01", "宣称治病"]

    def test_an_unknown_pack_is_refused_with_the_known_ones(self, run: Run) -> None:
        done = run("packs", "show", "nope")
        assert done.code == 2 and "known: own" in done.err


class TestValidateAndTest:
    def test_a_good_pack(self, run: Run, desk: Path) -> None:
        write(desk / "mine.yaml", own())
        done = run("packs", "validate", "mine.yaml")
        assert (done.code, done.out) == (0, "通过：1 条规则，6 个例句，0 处不符。\n")

    def test_a_dead_rule_is_named(self, run: Run, desk: Path) -> None:
        write(desk / "mine.yaml", own(examples=example("[[奇妙]]的蜜")))
        done = run("packs", "validate", "mine.yaml")
        assert done.code == 1
        assert "mine/magic: flag: '[[奇妙]]的蜜': the rule does not flag it" in done.out

    def test_every_problem_of_every_file_at_once(self, run: Run, desk: Path) -> None:
        (desk / "packs").mkdir()
        write(desk / "packs" / "a.yaml", own(tier=9))
        write(desk / "packs" / "b.yaml", 'pack: b\npack: c\nversion: "2026.11.0"\n')
        write(desk / "packs" / "c.yaml", "pack: [\n")
        done = run("packs", "validate", "packs")
        assert done.code == 2
        for words in ("a.yaml:1: rules.0.tier", "b.yaml:2: the key 'pack' stands twice", "c.yaml:"):
            assert words in done.err

    def test_test_runs_all_examples(self, run: Run) -> None:
        assert run("packs", "test").out.startswith("通过：5 条规则")

    def test_a_path_of_the_built_in_rules_is_tested_where_it_is(self, run: Run, rules: Path) -> None:
        for command in ("test", "validate"):
            assert run("packs", command, rules / "laws").out.startswith("通过：5 条规则")

    def test_a_path_that_is_not_there(self, run: Run, rules: Path) -> None:
        assert run("packs", "test", "gone.yaml").code == 2
        assert run("packs", "test", rules / "gone.yaml").code == 2


class TestExplain:
    def test_it_says_what_why_since_when_and_what_clears(self, run: Run) -> None:
        out = run("explain", "own/rank").out
        for words in (
            "own/rank  宣称第一", "较大（2 级）", "自 2015-01-01", "出现：第一", "《测试法》第一条", "fixed：固定说法",
            "第一时间", "《测试法》第二条", "可引用的数据出处（survey）", "全国⟦第一⟧", "第一时间发货（因 fixed 放行）",
        ):  # fmt: skip
            assert words in out

    def test_a_unique_slug_is_enough(self, run: Run) -> None:
        assert "《平台规则》第九条（原文待核）" in run("explain", "wechat").out

    def test_close_matches_are_suggested(self, run: Run) -> None:
        done = run("explain", "own/wechta")
        assert done.code == 2 and "own/wechat" in done.err

    def test_an_old_name_leads_to_the_rule(self, run: Run, desk: Path) -> None:
        write(desk / "mine.yaml", own(redirects=["wonder"]))
        assert "mine/magic" in run("explain", "mine/wonder", "--packs", "mine.yaml").out

    @pytest.mark.parametrize(
        ("detect", "words"),
        [
            ({"combine": [["全国"], ["销量"]], "gap": 6}, "同一小句里依次出现，相隔不超过 6 字：〔全国〕 ＋ 〔销量〕"),
            (
                {"pattern": "(?P<sum>[0-9]+)元", "hints": ["元"], "compare": [{"group": "sum", "op": ">", "value": 5}]},
                "且 sum > 5",
            ),
            (
                {"missing": {"claim": {"phrases": ["非转基因"]}, "companion": ["来源"]}},
                "出现：非转基因；而同一句里缺少：来源",
            ),
            ({"repeat": ["快买"], "more_than": 3, "per": "1000 characters"}, "每千字超过 3 次：快买"),
        ],
        ids=["combine", "pattern", "missing", "repeat"],
    )
    def test_every_detector_in_words(self, run: Run, desk: Path, detect: Any, words: str) -> None:
        write(desk / "mine.yaml", own(detect=detect))
        done = run("explain", "mine/magic", "--packs", "mine.yaml")
        assert words in done.out, done

    def test_what_a_user_changed(self, run: Run, desk: Path) -> None:
        changes = [{"rule": "own/rank", "tier": 3, "reason": "平台严查"}]
        write(desk / "mine.yaml", {"pack": "mine", "version": "2026.11.0", "overrides": changes})
        out = run("explain", "own/rank", "--packs", "mine.yaml").out
        assert "重大（3 级）" in out and "平台严查" in out
