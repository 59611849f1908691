"""Every report says the same: a status, a figure, an outcome and a lateness of random histories."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.conftest import new_book
from tests.histories import DECLARED_ON, FILES, history, recorded, type_in
from tests.server import Server
from tracker.database import Connection, Target, open_book
from tracker.dates import week_of
from tracker.interchange import applying
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.reports.changes import diff
from tracker.reports.check import check
from tracker.reports.deadlines import deadlines
from tracker.reports.gains import gains
from tracker.reports.pace import pace
from tracker.reports.show import show
from tracker.reports.status import status
from tracker.reports.view import View
from tracker.reports.weekly import page
from tracker.rules.progress import share
from tracker.state import Clocks
from tracker.vocabulary import DeadlineVerdict, Status

FIRST, LAST = date(2026, 1, 25), date(2027, 1, 10)


def views_of(connection: Connection, seed: int, many: int) -> Iterator[View]:
    """Yield views of a book on some days."""
    with connection.reading():
        record = Record.read(connection)
    chance = random.Random(seed)
    days = sorted(chance.choices(range((LAST - FIRST).days), k=many))
    for day in days:
        yield View(record, Clocks(FIRST + timedelta(days=day)))


def require_one_answer(view: View, eve: View) -> None:
    """Fail where two reports disagree on a status, a figure, an outcome or a lateness."""
    rows = {row.concession: row for row in status(view).document["rows"]}
    due = {row.deadline: row.position for row in deadlines(view).document["rows"]}
    require_gains(view, rows)
    require_shows(view, rows, due)
    require_pace(view, rows)
    require_findings(view, rows, due)
    require_week(view, rows, due)
    require_changes(diff(view, eve).document["rows"], rows, due)


def require_gains(view: View, rows: dict[str, Any]) -> None:
    document = gains(view).document
    for gain in document["concessions"]:
        assert gain.position == rows[gain.concession].position
    for row in document["rows"]:
        own = [gain.concession for gain in document["concessions"] if gain.group == row.group]
        counts = Counter(rows[slug].position.status for slug in own)
        assert [*row.counts] == [counts[status] for status in Status]
        assert row.await_verdict == sum(rows[slug].awaits_verdict for slug in own)
        late = [slug for slug in own if is_late(view, slug)]
        assert row.late == len(late)


def is_late(view: View, slug: str) -> bool:
    """Return whether a promise was kept, and one of its deliveries was late."""
    kept = view.positions[slug].status is Status.KEPT
    return kept and any(position.late_days for position in view.owned[slug])


def require_shows(view: View, rows: dict[str, Any], due: dict[str, Any]) -> None:
    for slug, row in rows.items():
        (shown,) = show(view, slug).document["rows"]
        assert shown.status_ == row
        for deadline in shown.deadlines:
            assert deadline.position == due[deadline.deadline]
        figures = [row.figure, *row.other_figures] if row.figure else []
        counted = {figure.deadline: figure for figure in figures}
        for series in shown.pace:
            if series.is_figure and series.deadline in counted:
                require_figure(series, counted[series.deadline])


def require_figure(series: Any, figure: Any) -> None:
    assert (series.counted_by, series.basis) == (figure.counted_by, figure.basis)
    assert (series.delivered, series.data_through) == (figure.value, figure.through)
    assert series.public_on == figure.public_on
    assert (series.over_by, series.over_since) == (figure.over_by, figure.over_since)


def require_pace(view: View, rows: dict[str, Any]) -> None:
    paces = pace(view).document["rows"]
    chosen = {series.deadline: series for series in paces if series.is_figure}
    assert len(chosen) == sum(series.is_figure for series in paces)
    for row in rows.values():
        for figure in (row.figure, *row.other_figures) if row.figure else ():
            assert (figure.value is None) == (figure.deadline not in chosen)
            if figure.value is not None:
                require_figure(chosen[figure.deadline], figure)
                position = view.due[figure.deadline]
                assert figure.percent == share(position, figure.value)


def require_findings(view: View, rows: dict[str, Any], due: dict[str, Any]) -> None:
    found = [row[:2] for row in check(view, 10_000).document["rows"]]
    overdue = {slug for slug, position in due.items() if position.overdue}
    assert {slug for kind, slug in found if kind == "overdue"} == overdue
    unknown = {slug for slug, row in rows.items() if row.position.status is Status.UNKNOWN}
    assert {slug for kind, slug in found if kind == "expired" and slug in rows} <= unknown
    awaiting = {slug for slug, row in rows.items() if row.awaits_verdict}
    settled = {slug for kind, slug in found if kind in ("reached", "contradicted")}
    assert awaiting <= settled


def require_week(view: View, rows: dict[str, Any], due: dict[str, Any]) -> None:
    document = page(view, week_of(view.clocks.as_of)).document
    counted = {row.group: [*row.counts] for row in gains(view).document["rows"]}
    assert {row.group: [*row.counts] for row in document["gains"]} == counted
    for row in (*document["due"], *document["past"]):
        assert row.position == due[row.deadline]
    for risk in document["new_at_risk"]:
        assert risk.status == view.counterparts[risk.counterpart].status
    require_changes(document["rows"], rows, due)


def require_changes(changes: list[Any], rows: dict[str, Any], due: dict[str, Any]) -> None:
    """Check that what changed says the same as the reports of today."""
    for row in changes:
        change = row.difference
        if row.after is None or change.after is None:
            continue
        if row.what == "status":
            assert change.after == rows[change.subject].position.status
        elif row.what == "outcome" and change.subject in due:
            assert change.after == due[change.subject].verdict
            assert change.after in DeadlineVerdict
        elif row.what == "figure" and change.is_figure and row.place_.concession in rows:
            of_promise = rows[row.place_.concession]
            for figure in (of_promise.figure, *of_promise.other_figures):
                if figure and figure.deadline == change.subject:
                    count = change.after
                    assert (count.value, count.through) == (figure.value, figure.through)
                    assert count.counted_by == figure.counted_by


def require_book(connection: Connection, seed: int) -> None:
    """Compare the reports of a book on three days, and what differs between them."""
    for eve, view in pairwise(views_of(connection, seed, 3)):
        require_one_answer(view, eve)


def require_histories(seeds: range) -> None:
    for seed in seeds:
        with recorded(history(seed)) as connection:
            require_book(connection, seed)


MORE = [pytest.param(range(at, at + 50), marks=pytest.mark.slow) for at in (5, 55, 105)]
ALL = [
    pytest.param(range(at, at + 169), marks=pytest.mark.endurance) for at in range(155, 1000, 169)
]


@pytest.mark.parametrize("seeds", [range(5), *MORE, *ALL])
def test_reports_never_disagree(seeds: range) -> None:
    require_histories(seeds)


@pytest.mark.endurance
def test_reports_of_a_thousand_histories_on_a_server_never_disagree(server: Server) -> None:
    declared = server.create()
    with new_book(Target.parse(server.url(declared))) as connection:
        applying.apply(
            Writer(connection, "desk", DECLARED_ON, datetime(2026, 1, 20, 9, tzinfo=UTC)),
            applying.load(FILES),
        )
    for seed in range(1000):
        name = server.create(template=declared)
        with closing(open_book(Target.parse(server.url(name)))) as connection:
            for second, step in enumerate(history(seed)):
                type_in(connection, step, second)
            require_book(connection, seed)
        server.drop(name)
