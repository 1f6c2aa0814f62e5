"""`Screener`: the whole flow for one text. Built once, immutable, cheap to share between threads.

text -> normalise -> scan -> detect -> judge -> plan -> Report
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from coopcompliance.detect.detectors import Groups
from coopcompliance.detect.likeness import Weighed, Weigher
from coopcompliance.detect.match import Hit, Match, Scene
from coopcompliance.digest import sealed
from coopcompliance.errors import InputError
from coopcompliance.judge.context import compile_context
from coopcompliance.judge.exemptions import Case
from coopcompliance.judge.judge import Judge, drop_covered
from coopcompliance.judge.ordinary import set_ordinary_aside
from coopcompliance.model import (
    Category,
    DocumentRef,
    Evidence,
    Finding,
    Form,
    PackRef,
    Placement,
    Product,
    Report,
    Verdict,
)
from coopcompliance.packs.catalog import Catalog
from coopcompliance.packs.load import load
from coopcompliance.packs.rule_schema import AppliesSpec
from coopcompliance.packs.syntax import word_pattern
from coopcompliance.plan import make_plan, overall_tier
from coopcompliance.policy import Policy, find_directives, settle
from coopcompliance.program import compile_program
from coopcompliance.scan import Scanner
from coopcompliance.text.evasion import Vocabulary
from coopcompliance.text.normalise import normalise
from coopcompliance.text.projection import Text, line_starts
from coopcompliance.text.segment import Segments
from coopcompliance.text.words import Words

DEFAULT_TIMEOUT = 1.0
_UNJUDGEABLE = re.compile("[\0\ud800-\udfff]")


class Screener:
    """Checks texts against the built-in packs and any packs given.

    Args:
        packs: files or folders of the user's own packs, beside the built-in ones.
        catalog: an already loaded catalog, instead of `packs`.
        timeout: seconds that one pattern may take at one place before it is given up and named in the report.

    Raises:
        PackError: a pack is wrong; every problem is in its `issues`.
        ValueError: both `packs` and `catalog` are given.
    """

    def __init__(
        self, packs: Iterable[str | Path] = (), *, catalog: Catalog | None = None, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        packs = tuple(packs)
        if packs and catalog is not None:
            raise ValueError("packs and catalog are given; load the packs into the catalog")
        self.catalog = catalog if catalog is not None else load(packs)
        self.timeout = timeout
        self._program = compile_program(self.catalog)
        self._rules = {rule.entry.id: rule for rule in self._program.rules}
        self._scanner = Scanner(self._program.terms)
        self._vocabulary = Vocabulary(self._program.vocabulary)
        self._context = compile_context(lambda name: self.catalog.lexicons[name])
        self._words = Words()
        self._weigher = _weigher(self.catalog)
        self._product_words = {
            product: pattern
            for product in Product
            if (pattern := word_pattern(self.catalog.lexicons.get(f"product-{product.value}", ()))) is not None
        }
        self._audiences = {
            rule.id: pattern
            for rule in self.catalog.plan.escalations
            if (pattern := word_pattern(self.catalog.words(rule.audience))) is not None
        }
        lexicons = PackRef(id="lexicons", version=self.catalog.plan.version, digest=self.catalog.lexicon_digest)
        refs = [PackRef(id=p.spec.pack, version=p.spec.version, digest=p.digest) for p in self.catalog.packs]
        self.packs = (*refs, lexicons)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.catalog, self.timeout))

    def screen(
        self,
        text: str,
        placement: Placement | None = None,
        *,
        evidence: Sequence[Evidence] = (),
        as_of: dt.date | None = None,
        name: str = "text",
        encoding: str | None = None,
        masked: Sequence[tuple[int, int]] = (),
        timecodes: Sequence[tuple[int, float]] = (),
        policy: Policy | None = None,
    ) -> Report:
        """Check `text` as of a date (today by default).

        For subtitles `masked` are the spans that are no copy and `timecodes` the cues, as (offset, seconds).
        Inline suppressions in the text and the project's `policy` move findings to `Report.suppressed`.

        Raises:
            InputError: the text is empty, or holds lone surrogates (no code points of any text).
        """
        placement = placement or Placement()
        as_of = as_of or dt.date.today()
        directives = find_directives(text)
        hidden = sorted([*masked, *((item.start, item.end) for item in directives)])
        scene, findings = self._judge(text, placement, evidence, as_of, hidden, timecodes)
        judged = drop_covered([item for item in findings if item.verdict is not Verdict.EXEMPT])
        settled = settle(judged, policy or Policy(), directives, text, as_of)
        reported = settled.findings
        exempted = tuple(sorted((f for f in findings if f.verdict is Verdict.EXEMPT), key=lambda f: (f.start, f.end)))
        tier, escalations = overall_tier(reported, self.catalog.plan, scene.norm, self._audiences)
        report = Report(
            document=DocumentRef(name=name, length=len(text), encoding=encoding, digest=text_digest(text)),
            placement=placement,
            as_of=as_of,
            packs=self.packs,
            tier=tier,
            escalations=escalations,
            findings=tuple(reported),
            exempted=exempted,
            suppressed=tuple(settled.suppressed),
            plan=make_plan(self.catalog.plan, reported, tier, placement.stage),
            notices=(*self._unplaced_notice(placement), *scene.notices, *settled.notices),
        )
        return sealed(report)

    def _unplaced_notice(self, placement: Placement) -> tuple[str, ...]:
        if placement.platform or placement.form or placement.products:
            return ()
        count = sum(rule.entry.spec.applies.placed for rule in self._program.rules)
        if not count:
            return ()
        return (f"没有指明平台、形式或产品：有 {count} 条规则只查已指明投放位置的文案，这次没有查",)

    def findings_of(
        self, rule: str, text: str, placement: Placement, *, evidence: Sequence[Evidence] = (), as_of: dt.date
    ) -> tuple[list[Finding], list[Finding]]:
        """What one rule ("pack/slug") says of a text, whatever other rules say: (findings, exempted)."""
        findings = self.every_finding(text, placement, evidence=evidence, as_of=as_of)
        own = [finding for finding in findings if finding.rule == rule]
        exempt = [finding for finding in own if finding.verdict is Verdict.EXEMPT]
        return [finding for finding in own if finding.verdict is not Verdict.EXEMPT], exempt

    def every_finding(
        self, text: str, placement: Placement, *, evidence: Sequence[Evidence] = (), as_of: dt.date
    ) -> list[Finding]:
        """What all rules say of a text, exempted hits too, and findings that another covers: in the rules' order."""
        return self._judge(text, placement, evidence, as_of)[1]

    def _judge(
        self,
        text: str,
        placement: Placement,
        evidence: Sequence[Evidence],
        as_of: dt.date,
        masked: Sequence[tuple[int, int]] = (),
        timecodes: Sequence[tuple[int, float]] = (),
    ) -> tuple[Scene, list[Finding]]:
        refuse_unjudgeable(text)
        view = self._vocabulary.resolve(normalise(text, masked))
        cues = [(view.view_position(offset), seconds) for offset, seconds in timecodes]
        scene = Scene(view, Segments(view), self._words, as_of, self.catalog.standards, self.timeout, [], cues)
        if self._weigher is not None:
            scene.likeness = Weighed(self._weigher, view.norm)
        case = Case(
            placement=placement,
            form=placement.form,
            products=placement.products or self.recognised_products(view),
            evidence=tuple(evidence),
            as_of=as_of,
            context=self._context,
        )
        return scene, self._findings(scene, case, line_starts(text))

    def recognised_products(self, view: Text) -> tuple[Product, ...]:
        """The products that the text itself names."""
        return tuple(product for product, pattern in self._product_words.items() if pattern.search(view.norm))

    def _findings(self, scene: Scene, case: Case, lines: list[int]) -> list[Finding]:
        judge = Judge(scene, case, self.catalog.sources, lines)
        # None: cleared for good, whatever the category.
        spoken_of: list[tuple[tuple[int, int], Category | None]] = []
        by_rule: dict[int, list[tuple[int, Groups]]] = {}
        for number, groups in self._hits(scene.norm).items():
            by_rule.setdefault(self._program.owner[number], []).append((number, groups))
        findings: list[Finding] = []
        # Doubts come last, and say nothing of a sentence of which another rule is sure.
        for index in sorted(by_rule, key=lambda number: (self._program.rules[number].doubts, number)):
            rule = self._program.rules[index]
            spec = rule.entry.spec
            if not applies(spec.applies, case.placement, case.form, case.products):
                continue
            if spec.until is not None and case.as_of > spec.until:
                continue
            matches = [
                match
                for number, groups in by_rule[index]
                for match in self._program.detectors[number].find(scene, groups)
            ]
            if rule.doubts:
                known = [span for span, category in spoken_of if category in (None, spec.category)]
                matches = [match for match in matches if not _touched(match, known)]
            judged = judge.judge(rule, matches) if matches else []
            for finding in [] if rule.doubts else judged:
                span = (scene.text.view_position(finding.start), scene.text.view_position(finding.end))
                if finding.exemption is None:
                    spoken_of.append((span, spec.category))
                elif finding.exemption.id not in rule.worded:
                    spoken_of.append((span, None))
            findings += judged
        return set_ordinary_aside(scene, findings, self._rules)

    def _hits(self, norm: str) -> dict[int, Groups]:
        """Per detector the hits of its groups, in order; only detectors all of whose needed groups were hit."""
        detectors = self._program.detectors
        found: dict[int, list[list[Hit]]] = {}
        for start, end, term in self._scanner.scan(norm):
            for number, group in self._program.uses[term]:
                groups = found.get(number)
                if groups is None:
                    groups = found[number] = [[] for _ in detectors[number].groups]
                groups[group].append((start, end))
        ready: dict[int, Groups] = dict.fromkeys(self._program.wordless, ())
        for number, groups in found.items():
            if all(groups[: detectors[number].needed]):
                for hits in groups:
                    hits.sort()
                ready[number] = groups
        return ready


