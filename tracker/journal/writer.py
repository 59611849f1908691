"""Appends drafts to the journal under the write lock: numbers, moments and digests."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from tracker.database import Connection
from tracker.dates import Period, iso_moment
from tracker.errors import BadText
from tracker.journal.chain import GENESIS, digest
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
            raise BadText(part="author", reason="holds a line break or another control character")
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
        moment = iso_moment(max(self.now, recorded_at))
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
            words = _words(draft, subject)
            words["entry"] = number
            words["recorded_at"] = chain.moment
            words["author"] = self.author
            words["says"] = says.key if says else None
            words["source"] = source.key if source else None
            words["batch"] = chain.batch
            previous = digest(previous, words)
            yield table_row(words, draft.due_on, Links(subject, says, source), previous)


class Links(NamedTuple):
    """What the words of an entry name in the book."""

    subject: Subject
    says: Named | None
    source: Named | None


def table_row(
    words: dict[str, Any], due_on: Period | None, links: Links, digest: bytes
) -> dict[str, Any]:
    """Make an entry's words the row that its table holds, in values that every driver takes."""
    subject, says, source = links
    key = words["import_key"]
    words["agreement_id"] = subject.agreement_id
    words["concession_id"] = subject.concession_id
    words["deadline_id"] = subject.deadline_id
    words["says_id"] = says.id if says else None
    words["source_id"] = source.id if source else None
    words["due_on"] = due_on.last.isoformat() if due_on else None
    words["due_on_precision"] = due_on.precision.value if due_on else None
    words["import_key"] = bytes.fromhex(key) if key else None
    words["digest"] = digest
    return words


def _words(draft: Draft, subject: Subject) -> dict[str, Any]:
    """Return what a draft gives to its digest."""
    return {
        "kind": draft.kind.value,
        "agreement": subject.agreement,
        "concession": subject.concession,
        "deadline": subject.deadline,
        "effective_on": draft.effective_on.isoformat(),
        "stage": draft.stage and draft.stage.value,
        "value": None if draft.value is None else format(draft.value, "f"),
        "unit": draft.unit,
        "counted_by": draft.counted_by,
        "basis": draft.basis and draft.basis.value,
        "flow": draft.flow,
        "due_on": draft.due_on and str(draft.due_on),
        "outcome": draft.outcome and draft.outcome.value,
        "note": draft.note,
        "retracts": draft.retracts,
        "import_key": draft.import_key and draft.import_key.hex(),
    }


class _Chain(NamedTuple):
    """Where a batch is appended: behind which entry, at which moment."""

    last: int
    previous: bytes
    moment: str
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
        raise BadText(part=what, reason="is empty")
    if "\0" in text:
        raise BadText(part=what, reason="holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadText(part=what, reason="is not valid UTF-8") from None
