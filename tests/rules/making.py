"""Short builders for the facts that the rules judge: a table of tests reads as lines of words.

A day is an ISO day. A word on a status is `us kept 7`, on the seventh of January 2026; a word on a
day is `us 2026-02-28`, with a restated target `us 2026-02-28 10`. `-` is our own word; commas
separate words.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from hypothesis import strategies as st

from tests.rules import entries
from tests.rules.entries import in_order
from tracker.dates import parse_period
from tracker.entry import Entry
from tracker.rules.deadlines import DeadlinePosition, Side, Sides, judge, moved, side_of
from tracker.things import Concession, Deadline
from tracker.vocabulary import (
    Basis,
    Bound,
    ConcessionKind,
    DeadlineKind,
    Instrument,
    Outcome,
    Status,
)

PART_OF = {"de": "eu", "fr": "eu", "no": "efta", "sa": "gcc", "gcc": "opec"}
"""Two states of one bloc, one of another, and a state in a bloc that is part of a wider one."""
FIRST_WORD = date(2025, 12, 1)
winter_days = st.dates(date(2025, 11, 1), date(2026, 4, 30))


def row(name: str, *values: Any) -> ParameterSet:
    """Return a row of a test's table, with an id that says what it shows."""
    return pytest.param(*values, id=name)


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- parties and promises -----------------------------------------------------------------------


def side(parties: str, part_of: Mapping[str, str | None] = PART_OF) -> Side:
    return side_of(parties.split(), part_of)


def sides(givers: str = "cn", receivers: str = "us") -> Sides:
    return Sides(side(givers), side(receivers))


def everyone(parties: str = "us cn") -> Sides:
    """Return the sides of an agreement's own deadline: its parties on both."""
    return sides(parties, parties)


def concession(slug: str = "soybeans", **fields: Any) -> Concession:
    made = Concession(
        slug=slug,
        agreement="busan",
        title="Buy US soybeans",
        giver=("cn",),
        receiver=("us",),
        sector="agriculture",
        kind=ConcessionKind.PURCHASE,
        instrument=Instrument.STATEMENT,
        test="Chinese buyers buy US soybeans again.",
        source="fact-sheet",
        locator="paragraph 13",
    )
    return made._replace(**fields)


def _words(lines: str) -> list[str]:
    return lines.split(", ") if lines else []


# --- words on a status --------------------------------------------------------------------------


def stating(entry: int, says: str | None, status: Status, on: int | str) -> Entry:
    """Return a word on a status; a number is a day of January 2026."""
    when = on if isinstance(on, str) else f"2026-01-{on:02}"
    return entries.stating(entry, says, status, parse_period(when))


def said(lines: str) -> list[Entry]:
    """Read words on a status, numbered in their order: `us kept 7, cn kept 2026-11-15`."""
    made = []
    for entry, line in enumerate(_words(lines), 1):
        says, status, on = line.split()
        when = on if "-" in on else int(on)
        speaker = None if says == "-" else says
        made.append(stating(entry, speaker, Status(status), when))
    return in_order(made)


# --- deadlines ----------------------------------------------------------------------------------


def delivery(
    due_on: str | None = "2025-12-31", target: str | None = "12", **fields: Any
) -> Deadline:
    made = Deadline(
        slug="soybeans-2025",
        agreement="busan",
        concession="soybeans",
        kind=DeadlineKind.DELIVERY,
        label="12 MMT of soybeans",
        opens_on=None,
        due_on=parse_period(due_on) if due_on else None,
        target=Decimal(target) if target else None,
        unit="MMT" if target else None,
        source="fact-sheet",
    )
    return made._replace(**fields)


def limit(due_on: str | None = "2026-06-30", target: str = "15", **fields: Any) -> Deadline:
    named = {"slug": "tariff-ceiling", "label": "No duty above 15 %", "unit": "%"}
    return delivery(due_on, target, bound=Bound.AT_MOST, **{**named, **fields})


def dated(kind: DeadlineKind, due_on: str, **fields: Any) -> Deadline:
    """Return a deadline of a concession at which nothing is delivered."""
    named = {"slug": f"soybeans-{kind}", "label": f"A {kind}", **fields}
    return delivery(due_on, None, kind=kind, **named)


def expiry(due_on: str = "2026-11-10", slug: str = "waiver-end", **fields: Any) -> Deadline:
    return dated(DeadlineKind.EXPIRY, due_on, slug=slug, **fields)


def truce_end(due_on: str = "2026-11-10", slug: str = "truce-end", **fields: Any) -> Deadline:
    """Return the expiry of the agreement itself."""
    return expiry(due_on, slug, concession=None, **fields)


def move(
    entry: int, says: str | None, due_on: str, announced_on: date, target: str | None = None
) -> Entry:
    restated = Decimal(target) if target else None
    return entries.move(entry, says, parse_period(due_on), announced_on, restated)


def moves(lines: str) -> list[Entry]:
    """Read words on a day, announced on one day of December 2025 after the other."""
    made = []
    for entry, line in enumerate(_words(lines), 1):
        says, due_on, *target = line.split()
        speaker = None if says == "-" else says
        announced_on = FIRST_WORD + timedelta(days=entry - 1)
        made.append(move(entry, speaker, due_on, announced_on, *target))
    return made


@st.composite
def some_moves(draw: st.DrawFn) -> list[Entry]:
    """Draw words of us, of both sides and of a third party, some with a restated target."""
    numbers = draw(st.lists(st.integers(1, 99), unique=True, max_size=5))
    speakers = st.sampled_from([None, "us", "cn", "jp"])
    targets = st.sampled_from([None, "10", "25"])
    return in_order(
        move(
            number,
            draw(speakers),
            draw(winter_days).isoformat(),
            draw(winter_days),
            draw(targets),
        )
        for number in numbers
    )


def closing(outcome: Outcome, on: str) -> Entry:
    return entries.closing(100, outcome, parse_period(on))


def judged(
    deadline: Deadline,
    as_of: str = "2026-01-08",
    words: Sequence[Entry] = (),
    closed: Entry | None = None,
    where: Sides | None = None,
    promised_on: str = "2025-10-30",
) -> DeadlinePosition:
    said = moved(deadline, words, where or sides(), day(promised_on))
    return judge(deadline, said, closed, day(as_of))


def days_said(position: DeadlinePosition) -> str:
    return ", ".join(f"{one.party} {one.due_on}" for one in position.said)


# --- readings -----------------------------------------------------------------------------------


def readings(
    counted_by: str, *lines: str, basis: Basis = Basis.SOLD, unit: str = "MMT", **fields: Any
) -> list[Entry]:
    """Read what one counter counted: `2026-01-06 4`, in the order of recording."""
    made = []
    for entry, line in enumerate(lines, 1):
        on, value = line.split()
        held = {"unit": unit, "flow": False, **fields}
        made.append(entries.reading(entry, counted_by, basis, Decimal(value), day(on), **held))
    return in_order(made)


# --- what several tests judge -------------------------------------------------------------------

TWELVE_MMT = delivery(opens_on=day("2025-11-01"))
WAITING = delivery(None, awaits="once China lifts its tariff")
WAITING_CEILING = limit(awaits="once the EU has proposed its law")
TRUCE = truce_end()
CEILING = limit("2026-11-10")
REVIEW = dated(DeadlineKind.REVIEW, "2026-06-30")
MEETING = dated(DeadlineKind.MEETING, "2026-06-30")
CN_US = sides("cn", "us")
