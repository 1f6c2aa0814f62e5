"""The shape of pack, lexicon and plan files: what a rule author may write.

Everything here is data as read; it is turned into something that can match by `coopcompliance.program`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from coopcompliance.model import Category, EvidenceKind, Form, Platform, Product, Stage

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
CALVER = re.compile(r"\d{4}\.\d{1,2}\.\d+\Z")

Within = Literal["clause", "sentence", "paragraph", "document"] | Annotated[int, Field(gt=0, le=500)]


def _slug(value: str) -> str:
    if not SLUG.match(value):
        raise ValueError(f"{value!r} is no slug (lower-case letters, digits, single hyphens)")
    return value


def _calver(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("the version must be a quoted string, else YAML reads 2026.10 as 2026.1")
    if not CALVER.match(value):
        raise ValueError(f'{value!r} is no CalVer version such as "2026.11.0"')
    return value


def _terms(value: Any) -> Any:
    if isinstance(value, str):
        return value.split()
    if isinstance(value, list):
        return [str(item) if isinstance(item, int | float) and not isinstance(item, bool) else item for item in value]
    return value


def _category(value: Any) -> Any:
    """One of the categories is called `false`, which YAML reads as a truth value."""
    return "false" if value is False else value


CategoryName = Annotated[Category, BeforeValidator(_category)]
Slug = Annotated[str, AfterValidator(_slug)]
CalVer = Annotated[str, BeforeValidator(_calver)]
Text = Annotated[str, Field(min_length=1)]
Terms = Annotated[tuple[Text, ...], BeforeValidator(_terms)]


class Spec(BaseModel):
    """Base of pack data: frozen, and no unknown keys (a misspelt key would silently do nothing)."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceSpec(Spec):
    """A law, platform rule or standard, in force from `since` to `until` (its last day)."""

    title: Text
    issuer: str = ""
    number: str = ""
    since: dt.date
    until: dt.date | None = None
    text_of: dt.date | None = None
    superseded_by: str | None = None
    verified: bool
    penalty: str | None = None
    note: str | None = None
    aliases: tuple[str, ...] = ()


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
    """One detector; exactly one of the five kinds is given, with the options of that kind."""

    phrases: Terms | None = None
    combine: tuple[Terms, ...] | None = None
    pattern: str | None = None
    missing: MissingSpec | None = None
    repeat: Terms | None = None

    within: Within | None = None
    ordered: bool = True
    gap: Annotated[int, Field(ge=0, le=200)] | None = None
    without: Terms = ()
    hints: Terms = ()
    compare: tuple[CompareSpec, ...] = ()
    check: tuple[CheckSpec, ...] = ()
    more_than: Annotated[int, Field(ge=1)] | None = None
    per: Literal["1000 characters", "minute"] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> DetectSpec:
        given = [
            kind for kind in ("phrases", "combine", "pattern", "missing", "repeat") if getattr(self, kind) is not None
        ]
        if len(given) != 1:
            raise ValueError(
                f"a detector is exactly one of phrases, combine, pattern, missing, repeat; found {given or 'none'}"
            )
        kind = given[0]
        allowed = {
            "phrases": set(),
            "combine": {"within", "ordered", "gap", "without"},
            "pattern": {"within", "hints", "compare", "check"},
            "missing": set(),
            "repeat": {"more_than", "per"},
        }[kind]
        extra = self.model_fields_set - allowed - {kind}
        if extra:
            raise ValueError(f"{', '.join(sorted(extra))}: no option of a {kind} detector")
        if kind == "combine" and self.combine is not None and len(self.combine) < 2:
            raise ValueError("combine needs at least two groups")
        if kind == "pattern" and not self.hints:
            raise ValueError("a pattern needs literal hints: it runs only around them")
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

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class ExamplesSpec(Spec):
    flag: Annotated[tuple[ExampleSpec, ...], Field(min_length=3)]
    passes: Annotated[tuple[ExampleSpec, ...], Field(min_length=3, alias="pass")]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


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
    detect: Annotated[tuple[DetectSpec, ...], BeforeValidator(_listed), Field(min_length=1)]
    boundary: Literal["cut", "strict", "none"] = "cut"
    unless: tuple[ExemptionSpec | str, ...] = ()
    defaults_off: tuple[Literal["mention", "negated", "question"], ...] = ()
    clears: tuple[EvidenceKind, ...] = ()
    advice: Text
    rewrite: str | None = None
    fix: str | None = None
    message: str | None = None
    examples: ExamplesSpec


class ChangeSpec(Spec):
    version: CalVer
    date: dt.date
    change: Text


class OverrideSpec(Spec):
    """What a user's pack changes in a rule of another pack ("pack/slug")."""

    rule: Text
    off: bool = False
    tier: Annotated[int, Field(ge=1, le=3)] | None = None
    detect: Annotated[tuple[DetectSpec, ...], BeforeValidator(_listed)] = ()
    unless: tuple[ExemptionSpec, ...] = ()
    reason: Text


class PackSpec(Spec):
    """A pack file."""

    pack: Slug
    version: CalVer
    title: str = ""
    sources: dict[str, SourceSpec] = {}
    exemptions: dict[str, ExemptionSpec] = {}
    rules: tuple[RuleSpec, ...] = ()
    overrides: tuple[OverrideSpec, ...] = ()
    changelog: tuple[ChangeSpec, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _name_exemptions(cls, value: Any) -> Any:
        """A shared exemption's id is its key."""
        if isinstance(value, dict) and isinstance(value.get("exemptions"), dict):
            named = {
                key: {"id": key, **item} if isinstance(item, dict) else item
                for key, item in value["exemptions"].items()
            }
            return {**value, "exemptions": named}
        return value


class LexiconSpec(Spec):
    title: str = ""
    terms: Terms = ()
    includes: Terms = ()


class LexiconFileSpec(Spec):
    """A file of shared word lists."""

    lexicons: Slug
    version: CalVer
    words: dict[str, LexiconSpec]


class StagePlanSpec(Spec):
    deadline: Text
    actions: Annotated[tuple[Text, ...], Field(min_length=1)]


class TierPlanSpec(Spec):
    title: Text
    owner: Text
    signatures: tuple[Text, ...] = ()
    stages: dict[Stage, StagePlanSpec]

    @model_validator(mode="after")
    def _all_stages(self) -> TierPlanSpec:
        missing = [stage.value for stage in Stage if stage not in self.stages]
        if missing:
            raise ValueError(f"no plan for stage {', '.join(missing)}")
        return self


class EscalationSpec(Spec):
    """Raises the overall tier when at least `count` findings fit."""

    id: Slug
    because: Text
    tiers: tuple[int, ...] = ()
    categories: tuple[CategoryName, ...] = ()
    same_rule: bool = False
    count: Annotated[int, Field(ge=1)] = 1
    audience: Terms = ()
    raise_to: Annotated[int, Field(ge=2, le=3)]


class PlanSpec(Spec):
    """The response plan: tier × stage, and what escalates."""

    plan: Slug
    version: CalVer
    tiers: dict[int, TierPlanSpec]
    escalations: tuple[EscalationSpec, ...] = ()

    @model_validator(mode="after")
    def _all_tiers(self) -> PlanSpec:
        if set(self.tiers) != {1, 2, 3}:
            raise ValueError("a plan has exactly the tiers 1, 2 and 3")
        return self


MissingSpec.model_rebuild()
