"""An index of what was logged by hand: a week lists what was recorded in it of earlier days."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BY_HAND = "import_key IS NULL"


def upgrade():
    # SQLite would take the unique index of `import_key` instead, were that not the first column.
    columns = "import_key, recorded_at"
    op.execute(f"CREATE INDEX ix_entry_by_hand ON entry ({columns}) WHERE {BY_HAND}")


def downgrade():
    op.execute("DROP INDEX ix_entry_by_hand")
