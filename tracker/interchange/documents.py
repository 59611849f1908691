"""The TOML of a book: one file declares one agreement, with its parties, sources and entries."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from tracker.entry import (
    HELD_AS,
    OPENING,
    SAID,
    SHAPES,
    Entry,
    shape_and_mistakes,
    unwritten,
)
from tracker.errors import suggestion
from tracker.files import read_toml
from tracker.forms import UNKNOWN, Fields, Unread, read
from tracker.interchange.lines import ALSO_CALLED, Complaints
from tracker.journal.consistency import Declaring, complaints
from tracker.record import Record
from tracker.things import FIELDS, REFERENCES, read_thing
from tracker.vocabulary import SUBJECTS, EntryKind, ThingKind

TABLES_OF_A_FILE = ("agreement", "party", "source", "concession", "entry")
"""The tables of a file; each but the agreement is a list."""

Known = Mapping[str, Set[str]]
"""The slugs that a file may refer to, by kind of thing."""


class Document:
    """What a whole file declares, each with its place there; refused with all that is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found = Complaints(path, "key")
        """What is wrong in it."""
        self.things: list[tuple[str, Declaring]] = []
        """What it declares, in the order that references need."""
        self.entries: list[tuple[str, Entry]] = []
        tables = read_toml(path)
        self.found.add_unknown(tables, TABLES_OF_A_FILE)
        self._things(tables, ThingKind.PARTY)
        self.things = self._blocs_first()
        self._things(tables, ThingKind.SOURCE)
        agreement = tables.get("agreement")
        if isinstance(agreement, dict):
            self._thing(ThingKind.AGREEMENT, "[agreement]", agreement, {})
            self._things(
                tables, ThingKind.CONCESSION, agreement=str(agreement.get("slug"))
            )
        else:
            reason = "it is missing" if agreement is None else "write it as one table"
            self.found.add("table [agreement]", None, reason)
        for place, table in self._tables(tables, "entry"):
            self._entry(place, table)
        self.found.refuse()

    def _things(self, tables: Mapping[str, Any], what: ThingKind, **owner: str) -> None:
        """Read the tables that declare things of one kind."""
        for place, table in self._tables(tables, what.value):
            self._thing(what, place, table, owner)

    def _thing(
        self,
        what: ThingKind,
        place: str,
        table: Mapping[str, Any],
        owner: Mapping[str, str],
    ) -> None:
        """Read a table that declares a thing, and the deadlines below it."""
        owns = what in (ThingKind.AGREEMENT, ThingKind.CONCESSION)
        own_table = {
            key: value
            for key, value in table.items()
            if not (owns and key == "deadline")
        }
        try:
            slug, fields = read_thing(what, own_table, owner)
        except Unread as error:
            complain_of(error, place, FIELDS[what], self.found)
        else:
            declaring = Declaring(what, slug, fields)
            self.things.append((place, declaring))
            for key, reason in complaints(declaring):
                self.found.add(place, key, reason)
        if owns:
            under = {what.value: str(table.get("slug"))}
            for place_below, deadline in self._tables(table, "deadline", f"{what}."):
                self._thing(ThingKind.DEADLINE, place_below, deadline, under)

    def _entry(self, place: str, table: Mapping[str, Any]) -> None:
        """Read an opening entry, whose keys decide its kind."""
        try:
            keys = read(OPENING, table)
        except Unread as error:
            complain_of(error, place, OPENING, self.found)
            return
        subjects = [what for what in SUBJECTS if what in keys]
        if len(subjects) != 1:
            self.found.add(place, None, "name one agreement, concession or deadline")
            return
        if "stage" in keys and "status" not in keys:  # as version 0.3 wrote it
            keys["status"] = keys.pop("stage")
        kind = EntryKind.CHECK if "check" in keys else None
        shape, mistakes = shape_and_mistakes({"effective_on", *keys}, kind)
        for key, reason in mistakes:
            self.found.add(place, key, reason)
        if not mistakes:
            words = {HELD_AS.get(key, key): value for key, value in keys.items()}
            words["effective_on"] = keys["on"]
            said = {}
            for name, (form, *_) in SAID.items():
                if words.get(name) is not None:
                    said[name] = form.parse(words[name])
            entry = unwritten(SHAPES[shape].kind, keys[subjects[0]], **said)
            self.entries.append((place, entry))

    def _tables(
        self, tables: Mapping[str, Any], name: str, path: str = ""
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the tables of a list, each with its place in the file."""
        listed = tables.get(name, [])
        if not isinstance(listed, list) or not all(
            isinstance(table, dict) for table in listed
        ):
            reason = "write it as a list, in double brackets"
            self.found.add(f"table [{path}{name}]", None, reason)
            return
        for number, table in enumerate(listed, 1):
            slug = table.get("slug") or table.get("key")
            yield f"[[{path}{name}]] {repr(slug) if slug else number}", table

    def _blocs_first(self) -> list[tuple[str, Declaring]]:
        """Return the parties, with each bloc before its members."""
        blocs = {party.slug: party.fields.get("part_of") for _, party in self.things}
        sorter = TopologicalSorter(
            {slug: {bloc} & blocs.keys() for slug, bloc in blocs.items()}
        )
        try:
            order = [*sorter.static_order()]
        except CycleError as error:
            reason = (
                f"these parties would be part of themselves: {', '.join(error.args[1])}"
            )
            self.found.add("table [party]", "part_of", reason)
            return self.things
        return sorted(self.things, key=lambda placed: order.index(placed[1].slug))

    def require_known(self, known: Known) -> None:
        """Refuse duplicate slugs, and things that name what neither the files nor the book hold.

        A web address need not be declared. What entries name is looked up when they are recorded.
        """
        counts = Counter(
            (declaring.what.namespace, declaring.slug) for _, declaring in self.things
        )
        for place, declaring in self.things:
            times = counts[declaring.what.namespace, declaring.slug]
            if times > 1:
                self.found.add(place, None, f"it names {times} things in this file")
            for key, what in REFERENCES.items():
                given = declaring.fields.get(key, ())
                names = [given] if isinstance(given, str) else given
                for name in names:
                    if name not in known[what] and not (
                        what == "source" and "://" in name
                    ):
                        meant = suggestion(name, sorted(known[what]))
                        self.found.add(place, key, f"no {what} '{name}'. {meant}")
        self.found.refuse()


def complain_of(error: Unread, place: str, fields: Fields, found: Complaints) -> None:
    """Complain of each value of a table that cannot be read."""
    for field, reason in error.mistakes.items():
        called = ALSO_CALLED.get(field, field)
        meant = f". {suggestion(called, fields)}" if reason == UNKNOWN else ""
        found.add(place, field, f"{reason}{meant}")


def known_to(record: Record, documents: Sequence[Document]) -> Known:
    """Return what files may refer to: what a book holds, and what the files themselves declare."""
    known = {what: {*things} for what, things in record.of_kind.items()}
    known["party"] = {*record.parties}
    known["source"] = {
        source.key for source in record.sources.values() if source.declared
    }
    for document in documents:
        for _, declaring in document.things:
            known[declaring.what.value].add(declaring.slug)
    return known
