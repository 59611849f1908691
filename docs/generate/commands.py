"""The commands, from the program itself."""

from collections.abc import Iterator
from typing import Any

from docs.generate import markdown
from docs.generate.markdown import code, table
from tracker.cli.application import program


def page() -> str:
    """Return the page."""
    root: Any = program()
    own = [one for one in root.params if one.help and not one.name.endswith("completion")]
    before = "Options of the program itself come before the command: `tracker --db truce.db week`."
    parts = [part for name, command in root.commands.items() for part in _described(name, command)]
    return markdown.page("Commands", before, _table("option", own), *parts)


def _described(name: str, command: Any) -> Iterator[str]:
    """Yield the parts that describe one command, or each in a group."""
    if hasattr(command, "commands"):
        for word, inner in command.commands.items():
            yield from _described(f"{name} {word}", inner)
        return
    about, _, example = command.help.partition("Example: ")
    words = [name, *(one.metavar for one in command.params if one.param_type_name == "argument")]
    words += ["[OPTIONS]"] if len(words) <= len(command.params) else []
    yield f"## {name}"
    yield about.strip()
    yield f"Example: {code(example.strip())}" if example else ""
    yield f"    tracker {' '.join(words)}"
    yield _table("argument or option", command.params)


def _table(head: str, parameters: list[Any]) -> str:
    rows = []
    for one in parameters:
        default = "" if one.default in (None, False) or one.required else code(str(one.default))
        rows.append((_written(one), str(one.help or "").replace("  ", " "), default))
    return table((head, "meaning", "default"), rows)


def _written(parameter: Any) -> str:
    """Return how an argument or an option is written."""
    if parameter.param_type_name == "argument":
        return code(parameter.metavar)
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    needed = " (needed)" if parameter.required else ""
    return code(names if parameter.is_flag else f"{names} {parameter.metavar}") + needed
