"""The program: a typer app, in which each command is made from a method of the book."""

import io
import re
import sys
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache, partial
from inspect import getdoc, getfullargspec, signature
from typing import TYPE_CHECKING, Annotated, Any

from typer import BadParameter, Context, Exit, Typer, TyperException
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

import tracker.settings as settings  # `from tracker` would ask the package for it first
from tracker import __version__
from tracker.book import Answer, Book
from tracker.book.access import command
from tracker.cli import INTERRUPTED
from tracker.cli import help as helping
from tracker.cli.parameters import (
    Parameter,
    declaring,
    fields_of,
    leave_words_alone,
    marked,
    parameter,
    parameters,
    reading,
)
from tracker.cli.terminal import Wanted, is_interactive, piped, write
from tracker.errors import BadInput, NotFound, Unavailable, WrongUsage

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
FIRST = (
    "init",
    "log",
    "measure",
    "move",
    "note",
    "amend",
    "undo",
    "week",
    "gains",
    "show",
)
"""The commands that people live in, which `tracker --help` lists first."""
FORMS: dict[str, tuple[str, ...]] = {
    "": (),
    "receipt": ("format",),
    "page": ("format", "output", "width"),
    "table": Wanted._fields,
}
"""The options that say how it is written, which each kind of answer takes."""
UNKNOWN_WORDS = {"no such thing": "name", "not a week": "text"}
"""The refusals of a word that may be meant for another report, each with the word's field."""
Sought = Annotated[
    str, "[TOPIC|COMMAND]  A topic, a word or a command; by default, the topics."
]
ShowVersion = Annotated[bool, "--version  Show the version."]
CommandMethod = Callable[..., Any]


class Session(Book):
    """The book of one command line: a first command makes the default one, and it has help."""

    @contextmanager
    def opened(self) -> "Iterator[Connection]":
        """Open the book; a person's first command makes the default one.

        A job that lost the name of its book must not get another one.
        """
        is_named = settings.database_or(self._db) is not None
        if not is_named and not self.target.path.exists():
            if not is_interactive():
                raise Unavailable(
                    "no default book", book=self.target, program=settings.program()
                )
            if made := self.make_default():
                print(f"tracker: {made}", file=sys.stderr)
        with super().opened() as connection:
            yield connection

    def note(self, slug: str, text: str | None = None, **stated: Any) -> Answer:
        """Add a note, whose text may come from standard input."""
        return super().note(slug, piped() if text == "-" else text, **stated)

    @command()
    def help(self, *words: Sought) -> str:
        """The words and the rules of the book, topic by topic.

        Example: tracker help statuses
        """
        name = " ".join(words).lower()
        if name.partition(" ")[0] not in top_level():
            return helping.about(name, top_level())
        perform([*name.split(), "--help"])
        return ""


# The commands: which there are, and how one is called.


@cache
def methods() -> dict[str, CommandMethod]:
    """Return the methods of the book that are commands, by the words of the command."""
    found = {}
    for part in (*Book.__bases__, Session):
        for method in vars(part).values():
            if not hasattr(method, "writes"):
                continue
            name = method.__name__.strip("_")
            group, _, word = name.partition("_")
            found[f"{group} {word}" if group in GROUPS else name] = method
    return found


def top_level() -> list[str]:
    """Return the commands and groups that follow `tracker`, in the order of the book's methods."""
    return [*dict.fromkeys(name.partition(" ")[0] for name in methods())]


def forms_of(method: CommandMethod) -> tuple[str, ...]:
    """Return which options of `Wanted` a command takes; a report takes several."""
    return FORMS[vars(method)["writes"]]


def accepted_by(method: CommandMethod) -> list[Parameter]:
    """Return the arguments and options of a command, then those that say how it is written."""
    forms = forms_of(method)
    return parameters(method) + [
        param for param in parameters(Wanted) if param.name in forms
    ]


def answer(method: CommandMethod, context: Context, values: dict[str, Any]) -> int:
    """Call a method of the book, and write its answer; return the exit code."""
    forms = forms_of(method)
    form = {name: values.pop(name) for name in forms if name in values}
    if len(forms) < 2:  # the format of the settings is that of reports
        form.setdefault("format", "text")
    wanted = Wanted(**form)
    wanted.require(method.__name__)
    starred = values.pop(getfullargspec(method).varargs or "", ())
    if "in_full" in method.__annotations__:
        values["in_full"] = wanted.name != "text"
    try:
        call = getattr(context.obj, method.__name__)
        with context.obj.blaming_damage(TyperException):
            return write(call(*starred, **values), wanted)
    except WrongUsage as error:
        if error.problem != "misuse":
            raise
        option = error.fields.get("option")
        hint = f"'{option}'" if option else None
        raise BadParameter(error.fields["reason"], context, param_hint=hint) from None
    except (NotFound, BadInput) as error:
        word = error.fields.get(UNKNOWN_WORDS.get(error.problem, ""))
        arguments = [param.name for param in accepted_by(method) if not param.names]
        typed = [*starred, *map(values.get, arguments)]
        is_report = len(forms) > 1
        if is_report and word and word in typed:
            error.remedy = helping.in_place_of(context, word) or error.remedy
        raise


# What typer makes of them.


