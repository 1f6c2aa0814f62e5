"""HTML: one self-contained file, made for a director's phone.

The page holds everything as escaped text; its style and script are the two files in `templates/`, named to the browser
by their hashes in a Content-Security-Policy that allows nothing else: no network, no other script, no inline handlers.
Without JavaScript it still reads as a marked script with links to the findings below.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib import resources

from coopcompliance.model import Finding, Report
from coopcompliance.plan import counts
from coopcompliance.writers.html_parts import Entry, card, head, plan
from coopcompliance.writers.marking import segments
from coopcompliance.writers.script import shown
from coopcompliance.writers.titles import CATEGORY_TITLES, DISCLAIMER, TIER_TITLES, display_name

_ORDER = "321up"


def write(report: Report, text: str, *, handbook: str | None = None) -> str:
    """The page.

    Args:
        text: the text that was checked; offsets of the findings are code points in it.
        handbook: address of the handbook, to link every finding to its rule.
    """
    style, script = _template("report.css"), _template("report.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = escape(display_name(report.document.name))
    entries = _entries(report)
    return "\n".join(
        (
            '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
            '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">',
            '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">',
            f"<title>{title}：{TIER_TITLES[report.tier]} · 合规检查</title>",
            f"<style>{style}</style>\n</head>\n<body>",
            '<div class="page">',
            *head(report),
            *_filters(entries),
            f'<section id="script">\n<h2>原文</h2>\n<div class="script">{_script(text, entries)}</div>\n</section>',
            *_lists(entries, handbook),
            *plan(report),
            *_footer(report),
            "</div>",
            _PANEL,
            f"<script>{script}</script>\n</body>\n</html>\n",
        )
    )


_PANEL = """<aside class="panel" id="panel" role="dialog" aria-labelledby="panel-place" tabindex="-1" hidden>
<header><p id="panel-place"></p><button type="button" id="panel-back">上一处</button>
<button type="button" id="panel-next">下一处</button>
<button type="button" id="panel-close" aria-label="关闭">✕</button></header>
<div class="hold" id="panel-cards"></div>
</aside>"""


@cache
def _template(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _entries(report: Report) -> tuple[Entry, ...]:
    """Everything that can be marked, numbered in the order in which it is listed."""
    found = [
        Entry(f"f{number}", "finding", str(item.tier) if counts(item) else "u", item)
        for number, item in enumerate(report.findings, 1)
    ]
    passed = (*report.exempted, *report.suppressed)
    return (*found, *(Entry(f"p{number}", "passed", "p", item) for number, item in enumerate(passed, 1)))


def _filters(entries: Sequence[Entry]) -> Iterator[str]:
    if not entries:
        return
    findings = [entry for entry in entries if entry.kind == "finding"]
    tally = Counter(entry.look for entry in findings)
    titles = {**{str(tier): TIER_TITLES[tier] for tier in (3, 2, 1)}, "u": "暂不计入"}
    chips = [_chip("tier", look, titles[look], tally[look]) for look in "321u" if tally[look]]
    passed = len(entries) - len(findings)
    if passed:
        button = '<button type="button" class="chip tp" id="look-alikes" aria-pressed="false">'
        chips.append(f"{button}放行的<b>{passed}</b></button>")
    yield f'<nav class="bar" aria-label="筛选">\n<div class="chips">{"".join(chips)}</div>'
    yield '<p class="status" id="status" role="status"></p>\n</nav>'
    kinds = Counter(entry.finding.category for entry in findings)
    if len(kinds) > 1:
        chips = [_chip("category", kind.value, CATEGORY_TITLES[kind], number) for kind, number in kinds.most_common()]
        yield f'<div class="more"><div class="chips" role="group" aria-label="类别">{"".join(chips)}</div></div>'


def _chip(key: str, value: str, title: str, number: int) -> str:
    look = f" t{value}" if key == "tier" else ""
    button = f'<button type="button" class="chip{look}" data-{key}="{value}" aria-pressed="false">'
    return f"{button}{title}<b>{number}</b></button>"


def _script(text: str, entries: Sequence[Entry]) -> str:
    """The text with its marks; where passages overlap the gravest gives the colour."""
    findings: list[Finding] = [entry.finding for entry in entries]
    parts = []
    for segment in segments(text, findings):
        # Control and direction characters are shown, else a script could reorder its own words.
        body = escape(shown(segment.text))
        if not segment.covers:
            parts.append(body)
            continue
        covering = sorted((entries[index] for index in segment.covers), key=lambda entry: _ORDER.index(entry.look))
        look = covering[0].look
        ended = [entry.id[1:] for entry in covering if entry.kind == "finding" and entry.finding.end == segment.end]
        number = f' data-no="{"、".join(ended)}"' if ended else ""
        ids = " ".join(entry.id for entry in covering)
        # Exempted passages are marked on demand only: the script switches them on.
        style = "off" if look == "p" else f"t{look}"
        parts.append(f'<a class="m {style}" href="#{covering[0].id}" data-f="{ids}"{number}>{body}</a>')
    return "".join(parts)


def _lists(entries: Sequence[Entry], handbook: str | None) -> Iterator[str]:
    findings = [entry for entry in entries if entry.kind == "finding"]
    passed = [entry for entry in entries if entry.kind == "passed"]
    yield f'<section id="findings">\n<h2>问题清单<small>{len(findings)} 处</small></h2>'
    empty = (
        '<p class="none" id="none" hidden>没有符合筛选的问题。</p>'
        if findings
        else '<p class="none">没有发现问题。</p>'
    )
    yield empty
    yield '<div class="cards">'
    for entry in findings:
        yield from card(entry, handbook)
    yield "</div>\n</section>"
    if passed:
        yield f'<section id="passed">\n<h2>放行的说法<small>{len(passed)} 处，供复核</small></h2>\n<div class="cards">'
        for entry in passed:
            yield from card(entry, handbook)
        yield "</div>\n</section>"


def _footer(report: Report) -> Iterator[str]:
    yield f"<footer>\n<p>{escape(DISCLAIMER)}</p>"
    yield f"<p>文本 {report.document.length} 字<br><code>{escape(report.document.digest)}</code></p>"
    if report.digest:
        yield f"<p>报告<br><code>{escape(report.digest)}</code></p>"
    yield f"<details><summary>规则包 {len(report.packs)} 个</summary>\n<ul>"
    for pack in report.packs:
        yield f"<li>{escape(pack.id)} {escape(pack.version)}<br><code>{escape(pack.digest)}</code></li>"
    yield "</ul></details>\n</footer>"


__all__ = ["write"]
