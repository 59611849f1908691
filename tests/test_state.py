"""What counts at the clocks, in order, and how little of a book has to be read for it."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from tests.conftest import TODAY, Run, book_at, counting, new_book, parties
from tests.histories import DECLARED, recorded
from tests.histories import history as history_of
from tests.recording import Circumstances, Measurement, log, measure, move, note
from tracker import Book, settings
from tracker.database import Connection, Target, open_book
from tracker.database.contents import COLUMNS, touched
from tracker.dates import exactly, parse_period, shifted
from tracker.entry import Entry
from tracker.interchange import applying, union
from tracker.journal.verbs import change
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.reports import REPORTS, View
from tracker.state import Clocks, State
from tracker.vocabulary import Basis, Stage

# --- the order of entries -----------------------------------------------------------------------


def on(day: str, public_on: str | None = None) -> Circumstances:
    """Return that something happened on a day, and when it was made public."""
    public = date.fromisoformat(public_on) if public_on else None
    return Circumstances(parse_period(day), public_on=public)


def numbers(entries: list[Entry]) -> list[int]:
    return [entry.entry for entry in entries]


def test_entries_come_by_their_day_and_those_of_one_day_as_they_were_recorded(
    connection: Connection, writer: Writer
) -> None:
    days = ("2026-01-06", "2026-01-02", "2026-01-06", "2025-12")
    with connection.writing():
        sixth, second, again, december = (
            log(writer, "soybeans", Stage.PARTIAL, on(day)).start for day in days
        )

    state = State.read(connection, Clocks(TODAY))

    assert numbers(state.stages["soybeans"])[-4:] == [december, second, sixth, again]


@pytest.mark.parametrize(
    ("first_public", "second_public", "is_swapped"),
    [
        (None, None, False),
        ("2026-01-07", "2026-01-07", False),
        ("2026-01-07", None, True),
        ("2026-01-08", "2026-01-07", True),
        (None, "2026-01-07", False),
    ],
)
def test_of_two_moves_or_readings_of_one_day_the_one_made_public_later_comes_last(
    busan: Path, first_public: str | None, second_public: str | None, is_swapped: bool
) -> None:
    deadline = "cn-soy-2025-delivery"
    said = [on("2026-01-06", public) for public in (first_public, second_public)]
    with book_at(busan) as connection:
        with connection.writing():
            writer = Writer(connection, "analyst", TODAY, datetime.now(UTC))
            moved = [move(writer, deadline, parse_period("2026-03"), None, one) for one in said]
            eight = Measurement(Decimal(8), "MMT", "USDA", Basis.SOLD)
            counted = [measure(writer, deadline, eight, one) for one in said]
        state = State.read(connection, Clocks(TODAY))

    for found, written in ((state.moves, moved), (state.readings, counted)):
        expected = [one.start for one in written]
        assert [one for one in numbers(found[deadline]) if one in expected] == (
            expected[::-1] if is_swapped else expected
        )


def test_in_an_imported_book_entries_of_one_day_come_as_they_were_first_recorded(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other book's verdict gets the higher number, but was recorded first."""
    now = datetime.now(UTC)
    theirs = Path(copy(book, tmp_path / "theirs.db"))
    verdicts = ((theirs, "chen", "met"), (book, "li", "stalled"))
    for minute, (path, author, stage) in enumerate(verdicts):
        monkeypatch.setattr(settings, "now", lambda later=minute: now + timedelta(minutes=later))
        Book(path, TODAY, author).log("soybeans", stage, on="2026-01-07")
    Book(book, TODAY, "li").import_(theirs)
    with book_at(book) as connection:
        state = State.read(connection, Clocks(date(2026, 3, 2)))

    last, latest = state.verdicts("soybeans")[-2:]
    assert (last.author, latest.author) == ("chen", "li")
    assert last.entry > latest.entry


# --- what is read -------------------------------------------------------------------------------


def answers(record: Record, about: Entry, day: date) -> dict[str, object]:
    """Return what the rules say about what an entry is about."""
    state = State(record, Clocks(day, record.known))
    owner = about.concession or about.agreement
    mine = {one.deadline.slug: one for one in state.owned.get(str(owner), ())}
    return {
        "position": state.positions.get(str(about.concession)),
        "deadlines": mine,
        "figures": {slug: state.figure(one) for slug, one in state.due.items() if slug in mine},
    }


