"""Recipes: a TOML file that says what the columns of somebody else's table are in the book."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from tracker.errors import (
    BadDocument,
    NoSuchShipped,
    RecipeAsks,
    RecipeElsewhere,
    UnknownWord,
)
from tracker.errors.wording import suggestion
from tracker.interchange import documents, seeds
from tracker.interchange.columns import BOOKKEEPING, COLUMNS
from tracker.interchange.complaints import complaint
from tracker.models.fields import Quantity


class Strict(BaseModel):
    """What every table of a recipe shares: an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cell(Strict):
    """Where a text comes from, and what is done to it on the way."""

    column: str | tuple[str, ...]
    """The column; of several, numbers are added up."""
    words: Mapping[str, str] | None = None
    """What the table's words are in the book; a row with another word is left out."""
    days: str | None = None
    """How days are written, as `strptime` has it: `%d %b %Y`."""
    thousands: str = ""
    """What divides thousands, and is dropped."""
    subtract: Quantity | None = None
    """What is taken off a number: what had been counted before the promise."""
    times: Quantity | None = None
    """What a number is multiplied by, after that: `0.001` from thousands to millions."""
    slug: bool = False
    """Whether the text is made a slug."""
    before: str = ""
    """What is put before the text."""
    after: str = ""
    """What is put after the text."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, as a file's reader names them."""
        found = (self.column,) if isinstance(self.column, str) else self.column
        return tuple(one.strip().lower() for one in found)

    @property
    def is_number(self) -> bool:
        """Whether the text is to be a number."""
        counted = self.subtract is not None or self.times is not None or bool(self.thousands)
        return counted or len(self.columns) > 1


class Condition(Strict):
    """What a cell is, or is not."""

    column: str
    among: tuple[str, ...] | None = None
    not_among: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """The column, as a file's reader names it."""
        return self.column.strip().lower()

    def holds(self, cells: Mapping[str, str]) -> bool:
        """Return whether a row is so."""
        text = cells.get(self.name, "").strip()
        if self.among is not None and text not in self.among:
            return False
        return self.not_among is None or text not in self.not_among


class Skip(Condition):
    """Which rows are left out, and why."""

    reason: str


class Table(Strict):
    """How the table is laid out, as far as its file does not say so."""

    format: Literal["csv", "tsv", "jsonl", "json", "xlsx"] | None = None
    header: int = 1
    """The line that names the columns."""
    rows: str | None = None
    """The key of a JSON document that holds the rows."""
    sheet: str | None = None
    """The sheet of a workbook; the first one otherwise."""


Value = Cell | Condition | str | bool | tuple[str, ...]
"""What a key of the book gets: a cell of the row, or the same each time; `when` has a condition."""

Pattern = Mapping[str, Value]
"""What a row says, key by key."""
WHEN = "when"
"""The key of a pattern that says of which rows it is."""


class Promise(Strict):
    """What a row promises: a concession with its deadlines, and what has happened since."""

    concession: Pattern
    deadline: tuple[Pattern, ...] = ()
    entry: tuple[Pattern, ...] = ()


class Recipe(Strict):
    """A whole recipe: `import` takes its updates, `apply` its agreement and promises."""

    title: str
    """What table it is for."""
    about: str = ""
    """Where the table is found, and what to mind."""
    ask: Mapping[str, str] = {}
    """What the user has to give with `--set`, and what it is; it stands for `{name}` elsewhere."""
    each: tuple[Mapping[str, str], ...] = ()
    """What updates and promises are repeated for: texts that stand for `{name}` in them."""
    table: Table = Table()
    skip: tuple[Skip, ...] = ()
    update: tuple[Pattern, ...] = ()
    """What each row says, in the columns of a history."""
    agreement: Pattern = {}
    """The agreement of each row, in the keys of a seed."""
    party: tuple[Mapping[str, Any], ...] = ()
    source: tuple[Mapping[str, Any], ...] = ()
    promise: tuple[Promise, ...] = ()
    """What each row promises, in the keys of a seed."""


def shipped() -> list[str]:
    """Return the names of the recipes that come with the program."""
    return sorted(path.stem for path in (seeds.folder() / "recipes").glob("*.toml"))


def find(name: str) -> Path:
    """Return the file of a shipped recipe, or of a path."""
    with suppress(OSError):  # a name that no file can have
        path = seeds.folder() / "recipes" / f"{name}.toml"
        if "/" not in name and path.is_file():
            return path
        if Path(name).is_file():
            return Path(name)
    raise NoSuchShipped(kind="recipe", name=name, known=shipped())


COMMANDS = {"update": "import", "promise": "apply"}
"""The part of a recipe that each command needs."""


def load(path: Path, part: str, given: Mapping[str, str]) -> Recipe:
    """Read a recipe, strictly, with what its user gives in the places that ask for it.

    `part` is what it is needed for: its updates, or its promises.
    """
    tables = documents.read_toml(path)
    if part not in tables:
        (other,) = (command for one, command in COMMANDS.items() if one != part)
        command = COMMANDS[part]
        raise RecipeElsewhere(recipe=path.stem, part=part, command=command, other=other)
    ask = tables.get("ask", {})
    if not isinstance(ask, dict):
        ask = {}  # the model complains below
    if unknown := [name for name in given if name not in ask]:
        raise UnknownWord(kind="name that this recipe asks for", word=unknown[0], allowed=ask)
    if lacking := {name: what for name, what in ask.items() if name not in given}:
        raise RecipeAsks(recipe=path.stem, lacking=lacking)
    try:
        recipe = Recipe.model_validate(_repeated(_filled(tables, given)))
    except ValidationError as error:
        reasons = [complaint(one, tables, Recipe) for one in error.errors(include_url=False)]
        raise BadDocument(path=path, complaints=reasons) from None
    known = [column for column in COLUMNS if column not in BOOKKEEPING]
    wrong = [
        f"[[update]], key '{name}': there is no such column. {suggestion(name, known)}"
        for update in recipe.update
        for name in update
        if name not in (*known, WHEN)
    ]
    if wrong:
        raise BadDocument(path=path, complaints=wrong)
    return recipe


def _repeated(tables: dict[str, Any]) -> dict[str, Any]:
    """Return a recipe with its updates and promises written out for each."""
    each = tables.get("each")
    if not isinstance(each, list) or not all(isinstance(names, dict) for names in each):
        return tables
    texts = [{name: str(text) for name, text in names.items()} for names in each]
    return tables | {
        key: [_filled(one, names) for names in texts for one in tables[key]]
        for key in ("update", "promise")
        if isinstance(tables.get(key), list)
    }


def _filled(value: Any, given: Mapping[str, str]) -> Any:
    """Return a part of a recipe with what was given in place of the names in braces."""
    match value:
        case str():
            for name, text in given.items():
                value = value.replace(f"{{{name}}}", text)
            return value
        case dict():
            return {key: _filled(item, given) for key, item in value.items()}
        case list():
            return [_filled(item, given) for item in value]
    return value
