"""Why an input refuses a value, in plain words."""

import re
from difflib import get_close_matches
from typing import Any

REASONS = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such key",
    "is_instance_of": "write it as a list",
    "sequence_str": "write it as a list",
    "model_attributes_type": "write it as one table",
    "bool_type": "write true or false, without quotes",
}
WORD = re.compile(r"'([^']+)'")
SLUG = "lower-case letters, digits and hyphens"
HOW = {"slug": SLUG, "key": SLUG, "url": "a whole http:// or https:// address without spaces"}
"""How to write the keys whose values have a pattern."""


def reason_of(error: Any, key: str) -> str:
    """Return why a value was refused, to fit into a sentence."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "enum":
        near = get_close_matches(str(error["input"]).lower(), WORD.findall(context["expected"]), 1)
        meant = f". Did you mean {near[0]!r}?" if near else ""
        return f"{error['input']!r} is not one of {context['expected']}{meant}"
    if kind == "string_pattern_mismatch":
        how = HOW.get(key)
        return f"{error['input']!r} does not have the right form{f'; write {how}' if how else ''}"
    message = str(error["msg"]).removeprefix("Value error, ")
    return REASONS.get(kind, message[:1].lower() + message[1:])
