"""Values that a hand put into a book: a report shows them, or says that the book is damaged."""

import os
from pathlib import Path
from random import Random

import psycopg
import pytest

from tests.conftest import Ran, Run
from tests.faults.edits import REPORTS, edited, edits_of, made
from tests.faults.test_fuzz import fault, in_process
from tests.refusals import forge
from tests.server import Server
from tracker.database import Connection
from tracker.journal.consistency import Declaring, version_in_force
from tracker.journal.verbs import declare
from tracker.journal.writer import Writer
from tracker.vocabulary import Command, ThingKind


def call(words: list[str]) -> Ran:
    return in_process(words, Path(os.devnull))


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A book with every kind of row, in the folder at hand."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_DB", "book.db")
    made(call)
    return Path("book.db").read_bytes()


def wrongly_ended(report: str) -> str | None:
    """Return how a report of a damaged book ended if it neither succeeded nor named the damage."""
    ran = call(report.split())
    if fault(report.split(), ran) is None:
        return None
    return f"{report}: {ran.code} {ran.err[:200]}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "seed"),
    [(6, 1), *(pytest.param(500, seed, marks=pytest.mark.endurance) for seed in range(4))],
)
def test_no_value_that_a_hand_wrote_ends_a_report_as_a_bug(
    whole: bytes, count: int, seed: int
) -> None:
    book = Path("book.db")
    wrong = []
    for statement in edits_of(book, count, seed):
        book.write_bytes(whole)
        if edited(book, statement):
            wrong += [(statement, end) for report in REPORTS if (end := wrongly_ended(report))]

    assert wrong == []


@pytest.mark.slow
@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE entry SET stage = 'us' WHERE stage = 'partial'",
        "UPDATE entry SET flow = 'us' WHERE kind = 'reading'",
        "UPDATE batch SET author = x'6279'",
        "UPDATE batch SET seal = 9999999999 WHERE id = (SELECT max(id) FROM batch)",
        "UPDATE party SET name = x'6279' WHERE short = 'US'",
        "UPDATE source_text SET words = 'many'",
    ],
)
def test_a_value_of_another_kind_is_damage_in_every_report(edit: str) -> None:
    assert edited(Path("book.db"), edit)

    ended = {report: call(report.split()) for report in REPORTS}
    check = call(["db", "check"])

    assert {ran.code for ran in ended.values()} == {7}, ended
    assert all("book.db is damaged: " in ran.err for ran in ended.values())
    assert (check.code, "digests: " in check.out) == (1, True)


@pytest.mark.slow
def test_a_title_on_two_lines_is_damage_though_its_digest_fits(
    tracker: Run, connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        fields = version_in_force(writer, ThingKind.AGREEMENT, "busan-2025") or {}
        titled = Declaring(
            ThingKind.AGREEMENT, "busan-2025", {**fields, "title": "Truce\nof Busan"}
        )
        declare(writer, Command.CHANGE, [titled], "Reworded")

    calendar = tracker("deadlines", "-f", "ics")
    check = tracker("db", "check")

    assert (calendar.code, "A bug" in calendar.err) == (7, False)
    assert "the chain breaks at entry 25: what it declares is not valid" in calendar.err
    assert "the chain breaks at entry 25: what it declares is not valid" in check.out


@pytest.mark.slow
@pytest.mark.usefixtures("whole")
def test_a_forged_moment_that_is_on_no_day_of_the_writer_s_calendar_is_refused() -> None:
    call(["export", "book.jsonl"])
    late = {"recorded_at": "9999-12-31T23:59:59.999999Z", "utc_offset": 60}
    forge(Path("book.jsonl"), "batch", lambda words: words.update(late))

    ran = call(["--db", "forged.db", "init", "book.jsonl"])

    assert ran.code == 5
    assert "its batch has a moment on no day of the calendar" in ran.err
    assert not Path("forged.db").exists()


# --- on a server, whose columns have types ------------------------------------------------------

TYPED = {
    "text": ("'us'", "''", "E'a\\nb'"),
    "character varying": ("'us'", "''", "E'a\\nb'", "E'\\u202e'"),
    "integer": ("-1", "0", "2147483647"),
    "bigint": ("-1", "0", "2147483647"),
    "numeric": ("'NaN'", "'Infinity'", "-1", "1e200", "0"),
    "date": ("'infinity'", "'-infinity'", "'0044-03-15 BC'", "'9999-12-31'", "'0001-01-01'"),
    "timestamp with time zone": ("'infinity'", "'-infinity'", "'9999-12-31 23:59:59+00'"),
    "boolean": ("NULL", "TRUE"),
    "bytea": ("''", "'\\x00'"),
}
"""The values that the owner can write into a column, by its type."""
UNGUARDED = """
DO $$
DECLARE made record;
BEGIN
    FOR made IN SELECT conrelid::regclass AS held_in, conname FROM pg_constraint
        WHERE contype IN ('c', 'f') AND connamespace = current_schema()::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', made.held_in, made.conname);
    END LOOP;
    FOR made IN SELECT oid::regclass AS held_in FROM pg_class
        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER ALL', made.held_in);
    END LOOP;
END $$
"""
COLUMNS = """
SELECT table_name, column_name, data_type FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
    AND table_name <> 'alembic_version'
ORDER BY table_name, column_name
"""


@pytest.mark.slow
@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize(
    "count",
    [pytest.param(8, marks=pytest.mark.slow), pytest.param(200, marks=pytest.mark.endurance)],
)
def test_no_value_that_an_owner_wrote_on_a_server_ends_a_report_as_a_bug(
    server: Server, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    call(["export", "book.jsonl"])
    template = server.create()
    assert call(["--db", server.url(template), "init", "book.jsonl"]).code == 0
    with psycopg.connect(server.url(template), autocommit=True) as owner:
        owner.execute(UNGUARDED)
        columns = owner.execute(COLUMNS).fetchall()
    edits = [
        f"UPDATE {table} SET {column} = {value} WHERE {column} IS NOT NULL"
        f" AND ctid = (SELECT max(ctid) FROM {table} WHERE {column} IS NOT NULL)"
        for table, column, kind in columns
        for value in TYPED[kind]
    ]
    wrong = []
    for statement in Random(count).sample(edits, min(count, len(edits))):
        name = server.create(template)
        monkeypatch.setenv("TRACKER_DB", server.url(name))
        with psycopg.connect(server.url(name), autocommit=True) as owner:
            try:
                owner.execute(statement.encode())
            except psycopg.errors.IntegrityError:
                continue
        wrong += [(statement, end) for report in REPORTS if (end := wrongly_ended(report))]
        server.drop(name)

    assert wrong == []
