"""What differs between two states: the facts before with the differences are the facts after.

Each kind of difference is asked of random histories what makes it one.
"""

import gc
import random
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple, get_args

import pytest

from tests.conftest import Run, data
from tests.histories import history, recorded
from tracker.compare import (
    ClaimChange,
    DayChange,
    Difference,
    FieldChange,
    FigureChange,
    Kind,
    NoteChange,
    OutcomeChange,
    StatusChange,
    TargetChange,
    TextChange,
    compare,
)
from tracker.dates import exactly
from tracker.entry import Entry
from tracker.record import Record
from tracker.reports.claims import claims_row
from tracker.reports.deadlines import deadlines
from tracker.reports.status import status
from tracker.reports.view import View
from tracker.state import Clocks
from tracker.things import differing
from tracker.vocabulary import EntryKind, ThingKind

FIRST, LAST = date(2026, 1, 5), date(2026, 11, 29)
SEEDS = (2, 7, 15, 21, 43, 54)
"""Histories in which everything comes about that can, but for restated figures."""
KINDS_OF_FACTS = get_args(Difference)
FACTS = [kind for kind in KINDS_OF_FACTS if kind not in (NoteChange, TextChange, FieldChange)]
"""What a report lists of every state; the others are of entries and of declarations."""

Rows = dict[tuple[Any, ...], Any]


class Pair(NamedTuple):
    """Two views of a history, and what differs between them."""

    seed: int
    before: View
    after: View
    differences: list[Difference]


def pairs_of(seed: int, many: int) -> Iterator[Pair]:
    """Yield views of two points of a history, the earlier one first."""
    chance = random.Random(seed)
    with recorded(history(seed)) as connection, connection.reading():
        whole = Record.read(connection)
    ends = sorted({whole.end_of(number) for number in whole.rows})
    span = range(FIRST.toordinal(), LAST.toordinal())
    for _ in range(many):
        number, later_number = sorted(chance.choices(ends, k=2))
        day, later_day = sorted(chance.choices(span, k=2))
        before = View(whole.up_to(number), Clocks(date.fromordinal(day), number))
        after = View(whole.up_to(later_number), Clocks(date.fromordinal(later_day), later_number))
        yield Pair(seed, before, after, compare(before, after))


@cache
def pairs() -> list[Pair]:
    """Return pairs of views of some histories, which every test here looks at."""
    return [pair for seed in SEEDS for pair in pairs_of(seed, 5)]


def every(*kinds: type[Any]) -> list[tuple[Pair, Any]]:
    """Return every difference of some kinds, of which there must be some."""
    found = [(pair, one) for pair in pairs() for one in pair.differences if isinstance(one, kinds)]
    assert found
    return found


# --- what reports list of a state ---------------------------------------------------------------


def rows(view: View) -> Mapping[type[Any], Rows]:
    """Return what reports list of a state, by kind of fact and what it is about."""
    listed = defaultdict[type[Any], Rows](dict)
    for kind, key, value in (*_of_concessions(view), *_of_deadlines(view)):
        if value is not None:
            listed[kind][key] = value
    return listed


def _of_concessions(view: View) -> Iterator[tuple[type[Any], tuple[Any, ...], Any]]:
    for row in status(view).rows:
        yield StatusChange, (row.concession, None), row.position.status
        claims = claims_row(view, view.concessions[row.concession])
        for said in (*claims.givers_say, *claims.receivers_say, *claims.others):
            yield ClaimChange, (row.concession, said.party), said.status


def _of_deadlines(view: View) -> Iterator[tuple[type[Any], tuple[Any, ...], Any]]:
    listed = {row.deadline: row for row in deadlines(view).rows}
    for slug, position in view.due.items():
        if slug in listed:  # the report agrees with the rules
            row = listed[slug].position
            assert (row.verdict, row.due_on) == (position.verdict, position.due_on)
        day = position.due_on
        if position.deadline.awaits_first_day:
            day = exactly(position.opens_on) if position.opens_on else None
        yield DayChange, (slug, None), day
        yield OutcomeChange, (slug, None), position.verdict
        yield TargetChange, (slug, None), position.target
        for move in view.moves.get(slug, ()):  # the last one counts
            if move.says:
                is_named = move.value is None or move.due_on != day
                yield DayChange, (slug, move.says), move.due_on if is_named else None
                if move.value is not None:
                    yield TargetChange, (slug, move.says), move.value
        figure = view.figure(position)
        if figure:
            yield FigureChange, (slug, None), counted(figure.series)
        for other in view.excesses(position):
            if figure is None or other.series.key != figure.series.key:
                yield FigureChange, (slug, other.series.key), counted(other.series)


def counted(series: Any) -> tuple[Any, ...] | None:
    """Return a count's quantity, day and series: another reading may say the same."""
    return (series.value, series.through, series.key) if series else None


def key_of(change: Any) -> tuple[Any, ...]:
    """Return what a difference is about, as rows name it."""
    if isinstance(change, FigureChange):
        return change.subject, None if change.is_figure else change.value.key
    return change.subject, change.party


