"""Complaints about a file: in a table by line and column, in TOML by table, slug and key."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from tracker.errors import BadDay, BadFile, NoSuch, NoSuchSource, TrackerError, UnknownWord
from tracker.errors.usage import COUNTED, LISTED
from tracker.errors.wording import shortened, suggestion
from tracker.models import reasons

if TYPE_CHECKING:
    from pydantic import BaseModel


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
            raise BadFile(path=path, total=self.total, complaints=[*map(str, kept)])


def reason_of(error: TrackerError) -> str:
    """Return a refusal's reason, with its remedy only if that suggests a word."""
    helps = isinstance(error, (BadDay, NoSuch, NoSuchSource, UnknownWord))
    if not helps or error.remedy.endswith("There are none"):
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
