"""The manual checks of the 内容审核清单: what no text tool sees.

Data in `data/manual_checks.yaml`, or in a user's own file.
"""

from __future__ import annotations

import datetime as dt
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from coopcompliance.errors import PackError, PackIssue
from coopcompliance.model import EvidenceKind
from coopcompliance.packs import yamlio
from coopcompliance.packs.rule_schema import AppliesSpec, BasisSpec
from coopcompliance.packs.spec import CalVer, Slug, Spec, Text


class ManualCheck(Spec):
    """One thing a person looks at: what, how, what is kept as proof, and who does it."""

    id: Slug
    title: Text
    group: Slug
    how: Text
    keep: Text
    owner: Text
    applies: AppliesSpec = AppliesSpec()
    basis: tuple[BasisSpec, ...] = ()
    evidence: EvidenceKind | None = None
    since: dt.date | None = None
    until: dt.date | None = None


class ManualChecks(Spec):
    """A file of manual checks. `groups`: id to title, in the order of the list."""

    manual_checks: Annotated[Slug, Field(alias="manual-checks")]
    version: CalVer
    groups: dict[Slug, Text]
    checks: tuple[ManualCheck, ...]

    @model_validator(mode="after")
    def _consistent(self) -> ManualChecks:
        ids = [check.id for check in self.checks]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"ids used twice: {', '.join(twice)}")
        unknown = sorted({check.group for check in self.checks} - set(self.groups))
        if unknown:
            raise ValueError(f"groups without a title: {', '.join(unknown)}; known: {', '.join(self.groups)}")
        return self


def builtin_file() -> Path:
    """The manual checks shipped with the library."""
    return Path(str(resources.files("coopcompliance"))) / "data" / "manual_checks.yaml"


def load_manual_checks(file: Path | None = None) -> ManualChecks:
    """Read a file of manual checks, the built-in one by default.

    Raises:
        PackError: the file is unreadable or wrong; every problem is in its `issues`.
    """
    file = file or builtin_file()
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError([PackIssue(file, 0, f"cannot be read: {error}", "a UTF-8 YAML file")]) from error
    located, issues = yamlio.load(file, text)
    if located is None or issues:
        raise PackError(issues)
    try:
        return ManualChecks.model_validate(located.data)
    except ValidationError as error:
        for problem in error.errors():
            place = ".".join(map(str, problem["loc"]))
            message = str(problem["msg"]).removeprefix("Value error, ")
            issues.append(located.issue(tuple(problem["loc"]), f"{place}: {message}", "see data/manual_checks.yaml"))
        raise PackError(issues) from error


__all__ = ["ManualCheck", "ManualChecks", "builtin_file", "load_manual_checks"]
