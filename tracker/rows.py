"""What stored rows mean: the things that versions declare, and what entries say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from tracker.database.contents import ROWS
from tracker.dates import period_of
from tracker.entry import Fingerprint
from tracker.things import KINDS as KINDS_OF_THINGS
from tracker.things import LISTS, columns_of, name_of
from tracker.vocabulary import (
    Basis,
    Command,
    EntryKind,
    Media,
    Outcome,
    Stage,
    ThingKind,
)

PENDING = ROWS["batch"](
    0, None, "", datetime.max.replace(tzinfo=UTC), 0, 0, *[None] * 3, b""
)
"""Stands in for a batch that is not written yet: its entries come last."""
KINDS: dict[str | None, EntryKind] = {kind.value: kind for kind in EntryKind}
STAGES: dict[str | None, Stage] = {stage.value: stage for stage in Stage}
BASES: dict[str | None, Basis] = {basis.value: basis for basis in Basis}
OUTCOMES: dict[str | None, Outcome] = {outcome.value: outcome for outcome in Outcome}
COMMANDS: dict[str | None, Command] = {command.value: command for command in Command}
"""Words by their text: an enumeration's own call takes ten times as long."""


def written_at(batch: Any) -> datetime:
    """Return when a batch was recorded, in whichever book that was."""
    return batch.origin_at or batch.recorded_at  # type: ignore[no-any-return]


def said_in(row: Any, slugs: Mapping[int, str]) -> dict[str, Any]:
    """Return the fields of what an entry says, its sources apart."""
    return {
        "kind": KINDS[row.kind],
        "subject": slugs[row.subject_id],
        "effective_on": period_of(row.effective_on, row.effective_on_precision),
        "public_on": row.public_on,
        "says": slugs.get(row.says_id),
        "stage": STAGES.get(row.stage),
        "value": row.value,
        "base": row.base,
        "unit": row.unit,
        "counted_by": row.counted_by,
        "basis": BASES.get(row.basis),
        "flow": row.flow,
        "due_on": period_of(row.due_on, row.due_on_precision) if row.due_on else None,
        "outcome": OUTCOMES.get(row.outcome),
        "note": row.note,
        "headline": row.headline,
        "inferred": row.inferred,
        "refers_to": row.refers_to,
    }


def sources_by_entry(
    rows: Iterable[Any], slugs: Mapping[int, str]
) -> dict[int, tuple[str, ...]]:
    """Return the keys of the sources of each entry that has any, in order."""
    sources: dict[int, tuple[str, ...]] = {}
    same: dict[tuple[str, ...], tuple[str, ...]] = {}  # what recurs is held once
    for row in sorted(rows):
        keys = (*sources.get(row.entry_id, ()), slugs[row.source_id])
        sources[row.entry_id] = same.setdefault(keys, keys)
    return sources


def lists_by_entry(
    tables: Mapping[str, list[Any]], slugs: Mapping[int, str]
) -> Mapping[int, dict[str, tuple[str, ...]]]:
    """Return the fields of concessions that are lists, by the entry that declares them."""
    lists = defaultdict[int, dict[str, tuple[str, ...]]](dict)
    sides = tables["concession_party"]
    members = [(row.entry_id, row.role, slugs[row.party_id]) for row in sides]
    links = sorted(
        (slugs[row.in_return_for_id], row.entry_id) for row in tables["exchange"]
    )
    members += [(entry, "in_return_for", slug) for slug, entry in links]
    for entry, field, slug in members:
        lists[entry][field] = (*lists[entry].get(field, ()), slug)
    return lists


def things_of(
    what: ThingKind,
    versions: Mapping[int, Any],
    slugs: Mapping[int, str],
    lists: Mapping[int, Mapping[str, tuple[str, ...]]],
) -> dict[str, Any]:
    """Return the things of a kind by slug, of one version each."""
    # A large book has so many that they are made column by column.
    kind = KINDS_OF_THINGS[what]
    columns = columns_of(what, [*versions.values()], lambda _, thing: slugs[thing])
    columns[name_of(what)] = [slugs[thing] for thing in versions]
    if what is ThingKind.CONCESSION:
        members = [lists[row.entry_id] for row in versions.values()]
        columns |= {
            field: [fields.get(field, ()) for fields in members] for field in LISTS
        }
    absent = dict.fromkeys(kind._fields) | kind._field_defaults
    fields = [
        [absent[name] if value is None else value for value in columns[name]]
        for name in kind._fields
        if name in columns
    ]
    return {thing[0]: thing for thing in map(kind, *fields)}


def fingerprint_of(row: Any) -> Fingerprint:
    """Return what identifies a kept text."""
    return Fingerprint(
        bytes(row.file_sha256).hex(),
        bytes(row.words_sha256).hex(),
        row.words,
        Media(row.media),
        row.reader,
    )
