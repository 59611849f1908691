"""What differs between two states: the rows before with the differences are the rows after."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.histories import history, recorded
from tracker.compare import What, compare
from tracker.dates import exactly
from tracker.record import Record
from tracker.reports.claims import claims_row
from tracker.reports.deadlines import deadline_rows
from tracker.reports.status import status_rows
from tracker.reports.view import View
from tracker.rules.progress import Series
from tracker.state import Clocks, State

FIRST, LAST = date(2026, 1, 5), date(2026, 11, 29)


def rows(view: View) -> dict[tuple[Any, ...], Any]:
    """Return what the reports list of a state, by what it is about."""
    return dict((*_of_concessions(view), *_of_deadlines(view)))


def _of_concessions(view: View) -> Iterator[tuple[tuple[Any, ...], Any]]:
    for row in status_rows(view):
        yield (What.STATE, row.concession, ""), (row.position.stage, row.position.state)
        claims = claims_row(view, view.state.concessions[row.concession])
        for said in (*claims.givers_say, *claims.receivers_say, *claims.others):
            yield (What.CLAIM, row.concession, said.party), said.stage


def _of_deadlines(view: View) -> Iterator[tuple[tuple[Any, ...], Any]]:
    listed = {row.deadline: row for row in deadline_rows(view)}
    for slug, position in view.state.due.items():
        reported = view.state.reported(position)
        if slug in listed:  # the report agrees with the rules
            row = listed[slug].position
            assert (row.verdict, row.due_on) == (reported.verdict, reported.due_on)
        day = position.due_on
        if position.deadline.awaits_first_day:
            day = exactly(position.opens_on) if position.opens_on else None
        yield (What.DAY, slug, ""), day
        yield (What.OUTCOME, slug, ""), reported.verdict
        if position.target is not None:
            yield (What.TARGET, slug, ""), position.target
        for move in view.state.moves.get(slug, ()):  # the last one counts
            if move.says:
                is_named = move.value is None or move.due_on != day
                yield (What.DAY, slug, move.says), move.due_on if is_named else None
        progress = view.state.progress_of(position)
        for series in (*(one.latest for one in progress.counts), *progress.early):
            part = (series.counted_by, series.basis, series.unit, False)
            yield (What.FIGURE, slug, part), (series.value, series.through)


def told(value: Any) -> Any:
    """Return a figure's quantity and day; other values as they are."""
    return (value.value, value.through) if isinstance(value, Series) else value


def differing(before: View, after: View) -> dict[tuple[Any, ...], tuple[Any, Any]]:
    """Return the differences by what they are about; none comes twice."""
    found = [one for one in compare(before.state, after.state) if is_listed(one)]
    keys = {(one.what, one.subject, one.part): (told(one.before), told(one.after)) for one in found}
    assert len(keys) == len(found)
    return keys


def is_listed(one: Any) -> bool:
    """Return whether the rows above have a value: not a note, a text, a field, an old figure."""
    if one.what in (What.NOTE, What.TEXT, What.FIELD):
        return False
    is_said_target = one.what is What.TARGET and one.part
    return not is_said_target and not (one.what is What.FIGURE and one.part[3])


def check(seed: int, pairs: int) -> None:
    """Compare some pairs of points of a history."""
    chance = random.Random(seed)
    with recorded(history(seed)) as connection, connection.reading():
        whole = Record.read(connection)
    ends = sorted({whole.end_of(number) for number in whole.rows})
    for _ in range(pairs):
        numbers = sorted(chance.choices(ends, k=2))
        days = sorted(date.fromordinal(chance.randint(FIRST.toordinal(), LAST.toordinal()))
                      for _ in range(2))  # fmt: skip
        before, after = (
            View(State(whole.up_to(number), Clocks(day, number)))
            for number, day in zip(numbers, days, strict=True)
        )
        old, new, found = rows(before), rows(after), differing(before, after)
        for key, (was, now) in found.items():
            assert (old.get(key), new.get(key)) == (was, now), (seed, key)
        patched = old | {key: now for key, (_, now) in found.items()}
        held, told_of = (
            {key: value for key, value in rows_.items() if value is not None}
            for rows_ in (new, patched)
        )
        assert told_of == held, seed


@pytest.mark.parametrize("seed", range(4))
def test_the_rows_before_with_the_differences_are_the_rows_after(seed: int) -> None:
    check(seed, 4)


@pytest.mark.slow
def test_a_hundred_histories_differ_by_what_is_said_and_nothing_twice() -> None:
    for seed in range(4, 100):
        check(seed, 3)
