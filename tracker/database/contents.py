"""The rows of a book, or of some of its things: one SELECT a table, on both databases."""

from collections import namedtuple
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from tracker.database import Connection
from tracker.errors import Unavailable
from tracker.things import STORED
from tracker.vocabulary import (
    Basis,
    Command,
    EntryKind,
    Media,
    Namespace,
    Outcome,
    Precision,
    Role,
    Stage,
)

COLUMNS = {
    "thing": "id namespace slug",
    "batch": "id command author recorded_at utc_offset first_entry origin origin_at merged_by seal",
    "entry": "id batch kind subject_id concession_id effective_on effective_on_precision public_on"
    " says_id note headline stage value base unit counted_by basis flow due_on"
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

STORED_WORDS = {
    (kind.value, column.name): column.form.stored
    for kind, columns in STORED.items()
    for column in columns
    if column.form and column.form.stored
}
VOCABULARIES: Mapping[tuple[str, str], type[StrEnum]] = {
    **STORED_WORDS,
    ("thing", "namespace"): Namespace,
    ("batch", "command"): Command,
    ("entry", "kind"): EntryKind,
    ("entry", "stage"): Stage,
    ("entry", "basis"): Basis,
    ("entry", "outcome"): Outcome,
    ("concession_party", "role"): Role,
    ("source_text", "media"): Media,
}
"""The columns that hold words of a vocabulary, by table and name; a precision is one, too."""
TYPES: Mapping[str, type] = {
    **dict.fromkeys(("value", "target", "base"), Decimal),
    **dict.fromkeys(("headline", "flow", "official", "hold"), bool),
    **dict.fromkeys(("key", "seal", "file_sha256", "words_sha256"), bytes),
    **dict.fromkeys(("id", "batch", "first_entry", "refers_to", "place", "words"), int),
    **dict.fromkeys(("_id", "utc_offset"), int),
    "_on": date,
    "_at": datetime,
}
"""The type of the values in a column, by its name or the end of its name; the others hold text."""
TYPED_APART = {("entry", "origin"): int, ("agreement", "place"): str}
"""The columns of which another table's column with that name has another type."""
MISREAD = (ValueError, TypeError, LookupError, ArithmeticError)
"""What a stored day, moment, quantity or flag raises that a hand changed so that it is none."""


def tables_of(
    connection: Connection,
    things: Iterable[int] | None = None,
    *,
    declared: bool = False,
) -> dict[str, list[Any]]:
    """Return the rows of each table of a book or, with `things`, only of what is about these.

    What is only `declared` leaves out the entries that say more: a declaration's source is one of
    its fields.
    """
    only: dict[str, str] = {}
    if declared:
        only = {
            "entry": "kind IN ('declaration', 'retraction')",
            "entry_source": "FALSE",
        }
    chosen = None if things is None else in_list(things)
    tables: dict[str, list[Any]] = {}
    for table, condition in CHOSEN.items():
        where = "TRUE" if chosen is None else f"({condition.format(things=chosen)})"
        tables[table] = rows(connection, table, where, only.get(table, "TRUE"))
    where = "TRUE" if chosen is None else f"id IN ({in_list(_things_in(tables))})"
    return {"thing": rows(connection, "thing", where)} | tables


def rows(connection: Connection, table: str, *conditions: str) -> list[Any]:
    """Return the rows of a table for which some conditions hold, in order.

    Raise Unavailable if a value is not of its column's kind: no version of this program wrote it.
    """
    columns, where = COLUMNS[table].split(), " AND ".join(conditions)
    order = ", ".join(columns[:3])
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY {order}"
    make = partial(
        tuple.__new__, ROWS[table]
    )  # as `_make`, but without a call for each row
    try:
        rows = connection.query(sql, make)
    except MISREAD as error:
        raise _misfit(connection, table) from error
    # Whole columns at once: a large book has millions of values.
    for column, values in zip(columns, zip(*rows, strict=True), strict=False):
        if not _are_of_their_kind(table, column, values):
            raise _misfit(connection, f"{column} of {table}")
    return rows


def _are_of_their_kind(table: str, column: str, values: Iterable[Any]) -> bool:
    """Return whether all values of a column are words of its vocabulary, or of its type."""
    words = VOCABULARIES.get((table, column))
    if column.endswith("_precision"):
        words = Precision
    if words is not None:
        return {*values} <= {None, *words}
    by_name = TYPES.get(column, TYPES.get(column[-3:], str))
    kind = TYPED_APART.get((table, column), by_name)
    return {*map(type, values)} <= {type(None), kind}


def _misfit(connection: Connection, place: str) -> Unavailable:
    reason = f"a value in {place} is not of its kind"
    return Unavailable("book damaged", book=connection.target, reason=reason)


def _things_in(tables: Mapping[str, list[Any]]) -> set[int]:
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
    "batch": f"id IN (SELECT e.batch FROM entry AS e WHERE {ABOUT})"
    " OR id = (SELECT MAX(b.id) FROM batch AS b)",
    "entry": ABOUT,
    "entry_source": f"entry_id IN (SELECT e.id FROM entry AS e WHERE {ABOUT})",
    **dict.fromkeys(
        ("party", "source", "agreement", "concession", "deadline", "source_text"),
        "thing_id IN ({things})",
    ),
    "concession_party": _PARTS,
    "exchange": _PARTS,
}
"""The condition that a row of each table is about some things."""


