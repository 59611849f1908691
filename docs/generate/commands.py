"""The commands, from the methods of the book that they are."""

from collections.abc import Iterable, Iterator
from typing import Any

from docs.generate import markdown
from docs.generate.markdown import code, table
from tracker.book import Book
from tracker.cli.build import Declared, declared, program

VERSION = ("`--version`", "Show the version.", "")


def page() -> str:
    """Return the page."""
    before = "Options of the program itself come before the command: `tracker --db truce.db week`."
    options = table(HEADS, [*map(_described, declared(Book.__init__)), VERSION])
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
    parameters = [*command.own, *command.forms]
    places = [one.option.metavar for one in parameters if not one.option.names]
    form = [words, *places, *(["[OPTIONS]"] if len(places) < len(parameters) else [])]
    return (
        f"## {words}",
        command.help.strip(),
        f"Example: {code(command.example)}",
        f"    tracker {' '.join(form)}",
        table(("argument or option", *HEADS[1:]), map(_described, parameters)),
    )


def _described(one: Declared) -> tuple[str, str, str]:
    default = "" if one.default in (None, False) else code(str(one.default))
    return _written(one), one.option.about.replace("  ", " "), default


def _written(one: Declared) -> str:
    """Return how an argument or an option is written."""
    option = one.option
    if not option.names:
        return code(option.metavar)
    names = ", ".join(option.names).replace("/", ", ")
    needed = " (needed)" if one.needed else ""
    return code(f"{names} {option.metavar}".strip()) + needed
