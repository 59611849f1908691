"""The way out of a damaged book: what can be read is exported, and comes into a new book."""

import gc
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.conftest import Run, data
from tests.faults.edits import edited
from tests.journal.test_verification import unguarded
from tests.refusals import code_of
from tracker.cli import run
from tracker.database import Target

SAID = (
    ("log", "soybeans", "partial", "--says", "us", "--on", "2026-01-05"),
    ("measure", "soybeans-2025", "6", "--by", "USDA", "--basis", "sold", "--on", "2026-01-05"),
    ("measure", "soybeans-2025", "7", "--by", "USDA", "--basis", "sold", "--on", "2026-01-06"),
    ("move", "soybeans-2026", "2027-03-31", "--says", "cn", "--on", "2026-01-06"),
    ("add", "party", "jp", "--name", "Japan", "--short", "Japan"),
    ("log", "rare-earths", "stalled", "--on", "2026-01-07"),
    ("amend", "19", "--note", "On hold"),
)
DECLARED, LAST = 13, 21
"""The entries of the truce, and of what was said about it: one each, but the correction has two."""


@pytest.fixture
def kept(tracker: Run) -> Run:
    """The command line on a book of eight commands."""
    for line in SAID:
        ran = tracker(*line)
        assert ran.code == 0, ran.err
    assert f"sound, {LAST} entries" in tracker("db", "check").out
    return tracker


def edit(target: Target, *statements: str) -> None:
    """Edit a book behind the program's back, on either database."""
    if target.dialect == "sqlite":
        unguarded(target.path, *statements)
        return
    import psycopg

    with psycopg.connect(target.address, autocommit=True) as owner:
        for statement in statements:
            owner.execute("SET session_replication_role = replica")  # no triggers
            owner.execute(statement.encode())


def saved(tracker: Run, path: Path) -> list[dict[str, Any]]:
    """Export what can be read; return its lines."""
    ran = tracker("export", path, "--unverified")
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_damaged_book_is_exported_only_as_unverified(
    kept: Run, target: Target, tmp_path: Path
) -> None:
    edit(target, "UPDATE entry SET value = '9' WHERE id = 15")
    dump = tmp_path / "now.jsonl"

    refused = kept("export", dump)
    lines = saved(kept, dump)
    printed = kept("export", "--unverified")

    assert refused.code == code_of("book damaged")
    assert "the chain breaks at entry 15: its digest does not fit" in refused.err
    assert "tracker export FILE.jsonl --unverified" in refused.err
    assert printed.out == dump.read_text("utf-8")
    broken = {
        "unverified": True,
        "reason": "the chain breaks at entry 15: its digest does not fit",
        "fits": 14,
    }
    header = {"type": "book", "format": "truce-tracker", "schema": 4}
    assert lines[0] == header | broken
    assert lines[-1] == {"type": "end", **broken, "entries": LAST, "left_out": []}
    assert [line["entry"] for line in lines if line["type"] == "entry"] == [*range(1, LAST + 1)]
    assert sum(line["type"] == "batch" for line in lines) == 1 + len(SAID)


def test_what_is_saved_makes_a_book_with_everything_but_what_was_altered(
    kept: Run, target: Target, tmp_path: Path
) -> None:
    edit(target, "UPDATE entry SET value = '9' WHERE id = 15")
    dump, new = tmp_path / "now.jsonl", tmp_path / "new.db"
    export = kept("export", dump, "--unverified")

    made = kept("init", dump, "--until", "14", db=new)
    brought = kept("--author", "desk", "import", dump, "--unverified", db=new)
    again = kept("import", dump, "--unverified", db=new)

    assert export.out.splitlines()[1:] == [
        f"Next: tracker --db NEW.db init {dump} --until 14",
        f"then: tracker --db NEW.db import {dump} --unverified",
    ]
    assert (made.code, "It holds 14 entries." in made.out) == (0, True)
    assert brought.out.splitlines()[:3] == [
        "6 entries written, #15 to #20; 14 were there already.",
        "As they were numbered: #15 to #20 were 16 to 21.",
        "Left out: 1 entry, altered: the key is not that of what it says (#15).",
    ]
    assert again.out.splitlines()[0] == "0 entries written; 20 were there already."
    assert f"sound, {LAST - 1} entries" in kept("db", "check", db=new).out
    history = data(kept, "history", "--all", db=new)["rows"]
    assert {row["author"] for row in history if row["entry"] > 14} == {"desk"}
    assert "Japan" in kept("log", "soybeans", "met", "--says", "jp", db=new).out


