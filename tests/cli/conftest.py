"""The command line over a small folder of rules, so that these tests do not change when the built-in rules do."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_support import RULES, Ran, Run

from coopcompliance.cli.main import main
from coopcompliance.packs import load
from support import write_rules


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The folder of rules that stands for the built-in one."""
    folder = tmp_path / "rules"
    folder.mkdir()
    return write_rules(folder, RULES)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def git(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run git in `desk`, which becomes a repository, without the user's own configuration."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "test")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "test@example.org")

    def call(*argv: str) -> str:
        return subprocess.run(["git", *argv], cwd=desk, capture_output=True, text=True, check=True).stdout

    call("init", "--quiet", "--initial-branch", "main")
    return call


@pytest.fixture
def run(rules: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in `desk`, with `stdin` (text or bytes) on standard input."""
    monkeypatch.setattr(load, "builtin_folder", lambda: rules)

    def call(*argv: object, stdin: str | bytes = b"") -> Ran:
        data = stdin.encode("utf-8") if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        code = main([str(item) for item in argv])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call
