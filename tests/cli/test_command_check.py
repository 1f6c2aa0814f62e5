"""`coopcompliance check`: what is printed, and the exit code."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from cli_support import Run

from support import pack, rule

# Every way to split the run of 一 is tried before it fails.
SLOW = "(?:一|一一)+[二四]"


class TestExitCodes:
    def test_clean_copy_ends_with_0(self, run: Run) -> None:
        done = run("check", "-", stdin="今年的蜜很香")
        assert (done.code, done.err) == (0, "")
        assert "未发现须处理的问题" in done.out

    def test_a_finding_at_the_threshold_ends_with_1(self, run: Run) -> None:
        assert run("check", "-", stdin="全国第一").code == 1

    def test_a_finding_below_the_threshold_ends_with_0(self, run: Run) -> None:
        assert run("check", "-", stdin="亲亲们好").code == 0

    @pytest.mark.parametrize(("level", "code"), [(0, 0), (1, 1), (2, 1), (3, 0)])
    def test_the_threshold_can_be_set(self, run: Run, level: int, code: int) -> None:
        assert run("check", "-", "--fail-on", level, stdin="全国第一").code == code

    def test_upcoming_rules_do_not_fail_a_run(self, run: Run) -> None:
        done = run("check", "-", "--fail-on", 1, stdin="零添加")
        assert done.code == 0
        assert "自 2030-01-01 起施行" in done.out

    def test_they_do_on_their_day(self, run: Run) -> None:
        assert run("check", "-", "--as-of", "2030-01-01", stdin="零添加").code == 1

    def test_a_wrong_pack_ends_with_2_and_is_located(self, run: Run, desk: Path) -> None:
        (desk / "own.yaml").write_text('pack: own-pack\nversion: "2026.11.0"\nrules: [{id: x]\n', "utf-8")
        done = run("check", "-", "--packs", "own.yaml", stdin="全国第一")
        assert (done.code, done.out) == (2, "")
        assert "own.yaml:3" in done.err


class TestText:
    def test_passages_are_marked_and_numbered(self, run: Run) -> None:
        done = run("check", "-", stdin="好蜜，全国第一，能治病\n")
        assert "1 │ 好蜜，全国⟦第一⟧[1]，能⟦治病⟧[2]" in done.out

    def test_findings_stand_by_tier_with_reason_basis_penalty_and_advice(self, run: Run) -> None:
        done = run("check", "-", stdin="全国第一，能治病")
        major, moderate = done.out.index("━━ 重大（3 级）：1 处"), done.out.index("━━ 较大（2 级）：1 处")
        assert major < moderate
        for words in ("《测试法》第三条", "十万元罚款", "改说事实", "味道好", "可引用的数据出处（survey）", "own/rank"):
            assert words in done.out

    def test_the_plan_names_owner_deadline_actions_and_signatures(self, run: Run) -> None:
        done = run("check", "-", stdin="全国第一")
        plan = done.out[done.out.index("━━ 处置方案") :]
        for words in ("合规专员", "发布前", "□ 暂停发布", "法律顾问终审"):
            assert words in plan

    def test_counts_packs_and_what_no_hit_means(self, run: Run) -> None:
        done = run("check", "-", stdin="全国第一，第一时间，亲亲")
        assert "共 2 处：较大 1、轻微 1；另有看似违规已放行 1。" in done.out
        assert "规则包：2026.11.0（own、lexicons）" in done.out
        assert "没有命中不等于没有风险" in done.out

    def test_an_unverified_source_is_marked(self, run: Run) -> None:
        done = run("check", "-", "--platform", "douyin", stdin="加微信")
        assert "《平台规则》第九条（原文待核）" in done.out

    def test_exempted_passages_are_shown_on_request(self, run: Run) -> None:
        assert "固定说法" not in run("check", "-", stdin="第一时间发货").out
        done = run("check", "-", "--show-exempt", stdin="第一时间发货")
        assert "放行理由：固定说法（fixed）（《测试法》第二条）" in done.out

    def test_the_trace_is_shown_on_request(self, run: Run) -> None:
        done = run("check", "-", "--trace", stdin="全国第一")
        assert "· unless fixed：不适用" in done.out

    def test_of_a_long_script_only_lines_with_findings_and_their_neighbours(self, run: Run) -> None:
        lines = [f"品种{number}号" for number in range(1, 101)]
        lines[49] = "我们全国第一"
        out = run("check", "-", stdin="\n".join(lines)).out
        assert "49 │ 品种49号" in out and "51 │ 品种51号" in out
        assert "品种48号" not in out and "品种52号" not in out
        assert out.count("⋯") == 2

    def test_of_a_long_line_only_what_is_around_the_findings(self, run: Run) -> None:
        out = run("check", "-", stdin="蜜" * 500 + "全国第一" + "茶" * 500).out
        assert out.count("蜜") == 38 and out.count("茶") == 40 and "全国⟦第一⟧[1]" in out

    def test_crlf_and_escape_sequences_do_not_reach_the_terminal(self, run: Run) -> None:
        out = run("check", "-", stdin="\x1b[31m全国第一\r\n亲亲\r\n").out
        assert "\x1b" not in out and "\r" not in out
        assert "␛[31m全国⟦第一⟧[1]" in out

    def test_colour_only_when_asked_for_or_on_a_terminal(self, run: Run) -> None:
        assert "\x1b[" not in run("check", "-", stdin="能治病").out
        assert "\x1b[1;31m" in run("check", "-", "--color", "always", stdin="能治病").out

    def test_a_pattern_that_ran_out_of_time_is_named(self, run: Run, desk: Path) -> None:
        slow = rule("slow", basis=[{"source": "law"}], detect={"pattern": SLOW, "hints": ["三"]})
        own = pack(slow, name="mine", sources={})
        (desk / "mine.yaml").write_text(json.dumps(own, ensure_ascii=False), "utf-8")
        done = run("check", "-", "--packs", "mine.yaml", stdin="三" + "一" * 40)
        assert "注意：" in done.out and "超时" in done.out and SLOW in done.out.replace("\n", "")

    def test_no_line_is_wider_than_the_page(self, run: Run) -> None:
        from rich.cells import cell_len

        out = run("check", "-", "--show-exempt", "--trace", stdin="好蜜 " * 80 + "全国第一，第一时间，能治病" * 20).out
        assert max(map(cell_len, out.split("\n"))) <= 100


class TestJson:
    def test_one_file_gives_an_object(self, run: Run, desk: Path) -> None:
        (desk / "a.txt").write_text("全国第一", "utf-8")
        report = json.loads(run("check", "a.txt", "--format", "json").out)
        assert report["document"]["name"] == "a.txt"
        assert [(item["rule"], item["text"]) for item in report["findings"]] == [("own/rank", "第一")]

    def test_several_files_give_a_list(self, run: Run, desk: Path) -> None:
        for name in ("a.txt", "b.txt"):
            (desk / name).write_text("全国第一", "utf-8")
        reports = json.loads(run("check", "a.txt", "b.txt", "--format", "json").out)
        assert [report["document"]["name"] for report in reports] == ["a.txt", "b.txt"]

    def test_a_folder_gives_a_list_even_of_one(self, run: Run, desk: Path) -> None:
        (desk / "scripts").mkdir()
        (desk / "scripts" / "a.md").write_text("茶", "utf-8")
        assert len(json.loads(run("check", "scripts", "--format", "json").out)) == 1

    def test_it_can_be_written_to_a_file(self, run: Run, desk: Path) -> None:
        done = run("check", "-", "--format", "json", "-o", "report.json", stdin="能治病")
        assert (done.code, done.out) == (1, "")
        assert json.loads((desk / "report.json").read_text("utf-8"))["tier"] == 3

    def test_a_place_that_cannot_be_written_is_named(self, run: Run) -> None:
        done = run("check", "-", "-o", "no/such/folder/x", stdin="能治病")
        assert done.code == 2
        assert "no/such/folder/x：写不了" in done.err


class TestPlacement:
    def test_platform_rules_need_their_platform(self, run: Run) -> None:
        assert run("check", "-", stdin="加微信").code == 0
        assert run("check", "-", "--platform", "douyin", stdin="加微信").code == 1

    def test_the_placement_is_in_the_report(self, run: Run) -> None:
        products = ("--product", "honey", "--product", "tea")
        options = ("--platform", "douyin", "--form", "live", *products, "--stage", "live")
        report = json.loads(run("check", "-", *options, "--format", "json", stdin="茶").out)
        assert report["placement"] == {
            "platform": "douyin", "form": "live", "products": ["honey", "tea"], "stage": "live",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("option", "value", "known"),
        [
            ("--platform", "duoyin", "douyin"),
            ("--form", "tv", "live"),
            ("--product", "gold", "honey"),
            ("--stage", "x", "draft"),
        ],
    )
    def test_unknown_values_are_refused_with_the_known_ones(
        self, run: Run, option: str, value: str, known: str
    ) -> None:
        done = run("check", "-", option, value, stdin="茶")
        assert done.code == 2
        assert value in done.err and known in done.err

    def test_a_close_value_is_suggested(self, run: Run) -> None:
        assert "是不是 douyin？" in run("check", "-", "--platform", "duoyin", stdin="茶").err

    def test_a_date_must_be_one(self, run: Run) -> None:
        done = run("check", "-", "--as-of", "22.11.2026", stdin="茶")
        assert done.code == 2
        assert "YYYY-MM-DD" in done.err


class TestEvidence:
    def test_it_clears_what_it_proves(self, run: Run, desk: Path) -> None:
        (desk / "e.yaml").write_text('- {kind: survey, number: "A1", valid_until: 2099-01-01}\n', "utf-8")
        assert run("check", "-", "--evidence", "e.yaml", stdin="全国第一").code == 0

    def test_not_after_it_ran_out(self, run: Run, desk: Path) -> None:
        (desk / "e.yaml").write_text("- {kind: survey, valid_until: 2026-01-01}\n", "utf-8")
        assert run("check", "-", "--evidence", "e.yaml", "--as-of", "2026-11-22", stdin="全国第一").code == 1

    def test_a_malformed_file_ends_with_2(self, run: Run, desk: Path) -> None:
        (desk / "e.yaml").write_text("- {kind: medal}\n", "utf-8")
        done = run("check", "-", "--evidence", "e.yaml", stdin="茶")
        assert done.code == 2
        assert "e.yaml:1: 第 1 条 kind: 未知的 evidencekind 'medal'; known: organic" in done.err


class TestSettings:
    def test_the_configuration_counts_and_options_come_first(self, run: Run, desk: Path) -> None:
        (desk / "coopcompliance.toml").write_text('platform = "douyin"\nfail_on = 3\nformat = "json"\n', "utf-8")
        done = run("check", "-", stdin="加微信")
        assert done.code == 0
        assert json.loads(done.out)["placement"]["platform"] == "douyin"
        assert run("check", "-", "--fail-on", 2, stdin="加微信").code == 1
        assert json.loads(run("check", "-", "--platform", "wechat", stdin="加微信").out)["findings"] == []

    def test_it_can_be_left_out(self, run: Run, desk: Path) -> None:
        (desk / "coopcompliance.toml").write_text("fail_on = 3\n", "utf-8")
        assert run("check", "-", "--no-config", stdin="全国第一").code == 1

    def test_a_wrong_one_ends_with_2(self, run: Run, desk: Path) -> None:
        (desk / "coopcompliance.toml").write_text("\nplatfrom = 'douyin'\n", "utf-8")
        done = run("check", "-", stdin="茶")
        assert done.code == 2
        assert "coopcompliance.toml:2: 未知的键 'platfrom'" in done.err and "platform" in done.err


class TestInputs:
    def test_globs_folders_and_names_each_once_in_order(self, run: Run, desk: Path) -> None:
        (desk / "sub" / ".hidden").mkdir(parents=True)
        for name in ("b.txt", "a.md", "sub/c.srt", "sub/d.png", "sub/.hidden/e.txt"):
            (desk / name).write_text("茶", "utf-8")
        out = run("check", "b.txt", "*.txt", "sub", "**/*.md", "--format", "json").out
        assert [report["document"]["name"] for report in json.loads(out)] == ["b.txt", "sub/c.srt", "a.md"]

    def test_a_file_whose_name_looks_like_a_glob(self, run: Run, desk: Path) -> None:
        (desk / "a[1].txt").write_text("能治病", "utf-8")
        assert run("check", "a[1].txt").code == 1

    @pytest.mark.parametrize("name", ["*.docx", "empty"])
    def test_nothing_matched_ends_with_2(self, run: Run, desk: Path, name: str) -> None:
        (desk / "empty").mkdir()
        done = run("check", name)
        assert done.code == 2
        assert f"{name}：没有匹配的文件" in done.err

    def test_one_bad_file_does_not_hide_the_others(self, run: Run, desk: Path) -> None:
        (desk / "good.txt").write_text("能治病", "utf-8")
        (desk / "bad.txt").write_bytes(b"")
        done = run("check", "bad.txt", "good.txt", "gone.txt")
        assert done.code == 2
        assert "能⟦治病⟧" in done.out
        assert "共检查 1 份，1 份有问题，2 份没能检查。" in done.out
        assert "bad.txt：文件是空的" in done.err and "gone.txt：没有这个文件" in done.err

    def test_another_encoding_is_read_right_and_named(self, run: Run, desk: Path) -> None:
        (desk / "a.txt").write_bytes("我们的蜂蜜全国第一，好吃不贵".encode("gb18030"))
        done = run("check", "a.txt")
        assert "全国⟦第一⟧[1]" in done.out and "gb18030" in done.out
        assert done.err == "coopcompliance: a.txt：按 gb18030 编码读取\n"

    def test_subtitles_are_judged_without_their_numbers(self, run: Run, desk: Path) -> None:
        cues = ("1\n00:00:01,000 --> 00:00:03,500\n全国", "2\n00:01:04,000 --> 00:01:06,000\n能治病")
        (desk / "a.srt").write_text("\n\n".join(cues), "utf-8")
        (finding,) = json.loads(run("check", "a.srt", "--format", "json").out)["findings"]
        assert finding["timecode"].startswith("00:01:04")

    def test_empty_standard_input_ends_with_2(self, run: Run) -> None:
        for nothing in (b"", b" \n\t\n"):
            done = run("check", stdin=nothing)
            assert (done.code, done.out) == (2, "")
            assert "没有可检查的内容" in done.err

    def test_closed_standard_input_ends_with_2(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        from coopcompliance.cli.main import main

        monkeypatch.setattr(sys, "stdin", None)
        assert main(["check"]) == 2

    def test_undecodable_bytes_on_standard_input(self, run: Run) -> None:
        done = run("check", "-", stdin="好蜜\n全国第一".encode() + b"\xff\xfe\xfd")
        assert done.code == 2
        assert "第 2 行（第 20 字节，0xFF）读不出文字" in done.err


class TestUsage:
    def test_help_and_version_end_with_0(self, run: Run) -> None:
        assert "--show-exempt" in run("check", "--help").out
        assert run("--version").out.startswith("coopcompliance ")
        assert run("--version").code == 0

    @pytest.mark.parametrize("argv", [(), ("paint",), ("check", "-", "--fail-on", "4"), ("packs",), ("batch",)])
    def test_wrong_usage_ends_with_2(self, run: Run, argv: tuple[str, ...]) -> None:
        assert run(*argv).code == 2

    def test_contradicting_options(self, run: Run) -> None:
        assert run("check", "-", "--no-config", "--config", "x.toml", stdin="茶").code == 2
