"""A concession in a few sentences, as its page begins."""

from contextlib import closing
from datetime import date
from pathlib import Path

from tracker.database import Target, open_book
from tracker.facts import Clocks
from tracker.publish.summary import in_sentences
from tracker.reports import View


def summary(book: Path, day: date, slug: str) -> str:
    with closing(open_book(Target("sqlite", str(book)))) as connection:
        view = View(connection, Clocks(day))
        return in_sentences(view, view.concessions[slug])


def test_what_is_being_negotiated_is_not_called_promised(busan: Path) -> None:
    told = summary(busan, date(2026, 11, 26), "cn-30-for-30")

    assert told.startswith(
        "This concession (tariff, all goods) by China to the US was put forward on 20 May and is"
        " being negotiated. Its stage, as of 27 Sep, is negotiating: talks go on; nothing is"
    )


def test_a_kind_that_says_nothing_is_left_out(busan: Path) -> None:
    told = summary(busan, date(2026, 1, 20), "cn-hanwha-suspend")

    assert told.startswith("China promised the US this concession (maritime) on 1 November 2025.")
