"""The columns of a file of updates: each cell read strictly, each line as the draft it makes."""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from tracker.database import Connection
from tracker.dates import parse_iso_day, parse_period
from tracker.errors import BadText, NoSuch, TrackerError, UnknownWord
from tracker.interchange.faults import Complaint, Complaints, told
from tracker.interchange.lines import Line
from tracker.journal import Draft
from tracker.journal.encoding import canonical_list
from tracker.journal.names import Names, require_web_address
from tracker.journal.writer import require_text
from tracker.quantities import parse_quantity
from tracker.vocabulary import Basis, EntryKind, Outcome, Stage

SUBJECTS = ("deadline", "concession", "agreement")
"""The columns that name what an update is about, the narrowest first."""

FREE = ("kind", *SUBJECTS, "effective_on", "source", "note", "import_key", "entry")
"""What a line of any kind may hold."""

BOOKKEEPING = frozenset({"recorded_at", "author", "retracted_by", "batch"})
"""What the history prints and the book itself gives: not taken from a file."""

NEEDED = {
    EntryKind.STAGE: ("concession", "stage"),
    EntryKind.READING: ("deadline", "value"),
    EntryKind.DEADLINE: ("deadline",),
    EntryKind.NOTE: ("note",),
    EntryKind.CHECK: (),
    EntryKind.RETRACTION: ("retracts",),
}
ALLOWED = {
    kind: frozenset({*FREE, *columns})
    for kind, columns in {
        EntryKind.STAGE: ("stage", "says"),
        EntryKind.READING: ("value", "unit", "counted_by", "basis", "flow"),
        EntryKind.DEADLINE: ("due_on", "value", "unit", "outcome", "says"),
        EntryKind.NOTE: ("says",),
        EntryKind.CHECK: (),
        EntryKind.RETRACTION: ("retracts",),
    }.items()
}

CONTENT = (
    *("effective_on", "says", "stage", "value", "unit", "counted_by", "basis", "flow", "due_on"),
    *("outcome", "source", "note", "retracts"),
)
"""What the key of a line is derived from, behind its kind and what it is about."""

HARMLESS = re.compile(r"^'(?=[=+\-@\t\r])")
"""The mark that our own CSV puts before text that a spreadsheet would run."""
TEXTS = frozenset({"note", "unit", "counted_by", "source", "says"})
COLUMNS = tuple(dict.fromkeys(("kind", *SUBJECTS, *CONTENT, *FREE, *sorted(BOOKKEEPING))))
"""Every column that there is, the usual ones first."""
KNOWN = frozenset(COLUMNS)

UNIQUE = frozenset({"note", "import_key", "entry", "retracts"})
"""What hardly any two lines have in common; all else is read once for each text."""
REMEMBERED = 4_000

KEY_BYTES = 16
NUMBERS_END = 2**31


class Update(NamedTuple):
    """A line that makes sense by itself: its draft, how it is known again, its file's number."""

    line: Line
    draft: Draft
    content: str
    key: bytes
    """The key that the line gives, or the key of its content where it stands first."""
    given: bool
    entry: int | None


