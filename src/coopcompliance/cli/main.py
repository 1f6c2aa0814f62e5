"""The command line (first version)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from coopcompliance.errors import CoopComplianceError


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="coopcompliance")
    sub = parser.add_subparsers(dest="command", required=True)
    p = sub.add_parser("batch")
    p.add_argument("input")
    p.add_argument("-o", "--output")
    p = sub.add_parser("check")
    p.add_argument("files", nargs="*")
    for o in ("platform", "form", "stage"):
        p.add_argument("--" + o)
    p.add_argument("--product", action="append", default=[])
    p.add_argument("--format", default="text")
    p.add_argument("--trace", action="store_true")
    p.add_argument("--show-exempt", action="store_true")
    p = sub.add_parser("packs")
    p.add_argument("what", choices=["list", "validate", "test"])
    p.add_argument("paths", nargs="*")
    args = parser.parse_args(argv)
    try:
        return globals()["_" + args.command](args)
    except CoopComplianceError as error:
        print(error, file=sys.stderr)
        return 2


def _batch(args):
    from coopcompliance.batch import run_batch
    from coopcompliance.screener import Screener

    screener = Screener()
    ok = True
    out = open(args.output, "w", encoding="utf-8") if args.output else sys.stdout
    with open(args.input, encoding="utf-8") as lines:
        for line, judged in run_batch(screener, lines):
            print(line, file=out)
            ok &= judged
    if args.output:
        out.close()
    return 0 if ok else 2


def _check(args):
    from coopcompliance.model import Placement
    from coopcompliance.screener import Screener

    screener = Screener()
    for file in args.files or ["-"]:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
        data = {k: getattr(args, k) for k in ("platform", "form", "stage") if getattr(args, k)}
        report = screener.screen(text, Placement(products=args.product, **data), name=file)
        if args.format == "json":
            print(report.model_dump_json(indent=1))
            continue
        for f in report.findings + (report.exempted if args.show_exempt else ()):
            print(
                f"{f.line}:{f.column} [{f.category} {f.tier} {f.verdict}] {f.rule} {f.message} {f.exemption.id if f.exemption else ''}"
            )
            if args.trace:
                for s in f.trace:
                    print("     ", s.check, s.outcome, s.looked_at)
        print("tier", report.tier, *report.escalations)
    return 0


def _packs(args):
    from coopcompliance.packs.examples import check_rule
    from coopcompliance.packs.load import load
    from coopcompliance.screener import Screener

    catalog = load()
    if args.what == "list":
        for pack in catalog.packs:
            print(pack.spec.pack, pack.spec.version, len(pack.spec.rules))
        return 0
    if args.what == "validate":
        print("ok", len(catalog.rules), "rules")
        return 0
    screener = Screener(catalog=catalog)
    bad = n = 0
    wanted = [Path(p).resolve() for p in args.paths]
    for rule in catalog.rules:
        if wanted and not any(w in (rule.pack.file.resolve(), *rule.pack.file.resolve().parents) for w in wanted):
            continue
        n += 1
        for failure in check_rule(screener, rule):
            bad += 1
            print(failure)
    print(n, "rules,", bad, "failures")
    return 1 if bad else 0
