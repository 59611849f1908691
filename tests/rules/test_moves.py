from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from tests.rules.making import (
    CEILING,
    CN_US,
    MEETING,
    REVIEW,
    TRUCE,
    TWELVE_MMT,
    WAITING,
    WAITING_CEILING,
    day,
    days_said,
    delivery,
    everyone,
    expiry,
    judged,
    move,
    moves,
    row,
    sides,
    some_moves,
    winter_days,
)
from tracker.entry import Entry
from tracker.rules.deadlines import NOBODY, Sides
from tracker.things import Deadline
from tracker.vocabulary import DeadlineVerdict

WAIVER = expiry()
CUT = delivery("2026-06-30", "15", base=Decimal("27.5"), unit="%")
OWN_DELIVERY = delivery(concession=None)

MEMBERS_RECEIVE = sides("cn", "de fr")
MEMBERS_GIVE = sides("de fr", "cn")
CEASEFIRE = sides("government rebels", "government rebels")


# --- who moves a day ----------------------------------------------------------------------------

LATER, EARLIER = "2027-02-28", "2025-12-15"


@pytest.mark.parametrize(
    ("deadline", "where"),
    [
        row("a delivery", TWELVE_MMT, CN_US),
        row("an expiry", WAIVER, CN_US),
        row("a limit's last day", CEILING, CN_US),
        row("a cut", CUT, CN_US),
        row("a review", REVIEW, CN_US),
        row("a meeting", MEETING, CN_US),
        row("an agreement's own expiry", TRUCE, everyone()),
        row("an agreement's own delivery", OWN_DELIVERY, everyone()),
        row("an agreement's own limit", CEILING._replace(concession=None), everyone()),
        row("an agreement's own, of members", OWN_DELIVERY, everyone("de fr")),
        row("an agreement's own, of one party", OWN_DELIVERY, everyone("us")),
        row("a promise by one party to itself", TWELVE_MMT, sides("us", "us")),
        row("a ceasefire", WAIVER, CEASEFIRE),
        row("a bloc on both sides", TWELVE_MMT, sides("de", "fr")),
        row("no parties", TWELVE_MMT, NOBODY),
    ],
)
def test_nobody_moves_anything_alone_whatever_it_costs(deadline: Deadline, where: Sides) -> None:
    for party in ("us", "cn", "government", "rebels", "eu"):
        for on in (LATER, EARLIER):
            for target in ("10", "14") if deadline.target else ("",):
                words = f"{party} {on} {target}".strip()
                found = judged(deadline, words=moves(words), where=where)
                assert (found.due_on, found.target) == (deadline.due_on, deadline.target), words
                assert days_said(found) == f"{party} {on}"
                assert [one.moves_it for one in found.moves] == [False]


@pytest.mark.parametrize("deadline", [WAITING, WAITING_CEILING])
def test_nobody_supplies_an_awaited_day_alone(deadline: Deadline) -> None:
    for words in ("us 2027-02-28", "cn 2025-12-15"):
        found = judged(deadline, words=moves(words))
        assert (found.verdict, days_said(found)) == (DeadlineVerdict.WAITING, words)


