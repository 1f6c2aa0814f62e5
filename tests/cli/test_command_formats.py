"""`check --format`: every format that machines and people read, and where it goes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from cli_support import Run

HANDBOOK = "https://example.org/handbook"


@pytest.fixture
def script(desk: Path) -> Path:
    file = desk / "周五.txt"
    file.write_text("全国第一，能治病，亲亲", "utf-8")
    return file


class TestOneRun:
    def test_sarif_names_packs_rules_and_the_handbook(self, run: Run, script: Path) -> None:
        done = run("check", script.name, "--format", "sarif", "--handbook", HANDBOOK)
        (sarif,) = json.loads(done.out)["runs"]
        assert done.code == 1
        assert [result["ruleId"] for result in sarif["results"]] == ["own/rank", "own/cures", "own/patter"]
        rules = sarif["tool"]["extensions"][0]["rules"]
        assert rules[0]["helpUri"] == f"{HANDBOOK}/own.md#rank"

    @pytest.mark.parametrize(("level", "failures"), [(0, 0), (1, 3), (2, 2), (3, 1)])
    def test_junit_fails_what_the_exit_code_fails(self, run: Run, script: Path, level: int, failures: int) -> None:
        done = run("check", script.name, "--format", "junit", "--fail-on", level)
        assert ET.fromstring(done.out).get("failures") == str(failures)
        assert done.code == (1 if failures else 0)

    def test_github_annotates_each_line(self, run: Run, script: Path) -> None:
        rows = run("check", script.name, "--format", "github").out.splitlines()
        assert [row.split(" ")[0] for row in rows] == ["::warning", "::error", "::notice"]
        assert "file=周五.txt,line=1" in rows[0]

    @pytest.mark.parametrize("form", ["sarif", "junit", "json"])
    def test_several_documents_stand_in_one_result(self, run: Run, script: Path, desk: Path, form: str) -> None:
        (desk / "b.txt").write_text("茶", "utf-8")
        out = run("check", "b.txt", script.name, "--format", form).out
        assert "b.txt" in out
        assert "own/cures" in out


class TestOneDocument:
    def test_markdown_shows_the_script_and_links_the_handbook(self, run: Run, script: Path) -> None:
        out = run("check", script.name, "--format", "markdown", "--handbook", HANDBOOK).out
        assert out.startswith("# 合规检查报告：周五.txt\n")
        assert f"{HANDBOOK}/own.md#rank" in out

    def test_html_is_a_page(self, run: Run, script: Path, desk: Path) -> None:
        assert run("check", script.name, "--format", "html", "-o", "r.html").code == 1
        page = (desk / "r.html").read_text("utf-8")
        assert page.startswith("<!doctype html>")
        assert "全国" in page

    def test_a_review_sheet_is_markdown_or_word(self, run: Run, script: Path, desk: Path) -> None:
        assert run("check", script.name, "--format", "review").out.startswith("# 文案三审一签单\n")
        run("check", script.name, "--format", "review", "-o", "sheet.docx")
        archive = zipfile.ZipFile(io.BytesIO((desk / "sheet.docx").read_bytes()))
        assert "三审一签单" in archive.read("word/document.xml").decode("utf-8")

    def test_several_markdown_reports_follow_each_other(self, run: Run, script: Path, desk: Path) -> None:
        (desk / "b.txt").write_text("茶", "utf-8")
        out = run("check", "b.txt", script.name, "--format", "markdown").out
        assert [row for row in out.splitlines() if row.startswith("# ") or row == "---"] == [
            "# 合规检查报告：b.txt", "---", "# 合规检查报告：周五.txt",
        ]  # fmt: skip

    @pytest.mark.parametrize("form", ["html", "markdown", "review"])
    def test_a_folder_gets_a_file_for_each_document(self, run: Run, script: Path, desk: Path, form: str) -> None:
        (desk / "sub").mkdir()
        (desk / "sub" / script.name).write_text("茶", "utf-8")
        assert run("check", script.name, "sub", "--format", form, "-o", "out/").code == 1
        suffix = {"html": "html", "markdown": "md", "review": "review.md"}[form]
        assert sorted(file.name for file in (desk / "out").iterdir()) == [
            f"周五.txt-2.{suffix}", f"周五.txt.{suffix}",
        ]  # fmt: skip


class TestRefusals:
    def test_pages_of_several_documents_need_a_folder(self, run: Run, script: Path, desk: Path) -> None:
        (desk / "b.txt").write_text("茶", "utf-8")
        for options in (("--format", "html"), ("--format", "review", "-o", "all.docx")):
            done = run("check", "b.txt", script.name, *options)
            assert done.code == 2
            assert "-o 文件夹/" in done.err

    def test_only_the_review_sheet_is_a_word_file(self, run: Run, script: Path) -> None:
        assert "只有 --format review" in run("check", script.name, "-o", "report.docx").err

    def test_what_holds_the_whole_run_goes_to_a_file(self, run: Run, script: Path, desk: Path) -> None:
        (desk / "out").mkdir()
        done = run("check", script.name, "--format", "sarif", "-o", "out")
        assert (done.code, "这是文件夹" in done.err) == (2, True)

    def test_an_unknown_format_is_refused_with_the_known_ones(self, run: Run, script: Path) -> None:
        done = run("check", script.name, "--format", "pdf")
        assert done.code == 2 and "review" in done.err


def test_the_format_and_the_handbook_may_stand_in_the_configuration(run: Run, script: Path, desk: Path) -> None:
    (desk / "coopcompliance.toml").write_text(f'format = "markdown"\nhandbook = "{HANDBOOK}"\n', "utf-8")
    assert f"{HANDBOOK}/own.md#rank" in run("check", script.name).out
