"""Which findings a pack change adds and removes on the corpora and any text files.

usage: python benchmarks/corpus_diff.py OLD_RULES NEW_RULES [--text FILE.txt ...] [-n N]

OLD_RULES and NEW_RULES are rules folders, e.g. of a checkout of the last release
(`git worktree add ../last v0.1.0`) and ./rules.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from coopcompliance import InputError, Placement, Screener, Verdict
from coopcompliance.batch import parse_line
from coopcompliance.packs.load import load

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
DAY = dt.date(2026, 11, 22)

Seen = dict[str, set[tuple[str, int, int]]]


def texts(extra: list[Path]) -> Iterator[tuple[str, str, Placement, list, dt.date]]:  # type: ignore[type-arg]
    for file in sorted(CORPORA.rglob("*.jsonl")):
        for line in file.read_text("utf-8").split("\n"):
            if line.strip():
                key, text, placement, evidence, as_of = parse_line(line)
                yield str(key), text, placement, evidence, as_of or DAY
    for file in extra:
        for number, line in enumerate(file.read_text("utf-8").split("\n"), start=1):
            if line.strip():
                yield f"{file.name}:{number}", line, Placement(), [], DAY


def findings(folder: Path, extra: list[Path]) -> tuple[Seen, dict[str, str]]:
    screener = Screener(catalog=load(builtin=folder, entry_points=False))
    seen: Seen = {}
    given: dict[str, str] = {}
    for key, text, placement, evidence, as_of in texts(extra):
        try:
            report = screener.screen(text, placement, evidence=evidence, as_of=as_of)
        except InputError:
            continue
        given[key] = text
        seen[key] = {
            (item.rule, item.start, item.end)
            for item in report.findings
            if item.verdict in (Verdict.VIOLATION, Verdict.UNPROVEN)
        }
    return seen, given


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--text", nargs="*", type=Path, default=[])
    parser.add_argument("-n", type=int, default=100)
    args = parser.parse_args()
    before, given = findings(args.old, args.text)
    after, _ = findings(args.new, args.text)
    for title, gone, kept in (("added", after, before), ("removed", before, after)):
        rows = [
            f"{'+' if title == 'added' else '-'} {key} {rule}: {given[key][start:end]!r}"
            for key in gone
            for rule, start, end in sorted(gone[key] - kept.get(key, set()))
        ]
        print(f"{len(rows)} findings {title}")
        print("\n".join(rows[: args.n]))


if __name__ == "__main__":
    main()
