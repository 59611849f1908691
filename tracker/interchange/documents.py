"""The TOML of a book: one file declares one agreement, with its parties, sources and entries."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import ValidationError

from tracker import files
from tracker.database.files import is_database
from tracker.errors import BadInput, NotFound, called_on, suggestion
from tracker.files import reason_of, unreadable
from tracker.interchange import lines
from tracker.interchange.complaints import bad_file, in_toml
from tracker.journal.consistency import Declaring
from tracker.journal.draft import CONTENT, Draft
from tracker.journal.fields import complaints, fields_of
from tracker.journal.shapes import SHAPES, about, misshapen, shape_of
from tracker.models.declared import (
    AgreementIn,
    ConcessionIn,
    Day,
    DeadlineIn,
    Declared,
    DueDay,
    Flag,
    Line,
    PartyIn,
    Quantity,
    Slugs,
    SourceIn,
    Text,
)
from tracker.rules.names import web_address
from tracker.rules.sides import side_of
from tracker.vocabulary import Basis, Namespace, Outcome, Stage, ThingKind


class EntryIn(Declared):
    """An opening entry; its keys decide its kind."""

    on: DueDay
    """The day it happened, or the month or year if no day is known."""
    public_on: Day | None = None
    """The day on which it was made public."""
    agreement: str | None = None
    concession: str | None = None
    deadline: str | None = None
    stage: Stage | None = None
    value: Quantity | None = None
    """The quantity counted; the one that a move restates is its `target`."""
    unit: Line | None = None
    basis: Basis | None = None
    counted_by: Line | None = None
    flow: Flag | None = None
    due_on: DueDay | None = None
    target: Quantity | None = None
    outcome: Outcome | None = None
    check: Flag = False
    """Somebody looked and found nothing new."""
    says: str | None = None
    source: Slugs | None = None
    note: Text | None = None
    headline: Flag | None = None

    @property
    def about(self) -> str:
        """The slug of the thing that the entry is about."""
        return self.deadline or self.concession or self.agreement or ""

    @property
    def filled(self) -> set[str]:
        """The fields that its keys fill, by their names in the journal."""
        keys = self.model_dump(exclude_none=True, exclude_defaults=True).keys()
        return {"effective_on" if key == "on" else key for key in keys}

    @property
    def shape(self) -> str:
        """The shape of entry that its keys make it."""
        return "check" if self.check else shape_of(self.filled)


class Document(Declared):
    """A whole file."""

    agreement: AgreementIn
    """The agreement; a file declares one."""
    party: Sequence[PartyIn] = ()
    """Who gives and who receives, as [[party]]."""
    source: Sequence[SourceIn] = ()
    """What the file cites, as [[source]]."""
    concession: Sequence[ConcessionIn] = ()
    """What was promised, as [[concession]]."""
    entry: Sequence[EntryIn] = ()
    """What has happened so far, as [[entry]]."""

    @property
    def parties(self) -> list[PartyIn]:
        """The parties, blocs before their members."""
        part_of = {party.slug: party.part_of for party in self.party}
        depths = {slug: len(side_of([slug], part_of).voices[0]) for slug in part_of}
        return sorted(self.party, key=lambda party: depths[party.slug])

    def tables(self) -> Iterator["Placed"]:
        """Yield the tables that declare something, in the order that references need."""
        for party in self.parties:
            yield Placed(f"[[party]] '{party.slug}'", ThingKind.PARTY, party.slug, party)
        for source in self.source:
            yield Placed(f"[[source]] '{source.key}'", ThingKind.SOURCE, source.key, source)
        own = {"agreement": self.agreement.slug}
        yield Placed("[agreement]", ThingKind.AGREEMENT, self.agreement.slug, self.agreement)
        yield from _deadlines("agreement", self.agreement.deadline, own)
        for one in self.concession:
            yield Placed(f"[[concession]] '{one.slug}'", ThingKind.CONCESSION, one.slug, one, own)
            yield from _deadlines("concession", one.deadline, {"concession": one.slug})

    def declared(self) -> Iterator[Declaring]:
        """Yield what the file declares, in the order that references need."""
        return (one.declaring for one in self.tables())


class Placed(NamedTuple):
    """A table that declares something: its place in the file, and what owns it."""

    place: str
    what: ThingKind
    slug: str
    table: Declared
    owner: Mapping[str, str] = MappingProxyType({})

    @property
    def declaring(self) -> Declaring:
        """What it declares."""
        return Declaring(self.what, self.slug, fields_of(self.table, **self.owner))


def _deadlines(
    owner: str, tables: Sequence[DeadlineIn], named: Mapping[str, str]
) -> Iterator[Placed]:
    for one in tables:
        place = f"[[{owner}.deadline]] '{one.slug}'"
        yield Placed(place, ThingKind.DEADLINE, one.slug, one, named)


class Known(NamedTuple):
    """What a file may refer to because a book holds it."""

    parties: set[str]
    sources: set[str]
    subjects: dict[str, str]
    """What each slug names: an agreement, a concession or a deadline."""


MOST = 32
"""The most MiB of a TOML file: many times what the largest agreement needs."""
IN_TOML = "TOML, with text, days and quantities in quotes, and a [[party]] table for each party"
IN_ORDER = "TOML, with each [[concession.deadline]] below its [[concession]]"
TABLES = (".csv", ".tsv", ".xlsx", ".jsonl")
"""The endings of tables."""
IN_TABLES = "a TOML file; tables of updates are read by 'tracker import'"
PARTIES = frozenset({"says", "giver", "receiver", "part_of"})
"""The keys that name parties."""


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file."""
    try:
        if is_database(path):
            wanted = f"an export, which '{called_on(path)} export FILE.jsonl' writes"
            raise unreadable(path, "it is a database", wanted)
        text = files.text_of(path, MOST)
        if path.suffix == ".jsonl" and lines.EXPORT.match(text.encode()):
            raise lines.exported(path)
        return files.parse_toml(text)
    except FileNotFoundError:
        raise NotFound("no such file", path=path) from None
    except OSError as error:
        raise unreadable(path, reason_of(error)) from error
    except UnicodeDecodeError:
        raise _not_toml(path, "it is not UTF-8 text", "a TOML file in UTF-8") from None
    except ValueError as error:
        wanted = IN_ORDER if "overwrite a value" in str(error) else IN_TOML
        raise _not_toml(path, str(error), wanted) from None


