"""Flagged lines per 10,000 in any text files, by file and rule; each line is one document.

usage: python benchmarks/false_alarms.py PATH... [--lines [RULE]] [--form FORM]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from coopcompliance import InputError, Placement, Screener, Verdict


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument(
        "--lines", nargs="?", const="", help="print the flagged passages, of all rules or those whose id contains this"
    )
    parser.add_argument("--form")
    parser.add_argument("--unflagged", action="store_true", help="print the lines without any finding")
    args = parser.parse_args()
    screener = Screener()
    placement = Placement.model_validate({"form": args.form} if args.form else {})
    rules: Counter[str] = Counter()
    files = [file for path in args.paths for file in (sorted(path.rglob("*.txt")) if path.is_dir() else [path])]
    for file in files:
        lines = flagged = 0
        for number, line in enumerate(file.read_text("utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            lines += 1
            try:
                report = screener.screen(line, placement)
            except InputError as error:
                print(f"{file.name}:{number}: {error}")
                continue
            found = [item for item in report.findings if item.verdict in (Verdict.VIOLATION, Verdict.UNPROVEN)]
            flagged += bool(found)
            if args.unflagged and not found:
                print(f"{file.name}:{number}: {line[:300]}")
            rules.update({item.rule for item in found})
            for item in found:
                if args.lines is not None and args.lines in item.rule:
                    around = (
                        line[max(0, item.start - 30) : item.start]
                        + "[["
                        + item.text
                        + "]]"
                        + line[item.end : item.end + 30]
                    )
                    print(f"{file.name}:{number}: {item.rule}: {around}")
        per = 10_000 * flagged / lines if lines else 0.0
        print(f"{file.name:20s} {flagged}/{lines} lines flagged, {per:.1f} per 10,000")
    print()
    for rule, count in rules.most_common():
        print(f"  {count:6d}  {rule}")


if __name__ == "__main__":
    main()
