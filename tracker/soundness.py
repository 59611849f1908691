"""Checks whether a book is sound: its database, its chain, its kept files, and its recovery."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from itertools import chain
from pathlib import Path

from tracker import schema
from tracker.database import Connection, Target, connect, open_book, require_schema
from tracker.database.sqlite import file_findings
from tracker.errors import (
    Unavailable,
    WrongSchema,
    misuse,
    shortened,
)
from tracker.files import temporary_folder
from tracker.interchange import exports
from tracker.journal.chain import verify
from tracker.record import HEAD_DIGITS, BookState, held_by
from tracker.reports import REPORTS, View
from tracker.state import Clocks, State
from tracker.texts import Shelf

NUMBER = r"([1-9][0-9]{0,9})"
DIGITS = rf"([0-9a-f]{{{HEAD_DIGITS},64}})\b"
MARKS = (
    re.compile(rf"\A(?:\d{{4}}-\d\d-\d\d)?#?{NUMBER}:{DIGITS}\Z", re.ASCII),
    re.compile(rf"\d{{4}}-\d\d-\d\d#{NUMBER} .*· head {DIGITS}", re.ASCII),
    re.compile(rf'"entries":\s*{NUMBER},\s*"head":\s*"{DIGITS}"'),
)
"""A number and a head: alone, in the last line of a report, and in JSON or an export."""
MARKUP = re.compile(r"<[^<>]*>|\\")
"""What HTML and Markdown add to that line."""


def mark_of(text: str) -> BookState:
    """Find a number and a head in any form in which a report prints them; refuse anything else."""
    plain = MARKUP.sub("", text).strip().lower()
    for form in MARKS:
        if match := form.search(plain):
            return BookState(int(match[1]), match[2])
    hint = "give the last line of a report, or its JSON, in quotes; CSV holds no head"
    reason = (
        f"'{shortened(text)}' is not a number and a head of {HEAD_DIGITS} digits; {hint}"
    )
    raise misuse(reason)


def difference(connection: Connection, mark: BookState) -> str | None:
    """Return how the beginning of an intact book differs from a mark, or None if it does not."""
    last, head, _ = held_by(connection, mark.entries)
    if last < mark.entries:
        return f"it has only {last:,} entries"
    digits = (head or "none")[: len(str(mark.head))]
    return (
        None if (last, digits) == mark[:2] else f"its head at entry {last} is {digits}"
    )


def examine(
    target: Target, today: date, mark: BookState | None = None
) -> tuple[list[str], BookState | None]:
    """Check all of a book; with a mark, its database and chain, and whether it begins with that.

    Return what is wrong, one line each, and how much the book holds if its chain fits. What cannot
    be read is a finding, too. If the database and the chain are sound, a recovery is rehearsed, in
    a temporary folder with room for twice the book, and the kept files are checked.
    """
    faults = list[str]()
    held: BookState | None = None
    with (
        temporary_folder() as folder,
        _noting(faults, "integrity"),
        closing(connect(target)) as connection,
    ):
        dump = folder / "book.jsonl"
        if target.dialect == "sqlite":
            with _noting(faults, "integrity"):
                faults += file_findings(connection)
        with _noting(faults, "schema", (WrongSchema, Unavailable)):
            require_schema(connection)
            with _noting(faults, "schema"):
                faults += schema.alterations(connection)
            with _noting(faults, "digests"):
                held = verify(connection) if mark else _exported(connection, dump)
        if mark and held and (differs := difference(connection, mark)):
            begins = f"{mark.entries}:{mark.head}"
            faults.append(f"head: the book does not begin with {begins}: {differs}")
        if not (mark or faults):
            faults += _shortfalls(connection, today, dump)
    return faults, held


def findings(target: Target) -> list[str]:
    """Return what is wrong with a book's database and its chain, one line each."""
    return examine(target, date.max, BookState(0, ""))[0]  # as every book begins


def _exported(connection: Connection, dump: Path) -> BookState:
    """Export a book, which verifies its chain, and return what it held before."""
    held = held_by(connection)
    with dump.open("w", encoding="utf-8", newline="") as lines:
        lines.writelines(exports.export(connection))
    return held


UNREADABLE = (Unavailable, ValueError, sqlite3.DatabaseError)
"""What damage can raise."""


@contextmanager
def _noting(
    faults: list[str], part: str, failures: tuple[type[Exception], ...] = UNREADABLE
) -> Iterator[None]:
    """Add to the findings that a part of a book cannot be read."""
    try:
        yield
    except failures as error:
        _require_damage(error)
        reason = getattr(error, "what", error)
        if isinstance(error, WrongSchema):
            reason = error
        if isinstance(error, Unavailable):
            reason = error.fields["reason"]
        faults.append(f"{part}: {reason}")


def _require_damage(error: Exception) -> None:
    """Raise a failure of the disk or the server again, which is not the book's."""
    if isinstance(error, Unavailable) and error.problem != "book damaged":
        raise error


def _kept_files(state: State, target: Target) -> Iterator[str]:
    """Yield each kept text whose file is missing or was altered."""
    if (shelf := Shelf.of(target)) is None:
        if state.texts:
            yield (
                "texts: the kept files cannot be checked; set TRACKER_TEXTS to their folder"
            )
        return
    for text in chain.from_iterable(state.texts.values()):
        if path := shelf.damaged(text.fingerprint):
            state_of = "altered" if os.path.lexists(path) else "missing"
            yield (
                f"texts: the file of {text.source}, seen on {text.seen_on} (#{text.entry}), is"
                f" {state_of}: {path}. Put it back with 'tracker source keep {text.source} FILE"
                f" --seen {text.seen_on}'"
            )


def _shortfalls(connection: Connection, today: date, dump: Path) -> Iterator[str]:
    """Yield what cannot be done with a sound book: restore it, and show each report from there."""
    on_file = connection.target.dialect == "sqlite"
    if on_file and connection.text("PRAGMA journal_mode") == [("wal",)]:
        yield (
            "journal: the file is in WAL mode, so a copy of it may miss entries;"
            " 'PRAGMA journal_mode = DELETE' ends that"
        )
    copy = Target("sqlite", str(dump.with_name("copy.db")))
    failure = "its export cannot be restored"
    try:
        with dump.open("rb") as lines:
            exports.make_again(copy, lines, "the export")
        with closing(open_book(copy)) as restored:
            view = View.read(restored, Clocks(today))
        failure = "its kept files cannot be checked"
        yield from _kept_files(view.at(date.max), connection.target)
        for report in REPORTS:
            failure = f"its report '{report.command}' cannot be shown"
            report.rehearse(view)
    except Exception as error:
        if isinstance(error, OSError):  # of the disk
            raise
        _require_damage(error)
        yield f"rehearsal: {failure}: {getattr(error, 'what', None) or repr(error)}"
