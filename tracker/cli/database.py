"""The commands on the database itself."""

from pathlib import Path

import typer

commands = typer.Typer(help="Look after the database.", no_args_is_help=True)


@commands.command()
def path(context: typer.Context) -> None:
    """Print which database is used.

    Example: sqlite3 "$(tracker db path)" .schema
    """
    target = context.obj.target
    print(Path(target.address).absolute())


@commands.command()
def upgrade(context: typer.Context) -> None:
    """Bring the schema up to what this program needs.

    Example: tracker --db truce.db db upgrade
    """
    from tracker import schema
    from tracker.database import HEAD, open_book, revision_of

    connection = open_book(context.obj.target, at_head=False)
    try:
        before = revision_of(connection)
        schema.upgrade(connection)
    finally:
        connection.close()
    print(
        f"{context.obj.target}: schema {before} → {HEAD}."
        if before != HEAD
        else f"{context.obj.target}: schema {HEAD}, up to date."
    )


@commands.command()
def verify(context: typer.Context) -> None:
    """Prove that nothing was changed or removed.

    Walks the chain of digests; an edit behind the program's back shows, and exits with 1.

    Example: tracker db verify
    """
    from tracker.journal import verify as walk

    with context.obj.opened() as connection, connection.reading():
        found = walk(connection)
    if found.broken is None:
        head = f", head {found.head}" if found.head else ""
        print(f"{context.obj.target}: {found.entries} entries, unbroken{head}.")
        return
    context.obj.tell(
        f"The chain breaks at entry {found.broken}: {found.reason}."
        f" The {found.entries} before it hold; restore the rest from a backup or an export."
    )
    raise typer.Exit(1)
