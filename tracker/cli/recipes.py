"""Recipes on a command line: which one, what it asks for, and the tables that it reads."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import completion
from tracker.cli.files import read
from tracker.cli.parameters import option

if TYPE_CHECKING:
    from tracker.interchange.applying import Files
    from tracker.interchange.documents import Document
    from tracker.interchange.importing import Imported
    from tracker.interchange.lines import Advance
    from tracker.interchange.recipes import Recipe
    from tracker.interchange.rows import Reason
    from tracker.journal.writer import Writer

    Importer = Callable[[Writer, BufferedReader, str, Advance], Imported]

Name = Annotated[
    str | None,
    option(
        "--recipe",
        "NAME|FILE",
        "The recipe that says what the columns mean.",
        completion.recipes,
    ),
]
Given = Annotated[
    list[str] | None,
    option("--set", "NAME=TEXT", "A value that the recipe asks for; can be repeated."),
]


def importer(recipe: str | None, given: list[str] | None) -> "Importer":
    """Return the function that imports a file of updates, or another table by a recipe."""
    from tracker.interchange.importing import import_file, import_table

    chosen = _recipe(recipe, "update", given)
    return import_file if chosen is None else partial(import_table, chosen)


def declared(
    files: list[str], recipe: str | None, given: list[str] | None
) -> "tuple[Files, Mapping[Reason, int]]":
    """Return what seeds, files or tables declare, and the rows left out, counted by reason."""
    from tracker.interchange import seeds
    from tracker.interchange.applying import load

    chosen = _recipe(recipe, "promise", given)
    if chosen is None:
        return load([*dict.fromkeys(map(seeds.find, files))]), {}
    found: dict[Path, Document] = {}
    skipped: Counter[Reason] = Counter()
    for name in dict.fromkeys(files):
        documents, left_out = _promises(chosen, name)
        found |= {Path(f"{name} ({one.agreement.slug})"): one for one in documents}
        skipped += left_out
    return found, skipped


def _promises(recipe: "Recipe", name: str) -> "tuple[list[Document], Counter[Reason]]":
    from tracker.interchange.foreign import rows
    from tracker.interchange.promises import documents

    with read(name) as file:
        return documents(recipe, rows(file, name, recipe.table, lambda _: None), name)


def _recipe(name: str | None, part: str, given: list[str] | None) -> "Recipe | None":
    """Return the named recipe for updates or promises, with the values that were given."""
    if name is None:
        if given:
            raise typer.BadParameter("--set needs --recipe")
        return None
    from tracker.interchange import seeds
    from tracker.interchange.recipes import load

    return load(seeds.find(name, "recipe"), part, dict(map(_pair, given or [])))


def _pair(setting: str) -> tuple[str, str]:
    name, _, text = setting.partition("=")
    if not (name and text):
        raise typer.BadParameter(f"'{setting}' is not NAME=TEXT", param_hint="'--set'")
    return name, text
