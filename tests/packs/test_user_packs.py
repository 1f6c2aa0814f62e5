"""Packs beside the shipped ones: a user's own by path, installed packages' by entry point, old names by redirect."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest

from coopcompliance import PackError, Placement, Screener
from coopcompliance.packs.catalog import Catalog
from coopcompliance.packs.load import ENTRY_POINT, load
from support import DAY, LAW, Json, catalog, pack, phrases, screener_of, write_rules


class TestUserPacks:
    """A user's own pack beside the built-in ones."""

    @staticmethod
    def load_with(tmp_path: Path, user: Json) -> Catalog:
        (tmp_path / "built-in").mkdir()
        folder = write_rules(tmp_path / "built-in", pack(phrases("最好", "第一", slug="best"), name="ads"))
        file = tmp_path / "mine.yaml"
        file.write_text(json.dumps(user, ensure_ascii=False), "utf-8")
        return load([file], builtin=folder, entry_points=False)

    def texts(self, loaded: Catalog, text: str) -> list[str]:
        return [finding.text for finding in screener_of(loaded).screen(text, as_of=DAY).findings]

    def test_rules_of_their_own(self, tmp_path: Path) -> None:
        mine = {"pack": "mine", "version": "2026.11.0", "rules": [phrases("祖传", slug="heirloom")]}
        loaded = self.load_with(tmp_path, mine)
        assert loaded.packs[-1].dimension == "user"
        assert self.texts(loaded, "祖传最好") == ["祖传", "最好"]

    @pytest.mark.parametrize(
        ("override", "texts"),
        [
            ({"off": True}, []),
            ({"detect": {"phrases": ["巅峰"]}}, ["最好", "巅峰"]),
            ({"unless": [{"id": "ours", "because": "注册商标", "inside": ["最好牌"]}]}, []),
        ],
    )
    def test_switching_off_and_extending(self, tmp_path: Path, override: Json, texts: list[str]) -> None:
        change = {"rule": "ads/best", "reason": "本社决定", **override}
        loaded = self.load_with(tmp_path, {"pack": "mine", "version": "2026.11.0", "overrides": [change]})
        assert self.texts(loaded, "最好牌巅峰") == texts

    def test_changing_the_tier(self, tmp_path: Path) -> None:
        change = {"rule": "ads/best", "reason": "从严", "tier": 3}
        loaded = self.load_with(tmp_path, {"pack": "mine", "version": "2026.11.0", "overrides": [change]})
        report = screener_of(loaded).screen("最好", as_of=DAY)
        assert (report.tier, report.findings[0].tier) == (3, 3)

    @pytest.mark.parametrize(
        ("override", "problem"),
        [
            ({"rule": "ads/none", "off": True, "reason": "无"}, "unknown rule 'ads/none'"),
            ({"rule": "ads/best", "off": True}, "reason"),
            ({"rule": "ads/best", "reason": "无", "detect": {"phrases": ["$none"]}}, "unknown lexicon $none"),
            ({"rule": "ads/best", "reason": "无", "tiers": 3}, "unknown key 'tiers'"),
            (
                {
                    "rule": "ads/best",
                    "reason": "无",
                    "unless": [{"id": "x", "because": "无", "near": {"any": ["$none"]}}],
                },
                "unknown lexicon $none",
            ),
            (
                {
                    "rule": "ads/best",
                    "reason": "无",
                    "unless": [{"id": "x", "because": "无", "mention": True, "basis": {"source": "none"}}],
                },
                "unknown source 'none'",
            ),
        ],
    )
    def test_wrong_overrides_are_refused(self, tmp_path: Path, override: Json, problem: str) -> None:
        with pytest.raises(PackError) as caught:
            self.load_with(tmp_path, {"pack": "mine", "version": "2026.11.0", "overrides": [override]})
        assert problem in str(caught.value)

    def test_the_readme_use_with_a_path(self, tmp_path: Path) -> None:
        mine = pack(phrases("祖传秘制九九八十一", slug="heirloom"), name="mine", sources={"my-law": LAW})
        mine["rules"][0]["basis"] = [{"source": "my-law"}]
        (tmp_path / "mine.yaml").write_text(json.dumps(mine, ensure_ascii=False), "utf-8")
        report = Screener([tmp_path]).screen("祖传秘制九九八十一", Placement())
        assert "mine/heirloom" in [finding.rule for finding in report.findings]


class TestRedirects:
    LOADED = catalog(pack(phrases("最好", slug="new-name", redirects=["old-name"])))

    @pytest.mark.parametrize("name", ["own/new-name", "new-name", "own/old-name"])
    def test_a_renamed_rule_is_found_by_its_old_name(self, name: str) -> None:
        entry = self.LOADED.rule(name)
        assert entry is not None
        assert entry.id == "own/new-name"

    def test_an_unknown_name(self) -> None:
        assert self.LOADED.rule("own/none") is None

    def test_overrides_may_use_the_old_name(self) -> None:
        change = {"rule": "own/old-name", "off": True, "reason": "本社决定"}
        user = {"pack": "mine", "version": "2026.11.0", "overrides": [change]}
        loaded = catalog(pack(phrases("最好", slug="new-name", redirects=["old-name"])), user)
        assert loaded.rules[0].off


class Point:
    """An installed package's entry point."""

    name = "neighbours"

    def __init__(self, offered: object) -> None:
        self.offered = offered

    def load(self) -> object:
        if isinstance(self.offered, Exception):
            raise self.offered
        return self.offered


class TestEntryPoints:
    @staticmethod
    def offer(monkeypatch: pytest.MonkeyPatch, offered: object) -> None:
        def entry_points(*, group: str) -> list[Point]:
            return [Point(offered)] if group == ENTRY_POINT else []

        monkeypatch.setattr(metadata, "entry_points", entry_points)

    @pytest.mark.parametrize("as_function", [True, False])
    def test_installed_packages_offer_packs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_function: bool
    ) -> None:
        (tmp_path / "built-in").mkdir()
        folder = write_rules(tmp_path / "built-in", pack(phrases("最好", slug="best")))
        theirs = tmp_path / "theirs.yaml"
        data = pack(phrases("第一", slug="first"), name="theirs", sources={})
        theirs.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        self.offer(monkeypatch, (lambda: theirs) if as_function else str(theirs))
        assert [entry.id for entry in load(builtin=folder).rules] == ["own/best", "theirs/first"]
        assert [entry.id for entry in load(builtin=folder, entry_points=False).rules] == ["own/best"]

    def test_one_that_cannot_be_loaded_is_a_pack_error(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = write_rules(tmp_path, pack(phrases("最好")))
        self.offer(monkeypatch, ModuleNotFoundError("No module named 'neighbours'"))
        with pytest.raises(PackError, match="neighbours"):
            load(builtin=folder)
