"""A book's reports as plain tables of an SQLite database, for Datasette, DuckDB and others."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, get_args, get_origin

from tracker.dates import week_of
from tracker.publish.whole import Whole, answers
from tracker.quantities import rounded
from tracker.reports.at_risk import at_risk
from tracker.reports.bulletin import bulletin
from tracker.reports.check import check
from tracker.reports.frame import report
from tracker.reports.reliability import reliability
from tracker.reports.show import ShowDocument, show
from tracker.reports.view import View
from tracker.tables import Report
from tracker.tables.cells import plain_value, visible
from tracker.tables.data import is_several, joined
from tracker.tables.lists import FlatTable, flat_tables
from tracker.vocabulary import Grouping

APPLICATION = int.from_bytes(b"truX")
"""The file's application id, so that a later extract can replace it, and only it."""
ABOUT = "about"
"""The table of single values: the clocks, and the book's entries and head."""
DAYS = 30
"""The horizon of risks and the length of a silence: the commands' defaults."""
TYPES = {
    bool: "BOOLEAN", int: "INTEGER", float: "REAL", Decimal: "REAL",
    datetime: "TIMESTAMP", date: "DATE",
}  # fmt: skip
"""The declared types of columns that do not hold text; the first that fits counts."""


def extract(view: View) -> bytes:
    """Return a database with a table for each report, and for each list in it or in its rows.

    Columns are those of CSV, with lists further inside joined to one text. Numbers are numbers of
    15 digits, days and moments are ISO text.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute("BEGIN")
        for name, table in _tables(Whole.of(view)):
            _write(database, name, table)
        database.execute("COMMIT")
        return database.serialize()


def _tables(view: Whole) -> Iterator[tuple[str, FlatTable]]:
    """Yield every table with its name, the main reports first."""
    yield ABOUT, _about(view)
    shown = flat_tables(_concessions(view))
    yield "concession", shown["rows"]
    yield "concession_versions", shown["versions"]
    reports = {
        **answers(view),
        "at_risk": at_risk(view, DAYS),
        "reliability": reliability(view, Grouping.GIVER),
        "check": check(view, DAYS),
        "week": bulletin(view, week_of(view.clocks.as_of), every_source=True),
    }
    for name, one in reports.items():
        for of, table in flat_tables(one).items():
            if table.is_list:
                yield (name if of == one.main else f"{name}_{of}"), table


def _concessions(view: Whole) -> Report:
    """Return what `show` has on every concession, such as its test and its quote."""
    shown = [show(view, slug, view.versions.get(slug, ())) for slug in view.positions]
    return report(view, ShowDocument([row for one in shown for row in one.rows]), [])


def _about(view: View) -> FlatTable:
    """Return the clocks and the book's identity."""
    clocks, state = view.clocks, view.state
    said = {
        "as_of": clocks.as_of,
        "known_by": state.entries,
        "public_by": clocks.public_by,
        "agreement": view.agreement,
        "head": state.head,
    }
    return FlatTable(ABOUT, ("key", "value"), (str, str), iter(map(list, said.items())))


def _write(database: sqlite3.Connection, name: str, table: FlatTable) -> None:
    columns = ", ".join(
        f'"{column}" {_type(kind)}' for column, kind in zip(table.columns, table.kinds, strict=True)
    )
    database.execute(f'CREATE TABLE "{name}" ({columns})')
    places = ", ".join("?" * len(table.columns))
    database.executemany(
        f'INSERT INTO "{name}" VALUES ({places})', ([*map(_held, row)] for row in table.rows)
    )


def _type(kind: Any) -> str:
    """Return the declared type of a column, on which other programs rely."""
    kinds = {*get_args(kind)} - {NoneType} or {kind}
    only = kinds.pop() if len(kinds) == 1 else None
    if not isinstance(only, type) or get_origin(only) or get_origin(kind) in (list, tuple):
        return "TEXT"
    return next((found for one, found in TYPES.items() if issubclass(only, one)), "TEXT")


def _held(value: Any) -> Any:
    """Return a value as a column holds it; several are joined, as in CSV."""
    match value:
        case None | int() | float():
            return value
        case Decimal():
            return float(rounded(value))
    if is_several(value):
        return visible(joined(value)) or None
    return visible(str(plain_value(value)))
