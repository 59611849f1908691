"""The JSON Schema of a seed's TOML, from the fields that it has."""

import json
from typing import Any

from docs.generate.fields import FILE_TABLES, file_keys, meaning
from tracker.vocabulary import SUBJECTS


def schema() -> str:
    """Return the schema as a file."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def document() -> dict[str, Any]:
    """Return the schema of a file, with the meaning of each key."""
    tables = {name: _table(name) for name in FILE_TABLES}
    tables["entry"]["oneOf"] = [{"required": [key]} for key in SUBJECTS]
    for owner in ("agreement", "concession"):
        tables[owner]["properties"]["deadline"] = _list("deadline")
    lists = {name: _list(name) for name in ("party", "source", "concession", "entry")}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An agreement for Truce Tracker",
        **_object({"agreement": _list("agreement")["items"], **lists}, ["agreement"]),
        "$defs": tables,
    }


def _table(name: str) -> dict[str, Any]:
    properties = {
        key.name: {**field.form.schema, "description": meaning(key.kind, key.name)}
        for key, field in file_keys(name)
    }
    return _object(properties, [key.name for key, field in file_keys(name) if field.needed])


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": required,
    }


def _list(name: str) -> dict[str, Any]:
    described = {"$ref": f"#/$defs/{name}", "description": str(FILE_TABLES[name].__doc__)}
    return {"type": "array", "items": described, "description": described["description"]}
