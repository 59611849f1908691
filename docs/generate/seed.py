"""The JSON Schema of a seed's TOML, from the models that read it."""

import json
from typing import Any

from docs.generate.declared import file_tables
from docs.generate.words import meaning
from tracker.interchange.documents import Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUBJECTS = ("agreement", "concession", "deadline")


def schema() -> str:
    """Return the schema as a file."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def document() -> dict[str, Any]:
    """Return the schema of the models, with the meaning of each key."""
    made = _without_null(Document.model_json_schema())
    of_models = {model: made["$defs"][model.__name__] for _, model in file_tables()}
    for model, schema in [(Document, made), *of_models.items()]:
        for key, declared in schema["properties"].items():
            declared["description"] = meaning(model, key)
    made["$defs"]["EntryIn"]["oneOf"] = [{"required": [key]} for key in SUBJECTS]
    made["title"] = "An agreement for Truce Tracker"
    return {"$schema": DIALECT, **made}


def _without_null(value: Any) -> Any:
    """Return a schema without null, which TOML does not have, and without useless defaults."""
    if isinstance(value, list):
        return [_without_null(one) for one in value if one != {"type": "null"}]
    if not isinstance(value, dict):
        return value
    kept = {
        key: _without_null(one)
        for key, one in value.items()
        if not (key == "default" and one in (None, []))
    }
    if len(kept.get("anyOf", [])) == 1:
        kept |= kept.pop("anyOf")[0]
    return kept
