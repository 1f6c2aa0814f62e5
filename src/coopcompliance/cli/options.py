"""Options of the command line: how their words are read, and how they and the configuration become `Settings`."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from coopcompliance.config import FORMATS, Config, find_config, load_config
from coopcompliance.errors import UsageError
from coopcompliance.evidence import load_evidence
from coopcompliance.model import Evidence, Form, Placement, Platform, Product, Stage

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a check runs with."""

    placement: Placement
    evidence: tuple[Evidence, ...]
    as_of: dt.date | None
    fail_on: int
    packs: tuple[Path, ...]
    show_exempt: bool
    format: str


def add_check_options(parser: argparse.ArgumentParser) -> None:
    """The options of `check`. Those that the configuration may give as well have no default here."""
    parser.add_argument("--platform", type=one_of(Platform), metavar="ID", help=f"平台：{_ids(Platform)}")
    parser.add_argument("--form", type=one_of(Form), metavar="ID", help=f"形式：{_ids(Form)}")
    parser.add_argument(
        "--product", type=one_of(Product), metavar="ID", action="append", dest="products",
        help=f"产品，可重复；不写则从文中识别：{_ids(Product)}",
    )  # fmt: skip
    parser.add_argument("--stage", type=one_of(Stage), metavar="ID", help=f"阶段：{_ids(Stage)}（默认 draft）")
    parser.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="按哪一天的规定判断（默认今天）")
    parser.add_argument(
        "--evidence", type=Path, metavar="FILE", action="append", default=[],
        help="证明材料清单（YAML、JSON 或 TOML），可重复",
    )  # fmt: skip
    parser.add_argument(
        "--fail-on", type=int, choices=range(4), metavar="0-3",
        help="达到这一级就以 1 退出（默认 2；0 表示只报告，从不因命中而失败）",
    )  # fmt: skip
    add_packs_option(parser)
    parser.add_argument("--show-exempt", action="store_true", default=None, help="也列出看似违规而放行的说法和理由")
    parser.add_argument("--trace", action="store_true", help="列出每处判断的逐步依据")
    parser.add_argument("--format", choices=FORMATS, help="输出格式（默认 text）")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="把结果写到文件")
    parser.add_argument("--config", type=Path, metavar="FILE", help="配置文件（默认向上找 coopcompliance.toml）")
    parser.add_argument("--no-config", action="store_true", help="不用任何配置文件")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="颜色（默认 auto）")


def add_packs_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--packs", type=Path, metavar="PATH", action="append", default=[], help="自己的规则包文件或文件夹，可重复"
    )


def settings(args: argparse.Namespace) -> Settings:
    """The options of `check` over the configuration. Packs and evidence of both count; of all else the option.

    Raises:
        UsageError: the configuration or an evidence file is wrong.
    """
    config = configuration(args)
    given = {key: getattr(args, key) for key in ("platform", "form", "products", "stage")}
    placement = config.placement.model_copy(
        update={key: tuple(value) if isinstance(value, list) else value for key, value in given.items() if value}
    )
    evidence = [item for file in (*config.evidence, *args.evidence) for item in load_evidence(file)]
    return Settings(
        placement=placement,
        evidence=tuple(evidence),
        as_of=args.as_of or config.as_of,
        fail_on=config.fail_on if args.fail_on is None else args.fail_on,
        packs=(*config.packs, *args.packs),
        show_exempt=config.show_exempt if args.show_exempt is None else args.show_exempt,
        format=args.format or config.format,
    )


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