def _not_toml(path: Path, reason: str, wanted: str) -> BadInput:
    wanted = IN_TABLES if path.suffix in TABLES else wanted
    return unreadable(path, reason, wanted)


def load(path: Path) -> Document:
    """Read and validate a file on its own; the error lists every mistake with its place."""
    tables = read_toml(path)
    try:
        return Document.model_validate(tables)
    except ValidationError as error:
        raise bad(path, [in_toml(one, tables, Document) for one in error.errors()]) from None


def check(document: Document, known: Known, path: object) -> None:
    """Refuse duplicate slugs, and references to what neither the files nor the book hold."""
    whole = named_by([document], known)
    found = [*_doubled(document), *_unknown(document, whole), *_misshapen(document)]
    if found:
        raise bad(path, found)


def bad(path: object, complaints: Sequence[str]) -> BadInput:
    """Return the refusal of a file with mistakes, each listed once."""
    wrong = [*dict.fromkeys(complaints)]
    return bad_file(path, wrong, len(wrong))


def drafts(document: Document) -> Iterator[Draft]:
    """Yield the drafts of a file's entries in order."""
    for entry in document.entry:
        content = {name: getattr(entry, name) for name in CONTENT if name in EntryIn.model_fields}
        content["source"] = tuple(dict.fromkeys(entry.source or ()))
        content["value"] = entry.target if entry.value is None else entry.value
        yield Draft(SHAPES[entry.shape].kind, entry.about, entry.on, **content)


