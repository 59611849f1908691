"""The schema: declared once in `models`, made by revisions, and never half made."""

import gc
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from tracker import schema
from tracker.database import HEAD, Connection, Target, open_book, revision_of
from tracker.models.journal import metadata

Tables = dict[str, tuple[list[str], set[str]]]


@pytest.fixture
def revisions() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(schema.migrations_folder()))
    return ScriptDirectory.from_config(config)


def parts(ddl: str) -> list[str]:
    """Split a CREATE TABLE into its columns and constraints, whitespace and quotes aside."""
    body = re.sub(r"\s+", " ", ddl[ddl.index("(") + 1 : ddl.rindex(")")]).replace('"', "")
    found, depth, start = [], 0, 0
    for at, mark in enumerate(body):
        depth += (mark == "(") - (mark == ")")
        if mark == "," and depth == 0:
            found.append(body[start:at].strip())
            start = at + 1
    return [*found, body[start:].strip()]


def normalised(connection: sa.Connection) -> tuple[Tables, set[str]]:
    """Return each table's columns in order and its constraints, and all indexes."""
    query = sa.text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    rows = connection.execute(query).all()
    tables: Tables = {}
    for kind, name, sql in rows:
        if kind == "table" and name != "alembic_version":
            told = parts(sql)
            named = {part for part in told if part.startswith("CONSTRAINT")}
            tables[name] = [part for part in told if part not in named], named
    indexes = {re.sub(r"\s+", " ", sql) for kind, _, sql in rows if kind == "index"}
    return tables, indexes


@pytest.mark.on("sqlite")
def test_the_revisions_make_what_the_models_declare(connection: Connection) -> None:
    declared = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    metadata.create_all(declared)
    with declared.connect() as fresh, schema.borrowed(connection) as migrated:
        assert normalised(migrated) == normalised(fresh)
    declared.dispose()


def test_every_table_has_its_model_for_good() -> None:
    gc.collect()
    assert {one.local_table for one in SQLModel._sa_registry.mappers} == {*metadata.tables.values()}


def test_the_program_and_the_revisions_agree_on_the_head(revisions: ScriptDirectory) -> None:
    assert revisions.get_heads() == [HEAD]


@pytest.mark.on("sqlite")
def test_every_constraint_has_a_name(connection: Connection) -> None:
    with schema.borrowed(connection) as migrated:
        tables, _ = normalised(migrated)
    loose = [
        part
        for columns, _ in tables.values()
        for part in columns
        if re.search(r"\b(CHECK|UNIQUE|REFERENCES|PRIMARY KEY)\b", part)
    ]
    assert loose == []
    assert {table.name for table in metadata.sorted_tables} == set(tables)


def test_the_road_leads_down_and_up_one_revision_at_a_time(
    revisions: ScriptDirectory, book: Path
) -> None:
    opened = open_book(Target("sqlite", str(book)))
    with schema.borrowed(opened) as migrated:
        before = normalised(migrated)
    road = [script.revision for script in revisions.walk_revisions()]

    on_the_way_down = {}
    for revision in road:
        on_the_way_down[revision] = _declared(opened)
        with opened.migrating():
            schema.migrate(opened, "downgrade", "-1")
    left = opened.text("SELECT name FROM sqlite_master WHERE name <> 'alembic_version'")
    for revision in reversed(road):
        with opened.migrating():
            schema.migrate(opened, "upgrade", "+1")
        assert revision_of(opened) == revision
        assert _declared(opened) == on_the_way_down[revision]
    with schema.borrowed(opened) as migrated:
        after = normalised(migrated)
    opened.close()

    assert [name for (name,) in left if not name.startswith("sqlite_")] == []
    assert after == before


def _declared(connection: Connection) -> list[tuple[object, ...]]:
    return connection.text("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")


def test_upgrading_a_book_at_the_head_changes_nothing(book: Path, connection: Connection) -> None:
    before = book.read_bytes()

    schema.bring_up(connection, pytest.fail)

    assert book.read_bytes() == before


def test_a_book_that_somebody_else_upgrades_meanwhile_is_left_alone(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = iter(("of before", HEAD))
    monkeypatch.setattr(schema, "revision_of", lambda _: next(found))
    schema.bring_up(connection, lambda at: pytest.fail(f"upgraded from {at}"))


def test_revisions_do_not_import_the_program(revisions: ScriptDirectory) -> None:
    for script in revisions.walk_revisions():
        source = Path(script.path).read_text("utf-8")
        assert not re.search(r"^\s*(from|import) tracker", source, re.MULTILINE)