@pytest.mark.parametrize(
    ("deadline", "where", "words", "due_on", "said"),
    [
        row("nobody spoke", TWELVE_MMT, CN_US, "", "2025-12-31", ""),
        row("a third party", TWELVE_MMT, CN_US, "jp 2026-02-28", "2025-12-31",
            "jp 2026-02-28"),
        row("our own", TWELVE_MMT, CN_US, "- 2026-02-28", "2026-02-28", ""),
        row("our own back", TWELVE_MMT, CN_US, "- 2026-02, - 2025-12-31", "2025-12-31", ""),
        row("ours outranks a later word that does not count", TWELVE_MMT, CN_US,
            "- 2026-01-31, cn 2026-02-28", "2026-01-31", "cn 2026-02-28"),
        row("a receiver's later day after ours", TWELVE_MMT, CN_US, "- 2026-01-31, us 2026-02-28",
            "2026-01-31", "us 2026-02-28"),
        row("a giver's later and then earlier day", TWELVE_MMT, CN_US,
            "cn 2026-02-28, cn 2025-12-15", "2025-12-31", "cn 2025-12-15"),
        row("later than the first day and earlier than the present", TWELVE_MMT, CN_US,
            "us 2026-02-28, cn 2026-01-31", "2025-12-31", "us 2026-02-28, cn 2026-01-31"),
        row("the same day said again", TWELVE_MMT, CN_US, "us 2025-12-31, cn 2025-12-31",
            "2025-12-31", ""),
        row("a month's last day is its day", TWELVE_MMT, CN_US, "us 2025-12", "2025-12-31", ""),
        row("a month and its last day", MEETING, CN_US, "us 2026-09, cn 2026-09-30", "2026-09-30",
            ""),
        row("both name a meeting", MEETING, CN_US, "us 2026-09, cn 2026-09", "2026-09", ""),
        row("one names it twice", MEETING, CN_US, "us 2026-09, us 2026-09", "2026-06-30",
            "us 2026-09"),
        row("both name different ones", MEETING, CN_US, "us 2026-09, cn 2026-10", "2026-06-30",
            "us 2026-09, cn 2026-10"),
        row("one comes round", MEETING, CN_US, "us 2026-09, cn 2026-10, us 2026-10", "2026-10", ""),
        row("one differs later", MEETING, CN_US, "us 2026-09, cn 2026-09, us 2026-10", "2026-09",
            "us 2026-10"),
        row("our move clears earlier words", MEETING, CN_US, "us 2026-09, - 2026-08, cn 2026-09",
            "2026-08", "cn 2026-09"),
        row("both after our move", MEETING, CN_US, "- 2026-08, us 2026-09, cn 2026-09", "2026-09",
            ""),
        row("the truce by the US", TRUCE, everyone(), "us 2027-01-10", "2026-11-10",
            "us 2027-01-10"),
        row("the truce by China", TRUCE, everyone(), "cn 2027-01-10", "2026-11-10",
            "cn 2027-01-10"),
        row("the truce by both", TRUCE, everyone(), "us 2027-01-10, cn 2027-01-10", "2027-01-10",
            ""),
        row("the truce stays when China later differs", TRUCE, everyone(),
            "us 2027-01-10, cn 2027-01-10, cn 2026-11-10", "2027-01-10", "cn 2026-11-10"),
        row("and when the US then says the same again", TRUCE, everyone(),
            "us 2027-01-10, cn 2027-01-10, cn 2026-11-10, us 2027-01-10", "2027-01-10",
            "cn 2026-11-10"),
        row("and moves when the US follows", TRUCE, everyone(),
            "us 2027-01-10, cn 2027-01-10, cn 2026-11-10, us 2026-11-10", "2026-11-10", ""),
        row("the truce of three by two of them", TRUCE, everyone("us cn jp"),
            "us 2027-01-10, cn 2027-01-10", "2027-01-10", ""),
        row("the truce of three while the third names another", TRUCE, everyone("us cn jp"),
            "jp 2027-03-31, us 2027-01-10, cn 2027-01-10", "2026-11-10",
            "jp 2027-03-31, us 2027-01-10, cn 2027-01-10"),
        row("the truce of members by their bloc alone", TRUCE, everyone("de fr"), "eu 2027-01-10",
            "2026-11-10", "eu 2027-01-10"),
        row("the truce of members and China by their bloc and China", TRUCE, everyone("de fr cn"),
            "eu 2027-01-10, cn 2027-01-10", "2027-01-10", ""),
        row("an agreement's own delivery, later by the US", OWN_DELIVERY, everyone(),
            "us 2026-02-28", "2025-12-31", "us 2026-02-28"),
        row("an agreement's own delivery, earlier by China", OWN_DELIVERY, everyone(),
            "cn 2025-12-15", "2025-12-31", "cn 2025-12-15"),
        row("an agreement's own delivery by both", OWN_DELIVERY, everyone(),
            "cn 2025-12-15, us 2025-12-15", "2025-12-15", ""),
        row("a giver prolongs", WAIVER, CN_US, "cn 2027-11-10", "2026-11-10", "cn 2027-11-10"),
        row("a receiver ends early", WAIVER, CN_US, "us 2026-06-30", "2026-11-10", "us 2026-06-30"),
        row("a ceasefire by both", WAIVER, CEASEFIRE, "rebels 2027-01-10, government 2027-01-10",
            "2027-01-10", ""),
        row("one of two receivers", TWELVE_MMT, sides("cn", "us jp"), "us 2026-02-28",
            "2025-12-31", "us 2026-02-28"),
        row("both receivers", TWELVE_MMT, sides("cn", "us jp"),
            "us 2026-02-28, jp 2026-02-28", "2025-12-31", "us 2026-02-28, jp 2026-02-28"),
        row("one of two receivers, and the giver", TWELVE_MMT, sides("cn", "us jp"),
            "us 2026-02-28, cn 2026-02-28", "2026-02-28", ""),
        row("the giver and a receiver against the other", TWELVE_MMT, sides("cn", "us jp"),
            "us 2026-02-28, jp 2026-03-31, cn 2026-02-28", "2025-12-31",
            "us 2026-02-28, jp 2026-03-31, cn 2026-02-28"),
        row("one of two givers", TWELVE_MMT, sides("cn ru", "us"), "ru 2025-12-15",
            "2025-12-31", "ru 2025-12-15"),
        row("the one receiver of two givers", TWELVE_MMT, sides("cn ru", "us"),
            "us 2026-02-28", "2025-12-31", "us 2026-02-28"),
        row("two givers, of whom one differs", TWELVE_MMT, sides("cn ru", "us"),
            "cn 2026-02-28, ru 2026-06-30, us 2026-06-30", "2025-12-31",
            "cn 2026-02-28, ru 2026-06-30, us 2026-06-30"),
        row("a member of receivers", TWELVE_MMT, MEMBERS_RECEIVE, "de 2026-02", "2025-12-31",
            "de 2026-02"),
        row("a bloc of receivers", TWELVE_MMT, MEMBERS_RECEIVE, "eu 2026-02", "2025-12-31",
            "eu 2026-02"),
        row("a bloc of receivers, earlier", TWELVE_MMT, MEMBERS_RECEIVE, "eu 2025-11",
            "2025-12-31", "eu 2025-11"),
        row("a member of givers", TWELVE_MMT, MEMBERS_GIVE, "de 2025-11", "2025-12-31",
            "de 2025-11"),
        row("a bloc of givers", TWELVE_MMT, MEMBERS_GIVE, "eu 2025-11", "2025-12-31", "eu 2025-11"),
        row("a member prolongs", WAIVER, MEMBERS_GIVE, "fr 2027", "2026-11-10", "fr 2027"),
        row("a bloc prolongs", WAIVER, MEMBERS_GIVE, "eu 2027", "2026-11-10", "eu 2027"),
        row("a member for a bloc", TWELVE_MMT, sides("cn", "eu"), "de 2026-02", "2025-12-31",
            "de 2026-02"),
        row("a bloc of some receivers", TWELVE_MMT, sides("cn", "de us"), "eu 2026-02",
            "2025-12-31", "eu 2026-02"),
        row("a member's word outranks its bloc's", REVIEW, sides("cn", "de"),
            "de 2026-10, eu 2026-09, cn 2026-09", "2026-06-30",
            "de 2026-10, eu 2026-09, cn 2026-09"),
        row("a member's word agrees while its bloc's differs", REVIEW, sides("cn", "de"),
            "de 2026-10, eu 2026-09, cn 2026-10", "2026-10", "eu 2026-09"),
        row("a bloc's word that a member's outranks takes nothing back", REVIEW,
            sides("cn", "de"), "de 2026-10, cn 2026-10, eu 2026-09", "2026-10", "eu 2026-09"),
        row("nor does it agree with the other side", REVIEW, sides("cn", "de"),
            "de 2026-10, cn 2026-09, eu 2026-09", "2026-06-30",
            "de 2026-10, cn 2026-09, eu 2026-09"),
        row("nor move alone, of a receiver", TWELVE_MMT, sides("cn", "de"),
            "de 2025-12-31, eu 2026-02-28", "2025-12-31", "eu 2026-02-28"),
        row("nor move alone, of receivers who all spoke", TWELVE_MMT, MEMBERS_RECEIVE,
            "de 2025-12-31, fr 2025-12-31, eu 2026-02-28", "2025-12-31", "eu 2026-02-28"),
        row("nor move alone, of a giver", TWELVE_MMT, sides("de", "cn"),
            "de 2025-12-31, eu 2025-11-30", "2025-12-31", "eu 2025-11-30"),
        row("a bloc speaks for the member that has not", TWELVE_MMT,
            MEMBERS_RECEIVE, "cn 2026-02-28, de 2025-12-31, eu 2026-02-28", "2025-12-31",
            "cn 2026-02-28, eu 2026-02-28"),
        row("and moves it with that of the giver", TWELVE_MMT,
            MEMBERS_RECEIVE, "cn 2026-02-28, de 2026-02-28, eu 2026-02-28", "2026-02-28", ""),
        row("what a delivery awaits, by us", WAITING, CN_US, "- 2026-03-31", "2026-03-31", ""),
        row("what a delivery awaits, by both", WAITING, CN_US, "cn 2026-03-31, us 2026-03-31",
            "2026-03-31", ""),
        row("by one of them", WAITING, CN_US, "us 2026-03-31", None, "us 2026-03-31"),
    ],
)  # fmt: skip
def test_a_day_moves_by_our_word_or_once_both_sides_name_it(
    deadline: Deadline, where: Sides, words: str, due_on: str | None, said: str
) -> None:
    found = judged(deadline, words=moves(words), where=where)
    assert (str(found.due_on) if found.due_on else None, days_said(found)) == (due_on, said)


