"""The versions of a thing's declaration: what changed, when and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.facts import Entry
from tracker.journal.versions import (
    differing,
    texts_between,
    versions_between,
    versions_of_kind,
)
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import EntryKind, ThingKind


class Version(NamedTuple):
    """One version of a thing: what it changed, and why."""

    entry: int
    declared_on: date
    """The day on which it was declared."""
    author: str
    changed: Mapping[str, Any]
    """The fields that it changed, with their new values; for the first version, all fields."""
    was: Mapping[str, Any]
    """The same fields, with their old values; empty for the first version."""
    reason: str | None
    """Why it was changed."""


def versions(view: View, slug: str) -> list[Version]:
    """Return the live versions of a concession, the first with all of its fields."""
    return _versions(view, {slug: view.declarations()[slug]})[slug]


def versions_of_concessions(view: View) -> dict[str, list[Version]]:
    """Return the live versions of every concession."""
    return _versions(view, view.declarations())


def _versions(view: View, live: Mapping[str, Sequence[int]]) -> dict[str, list[Version]]:
    numbers = [number for own in live.values() for number in own]
    what, lines = ThingKind.CONCESSION, {one.entry: one for one in view.lines(numbers)}
    declared = versions_of_kind(view.connection, what, min(numbers), max(numbers))
    return {slug: [*_compared([lines[one] for one in own], declared)] for slug, own in live.items()}


def with_declared(view: View, entries: Iterable[Entry]) -> list[Entry]:
    """Return entries, each declaration with what it declares and the values before.

    Kept texts get their hashes.
    """
    listed = _with_texts(view, entries)
    numbers = [one.entry for one in listed if one.kind is EntryKind.DECLARATION]
    if not numbers:
        return listed
    first, last = min(numbers), max(numbers)
    earlier = {one: before for one in numbers if (before := view.earlier(one))}
    found = versions_between(view.connection, min([first, *earlier.values()]), last)
    own = {one: _declares(found[one], found.get(earlier.get(one, 0))) for one in numbers}
    return [one._replace(declares=own[one.entry]) if one.entry in own else one for one in listed]


def _with_texts(view: View, entries: Iterable[Entry]) -> list[Entry]:
    listed = [*entries]
    numbers = [one.entry for one in listed if one.kind is EntryKind.TEXT]
    if not numbers:
        return listed
    texts = texts_between(view.connection, min(numbers), max(numbers))
    own = {number: text._asdict() for number, text in texts.items() if text}
    return [one._replace(text=own[one.entry]) if one.entry in own else one for one in listed]


def changing(entry: Entry) -> bool:
    """Return whether an entry is anything but the first declaration of a thing."""
    return entry.declares is None or "was" in entry.declares


def changes_since(view: View, since: date) -> list[Entry]:
    """Return the declarations from a day on that changed what had been declared before."""
    found = with_declared(view, view.redeclared(since))
    return [one for one in found if changing(one) and view.shows(one)]


def _declares(fields: Mapping[str, Any], earlier: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return what a declaration declares, and the old values of what it changed."""
    if earlier is None or not (changed := differing(earlier, fields)):
        return fields
    return {**fields, "was": {name: was for name, (was, _) in changed.items()}}


def _compared(
    entries: Iterable[Entry], declared: Mapping[int, Mapping[str, Any]]
) -> Iterator[Version]:
    before: Mapping[str, Any] = {}
    for entry in entries:
        fields = declared[entry.entry]
        changed = differing(before, fields)
        yield Version(
            entry.entry,
            entry.effective_on.last,
            entry.author,
            {name: now for name, (_, now) in changed.items()},
            {name: was for name, (was, _) in changed.items()} if before else {},
            entry.note,
        )
        before = fields


def versions_section(view: View, rows: Sequence[Version]) -> Section:
    """Return the table of changes of a thing's declaration; empty without changes."""
    columns = [
        Column("Entry", lambda row: f"#{row.entry}", right=True),
        Column("Day", lambda row: view.day(row.declared_on), right=True),
        Column("Was", lambda row: fields_in_words(row.was), wraps=True),
        Column("Now", lambda row: fields_in_words(row.changed), wraps=True),
        Column("Why", lambda row: row.reason or "", wraps=True),
        Column("By", lambda row: row.author),
    ]
    return table(columns, rows[1:], "Changes to the declaration")


def fields_in_words(fields: Mapping[str, Any]) -> str:
    """Return fields with their values: `title: Buy soybeans; target: 25`."""
    return "; ".join(f"{name}: {_value_in_words(value)}" for name, value in fields.items())


def now_in_words(declares: Mapping[str, Any]) -> str:
    """Return what a declaration changed, with the new values."""
    return fields_in_words({name: declares.get(name) for name in declares["was"]})


def _value_in_words(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)
