"""Each validator finds the fault it is named after, and nothing in a clean pack."""

from __future__ import annotations

import inspect

from coopcompliance.packs import lint as lint_module
from coopcompliance.packs.lint import VALIDATORS, lint
from support import LAW, catalog, pack, phrases, rule

CHANGELOG = [{"version": "2026.11.0", "date": "2026-11-22", "change": "首版"}]


def faults(*args: object, **keys: object) -> set[str]:
    return {issue.validator for issue in lint(catalog(*args, **keys))}  # type: ignore[arg-type]


def test_a_clean_pack_has_no_faults() -> None:
    assert faults(pack(phrases("第一"), changelog=CHANGELOG)) == set()


def test_a_source_nobody_cites() -> None:
    assert faults(pack(phrases("第一"), changelog=CHANGELOG, sources={"law": LAW, "idle": LAW})) == {"unused-source"}


def test_a_lexicon_nobody_uses() -> None:
    assert faults(pack(phrases("第一"), changelog=CHANGELOG), words={"idle": ["顶级"]}) == {"unused-lexicon"}


def test_a_lexicon_used_only_inside_a_pattern_counts_as_used() -> None:
    found = rule(detect={"pattern": "{$tops}的米", "hints": ["的米"]})
    assert faults(pack(found, changelog=CHANGELOG), words={"tops": ["顶级"]}) == set()


def test_terms_that_are_one_after_folding() -> None:
    assert faults(pack(phrases("$tops"), changelog=CHANGELOG), words={"tops": ["顶级", "頂級"]}) == {"repeated-term"}


def test_a_phrase_that_stands_in_the_lexicon_beside_it() -> None:
    assert faults(pack(phrases("$tops", "顶级"), changelog=CHANGELOG), words={"tops": ["顶级"]}) == {"shadowed-phrase"}


def test_an_exemption_no_example_proves() -> None:
    exemptions = {"goal": {"near": {"any": ["力争"]}, "because": "目标"}}
    assert faults(pack(phrases("第一", unless=["$goal"]), changelog=CHANGELOG, exemptions=exemptions)) == {
        "unproved-exemption"
    }


def test_a_fix_no_example_shows() -> None:
    assert faults(pack(phrases("第一", fix=""), changelog=CHANGELOG)) == {"unproved-fix"}


def test_a_version_without_a_changelog_entry() -> None:
    assert faults(pack(phrases("第一"))) == {"no-changelog"}


def test_a_rule_older_than_its_law() -> None:
    assert faults(pack(phrases("第一", since="2001-01-01"), changelog=CHANGELOG)) == {"basis-not-in-force"}


def test_every_validator_of_the_module_is_in_the_table() -> None:
    """A validator that nobody calls would find nothing, unnoticed."""
    written = {
        function
        for name, function in vars(lint_module).items()
        if inspect.isgeneratorfunction(function) and not name.startswith("_")
    }
    assert set(VALIDATORS.values()) == written
