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


def _declared(*kinds: str) -> Callable[[typer.Context, str], Candidates]:
    """Return what offers the slugs of some kinds of things that are in force."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    in_force = f"SELECT what, slug, title FROM declared WHERE in_force AND what IN ({listed})"

    def offered(context: typer.Context, incomplete: str) -> Candidates:
        rows = _rows(context, f"{in_force} ORDER BY entry")
        found = [
            (slug, title or "") for kind in kinds for what, slug, title in rows if what == kind
        ]
        return _matching(found, incomplete)

    return offered


def words_of(words: Iterable[str]) -> Callable[[str], Candidates]:
    """Return what offers the words of a list."""

    def offered(incomplete: str) -> Candidates:
        return _matching([(word, "") for word in words], incomplete)

    return offered


concessions = _declared("concession")
deadlines = _declared("deadline")
agreements = _declared("agreement")
parties = _declared("party")
sources = _declared("source")
slugs = _declared("agreement", "concession", "deadline")
shown = _declared("agreement", "concession", "deadline", "source")
things = _declared("agreement", "concession", "deadline", "party", "source")


def logged(context: typer.Context, incomplete: str) -> Candidates:
    """Offer concessions, and after the first one stages, too."""
    behind = words_of(Stage)(incomplete) if context.meta.get(WORDS) else []
    return concessions(context, incomplete) + behind


def sectors(context: typer.Context, incomplete: str) -> Candidates:
    """Offer the sectors of the concessions."""
    rows = _rows(
        context,
        "SELECT DISTINCT v.sector FROM concession AS v JOIN declared AS d ON d.entry = v.entry_id"
        " WHERE d.in_force ORDER BY v.sector",
    )
    return _matching([(sector, "") for (sector,) in rows], incomplete)


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


def _rows(context: typer.Context, sql: str) -> list[tuple[Any, ...]]:
    """Read the book that the command line names; if that fails, offer nothing."""
    from tracker.database import Target, open_book

    found: list[tuple[Any, ...]] = []
    with suppress(Exception):
        target = Target.meant(context.find_root().params.get("db"))
        with closing(open_book(target)) as connection:
            found.extend(connection.text(sql))
    return found
