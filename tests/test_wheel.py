"""The built wheel, installed elsewhere, works without the source tree and carries the rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytest.importorskip("build", reason="the package `build` is not installed: pip install -e '.[dev]'")
pytest.importorskip("hatchling", reason="the wheel is built without isolation, with the `hatchling` at hand")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this source tree. Built without isolation, so that nothing is fetched."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the installed wheel."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def run(installed: Path, *command: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python with the installed wheel before everything else, outside of the source tree."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, *command],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=installed,
        env=environment,
        check=False,
    )


def test_it_carries_the_rules_the_schemas_and_the_marker_of_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {file.relative_to(ROOT).as_posix() for file in (ROOT / "rules").rglob("*") if file.is_file()}
    assert {f"coopcompliance/{name}" for name in shipped} <= names
    assert "coopcompliance/py.typed" in names
    assert any(name.startswith("coopcompliance/schemas/") and name.endswith(".json") for name in names)
    assert any(name.endswith("LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "corpora/"))]


def test_it_screens_with_its_own_rules(installed: Path) -> None:
    code = (
        "import json, coopcompliance\n"
        "from coopcompliance.packs.load import builtin_folder\n"
        "report = coopcompliance.Screener().screen('这款蜂蜜能治疗咽炎，全国第一')\n"
        "print(json.dumps([coopcompliance.__file__, str(builtin_folder()), report.tier]))\n"
    )
    done = run(installed, "-c", code)
    assert done.returncode == 0, done.stderr
    module, rules, tier = json.loads(done.stdout)
    assert Path(module).is_relative_to(installed)
    assert Path(rules).is_relative_to(installed)
    assert tier == 3


def test_it_runs_as_a_module(installed: Path) -> None:
    done = run(installed, "-m", "coopcompliance", "check", "--format", "json", "-", text="这款蜂蜜能治疗咽炎")
    assert done.returncode == 1, done.stderr
    assert "治疗咽炎" in done.stdout


def test_importing_it_loads_no_dictionary_and_no_rules(installed: Path) -> None:
    code = "import sys, coopcompliance; print([m for m in ('jieba', 'opencc', 'pypinyin') if m in sys.modules])"
    done = run(installed, "-c", code)
    assert done.stdout.strip() == "[]", done.stderr
