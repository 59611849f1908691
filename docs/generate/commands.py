"""The commands, from the methods of the book that they are."""

from collections.abc import Iterable, Iterator
from typing import Any

from typer.main import get_command

from docs.generate import markdown
from docs.generate.markdown import code, table
from tracker.cli.build import app


def page() -> str:
    """Return the page."""
    before = "Options of the program itself come before the command: `tracker --db truce.db week`."
    program: Any = get_command(app())
    options = table(HEADS, map(_described, program.params))
    parts = [part for words, command in _commands(program) for part in _section(words, command)]
    return markdown.page("Commands", before, options, *parts)


HEADS = ("option", "meaning", "default")


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each command with its words, also those of groups."""
    for name in group.list_commands(None):
        command = group.commands[name]
        if hasattr(command, "commands"):
            yield from _commands(command, f"{name} ")
        else:
            yield f"{before}{name}", command


def _section(words: str, command: Any) -> Iterable[str]:
    """Return what the page says about a command."""
    described = map(_described, command.params, command.accepted)
    places = [param.metavar for param in command.accepted if not param.names]
    form = [words, *places, *(["[OPTIONS]"] if len(places) < len(command.accepted) else [])]
    return (
        f"## {words}",
        command.help.strip(),
        f"Example: {code(command.epilog)}",
        f"    tracker {' '.join(form)}",
        table(("argument or option", *HEADS[1:]), described),
    )


def _described(param: Any, own: Any = None) -> tuple[str, str, str]:
    default = own.default if own and isinstance(own.default, str | int) else None
    return _written(param), param.help.replace("  ", " "), code(str(default)) if default else ""


def _written(param: Any) -> str:
    """Return how an argument or an option is written."""
    if param.param_type_name == "argument":
        return code(param.metavar)
    names = ", ".join([*param.opts, *param.secondary_opts])
    needed = " (needed)" if param.required else ""
    return code(f"{names} {param.metavar or ''}".strip()) + needed