def test_each_word_is_told_with_whether_it_changed_anything() -> None:
    words = moves("us 2027-01-10, cn 2027-01-10, us 2027-01-10, cn 2026-11-10, - 2027-03-31")
    found = judged(TRUCE, words=words, where=everyone())
    assert [one.move for one in found.moves] == words
    assert [one.moves_it for one in found.moves] == [False, True, False, False, True]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("us 2027-01-10, cn 2027-01-10", "us cn"),
        ("us 2027-01-10, cn 2027-01-10, eu 2027-01-10", "us cn eu"),
        ("eu 2027-01-10, us 2027-01-10, cn 2027-01-10, eu 2027-03-31", "us cn"),
        ("eu 2027-01-10, us 2027-01-10, - 2027-01-10", ""),
        ("- 2027-01-10, us 2027-01-10", ""),
        ("- 2027-01-10, us 2027-03-31, cn 2027-03-31", "us cn"),
        ("us 2027-01-10", ""),
    ],
)
def test_a_day_is_moved_by_all_who_last_named_it_even_after_it_moved(
    words: str, names: str
) -> None:
    found = judged(TRUCE, words=moves(words), where=everyone("us cn eu"))
    assert found.moved_by == tuple(names.split())


@pytest.mark.parametrize(
    ("announced_on", "due_on"), [("2025-10-29", "2025-12-31"), ("2025-10-30", "2026-02-28")]
)
def test_words_dated_before_the_promise_move_nothing(announced_on: str, due_on: str) -> None:
    words = [move(1, by, "2026-02-28", day(announced_on)) for by in ("us", "cn")]
    found = judged(TWELVE_MMT, words=words, promised_on="2025-10-30")
    assert (str(found.due_on), days_said(found)) == (due_on, "")


