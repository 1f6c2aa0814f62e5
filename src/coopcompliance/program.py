"""Program: a catalog compiled into detectors, exemptions and the one list of terms that the scanner looks for."""

from __future__ import annotations

from dataclasses import dataclass

from coopcompliance.detect.detectors import Combine, Detector, Missing, Phrases, Repeat
from coopcompliance.detect.pattern import Pattern
from coopcompliance.detect.resembles import Resembles
from coopcompliance.judge.exemptions import Exemption, compile_exemption
from coopcompliance.judge.fixes import CompiledFix
from coopcompliance.packs.catalog import Catalog, RuleEntry
from coopcompliance.packs.rule_schema import DetectSpec, FixSpec
from coopcompliance.packs.syntax import LazyPattern, compile_pattern, word_pattern
from coopcompliance.text.words import Boundary

Use = tuple[int, int]
"""(detector number, group number)."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    entry: RuleEntry
    exemptions: tuple[Exemption, ...]
    fix: CompiledFix | None = None
    doubts: bool = False
    """Every detector only resembles: it says something where no other rule of its category does."""
    defaults: frozenset[str] = frozenset()
    """The exemptions that it has without saying so."""
    worded: frozenset[str] = frozenset()
    """The exemptions that rest on the words around a hit: they can be mistaken, evidence and placement cannot."""


@dataclass(frozen=True, slots=True)
class Program:
    """`detectors[n]` belongs to `rules[owner[n]]`; `uses[t]` are the groups that term t feeds."""

    rules: tuple[CompiledRule, ...]
    detectors: tuple[Detector, ...]
    owner: tuple[int, ...]
    terms: tuple[str, ...]
    uses: tuple[tuple[Use, ...], ...]
    wordless: tuple[int, ...]
    """Detectors that need no literal to be hit."""
    vocabulary: tuple[str, ...]
    """Terms that evasions by sound may be resolved to."""


def compile_program(catalog: Catalog) -> Program:
    """Compile every rule that is neither retired nor switched off."""
    compiler = _Compiler(catalog)
    rules: list[CompiledRule] = []
    detectors: list[Detector] = []
    owner: list[int] = []
    for entry in catalog.rules:
        if entry.off or entry.spec.status == "retired":
            continue
        for spec in entry.spec.detect:
            detectors.append(compiler.detector(spec, entry.spec.boundary))
            owner.append(len(rules))
        doubts = any(spec.resembles for spec in entry.spec.detect)
        exemptions = tuple(compile_exemption(item, compiler.literals, compiler.pattern) for item in entry.unless)
        worded = frozenset(item.id for item in entry.unless if item.inside is not None or item.near is not None)
        fix = compiler.fix(entry.spec.fix)
        rules.append(CompiledRule(entry, exemptions, fix, doubts, frozenset(entry.defaults), worded))
    numbers: dict[str, int] = {}
    uses: list[list[Use]] = []
    for index, detector in enumerate(detectors):
        for group, terms in enumerate(detector.groups):
            for term in terms:
                number = numbers.setdefault(term, len(numbers))
                if number == len(uses):
                    uses.append([])
                uses[number].append((index, group))
    lexicon_terms = (term for terms in catalog.lexicons.values() for term in terms)
    return Program(
        rules=tuple(rules),
        detectors=tuple(detectors),
        owner=tuple(owner),
        terms=tuple(numbers),
        uses=tuple(map(tuple, uses)),
        wordless=tuple(number for number, detector in enumerate(detectors) if not detector.groups),
        vocabulary=tuple(dict.fromkeys([*numbers, *lexicon_terms])),
    )


class _Compiler:
    def __init__(self, catalog: Catalog) -> None:
        self.lexicons = catalog.lexicons
        self.literals = catalog.words

    def detector(self, spec: DetectSpec, boundary: Boundary) -> Detector:
        if spec.phrases is not None:
            return Phrases(self.literals(spec.phrases), boundary)
        if spec.combine is not None:
            return Combine(
                tuple(self.literals(group) for group in spec.combine),
                within=spec.within or "clause",
                ordered=spec.ordered,
                gap=spec.gap,
                without=word_pattern(self.literals(spec.without)),
                boundary=boundary,
            )
        if spec.pattern is not None:
            return Pattern(
                self.literals(spec.hints),
                compile_pattern(spec.pattern, self.lexicons),
                within=spec.within or "sentence",
                compare=spec.compare,
                checks=spec.check,
                boundary=boundary,
            )
        if spec.resembles is not None:
            assert spec.above is not None
            return Resembles(spec.resembles.value, spec.above)
        if spec.missing is not None:
            patterns = [word_pattern(self.literals(spec.missing.companion))]
            if spec.missing.pattern is not None:
                patterns.append(compile_pattern(spec.missing.pattern, self.lexicons))
            companions = tuple(pattern for pattern in patterns if pattern is not None)
            return Missing(self.detector(spec.missing.claim, boundary), companions, spec.missing.within)
        assert spec.repeat is not None and spec.more_than is not None and spec.per is not None
        return Repeat(self.literals(spec.repeat), spec.more_than, spec.per)

    def fix(self, spec: FixSpec | None) -> CompiledFix | None:
        if spec is None:
            return None
        return CompiledFix(spec.to, self.pattern(spec.pattern) if spec.pattern is not None else None)

    def pattern(self, source: str) -> LazyPattern:
        return compile_pattern(source, self.lexicons)
