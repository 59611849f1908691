"""Resolves the clock `known_by` to an entry's number."""

import re
from datetime import date, datetime

from tracker.database import Connection
from tracker.dates import parse_moment
from tracker.errors import NotFound, WrongUsage
from tracker.facts import LATEST, BookState

HEAD = re.compile(r"[0-9a-f]{7,64}", re.ASCII)
"""A head, or as many of its first digits as tell it from the others of this book."""
NUMBER = re.compile(r"#\d{1,10}|\d{1,11}", re.ASCII)
"""An entry's number; a longer one without '#' is a head that happens to have no letter."""


def held_by(connection: Connection, entry: int = LATEST) -> BookState:
    """Return what the book held with the batch that holds an entry; by default, the last one."""
    rows = connection.query(
        "SELECT COALESCE("
        " (SELECT MIN(n.first_entry) - 1 FROM batch AS n WHERE n.first_entry > b.first_entry),"
        " (SELECT MAX(e.id) FROM entry AS e), 0), b.seal"
        " FROM batch AS b WHERE b.first_entry <= :entry ORDER BY b.first_entry DESC LIMIT 1",
        entry=min(entry, LATEST),
    )
    return BookState(rows[0][0], bytes(rows[0][1]).hex()) if rows else BookState(0, None)


def known_by(connection: Connection, given: str | int | date | None, today: date) -> int:
    """Return the last entry that the book held by a moment, an entry's batch, or a head."""
    if given is None:
        return LATEST
    if isinstance(given, int):
        return _of_entry(connection, given)
    if isinstance(given, datetime):
        return _at(connection, given)
    words = given.isoformat() if isinstance(given, date) else given.strip()
    if NUMBER.fullmatch(words):
        return _of_entry(connection, int(words.removeprefix("#")))
    if HEAD.fullmatch(words.lower()):
        return _of_head(connection, words.lower())
    return _at(connection, parse_moment(words, today))


def _of_entry(connection: Connection, entry: int) -> int:
    """Return the last entry of the batch that holds an entry."""
    if entry == 0:
        return 0
    last = held_by(connection, entry).entries
    if not 0 < entry <= last:
        raise NotFound("no such entry", entry=entry, head=last)
    return last


def _at(connection: Connection, moment: datetime) -> int:
    rows = connection.query(
        "SELECT first_entry FROM batch WHERE recorded_at <= :moment ORDER BY id DESC LIMIT 1",
        moment=moment,
    )
    return _of_entry(connection, rows[0][0]) if rows else 0


def _of_head(connection: Connection, prefix: str) -> int:
    lowest, highest = (bytes.fromhex(prefix.ljust(64, digit)) for digit in "0f")
    rows = connection.query(
        "SELECT first_entry FROM batch WHERE seal BETWEEN :lowest AND :highest ORDER BY id LIMIT 2",
        lowest=lowest,
        highest=highest,
    )
    if not rows:
        raise NotFound("no such head", head=prefix)
    if len(rows) > 1:
        raise WrongUsage("ambiguous head", head=prefix)
    return _of_entry(connection, rows[0][0])
