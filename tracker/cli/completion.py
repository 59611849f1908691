"""Shell completion: it only reads the book, and never fails; the shell's word narrows it down."""

from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

from typer._click import Context

from tracker.book.options import Option
from tracker.vocabulary import Stage

Candidates = list[tuple[str, str]]
"""Words, each with what it means."""

WORDS = "tracker.words"
"""The key under which a context keeps the arguments of the command."""


def completer(option: Option) -> Callable[[Context, list[str], str], Candidates] | None:
    """Return what typer asks for candidates; it picks those that begin like the word."""
    offers = option.offers or option.metavar.strip("[].")
    if not isinstance(offers, str):
        listed = [(word, "") for word in offers]
        return lambda _context, _args, _word: listed
    if offered := COMPLETERS.get(offers):
        return lambda context, _args, _word: offered(context)
    return None


SUBJECTS = ("agreement", "concession", "deadline")


def _declared(context: Context, *kinds: str) -> Candidates:
    """Offer the slugs of some kinds of things that are in force."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    in_force = f"SELECT what, slug, title FROM declared WHERE in_force AND what IN ({listed})"
    found = rows(context, f"{in_force} ORDER BY entry")
    return [(slug, title or "") for kind in kinds for what, slug, title in found if what == kind]


def _sectors(context: Context) -> Candidates:
    found = rows(
        context,
        "SELECT DISTINCT v.sector FROM concession AS v JOIN declared AS d ON d.entry = v.entry_id"
        " WHERE d.in_force ORDER BY v.sector",
    )
    return [(sector, "") for (sector,) in found]


def _logged(context: Context) -> Candidates:
    """Offer concessions, and after the first one stages, too."""
    behind = [(stage.value, "") for stage in Stage] if context.meta.get(WORDS) else []
    return _declared(context, "concession") + behind


def _seeds(_: Context) -> Candidates:
    from tracker.interchange.seeds import shipped

    return [(seed.seed, seed.title) for seed in shipped()]


def _topics(_: Context) -> Candidates:
    from tracker.cli.session import abouts

    return abouts()


COMPLETERS: dict[str, Callable[[Context], Candidates]] = {
    "CONCESSION": lambda context: _declared(context, "concession"),
    "DEADLINE": lambda context: _declared(context, "deadline"),
    "PARTY": lambda context: _declared(context, "party"),
    "SECTOR": _sectors,
    **dict.fromkeys(("KEY", "KEY|URL", "SOURCE"), lambda context: _declared(context, "source")),
    **dict.fromkeys(("SEED|FILE.toml", "SEED|FILE.toml|FILE.jsonl"), _seeds),
    "TOPIC|COMMAND": _topics,
    "agreements": lambda context: _declared(context, "agreement"),
    "concessions": lambda context: _declared(context, "concession"),
    "concessions and stages": _logged,
    "slugs": lambda context: _declared(context, *SUBJECTS),
    "slugs and sources": lambda context: _declared(context, *SUBJECTS, "source"),
    "things": lambda context: _declared(context, *SUBJECTS, "party", "source"),
}
"""What completes a value, by the last word of its option, or by what the option offers."""


def rows(context: Context, sql: str, **values: str) -> list[tuple[Any, ...]]:
    """Read the book that the command line names; if that fails, offer nothing."""
    from tracker.database import Target, open_book

    found: list[tuple[Any, ...]] = []
    with suppress(Exception):
        target = Target.meant(context.find_root().params.get("db"))
        with closing(open_book(target)) as connection:
            found.extend(connection.query(sql, **values))
    return found
