"""Shell completion: it only reads the book, and never fails."""

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from typing import Any

import typer

from tracker.cli.commands import WORDS
from tracker.vocabulary import Stage

Candidates = list[tuple[str, str]]
Offers = Callable[..., Candidates] | Iterable[str] | None
"""What completes a value: a function, or the words of a list."""
SECTOR = 3
"""The index of the sector in a row of `concessions`."""


def _slugs_of(wanted: str | None = None) -> Callable[[typer.Context, str], Candidates]:
    """Return what offers the slugs of one kind of thing, or everything that a slug may name."""

    def offered(context: typer.Context, incomplete: str) -> Candidates:
        rows = _rows(context, "slugs")
        found = [(slug, title) for what, slug, title in rows if wanted in (None, what)]
        return _matching(found, incomplete)

    return offered


def words_of(words: Iterable[str]) -> Callable[[str], Candidates]:
    """Return what offers the words of a list."""

    def offered(incomplete: str) -> Candidates:
        return _matching([(word, "") for word in words], incomplete)

    return offered


slugs = _slugs_of()
concessions = _slugs_of("concession")
deadlines = _slugs_of("deadline")
agreements = _slugs_of("agreement")


def things(context: typer.Context, incomplete: str) -> Candidates:
    """Offer everything that is declared."""
    return slugs(context, incomplete) + parties(context, incomplete) + sources(context, incomplete)


def shown(context: typer.Context, incomplete: str) -> Candidates:
    """Offer everything that a slug may name, and sources."""
    return slugs(context, incomplete) + sources(context, incomplete)


def logged(context: typer.Context, incomplete: str) -> Candidates:
    """Offer concessions, and after the first one stages, too."""
    behind = words_of(Stage)(incomplete) if context.meta.get(WORDS) else []
    return concessions(context, incomplete) + behind


def parties(context: typer.Context, incomplete: str) -> Candidates:
    """Offer parties."""
    return _matching([(row[0], row[1]) for row in _rows(context, "parties")], incomplete)


def sources(context: typer.Context, incomplete: str) -> Candidates:
    """Offer the keys of sources."""
    rows = _rows(context, "sources", unofficial=False)
    return _matching([(row[0], row[1] or "") for row in rows], incomplete)


def sectors(context: typer.Context, incomplete: str) -> Candidates:
    """Offer the sectors of the concessions."""
    found = sorted({row[SECTOR] for row in _rows(context, "concessions")})
    return _matching([(sector, "") for sector in found], incomplete)


def seeds(incomplete: str) -> Candidates:
    """Offer the shipped seeds."""
    from tracker.interchange.seeds import shipped

    return _matching([(seed.seed, seed.title) for seed in shipped()], incomplete)


def topics(incomplete: str) -> Candidates:
    """Offer the topics of `tracker help`."""
    from tracker.cli.guide import abouts

    return _matching(abouts(), incomplete)


def nothing() -> Candidates:
    """Offer nothing, not even files."""
    return []


def _matching(candidates: Candidates, incomplete: str) -> Candidates:
    return [candidate for candidate in candidates if candidate[0].startswith(incomplete)]


def _rows(context: typer.Context, name: str, **parameters: Any) -> list[tuple[str, ...]]:
    """Read the book that the command line names; if that fails, offer what was read."""
    from tracker.database import Target, open_book
    from tracker.facts import LATEST

    found: list[tuple[str, ...]] = []
    with suppress(Exception):
        target = Target.meant(context.find_root().params.get("db"))
        with closing(open_book(target)) as connection:
            found.extend(connection.rows(name, known=LATEST, **parameters))
    return found
