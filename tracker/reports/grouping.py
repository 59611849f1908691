"""Tables by agreement: if several are in view, each has its own."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from tracker.groups import by_key
from tracker.reports.frame import term
from tracker.reports.view import View
from tracker.tables import Column, Section, table

OTHERS = "not part of an agreement in force"
"""The title for parties, sources and withdrawn agreements."""


def by_agreement(view: View, rows: Sequence[Any], columns: Sequence[Column]) -> list[Section]:
    """Return a table of concessions, or one for each agreement that has rows, with its term."""
    empty = "no concession had been promised or mentioned by then"
    if view.choice.narrows:
        empty = "no concession matches the filters"
    return grouped(view, rows, partial(table, columns, empty=empty), "", dated=True)


def grouped(
    view: View,
    rows: Sequence[Any],
    section: Callable[[Sequence[Any], str], Section],
    title: str,
    *,
    dated: bool = False,
) -> list[Section]:
    """Return one section or, with several agreements in view, one for each that has rows.

    If `dated`, its title says how long the agreement still runs. Rows that belong to no agreement,
    such as a party's, come last.
    """
    if len(view.agreements) <= 1 or not rows:
        return [section(rows, title)]
    before, own = f"{title} · " if title else "", rows_by_agreement(view, rows)
    found = [
        section(own[slug], before + " · ".join([one.title, *(term(view, slug) if dated else ())]))
        for slug, one in view.agreements.items()
        if slug in own
    ]
    rest = [row for row in rows if agreement_of(view, row) not in view.agreements]
    others = section(rest, f"{title} · {OTHERS}" if title else OTHERS.capitalize())
    return [*found, others] if rest else found


def rows_by_agreement(view: View, rows: Sequence[Any]) -> dict[str, list[Any]]:
    """Return the rows of each agreement in view."""
    return by_key((agreement_of(view, row), row) for row in rows)


def agreement_of(view: View, row: Any) -> str:
    """Return the agreement that a row is about, through anything that it names."""
    if (agreement := getattr(row, "agreement", None)) is not None:
        return str(agreement)
    named = (getattr(row, key, None) for key in ("concession", "deadline", "subject"))
    return view.agreement_of(next(filter(None, named)))
