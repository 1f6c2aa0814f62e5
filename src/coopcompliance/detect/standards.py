"""The status of a standard number cited in copy, on a day, from `catalogue.tsv`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from coopcompliance.packs.catalog import StandardEntry

_NUMBER = re.compile(r"([A-Z]+(?:/[A-Z0-9]+)*)([\d.]+)(?:-(\d{2,4}))?")


def standard_key(number: str) -> str:
    """The form in which numbers are compared: "gb/t 18672—2014" and "GB/T18672-2014" are one."""
    return re.sub(r"[—–－‐-]+", "-", re.sub(r"\s", "", number.upper().replace("／", "/"))).rstrip(".-")


def editions(number: str, catalogue: Mapping[str, StandardEntry]) -> list[StandardEntry]:
    """Every known edition of the standard that `number` (with or without a year) names."""
    match = _NUMBER.fullmatch(standard_key(number))
    if not match:
        return []
    stem = match.group(1) + match.group(2)
    found = []
    for key, entry in catalogue.items():
        other = _NUMBER.fullmatch(standard_key(key))
        if other and other.group(1) + other.group(2) == stem:
            found.append(entry)
    return found


def is_stale(entry: StandardEntry, day: dt.date) -> bool:
    """Superseded or abolished on `day`. Without a known last day the catalogue's status decides."""
    if entry.until is not None:
        return entry.until < day
    return entry.status in {"superseded", "abolished"}


def standard_status(number: str, day: dt.date, catalogue: Mapping[str, StandardEntry]) -> str:
    """`valid`, `stale`, `invalid` (no such edition) or `unknown` (not in the catalogue).

    A number without its year is stale only when every known edition is. An edition that has been issued but is not
    yet in force counts as valid: early adoption is allowed.
    """
    known = editions(number, catalogue)
    if not known:
        return "unknown"
    match = _NUMBER.fullmatch(standard_key(number))
    year = match.group(3) if match else None
    if year is None:
        return "stale" if all(is_stale(entry, day) for entry in known) else "valid"
    for entry in known:
        if standard_key(entry.number) == standard_key(number):
            return "stale" if is_stale(entry, day) else "valid"
    years = [
        int(found.group(3))
        for entry in known
        if (found := _NUMBER.fullmatch(standard_key(entry.number))) and found.group(3)
    ]
    if int(year) > day.year:
        return "invalid"
    return "unknown" if not years or int(year) > max(years) else "invalid"


def successor(number: str, catalogue: Mapping[str, StandardEntry]) -> str | None:
    """What replaced the edition `number`, where the catalogue says so."""
    named = [entry for entry in editions(number, catalogue) if standard_key(entry.number) == standard_key(number)]
    candidates = named or editions(number, catalogue)
    return next((entry.superseded_by for entry in candidates if entry.superseded_by), None)
