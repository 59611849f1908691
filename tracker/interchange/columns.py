"""The columns of a file of updates: reads each cell strictly, and each line into a draft."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Any

from tracker.database import Connection
from tracker.dates import parse_iso_day, parse_period
from tracker.errors import BadText, NoSuch, TrackerError, UnknownWord
from tracker.errors.wording import with_article
from tracker.facts import LATEST
from tracker.interchange.complaints import Complaint, Complaints, reason_of
from tracker.interchange.intake import Given
from tracker.interchange.lines import Line
from tracker.journal.draft import CONTENT, OWN, Draft
from tracker.journal.names import Names, require_web_address
from tracker.journal.shapes import SHAPES, misshapen, shape_of
from tracker.journal.shapes import about as unfit
from tracker.journal.writer import require_text
from tracker.quantities import parse_quantity
from tracker.tables.data import FORMULA
from tracker.vocabulary import Basis, EntryKind, Outcome, Stage

SUBJECTS = ("deadline", "concession", "agreement")
"""The columns that name what an update is about, the most specific first."""

BOOKKEEPING = frozenset(
    {"recorded_at", "author", "retracted_by", "batch", "command", "subject", "declares", "text"}
)
"""Columns of the history that the book itself fills: ignored in a file."""

HARMLESS = re.compile(rf"^'(?={FORMULA.pattern[1:]})")
"""The mark that our CSV puts before text that a spreadsheet would run as a formula."""
TEXTS = frozenset({"note", "unit", "counted_by", "source", "says"})
COLUMNS = ("kind", *SUBJECTS, *CONTENT, "key", "entry", *sorted(BOOKKEEPING))
"""All columns, the usual ones first."""

REMEMBERED = 4_000
"""How many texts of a column are read only once."""

OWN_COLUMNS = (*OWN, "entry")
"""Columns in which many lines differ; the rest of such lines is read only once."""


def _word(what: str, words: type[StrEnum] | dict[str, Any]) -> Callable[[str], Any]:
    members = words if isinstance(words, dict) else {member.value: member for member in words}

    def read(text: str) -> Any:
        if (member := members.get(text)) is None:
            raise UnknownWord(kind=what, word=text, allowed=members)
        return member

    return read


READERS: Mapping[str, Callable[[str], Any]] = {
    "effective_on": parse_period,
    "public_on": parse_iso_day,
    "stage": _word("stage", Stage),
    "value": parse_quantity,
    "basis": _word("basis", Basis),
    "due_on": parse_period,
    "outcome": _word("outcome", Outcome),
}
"""How those fields are read that are not free text, a name or a number of an entry."""


class Order:
    """The order of a file's columns: those of `OWN_COLUMNS`, and the others."""

    def __init__(self, columns: Sequence[str]) -> None:
        places = [columns.index(name) if name in columns else len(columns) for name in OWN_COLUMNS]
        self._own = itemgetter(*places)
        idle = BOOKKEEPING.union(OWN_COLUMNS)
        others = [place for place, name in enumerate(columns) if name not in idle]
        self._others = itemgetter(len(columns), *others)

    def parts(self, texts: Sequence[str]) -> tuple[tuple[str, ...], object]:
        """Return a line's cells of the columns `OWN_COLUMNS`, in that order, and the others."""
        texts = [*texts, ""]
        return self._own(texts), self._others(texts)


