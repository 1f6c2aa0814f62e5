"""Check references between pack files: lexicons, sources, exemptions, ids, patterns; then build the Catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import regex

from coopcompliance.detect.likeness import LikenessModel
from coopcompliance.errors import PackIssue
from coopcompliance.judge.context import CONTEXT_LEXICONS
from coopcompliance.packs import yamlio
from coopcompliance.packs.catalog import Catalog, LoadedPack, RuleEntry, StandardEntry
from coopcompliance.packs.rule_schema import CheckSpec, CompareSpec, DetectSpec, ExemptionSpec, RuleSpec
from coopcompliance.packs.schema import LexiconSpec, OverrideSpec, PackSpec, PlanSpec, SourceSpec
from coopcompliance.packs.syntax import compile_pattern, group_names, lexicons_in
from coopcompliance.text.normalise import normal_form, normal_forms

Lexicons = Mapping[str, tuple[str, ...]]


class Linker:
    """Links what was read. `issues` collects every problem; `link` gives None where no catalog can be built."""

    def __init__(
        self,
        packs: list[tuple[LoadedPack, yamlio.Located]],
        lexicons: dict[str, tuple[LexiconSpec, yamlio.Located]],
        plan: PlanSpec | None,
        standards: dict[str, StandardEntry],
        lexicon_digest: str,
        likeness: LikenessModel | None,
        *,
        trusted: Path | None = None,
        older: bool = False,
    ) -> None:
        self.issues: list[PackIssue] = []
        self.packs = packs
        self.lexicons = lexicons
        self.plan = plan
        self.standards = standards
        self.lexicon_digest = lexicon_digest
        self.likeness = likeness
        self.trusted = trusted
        self.older = older

    def link(self) -> Catalog | None:
        lexicons = {name: normal_forms(dict.fromkeys(self._spread(name, ()))) for name in self.lexicons}
        sources = self._sources()
        self._same_ids()
        rules: list[RuleEntry] = []
        for pack, located in self.packs:
            for index, rule in enumerate(pack.spec.rules):
                path: yamlio.LocPath = ("rules", index)
                unless = self._unless(pack.spec, rule, located, path)
                self._check_rule(rule, unless, located, path, lexicons, set(sources))
                rules.append(RuleEntry(pack, rule, unless))
        rules = self._override(rules, lexicons, set(sources))
        if self.plan is None:
            self.issues.append(PackIssue(Path("rules/response"), 0, "no response plan was loaded", "a `plan:` file"))
            return None
        for name in CONTEXT_LEXICONS:
            if name not in lexicons and not self.older:
                problem = f"the lexicon {name!r} is missing: every rule's negation, mention and question checks need it"
                self.issues.append(PackIssue(Path("rules/lexicons/context.yaml"), 0, problem, "a list of words"))
        for name in self.likeness.lexicons if self.likeness is not None else ():
            if name not in lexicons and not self.older:
                problem = f"the likeness model weighs the word list {name!r}, which no file has"
                self.issues.append(PackIssue(Path("rules/likeness.json"), 0, problem, "a model fitted to these lists"))
        for index, escalation in enumerate(self.plan.escalations):
            for term in escalation.audience:
                if term.startswith("$") and term[1:] not in lexicons:
                    problem = f"escalations.{index}: unknown lexicon {term}"
                    self.issues.append(PackIssue(Path("rules/response"), 0, problem, "a lexicon of rules/lexicons"))
        return Catalog(
            packs=tuple(pack for pack, _ in self.packs),
            rules=tuple(rules),
            sources=sources,
            lexicons=lexicons,
            lexicon_specs={name: spec for name, (spec, _) in self.lexicons.items()},
            plan=self.plan,
            standards=self.standards,
            redirects=_redirects(rules),
            lexicon_digest=self.lexicon_digest,
            likeness=self.likeness,
        )

    def _spread(self, name: str, parents: tuple[str, ...]) -> Iterator[str]:
        spec, located = self.lexicons[name]
        if name in parents:
            self.issues.append(located.issue(("words", name), f"lexicon {name!r} includes itself", "no circle"))
            return
        for term in (*spec.terms, *spec.includes):
            if not term.startswith("$"):
                yield term
            elif term[1:] in self.lexicons:
                yield from self._spread(term[1:], (*parents, name))
            else:
                self.issues.append(
                    located.issue(("words", name), f"unknown lexicon {term}", "a name of rules/lexicons")
                )

    def _sources(self) -> dict[str, SourceSpec]:
        sources: dict[str, SourceSpec] = {}
        for pack, located in self.packs:
            for name, source in pack.spec.sources.items():
                if name in sources:
                    self.issues.append(
                        located.issue(("sources", name), f"the source id {name!r} is used twice", "one id once")
                    )
                sources[name] = source
        for pack, located in self.packs:
            for name, source in pack.spec.sources.items():
                if source.superseded_by and source.superseded_by not in sources:
                    path = ("sources", name, "superseded_by")
                    self.issues.append(located.issue(path, f"unknown source {source.superseded_by!r}", "a source id"))
        return sources

    def _same_ids(self) -> None:
        packs: dict[str, Path] = {}
        for pack, located in self.packs:
            name = pack.spec.pack
            if name in packs:
                self.issues.append(
                    located.issue(("pack",), f"the pack id {name!r} is also in {packs[name]}", "one id once")
                )
            packs[name] = pack.file
            ids: set[str] = set()
            for index, rule in enumerate(pack.spec.rules):
                for slug in (rule.id, *rule.redirects):
                    if slug in ids:
                        path = ("rules", index, "id")
                        self.issues.append(
                            located.issue(path, f"the rule id {slug!r} is used twice", "ids are never reused")
                        )
                    ids.add(slug)

    def _unless(
        self, pack: PackSpec, rule: RuleSpec, located: yamlio.Located, path: yamlio.LocPath
    ) -> tuple[ExemptionSpec, ...]:
        found: list[ExemptionSpec] = []
        for index, item in enumerate(rule.unless):
            if isinstance(item, ExemptionSpec):
                found.append(item)
            elif item.startswith("$") and item[1:] in pack.exemptions:
                found.append(pack.exemptions[item[1:]])
            else:
                known = ", ".join(f"${name}" for name in pack.exemptions) or "none in this pack"
                self.issues.append(located.issue((*path, "unless", index), f"unknown exemption {item!r}", known))
        ids = [exemption.id for exemption in found]
        for slug in {slug for slug in ids if ids.count(slug) > 1}:
            self.issues.append(
                located.issue((*path, "unless"), f"the exemption id {slug!r} stands twice", "one id once")
            )
        return tuple(found)

    def _check_rule(
        self,
        rule: RuleSpec,
        unless: tuple[ExemptionSpec, ...],
        located: yamlio.Located,
        path: yamlio.LocPath,
        lexicons: Lexicons,
        sources: set[str],
    ) -> None:
        for index, basis in enumerate(rule.basis):
            if basis.source not in sources:
                self.issues.append(
                    located.issue((*path, "basis", index), f"unknown source {basis.source!r}", "a source id")
                )
        for index, detect in enumerate(rule.detect):
            here = (
                (*path, "detect", index)
                if isinstance(_at(located.data, (*path, "detect")), list)
                else (*path, "detect")
            )
            self._check_detect(detect, located, here, lexicons)
        self._check_unless(unless, located, (*path, "unless"), lexicons, sources)
        if rule.fix is not None:
            self._check_pattern(rule.fix.pattern, located, (*path, "fix"), lexicons)
        for index, example in enumerate(rule.examples.flag):
            if "[[" not in example.text or example.text.count("[[") != example.text.count("]]"):
                here = (*path, "examples", "flag", index)
                self.issues.append(located.issue(here, "no [[span]] is marked", "the exact passage in [[ ]]"))

    def _check_unless(
        self,
        unless: Iterable[ExemptionSpec],
        located: yamlio.Located,
        here: yamlio.LocPath,
        lexicons: Lexicons,
        sources: set[str],
    ) -> None:
        for exemption in unless:
            if exemption.basis and exemption.basis.source not in sources:
                problem = f"exemption {exemption.id}: unknown source {exemption.basis.source!r}"
                self.issues.append(located.issue(here, problem, "a source id"))
            for part in (exemption.inside, exemption.near, exemption.negated):
                if part is not None:
                    self._check_terms(part.any, located, here, lexicons)
                    self._check_pattern(getattr(part, "pattern", None), located, here, lexicons)

    def _check_detect(
        self, detect: DetectSpec, located: yamlio.Located, path: yamlio.LocPath, lexicons: Lexicons
    ) -> None:
        for terms in (detect.phrases, *(detect.combine or ()), detect.repeat, detect.without, detect.hints):
            self._check_terms(terms or (), located, path, lexicons)
        groups = self._check_pattern(detect.pattern, located, path, lexicons)
        if groups is not None:
            needs: tuple[CompareSpec | CheckSpec, ...] = (*detect.compare, *detect.check)
            for need in needs:
                if need.group not in groups:
                    self.issues.append(
                        located.issue(path, f"the pattern has no group {need.group!r}", f"{sorted(groups)}")
                    )
        known = self.likeness.labels if self.likeness is not None else {}
        if detect.resembles is not None and detect.resembles.value not in known and not self.older:
            problem = f"no likeness model knows {detect.resembles.value!r}"
            self.issues.append(located.issue(path, problem, f"one of {', '.join(known) or 'nothing: no model'}"))
        if detect.missing is not None:
            self._check_detect(detect.missing.claim, located, path, lexicons)
            self._check_terms(detect.missing.companion, located, path, lexicons)
            self._check_pattern(detect.missing.pattern, located, path, lexicons)

    def _check_terms(
        self, terms: Iterable[str], located: yamlio.Located, path: yamlio.LocPath, lexicons: Lexicons
    ) -> None:
        for term in terms:
            if term.startswith("$") and term[1:] not in lexicons:
                self.issues.append(located.issue(path, f"unknown lexicon {term}", "a lexicon of rules/lexicons"))
            elif not any(map(str.isalnum, term)) and not normal_form(term):
                problem = f"the term {term!r} reads as nothing: it could never be found"
                self.issues.append(located.issue(path, problem, "words, or a sign listed in data/confusables.yaml"))

    def _check_pattern(
        self, source: str | None, located: yamlio.Located, path: yamlio.LocPath, lexicons: Lexicons
    ) -> set[str] | None:
        if source is None:
            return None
        problems = [f"unknown lexicon ${name}" for name in lexicons_in(source) if name not in lexicons]
        if not problems and not self._trusted(located.file):
            try:
                compile_pattern(source, lexicons).compiled()
            except (regex.error, ValueError) as error:
                problems = [str(error)]
        for problem in problems:
            expected = "a regular expression of the `regex` package"
            self.issues.append(located.issue(path, f"pattern {source!r}: {problem}", expected))
        return None if problems else group_names(source)

    def _trusted(self, file: Path) -> bool:
        """Whether the patterns of `file` are known to compile: compiling all of the built-in ones costs seconds."""
        return self.trusted is not None and file.is_relative_to(self.trusted)

    def _override(self, rules: list[RuleEntry], lexicons: Lexicons, sources: set[str]) -> list[RuleEntry]:
        changed = {rule.id: rule for rule in rules}
        redirects = _redirects(rules)
        for pack, located in self.packs:
            for index, override in enumerate(pack.spec.overrides):
                path: yamlio.LocPath = ("overrides", index)
                rule = changed.get(redirects.get(override.rule, override.rule))
                if rule is None:
                    self.issues.append(
                        located.issue(path, f"unknown rule {override.rule!r}", "pack/slug of a loaded rule")
                    )
                    continue
                for detect in override.detect:
                    self._check_detect(detect, located, path, lexicons)
                self._check_unless(override.unless, located, path, lexicons, sources)
                changed[rule.id] = _apply(rule, override)
        return list(changed.values())


def _redirects(rules: Iterable[RuleEntry]) -> dict[str, str]:
    """Each former "pack/slug" with the present one."""
    return {f"{rule.pack.spec.pack}/{old}": rule.id for rule in rules for old in rule.spec.redirects}


def _apply(rule: RuleEntry, override: OverrideSpec) -> RuleEntry:
    spec = rule.spec.model_copy(update={"detect": (*rule.spec.detect, *override.detect)})
    return RuleEntry(rule.pack, spec, (*rule.unless, *override.unless), (*rule.overrides, override))


def _at(data: Any, path: yamlio.LocPath) -> Any:
    for part in path:
        data = data[part]
    return data
