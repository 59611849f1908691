from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Run
from tracker.database import Connection, Target, open_book
from tracker.facts import Clocks
from tracker.publish.whole import Whole
from tracker.reports import View
from tracker.reports.versions import versions

DAY = date(2026, 3, 22)
DAYS = [date(2025, 10, 1), date(2025, 11, 10), date(2025, 12, 31), DAY]


@pytest.fixture
def opened(tracker: Run, busan: Path) -> Iterator[Connection]:
    """A book in which something was changed and undone."""
    for command in (
        ("change", "cn-soy-2025", "--title", "Buy soybeans", "--reason", "Misread"),
        ("log", "cn-soy-2025", "partial", "--on", "2026-03-01"),
        ("undo",),
    ):
        assert tracker("--today", DAY, *command, db=busan).code == 0
    connection = open_book(Target("sqlite", str(busan)))
    yield connection
    connection.close()


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("agreement", [None, "busan-truce"])
def test_a_whole_view_finds_what_a_view_finds_in_one_statement(
    opened: Connection, agreement: str | None, declared: bool
) -> None:
    view = View(opened, Clocks(DAY), agreement)
    whole = Whole.of(view)
    subjects = [None, *view.concessions]
    expected = [view.history(slug, declared=declared) for slug in subjects]
    _ = whole.concessions, whole.journal
    before = opened.executed

    assert [whole.history(slug, declared=declared) for slug in subjects] == expected
    assert opened.executed == before


def test_a_whole_view_finds_the_journal_from_a_day_on(opened: Connection) -> None:
    view = View(opened, Clocks(DAY))

    for since in DAYS:
        assert Whole.of(view).history(since=since) == view.history(since=since)
        of_one = view.history("cn-soy-2025", since)
        assert Whole.of(view).history("cn-soy-2025", since) == of_one


def test_a_whole_view_of_an_earlier_day_finds_what_had_happened_by_then(
    opened: Connection,
) -> None:
    view = View(opened, Clocks(DAY))
    whole = Whole.of(view)

    for day in DAYS:
        earlier = whole.at(day)
        assert earlier.history(declared=True) == view.at(day).history(declared=True)
        assert earlier.history("cn-soy-2025") == view.at(day).history("cn-soy-2025")


def test_a_deadline_and_an_agreement_have_their_history_too(opened: Connection) -> None:
    view = View(opened, Clocks(DAY))

    for slug in ("busan-truce", "cn-soy-2025-delivery"):
        assert Whole.of(view).history(slug) == view.history(slug) != []


def test_a_whole_view_knows_the_versions_of_each_concession(opened: Connection) -> None:
    view = View(opened, Clocks(DAY))
    whole = Whole.of(view)

    found = {slug: versions(view, slug) for slug in view.concessions}

    assert {slug: [*own] for slug, own in whole.versions.items()} == found
    assert len(whole.versions["cn-soy-2025"]) == 2
