"""The journal with names in the place of numbers: for other programs, and for ours."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JOURNAL = """
    SELECT
        e.id AS entry, e.kind, a.slug AS agreement, c.slug AS concession, d.slug AS deadline,
        e.effective_on, e.recorded_at, e.author, p.slug AS says, e.stage, e.value, e.unit,
        e.counted_by, e.basis, e.flow, e.due_on, e.due_on_precision, e.outcome,
        s.key AS source, e.note, e.retracts, e.batch
    FROM entry AS e
    JOIN agreement AS a ON a.id = e.agreement_id
    LEFT JOIN concession AS c ON c.id = e.concession_id
    LEFT JOIN deadline AS d ON d.id = e.deadline_id
    LEFT JOIN party AS p ON p.id = e.says_id
    LEFT JOIN source AS s ON s.id = e.source_id
"""


def upgrade():
    op.execute(f"CREATE VIEW journal AS {JOURNAL}")


def downgrade():
    op.execute("DROP VIEW journal")
