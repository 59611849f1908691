"""The columns of a file of updates: reads each cell strictly, and each line into an entry."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from tracker.declared import LATEST
from tracker.entry import (
    CONTENT,
    READERS,
    REFERRING,
    SHAPES,
    Entry,
    misshapen,
    reader_of_word,
    shape_of,
    unwritten,
)
from tracker.entry import about as unfit
from tracker.errors import BadInput, NotFound, TrackerError, with_article
from tracker.forms import web_address
from tracker.interchange.complaints import Complaints, reason_of
from tracker.journal.names import Names
from tracker.journal.writer import require_text
from tracker.vocabulary import UPDATES, EntryKind, ThingKind

SUBJECTS = ("deadline", "concession", "agreement")
"""The columns that name what an update is about, the most specific first."""

BOOKKEEPING = frozenset(
    {"recorded_at", "author", "retracted_by", "batch", "command", "subject", "declares", "text"}
)
"""Columns of the history that the book itself fills: ignored in a file."""

COLUMNS = ("kind", *SUBJECTS, *CONTENT, "entry", *sorted(BOOKKEEPING))
"""All columns, the usual ones first."""

LEFT_OUT = tuple(kind.value for kind in EntryKind if kind not in (*UPDATES, *REFERRING))
"""The kinds of lines in a history that an import skips."""

REMEMBERED = 4_000
"""How many texts of a column are read only once."""


_flag = reader_of_word("flag", {"true": True, "false": False})


class Columns:
    """Reads the lines of one file for one book."""

    def __init__(self, names: Names, complaints: Complaints) -> None:
        self.left_out: Counter[str] = Counter()
        """How many lines were left out, by the kind of line because of which they were."""
        self._names = names
        self._complaints = complaints
        self._left: dict[str, str] = {}
        """The kind because of which each line was left out, by its number in the file's column."""
        record = names.read_whole()
        self._subjects = record.subjects
        self._retracted = {
            record.slugs[thing] for what in SUBJECTS for thing in record.versions(ThingKind(what))
        } - self._subjects.keys()
        readers: dict[str, Callable[[str], Any]] = {
            **READERS,
            "kind": reader_of_word("kind", EntryKind),
            "says": names.party,
            "unit": _text("unit"),
            "counted_by": _text("name"),
            **dict.fromkeys(("flow", "headline"), lambda text: _flag(text.lower())),
            "source": self._source,
            "refers_to": _number,
            **{what: self._subject(what) for what in SUBJECTS},
        }
        self._readers: dict[str, Callable[[str], Any]] = {
            **{column: lru_cache(REMEMBERED)(read) for column, read in readers.items()},
            **{"note": _text("note"), "entry": _number},
        }
        self._misshapen = lru_cache(_misshapen)

    def update(self, number: int, cells: Mapping[str, str]) -> Entry | None:
        """Return what a line says; None if it is left out, or if it has mistakes.

        Of mistakes, all are complained of. The entry's number is the one that the file gives it.
        What the file says is retracted is marked as retracted by entry 0, as no entry of
        this book has done so.
        """
        if self._is_left_out(cells):
            return None
        before = self._complaints.total
        values = self._values(number, cells)
        kind = values.pop("kind", None)
        shape, wrong = self._misshapen(kind, frozenset(cells) - BOOKKEEPING)
        for column, reason in wrong:
            self._complaints.add(number, column, cells.get(column), reason)
        if self._complaints.total > before:
            return None
        about = [values.pop(what) for what in SUBJECTS if what in cells]
        elsewhere = self._elsewhere(shape, about)
        if elsewhere is not None:
            self._complaints.add(number, None, None, elsewhere)
            return None
        number_there = values.pop("entry", 0)
        said = unwritten(SHAPES[shape].kind, about[0] if about else "", nth=1, **values)
        return said._replace(
            entry=number_there, retracted_by=0 if "retracted_by" in cells else None
        )

    def _is_left_out(self, cells: Mapping[str, str]) -> bool:
        """Return whether a line has to be left out, and count it.

        That is a declaration, a kept text, an entry about a thing whose declaration was retracted,
        a retraction that was itself retracted, and whatever refers to such a line.
        """
        kind = self._left.get(cells.get("refers_to", " "))
        if kind is None:
            kind = cells.get("kind", "")
            is_retracted = "retracted_by" in cells
            is_of_nothing = is_retracted and any(
                self._subjects.get(cells[what]) != what for what in SUBJECTS if what in cells
            )
            is_undone = is_retracted and kind == EntryKind.RETRACTION
            if not (kind in LEFT_OUT or is_undone or is_of_nothing):
                return False
        self._left[cells.get("entry", "")] = kind
        self.left_out[kind] += 1
        return True

    def _values(self, number: int, cells: Mapping[str, str]) -> dict[str, Any]:
        values = {}
        unknown: Sequence[str] = ()
        for column, text in cells.items():
            if column in BOOKKEEPING:
                continue
            if column not in self._readers:
                wrong = "there is no such column" if column else "its column has no name"
                self._complaints.add(number, column, None if column else text, wrong)
                continue
            try:
                values[column] = self._readers[column](text)
            except TrackerError as error:
                if column not in unknown:
                    self._complaints.add(number, column, text, reason_of(error))
                if column == "agreement":  # then nothing in it is known either
                    unknown = SUBJECTS
        return values

    def _subject(self, what: str) -> Callable[[str], str]:
        def read(slug: str) -> str:
            if (kind := self._subjects.get(slug)) not in (None, what):
                raise NotFound("another column", name=slug, kind=kind, wanted=what)
            if kind is None and slug not in self._retracted:
                known = [slug for slug, named in self._subjects.items() if named == what]
                known = [] if self._complaints.full else known
                raise NotFound("no such thing", kind=what, name=slug, known=known)
            return slug

        return read

    def _source(self, text: str) -> tuple[str, ...]:
        """Return the sources of a cell, which spaces separate, or semicolons with spaces."""
        *others, last = text.split()
        keys = tuple(dict.fromkeys((*(key.removesuffix(";") for key in others), last)))
        for key in keys:
            if "://" in key:
                require_text("source", key)
                web_address(key)
            else:
                self._names.source(key)
        return keys

    def _elsewhere(self, shape: str, about: list[str]) -> str | None:
        """Return what is wrong with a line's subjects: the broader must contain the narrower."""
        if not about:
            any_will_do = not SHAPES[shape].about
            return None if any_will_do else "it names no agreement, concession or deadline"
        narrowest, *wider = about
        if narrowest in self._retracted:
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


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,10}", text, re.ASCII) or not 0 < int(text) < LATEST:
        raise BadInput("bad text", part="number", reason="is not that of an entry")
    return int(text)


def number_in_file(cells: Mapping[str, str]) -> int:
    """Return the number that a file gives a line; 0 if it gives none."""
    number = cells.get("entry", "")
    return int(number) if re.fullmatch("[0-9]{1,10}", number) else 0
