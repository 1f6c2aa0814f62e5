"""Report -> JSON, as the contract has it (its schema: `schemas/report.schema.json`)."""

from __future__ import annotations

from collections.abc import Sequence

from coopcompliance.model import Report


def write_report(report: Report) -> str:
    """One report as an object, with a line end."""
    return report.model_dump_json(indent=2) + "\n"


def write_reports(reports: Sequence[Report]) -> str:
    """Several reports as a list, with a line end."""
    body = ",\n".join(report.model_dump_json(indent=2) for report in reports)
    return f"[{body}]\n"
