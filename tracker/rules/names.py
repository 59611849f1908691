"""How names are compared: in any case, and however their letters and spaces are encoded."""

from collections.abc import Iterable

from tracker.facts import Party


def spelled(name: str) -> str:
    """Return a name in one of the spellings that look the same: composed, with single spaces."""
    if not name.isascii():
        from unicodedata import normalize

        name = normalize("NFC", name)
    return " ".join(name.split())


def folded(name: str) -> str:
    """Return what is the same for all spellings and cases of a name."""
    return spelled(name).casefold()


def named(parties: Iterable[Party], name: str) -> list[Party]:
    """Return the parties that a word names: by slug, which comes first, or by a name."""
    wanted = folded(name)
    found = [one for one in parties if wanted in (one.slug, folded(one.name), folded(one.short))]
    return sorted(found, key=lambda one: (one.slug != name, one.slug != wanted))
