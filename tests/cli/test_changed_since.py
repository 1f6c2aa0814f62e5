"""`--changed-since REV`: only the files that git knows as changed or new."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_support import Ran, Run


def names(done: Ran) -> list[str]:
    return [report["document"]["name"] for report in json.loads(done.out)]


@pytest.fixture
def repository(desk: Path, git: Callable[..., str]) -> Callable[..., str]:
    """Two scripts in one commit, tagged `v1`, in folders of their own."""
    for name in ("稿件/a.txt", "稿件/b c.txt", "other/d.txt"):
        (desk / name).parent.mkdir(exist_ok=True)
        (desk / name).write_text("能治病\n", "utf-8")
    (desk / ".gitignore").write_text("*.draft.txt\n", "utf-8")
    git("add", "--all")
    git("commit", "--quiet", "-m", "one")
    git("tag", "v1")
    return git


class TestChanged:
    def test_without_names_everything_changed_or_new_below_here(self, run: Run, repository: object, desk: Path) -> None:
        (desk / "稿件" / "b c.txt").write_text("全国第一\n", "utf-8")
        (desk / "new.md").write_text("茶\n", "utf-8")
        (desk / "ignored.draft.txt").write_text("能治病\n", "utf-8")
        assert names(run("check", "--changed-since", "HEAD", "--format", "json")) == ["new.md", "稿件/b c.txt"]

    def test_of_the_names_only_those_changed(self, run: Run, repository: object, desk: Path) -> None:
        for name in ("稿件/a.txt", "other/d.txt"):
            (desk / name).write_text("全国第一\n", "utf-8")
        assert names(run("check", "稿件", "--changed-since", "v1", "--format", "json")) == ["稿件/a.txt"]

    def test_commits_after_the_revision_count(self, run: Run, repository: Callable[..., str], desk: Path) -> None:
        (desk / "other" / "d.txt").write_text("全国第一\n", "utf-8")
        repository("commit", "--quiet", "--all", "-m", "two")
        assert names(run("check", "--changed-since", "v1", "--format", "json")) == ["other/d.txt"]
        assert names(run("check", "--changed-since", "HEAD", "--format", "json")) == []

    def test_a_deleted_file_is_no_input(self, run: Run, repository: object, desk: Path) -> None:
        (desk / "other" / "d.txt").unlink()
        assert names(run("check", "--changed-since", "HEAD", "--format", "json")) == []

    def test_from_a_folder_of_the_repository(
        self, run: Run, repository: object, desk: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (desk / "稿件" / "a.txt").write_text("全国第一\n", "utf-8")
        (desk / "other" / "d.txt").write_text("全国第一\n", "utf-8")
        monkeypatch.chdir(desk / "other")
        assert names(run("check", "--changed-since", "HEAD", "--format", "json")) == ["d.txt"]

    @pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github", "markdown", "html", "review"])
    def test_nothing_changed_ends_with_0_and_says_so(self, run: Run, repository: object, form: str) -> None:
        done = run("check", "--changed-since", "HEAD", "--format", form)
        assert done.code == 0
        assert "自 HEAD 以来没有改动过的文案" in done.err

    def test_a_baseline_can_be_checked_so_too(self, run: Run, repository: object, desk: Path) -> None:
        run("baseline", "create", "稿件", "other")
        (desk / "other" / "d.txt").write_text("全国第一\n", "utf-8")
        done = run("baseline", "check", "--changed-since", "HEAD")
        assert done.code == 1
        assert "+ 新问题  other/d.txt: own/rank" in done.out and "稿件" not in done.out


class TestRefusals:
    def test_outside_a_repository(self, run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(desk.parent))
        (desk / "a.txt").write_text("茶", "utf-8")
        done = run("check", "a.txt", "--changed-since", "HEAD")
        assert done.code == 2
        assert "不在 git 仓库里" in done.err and str(desk) in done.err

    @pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
    def test_an_unknown_revision(self, run: Run, repository: object, desk: Path, revision: str) -> None:
        done = run("check", f"--changed-since={revision}")
        assert done.code == 2
        assert f"--changed-since {revision}" in done.err or repr(revision) in done.err
        assert not (desk / "x").exists()

    def test_standard_input(self, run: Run, repository: object) -> None:
        assert "不能用于标准输入" in run("check", "-", "--changed-since", "HEAD", stdin="茶").err

    def test_without_git(self, run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(desk))
        (desk / "a.txt").write_text("茶", "utf-8")
        done = run("check", "a.txt", "--changed-since", "HEAD")
        assert (done.code, "git is not installed" in done.err) == (2, True)
