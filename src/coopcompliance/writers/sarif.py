"""SARIF 2.1.0: packs as extensions with their rules, laws as taxonomies with their articles, findings as results."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from coopcompliance import __version__
from coopcompliance.model import (
    CATEGORY_TITLES,
    TIER_TITLES,
    BasisRef,
    Finding,
    Fix,
    PackRef,
    Report,
    Verdict,
)
from coopcompliance.plan import counts
from coopcompliance.policy import INLINE_PREFIX
from coopcompliance.writers.titles import REWRITE_TITLE, cite, clears_text, handbook_url

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "coopcompliance/v1"
WHOLE = "全文"
_LEVELS = {3: "error", 2: "warning", 1: "note"}

Json = dict[str, Any]


def write(*reports: Report, handbook: str | None = None) -> str:
    """One run for all `reports`. `handbook`: address of the published handbook, for the rules' help links.

    Kinds: what counts towards the conclusion is `fail`, its level the tier's; an upcoming finding is `informational`,
    one of an experimental rule `review`, and SARIF then demands the level `none`. Exempted look-alikes are no results.
    """
    return json.dumps(_Log(reports, handbook).log(), ensure_ascii=False, indent=2) + "\n"


class _Log:
    """Collects what results point to (packs, rules, laws, articles) before the results are written."""

    def __init__(self, reports: tuple[Report, ...], handbook: str | None) -> None:
        self.reports = reports
        self.handbook = handbook
        self.packs: dict[str, PackRef] = {pack.id: pack for report in reports for pack in report.packs}
        self.rules: dict[str, dict[str, Finding]] = {pack: {} for pack in self.packs}
        self.own_rules: dict[str, Finding] = {}
        self.articles: dict[str, dict[str, BasisRef]] = {}
        for finding in self._findings():
            # Rules of no pack are the tool's own, about how it is used (a suppression without a reason).
            self.rules.get(_pack(finding), self.own_rules).setdefault(finding.rule, finding)
            for basis in finding.basis:
                self.articles.setdefault(basis.source, {}).setdefault(basis.article or WHOLE, basis)
        self.extension_index = {pack: index for index, pack in enumerate(self.rules)}
        self.law_index = {source: index for index, source in enumerate(self.articles)}
        self.suppressing = any(report.suppressed for report in reports)

    def _findings(self) -> Iterable[Finding]:
        return (item for report in self.reports for item in (*report.findings, *report.suppressed))

    def log(self) -> Json:
        run: Json = {
            "tool": {"driver": self._driver(), "extensions": [self._extension(pack) for pack in self.rules]},
            "language": "zh-CN",
            "columnKind": "unicodeCodePoints",
            "invocations": [self._invocation()],
            "artifacts": [_artifact(report) for report in self.reports],
            "results": [
                self._result(index, finding)
                for index, report in enumerate(self.reports)
                for finding in (*report.findings, *report.suppressed)
            ],
        }
        if self.articles:
            run["taxonomies"] = [self._taxonomy(source) for source in self.articles]
        return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}

    def _driver(self) -> Json:
        driver: Json = {"name": "coopcompliance", "version": __version__, "semanticVersion": __version__}
        if self.articles:
            driver["supportedTaxonomies"] = [{"name": name, "index": i} for name, i in self.law_index.items()]
        if self.own_rules:
            driver["rules"] = [self._rule(finding) for finding in self.own_rules.values()]
        return driver

    def _extension(self, pack: str) -> Json:
        reference = self.packs[pack]
        return {
            "name": pack,
            "version": reference.version,
            "rules": [self._rule(finding) for finding in self.rules[pack].values()],
            "properties": {"digest": reference.digest},
        }

    def _rule(self, finding: Finding) -> Json:
        advice = f"{finding.advice}\n{REWRITE_TITLE}：{finding.rewrite}" if finding.rewrite else finding.advice
        rule: Json = {
            "id": finding.rule,
            "name": finding.title,
            "shortDescription": {"text": finding.title},
            "fullDescription": {"text": f"{CATEGORY_TITLES[finding.category]}：{finding.title}"},
            "help": {"text": advice},
            "defaultConfiguration": {"level": _LEVELS[finding.tier]},
            "properties": {"tags": [finding.category.value], "tier": finding.tier, "status": finding.status},
        }
        if self.handbook is not None:
            rule["helpUri"] = handbook_url(self.handbook, finding.rule)
        if finding.basis:
            targets = [self._taxon(basis) for basis in finding.basis]
            rule["relationships"] = [{"target": target, "kinds": ["relevant"]} for target in targets]
        return rule

    def _rule_reference(self, finding: Finding) -> Json:
        pack = _pack(finding)
        if pack not in self.rules:
            return {"id": finding.rule, "index": list(self.own_rules).index(finding.rule)}
        component = {"name": pack, "index": self.extension_index[pack]}
        index = list(self.rules[pack]).index(finding.rule)
        return {"id": finding.rule, "index": index, "toolComponent": component}

    def _taxonomy(self, source: str) -> Json:
        first = next(iter(self.articles[source].values()))
        return {
            "name": source,
            "fullName": first.title,
            "shortDescription": {"text": first.title},
            "isComprehensive": False,
            "taxa": [
                {"id": article, "name": f"{first.title}{article}", "shortDescription": {"text": cite(basis)}}
                for article, basis in self.articles[source].items()
            ],
            "properties": {"verified": first.verified},
        }

    def _taxon(self, basis: BasisRef) -> Json:
        article = basis.article or WHOLE
        return {
            "id": article,
            "index": list(self.articles[basis.source]).index(article),
            "toolComponent": {"name": basis.source, "index": self.law_index[basis.source]},
        }

    def _invocation(self) -> Json:
        invocation: Json = {"executionSuccessful": True}
        notices = [
            {"level": "warning", "message": {"text": notice}, "locations": [_location(index, report)]}
            for index, report in enumerate(self.reports)
            for notice in report.notices
        ]
        if notices:
            invocation["toolExecutionNotifications"] = notices
        return invocation

    def _result(self, artifact: int, finding: Finding) -> Json:
        kind, level = _kind_and_level(finding)
        result: Json = {
            "ruleId": finding.rule,
            "rule": self._rule_reference(finding),
            "kind": kind,
            "level": level,
            "message": {"text": _message(finding)},
            "locations": [_location(artifact, self.reports[artifact], finding)],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
            "taxa": [self._taxon(basis) for basis in finding.basis],
            "properties": _properties(finding),
        }
        if finding.fix is not None:
            result["fixes"] = [_fix(artifact, self.reports[artifact], finding)]
        if self.suppressing:
            # "On every result or on none": an empty list says that this one was looked at and stands.
            result["suppressions"] = [_suppression(finding)] if finding.verdict is Verdict.SUPPRESSED else []
        return result


def _pack(finding: Finding) -> str:
    return finding.rule.partition("/")[0]


def _kind_and_level(finding: Finding) -> tuple[str, str]:
    if finding.verdict is Verdict.UPCOMING:
        return "informational", "none"
    if finding.verdict is not Verdict.SUPPRESSED and not counts(finding):
        return "review", "none"
    return "fail", _LEVELS[finding.tier]


def _message(finding: Finding) -> str:
    parts = [finding.message, f"建议：{finding.advice}"]
    if clears_text(finding):
        parts.append(f"补齐后可用：{clears_text(finding)}")
    return "\n".join(parts)


def _properties(finding: Finding) -> Json:
    properties: Json = {
        "verdict": finding.verdict.value,
        "tier": finding.tier,
        "tierTitle": TIER_TITLES[finding.tier],
        "category": finding.category.value,
        "clears": [kind.value for kind in finding.clears],
        "penalties": [basis.penalty for basis in finding.basis if basis.penalty],
    }
    optional = {
        "rewrite": finding.rewrite,
        "effective": finding.effective.isoformat() if finding.effective else None,
        "timecode": finding.timecode,
    }
    return properties | {key: value for key, value in optional.items() if value is not None}


def _suppression(finding: Finding) -> Json:
    kind = "inSource" if (finding.reason or "").startswith(INLINE_PREFIX) else "external"
    return {"kind": kind, "status": "accepted", "justification": finding.reason or "未写理由"}


def _artifact(report: Report) -> Json:
    # The digest is of the text read, not of the file's bytes, so it is no `hashes` entry.
    properties: Json = {
        "textDigest": report.document.digest,
        "reportDigest": report.digest,
        "length": report.document.length,
        "asOf": report.as_of.isoformat(),
        "tier": report.tier,
        "placement": report.placement.model_dump(mode="json"),
    }
    artifact: Json = {"location": {"uri": uri(report.document.name)}, "roles": ["analysisTarget"]}
    if report.document.encoding:
        artifact["encoding"] = report.document.encoding
    return artifact | {"properties": properties}


def _location(artifact: int, report: Report, finding: Finding | None = None) -> Json:
    physical: Json = {"artifactLocation": {"uri": uri(report.document.name), "index": artifact}}
    if finding is not None:
        physical["region"] = _region(finding) | {"snippet": {"text": finding.text}}
    return {"physicalLocation": physical}


def _region(finding: Finding) -> Json:
    """Columns and offsets in code points; the end column is the one after the last character."""
    *before, last = finding.text.split("\n")
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.line + len(before),
        "endColumn": len(last) + 1 if before else finding.column + len(last),
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }


def _fix_region(finding: Finding, fix: Fix) -> Json:
    """As `_region`. A fix stays in the sentence of its finding, so on its line where the finding has but one."""
    region: Json = {"charOffset": fix.start, "charLength": fix.end - fix.start}
    if "\n" in finding.text:
        return region
    start = finding.column + fix.start - finding.start
    return {
        "startLine": finding.line,
        "startColumn": start,
        "endLine": finding.line,
        "endColumn": start + fix.end - fix.start,
        **region,
    }


def _fix(artifact: int, report: Report, finding: Finding) -> Json:
    location = {"uri": uri(report.document.name), "index": artifact}
    assert finding.fix is not None
    fix = finding.fix
    replacement = {"deletedRegion": _fix_region(finding, fix), "insertedContent": {"text": fix.text}}
    description = f"改为“{fix.text}”" if fix.text else "删去这几个字"
    change = {"artifactLocation": location, "replacements": [replacement]}
    return {"description": {"text": description}, "artifactChanges": [change]}


def uri(name: str) -> str:
    """A file's name as a URI reference: relative names stay relative, absolute ones become file URIs."""
    path = name.replace("\\", "/")
    if path.startswith("/"):
        return "file://" + quote(path)
    if len(path) > 2 and path[1] == ":" and path[2] == "/":
        return "file:///" + quote(path, safe="/:")
    return quote(path) or "text"


__all__ = ["FINGERPRINT", "SCHEMA", "uri", "write"]
