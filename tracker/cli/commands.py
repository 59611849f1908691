"""Every command by name; each is built, and its module imported, when it is called."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from inspect import getdoc
from typing import TYPE_CHECKING, Any

from typer import Typer
from typer._click.exceptions import UsageError
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_command_name, get_group

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand
    from typer._click import Context, HelpFormatter
    from typer.models import CommandInfo

PANELS = {
    "Record": {"record": "log measure move close note checked cite amend retract undo"},
    "Declare": {"declaring": "add change", "book": "apply"},
    "Report": {
        "reporting": "status week gains show history deadlines pace claims diff"
        " reliability sources check"
    },
    "Book": {"book": "init", "database": "db"},
    "Files": {
        "transfer": "import export merge",
        "texts": "source",
        "publishing": "calendar publish",
    },
    "Help": {"guide": "help"},
}
"""The commands of each module, in the panels of `tracker --help`."""

IN_PANELS = [one for modules in PANELS.values() for one in modules.items()]
MODULE_OF = {name: module for module, names in IN_PANELS for name in names.split()}

WORDS = "tracker.words"
"""The key under which a context keeps the arguments of the command."""
NEGATIVE = re.compile(r"-\.?\d")


class Commands(Mapping[str, "AnyCommand"]):
    """The commands, built on demand: building them all takes longer than running most of them."""

    def __iter__(self) -> Iterator[str]:
        return iter(MODULE_OF)

    def __len__(self) -> int:
        return len(MODULE_OF)

    def __getitem__(self, name: str) -> "AnyCommand":
        return _made(name)


class Panels(TyperGroup):
    """A program that lists its commands in panels; typer itself does so only with rich."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Commands()  # type: ignore[assignment]  # nothing adds to it

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002 - typer's
        """Return the names of the commands without building any."""
        return list(self.commands)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write the commands, panel by panel, all in one pair of columns."""
        column = max(map(len, self.commands))
        width = formatter.width - 6 - column
        for title, modules in PANELS.items():
            names = " ".join(modules.values()).split()
            rows = [(name.ljust(column), summary(name, width)) for name in names]
            with formatter.section(title):
                formatter.write_dl(rows)


class Command(TyperCommand):
    """A command that reads a negative number as a value, not as an option."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Parse the arguments, and keep them for shell completion."""
        ctx.meta[WORDS] = tuple(args)
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx  # the error of an option without its value has no command
            raise

    def make_parser(self, ctx: "Context") -> Any:
        """Return a parser that leaves negative numbers among the arguments."""
        parser = super().make_parser(ctx)
        options, parse = parser._process_opts, parser.parse_args

        def process(arg: str, state: Any) -> None:
            if NEGATIVE.match(arg):
                state.largs.append(arg)
            else:
                options(arg, state)

        def parse_once(args: list[str]) -> Any:
            parsed = parse(args)
            for one, times in Counter[Any](parsed[2]).items():
                # Of an option with one value the last would win.
                is_option = one.opts[0].startswith("-")
                if times > 1 and is_option and not (one.multiple or one.is_flag):
                    raise UsageError(f"{one.opts[0]} was given more than once", ctx)
            return parsed

        parser._process_opts = process  # type: ignore[method-assign]  # no option of ours is a digit
        parser.parse_args = parse_once  # type: ignore[method-assign]
        return parser


def summary(name: str, width: int) -> str:
    """Return a command's one-line summary without building it."""
    commands = _commands(name)
    found = _declared(name, commands)
    about = commands.info.help if found is None else found.help or getdoc(found.callback)
    return TyperCommand(name, help=about).get_short_help_str(width)


@cache
def _made(name: str) -> "AnyCommand":
    commands = _commands(name)
    for one in commands.registered_commands:
        one.cls = Command
    found = _declared(name, commands)
    if found is None:
        return get_group(commands)
    return get_command_from_info(found, pretty_exceptions_short=False, rich_markup_mode=None)


def _commands(name: str) -> Typer:
    """Return the group of that name, or the commands of the module that has the command."""
    module = import_module(f"tracker.cli.{MODULE_OF[name]}")
    group = getattr(module, name, None)
    commands: Typer = group if isinstance(group, Typer) else module.commands
    return commands


def _declared(name: str, commands: Typer) -> "CommandInfo | None":
    """Return the declaration of a command; None for a group."""
    for one in commands.registered_commands:
        if name == (one.name or get_command_name(getattr(one.callback, "__name__", ""))):
            return one
    return None