def named_by(documents: Sequence[Document], known: Known) -> Known:
    """Return what a book holds, and what some files declare."""
    subjects = dict(known.subjects)
    for document in documents:
        # If a slug names two things, the first counts: references mostly mean a concession.
        subjects |= {one.slug: one.what.value for one in reversed(_subjects(document))}
    return Known(
        known.parties | {one.slug for document in documents for one in document.party},
        known.sources | {one.key for document in documents for one in document.source},
        subjects,
    )


def _subjects(document: Document) -> list[Placed]:
    """Return the tables of the agreement, then of its concessions, then of all deadlines."""
    found = [one for one in document.tables() if one.what.namespace is Namespace.SUBJECT]
    return sorted(found, key=lambda one: [*ThingKind].index(one.what))


def _doubled(document: Document) -> Iterator[str]:
    tables = [*document.tables()]
    counts = Counter((one.what.namespace, one.slug) for one in tables)
    for one in tables:
        if (times := counts[one.what.namespace, one.slug]) > 1:
            yield f"{one.place}: it names {times} things in this file"


def _unknown(document: Document, known: Known) -> Iterator[str]:
    subjects = known.subjects.items()
    for one in _subjects(document):
        yield from _missing(one.place, one.table, {"source": known.sources})
    part_of = {party.slug: party.part_of for party in document.party}
    for party in document.party:
        yield from _missing(f"[[party]] '{party.slug}'", party, {"part_of": known.parties})
        blocs = side_of([party.slug], part_of).voices[0]
        if part_of.get(blocs[-1]) == party.slug == min(blocs):
            yield f"[[party]] '{party.slug}', key 'part_of': the party would be part of itself"
    of_kind = {
        kind: {slug for slug, what in subjects if what == kind}
        for kind in ("agreement", "concession", "deadline")
    }
    parties = {"giver": known.parties, "receiver": known.parties}
    for concession in document.concession:
        place = f"[[concession]] '{concession.slug}'"
        yield from _missing(place, concession, parties)
        for other in concession.in_return_for:
            if other not in of_kind["concession"] or other == concession.slug:
                meant = suggestion(other, sorted(of_kind["concession"] - {concession.slug}))
                yield f"{place}, key 'in_return_for': no other concession '{other}'. {meant}"
    for number, entry in enumerate(document.entry, 1):
        wanted = {"source": known.sources, "says": known.parties} | of_kind
        yield from _missing(f"[[entry]] {number}", entry, wanted)


def _missing(place: str, declared: Declared, wanted: Mapping[str, set[str]]) -> Iterator[str]:
    for key, names in wanted.items():
        given = getattr(declared, key)
        for name in [given] if isinstance(given, str) else given or ():
            if name not in names and not (key == "source" and _is_address(name)):
                what = "party" if key in PARTIES else key
                yield f"{place}, key '{key}': no {what} '{name}'. {suggestion(name, sorted(names))}"


def _is_address(source: str) -> bool:
    """Return whether a source is a web address, which does not have to be declared."""
    try:
        web_address(source)
    except BadInput:
        return False
    return True


def _misshapen(document: Document) -> Iterator[str]:
    for one in document.tables():
        for key, reason in complaints(one.what, one.declaring.fields):
            yield f"{one.place}, key '{key}': {reason}"
    for number, entry in enumerate(document.entry, 1):
        place, filled = f"[[entry]] {number}", entry.filled
        for key, reason in misshapen(entry.shape, filled):
            yield f"{place}, key '{key}': {reason}"
        named = filled & {"agreement", "concession", "deadline"}
        if len(named) != 1:
            yield f"{place}: name one agreement, concession or deadline"
        elif unfit := about(entry.shape, subject := named.pop()):
            yield f"{place}, key '{subject}': {unfit}"
