"""A book of 0.3 is upgraded whole or stays as it was: killed, read-only, and by four at once."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from shlex import quote, split

import psycopg
import pytest

from tests.conftest import Run, data
from tests.database.conftest import as_role
from tests.database.test_crowds import at_once
from tests.server import Server
from tracker import schema
from tracker.database import HEAD, Target, connect, open_book, revision_of
from tracker.record import BookState, held_by

TRUCE = Path(__file__).parents[1] / "publish" / "truce.toml"
NOBODY = 65534
OLD = "0001"
"""The revision of 0.3."""
VICTIM = """
import sys
from alembic import command, config
from sqlalchemy import create_engine
from tracker.cli import run
from tracker import soundness
print("ready", flush=True)
sys.exit(run(["--db", sys.argv[1], "db", "upgrade"]))
"""
LONGEST = 0.3
"""How many seconds an upgrade takes at most, once everything is loaded."""


def held(target: Target) -> tuple[str, BookState]:
    """Return the revision of a book, and what it holds."""
    with closing(open_book(target, at_head=False)) as connection:
        return revision_of(connection), held_by(connection)


@pytest.fixture
def old(target: Target) -> Target:
    """The article's book, as 0.3 would have made it."""
    return make_old(target)


def make_old(target: Target) -> Target:
    with closing(open_book(target)) as connection, connection.migrating():
        schema.migrate(connection, "downgrade", OLD)
    return target


@pytest.fixture
def copies(old: Target, request: pytest.FixtureRequest) -> Iterator[Target]:
    """Copies of the old book, one after another."""
    if old.dialect == "sqlite":
        return (
            Target("sqlite", str(shutil.copy(old.path, old.path.with_name(f"{number}.db"))))
            for number in range(8)
        )
    server: Server = request.getfixturevalue("server")
    name = old.address.partition("?")[0].rpartition("/")[2]
    return (Target.parse(server.url(server.create(template=name))) for _ in range(8))


@pytest.mark.slow
def test_an_upgrade_that_is_killed_is_whole_or_was_never_begun(
    old: Target, copies: Iterator[Target], tracker: Run
) -> None:
    random, before = Random(old.dialect), held(old)[1]
    ended = []
    for copy in copies:
        words = [sys.executable, "-c", VICTIM, copy.address]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, bufsize=0)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(random.random() * LONGEST)
        process.kill()
        said, _ = process.communicate(timeout=60)

        revision, state = held(copy)
        again = tracker("db", "upgrade", db=copy.address)
        checked = tracker("db", "check", db=copy.address)

        ended.append(revision)
        assert revision in (OLD, HEAD)
        assert revision == HEAD or not said
        assert state == before
        assert (again.code, again.err) == (0, "")
        assert checked.out.startswith(f"{copy}: sound, 24 entries"), checked
    print(f"killed: {ended}")


@pytest.mark.slow
def test_four_that_upgrade_at_once_upgrade_once(old: Target, tracker: Run) -> None:
    before = held(old)[1]

    printed, codes = at_once(4, old, 'return run(["--db", address, "db", "upgrade"])')

    assert codes == "[0, 0, 0, 0]", printed
    assert printed.count(f"schema {OLD} → {HEAD}") == 1
    assert printed.count("up to date") == 3
    assert held(old) == (HEAD, before)
    assert tracker("db", "check").code == 0


