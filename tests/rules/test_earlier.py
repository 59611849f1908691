"""What 0.3 read otherwise, and the moves that keep it; tried on 300 random books of 0.3 itself."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from tests.rules.making import (
    CEILING,
    CN_US,
    MEETING,
    TRUCE,
    TWELVE_MMT,
    WAITING,
    day,
    delivery,
    everyone,
    expiry,
    limit,
    move,
    moves,
    row,
    sides,
    some_moves,
)
from tracker.entry import Entry
from tracker.rules.deadlines import Sides, moved
from tracker.rules.earlier import keeping
from tracker.things import Deadline

PROMISED_ON = date(2025, 10, 30)
CUT = delivery("2026-06-30", "15", base=Decimal("27.5"), unit="%")


def kept(deadline: Deadline, where: Sides, words: str) -> str:
    found = keeping(deadline, moves(words), where, PROMISED_ON)
    assert all(move.says is None for move in found)
    return ", ".join(f"{move.due_on} {move.value or ''}".strip() for move in found)


@pytest.mark.parametrize(
    ("deadline", "where", "words", "keep"),
    [
        row("nobody spoke", TWELVE_MMT, CN_US, "", ""),
        row("our own", TWELVE_MMT, CN_US, "- 2026-02-28 10", ""),
        row("a receiver's later delivery", TWELVE_MMT, CN_US, "us 2026-02-28", "2026-02-28"),
        row("a receiver's earlier delivery", TWELVE_MMT, CN_US, "us 2025-12-15", ""),
        row("a giver's earlier delivery", TWELVE_MMT, CN_US, "cn 2025-12-15", "2025-12-15"),
        row("a giver's later delivery", TWELVE_MMT, CN_US, "cn 2026-02-28", ""),
        row("a third party's", TWELVE_MMT, CN_US, "jp 2026-02-28", ""),
        row("said again", TWELVE_MMT, CN_US, "us 2026-02-28, us 2026-02-28", "2026-02-28"),
        row("said twice", TWELVE_MMT, CN_US, "us 2026-02-28, us 2026-03-31",
            "2026-02-28, 2026-03-31"),
        row("and then by both", TWELVE_MMT, CN_US, "us 2026-02-28, cn 2026-02-28", "2026-02-28"),
        row("and then moved by us", TWELVE_MMT, CN_US, "us 2026-02-28, - 2026-03-31",
            "2026-02-28"),
        row("a giver's later end", expiry(), CN_US, "cn 2027-11-10", "2027-11-10"),
        row("a receiver's earlier end", expiry(), CN_US, "us 2026-06-30", "2026-06-30"),
        row("a limit for longer", limit(), CN_US, "cn 2026-12-31", "2026-12-31"),
        row("a meeting", MEETING, CN_US, "us 2026-09", ""),
        row("an agreement's own end", TRUCE, everyone(), "us 2027-01-10", ""),
        row("one of two receivers", TWELVE_MMT, sides("cn", "us jp"), "us 2026-02-28", ""),
        row("a bloc of receivers", TWELVE_MMT, sides("cn", "de fr"), "eu 2026-02-28",
            "2026-02-28"),
        row("a bloc that a member outranks", TWELVE_MMT, sides("cn", "de"),
            "de 2025-12-31, eu 2026-02-28", ""),
        row("a receiver's lower target", TWELVE_MMT, CN_US, "us 2025-12-31 10", "2025-12-31 10"),
        row("a giver's lower target", TWELVE_MMT, CN_US, "cn 2025-12-31 10", ""),
        row("a giver's deeper cut", CUT, CN_US, "cn 2026-06-30 10", "2026-06-30 10"),
        row("a receiver's higher limit", limit(), CN_US, "us 2026-06-30 20", "2026-06-30 20"),
        row("both at once", TWELVE_MMT, CN_US, "us 2026-02-28 10", "2026-02-28 10"),
        row("a giver's higher target, then its day", TWELVE_MMT, CN_US,
            "cn 2026-02-28 25, us 2026-02-28 25", "2025-12-31 25, 2026-02-28"),
        row("a target agreed on with different days", TWELVE_MMT, sides("cn", "us jp"),
            "cn 2026-02-28 10, us 2025-12-31 10", "2025-12-31 10"),
        row("the whole of it agreed on", TWELVE_MMT, sides("cn", "us jp"),
            "cn 2026-02-28 10, us 2026-02-28 10", ""),
        row("an awaited day", WAITING, CN_US, "us 2026-03-31", ""),
        row("a target that still awaits its day", WAITING._replace(target=Decimal(12)), CN_US,
            "us 2026-03-31 10", "None 10"),
        row("a limit without a last day", CEILING._replace(due_on=None), CN_US, "us 2026-06-30 20",
            "None 20"),
    ],
)  # fmt: skip
def test_what_cost_its_speaker_is_kept_by_a_move_of_our_own(
    deadline: Deadline, where: Sides, words: str, keep: str
) -> None:
    assert kept(deadline, where, words) == keep


def test_words_before_the_promise_moved_nothing_then_either() -> None:
    word = move(1, "us", "2026-02-28", day("2025-10-29"))

    assert keeping(TWELVE_MMT, [word], CN_US, PROMISED_ON) == []


def test_words_of_one_day_are_kept_by_one_move_after_the_last_of_them() -> None:
    words = [
        move(1, "us", "2026-02-28", day("2025-12-03"))._replace(source=("argus",)),
        move(2, "us", "2026-03-31", day("2025-12-03"))._replace(source=("bloomberg",)),
    ]

    (keep,) = keeping(TWELVE_MMT, words, CN_US, PROMISED_ON)

    assert (str(keep.due_on), keep.on, keep.source) == (
        "2026-03-31", day("2025-12-03"), ("bloomberg",)
    )  # fmt: skip


@given(some_moves())
def test_with_the_moves_that_keep_it_nothing_is_read_otherwise(words: list[Entry]) -> None:
    found = keeping(TWELVE_MMT, words, CN_US, PROMISED_ON)
    every = sorted([*words, *found], key=lambda word: word.on)

    assert keeping(TWELVE_MMT, every, CN_US, PROMISED_ON) == []
    if found and every[-1] is found[-1]:
        assert moved(TWELVE_MMT, every, CN_US, PROMISED_ON).aim.due_on == found[-1].due_on
