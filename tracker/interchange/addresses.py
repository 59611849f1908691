"""Matches another book's sources with ours: by slug, else by address."""

from tracker.database import Connection
from tracker.facts import LATEST
from tracker.interchange.otherbook import OtherBook
from tracker.vocabulary import ThingKind


class Addresses:
    """Our names for the sources of another book."""

    def __init__(self, connection: Connection, other: OtherBook) -> None:
        rows = connection.stream("sources", known=LATEST, unofficial=False)
        ours: list[tuple[str, str | None]] = [
            (slug, url) for slug, _, _, url, _, _, _, declared in rows if declared
        ]
        self._declared = {slug for slug, _ in ours}
        theirs = {slug for what, slug in other.declared if what == ThingKind.SOURCE}
        # A source that both books have under one slug is not matched by its address.
        self._of = {url: slug for slug, url in reversed(ours) if url and slug not in theirs}
        self._theirs = other.addresses

    def ours(self, key: str) -> str:
        """Return our key for one of their sources."""
        if key in self._declared:
            return key
        address = self._theirs.get(key, key if "://" in key else "")
        return self._of.get(address, key)
