"""JSON Schemas of the pack, lexicon and plan files and of the report: `python -m coopcompliance.schemas` rewrites them.

Generated from the models, so that they never say something else. What the models take beside their own shape (a string
for a word list, a mapping for a list of one, an exemption named by its key) is added here: editors check the files
as their authors write them.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from coopcompliance.model import SCHEMA_VERSION, Report
from coopcompliance.packs.schema import LexiconFileSpec, PackSpec, PlanSpec
from coopcompliance.packs.spec import CALVER, SLUG

Schema = dict[str, Any]

FOLDER = Path(__file__).parent / "schemas"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, type[BaseModel]] = {"pack": PackSpec, "lexicons": LexiconFileSpec, "plan": PlanSpec}

_STRING: Schema = {"type": "string", "minLength": 1}
_WORD: Schema = {"anyOf": [_STRING, {"type": "number"}]}
# What a definition takes instead of its own mapping.
_SHORT_FORMS: dict[str, list[Schema]] = {
    # The category `false` without quotes, which YAML reads as a boolean.
    "Category": [{"const": False}],
    "ExampleSpec": [_STRING],
    "FixSpec": [{"type": "string"}],
    "InsideSpec": [_STRING, {"type": "array", "items": _WORD}],
    "NegatedSpec": [{"const": True}],
}


def schemas() -> dict[str, Schema]:
    """Each schema by its name: `pack`, `lexicons`, `plan`, `report`."""
    made = {name: _file_schema(name, model) for name, model in _FILES.items()}
    report = Report.model_json_schema(mode="serialization")
    made["report"] = {"$schema": _DIALECT, "$id": f"coopcompliance:report:{SCHEMA_VERSION}", **report}
    return made


def rendered(schema: Schema) -> str:
    """The text of a schema's file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def schema_file(name: str) -> Path:
    return FOLDER / f"{name}.schema.json"


def write_schemas() -> list[Path]:
    """Write every schema to its file; returns the files."""
    FOLDER.mkdir(exist_ok=True)
    files = []
    for name, schema in schemas().items():
        file = schema_file(name)
        file.write_text(rendered(schema), "utf-8", newline="\n")
        files.append(file)
    return files


def _file_schema(name: str, model: type[BaseModel]) -> Schema:
    schema = model.model_json_schema(by_alias=True)
    for definition in (schema, *schema.get("$defs", {}).values()):
        for key, value in definition.get("properties", {}).items():
            definition["properties"][key] = _as_written(key, value)
    definitions = schema.get("$defs", {})
    if "ExemptionSpec" in definitions:
        _name_by_key(schema, definitions)
    for short, forms in _SHORT_FORMS.items():
        if short in definitions:
            definitions[short] = {"anyOf": [*forms, definitions[short]]}
    return {"$schema": _DIALECT, "$id": f"coopcompliance:{name}", **schema}


def _as_written(key: str, value: Schema) -> Schema:
    """A property as it may stand in a file."""
    if key == "version":
        return {**value, "pattern": _anchored(CALVER.pattern)}
    if key in {"id", "pack", "lexicons", "plan"} and value.get("type") == "string":
        return {**value, "pattern": _anchored(SLUG.pattern)}
    if key == "detect":
        return {"anyOf": [value["items"], {k: v for k, v in value.items() if k != "default"}], **_default(value)}
    return _words(value)


def _words(value: Schema) -> Schema:
    """Wherever a list of words may stand, one string that is split at white space may too; words may be numbers."""
    if value.get("type") == "array" and value.get("items") == _STRING and "minItems" not in value:
        rest = {k: v for k, v in value.items() if k not in {"type", "items", "default"}}
        return {"anyOf": [_STRING, {"type": "array", "items": _WORD}], **rest, **_default(value)}
    if value.get("type") == "array" and isinstance(value.get("items"), dict):
        return {**value, "items": _words(value["items"])}
    if "anyOf" in value:
        return {**value, "anyOf": [_words(item) for item in value["anyOf"]]}
    return value


def _default(value: Schema) -> Schema:
    return {"default": value["default"]} if "default" in value else {}


def _name_by_key(schema: Schema, definitions: Schema) -> None:
    """A pack's shared exemptions have their key for their id."""
    named = deepcopy(definitions["ExemptionSpec"])
    named["title"] = "NamedExemptionSpec"
    named["required"] = [key for key in named["required"] if key != "id"]
    definitions["NamedExemptionSpec"] = named
    shared = schema.get("properties", {}).get("exemptions")
    if shared is not None:
        shared["additionalProperties"] = {"$ref": "#/$defs/NamedExemptionSpec"}


def _anchored(pattern: str) -> str:
    """A Python pattern for `match`, as JSON Schema's search wants it."""
    return "^" + pattern.removesuffix(r"\Z") + "$"


if __name__ == "__main__":
    for written in write_schemas():
        print(written)
