"""The JSON contract: the type of each report's document, and what frames it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar, get_args

from tracker.facts import Head
from tracker.reports.view import View
from tracker.tables.rows import Flattened, keyed

Kind = TypeVar("Kind")

DOCUMENTS: dict[type[Any], str] = {}
"""The report of each type of document; a module of reports adds its own when it is imported."""


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
    """What the document of every report begins and ends with."""

    report: str
    """The report's name."""
    as_of: date
    """The report covers what had happened by this day."""
    known_by: datetime | None
    """The report covers what the book held at this moment; null for now."""
    agreement: str | None
    """The only agreement in view; null for all."""
    found: Flattened[Any]
    book: Head
    """How many entries the book held by then, and the digest of the last one."""


def framed(view: View, report: str, found: Any) -> dict[str, Any]:
    """Return the keys of a report's whole document with their values."""
    return keyed(Frame(report, *view.clocks, view.agreement, found, view.head))
