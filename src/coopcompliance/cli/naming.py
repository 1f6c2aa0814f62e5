"""Rules by the names that people give them, on the command line and in the configuration."""

from __future__ import annotations

import difflib

from coopcompliance.errors import UsageError
from coopcompliance.packs.catalog import Catalog, RuleEntry


def find_rule(catalog: Catalog, name: str) -> RuleEntry:
    """The rule "pack/slug", or the one with this slug; old names lead to the renamed rule.

    Raises:
        UsageError: there is none, or several have the slug; close matches are named.
    """
    rule = catalog.rule(name)
    if rule is None:
        raise UsageError(_unknown(catalog, name))
    return rule


def _unknown(catalog: Catalog, name: str) -> str:
    same = [rule.id for rule in catalog.rules if rule.spec.id == name]
    if same:
        return f"叫 {name!r} 的规则不止一条，请写全：{'、'.join(same)}"
    by_slug = {rule.spec.id: rule.id for rule in catalog.rules}
    close = difflib.get_close_matches(name, [*by_slug, *by_slug.values()], 5, 0.5)
    ids = dict.fromkeys(by_slug.get(item, item) for item in close)
    hint = f"；相近的有：{'、'.join(ids)}" if ids else "；用 packs show 看各规则包的规则"
    return f"没有叫 {name!r} 的规则（unknown rule）{hint}"
