"""Why an input refuses a value, in plain words."""

import re
from difflib import get_close_matches
from typing import Any

REASONS = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such key",
    "is_instance_of": "write it as a list",
    "sequence_str": "write it as a list",
    "tuple_type": "write it as a list, in double brackets",
    "too_short": "it is empty",
    "model_attributes_type": "write it as one table",
    "model_type": "write it as one table",
    "dict_type": "write it as one table",
    "string_type": "write it as text, in quotes",
    "bool_type": "write true or false, without quotes",
}
OF_A_TABLE = ("model_attributes_type", "model_type", "dict_type")
"""The mistakes in what must be a table; in a list, every item must be one."""
WORD = re.compile(r"'([^']+)'")
SLUG = "lower-case letters, digits and hyphens"
HOW = {"slug": SLUG, "key": SLUG, "url": "a whole http:// or https:// address without spaces"}
"""How to write the keys whose values have a pattern."""
MEANT = {
    "joint-statement": [("joint-text", "")],
    "limit": [("delivery", " with the bound 'at-most'")],
}
"""What some words mean that spelling would not suggest, and what else to write."""


def reason_of(error: Any, key: str) -> str:
    """Return why a value was refused, to fit into a sentence."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in OF_A_TABLE and isinstance(error["loc"][-1], int):
        kind = "tuple_type"
    if kind == "enum":
        given, words = str(error["input"]).lower(), WORD.findall(context["expected"])
        likely = [(one, "") for one in get_close_matches(given, words, 1)]
        likely = [*MEANT.get(given.replace(" ", "-"), ()), *likely]
        meant = [f". Did you mean '{one}'{more}?" for one, more in likely if one in words]
        return f"{error['input']!r} is not one of {context['expected']}{''.join(meant[:1])}"
    if kind == "string_pattern_mismatch":
        how = f"; write {HOW[key]}" if key in HOW else ""
        if not how and any(mark in error["input"] for mark in "\r\n"):
            return "it must be on one line"
        if control := next((one for one in error["input"] if one < " " or one == "\x7f"), ""):
            what = "a tab" if control == "\t" else "a control character"
            return f"{error['input']!r} contains {what}"
        given = f"{error['input']!r} does not have the right form"
        return f"{given if error['input'].strip() else 'it is empty'}{how}"
    if kind == "string_too_long":
        return f"it is longer than {context['max_length']} characters"
    message = str(error["msg"]).removeprefix("Value error, ")
    return REASONS.get(kind, message[:1].lower() + message[1:])
