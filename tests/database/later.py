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
from tracker.database.contents import COLUMNS

LATER = "9999"
"""The number of the later revision."""
PROGRAM = ("database", "schema")
"""The modules that know which revision the program needs."""

TEMPLATE = (schema.migrations_folder() / "script.py.mako").read_text("utf-8")
"""What Alembic makes a new revision of; its end is what every revision has."""
REVISION = f'''
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{LATER}", "{HEAD}", None, None
TABLES = {[*COLUMNS]}


def upgrade():
    for table in TABLES:
        with altered(table) as batch:
            batch.add_column(sa.Column("annex", sa.String(), nullable=True))
            batch.create_check_constraint(op.f(f"ck_{{table}}_annex"), "annex <> ''")


def downgrade():
    for table in reversed(TABLES):
        with altered(table) as batch:
            batch.drop_constraint(op.f(f"ck_{{table}}_annex"), type_="check")
            batch.drop_column("annex")


{TEMPLATE[TEMPLATE.index("@contextmanager") :]}'''
"""A new column and its check in every table, which SQLite makes again with its rows."""


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
    """Return the schema of a program whose concessions have more columns, or whose tables do."""
    metadata = sa.MetaData(naming_convention=models.metadata.naming_convention)
    for table in models.metadata.sorted_tables:
        copy = table.to_metadata(metadata)
        if not columns:
            copy.append_column(sa.Column("annex", sa.String()))
    for column in columns:
        metadata.tables["concession"].append_column(column)
    return metadata


@contextmanager
def later_program(folder: Path, *columns: sa.Column[str]) -> Iterator[None]:
    """Be a later program while the block runs; what a new book looks like is looked up again.

    Its models have the columns of `REVISION`, or others.
    """
    schema._schema_of_new_file.cache_clear()
    try:
        with pytest.MonkeyPatch.context() as patched:
            bring(folder, patched.setattr)
            patched.setattr(models, "metadata", declared_with(*columns))
            yield
    finally:
        schema._schema_of_new_file.cache_clear()