class Columns:
    """Reads the lines of one file for one book; `escaped`, where it is CSV as we write it."""

    def __init__(
        self, connection: Connection, names: Names, complaints: Complaints, escaped: bool
    ) -> None:
        self._names = names
        self._complaints = complaints
        self._escaped = escaped
        self._subjects = {slug: what for what, slug, _ in connection.rows("slugs")}
        self._readers: dict[str, Callable[[str], Any]] = {
            "kind": _word("kind", EntryKind),
            "effective_on": parse_iso_day,
            "says": self._says,
            "stage": _word("stage", Stage),
            "value": parse_quantity,
            "unit": _text("unit"),
            "counted_by": _text("name"),
            "basis": _word("basis", Basis),
            "flow": _flag,
            "due_on": parse_period,
            "outcome": _word("outcome", Outcome),
            "source": self._source,
            "note": _text("note"),
            "retracts": _number,
            "import_key": _key,
            "entry": _number,
            **{what: self._subject(what) for what in SUBJECTS},
        }
        self._read: dict[str, dict[str, Any]] = {
            column: {} for column in self._readers if column not in UNIQUE
        }
        self._shapes = lru_cache(lambda kind, columns: [*_misshapen(kind, columns)])

    def update(self, line: Line) -> Update | None:
        """Return what a line says, or nothing after complaining of all that is wrong with it."""
        cells = self._filled(line.cells)
        before = self._complaints.total
        values = self._values(line.number, cells)
        kind = values.pop("kind", None) or _kind_of(cells)
        for column, reason in self._shapes(kind, frozenset(cells)):
            self._complaints.add(Complaint(line.number, column, cells.get(column), reason))
        if self._complaints.total > before:
            return None
        about = [values.pop(what) for what in SUBJECTS if what in cells]
        wrong = None if kind is EntryKind.RETRACTION else self._elsewhere(about)
        if wrong is not None:
            self._complaints.add(Complaint(line.number, None, None, wrong))
            return None
        entry, given = values.pop("entry", None), values.pop("import_key", None)
        slug = about[0] if about else ""
        content = canonical_list([kind.value, slug, *map(cells.get, CONTENT)])
        key = given or content_key(content, 1)
        draft = Draft(kind, slug, import_key=key, **values)
        return Update(line, draft, content, key, given is not None, entry)

    def _filled(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the cells that say something, as they were before a spreadsheet's safety."""
        filled = {column: text for column, text in cells.items() if text}
        for column in BOOKKEEPING & filled.keys():
            del filled[column]
        if self._escaped:
            for column in TEXTS & filled.keys():
                if filled[column][0] == "'":
                    filled[column] = HARMLESS.sub("", filled[column])
        if "flow" in filled:
            filled["flow"] = filled["flow"].lower()
        return filled

    def _values(self, number: int, cells: Mapping[str, str]) -> dict[str, Any]:
        values = {}
        for column, text in cells.items():
            reader = self._readers.get(column)
            if reader is None:
                self._complaints.add(Complaint(number, column, None, "there is no such column"))
                continue
            read = self._read.get(column)
            if read is not None and (value := read.get(text)) is not None:
                values[column] = value
                continue
            try:
                values[column] = value = reader(text)
                if read is not None and len(read) < REMEMBERED:
                    read[text] = value
            except TrackerError as error:
                self._complaints.add(Complaint(number, column, text, told(error)))
        return values

    def _subject(self, what: str) -> Callable[[str], str]:
        def read(slug: str) -> str:
            if self._subjects.get(slug) != what:
                known = [slug for slug, named in self._subjects.items() if named == what]
                raise NoSuch(kind=what, name=slug, known=() if self._complaints.full else known)
            return slug

        return read

    def _says(self, name: str) -> str:
        return self._names.party(name).key

    def _source(self, key: str) -> str:
        if "://" in key:
            require_text("source", key)
            require_web_address(key)
        else:
            self._names.source(key)
        return key

    def _elsewhere(self, about: list[str]) -> str | None:
        """Return what is wrong with the subjects of a line, which must lie within each other."""
        if not about:
            return "it names no agreement, concession or deadline"
        narrowest, *wider = about
        subject = self._names.subject(narrowest)
        for slug in wider:
            if slug not in (subject.agreement, subject.concession):
                return f"'{narrowest}' is not part of '{slug}'"
        return None


def content_key(content: str, ordinal: int) -> bytes:
    """Return the import key of what a line says, the first, second… of its like in a file."""
    return blake2b(f"{ordinal} {content}".encode(), digest_size=KEY_BYTES).digest()


# --- shapes -----------------------------------------------------------------------------------


def _kind_of(cells: Mapping[str, str]) -> EntryKind:
    """Return the kind that a line's cells make it, where it does not say."""
    if "retracts" in cells:
        return EntryKind.RETRACTION
    if "stage" in cells:
        return EntryKind.STAGE
    if "due_on" in cells or "outcome" in cells:
        return EntryKind.DEADLINE
    return EntryKind.READING if "value" in cells else EntryKind.NOTE


def _misshapen(kind: EntryKind, cells: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns that a kind lacks or may not have, and why."""
    for column in ("effective_on", *NEEDED[kind]):
        if column not in cells:
            yield column, f"a {kind} needs it"
    for column in sorted((cells & KNOWN) - ALLOWED[kind]):
        yield column, f"a {kind} has none"
    if kind is EntryKind.STAGE and "deadline" in cells:
        yield "deadline", "a stage is of a concession"
    if kind is not EntryKind.DEADLINE:
        return
    if ("due_on" in cells) == ("outcome" in cells):
        yield "due_on", "a deadline needs a new day, or an outcome, and not both"
    if "outcome" in cells:
        yield from (
            (column, "an outcome has none") for column in ("value", "says") if column in cells
        )
    if "unit" in cells and "value" not in cells:
        yield "value", "a unit needs it"


# --- cells ------------------------------------------------------------------------------------


def _word(what: str, words: type[StrEnum]) -> Callable[[str], Any]:
    members = {member.value: member for member in words}

    def read(text: str) -> Any:
        if (member := members.get(text)) is None:
            raise UnknownWord(kind=what, word=text, allowed=[*members])
        return member

    return read


def _text(what: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        require_text(what, text)
        return text

    return read


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise UnknownWord(kind="flag", word=text, allowed=("true", "false"))
    return text == "true"


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,10}", text, re.ASCII) or not 0 < int(text) < NUMBERS_END:
        raise BadText(part="number", reason="is not that of an entry")
    return int(text)


def _key(text: str) -> bytes:
    if not re.fullmatch(r"[0-9a-fA-F]{32}", text, re.ASCII):
        raise BadText(part="key", reason="is not written in 32 hexadecimal digits")
    return bytes.fromhex(text)