def require_the_same_of_a_part(connection: Connection, entry: int, day: date) -> None:
    """Compare what an entry is about, before and after it, with and without the rest."""
    whole = Record.read(connection)
    part = Record.read(connection, touched(connection, [entry]))
    for known in (entry - 1, entry):
        about = whole.entries[entry]
        assert answers(part.up_to(known), about, day) == answers(whole.up_to(known), about, day)


@pytest.mark.parametrize(
    "seed",
    [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 12))],
)
def test_what_an_entry_touches_says_the_same_of_it_as_the_whole_book(seed: int) -> None:
    with recorded(history_of(seed)) as connection:
        ((last,),) = connection.text("SELECT MAX(id) FROM entry")
        for entry in range(DECLARED + 1, last + 1):
            require_the_same_of_a_part(connection, entry, date(2026, 3, 2))


@pytest.mark.slow
def test_of_a_shipped_book_too_what_an_entry_touches_is_enough(portfolio: Path) -> None:
    with book_at(portfolio) as connection:
        ((last,),) = connection.text("SELECT MAX(id) FROM entry")
        for entry in range(1, last + 1, 23):
            require_the_same_of_a_part(connection, entry, date(2026, 8, 1))


# --- how many statements ------------------------------------------------------------------------

ON = date(2026, 1, 8)
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


def made(path: Path, concessions: int, notes: int = 0, changes: int = 0) -> Path:
    """Make a book of so many concessions, with notes on one and changes of others."""
    seed = path.with_suffix(".toml")
    promises = [PROMISE.format(number=n, month=n % 9 + 1) for n in range(concessions)]
    seed.write_text(HEAD + "".join(promises), "utf-8")
    with new_book(path) as connection:
        writer = Writer(connection, "analyst", ON, datetime(2026, 1, 8, 9, tzinfo=UTC))
        applying.apply(writer, applying.load([seed]))
        for number in range(notes):
            note(writer, "promise-1", f"Call {number}", Circumstances(exactly(ON)))
        for number in range(1, changes + 1):
            change(writer, f"promise-{number}", {"title": f"Pledge {number}"}, "Its own words")
    return path


@pytest.mark.parametrize("size", [(4, 0, 0), (40, 0, 0), (4, 200, 0), (40, 0, 39)])
def test_every_report_reads_each_table_once_however_large_the_book_is(
    tmp_path: Path, size: tuple[int, int, int]
) -> None:
    with closing(open_book(Target("sqlite", str(made(tmp_path / "book.db", *size))))) as opened:
        for report in REPORTS:
            with counting(opened) as statements:
                report.rehearse(View.read(opened, Clocks(ON)))
            assert len(statements) == len(COLUMNS), report.function


STATEMENTS = 25
"""The most statements of a command that records one update, opening and commit included."""
UPDATES: dict[str, Callable[[Book], object]] = {
    "a verdict": lambda book: book.log("soybeans", "partial", on="2026-01-07"),
    "a verdict with a new address": lambda book: book.log(
        "soybeans", "partial", on="2026-01-07", source="https://example.org/new"
    ),
    "a claim with a declared source": lambda book: book.log(
        "soybeans", "partial", says="us", source="article"
    ),
    "a note": lambda book: book.note("busan-2025", "Talks went on"),
    "a move": lambda book: book.move("truce-year", "2027-01-10", says="us"),
    "a check": lambda book: book.checked("soybeans"),
    "two verdicts": lambda book: book.log(["soybeans", "rare-earths"], "partial"),
}


