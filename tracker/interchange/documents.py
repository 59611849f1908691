"""The TOML of a seed: one agreement with its catalog and its opening entries."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from tracker.catalog import (
    AgreementIn,
    ConcessionIn,
    Day,
    DeadlineIn,
    Declaration,
    Declared,
    DueDay,
    Flag,
    Line,
    PartyIn,
    Quantity,
    SourceIn,
    Text,
)
from tracker.errors import BadDocument, NoSuchFile, UnreadableFile
from tracker.errors.wording import suggestion
from tracker.interchange.complaints import complaint
from tracker.journal import Draft
from tracker.vocabulary import Basis, EntryKind, Outcome, Stage


class EntryIn(Declared):
    """An opening entry; what it holds says which kind it is."""

    on: Day
    agreement: str | None = None
    concession: str | None = None
    deadline: str | None = None
    stage: Stage | None = None
    value: Quantity | None = None
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
    source: str | None = None
    note: Text | None = None

    @property
    def about(self) -> str:
        """The slug of what the entry concerns."""
        return self.deadline or self.concession or self.agreement or ""

    @property
    def kind(self) -> EntryKind:
        """The kind of entry that its keys make it."""
        if self.stage is not None:
            return EntryKind.STAGE
        if self.value is not None:
            return EntryKind.READING
        if self.due_on is not None or self.outcome is not None:
            return EntryKind.DEADLINE
        return EntryKind.CHECK if self.check else EntryKind.NOTE


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
    def declaration(self) -> Declaration:
        """What the file adds to the catalog."""
        return Declaration(self.agreement, self.party, self.source, self.concession)


class Known(NamedTuple):
    """What a book already holds that a file may refer to."""

    parties: set[str]
    sources: set[str]
    subjects: dict[str, str]
    """What each slug names: an agreement, a concession or a deadline."""


IN_TOML = "TOML, with text, days and quantities in quotes, and [[party]] for each of several"
NOTHING = Known(set(), set(), {})


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise NoSuchFile(path=path) from None
    except OSError as error:
        raise UnreadableFile(path=path, reason=str(error.strerror), wanted="a TOML file") from error
    except UnicodeDecodeError:
        raise UnreadableFile(
            path=path, reason="it is not UTF-8 text", wanted="a TOML file in UTF-8"
        ) from None
    except (ValueError, RecursionError) as error:  # also numbers and nesting without end
        raise UnreadableFile(path=path, reason=str(error), wanted=IN_TOML) from None


def load(path: Path) -> Document:
    """Read and validate a file by itself; every mistake is named with its place."""
    tables = read_toml(path)
    try:
        return Document.model_validate(tables)
    except ValidationError as error:
        complaints = dict.fromkeys(complaint(one, tables, Document) for one in error.errors())
        raise BadDocument(path=path, complaints=[*complaints]) from None


def check(document: Document, known: Known, path: object) -> None:
    """Refuse references to what neither the file nor the book holds, and doubled slugs."""
    complaints = [
        *_doubled(document, known),
        *_unknown(document, known),
        *_misshapen(document),
    ]
    if complaints:
        raise BadDocument(path=path, complaints=complaints)


def drafts(document: Document) -> Iterator[Draft]:
    """Yield the drafts of a file's entries as it gives them, each with the key of its content."""
    seen: Counter[str] = Counter()
    for entry in document.entry:
        content = dumps(
            entry.model_dump(mode="json", exclude_none=True, exclude_defaults=True), sort_keys=True
        )
        seen[content] += 1
        key = sha256(f"{document.agreement.slug} {seen[content]} {content}".encode()).digest()[:16]
        yield Draft(
            kind=entry.kind,
            about=entry.about,
            effective_on=entry.on,
            says=entry.says,
            stage=entry.stage,
            due_on=entry.due_on,
            outcome=entry.outcome,
            source=entry.source,
            note=entry.note,
            value=entry.target if entry.value is None else entry.value,
            unit=entry.unit,
            counted_by=entry.counted_by,
            basis=entry.basis,
            flow=entry.flow,
            import_key=key,
        )


# --- complaints -------------------------------------------------------------------------------


def _deadlines(document: Document) -> Iterator[tuple[str, DeadlineIn]]:
    for deadline in document.agreement.deadline:
        yield f"[[agreement.deadline]] '{deadline.slug}'", deadline
    for concession in document.concession:
        for deadline in concession.deadline:
            yield f"[[concession.deadline]] '{deadline.slug}'", deadline


def _subjects(document: Document) -> Iterator[tuple[str, str, str]]:
    yield "[agreement]", "agreement", document.agreement.slug
    for concession in document.concession:
        yield f"[[concession]] '{concession.slug}'", "concession", concession.slug
    for place, deadline in _deadlines(document):
        yield place, "deadline", deadline.slug