class MethodCommand(TyperCommand):
    """A command of a method, whose help has sections and an example."""

    def __init__(
        self, method: CommandMethod, accepted: list[Parameter], **declared: Any
    ) -> None:
        super().__init__(**declared)
        self.method = method
        self.accepted = accepted

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words of the command."""
        leave_words_alone(self, ctx)
        try:
            rest = super().parse_args(ctx, [marked(word) for word in args])
        except TyperException as error:
            if getattr(error, "ctx", None) is None:  # an option without its value
                ctx.fail(error.format_message())
            raise
        if ctx.resilient_parsing:  # completion would offer again what was given
            for param, declared in zip(self.accepted, self.params, strict=True):
                declared.multiple = param.is_repeatable
        return rest

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's
        """Return the parts of the command's form."""
        return [
            "[OPTIONS]",
            *(param.usage for param in self.accepted if not param.names),
        ]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and the command's own options; name those that others take, too."""
        own = signature(self.method).parameters
        forms = forms_of(self.method)
        kinds = getattr(
            getattr(own.get("fields"), "annotation", None), "__metadata__", ()
        )
        sections: dict[str, list[Any]] = {"Arguments": [], "Options": []}
        shared = []
        for param in self.accepted:
            if not param.names:
                sections["Arguments"].append(param.row)
            elif param.name not in own and (len(forms) > 1 or param.name in forms):
                shared.append(param.names[0])
            elif param.name in own or len(kinds) < 2:
                sections["Options"].append(param.row)
        # --help
        sections["Options"].append(self.get_params(ctx)[-1].get_help_record(ctx))
        for title, rows in sections.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        if len(kinds) > 1:  # 'tracker add KIND --help' says what they mean
            formatter.write("\nFields:\n")
            for kind in kinds:
                written = ", ".join(param.names[0] for param in fields_of([kind]))
                row = f"  {kind.__name__.lower():10}  {written}"
                formatter.write(f"{helping.wrapped(row, 14, formatter.width)}\n")
        if shared:
            also = f"Also takes {', '.join(shared)}: see 'tracker help options'."
            formatter.write(f"\n{helping.wrapped(also, 0, formatter.width)}\n")

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's
        """Write the example on one line, so that it can be copied."""
        with formatter.section("Example"):
            formatter.write(f"  {self.epilog}\n")


class Group(TyperGroup):
    """A group of commands, which prints its help if it needs a command and has none."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words before the command."""
        if not (args or self.invoke_without_command or ctx.resilient_parsing):
            print(ctx.get_help(), file=sys.stderr)
            ctx.exit(2)
        leave_words_alone(self, ctx)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that a word names; say what to type for a word that is none."""
        is_unknown = not args[0].startswith("-") and args[0] not in self.commands
        if is_unknown and not ctx.resilient_parsing:
            ctx.fail(helping.unknown(ctx, args))
        return super().resolve_command(ctx, args)


class Program(Group):
    """The program: the options of a book, then a command."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's
        """Return the commands and groups in the order of the book's methods."""
        return top_level()

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's
        """Write the commands that people live in, then the others, in one pair of columns."""
        column = max(map(len, self.commands))
        width = formatter.width - 6 - column
        others = [name for name in top_level() if name not in FIRST]
        for title, names in {"Most used": FIRST, "Others": others}.items():
            rows = []
            for name in names:
                about = self.commands[name].get_short_help_str(width)
                rows.append((name.ljust(column), about))
            with formatter.section(title):
                formatter.write_dl(rows)


def opening() -> CommandMethod:
    """Return what typer takes for the program itself: a function that names the book."""

    def opened(
        context: Context, version: bool, **given: Any
    ) -> Callable[[], int] | None:
        if version:
            print(f"truce-tracker {__version__}")
            raise Exit
        context.obj = Session(**given)
        if context.invoked_subcommand is None:
            return partial(answer, Book.week, context, {"brief": True})
        return None

    options = [*parameters(Book.__init__), parameter("version", ShowVersion)]
    return declaring(opened, [option.declared(str) for option in options])


def app(words: Container[str] | None = None) -> Typer:
    """Return the program as a typer app.

    It has all commands. Only those that are among some words have their arguments and options:
    making them for all would take longer than most runs.
    """
    program = Typer(
        cls=Program,
        help=ABOUT,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    program.callback()(opening())
    groups = {"": program}
    for name, about in GROUPS.items():
        groups[name] = Typer(name=name, cls=Group, help=about)
        program.add_typer(groups[name])
    for name, method in methods().items():
        group, _, word = name.rpartition(" ")
        about, _, example = (getdoc(method) or "").partition("Example: ")
        accepted = accepted_by(method) if words is None or word in words else []
        register = groups[group].command(
            word,
            cls=partial(MethodCommand, method, accepted),  # type: ignore[arg-type] # typer calls it
            help=about,
            epilog=" ".join(example.split()),
            context_settings={"allow_extra_args": True},  # `helping` says where they go
        )
        register(reading(accepted, partial(answer, method)))
    return program


@cache
def _program_of(commands: frozenset[str]) -> Any:
    """Return what reads a command line with these commands, made once in a process."""
    return get_command(app(commands))


def perform(words: list[str]) -> int:
    """Read a command line and do what it says; return the exit code.

    typer only reads. What it prints is written here, and its call is made here: in its own hands
    a closed pipe would be a failure, and Ctrl-C would end without a word.
    """
    completing = settings.completing()
    named = {*words, *re.findall(r"[\w-]+", completing or "")}
    last_words = {name.rpartition(" ")[2] for name in methods()}
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            read = (
                app(named) if completing else _program_of(frozenset(named & last_words))
            )
            outcome = read(words, prog_name="tracker", standalone_mode=False)
    except SystemExit as end:  # of completion
        outcome = end.code
    except (KeyError, ValueError):
        if completing is None:
            raise
        return 1  # the shell's variables do not hold a command line
    if outcome == INTERRUPTED:
        raise KeyboardInterrupt
    if text := printed.getvalue():  # even an empty one fails on a full disk
        sys.stdout.write(text)
    return outcome() if callable(outcome) else int(outcome or 0)