@pytest.mark.parametrize("update", UPDATES)
def test_an_update_reads_what_it_touches_once(
    target: Target, update: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements, read = list[str](), list[object]()
    with closing(open_book(target)) as opened:
        kind = type(opened)
    for method in ("query", "text", "insert"):
        run = getattr(kind, method)

        def counted(*given: Any, run: Any = run, **values: Any) -> Any:
            statements.append(given[1])
            return run(*given, **values)

        monkeypatch.setattr(kind, method, counted)
    reading = Record.read.__func__
    monkeypatch.setattr(
        Record, "read", classmethod(lambda *g, **v: read.append(g) or reading(*g, **v))
    )

    UPDATES[update](Book(target.address, TODAY, "li"))

    assert len(read) == 1
    assert len(statements) <= STATEMENTS, statements


def test_what_was_written_is_known_as_it_is_read_again(
    writer: Writer, busan_template: Path, tmp_path: Path
) -> None:
    """A receipt compares what was read with what was written since, and has not been read."""
    there = copy(busan_template, tmp_path / "there.db")
    book = Book(there, TODAY, "li")
    book.add_party("eu", name="European Union", short="EU")
    book.source_keep(next(iter(book.sources().rows))["key"], b"The text of the deal", seen=TODAY)
    book.amend(book.measure("cn-soy-2026", "8.25").rows[0]["entry"], value="8.50")
    with writer.connection.writing():
        imported = union.unite(union.opened(Target("sqlite", str(there))), writer)
        before, after = writer.names.around_written(imported.entries, whole=True)
        read = Record.read(writer.connection)

    for table, rows in read.tables.items():
        assert [*map(repr, sorted(after.tables[table]))] == [*map(repr, sorted(rows))], table
        assert len(rows) > len(before.tables[table]), table


@pytest.mark.on("sqlite")
def test_what_was_undone_is_worked_out_once(tracker: Run, book: Path) -> None:
    """A week after an import of thousands of rows was undone took a minute."""
    assert tracker("note", "soybeans", "Ships were seen").code == 0
    assert tracker("undo").code == 0
    with book_at(book) as opened:
        record = State.read(opened, Clocks(ON)).record

    assert record.undone == {25}
    assert record.undone is record.undone


# --- one state after another ----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_a_state_that_another_day_was_asked_before_says_what_a_new_one_says(seed: int) -> None:
    """States of several days share the answers whose grounds are the same."""
    with recorded(history_of(seed)) as connection:
        asked = View.read(connection, Clocks(TODAY))
    last = date(2026, 11, 29)
    for ago in (0, 7, 14, 60, 3, 180, 90, 250, 600, 0):
        day = last - timedelta(days=ago)
        shared, fresh = asked.at(day), State(asked.record, Clocks(day))
        assert shared.positions == fresh.positions
        for slug, deadline in fresh.due.items():
            assert shared.figure(shared.due[slug]) == fresh.figure(deadline)
            assert shared.tracks(shared.due[slug]) == fresh.tracks(deadline)


# --- states of other days -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_a_state_of_another_day_is_the_one_that_is_made_afresh(seed: int) -> None:
    """What it takes over from the states of the days before it still holds."""
    with recorded(history_of(seed)) as connection:
        record = Record.read(connection)
        view = View(record, Clocks(date(2027, 1, 1)))
        days = {entry.on for entry in record.updates.values()}
        days |= {shifted(entry.on, 1) for entry in record.updates.values()}
        backward = sorted(days, reverse=True)
        for day in (*backward, *backward[::-1]):
            near = view.at(day)
            fresh = State(record, Clocks(day))
            assert near.due == fresh.due
            assert near.positions == fresh.positions
            for slug, position in fresh.due.items():
                assert near.figure(near.due[slug]) == fresh.figure(position)


def test_a_figure_is_made_again_where_only_its_window_moved(tracker: Run, target: Target) -> None:
    """A limit whose first day is supplied counts what was read before it was."""
    framework = Path(__file__).parent / "reports" / "eu-us.toml"
    for words in (
        ("apply", framework),
        ("measure", "cars-ceiling", 27.5, "--by", "CBP", "--basis", "level", "--on", "2025-08-25"),
        ("move", "cars-ceiling", "2025-08-01", "--on", "2025-08-28"),
    ):
        assert tracker("--today", "2026-03-01", *words).code == 0
    with closing(open_book(target)) as connection:
        view = View.read(connection, Clocks(date(2026, 3, 1)))

    for day, counts in ((28, True), (27, False), (28, True)):
        near = view.at(date(2025, 8, day))
        figure = near.figure(near.due["cars-ceiling"])
        assert (figure is not None) is counts, day


def test_a_figure_is_made_again_where_only_its_target_moved(busan: Path) -> None:
    """The counts are the same, and reach a lower target."""
    with book_at(busan) as connection:
        with connection.writing():
            writer = Writer(connection, "analyst", date(2026, 12, 2), datetime.now(UTC))
            year_end = parse_period("2026-12-31")
            move(writer, "cn-soy-2026-delivery", year_end, Decimal(10), on("2026-09-10"))
        view = View.read(connection, Clocks(date(2026, 12, 2)))

    reached = []
    for day in (date(2026, 9, 9), date(2026, 9, 10)):
        near = view.at(day)
        figure = near.figure(near.due["cn-soy-2026-delivery"])
        assert figure is not None
        reached.append(figure.reached_on is not None)
    assert reached == [False, True]
