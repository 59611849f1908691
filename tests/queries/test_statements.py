from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import parties
from tests.recording import Circumstances, Measurement, measure, note
from tracker import schema
from tracker.database import Connection, Target, creating, open_book, statements
from tracker.dates import exactly, week_of
from tracker.facts import LATEST, Clocks
from tracker.interchange import applying
from tracker.journal.declaring import change
from tracker.journal.writer import Writer
from tracker.reports import (
    View,
    bulletin,
    claims,
    deadlines,
    gains,
    history,
    reliability,
    show,
    sources,
    status,
)
from tracker.vocabulary import Basis, Command, Grouping, Role

ON = date(2026, 1, 8)
NAMES = sorted(path.stem for path in statements.FOLDER.glob("*.sql"))
REPORTS = {
    "status": status.status,
    "week": lambda view: bulletin.bulletin(view, week_of(ON)),
    "gains": gains.gains,
    "gains since": lambda view: gains.gains(view, Role.GIVER, date(2026, 1, 6)),
    "show": lambda view: show.show(view, "promise-1"),
    "history": lambda view: history.history(view, everything=True),
    "history of one": lambda view: history.history(view, "promise-1"),
    "deadlines": deadlines.deadlines,
    "claims": claims.claims,
    "reliability": lambda view: reliability.reliability(view, Grouping.GIVER),
    "sources": sources.sources,
}


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("merged", [False, True])
def test_a_statement_fits_the_migrated_schema(connection: Connection, merged: bool) -> None:
    for name in NAMES:
        sql = statements.statement(name, "sqlite", merged=merged)
        parameters = dict.fromkeys(statements.PARAMETER.findall(sql))

        assert connection.driver.execute(f"EXPLAIN {sql}", parameters).fetchall(), name


def test_a_statement_is_one_and_takes_its_parameters_in_both_dialects() -> None:
    for name in NAMES:
        sqlite, postgresql = (statements.statement(name, to) for to in ("sqlite", "postgresql"))

        assert ";" not in sqlite
        assert "--" not in sqlite
        assert not statements.PARAMETER.search(postgresql)
        assert len(statements.PARAMETER.findall(sqlite)) == postgresql.count("%("), name


def test_a_book_of_its_own_entries_asks_for_no_order_but_that_of_their_numbers() -> None:
    """Reports on other books take no longer for it."""
    whole = [statements.statement(name, "sqlite") for name in NAMES]

    ordered = [sql for sql in whole if "origin_at" in sql and "INSERT" not in sql]
    assert [sql for sql in ordered if "ORDER BY v.effective_on DESC" in sql] == []
    assert "v.effective_on DESC, v.id DESC" in statements.statement("verdicts", "sqlite")


HEAD = (
    """
[agreement]
slug = "busan-truce"
title = "US–China trade truce"
agreed_on = "2025-10-30"
source = "sheet"

"""
    + parties("us", "cn")
    + """[[source]]
key = "sheet"
publisher = "White House"
title = "Fact sheet"
"""
)
PROMISE = """
[[concession]]
slug = "promise-{number}"
title = "Promise {number}"
giver = "cn"
receiver = "us"
sector = "agriculture"
kind = "purchase"
instrument = "statement"
test = "It is kept."
source = "sheet"

[[concession.deadline]]
slug = "promise-{number}-due"
kind = "delivery"
label = "Due"
due_on = "2026-0{month}"
source = "sheet"

[[entry]]
on = "2026-01-06"
concession = "promise-{number}"
stage = "started"
source = "sheet"

[[entry]]
on = "2026-01-07"
concession = "promise-{number}"
stage = "met"
says = "us"
"""


