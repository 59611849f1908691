"""How options and arguments are declared: what they take, what they mean, how they complete."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from tracker.cli.completion import Candidates
from tracker.vocabulary import parse_word

Completer = Callable[..., Candidates]


def option(
    names: str, metavar: str, about: str, offers: Completer | None = None, **more: Any
) -> Any:
    """Return an option that takes a value; `names` are separated by spaces."""
    return typer.Option(*names.split(), metavar=metavar, help=about, autocompletion=offers, **more)


def argument(metavar: str, about: str, offers: Completer | None = None, **further: Any) -> Any:
    """Return an argument."""
    return typer.Argument(metavar=metavar, help=about, autocompletion=offers, **further)


def path_argument(metavar: str, about: str) -> Any:
    """Return an argument that names a file or a folder."""
    return argument(metavar, about, parser=path_of)


def word(*described: Any) -> Any:
    """Return the annotation of an `argument` that may be left out, for a table of options."""
    return Annotated[str | None, argument(*described)]


def text(*described: Any, **further: Any) -> Any:
    """Return the annotation of an `option` that is text, for a table of options."""
    return Annotated[str | None, option(*described, **further)]


def texts(*described: Any) -> Any:
    """Return the annotation of an `option` that is text and can be repeated."""
    return Annotated[list[str] | None, option(*described)]


def toggle(name: str, about: str) -> Any:
    """Return the annotation of an option that is given or left out."""
    return Annotated[bool, typer.Option(name, help=about)]


def flag(names: str, about: str) -> Any:
    """Return the annotation of an option that is given, negated or left out."""
    return Annotated[bool | None, typer.Option(names, help=about)]


def word_of(what: str, words: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Return a parser of the words of one enumeration."""

    def parsed(text: str) -> StrEnum:
        return parse_word(what, text, words)

    return parsed


def path_of(word: str) -> str:
    """Return a path; refuse an empty one, which would mean the current folder."""
    if not word:
        raise typer.BadParameter("it is empty; name a file or a folder")
    return word


def output_of(word: str) -> str | None:
    """Return the path of a file to write; None for `-`, standard output."""
    return None if path_of(word) == "-" else word


def chosen(options: Mapping[str, Any], names: str) -> dict[str, Any]:
    """Return some options of a table, in the order of their names."""
    return {name: options[name] for name in names.split()}
