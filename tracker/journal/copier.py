"""Appends another book's entries batch by batch, each with its author and its origin."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property

from tracker.dates import iso_moment
from tracker.journal.draft import Draft
from tracker.journal.restorer import Restorer
from tracker.journal.rows import EntryRow
from tracker.journal.writer import Writer, moment_after
from tracker.vocabulary import Command


class Merge:
    """One merge: its author, and the moment that all its batches share.

    The moment is taken when the first of them is sealed. It is later than any in the book, which
    distinguishes its batches from those of the merge before it.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._after = writer.begun(Command.MERGE).after

    @cached_property
    def told(self) -> dict[str, str]:
        """The fields that all its batches share."""
        moment = moment_after(self._after, self._writer.now)
        if self._after is not None:
            moment = max(moment, self._after + timedelta(microseconds=1))
        return {"merged_by": self._writer.author, "recorded_at": iso_moment(moment)}


class Copier(Restorer):
    """Writes another book's entries one by one, and each batch after its entries."""

    def __init__(self, writer: Writer, merge: Merge) -> None:
        self._connection = writer.connection
        self._writer = writer
        self._batch = writer.begun(Command.MERGE)
        self._merge = merge
        self._rows: list[EntryRow] = []
        self._nths: dict[bytes, int] = {}

    @property
    def next(self) -> int:
        """The number of the next entry."""
        return self._batch.next

    def copy(self, draft: Draft, origin: int) -> int:
        """Write an entry, with its number at its origin; return its number here."""
        nth = self._nths.get(draft.key)
        if nth is None:
            ((nth,),) = self._connection.rows("nth", key=draft.key)
        self._nths[draft.key] = nth + 1
        return self._add(draft._replace(nth=nth + 1), origin).entry

    def flush(self, last: Draft | None = None) -> None:
        """Write the buffered rows, so that queries find them."""
        super().flush(last)
        self._nths.clear()

    def end(self, words: Mapping[str, object]) -> bool:
        """Write a batch after its entries; return whether any of them came.

        `words` are its fields in the book in which it was recorded.
        """
        if not self.open:
            return False
        self._seal({**words, **self._merge.told})
        return True
