"""A revision after the last one, as a later program would bring it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
import sqlalchemy as sa

from tracker import models, schema
from tracker.database import HEAD

LATER = "9999"
"""The number of the later revision."""
PROGRAM = ("database", "schema")
"""The modules that know which revision the program needs."""

REVISION = f'''
from pathlib import Path
from runpy import run_path

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{LATER}", "{HEAD}", None, None
FIRST = run_path(str(Path(__file__).with_name("0001_first_tables.py")))
SECOND = run_path(str(Path(__file__).with_name("0002_sealed_entries.py")))


def upgrade():
    with op.batch_alter_table("concession") as batch:
        batch.add_column(sa.Column("tariff_line", sa.String(), nullable=True))
        batch.create_check_constraint(op.f("ck_concession_tariff_line"), "tariff_line <> ''")
    guard_again()


def downgrade():
    with op.batch_alter_table("concession") as batch:
        batch.drop_constraint(op.f("ck_concession_tariff_line"), type_="check")
        batch.drop_column("tariff_line")
    guard_again()


def guard_again():
    # On SQLite they went with the old table.
    if op.get_context().dialect.name == "sqlite":
        for guard in FIRST["guards_of"]("concession", FIRST["KEYS"]["concession"]):
            op.execute(guard)
        op.execute(SECOND["guard_of"]("concession"))
'''
"""A new column and its check: SQLite remakes the table with its rows and references."""


def copied(folder: Path) -> Path:
    """Copy the revisions into a folder, and return the file of one more, for a test to write."""
    shutil.copytree(schema.migrations_folder(), folder)
    return folder / "versions" / f"{LATER}_later.py"


def put(name: str, value: object) -> None:
    """Set the value behind a dotted name."""
    module, _, attribute = name.rpartition(".")
    setattr(import_module(module), attribute, value)


def bring(folder: Path, put: Callable[[str, object], object] = put) -> None:
    """Have this process use the revisions of a folder, and need the one after the last."""
    put("tracker.schema.migrations_folder", lambda: folder)
    for module in PROGRAM:
        put(f"tracker.{module}.HEAD", LATER)


def declared_with(*columns: sa.Column[str]) -> sa.MetaData:
    """Return the schema of a program whose concessions have more columns."""
    metadata = sa.MetaData(naming_convention=models.metadata.naming_convention)
    for table in models.metadata.sorted_tables:
        copy = table.to_metadata(metadata)
        conditions = {str(one.sqltext): one._ddl_if for one in checks_of(table)}
        for one in checks_of(copy):  # of which a copy forgets the database
            one._ddl_if = conditions[str(one.sqltext)]
    for column in columns:
        metadata.tables["concession"].append_column(column)
    return metadata


def checks_of(table: sa.Table) -> list[sa.CheckConstraint]:
    return [one for one in table.constraints if isinstance(one, sa.CheckConstraint)]


@contextmanager
def later_program(folder: Path, *columns: sa.Column[str]) -> Iterator[None]:
    """Be a later program while the block runs; what a new book looks like is looked up again.

    Its models have the column of `REVISION`, or others.
    """
    schema._schema_of_new_file.cache_clear()
    later = sa.Column(
        "tariff_line", sa.String(), sa.CheckConstraint("tariff_line <> ''", name="tariff_line")
    )
    try:
        with pytest.MonkeyPatch.context() as patched:
            bring(folder, patched.setattr)
            patched.setattr(models, "metadata", declared_with(*(columns or [later])))
            yield
    finally:
        schema._schema_of_new_file.cache_clear()
