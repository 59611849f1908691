"""A report on one agreement reads no more than it needs, and says the same as from all of it."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.conftest import book_at
from tests.histories import history, recorded
from tracker import Book
from tracker.database import Connection
from tracker.errors import TrackerError
from tracker.record import OnlyAPart, Record
from tracker.reports import REPORTS
from tracker.settings import FORMATS
from tracker.tables import Surface, content

DAY = date(2026, 3, 2)
ADDRESS = "https://example.org/list"

Question = tuple[str, Sequence[object], dict[str, Any]]
"""A report's method, and what it is given."""


def questions(record: Record, day: date, chance: random.Random) -> list[Question]:
    """Return every report on a book, with filters and clocks, and about things of each kind."""
    month_before = (day - timedelta(days=30)).isoformat()
    words: dict[str, tuple[str, ...]] = {"diff": (month_before,)}
    asked: list[Question] = [
        (command, words.get(command, ()), {})
        for command in dict.fromkeys(report.command for report in REPORTS)
        if command != "show"
    ]
    number = chance.choice([*record.rows])
    asked += [
        ("week", (), {"known_by": number}),
        ("status", (), {"as_of": f"#{number}"}),
        ("status", (), {"giver": "us", "known_by": "yesterday"}),
        ("gains", (), {"since": month_before, "hindsight": True}),
        ("history", (), {"everything": True}),
        ("check", (), {"stale": 5}),
        ("diff", (f"#{number}",), {}),
    ]
    slugs = [*record.subjects, *record.sources, "new", "promise"]
    for slug in chance.sample(slugs, min(8, len(slugs))):
        asked += [(command, (slug,), {}) for command in ("show", "history", "deadlines")]
    return [*asked, ("show", (str(number),), {})]


def answer(book: Book, question: Question, agreement: str, formats: Sequence[str]) -> list[object]:
    """Return what a report on an agreement prints in some formats, or why it is refused."""
    method, words, options = question
    try:
        report = getattr(book, method)(*words, agreement=agreement, **options).report
    except TrackerError as error:
        return [type(error), str(error)]
    return [
        content(report, name, Surface())
        for name in formats
        if name != "ics" or method == "deadlines"
    ]


def require_the_same(connection: Connection, day: date, seed: int, formats: Sequence[str]) -> int:
    """Compare the reports on each agreement from a part of the book and from all of it.

    Return how many of them were answered from a part.
    """
    record = Record.read(connection)
    book = Book(connection.target.address, day, "li")
    book._kept = connection
    parts = 0
    for agreement in [*record.agreements, "truce"]:
        for question in questions(record, day, random.Random(seed)):
            with patch.object(Record, "read", side_effect=OnlyAPart):
                try:
                    part = answer(book, question, agreement, formats)
                except OnlyAPart:
                    continue  # it is answered from the whole book
            with patch.object(Record, "of_agreement", side_effect=OnlyAPart):
                whole = answer(book, question, agreement, formats)
            assert part == whole, (agreement, question)
            parts += 1
    return parts


@pytest.mark.parametrize(
    ("seed", "formats"),
    [
        (0, ("text", "json")),
        *(pytest.param(seed, FORMATS, marks=pytest.mark.slow) for seed in range(1, 4)),
        *(pytest.param(seed, FORMATS, marks=pytest.mark.endurance) for seed in range(4, 13)),
    ],
)
def test_of_a_random_book_a_part_is_enough(seed: int, formats: Sequence[str]) -> None:
    with recorded(history(seed)) as connection:
        cite_by_address(connection)
        assert require_the_same(connection, DAY, seed, formats) > 30


def cite_by_address(connection: Connection) -> None:
    """Log on each concession, with the address of a source that another agreement may rest on."""
    record = Record.read(connection)
    book = Book(connection.target.address, DAY, "li")
    book._kept = connection
    book.add_source("elsewhere", title="A list", publisher="USTR", url=ADDRESS)
    for slug in record.concessions:
        book.log(slug, "started", source=ADDRESS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 7))]
)
def test_of_a_book_that_met_another_a_part_is_enough(seed: int) -> None:
    with recorded(history(seed)) as connection, recorded(history(seed + 50)) as other:
        book = Book(connection.target.address, DAY, "li")
        book._kept = connection
        book.import_(other.target.path)
        assert require_the_same(connection, DAY, seed, ("text", "json")) > 30


@pytest.mark.slow
def test_of_a_shipped_book_a_part_is_enough(portfolio: Path) -> None:
    with book_at(portfolio) as connection:
        assert require_the_same(connection, date(2026, 8, 1), 1, ("text", "json", "html")) > 60
