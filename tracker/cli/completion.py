"""Shell completion: it only reads the book, and never fails."""

from collections.abc import Iterator
from typing import Any

import typer

from tracker.cli.commands import WORDS
from tracker.vocabulary import Basis, Bucket, ColorChoice, ConcessionKind, Outcome, Stage

Candidates = list[tuple[str, str]]
SECTOR = 3
"""The index of the sector in a row of `concessions`."""


def slugs(context: typer.Context, incomplete: str) -> Candidates:
    """Offer everything that a slug may name."""
    return _matching(_slugs(context), incomplete)


def things(context: typer.Context, incomplete: str) -> Candidates:
    """Offer everything that is declared."""
    return [
        *slugs(context, incomplete),
        *parties(context, incomplete),
        *sources(context, incomplete),
    ]


def shown(context: typer.Context, incomplete: str) -> Candidates:
    """Offer everything that a slug may name, and sources."""
    return [*slugs(context, incomplete), *sources(context, incomplete)]


def concessions(context: typer.Context, incomplete: str) -> Candidates:
    """Offer concessions."""
    return _matching(_slugs(context, "concession"), incomplete)


def logged(context: typer.Context, incomplete: str) -> Candidates:
    """Offer concessions, and after the first one stages, too."""
    behind = stages(incomplete) if context.meta.get(WORDS) else []
    return [*concessions(context, incomplete), *behind]


def deadlines(context: typer.Context, incomplete: str) -> Candidates:
    """Offer deadlines."""
    return _matching(_slugs(context, "deadline"), incomplete)


def agreements(context: typer.Context, incomplete: str) -> Candidates:
    """Offer agreements."""
    return _matching(_slugs(context, "agreement"), incomplete)


def parties(context: typer.Context, incomplete: str) -> Candidates:
    """Offer parties."""
    return _matching([(row[0], row[1]) for row in _rows(context, "parties")], incomplete)


def sources(context: typer.Context, incomplete: str) -> Candidates:
    """Offer the keys of sources."""
    rows = _rows(context, "sources", unofficial=False)
    return _matching([(row[0], row[1] or "") for row in rows], incomplete)


def stages(incomplete: str) -> Candidates:
    """Offer stages."""
    return _matching([(stage.value, "") for stage in Stage], incomplete)


def bases(incomplete: str) -> Candidates:
    """Offer what a reading can count."""
    return _matching([(basis.value, "") for basis in Basis], incomplete)


def kinds(incomplete: str) -> Candidates:
    """Offer kinds of concessions."""
    return _matching([(kind.value, "") for kind in ConcessionKind], incomplete)


def buckets(incomplete: str) -> Candidates:
    """Offer buckets, each as one word."""
    return _matching([(bucket.replace(" ", "-"), "") for bucket in Bucket], incomplete)


def sectors(context: typer.Context, incomplete: str) -> Candidates:
    """Offer the sectors of the concessions."""
    found = sorted({row[SECTOR] for row in _rows(context, "concessions")})
    return _matching([(sector, "") for sector in found], incomplete)


def outcomes(incomplete: str) -> Candidates:
    """Offer how a deadline can end."""
    return _matching([(outcome.value, "") for outcome in Outcome], incomplete)


def color_choices(incomplete: str) -> Candidates:
    """Offer the choices of `--color`."""
    return _matching([(choice.value, "") for choice in ColorChoice], incomplete)


def formats(incomplete: str) -> Candidates:
    """Offer formats."""
    from tracker.vocabulary import FORMATS

    return _matching([(name, "") for name in FORMATS], incomplete)


def report_formats(incomplete: str) -> Candidates:
    """Offer formats of reports."""
    from tracker.vocabulary import EXTRA_FORMATS, FORMATS

    return _matching([(name, "") for name in (*FORMATS, *EXTRA_FORMATS)], incomplete)


def seeds(incomplete: str) -> Candidates:
    """Offer the shipped seeds."""
    from tracker.interchange.seeds import shipped

    return _matching([(seed.seed, seed.title) for seed in shipped()], incomplete)


def topics(incomplete: str) -> Candidates:
    """Offer the topics of `tracker help`."""
    from tracker.cli.topics import abouts

    return _matching(abouts(), incomplete)


def nothing() -> Candidates:
    """Offer nothing, not even files."""
    return []


def _matching(candidates: Candidates, incomplete: str) -> Candidates:
    return [candidate for candidate in candidates if candidate[0].startswith(incomplete)]


def _slugs(context: typer.Context, wanted: str | None = None) -> Candidates:
    rows = _rows(context, "slugs")
    return [(slug, title) for what, slug, title in rows if wanted in (None, what)]


def _rows(context: typer.Context, name: str, **parameters: Any) -> list[tuple[str, ...]]:
    return list(_read(context, name, parameters))


def _read(
    context: typer.Context, name: str, parameters: dict[str, Any]
) -> Iterator[tuple[str, ...]]:
    """Read the book that the command line names; if that fails, offer nothing."""
    from tracker.database import Target, open_book
    from tracker.facts import LATEST

    try:
        connection = open_book(Target.meant(context.find_root().params.get("db")))
        try:
            yield from connection.rows(name, known=LATEST, **parameters)
        finally:
            connection.close()
    except Exception:
        return
