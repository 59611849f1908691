"""What the rules say of the shipped books on every Sunday, as tried before they were made."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import book_at, make_book
from tracker.reports.gains import gains
from tracker.reports.pace import pace
from tracker.reports.status import day_in_words, status_in_brief
from tracker.reports.view import View
from tracker.reports.wording import figure_in_words
from tracker.state import Clocks

LAST = date(2026, 12, 6)
SOY = "cn-soy-2025"


@pytest.fixture(scope="module")
def truce(busan_template: Path) -> View:
    """The truce's shipped book."""
    with book_at(busan_template) as connection:
        return View.read(connection, Clocks(LAST))


SUNDAYS = {
    ("article", "negotiating"): {"tiktok": (62, "2025-10-05")},
    ("busan-truce", "negotiating"): {
        "cn-30-for-30": (29, "2026-05-24"),
        "us-30-for-30": (29, "2026-05-24"),
    },
    ("busan-truce", "stalled"): {"us-h20-licences": (58, "2025-11-02")},
    ("busan-truce", "missed"): {SOY: (19, "2026-03-08")},
    ("busan-truce", "unknown"): {
        **dict.fromkeys(
            ("cn-24pct-suspend", "cn-entity-lists", "cn-hanwha-suspend", "cn-port-fees-suspend",
             "cn-ree-oct9-suspend", "us-301-exclusions", "us-affiliates-rule",
             "us-port-fees-suspend"),
            (4, "2026-11-15"),
        ),
        "cn-gagesb-ban-suspend": (2, "2026-11-29"),
    },
    ("us-eu", "stalled"): dict.fromkeys(
        ("eu-farm-access", "eu-industrial-zero", "eu-lobster"), (9, "2026-01-25")
    ),
    ("us-korea", "stalled"): {"us-kr-plan": (2, "2025-12-21")},
    ("us-korea", "missed"): {"us-kr-plan": (49, "2026-01-04")},
    **{(book, status): {} for book in ("us-eu", "us-japan", "us-korea", "busan-truce", "article")
       for status in ("broken",)},
}  # fmt: skip
"""How many Sundays a promise of a shipped book has one of the finer statuses, and the first."""


@pytest.mark.slow
def test_the_finer_statuses_are_those_that_were_tried(tmp_path: Path) -> None:
    found: dict[tuple[str, str], dict[str, tuple[int, str]]] = {key: {} for key in SUNDAYS}
    for book in {book for book, _ in SUNDAYS}:
        with book_at(make_book(tmp_path / f"{book}.db", book)) as connection:
            state = View.read(connection, Clocks(LAST))
        day = date(2025, 11, 2) if book == "busan-truce" else date(2025, 9, 7)
        while day <= LAST:
            for slug, position in state.at(day).positions.items():
                of_status = found.get((book, position.status.value))
                if of_status is not None:
                    many, first = of_status.get(slug, (0, str(day)))
                    of_status[slug] = (many + 1, first)
            day += timedelta(days=7)

    assert found == SUNDAYS


@pytest.mark.parametrize(
    ("day", "status", "figure", "settled"),
    [
        ("2025-12-07", "started", "19% of 12 MMT sold (USDA flash sales, 4 Dec)", ""),
        ("2026-01-04", "started", "19% of 12 MMT sold (USDA, 20 Nov 2025)", ""),
        ("2026-01-11", "partly", "56% of 12 MMT sold (USDA, 1 Jan)", ""),
        ("2026-02-22", "partly", "86% of 12 MMT sold (USDA, 12 Feb)", ""),
        ("2026-03-08", "missed", "88% of 12 MMT sold (USDA, 26 Feb)", ""),
        ("2026-07-12", "missed", "99% of 12 MMT sold (USDA, 2 Jul)", ""),
        ("2026-07-19", "kept", "101% of 12 MMT sold (USDA, 9 Jul)", "131 days late"),
        ("2026-11-29", "kept", "102% of 12 MMT sold (USDA, 27 Aug)", "131 days late"),
    ],
)
def test_the_soybean_case_line_by_line(
    truce: View, day: str, status: str, figure: str, settled: str
) -> None:
    view = truce.at(date.fromisoformat(day))
    (target,) = view.measured[SOY]
    words = figure_in_words(view, target).replace("\N{NO-BREAK SPACE}", " ")
    late = day_in_words(view, SOY).partition(", ")[2]

    assert (status_in_brief(view, SOY), words, late) == (status, figure, settled)
    first = target.late_days_first
    assert first == (190 if settled else None)


def test_what_was_counted_by_the_days_due_is_in_pace_alone(truce: View) -> None:
    view = truce.at(date(2026, 7, 19))
    (counted,) = [row for row in pace(view, SOY).document["rows"] if row.is_figure]

    of_target = [round(100 * value / 12) for value in (counted.by_due, counted.by_first_due)]
    assert of_target == [88, 52]


def test_a_count_for_next_year_is_that_of_the_named_counter(truce: View) -> None:
    view = truce.at(date(2026, 11, 29))
    (target,) = view.measured["cn-soy-2026"]

    assert figure_in_words(view, target).startswith("53% of 25")


ORDER = ("kept", "in_force", "partly", "started", "promised", "negotiating", "stalled", "unknown",
         "missed", "overtaken")  # fmt: skip


@pytest.mark.parametrize(
    ("day", "to_us", "to_china"),
    [
        ("2025-11-30", "1 6 1 3 10 0 0 0 0 0", "0 5 0 1 0 0 1 0 0 0"),
        ("2026-02-28", "2 6 2 5 6 0 0 0 0 0", "0 5 0 1 0 0 1 0 0 2"),
        ("2026-05-31", "2 6 1 5 17 1 0 0 1 0", "0 5 0 1 2 1 1 0 0 2"),
        ("2026-09-30", "4 6 2 4 21 1 0 0 0 0", "1 5 1 0 4 1 1 0 0 2"),
        ("2026-11-30", "4 1 1 4 21 1 0 6 0 0", "1 2 1 0 4 1 1 3 0 2"),
    ],
)
def test_gains_of_the_truce_are_those_that_were_tried(
    truce: View, day: str, to_us: str, to_china: str
) -> None:
    """On 30 November 2025 one promise of the seed has been said to have started later since."""
    rows = gains(truce.at(date.fromisoformat(day))).document["rows"]
    counts = {row.group: row.counts._asdict() for row in rows}

    for party, expected in (("us", to_us), ("cn", to_china)):
        assert [counts[party][status] for status in ORDER] == [*map(int, expected.split())]
        assert counts[party]["broken"] == 0
