"""The program: each command is made from a method of the book, whose signature has its options."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache, cached_property
from inspect import Parameter, getdoc, signature
from typing import Any, NamedTuple, get_args, get_origin

from typer import BadParameter
from typer._click import Context, HelpFormatter
from typer._click.exceptions import UsageError  # typer keeps its own copy of click
from typer._click.parser import _OptionParser, _ParsingState
from typer._click.types import IntRange, ParamType
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_install_completion_arguments

from tracker import __version__
from tracker.book import Book
from tracker.book.access import Access
from tracker.book.options import Form, Option
from tracker.cli import completion, mistakes
from tracker.cli.editor import words_of
from tracker.cli.output import RECEIPT, SHAPE, Wanted, path_of, write
from tracker.cli.session import Session
from tracker.errors import WrongUsage
from tracker.groups import by_key

GROUPS = {
    "add": "Declare a new thing.",
    "db": "Look after the database.",
    "source": "Keep the texts of sources, and see which words changed.",
}
"""The groups of commands: the method `add_party` is the command `add party`."""
ABOUT = """A book of the concessions that the parties to a trade truce promised each other.

Without a command it prints the week in brief: 'tracker week --brief'."""
FIRST = ("init", "log", "measure", "move", "note", "amend", "undo", "week", "gains", "show")
"""The commands that people live in, which `tracker --help` lists first."""
PARTS: tuple[type[Access], ...] = (*Book.__bases__, Session)
"""The classes whose methods are commands, in the order of `tracker --help`."""
WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')
"""A word of a command line, which may have a text in quotes."""
NEGATIVE = re.compile(r"-\.?\d")


class Declared(NamedTuple):
    """A parameter as a signature declares it."""

    name: str
    option: Option
    default: Any = None
    needed: bool = False
    many: bool = False
    starred: bool = False


def declared(method: Callable[..., Any]) -> list[Declared]:
    """Return the parameters of a method, or of a class, that are on the command line."""
    found = []
    for one in signature(method).parameters.values():
        if one.kind is Parameter.VAR_KEYWORD:
            (shared,) = get_args(one.annotation)
            for name in vars(method)["form"].shared or shared.__annotations__:
                found.append(_declared(name, shared.__annotations__[name], None))
        elif hasattr(one.annotation, "__metadata__"):
            starred = one.kind is Parameter.VAR_POSITIONAL
            found.append(_declared(one.name, one.annotation, one.default, starred))
    return found


def _declared(name: str, hint: Any, default: Any, starred: bool = False) -> Declared:
    """Return a parameter, whose type is annotated with its option."""
    (option,) = hint.__metadata__
    needed = default is Parameter.empty and not (starred or option.by_editor)
    many = starred or any(get_origin(kind) is Sequence for kind in get_args(hint.__origin__))
    default = None if default is Parameter.empty else default
    return Declared(name, option, default, needed, many, starred)


def parameter(one: Declared) -> TyperArgument | TyperOption:
    """Return a parameter as typer takes it."""
    option, metavar = one.option, one.option.metavar
    kind: ParamType | None = Reading(option.read) if option.read else None
    if option.bounds:
        kind = IntRange(*option.bounds)
    elif "FILE" in metavar or metavar == "DIR":
        kind = Reading(option.read or path_of)
    shared: dict[str, Any] = {
        "type": kind,
        "required": one.needed,
        "metavar": metavar or None,
        "help": option.about,
        "autocompletion": completion.completer(option),
    }
    if not option.names:
        nargs = -1 if one.many else None
        return TyperArgument(param_decls=[one.name], nargs=nargs, default=one.default, **shared)
    return TyperOption(
        param_decls=[one.name, *option.names],
        default=one.default,
        is_flag=not metavar or None,
        multiple=one.many,
        show_default=True,
        **shared,
    )


class Reading(ParamType):
    """A value that a function reads."""

    name = "text"

    def __init__(self, read: Callable[[str], Any]) -> None:
        self.read = read

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return what the function reads."""
        try:
            return self.read(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Parser(_OptionParser):
    """Takes a negative number for a value, and refuses an option with one value given twice."""

    def _process_opts(self, arg: str, state: _ParsingState) -> None:
        if NEGATIVE.match(arg):  # no option of ours is a digit
            state.largs.append(arg)
        else:
            super()._process_opts(arg, state)

    def parse_args(self, args: list[str]) -> Any:
        """Parse the arguments."""
        parsed = super().parse_args(args)
        for one, times in Counter[Any](parsed[2]).items():
            if times > 1 and isinstance(one, TyperOption) and not (one.multiple or one.is_flag):
                raise UsageError(f"{one.opts[0]} was given more than once", self.ctx)
        return parsed


class Command(TyperCommand):
    """A command of a method; its parameters are made when it is called."""

    def __init__(self, name: str, method: Callable[..., Any]) -> None:
        settings = {"allow_extra_args": True}  # `mistakes` says where they go
        about, _, example = (getdoc(method) or "").partition("Example: ")
        super().__init__(name, help=about, rich_markup_mode=None, context_settings=settings)
        self.example = " ".join(example.split())
        self.method = method
        self.form: Form = vars(method)["form"]

    @cached_property
    def own(self) -> list[Declared]:
        """The parameters of the method."""
        return declared(self.method)

    @cached_property
    def forms(self) -> list[Declared]:
        """The options that say how the answer is written."""
        match self.form.writes:
            case "receipt":
                return [Declared("format", RECEIPT, "text")]
            case "table":
                return declared(Wanted)
            case "page":
                return [one for one in declared(Wanted) if one.name not in SHAPE]
        return []

    def get_params(self, ctx: Context) -> Any:
        """Return the parameters; making those of all commands would take longer than most runs."""
        self.params = self.params or [parameter(one) for one in (*self.own, *self.forms)]
        return super().get_params(ctx)

    @property
    def shared(self) -> set[str]:
        """The parameters that all reports take."""
        if self.form.writes not in ("table", "page"):
            return set()
        own = signature(self.method).parameters
        return {one.name for one in (*self.own, *self.forms)} - own.keys()

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the arguments, the command's own options, then those that all reports take."""
        panels = by_key(
            ("shared" if one.name in self.shared else one.param_type_name, record)
            for one in self.get_params(ctx)
            if (record := one.get_help_record(ctx)) is not None
        )
        titles = {"argument": "Arguments", "option": "Options", "shared": "Every report"}
        for kind in filter(panels.get, titles):
            with formatter.section(titles[kind]):
                formatter.write_dl(panels[kind])

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 - typer's
        """Write the example so that it can be copied: a shell takes its lines for one."""
        lines = [""]
        for word in WORD.findall(self.example):
            if lines[-1] and len(f"{lines[-1]} {word}") > formatter.width - 4:
                lines[-1] += "" if lines[-1].endswith("&&") else " \\"
                lines.append(" ")
            lines[-1] += f" {word}" if lines[-1] else word
        with formatter.section("Example"):
            formatter.write("".join(f"  {line}\n" for line in lines))

    def make_parser(self, ctx: Context) -> Parser:
        """Return the parser of this command."""
        parser = Parser(ctx)
        for one in self.get_params(ctx):
            one.add_to_parser(parser, ctx)
        return parser

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments, and keep them for shell completion."""
        ctx.meta[completion.WORDS] = tuple(args)
        try:
            rest = super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx  # the error of an option without its value has no command
            raise
        if rest and not ctx.resilient_parsing:
            raise UsageError(mistakes.extra(ctx, rest), ctx)
        return rest

    def invoke(self, ctx: Context) -> int:
        """Call the method and write its answer; return the exit code."""
        given = {name: one for name, one in ctx.params.items() if one is not None}
        form = {one.name: given.pop(one.name, None) for one in self.forms}
        wanted = Wanted(**({"format": "text"} | form))
        wanted.require()
        try:
            with ExitStack() as stack:
                for one in self.own:
                    if one.option.by_editor and "message" not in given:
                        text = words_of(given["slug"], given.get(one.name))
                        given[one.name] = stack.enter_context(text)
                    elif one.option.metavar.endswith("|-") and given[one.name] == "-":
                        given[one.name] = sys.stdin.buffer
                answer = self._called(ctx.obj, given, wanted)
            return write(answer, wanted)
        except WrongUsage as error:
            if error.problem != "misuse":
                raise
            option = error.fields.get("option")
            hint = f"'{option}'" if option else None
            raise BadParameter(error.reason, ctx, param_hint=hint) from None

    def _called(self, book: Session, given: dict[str, Any], wanted: Wanted) -> Any:
        """Return what the method answers."""
        starred = [word for one in self.own if one.starred for word in given.pop(one.name, ())]
        named = {one.name: given[one.name] for one in self.own if given.get(one.name, ()) != ()}
        if "in_full" in self.method.__annotations__:
            named["in_full"] = wanted.name != "text"
        return self.method(book, *starred, **named)


class Program(TyperGroup):
    """The program: the options of a book, then a command."""

    def __init__(self, commands: dict[str, Any], panels: Mapping[str, Sequence[str]]) -> None:
        version = TyperOption(param_decls=["--version"], is_flag=True, help="Show the version.")
        super().__init__(
            name="tracker",
            help=ABOUT,
            commands=commands,
            params=[*map(parameter, declared(Book.__init__)), version],
            invoke_without_command=True,
            rich_markup_mode=None,
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        self.params += get_install_completion_arguments()
        self.panels = panels

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 - typer's
        """Write the commands, panel by panel, all in one pair of columns."""
        column = max(map(len, self.commands))
        width = formatter.width - 6 - column
        for title, names in self.panels.items():
            rows = [
                (name.ljust(column), self.commands[name].get_short_help_str(width))
                for name in names
            ]
            with formatter.section(title):
                formatter.write_dl(rows)

    def _main_shell_completion(self, *given: Any, **named: Any) -> None:
        """Complete a word; offer nothing if the shell's variables do not hold a command line."""
        try:
            super()._main_shell_completion(*given, **named)
        except (KeyError, ValueError):
            sys.exit(1)

    def resolve_command(self, ctx: Context, args: list[str]) -> Any:
        """Find the command that a word names; suggest one that is called otherwise."""
        if (word := args[0]) in mistakes.COMMANDS:
            meant = mistakes.COMMANDS[word]
            raise UsageError(f"No such command '{word}'. Did you mean '{meant}'?", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Context) -> Any:
        """Run the command, or print the week in brief."""
        if ctx.params.pop("version"):
            print(f"truce-tracker {__version__}")
            return 0
        ctx.obj = Session(**ctx.params)
        code = super().invoke(ctx)
        if ctx.invoked_subcommand is None:
            return write(ctx.obj.week(brief=True), Wanted())
        return code


@cache
def program() -> Program:
    """Return the program; the commands that people live in have the first panel."""
    commands: dict[str, Any] = {}
    panels: dict[str, list[str]] = {"Most used": [*FIRST]}
    for part in PARTS:
        for method in (one for one in vars(part).values() if hasattr(one, "form")):
            name = method.__name__.strip("_")
            group, _, word = name.partition("_")
            if group not in GROUPS:
                commands[name] = Command(name, method)
            else:
                commands.setdefault(group, _group(group)).add_command(Command(word, method))
            listed = panels.setdefault(part.panel, [])
            if (first := group if group in GROUPS else name) not in (*FIRST, *listed):
                listed.append(first)
    return Program(commands, panels)


def _group(name: str) -> TyperGroup:
    return TyperGroup(name=name, help=GROUPS[name], no_args_is_help=True, rich_markup_mode=None)