def test_words_dated_before_the_promise_do_not_add_up_with_later_ones() -> None:
    words = [
        move(1, "us", "2026-09", day("2025-10-01")),
        move(2, "cn", "2026-09", day("2025-12-01")),
    ]
    assert judged(MEETING, words=words).due_on == MEETING.due_on


def test_our_own_move_counts_even_before_the_promise() -> None:
    word = move(1, None, "2026-02-28", day("2025-10-01"))
    assert str(judged(TWELVE_MMT, words=[word]).due_on) == "2026-02-28"


@given(some_moves(), winter_days)
def test_a_day_that_nobody_on_a_side_named_stays(words: list[Entry], as_of: date) -> None:
    others = [one for one in words if one.says == "jp"]
    found = judged(TWELVE_MMT, as_of.isoformat(), others)
    assert (found.due_on, found.target) == (TWELVE_MMT.due_on, Decimal(12))
    assert {one.party for one in found.said} <= {"jp"}


@given(some_moves(), winter_days)
def test_what_is_said_beside_a_day_or_target_is_never_what_holds(
    words: list[Entry], as_of: date
) -> None:
    found = judged(TWELVE_MMT, as_of.isoformat(), words)
    for one in found.said:
        held = found.due_on.last if found.due_on else None
        assert one.due_on.last != held or one.target not in (None, found.target)


@given(some_moves(), winter_days)
def test_our_last_move_clears_what_was_said_before(words: list[Entry], as_of: date) -> None:
    ours = move(1, None, "2026-06-30", date(2026, 6, 1), "11")
    found = judged(TWELVE_MMT, as_of.isoformat(), [*words, ours])
    assert (str(found.due_on), found.target, found.said) == ("2026-06-30", Decimal(11), ())


