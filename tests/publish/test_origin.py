import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, Run
from tracker.database import Target, open_book
from tracker.facts import LATEST, Clocks
from tracker.publish import origin as exported
from tracker.publish.origin import origin, program
from tracker.reports import View

DAY = date(2026, 1, 8)


def of(
    book: Path,
    day: date = DAY,
    known: int = LATEST,
    agreement: str | None = None,
    today: date = DAY,
) -> str:
    connection = open_book(Target("sqlite", str(book)))
    found = origin(View(connection, Clocks(day, known, today=today), agreement), "")
    connection.close()
    return found


def test_of_the_same_book_at_the_same_clocks_comes_the_same(book: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(book, tmp_path / "copy.db"))

    assert of(book) == of(copy) == of(book, known=24)


def test_days_agreements_and_states_are_told_apart(tracker: Run, book: Path) -> None:
    assert tracker("apply", EXAMPLES / "phase-one.toml", db=book).code == 0
    before = [
        of(book),
        of(book, date(2026, 1, 9)),
        of(book, known=24),
        of(book, agreement="busan-2025"),
        of(book, agreement="phase-one"),
    ]
    assert tracker("log", "soybeans", "partial").code == 0

    assert len({*before, of(book)}) == len(before) + 1


def test_a_site_of_a_day_ahead_is_another_one_once_that_day_has_come(book: Path) -> None:
    assert of(book, today=date(2026, 1, 7)) != of(book)
    assert of(book) == of(book, today=date(2026, 1, 9))


def test_programs_are_told_apart_by_their_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "tracker" / "publish" / "origin.py"
    module.parent.mkdir(parents=True)
    monkeypatch.setattr(exported, "__file__", str(module))
    found = []
    for name in ("origin.py", "origin.py", "page.css", "book.sql", "notes"):
        (module.parent / name).write_text(f"{len(found)}", "utf-8")
        found.append(program.__wrapped__())

    assert len({*found}) == 4
    assert found[-1] == found[-2]
