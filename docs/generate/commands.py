"""The commands, from the methods of the book that they are."""

from collections.abc import Iterable, Iterator
from typing import Any

from docs.generate import markdown
from docs.generate.markdown import code, table
from tracker.cli.build import program


def page() -> str:
    """Return the page."""
    before = "Options of the program itself come before the command: `tracker --db truce.db week`."
    options = table(HEADS, map(_described, program().params))
    parts = [part for words, command in _commands(program()) for part in _section(words, command)]
    return markdown.page("Commands", before, options, *parts)


HEADS = ("option", "meaning", "default")


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each command with its words, also those of groups."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{name} ")
        else:
            yield f"{before}{name}", command


def _section(words: str, command: Any) -> Iterable[str]:
    """Return what the page says about a command."""
    given = command.get_params(command.context_class(command))
    given = [one for one in given if one.name != "help"]
    places = [one.metavar for one in given if one.param_type_name == "argument"]
    form = [words, *places, *(["[OPTIONS]"] if len(places) < len(given) else [])]
    return (
        f"## {words}",
        command.help.strip(),
        f"Example: {code(command.example)}",
        f"    tracker {' '.join(form)}",
        table(("argument or option", *HEADS[1:]), map(_described, given)),
    )


def _described(one: Any) -> tuple[str, str, str]:
    default = "" if one.default in (None, False) else code(str(one.default))
    return _written(one), one.help.replace("  ", " "), default


def _written(one: Any) -> str:
    """Return how an argument or an option is written."""
    if one.param_type_name == "argument":
        return code(one.metavar)
    names = ", ".join([*one.opts, *one.secondary_opts])
    needed = " (needed)" if one.required else ""
    return code(f"{names} {one.metavar or ''}".strip()) + needed