@pytest.mark.slow
def test_every_edit_by_hand_leaves_a_way_out(kept: Run, book: Path, tmp_path: Path) -> None:
    """Whichever column was written to, all other entries come into a new book, which is sound."""
    whole, random = book.read_bytes(), Random(50)
    dump, new = tmp_path / "now.jsonl", tmp_path / "new.db"
    values = ("NULL", "-1", "9999999999", "'us'", "x'ff00'", "CAST(x'ff' AS TEXT)", "'2026-02-30'")
    columns = [
        "kind",
        "subject_id",
        "effective_on",
        "note",
        "value",
        "unit",
        "key",
        "nth",
        "digest",
        "batch",
        "refers_to",
    ]
    for _ in range(12):
        entry = random.randrange(DECLARED + 1, LAST + 1)
        book.write_bytes(whole)
        new.unlink(missing_ok=True)
        statement = f"UPDATE entry SET {random.choice(columns)} = {random.choice(values)}"
        if not edited(book, f"{statement} WHERE id = {entry}") or book.read_bytes() == whole:
            continue
        if kept("db", "check").code == 0:  # such as no note where there was none
            continue

        fits = saved(kept, dump)[0]["fits"]
        made = kept("init", dump, "--until", fits, db=new)
        brought = kept("import", dump, "--unverified", "-f", "json", db=new)

        told = statement, entry, made, brought
        assert (made.code, brought.code) == (0, 0), told
        assert kept("db", "check", db=new).code == 0, told
        held = len(data(kept, "history", "--all", db=new)["rows"])
        # What corrected an entry that is left out is left out, too.
        assert held >= LAST - 2, told
        assert len(json.loads(brought.out)["saved"]) == held - fits_whole(dump, fits), told


def test_a_book_that_cannot_be_read_is_let_go_at_once(
    kept: Run, book: Path, tmp_path: Path
) -> None:
    """What was read of it is not kept until garbage is collected: nothing waits for it."""
    assert edited(book, "UPDATE entry SET note = CAST(x'ff' AS TEXT) WHERE id = 18")
    gc.collect()
    gc.disable()
    try:
        saved(kept, tmp_path / "now.jsonl")
        assert kept("db", "check").code != 0
        assert edited(book, "UPDATE entry SET note = NULL WHERE id = 18")
    finally:
        gc.enable()


def fits_whole(dump: Path, fits: int) -> int:
    """Return the last entry of the last batch that ends at or before an entry."""
    lines = [json.loads(line) for line in dump.read_text("utf-8").splitlines()]
    firsts = [line["first_entry"] for line in lines if line["type"] == "batch"]
    return max(first - 1 for first in [*firsts, LAST + 1] if first - 1 <= fits)


def test_what_is_gone_or_cannot_be_read_is_named(kept: Run, target: Target, tmp_path: Path) -> None:
    unreadable = "UPDATE entry SET effective_on_precision = 'us' WHERE id = 18"
    if target.dialect == "postgresql":
        edit(target, "ALTER TABLE entry DROP CONSTRAINT ck_entry_effective_on_precision")
    edit(target, unreadable, "DELETE FROM entry WHERE id = 16")

    lines = saved(kept, tmp_path / "now.jsonl")

    assert lines[-1]["left_out"] == [
        {"first": 16, "last": 16, "reason": "it is missing"},
        {"first": 18, "last": 18, "reason": "it cannot be read"},
    ]
    assert lines[0]["fits"] == 15
    told = kept("export", tmp_path / "now.jsonl", "--unverified").out
    assert "Left out: entry 16: it is missing.\nLeft out: entry 18: it cannot be read.\n" in told


