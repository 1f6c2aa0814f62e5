"""Options of the command line: how their words are read, and how they and the configuration become `Settings`."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from coopcompliance.config import FORMATS, Config, find_config, load_config
from coopcompliance.errors import UsageError
from coopcompliance.evidence import load_evidence
from coopcompliance.model import Evidence, Form, Placement, Platform, Product, Stage
from coopcompliance.policy import Policy

Kind = TypeVar("Kind", bound=StrEnum)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a check runs with. `policy` holds the project's own entries, their rules named as the user named them."""

    placement: Placement
    evidence: tuple[Evidence, ...]
    as_of: dt.date | None
    fail_on: int
    packs: tuple[Path, ...]
    show_exempt: bool
    format: str
    handbook: str | None = None
    baseline: Path | None = None
    lock: Path | None = None
    policy: Policy = field(default_factory=Policy)


def add_input_options(parser: argparse.ArgumentParser) -> None:
    """What is to be read."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="文件、文件夹、通配符（'稿件/**/*.md'）或 -")
    parser.add_argument(
        "--changed-since", metavar="REV",
        help="只查 git 里自 REV（提交、分支或标签）以来改过和新加的文件；不写 FILE 时查当前文件夹",
    )  # fmt: skip


def add_placement_options(parser: argparse.ArgumentParser) -> None:
    """Where and when the copy runs, by which packs. What the configuration may give as well has no default here."""
    parser.add_argument("--platform", type=one_of(Platform), metavar="ID", help=f"平台：{_ids(Platform)}")
    parser.add_argument("--form", type=one_of(Form), metavar="ID", help=f"形式：{_ids(Form)}")
    parser.add_argument(
        "--product", type=one_of(Product), metavar="ID", action="append", dest="products",
        help=f"产品，可重复；不写则从文中识别：{_ids(Product)}",
    )  # fmt: skip
    parser.add_argument("--stage", type=one_of(Stage), metavar="ID", help=f"阶段：{_ids(Stage)}（默认 draft）")
    parser.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="按哪一天的规定判断（默认今天）")
    add_packs_option(parser)
    parser.add_argument("--config", type=Path, metavar="FILE", help="配置文件（默认向上找 coopcompliance.toml）")
    parser.add_argument("--no-config", action="store_true", help="不用任何配置文件")


def add_lock_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lock", type=Path, metavar="FILE", help="锁定文件：规则包与它不同就不检查（packs lock 生成）")


def add_evidence_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--evidence", type=Path, metavar="FILE", action="append", default=[],
        help="证明材料清单（YAML、JSON 或 TOML），可重复",
    )  # fmt: skip


def add_report_options(parser: argparse.ArgumentParser) -> None:
    """How `check` ends and what it writes."""
    parser.add_argument(
        "--fail-on", type=int, choices=range(4), metavar="0-3",
        help="达到这一级就以 1 退出（默认 2；0 表示只报告，从不因命中而失败）",
    )  # fmt: skip
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="基线文件：里面已接受的旧问题不再计入")
    parser.add_argument("--show-exempt", action="store_true", default=None, help="也列出看似违规而放行的说法和理由")
    parser.add_argument("--trace", action="store_true", help="列出每处判断的逐步依据")
    parser.add_argument(
        "--format", choices=FORMATS,
        help="输出格式（默认 text）；github 是注释，html 是网页，review 是三审一签单",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", metavar="FILE",
        help="把结果写到文件；review 写到 .docx 时得到 Word 文件；多份文案的 html、markdown、review 写到文件夹",
    )  # fmt: skip
    parser.add_argument("--handbook", metavar="URL", help="合规手册发布的地址，用来给每处发现加链接")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="颜色（默认 auto）")
    fixing = parser.add_mutually_exclusive_group()
    fixing.add_argument("--diff", action="store_true", help="不写报告，只把能安全改写的地方显示成补丁")
    fixing.add_argument("--fix", action="store_true", help="改写能安全改写的地方（原文留作 FILE.bak），再检查一遍")


def add_packs_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--packs", type=Path, metavar="PATH", action="append", default=[], help="自己的规则包文件或文件夹，可重复"
    )


def settings(args: argparse.Namespace) -> Settings:
    """The options of a command over the configuration. Packs and evidence of both count; of all else the option.

    Raises:
        UsageError: the configuration or an evidence file is wrong.
    """
    config = configuration(args)
    given = {key: getattr(args, key) for key in ("platform", "form", "products", "stage")}
    placement = config.placement.model_copy(
        update={key: tuple(value) if isinstance(value, list) else value for key, value in given.items() if value}
    )
    files = (*config.evidence, *getattr(args, "evidence", ()))
    return Settings(
        placement=placement,
        evidence=tuple(item for file in files for item in load_evidence(file)),
        as_of=args.as_of or config.as_of,
        fail_on=_given(args, "fail_on", config.fail_on),
        packs=(*config.packs, *args.packs),
        show_exempt=_given(args, "show_exempt", config.show_exempt),
        format=_given(args, "format", config.format),
        handbook=_given(args, "handbook", config.handbook),
        baseline=_given(args, "baseline", config.baseline),
        lock=_given(args, "lock", config.lock),
        policy=Policy(allow=config.allow, off=config.off, tiers=config.tiers),
    )


def _given(args: argparse.Namespace, name: str, configured: Value) -> Value:
    """The option where the command has it and it was given, else what the configuration says."""
    value: Value | None = getattr(args, name, None)
    return configured if value is None else value


def configuration(args: argparse.Namespace) -> Config:
    """The configuration that --config, --no-config or the working folder give."""
    if args.no_config:
        if args.config is not None:
            raise UsageError("--config 和 --no-config 不能一起用（contradicting options）")
        return Config()
    file = args.config or find_config(Path())
    return load_config(file) if file is not None else Config()


def one_of(kind: type[Kind]) -> Callable[[str], Kind]:
    """An argparse type that takes the ids of `kind` and refuses others with the list of known ones."""

    def read(value: str) -> Kind:
        try:
            return kind(value)
        except ValueError as error:
            close = difflib.get_close_matches(value, list(kind), 1)
            hint = f"，是不是 {close[0]}？" if close else ""
            name = kind.__name__.lower()
            raise argparse.ArgumentTypeError(f"未知的 {name} {value!r}{hint}；known: {', '.join(kind)}") from error

    return read


def day(value: str) -> dt.date:
    """An argparse type for dates."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r} 不是日期；expected: YYYY-MM-DD，例如 2026-11-22") from error


def _ids(kind: type[StrEnum]) -> str:
    return ", ".join(kind)
