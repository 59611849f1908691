"""The receipt of a merge: what it added, left out and overturned, and the disagreements."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from tracker.database import Connection
from tracker.errors.wording import first_of
from tracker.facts import LATEST, Clocks
from tracker.interchange.merging import Merged
from tracker.interchange.settlement import Disagreement
from tracker.journal.declaring import Change, in_words
from tracker.journal.versions import differing, versions_between
from tracker.reports.frame import counted
from tracker.reports.imported import Watch
from tracker.reports.receipt import Receipt, told
from tracker.reports.view import View
from tracker.tables import Report
from tracker.tables.rows import Flattened
from tracker.vocabulary import ThingKind

LISTED = 20
"""How many disagreements and changed declarations a receipt lists; JSON has all."""
NAMED = 10
"""How many entries are named that were taken back or restored."""


class MergeReceipt(NamedTuple):
    """What a merge recorded, what it left out, and where the books disagree."""

    receipt: Flattened[Receipt]
    batches: int
    """How many of the other book's commands were merged, at least in part."""
    kinds: list["OfKind"]
    """How many entries of each kind were merged."""
    authors: list["OfAuthor"]
    """How many entries of each author were merged."""
    known: int
    """How many of the other book's entries this one already held."""
    omitted: list["Omitted"]
    """How many other entries were left out, and why."""
    disagreements: list[Disagreement]
    """The differences between the two books, each once."""


class OfKind(NamedTuple):
    """The merged entries of one kind."""

    kind: str
    """What they record."""
    entries: int
    """How many were merged."""


class OfAuthor(NamedTuple):
    """The merged entries of one author."""

    author: str
    entries: int


class Omitted(NamedTuple):
    """The entries that a merge left out for one reason."""

    reason: str
    entries: int
    """How many there were."""


def merged_report(watch: Watch, merged: Merged, dry_run: bool) -> Report:
    """Return what was merged and what that changed.

    While there are conflicts, what it would change depends on how they are settled.
    """
    receipt, moved = watch.changes(merged.entries)
    would = "would be " if dry_run else ""
    lines = [summary(merged, would), *_counted(merged), *_remarks(merged), *_disagreements(merged)]
    if merged.conflicts:  # only a dry run gets so far
        moved, places = [], counted(len(merged.conflicts), "place", "places")
        choose = "Choose with --keep ours or --keep theirs, or correct one of them."
        lines.insert(0, f"The merge would be refused: the books conflict in {places}. {choose}")
    elif merged.entries:
        lines += _overturned(watch.connection, watch.clocks, merged.entries.start - 1)
    found = MergeReceipt(
        receipt,
        merged.batches,
        [OfKind(*one) for one in merged.kinds.items()],
        [OfAuthor(*one) for one in merged.authors.items() if one[1]],
        merged.known,
        [Omitted(*one) for one in merged.left_out.items()],
        [*merged.disagreements],
    )
    return told(found, [*lines, *moved], range(0) if dry_run else merged.entries)


def summary(merged: Merged, would: str = "") -> str:
    """Return a merge on one line."""
    many, batches = sum(merged.kinds.values()), merged.batches
    entries = counted(many, "entry", "entries")
    commands = f" of {counted(batches, 'command', 'commands')}" if many else ""
    there = f"; {counted(merged.known, 'was', 'were')} there already"
    settling = len(merged.entries) - many
    settles = f", and {settling:,} written to settle conflicts"
    first, last = merged.entries.start, merged.entries.stop - 1
    which = f", #{first}" if first == last else f", #{first} to #{last}"
    parts = (settles if settling else "", which if merged.entries and not would else "")
    return f"{entries}{commands} {would}merged{''.join(parts)}{there if merged.known else ''}."


def _counted(merged: Merged) -> Iterator[str]:
    """Yield the counts by kind and author, and of entries left out by reason, in lines."""
    for title, counts in (("Kinds", merged.kinds), ("Authors", merged.authors)):
        most_first = sorted((-many, name) for name, many in counts.items() if many)
        if told := ", ".join(f"{name} {-less:,}" for less, name in most_first):
            yield f"{title}: {told}."
    for why, many in merged.left_out.items():
        yield f"Left out: {counted(many, 'entry', 'entries')}, {why}."


def _remarks(merged: Merged) -> Iterator[str]:
    """Yield what may surprise: books that never had anything in common, and files left behind."""
    if not merged.known:
        yield "The two books have no entry in common: they were made separately."
    if merged.kinds.get("text"):
        copy = "copy those from the folder beside the other book, NAME.d"
        yield f"Kept texts come without their files: {copy}."


def _disagreements(merged: Merged) -> Iterator[str]:
    """Yield where the books disagree, the first ones on a line each."""
    found = merged.disagreements
    if found:
        yield f"The books disagree in {counted(len(found), 'place', 'places')}:"
    yield from (f"  {one}" for one in found[:LISTED])
    if len(found) > LISTED:
        yield f"  … and {len(found) - LISTED:,} more; -f json lists all"


def _overturned(connection: Connection, clocks: Clocks, before: int) -> list[str]:
    """Return what changed in what a book had said before, as known by an entry, in lines."""
    changed = [*islice(_declared(connection, before), LISTED + 1)]
    if len(changed) > LISTED:
        changed[LISTED:] = ["… and more; after the merge, 'tracker history --all' has them"]
    return [*_taken_back(connection, before), *changed, *_outcomes(connection, clocks, before)]


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


def _outcomes(connection: Connection, clocks: Clocks, before: int) -> Iterator[str]:
    was, now = (View(connection, clocks._replace(known=known)) for known in (before, LATEST))
    for slug in dict.fromkeys((*was.closings, *now.closings)):
        own = (view.closings.get(slug) for view in (was, now))
        old, new = (f"closed as {one[-1].outcome}" if one else "open" for one in own)
        if old != new and slug in was.deadlines and slug in now.deadlines:
            yield f"{slug}: {old} → {new}"
