"""JUnit XML: one suite per document, one case per finding, for pipelines that only know test reports."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from coopcompliance.model import TIER_TITLES, Finding, Report
from coopcompliance.plan import counts
from coopcompliance.writers.titles import REWRITE_TITLE, cite, clears_text, verdict_text, where

# Everything that is no Char of XML 1.0, section 2.2.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(*reports: Report, fail_on: int = 2) -> str:
    """A `testsuites` document.

    A finding that counts towards the conclusion, at tier `fail_on` or above, is a failure; other findings pass and say
    what they found in `system-out`; suppressed ones are skipped, with the reason given. A document without any of these
    has one passing case, so that the pipeline shows that it was checked.
    """
    suites = [_suite(report, fail_on) for report in reports]
    root = ET.Element("testsuites", {"name": "coopcompliance", **_totals(suites)})
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _totals(suites: list[ET.Element]) -> dict[str, str]:
    return {key: str(sum(int(suite.get(key, "0")) for suite in suites)) for key in ("tests", "failures", "skipped")}


def _suite(report: Report, fail_on: int) -> ET.Element:
    cases = [_case(report, finding, fail_on) for finding in report.findings]
    cases += [_skipped(report, finding) for finding in report.suppressed]
    if not cases:
        cases = [ET.Element("testcase", {"name": "发布前合规检查", "classname": legal(report.document.name)})]
    counted = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": 0,
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    suite = ET.Element("testsuite", {"name": legal(report.document.name)})
    suite.attrib |= {key: str(value) for key, value in counted.items()}
    properties = ET.SubElement(suite, "properties")
    ET.SubElement(properties, "property", {"name": "as_of", "value": report.as_of.isoformat()})
    ET.SubElement(properties, "property", {"name": "tier", "value": str(report.tier)})
    ET.SubElement(properties, "property", {"name": "digest", "value": report.digest})
    for pack in report.packs:
        value = f"{pack.version} {pack.digest}"
        ET.SubElement(properties, "property", {"name": f"pack.{pack.id}", "value": value})
    suite.extend(cases)
    return suite


def _element(report: Report, finding: Finding) -> ET.Element:
    name = f"{finding.rule} @ {finding.line}:{finding.column}"
    return ET.Element("testcase", {"name": name, "classname": legal(report.document.name), "line": str(finding.line)})


def _case(report: Report, finding: Finding, fail_on: int) -> ET.Element:
    case = _element(report, finding)
    if counts(finding) and finding.tier >= fail_on:
        attributes = {"type": f"{finding.category}.{finding.verdict}", "message": legal(finding.message)}
        ET.SubElement(case, "failure", attributes).text = legal(_details(finding))
    else:
        ET.SubElement(case, "system-out").text = legal(f"{finding.message}\n{_details(finding)}")
    return case


def _skipped(report: Report, finding: Finding) -> ET.Element:
    case = _element(report, finding)
    ET.SubElement(case, "skipped", {"message": legal(f"已由人工消除：{finding.reason or '未写理由'}")})
    return case


def _details(finding: Finding) -> str:
    rows = [f"{where(finding)} {TIER_TITLES[finding.tier]} {verdict_text(finding)}"]
    for basis in finding.basis:
        rows.append(f"依据：{cite(basis)}" + (f"；{basis.penalty}" if basis.penalty else ""))
    rows.append(f"建议：{finding.advice}")
    if finding.rewrite:
        rows.append(f"{REWRITE_TITLE}：{finding.rewrite}")
    if clears_text(finding):
        rows.append(f"补齐后可用：{clears_text(finding)}")
    return "\n".join(rows)


def legal(text: str) -> str:
    r"""Text without what XML 1.0 cannot hold at all: such characters are shown as \uXXXX, carriage returns as \n."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLEGAL.sub(lambda match: f"\\u{ord(match.group()):04X}", unified)


__all__ = ["legal", "write"]
