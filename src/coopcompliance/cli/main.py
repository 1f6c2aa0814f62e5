"""The command line: its commands, and its exit codes.

0   nothing at or above `--fail-on`; every line judged; every example as it should be; the sheet is the file's
1   `check`: something is at or above `--fail-on`; `baseline check`: something new; `verify`: another text than signed;
    `packs validate | test`: an example fails; `packs lint`: a fault
2   wrong usage, unreadable or empty input, no file matched, a broken pack; `batch`: a line could not be judged
130 interrupted from the keyboard

Findings go to standard output, diagnostics to standard error.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

from coopcompliance.cli.output import prepare_streams, say
from coopcompliance.cli.parser import build_parser
from coopcompliance.errors import CoopComplianceError, PackError

WRONG = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is returned, never raised."""
    prepare_streams(data=False)
    try:
        args = build_parser().parse_args(argv)
    except SystemExit as end:  # argparse ends so, after --help (0) as after wrong usage (2)
        return end.code if isinstance(end.code, int) else WRONG
    module, _, function = args.run.partition(":")
    try:
        return int(getattr(importlib.import_module(f"coopcompliance.cli.{module}"), function)(args))
    except PackError as error:
        say(f"规则包有错，一条也没有加载：\n{error}")
    except CoopComplianceError as error:
        say(error)
    except OSError as error:
        say(f"读写失败：{error}")
    except KeyboardInterrupt:
        say("已中断")
        return INTERRUPTED
    return WRONG


if __name__ == "__main__":
    sys.exit(main())
