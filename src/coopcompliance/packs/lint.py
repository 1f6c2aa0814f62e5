"""Lint packs: small validators over a catalog, for faults that load but should not stay.

Each validator is a generator of `LintIssue` with a name, listed in `VALIDATORS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from coopcompliance.judge.context import CONTEXT_LEXICONS
from coopcompliance.model import Product
from coopcompliance.packs.catalog import Catalog, RuleEntry
from coopcompliance.packs.rule_schema import DetectSpec, ExemptionSpec
from coopcompliance.packs.syntax import lexicons_in
from coopcompliance.text.normalise import normal_form


@dataclass(frozen=True, slots=True)
class LintIssue:
    """One fault. `subject` is a rule, source or lexicon."""

    validator: str
    subject: str
    problem: str

    def __str__(self) -> str:
        return f"{self.validator}: {self.subject}: {self.problem}"


def unused_sources(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """A source that no rule or exemption cites, and that none cited supersedes."""
    cited = {basis.source for rule in catalog.rules for basis in rule.spec.basis}
    cited |= {item.basis.source for rule in catalog.rules for item in rule.unless if item.basis}
    successors = {source.superseded_by for source in catalog.sources.values()}
    for name in catalog.sources:
        if name not in cited and name not in successors:
            yield name, "没有规则引用这个依据"


def unused_lexicons(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """A lexicon that nothing uses."""
    used = set(CONTEXT_LEXICONS) | {f"product-{product.value}" for product in Product}
    used |= {term[1:] for rule in catalog.plan.escalations for term in rule.audience if term.startswith("$")}
    for rule in catalog.rules:
        for terms, pattern in _uses(rule):
            used |= {term[1:] for term in terms if term.startswith("$")}
            used |= set(lexicons_in(pattern))
    pending = list(used)
    while pending:
        spec = catalog.lexicon_specs.get(pending.pop())
        for term in (*spec.includes, *spec.terms) if spec else ():
            if term.startswith("$") and term[1:] not in used:
                used.add(term[1:])
                pending.append(term[1:])
    for name in catalog.lexicon_specs:
        if name not in used:
            yield name, "没有规则使用这个词表"


def repeated_terms(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """A term that stands twice in one lexicon, perhaps in another spelling of the same normal form."""
    for name, spec in catalog.lexicon_specs.items():
        plain = [term for term in spec.terms if not term.startswith("$")]
        seen: dict[str, str] = {}
        for term in plain:
            folded = normal_form(term)
            if folded in seen:
                yield name, f"“{term}”与“{seen[folded]}”归一后相同"
            seen[folded] = term


def shadowed_phrases(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """A literal of a rule's phrases that stands beside the same literal in a lexicon of that detector."""
    for rule in catalog.rules:
        for detect in rule.spec.detect:
            if detect.phrases is None:
                continue
            own = [term for term in detect.phrases if not term.startswith("$")]
            shared = set(catalog.words(term for term in detect.phrases if term.startswith("$")))
            for term in own:
                if term in shared:
                    yield rule.id, f"“{term}”已在所用词表里"


def unproved_exemptions(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """A shared exemption of a pack that no example of any of its rules proves."""
    for pack in catalog.packs:
        proved = {example.exemption for rule in pack.spec.rules for example in rule.examples.passes}
        used = {item[1:] for rule in pack.spec.rules for item in rule.unless if isinstance(item, str)}
        for name in pack.spec.exemptions:
            if name not in used:
                yield f"{pack.spec.pack}/${name}", "没有规则使用这个豁免"
            elif name not in proved:
                yield f"{pack.spec.pack}/${name}", "没有例句证明这个豁免"


def unproved_fixes(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """A safe rewrite that no example shows: it changes people's copy, so somebody must have read what it writes."""
    for rule in catalog.rules:
        if rule.spec.fix is not None and not any(example.fixed for example in rule.spec.examples.flag):
            yield rule.id, "没有 flag 例句写明自动改写的结果（fixed）"


def dateless_packs(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """A pack with rules but without a changelog entry for its version."""
    for pack in catalog.packs:
        if pack.spec.rules and pack.spec.version not in {entry.version for entry in pack.spec.changelog}:
            yield pack.spec.pack, f"更新记录里没有版本 {pack.spec.version}"


def basis_not_in_force(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """A rule whose date of effect lies before every one of its sources."""
    for rule in catalog.rules:
        since = min(catalog.sources[basis.source].since for basis in rule.spec.basis)
        if rule.spec.since < since:
            yield rule.id, f"规则自 {rule.spec.since} 起，依据最早 {since} 才施行"


VALIDATORS: dict[str, Callable[[Catalog], Iterator[tuple[str, str]]]] = {
    "unused-source": unused_sources,
    "unused-lexicon": unused_lexicons,
    "repeated-term": repeated_terms,
    "shadowed-phrase": shadowed_phrases,
    "unproved-exemption": unproved_exemptions,
    "unproved-fix": unproved_fixes,
    "no-changelog": dateless_packs,
    "basis-not-in-force": basis_not_in_force,
}


def lint(catalog: Catalog) -> list[LintIssue]:
    """Every fault that the validators find."""
    return [
        LintIssue(name, subject, problem)
        for name, validator in VALIDATORS.items()
        for subject, problem in validator(catalog)
    ]


def _uses(rule: RuleEntry) -> Iterator[tuple[tuple[str, ...], str]]:
    """(terms, pattern) of every place of the rule that may name a lexicon."""
    for detect in rule.spec.detect:
        yield from _detect_uses(detect)
    if rule.spec.fix is not None:
        yield (), rule.spec.fix.pattern or ""
    exemptions: Iterable[ExemptionSpec] = rule.unless
    for item in exemptions:
        for part in (item.inside, item.near, item.negated):
            if part is not None:
                yield part.any, getattr(part, "pattern", None) or ""


def _detect_uses(detect: DetectSpec) -> Iterator[tuple[tuple[str, ...], str]]:
    for terms in (detect.phrases, *(detect.combine or ()), detect.repeat, detect.without, detect.hints):
        yield terms or (), ""
    yield (), detect.pattern or ""
    if detect.missing is not None:
        yield detect.missing.companion, detect.missing.pattern or ""
        yield from _detect_uses(detect.missing.claim)
