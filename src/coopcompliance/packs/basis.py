"""Which of a rule's bases hold for a date, a form and a platform: what a finding cites and a checklist lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from coopcompliance.model import Form, Platform
from coopcompliance.packs.rule_schema import BasisSpec
from coopcompliance.packs.schema import SourceSpec


def in_force(
    specs: Iterable[BasisSpec],
    sources: Mapping[str, SourceSpec],
    day: dt.date,
    form: Form | None,
    platform: Platform | None,
) -> Iterator[BasisSpec]:
    """The bases in force on `day`, in their order; an open form or platform leaves out what is for one alone."""
    for spec in specs:
        source = sources[spec.source]
        since = max(spec.since or source.since, source.since)
        until = min(spec.until or dt.date.max, source.until or dt.date.max)
        if (
            since <= day <= until
            and (not spec.forms or form in spec.forms)
            and form not in spec.not_forms
            and (not spec.platforms or platform in spec.platforms)
        ):
            yield spec


__all__ = ["in_force"]
