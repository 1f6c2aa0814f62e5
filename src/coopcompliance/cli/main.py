"""The command line: its commands, and its exit codes.

0   nothing at or above `--fail-on`; every line judged; every example as it should be
1   `check`: something is at or above `--fail-on`; `packs validate | test`: an example fails
2   wrong usage, unreadable or empty input, no file matched, a broken pack; `batch`: a line could not be judged
130 interrupted from the keyboard

Findings go to standard output, diagnostics to standard error.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

import coopcompliance
from coopcompliance.cli.options import add_check_options, add_packs_option
from coopcompliance.cli.output import prepare_streams, say
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


def build_parser() -> argparse.ArgumentParser:
    """The commands and their options. `run` names what runs a command: it is imported only then."""
    parser = argparse.ArgumentParser(
        prog="coopcompliance",
        description="中文营销文案发布前的合规检查：哪里可能违规、依据哪一条、什么证明能放行、怎么改、谁来处理。",
        epilog="退出码：0 没有达到 --fail-on 的问题；1 有；2 用法、输入或规则包有错。",
    )
    parser.add_argument("--version", action="version", version=f"coopcompliance {coopcompliance.__version__}")
    commands = parser.add_subparsers(title="命令", metavar="COMMAND", required=True)

    about = "检查文案；不写文件时从标准输入读，在终端里则请你粘贴。"
    check = commands.add_parser("check", help="检查文案", description=about)
    check.add_argument("files", nargs="*", metavar="FILE", help="文件、文件夹、通配符（'稿件/**/*.md'）或 -")
    add_check_options(check)
    check.set_defaults(run="check:run")

    batch = commands.add_parser("batch", help="批量检查 JSON Lines", description="每行一份文案，逐行给出报告或错误。")
    batch.add_argument("input", metavar="IN", help="JSON Lines 文件，- 为标准输入")
    batch.add_argument("-o", "--output", type=Path, metavar="OUT", help="写到文件（默认标准输出）")
    add_packs_option(batch)
    batch.set_defaults(run="batch:run")

    _add_packs(commands.add_parser("packs", help="查看、校验规则包"))

    about = "一条规则查什么、为什么、何时起、依据、放行条件、例句。"
    explain = commands.add_parser("explain", help="解释一条规则", description=about)
    explain.add_argument("rule", metavar="RULE", help="pack/slug；唯一时可只写 slug")
    add_packs_option(explain)
    explain.set_defaults(run="explain:run")
    return parser


def _add_packs(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="操作", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="列出已加载的规则包")
    add_packs_option(listing)
    listing.set_defaults(run="packs:run_list")
    show = actions.add_parser("show", help="一个规则包的依据、规则和变更")
    show.add_argument("pack", metavar="PACK")
    add_packs_option(show)
    show.set_defaults(run="packs:run_show")
    validate = actions.add_parser("validate", help="加载规则包并跑它们的例句")
    validate.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    validate.set_defaults(run="packs:run_validate")
    test = actions.add_parser("test", help="跑规则包的例句（默认全部）")
    test.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    test.set_defaults(run="packs:run_test")


if __name__ == "__main__":
    sys.exit(main())
