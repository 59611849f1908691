"""The TOML of a book: a file declares one agreement, with its parties, sources and entries."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple

from tracker.entry import (
    HELD_AS,
    OPENING,
    SHAPES,
    Entry,
    parsed,
    shape_and_mistakes,
    unwritten,
)
from tracker.errors import WrongUsage, suggestion
from tracker.files import read_toml
from tracker.forms import Unread, read
from tracker.interchange import seeds
from tracker.interchange.importing import Intake
from tracker.interchange.lines import Complaints
from tracker.journal.admission import Admission
from tracker.journal.consistency import Declaring, complaints
from tracker.journal.verbs import Change, declare
from tracker.journal.writer import Writer
from tracker.record import SEED_AUTHOR, Record
from tracker.things import FIELDS, name_of, read_thing, references
from tracker.vocabulary import SUBJECTS, Command, EntryKind, Namespace, ThingKind

TABLES_OF_A_FILE = ("agreement", "party", "source", "concession", "entry")
"""The tables of a file; each but the agreement is a list."""


class Document:
    """What a whole file declares, each with its place there; refused with all that is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found = Complaints(path, "key")
        """What is wrong in it."""
        self.things: list[tuple[str, Declaring]] = []
        """What it declares, in the order that references need."""
        self.entries: list[tuple[str, Entry]] = []
        self._named: list[tuple[str, str, ThingKind, str]] = []
        """What else the file names: the place, the key, and the kind and name of the thing."""
        self._unread: list[tuple[ThingKind, str]] = []
        """The things with mistakes: other tables may name them."""
        self._misnamed: set[ThingKind] = set()
        """The kinds of the things whose name is the mistake."""
        tables = read_toml(path)
        self.found.add_unknown(tables, TABLES_OF_A_FILE)
        for place, table in self._tables(tables, "party"):
            self._thing(ThingKind.PARTY, place, table)
        self._sort_blocs_first()
        for place, table in self._tables(tables, "source"):
            self._thing(ThingKind.SOURCE, place, table)
        agreement = tables.get("agreement")
        if isinstance(agreement, dict):
            self._thing(ThingKind.AGREEMENT, "[agreement]", agreement)
            owner = str(agreement.get("slug"))
            for place, table in self._tables(tables, "concession"):
                self._thing(ThingKind.CONCESSION, place, table, agreement=owner)
        else:
            reason = "it is missing" if agreement is None else "write it as one table"
            self.found.add("table [agreement]", None, reason)
        for place, table in self._tables(tables, "entry"):
            self._entry(place, table)

    def _tables(
        self, tables: Mapping[str, Any], name: str, path: str = ""
    ) -> Iterator[tuple[str, dict[str, Any]]]:
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

    def _thing(
        self, what: ThingKind, place: str, table: dict[str, Any], **owner: str
    ) -> None:
        """Read a table that declares a thing, and the deadlines below it."""
        below = {}
        if what in (ThingKind.AGREEMENT, ThingKind.CONCESSION):
            below["deadline"] = table.pop("deadline", [])
        try:
            slug, fields = read_thing(what, table, owner)
        except Unread as error:
            self.found.add_unread(place, error, FIELDS[what])
            self._unread.append((what, str(table.get(name_of(what)))))
            if name_of(what) in error.mistakes:
                self._misnamed.add(what)
            valid = {key: table[key] for key in table if key not in error.mistakes}
            for key, kind, name in references(valid):
                self._named.append((place, key, kind, name))
        else:
            declaring = Declaring(what, slug, fields)
            self.things.append((place, declaring))
            for key, reason in complaints(declaring):
                self.found.add(place, key, reason)
        under = {what.value: str(table.get("slug"))}
        for place_below, deadline in self._tables(below, "deadline", f"{what}."):
            self._thing(ThingKind.DEADLINE, place_below, deadline, **under)

    def _entry(self, place: str, table: Mapping[str, Any]) -> None:
        """Read an opening entry, whose keys decide its kind."""
        try:
            keys = read(OPENING, table)
        except Unread as error:
            self.found.add_unread(place, error, OPENING)
            return
        subjects = [what for what in SUBJECTS if what in keys]
        if len(subjects) != 1:
            self.found.add(place, None, "name one agreement, concession or deadline")
            return
        self._named.append(
            (place, subjects[0], ThingKind(subjects[0]), keys[subjects[0]])
        )
        if "says" in keys:
            self._named.append((place, "says", ThingKind.PARTY, keys["says"]))
        for source in keys.get("source", ()):
            self._named.append((place, "source", ThingKind.SOURCE, source))
        if "stage" in keys and "status" not in keys:  # as version 0.3 wrote it
            keys["status"] = keys.pop("stage")
        kind = EntryKind.CHECK if "check" in keys else None
        shape, mistakes = shape_and_mistakes({"effective_on", *keys}, kind)
        for key, reason in mistakes:
            self.found.add(place, key, reason)
        if not mistakes:
            words = {HELD_AS.get(key, key): value for key, value in keys.items()}
            said = parsed({**words, "effective_on": keys["on"]})
            entry = unwritten(SHAPES[shape].kind, keys[subjects[0]], **said)
            self.entries.append((place, entry))

    def _sort_blocs_first(self) -> None:
        """Sort the parties: each bloc before its members."""
        blocs = {party.slug: party.fields.get("part_of") for _, party in self.things}
        sorter = TopologicalSorter(
            {slug: {bloc} & blocs.keys() for slug, bloc in blocs.items()}
        )
        try:
            order = [*sorter.static_order()]
        except CycleError as error:
            cycle = ", ".join(error.args[1])
            reason = f"these parties would be part of themselves: {cycle}"
            self.found.add("table [party]", "part_of", reason)
        else:
            self.things.sort(key=lambda placed: order.index(placed[1].slug))

    def slugs(self) -> Iterator[tuple[ThingKind, str]]:
        """Yield what the file declares, also with mistakes."""
        yield from self._unread
        for _, declaring in self.things:
            yield declaring.what, declaring.slug

    def require_known(self, known: Mapping[str, Set[str]]) -> None:
        """Refuse mistakes, duplicate slugs, and what neither the files nor the book hold.

        A web address need not be declared. What entries name is looked up when they are recorded,
        as the book may know them already: here only if the file is refused anyway.
        """
        counts = Counter(
            (declaring.what.namespace, declaring.slug) for _, declaring in self.things
        )
        for place, declaring in self.things:
            times = counts[declaring.what.namespace, declaring.slug]
            if times > 1:
                self.found.add(place, None, f"it names {times} things in this file")
            for key, what, name in references(declaring.fields):
                self._require(place, key, what, name, known[what])
        if self.found:
            for place, key, what, name in self._named:
                self._require(place, key, what, name, known[what])
        self.found.refuse()

    def _require(
        self, place: str, key: str, what: ThingKind, name: str, known: Set[str]
    ) -> None:
        if name not in known and "://" not in name and what not in self._misnamed:
            meant = suggestion(name, sorted(known))
            self.found.add(place, key, f"no {what} '{name}'. {meant}")


