"""The schema: declared once in `models`, made by revisions, and never half made."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from docs.generate.fields import book_tables, meaning, written
from tests.differences import require_same
from tracker import schema
from tracker.database import HEAD, Connection, Target, open_book, revision_of
from tracker.database.contents import COLUMNS
from tracker.entry import ALWAYS, HELD_AS, SAID, SHAPES, Entry
from tracker.forms import ASSUMED, FLAG, MARK, PERIOD, QUANTITY, Form
from tracker.models import Quantity, metadata
from tracker.things import KINDS, REFERENCES, STORED
from tracker.vocabulary import EntryKind, Precision, ThingKind


class Table(NamedTuple):
    """What the SQL of a table declares."""

    columns: list[str]
    """In order."""
    constraints: set[str]


class Schema(NamedTuple):
    """What a file of SQLite declares, whitespace and quotes aside."""

    tables: dict[str, Table]
    indexes: set[str]


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


def normalised(connection: sa.Connection) -> Schema:
    """Return each table's columns in order and its constraints, and all indexes.

    A constraint that was added with a column stands behind it.
    """
    query = sa.text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    rows = connection.execute(query).all()
    tables: dict[str, Table] = {}
    for kind, name, sql in rows:
        if kind == "table" and name != "alembic_version":
            told = [one for part in parts(sql) for one in re.split(" (?=CONSTRAINT )", part)]
            named = {part for part in told if part.startswith("CONSTRAINT")}
            columns = [part for part in told if part not in named]
            tables[name] = Table(columns, named)
    indexes = {re.sub(r"\s+", " ", sql) for kind, _, sql in rows if kind == "index"}
    return Schema(tables, indexes)


@pytest.mark.on("sqlite")
def test_the_revisions_make_what_the_models_declare(connection: Connection) -> None:
    declared = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    metadata.create_all(declared)
    with declared.connect() as fresh, schema.borrowed(connection) as migrated:
        require_same(without_checks(normalised(migrated)), normalised(fresh))
    declared.dispose()


def without_checks(made: Schema) -> Schema:
    """Return what the models declare, too: columns, keys and indexes."""
    tables = {
        name: Table(table.columns, {one for one in table.constraints if " CHECK " not in one})
        for name, table in made.tables.items()
    }
    return Schema(tables, made.indexes)


# --- the models, and what commands and reports know of the tables ------------------------------


def test_every_table_that_commands_read_has_its_model() -> None:
    assert {*book_tables()} == {*COLUMNS}
    for table, columns in COLUMNS.items():
        assert {*columns.split()} <= {*metadata.tables[table].columns.keys()}, table


@pytest.mark.parametrize("what", ThingKind)
def test_a_version_s_columns_are_the_fields_of_its_thing(what: ThingKind) -> None:
    columns = [*metadata.tables[what].columns][3:]

    assert [column.name for column in columns] == [stored.name for stored in STORED[what]]
    for column, (name, field, form) in zip(columns, STORED[what], strict=True):
        is_reference = field in REFERENCES
        assert [key.target_fullname for key in column.foreign_keys] == ["thing.id"] * is_reference
        vocabulary = getattr(column.type, "enum_class", None)
        assert vocabulary is vocabulary_of(form, is_precision=name != field), name
        assert isinstance(column.type, sa.Boolean) is (form in (FLAG, MARK, ASSUMED)), name
        assert isinstance(column.type, Quantity) is (form is QUANTITY), name
        assert column.nullable is may_be_absent(what, field, form), name


def vocabulary_of(form: Form | None, *, is_precision: bool) -> type | None:
    if form is PERIOD and is_precision:
        return Precision
    return form.stored if form else None


def may_be_absent(what: ThingKind, field: str, form: Form | None) -> bool:
    """Return whether a thing may lack a field, or does not store what goes without saying."""
    if form is None:  # a deadline has one of two owners
        return what is ThingKind.DEADLINE
    hint = str(KINDS[what].__annotations__[field])
    return form.silent is not None or "None" in hint.partition(",")[0]


def test_an_entry_s_fields_have_their_columns() -> None:
    """What a move says of a target is its value; sources are in a table of their own."""
    columns = metadata.tables["entry"].columns
    for field in {*SAID} - {"source"}:
        column = columns["says_id" if field == "says" else field]
        assert getattr(column.type, "enum_class", None) is SAID[field].form.stored, field


@pytest.mark.on("sqlite")
def test_what_only_entries_of_some_kinds_have_is_what_their_shapes_say(
    connection: Connection,
) -> None:
    """What all kinds can have needs no CHECK, nor do the unit and the base of a value."""
    with schema.borrowed(connection) as migrated:
        constraints = normalised(migrated).tables["entry"].constraints
    of_kind = re.compile(r"CONSTRAINT ck_entry_(\w+_of_kind) CHECK \((.*)\)")
    declared = dict(
        found.groups() for constraint in constraints if (found := of_kind.match(constraint))
    )

    assert declared == {
        f"{column}_of_kind": condition
        for field in SAID
        if field not in (*ALWAYS, "unit", "base")
        for column, condition in [condition_of(field)]
    }


COMPLETED = ("basis", "flow")
"""What is stored with every reading, even if it is not given."""


def condition_of(field: str) -> tuple[str, str]:
    """Return a column, and the condition that only entries of the right kinds fill it."""
    names = {field, *(name for name, held in HELD_AS.items() if held == field)}
    having = {shape.kind for shape in SHAPES.values() if names & {*shape.fields}}
    kinds = [kind for kind in EntryKind if kind in having]
    shapes = [shape for shape in SHAPES.values() if shape.kind in having]
    column = "says_id" if field == "says" else field
    if column in COMPLETED or all(names & {*shape.needs} for shape in shapes):
        return column, f"({column} IS NOT NULL) = ({one_of(kinds)})"
    return column, f"{column} IS NULL OR {one_of(kinds)}"


def one_of(kinds: list[EntryKind]) -> str:
    return " OR ".join(f"kind = '{kind}'" for kind in kinds)


def test_a_column_means_what_its_field_means() -> None:
    """It may add something; what refers to a thing by its number has words of its own."""
    tables = book_tables()
    fields = {
        (kind.value, field, KINDS[kind]) for kind in ThingKind for _, field, _ in STORED[kind]
    }
    fields |= {("entry", field, Entry) for field in SAID}
    for table, field, kind in fields:
        if field in tables[table].model_fields:
            assert clause(meaning(tables[table], field)) == clause(meaning(kind, field)), field


def clause(sentence: str) -> str:
    return re.split("[;,.]", sentence)[0]


def test_every_column_has_its_sentence_in_the_models() -> None:
    for table, model in book_tables().items():
        told = {name for base in model.__mro__ for name in written(base)}
        assert told >= {*metadata.tables[table].columns.keys()}, table


# --- the revisions ----------------------------------------------------------------------------


def test_the_program_and_the_revisions_agree_on_the_head(revisions: ScriptDirectory) -> None:
    assert revisions.get_heads() == [HEAD]


@pytest.mark.on("sqlite")
def test_every_constraint_has_a_name(connection: Connection) -> None:
    with schema.borrowed(connection) as migrated:
        tables = normalised(migrated).tables
    loose = [
        part
        for table in tables.values()
        for part in table.columns
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
        on_the_way_down[revision] = schema._schema_of_file(opened)
        with opened.migrating():
            schema.migrate(opened, "downgrade", "-1")
    left = opened.text("SELECT name FROM sqlite_master WHERE name <> 'alembic_version'")
    for revision in reversed(road):
        with opened.migrating():
            schema.migrate(opened, "upgrade", "+1")
        assert revision_of(opened) == revision
        require_same(schema._schema_of_file(opened), on_the_way_down[revision])
    with schema.borrowed(opened) as migrated:
        after = normalised(migrated)
    opened.close()

    assert [name for (name,) in left if not name.startswith("sqlite_")] == []
    require_same(after, before)


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
