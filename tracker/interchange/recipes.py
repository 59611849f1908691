"""Recipes: a TOML file that maps the columns of somebody else's table to the book."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    model_validator,
)

from tracker.errors import RecipeAsks, RecipeElsewhere, UnknownWord
from tracker.errors.wording import suggestion
from tracker.interchange import documents
from tracker.interchange.columns import BOOKKEEPING, COLUMNS
from tracker.interchange.complaints import in_toml
from tracker.models.declared import Quantity


class Strict(BaseModel):
    """The base of every table of a recipe: refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _columns(value: Any) -> Any:
    """Return one column or several as a tuple; refuse none."""
    if not value:
        raise ValueError("name a column, or a list of them")
    return (value,) if isinstance(value, str) else value


def _layout(days: str) -> str:
    """Return a format of days; refuse one that `strptime` does not know, or without a year."""
    try:
        if not re.search("%[yYcxG]", days):
            raise ValueError(days)
        datetime.strptime(datetime.max.strftime(days), days)
    except ValueError:
        reason = f"'{days}' is not a format of strptime with a year, such as %d %b %Y"
        raise ValueError(reason) from None
    return days


class Cell(Strict):
    """Where a text comes from, and how it is converted."""

    column: Annotated[tuple[str, ...], BeforeValidator(_columns)]
    """The column; the numbers of several are added up, if none of them is empty."""
    words: Mapping[str, str] | None = None
    """The book's word for each of the table's words; a row with another word is left out."""
    days: Annotated[str, AfterValidator(_layout)] | None = None
    """The format of days, for `strptime`: `%d %b %Y`."""
    thousands: str = ""
    """The thousands separator, which is removed."""
    subtract: Quantity | None = None
    """What is subtracted from a number: what had been counted before the promise."""
    times: Quantity | None = None
    """What a number is multiplied by, after that: `0.001` from thousands to millions."""
    slug: bool = False
    """Whether the text is turned into a slug."""
    before: str = ""
    """What is put before the text."""
    after: str = ""
    """What is put after the text."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, under the names of the file's reader."""
        return tuple(one.strip().lower() for one in self.column)

    @property
    def is_number(self) -> bool:
        """Whether the text is to be a number."""
        counted = self.subtract is not None or self.times is not None or bool(self.thousands)
        return counted or len(self.columns) > 1

    @model_validator(mode="after")
    def _is_number_or_text(self) -> Self:
        text = {"words": self.words, "days": self.days, "slug": self.slug}
        text |= {"before": self.before, "after": self.after}
        if self.is_number and (given := [name for name, value in text.items() if value]):
            raise ValueError(f"a number does not take '{given[0]}'")
        return self


NEEDS_CONDITION = "it needs 'among' or 'not_among'"


class Condition(Strict):
    """What a cell must be, or must not be."""

    column: str
    among: Sequence[str] | None = None
    not_among: Sequence[str] | None = None

    @property
    def name(self) -> str:
        """The column, under the name of the file's reader."""
        return self.column.strip().lower()

    def holds(self, cells: Mapping[str, str]) -> bool:
        """Return whether a row meets the condition."""
        text = cells.get(self.name, "").strip()
        is_among = self.among is None or text in self.among
        return is_among and (self.not_among is None or text not in self.not_among)

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if self.among is None and self.not_among is None:
            raise ValueError(NEEDS_CONDITION)
        return self


class Skip(Condition):
    """Which rows are left out, and why."""

    reason: str


class Table(Strict):
    """The layout of the table, where its file does not show it."""

    header: int = Field(default=1, ge=1)
    """The line that names the columns."""
    rows: str | None = None
    """The key of a JSON document that holds the rows."""
    sheet: str | None = None
    """The sheet of a workbook; by default, the first one."""


def _tag(value: Any) -> str:
    """Return the type of a pattern's value, so that mistakes are reported for that type only."""
    if isinstance(value, dict):
        return "=condition" if value.keys() & {"among", "not_among"} else "=cell"
    return {bool: "=flag", list: "=list", tuple: "=list"}.get(type(value), "=text")


TAGGED: Mapping[int | str, type[Strict]] = {"=cell": Cell, "=condition": Condition}
"""The tables that the value of a pattern can be, by their tags."""