def test_a_sound_book_is_exported_as_ever(kept: Run, tmp_path: Path) -> None:
    dump, whole = tmp_path / "now.jsonl", tmp_path / "whole.jsonl"
    kept("export", whole)

    ran = kept("export", dump, "--unverified")

    assert (ran.code, ran.out) == (0, f"{dump}: the whole book, which is sound.\n")
    assert dump.read_bytes() == whole.read_bytes()
    refused = kept("import", dump, "--unverified", db=tmp_path / "truce.db")
    assert (refused.code, "without --unverified" in refused.err) == (
        code_of("verified export"),
        True,
    )


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = 'us'",
        "UPDATE alembic_version SET version_num = '9999'",
        "DELETE FROM alembic_version",
        "INSERT INTO alembic_version VALUES ('0001')",
        "DROP TABLE alembic_version",
    ],
)
def test_a_book_that_lost_its_revision_is_saved_whole(
    kept: Run, book: Path, tmp_path: Path, statement: str
) -> None:
    dump, new = tmp_path / "now.jsonl", tmp_path / "new.db"
    assert kept("export", whole := tmp_path / "whole.jsonl").code == 0
    unguarded(book, "DROP INDEX IF EXISTS alembic_version_no_other", statement)
    assert kept("status").code in (6, 7)

    ran = kept("export", dump, "--unverified")

    assert (ran.code, ran.out) == (
        0,
        f"{dump}: the whole journal, which is sound; the book has lost its revision.\n"
        f"Next: tracker --db NEW.db init {dump}\n",
    )
    assert dump.read_bytes() == whole.read_bytes()
    assert kept("export", "--unverified").out == dump.read_text("utf-8")
    assert kept("init", dump, db=new).code == 0
    assert f"sound, {LAST} entries" in kept("db", "check", db=new).out


@pytest.mark.on("sqlite")
def test_a_book_that_lost_its_revision_and_was_altered_leaves_a_way_out(
    kept: Run, book: Path, tmp_path: Path
) -> None:
    altered = "UPDATE entry SET value = '9' WHERE id = 15"
    unguarded(book, "DELETE FROM alembic_version", altered)

    lines = saved(kept, tmp_path / "now.jsonl")

    assert (lines[0]["fits"], lines[-1]["entries"]) == (14, LAST)


@pytest.mark.on("sqlite")
def test_a_book_of_an_older_version_is_upgraded_before_it_is_saved(
    kept: Run, book: Path, tmp_path: Path
) -> None:
    unguarded(book, "UPDATE alembic_version SET version_num = '0001'")

    ran = kept("export", tmp_path / "now.jsonl", "--unverified")

    assert (ran.code, "db upgrade" in ran.err) == (code_of("schema behind"), True)


