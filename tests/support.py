"""Small packs built in the test itself, so that tests do not break when the built-in rules change.

Rules are given as plain dicts: JSON is YAML, and what a test needs to say is one or two keys. The context and audience
lexicons and the response plan are the shipped ones, because the engine's own words (negators, stops) are part of it.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import opencc
from hypothesis import strategies as st

from coopcompliance import Evidence, Finding, Placement, Report, Screener
from coopcompliance.packs.catalog import Catalog
from coopcompliance.packs.load import builtin_folder, load
from coopcompliance.text.words import Words

DAY = dt.date(2026, 11, 22)
"""The day on which tests judge unless they say otherwise."""

SHIPPED = ("lexicons/context.yaml", "lexicons/audience.yaml", "response/plan.yaml")
LAW = {"title": "测试法", "issuer": "测试机关", "since": "2015-01-01", "verified": True}
EXAMPLES = {"flag": ["[[一]]"] * 3, "pass": ["二"] * 3}

# One dictionary for all tests: loading jieba's takes half a second, and the tokenizer is safe to share.
_WORDS = Words()

Json = dict[str, Any]


def rule(slug: str = "rule", **keys: Any) -> Json:
    """A rule with everything that the schema demands; `keys` add to it or replace."""
    return {
        "id": slug,
        "title": "测试规则",
        "category": "absolute",
        "tier": 2,
        "basis": [{"source": "law", "article": "第一条"}],
        "since": "2015-01-01",
        "boundary": "none",
        "advice": "改说事实",
        "examples": EXAMPLES,
        **keys,
    }


def phrases(*terms: str, slug: str = "rule", **keys: Any) -> Json:
    """A rule that looks for any of `terms`."""
    return rule(slug, detect={"phrases": list(terms)}, **keys)


def pack(*rules: Json, name: str = "own", **keys: Any) -> Json:
    """A pack of `rules` with one source `law`."""
    return {"pack": name, "version": "2026.11.0", "sources": {"law": LAW}, "rules": list(rules), **keys}


def write_rules(folder: Path, *packs: Json | str, words: Json | None = None, standards: str = "") -> Path:
    """Write `packs` (dicts, or YAML text) with the shipped context into `folder`, as a folder of rules."""
    for name in SHIPPED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(builtin_folder() / name, folder / name)
    (folder / "laws").mkdir(exist_ok=True)
    for index, data in enumerate(packs):
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        (folder / "laws" / f"pack{index}.yaml").write_text(text, "utf-8")
    if words:
        lexicons = {"lexicons": "own", "version": "2026.11.0", "words": {k: {"terms": v} for k, v in words.items()}}
        (folder / "lexicons" / "own.yaml").write_text(json.dumps(lexicons, ensure_ascii=False), "utf-8")
    if standards:
        (folder / "standards").mkdir()
        (folder / "standards" / "catalogue.tsv").write_text(standards, "utf-8")
    return folder


def catalog(*packs: Json | str, words: Json | None = None, standards: str = "") -> Catalog:
    """Load `packs` alone. Raises PackError as the loader does."""
    with TemporaryDirectory() as folder:
        return load(builtin=write_rules(Path(folder), *packs, words=words, standards=standards), entry_points=False)


def screener_of(loaded: Catalog, timeout: float = 1.0) -> Screener:
    screener = Screener(catalog=loaded, timeout=timeout)
    screener._words = _WORDS
    return screener


def screener(*rules: Json, words: Json | None = None, standards: str = "", timeout: float = 1.0) -> Screener:
    """A screener for `rules`, in one pack `own`."""
    return screener_of(catalog(pack(*rules), words=words, standards=standards), timeout)


def screen(
    rules: Json | list[Json],
    text: str,
    placement: Placement | None = None,
    *,
    evidence: tuple[Evidence, ...] = (),
    as_of: dt.date = DAY,
    words: Json | None = None,
    standards: str = "",
) -> Report:
    """The report on `text` by `rules` alone."""
    given = rules if isinstance(rules, list) else [rules]
    return screener(*given, words=words, standards=standards).screen(text, placement, evidence=evidence, as_of=as_of)


def found(rules: Json | list[Json], text: str, placement: Placement | None = None, **keys: Any) -> list[str]:
    """The passages of `text` that `rules` find (violations, unproven and upcoming ones)."""
    return [finding.text for finding in screen(rules, text, placement, **keys).findings]


def exempted_by(rules: Json | list[Json], text: str, placement: Placement | None = None, **keys: Any) -> list[str]:
    """The ids of the exemptions that let hits of `text` pass; fails when something is found beside them."""
    report = screen(rules, text, placement, **keys)
    assert not report.findings, [finding.message for finding in report.findings]
    return [finding.exemption.id for finding in report.exempted if finding.exemption]


def only(report: Report) -> Finding:
    """The one finding of a report."""
    (finding,) = report.findings
    return finding


# Characters that have broken text layers before: joined emoji, variation selectors, every kind of line end,
# bidirectional and zero-width controls, astral Han, combining marks, full width, circled digits, traditional and
# look-alike characters.
_HARD = (
    "最蕞第一国家級极品微薇威信v治疗liao癌zui全國NＯ１①⒈❤💕🥇➕🔝💯㊙🈚👨‍👩‍👧🇨🇳🏽\ufe0f\u200b\u200d\u202e\u2060\ufeff\u00ad"
    "\r\n\t \u3000\u00a0\u2028\x85，。！？；：、…“”‘’「」·•*_-+~^`=.,;:!?()（）《》#|𠮷𝟙é\u0301ﬁ㎏½〇"
)
texts = st.text(
    alphabet=st.one_of(st.sampled_from(_HARD), st.characters(exclude_categories=("Cs",), exclude_characters="\0")),
    max_size=40,
)
"""Any text that can be judged, rich in characters that are hard to keep offsets through."""


_TRADITIONAL = opencc.OpenCC("s2t")
_HAN_SPACERS = [" ", "\u3000", "\u00a0", "·", "*", "_", "🌸", "👨‍👩‍👧", " 🌸 ", "·🌟·", "\u200b", "★"]


def full_width(term: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in term)


def spread(term: str, filler: str) -> str:
    """`filler` between every two neighbouring Han characters."""
    parts = [term[0]]
    for before, char in pairwise(term):
        parts.append((filler if "一" <= before <= "鿿" and "一" <= char <= "鿿" else "") + char)
    return "".join(parts)


DRESSES: dict[str, Callable[[str], str]] = {
    "as written": lambda term: term,
    "upper case": str.upper,
    "lower case": str.lower,
    "full width": full_width,
    "traditional": _TRADITIONAL.convert,
    "zero-width everywhere": "\u200b".join,
    "bidirectional marks": "\u202e".join,
    "soft hyphens": "\u00ad".join,
    **{f"spread with {filler!r}": lambda term, filler=filler: spread(term, filler) for filler in _HAN_SPACERS},
}
"""Ways to write a term that its normal form must survive."""
