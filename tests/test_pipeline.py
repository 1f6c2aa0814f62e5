"""Pipelines: a second repository's pre-commit run, the GitHub action's script, and the options that a pipeline uses.

The hook and the action run the command `coopcompliance`; here a command of that name stands on the path that does what
the console script does, over a small folder of rules. Nothing is fetched: the hook's environment is this one.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import pack, phrases, write_rules

ROOT = Path(__file__).resolve().parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
ACTION = ROOT / "action.yml"
WRAPPER = """#!{python}
import pathlib, sys
from coopcompliance.cli.main import main
from coopcompliance.packs import load
load.builtin_folder = lambda: pathlib.Path({rules!r})
sys.exit(main())
"""
BAD, GOOD = "我们的蜂蜜全国第一\n", "我们的蜂蜜很香\n"

Done = subprocess.CompletedProcess[str]
Command = Callable[..., Done]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tests put a script with a #! line on the path")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which `coopcompliance` is the command over two small rules."""
    (tmp_path / "rules").mkdir()
    rules = write_rules(tmp_path / "rules", pack(phrases("第一", slug="first"), phrases("亲亲", slug="patter", tier=1)))
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "coopcompliance"
    script.write_text(WRAPPER.format(python=sys.executable, rules=str(rules)), "utf-8")
    script.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def command(folder: Path, **variables: str) -> Command:
    """Runs commands in `folder`, without the user's git configuration."""
    who = {f"GIT_{role}_{key}": "t@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    # A commit of this project may itself run these tests from a hook.
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}

    def run(*argv: str, check: bool = True) -> Done:
        done = subprocess.run(
            argv, cwd=folder, env={**inherited, **who, **quiet, **variables}, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    return run


class TestHook:
    def test_it_runs_the_console_script(self) -> None:
        (hook,) = yaml.safe_load(HOOKS.read_text("utf-8"))
        (script,) = metadata.entry_points(group="console_scripts", name=hook["entry"].split()[0])
        assert script.value == "coopcompliance.cli.main:main"

    @pytest.mark.parametrize(
        ("name", "checked"),
        [("a.txt", True), ("稿件/b.md", True), ("c.srt", True), ("d.vtt", True), ("e.py", False), ("f.png", False)],
    )
    def test_it_takes_the_files_that_are_copy(self, name: str, checked: bool) -> None:
        (hook,) = yaml.safe_load(HOOKS.read_text("utf-8"))
        assert bool(re.search(hook["files"], name)) is checked


@pytest.fixture
def second(tmp_path: Path, path: str) -> Command:
    """A second repository that uses the hook of this one, with the hook installed. Its folder is `tmp_path/second`."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    if importlib.util.find_spec("pre_commit") is None:
        pytest.skip("pre-commit is not installed: pip install -e '.[dev]'")
    for name in ("hooks", "second"):
        (tmp_path / name).mkdir()
    first = command(tmp_path / "hooks")
    shutil.copy(HOOKS, tmp_path / "hooks" / HOOKS.name)
    first("git", "init", "--quiet")
    first("git", "add", "--all")
    first("git", "commit", "--quiet", "-m", "hooks")
    revision = first("git", "rev-parse", "HEAD").stdout.strip()
    # As a user writes it, but for the language: `python` would install the project anew for each run of the tests.
    hook = {"id": "coopcompliance", "language": "system", "args": ["--platform", "wechat"]}
    config = {"repos": [{"repo": str(tmp_path / "hooks"), "rev": revision, "hooks": [hook]}]}
    (tmp_path / "second" / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    run = command(tmp_path / "second", PATH=path, PRE_COMMIT_HOME=str(tmp_path / "cache"))
    run("git", "init", "--quiet")
    run(sys.executable, "-m", "pre_commit", "install")
    return run


class TestSecondRepository:
    def test_a_bad_commit_is_stopped_and_a_good_one_passes(self, second: Command, tmp_path: Path) -> None:
        folder = tmp_path / "second"
        (folder / "稿件").mkdir()
        (folder / "稿件" / "周五.md").write_text(BAD, "utf-8")
        second("git", "add", "--all")
        stopped = second("git", "commit", "-m", "bad", check=False)
        said = stopped.stdout + stopped.stderr
        assert stopped.returncode == 1
        assert "全国⟦第一⟧[1]" in said and "own/first" in said
        assert second("git", "rev-parse", "--verify", "HEAD", check=False).returncode != 0, "there is a commit"

        (folder / "稿件" / "周五.md").write_text(GOOD, "utf-8")
        second("git", "add", "--all")
        passed = second("git", "commit", "-m", "good")
        assert "Passed" in passed.stdout + passed.stderr
        assert second("git", "log", "--format=%s").stdout == "good\n"

    def test_what_is_no_copy_is_not_checked(self, second: Command, tmp_path: Path) -> None:
        (tmp_path / "second" / "rank.py").write_text(f"# {BAD}", "utf-8")
        second("git", "add", "--all")
        assert "Skipped" in second("git", "commit", "-m", "code").stderr

    def test_the_project_s_configuration_counts(self, second: Command, tmp_path: Path) -> None:
        (tmp_path / "second" / "a.txt").write_text(BAD, "utf-8")
        config = '[tool.coopcompliance]\noff = [{rule = "first", reason = "排名有统计局出处"}]\n'
        (tmp_path / "second" / "pyproject.toml").write_text(config, "utf-8")
        second("git", "add", "--all")
        second("git", "commit", "-m", "allowed")


def action() -> dict[str, Any]:
    """The action's last step, as a mapping."""
    step: dict[str, Any] = yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"][-1]
    return step


class TestAction:
    @pytest.fixture
    def check(self, tmp_path: Path, path: str) -> Command:
        """Runs the action's script as a runner does, in the folder `tmp_path/job`, with inputs by keyword."""
        if shutil.which("bash") is None:
            pytest.skip("bash is not installed")
        folder = tmp_path / "job"
        (folder / "稿件").mkdir(parents=True)
        (folder / "稿件" / "bad.md").write_text(BAD, "utf-8")
        (folder / "good.txt").write_text(GOOD, "utf-8")
        inputs = yaml.safe_load(ACTION.read_text("utf-8"))["inputs"]

        def run(**given: str) -> Done:
            values = {name: given.get(name.replace("-", "_"), spec["default"]) for name, spec in inputs.items()}
            variables = {
                key: values[re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)[1]]  # type: ignore[index]
                for key, value in action()["env"].items()
            }
            shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", action()["run"])
            return command(folder, PATH=path, **variables)(*shell, check=False)

        return run

    def test_every_input_reaches_the_script(self) -> None:
        inputs = yaml.safe_load(ACTION.read_text("utf-8"))["inputs"]
        assert {f"${{{{ inputs.{name} }}}}" for name in inputs} == set(action()["env"].values())
        assert all(f"${name}" in action()["run"] for name in action()["env"])

    def test_findings_are_annotations_and_fail_the_job(self, check: Command) -> None:
        done = check()
        assert done.returncode == 1
        assert done.stdout.startswith("::warning file=稿件/bad.md,line=1,")

    def test_globs_and_several_paths(self, check: Command) -> None:
        assert check(paths="good.txt 稿件/**/*.md").returncode == 1
        assert check(paths="*.txt").returncode == 0

    def test_sarif_goes_to_a_file(self, check: Command, tmp_path: Path) -> None:
        done = check(format="sarif", output="out.sarif", as_of="2026-11-22")
        (log,) = json.loads((tmp_path / "job" / "out.sarif").read_text("utf-8"))["runs"]
        assert (done.returncode, done.stdout) == (1, "")
        assert {item["properties"]["asOf"] for item in log["artifacts"]} == {"2026-11-22"}

    def test_further_options_and_the_threshold(self, check: Command) -> None:
        assert check(fail_on="3").returncode == 0
        done = check(format="json", args="--platform wechat --form article", paths="good.txt")
        assert json.loads(done.stdout)["placement"]["form"] == "article"

    def test_an_input_is_never_run_as_a_command(self, check: Command, tmp_path: Path) -> None:
        assert check(paths="good.txt $(touch pwned) `touch pwned`; touch pwned").returncode == 2
        assert not (tmp_path / "job" / "pwned").exists()

    def test_only_what_changed(self, check: Command, tmp_path: Path) -> None:
        git = command(tmp_path / "job")
        if shutil.which("git") is None:
            pytest.skip("git is not installed")
        git("git", "init", "--quiet")
        git("git", "add", "--all")
        git("git", "commit", "--quiet", "-m", "one")
        assert check(changed_since="HEAD").returncode == 0
        (tmp_path / "job" / "good.txt").write_text(BAD, "utf-8")
        assert "good.txt" in check(changed_since="HEAD").stdout


def test_a_run_can_be_repeated(tmp_path: Path, path: str) -> None:
    """Same text, date and packs: the same digest, whatever the file is called."""
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    (tmp_path / "b.txt").write_text(BAD, "utf-8")
    run = command(tmp_path, PATH=path)

    def digest(name: str, day: str) -> str:
        argv = ("coopcompliance", "check", name, "--format", "json", "--as-of", day, "--no-config")
        found: str = json.loads(run(*argv, check=False).stdout)["digest"]
        return found

    assert digest("a.txt", "2026-11-22") == digest("b.txt", "2026-11-22") != digest("a.txt", "2026-11-23")
