"""How many flagged sentences of the corpora are flagged no longer when harmless words of ads are put behind them.

usage: python benchmarks/innocent_tails.py [-n N]     (N: the exemptions printed that lost most)

A claim stays a claim when 坏果包赔 or 味道甜 follows; an exemption that looks at the whole sentence may forget that.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from pathlib import Path

from coopcompliance import Finding, Screener, Verdict
from coopcompliance.batch import parse_line

SENTENCES = Path(__file__).resolve().parents[1] / "corpora" / "sentences"
TODAY = dt.date(2026, 11, 22)
LONGEST = 60
TAILS = (
    "，坏果包赔",
    "，口感软糯不腻",
    "，孩子也爱吃",
    "，老客都回购",
    "，放冰箱冷藏",
    "，一箱五斤顺丰发",
    "，炖汤煮粥都行",
    "，今天地里忙",
    "，价格看小黄车",
    "，按标签放阴凉处",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("-n", type=int, default=15)
    args = parser.parse_args()
    screener = Screener()
    tried = lost = 0
    by_exemption: Counter[str] = Counter()
    for line in (line for file in sorted(SENTENCES.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()):
        _, text, placement, evidence, day = parse_line(line)
        if not json.loads(line)["expect"] or len(text) > LONGEST or "\n" in text:
            continue
        flagged = _rules(screener.screen(text, placement, evidence=evidence, as_of=day or TODAY).findings)
        for tail in TAILS if flagged else ():
            tried += 1
            report = screener.screen(text.rstrip("。！") + tail, placement, evidence=evidence, as_of=day or TODAY)
            if not _rules(report.findings):
                lost += 1
                exempted = (item for item in report.exempted if item.rule in flagged and item.exemption)
                by_exemption.update({f"{item.rule} {item.exemption.id}" for item in exempted if item.exemption})
    print(f"lost {lost}/{tried}")
    for name, count in by_exemption.most_common(args.n):
        print(f"  {count:4d}  {name}")


def _rules(findings: tuple[Finding, ...]) -> set[str]:
    return {item.rule for item in findings if item.verdict is not Verdict.UPCOMING}


if __name__ == "__main__":
    main()
