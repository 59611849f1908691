"""The JSON contract: the type of each report's document, and the keys that frame it."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeVar, get_args

from tracker.facts import BookState
from tracker.reports.view import View
from tracker.tables.rows import Flattened, keyed

Kind = TypeVar("Kind")

DOCUMENTS: dict[type[Any], str] = {}
"""The report of each type of document; each module of reports adds its own on import."""


def document_of(report: str) -> Callable[[type[Kind]], type[Kind]]:
    """Declare the type of a report's document; its field `rows` is the main table."""

    def declare(kind: type[Kind]) -> type[Kind]:
        DOCUMENTS[kind] = report
        return kind

    return declare


def row_type(kind: type[Any]) -> type[Any]:
    """Return the type of a document's rows."""
    (row,) = get_args(kind.__annotations__["rows"])
    return row  # type: ignore[no-any-return]


class Frame(NamedTuple):
    """The first and last keys of every report's document."""

    report: str
    """The report's name."""
    as_of: date
    """The report covers what had happened by this day."""
    known_by: int
    """The report covers what the book held up to this entry."""
    public_by: date | None
    """The report covers what was public by this day; null for all."""
    agreement: str | None
    """The agreement that the report is limited to; null for all."""
    found: Flattened[Any]
    book: BookState
    """How many entries the book held by then, and its head: the seal of the last batch."""


def framed(view: View, report: str, found: Any) -> dict[str, Any]:
    """Return the whole document of a report, by key."""
    (as_of, _, public_by, _), state = view.clocks, view.state
    return keyed(Frame(report, as_of, state.entries, public_by, view.agreement, found, state))
