"""Exemptions a rule lists in `unless`: each a small predicate over the scene and the hit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from coopcompliance.detect.match import Match, Scene, searching
from coopcompliance.detect.pattern import compares
from coopcompliance.judge.context import ContextWords, mention, negation
from coopcompliance.model import Evidence, Form, Placement, Product
from coopcompliance.packs.rule_schema import ExemptionSpec
from coopcompliance.packs.syntax import LazyPattern, word_pattern

Literals = Callable[[Iterable[str]], tuple[str, ...]]

_INSIDE_REACH = 40


@dataclass(frozen=True, slots=True)
class Case:
    """What the judge knows beside the text."""

    placement: Placement
    form: Form | None
    products: tuple[Product, ...]
    evidence: tuple[Evidence, ...]
    as_of: dt.date
    context: ContextWords


@dataclass(frozen=True, slots=True)
class Exemption:
    """An exemption of a rule, compiled. `words` and `pattern` are what `inside`, `near` and `negated` look for."""

    spec: ExemptionSpec
    words: LazyPattern | None
    pattern: LazyPattern | None

    def holds(self, scene: Scene, match: Match, case: Case) -> str | None:
        """What makes the exemption hold for this hit, in words for the trace; None if it does not."""
        spec = self.spec
        if (spec.since and case.as_of < spec.since) or (spec.until and case.as_of > spec.until):
            return None
        if spec.inside is not None:
            return self._inside(scene, match)
        if spec.near is not None:
            return self._near(scene, match)
        if spec.negated is not None:
            return negation(case.context, scene, match, self.words)
        if spec.mention:
            return mention(case.context, scene, match)
        if spec.evidence is not None:
            held = held_evidence(case, spec.evidence)
            return describe_evidence(held) if held else None
        if spec.placement is not None:
            return self._placed(case)
        assert spec.value is not None
        text = match.groups.get(spec.value.group)
        return text if compares(spec.value, text) else None

    def _patterns(self) -> Iterable[LazyPattern]:
        return (pattern for pattern in (self.words, self.pattern) if pattern is not None)

    def _inside(self, scene: Scene, match: Match) -> str | None:
        low, high = max(0, match.start - _INSIDE_REACH), min(len(scene.norm), match.end + _INSIDE_REACH)
        for pattern in self._patterns():
            for found in searching(pattern, scene, low, high, overlapped=True):
                if found.start() <= match.start and match.end <= found.end():
                    return found.group()
        return None

    def _near(self, scene: Scene, match: Match) -> str | None:
        near = self.spec.near
        assert near is not None
        low, high = scene.segments.around(near.within, match.start, match.end)
        # `around` looks inside the hit too: a long match may hold the word that makes it harmless.
        parts = [(low, high)] if near.side == "around" else []
        if near.side in {"before", "either"}:
            parts.append((low, match.start))
        if near.side in {"after", "either"}:
            parts.append((match.end, high))
        for start, end in parts:
            for pattern in self._patterns():
                found = next(searching(pattern, scene, start, end), None) if start < end else None
                if found is not None:
                    return found.group()
        return None

    def _placed(self, case: Case) -> str | None:
        place = self.spec.placement
        assert place is not None
        fits = (
            (not place.platforms or case.placement.platform in place.platforms)
            and (not place.forms or case.form in place.forms)
            and (not place.products or bool(set(case.products) & set(place.products)))
            and (not place.stages or case.placement.stage in place.stages)
        )
        return "投放位置符合" if fits else None


def held_evidence(case: Case, kinds: Iterable[str]) -> Evidence | None:
    """The first piece of evidence of one of `kinds` that is valid on the date and covers the products."""
    wanted = set(kinds)
    for item in case.evidence:
        if item.kind in wanted and item.valid_on(case.as_of) and item.covers(case.products):
            return item
    return None


def describe_evidence(item: Evidence) -> str:
    until = f"，有效至 {item.valid_until}" if item.valid_until else ""
    return f"{item.kind.value} {item.number or '（未给编号）'}{until}"


def compile_exemption(spec: ExemptionSpec, literals: Literals, patterns: Callable[[str], LazyPattern]) -> Exemption:
    part = spec.inside or spec.near or spec.negated
    words = word_pattern(literals(part.any)) if part is not None else None
    source = getattr(part, "pattern", None)
    return Exemption(spec, words, patterns(source) if source else None)
