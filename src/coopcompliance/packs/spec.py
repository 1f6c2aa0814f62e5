"""What every shape of a pack file is made of: names, versions, word lists, and the strict base model."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from coopcompliance.model import Category

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