def make(path: Path, concessions: int, notes: int = 0, changes: int = 0) -> Path:
    seed = path.with_suffix(".toml")
    promises = [
        PROMISE.format(number=number, month=number % 9 + 1) for number in range(concessions)
    ]
    seed.write_text(HEAD + "".join(promises), "utf-8")
    now = datetime(2026, 1, 8, 9, tzinfo=UTC)
    with creating(Target("sqlite", str(path))) as connection:
        schema.upgrade(connection)
        with connection.writing():
            writer = Writer(connection, "analyst", ON, now)
            applying.apply(writer, applying.load([seed]))
            for number in range(notes):
                note(writer, "promise-1", f"Call {number}", Circumstances(exactly(ON)))
            for number in range(1, changes + 1):
                change(writer, f"promise-{number}", {"title": f"Pledge {number}"}, "Its own words")
    return path


def statements_run(book: Path) -> dict[str, int]:
    """Return how many statements each report runs, and that each shows something."""
    counts = {}
    opened = open_book(Target("sqlite", str(book)))
    for name, report in REPORTS.items():
        before = opened.executed
        assert report(View.read(opened, Clocks(ON))).rows
        counts[name] = opened.executed - before
    opened.close()
    return counts


def test_a_report_runs_as_many_statements_on_a_large_book_as_on_a_small_one(
    tmp_path: Path,
) -> None:
    small = statements_run(make(tmp_path / "small.db", concessions=4))
    wide = statements_run(make(tmp_path / "wide.db", concessions=40))
    long = statements_run(make(tmp_path / "long.db", concessions=4, notes=500))

    assert small == wide == long
    assert max(small.values()) <= 24


def counted(path: Path, readings: int) -> Path:
    """Make a book in which two count towards one deadline, so many times each."""
    book = Target("sqlite", str(make(path, concessions=1)))
    with closing(open_book(book)) as connection, connection.writing():
        writer = Writer(connection, "analyst", ON, datetime(2026, 1, 8, 9, tzinfo=UTC))
        with writer.batch(Command.MEASURE):
            for number in range(1, readings + 1):
                for by in ("customs", "USDA"):
                    reading = Measurement(Decimal(number), "MMT", by, Basis.SOLD)
                    on = exactly(ON - timedelta(number))
                    measure(writer, "promise-0-due", reading, Circumstances(on))
    return path


def steps(book: Path, name: str, **parameters: object) -> int:
    """Return how many steps SQLite takes for a statement that finds both who count."""
    with closing(open_book(Target("sqlite", str(book)))) as connection:
        taken = count(1)
        connection.driver.set_progress_handler(lambda: next(taken) and None, 1)
        assert len(connection.rows(name, known=LATEST, **parameters)) == 2
    return next(taken)


def test_who_counted_is_found_without_a_look_at_all_that_they_counted(tmp_path: Path) -> None:
    few, many = counted(tmp_path / "few.db", 3), counted(tmp_path / "many.db", 300)
    of_latest = {"scope": None, "as_of": ON, "public_by": None, "since": date.min}
    with closing(open_book(Target("sqlite", str(few)))) as connection:
        (deadline,) = (row[0] for row in connection.text("SELECT thing_id FROM deadline"))

    assert steps(many, "readings", **of_latest) < 1.1 * steps(few, "readings", **of_latest)
    towards = {"deadline_id": deadline}
    assert steps(many, "counters", **towards) < 1.1 * steps(few, "counters", **towards)


def test_a_report_runs_as_many_statements_however_much_of_what_is_declared_was_changed(
    tmp_path: Path,
) -> None:
    one = statements_run(make(tmp_path / "one.db", concessions=40, changes=1))
    many = statements_run(make(tmp_path / "many.db", concessions=40, changes=39))

    assert one == many
    assert max(one.values()) <= 33


@pytest.mark.on("sqlite")
def test_a_week_finds_what_is_late_by_its_index(connection: Connection) -> None:
    plan = connection.driver.execute(
        f"EXPLAIN QUERY PLAN {statements.statement('late', 'sqlite')}",
        dict.fromkeys(("known", "from_at", "until_at", "before", "end"), ""),
    ).fetchall()

    assert any("ix_batch_recorded_at (recorded_at>?" in row[3] for row in plan)
    assert not any("SCAN e" in row[3] for row in plan)
