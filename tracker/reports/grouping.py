"""Tables by agreement: if several are in view, each has its own."""

from collections.abc import Callable, Sequence
from typing import Any

from tracker.groups import by_key
from tracker.reports.frame import term
from tracker.reports.view import View
from tracker.tables import Column, Section, table

OTHERS = "not part of an agreement in force"
"""The title for parties, sources and withdrawn agreements."""


def by_agreement(
    view: View, rows: Sequence[Any], of_columns: Sequence[Column], slugs: Sequence[str] = ()
) -> list[Section]:
    """Return one table or, with several agreements in view, one for each with its title.

    If `slugs` names concessions, only their agreements have one; with filters, only those with
    matches.
    """
    asked = {view.agreement_of(slug) for slug in slugs} or view.agreements.keys()
    empty = "no concession had been promised or mentioned by then"
    if view.choice.narrows:
        asked = {agreement_of(view, row) for row in rows}
        empty = "no concession matches the filters"
    if len(view.agreements) <= 1 or not asked:
        return [table(of_columns, rows, "", empty)]
    return [
        table(of_columns, own, " · ".join([named, *term(view, slug)]), empty)
        for slug, own, named in _groups(view, rows, "")
        if slug in asked
    ]


def grouped(
    view: View, rows: Sequence[Any], section: Callable[[Sequence[Any], str], Section], title: str
) -> list[Section]:
    """Return one section or, with several agreements in view, one for each that has rows.

    Rows that belong to no agreement, such as a party's, come last.
    """
    if len(view.agreements) <= 1 or not rows:
        return [section(rows, title)]
    rest = [row for row in rows if agreement_of(view, row) not in view.agreements]
    others = [section(rest, f"{title} · {OTHERS}" if title else OTHERS.capitalize())]
    of_each = [section(own, named) for _, own, named in _groups(view, rows, title) if own]
    return [*of_each, *(others if rest else ())]


def _groups(view: View, rows: Sequence[Any], title: str) -> list[tuple[str, list[Any], str]]:
    """Return each agreement with its rows and the title of its table."""
    before = f"{title} · " if title else ""
    own = rows_by_agreement(view, rows)
    return [(slug, own[slug], before + one.title) for slug, one in view.agreements.items()]


def rows_by_agreement(view: View, rows: Sequence[Any]) -> dict[str, list[Any]]:
    """Return the rows of each agreement in view."""
    return by_key((agreement_of(view, row), row) for row in rows)


def agreement_of(view: View, row: Any) -> str:
    """Return the agreement that a row is about, through anything that it names."""
    if (agreement := getattr(row, "agreement", None)) is not None:
        return str(agreement)
    named = (getattr(row, key, None) for key in ("concession", "deadline", "subject"))
    return view.agreement_of(next(filter(None, named)))