def values_of(change: Any) -> tuple[Any, Any]:
    """Return both values of a difference, as rows have them."""
    if isinstance(change, FigureChange):
        return counted(change.before), counted(change.after)
    return change.before, change.after


def check_facts(pair: Pair, kind: type[Any]) -> None:
    """Check that the rows before, with the differences, are the rows after."""
    old = rows(pair.before)[kind]
    new = rows(pair.after)[kind]
    patched = dict(old)
    seen = set[tuple[Any, ...]]()
    for change in pair.differences:
        if isinstance(change, kind):
            key = key_of(change)
            was, now = values_of(change)
            assert key not in seen, (pair.seed, key)
            assert (old.get(key), new.get(key)) == (was, now), (pair.seed, key)
            is_repeated = kind is ClaimChange and change.entries  # said again, with a new source
            assert was != now or is_repeated, (pair.seed, key)
            seen.add(key)
            patched.pop(key, None)
            if now is not None:
                patched[key] = now
    assert patched == new, pair.seed


# --- each kind of fact ----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("kind", FACTS)
def test_the_facts_before_with_the_differences_are_the_facts_after(kind: type[Any]) -> None:
    assert every(kind)
    for pair in pairs():
        check_facts(pair, kind)


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(range(30), marks=pytest.mark.slow),
        pytest.param(range(30, 100), marks=pytest.mark.endurance),
    ],
)
def test_histories_differ_by_what_is_said_and_nothing_twice(seeds: range) -> None:
    for seed in seeds:
        for pair in pairs_of(seed, 3):
            for kind in FACTS:
                check_facts(pair, kind)


def notes_of(view: View) -> dict[tuple[Any, ...], list[int]]:
    """Return the notes that count, by all that makes them the same, with their entries."""
    notes = defaultdict[tuple[Any, ...], list[int]](list)
    for entry in view.counting.values():
        if entry.note and entry.kind in (EntryKind.NOTE, EntryKind.STAGE, EntryKind.DEADLINE):
            notes[note_key(entry)].append(entry.entry)
    return notes


def note_key(entry: Entry) -> tuple[Any, ...]:
    return entry.subject, entry.says, entry.effective_on, entry.note, entry.headline


def test_a_note_differs_if_it_is_in_one_state_only_and_its_entry_makes_nothing_else() -> None:
    every(NoteChange)
    for seed, before, after, differences in pairs():
        old = notes_of(before)
        new = notes_of(after)
        told = set[int]()
        for change in differences:
            if isinstance(change, NoteChange):
                assert change.entry is not None
                holding, other = (new, old) if change.after else (old, new)
                assert note_key(change.entry) in holding.keys() - other.keys(), seed
                assert change.value == change.entry.note
            told |= {entry.entry for entry in change.entries}
        for key in new.keys() - old.keys():
            assert told & {*new[key]}, (seed, key)


def test_a_text_differs_if_it_is_kept_in_one_state_only() -> None:
    every(TextChange)
    for seed, before, after, differences in pairs():
        old, new = (
            {text.entry for texts in view.texts.values() for text in texts}
            for view in (before, after)
        )
        texts = [change for change in differences if isinstance(change, TextChange)]
        assert {change.value.entry for change in texts if change.after} == new - old, seed
        assert {change.value.entry for change in texts if change.before} == old - new, seed


def test_a_field_differs_if_two_versions_do_and_of_a_lone_thing_only_its_name() -> None:
    every(FieldChange)
    for seed, before, after, differences in pairs():
        expected = dict[tuple[str, str], tuple[Any, Any]]()
        for what in ThingKind:
            then = before.record.in_force(what)
            now = after.record.in_force(what)
            for thing in {**then, **now}:
                slug = after.record.slugs[thing]
                old, new = (
                    view.record.declares(versions[thing].entry_id) if thing in versions else {}
                    for view, versions in ((before, then), (after, now))
                )
                for name, values in differing(old, new).items():
                    if (old and new) or name in ("name", "title", "label"):
                        expected[slug, name] = values
        fields = [change for change in differences if isinstance(change, FieldChange)]
        found = {(one.subject, one.field): (one.before, one.after) for one in fields}
        assert found == expected, seed
        assert len(fields) == len(expected), seed


# --- how each came about --------------------------------------------------------------------------


def was_public(pair: Pair, entry: Entry) -> bool:
    """Return whether an entry was public by the day of the earlier state, that day included."""
    return pair.after.record.made_public(entry) <= pair.before.clocks.as_of


def was_recorded(pair: Pair, entry: Entry) -> bool:
    return entry.entry <= pair.before.clocks.known


def of_kind(kind: Kind) -> Iterable[tuple[Pair, Any, Any]]:
    """Return the differences that came about in one way, with the entry that decides each."""
    found = [(pair, one) for pair, one in every(*KINDS_OF_FACTS) if one.kind is kind]
    assert found
    return [(pair, one, one.entries[-1] if one.entries else None) for pair, one in found]


