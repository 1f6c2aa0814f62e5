"""`packs lock`, `check --lock`: a run with other packs than the locked ones is refused before anything is checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import RULES, Run

from support import write_rules

LOCK = "packs.lock"


@pytest.fixture(autouse=True)
def locked(run: Run, desk: Path) -> None:
    (desk / "a.txt").write_text("全国第一\n", "utf-8")
    run("packs", "lock", "-o", LOCK)


def test_it_holds_every_pack_and_the_lexicons(desk: Path) -> None:
    packs = json.loads((desk / LOCK).read_text("utf-8"))["packs"]
    assert [pack["id"] for pack in packs] == ["lexicons", "own"]
    assert all(pack["version"] and pack["digest"].startswith("sha256:") for pack in packs)


def test_with_the_same_packs_the_check_runs(run: Run) -> None:
    assert run("check", "a.txt", "--lock", LOCK).code == 1
    assert run("packs", "lock").out == Path(LOCK).read_text("utf-8")


def test_the_configuration_may_name_it(run: Run, desk: Path, rules: Path) -> None:
    (desk / "coopcompliance.toml").write_text(f'lock = "{LOCK}"\n', "utf-8")
    assert run("check", "a.txt").code == 1
    write_rules(rules, {**RULES, "version": "2026.12.0"})
    assert run("check", "a.txt").code == 2


def test_a_new_version_is_named_and_nothing_is_checked(run: Run, rules: Path) -> None:
    write_rules(rules, {**RULES, "version": "2026.12.0"})
    done = run("check", "a.txt", "--lock", LOCK)
    assert (done.code, done.out) == (2, "")
    assert "own：锁定 2026.11.0，加载的是 2026.12.0" in done.err
    assert "packs lock" in done.err


def test_the_same_version_with_other_rules_is_named(run: Run, rules: Path) -> None:
    write_rules(rules, {**RULES, "title": "改过的规则包"})
    assert "own：版本同为 2026.11.0，内容不同" in run("check", "a.txt", "--lock", LOCK).err


def test_packs_that_came_or_went_are_named(run: Run, desk: Path, rules: Path) -> None:
    (desk / "mine").mkdir()
    mine = {**RULES, "pack": "mine", "sources": {}}
    (desk / "mine" / "mine.yaml").write_text(json.dumps(mine, ensure_ascii=False), "utf-8")
    assert "mine：加载了 2026.11.0，没有锁定" in run("check", "a.txt", "--packs", "mine", "--lock", LOCK).err
    run("packs", "lock", "--packs", "mine", "-o", LOCK)
    assert "mine：锁定了，没有加载" in run("check", "a.txt", "--lock", LOCK).err


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "读不出来"), ("{", "不是 JSON"), ("{}", "packs lock"), ('{"format": 9, "packs": []}', "格式 9")],
)
def test_what_is_no_lock_is_refused(run: Run, desk: Path, content: str | None, said: str) -> None:
    if content is not None:
        (desk / "bad.lock").write_text(content, "utf-8")
    done = run("check", "a.txt", "--lock", "bad.lock")
    assert (done.code, done.out) == (2, "")
    assert said in done.err
