"""One merge: what all batches that it brings have in common."""

from datetime import timedelta
from functools import cached_property

from tracker.dates import iso_moment
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