def _weigher(catalog: Catalog) -> Weigher | None:
    if catalog.likeness is None:
        return None
    titles = {name: spec.title for name, spec in catalog.lexicon_specs.items()}
    return Weigher(catalog.likeness, catalog.lexicons, titles)


def _touched(match: Match, spans: Iterable[tuple[int, int]]) -> bool:
    low, high = match.around or (match.start, match.end)
    return any(start < high and low < end for start, end in spans)


def applies(spec: AppliesSpec, placement: Placement, form: Form | None, products: Sequence[Product]) -> bool:
    """Whether a rule is meant for this placement. What the placement leaves open does not narrow forms."""
    platform = placement.platform
    return (
        (not spec.platforms or platform in spec.platforms)
        and (not spec.forms or form is None or form in spec.forms)
        and (not spec.products or bool(set(products) & set(spec.products)))
        and (not spec.stages or placement.stage in spec.stages)
        and platform not in spec.not_platforms
        and form not in spec.not_forms
        and not (products and set(products) <= set(spec.not_products))
        and (not spec.placed or bool(platform or form or placement.products))
    )


def refuse_unjudgeable(text: str) -> None:
    """Raise InputError for what is no text to judge."""
    if not text.strip():
        raise InputError("文本为空，没有可检查的内容（empty text）")
    found = _UNJUDGEABLE.search(text)
    if found is None:
        return
    where = f"文本第 {found.start() + 1} 个字符是"
    if found.group() == "\0":
        raise InputError(f"{where} NUL，像是二进制文件而不是文字（binary data）")
    code = f"U+{ord(found.group()):04X}"
    raise InputError(f"{where}孤立代理码位 {code}，不是合法文字；请换一种编码重新保存（lone surrogate）")


def text_digest(text: str) -> str:
    """What identifies the checked text: SHA-256 over its UTF-8 form."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def _rebuild(catalog: Catalog, timeout: float) -> Screener:
    return Screener(catalog=catalog, timeout=timeout)