def test_what_happened_was_recorded_before_or_became_public_after_the_earlier_day() -> None:
    for pair, _, entry in of_kind(Kind.HAPPENED):
        assert was_recorded(pair, entry) or not was_public(pair, entry), (pair.seed, entry.entry)


def test_what_is_late_was_public_by_the_earlier_day_and_not_recorded() -> None:
    for pair, _, entry in of_kind(Kind.LATE):
        assert was_public(pair, entry), (pair.seed, entry.entry)
        assert not was_recorded(pair, entry), (pair.seed, entry.entry)


def test_what_is_corrected_was_taken_back_replaced_or_left_in_force() -> None:
    for pair, _, entry in of_kind(Kind.CORRECTED):
        before = pair.before
        is_back = entry.entry in before.record.retracted or before.counts(entry)
        replaces = pair.after.record.replaced(entry) in before.record.rows
        assert entry.kind is EntryKind.RETRACTION or is_back or replaces, (pair.seed, entry.entry)


def test_what_is_declared_was_declared_in_between() -> None:
    for pair, change, entry in of_kind(Kind.DECLARED):
        assert entry.kind is EntryKind.DECLARATION, (pair.seed, change.subject)


def test_what_passed_passed_between_the_days_and_no_entry_made_it() -> None:
    for pair, change, entry in of_kind(Kind.PASSED):
        assert entry is None
        if change.was and change.now:
            assert pair.before.clocks.as_of <= change.on.last, (pair.seed, change.subject)
            assert change.on.last <= pair.after.clocks.as_of, (pair.seed, change.subject)


# --- on which side of a day -----------------------------------------------------------------------


@pytest.fixture
def soybeans(tracker: Run) -> Run:
    """The article's book with a delivery of soybeans, of which 4 MMT were counted."""
    delivery = (
        "add deadline soy-2026 --concession soybeans --kind delivery --label Half --due 2026-06"
    )
    tracker(*delivery.split(), "--target", 12, "--unit", "MMT", "--source", "article")
    tracker(*["measure", "soy-2026", "4", "--by", "USDA", "--basis", "sold", "--on", "2026-01-05"])
    return tracker


def kinds_of(tracker: Run, day: str, what: str, *line: str) -> list[str]:
    """Return how what a command line records differs from a day's state that did not hold it."""
    recorded_before = data(tracker, "status")["book"]["entries"]
    ran = tracker("--today", "2026-01-20", *line)
    assert ran.code == 0, ran.err
    point = f"{day}#{recorded_before}"
    found = data(tracker, "--today", "2026-01-20", "diff", point, "2026-01-20")
    return [row["kind"] for row in found["rows"] if row["what"] == what]


@pytest.mark.slow
@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    ("public_on", "kind"),
    [
        pytest.param("2026-01-09", "late", id="the day before"),
        pytest.param("2026-01-10", "late", id="the very day of the earlier state"),
        pytest.param("2026-01-11", "happened", id="the day after"),
    ],
)
@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("status", "log soybeans partly --on 2026-01-07"),
        ("claim", "log soybeans partly --says China --on 2026-01-07"),
        ("day", "move soy-2026 2026-09-30 --on 2026-01-07"),
        ("day", "move soy-2026 2026-09-30 --says China --on 2026-01-07"),
        ("target", "move soy-2026 2026-06 --target 20 --on 2026-01-07"),
        ("outcome", "close china-visit-2026 met --on 2026-01-07"),
        ("figure", "measure soy-2026 5 --by USDA --basis sold --on 2026-01-07"),
        ("note", "note soybeans Ships --on 2026-01-07"),
    ],
)
def test_what_was_public_by_the_day_of_the_earlier_state_that_day_included_is_late(
    soybeans: Run, what: str, line: str, public_on: str, kind: str
) -> None:
    kinds = kinds_of(soybeans, "2026-01-10", what, *line.split(), "--public", public_on)

    assert kinds == [kind]


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    ("on", "kind"),
    [
        pytest.param("2026-01-05", "restated", id="another count of the same day"),
        pytest.param("2026-01-06", "late", id="a later count"),
        pytest.param("2026-01-11", "happened", id="a count of a day after the earlier state"),
    ],
)
def test_another_count_of_the_same_day_restates_a_figure_whenever_it_became_public(
    soybeans: Run, on: str, kind: str
) -> None:
    count = ["measure", "soy-2026", "5", "--by", "USDA", "--basis", "sold", "--on", on]

    assert kinds_of(soybeans, "2026-01-10", "figure", *count) == [kind]


def test_a_comparison_keeps_no_state_in_memory() -> None:
    """A site compares hundreds of weeks, and cycles are collected seldom."""
    with recorded(history(SEEDS[0])) as connection:
        asked = View.read(connection, Clocks(LAST))
    before, after = (View(asked.record, Clocks(day)) for day in (FIRST, LAST))
    kept = weakref.ref(after)
    gc.disable()
    try:
        assert compare(before, after)
        del before, after
        assert kept() is None
    finally:
        gc.enable()
