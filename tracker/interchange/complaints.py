"""Complaints about a file: in a table by line and column, in TOML by table, slug and key."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from tracker.errors import BadInput, TrackerError, counted, shortened, suggestion, with_rest
from tracker.journal.names import UNKNOWN
from tracker.models import reasons

if TYPE_CHECKING:
    from pydantic import BaseModel

LISTED = 100
"""How many mistakes of a file are listed."""
COUNTED = 1_000
"""How many are counted; after that the rest of the file is not read."""
COLUMNS = {
    "before window": "due_on",
    "missed too early": "effective_on",
    "nothing to miss": "stage",
    "not a delivery": "deadline",
    "no target": "value",
    "zero target": "value",
    "same base": "base",
    "another unit": "unit",
    "unit needed": "unit",
    "already closed": "outcome",
    "another outcome": "outcome",
    "still waiting": "outcome",
    "already retracted": "refers_to",
    "another thing": "refers_to",
    "declaration stands": "refers_to",
    "no such entry": "refers_to",
    "refers to later line": "refers_to",
    "retraction stands": "refers_to",
}
"""The columns that refusals are about; those of days say which one."""
DAYS = ("not a calendar day", "not a day", "not a moment", "not a period", "not a week")
HELPED = {*UNKNOWN, *DAYS, "no such source", "unknown word"}
"""The refusals whose remedy suggests a word."""


class Complaint(NamedTuple):
    """One mistake in a line: its column, its value and the reason."""

    line: int
    column: str | None
    value: str | None
    reason: str

    def __str__(self) -> str:
        """Return the complaint as one line that quotes the value once."""
        place = f"line {self.line}"
        if self.column:
            place += f", column '{shortened(self.column)}'"
        if self.value and f"'{self.value}'" not in self.reason:
            place += f", value '{shortened(self.value)}'"
        return f"{place}: {self.reason}"


class Complaints:
    """Gathers the complaints about a file, which is refused at once if they are very many."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.total = 0
        self.kept: list[Complaint] = []

    @property
    def full(self) -> bool:
        """Whether further ones are only counted, so that wording them would be wasted."""
        return self.total >= LISTED

    def add(self, complaint: Complaint) -> None:
        """Count a complaint, and keep it while there is room."""
        self.total += 1
        if len(self.kept) < LISTED:
            self.kept.append(complaint)
        if self.total >= COUNTED:
            self.refuse()

    def refuse(self) -> None:
        """Refuse the file if there are any."""
        if self.total:
            kept = sorted(self.kept, key=lambda complaint: complaint.line)
            path = "standard input" if self.name == "-" else self.name
            raise bad_file(path, [*map(str, kept)], self.total)


def bad_file(path: object, complaints: Sequence[str], total: int) -> BadInput:
    """Return the refusal of a file with mistakes, each on a line that names its place."""
    count = counted(total, "mistake")
    if total >= COUNTED:
        count = f"at least {count}"
    listed = with_rest(complaints[:LISTED], total)
    return BadInput("bad file", path=path, count=count, complaints=listed)


def column_of(error: TrackerError) -> str | None:
    """Return the column of a line that a refusal is about, if it is about one."""
    return COLUMNS.get(error.problem) or error.fields.get("column")


def reason_of(error: TrackerError) -> str:
    """Return a refusal's reason, with its remedy only if that suggests a word."""
    if error.problem not in HELPED or error.remedy.endswith("There are none"):
        return error.what
    return f"{error.what}. {error.remedy}"


def in_toml(error: Any, tables: dict[str, Any], model: "type[BaseModel]") -> str:
    """Describe one validation error: the table, its slug or number, the key and the reason."""
    path, last = _split(error["loc"], tables)
    key, place, here = shortened(str(last)), "", tables
    if is_whole := isinstance(last, int):  # of one table in a list
        path = (*path, last)
    names: list[str] = []
    for step in path:
        here = _step(here, step)
        if isinstance(step, int):
            named = here.get("slug") or here.get("key")
            place = f"[[{'.'.join(names)}]] {repr(named) if named else step + 1}"
        else:
            names.append(str(step))
            place = f"[{'.'.join(names)}]"
    reason = reasons.reason_of(error, key)
    if error["type"] == "extra_forbidden":
        reason += f". {suggestion_of_name(key, _keys(model, path))}"
    if is_whole:
        return f"{place}: {reason}"
    return f"{place}, key '{key}': {reason}" if place else f"table [{key}]: {reason}"


ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("on", "date", "day", "effective_on"), ("on", "effective_on")),
    "by": ("counted_by",),
    "retracts": ("refers_to",),
}
"""What is meant by names that people know from options or other files, or guess."""


def suggestion_of_name(word: str, known: Sequence[str]) -> str:
    """Return which known key or column is meant, even if it has another name."""
    meant = next((name for name in ALSO_CALLED.get(word, ()) if name in known), None)
    return f"Did you mean '{meant}'?" if meant else suggestion(word, known)


def _keys(model: "type[BaseModel]", path: Sequence[int | str]) -> list[str]:
    """Return the keys of the table at a path, as its model names them."""
    for step in path:
        if isinstance(step, str):
            kind = model.model_fields[step].annotation
            model = (*get_args(kind), kind)[0]
    return list(model.model_fields)


def _split(
    location: tuple[int | str, ...], tables: dict[str, Any]
) -> tuple[tuple[int | str, ...], int | str]:
    """Split a mistake's location at its key; what follows the key is inside the value."""
    here: Any = tables
    for at, (step, inner) in enumerate(pairwise(location)):
        here = _step(here, step)
        if not isinstance(_step(here, inner) if isinstance(inner, int) else here, dict):
            return location[:at], step
    return location[:-1], location[-1]


def _step(here: Any, step: int | str) -> Any:
    try:
        return here[step]
    except (KeyError, IndexError, TypeError):
        return {}
