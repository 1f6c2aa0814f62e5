"""The contract that other tools rely on: what a report holds, and that screeners can be shared, copied and repeated."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import coopcompliance
from coopcompliance import Evidence, Finding, InputError, Placement, Report, Screener
from support import DAY, found, only, phrases, rule, screener, texts

RULES = [
    phrases("最好", "第一", "国家级", slug="absolute"),
    phrases("治疗", "免疫力", slug="medical", category="medical", tier=3),
    rule("combined", detect={"combine": [["全国"], ["第一"]]}, category="unsourced", clears=["survey"]),
    rule("later", detect={"phrases": ["零添加"]}, category="standard", since="2027-03-16"),
    rule("repeated", detect={"repeat": ["下单"], "more_than": 2, "per": "1000 characters"}, category="overselling"),
    rule("dotted", detect={"pattern": "v<3>信", "hints": ["v"]}, category="diversion"),
]
SCREENER = screener(*RULES)
SCRIPT = (
    "家人们，这款蜂蜜能Zhi疗咽炎！\r\n全国🥇，蕞好。\n👨‍👩‍👧都说不是最好\u2028增强免役力\n"
    "零添加，𠮷祥。下单下单下单，v❤"
)
EVASIONS = ["最好", "蕞 好", "全国🥇", "zui好", "治\u200bliao", "免役力", "v❤️"]


def screen(text: str, placement: Placement | None = None) -> Report:
    return SCREENER.screen(text, placement, as_of=DAY)


def all_of(report: Report) -> list[Finding]:
    return [*report.findings, *report.exempted, *report.suppressed]


class TestReport:
    def test_every_field_of_the_contract(self) -> None:
        report = SCREENER.screen(
            SCRIPT,
            Placement(platform="douyin", form="live", products=["honey"]),
            evidence=[Evidence(kind="organic")],
            as_of=DAY,
            name="script.txt",
        )
        data = json.loads(report.model_dump_json())
        assert {
            "schema_version",
            "document",
            "placement",
            "as_of",
            "packs",
            "tier",
            "escalations",
            "findings",
            "exempted",
            "suppressed",
            "plan",
        } <= set(data)
        assert data["document"]["name"] == "script.txt"
        assert data["document"]["length"] == len(SCRIPT)
        assert data["placement"] == {"platform": "douyin", "form": "live", "products": ["honey"], "stage": "draft"}
        assert data["as_of"] == "2026-11-22"
        assert [set(item) for item in data["packs"]] == [{"id", "version", "digest"}] * 2
        assert data["tier"] == 3

    def test_every_field_of_a_finding(self) -> None:
        finding = json.loads(screen(SCRIPT).model_dump_json())["findings"][0]
        assert {
            "rule",
            "category",
            "tier",
            "verdict",
            "start",
            "end",
            "line",
            "column",
            "text",
            "message",
            "basis",
            "advice",
            "rewrite",
            "clears",
            "exemption",
            "trace",
            "fingerprint",
            "effective",
        } <= set(finding)
        assert finding["rule"] == "own/medical"
        assert finding["text"] == "Zhi疗"
        assert {"source", "title", "article", "penalty"} <= set(finding["basis"][0])

    def test_verdicts_stand_in_their_lists(self) -> None:
        report = screen(SCRIPT)
        assert {finding.verdict for finding in report.findings} == {"violation", "unproven", "upcoming"}
        assert {finding.verdict for finding in report.exempted} == {"exempt"}

    def test_clean_copy_has_tier_0_and_nothing_to_do(self) -> None:
        report = screen("今天天气不错")
        assert (report.tier, report.findings, report.plan.actions) == (0, (), ())

    def test_the_overall_tier_counts_violations_and_unproven_ones(self) -> None:
        assert screen("能治疗").tier == 3
        assert screen("全国销量第一").tier == 2
        assert screen("零添加").tier == 0

    def test_the_day_is_today_unless_told(self) -> None:
        assert SCREENER.screen("好").as_of == dt.date.today()

    def test_json_round_trip(self) -> None:
        report = screen(SCRIPT, Placement(platform="wechat", form="article", products=["honey", "tea"]))
        assert Report.model_validate_json(report.model_dump_json()) == report

    def test_the_same_text_gives_the_same_bytes(self) -> None:
        assert screen(SCRIPT).model_dump_json() == screen(SCRIPT).model_dump_json()


class TestPlaces:
    @given(texts, st.lists(st.sampled_from(EVASIONS), max_size=4), texts)
    def test_text_line_and_column_agree_for_any_text(self, before: str, parts: list[str], after: str) -> None:
        text = before + "\n".join(parts) + after
        if not text.strip():
            return
        report = screen(text)
        for finding in all_of(report):
            assert 0 <= finding.start < finding.end <= len(text)
            assert finding.text == text[finding.start : finding.end]
            lines = text.split("\n")
            assert lines[finding.line - 1][finding.column - 1 :].startswith(finding.text.split("\n")[0])
            assert sum(len(line) + 1 for line in lines[: finding.line - 1]) + finding.column - 1 == finding.start

    @given(texts.filter(lambda text: bool(text.strip())))
    def test_findings_come_in_text_order(self, text: str) -> None:
        for findings in (screen(text + SCRIPT).findings, screen(text + SCRIPT).exempted):
            places = [(finding.start, finding.end) for finding in findings]
            assert places == sorted(places)

    def test_lines_end_at_newline_alone(self) -> None:
        report = screen("一\r\n二\u2028最好\n\u0085第一")
        assert [(finding.line, finding.column) for finding in report.findings] == [(2, 3), (3, 2)]

    def test_astral_characters_count_once(self) -> None:
        finding = only(screen("𠮷👨‍👩‍👧最好"))
        assert (finding.start, finding.end, finding.column) == (6, 8, 7)


class TestBadInput:
    @pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\u3000"])
    def test_nothing_to_judge(self, text: str) -> None:
        with pytest.raises(InputError, match="empty"):
            screen(text)

    @pytest.mark.parametrize("char", ["\ud800", "\udfff", "\udc80"])
    def test_lone_surrogates_are_named_with_their_place(self, char: str) -> None:
        with pytest.raises(InputError, match=rf"第 3 个.*U\+{ord(char):04X}"):
            screen(f"最好{char}")

    def test_binary_data_is_refused(self) -> None:
        with pytest.raises(InputError, match="binary"):
            screen("最好\0")

    @pytest.mark.parametrize("text", ["\u200b", "\ufeff", "🌸", "👨‍👩‍👧", "\u200d\u200d", "。", "e\u0301"])
    def test_copy_without_a_word_is_clean(self, text: str) -> None:
        assert screen(text).tier == 0

    def test_a_very_long_line_is_judged_to_its_end(self) -> None:
        report = screen("蜂蜜" * 200_000 + "最好")
        assert [finding.column for finding in report.findings] == [400_001]

    def test_a_text_full_of_hits_is_judged_whole(self) -> None:
        assert len(screen("最好。" * 3000).findings) == 3000

    @pytest.mark.parametrize(
        ("make", "known"),
        [
            (lambda: Placement(platform="tiktok"), "douyin"),
            (lambda: Placement(form="film"), "live"),
            (lambda: Placement(products=["honeys"]), "honey"),
            (lambda: Placement(stage="later"), "published"),
            (lambda: Evidence(kind="oral"), "test-report"),
        ],
    )
    def test_unknown_values_are_refused_with_the_known_ones(self, make: object, known: str) -> None:
        with pytest.raises(ValidationError, match=known):
            make()  # type: ignore[operator]

    def test_a_misspelt_key_is_refused(self) -> None:
        with pytest.raises(ValidationError):
            Placement(platfrom="douyin")  # type: ignore[call-arg]


class TestSharing:
    def test_results_are_immutable(self) -> None:
        report = screen(SCRIPT)
        with pytest.raises(ValidationError):
            report.tier = 0
        with pytest.raises(ValidationError):
            report.findings[0].text = "好"
        assert isinstance(report.findings, tuple)
        assert hash(report.findings[0].fingerprint)

    def test_reports_can_be_pickled(self) -> None:
        report = screen(SCRIPT)
        assert pickle.loads(pickle.dumps(report)) == report

    def test_screeners_can_be_pickled(self) -> None:
        again = pickle.loads(pickle.dumps(SCREENER))
        assert again.screen(SCRIPT, as_of=DAY) == screen(SCRIPT)
        assert again.timeout == SCREENER.timeout

    def test_eight_threads_give_equal_results(self) -> None:
        """A fresh screener: dictionaries and tables are loaded by whichever thread comes first."""
        fresh = Screener(catalog=SCREENER.catalog)
        scripts = [f"{SCRIPT}\n第{number}场，积极品鉴，政治课，最好" for number in range(24)]
        expected = [screen(script) for script in scripts]
        barrier = threading.Barrier(8)

        def work(number: int) -> list[Report]:
            barrier.wait()
            return [fresh.screen(script, as_of=DAY) for script in scripts[number:] + scripts[:number]]

        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(work, range(8)))
        for number, reports in enumerate(results):
            assert reports == expected[number:] + expected[:number]

    def test_one_text_leaves_no_trace_in_the_next(self) -> None:
        before = screen("这蜜最好")
        screen(SCRIPT * 3)
        assert screen("这蜜最好") == before

    def test_packs_and_digests_make_a_report_reproducible(self) -> None:
        assert screen("好").packs == screen(SCRIPT).packs
        other = screener(phrases("最好"))
        assert other.screen("好").packs[0].digest != screen("好").packs[0].digest

    def test_everything_public_is_there(self) -> None:
        for name in ("Evidence", "Placement", "Screener", "Report"):
            assert hasattr(coopcompliance, name)


def test_rules_do_not_disturb_one_another() -> None:
    """What one rule finds does not depend on which other rules of other categories are loaded."""
    assert found(RULES[0], SCRIPT) == [f.text for f in screen(SCRIPT).findings if f.rule == "own/absolute"]


def test_packs_and_a_catalog_together_are_refused() -> None:
    """The packs would be left out without a word."""
    with pytest.raises(ValueError, match="packs and catalog"):
        Screener(["own.yaml"], catalog=screener(phrases("第一")).catalog)