Value = Annotated[
    Annotated[Cell, Tag("=cell")]
    | Annotated[Condition, Tag("=condition")]
    | Annotated[str, Tag("=text")]
    | Annotated[bool, Tag("=flag")]
    | Annotated[tuple[str, ...], Tag("=list")],
    Discriminator(_tag),
]
"""What a key of the book gets: a cell of the row or a constant; `when` has a condition."""

Pattern = Mapping[str, Value]
"""What a row says, by key."""
WHEN = "when"
"""The key of a pattern that says to which rows it applies."""


class Promise(Strict):
    """What a row promises: a concession with its deadlines, and entries about it."""

    concession: Pattern
    deadline: tuple[Pattern, ...] = ()
    entry: tuple[Pattern, ...] = ()


class Recipe(Strict):
    """A whole recipe: `import` takes its updates, `apply` its agreement and promises."""

    title: str
    """The table that it is for."""
    about: str = ""
    """Where to find the table, and what to look out for."""
    ask: Mapping[str, str] = {}
    """What the user has to give with `--set`, and what it means; it replaces `{name}` elsewhere."""
    each: tuple[Mapping[str, str], ...] = ()
    """What updates and promises are repeated for: texts that replace `{name}` in them."""
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

    @property
    def patterns(self) -> list[Pattern]:
        """All patterns of the recipe."""
        promises = self.promise
        return [
            *self.update,
            self.agreement,
            *(one.concession for one in promises),
            *(pattern for one in promises for pattern in (*one.deadline, *one.entry)),
        ]


COMMANDS = {"update": "import", "promise": "apply"}
"""The part of a recipe that each command needs."""


def load(path: Path, part: str, given: Mapping[str, str]) -> Recipe:
    """Read and validate a recipe, with what its user gives filled in.

    `part` is the part that is needed: its updates, or its promises.
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
        recipe = Recipe.model_validate(_repeated(filled(tables, given)))
    except ValidationError as error:
        raise documents.bad(path, [*_complaints(error, tables, given)]) from None
    if wrong := [*_misplaced(recipe)]:
        raise documents.bad(path, wrong)
    return recipe


def _complaints(
    error: ValidationError, tables: dict[str, Any], given: Mapping[str, str]
) -> Iterator[str]:
    """Yield the mistakes in a recipe, at the places where its writer can find them.

    What was given on the command line is to be corrected there.
    """
    options = {text: f" (correct --set {name})" for name, text in given.items()}
    for one in error.errors():
        place = tuple(step for step in one["loc"] if not str(step).startswith("="))
        inner = next((TAGGED[step] for step in one["loc"] if step in TAGGED), None)
        mistake = in_toml({**one, "loc": place}, tables, Recipe, inner)
        yield f"{mistake}{options.get(str(one['input']), '')}"


def _misplaced(recipe: Recipe) -> Iterator[str]:
    """Yield the unknown keys of patterns, and those with values that they cannot have."""
    known = [column for column in COLUMNS if column not in BOOKKEEPING]
    for update in recipe.update:
        for name, value in update.items():
            if name not in (*known, WHEN):
                reason = f"there is no such column. {suggestion(name, known)}"
                yield f"[[update]], key '{name}': {reason}"
            elif name != WHEN and isinstance(value, (bool, tuple)):
                yield f"[[update]], key '{name}': write it as a string, in quotes"
    for pattern in recipe.patterns:
        for name, value in pattern.items():
            if (name == WHEN) != isinstance(value, Condition):
                wants = NEEDS_CONDITION if name == WHEN else "only 'when' has that"
                yield f"key '{name}': {wants}"


def _repeated(tables: dict[str, Any]) -> dict[str, Any]:
    """Return a recipe with its updates and promises repeated for `each`."""
    each = tables.get("each")
    if not isinstance(each, list) or not all(isinstance(names, dict) for names in each):
        return tables
    texts = [{name: str(text) for name, text in names.items()} for names in each]
    return tables | {
        key: [filled(one, names) for names in texts for one in tables[key]]
        for key in ("update", "promise")
        if isinstance(tables.get(key), list)
    }


def filled(value: Any, given: Mapping[str, str]) -> Any:
    """Return a value with the names in braces, in all of its texts, replaced by what was given."""
    match value:
        case str():
            for name, text in given.items():
                value = value.replace(f"{{{name}}}", text)
            return value
        case dict():
            return {key: filled(item, given) for key, item in value.items()}
        case list() | tuple():
            return [filled(item, given) for item in value]
    return value
