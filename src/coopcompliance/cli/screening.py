"""Inputs -> reports: one screener and one policy for a whole run, whatever is done with the reports afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coopcompliance import baseline as baselines
from coopcompliance import lock
from coopcompliance.cli.inputs import Inputs, pastes, read_input
from coopcompliance.cli.naming import find_rule
from coopcompliance.cli.options import Settings
from coopcompliance.cli.output import say
from coopcompliance.cli.progress import track
from coopcompliance.errors import InputError, UsageError
from coopcompliance.model import Report
from coopcompliance.packs.catalog import Catalog
from coopcompliance.policy import Policy
from coopcompliance.readers.document import Document
from coopcompliance.readers.subtitles import cues
from coopcompliance.screener import Screener


@dataclass(frozen=True, slots=True)
class Checked:
    """A document, the report on it, and the file it was read from (None: standard input)."""

    document: Document
    report: Report
    path: Path | None = None


class Checker:
    """Checks documents with the settings of one run. The packs are loaded when the first of them is needed.

    Args:
        baseline: a file of accepted findings, which are then suppressed.

    Raises:
        UsageError: `baseline` cannot be read or is none.
    """

    def __init__(self, wanted: Settings, baseline: Path | None = None) -> None:
        self._wanted = wanted
        self._folder = baseline.parent if baseline is not None else Path()
        self._accepted = baselines.read(baseline).by_document if baseline is not None else {}

    @cached_property
    def screener(self) -> Screener:
        """Raises PackError where a pack is wrong, UsageError where the packs are not the locked ones."""
        screener = Screener(self._wanted.packs)
        if self._wanted.lock is not None:
            lock.require(lock.read(self._wanted.lock), screener.packs, self._wanted.lock)
        return screener

    @cached_property
    def policy(self) -> Policy:
        """The project's policy over the loaded packs. Raises UsageError where it names a rule that is not there."""
        return named_policy(self._wanted.policy, self.screener.catalog)

    def screen(self, document: Document) -> Report:
        """The report on `document`.

        Raises:
            InputError: it cannot be judged; named.
        """
        accepted = self._accepted.get(baselines.place(document.name, self._folder), frozenset())
        policy = self.policy.model_copy(update={"baseline": accepted})
        try:
            return self.screener.screen(
                document.text,
                self._wanted.placement,
                evidence=self._wanted.evidence,
                as_of=self._wanted.as_of,
                name=document.name,
                encoding=document.encoding,
                masked=document.masked,
                timecodes=document.timecodes,
                policy=policy,
            )
        except InputError as error:
            raise InputError(f"{document.name}：{error}") from error

    def screen_changed(self, document: Document, text: str) -> Report:
        """The report on `document` with another text; subtitles' cues are found anew, for they may have moved."""
        timecodes, masked = cues(text)
        return self.screen(Document(document.name, text, document.encoding, timecodes, masked))

    def check_all(self, inputs: Inputs) -> tuple[list[Checked], int]:
        """What was checked, and how many inputs could not be: those are named on standard error."""
        if pastes(inputs):
            # A wrong pack or policy should be known before somebody pastes a long script.
            _ = self.policy
        checked: list[Checked] = []
        failures = 0
        for path in track(inputs.paths, len(inputs.paths)):
            try:
                document = read_input(path)
                checked.append(Checked(document, self.screen(document), path))
            except InputError as error:
                say(error)
                failures += 1
                continue
            if document.encoding not in {None, "utf-8"}:
                say(f"{document.name}：按 {document.encoding} 编码读取")
        return checked, failures


def named_policy(policy: Policy, catalog: Catalog) -> Policy:
    """`policy` with every rule by its full present id.

    Raises:
        UsageError: an entry names a rule that no pack has: it would do nothing, unnoticed. All of them are named.
    """
    problems: list[str] = []

    def full(key: str, name: str) -> str:
        try:
            return find_rule(catalog, name).id
        except UsageError as error:
            problems.append(f"配置 {key}：{error}")
            return name

    named = Policy(
        allow=tuple(
            entry.model_copy(update={"rules": tuple(full("allow", rule) for rule in entry.rules)})
            for entry in policy.allow
        ),
        off=tuple(entry.model_copy(update={"rule": full("off", entry.rule)}) for entry in policy.off),
        tiers={full("tiers", rule): tier for rule, tier in policy.tiers.items()},
    )
    if problems:
        raise UsageError("\n".join(problems))
    return named