def _doubled(document: Document, known: Known) -> Iterator[str]:
    counts = Counter(slug for _, _, slug in _subjects(document))
    for place, what, slug in _subjects(document):
        if counts[slug] > 1:
            yield f"{place}, key 'slug': it names {counts[slug]} things in this file"
        elif (held := known.subjects.get(slug, what)) != what:
            yield f"{place}, key 'slug': it already names a {held} of the book"
    for table, keys in (
        ("party", [party.slug for party in document.party]),
        ("source", [source.key for source in document.source]),
    ):
        for key, count in Counter(keys).items():
            if count > 1:
                yield f"[[{table}]] '{key}': it is declared {count} times"


def _unknown(document: Document, known: Known) -> Iterator[str]:
    parties = known.parties | {party.slug for party in document.party}
    sources = known.sources | {source.key for source in document.source}
    subjects = {*known.subjects.items(), *((slug, what) for _, what, slug in _subjects(document))}
    yield from _missing("[agreement]", document.agreement, {"source": sources})
    for place, deadline in _deadlines(document):
        yield from _missing(place, deadline, {"source": sources})
    of_kind = {
        kind: {slug for slug, what in subjects if what == kind}
        for kind in ("agreement", "concession", "deadline")
    }
    for concession in document.concession:
        place = f"[[concession]] '{concession.slug}'"
        wanted = {"source": sources, "giver": parties, "receiver": parties}
        yield from _missing(place, concession, wanted)
        if concession.giver == concession.receiver:
            yield f"{place}, key 'receiver': giver and receiver are the same"
        for other in concession.in_return_for:
            if other not in of_kind["concession"] or other == concession.slug:
                yield f"{place}, key 'in_return_for': no other concession '{other}'"
    for number, entry in enumerate(document.entry, 1):
        yield from _missing(
            f"[[entry]] {number}", entry, {"source": sources, "says": parties} | of_kind
        )


def _missing(place: str, declared: Declared, wanted: dict[str, set[str]]) -> Iterator[str]:
    for key, names in wanted.items():
        if (name := getattr(declared, key)) is not None and name not in names:
            what = "party" if key in ("says", "giver", "receiver") else key
            yield f"{place}, key '{key}': no {what} '{name}'. {suggestion(name, sorted(names))}"


SHAPES: dict[EntryKind, tuple[set[str], set[str]]] = {
    EntryKind.STAGE: ({"concession", "stage"}, {"says"}),
    EntryKind.READING: ({"deadline", "value"}, {"unit", "basis", "counted_by", "flow"}),
    EntryKind.DEADLINE: ({"deadline"}, {"due_on", "target", "unit", "outcome", "says"}),
    EntryKind.NOTE: ({"note"}, {"says", "agreement", "concession", "deadline"}),
    EntryKind.CHECK: ({"check"}, {"agreement", "concession", "deadline"}),
}
"""Which keys an entry of each kind needs, and which it may have beside day, source and note."""


def _misshapen(document: Document) -> Iterator[str]:
    for place, deadline in _deadlines(document):
        yield from _misshapen_deadline(place, deadline)
    for number, entry in enumerate(document.entry, 1):
        yield from _misshapen_entry(f"[[entry]] {number}", entry)


def _misshapen_deadline(place: str, deadline: DeadlineIn) -> Iterator[str]:
    if (deadline.target is None) != (deadline.unit is None):
        yield f"{place}, key 'target': a target needs a unit, and a unit a target"
    if deadline.target is not None and deadline.kind != "delivery":
        yield f"{place}, key 'target': only a delivery has one"
    if deadline.target == 0:
        yield f"{place}, key 'target': a target of 0 cannot be measured against"
    if deadline.opens_on and deadline.opens_on > deadline.due_on.last:
        yield f"{place}, key 'opens_on': it is after 'due_on'"


def _misshapen_entry(place: str, entry: EntryIn) -> Iterator[str]:
    needed, allowed = SHAPES[entry.kind]
    given = set(entry.model_dump(exclude_none=True, exclude_defaults=True))
    for key in sorted(needed - given):
        yield f"{place}: a {entry.kind} needs the key '{key}'"
    for key in sorted(given - needed - allowed - {"on", "source", "note"}):
        yield f"{place}, key '{key}': a {entry.kind} has none"
    if len(given & {"agreement", "concession", "deadline"}) != 1:
        yield f"{place}: name one agreement, concession or deadline"
    if entry.outcome and (entry.due_on or entry.target is not None):
        yield f"{place}, key 'outcome': an outcome has no new day or target"
    if entry.outcome and entry.says:
        yield f"{place}, key 'says': an outcome is the keeper's word, not a party's"
    if entry.unit and entry.kind is EntryKind.DEADLINE and entry.target is None:
        yield f"{place}, key 'unit': there is no target that it could count"
