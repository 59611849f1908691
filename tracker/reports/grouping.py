"""Tables by agreement, where a book in view holds several: each with its own header."""

from collections.abc import Callable, Sequence
from typing import Any

from tracker.reports.frame import term
from tracker.reports.view import View
from tracker.tables import Column, Section, table


def by_agreement(
    view: View, rows: Sequence[Any], of_columns: Sequence[Column], title: str = ""
) -> list[Section]:
    """Return one table, or, with several agreements in view, one under the title of each."""
    empty = "no concession agreed or heard of by then"
    if len(view.agreements) <= 1:
        return [table(of_columns, rows, title, empty)]
    return [
        table(of_columns, own, " · ".join([named, *term(view, slug)]), empty)
        for slug, own, named in _groups(view, rows, title)
    ]


def grouped(
    view: View, rows: Sequence[Any], section: Callable[[Sequence[Any], str], Section], title: str
) -> list[Section]:
    """Return one section, or, with several agreements in view, one for each that has rows."""
    if len(view.agreements) <= 1 or not rows:
        return [section(rows, title)]
    return [section(own, named) for _, own, named in _groups(view, rows, title) if own]


def _groups(view: View, rows: Sequence[Any], title: str) -> list[tuple[str, list[Any], str]]:
    """Return each agreement with its rows, and the title of their table."""
    before = f"{title} · " if title else ""
    return [
        (slug, [row for row in rows if agreement_of(view, row) == slug], before + agreement.title)
        for slug, agreement in view.agreements.items()
    ]


def agreement_of(view: View, row: Any) -> str:
    """Return the agreement that a row is about, by whatever it names."""
    if (agreement := getattr(row, "agreement", None)) is not None:
        return str(agreement)
    named = (getattr(row, key, None) for key in ("concession", "deadline", "subject"))
    return view.agreement_of(next(slug for slug in named if slug))
