"""SARIF, JUnit XML and GitHub annotations: what other programs read, as their formats demand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from desk import clean_report, desk_report, same_as_golden, screened
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance import Report, Verdict
from coopcompliance.policy import DIRECTIVE_RULE
from coopcompliance.writers import github, junit, sarif
from support import texts

SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "sarif-schema-2.1.0.json"


def run_of(*reports: Report) -> dict[str, Any]:
    (run,) = json.loads(sarif.write(*reports))["runs"]
    return dict(run)


def with_finding(**changes: Any) -> Report:
    """The report with its first finding changed and the others gone."""
    report = desk_report()
    return report.model_copy(update={"findings": (report.findings[0].model_copy(update=changes),)})


def test_the_fixed_report_is_what_the_pack_finds() -> None:
    def told(report: Report) -> list[tuple[str, str, int, int]]:
        listed = (*report.findings, *report.exempted, *report.suppressed)
        return [(item.rule, item.verdict.value, item.start, item.end) for item in listed]

    assert told(desk_report()) == told(screened())


# -- SARIF ------------------------------------------------------------------------------------------------------------


def test_sarif_golden() -> None:
    same_as_golden("report.sarif", sarif.write(desk_report(), handbook="https://example.org/handbook"))


@pytest.mark.parametrize("reports", [(desk_report(),), (clean_report(),), (desk_report(), clean_report()), ()])
def test_sarif_follows_the_official_schema(reports: tuple[Report, ...]) -> None:
    if not SCHEMA.is_file():
        pytest.skip("the official SARIF schema is not at ../shared/schemas/sarif-schema-2.1.0.json")
    validator = jsonschema.validators.validator_for(schema := json.loads(SCHEMA.read_text("utf-8")))
    # format_checker: the schema's "uri-reference" and "date-time" are checked as well.
    problems = validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(json.loads(sarif.write(*reports)))
    assert [problem.message for problem in problems] == []


def test_sarif_counts_code_points_and_points_at_the_passage() -> None:
    run = run_of(desk_report())
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][1]["locations"][0]["physicalLocation"]["region"]
    expected = {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 10, "charOffset": 26, "charLength": 4}
    assert region == {**expected, "snippet": {"text": "治疗咽炎"}}


def test_sarif_passage_over_two_lines_ends_on_the_second() -> None:
    run = run_of(with_finding(text="治疗\n咽炎", line=2, column=6))
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["endLine"], region["endColumn"]) == (2, 3, 3)


def test_sarif_only_what_counts_can_fail() -> None:
    results = run_of(desk_report())["results"]
    assert {item["ruleId"]: (item["kind"], item["level"]) for item in results} == {
        "desk/effect": ("fail", "warning"),
        "desk/treats": ("fail", "error"),
        "desk/rank": ("fail", "warning"),
        "desk/additive": ("informational", "none"),
        "desk/scarce": ("review", "none"),
        "desk/soft": ("fail", "note"),
    }


def test_sarif_exempted_look_alikes_are_no_results() -> None:
    assert len(desk_report().exempted) == 1
    assert [item["ruleId"] for item in run_of(desk_report())["results"]].count("desk/rank") == 1


def test_sarif_suppressions_stand_on_every_result_or_on_none() -> None:
    results = run_of(desk_report())["results"]
    assert [len(item["suppressions"]) for item in results] == [0, 0, 0, 0, 0, 1]
    (said,) = results[-1]["suppressions"]
    assert said == {"kind": "inSource", "status": "accepted", "justification": "文内标注：用户原话，已留截图"}
    without = desk_report().model_copy(update={"suppressed": ()})
    assert not any("suppressions" in item for item in run_of(without)["results"])


def test_sarif_references_lead_to_the_rule_and_the_article() -> None:
    run = run_of(desk_report())
    for result in run["results"]:
        extension = run["tool"]["extensions"][result["rule"]["toolComponent"]["index"]]
        assert extension["rules"][result["rule"]["index"]]["id"] == result["ruleId"]
        assert extension["version"] == "2026.11.0"
        for taxon in result["taxa"]:
            law = run["taxonomies"][taxon["toolComponent"]["index"]]
            assert law["taxa"][taxon["index"]]["id"] == taxon["id"]
    assert run["taxonomies"][0]["fullName"] == "《广告示例法》"
    assert "第十七条" in [taxon["id"] for taxon in run["taxonomies"][0]["taxa"]]


def test_sarif_fingerprints_have_a_versioned_name() -> None:
    result = run_of(desk_report())["results"][0]
    assert result["partialFingerprints"] == {"coopcompliance/v1": desk_report().findings[0].fingerprint}


def test_sarif_rules_of_the_tool_itself_belong_to_the_driver() -> None:
    run = run_of(with_finding(rule=DIRECTIVE_RULE, basis=()))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [DIRECTIVE_RULE]
    assert run["results"][0]["rule"] == {"id": DIRECTIVE_RULE, "index": 0}


def test_sarif_a_safe_rewrite_is_a_fix() -> None:
    run = run_of(desk_report())
    (fix,) = next(item for item in run["results"] if item["ruleId"] == "desk/scarce")["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": ""}
    assert replacement["deletedRegion"]["charLength"] == 3


def test_sarif_notices_are_notifications() -> None:
    report = desk_report().model_copy(update={"notices": ("规则 x 超时",)})
    (notice,) = run_of(report)["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == "规则 x 超时"


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b/脚本#1.md", "a%20b/%E8%84%9A%E6%9C%AC%231.md"),
        ("-", "-"),
        ("", "text"),
        ("/srv/x.md", "file:///srv/x.md"),
        (r"C:\文\x.md", "file:///C:/%E6%96%87/x.md"),
        ("a:b.txt", "a%3Ab.txt"),
    ],
)
def test_sarif_file_names_become_uris(name: str, uri: str) -> None:
    assert sarif.uri(name) == uri


# -- JUnit ------------------------------------------------------------------------------------------------------------


def test_junit_golden() -> None:
    same_as_golden("report.junit.xml", junit.write(desk_report(), clean_report()))


def test_junit_fails_at_the_tier_that_fails_the_run() -> None:
    def failing(fail_on: int) -> list[str]:
        root = ET.fromstring(junit.write(desk_report(), fail_on=fail_on))
        return [
            case.get("name", "").split(" ")[0] for case in root.iter("testcase") if case.find("failure") is not None
        ]

    assert failing(2) == ["desk/effect", "desk/treats", "desk/rank"]
    assert failing(3) == ["desk/treats"]


def test_junit_a_clean_document_has_one_passing_case() -> None:
    root = ET.fromstring(junit.write(clean_report()))
    assert (root.get("tests"), root.get("failures")) == ("1", "0")


@given(texts)
def test_junit_is_well_formed_whatever_the_text(text: str) -> None:
    report = with_finding(text=text, message=text, advice=text + "\x00\x1b\ufffe")
    root = ET.fromstring(junit.write(report).encode("utf-8"))
    (case,) = [case for case in root.iter("testcase") if case.find("failure") is not None]
    assert case.find("failure").get("message") == junit.legal(text)  # type: ignore[union-attr]


def test_junit_shows_what_xml_cannot_hold() -> None:
    assert junit.legal("蜜\x00\x1b[1m\ufffe🍯\r\n") == "蜜\\u0000\\u001B[1m\\uFFFE🍯\n"


# -- GitHub -----------------------------------------------------------------------------------------------------------


def test_github_golden() -> None:
    same_as_golden("report.github.txt", github.write(desk_report()))


def test_github_clean_reports_are_silent() -> None:
    assert github.write(clean_report()) == ""


def test_github_what_does_not_count_is_a_notice() -> None:
    commands = [line.split(" ")[0] for line in github.write(desk_report()).splitlines()]
    assert commands == ["::warning", "::error", "::warning", "::notice", "::notice"]


def test_github_columns_are_left_out_over_several_lines() -> None:
    line = github.write(with_finding(text="治疗\n咽炎", line=2))
    assert ",col=" not in line
    assert "line=2,endLine=3" in line


def test_github_escaping() -> None:
    assert github.escape_data("100%\r\n::error::x") == "100%25%0D%0A::error::x"
    assert github.escape_property("a:b,c%") == "a%3Ab%2Cc%25"


@given(st.text(max_size=30), st.text(max_size=30))
def test_github_one_line_per_finding_whatever_the_text(name: str, message: str) -> None:
    report = with_finding(message=message)
    report = report.model_copy(update={"document": report.document.model_copy(update={"name": name})})
    written = github.write(report)
    assert written.count("\n") == 1
    assert "\r" not in written
    assert written.startswith("::warning file=")


def test_verdicts_keep_their_names() -> None:
    """The goldens show them; SARIF's consumers filter by them."""
    assert {item["properties"]["verdict"] for item in run_of(desk_report())["results"]} <= {v.value for v in Verdict}
