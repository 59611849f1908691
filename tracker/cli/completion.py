"""Shell completion: it only reads the book, and never fails; the shell's word narrows it down."""

from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

from typer import Context

from tracker.book.options import Option
from tracker.vocabulary import Stage

Candidates = list[tuple[str, str]]
"""Words, each with what it means."""

WORDS = "tracker.words"
"""The key under which a context keeps the arguments of the command."""
SECTOR = 3
"""The index of the sector in a row of `concessions`."""


def completer(option: Option) -> Callable[[Context, list[str], str], Candidates] | None:
    """Return what typer asks for candidates; it picks those that begin like the word."""
    offers = option.offers or option.metavar.strip("[].")
    if not isinstance(offers, str):
        listed = [(word, "") for word in offers]
        return lambda _context, _args, _word: listed
    if offered := COMPLETERS.get(offers):
        return lambda context, _args, _word: offered(context)
    return None


def _slugs(context: Context, *kinds: str) -> Candidates:
    """Offer the slugs of some kinds of things; without a kind, all that have one."""
    rows = _rows(context, "slugs")
    return [(slug, title) for what, slug, title in rows if what in kinds or not kinds]


def _parties(context: Context) -> Candidates:
    return [(row[0], row[1]) for row in _rows(context, "parties")]


def _sources(context: Context) -> Candidates:
    return [(row[0], row[1] or "") for row in _rows(context, "sources", unofficial=False)]


def _sectors(context: Context) -> Candidates:
    return [(one, "") for one in sorted({row[SECTOR] for row in _rows(context, "concessions")})]


def _logged(context: Context) -> Candidates:
    """Offer concessions, and after the first one stages, too."""
    behind = [(stage.value, "") for stage in Stage] if context.meta.get(WORDS) else []
    return _slugs(context, "concession") + behind


def _seeds(_: Context) -> Candidates:
    from tracker.interchange.seeds import shipped

    return [(seed.seed, seed.title) for seed in shipped()]


def _topics(_: Context) -> Candidates:
    from tracker.cli.session import abouts

    return abouts()


COMPLETERS: dict[str, Callable[[Context], Candidates]] = {
    "CONCESSION": lambda context: _slugs(context, "concession"),
    "DEADLINE": lambda context: _slugs(context, "deadline"),
    "PARTY": _parties,
    "SECTOR": _sectors,
    **dict.fromkeys(("KEY", "KEY|URL", "SOURCE"), _sources),
    **dict.fromkeys(("SEED|FILE.toml", "SEED|FILE.toml|FILE.jsonl"), _seeds),
    "TOPIC|COMMAND": _topics,
    "agreements": lambda context: _slugs(context, "agreement"),
    "concessions": lambda context: _slugs(context, "concession"),
    "concessions and stages": _logged,
    "slugs": _slugs,
    "slugs and sources": lambda context: _slugs(context) + _sources(context),
    "things": lambda context: _slugs(context) + _parties(context) + _sources(context),
}
"""What completes a value, by the last word of its option, or by what the option offers."""


def _rows(context: Context, name: str, **parameters: Any) -> list[tuple[str, ...]]:
    """Read the book that the command line names; if that fails, offer what was read."""
    from tracker.database import Target, open_book
    from tracker.facts import LATEST

    found: list[tuple[str, ...]] = []
    with suppress(Exception):
        target = Target.meant(context.find_root().params.get("db"))
        with closing(open_book(target)) as connection:
            found.extend(connection.rows(name, known=LATEST, **parameters))
    return found