def test_an_upgrade_lists_what_0_3_read_otherwise_with_what_keeps_it(
    target: Target, tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One side's word alone moved a day or a target of 0.3 if it cost that side."""
    monkeypatch.setenv("TRACKER_TODAY", "2026-03-06")
    tracker("apply", TRUCE)
    for line in (
        "cn-soy-2026 2027-02-28 --target 20.50 --says us --source https://example.org/?a=1&b=2",
        "cn-soy-2027 2028-02-28 --says cn",
        "cn-licences 2026-03-31 --target 90 --says cn --public 2026-03-05",
    ):
        assert tracker("move", *line.split(), "--on", "2026-03-02").code == 0
    make_old(target)

    first, second = tracker("db", "upgrade"), tracker("db", "upgrade")
    _, why, *lines = first.out.splitlines()
    codes = {tracker(*split(line)[1:]).code for line in lines}

    assert codes == {0}
    assert why.endswith("These commands keep what 0.3 read otherwise:")
    move = f"  tracker --db {quote(str(target))} move"
    assert sorted(lines) == [
        f"{move} cn-licences 2026-03-31 --on=2026-03-02 --public=2026-03-05 --target=90",
        f"{move} cn-soy-2026 2027-02-28 --on=2026-03-02 '--source=https://example.org/?a=1&b=2'"
        " --target=20.50",
    ]
    assert second.out == f"{target}: schema {HEAD}, up to date.\n"
    rows = data(tracker, "deadlines")["rows"]
    assert {row["deadline"]: (row["due_on"], row["target"]) for row in rows}.items() >= {
        ("cn-soy-2026", ("2027-02-28", 20.5)),
        ("cn-soy-2027", ("2027-12-31", 25)),
        ("cn-licences", ("2026-03-31", 90)),
    }


@pytest.mark.on("sqlite")
def test_a_damaged_book_of_0_3_is_upgraded_so_that_it_can_be_saved(
    old: Target, tracker: Run, tmp_path: Path
) -> None:
    with closing(connect(old)) as connection:
        connection.text("DROP TRIGGER entry_no_update")
        connection.text("UPDATE entry SET note = x'ff' WHERE id = 24")

    upgraded = tracker("db", "upgrade")
    saved = tracker("export", "--unverified", tmp_path / "saved.jsonl")

    assert (upgraded.code, upgraded.err) == (0, "")
    assert "kept at" in upgraded.out
    assert "is damaged: " in upgraded.out.splitlines()[1]
    assert "entry 24" in saved.out + saved.err
    assert tracker("db", "check").code == 1


@pytest.mark.on("postgresql")
@pytest.mark.parametrize("role", ["reader", "writer", "keeper"])
def test_who_does_not_own_a_book_on_a_server_cannot_upgrade_it(
    granted: Target, tracker: Run, role: str
) -> None:
    """Nor can its owner while the database is read-only."""
    make_old(granted)
    before = held(granted)
    with psycopg.connect(granted.address, autocommit=True) as owner:
        if role == "keeper":
            read_only = "SET default_transaction_read_only = on"
            owner.execute(f"ALTER DATABASE {owner.info.dbname} {read_only}".encode())

    ran = tracker("db", "upgrade", db=as_role(granted, role))

    assert (ran.code, ran.out, ran.err.count("\n")) == (7, "", 1), ran
    assert "Ask " in ran.err
    assert held(granted) == before


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("mode", [0o444, 0o666], ids=["file", "folder"])
def test_a_file_that_may_not_be_written_is_not_upgraded(
    old: Target, tracker: Run, mode: int
) -> None:
    """Or not beside it, where the copy of the old book goes."""
    folder = Path(tempfile.mkdtemp())
    book = Path(shutil.copy(old.path, folder / "truce.db"))
    for other in ("first.db", "second.db"):  # loads what nobody else may read
        tracker("db", "upgrade", db=shutil.copy(old.path, folder / other))
        (folder / other).unlink()
        (folder / f"{other}.schema-{OLD}.bak").unlink()
    book.chmod(mode)
    folder.chmod(0o555 if mode == 0o666 else 0o777)
    before = book.read_bytes()

    if as_root := os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        ran = tracker("db", "upgrade", db=book)
    finally:
        if as_root:
            os.seteuid(0)

    assert (ran.out, ran.err.count("\n")) == ("", 1), ran
    assert ran.code in (4, 7)
    assert str(book) in ran.err
    assert book.read_bytes() == before
    folder.chmod(0o755)
    shutil.rmtree(folder)
