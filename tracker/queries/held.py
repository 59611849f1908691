"""What a book's tables hold, read once: one SELECT a table, on both databases."""

from collections import namedtuple
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from tracker.database import Connection

VERSIONS = ("party", "source", "agreement", "concession", "deadline")


COLUMNS = {
    "entry": "id batch kind subject_id concession_id effective_on effective_on_precision public_on"
    " says_id source_id note stage value unit counted_by basis flow due_on due_on_precision outcome"
    " refers_to origin key nth",
    "batch": "id first_entry command author recorded_at utc_offset origin_at seal",
    "party": "entry_id thing_id name short part_of_id",
    "source": "entry_id thing_id title publisher url published_on official archived_url",
    "agreement": "entry_id thing_id title place agreed_on agreed_on_precision source_id",
    "concession": "entry_id thing_id agreement_id title sector kind instrument test source_id"
    " locator promised_on promised_on_precision hold quote",
    "deadline": "entry_id thing_id agreement_id concession_id kind label opens_on due_on"
    " due_on_precision target unit source_id awaits bound base",
    "source_text": "entry_id thing_id file_sha256 words_sha256 words media reader",
}
"""What is read of each table; a row has its columns by name."""
ROWS: dict[str, Any] = {table: namedtuple(table, of) for table, of in COLUMNS.items()}
Line = Any
"""A row of `entry`, with the numbers of the things that it names."""


def written_at(batch: Any) -> datetime:
    """Return when a batch was recorded, in whichever book that was."""
    return batch.origin_at or batch.recorded_at  # type: ignore[no-any-return]


def written_on(batch: Any) -> datetime:
    """Return the same by the writer's clock."""
    return written_at(batch) + timedelta(minutes=batch.utc_offset)


class Scope(NamedTuple):
    """The things that are read; `others` are parties, sources, lost things."""

    agreements: frozenset[int]
    concessions: frozenset[int]
    others: frozenset[int] = frozenset()


