"""The project's own entries in the configuration: allowed names, rules off, other tiers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_support import Run, example

from support import pack, phrases

Configure = Callable[[str], None]


@pytest.fixture
def configure(desk: Path) -> Configure:
    """Write the configuration of the working folder."""

    def write(text: str) -> None:
        (desk / "coopcompliance.toml").write_text(text, "utf-8")

    return write


def report(run: Run, text: str, *options: str) -> Any:
    return json.loads(run("check", "-", "--format", "json", *options, stdin=text).out)


def test_an_allowed_name_passes_where_it_stands_and_nowhere_else(run: Run, configure: Configure) -> None:
    configure('allow = [{text = "第一江山", reason = "注册商标", number = "123"}]\n')
    found = report(run, "第一江山米，全国第一")
    assert [(item["text"], item["start"]) for item in found["findings"]] == [("第一", 8)]
    assert found["suppressed"][0]["reason"] == "许可词“第一江山”（123）：注册商标"


def test_it_runs_out_on_the_day_after_its_last(run: Run, configure: Configure) -> None:
    configure('allow = [{text = "第一江山", reason = "注册商标", until = 2026-11-22, rules = ["rank"]}]\n')
    assert report(run, "第一江山", "--as-of", "2026-11-22")["findings"] == []
    late = report(run, "第一江山", "--as-of", "2026-11-23")
    assert len(late["findings"]) == 1
    assert "已于 2026-11-22 过期" in late["notices"][0]


def test_a_rule_is_off_with_its_reason_until_its_day(run: Run, configure: Configure) -> None:
    configure('off = [{rule = "own/rank", reason = "法务已看", until = 2026-12-31}]\n')
    off = report(run, "全国第一", "--as-of", "2026-12-31")
    assert (off["tier"], off["suppressed"][0]["reason"]) == (0, "项目配置关闭了这条规则：法务已看")
    on = report(run, "全国第一", "--as-of", "2027-01-01")
    assert on["tier"] == 2 and "重新生效" in on["notices"][0]


def test_another_tier(run: Run, configure: Configure) -> None:
    configure('tiers = {"own/rank" = 1}\n')
    assert run("check", "-", stdin="全国第一").code == 0


def test_a_slug_or_an_old_name_stands_for_the_rule(run: Run, configure: Configure, desk: Path) -> None:
    renamed = phrases("神奇", slug="magic", redirects=["wonder"], examples=example("[[神奇]]的蜜"))
    mine = pack(renamed, name="mine", sources={})
    (desk / "mine.yaml").write_text(json.dumps(mine, ensure_ascii=False), "utf-8")
    configure('packs = ["mine.yaml"]\ntiers = {rank = 1}\noff = [{rule = "mine/wonder", reason = "商标"}]\n')
    found = report(run, "全国第一，神奇")
    assert [(item["rule"], item["tier"]) for item in found["findings"]] == [("own/rank", 1)]
    assert [item["rule"] for item in found["suppressed"]] == ["mine/magic"]


def test_a_rule_that_is_not_there_is_refused_and_close_ones_are_named(run: Run, configure: Configure) -> None:
    configure('tiers = {rnak = 1}\noff = [{rule = "own/cure", reason = "x"}]\n')
    done = run("check", "-", stdin="茶")
    assert (done.code, done.out) == (2, "")
    assert "配置 tiers：没有叫 'rnak' 的规则" in done.err and "own/rank" in done.err
    assert "配置 off：没有叫 'own/cure' 的规则" in done.err and "own/cures" in done.err


def test_an_entry_without_a_reason_is_refused(run: Run, configure: Configure) -> None:
    configure('off = [{rule = "own/rank"}]\n')
    done = run("check", "-", stdin="全国第一")
    assert done.code == 2
    assert "coopcompliance.toml:1: off 第 1 条 reason: 没有写理由" in done.err


def test_a_suppression_in_the_text_needs_a_reason(run: Run) -> None:
    with_reason = "全国第一 <!-- coop-ignore rank; 理由: 2025 年省统计局数据 -->"
    assert run("check", "-", stdin=with_reason).code == 0
    done = run("check", "-", stdin="全国第一 <!-- coop-ignore rank -->")
    assert done.code == 1
    assert "coop-ignore 没有写理由" in done.out