class Columns:
    """Reads the lines of one file for one book; `escaped` if it is CSV as we write it."""

    def __init__(
        self, connection: Connection, names: Names, complaints: Complaints, escaped: bool
    ) -> None:
        self._names = names
        self._complaints = complaints
        self._escaped = escaped
        self._subjects = {slug: what for what, slug, _ in connection.rows("slugs", known=LATEST)}
        self._withdrawn = {
            row[0] for row in connection.rows("ever_declared")
        } - self._subjects.keys()
        readers: dict[str, Callable[[str], Any]] = {
            **READERS,
            "kind": _word("kind", EntryKind),
            "says": lambda name: names.party(name).slug,
            "unit": _text("unit"),
            "counted_by": _text("name"),
            "flow": _word("flag", {"true": True, "false": False}),
            "source": self._source,
            "note": _note,
            "refers_to": _number,
            "key": _key,
            "entry": _number,
            **{what: self._subject(what) for what in SUBJECTS},
        }
        self._readers = {column: lru_cache(REMEMBERED)(read) for column, read in readers.items()}
        self._misshapen = lru_cache(_misshapen)
        self._order_of = lru_cache(REMEMBERED)(Order)
        self._columns: tuple[str, ...] = ()
        self._order = Order(())
        self._drafts: dict[object, Draft] = {}

    def update(self, line: Line) -> Given | None:
        """Return what a line says; if it has mistakes, complain of all of them and return None."""
        if line.columns is not self._columns:
            self._columns, self._order = line.columns, self._order_of(line.columns)
        own, others = self._order.parts(line.texts)
        pattern = (others, tuple(map(bool, own)))
        like = self._drafts.get(pattern)
        if like is not None:
            try:
                return self._alike(line.number, like, own)
            except TrackerError:
                pass  # read in full below, to complain of everything
        given = self._made(line)
        if given is not None and len(self._drafts) < REMEMBERED:
            self._drafts[pattern] = given.draft
        return given

    def _alike(self, number: int, like: Draft, own: tuple[str, ...]) -> Given:
        """Return what a line says that differs from an earlier one only in its own cells."""
        on, value, source, note, refers_to, public_on, key, entry = own
        read = self._readers
        draft = like.with_own(
            read["effective_on"](on),
            read["value"](value) if value else None,
            read["source"](self._unmarked(source)) if source else None,
            _note(self._unmarked(note)) if note else None,
            _number(refers_to) if refers_to else None,
            read["public_on"](public_on) if public_on else None,
        )
        return Given(number, draft, _key(key) if key else None, _number(entry) if entry else None)

    def _made(self, line: Line) -> Given | None:
        cells = self._filled(line.cells)
        before = self._complaints.total
        values = self._values(line.number, cells)
        kind = values.pop("kind", None)
        shape, wrong = self._misshapen(kind, frozenset(cells))
        for column, reason in wrong:
            self._complaints.add(Complaint(line.number, column, cells.get(column), reason))
        if self._complaints.total > before:
            return None
        about = [values.pop(what) for what in SUBJECTS if what in cells]
        elsewhere = self._elsewhere(shape, about)
        if elsewhere is not None:
            self._complaints.add(Complaint(line.number, None, None, elsewhere))
            return None
        entry, key = values.pop("entry", None), values.pop("key", None)
        draft = Draft(SHAPES[shape].kind, about[0] if about else "", nth=1, **values)
        return Given(line.number, draft, key, entry)

    def _filled(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the filled cells, without the marks against spreadsheet formulas."""
        filled = {**cells}
        for column in BOOKKEEPING & filled.keys():
            del filled[column]
        for column in TEXTS & filled.keys():
            filled[column] = self._unmarked(filled[column])
        if "flow" in filled:
            filled["flow"] = filled["flow"].lower()
        return filled

    def _values(self, number: int, cells: Mapping[str, str]) -> dict[str, Any]:
        values = {}
        unknown: Sequence[str] = ()
        for column, text in cells.items():
            if column not in self._readers:
                wrong = "there is no such column" if column else "its column has no name"
                self._complaints.add(Complaint(number, column, None if column else text, wrong))
                continue
            try:
                values[column] = self._readers[column](text)
            except TrackerError as error:
                if column not in unknown:
                    self._complaints.add(Complaint(number, column, text, reason_of(error)))
                if column == "agreement":  # then nothing in it is known either
                    unknown = SUBJECTS
        return values

    def _unmarked(self, text: str) -> str:
        """Return a text without the mark against spreadsheet formulas."""
        return HARMLESS.sub("", text) if text[0] == "'" and self._escaped else text

    def _subject(self, what: str) -> Callable[[str], str]:
        def read(slug: str) -> str:
            if self._subjects.get(slug) != what and slug not in self._withdrawn:
                known = [slug for slug, named in self._subjects.items() if named == what]
                raise NoSuch(kind=what, name=slug, known=() if self._complaints.full else known)
            return slug

        return read

    def is_of_nothing(self, cells: Mapping[str, str]) -> bool:
        """Return whether a line was retracted and is about something not declared in this book."""
        return "retracted_by" in cells and any(
            self._subjects.get(cells[what]) != what for what in SUBJECTS if what in cells
        )

    def _source(self, key: str) -> str:
        if "://" in key:
            require_text("source", key)
            require_web_address(key)
        else:
            self._names.source(key)
        return key

    def _elsewhere(self, shape: str, about: list[str]) -> str | None:
        """Return what is wrong with a line's subjects: the broader must contain the narrower."""
        if not about:
            any_will_do = not SHAPES[shape].about
            return None if any_will_do else "it names no agreement, concession or deadline"
        narrowest, *wider = about
        if narrowest in self._withdrawn:
            return None
        subject = self._names.subject(narrowest)
        for slug in wider:
            if slug not in (subject.agreement, subject.concession):
                return f"'{narrowest}' is not part of '{slug}'"
        return unfit(shape, subject.what)


def _misshapen(kind: EntryKind | None, cells: frozenset[str]) -> tuple[str, list[tuple[str, str]]]:
    """Return the shape of a line, and the columns that are missing or not allowed, with reasons."""
    shape = shape_of(cells, kind)
    target = {"target" if name == "value" and shape == "move" else name for name in cells}
    wrong = [
        ("value" if name == "target" else name, reason)
        for name, reason in misshapen(shape, target, is_given=kind is not None)
    ]
    about = SHAPES[shape].about
    if len(about) == 1 and about[0] not in cells:
        wrong.append((about[0].value, f"{with_article(shape)} needs it"))
    if shape == "stage" and "deadline" in cells:
        wrong.append(("deadline", "a stage is about a concession"))
    return shape, wrong


def _text(what: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        require_text(what, text)
        return text

    return read


_note = _text("note")


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,10}", text, re.ASCII) or not 0 < int(text) < LATEST:
        raise BadText(part="number", reason="is not that of an entry")
    return int(text)


def _key(text: str) -> bytes:
    if not re.fullmatch(r"[0-9a-fA-F]{32}", text, re.ASCII):
        raise BadText(part="key", reason="is not written in 32 hexadecimal digits")
    return bytes.fromhex(text)
