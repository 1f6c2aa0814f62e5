"""A hook of mkdocs that makes the site from what is there already, so that nothing is written twice.

The READMEs and the changelog are the project's own; the command line's page is its parser's help, the configuration's
its module's text, the handbook is made of the rule packs as `coopcompliance handbook` makes it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from coopcompliance import config as configuration
from coopcompliance import handbook
from coopcompliance.cli.parser import build_parser
from coopcompliance.packs.load import load
from coopcompliance.register import register

ROOT = Path(__file__).resolve().parents[1]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    for name, content in _pages():
        files.append(File.generated(config, name, content=content))
    return files


def _pages() -> Iterator[tuple[str, str]]:
    for source, name in (("README.md", "index.md"), ("README.zh-CN.md", "README.zh-CN.md"), ("CHANGELOG.md",) * 2):
        text = (ROOT / source).read_text("utf-8")
        # Seen from the site, README.md is the index and docs/ is where we are.
        yield name, text.replace("](docs/", "](").replace("](README.md)", "](index.md)").replace("](corpora/", "](")
    yield "real-text.md", (ROOT / "corpora" / "real-text.md").read_text("utf-8")
    yield "command-line.md", "\n\n".join(_help(build_parser()))
    yield "configuration.md", f"# Configuration\n\n{configuration.__doc__}"
    catalog = load()
    for name, text in handbook.pages(catalog).items():
        yield f"handbook/{name}", text
    yield f"handbook/{handbook.REGISTER}", register(catalog)


def _help(parser: argparse.ArgumentParser, level: int = 1) -> Iterator[str]:
    yield f"{'#' * level} {parser.prog}"
    yield f"```text\n{parser.format_help().strip()}\n```"
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _help(command, min(level + 1, 3))
