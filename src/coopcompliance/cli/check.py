"""`coopcompliance check`: files -> reports -> what the user wants to read, or a safe rewrite of the files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from coopcompliance.cli import fixing
from coopcompliance.cli.changed import changed_only
from coopcompliance.cli.formats import deliver, find_target
from coopcompliance.cli.inputs import Inputs, find_inputs
from coopcompliance.cli.options import Settings, settings
from coopcompliance.cli.output import prepare_streams, say
from coopcompliance.cli.screening import Checked, Checker
from coopcompliance.errors import UsageError

OK, FOUND, FAILED = 0, 1, 2
"""Exit codes: nothing at or above `--fail-on`; something is; some input, option or pack is wrong."""


def run(args: argparse.Namespace) -> int:
    """Check every input; one that cannot be read is named and does not stop the others.

    With `--fix` the report and the exit code are those of the rewritten files, with `--diff` of the files as they are.

    Raises:
        UsageError, PackError: an option, the configuration or a pack is wrong; nothing was checked.
    """
    wanted = settings(args)
    _refuse_contradictions(args)
    inputs = inputs_of(args)
    target = find_target(args.output, wanted, inputs)
    prepare_streams(data=wanted.format != "text" or args.diff)
    checker = Checker(wanted, wanted.baseline)
    checked, failures = checker.check_all(inputs)
    if args.diff:
        fixing.show(checker, checked, target.path)
        return _code(checked, failures, wanted)
    if args.fix:
        checked, unwritten = fixing.fix(checker, checked)
        failures += unwritten
    if checked or not inputs.single:
        deliver(checked, inputs, wanted, args, target)
    return _code(checked, failures, wanted)


def inputs_of(args: argparse.Namespace) -> Inputs:
    """The inputs that the names and `--changed-since` leave.

    Raises:
        UsageError: see `find_inputs` and `changed_only`.
    """
    if args.changed_since is None:
        return find_inputs(args.files)
    inputs = changed_only(find_inputs(args.files or ["."]), args.changed_since)
    if not inputs.paths:
        say(f"自 {args.changed_since} 以来没有改动过的文案")
    return inputs


def _refuse_contradictions(args: argparse.Namespace) -> None:
    if args.diff and args.format not in {None, "text"}:
        raise UsageError("--diff 只显示补丁，不能和 --format 一起用（contradicting options）")
    if args.fix and (not args.files or "-" in args.files) and args.changed_since is None:
        raise UsageError("--fix 改写文件，不能改写标准输入；请写文件名，或用 --diff 看补丁（no file to rewrite）")


def _code(checked: Sequence[Checked], failures: int, wanted: Settings) -> int:
    if failures:
        return FAILED
    return FOUND if any(0 < wanted.fail_on <= item.report.tier for item in checked) else OK
