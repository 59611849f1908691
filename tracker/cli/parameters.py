"""The parameters of a command: made from its method, declared to typer, and read from words."""

import inspect
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from typer import Argument, BadParameter, Context, Option

from tracker.book.options import FORMER_NAMES, Values, options_of
from tracker.cli import help as helping

NEGATIVE = re.compile(r"-\.?\d")
"""How a number below zero begins, which typer would take for an option."""
MARK = "\0"
"""Stands before such a word while typer reads it; no word of a command line can have it."""


class Parameter(NamedTuple):
    """An argument or an option of a command, as the annotation of a method says it."""

    name: str
    names: tuple[str, ...]
    """How an option is written, such as `-f` and `--format`; an argument has none."""
    metavar: str
    """What its value is called; a flag has none."""
    about: str
    values: Values
    default: Any
    is_required: bool
    is_repeatable: bool

    def declared(self, kind: Any = list[str]) -> inspect.Parameter:
        """Return it as typer takes it: all words that were given or, as a `str`, the last one."""
        offers = self.values.offers or self.metavar.strip("[].")

        def offered(ctx: Context) -> list[tuple[str, str]]:
            return helping.offered(offers, ctx)

        given: dict[str, Any] = {
            "metavar": self.metavar or None,
            "help": self.about,
            "autocompletion": offered,
        }
        if not self.metavar:
            kind = bool
        elif not self.names and not self.is_repeatable:
            kind = str
        declared = Option(*self.names, **given) if self.names else Argument(**given)
        return inspect.Parameter(
            self.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if self.is_required else None,
            annotation=Annotated[kind, declared],
        )

    def read(self, context: Context, given: Any) -> Any:
        """Return the value of what typer was given; refuse a second one where one is wanted."""
        if not self.metavar:
            return given
        words = [given] if isinstance(given, str) else given
        values = tuple(self._value(context, word.removeprefix(MARK)) for word in words)
        if self.is_repeatable:
            return values
        if len(values) > 1:
            context.fail(f"{self.names[0]} was given more than once")
        return values[0]

    def _value(self, context: Context, word: str) -> Any:
        """Return the value of a word."""
        if self.values.bounds is not None:
            return self._whole_number(context, word, *self.values.bounds)
        if self.values.read is not None:
            return self.values.read(word)
        if self.metavar.endswith("|-") and word == "-":
            return sys.stdin.buffer
        return word

    def _whole_number(self, context: Context, word: str, least: int, most: int) -> int:
        try:
            number = int(word)
        except ValueError:
            reason = f"{word!r} is not a whole number"
        else:
            if least <= number <= most:
                return number
            reason = f"{number} is not in the range {least}<=x<={most}"
        raise BadParameter(reason, context, param_hint=f"'{self.names[0]}'")

    @property
    def usage(self) -> str:
        """How an argument is written in a command's form: `{SLUG}` if it is needed, or `[SLUG]`."""
        if self.metavar.startswith("["):
            return self.metavar
        return f"{{{self.metavar}}}" if self.is_required else f"[{self.metavar}]"

    @property
    def row(self) -> tuple[str, str]:
        """How it is written, and what the help says about it."""
        names = [name for name in self.names if name not in FORMER_NAMES]
        written = ", ".join(names).replace("/", " / ")
        notes = []
        if self.default not in (None, False, inspect.Parameter.empty):
            notes.append(f"default: {self.default}")
        if self.values.bounds is not None:
            notes.append("{}<=x<={}".format(*self.values.bounds))
        if self.is_required:
            notes.append("required")
        about = f"{self.about}  [{'; '.join(notes)}]" if notes else self.about
        return f"{written} {self.metavar}".strip(), about


