"""The command as a process of its own: pipes, closed streams, a terminal, the built-in rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = "这款蜂蜜能治疗咽炎，全国第一\n"
# As the `run` fixture does it: the command over the rules of these tests.
OVER = (
    "import sys, pathlib; from coopcompliance.packs import load; from coopcompliance.cli.main import main; "
    "load.builtin_folder = lambda: pathlib.Path({!r}); sys.exit(main())"
)


def command(rules: Path, *argv: str) -> list[str]:
    return [sys.executable, "-c", OVER.format(str(rules)), *argv]


def test_python_m_coopcompliance_checks_with_the_built_in_rules(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "coopcompliance", "check", "--no-config", "--format", "json"]
    done = subprocess.run(argv, input=SCRIPT.encode(), capture_output=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    report = json.loads(done.stdout)
    assert report["tier"] == 3
    assert {"medical", "absolute"} <= {finding["category"] for finding in report["findings"]}


def test_closed_standard_input(rules: Path, desk: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *command(rules, "check")], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert "没有可检查的内容" in done.stderr.decode()


def test_a_reader_that_goes_away_changes_no_exit_code(rules: Path, desk: Path) -> None:
    (desk / "a.txt").write_text("全国第一\n" * 2_000, "utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(command(rules, "check", "a.txt"), stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_closed_standard_output(rules: Path, desk: Path) -> None:
    argv = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command(rules, "check", "-")]
    done = subprocess.run(argv, input=b"a", stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert "标准输出已关闭" in done.stderr.decode()


@pytest.mark.parametrize(
    "variables", [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"LC_ALL": "C.UTF-8"}]
)
def test_json_is_utf8_whatever_the_locale(rules: Path, desk: Path, variables: dict[str, str]) -> None:
    done = subprocess.run(
        command(rules, "check", "-", "--format", "json"),
        input="能治病".encode(), capture_output=True, env={**os.environ, **variables}, check=False,
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout.decode("utf-8"))["findings"][0]["text"]) == (1, "治病")


def test_a_script_pasted_on_a_terminal_is_taken_whole(rules: Path, desk: Path) -> None:
    """A terminal cuts lines at 4,096 bytes unless told otherwise: the last words must not be lost."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command(rules, "check", "--format", "json"), stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    os.close(slave)
    assert process.stderr is not None
    assert "请粘贴文案" in process.stderr.readline().decode()
    data = ("蜜" * 3000 + "能治病错\x7f\n").encode()
    while data:
        # The terminal echoes: what is never read would fill it up.
        data = data[os.write(master, data[:1000]) :]
        os.read(master, 100_000)
    os.write(master, b"\x04")
    out, _ = process.communicate(timeout=60)
    os.close(master)
    report = json.loads(out)
    assert process.returncode == 1
    assert report["document"]["length"] == 3004
    assert [finding["text"] for finding in report["findings"]] == ["治病"]


def test_the_progress_bar_is_on_standard_error_and_the_results_are_not(rules: Path, desk: Path) -> None:
    pty = pytest.importorskip("pty")
    (desk / "in.jsonl").write_text('{"id": 1, "text": "能治病"}\n' * 3, "utf-8")
    master, slave = pty.openpty()
    done = subprocess.run(command(rules, "batch", "in.jsonl"), stdout=subprocess.PIPE, stderr=slave, check=False)
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert "3/3" in shown and "report" not in shown
    assert [json.loads(line)["report"]["tier"] for line in done.stdout.splitlines()] == [3, 3, 3]
    assert done.returncode == 0


def test_many_files_show_a_bar_that_diagnostics_do_not_break(rules: Path, desk: Path) -> None:
    pty = pytest.importorskip("pty")
    for number in range(4):
        (desk / f"{number}.txt").write_text("能治病", "utf-8")
    (desk / "2.txt").write_bytes(b"")
    argv = command(rules, "check", ".", "--format", "json")
    master, slave = pty.openpty()
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=slave, check=False)
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert done.returncode == 2
    assert "4/4" in shown and "2.txt：文件是空的" in shown
    assert [report["document"]["name"] for report in json.loads(done.stdout)] == ["0.txt", "1.txt", "3.txt"]
    assert b"\x1b" not in done.stdout


def test_without_a_terminal_there_is_no_bar(rules: Path, desk: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (desk / name).write_text("茶", "utf-8")
    done = subprocess.run(command(rules, "check", "a.txt", "b.txt"), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
