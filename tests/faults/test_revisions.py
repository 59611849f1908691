"""Books of each earlier revision, with rows: upgraded whole, or left as they were."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.conftest import Run, tell
from tracker import schema
from tracker.database import HEAD, Connection, Target, connect, creating, open_book, revision_of
from tracker.interchange import applying, seeds
from tracker.models import SQLModel

pytestmark = pytest.mark.slow  # tests/test_schema.py and tests/database/test_upkeep.py are quick

Whole = tuple[dict[str, list[tuple[object, ...]]], set[str]]
TABLES = [table.name for table in SQLModel.metadata.sorted_tables]
TRIGGERS = {
    "sqlite": "SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
SEEDED_AT = datetime(2026, 1, 2, 9, tzinfo=UTC)


def road() -> list[str]:
    """Return every revision, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(schema.migrations_folder()))
    walked = ScriptDirectory.from_config(config).walk_revisions()
    return [script.revision for script in walked][::-1]


def whole(connection: Connection) -> Whole:
    """Return all rows of all tables, and the triggers."""
    rows = {table: connection.text(f"SELECT * FROM {table}") for table in TABLES}
    guards = {row[0] for row in connection.text(TRIGGERS[connection.target.dialect])}
    return {table: sorted(found, key=repr) for table, found in rows.items()}, guards


@pytest.fixture
def place(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Target:
    """Where there is no book yet."""
    if database == "sqlite":
        return Target("sqlite", str(tmp_path / "old.db"))
    free: Target = request.getfixturevalue("empty_database")
    return free


@pytest.fixture(params=road())
def aged(request: pytest.FixtureRequest, place: Target) -> Iterator[tuple[str, Connection]]:
    """A book in which two weeks passed, at one revision; and that revision.

    Its rows are written at the head, where the program can: what each revision down makes is
    what it makes of nothing, as `tests/test_schema.py` holds.
    """
    with creating(place) as connection:
        schema.upgrade(connection)
        with connection.writing():
            occasion = applying.Occasion("analyst", SEEDED_AT.date(), SEEDED_AT)
            applying.apply(connection, seeds.find("busan-truce"), occasion)
            applying.apply(connection, seeds.find("article"), occasion)
            tell(connection)
    opened = connect(place)
    while revision_of(opened) != request.param:
        schema.downgrade(opened, "-1")
    yield request.param, opened
    opened.close()


def test_a_book_of_each_revision_is_upgraded_with_rows_and_guards(
    aged: tuple[str, Connection], tracker: Run
) -> None:
    revision, connection = aged
    before = whole(connection)
    place = connection.target
    assert revision_of(connection) == revision
    assert before[1]
    assert all(before[0][table] for table in TABLES)

    upgraded = tracker("db", "upgrade", db=place.address)

    assert (upgraded.code, upgraded.err) == (0, "")
    assert revision_of(connection) == HEAD
    assert whole(connection) == before
    assert tracker("db", "check", db=place.address).out == f"{place}: sound.\n"
    assert tracker("week", "2026-W02", db=place.address).code == 0
    assert tracker("log", "soybeans", "partial", db=place.address).code == 0


def test_the_road_down_and_up_again_keeps_rows_and_guards(
    aged: tuple[str, Connection], tracker: Run
) -> None:
    revision, connection = aged
    before = whole(connection)
    first = road().index(revision)

    for step in road()[first + 1 :]:
        schema.upgrade(connection, "+1")
        assert (revision_of(connection), whole(connection)) == (step, before)
    for step in road()[-2::-1]:
        schema.downgrade(connection, "-1")
        assert (revision_of(connection), whole(connection)) == (step, before)
    for step in road()[1:]:
        schema.upgrade(connection, "+1")
        assert (revision_of(connection), whole(connection)) == (step, before)

    address = connection.target.address
    assert tracker("db", "check", db=address).out == f"{connection.target}: sound.\n"


FAILING = f'''
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{HEAD}", None, None


def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE concession SET title = 'lost'")
    with op.batch_alter_table("concession") as batch:
        batch.add_column(sa.Column("tariff_line", sa.String(), nullable=True))
    {{ending}}
'''


@pytest.mark.parametrize(
    "ending", ["raise RuntimeError('power cut')", "op.execute('SELECT no_such_column')"]
)
def test_a_revision_that_fails_leaves_the_book_as_it_was(
    aged: tuple[str, Connection],
    ending: str,
    tracker: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    revision, connection = aged
    before, address = whole(connection), connection.target.address
    folder = Path(shutil.copytree(schema.migrations_folder(), tmp_path / "migrations"))
    (folder / "versions" / "9999_failing.py").write_text(FAILING.format(ending=ending), "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(schema, "migrations_folder", lambda: folder)
        for module in ("database.opening", "database", "schema"):
            patched.setattr(f"tracker.{module}.HEAD", "9999")
        ran = tracker("db", "upgrade", db=address)

    assert ran.code != 0
    assert ran.err.count("\n") == 1
    assert (revision_of(connection), whole(connection)) == (revision, before)
    assert not connection.has_table("extra")
    assert tracker("db", "upgrade", db=address).code == 0
    reopened = open_book(connection.target)
    assert whole(reopened) == before
    reopened.close()
