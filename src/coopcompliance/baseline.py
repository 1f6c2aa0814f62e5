"""Baseline: earlier findings that were accepted, so that a project can start checking today: by document, fingerprint.

Documents are named as seen from the baseline's own folder, so that it holds wherever a command is run from.

The file is JSON, sorted, without line numbers or dates of the findings, so that it changes only when findings do.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from coopcompliance import linefile
from coopcompliance.errors import UsageError
from coopcompliance.model import Model, Report
from coopcompliance.plan import counts
from coopcompliance.policy import ACCEPTED

FORMAT = 1


class BaselineEntry(Model):
    fingerprint: str = Field(min_length=1)
    rule: str
    text: str
    document: str


class Baseline(Model):
    """The accepted findings. `digest`-free: it survives pack updates as long as the fingerprints do."""

    format: int = FORMAT
    entries: tuple[BaselineEntry, ...] = ()

    @property
    def by_document(self) -> dict[str, frozenset[str]]:
        """The accepted fingerprints of each document, named as `place` names it."""
        found: dict[str, set[str]] = {}
        for entry in self.entries:
            found.setdefault(entry.document, set()).add(entry.fingerprint)
        return {document: frozenset(prints) for document, prints in found.items()}


@dataclass(frozen=True, slots=True)
class BaselineState:
    """How reports compare with a baseline."""

    new: tuple[BaselineEntry, ...]
    """Findings that the baseline does not hold."""
    gone: tuple[BaselineEntry, ...]
    """Entries whose finding is no longer there: they can be taken out with `update`."""


def place(name: str, folder: Path) -> str:
    """How a baseline in `folder` names a document: by its path from there, with slashes; standard input stays `-`."""
    if name == "-":
        return name
    try:
        return Path(os.path.relpath(name, folder)).as_posix()
    except ValueError:  # another drive: no path leads there
        return Path(name).resolve().as_posix()


def from_reports(reports: Iterable[Report], folder: Path) -> Baseline:
    """A baseline of every finding that counts, in these reports (those that a baseline took out already included).

    What is not yet in force, on trial, allowed, switched off or silenced in the text is no part of it: accepting it
    here as well would hide it on the day on which that changes.
    """
    entries = {
        (document, finding.fingerprint): BaselineEntry(
            fingerprint=finding.fingerprint, rule=finding.rule, text=finding.text, document=document
        )
        for report in reports
        for document in (place(report.document.name, folder),)
        for finding in (*report.findings, *report.suppressed)
        if counts(finding) or finding.reason == ACCEPTED
    }
    return Baseline(entries=tuple(sorted(entries.values(), key=_order)))


def compare(
    baseline: Baseline, reports: Iterable[Report], folder: Path, *, outside: Container[str] = ()
) -> BaselineState:
    """What is new and what is gone. The reports must have been made without the baseline applied, or with it.

    `outside`: names of documents that were not checked this time; what the baseline holds of them is not gone.
    """
    now = from_reports(reports, folder)
    known, found = set(map(_key, baseline.entries)), set(map(_key, now.entries))
    return BaselineState(
        new=tuple(entry for entry in now.entries if _key(entry) not in known),
        gone=tuple(entry for entry in baseline.entries if _key(entry) not in found and entry.document not in outside),
    )


def updated(baseline: Baseline, reports: Iterable[Report], folder: Path, *, outside: Container[str] = ()) -> Baseline:
    """`baseline` with what the reports found now; entries of documents `outside` stay as they are."""
    kept = tuple(entry for entry in baseline.entries if entry.document in outside)
    now = from_reports(reports, folder)
    return Baseline(entries=tuple(sorted({*kept, *now.entries}, key=_order)))


def _key(entry: BaselineEntry) -> tuple[str, str]:
    return entry.document, entry.fingerprint


def _order(entry: BaselineEntry) -> tuple[str, str, str]:
    return entry.document, entry.rule, entry.fingerprint


def read(path: Path) -> Baseline:
    """Read a baseline file.

    Raises:
        UsageError: unreadable, not JSON, or not a baseline; the message says which.
    """
    return linefile.read(path, Baseline, FORMAT, title="基线文件", made_by="baseline create")


def write(baseline: Baseline, path: Path) -> None:
    """Write `baseline` to `path`, one entry a line, so that diffs of it can be read.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        path.write_text(linefile.written(FORMAT, "entries", baseline.entries), "utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{path}：写不了：{error.strerror or error}（cannot be written）") from error
