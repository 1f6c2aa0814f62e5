"""`Catalog`: all packs, lexicons and the plan that were loaded together, checked and cross-referenced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from coopcompliance.detect.likeness import LikenessModel
from coopcompliance.packs.rule_schema import ExemptionSpec, RuleSpec
from coopcompliance.packs.schema import LexiconSpec, OverrideSpec, PackSpec, PlanSpec, SourceSpec
from coopcompliance.text.normalise import normal_forms

DEFAULTS = ("mention", "negated", "question", "ordinary")
"""The exemptions that a rule has without saying so."""


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """One pack file. `dimension` is its folder (laws, platforms, standards; `user` for others)."""

    spec: PackSpec
    file: Path
    digest: str
    dimension: str
    weighed: bool = False
    """Whether it lies beside a likeness model, which was fitted to its rules and may set their hits aside."""


@dataclass(frozen=True, slots=True)
class StandardEntry:
    """One row of the catalogue of standards: status on dates, successor."""

    number: str
    title: str
    status: str
    superseded_by: str
    since: dt.date | None
    until: dt.date | None
    product: str
    verified: bool


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule in its pack, with what users' packs changed in it."""

    pack: LoadedPack
    spec: RuleSpec
    unless: tuple[ExemptionSpec, ...]
    overrides: tuple[OverrideSpec, ...] = ()

    @property
    def id(self) -> str:
        """ "pack/slug"."""
        return f"{self.pack.spec.pack}/{self.spec.id}"

    @property
    def tier(self) -> int:
        tiers = [override.tier for override in self.overrides if override.tier is not None]
        return tiers[-1] if tiers else self.spec.tier

    @property
    def defaults(self) -> tuple[str, ...]:
        """The names of the exemptions that it has without saying so.

        The likeness model judges (`ordinary`) what it was fitted to: not the rules of users, nor what they add to one.
        """
        fitted = self.pack.weighed and not any(override.detect for override in self.overrides)
        names = DEFAULTS if fitted else DEFAULTS[:-1]
        return tuple(name for name in names if name not in self.spec.defaults_off)

    @property
    def off(self) -> bool:
        return any(override.off for override in self.overrides)


@dataclass(frozen=True, slots=True)
class Catalog:
    """What was loaded. Immutable by convention; `rules` is in the order of packs and files."""

    packs: tuple[LoadedPack, ...]
    rules: tuple[RuleEntry, ...]
    sources: dict[str, SourceSpec]
    lexicons: dict[str, tuple[str, ...]]
    """Each lexicon in normal form, with its includes spread out."""
    lexicon_specs: dict[str, LexiconSpec]
    plan: PlanSpec
    standards: dict[str, StandardEntry] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    lexicon_digest: str = ""
    likeness: LikenessModel | None = None

    def rule(self, rule_id: str) -> RuleEntry | None:
        """The rule "pack/slug" (or a bare slug that is unique), following redirects."""
        rule_id = self.redirects.get(rule_id, rule_id)
        found = [rule for rule in self.rules if rule_id in (rule.id, rule.spec.id)]
        return found[0] if len(found) == 1 else next((rule for rule in found if rule.id == rule_id), None)

    def words(self, terms: Iterable[str]) -> tuple[str, ...]:
        """`terms` in normal form, with every `$lexicon` spread out; each once."""
        plain: list[str] = []
        spread: list[str] = []
        for term in terms:
            if term.startswith("$"):
                spread += self.lexicons[term[1:]]
            else:
                plain.append(term)
        return tuple(dict.fromkeys([*(normal_forms(plain) if plain else ()), *spread]))
