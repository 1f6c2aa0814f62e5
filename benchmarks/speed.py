"""Timings as ratios taken in one run; never asserted in tests.

usage: python benchmarks/speed.py [TEXT.txt]

- a cold `check` of a sample script beside `python -c "import jieba; jieba.initialize()"`, alternating;
- characters per second of a warm Screener;
- how the scan grows with the number of terms.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

from coopcompliance import Screener
from coopcompliance.scan import Scanner

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpora" / "samples" / "honey-live.txt"


def timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - start


def cold(runs: int) -> None:
    check = [sys.executable, "-m", "coopcompliance", "check", str(SAMPLE)]
    jieba = [sys.executable, "-W", "ignore", "-c", "import jieba; jieba.initialize()"]
    timed(check), timed(jieba)
    pairs = [(timed(check), timed(jieba)) for _ in range(runs)]
    ours, theirs = statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"cold check {ours:.2f} s, jieba.initialize() {theirs:.2f} s, ratio {ratio:.2f} (median of {runs} pairs)")


def warm(text: str) -> None:
    screener = Screener()
    screener.screen(text[:2000])
    start = time.perf_counter()
    screener.screen(text)
    seconds = time.perf_counter() - start
    print(f"warm: {len(text):,} characters in {seconds:.2f} s, {len(text) / seconds:,.0f} characters/s")


def growth(text: str) -> None:
    rng = random.Random(20261122)
    chars = sorted({char for char in text if "一" <= char <= "鿿"})
    base = None
    for count in (500, 2000, 8000):
        terms = {"".join(rng.choices(chars, k=rng.randint(2, 5))) for _ in range(count)}
        scanner = Scanner(terms)
        start = time.perf_counter()
        sum(1 for _ in scanner.scan(text))
        seconds = time.perf_counter() - start
        base = base or seconds
        rate = len(text) / seconds / 1e6
        print(f"scan, {count:5d} terms: {rate:.1f} M characters/s, {seconds / base:.2f} × 500 terms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="?", type=Path, help="any text file for the warm and growth figures")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    cold(args.runs)
    text = args.text.read_text("utf-8") if args.text else SAMPLE.read_text("utf-8") * 200
    warm(text)
    growth(text)


if __name__ == "__main__":
    main()
