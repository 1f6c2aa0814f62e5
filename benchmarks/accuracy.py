"""Recall, precision and clean look-alikes on labelled corpora, by category, with numerators and denominators.

usage: python benchmarks/accuracy.py [FILE.jsonl ...] [--show missed|false|tier|category] [-n N]

Without files all of corpora/ is measured by file and category, and corpora/blind apart: no rule and no model is fitted
to it. A labelled line is a batch line plus
`expect: [{category: [...], text}]`; an empty list is a look-alike.

recall     expected passages touched by a finding of an accepted category
clean      look-alikes without any finding
precision  findings that touch an expected passage / all findings
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coopcompliance import Finding, Report, Screener, Verdict
from coopcompliance.batch import parse_line

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
DAY = dt.date(2026, 11, 22)
Categories = dict[str, Counter[str]]


@dataclass
class Tally:
    counts: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    category: list[str] = field(default_factory=list)
    tier: list[str] = field(default_factory=list)

    def row(self) -> str:
        count = self.counts
        return "  ".join(
            f"{name} {ratio(count[top], count[bottom])}"
            for name, top, bottom in (
                ("recall", "hit", "expected"),
                ("any-category", "touched", "expected"),
                ("clean", "clean", "look-alikes"),
                ("precision", "good", "findings"),
                ("tier", "tier-right", "tier"),
            )
        )


def ratio(top: int, bottom: int) -> str:
    return f"{top}/{bottom} {100 * top / bottom:.1f}%" if bottom else "-"


def places(text: str, part: str) -> Iterator[tuple[int, int]]:
    start = text.find(part)
    while start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + 1)


def touches(finding: Finding, spans: list[tuple[int, int]]) -> bool:
    return any(finding.start < end and start < finding.end for start, end in spans)


def measure(case: dict[str, Any], report: Report, tally: Tally, by_category: dict[str, Counter[str]]) -> None:
    found = [item for item in report.findings if item.verdict in (Verdict.VIOLATION, Verdict.UNPROVEN)]
    text, good = case["text"], set()
    for expected in case["expect"]:
        spans = list(places(text, expected["text"]))
        touching = [finding for finding in found if touches(finding, spans)]
        right = [finding for finding in touching if finding.category in expected["category"]]
        good |= {id(finding) for finding in touching}
        for count in (tally.counts, by_category[expected["category"][0]]):
            count["expected"] += 1
            count["touched"] += bool(touching)
            count["hit"] += bool(right)
        where = f"{case['id']} | {expected['category']} | {expected['text']} | {text[:90]!r}"
        if not touching:
            tally.missed.append(where)
        elif not right:
            tally.category.append(where + f" | got {[f.category.value for f in touching]}")
    for finding in found:
        tally.counts["findings"] += 1
        if id(finding) in good:
            tally.counts["good"] += 1
        else:
            by_category[finding.category]["false"] += 1
            tally.false.append(f"{case['id']} | {finding.rule} | {finding.text} | {text[:120]!r}")
    if not case["expect"]:
        tally.counts["look-alikes"] += 1
        tally.counts["clean"] += not found
        trap = case.get("group") or "look-alike"
        by_category[trap]["look-alikes"] += 1
    if case.get("tier") is not None:
        tally.counts["tier"] += 1
        tally.counts["tier-right"] += report.tier == case["tier"]
        if report.tier != case["tier"]:
            tally.tier.append(f"{case['id']} | expected {case['tier']}, got {report.tier} | {text[:60]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--show", choices=["missed", "false", "tier", "category"])
    parser.add_argument("-n", type=int, default=60)
    parser.add_argument("--only", help="show only lines that contain this")
    args = parser.parse_args()
    blind = sorted((CORPORA / "blind").glob("*.jsonl"))
    files = args.files or sorted(set(CORPORA.rglob("*.jsonl")) - set(blind))
    screener = Screener()
    total, by_file, by_category = measure_files(screener, files)
    if args.show:
        rows = [row for row in getattr(total, args.show) if not args.only or args.only in row]
        print("\n".join(rows[: args.n]))
        print(f"{len(rows)} in all")
        return
    print_rows("ALL", total, by_file, by_category)
    if not args.files:
        print("\nblind: no rule and no model is fitted to these\n")
        print_rows("BLIND", *measure_files(screener, blind))


def measure_files(screener: Screener, files: Iterable[Path]) -> tuple[Tally, dict[str, Tally], Categories]:
    """The tallies of all files together, by file, and by category."""
    total = Tally()
    by_file: dict[str, Tally] = {}
    by_category: Categories = defaultdict(Counter)
    for file in files:
        tally = by_file.setdefault(f"{file.parent.name}/{file.stem}", Tally())
        for line in file.read_text("utf-8").split("\n"):
            if not line.strip():
                continue
            case = json.loads(line)
            if case.get("sure") is False:
                continue
            key, text, placement, evidence, as_of = parse_line(line)
            report = screener.screen(text, placement, evidence=evidence, as_of=as_of or DAY, name=str(key))
            one = Tally()
            measure(case, report, one, by_category)
            for tally_ in (tally, total):
                tally_.counts += one.counts
                for name in ("missed", "false", "tier", "category"):
                    getattr(tally_, name).extend(getattr(one, name))
    return total, by_file, by_category


def print_rows(title: str, total: Tally, by_file: dict[str, Tally], by_category: Categories) -> None:
    for name, tally in sorted(by_file.items()):
        print(f"{name:24s} {tally.row()}")
    print()
    for name, count in sorted(by_category.items(), key=lambda item: -item[1]["expected"]):
        if count["expected"] or count["false"]:
            print(
                f"  {name:16s} recall {ratio(count['hit'], count['expected']):18s} "
                f"any-category {ratio(count['touched'], count['expected']):18s} false alarms {count['false']}"
            )
    print(f"\n{title:24s} {total.row()}")


if __name__ == "__main__":
    main()
