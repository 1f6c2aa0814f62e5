"""The documentation's site: built without a warning, made from what is there already."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coopcompliance.packs.load import load

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_rule_has_its_place_in_the_handbook(site: Path) -> None:
    for rule in load().rules:
        page = site / "handbook" / rule.pack.spec.pack / "index.html"
        assert f'id="{rule.spec.id}"' in page.read_text("utf-8"), rule.id


def test_the_command_line_page_names_every_command(site: Path) -> None:
    page = (site / "command-line" / "index.html").read_text("utf-8")
    for command in ("check", "batch", "baseline update", "verify", "checklist", "packs lock", "packs diff", "explain"):
        assert f"coopcompliance {command}</h" in page, command


def test_pictures_of_the_readme_are_found(site: Path) -> None:
    assert 'src="images/terminal.png"' in (site / "index.html").read_text("utf-8")
    assert (site / "images" / "terminal.png").is_file()