def load(paths: Sequence[Path]) -> list[Document]:
    """Read files, before the book is locked."""
    return [*map(Document, paths)]


class Applied(NamedTuple):
    """What files changed: declarations, and the numbers of the new entries.

    `taken_back` counts the entries that the book has already but that no longer count: they are
    not restored. `lacking` is what the book declares under the files' agreements and the files
    do not.
    """

    changes: tuple[Change, ...]
    entries: range
    recorded: int
    taken_back: int
    lacking: tuple[str, ...]


def apply(
    writer: Writer, files: Sequence[Document], reason: str | None = None
) -> Applied:
    """Declare what files declare and append their new entries; the caller holds the write lock.

    All of it is one batch. Idempotent: declarations are compared with the versions in force, and
    entries, also those of an earlier file, are recognised by their content.
    """
    # A shipped seed holds past events, even if --today is set to an earlier day.
    if shipped := all(document.path.parent == seeds.folder() for document in files):
        writer = writer.as_author(SEED_AUTHOR)
    known = _known(writer.names.read_whole(), files)
    for document in files:
        document.require_known(known)
    admission = Admission(writer, date.max if shipped else writer.today)
    taken_back = 0
    with writer.batch(Command.APPLY):
        first = writer.next
        changes = _declare(writer, files, reason)
        writer.names.read_whole()
        for document in files:
            intake = Intake(writer, document.found, admission)
            intake.take(document.entries)
            document.found.refuse()
            taken_back += intake.taken_back
        entries = range(first, writer.next)
    recorded = len(entries) - len(changes)
    lacking = _lacking(writer.names.whole(), files)
    return Applied(tuple(changes), entries, recorded, taken_back, tuple(lacking))


def _known(record: Record, files: Sequence[Document]) -> Mapping[str, Set[str]]:
    """Return what files may refer to: what a book holds, and what the files themselves declare."""
    known = {what: {*things} for what, things in record.of_kind.items()}
    known["party"] = {*record.parties}
    known["source"] = {
        source.key for source in record.sources.values() if source.declared
    }
    for document in files:
        for what, slug in document.slugs():
            known[what].add(slug)
    return known


def _declare(
    writer: Writer, files: Sequence[Document], reason: str | None
) -> list[Change]:
    """Declare what files declare: first parties and sources, which any of the files may name."""
    things = [(document, *placed) for document in files for placed in document.things]
    things.sort(key=lambda placed: placed[-1].what.namespace is Namespace.SUBJECT)
    document, place, _ = things[0]

    def declared() -> Iterator[Declaring]:
        nonlocal document, place
        for document, place, declaring in things:  # noqa: B007 - the error names the last one
            yield declaring

    try:
        return declare(writer, Command.APPLY, declared(), reason)[0]
    except WrongUsage as error:
        if error.problem != "bad field":
            raise
        document.found.add(place, error.fields["field"], error.fields["reason"])
        document.found.refuse()
        raise


def _lacking(record: Record, files: Sequence[Document]) -> Iterator[str]:
    """Yield what the book declares under the files' agreements and the files do not."""
    named = {declaring.slug for document in files for _, declaring in document.things}
    for what in (ThingKind.CONCESSION, ThingKind.DEADLINE):
        for slug, thing in record.of_kind[what].items():
            if thing.agreement in named and slug not in named:
                yield f"{what} {slug}"
