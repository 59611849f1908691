"""The rows of a book, or of some of its things: one SELECT a table, on both databases."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from tracker.database import Connection
from tracker.errors import Unavailable, damaged
from tracker.things import STORED
from tracker.vocabulary import (
    NEWS,
    Basis,
    Bound,
    Command,
    ConcessionKind,
    DeadlineKind,
    EntryKind,
    Instrument,
    Media,
    Namespace,
    Outcome,
    Precision,
    Role,
    Stage,
    TermWord,
)

Tables = Mapping[str, list[Any]]
"""The rows of each table, by its name."""

COLUMNS = {
    "thing": "id namespace slug",
    "batch": "id command author recorded_at utc_offset first_entry origin origin_at merged_by seal",
    "entry": "id batch kind subject_id concession_id effective_on effective_on_precision public_on"
    " says_id note headline inferred stage value base unit counted_by basis flow due_on"
    " due_on_precision outcome refers_to origin key",
    "entry_source": "entry_id place source_id",
    **{
        kind.value: " ".join(
            ("entry_id", "thing_id", *(column.name for column in columns))
        )
        for kind, columns in STORED.items()
    },
    "concession_party": "entry_id role place party_id",
    "exchange": "entry_id in_return_for_id",
    "source_text": "entry_id thing_id file_sha256 words_sha256 words media reader",
}
"""What is read of each table, in the order of its first column; a row has its columns by name."""
ROWS: dict[str, Any] = {
    table: namedtuple(table, columns) for table, columns in COLUMNS.items()
}

TYPES: Mapping[str, type] = {
    **dict.fromkeys(("value", "target", "base"), Decimal),
    **dict.fromkeys(("headline", "inferred", "flow", "official", "read", "hold"), bool),
    **dict.fromkeys(("key", "seal", "file_sha256", "words_sha256"), bytes),
    **dict.fromkeys(("id", "batch", "first_entry", "refers_to", "place", "words"), int),
    **dict.fromkeys(("_id", "utc_offset"), int),
    "_on": date,
    "_at": datetime,
    "namespace": Namespace,
    "command": Command,
    "stage": Stage,
    "basis": Basis,
    "outcome": Outcome,
    "instrument": Instrument,
    "term": TermWord,
    "bound": Bound,
    "role": Role,
    "media": Media,
}
"""The type of the values in a column, by its name or the end of its name; the others hold text.

A word of a vocabulary is text, and has that vocabulary.
"""
TYPED_APART: Mapping[tuple[str, str], type] = {
    ("entry", "origin"): int,
    ("agreement", "place"): str,
    ("entry", "kind"): EntryKind,
    ("concession", "kind"): ConcessionKind,
    ("deadline", "kind"): DeadlineKind,
}
"""The columns of which another table's column with that name has another type."""
FROM_TEXT: Mapping[type, Callable[[str], Any]] = {
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: lambda text: datetime.fromisoformat(text).astimezone(UTC),
}
"""How plain values of these types are read."""
MISREAD = (ValueError, TypeError, LookupError, ArithmeticError)
"""What a stored day, moment, quantity or flag raises that a hand changed so that it is none."""


def tables_of(
    connection: Connection,
    things: Iterable[int] | None = None,
    *,
    declared: bool = False,
    also: Mapping[str, str] = {},
) -> Tables:
    """Return the rows of each table of a book or, with `things`, only of what is about these.

    What is only `declared` leaves out the entries that say more: a declaration's source is one of
    its fields. `also` has conditions of other rows that are wanted, by table.
    """
    only: dict[str, str] = {}
    if declared:
        only = {
            "entry": "kind IN ('declaration', 'retraction')",
            "entry_source": "FALSE",
        }
    if things is None:
        return {
            table: rows(connection, table, only.get(table, "TRUE")) for table in COLUMNS
        }
    known = {*things}
    tables: dict[str, list[Any]] = {}
    for table, condition in CHOSEN.items():
        either = f"({condition} OR {also.get(table, 'FALSE')})"
        where = either.format(things=in_list(known))
        tables[table] = rows(connection, table, where, only.get(table, "TRUE"))
        if table in ("party", "source"):
            known |= {row.thing_id for row in tables[table]}
        elif "source_id" in ROWS[table]._fields:
            known |= {row.source_id for row in tables[table]}
    named = in_list(known | things_in(tables))
    tables["thing"] = rows(connection, "thing", f"id IN ({named})")
    return tables