def touched(connection: Connection, entries: Iterable[int]) -> set[int]:
    """Return what some entries can touch, as numbers of things: see `around`."""
    subjects = f"SELECT subject_id FROM entry WHERE id IN ({in_list(entries)})"
    return around(connection, [thing for (thing,) in connection.query(subjects)])


def around(connection: Connection, things: Iterable[int]) -> set[int]:
    """Return what a change of some things can touch, as numbers of things.

    These are the concessions and agreements that they are, belong to or state, what was given in
    return for one of these and what it was given for, all of their deadlines, the parties, and the
    sources that anything of that cites. What is about an agreement itself touches the whole of it.
    """
    numbers = partial(_numbers, connection)
    quoting = numbers("SELECT thing_id FROM concession WHERE source_id IN ({})", things)
    reached = with_owners(connection, quoting | {*things})
    whole = numbers("SELECT thing_id FROM agreement WHERE thing_id IN ({})", things)
    # Who may move an agreement's own days are the parties of all of its concessions.
    whole |= numbers(
        "SELECT d.agreement_id FROM deadline AS d JOIN entry AS e ON e.subject_id = d.thing_id"
        " WHERE d.agreement_id IN ({0}) AND (e.says_id IS NOT NULL OR d.thing_id IN ({0}))",
        reached,
    )
    reached |= numbers(
        "SELECT thing_id FROM concession WHERE agreement_id IN ({})", whole
    )
    links = "SELECT {} FROM exchange AS x JOIN concession AS v ON v.entry_id = x.entry_id WHERE {}"
    returned = numbers(links.format("x.in_return_for_id", "v.thing_id IN ({})"), reached)
    given = numbers(links.format("v.thing_id", "x.in_return_for_id IN ({})"), reached)
    reached = with_owners(connection, reached | returned | given)
    owned = "SELECT thing_id FROM deadline WHERE concession_id IN ({0}) OR agreement_id IN ({0})"
    # A deadline whose slug was used again has versions with other owners.
    reached = with_owners(connection, reached | numbers(owned, reached)) | parties_of(
        connection
    )
    cited = "SELECT DISTINCT source_id FROM {} WHERE {} IN ({{}})"
    for table in ("agreement", "concession", "deadline"):
        reached |= numbers(cited.format(table, "thing_id"), reached)
    about = ABOUT.format(things=in_list(reached))
    sources = """SELECT DISTINCT source_id
                 FROM entry_source AS s JOIN entry AS e ON e.id = s.entry_id"""
    return reached | numbers(f"{sources} WHERE {about}", ())


def with_owners(connection: Connection, things: Iterable[int]) -> set[int]:
    """Return things with the concessions and agreements that they belong to."""
    owners = "SELECT concession_id, agreement_id FROM deadline WHERE thing_id IN ({})"
    reached = {*things} | _numbers(connection, owners, things)
    owners = "SELECT agreement_id FROM concession WHERE thing_id IN ({})"
    return reached | _numbers(connection, owners, reached)


def parties_of(connection: Connection) -> set[int]:
    """Return every party, and every bloc that one is part of."""
    return _numbers(connection, "SELECT DISTINCT thing_id, part_of_id FROM party", ())


def _numbers(connection: Connection, sql: str, among: Iterable[int]) -> set[int]:
    """Return the numbers that a statement finds among some, whose list it has as `{}`."""
    rows = connection.query(sql.format(in_list(among)))
    return {number for row in rows for number in row if number is not None}


def in_list(numbers: Iterable[int]) -> str:
    """Return numbers for a list of SQL; of none, a list that nothing is in."""
    return ", ".join(str(int(number)) for number in sorted(numbers)) or "NULL"
