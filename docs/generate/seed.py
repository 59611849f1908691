"""The JSON Schema of a seed's TOML, from the models that read it."""

import json
from typing import Any

from docs.generate.meanings import meaning
from tracker.interchange.documents import Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUBJECTS = ("agreement", "concession", "deadline")


def schema() -> str:
    """Return the schema as a file."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def document() -> dict[str, Any]:
    """Return the schema: what the models say, with the meaning of each key."""
    made = _without_null(Document.model_json_schema())
    for name, model in made["$defs"].items():
        for key, declared in model.get("properties", {}).items():
            many = key == "deadline" and declared.get("type") == "array"
            declared["description"] = _sentence(meaning("deadlines" if many else key))
        if name == "EntryIn":
            model["oneOf"] = [{"required": [key]} for key in SUBJECTS]
    for key, declared in made["properties"].items():
        declared["description"] = _sentence(WHOLE[key])
    made["title"] = "An agreement for Truce Tracker"
    return {"$schema": DIALECT, **made}


WHOLE = {
    "agreement": "the bargain; one a file",
    "party": "who gives and who receives, [[party]]",
    "source": "where facts stand, [[source]]",
    "concession": "what was promised, [[concession]]",
    "entry": "what has happened so far, [[entry]]",
}


def _without_null(value: Any) -> Any:
    """Return a schema without null, which TOML cannot say, and without idle defaults."""
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


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
