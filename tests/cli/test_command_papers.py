"""`verify`, `checklist`, `handbook`, `register`: the reviewer's desk from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli_support import Run


class TestVerify:
    @pytest.fixture(params=["sheet.md", "sheet.docx"])
    def sheet(self, request: pytest.FixtureRequest, run: Run, desk: Path) -> str:
        (desk / "a.txt").write_text("全国第一\n", "utf-8")
        name: str = request.param
        assert run("check", "a.txt", "--format", "review", "-o", name).code == 1
        return name

    def test_the_text_that_was_signed(self, run: Run, sheet: str) -> None:
        done = run("verify", sheet, "a.txt")
        assert done.code == 0
        assert done.out.startswith("a.txt：一致：") and "尚未签名：编辑初审" in done.out

    def test_one_character_changed(self, run: Run, sheet: str, desk: Path) -> None:
        (desk / "a.txt").write_text("全国第二\n", "utf-8")
        done = run("verify", sheet, "a.txt")
        assert done.code == 1
        assert "不一致：内容已改动" in done.out

    def test_a_copy_in_another_encoding_is_the_same_text(self, run: Run, sheet: str, desk: Path) -> None:
        (desk / "copy.txt").write_bytes("\ufeff全国第一\n".encode("utf-16-le"))
        assert run("verify", sheet, "copy.txt").code == 0

    def test_standard_input(self, run: Run, sheet: str) -> None:
        assert run("verify", sheet, "-", stdin="全国第一\n").code == 0

    def test_what_cannot_be_read_ends_with_2(self, run: Run, sheet: str, desk: Path) -> None:
        (desk / "broken.docx").write_bytes(b"PK\x03\x04 broken")
        for argv in (
            (sheet, "gone.txt"),
            ("gone.md", "a.txt"),
            ("a.txt", "a.txt"),
            ("broken.docx", "a.txt"),
            (".", "a.txt"),
        ):
            done = run("verify", *argv)
            assert (done.code, done.out) == (2, "") and done.err


class TestChecklist:
    def test_it_follows_the_placement(self, run: Run) -> None:
        done = run("checklist", "--platform", "douyin", "--form", "live", "--product", "honey")
        assert done.code == 0
        assert done.out.startswith("# 内容审核清单\n")
        assert "没有：引流（较大；`own/wechat`）" in done.out
        assert "引流" not in run("checklist", "--platform", "wechat").out

    def test_rules_yet_to_come_have_their_date(self, run: Run) -> None:
        assert "2030-01-01 起施行" in run("checklist", "--as-of", "2026-11-22").out
        assert "2030-01-01 起施行" not in run("checklist", "--as-of", "2030-01-01").out

    def test_the_configuration_gives_placement_and_handbook(self, run: Run, desk: Path) -> None:
        (desk / "coopcompliance.toml").write_text('platform = "douyin"\nhandbook = "https://example.org/h"\n', "utf-8")
        assert "[own/wechat](<https://example.org/h/own.md#wechat>)" in run("checklist").out

    def test_manual_checks_stand_beside_them_and_may_be_ones_own(self, run: Run, desk: Path) -> None:
        check = {"id": "x", "title": "查秤", "group": "g", "how": "称一称", "keep": "照片", "owner": "场控"}
        manual = {"manual-checks": "mine", "version": "2026.11.0", "groups": {"g": "称重"}, "checks": [check]}
        (desk / "manual.yaml").write_text(json.dumps(manual, ensure_ascii=False), "utf-8")
        assert run("checklist", "--manual", "manual.yaml", "-o", "list.md").code == 0
        text = (desk / "list.md").read_text("utf-8")
        assert "- [ ] 查秤（责任人：场控）" in text

    @pytest.fixture(autouse=True)
    def own_manual_checks(self, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The built-in manual checks rest on sources of the built-in packs, which are not loaded here."""
        empty = {"manual-checks": "none", "version": "2026.11.0", "groups": {}, "checks": []}
        file = desk / "none.yaml"
        file.write_text(json.dumps(empty), "utf-8")
        monkeypatch.setattr("coopcompliance.manual.builtin_file", lambda: file)


class TestHandbookAndRegister:
    def test_the_handbook_is_written_with_its_register(self, run: Run, desk: Path) -> None:
        done = run("handbook", "-o", "book/sub")
        assert done.code == 0
        folder = desk / "book" / "sub"
        assert sorted(file.name for file in folder.iterdir()) == ["index.md", "own.md", "risk-register.csv"]
        assert '<a id="rank"></a>' in (folder / "own.md").read_text("utf-8")
        assert "写好 3 个文件" in done.err

    def test_a_file_in_its_place_is_refused(self, run: Run, desk: Path) -> None:
        (desk / "book").write_text("x", "utf-8")
        assert "不是文件夹" in run("handbook", "-o", "book").err

    def test_the_register_opens_in_a_spreadsheet(self, run: Run, desk: Path) -> None:
        assert run("register", "-o", "r.csv").code == 0
        raw = (desk / "r.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert rows[0][0] == "规则"
        assert {row[0] for row in rows[1:]} == {"own/rank", "own/cures", "own/patter", "own/wechat", "own/zero"}
        assert run("register").out.encode() == raw
