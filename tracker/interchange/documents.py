"""The TOML of a book: one file declares one agreement, with its parties, sources and entries."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from tracker import files
from tracker.database.files import is_database
from tracker.entry import OPENING, SHAPES, Entry, about, misshapen, said_in_words, shape_of
from tracker.errors import BadInput, NotFound, called_on, shortened, suggestion
from tracker.files import reason_of, unreadable
from tracker.forms import Fields, Unread, read, web_address
from tracker.interchange import lines
from tracker.interchange.complaints import bad_file, suggestion_of_name
from tracker.journal.consistency import Declaring
from tracker.journal.declaring import complaints
from tracker.rules.moves import side_of
from tracker.things import FIELDS, read_thing
from tracker.vocabulary import Namespace, ThingKind

TABLES_OF_A_FILE = ("agreement", "party", "source", "concession", "entry")
"""The tables of a file; each but the agreement is a list."""
NO_OWNER: Mapping[str, str] = MappingProxyType({})


class Placed(NamedTuple):
    """A table that declares something: its place in the file, and what it declares."""

    place: str
    what: ThingKind
    slug: str
    fields: Mapping[str, Any]
    """Its fields, its owner among them."""

    @property
    def declaring(self) -> Declaring:
        """What it declares."""
        return Declaring(self.what, self.slug, self.fields)


class Opening(NamedTuple):
    """An opening entry; its keys decide its kind."""

    place: str
    keys: Mapping[str, Any]

    @property
    def filled(self) -> set[str]:
        """The fields that its keys fill, by their names in the journal."""
        return {"effective_on" if key == "on" else key for key in self.keys}

    @property
    def shape(self) -> str:
        """The shape of entry that its keys make it."""
        return "check" if "check" in self.keys else shape_of(self.filled)

    @property
    def entry(self) -> Entry:
        """The entry that it says."""
        keys = self.keys
        subject = keys.get("deadline") or keys.get("concession") or keys["agreement"]
        words = {"effective_on": keys["on"], "value": keys.get("target"), **keys}
        said = said_in_words(SHAPES[self.shape].kind, subject, words)
        return said._replace(source=tuple(dict.fromkeys(said.source)))


class Document(NamedTuple):
    """A whole file: what it declares, in the order that references need, and its entries."""

    things: Sequence[Placed]
    openings: Sequence[Opening]

    def of(self, what: ThingKind) -> list[Placed]:
        """Return the tables of a kind of thing."""
        return [one for one in self.things if one.what is what]

    @property
    def agreement(self) -> str:
        """The slug of its agreement."""
        return self.of(ThingKind.AGREEMENT)[0].slug


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
    """Read a file on its own; the error lists every value that cannot be read, with its place."""
    reading = _Reading(read_toml(path))
    if reading.wrong:
        raise bad(path, reading.wrong)
    parties, others = reading.parties, reading.things
    part_of = {party.slug: party.fields.get("part_of") for party in parties}
    depths = {slug: len(side_of([slug], part_of).voices[0]) for slug in part_of}
    blocs_first = sorted(parties, key=lambda party: depths[party.slug])
    return Document([*blocs_first, *others], reading.openings)


class _Reading:
    """One pass over the tables of a file, which gathers what it declares and what is wrong."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.wrong: list[str] = []
        self.openings: list[Opening] = []
        for name in tables:
            if name not in TABLES_OF_A_FILE:
                meant = suggestion_of_name(name, TABLES_OF_A_FILE)
                self.wrong.append(f"table [{shortened(name)}]: there is no such key. {meant}")
        self.parties = [*self._things(tables, ThingKind.PARTY)]
        self.things = [*self._things(tables, ThingKind.SOURCE), *self._agreement(tables)]
        for place, keys in self._tables(tables, "entry"):
            with self._telling(place, OPENING):
                self.openings.append(Opening(place, read(OPENING, keys)))

    def _agreement(self, tables: Mapping[str, Any]) -> Iterator[Placed]:
        """Yield the agreement and all that is declared under it."""
        agreement = tables.get("agreement")
        if not isinstance(agreement, dict):
            reason = "it is missing" if agreement is None else "write it as one table"
            self.wrong.append(f"table [agreement]: {reason}")
            return
        yield from self._owner(ThingKind.AGREEMENT, "[agreement]", agreement, {})
        own = {"agreement": str(agreement.get("slug"))}
        for place, table in self._tables(tables, "concession"):
            yield from self._owner(ThingKind.CONCESSION, place, table, own)

    def _owner(
        self, what: ThingKind, place: str, table: Mapping[str, Any], owner: Mapping[str, str]
    ) -> Iterator[Placed]:
        """Yield a thing and its deadlines."""
        fields = {key: one for key, one in table.items() if key != "deadline"}
        yield from self._thing(what, place, fields, owner)
        own = {what.value: str(table.get("slug"))}
        yield from self._things(table, ThingKind.DEADLINE, f"{what}.", own)

    def _things(
        self,
        tables: Mapping[str, Any],
        what: ThingKind,
        path: str = "",
        owner: Mapping[str, str] = NO_OWNER,
    ) -> Iterator[Placed]:
        for place, table in self._tables(tables, what.value, path):
            yield from self._thing(what, place, table, owner)

    def _thing(
        self, what: ThingKind, place: str, table: Mapping[str, Any], owner: Mapping[str, str]
    ) -> Iterator[Placed]:
        """Yield what a table declares, if all of it can be read."""
        with self._telling(place, FIELDS[what]):
            slug, fields = read_thing(what, table, owner)
            yield Placed(place, what, slug, fields)

    def _tables(
        self, tables: Mapping[str, Any], name: str, path: str = ""
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the tables of a list, each with its place in the file."""
        listed = tables.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            wrong = "write it as a list, in double brackets"
            self.wrong.append(f"table [{path}{name}]: {wrong}")
            return
        for number, table in enumerate(listed, 1):
            named = table.get("slug") or table.get("key")
            yield f"[[{path}{name}]] {repr(named) if named else number}", table

    @contextmanager
    def _telling(self, place: str, fields: Fields) -> Iterator[None]:
        """Note each value of a table that cannot be read."""
        try:
            yield
        except Unread as error:
            for mistake in error.mistakes:
                reason = mistake.reason
                if mistake.is_unknown:
                    reason += f". {suggestion_of_name(mistake.field, [*fields])}"
                self.wrong.append(f"{place}, key '{shortened(mistake.field)}': {reason}")


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


def named_by(documents: Sequence[Document], known: Known) -> Known:
    """Return what a book holds, and what some files declare."""
    subjects = dict(known.subjects)
    for document in documents:
        # If a slug names two things, the first counts: references mostly mean a concession.
        subjects |= {one.slug: one.what.value for one in reversed(_subjects(document))}
    parties, sources = (
        {one.slug for document in documents for one in document.of(what)}
        for what in (ThingKind.PARTY, ThingKind.SOURCE)
    )
    return Known(known.parties | parties, known.sources | sources, subjects)


def _subjects(document: Document) -> list[Placed]:
    """Return the tables of the agreement, then of its concessions, then of all deadlines."""
    kinds = [what for what in ThingKind if what.namespace is Namespace.SUBJECT]
    return [one for what in kinds for one in document.of(what)]


def _doubled(document: Document) -> Iterator[str]:
    counts = Counter((one.what.namespace, one.slug) for one in document.things)
    for one in document.things:
        if (times := counts[one.what.namespace, one.slug]) > 1:
            yield f"{one.place}: it names {times} things in this file"


def _unknown(document: Document, known: Known) -> Iterator[str]:
    for one in _subjects(document):
        yield from _missing(one.place, one.fields, {"source": known.sources})
    parties = document.of(ThingKind.PARTY)
    part_of = {party.slug: party.fields.get("part_of") for party in parties}
    for party in parties:
        yield from _missing(party.place, party.fields, {"part_of": known.parties})
        blocs = side_of([party.slug], part_of).voices[0]
        if part_of.get(blocs[-1]) == party.slug == min(blocs):
            yield f"{party.place}, key 'part_of': the party would be part of itself"
    of_kind = {
        kind: {slug for slug, what in known.subjects.items() if what == kind}
        for kind in ("agreement", "concession", "deadline")
    }
    sides = {"giver": known.parties, "receiver": known.parties}
    for concession in document.of(ThingKind.CONCESSION):
        yield from _missing(concession.place, concession.fields, sides)
        for other in concession.fields.get("in_return_for", ()):
            if other not in of_kind["concession"] or other == concession.slug:
                meant = suggestion(other, sorted(of_kind["concession"] - {concession.slug}))
                key = f"{concession.place}, key 'in_return_for'"
                yield f"{key}: no other concession '{other}'. {meant}"
    for opening in document.openings:
        wanted = {"source": known.sources, "says": known.parties} | of_kind
        yield from _missing(opening.place, opening.keys, wanted)


def _missing(place: str, keys: Mapping[str, Any], wanted: Mapping[str, set[str]]) -> Iterator[str]:
    for key, names in wanted.items():
        given = keys.get(key)
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
    for one in document.things:
        for key, reason in complaints(one.what, one.fields):
            yield f"{one.place}, key '{key}': {reason}"
    for opening in document.openings:
        place, filled = opening.place, opening.filled
        for key, reason in misshapen(opening.shape, filled):
            yield f"{place}, key '{key}': {reason}"
        named = filled & {"agreement", "concession", "deadline"}
        if len(named) != 1:
            yield f"{place}: name one agreement, concession or deadline"
        elif unfit := about(opening.shape, subject := named.pop()):
            yield f"{place}, key '{subject}': {unfit}"
