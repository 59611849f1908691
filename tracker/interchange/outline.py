"""Writes an agreement as the TOML that `apply` reads, to be edited and applied again."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from tracker.declared import by_key
from tracker.entry import OPENING, Entry, shape_of_kind
from tracker.errors import WrongUsage
from tracker.rules.moves import with_blocs
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
        header = f"[{path}{name}]" if isinstance(held, dict) else f"[[{path}{name}]]"
        for table in [held] if isinstance(held, dict) else held:
            own = {key: value for key, value in table.items() if not _is_tables(value)}
            yield f"{header}\n{tomli_w.dumps(own, multiline_strings=True)}"
            inner = {key: value for key, value in table.items() if _is_tables(value)}
            yield from _written(inner, f"{path}{name}.")


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _document(state: State, slug: str) -> Table:
    deadlines = by_key(
        (one.concession or one.agreement, _table(state, ThingKind.DEADLINE, one.slug))
        for one in state.deadlines.values()
    )
    agreement = _table(state, ThingKind.AGREEMENT, slug) | _under(deadlines.get(slug))
    concessions = [
        _concession(state, slug) | _under(deadlines.get(slug)) for slug in state.concessions
    ]
    entries = [
        _entry(entry)
        for entry in state.history()
        if entry.kind in UPDATES and entry.retracted_by is None
    ]
    declared = [agreement, *concessions, *(one for owned in deadlines.values() for one in owned)]
    named = [*declared, *entries]
    parties = with_blocs(_named(named, *SIDES, "says"), state.record.part_of)
    sources = _named(named, "source")
    return {
        "agreement": agreement,
        "party": [_table(state, ThingKind.PARTY, one) for one in state.parties if one in parties],
        "source": [
            _table(state, ThingKind.SOURCE, one.key)
            for key, one in state.sources.items()
            if one.declared and one.key == key and key in sources
        ],
        "concession": concessions,
        "entry": entries,
    }


def _concession(state: State, slug: str) -> Table:
    """Return a concession's table, with those of its links that count."""
    table, links = _table(state, ThingKind.CONCESSION, slug), state.concessions[slug].in_return_for
    counted = {"in_return_for": sorted(links)} if links else {}
    return {key: table[key] for key in table if key != "in_return_for"} | counted


def _under(deadlines: list[Table] | None) -> Table:
    return {"deadline": deadlines} if deadlines else {}


def _named(tables: Iterable[Mapping[str, Any]], *keys: str) -> set[str]:
    """Return what tables have under some keys, each of which has one name or a list of them."""
    held = (table[key] for table in tables for key in keys if key in table)
    return {name for one in held for name in ([one] if isinstance(one, str) else one)}


def _table(state: State, what: ThingKind, slug: str) -> Table:
    """Return a thing's version in force as its table in a file, without its owner."""
    thing = state.record.numbers[what.namespace.value, slug]
    fields = state.record.declares(state.record.in_force(what)[thing].entry_id)
    return {name_of(what): slug} | {
        key: value[0] if key in SIDES and len(value) == 1 else value
        for key, value in fields.items()
        if key not in ("what", "agreement", "concession")
    }


def _entry(entry: Entry) -> Table:
    """Return an entry as its table in a file, with each key that it fills."""
    subject = "deadline" if entry.deadline else "concession" if entry.concession else "agreement"
    is_move = shape_of_kind(entry.kind, entry.outcome) == "move"
    own = {
        "on": entry.effective_on,
        **dict.fromkeys(("agreement", "concession", "deadline")),
        subject: entry.subject,
        "value": None if is_move else entry.value,
        "target": entry.value if is_move else None,
        "check": entry.kind is EntryKind.CHECK or None,
        "source": entry.source[0] if len(entry.source) == 1 else [*entry.source] or None,
    }
    filled = {key: own[key] if key in own else getattr(entry, key) for key in OPENING}
    return {key: _plain(value) for key, value in filled.items() if value is not None}


def _plain(value: Any) -> Any:
    """Return a value of an entry as TOML has it; days and quantities are text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value if isinstance(value, bool | list) else str(value)