def tables_of_agreement(connection: Connection, agreement: str, known: int) -> Tables:
    """Return the rows on which a report on an agreement rests, up to an entry.

    These are the rows around it, and the parties of an agreement in which something was given in
    return, if they move its days; what else has the address of its sources; the book's first
    update, which tells whether a batch was the book's first import; the last batch, and the first
    one from another book.
    """
    sql = "SELECT id FROM thing WHERE namespace = 'subject' AND slug = :slug"
    things = around(connection, _numbers(connection, sql, slug=agreement))
    things |= _numbers(connection, MOVING.format(things=in_list(things)))
    also = {
        "source": SAME_ADDRESS,
        "entry": f"id = ({FIRST_UPDATE})",
        "batch": (
            f"id = (SELECT f.batch FROM entry AS f WHERE f.id = ({FIRST_UPDATE}))"
            f" OR id = (SELECT MAX(l.id) FROM batch AS l WHERE l.first_entry <= {known:d})"
            " OR id = (SELECT MIN(o.id) FROM batch AS o WHERE o.origin_at IS NOT NULL)"
        ),
    }
    return tables_of(connection, things, also=also)


def rows(connection: Connection, table: str, *conditions: str) -> list[Any]:
    """Return the rows of a table for which some conditions hold, in order.

    Raise Unavailable if a value is not of its column's kind: no version of this program wrote it.
    """
    columns = COLUMNS[table].split()
    where = " AND ".join(conditions)
    order = ", ".join(columns[:3])
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY {order}"
    # As `_make`, but without a call for each row.
    make = partial(tuple.__new__, ROWS[table])
    try:
        rows = connection.query(sql, make)
    except MISREAD as error:
        raise _misfit(connection, table) from error
    # Whole columns at once: a large book has millions of values.
    for column, values in zip(columns, zip(*rows, strict=True), strict=False):
        if not _are_of_their_kind(table, column, values):
            raise _misfit(connection, f"{column} of {table}")
    return rows


def read_back(table: str, row: Mapping[str, Any]) -> Any:
    """Return a row with plain values as it would be read."""
    values = []
    for column in ROWS[table]._fields:
        value = row.get(column)
        if isinstance(value, str):
            value = FROM_TEXT.get(_type_of(table, column), str)(value)
        values.append(value)
    return ROWS[table]._make(values)


def _type_of(table: str, column: str) -> type:
    if column.endswith("_precision"):
        return Precision
    by_name = TYPES.get(column, TYPES.get(column[-3:], str))
    return TYPED_APART.get((table, column), by_name)


def _are_of_their_kind(table: str, column: str, values: Iterable[Any]) -> bool:
    """Return whether all values of a column are words of its vocabulary, or of its type."""
    kind = _type_of(table, column)
    if issubclass(kind, StrEnum):
        return {*values} <= {None, *kind}
    return {*map(type, values)} <= {type(None), kind}


def _misfit(connection: Connection, place: str) -> Unavailable:
    reason = f"a value in {place} is not of its kind"
    return damaged(connection.target, reason)


def things_in(tables: Tables) -> set[int]:
    """Return the numbers of the things that some rows name."""
    numbers: set[int] = set()
    for table, rows in tables.items():
        columns = {name for name in ROWS[table]._fields if name.endswith("_id")} - {
            "entry_id"
        }
        numbers |= {getattr(row, column) for column in columns for row in rows}
    return numbers - {None}


_PARTS = (
    "entry_id IN (SELECT v.entry_id FROM concession AS v WHERE v.thing_id IN ({things}))"
)
ABOUT = (
    "concession_id IN ({things}) OR (concession_id IS NULL AND subject_id IN ({things}))"
)
"""The condition that an entry is about some things, as the indexes find it."""
CHOSEN = {
    "party": "TRUE",
    "entry_source": f"entry_id IN (SELECT e.id FROM entry AS e WHERE {ABOUT})",
    **dict.fromkeys(("agreement", "concession", "deadline"), "thing_id IN ({things})"),
    "concession_party": _PARTS,
    "exchange": _PARTS,
    **dict.fromkeys(("source", "source_text"), "thing_id IN ({things})"),
    "entry": ABOUT,
    "batch": f"id IN (SELECT e.batch FROM entry AS e WHERE {ABOUT})"
    " OR id = (SELECT MAX(b.id) FROM batch AS b)",
}
"""The condition that a row of each table is about some things, in the order of reading.

All parties are such things, and so are the sources that the rows read before name.
"""


