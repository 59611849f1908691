"""The versions of a thing's declaration: what changed, when and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.declared import differing
from tracker.entry import Entry
from tracker.record import Record
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import EntryKind


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
    record = view.state.record
    return [*_compared(record, record.lines(record.live_declarations(slug)))]


def with_declared(view: View, entries: Iterable[Entry]) -> list[Entry]:
    """Return entries, each declaration with what it declares and the values before.

    Kept texts get their hashes.
    """
    return [_whole(view.state.record, entry) for entry in entries]


def _whole(record: Record, entry: Entry) -> Entry:
    if entry.kind is EntryKind.TEXT:
        return entry._replace(text=record.texts[entry.entry]._asdict())
    if entry.kind is not EntryKind.DECLARATION:
        return entry
    fields, earlier = record.declares(entry.entry), record.earlier(entry.entry)
    changed = differing(record.declares(earlier), fields) if earlier else {}
    was = {"was": {name: was for name, (was, _) in changed.items()}} if changed else {}
    return entry._replace(declares={**fields, **was})


def changing(entry: Entry) -> bool:
    """Return whether an entry is anything but the first declaration of a thing."""
    return entry.declares is None or "was" in entry.declares


def _compared(record: Record, entries: Iterable[Entry]) -> Iterator[Version]:
    before: Mapping[str, Any] = {}
    for entry in entries:
        fields = record.declares(entry.entry)
        del fields["what"]
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
    return "; ".join(f"{name}: {value_in_words(value)}" for name, value in fields.items())


def now_in_words(declares: Mapping[str, Any]) -> str:
    """Return what a declaration changed, with the new values."""
    return fields_in_words({name: declares.get(name) for name in declares["was"]})


def value_in_words(value: Any) -> str:
    """Return the value of a declared field."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)