def parameters(method: Callable[..., Any]) -> list[Parameter]:
    """Return the parameters of a method, or of a class, that are annotated with their options."""
    accepted = []
    own = inspect.signature(method).parameters
    for param in own.values():
        if param.kind is param.VAR_KEYWORD:
            accepted += [
                keyword
                for keyword in _keywords(param.annotation)
                if keyword.name not in own
            ]
        elif hasattr(param.annotation, "__metadata__"):
            is_starred = param.kind is param.VAR_POSITIONAL
            default = None if is_starred else param.default
            accepted.append(parameter(param.name, param.annotation, default, is_starred))
    return accepted


def _keywords(hint: Any) -> "list[Parameter]":
    """Return the annotated keywords of a method: of a dictionary, or the fields of things."""
    if hasattr(hint, "__metadata__"):
        return fields_of(hint.__metadata__)
    (shared,) = get_args(hint)
    return hinted(shared.__annotations__)


def fields_of(kinds: Sequence[Any]) -> "list[Parameter]":
    """Return the options of the fields that declare things of some kinds."""
    return hinted(options_of(kinds))


def hinted(hints: Mapping[str, Any]) -> "list[Parameter]":
    """Return the parameters that some hints annotate, by their names."""
    return [parameter(name, hint) for name, hint in hints.items()]


def parameter(
    name: str, hint: Any, default: Any = None, is_starred: bool = False
) -> Parameter:
    """Return the parameter of a type that is annotated with `-m --note TEXT  A note.`, or the like.

    An argument has no names: `[WEEK]`. The last word says what the value is: files are named, `|-`
    is standard input, and completion offers what the book holds of it. A flag has no value. A
    sequence can be repeated.
    """
    line, *others = hint.__metadata__
    written, _, about = line.partition("  ")
    words = written.split()
    kinds = [get_origin(kind) for kind in (hint.__origin__, *get_args(hint.__origin__))]
    return Parameter(
        name,
        names=tuple(word for word in words if word.startswith("-")),
        metavar="" if words[-1].startswith("-") else words[-1],
        about=about,
        values=others[0] if others else Values(),
        default=default,
        is_required=default is inspect.Parameter.empty,
        is_repeatable=is_starred or Sequence in kinds or tuple in kinds,
    )


# How typer takes them, and what becomes of the words that it was given.


def declaring(
    function: Callable[..., Any], declared: list[inspect.Parameter]
) -> Callable[..., Any]:
    """Return a function with a signature from which typer makes arguments and options."""
    context = inspect.Parameter(
        "context", inspect.Parameter.KEYWORD_ONLY, annotation=Context
    )
    function.__signature__ = inspect.Signature([context, *declared])  # type: ignore[attr-defined]
    return function


def reading(
    accepted: list[Parameter], call: Callable[[Context, dict[str, Any]], int]
) -> Callable[..., Any]:
    """Return what typer takes for a command: it reads words, and returns a call with their values.

    It refuses words that are missing or too many; the call is for the program to make.
    """

    def read(context: Context, **given: Any) -> Callable[[], int]:
        values = {}
        for param in accepted:
            if given[param.name] not in (None, ()):
                values[param.name] = param.read(context, given[param.name])
            elif param.is_required:
                context.fail(helping.missing(context, accepted, param, given))
        if context.args:
            words = [word.removeprefix(MARK) for word in context.args]
            context.fail(helping.extra(context, words))
        return partial(call, context, values)

    return declaring(read, [param.declared() for param in accepted])


def marked(word: str) -> str:
    """Return a word so that typer does not take a number below zero for an option."""
    return MARK + word if NEGATIVE.match(word) else word


def leave_words_alone(command: Any, context: Context) -> None:
    """Let typer hand on the words that it was given, of which `Parameter.read` makes values.

    To make words of words, it would load pydantic from 0.29 on, which takes as long as a command.
    """
    for param in command.get_params(context):
        param.process_value = partial(_handed_on, param)


def _handed_on(param: Any, context: Context, value: Any) -> Any:
    return value if param.callback is None else param.callback(context, param, value)
