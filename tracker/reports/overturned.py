"""What a merge changed in what a book had said before: its entries, declarations and outcomes."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from tracker.database import Connection
from tracker.errors.wording import first_of
from tracker.facts import LATEST, Clocks
from tracker.journal.declaring import Change, in_words
from tracker.journal.versions import differing, versions_between
from tracker.reports.frame import counted
from tracker.reports.view import View
from tracker.vocabulary import ThingKind

LISTED = 20
"""How many changes of declarations are listed."""

NAMED = 10
"""How many entries are named."""


def overturned(connection: Connection, today: date, first: int) -> list[str]:
    """Return what the entries from a number on changed in what was recorded before, in lines."""
    before = first - 1
    changed = [*islice(_declared(connection, before), LISTED + 1)]
    if len(changed) > LISTED:
        changed[LISTED:] = ["… and more; after the merge, 'tracker history --all' has them"]
    return [*_taken_back(connection, before), *changed, *_outcomes(connection, today, before)]


def _taken_back(connection: Connection, before: int) -> Iterator[str]:
    rows = connection.rows("taken_since", before=before, known=LATEST)
    for gone, words in ((True, "taken back"), (False, "restored")):
        if entries := [f"#{entry}" for entry, is_gone in rows if bool(is_gone) is gone]:
            were = "entry of this book was", "entries of this book were"
            yield f"{counted(len(entries), *were)} {words}: {first_of(entries, NAMED)}."


def _declared(connection: Connection, before: int) -> Iterator[str]:
    for _, slug, thing in connection.rows("declared_since", before=before):
        was, now = (_in_force(connection, thing, known) for known in (before, LATEST))
        if was == now:
            continue
        if was is not None and (now is None or now["what"] != was["what"]):
            yield f"{was['what']} {slug}: withdrawn"
            was = None
        if now is not None:
            what = ThingKind(now["what"])
            yield from in_words(Change(what, slug, differing(was or {}, now), was is None))


def _in_force(connection: Connection, thing: int, known: int) -> dict[str, Any] | None:
    versions = connection.rows("versions_of", thing_id=thing, known=known)
    live = [entry for entry, by in versions if by is None]
    return versions_between(connection, live[-1], live[-1])[live[-1]] if live else None


def _outcomes(connection: Connection, today: date, before: int) -> Iterator[str]:
    was, now = (View(connection, Clocks(today, known)) for known in (before, LATEST))
    for slug in dict.fromkeys((*was.closings, *now.closings)):
        own = (view.closings.get(slug) for view in (was, now))
        old, new = (f"closed as {one[-1].outcome}" if one else "open" for one in own)
        if old != new and slug in was.deadlines and slug in now.deadlines:
            yield f"{slug}: {old} → {new}"
