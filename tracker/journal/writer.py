"""Appends drafts to the journal under the write lock: numbers, moments and digests."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from tracker.database import Connection
from tracker.dates import iso_moment
from tracker.errors import BadText
from tracker.journal.chain import GENESIS, WORDS, digest
from tracker.journal.draft import Draft
from tracker.journal.names import Named, Names, Subject


class Writer:
    """Who writes in a book, on which day and at which moment.

    The caller holds `connection.writing()` around every use, and so decides what is one
    command and whether it is kept.
    """

    def __init__(self, connection: Connection, author: str, today: date, now: datetime) -> None:
        require_text("author", author)
        if not author.isprintable():
            raise BadText("author", "holds a line break or another control character")
        self.connection = connection
        self.names = Names(connection)
        self.author = author
        self.today = today
        self.now = now

    def append(self, drafts: Iterable[Draft], batch: int | None = None) -> range:
        """Write drafts as one batch, or into one that is begun; return their entries' numbers."""
        tail = self.connection.rows("tail")
        last, previous, recorded_at = tail[0] if tail else (0, GENESIS, self.now)
        # A clock that was set back must not make a later entry look older than an earlier one.
        moment = max(self.now, recorded_at)
        written = _Count()
        chain = _Chain(last, bytes(previous), moment, batch or last + 1)
        rows = self._rows(written.each(drafts), chain)
        self.connection.insert("insert_entry", rows)
        return range(last + 1, last + 1 + written.total)

    def _rows(self, drafts: Iterable[Draft], chain: "_Chain") -> Iterator[dict[str, Any]]:
        previous = chain.previous
        for number, draft in enumerate(drafts, chain.last + 1):
            require_text("note", draft.note)
            subject = self.names.subject(draft.about)
            says = None if draft.says is None else self.names.party(draft.says)
            source = None if draft.source is None else self.names.source(draft.source)
            words = self._words(draft, number, subject, chain.moment)
            words |= {"batch": chain.batch, "says": _key(says), "source": _key(source)}
            previous = digest(previous, _present(words))
            yield self._row(draft, words, subject) | {
                "says_id": says.id if says else None,
                "source_id": source.id if source else None,
                "recorded_at": chain.moment,
                "digest": previous,
            }

    def _words(
        self, draft: Draft, number: int, subject: Subject, moment: datetime
    ) -> dict[str, Any]:
        """Return the entry as its digest tells it."""
        words = {key: getattr(draft, key, None) for key in WORDS}
        return words | {
            "entry": number,
            "agreement": subject.agreement,
            "concession": subject.concession,
            "deadline": subject.deadline,
            "effective_on": draft.effective_on.isoformat(),
            "recorded_at": iso_moment(moment),
            "author": self.author,
            "value": None if draft.value is None else format(draft.value, "f"),
            "due_on": draft.due_on and str(draft.due_on),
            "import_key": draft.import_key and draft.import_key.hex(),
        }

    def _row(self, draft: Draft, words: dict[str, Any], subject: Subject) -> dict[str, Any]:
        """Return the entry as its table holds it."""
        return words | {
            "agreement_id": subject.agreement_id,
            "concession_id": subject.concession_id,
            "deadline_id": subject.deadline_id,
            "effective_on": draft.effective_on,
            "value": draft.value,
            "due_on": draft.due_on and draft.due_on.last,
            "due_on_precision": draft.due_on and draft.due_on.precision,
            "import_key": draft.import_key,
        }


class _Chain(NamedTuple):
    """Where a batch is appended: behind which entry, at which moment."""

    last: int
    previous: bytes
    moment: datetime
    batch: int


class _Count:
    """Counts what passes."""

    def __init__(self) -> None:
        self.total = 0

    def each(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        for draft in drafts:
            self.total += 1
            yield draft


def require_text(what: str, text: str | None) -> None:
    """Refuse text that is blank or that a database cannot keep."""
    if text is None:
        return
    if not text.strip():
        raise BadText(what, "is empty")
    if "\0" in text:
        raise BadText(what, "holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadText(what, "is not valid UTF-8") from None


def _key(named: Named | None) -> str | None:
    return named.key if named else None


def _present(words: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in words.items() if value is not None}
