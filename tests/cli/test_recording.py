import csv
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from tests.conftest import Run, data


@pytest.mark.parametrize(
    "arguments",
    [
        ["log", "\udcff", "met"],
        ["log", "soybeans", "met", "--source", "\udcff"],
        ["note", "\udcff", "Approval pending"],
    ],
)
def test_words_that_are_not_utf_8_are_refused_as_bad_text(
    tracker: Run, arguments: list[str]
) -> None:
    ran = tracker(*arguments)

    complaint = "tracker: The text is not valid UTF-8. Correct it and try again\n"
    assert (ran.code, ran.err) == (5, complaint)


@pytest.mark.parametrize("command", ["amend", "retract"])
def test_a_number_of_any_length_is_refused_in_a_line(tracker: Run, command: str) -> None:
    ran = tracker(command, "9" * 5_000, "--reason", "Misread")

    assert ran.code == {"amend": 5, "retract": 3}[command]
    assert ran.err.count("\n") == 1
    assert "A bug" not in ran.err


def test_every_recording_command_answers_in_json(tracker: Run) -> None:
    commands: list[list[object]] = [
        ["log", "soybeans", "partial"],
        ["note", "busan-2025", "Talks go on"],
        ["checked", "tiktok"],
        ["amend", 26, "--add-source", "article"],
        ["undo"],
        ["undo"],
        ["retract", 26, "--reason", "Misread"],
        ["amend", 25, "--status", "kept"],
    ]
    for command in commands:
        document = data(tracker, *command)
        keys = ["schema", "recorded", "changes", "warnings"]
        assert list(document) == keys
        assert document["schema"] == 4

    assert [row["kind"] for row in document["recorded"]] == ["retraction", "stage"]
    (change,) = document["changes"]
    assert (change["before"], change["after"]) == ("partly", "kept")


# --- hostile text ----------------------------------------------------------------------------

HOSTILE = [
    "first line\nsecond line",
    "a | b || c",
    "=cmd|'/C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "\x1b[31mred\x1b[0m \x07",
    "中国承诺购买大豆",
    "סחר הוגן",
    "abc\u202egnp.exe",
    "\\ ` * _ <b>bold</b> & ~~struck~~ [link](javascript:alert(1))",
    "a\ttab\r\nand a carriage return",
]


def test_hostile_notes_go_in_unchanged_and_come_out_harmless_in_a_spreadsheet(
    tracker: Run, book: Path
) -> None:
    for text in HOSTILE:
        assert tracker("note", "tiktok", text).code == 0

    with closing(sqlite3.connect(book)) as driver:
        stored = driver.execute("SELECT note FROM entry WHERE id > 24 ORDER BY id").fetchall()
    document = data(tracker, "history", "tiktok")
    ran = tracker("history", "tiktok", "-f", "csv")
    rows = [row["note"] for row in csv.DictReader(StringIO(ran.out, newline=""))]
    assert [note for (note,) in stored] == HOSTILE
    assert [row["note"] for row in document["rows"]][1:] == HOSTILE
    assert not any(note.startswith(("=", "+", "-", "@", "\t", "\r")) for note in rows)


def test_a_receipt_of_more_than_a_hundred_entries_gives_only_their_numbers(
    tracker: Run, portfolio: Path
) -> None:
    rows = csv.DictReader(StringIO(tracker("status", "-f", "csv", db=portfolio).out))
    slugs = [row["concession"] for row in rows][:101]

    _, *told = tracker("checked", *slugs[:100], db=portfolio).out.splitlines()
    first, *_ = tracker("checked", *slugs, db=portfolio).out.splitlines()

    assert told[98].partition(" ")[2] == f"{slugs[99]}: checked, 8 Jan 2026"
    last = int(told[98].split(" ")[0].removeprefix("#"))
    assert first == f"#{last + 1} to #{last + 101}: 101 entries"
