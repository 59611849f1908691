"""Reads the versions that declarations made, as the words that the chain holds."""

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.database import Connection
from tracker.database.contents import COLUMNS, ROWS
from tracker.record import fingerprint_of
from tracker.things import REFERENCES, words_of
from tracker.vocabulary import Namespace, ThingKind

Fields = Mapping[str, Any]
"""The fields of a declaration in plain values; see `Declaration`."""

UNFIT = {"what": "none"}
"""Stands for what belongs to the wrong thing or to no entry, and for an entry's second version."""


class Slugs:
    """The slugs of things by their numbers; things of two namespaces may have the same one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._things: dict[int | None, tuple[str | None, str | None]] = {None: (None, None)}

    def of(self, number: int | None, *namespaces: str) -> str | None:
        """Return the slug of a thing, if it is in one of these namespaces."""
        if number not in self._things:  # it may have been declared meanwhile
            rows = self._connection.query("SELECT id, namespace, slug FROM thing")
            self._things |= {thing: (namespace, slug) for thing, namespace, slug in rows}
        namespace, slug = self._things.get(number, (None, None))
        return slug if namespace in namespaces else None

    def named(self, field: str, number: int) -> str | None:
        """Return the slug of a thing that a version names in a field."""
        return self.of(number, REFERENCES[field].namespace)


def columns(what: ThingKind) -> tuple[str, ...]:
    """Return the columns of a version, with the words of the chain for their names."""
    return tuple(name.removesuffix("_id") for name in COLUMNS[what].split()[2:])


def more_between(
    connection: Connection, slugs: Slugs, first: int, last: int
) -> dict[int, dict[str, Any]]:
    """Return what entries hold in other tables, in the words of the chain.

    These are their sources, what they declare, or a text.
    """
    declared = versions_between(connection, slugs, first, last)
    found: dict[int, dict[str, Any]] = {one: {"declares": held} for one, held in declared.items()}
    for row, is_own in _rows(connection, "source_text", first, last):
        fits = is_own and slugs.of(row.thing_id, Namespace.SOURCE)
        text = fingerprint_of(row)._asdict() if fits else UNFIT
        found.setdefault(row.entry_id, {})["text"] = text
    for row, _ in _rows(connection, "entry_source", first, last):
        sources = found.setdefault(row.entry_id, {}).setdefault("source", [])
        is_next = row.place == len(sources) + 1
        sources.append(slugs.of(row.source_id, Namespace.SOURCE) if is_next else None)
    return found


def versions_between(
    connection: Connection, slugs: Slugs, first: int, last: int
) -> dict[int, dict[str, Any]]:
    """Return what each declaration between two entries declares, in the words of the chain."""
    found: dict[int, dict[str, Any]] = {}
    for what in ThingKind:
        for row, is_own in _rows(connection, what, first, last):
            fits = is_own and slugs.of(row.thing_id, what.namespace) and row.entry_id not in found
            words = {"what": what.value} | words_of(row, slugs.named) if fits else {**UNFIT}
            found[row.entry_id] = words
    for row, _ in _rows(connection, "concession_party", first, last):
        party = slugs.of(row.party_id, Namespace.PARTY)
        found.setdefault(row.entry_id, {**UNFIT}).setdefault(row.role, []).append(party)
    for row, _ in _rows(connection, "exchange", first, last):
        other = slugs.of(row.in_return_for_id, Namespace.SUBJECT)
        found.setdefault(row.entry_id, {**UNFIT}).setdefault("in_return_for", []).append(other)
    for words in found.values():
        if "in_return_for" in words:
            words["in_return_for"].sort()
    return found


def _rows(connection: Connection, table: str, first: int, last: int) -> Iterator[tuple[Any, bool]]:
    """Yield the rows of some entries, each with whether its entry is about the same thing."""
    columns = COLUMNS[table].split()
    is_own = "e.subject_id = v.thing_id" if "thing_id" in columns else "TRUE"
    rows = connection.query(
        f"SELECT {', '.join(f'v.{column}' for column in columns)}, {is_own}"
        f" FROM {table} AS v LEFT JOIN entry AS e ON e.id = v.entry_id"
        f" WHERE v.entry_id BETWEEN :first AND :last"
        f" ORDER BY {', '.join(f'v.{column}' for column in columns[:3])}",
        first=first,
        last=last,
    )
    for *values, fits in rows:
        yield ROWS[table](*values), bool(fits)
