"""Every error that coopcompliance raises on purpose.

    CoopComplianceError
    ├── PackError          a pack, lexicon or plan is wrong (all problems at once, located)
    ├── InputError         the text cannot be judged: unreadable, empty, binary, not text
    └── UsageError         an option, config, evidence or batch line is wrong

Each says what is wrong, where, and what is expected. The command line turns all of them into exit code 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class CoopComplianceError(Exception):
    """Base of all errors raised on purpose."""


class InputError(CoopComplianceError):
    """The given text or file cannot be judged."""


class UsageError(CoopComplianceError):
    """A value handed in (option, config, evidence, batch line) is wrong."""


@dataclass(frozen=True, slots=True)
class PackIssue:
    """One thing wrong in one pack file. `line` is 1-based; 0 means the file as a whole."""

    file: Path
    line: int
    problem: str
    expected: str = ""
    excerpt: str = ""

    def __str__(self) -> str:
        text = f"{self.file}:{self.line}: {self.problem}"
        if self.expected:
            text += f"\n    expected: {self.expected}"
        if self.excerpt:
            text += "\n" + "\n".join(f"    {row}" for row in self.excerpt.splitlines())
        return text


class PackError(CoopComplianceError):
    """One or more packs are wrong; nothing of them was loaded. `issues` holds every problem found."""

    def __init__(self, issues: list[PackIssue]) -> None:
        self.issues = sorted(issues, key=lambda issue: (str(issue.file), issue.line, issue.problem))
        super().__init__(f"{len(self.issues)} problem(s) in rule packs\n" + "\n".join(map(str, self.issues)))

    def __reduce__(self) -> tuple[type[PackError], tuple[list[PackIssue]]]:
        return (PackError, (self.issues,))
