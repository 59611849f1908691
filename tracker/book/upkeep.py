"""The commands that make a book and look after its database."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tracker import settings
from tracker.book.access import Access, Done, command
from tracker.book.files import opened_file
from tracker.book.options import Values
from tracker.errors import Refused, Unavailable, misuse

if TYPE_CHECKING:
    from tracker.database import Connection
    from tracker.entry import Entry

EXPORT = ".jsonl"
"""The suffix of an exported book."""
OF_0_3 = "0001"
"""The schema revision of version 0.3."""
ROLES_AGAIN = (
    "Nobody but its owner has rights to what is new: run roles.sql again, which"
    " 'tracker help roles' prints."
)
READ_OTHERWISE = (
    "A day or a target now moves by your own move, or whole once both sides name the same. These"
    " commands keep what 0.3 read otherwise:"
)


Empty = Annotated[bool, "--empty  Make it without a seed."]
Listed = Annotated[bool, "--list  List the shipped seeds."]
Schema = Annotated[bool, "--schema  Print a seed's JSON Schema."]
Seeds = Annotated[
    str,
    "[SEED|FILE.toml|FILE.jsonl]...  Seeds (see --list), files of your own, or one exported book.",
]
UpTo = Annotated[
    int | None,
    "--until ENTRY  Of an exported book, only the whole commands up to this entry, which must fit.",
    Values(bounds=(0, 2**31 - 2)),
]
BackupFile = Annotated[str, "FILE  A new file to write to."]
Against = Annotated[
    str | None,
    "--against NUMBER:HEAD  Check only the database and its digests, and that the book still"
    " begins as a report says: give its last line, or its JSON.",
]


class Upkeep(Access):
    """Makes the book, and checks, copies and upgrades its database."""

    @command()
    def init(
        self,
        *seeds: Seeds,
        empty: Empty = False,
        listed: Listed = False,
        schema: Schema = False,
        until: UpTo = None,
    ) -> Done | str:
        """Make a book at --db, or in the default place.

        Example: tracker --db busan.db init busan-truce us-eu
        """
        from tracker.interchange import seeds as shipped

        if seeds and (empty or listed or schema):
            raise misuse("--empty, --list and --schema take no seed")
        if listed:
            seeds_listed = (
                f"{seed:12} {title}: {concessions} concessions, {entries} updates"
                for seed, title, _, concessions, entries in shipped.shipped()
            )
            return Done(tuple(seeds_listed))
        if schema:
            return shipped.schema().read_text("utf-8")
        names = [] if empty else seeds or [shipped.DEFAULT]
        files = [*map(shipped.find, dict.fromkeys(names))]
        if len(files) > 1 and any(file.suffix == EXPORT for file in files):
            raise misuse("an exported book is restored alone")
        if until is not None and not any(file.suffix == EXPORT for file in files):
            raise misuse("--until needs an exported book, FILE.jsonl")
        contents = ", ".join(file.stem for file in files) or "empty"
        made = self._make(files, until)
        following = self._week_to_read() if files else "add --help"
        done = f"Made a book at {self.target}: {contents}."
        return Done((done, *made, f"Next: {self._program()} {following}"))

    @command()
    def db_path(self) -> str:
        """Print which database is used.

        Example: tracker db path
        """
        is_file = self.target.dialect == "sqlite"
        return str(self.target.path.absolute() if is_file else self.target)

    @command()
    def db_upgrade(self) -> Done:
        """Upgrade the schema to the version that this program needs.

        If the book is a file, a copy of the old file is kept beside it. If it is on a server, run
        roles.sql again afterwards. Lists each day and target of a book of 0.3 that is now read
        otherwise, with the move that keeps it.

        Example: tracker db upgrade
        """
        from tracker import schema
        from tracker.database import HEAD, open_book
        from tracker.database.sqlite import back_up

        done: list[str] = []
        before = HEAD

        def keep(revision: str) -> None:
            nonlocal before
            before = revision
            done.append(f"schema {revision} → {HEAD}.")
            if self.target.dialect == "sqlite":
                kept = Path(f"{self.target.path}.schema-{revision}.bak")
                while kept.exists():  # from an upgrade that failed
                    kept = kept.with_name(f"{kept.name}.bak")
                back_up(self.target, kept)
                done.append(f"The old book is kept at {kept}")
            else:
                done.append(ROLES_AGAIN)

        with closing(open_book(self.target, at_head=False)) as connection:
            schema.bring_up(connection, keep)
            moves = self._moves_that_keep(connection) if before == OF_0_3 else []
        done = done or [f"schema {HEAD}, up to date."]
        return Done((f"{self.target}: {' '.join(done)}", *moves))

    def _moves_that_keep(self, connection: "Connection") -> list[str]:
        """Return the commands that keep the days and targets which 0.3 read otherwise.

        If the book is damaged, return what is: it was upgraded so that it can be saved.
        """
        from shlex import join

        from tracker.quantities import plain
        from tracker.rules.earlier import keeping
        from tracker.state import Clocks, State

        kept: list[tuple[str, Entry]] = []
        try:
            with self.blaming_damage(), connection.reading():
                state = State.read(connection, Clocks(date.max))
                for slug, moves in state.moves.items():
                    deadline = state.deadlines[slug]
                    promised_on = state.promised_on(deadline).first
                    sides = state.sides_of(deadline)
                    for move in keeping(deadline, moves, sides, promised_on):
                        kept.append((slug, move))
        except Unavailable as damage:
            return [str(damage)]
        lines = []
        for slug, move in kept:
            words = ["change", slug, "--reason=as 0.3 read it"]
            if move.due_on:
                words = ["move", slug, str(move.due_on), f"--on={move.effective_on}"]
                words += [f"--source={key}" for key in move.source]
                if move.public_on:
                    words.append(f"--public={move.public_on}")
            if move.value is not None:
                words.append(f"--target={plain(move.value)}")
            if move.base is not None:
                words.append(f"--base={plain(move.base)}")
            lines.append(f"  {self._program()} {join(words)}")
        return [READ_OTHERWISE, *lines] if lines else []

    @command()
    def db_backup(self, file: BackupFile) -> Done:
        """Copy the book to a file, even while others write to it.

        Example: tracker db backup friday.db
        """
        from tracker.database.sqlite import back_up
        from tracker.texts import Shelf

        back_up(self.target, Path(file))
        lines = [f"{self.target}: copied to {file}."]
        if (shelf := Shelf.of(self.target)) and shelf.folder.is_dir():
            lines.append(f"The kept texts are not part of it: copy {shelf.folder}, too.")
        return Done(tuple(lines))

    @command()
    def db_check(self, *, against: Against = None) -> Done:
        """Check the book for damage, and rehearse its recovery.

        Checks integrity, foreign keys, schema, guards, every digest and the file of each kept text;
        then exports the book, restores it in a temporary folder and makes every report. Prints a
        line for each finding, and then exits with 1.

        Example: tracker db check
        """
        from tracker.soundness import examine, mark_of

        mark = None if against is None else mark_of(against)
        findings, state = examine(self.target, self.today, mark)
        if findings or state is None:
            return Done(tuple(findings), exit_code=1)
        head = f", head {state.head}" if state.head else ""
        begins = f"; begins with {mark.entries}:{mark.head}" if mark else ""
        return Done((f"{self.target}: sound, {state.entries} entries{head}{begins}.",))

    def _program(self) -> str:
        """Return how to call the program for this book."""
        from shlex import quote

        named = f" --db {quote(str(self.target))}" if self._db else ""
        return f"{settings.program()}{named}"

    def make_default(self) -> str | None:
        """Make the book from the default seed, and return what to say about it.

        If another process makes it first, that book is used and None is returned.
        """
        from tracker.interchange import seeds

        try:
            self._make([seeds.find(seeds.DEFAULT)])
        except Refused as error:
            if error.problem != "book exists":
                raise
            return None
        program = settings.program()
        week = self._week_to_read()
        return (
            f"made a new book at {self.target}, seeded from one news article of 30 December 2025.\n"
            f"  {program} {week:44}  shows the latest week with news\n"
            f"  {program} log soybeans partial -m '8 MMT sold'  records an update\n"
            f"  {program} --db busan.db init busan-truce        makes a larger book;"
            " 'init --list' lists all"
        )

    def _week_to_read(self) -> str:
        """Return the command that prints the latest week with news, else this week."""
        from tracker.reports.weekly import last_with_news

        week = self.ask(last_with_news)
        return f"week {week}" if week else "week"

    def _make(self, files: Sequence[Path], until: int | None = None) -> list[str]:
        """Make the book, from seeds, from one export or empty; return lines on what it holds."""
        from tracker import schema
        from tracker.interchange import exports
        from tracker.interchange.applying import apply, load
        from tracker.reports.incoming import added_in_words

        if files and files[0].suffix == EXPORT:
            with opened_file(files[0]) as (source, name):
                entries = exports.make_again(self.target, source, name, until)
                whole = (
                    ""
                    if until in (None, entries)
                    else f": the next command goes beyond {until}"
                )
                return [f"It holds {entries:,} entries{whole}."]
        with schema.creating(self.target) as connection, connection.writing():
            if not files:
                return []
            return [
                f"It holds {added_in_words(apply(self.writer(connection), load(files)))}."
            ]
