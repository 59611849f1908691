"""The program: each command is made from a method of the book, whose signature has its options."""

import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from inspect import Parameter, getdoc, getfullargspec, signature
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from typer import BadParameter, Exit
from typer._click import Context, HelpFormatter
from typer._click.exceptions import UsageError  # typer keeps its own copy of click
from typer._click.parser import _OptionParser, _ParsingState
from typer._click.types import FuncParamType, IntRange, ParamType
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_install_completion_arguments

from tracker import __version__
from tracker.book import Answer, Book
from tracker.book.access import command
from tracker.book.options import Values, options_of
from tracker.cli import help as helping
from tracker.cli.terminal import Wanted, is_interactive, note_text, write
from tracker.declared import by_key
from tracker.errors import Unavailable, WrongUsage
from tracker.settings import database_or
from tracker.settings import program as program_name

if TYPE_CHECKING:
    from tracker.database import Connection

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
FORMS = {"": 0, "receipt": 1, "page": Wanted._fields.index("columns"), "table": None}
"""How many of the options that say how it is written each kind of answer takes."""
UNFORESEEN = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError)
"""What a value that this program did not write can raise; otherwise a bug."""
NEGATIVE = re.compile(r"-\.?\d")
Sought = Annotated[str, "[TOPIC|COMMAND]  A topic, a word or a command; by default, the topics."]


class Session(Book):
    """The book of one command line: a first command makes the default one, and it has help."""

    @contextmanager
    def opened(self) -> "Iterator[Connection]":
        """Open the book; a person's first command makes the default one.

        A job that lost the name of its book must not get another one.
        """
        is_named = database_or(self._db) is not None
        if not is_named and not self.target.path.exists():
            if not is_interactive():
                raise Unavailable("no default book", book=self.target, program=program_name())
            if made := self.make_default():
                print(f"tracker: {made}", file=sys.stderr)
        try:
            with super().opened() as connection:
                yield connection
        except (*UNFORESEEN, sqlite3.Error) as error:
            from tracker.soundness import findings

            for finding in findings(self.target):
                raise Unavailable("book damaged", book=self.target, reason=finding) from error
            raise

    def note(
        self, slug: str, text: str | None = None, *, note: str | None = None, **stated: Any
    ) -> Answer:
        """Add a note, whose text may come from standard input or from the user's editor."""
        if text is None and note is None and " " in slug:
            reason = f'say first what it is about: tracker note SLUG "{slug}"'
            raise WrongUsage("misuse", reason=reason)
        if note is not None:
            return super().note(slug, text, note=note, **stated)
        with note_text(slug, text) as words:
            return super().note(slug, words, **stated)

    @command()
    def help(self, *words: Sought) -> str:
        """The words and the rules of the book, topic by topic.

        Example: tracker help stages
        """
        name = " ".join(words).lower()
        if name.partition(" ")[0] not in program().commands:
            return helping.about(name, program().commands)
        program().run([*name.split(), "--help"])
        return ""


def parameters(method: Callable[..., Any]) -> list[Any]:
    """Return typer's parameters for those of a method, or a class, that are annotated."""
    accepted = []
    params = signature(method).parameters
    for param in params.values():
        if param.kind is Parameter.VAR_KEYWORD:
            hints = keywords(param.annotation)
            accepted += [parameter(name, hints[name], None) for name in hints if name not in params]
        elif hasattr(param.annotation, "__metadata__"):
            starred = param.kind is Parameter.VAR_POSITIONAL
            accepted.append(parameter(param.name, param.annotation, param.default, starred))
    return accepted


def keywords(hint: Any) -> Mapping[str, Any]:
    """Return the annotated keywords of a method: of a dictionary, or the fields of things."""
    if hasattr(hint, "__metadata__"):
        return options_of(hint.__metadata__)
    (shared,) = get_args(hint)
    return shared.__annotations__  # type: ignore[no-any-return]


def parameter(
    name: str, hint: Any, default: Any, starred: bool = False
) -> TyperArgument | TyperOption:
    """Return a parameter, whose type is annotated with its option, as typer takes it.

    An argument has no names: `[WEEK]`. The last word says what the value is: files are named, `|-`
    is standard input, and completion offers what the book holds of it. A flag has no value. A
    sequence can be repeated.
    """
    line, values = (*hint.__metadata__, Values())[:2]
    written, _, about = line.partition("  ")
    words = written.split()
    names = [word for word in words if word.startswith("-")]
    metavar = "" if words[-1].startswith("-") else words[-1]
    offers = values.offers or metavar.strip("[].")
    kinds = [get_origin(kind) for kind in (hint.__origin__, *get_args(hint.__origin__))]
    many = starred or Sequence in kinds or tuple in kinds
    given: dict[str, Any] = {
        "type": _kind_of(metavar, values),
        "required": default is Parameter.empty and not starred,
        "default": None if default is Parameter.empty else default,
        "metavar": metavar or None,
        "help": about,
        "autocompletion": lambda context, _args, _word: helping.offered(offers, context),
    }
    if not names:
        return TyperArgument(param_decls=[name], nargs=-1 if many else None, **given)
    decls, is_flag = [name, *names], not metavar or None
    return TyperOption(
        param_decls=decls, is_flag=is_flag, multiple=many, show_default=True, **given
    )


def _kind_of(metavar: str, values: Values) -> ParamType | None:
    """Return how a value is read; None for text and for flags."""
    if values.bounds:
        return IntRange(*values.bounds)
    if metavar.endswith("|-"):
        return FuncParamType(lambda word: sys.stdin.buffer if word == "-" else word)
    return FuncParamType(values.read) if values.read else None


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
        for opt, times in Counter[Any](parsed[2]).items():
            if times > 1 and isinstance(opt, TyperOption) and not (opt.multiple or opt.is_flag):
                raise UsageError(f"{opt.opts[0]} was given more than once", self.ctx)
        return parsed


