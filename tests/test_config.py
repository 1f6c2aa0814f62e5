"""Project configuration: where it is found, what it may say, and how what is wrong is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coopcompliance.config import KEYS, Config, find_config, load_config
from coopcompliance.errors import UsageError
from coopcompliance.model import Form, Placement, Platform, Product, Stage
from coopcompliance.policy import Allowed, RuleOff

FULL = """platform = "douyin"
form = "live"
products = ["honey"]
stage = "live"
fail_on = 3
packs = ["our-rules"]
evidence = "proof.yaml"
as_of = 2026-11-22
show_exempt = true
format = "json"
handbook = "https://example.org/h"
baseline = "known.json"
allow = [{text = "第一江山", reason = "注册商标", number = "123", until = 2031-01-01, rules = ["own/rank"]}]
off = [{rule = "own/zero", reason = "不卖这类产品", until = 2027-01-01}]
tiers = {"own/rank" = 3}
"""


def config_file(folder: Path, text: str, name: str = "coopcompliance.toml") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def refused(file: Path) -> str:
    with pytest.raises(UsageError) as error:
        load_config(file)
    return str(error.value)


class TestLoading:
    def test_every_key(self, tmp_path: Path) -> None:
        config = load_config(config_file(tmp_path, FULL))
        placement = Placement(platform=Platform.DOUYIN, form=Form.LIVE, products=(Product.HONEY,), stage=Stage.LIVE)
        assert config == Config(
            placement=placement, fail_on=3, packs=(tmp_path / "our-rules",), evidence=(tmp_path / "proof.yaml",),
            as_of=dt.date(2026, 11, 22), show_exempt=True, format="json", file=tmp_path / "coopcompliance.toml",
            handbook="https://example.org/h", baseline=tmp_path / "known.json", tiers={"own/rank": 3},
            allow=(
                Allowed(
                    text="第一江山", reason="注册商标", number="123", until=dt.date(2031, 1, 1), rules=("own/rank",)
                ),
            ),
            off=(RuleOff(rule="own/zero", reason="不卖这类产品", until=dt.date(2027, 1, 1)),),
        )  # fmt: skip

    def test_the_same_in_pyproject(self, tmp_path: Path) -> None:
        text = "[project]\nname = 'x'\n[tool.coopcompliance]\n" + FULL
        assert load_config(config_file(tmp_path, text, "pyproject.toml")).fail_on == 3

    def test_an_empty_file_changes_nothing(self, tmp_path: Path) -> None:
        assert load_config(config_file(tmp_path, "")) == Config(file=tmp_path / "coopcompliance.toml")


class TestFinding:
    def test_the_nearest_above_counts(self, tmp_path: Path) -> None:
        folder = tmp_path / "a" / "b"
        folder.mkdir(parents=True)
        outer = config_file(tmp_path, "")
        assert find_config(folder) == outer
        inner = config_file(tmp_path / "a", "[tool.coopcompliance]\n", "pyproject.toml")
        assert find_config(folder) == inner

    def test_its_own_file_comes_before_pyproject(self, tmp_path: Path) -> None:
        config_file(tmp_path, "[tool.coopcompliance]\n", "pyproject.toml")
        own = config_file(tmp_path, "")
        assert find_config(tmp_path) == own

    def test_a_pyproject_of_other_tools_is_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        config_file(tmp_path / "a", "[tool.ruff]\n", "pyproject.toml")
        ours = config_file(tmp_path, "")
        assert find_config(tmp_path / "a") == ours


class TestRefusals:
    def test_unknown_keys_are_refused_with_the_known_ones(self, tmp_path: Path) -> None:
        message = refused(config_file(tmp_path, "form = 'live'\nplatfrom = 'douyin'\ncolour = 1\n"))
        assert "coopcompliance.toml:2: 未知的键 'platfrom'" in message
        assert "coopcompliance.toml:3: 未知的键 'colour'" in message
        assert ", ".join(KEYS) in message

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("platform = 'tiktok'", "未知的 platform 'tiktok'; known: wechat, douyin"),
            ("products = ['gold']", "products: 未知的 product 'gold'; known: tea"),
            ("stage = 'dress-rehearsal'", "known: draft, live, published"),
            ("fail_on = 4", "fail_on: "),
            ("as_of = 'tomorrow'", "as_of: "),
            ("format = 'pdf'", "未知的 format 'pdf'; known: text, json"),
            ("packs = [1]", "packs: "),
            ("show_exempt = 'perhaps'", "show_exempt: "),
            ("off = [{rule = 'a', reason = 'x'}, {rule = 'b'}]", "off 第 2 条 reason: 没有写理由"),
            ("off = [{rule = 'a', reason = ' '}]", "off 第 1 条 reason: 没有写理由"),
            ("allow = [{text = '第一江山'}]", "allow 第 1 条 reason: 没有写理由"),
            ("allow = [{text = '', reason = 'x'}]", "allow 第 1 条 text: "),
            ("off = [{reason = 'x'}]", "off 第 1 条 rule: 缺少这一项"),
            ("off = [{rule = 'a', reason = 'x', util = 2027-01-01}]", "off 第 1 条 util: 未知的键"),
            ("off = [{rule = 'a', reason = 'x', until = 'soon'}]", "found 'soon'"),
            ("off = ['a']", "off 第 1 条: "),
            ("off = 'a'", "off: "),
            ("tiers = {a = 4}", "tiers a: "),
            ("tiers = {a = 0}", "found 0"),
        ],
    )
    def test_wrong_values_are_named_with_their_line(self, tmp_path: Path, line: str, words: str) -> None:
        message = refused(config_file(tmp_path, f"# ours\n{line}\n"))
        assert message.startswith(f"{tmp_path / 'coopcompliance.toml'}:2: ")
        assert words in message

    def test_an_entry_written_as_a_table_is_named_with_its_own_line(self, tmp_path: Path) -> None:
        text = "[tool.coopcompliance]\n[[tool.coopcompliance.off]]\nrule = 'a'\nreason = 'x'\n"
        text += "[[tool.coopcompliance.off]]\nrule = 'b'\n[tool.coopcompliance.tiers]\nc = 7\n"
        message = refused(config_file(tmp_path, text, "pyproject.toml"))
        assert "pyproject.toml:5: off 第 2 条 reason: 没有写理由" in message
        assert "pyproject.toml:7: tiers c: " in message

    def test_all_problems_at_once(self, tmp_path: Path) -> None:
        assert refused(config_file(tmp_path, "fail_on = 9\nform = 'tv'\nx = 1\n")).count("\n") == 2

    def test_what_is_no_toml(self, tmp_path: Path) -> None:
        assert "不是合法的 TOML" in refused(config_file(tmp_path, "platform: douyin\n"))
        file = config_file(tmp_path, "")
        file.write_bytes("# 蜂蜜".encode("gbk"))
        assert "不是 UTF-8" in refused(file)

    def test_a_file_that_is_not_there_or_says_nothing(self, tmp_path: Path) -> None:
        assert "读不了" in refused(tmp_path / "gone.toml")
        assert "[tool.coopcompliance]" in refused(config_file(tmp_path, "[tool.ruff]\n", "pyproject.toml"))