# --- who restates a target ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "words", "due_on", "target", "said"),
    [
        row("no target named", CN_US, "us 2026-02, cn 2026-02", "2026-02", "12", ""),
        row("our own", CN_US, "- 2026-02 25", "2026-02", "25", ""),
        row("ours without a target", CN_US, "- 2026-02 25, - 2026-03", "2026-03", "25", ""),
        row("later but more, by the giver", CN_US, "cn 2026-08-31 25", "2025-12-31", "12",
            "cn 2026-08-31 25"),
        row("later but more, by the receiver", CN_US, "us 2026-08-31 25", "2025-12-31", "12",
            "us 2026-08-31 25"),
        row("later but more, by both", CN_US, "us 2026-08-31 25, cn 2026-08-31 25", "2026-08-31",
            "25", ""),
        row("the same day with another target", CN_US, "us 2026-02-28, cn 2026-02-28 10",
            "2025-12-31", "12", "us 2026-02-28 None, cn 2026-02-28 10"),
        row("the same target with another day", CN_US, "us 2026-02-28 10, cn 2025-12-31 10",
            "2025-12-31", "12", "us 2026-02-28 10, cn 2025-12-31 10"),
        row("what is left out is as it was", CN_US, "us 2026-02-28 12, cn 2026-02-28",
            "2026-02-28", "12", ""),
        row("what is left out is as it was when it was said", CN_US,
            "us 2026-02-28, - 2025-12-31 10, us 2026-02-28, cn 2026-02-28 12", "2025-12-31", "10",
            "us 2026-02-28 None, cn 2026-02-28 12"),
        row("the same target", CN_US, "us 2025-12-31 12", "2025-12-31", "12", ""),
        row("less and then more by who pays", CN_US, "us 2025-12-31 10, cn 2025-12-31 11",
            "2025-12-31", "12", "us 2025-12-31 10, cn 2025-12-31 11"),
        row("one of two receivers", sides("cn", "us jp"), "us 2025-12-31 10", "2025-12-31",
            "12", "us 2025-12-31 10"),
        row("one of two receivers, and the giver", sides("cn", "us jp"),
            "us 2025-12-31 10, cn 2025-12-31 10", "2025-12-31", "10", ""),
        row("it stays when one later differs", sides("cn", "us jp"),
            "us 2025-12-31 10, cn 2025-12-31 10, us 2025-12-31 9", "2025-12-31", "10",
            "us 2025-12-31 9"),
        row("the other receiver names another", sides("cn", "us jp"),
            "jp 2025-12-31 11, us 2025-12-31 10, cn 2025-12-31 10", "2025-12-31", "12",
            "jp 2025-12-31 11, us 2025-12-31 10, cn 2025-12-31 10"),
        row("a bloc of receivers", MEMBERS_RECEIVE, "eu 2025-12-31 10", "2025-12-31", "12",
            "eu 2025-12-31 10"),
        row("and the giver", MEMBERS_RECEIVE, "eu 2025-12-31 10, cn 2025-12-31 10", "2025-12-31",
            "10", ""),
        row("a bloc's target that a member's outranks takes nothing back", sides("cn", "de"),
            "de 2025-12-31 10, cn 2025-12-31 10, eu 2025-12-31 20", "2025-12-31", "10",
            "eu 2025-12-31 20"),
        row("nor does it agree with the other side", sides("cn", "de fr"),
            "de 2025-12-31 11, fr 2025-12-31 11, cn 2025-12-31 10, eu 2025-12-31 10", "2025-12-31",
            "12", "de 2025-12-31 11, fr 2025-12-31 11, cn 2025-12-31 10, eu 2025-12-31 10"),
        row("nor move alone", sides("cn", "de"), "de 2025-12-31 12, eu 2025-12-31 10",
            "2025-12-31", "12", "eu 2025-12-31 10"),
        row("a promise to oneself", CEASEFIRE, "rebels 2025-12-31 10", "2025-12-31", "12",
            "rebels 2025-12-31 10"),
        row("an agreement's own, by one", everyone(), "us 2025-12-31 10", "2025-12-31", "12",
            "us 2025-12-31 10"),
        row("an agreement's own, more by China", everyone(), "cn 2025-12-31 14", "2025-12-31",
            "12", "cn 2025-12-31 14"),
        row("an agreement's own, by both", everyone(), "us 2025-12-31 10, cn 2025-12-31 10",
            "2025-12-31", "10", ""),
        row("our move clears earlier targets", sides("cn", "us jp"),
            "us 2025-12-31 10, - 2025-12-31, cn 2025-12-31 10", "2025-12-31", "12",
            "cn 2025-12-31 10"),
    ],
)  # fmt: skip
def test_a_restated_target_follows_the_rule_of_the_day(
    where: Sides, words: str, due_on: str, target: str, said: str
) -> None:
    found = judged(TWELVE_MMT, words=moves(words), where=where)
    assert (str(found.due_on), found.target, found.unit) == (due_on, Decimal(target), "MMT")
    assert ", ".join(f"{one.party} {one.due_on} {one.target}" for one in found.said) == said


def test_a_base_is_part_of_what_both_sides_name() -> None:
    us, cn = moves("us 2026-06-30 12, cn 2026-06-30 12")
    cn_from_20 = cn._replace(base=Decimal(20))
    held = judged(CUT, words=[us, cn_from_20])
    assert (held.target, held.base) == (Decimal(15), Decimal("27.5"))
    moved = judged(CUT, words=[us._replace(base=Decimal(20)), cn_from_20])
    assert (moved.target, moved.base) == (Decimal(12), Decimal(20))
