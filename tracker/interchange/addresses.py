"""Matches another book's sources with ours: by slug, else by address."""

from tracker.database import Connection
from tracker.facts import LATEST
from tracker.interchange.otherbook import OtherBook
from tracker.vocabulary import ThingKind


class Addresses:
    """Our names for the sources of another book."""

    def __init__(self, connection: Connection, other: OtherBook) -> None:
        rows = connection.stream("sources", known=LATEST, unofficial=False)
        self._declared = {
            slug: url or slug for slug, _, _, url, _, _, _, declared in rows if declared
        }
        self._named: dict[str, list[str]] = {}
        for slug, page in self._declared.items():
            self._named.setdefault(page, []).append(slug)
        self._theirs = other.addresses
        self._declared_there = {slug for what, slug in other.declared if what == ThingKind.SOURCE}

    def ours(self, key: str) -> str:
        """Return our key for one of their sources.

        A source that both books have under one slug is not matched by its address.
        """
        if key in self._declared:
            return key
        named = self._named.get(self.page(key), ())
        return next((slug for slug in named if slug not in self._declared_there), key)

    def page(self, key: str) -> str:
        """Return what identifies a source of either book: its address, or else its key."""
        return self._declared.get(key) or self._theirs.get(key, key)

    def names(self, key: str) -> set[str]:
        """Return every name that this book may have used for the page of a source."""
        page = self.page(key)
        return {key, page, *self._named.get(page, ())}
