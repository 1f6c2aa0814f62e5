"""The shape of a rule: what it rests on, where it applies, how it detects, what exempts, its examples.

Everything here is data as read; it is turned into something that can match by `coopcompliance.program`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from coopcompliance.detect.likeness import LOWEST
from coopcompliance.model import EvidenceKind, Form, Platform, Product, Stage
from coopcompliance.packs.spec import CategoryName, Slug, Spec, Terms, Text, Within


class BasisSpec(Spec):
    source: Text
    article: str = ""
    penalty: str | None = None
    forms: tuple[Form, ...] = ()
    not_forms: tuple[Form, ...] = ()
    platforms: tuple[Platform, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


class AppliesSpec(Spec):
    """Where a rule applies; empty means everywhere."""

    platforms: tuple[Platform, ...] = ()
    forms: tuple[Form, ...] = ()
    products: tuple[Product, ...] = ()
    stages: tuple[Stage, ...] = ()
    not_platforms: tuple[Platform, ...] = ()
    not_forms: tuple[Form, ...] = ()
    not_products: tuple[Product, ...] = ()
    placed: bool = False
    """Only where the placement names a platform, form or product: the text is declared to be marketing copy."""


class CompareSpec(Spec):
    group: Text
    op: Literal[">", ">=", "<", "<=", "==", "!="]
    value: float
    unit: str = ""


class CheckSpec(Spec):
    group: Text
    kind: Literal[
        "organic-code",
        "organic-certificate",
        "green-food",
        "gf-code",
        "sc-number",
        "patent-number",
        "credit-code",
        "health-food-number",
        "standard-number",
    ]
    outcome: Literal["invalid", "valid", "stale", "unknown"]


class MissingSpec(Spec):
    claim: DetectSpec
    companion: Terms = ()
    pattern: str | None = None
    within: Within = "sentence"


class DetectSpec(Spec):
    """One detector; exactly one of the six kinds is given, with the options of that kind."""

    phrases: Terms | None = None
    combine: tuple[Terms, ...] | None = None
    pattern: str | None = None
    missing: MissingSpec | None = None
    repeat: Terms | None = None
    resembles: CategoryName | None = None

    within: Within | None = None
    ordered: bool = True
    gap: Annotated[int, Field(ge=0, le=200)] | None = None
    without: Terms = ()
    hints: Terms = ()
    compare: tuple[CompareSpec, ...] = ()
    check: tuple[CheckSpec, ...] = ()
    more_than: Annotated[int, Field(ge=1)] | None = None
    per: Literal["1000 characters", "minute"] | None = None
    above: Annotated[float, Field(ge=LOWEST, lt=1)] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> DetectSpec:
        kinds = ("phrases", "combine", "pattern", "missing", "repeat", "resembles")
        given = [kind for kind in kinds if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"a detector is exactly one of {', '.join(kinds)}; found {given or 'none'}")
        kind = given[0]
        allowed = {
            "phrases": set(),
            "combine": {"within", "ordered", "gap", "without"},
            "pattern": {"within", "hints", "compare", "check"},
            "missing": set(),
            "repeat": {"more_than", "per"},
            "resembles": {"above"},
        }[kind]
        extra = self.model_fields_set - allowed - {kind}
        if extra:
            raise ValueError(f"{', '.join(sorted(extra))}: no option of a {kind} detector")
        if kind == "combine" and self.combine is not None and len(self.combine) < 2:
            raise ValueError("combine needs at least two groups")
        if kind == "pattern" and not self.hints:
            raise ValueError("a pattern needs literal hints: it runs only around them")
        if kind == "resembles" and self.above is None:
            raise ValueError("resembles needs above: the probability from which a sentence is doubted")
        if kind == "repeat" and (self.more_than is None or self.per is None):
            raise ValueError("repeat needs more_than and per")
        return self


class InsideSpec(Spec):
    any: Terms = ()
    pattern: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"any": value} if isinstance(value, list | str) else value


class NearSpec(Spec):
    any: Terms = ()
    pattern: str | None = None
    side: Literal["before", "after", "either", "around"] = "either"
    within: Within = "clause"


class NegatedSpec(Spec):
    any: Terms = ()

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {} if value is True else value


class PlaceSpec(Spec):
    platforms: tuple[Platform, ...] = ()
    forms: tuple[Form, ...] = ()
    products: tuple[Product, ...] = ()
    stages: tuple[Stage, ...] = ()


class ExemptionSpec(Spec):
    """Why a hit is lawful. Exactly one kind; `because` is shown to the reader."""

    id: Slug
    because: Text
    basis: BasisSpec | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    inside: InsideSpec | None = None
    near: NearSpec | None = None
    negated: NegatedSpec | None = None
    mention: Literal[True] | None = None
    evidence: tuple[EvidenceKind, ...] | None = None
    placement: PlaceSpec | None = None
    value: CompareSpec | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> ExemptionSpec:
        kinds = ("inside", "near", "negated", "mention", "evidence", "placement", "value")
        given = [kind for kind in kinds if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"an exemption is exactly one of {', '.join(kinds)}; found {given or 'none'}")
        return self


class ExampleSpec(Spec):
    text: Text
    platform: Platform | None = None
    form: Form | None = None
    products: tuple[Product, ...] = ()
    stage: Stage = Stage.DRAFT
    as_of: dt.date | None = None
    evidence: tuple[dict[str, Any], ...] = ()
    exemption: str | None = None
    fixed: str | None = None
    """Of a flag example: the text after the rule's fix, or the same text where the fix must not touch it."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class ExamplesSpec(Spec):
    flag: Annotated[tuple[ExampleSpec, ...], Field(min_length=3)]
    passes: Annotated[tuple[ExampleSpec, ...], Field(min_length=3, alias="pass")]


def listed(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class FixSpec(Spec):
    """A rewrite that is always safe: of the hit, or of the match of `pattern` that overlaps it."""

    to: str = ""
    pattern: Text | None = None


def _fix(value: Any) -> Any:
    return {"to": value} if isinstance(value, str) else value


class RuleSpec(Spec):
    """One thing that copy must not say, or must say."""

    id: Slug
    title: Text
    status: Literal["stable", "experimental", "retired"] = "stable"
    redirects: tuple[Slug, ...] = ()
    category: CategoryName
    tier: Annotated[int, Field(ge=1, le=3)]
    basis: Annotated[tuple[BasisSpec, ...], Field(min_length=1)]
    since: dt.date
    until: dt.date | None = None
    modified: dt.date | None = None
    applies: AppliesSpec = AppliesSpec()
    detect: Annotated[tuple[DetectSpec, ...], BeforeValidator(listed), Field(min_length=1)]
    boundary: Literal["cut", "strict", "none"] = "cut"
    unless: tuple[ExemptionSpec | str, ...] = ()
    defaults_off: tuple[Literal["mention", "negated", "question", "ordinary"], ...] = ()
    clears: tuple[EvidenceKind, ...] = ()
    advice: Text
    rewrite: str | None = None
    fix: Annotated[FixSpec | None, BeforeValidator(_fix)] = None
    message: str | None = None
    examples: ExamplesSpec

    @model_validator(mode="after")
    def _doubts_apart(self) -> RuleSpec:
        """A likeness is a doubt: it never counts, and is never mixed with what a rule knows."""
        if any(detect.resembles for detect in self.detect):
            if not all(detect.resembles for detect in self.detect):
                raise ValueError("a detector that resembles stands alone: make it a rule of its own")
            if self.status == "stable":
                raise ValueError("a rule that resembles raises doubts only: status: experimental")
        return self


MissingSpec.model_rebuild()
