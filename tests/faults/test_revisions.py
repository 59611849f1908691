"""A book with rows, under a later revision: upgraded whole, or left as it was."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.conftest import Run, new_book, tell
from tests.database.later import LATER, REVISION, copied, later_program
from tracker import schema
from tracker.database import HEAD, Connection, Target, connect, revision_of
from tracker.database.contents import COLUMNS as TABLES
from tracker.entry import Fingerprint
from tracker.errors import Unavailable
from tracker.interchange import applying, seeds
from tracker.journal import verbs
from tracker.journal.chain import follow
from tracker.journal.writer import Writer
from tracker.soundness import findings
from tracker.vocabulary import Media

Whole = tuple[dict[str, list[dict[str, object]]], set[str]]
TRIGGERS = {
    "sqlite": "SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
WORDS = Fingerprint("ab" * 32, "cd" * 32, 398, Media.PDF, "pypdf 7.1.1")
SEEDED_AT = datetime(2026, 1, 2, 9, tzinfo=UTC)


def whole(connection: Connection) -> Whole:
    """Return all rows of all tables by their columns, and the triggers."""
    rows: dict[str, list[dict[str, object]]] = {}
    for table in TABLES:
        cursor = connection.driver.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        found = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        rows[table] = sorted(found, key=repr)
    guards = {row[0] for row in connection.text(TRIGGERS[connection.target.dialect])}
    return rows, guards


def with_annexes(book: Whole) -> Whole:
    """Return a whole book as the later revision makes it: each row has a column that is empty."""
    tables, guards = book
    return {
        table: [row | {"annex": None} for row in rows] for table, rows in tables.items()
    }, guards


@pytest.fixture
def place(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Target:
    """Where there is no book yet."""
    if database == "sqlite":
        return Target("sqlite", str(tmp_path / "old.db"))
    free: Target = request.getfixturevalue("empty_database")
    return free


@pytest.fixture
def aged(place: Target, tmp_path: Path) -> Iterator[Connection]:
    """A book of two agreements, of what revision 0001 can hold: every table has rows."""
    with new_book(place) as connection:
        seeding = Writer(connection, "analyst", date(2026, 11, 30), SEEDED_AT)
        for seed in ("busan-truce", "article"):
            earlier = tmp_path / f"{seed}.toml"
            text = seeds.find(seed).read_text("utf-8")
            newer = r"(?m)^((read|inferred) = .*|counted_by = .*\nbasis = .*)\n"
            earlier.write_text(re.sub(newer, "", text), "utf-8")
            applying.apply(seeding, applying.load([earlier]))
        tell(connection)
        writer = Writer(connection, "analyst", date(2026, 1, 9), datetime.now(UTC))
        verbs.keep(writer, "article", WORDS, date(2026, 1, 9))
    opened = connect(place)
    yield opened
    opened.close()


@pytest.fixture
def revisions(tmp_path: Path) -> Path:
    """The folder of a later program's revisions, the last of which a test may rewrite."""
    folder = tmp_path / "migrations"
    copied(folder).write_text(REVISION, "utf-8")
    return folder


@pytest.mark.slow
def test_an_upgrade_keeps_rows_and_guards(aged: Connection, revisions: Path, tracker: Run) -> None:
    before, book = whole(aged), aged.target
    assert all(before[0].values())
    assert before[1]

    with later_program(revisions):
        upgraded = tracker("db", "upgrade", db=book.address)
        found = findings(book)
        logged = tracker("log", "soybeans", "partial", db=book.address)
        shown = tracker("week", "2026-W02", db=book.address)

    assert (upgraded.code, upgraded.err) == (0, "")
    assert f"schema {HEAD} → {LATER}" in upgraded.out
    assert found == []
    assert (logged.code, shown.code) == (0, 0)
    after = whole(aged)
    assert after[1] == before[1]
    kept = with_annexes(before)[0]
    assert after[0] | {"entry": kept["entry"], "batch": kept["batch"]} == kept
    assert len(after[0]["entry"]) == len(kept["entry"]) + 1


NEW = {"deadline": {"counted_by", "basis"}, "source": {"read"}, "entry": {"inferred"}}
"""The columns of revision 0002, which are empty here; a batch also has the role that wrote it."""


def without(columns: dict[str, set[str]], book: Whole) -> dict[str, list[dict[str, object]]]:
    """Return the rows of a whole book without some columns of some tables."""
    return {
        table: sorted(
            (
                {name: row[name] for name in row if name not in columns.get(table, ())}
                for row in rows
            ),
            key=repr,
        )
        for table, rows in book[0].items()
    }


def step(connection: Connection, direction: str) -> str:
    """Go a revision up or down, and return which one that is."""
    with connection.migrating():
        schema.migrate(connection, direction, {"upgrade": "+1", "downgrade": "-1"}[direction])
    return revision_of(connection)


@pytest.mark.slow
def test_the_road_up_and_down_keeps_rows_and_guards(aged: Connection, revisions: Path) -> None:
    """From this version's revision to a later one, to the first one, and back: every table."""
    before, chain, role = whole(aged), [*follow(aged)], {"batch": {"role"}}

    with later_program(revisions):
        assert (step(aged, "upgrade"), whole(aged)) == (LATER, with_annexes(before))
        assert [*follow(aged)] == chain
        assert (step(aged, "downgrade"), whole(aged)) == (HEAD, before)
        assert step(aged, "downgrade") == "0001"
        assert without({}, whole(aged)) == without(NEW | role, before)
        assert step(aged, "upgrade") == HEAD
        assert without(role, whole(aged)) == without(role, before)
        assert whole(aged)[1] == before[1]
        assert step(aged, "upgrade") == LATER
        assert [*follow(aged)] == chain
        assert findings(aged.target) == []


def test_what_an_older_revision_cannot_hold_is_not_dropped(aged: Connection, tracker: Run) -> None:
    """It is part of a digest."""
    tracker("log", "soybeans", "partial", "--inferred", db=aged.target.address)
    before = whole(aged)

    with pytest.raises(Unavailable, match="inferred of entry has values"), aged.migrating():
        schema.migrate(aged, "downgrade", "-1")

    assert (revision_of(aged), whole(aged)) == (HEAD, before)


FAILING = """
finished = upgrade


def upgrade():
    finished()
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True))
    for view in ("reading", "journal"):
        op.execute(f"DROP VIEW {view}")
    {disarmed}
    op.execute("UPDATE concession SET title = 'lost'")
    op.execute("NONSENSE")
"""
DISARMED = {
    "sqlite": 'op.execute("DROP TRIGGER concession_no_update")',
    "postgresql": 'op.execute("DROP TRIGGER concession_no_change ON concession")',
}


@pytest.mark.slow
def test_a_revision_that_fails_leaves_the_book_as_it_was(
    aged: Connection, revisions: Path, tracker: Run
) -> None:
    before, address = whole(aged), aged.target.address
    disarmed = DISARMED[aged.target.dialect]
    failing = REVISION + FAILING.replace("{disarmed}", disarmed)
    (revisions / "versions" / f"{LATER}_later.py").write_text(failing, "utf-8")

    with later_program(revisions):
        ran = tracker("db", "upgrade", db=address)

    assert (ran.code, ran.err.count("\n")) == (70, 1)
    assert "NONSENSE" in ran.err
    assert (revision_of(aged), whole(aged)) == (HEAD, before)
    assert "extra" not in aged.tables()
    assert findings(aged.target) == []
