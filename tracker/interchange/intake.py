"""Adds the entries of files to the journal: recognises known ones, checks and writes new ones."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from tracker.errors import Refused, TrackerError
from tracker.interchange.complaints import column_of, reason_of
from tracker.journal.admission import Admission
from tracker.journal.draft import Draft
from tracker.journal.names import UNKNOWN
from tracker.journal.shapes import REFERRING
from tracker.journal.targets import Target, referring, target, targets_of
from tracker.journal.writer import Held, Writer
from tracker.vocabulary import Command, EntryKind

UNDONE = "undo"
"""The command whose retractions a later import of the same file may restore."""


class Given(NamedTuple):
    """One entry of a file: its place, its content, and the identifiers that the file gives it."""

    place: int
    draft: Draft
    claimed: bytes | None = None
    """Its key according to the file."""
    entry: int | None = None
    """Its number according to the file."""
    retracted: bool = False
    """Whether it is retracted according to the file, so that it is known even if it was undone."""


Refuse = Callable[[Given, str | None, str], None]
"""Receives a refused entry, the field that is wrong if there is one, and the reason."""


class Intake:
    """Adds the entries of files to the open batch of the caller."""

    def __init__(
        self, writer: Writer, command: Command, refuse: Refuse, until: date | None = None
    ) -> None:
        self.first = self.next = writer.next
        self.known = 0
        self.taken_back = 0
        self._writer = writer
        self._command = command
        self._refuse = refuse
        self._admission = Admission(writer, until)
        self._drafts: list[Draft] = []
        self._held: dict[bytes, list[Held]] = {}
        self._met: set[int] = set()
        """The entries of the book that lines of the file have said already."""
        self._numbers: dict[int, int] = {}
        """The numbers in the book of the file's entries, by their numbers in the file."""

    def take(self, chunk: Iterable[Given]) -> None:
        """Add some entries, in order."""
        whole = [(given, draft) for given in chunk if (draft := self._completed(given))]
        self._held = self._writer.held(draft.key for _, draft in whole if draft.key)
        for given, draft in whole:
            self._take(given, draft)
        self._flush()

    def _completed(self, given: Given) -> Draft | None:
        """Return the draft with its key; a retraction gets its key later."""
        draft = given.draft
        try:
            if draft.kind in REFERRING:
                return draft
            draft = self._admission.completed(draft)
            if given.claimed is not None and given.claimed != draft.key:
                self._refuse(given, "key", f"it does not fit; the key is {draft.key.hex()}")
                return None
        except TrackerError as error:
            if error.problem in (*UNKNOWN, "another kind"):
                # The thing may have been retracted since. The line is refused unless the book
                # has it.
                return draft.keyed()
            self._refuse(given, column_of(error), reason_of(error))
            return None
        return draft

    def _take(self, given: Given, draft: Draft) -> None:
        try:
            if draft.kind in REFERRING:
                number = self._referring(given, draft)
            else:
                number = self._known_again(given, draft.key) or self._new(draft)
        except TrackerError as error:
            self._refuse(given, column_of(error), reason_of(error))
            return
        if given.entry is not None:
            self._numbers[given.entry] = number

    def _known_again(self, given: Given, key: bytes) -> int | None:
        """Return an entry with this key that no earlier line matched, if there is one.

        Of several, a live line means a live one.
        """
        held = self._held.get(key, ())
        for entry, _, taken_by in sorted(held, key=lambda one: (one[2] is None) == given.retracted):
            may_return = taken_by == UNDONE and not given.retracted
            if entry < self.first and not may_return and entry not in self._met:
                self._met.add(entry)
                self.known += 1
                self.taken_back += taken_by is not None and not given.retracted
                return entry
        return None

    def _new(self, draft: Draft) -> int:
        """Check a new entry against the rules, and queue it."""
        if draft.kind not in REFERRING:
            draft = self._admission.held(draft, self.next)
        held = self._held.setdefault(draft.key, [])
        nth = max(one[1] for one in held) + 1 if held else 1
        held.append((self.next, nth, None))
        self._drafts.append(draft if nth == draft.nth else draft._replace(nth=nth))
        self.next += 1
        return self.next - 1

    def _referring(self, given: Given, draft: Draft) -> int:
        """Add a retraction; its number is the entry in the file, else in the book.

        If the line is already retracted here, its retraction is known, whatever its reason.
        """
        self._flush()
        of_line = self._numbers.get(draft.referent, 0)
        number = of_line or draft.referent
        found = next(iter(targets_of(self._writer, [number])), None)
        if found is not None:
            draft = referring(draft, found)
            self._held |= self._writer.held([draft.key])
            if known := self._known_again(given, draft.key):
                return known
            if of_line and found.retracted_by is not None:
                self.known += 1
                return found.retracted_by
        self._admission.require_past(draft.effective_on)
        wrong = target(self._writer, number)
        self._require_about(given.draft.about, wrong)
        if wrong.kind is EntryKind.DECLARATION:
            raise Refused("declaration stands", entry=wrong.entry)
        written = self._new(referring(draft, wrong))
        self._flush()
        if wrong.kind in (EntryKind.DEADLINE, EntryKind.READING):
            self._admission.forget(wrong.subject.slug)
        return written

    def _require_about(self, about: str, to: Target) -> None:
        """Refuse a line that names another subject than the entry to which it refers."""
        slug = to.subject.slug
        if about in ("", slug, to.subject.concession):
            return
        subject = self._writer.names.find(slug)
        if subject is None or subject.agreement != about:
            raise Refused("another thing", entry=to.entry, slug=slug, given=about)

    def _flush(self) -> None:
        self._writer.append(self._command, self._drafts)
        self._drafts = []
