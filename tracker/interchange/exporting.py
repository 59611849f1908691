"""The whole book as JSONL: a header, the catalog, every entry with its digest."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from tracker.database import Connection
from tracker.dates import END_OF_TIME, Period, iso_moment
from tracker.interchange.dump import CATALOG, FORMAT, SCHEMA, line
from tracker.journal.chain import WORDS, links, words_of
from tracker.vocabulary import Precision

STATEMENTS = {
    "party": "parties",
    "source": "whole_sources",
    "agreement": "agreements",
    "concession": "whole_concessions",
    "deadline": "whole_deadlines",
    "exchange": "exchanges",
}
PERIODS = {"agreement": 3, "deadline": 6}
"""Where in these rows the day stands that has a precision."""


def export(connection: Connection) -> Iterator[str]:
    """Yield a book's lines, in the order in which it was written; the caller holds one view."""
    catalog = list(_catalog(connection))
    tail = connection.rows("tail")
    header = {
        "format": FORMAT,
        "schema": SCHEMA,
        "catalog": sha256("".join(catalog).encode()).hexdigest(),
        "entries": tail[0][0] if tail else 0,
        "head": bytes(tail[0][1]).hex() if tail else None,
    }
    yield line("book", header)
    yield from catalog
    for row in links(connection):
        words = words_of(row)
        held = {key: words[key] for key in WORDS}
        yield line("entry", held | {"digest": bytes(words["digest"]).hex()})


def _catalog(connection: Connection) -> Iterator[str]:
    for what, keys in CATALOG.items():
        known_by = {"known_by": END_OF_TIME} if what == "exchange" else {}
        for row in connection.rows(STATEMENTS[what], **known_by):
            values = [_plain(value) for value in _with_period(row, PERIODS.get(what))]
            yield line(what, dict(zip(keys, values, strict=True)))


def _with_period(row: tuple[Any, ...], place: int | None) -> tuple[Any, ...]:
    """Return a row whose day at this place is one with its precision behind it."""
    if place is None:
        return row
    period = Period(row[place], Precision(row[place + 1]))
    return (*row[:place], period, *row[place + 2 :])


def _plain(value: Any) -> Any:
    match value:
        case Period():
            return str(value)
        case datetime():
            return iso_moment(value)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
    return value
