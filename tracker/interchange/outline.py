"""Writes an agreement as the TOML that `apply` reads, to be edited and applied again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracker.errors import AgreementNeeded
from tracker.facts import Entry
from tracker.groups import by_key
from tracker.journal.shapes import shape_of_kind
from tracker.journal.versions import live_versions, version_at
from tracker.queries import Reader
from tracker.rules.sides import with_blocs
from tracker.vocabulary import UPDATES, EntryKind, ThingKind

Table = dict[str, Any]


def outline(book: Reader, named: str | None) -> str:
    """Return one agreement of a book, with all that it names and the entries about it."""
    if named is None and len(book.agreements) != 1:
        raise AgreementNeeded(agreements=[*book.agreements])
    slug = named or next(iter(book.agreements))
    view = Reader(book.connection, book.clocks, slug)
    return "\n".join(_written(_document(view, slug)))


def _written(document: Table, path: str = "") -> Iterator[str]:
    """Yield the tables of a document as TOML, each under its own header."""
    import tomli_w

    for name, held in document.items():
        header = f"[{path}{name}]" if isinstance(held, dict) else f"[[{path}{name}]]"
        for table in [held] if isinstance(held, dict) else held:
            own = {key: value for key, value in table.items() if not _is_tables(value)}
            yield f"{header}\n{tomli_w.dumps(own, multiline_strings=True)}"
            inner = {key: value for key, value in table.items() if _is_tables(value)}
            yield from _written(inner, f"{path}{name}.")


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _document(view: Reader, slug: str) -> Table:
    deadlines = by_key(
        (one.concession or one.agreement, _table(view, ThingKind.DEADLINE, one.slug))
        for one in view.deadlines.values()
    )
    agreement = _table(view, ThingKind.AGREEMENT, slug) | _under(deadlines.get(slug))
    exchanges = by_key(view.exchanges)
    concessions = [
        _concession(view, one, exchanges[one]) | _under(deadlines.get(one))
        for one in view.concessions
    ]
    entries = [
        _entry(view, entry)
        for entry in view.history()
        if entry.kind in UPDATES and entry.retracted_by is None
    ]
    declared = [agreement, *concessions, *(one for owned in deadlines.values() for one in owned)]
    named = [*declared, *entries]
    parties = with_blocs(_named(named, "giver", "receiver", "says"), view.part_of)
    sources = _named(named, "source")
    return {
        "agreement": agreement,
        "party": [_table(view, ThingKind.PARTY, one) for one in view.parties if one in parties],
        "source": [
            _table(view, ThingKind.SOURCE, one.key)
            for key, one in view.sources.items()
            if one.declared and one.key == key and key in sources
        ],
        "concession": concessions,
        "entry": entries,
    }


def _concession(view: Reader, slug: str, links: list[str]) -> Table:
    """Return a concession's table, with those of its links that count."""
    table = _table(view, ThingKind.CONCESSION, slug)
    counted = {"in_return_for": sorted(links)} if links else {}
    return {key: table[key] for key in table if key != "in_return_for"} | counted


def _under(deadlines: list[Table] | None) -> Table:
    return {"deadline": deadlines} if deadlines else {}


def _named(tables: Iterable[Mapping[str, Any]], *keys: str) -> set[str]:
    """Return what tables have under some keys, each of which has one name or a list of them."""
    held = (table[key] for table in tables for key in keys if key in table)
    return {name for one in held for name in ([one] if isinstance(one, str) else one)}


def _table(view: Reader, what: ThingKind, slug: str) -> Table:
    """Return a thing's version in force as its table in a file, without its owner."""
    live = live_versions(view.connection, what.namespace.value, slug, view.clocks.known)
    fields = version_at(view.connection, what, live[-1])
    name = "key" if what is ThingKind.SOURCE else "slug"
    return {name: slug} | {
        key: value[0] if key in ("giver", "receiver") and len(value) == 1 else value
        for key, value in fields.items()
        if key not in ("agreement", "concession")
    }


def _entry(view: Reader, entry: Entry) -> Table:
    subject = "deadline" if entry.deadline else "concession" if entry.concession else "agreement"
    target = "target" if shape_of_kind(entry.kind, entry.outcome) == "move" else "value"
    sources = [one for one in (entry.source, *view.cited.get(entry.entry, ())) if one]
    given = {
        "on": str(entry.effective_on),
        "public_on": entry.public_on and entry.public_on.isoformat(),
        subject: entry.subject,
        "stage": entry.stage,
        target: None if entry.value is None else format(entry.value, "f"),
        "unit": entry.unit,
        "counted_by": entry.counted_by,
        "basis": entry.basis,
        "flow": entry.flow,
        "due_on": entry.due_on and str(entry.due_on),
        "outcome": entry.outcome,
        "check": entry.kind is EntryKind.CHECK or None,
        "says": entry.says,
        "source": sources[0] if len(sources) == 1 else sources or None,
        "note": entry.note,
    }
    return {key: value for key, value in given.items() if value is not None}
