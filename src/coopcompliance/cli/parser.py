"""The commands and their options. What people read of them is Chinese; names and ids are English."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import coopcompliance
from coopcompliance.cli.options import (
    add_evidence_option,
    add_input_options,
    add_lock_option,
    add_packs_option,
    add_placement_options,
    add_report_options,
)

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_EPILOG = """退出码：
  0  没有达到 --fail-on 的问题；逐行都检查了；审签单与文件一致
  1  check 有达到 --fail-on 的问题；baseline check 有新问题；verify 不一致；
     packs validate/test 有例句不符；packs lint 有毛病
  2  用法、输入或规则包有错；batch 有一行没能检查
  130  被中断"""


def build_parser() -> argparse.ArgumentParser:
    """The parser. `run` of its result names what runs a command: it is imported only then."""
    parser = argparse.ArgumentParser(
        prog="coopcompliance",
        description="中文营销文案发布前的合规检查：哪里可能违规、依据哪一条、什么证明能放行、怎么改、谁来处理。",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"coopcompliance {coopcompliance.__version__}")
    commands = parser.add_subparsers(title="命令", metavar="COMMAND", required=True)
    _add_check(commands)
    _add_batch(commands)
    _add_baseline(commands)
    _add_verify(commands)
    _add_papers(commands)
    _add_packs(commands.add_parser("packs", help="查看、校验、比较规则包", description="查看、校验、比较规则包。"))
    about = "一条规则查什么、为什么、何时起、依据、放行条件、例句。"
    explain = commands.add_parser("explain", help="解释一条规则", description=about)
    explain.add_argument("rule", metavar="RULE", help="pack/slug；唯一时可只写 slug")
    add_packs_option(explain)
    explain.set_defaults(run="explain:run")
    return parser


def _add_check(commands: Commands) -> None:
    about = "检查文案；不写文件时从标准输入读，在终端里则请你粘贴。"
    check = commands.add_parser("check", help="检查文案", description=about)
    add_input_options(check)
    add_placement_options(check)
    add_lock_option(check)
    add_evidence_option(check)
    add_report_options(check)
    check.set_defaults(run="check:run")


def _add_batch(commands: Commands) -> None:
    batch = commands.add_parser("batch", help="批量检查 JSON Lines", description="每行一份文案，逐行给出报告或错误。")
    batch.add_argument("input", metavar="IN", help="JSON Lines 文件，- 为标准输入")
    batch.add_argument("-o", "--output", type=Path, metavar="OUT", help="写到文件（默认标准输出）")
    add_packs_option(batch)
    batch.set_defaults(run="batch:run")


def _add_baseline(commands: Commands) -> None:
    about = "基线：把现有问题记下来，今后只报告新的。用 check --baseline FILE，或在配置里写 baseline。"
    actions = commands.add_parser("baseline", help="接受现有问题，只报告新的", description=about).add_subparsers(
        title="操作", metavar="ACTION", required=True
    )
    for name, what in (
        ("create", "检查文案，把现有问题写进新的基线文件"),
        ("update", "接受新问题，去掉已消失的；没查到的文件照旧"),
        ("check", "说出新问题和已消失的；有新问题时以 1 退出"),
    ):
        action = actions.add_parser(name, help=what, description=f"{what}。")
        add_input_options(action)
        action.add_argument(
            "-b", "--baseline", type=Path, metavar="FILE",
            help="基线文件（默认用配置里的，再默认 coopcompliance-baseline.json）",
        )  # fmt: skip
        add_placement_options(action)
        add_lock_option(action)
        add_evidence_option(action)
        action.set_defaults(run=f"baseline:run_{name}")


def _add_verify(commands: Commands) -> None:
    about = "核对三审一签单与文件：0 文件就是送审的文本，1 不是，2 审签单或文件读不了。"
    verify = commands.add_parser("verify", help="核对审签单与文件是否一致", description=about)
    verify.add_argument("sheet", type=Path, metavar="SHEET", help="check --format review 写的 .md 或 .docx")
    verify.add_argument("file", metavar="FILE", help="要发布的文件，- 为标准输入")
    verify.set_defaults(run="verify:run")


def _add_papers(commands: Commands) -> None:
    about = "这个平台、形式、产品的内容审核清单：文字检查，和文字看不到、须人工查的项目（Markdown）。"
    checklist = commands.add_parser("checklist", help="打印内容审核清单", description=about)
    add_placement_options(checklist)
    checklist.add_argument("--manual", type=Path, metavar="FILE", help="自己的人工检查项目（默认用自带的）")
    checklist.add_argument("--handbook", metavar="URL", help="合规手册发布的地址，用来给每条规则加链接")
    checklist.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件（默认标准输出）")
    checklist.set_defaults(run="papers:run_checklist")

    about = "账号运营合规手册：每个规则包一页，每条规则一节，附风险清单。"
    handbook = commands.add_parser("handbook", help="写账号运营合规手册", description=about)
    handbook.add_argument("-o", "--output", type=Path, metavar="DIR", required=True, help="写进这个文件夹")
    add_packs_option(handbook)
    handbook.set_defaults(run="papers:run_handbook")

    register = commands.add_parser(
        "register", help="写风险清单", description="风险清单：每条规则一行（CSV，Excel 可直接打开）。"
    )
    register.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件（默认标准输出）")
    add_packs_option(register)
    register.set_defaults(run="papers:run_register")


def _add_packs(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="操作", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="列出已加载的规则包")
    add_packs_option(listing)
    listing.set_defaults(run="packs:run_list")
    show = actions.add_parser("show", help="一个规则包的依据、规则和变更")
    show.add_argument("pack", metavar="PACK")
    add_packs_option(show)
    show.set_defaults(run="packs:run_show")
    about = "把已加载规则包的版本和摘要写进锁定文件；check --lock 或配置里的 lock 只用这些规则包检查。"
    lock = actions.add_parser("lock", help="锁定规则包的版本和摘要", description=about)
    lock.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件（默认标准输出）")
    add_packs_option(lock)
    lock.set_defaults(run="packs:run_lock")
    validate = actions.add_parser("validate", help="加载规则包并跑它们的例句")
    validate.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    validate.set_defaults(run="packs:run_validate")
    test = actions.add_parser("test", help="跑规则包的例句（默认全部）")
    test.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    test.set_defaults(run="packs:run_test")

    about = "两版规则包之间变了什么：依据、规则、词表、标准目录、预案。整套规则或单个包都可以；builtin 指自带的。"
    diff = actions.add_parser("diff", help="比较两版规则包", description=about)
    diff.add_argument("old", metavar="OLD", help="旧的文件或文件夹")
    diff.add_argument("new", metavar="NEW", help="新的文件或文件夹")
    diff.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="输出格式（默认 text）")
    diff.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件（默认标准输出）")
    diff.set_defaults(run="packs_compare:run_diff")
    about = "能加载但不该留着的毛病：没人用的依据和词表、重复的词、没有例句的豁免等；有毛病时以 1 退出。"
    lint = actions.add_parser("lint", help="找规则包里不该留的毛病", description=about)
    lint.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="文件或文件夹（默认全部规则包）")
    lint.set_defaults(run="packs_compare:run_lint")
