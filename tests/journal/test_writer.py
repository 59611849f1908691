from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import TODAY, Run
from tests.recording import Circumstances, log, note
from tests.refusals import code_of, raises
from tracker import settings
from tracker.database import Connection, Target, open_book
from tracker.dates import exactly
from tracker.entry import unwritten
from tracker.journal.batch import keyed
from tracker.journal.verbs import checked
from tracker.journal.writer import Writer
from tracker.vocabulary import Command, EntryKind, Stage

ON = exactly(TODAY)


def columns(connection: Connection, names: str, above: int = 24) -> list[tuple[object, ...]]:
    return connection.text(f"SELECT {names} FROM entry WHERE id > {above} ORDER BY id")


def test_entries_count_from_1_without_gaps(connection: Connection, writer: Writer) -> None:
    for day in range(5):
        with connection.writing():
            note(
                writer,
                "tiktok",
                "Still no word",
                Circumstances(exactly(TODAY - timedelta(days=day))),
            )

    assert [number for (number,) in columns(connection, "id", 0)] == list(range(1, 30))


def test_a_refused_command_leaves_no_gap(connection: Connection, writer: Writer) -> None:
    drafts = [
        unwritten(EntryKind.NOTE, "tiktok", ON, note="Approval pending", key=bytes(16)),
        unwritten(EntryKind.NOTE, "tik-tok", ON, note="Approval pending", key=bytes(16)),
    ]
    with raises("no such thing"), connection.writing():
        writer.append(Command.NOTE, drafts)
    with connection.writing():
        written = checked(writer, ["tiktok"])

    assert written == range(25, 26)
    assert columns(connection, "id, kind, batch") == [(25, "check", 2)]
    assert connection.text("SELECT id, first_entry FROM batch") == [(1, 1), (2, 25)]


def test_entries_of_one_command_that_say_the_same_are_counted(
    connection: Connection, writer: Writer
) -> None:
    same = keyed(unwritten(EntryKind.NOTE, "tiktok", ON, note="Approval pending"))
    with connection.writing():
        writer.append(Command.NOTE, [same, same])

    assert columns(connection, "id, nth") == [(25, 1), (26, 2)]


def test_a_refused_declaration_leaves_no_thing(connection: Connection, writer: Writer) -> None:
    eu = {"what": "party", "name": "European Union", "short": "EU"}
    drafts = [
        unwritten(EntryKind.DECLARATION, "eu", ON, declares=eu, key=bytes(16)),
        unwritten(EntryKind.NOTE, "tik-tok", ON, note="Approval pending", key=bytes(16)),
    ]
    with raises("no such thing"), connection.writing():
        writer.append(Command.APPLY, drafts)

    assert connection.text("SELECT COUNT(*) FROM thing WHERE slug = 'eu'") == [(0,)]
    assert connection.text("SELECT COUNT(*) FROM party") == [(2,)]


def test_the_entries_of_one_command_are_one_batch(connection: Connection, writer: Writer) -> None:
    with connection.writing():
        first = checked(writer, ["soybeans", "tiktok"])
    with connection.writing():
        second = checked(writer, ["rare-earths"])

    assert (first, second) == (range(25, 27), range(27, 28))
    assert columns(connection, "id, batch") == [(25, 2), (26, 2), (27, 3)]
    query = "SELECT id, command, author, first_entry FROM batch WHERE id > 1 ORDER BY id"
    assert connection.text(query) == [(2, "checked", "analyst", 25), (3, "checked", "analyst", 27)]


@pytest.mark.on("sqlite")
def test_the_moment_of_recording_never_goes_back_even_if_the_clock_does(
    connection: Connection,
) -> None:
    noon = datetime(2036, 1, 8, 12, tzinfo=UTC)
    for now in (noon, noon - timedelta(hours=3), noon + timedelta(minutes=1)):
        with connection.writing():
            checked(Writer(connection, "analyst", TODAY, now), ["tiktok"])

    moments = [f"2036-01-08T12:0{minute}:00.000000Z" for minute in (0, 0, 1)]
    query = "SELECT recorded_at FROM batch WHERE id > 1 ORDER BY id"
    assert [moment for (moment,) in connection.text(query)] == moments