@pytest.mark.parametrize("command", [("init",), ("import",)])
def test_what_is_not_verified_is_refused_with_the_line_to_type(
    kept: Run, book: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    edited(book, "UPDATE entry SET value = '9' WHERE id = 15")
    dump, new = tmp_path / "now.jsonl", tmp_path / "new.db"
    saved(kept, dump)
    if command == ("import",):
        kept("init", "--empty", db=new)

    ran = kept(*command, dump, db=new)

    assert ran.code == code_of("unverified export")
    assert f"'tracker --db NEW init {dump} --until 14'" in ran.err
    assert f"'tracker --db NEW import {dump} --unverified'" in ran.err
    assert command == ("import",) or not new.exists()


@pytest.mark.parametrize(
    ("until", "holds"), [(0, 0), (12, 0), (13, 13), (14, 14), (20, 19), (21, 21)]
)
def test_a_part_of_an_export_has_whole_commands(
    kept: Run, tmp_path: Path, until: int, holds: int
) -> None:
    kept("export", tmp_path / "whole.jsonl")

    made = kept("init", tmp_path / "whole.jsonl", "--until", until, db=tmp_path / "part.db")

    beyond = "" if until == holds else f": the next command goes beyond {until}"
    assert (made.code, f"It holds {holds} entries{beyond}." in made.out) == (0, True), made
    assert f"sound, {holds} entries" in kept("db", "check", db=tmp_path / "part.db").out


def altered(field: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda line: line.update({field: value})


@pytest.mark.parametrize(
    ("entry", "spoil", "until", "fits"),
    [
        (15, altered("value", "9"), 15, 14),
        (15, altered("digest", "00" * 32), 21, 14),
        (15, altered("entry", 99), 15, 14),
        (21, altered("note", "\ud800"), 21, 20),
    ],
)
def test_a_part_that_does_not_fit_is_refused_with_the_last_entry_that_does(
    kept: Run, tmp_path: Path, entry: int, spoil: Callable[[Any], object], until: int, fits: int
) -> None:
    whole, spoilt = tmp_path / "whole.jsonl", tmp_path / "spoilt.jsonl"
    kept("export", whole)
    lines = [json.loads(line) for line in whole.read_text("utf-8").splitlines()]
    spoil(next(line for line in lines if line.get("entry") == entry))
    spoilt.write_text("\n".join(map(json.dumps, lines)), "utf-8")

    refused = kept("init", spoilt, "--until", until, db=tmp_path / "part.db")

    assert refused.code == code_of("unfit so far")
    assert f"The last entry that fits is {fits}: " in refused.err
    assert not (tmp_path / "part.db").exists()
    assert kept("init", spoilt, "--until", fits, db=tmp_path / "part.db").code == 0


def test_a_batch_whose_seal_was_altered_is_not_made(kept: Run, book: Path, tmp_path: Path) -> None:
    edited(book, "UPDATE batch SET author = 'somebody' WHERE first_entry = 15")
    dump = tmp_path / "now.jsonl"

    fits = saved(kept, dump)[0]["fits"]
    refused = kept("init", dump, "--until", "15", db=tmp_path / "part.db")

    assert fits == 14
    assert (refused.code, "fits is 14: " in refused.err) == (code_of("unfit so far"), True)


def test_no_unverified_export_replaces_a_book(kept: Run, book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_bytes(book.read_bytes())
    edited(book, "UPDATE entry SET value = '9' WHERE id = 15")

    ran = kept("export", other, "--unverified")

    assert ran.code == code_of("file in the way")
    assert run(["--db", str(other), "db", "check"]) == 0


def test_an_altered_entry_with_a_key_of_its_own_is_judged_as_a_new_one(
    kept: Run, book: Path, tmp_path: Path
) -> None:
    """Nobody can tell it from a true one: only the digests show it, and the receipt names it."""
    dump, new = tmp_path / "now.jsonl", tmp_path / "new.db"
    edited(book, "UPDATE entry SET value = '9' WHERE id = 15")
    lines = saved(kept, dump)
    for line in lines:
        if line.get("entry") == 17:  # what could not be logged either
            line["effective_on"] = "2027-01-01"
    dump.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    kept("init", dump, "--until", 14, db=new)

    ran = kept("import", dump, "--unverified", db=new)

    assert "altered: the key is not that of what it says (#15, #17)." in ran.out


@pytest.mark.on("sqlite")
def test_a_page_that_was_overwritten_costs_only_the_entries_on_it(
    tracker: Run, book: Path, tmp_path: Path
) -> None:
    notes = [f"soybeans,2026-01-07,Cargo {number} {'sold ' * 40}" for number in range(400)]
    (tmp_path / "notes.csv").write_text("\n".join(["concession,effective_on,note", *notes]))
    assert tracker("import", tmp_path / "notes.csv").code == 0
    with closing(sqlite3.connect(book)) as raw:
        ((size,),) = raw.execute("PRAGMA page_size")
    whole = bytearray(book.read_bytes())
    at = whole.index(b"Cargo 200 ") // size * size
    whole[at : at + size] = b"\xff" * size
    book.write_bytes(whole)

    lines = saved(tracker, tmp_path / "now.jsonl")

    lost = sum(part["last"] - part["first"] + 1 for part in lines[-1]["left_out"])
    assert 0 < lost < 40
    assert lines[-1]["entries"] + lost == DECLARED + 400