class Command(TyperCommand):
    """A command of a method; its parameters are made when it is called."""

    def __init__(self, name: str, method: Callable[..., Any]) -> None:
        extra = {"allow_extra_args": True}  # `helping` says where they go
        about, _, example = (getdoc(method) or "").partition("Example: ")
        super().__init__(name, help=about, rich_markup_mode=None, context_settings=extra)
        self.example = " ".join(example.split())
        self.method = method
        self.writes: str = vars(method)["writes"]
        self.is_report = self.writes in ("table", "page")

    def get_params(self, ctx: Context) -> Any:
        """Return the parameters; making those of all commands would take longer than most runs."""
        if not self.params:
            forms = parameters(Wanted)[: FORMS[self.writes]]
            self.params = [*parameters(self.method), *forms]
        return super().get_params(ctx)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the arguments, the command's own options, then those that all reports take."""
        own = signature(self.method).parameters
        panels = by_key(
            ("shared" if self.is_report and param.name not in own else param.param_type_name, row)
            for param in self.get_params(ctx)
            if (row := param.get_help_record(ctx)) is not None
        )
        titles = {"argument": "Arguments", "option": "Options", "shared": "Every report"}
        for kind in filter(panels.get, titles):
            with formatter.section(titles[kind]):
                formatter.write_dl(panels[kind])

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 - typer's
        """Write the example on one line, so that it can be copied."""
        with formatter.section("Example"):
            formatter.write(f"  {self.example}\n")

    def make_parser(self, ctx: Context) -> Parser:
        """Return the parser of this command."""
        parser = Parser(ctx)
        for param in self.get_params(ctx):
            param.add_to_parser(parser, ctx)
        return parser

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments, and keep them for shell completion."""
        ctx.meta[helping.WORDS] = tuple(args)
        try:
            rest = super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx  # the error of an option without its value has no command
            raise
        if rest and not ctx.resilient_parsing:
            raise UsageError(helping.extra(ctx, rest), ctx)
        return rest

    def invoke(self, ctx: Context) -> int:
        """Call the method and write its answer; return the exit code."""
        given = {name: value for name, value in ctx.params.items() if value not in (None, ())}
        forms = Wanted._fields[: FORMS[self.writes]]
        form = {name: given.pop(name) for name in forms if name in given}
        wanted = Wanted(**(({} if self.is_report else {"format": "text"}) | form))
        wanted.require()
        starred = given.pop(getfullargspec(self.method).varargs or "", ())
        if "in_full" in self.method.__annotations__:
            given["in_full"] = wanted.name != "text"
        try:
            method = getattr(ctx.obj, self.method.__name__)
            return write(method(*starred, **given), wanted)
        except WrongUsage as error:
            if error.problem != "misuse":
                raise
            option = error.fields.get("option")
            hint = f"'{option}'" if option else None
            raise BadParameter(error.fields["reason"], ctx, param_hint=hint) from None


class Program(TyperGroup):
    """The program: the options of a book, then a command."""

    def __init__(self, commands: dict[str, Any]) -> None:
        version = TyperOption(param_decls=["--version"], is_flag=True, help="Show the version.")
        super().__init__(
            name="tracker",
            help=ABOUT,
            commands=commands,
            params=[*parameters(Book.__init__), version],
            invoke_without_command=True,
            rich_markup_mode=None,
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        self.params += get_install_completion_arguments()

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 - typer's
        """Write the commands that people live in, then the others, in one pair of columns."""
        column = max(map(len, self.commands))
        width = formatter.width - 6 - column
        others = [name for name in self.commands if name not in FIRST]
        for title, names in {"Most used": FIRST, "Others": others}.items():
            rows = [
                (name.ljust(column), self.commands[name].get_short_help_str(width))
                for name in names
            ]
            with formatter.section(title):
                formatter.write_dl(rows)

    def run(self, words: list[str]) -> int:
        """Run a command line without typer's own ways of ending it; return the exit code."""
        try:
            self._main_shell_completion({}, "tracker")
        except (KeyError, ValueError):  # the shell's variables do not hold a command line
            return 1
        try:
            with self.make_context("tracker", words) as ctx:
                return int(self.invoke(ctx))
        except Exit as end:
            return end.exit_code

    def resolve_command(self, ctx: Context, args: list[str]) -> Any:
        """Find the command that a word names; suggest one that is called otherwise."""
        if (word := args[0]) in helping.COMMANDS:
            meant = helping.COMMANDS[word]
            raise UsageError(f"No such command '{word}'. Did you mean '{meant}'?", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Context) -> Any:
        """Run the command, or print the week in brief."""
        if ctx.params.pop("version"):
            print(f"truce-tracker {__version__}")
            return 0
        ctx.obj = Session(**ctx.params)
        if not ctx._protected_args:
            ctx._protected_args, ctx.args = ["week"], ["--brief"]
        return super().invoke(ctx)


@cache
def program() -> Program:
    """Return the program."""
    commands: dict[str, Any] = {}
    members = [member for part in (*Book.__bases__, Session) for member in vars(part).values()]
    for method in (member for member in members if hasattr(member, "writes")):
        name = method.__name__.strip("_")
        group, _, word = name.partition("_")
        if group in GROUPS:
            commands.setdefault(group, _group(group)).add_command(Command(word, method))
        else:
            commands[name] = Command(name, method)
    return Program(commands)


def _group(name: str) -> TyperGroup:
    return TyperGroup(name=name, help=GROUPS[name], no_args_is_help=True, rich_markup_mode=None)