def test_a_clock_more_than_a_day_behind_the_last_batch_is_refused(connection: Connection) -> None:
    noon = datetime(2036, 1, 8, 12, tzinfo=UTC)
    for moment in (noon, noon - timedelta(days=1)):
        with connection.writing():
            checked(Writer(connection, "analyst", TODAY, moment), ["tiktok"])

    behind = Writer(connection, "analyst", TODAY, noon - timedelta(days=1, microseconds=1))
    with raises("clock behind", match="recorded at 2036-01-08T12:00"), connection.writing():
        checked(behind, ["tiktok"])

    assert columns(connection, "id") == [(25,), (26,)]


def test_what_was_recorded_under_a_clock_that_ran_ahead_can_be_undone(
    target: Target, tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as ahead:
        ahead.setattr(settings, "now", lambda: datetime(2199, 1, 8, tzinfo=UTC))
        assert tracker("log", "soybeans", "partial").code == 0
        assert tracker("note", "tiktok", "Approval pending").code == 0
    assert tracker("note", "tiktok", "Sold").code == code_of("clock behind")

    assert [tracker("undo").code, tracker("undo").code] == [0, 0]
    assert tracker("note", "tiktok", "Sold").code == 0

    with closing(open_book(target)) as connection:
        moments = connection.query("SELECT recorded_at FROM batch ORDER BY id")
    assert moments[-1][0].year < 2199
    assert tracker("db", "check").code == 0
    tracker("export", kept := tmp_path / "kept.jsonl")
    assert tracker("init", kept, db=tmp_path / "again.db").code == 0
    assert tracker("import", kept, db=tmp_path / "again.db").code == 0
    assert "#29 · " in tracker("status", "--known-by", "2199-01-09").out
    assert "#29 · " in tracker("status", "--known-by", moments[-1][0].isoformat()).out


def test_of_a_clock_the_moment_is_taken_when_the_batch_is_sealed(connection: Connection) -> None:
    moments = [datetime(2036, 1, 8, 12, minute, tzinfo=UTC) for minute in range(9)]
    clock = iter(moments)
    running = Writer(connection, "analyst", TODAY, lambda: next(clock))
    with connection.writing():
        checked(running, ["tiktok"])

    taken = next(clock)
    ((sealed_at,),) = connection.query("SELECT MAX(recorded_at) AS last_at FROM batch")
    assert sealed_at == taken - timedelta(minutes=1)


def test_an_address_becomes_a_source_once(connection: Connection, writer: Writer) -> None:
    address = "https://www.usda.gov/export-sales"
    with connection.writing():
        for day in (6, 7):
            on = TODAY.replace(day=day)
            log(writer, "soybeans", Stage.PARTIAL, Circumstances(exactly(on), source=address))

    query = "SELECT slug FROM thing WHERE namespace = 'source' AND slug <> 'article'"
    assert connection.text(query) == [(address,)]
    ((source,),) = set(
        connection.text("SELECT source_id FROM entry_source WHERE entry_id IN (25, 26)")
    )
    assert connection.text(f"SELECT slug FROM thing WHERE id = {source}") == [(address,)]
    assert connection.text("SELECT COUNT(*) FROM source") == [(1,)]  # none declares it


@pytest.mark.parametrize(
    "address",
    [
        "ftp://usda.gov/x",
        "https://",
        "javascript://alert(1)",
        "https://usda.gov/a b",
        "http://x\x1b",
    ],
)
def test_what_is_no_web_address_is_no_source(
    connection: Connection, writer: Writer, address: str
) -> None:
    with raises("bad URL"), connection.writing():
        log(writer, "soybeans", Stage.MET, Circumstances(exactly(TODAY), source=address))

    assert connection.text("SELECT COUNT(*) FROM thing WHERE namespace = 'source'") == [(1,)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        (" \n\t", "is empty"),
        ("8 MMT\0sold", "contains a NUL"),
    ],
)
def test_text_that_a_database_cannot_keep_is_refused(
    connection: Connection, writer: Writer, text: str, reason: str
) -> None:
    with raises("bad text", match=f"The note {reason}"), connection.writing():
        note(writer, "tiktok", text, Circumstances(exactly(TODAY)))


@pytest.mark.parametrize(
    ("author", "reason"),
    [
        (" ", "is empty"),
        ("an\nalyst", "contains a line break or another control character"),
        ("an\x1balyst", "contains a line break or another control character"),
        ("\udcff", "contains a line break or another control character"),
    ],
)
def test_somebody_without_a_name_that_can_be_printed_writes_nothing(
    connection: Connection, author: str, reason: str
) -> None:
    with raises("bad text", match=f"The author {reason}"):
        Writer(connection, author, TODAY, datetime.now(UTC)).begun(Command.NOTE)