class Held:
    """The rows of a book up to an entry's number; with a scope, only what is about its things.

    Retractions, parties and sources are always read, as anything may name them.
    """

    def __init__(self, connection: Connection, known: int, scope: Scope | None = None) -> None:
        self._connection = connection
        self.known = known
        self.scope = scope
        self._versions: dict[str, dict[int, list[Any]]] = {}
        self._in_force: dict[str, dict[int, Any]] = {}
        refer = (
            "SELECT id, refers_to FROM entry WHERE refers_to IS NOT NULL AND kind = 'retraction'"
        )
        pairs = connection.query(f"{refer} AND id <= :known ORDER BY id DESC", known=known)
        self.retracted: dict[int, int] = {}
        """The first retraction of each retracted entry that was not itself retracted."""
        for retraction, entry in pairs:  # the latest first: what takes it back was seen before
            if retraction not in self.retracted:
                self.retracted[entry] = retraction

    @cached_property
    def things(self) -> dict[int, str]:
        """The slug of each thing by its number."""
        return {number: slug for (_, slug), number in self.numbers.items()}

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """The number of every thing by its namespace and slug."""
        rows = self._connection.query("SELECT namespace, slug, id FROM thing")
        return {(space, slug): number for space, slug, number in rows}

    @cached_property
    def lines(self) -> list[Line]:
        """The entries, by number."""
        return self._rows("entry", "id <= :known", "id")

    @cached_property
    def by_number(self) -> dict[int, Line]:
        """The entries by their numbers."""
        return {line.id: line for line in self.lines}

    @cached_property
    def batches(self) -> dict[int, Any]:
        """The batches, by number."""
        found = self._rows("batch", "first_entry <= :known", "id")
        return {batch.id: batch for batch in found}

    @cached_property
    def is_merged(self) -> bool:
        """Whether a batch came from another book, so that numbers do not give the order."""
        return any(batch.origin_at for batch in self.batches.values())

    @cached_property
    def last(self) -> int:
        """The last entry of the last batch."""
        sql = "SELECT COALESCE(MIN(first_entry) - 1, (SELECT MAX(id) FROM entry)) FROM batch"
        ((found,),) = self._connection.query(f"{sql} WHERE id > :last", last=max(self.batches))
        return int(found)

    @cached_property
    def texts(self) -> dict[int, Any]:
        """The kept texts, by entry."""
        return {row.entry_id: row for row in self._rows("source_text", "entry_id <= :known")}

    @cached_property
    def parties(self) -> dict[int, dict[str, list[int]]]:
        """Who gives and receives in each version of a concession, by its entry and role."""
        sides: dict[int, dict[str, list[int]]] = {}
        sql = "SELECT entry_id, role, party_id FROM concession_party"
        order = "ORDER BY entry_id, place"
        for entry, role, party in self._connection.query(f"{sql}{self._within('part')} {order}"):
            sides.setdefault(entry, {}).setdefault(role, []).append(party)
        return sides

    @cached_property
    def exchanges(self) -> list[tuple[int, int]]:
        """What each version of a concession was given in return for."""
        sql = f"SELECT entry_id, in_return_for_id FROM exchange{self._within('part')}"
        return self._connection.query(sql)

    def versions(self, what: str) -> dict[int, list[Any]]:
        """Return the versions of every thing of a kind, in order of their first declaration."""
        if what not in self._versions:
            found: dict[int, list[Any]] = {}
            for row in self._rows(what, "entry_id <= :known", "entry_id"):
                found.setdefault(row.thing_id, []).append(row)
            self._versions[what] = found
        return self._versions[what]

    def in_force(self, what: str) -> dict[int, Any]:
        """Return the latest version of each thing that was not retracted."""
        if what not in self._in_force:
            self._in_force[what] = {
                thing: live[-1]
                for thing, rows in self.versions(what).items()
                if (live := [row for row in rows if row.entry_id not in self.retracted])
            }
        return self._in_force[what]

    def _rows(self, table: str, where: str, order: str = "1") -> list[Any]:
        row, columns = ROWS[table], COLUMNS[table].replace(" ", ", ")
        sql = f"SELECT {columns} FROM {table} WHERE {where}{self._within(table)} ORDER BY {order}"
        return [*map(row._make, self._connection.query(sql, known=self.known))]

    def _within(self, table: str) -> str:
        """Return the condition that a row of a table is about something in the scope."""
        if self.scope is None:
            return ""
        agreements, concessions, others = map(listed, self.scope)
        own = f"SELECT d.thing_id FROM deadline AS d WHERE d.agreement_id IN ({agreements})"
        conditions = {
            "agreement": f"thing_id IN ({agreements})",
            "concession": f"thing_id IN ({concessions})",
            "deadline": f"concession_id IN ({concessions}) OR agreement_id IN ({agreements})",
            "entry": f"concession_id IN ({concessions}) OR (concession_id IS NULL"
            f" AND subject_id IN ({own} UNION SELECT t.id FROM thing AS t"
            f" WHERE t.id IN ({agreements}, {others})))",
        }
        if table == "part":
            own = f"SELECT v.entry_id FROM concession AS v WHERE v.thing_id IN ({concessions})"
            return f" WHERE entry_id IN ({own})"
        return f" AND ({conditions[table]})" if table in conditions else ""


def touched(connection: Connection, entries: Iterable[int]) -> Scope:
    """Return what some entries are about: concessions with their agreements, and what else.

    A declaration also touches what its concession was given in return for.
    """
    numbers = listed(entries)
    rows = connection.query(
        f"SELECT COALESCE(concession_id, subject_id), subject_id FROM entry WHERE id IN ({numbers})"
    )
    returned = f"SELECT in_return_for_id, 0 FROM exchange WHERE entry_id IN ({numbers})"
    things = {number for row in [*rows, *connection.query(returned)] for number in row}
    deadlines = "SELECT COALESCE(concession_id, agreement_id), 0 FROM deadline WHERE thing_id IN"
    things |= {row[0] for row in connection.query(f"{deadlines} ({listed(things)})")}
    owners = "SELECT thing_id, agreement_id, source_id FROM concession WHERE thing_id IN"
    owned = connection.query(f"{owners} ({listed(things)})")
    concessions = frozenset(thing for thing, *_ in owned)
    others = frozenset(things - concessions)
    agreements = others | {agreement for _, agreement, _ in owned}
    return Scope(agreements, concessions, others | {source for *_, source in owned})


def listed(numbers: Iterable[int]) -> str:
    """Return numbers for a list of SQL; of none, a list that nothing is in."""
    return ", ".join(str(int(number)) for number in sorted(numbers)) or "NULL"
