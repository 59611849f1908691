"""${message}."""

from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade():
    ${upgrades.replace("op.batch_alter_table(", "altered(") if upgrades else "pass"}


def downgrade():
    ${downgrades.replace("op.batch_alter_table(", "altered(") if downgrades else "pass"}


@contextmanager
def altered(table, **_):
    """Change a table. SQLite makes it again: keep its triggers, and that it has no row numbers."""
    triggers, kept_as, again = [], {}, "never"
    if op.get_context().dialect.name == "sqlite":
        again = "always"
        rows = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql <> ''")
        for kind, sql in op.get_bind().execute(rows, {"table": table}).all():
            if kind == "trigger":
                triggers.append(sql)
            if kind == "table" and sql.endswith("WITHOUT ROWID"):
                kept_as = {"sqlite_with_rowid": False}
    with op.batch_alter_table(table, recreate=again, table_kwargs=kept_as) as batch:
        yield batch
    for trigger in triggers:
        op.get_bind().exec_driver_sql(trigger)
