"""The shape of the files: packs, lexicons and the response plan. A rule's own shape is in `packs.rule_schema`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from coopcompliance.model import Stage
from coopcompliance.packs.rule_schema import DetectSpec, ExemptionSpec, RuleSpec, listed
from coopcompliance.packs.spec import CalVer, CategoryName, Slug, Spec, Terms, Text


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


class ChangeSpec(Spec):
    version: CalVer
    date: dt.date
    change: Text


class OverrideSpec(Spec):
    """What a user's pack changes in a rule of another pack ("pack/slug")."""

    rule: Text
    off: bool = False
    tier: Annotated[int, Field(ge=1, le=3)] | None = None
    detect: Annotated[tuple[DetectSpec, ...], BeforeValidator(listed)] = ()
    unless: tuple[ExemptionSpec, ...] = ()
    reason: Text


class PackSpec(Spec):
    """A pack file."""

    pack: Slug
    version: CalVer
    title: str = ""
    sources: dict[str, SourceSpec] = Field(default_factory=dict)
    exemptions: dict[str, ExemptionSpec] = Field(default_factory=dict)
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
