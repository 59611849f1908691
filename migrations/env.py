"""Runs Alembic on the connection that the program provides or, for a developer, on a book.

A developer's command works on the book that `-x db=PATH|URL` names, and knows the models.
"""

from contextlib import closing

from alembic import context
from alembic.util import CommandError

RENDERED = {
    "AutoString": "sa.String()",
    "Enum": "sa.String(32)",
    "Moment": "sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), 'postgresql')",
    "Quantity": "sa.String().with_variant(sa.Numeric(), 'postgresql')",
}
"""How a revision, which imports nothing of the program, names the types of the models."""


def rendered(kind, item, autogenerating):
    if kind != "type" or type(item).__name__ not in RENDERED:
        return False
    if type(item).__name__ == "Moment":
        autogenerating.imports.add("from sqlalchemy.dialects import postgresql")
    return RENDERED[type(item).__name__]


def run(connection, metadata=None):
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=rendered,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_on_book(named):
    from tracker import schema
    from tracker.database import Target, connect
    from tracker.models import metadata

    with (
        closing(connect(Target.parse(named))) as book,
        book.migrating(),
        schema.borrowed(book) as connection,
    ):
        run(connection, metadata)


if "connection" in context.config.attributes:
    run(context.config.attributes["connection"])
elif book := context.get_x_argument(as_dictionary=True).get("db"):
    run_on_book(book)
else:
    raise CommandError("Name a book at the head, before the command: alembic -x db=PATH|URL check")
