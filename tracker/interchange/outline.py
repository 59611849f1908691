"""Writes an agreement as the TOML that `apply` reads, to be edited and applied again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracker.entry import OPENING, SAID, Entry
from tracker.errors import WrongUsage
from tracker.forms import plain
from tracker.interchange.lines import key_of
from tracker.record import by_key
from tracker.rules.deadlines import with_blocs
from tracker.state import State
from tracker.things import SIDES, name_of
from tracker.vocabulary import UPDATES, EntryKind, ThingKind

Table = dict[str, Any]


def outline(state: State) -> str:
    """Return the only agreement of a state, with all that it names and the entries about it."""
    if len(state.agreements) != 1:
        raise WrongUsage("agreement needed", agreements=[*state.agreements])
    (slug,) = state.agreements
    return "\n".join(_written(_document(state, slug)))


def _written(document: Table, path: str = "") -> Iterator[str]:
    """Yield the tables of a document as TOML, each under its own header."""
    import tomli_w

    for name, held in document.items():
        header = f"[[{path}{name}]]"
        tables = held
        if isinstance(held, dict):
            header = f"[{path}{name}]"
            tables = [held]
        for table in tables:
            fields = {
                key: _short(value)
                for key, value in table.items()
                if not _is_tables(value)
            }
            yield f"{header}\n{tomli_w.dumps(fields, multiline_strings=True)}"
            inner = {key: value for key, value in table.items() if _is_tables(value)}
            yield from _written(inner, f"{path}{name}.")


def _short(value: Any) -> Any:
    """Return the only name of a list of one."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(table, dict) for table in value)


def _document(state: State, slug: str) -> Table:
    deadlines = by_key(
        (
            deadline.concession or deadline.agreement,
            _table(state, ThingKind.DEADLINE, key),
        )
        for key, deadline in state.deadlines.items()
    )
    agreement = _table(state, ThingKind.AGREEMENT, slug) | {"deadline": deadlines[slug]}
    concessions = [
        _table(state, ThingKind.CONCESSION, key)
        | {"in_return_for": sorted(concession.in_return_for), "deadline": deadlines[key]}
        for key, concession in state.concessions.items()
    ]
    live = (entry for entry in state.history() if entry.retracted_by is None)
    entries = [_entry(entry) for entry in live if entry.kind in UPDATES]
    owned = [table for under in deadlines.values() for table in under]
    tables = [agreement, *concessions, *owned, *entries]
    parties = with_blocs(_named(tables, *SIDES, "says"), state.record.part_of)
    sources = _named(tables, "source")
    return {
        "agreement": agreement,
        "party": [
            _table(state, ThingKind.PARTY, key)
            for key in state.parties
            if key in parties
        ],
        "source": [
            _table(state, ThingKind.SOURCE, source.key)
            for key, source in state.sources.items()
            if source.declared and source.key == key and key in sources
        ],
        "concession": concessions,
        "entry": entries,
    }


def _named(tables: Iterable[Mapping[str, Any]], *keys: str) -> set[str]:
    """Return what tables have under some keys, each of which has one name or a list of them."""
    named = set[str]()
    for table in tables:
        for key in keys:
            names = table.get(key, ())
            named.update([names] if isinstance(names, str) else names)
    return named


def _table(state: State, what: ThingKind, slug: str) -> Table:
    """Return a thing's version in force as its table in a file, without its owner."""
    thing = state.record.numbers[what.namespace.value, slug]
    fields = state.record.declares(state.record.in_force(what)[thing].entry_id)
    return {name_of(what): slug} | {
        key: value
        for key, value in fields.items()
        if key not in ("what", "agreement", "concession")
    }


def _entry(entry: Entry) -> Table:
    """Return an entry as its table in a file, with each key that it fills."""
    said = {key_of(name, entry): plain(getattr(entry, name)) for name in SAID}
    if entry.stage:
        said["status"] = entry.stage.status.value
    if entry.kind is EntryKind.CHECK:
        said["check"] = True
    if entry.deadline:
        said["deadline"] = entry.subject
    elif entry.concession:
        said["concession"] = entry.subject
    else:
        said["agreement"] = entry.subject
    return {key: said[key] for key in OPENING if said.get(key) not in (None, [])}
