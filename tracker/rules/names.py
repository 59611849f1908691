"""Names: how those of parties are compared."""

from collections import defaultdict
from collections.abc import Iterable

from tracker.things import Party


def spelled(name: str) -> str:
    """Return a name in one of the spellings that look the same: composed, with single spaces."""
    if not name.isascii():
        from unicodedata import normalize

        name = normalize("NFC", name)
    return " ".join(name.split())


def folded(name: str) -> str:
    """Return what is the same for all spellings and cases of a name."""
    return spelled(name).casefold()


class PartyNames:
    """Parties by their slugs, names and short names."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self.by_slug: dict[str, Party] = {}
        self._named: defaultdict[str, list[Party]] = defaultdict(list)
        for party in parties:
            self.add(party)

    def add(self, party: Party) -> None:
        """Take in a party that is not among them yet."""
        self.by_slug[party.slug] = party
        for word in {party.slug, folded(party.name), folded(party.short)}:
            self._named[word].append(party)

    def find(self, word: str) -> list[Party]:
        """Return the parties that a word names: by slug, which comes first, or by a name."""
        wanted = folded(word)
        found = self._named.get(wanted, ())
        return sorted(found, key=lambda one: (one.slug != word, one.slug != wanted))
