"""Runs the revisions on the connection that the program, or a developer's command, provides."""

from alembic import context
from sqlalchemy import create_engine

config = context.config
connection = config.attributes.get("connection")


def run(on):
    context.configure(
        connection=on,
        target_metadata=config.attributes.get("metadata"),
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if connection is not None:
    run(connection)
else:
    engine = create_engine(context.get_x_argument(as_dictionary=True).get("db", "sqlite://"))
    with engine.begin() as fresh:
        run(fresh)
