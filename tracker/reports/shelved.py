"""Checks whether the files of kept texts are there and unaltered."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from tracker.facts import KeptText
from tracker.reports.frame import counted, document_of, plural, report
from tracker.reports.rewording import texts_known
from tracker.reports.view import View
from tracker.tables import Column, Report, Section, table
from tracker.texts.shelf import Shelf
from tracker.vocabulary import FileState


class ShelvedRow(NamedTuple):
    """A kept text whose file is missing or altered, in the words of the JSON contract."""

    source: str
    """The source of the text."""
    entry: int
    seen_on: date
    state: FileState
    """What is wrong with its file: `missing` or `altered`."""
    path: str
    """Where the file should be."""
    sha256: str
    """The hash that the file should have."""


@document_of("source verify")
class ShelvedDocument(NamedTuple):
    """The kept texts whose files are missing or altered, one row for each."""

    rows: list[ShelvedRow]
    texts: int
    """How many kept texts were checked."""


def shelved(view: View, source: str | None = None) -> Report:
    """Report the live kept texts, of one source or of all, whose files are missing or altered."""
    texts = [*chain(*view.texts.values())] if source is None else texts_known(view, source)
    rows = [*_unsound(view, texts)] if texts else []
    columns = [
        Column("Source", lambda row: row.source, wraps=True),
        Column("Entry", lambda row: f"#{row.entry}", right=True),
        Column("Seen", lambda row: view.day(row.seen_on), right=True),
        Column("File", lambda row: row.state, below=lambda row: row.path),
    ]
    many = counted(len(texts), "text", "texts")
    sound = f"{many}: {plural(len(texts), 'its file is', 'their files are')} unchanged."
    none = "No texts are kept." if source is None else f"No text of {source} is kept."
    section = Section(lines=(sound if texts else none,))
    if rows:
        section = table(columns, rows, f"{len(rows)} of {many} missing or altered")
    return report(view, ShelvedDocument(rows, len(texts)), [section], title="kept texts")


def _unsound(view: View, texts: Sequence[KeptText]) -> Iterator[ShelvedRow]:
    shelf = Shelf.needed(view.connection.target)
    for one in texts:
        state, path = shelf.state(one.fingerprint)
        if state is not FileState.WHOLE:
            file = (str(path), one.fingerprint.file_sha256)
            yield ShelvedRow(one.source, one.entry, one.seen_on, state, *file)
