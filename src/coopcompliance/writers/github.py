"""GitHub workflow commands: one annotation per finding, shown beside the line in a pull request."""

from __future__ import annotations

from coopcompliance.model import TIER_TITLES, Finding, Report
from coopcompliance.plan import counts
from coopcompliance.writers.titles import REWRITE_TITLE, clears_text, verdict_text

_COMMANDS = {3: "error", 2: "warning", 1: "notice"}


def write(*reports: Report) -> str:
    """One line per finding: `::error file=…,line=…::message`. Empty for clean reports.

    What does not count towards the conclusion (upcoming and experimental findings) is a notice.
    """
    return "".join(_annotation(report.document.name, item) + "\n" for report in reports for item in report.findings)


def _annotation(file: str, finding: Finding) -> str:
    command = _COMMANDS[finding.tier] if counts(finding) else "notice"
    last = finding.line + finding.text.count("\n")
    properties = {"file": file, "line": str(finding.line), "endLine": str(last)}
    if last == finding.line:
        # GitHub refuses columns for an annotation of several lines.
        properties |= {"col": str(finding.column), "endColumn": str(finding.column + len(finding.text))}
    properties["title"] = f"{TIER_TITLES[finding.tier]}·{verdict_text(finding)}·{finding.rule}"
    listed = ",".join(f"{key}={escape_property(value)}" for key, value in properties.items())
    return f"::{command} {listed}::{escape_data(_message(finding))}"


def _message(finding: Finding) -> str:
    rows = [finding.message, f"建议：{finding.advice}"]
    if finding.rewrite:
        rows.append(f"{REWRITE_TITLE}：{finding.rewrite}")
    if clears_text(finding):
        rows.append(f"补齐后可用：{clears_text(finding)}")
    return "\n".join(rows)


def escape_data(text: str) -> str:
    """Text as the message of a workflow command: nothing in it can end the line or begin another command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Text as a property of a workflow command, where colons and commas separate as well."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


__all__ = ["escape_data", "escape_property", "write"]
