"""The commands that bring in updates, texts or another book, and make files for others."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Unpack

from tracker import settings
from tracker.book.access import Access, Answer, Done, command
from tracker.book.options import Asked, Day, DryRun, File, Note
from tracker.errors import (
    NotFound,
    Refused,
    TrackerError,
    WrongUsage,
    misuse,
)
from tracker.files import (
    EVERYBODY,
    drafted,
    is_stream,
    mode_for,
    reason_of,
    unreadable,
    unwritable,
)

if TYPE_CHECKING:
    from tracker.interchange.disputes import Imported
    from tracker.journal.writer import Writer

SourceName = Annotated[str, "SOURCE  A source's key, or its web address."]
Incoming = Annotated[
    File,
    "FILE|BOOK.db|URL|-  CSV, JSONL or XLSX; another book, or its export; - is standard input.",
]
RecipeFile = Annotated[
    str | None, "--recipe FILE.toml  Says which columns of the table are which."
]
Exported = Annotated[
    str | None, "[FILE]  A file, by default standard output; or an agreement."
]
OfDamagedBook = Annotated[
    bool,
    "--unverified  FILE is what was saved of a damaged book: its entries become yours.",
]
Unverified = Annotated[
    bool, "--unverified  Of a damaged book, what can be read, marked as not verified."
]
TablesFolder = Annotated[
    str | None,
    "--tables FOLDER  Every report as CSV, each row with its as_of and known_by.",
]
AsToml = Annotated[bool, "--toml  One agreement as TOML, to edit and apply again."]
TextFile = Annotated[
    File | bytes, "FILE|-  HTML, PDF or plain text; - is standard input."
]
Seen = Annotated[
    Day | None,
    "--seen DATE  The day on which the source had this text; by default, today.",
]
Folder = Annotated[
    str, "DIR  A folder for the site alone; it is made, or replaced as a whole."
]
Replace = Annotated[
    bool,
    "--replace  Replace even the site of another book, or of a newer copy of this one.",
]
Address = Annotated[str | None, "--url ADDRESS  The site's address on the web."]

NOT_EXPORTS = (".csv", ".tsv", ".xlsx", ".json", ".ics", ".md", ".html", ".htm")
"""Endings of files that hold a report, or part of it, but no book."""


class Files(Access):
    """Reads and writes files; a file to read is a path, or a file that is open for reading.

    The receipt of a file has every new entry unless it is not to be `in_full`.
    """

    @command("receipt")
    def import_(
        self,
        file: Incoming,
        *,
        dry_run: DryRun = False,
        recipe: RecipeFile = None,
        unverified: OfDamagedBook = False,
        in_full: bool = True,
    ) -> Answer:
        """Import updates, or another book, without duplicates.

        The columns of a file are those of 'tracker history -f csv'; a recipe reads a table with
        other columns. Of another book, its export or its address, everything comes that this one
        lacks, with its authors. 'undo' takes all of it back.

        Example: tracker history -o updates.csv && tracker import updates.csv --dry-run
        """
        from tracker.reports import incoming

        if unverified and recipe is not None:
            raise misuse("--unverified takes no recipe")
        # Everything is read before the book is locked: a pipe may be slow.
        bring = _saved(file) if unverified else _incoming(file, recipe)
        with self.writing(dry_run=dry_run) as writer:
            imported = bring(writer)
            del bring  # it holds a whole file, for which the report needs the room
            report = incoming.imported_report(
                writer, imported, dry_run=dry_run, in_full=in_full
            )
            return Answer(report)

    @command()
    def export(
        self,
        file: Exported = None,
        *,
        toml: AsToml = False,
        tables: TablesFolder = None,
        unverified: Unverified = False,
        **asked: Unpack[Asked],
    ) -> Iterator[str] | Done:
        """Export the whole book, one agreement, or every report.

        As JSONL, or as TOML to edit and apply again. TOML carries no authors and no history: for
        'tracker import', use JSONL or the book itself. --tables writes a folder of CSV files, whose
        rows can be stacked with those of other days, and book.json, which names the book; it
        replaces only what it wrote there.

        'tracker init FILE.jsonl' restores the book, byte for byte. A damaged book is written only
        with --unverified.

        Example: tracker export truce.jsonl
        """
        from tracker.database.sqlite import mode_of

        if tables is not None:
            if file or toml or unverified or not tables:
                raise misuse(
                    "--tables needs a folder, and no FILE, --toml or --unverified"
                )
            return self._tables_to(tables, asked)
        agreement = asked.pop("agreement", None)
        if any(asked.values()):
            raise misuse("--as-of, --known-by and --hindsight need --tables")
        to = None if file == "-" else file
        suffix = Path(to or "").suffix.lower()
        toml = toml or agreement is not None or suffix == ".toml"
        # A file has an ending, or a folder.
        is_name = to and Path(to).name == to and not suffix
        if suffix in NOT_EXPORTS or (is_name and not toml):
            how = "name a file such as book.jsonl, or add --toml for one agreement"
            report = "deadlines" if suffix == ".ics" else "history"
            written = f"-o writes a report: 'tracker {report} -o FILE{suffix or '.csv'}'"
            raise misuse(f"{how}; {written}")
        if is_name and agreement is None:
            agreement = to
            to = None
        if unverified:
            if toml:
                raise misuse("--unverified writes the whole book, as JSONL")
            return self._salvaged() if to is None else self._salvaged_to(Path(to))
        texts = self._exported(toml, agreement)
        if to is None:
            return texts
        with self.opened() as connection:
            write_file(Path(to), texts, mode_of(connection.target))
        return iter(())

    def _tables_to(self, folder: str | Path, asked: Asked) -> Done:
        """Write every report as CSV to a folder."""
        from tracker import publish

        files = self.ask(publish.tables, **asked)
        written, _ = publish.lay(Path(folder), files, marked_by=".truce-tables")
        return Done((f"Wrote {written} files to {folder}.",))

    @command("receipt")
    def source_keep(
        self, source: SourceName, file: TextFile, *, seen: Seen = None, note: Note = None
    ) -> Answer:
        """Keep a text of a source as it is now.

        The book records the hashes of the file and of its words; the file itself is copied to a
        folder beside the book. Keeping the same file again adds nothing.

        Example: echo "China buys 12 MMT" | tracker source keep article - --seen 2026-01-01
        """
        from tracker.journal import verbs
        from tracker.reports.receipt import receipt
        from tracker.texts import LIMIT, Shelf, read_text

        given = BytesIO(file) if isinstance(file, bytes) else file
        with opened_file(given) as (opened, name):
            content = opened.read(LIMIT + 1)
            words, text = read_text(content, name, "source keep")
        seen_on = self.day(seen)
        with self.opened() as connection, connection.writing():
            shelf = Shelf.needed(connection.target)
            writer = self.writer(connection)
            numbers, prior = verbs.keep(writer, source, text, seen_on, note)
            notes = (
                [f"{source}: this text is already recorded, by entry {prior}"]
                if prior
                else []
            )
            if shelf.put(content, words, text) and prior:
                notes.append("Its file was missing or altered, and has been put back.")
            return Answer(receipt(writer, numbers, notes=notes))

    @command("table")
    def source_diff(self, source: SourceName, **asked: Unpack[Asked]) -> Answer:
        """The words that changed between the last two kept texts.

        With --as-of, the last two by that day. Lists the concessions that rest on the source, and
        whether each one's quotation is still in the text. Ignores case, punctuation and layout.

        Example: echo "China buys 12 MMT" | tracker source keep article - --seen 2026-01-01 &&
        echo "China buys 8 MMT" | tracker source keep article - &&
        tracker source diff article
        """
        from tracker.reports.rewording import rewording

        return Answer(self.ask(lambda view: rewording(view, source), **asked))

    @command()
    def publish(
        self,
        folder: Folder,
        *,
        url: Address = None,
        replace: Replace = False,
        **clocks: Unpack[Asked],
    ) -> Done:
        """A website with charts, in a folder.

        It has every week with a day of the book, who gained what, each agreement and concession,
        deadlines, targets and sources; a feed, a calendar and the data. Nothing is written if
        nothing has changed. The site of another book, or of a newer copy of this one, is refused.
        With --url, the feed has full links.

        Example: tracker publish site --as-of 2026-03-22
        """
        from tracker import publish

        if not folder:
            raise misuse("name a folder for the site")
        notices = []
        if not replace:
            with self.opened() as connection, connection.reading():
                if notice := publish.require_own(Path(folder), connection):
                    notices.append(notice)
        view = self.ask(lambda view: view, **clocks)
        files, is_new = publish.publish(Path(folder), view, settings.site_url_or(url))
        done = f"Wrote {files} files to {folder}."
        if not is_new:
            done = f"{folder} is up to date: {files} files."
        return Done((done,), notices=tuple(notices))

    def _exported(self, toml: bool, agreement: str | None) -> Iterator[str]:
        """Yield the lines of an export; the book is open until the last one."""
        from tracker.interchange.exports import export
        from tracker.interchange.outline import outline
        from tracker.state import Clocks, State

        with self.opened() as connection:
            if not toml:
                yield from export(connection)
                return
            with connection.reading():
                clocks = Clocks(self.today, hindsight=True)
                yield outline(State.read(connection, clocks, agreement))

    def _salvaged(self) -> Iterator[str]:
        """Yield the lines of what can be read of the book."""
        from tracker.database import open_damaged
        from tracker.interchange.exports import Salvage

        with closing(open_damaged(self.target)) as connection:
            yield from Salvage(connection).lines()

    def _salvaged_to(self, path: Path) -> Done:
        """Write what can be read of the book to a file, and return what to do next."""
        from shlex import quote

        from tracker.database import open_damaged
        from tracker.database.sqlite import mode_of
        from tracker.interchange.exports import Salvage

        with closing(open_damaged(self.target)) as connection:
            salvage = Salvage(connection)
            write_file(path, salvage.lines(), mode_of(connection.target))
        name = quote(str(path))
        program = f"{settings.program()} --db NEW.db"
        if salvage.reason is None:
            with suppress(TrackerError), self.opened():
                return Done((f"{path}: the whole book, which is sound.",))
            whole = f"{path}: the whole journal, which is sound; the book has lost its revision."
            return Done((whole, f"Next: {program} init {name}"))
        lines = [f"{path}: {salvage.entries:,} entries, not verified: {salvage.reason}."]
        for part in salvage.lost:
            entries = f"entry {part['first']}"
            if part["first"] != part["last"]:
                entries = f"entries {part['first']} to {part['last']}"
            lines.append(f"Left out: {entries}: {part['reason']}.")
        lines.append(f"Next: {program} init {name} --until {salvage.fits}")
        lines.append(f"then: {program} import {name} --unverified")
        return Done(tuple(lines))


def _saved(file: File) -> "Callable[[Writer], Imported]":
    """Read what was saved of a damaged book; return what brings it into ours."""
    from tracker.interchange import lines, rescue

    with opened_file(file) as (opened, name):
        if not lines.EXPORT.match(opened.peek(lines.BEGINNING)):
            raise misuse("--unverified needs an export of a damaged book")
        return rescue.read(opened, name)


def _incoming(file: File, recipe_file: str | None) -> "Callable[[Writer], Imported]":
    """Read another book, or a table of updates; return what brings it into ours."""
    from tracker.database import Target
    from tracker.database.sqlite import MAGIC
    from tracker.interchange import importing, lines, recipe, union

    loaded = None if recipe_file is None else recipe.load(Path(recipe_file))
    if isinstance(file, str) and ("://" in file or settings.is_like_address(file)):
        other = Target.parse(file)
        if loaded:
            why = "whose entries need none"
            raise WrongUsage(
                "option unfit",
                option="--recipe",
                other="the address of a book",
                reason=why,
            )
        return partial(union.unite, union.opened(other))
    with opened_file(file) as (opened, name):
        start = b"" if loaded else opened.peek(lines.BEGINNING)
        if start.startswith(MAGIC) and isinstance(file, str | Path):
            return partial(union.unite, union.opened(Target.parse(str(file))))
        if lines.EXPORT.match(start):
            return partial(union.unite, union.exported(opened, name))
        return importing.read(opened, name, loaded)


@contextmanager
def opened_file(file: File | BytesIO) -> Iterator[tuple[Any, str]]:
    """Open a path for reading, or take an open file; yield it and its name."""
    if not isinstance(file, str | Path):
        yield file, "-"
        return
    try:
        opened = Path(file).open("rb")  # noqa: SIM115 - closed below
    except (FileNotFoundError, ValueError):  # no file has a name that cannot be encoded
        raise NotFound("no such file", path=file) from None
    except OSError as error:
        raise unreadable(file, reason_of(error)) from error
    with opened:
        try:
            yield opened, str(file)
        except OSError as error:
            if error.filename is not None:  # another file's
                raise
            raise unreadable(file, reason_of(error)) from error


def write_file(path: Path, parts: Iterable[str | bytes], mode: int = EVERYBODY) -> None:
    """Write the parts to a file, or leave the old file if that fails.

    Text is encoded as UTF-8. A link is replaced; a pipe or a device is written to. A database is
    refused, as it may be a book. The file gets no permission that `mode` does not have.
    """
    from tracker.database.sqlite import occupied

    encoded = (part.encode() if isinstance(part, str) else part for part in parts)
    try:
        if reason := "it is a folder" if path.is_dir() else occupied(path):
            raise Refused("file in the way", path=path, reason=reason)
        if is_stream(path):
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND), "wb") as stream:
                stream.writelines(encoded)
            return
        with drafted(path) as draft:
            with draft.open("wb") as file:
                file.writelines(encoded)
            draft.chmod(mode_for(path) & mode)
            draft.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
