"""The commands on the database itself."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker import settings
from tracker.cli.options import option, path_argument
from tracker.cli.output import announce, require_ending

if TYPE_CHECKING:
    from tracker.journal.chain import Mark

commands = typer.Typer(
    name="db", help="Look after the database.", no_args_is_help=True, rich_markup_mode=None
)


@commands.command()
def path(context: typer.Context) -> None:
    """Print which database is used.

    Example: sqlite3 "$(tracker db path)" .schema
    """
    target = context.obj.target
    print(target.path.absolute() if target.dialect == "sqlite" else target)


@commands.command()
def upgrade(context: typer.Context) -> None:
    """Upgrade the schema to the version that this program needs.

    If the book is a file, a copy of the old file is kept beside it.

    Example: tracker --db truce.db db upgrade
    """
    from tracker import schema
    from tracker.database import HEAD, open_book
    from tracker.database.backups import back_up, name_before_upgrade

    target = context.obj.target
    done: list[str] = []

    def keep(revision: str) -> None:
        done.append(f"schema {revision} → {HEAD}.")
        if target.dialect == "sqlite":
            kept = name_before_upgrade(target, revision)
            back_up(target, kept)
            done.append(f"The old book is kept at {kept}")

    with closing(open_book(target, at_head=False)) as connection:
        schema.bring_up(connection, keep)
    announce(f"{target}: {' '.join(done) or f'schema {HEAD}, up to date.'}")


@commands.command()
def backup(
    context: typer.Context,
    file: Annotated[
        str, path_argument("FILE", "Where to write; an earlier copy of this book is replaced.")
    ],
) -> None:
    """Copy the book to a file, even while others write to it.

    Example: tracker db backup friday.db
    """
    from tracker.database.backups import back_up
    from tracker.soundness import require_earlier_copy
    from tracker.texts.shelf import Shelf

    require_ending(file, "SQLite")
    require_earlier_copy(context.obj.target, Path(file))
    back_up(context.obj.target, Path(file))
    announce(f"{context.obj.target}: copied to {file}.")
    if (shelf := Shelf.of(context.obj.target)) and shelf.folder.is_dir():
        context.obj.tell(f"The kept texts are not part of it: copy {shelf.folder}, too.")


@commands.command()
def check(
    context: typer.Context,
    against: Annotated[
        str | None,
        option(
            "--against",
            "NUMBER:HEAD",
            "Also check that the book still begins with what a report's last line says; that line"
            " in quotes will do.",
        ),
    ] = None,
) -> None:
    """Check the book for damage, and rehearse its recovery.

    Checks integrity, foreign keys, schema, guards, every digest and the file of each kept text;
    then exports the book, restores it in a temporary folder and shows a week. Prints a line for
    each finding, and then exits with 1.

    Example: tracker db check --against 88:9f3c2d410b7e
    """
    from tracker.soundness import examine

    target, mark = context.obj.target, _mark(against)
    found, chain = examine(target, context.obj.today, settings.now(), mark)
    if found:
        print("\n".join(found))
        if chain and chain.broken is not None:
            whole = f"entries 1 to {chain.entries} are intact; restore the rest"
            whole = whole if chain.entries > 1 else "restore the book"
            context.obj.tell(f"{target}: {whole} from a backup or an export.")
        raise typer.Exit(1)
    assert chain is not None
    head = f", head {chain.head}" if chain.head else ""
    begins = f"; begins with {mark}" if mark else ""
    print(f"{target}: sound, {chain.entries} entries{head}{begins}.")


def _mark(text: str | None) -> "Mark | None":
    """Parse the number and head that a report prints of its book."""
    from tracker.journal.chain import Mark

    mark = None if text is None else Mark.parse(text)
    if text is not None and mark is None:
        hint = "a report's last line will do, in quotes"
        what = f"'{text}' is not a number and a head, such as 88:9f3c2d410b7e; {hint}"
        raise typer.BadParameter(what)
    return mark
