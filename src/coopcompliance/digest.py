"""The digest of a report: one line that says whether a run was reproduced.

Equal digests mean: the same text was judged for the same placement, as of the same date, by the same packs, and the
same was found, exempted and suppressed. The text's name and encoding, wording of messages and advice (the packs'
digests cover the rules' own words), and notices do not enter. To repeat a run a year later, install the packs of the
versions and digests in the report and pass its date as `--as-of`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from coopcompliance.model import Finding, Report

Row = tuple[str, str, int]


def report_digest(report: Report) -> str:
    """ "sha256:…" over the canonical JSON (sorted keys, no spaces, UTF-8) of what identifies the run."""
    content = {
        "text": report.document.digest,
        "placement": report.placement.model_dump(mode="json"),
        "as_of": report.as_of.isoformat(),
        "packs": sorted((pack.id, pack.version, pack.digest) for pack in report.packs),
        "tier": report.tier,
        "findings": _rows(report.findings),
        "exempted": _rows(report.exempted),
        "suppressed": _rows(report.suppressed),
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def sealed(report: Report) -> Report:
    """The report with its digest filled in."""
    return report.model_copy(update={"digest": report_digest(report)})


def _rows(findings: Iterable[Finding]) -> list[Row]:
    return sorted((finding.fingerprint, finding.verdict.value, finding.tier) for finding in findings)


__all__ = ["report_digest", "sealed"]
