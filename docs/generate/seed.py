"""The JSON Schema of a seed's TOML, from the models that read it."""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from docs.generate.fields import file_tables, meaning
from tracker.interchange.documents import Document


class _Toml(GenerateJsonSchema):
    """A schema without null, which TOML does not have, and without defaults."""

    def nullable_schema(self, schema: Any) -> Any:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> Any:
        return self.generate_inner(schema["schema"])


def schema() -> str:
    """Return the schema as a file."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def document() -> dict[str, Any]:
    """Return the schema of the models, with the meaning of each key."""
    made = Document.model_json_schema(schema_generator=_Toml)
    models = {model: made["$defs"][model.__name__] for _, model in file_tables()}
    for model, schema in [(Document, made), *models.items()]:
        for key, declared in schema["properties"].items():
            declared["description"] = meaning(model, key)
    subjects = ("agreement", "concession", "deadline")
    made["$defs"]["EntryIn"]["oneOf"] = [{"required": [key]} for key in subjects]
    made["title"] = "An agreement for Truce Tracker"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
