import errno
import os
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import TODAY, Run
from tests.questions import WHOLE, every_report
from tracker.database import Connection
from tracker.dates import exactly
from tracker.entry import unwritten
from tracker.journal.chain import verify
from tracker.journal.corrections import take_back
from tracker.journal.writer import Writer
from tracker.reports import REPORTS, ListedReport
from tracker.soundness import examine
from tracker.vocabulary import Command, EntryKind


def test_a_sound_book_is_exported_restored_and_shown(connection: Connection) -> None:
    assert examine(connection.target, TODAY)[0] == []


def test_what_is_recorded_meanwhile_is_no_difference(
    connection: Connection, tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker.interchange import exports

    make_again = exports.make_again

    def slowly(*arguments: object) -> int:
        assert tracker("log", "soybeans", "met").code == 0
        return make_again(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(exports, "make_again", slowly)
    assert examine(connection.target, TODAY)[0] == []


def test_an_entry_that_no_export_restores_is_found(
    tracker: Run, connection: Connection, writer: Writer
) -> None:
    """Its digest and its seal fit, so the chain is intact; its key would hide another line."""
    with connection.writing(), writer.batch(Command.NOTE):
        said = unwritten(EntryKind.NOTE, "soybeans", exactly(TODAY), note="Nothing new")
        writer.append(Command.NOTE, [said._replace(key=bytes(16))])

    verify(connection)
    ran = tracker("db", "check")
    assert (ran.code, ran.out) == (
        1,
        "rehearsal: its export cannot be restored: the export was altered or damaged:"
        " entry 25 was changed: its key does not fit; nothing was written\n",
    )


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.function)
def test_a_report_that_cannot_be_shown_is_found(
    tracker: Run, monkeypatch: pytest.MonkeyPatch, report: ListedReport
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("us")

    monkeypatch.setattr(f"tracker.reports.{report.function.replace(':', '.')}", broken)
    ran = tracker("db", "check")
    line = f"rehearsal: its report '{report.command}' cannot be shown: KeyError('us')\n"
    assert (ran.code, ran.out) == (1, line)


@pytest.mark.parametrize(
    "slug", ["us", "cn", "busan-2025", "truce-year", "soybeans", "soybeans-2025"]
)
def test_what_names_a_missing_thing_is_withdrawn_in_every_report(
    tracker: Run, connection: Connection, writer: Writer, slug: str
) -> None:
    """A retraction that no command writes: its digest fits, and what rests on it was left."""
    for command in (
        "add deadline soybeans-2025 --kind delivery --concession soybeans --label 12"
        " --due 2025-12-31 --target 12 --unit MMT --source article",
        "measure soybeans-2025 5 --basis sold --by USDA --on 2025-12-01",
        "log soybeans started --says cn --on 2025-12-02",
    ):
        assert tracker(*command.split()).code == 0
    declared = "kind = 'declaration' AND t.slug = :slug"
    sql = f"SELECT e.id FROM entry AS e JOIN thing AS t ON t.id = e.subject_id WHERE {declared}"
    ((entry,),) = connection.query(sql, slug=slug)
    with connection.writing(), writer.batch(Command.RETRACT):
        take_back(writer, Command.RETRACT, [entry])

    for command in [*every_report(WHOLE), "week 2025-W50", "deadlines -f ics"]:
        ran = tracker(*command.split())
        assert "A bug" not in ran.err, command
        assert ran.code == 0 or command == "check", (command, ran.err)
    assert "sound" in tracker("db", "check").out


@pytest.mark.on("sqlite")
def test_a_file_in_wal_mode_is_found(tracker: Run, book: Path) -> None:
    with sqlite3.connect(book) as driver:
        driver.execute("PRAGMA journal_mode = WAL")
    driver.close()

    ran = tracker("db", "check")
    assert (ran.code, ran.out) == (
        1,
        "journal: the file is in WAL mode, so a copy of it may miss entries;"
        " 'PRAGMA journal_mode = DELETE' ends that\n",
    )


def test_a_disk_without_room_for_the_copy_is_no_finding(
    tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/book.jsonl")

    monkeypatch.setattr("tracker.interchange.exports.export", full)
    ran = tracker("db", "check")
    assert (ran.code, ran.out) == (7, "")


def test_a_rehearsal_leaves_nothing_behind(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "rehearsals"))
    (tmp_path / "rehearsals").mkdir()
    assert examine(connection.target, TODAY)[0] == []
    assert not [*(tmp_path / "rehearsals").iterdir()]
