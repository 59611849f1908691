"""Reads the versions that declarations made, as the words that the chain holds."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.database import Connection
from tracker.database.statements import columns_of
from tracker.dates import as_given
from tracker.facts import LATEST, Fingerprint
from tracker.vocabulary import Media, ThingKind

Fields = Mapping[str, Any]
"""The fields of a declaration in plain values; see `Declaration`."""

UNFIT = {"what": "none"}
"""Stands for what belongs to the wrong thing or to no entry, and for an entry's second version."""


def columns(what: ThingKind) -> tuple[str, ...]:
    """Return the columns of a version, with the words of the chain for their names."""
    return columns_of(f"version_{what}")[2:]


def versions_of(
    connection: Connection, namespace: str, slug: str, known: int = LATEST
) -> list[tuple[int, int | None]]:
    """Return the versions of a thing, each with what retracted it; none if there is no thing."""
    rows = connection.rows("thing", slug=slug, namespace=namespace)
    return connection.rows("versions_of", thing_id=rows[0][0], known=known) if rows else []


def live_versions(
    connection: Connection, namespace: str, slug: str, known: int = LATEST
) -> list[int]:
    """Return the declarations of a thing that were not retracted; none if there is no thing."""
    return [entry for entry, by in versions_of(connection, namespace, slug, known) if by is None]


def versions_between(connection: Connection, first: int, last: int) -> dict[int, dict[str, Any]]:
    """Return what each declaration between two entries declares, in the words of the chain."""
    found: dict[int, dict[str, Any]] = {}
    for what in ThingKind:
        for entry, fields in _versions(connection, what, first, last):
            found[entry] = UNFIT.copy() if entry in found else {"what": what.value} | fields
    _with_parts(connection, found, first, last)
    return found


def texts_between(connection: Connection, first: int, last: int) -> dict[int, Fingerprint | None]:
    """Return the fingerprint of each text that was kept between two entries.

    It is None if the text is of another source than its entry.
    """
    return {
        entry: fingerprint_of(*text) if slug else None
        for entry, slug, *text in connection.rows("source_texts", first=first, last=last)
    }


def more_between(connection: Connection, first: int, last: int) -> dict[int, dict[str, Any]]:
    """Return what entries hold in other tables, in the words of the chain: `declares` or `text`."""
    declared = versions_between(connection, first, last)
    found: dict[int, dict[str, Any]] = {one: {"declares": held} for one, held in declared.items()}
    for entry, text in texts_between(connection, first, last).items():
        found.setdefault(entry, {})["text"] = text._asdict() if text else UNFIT
    return found


def fingerprint_of(file: bytes, words: bytes, count: int, media: str, reader: str) -> Fingerprint:
    """Return what identifies a kept text."""
    return Fingerprint(bytes(file).hex(), bytes(words).hex(), count, Media(media), reader)


def version_at(connection: Connection, what: ThingKind, entry: int) -> dict[str, Any]:
    """Return the fields of one declaration."""
    return versions_of_kind(connection, what, entry, entry)[entry]


def versions_of_kind(
    connection: Connection, what: ThingKind, first: int, last: int
) -> dict[int, dict[str, Any]]:
    """Return the fields of each declaration of one kind between two entries."""
    found = dict(_versions(connection, what, first, last))
    if what is ThingKind.CONCESSION:
        _with_parts(connection, found, first, last)
    return found


def _versions(
    connection: Connection, what: ThingKind, first: int, last: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    fields = columns(what)
    for entry, slug, *values in connection.rows(f"version_{what}", first=first, last=last):
        yield entry, _words(dict(zip(fields, values, strict=True))) if slug else UNFIT.copy()


def _with_parts(
    connection: Connection, found: dict[int, dict[str, Any]], first: int, last: int
) -> None:
    """Add givers, receivers and exchanges to the versions of concessions."""
    parties = connection.rows("version_concession_party", first=first, last=last)
    for entry, role, party in parties:
        found.setdefault(entry, UNFIT.copy()).setdefault(role, []).append(party)
    for entry, other in connection.rows("version_exchange", first=first, last=last):
        found.setdefault(entry, UNFIT.copy()).setdefault("in_return_for", []).append(other)
    for words in found.values():
        if "in_return_for" in words:
            words["in_return_for"].sort()


def _words(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a version as plain values; absent ones are left out."""
    words = {}
    for name, value in values.items():
        if value is None or name.endswith("_precision"):
            continue
        if isinstance(value, date):
            words[name] = as_given(value.isoformat(), values.get(f"{name}_precision", "day"))
        else:
            words[name] = format(value, "f") if isinstance(value, Decimal) else value
    return words