EXCHANGED = """
WITH
stating(thing) AS (
    SELECT thing_id FROM concession WHERE thing_id IN ({things}) OR source_id IN ({things})
    UNION SELECT concession_id FROM deadline WHERE thing_id IN ({things})
),
owning(thing) AS (
    SELECT id FROM thing WHERE id IN ({things})
    UNION SELECT agreement_id FROM deadline WHERE thing_id IN ({things})
    UNION SELECT agreement_id FROM concession WHERE thing_id IN (SELECT thing FROM stating)
),
whole(thing) AS (
    SELECT thing_id FROM agreement WHERE thing_id IN ({things})
    UNION SELECT d.agreement_id
    FROM deadline AS d JOIN entry AS e ON e.subject_id = d.thing_id
    WHERE d.agreement_id IN (SELECT thing FROM owning)
    AND (e.says_id IS NOT NULL OR d.thing_id IN ({things}))
),
promised(thing) AS (
    SELECT thing FROM stating
    UNION SELECT thing_id FROM concession WHERE agreement_id IN (SELECT thing FROM whole)
)
SELECT thing FROM owning
UNION SELECT thing FROM promised
UNION SELECT x.in_return_for_id
FROM exchange AS x JOIN concession AS v ON v.entry_id = x.entry_id
WHERE v.thing_id IN (SELECT thing FROM promised)
UNION SELECT v.thing_id
FROM exchange AS x JOIN concession AS v ON v.entry_id = x.entry_id
WHERE x.in_return_for_id IN (SELECT thing FROM promised)
"""
"""Some things, what owns or states them, and what was exchanged for these concessions.

What is about an agreement itself touches the whole of it, since its own days are moved by the
parties of all of its concessions.
"""
OWNED = """
WITH
owned(thing) AS (
    SELECT id FROM thing WHERE id IN ({things})
    UNION SELECT agreement_id FROM concession WHERE thing_id IN ({things})
),
due(thing) AS (
    SELECT thing_id FROM deadline
    WHERE concession_id IN (SELECT thing FROM owned) OR agreement_id IN (SELECT thing FROM owned)
)
SELECT thing FROM owned
UNION SELECT thing FROM due
UNION SELECT concession_id FROM deadline WHERE thing_id IN (SELECT thing FROM due)
UNION SELECT agreement_id FROM deadline WHERE thing_id IN (SELECT thing FROM due)
UNION SELECT v.agreement_id
FROM concession AS v JOIN deadline AS d ON d.concession_id = v.thing_id
WHERE d.thing_id IN (SELECT thing FROM due)
"""
"""Some things with all deadlines of theirs; one whose slug was used again had other owners."""
MOVING = """
SELECT c.thing_id FROM concession AS c WHERE c.agreement_id IN (
    SELECT d.agreement_id FROM deadline AS d JOIN entry AS e ON e.subject_id = d.thing_id
    WHERE d.agreement_id IN ({things}) AND e.says_id IS NOT NULL
)
"""
"""The concessions of agreements whose own days were named by parties, among some things."""
SAME_ADDRESS = """thing_id IN (
    SELECT s.thing_id FROM source AS s WHERE s.url IN (
        SELECT t.slug FROM thing AS t WHERE t.id IN ({things})
        UNION SELECT o.url FROM source AS o WHERE o.thing_id IN ({things})
    )
)"""
FIRST_UPDATE = f"""
SELECT MIN(n.id) FROM entry AS n WHERE n.kind IN ({", ".join(f"'{kind}'" for kind in NEWS)})
"""
OWNERS = """
SELECT id FROM thing WHERE id IN ({things})
UNION SELECT concession_id FROM deadline WHERE thing_id IN ({things})
UNION SELECT agreement_id FROM deadline WHERE thing_id IN ({things})
UNION SELECT agreement_id FROM concession
WHERE thing_id IN ({things})
OR thing_id IN (SELECT concession_id FROM deadline WHERE thing_id IN ({things}))
"""
"""Some things with the concessions and agreements that they belong to."""


def around(connection: Connection, things: Iterable[int]) -> set[int]:
    """Return what a change of some things can touch, as numbers of things.

    These are the concessions and agreements that they are, belong to or state, what was given in
    return for one of these and what it was given for, and all of their deadlines. In two
    statements: SQLite would take a tenth of a second to prepare a single one.
    """
    return _owned(connection, EXCHANGED.format(things=in_list(things)))


def touched(connection: Connection, entries: Iterable[int]) -> set[int]:
    """Return what some entries can touch, as numbers of things."""
    subjects = f"SELECT subject_id FROM entry WHERE id IN ({in_list(entries)})"
    return _owned(connection, EXCHANGED.format(things=subjects))


def named_around(connection: Connection, slugs: Iterable[str]) -> set[int]:
    """Return the things with some slugs, and what a change of those that are subjects can touch."""
    values = {f"slug{place}": slug for place, slug in enumerate(slugs)}
    named = f"SELECT id FROM thing WHERE slug IN ({', '.join(f':{name}' for name in values)})"
    subjects = f"{named} AND namespace = 'subject'"
    return _owned(
        connection, f"{EXCHANGED.format(things=subjects)} UNION {named}", **values
    )


def with_owners(connection: Connection, things: Iterable[int]) -> set[int]:
    """Return things with the concessions and agreements that they belong to."""
    return _numbers(connection, OWNERS.format(things=in_list(things)))


def _owned(connection: Connection, exchanged: str, **values: str) -> set[int]:
    things = _numbers(connection, exchanged, **values)
    return _numbers(connection, OWNED.format(things=in_list(things)))


def _numbers(connection: Connection, sql: str, **values: str) -> set[int]:
    return {
        number
        for (number,) in connection.query(sql, tuple, **values)
        if number is not None
    }


def in_list(numbers: Iterable[int]) -> str:
    """Return numbers for a list of SQL; of none, a list that nothing is in."""
    return ", ".join(str(int(number)) for number in sorted(numbers)) or "NULL"
