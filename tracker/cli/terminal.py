"""The terminal, pipes and files: how answers are written, and the text of a note is read."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from tracker import settings
from tracker.book import Answer, Done
from tracker.book.files import write_file
from tracker.book.options import Values
from tracker.errors import Unavailable, WrongUsage
from tracker.files import reason_of
from tracker.settings import FORMATS, NARROWEST, SUFFIXES, WIDEST, format_of
from tracker.tables import FULL_WIDTH, Report, Surface, content

FOR_PROGRAMS = ("json", "csv", "tsv")


class Wanted(NamedTuple):
    """How to write an answer: a receipt takes the first option, a page all before `columns`."""

    format: Annotated[
        str | None,
        "-f --format FORMAT  text, markdown, csv, json, html, mail, xlsx, ics, or grid and others.",
        Values(FORMATS, read=format_of),
    ] = None
    output: Annotated[
        str | None,
        "-o --output FILE  Write to this file; its suffix chooses the format.",
        Values(read=lambda word: None if word == "-" else word),
    ] = None
    width: Annotated[
        int | None,
        "--width COLUMNS  Wrap text to this width.",
        Values(bounds=(NARROWEST, WIDEST)),
    ] = None
    columns: Annotated[
        str | None,
        "--columns KEY,...  Only these columns, in this order; text adds the slug.",
    ] = None
    sort: Annotated[
        str | None, "--sort KEY  Sort rows by a key of the JSON, or by -KEY."
    ] = None
    limit: Annotated[
        int | None,
        "--limit N  Only the first N rows; of the history, the last.",
        Values(bounds=(1, 100_000)),
    ] = None

    @property
    def name(self) -> str:
        """The format: the one that is named, else the file's, else that of the settings."""
        suffix = "" if self.output is None else Path(self.output).suffix
        # What is written with -f mail is the text of a message, and not the message itself.
        if self.format is not None and suffix != ".eml":
            return self.format
        if suffix and suffix.lower() not in SUFFIXES:
            raise WrongUsage(
                "unknown suffix", path=self.output, suffix=suffix, known=SUFFIXES
            )
        return SUFFIXES.get(suffix.lower()) or str(
            settings.configured().get("format", "text")
        )

    def require(self, command: str) -> None:
        """Refuse what cannot be written, before a book is opened."""
        if self.name == "ics" and command != "deadlines":
            raise WrongUsage("no calendar", report=command)
        if self.output is None and self.name == "xlsx":
            raise WrongUsage("needs file", format=self.name)
        if self.name in settings.EXTRAS:
            settings.of_format(self.name)

    @property
    def surface(self) -> Surface:
        """The width and colour to write with: as set, else as the terminal allows."""
        on_terminal = self.output is None and sys.stdout.isatty()
        room = (
            max(shutil.get_terminal_size().columns, NARROWEST)
            if on_terminal
            else FULL_WIDTH
        )
        return Surface(
            settings.width_or(self.width) or room,
            settings.wants_colour(on_terminal),
            settings.site_url_or(None),
        )

    def part(self, report: Report) -> Report:
        """Return the part of a report that is wanted."""
        if self.columns is None and self.sort is None and self.limit is None:
            return report
        from tracker.tables.shape import shaped

        columns = () if self.columns is None else self.columns.split(",")
        return shaped(report, columns, self.sort, self.limit)


def is_interactive() -> bool:
    """Return whether a person types here and reads the answer, and not a job or a pipe."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def write(answer: Any, wanted: Wanted) -> int:
    """Write what a command answers: a report, what it did, text or lines; return the exit code."""
    match answer:
        case Answer():
            if not answer.for_programs or wanted.output or wanted.name in FOR_PROGRAMS:
                _emit(answer.report, wanted)
            return answer.exit_code
        case Done():
            for notice in answer.notices:
                print(f"tracker: {notice}", file=sys.stderr)
            with _receipt_of(answer.lines[0].rstrip(".")):
                print(answer)
            return answer.exit_code
        case str():
            sys.stdout.write(
                answer if answer.endswith("\n") or not answer else f"{answer}\n"
            )
        case _ if (first := next(answer, None)) is not None:
            # An export has the same bytes on every system.
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
            sys.stdout.write(first)
            sys.stdout.writelines(answer)
    return 0


def _emit(report: Report, wanted: Wanted) -> None:
    """Write a report as it is wanted: whole to a file, to the pager or to standard output."""
    report = wanted.part(report)
    rendered = content(report, wanted.name, wanted.surface)
    if wanted.name == "ics" and report.calendar:
        note = report.calendar(report.rows).note
        if note:
            print(f"tracker: {note}", file=sys.stderr)
    if wanted.output is not None:
        write_file(Path(wanted.output), [rendered])
    elif written := report.written:
        first = f"#{written.start}"
        last = f"#{written.stop - 1}"
        many = f"{first} to {last} were" if len(written) > 1 else f"{first} was"
        with _receipt_of(f"{many} recorded"):
            sys.stdout.write(str(rendered))
    else:
        _show(str(rendered))


@contextmanager
def _receipt_of(done: str) -> Iterator[None]:
    """Write to standard output; if that fails, raise `receipt lost`, which says what was done."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unavailable("receipt lost", done=done, reason=reason_of(error)) from error


def _show(text: str) -> None:
    """Write text; what is longer than the terminal goes through the user's pager, as git's."""
    is_long = (
        sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines
    )
    pager = settings.pager() if is_long else ""
    if not shutil.which(pager.partition(" ")[0]):
        sys.stdout.write(text)
        return
    from pydoc import pipepager

    pipepager(text, pager)


def piped() -> str:
    """Return standard input, which may have no end; the journal refuses too long a text."""
    from tracker.journal.batch import TEXT_BYTES

    text = sys.stdin.buffer.read(2 * TEXT_BYTES + 1)
    # Invalid bytes are kept, so that the journal refuses them.
    return text.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n").strip()
