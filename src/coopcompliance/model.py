"""Every noun of the domain that results are made of.

All models are frozen pydantic models: immutable, JSON-stable and picklable. Offsets are code points of the text as
given, half-open [start, end); lines and columns are 1-based and lines end at "\\n" alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from coopcompliance.kinds import (
    CATEGORY_TITLES,
    TIER_TITLES,
    Category,
    EvidenceKind,
    Form,
    Platform,
    Product,
    Stage,
    Tier,
    Verdict,
)

SCHEMA_VERSION = "1.0"


def _one_of(kind: type[StrEnum]) -> BeforeValidator:
    """Refuse unknown values with the list of known ones, in one readable line."""

    def check(value: object) -> object:
        if isinstance(value, str) and value not in kind._value2member_map_:
            raise ValueError(f"未知的 {kind.__name__.lower()} {value!r}; known: {', '.join(kind)}")
        return value

    return BeforeValidator(check)


class Model(BaseModel):
    """Base of everything that crosses the border: frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Model):
    """What the cooperative can prove. Without `products` it holds for all of them."""

    kind: Annotated[EvidenceKind, _one_of(EvidenceKind)]
    number: str | None = None
    products: tuple[Annotated[Product, _one_of(Product)], ...] = ()
    issued: dt.date | None = None
    valid_until: dt.date | None = None

    if TYPE_CHECKING:
        # pydantic takes the plain values too; without its mypy plugin a checker would refuse them.
        def __init__(
            self,
            *,
            kind: EvidenceKind | str,
            number: str | None = None,
            products: Iterable[Product | str] = (),
            issued: dt.date | str | None = None,
            valid_until: dt.date | str | None = None,
        ) -> None: ...

    def valid_on(self, day: dt.date) -> bool:
        """Whether the evidence has been issued and has not run out on `day` (its last day included)."""
        return (self.issued is None or self.issued <= day) and (self.valid_until is None or day <= self.valid_until)

    def covers(self, products: tuple[Product, ...]) -> bool:
        """Whether it was given for one of `products`; evidence or copy without products is not narrowed."""
        return not self.products or not products or bool(set(self.products) & set(products))


class Placement(Model):
    """Where and when the copy runs. Empty `products`: they are recognised in the text."""

    platform: Annotated[Platform, _one_of(Platform)] | None = None
    form: Annotated[Form, _one_of(Form)] | None = None
    products: tuple[Annotated[Product, _one_of(Product)], ...] = ()
    stage: Annotated[Stage, _one_of(Stage)] = Stage.DRAFT

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            platform: Platform | str | None = None,
            form: Form | str | None = None,
            products: Iterable[Product | str] = (),
            stage: Stage | str = Stage.DRAFT,
        ) -> None: ...


class BasisRef(Model):
    """A source and the article that a finding rests on."""

    source: str
    title: str
    article: str
    penalty: str | None = None
    verified: bool = True


class Step(Model):
    """One check that led to a verdict, and what it looked at."""

    check: str
    outcome: str
    looked_at: str = ""


class ExemptionRef(Model):
    """Which exemption let a hit pass, why, and on what basis."""

    id: str
    because: str
    basis: BasisRef | None = None


class Fix(Model):
    """A rewrite that is always safe: the given text[start:end] becomes `text`."""

    start: int
    end: int
    text: str


class Finding(Model):
    """A hit with its verdict. `text` equals the given text[start:end]."""

    rule: str
    title: str
    category: Category
    tier: int
    verdict: Verdict
    status: Literal["stable", "experimental"] = "stable"
    start: int
    end: int
    line: int
    column: int
    text: str
    message: str
    basis: tuple[BasisRef, ...]
    advice: str
    rewrite: str | None = None
    fix: Fix | None = None
    clears: tuple[EvidenceKind, ...] = ()
    exemption: ExemptionRef | None = None
    trace: tuple[Step, ...] = ()
    fingerprint: str
    effective: dt.date | None = None
    reason: str | None = None
    timecode: str | None = None


class PackRef(Model):
    id: str
    version: str
    digest: str


class DocumentRef(Model):
    """`length` in code points. `encoding` where the text was read from bytes."""

    name: str
    length: int
    encoding: str | None = None
    digest: str = ""


class Escalation(Model):
    """Why the overall tier is higher than the gravest finding."""

    id: str
    because: str
    raised_from: int
    raised_to: int


class PlanAction(Model):
    """What has to be done for the findings of one tier at this stage, by whom and by when."""

    tier: int
    title: str
    owner: str
    deadline: str
    actions: tuple[str, ...]
    signatures: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class Plan(Model):
    """The response: the overall tier's action leads; those of lower tiers follow."""

    id: str
    version: str
    stage: Stage
    actions: tuple[PlanAction, ...] = ()


class Report(Model):
    """The record of one check; together with the packs' digests it can be reproduced.

    `digest` says in one line whether a run was repeated: see `coopcompliance.digest`.
    """

    schema_version: str = SCHEMA_VERSION
    document: DocumentRef
    placement: Placement
    as_of: dt.date
    packs: tuple[PackRef, ...]
    tier: int
    escalations: tuple[Escalation, ...] = ()
    findings: tuple[Finding, ...] = ()
    exempted: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    plan: Plan
    notices: tuple[str, ...] = Field(default=(), description="timeouts and other limits met while judging")
    digest: str = Field(
        default="",
        description="SHA-256 over the text's digest, placement, date, packs and the findings' fingerprints, verdicts "
        "and tiers: equal for runs that said the same of the same text by the same rules",
    )


__all__ = [
    "CATEGORY_TITLES",
    "SCHEMA_VERSION",
    "TIER_TITLES",
    "BasisRef",
    "Category",
    "DocumentRef",
    "Escalation",
    "Evidence",
    "EvidenceKind",
    "ExemptionRef",
    "Finding",
    "Fix",
    "Form",
    "Model",
    "PackRef",
    "Placement",
    "Plan",
    "PlanAction",
    "Platform",
    "Product",
    "Report",
    "Stage",
    "Step",
    "Tier",
    "Verdict",
]
