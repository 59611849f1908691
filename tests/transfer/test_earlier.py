"""What other versions wrote is recognised, left alone, and shown the way that it can take."""

import gzip
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.refusals import code_of
from tracker import schema
from tracker.database import Connection, Target

BOOK = Path(__file__).with_name("0.2.0.db.gz")
"""The book of the article that version 0.2.0 made; it bears revision 0001, as those of 0.3 do."""
WAY = (
    "Write it out with 0.2: 'tracker export FILE.jsonl'. Make a book of that with truce-tracker"
    " 0.3: 'tracker --db NEW init FILE.jsonl'. Then upgrade it with this version: 'tracker --db NEW"
    " db upgrade'"
)


@pytest.fixture
def old(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Target:
    """A book of version 0.2; on a server, one with its tables."""
    if database == "sqlite":
        (file := tmp_path / "old.db").write_bytes(gzip.decompress(BOOK.read_bytes()))
        return Target("sqlite", str(file))
    connection: Connection = request.getfixturevalue("connection")
    with connection.migrating():
        schema.migrate(connection, "downgrade", "0001")
    connection.text("DROP TABLE entry_source CASCADE")
    return connection.target


def test_a_book_of_version_0_2_is_told_by_its_tables(
    tracker: Run, old: Target, tmp_path: Path
) -> None:
    """Before anything is changed: it needs another way than a book of 0.3."""
    before = old.path.read_bytes() if old.dialect == "sqlite" else b""
    tracker("init", "--empty", db=(other := tmp_path / "other.db"))
    complaint = f"{old} was made by version 0.2 of this program, which this one cannot read. {WAY}"

    export = ["export", tmp_path / "x.jsonl"]
    for command in (["status"], ["db", "upgrade"], ["checked"], export, ["init", "article"]):
        ran = tracker(*command, db=old.address)
        assert (ran.code, ran.out) == (code_of("book of 0.2"), "")
        assert ran.err == f"tracker: {complaint}\n"
    assert tracker("import", old.address, db=other).err == f"tracker: {complaint}\n"
    assert tracker("db", "check", db=old.address).out == f"schema: {complaint}\n"
    if before:
        assert old.path.read_bytes() == before
        assert sorted(path.name for path in tmp_path.glob("old.db*")) == ["old.db"]


@pytest.mark.on("sqlite")
def test_an_export_of_version_0_2_is_left_to_version_0_3(tracker: Run, tmp_path: Path) -> None:
    """0.3 reads it, and makes a book that can be upgraded."""
    (old := tmp_path / "old.jsonl").write_text(
        '{"type":"book","format":"truce-tracker","schema":2,"entries":1}\n{"type":"entry"}\n'
    )
    made = tmp_path / "made.db"

    for ran in (tracker("init", old, db=made), tracker("import", old)):
        assert (ran.code, ran.out) == (6, "")
        assert ran.err == (
            f"tracker: {old} was exported by version 0.2. Make a book of it with truce-tracker 0.3:"
            f" 'tracker --db NEW init {old}'. Then upgrade that book with this version:"
            " 'tracker --db NEW db upgrade'\n"
        )
    assert not made.exists()


@pytest.mark.on("sqlite")
def test_an_export_of_a_later_version_asks_for_that_version(tracker: Run, tmp_path: Path) -> None:
    (new := tmp_path / "new.jsonl").write_text(
        '{"type":"book","format":"truce-tracker","schema":5,"entries":1}\n{"type":"entry"}\n'
    )

    for ran in (tracker("init", new, db=tmp_path / "made.db"), tracker("import", new)):
        assert (ran.code, ran.out) == (code_of("export ahead"), "")
        assert ran.err == (
            f"tracker: {new} was exported by a newer version of this program (schema 5) than this"
            " one, version 0.4. Upgrade truce-tracker: pip install --upgrade truce-tracker\n"
        )
