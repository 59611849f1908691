"""Writes the other book's entries that this book lacks, in their order."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import chain, takewhile
from typing import Any

from tracker.dates import parse_iso_moment
from tracker.errors import BadInput, NotFound, Refused
from tracker.interchange.amendments import Amendments
from tracker.interchange.differences import Declarations
from tracker.interchange.disagreement import (
    DECLARATION,
    ENTRY,
    RETRACTION,
    Disagreement,
)
from tracker.interchange.disputes import Disputes
from tracker.interchange.kinship import Addresses, Kinship
from tracker.interchange.restoring import UNFIT, draft_of
from tracker.journal.admission import Admission
from tracker.journal.consistency import Declaring, require_named
from tracker.journal.draft import Draft
from tracker.journal.names import UNKNOWN
from tracker.journal.targets import Target, named, referring, targets_of
from tracker.journal.writer import Writer
from tracker.vocabulary import Command, EntryKind, ThingKind

UNDONE = "from a merge that was undone there"
STATED = "already stated the same way in this book"
DECLARED = "already declared the same way in this book"
SAME_SOURCE = "declaring sources that this book has under another key"
REFERRING = "referring to what was left out"
GONE = "taken back there, and about what this book does not hold"

Shared = Callable[[], dict[str, str]]
"""Returns the fields that all batches of one merge share: who merges, and when."""

REFUSALS = (NotFound, Refused, BadInput)
"""The errors that mean that an entry does not fit into this book."""


class Replay:
    """One pass over the other book's new batches; the caller holds the write lock."""

    def __init__(
        self,
        writer: Writer,
        kin: Kinship,
        shared: Shared,
    ) -> None:
        self.batches = self.known = 0
        self.kinds: Counter[str] = Counter()
        self.authors: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self._writer = writer
        self._kin = kin
        self._other = kin.other
        self._numbers = [*kin.numbers]
        self._instead: dict[int, int] = {}
        """The entries left out, each with our entry that says the same, or 0."""
        self._stated: set[int] = set()
        self._absent: set[str] = set()
        """Names that this book lacks, so that they are not looked up again."""
        self._applied = False
        """Whether the current entry comes from a file that both books may have applied."""
        self._addresses = Addresses(writer.connection, kin.other)
        self._declarations = Declarations(writer, kin, self._addresses)
        self._disputes = Disputes(writer, kin, self.there)
        self._amendments = Amendments(writer, kin, self.there)
        self._shared = shared
        # Its entries had happened by its last moment, whatever --today says here.
        last = kin.other.last_moment
        until = max(writer.today, parse_iso_moment(last).date()) if last else writer.today
        self._admission = Admission(writer, until)

    @property
    def disagreements(self) -> list[Disagreement]:
        """Everything on which the books differ.

        What depends on a thing whose declarations conflict is part of that conflict.
        """
        declared = self._declarations.conflicts
        apart = {one.subject for one in declared}
        others = (
            one
            for one in self._disputes.conflicts
            if one.what not in (RETRACTION, ENTRY, DECLARATION) or one.subject not in apart
        )
        return [*declared, *others, *self._disputes.verdicts, *self._amendments.disagreements()]

    def there(self, entries: Iterable[int]) -> dict[int, int]:
        """Return those of our entries that count in the other book, with their numbers there.

        So does an entry in whose favour one of theirs was left out.
        """
        return {one: self._counting[one] for one in entries if self._counting[one]}

    @cached_property
    def _counting(self) -> list[int]:
        """For each of our entries, the number of one of theirs that counts, or 0."""
        found = [0] * self._writer.next
        for entry, ours in chain(self._instead.items(), enumerate(self._numbers)):
            if self._other.live[entry]:
                found[ours] = entry
        return found

    def run(self) -> None:
        """Write everything that comes."""
        self.known = self._kin.after
        lines = self._other.lines(self._kin.stem)
        for batch in self._kin.new_batches:
            self._applied, came = batch.command is Command.APPLY, self.kinds.total()
            told = batch.told
            with self._writer.batch(Command.MERGE, lambda: {**told, **self._shared()}):  # noqa: B023
                for _, words in takewhile(lambda one: one[0] == "entry", lines):
                    self._entry(words)
            came = self.kinds.total() - came
            self.batches += came > 0
            self.authors[told["author"]] += came
        self._disputes.close()

    def _entry(self, words: dict[str, Any]) -> None:
        entry = words["entry"]
        if self._numbers[entry]:
            self.known += 1
        elif self._kin.undone[entry]:
            self._leave_out(entry, UNDONE)
        else:
            self._new(entry, words)

    def _new(self, entry: int, words: dict[str, Any]) -> None:
        try:
            draft = draft_of(words)
        except UNFIT as error:
            reason = f"entry {entry} cannot be read"
            raise BadInput("broken export", path=self._other.name, reason=reason) from error
        try:
            self._fit(entry, self._in_our_words(draft))
        except REFUSALS as error:
            absent = error.fields.get("name") if isinstance(error, NotFound) else None
            if absent is not None:
                self._absent.add(absent)
            if not self._counts_there(entry):
                return
            if absent is not None:
                self._disputes.miss(entry, draft, absent)
            else:
                self._disputes.refuse(entry, draft, error)

    def _fit(self, entry: int, draft: Draft) -> None:
        """Take an entry, even about what was retracted here: what counts is decided at the end."""
        try:
            self._take(entry, draft)
        except NotFound as error:
            if error.problem not in UNKNOWN:
                raise
            names, name = self._writer.names, error.name
            if not names.recall(name):
                raise
            try:
                self._take(entry, draft)
            finally:
                names.forget(name)
            if self._other.live[entry]:
                self._disputes.miss(entry, draft, names.retracted_with(name), fits=True)

    def _counts_there(self, entry: int) -> bool:
        """Return whether an entry that does not fit counts in the other book, else leave it out."""
        counts = bool(self._other.live[entry])
        if counts:
            self._instead[entry] = 0
        else:
            self._leave_out(entry, GONE)
        return counts

    def _in_our_words(self, draft: Draft) -> Draft:
        """Return a draft with this book's keys for its sources."""
        ours = self._addresses.ours
        if draft.source is not None:
            draft = draft._replace(source=ours(draft.source))
        if draft.text is not None:
            draft = draft._replace(about=ours(draft.about))
        declares = draft.declares
        if declares is not None and "source" in declares.fields:
            key = ours(declares.fields["source"])
            fields = {**declares.fields, "source": key}
            draft = draft._replace(declares=declares._replace(fields=fields))
        return draft

    def _take(self, entry: int, draft: Draft) -> None:
        if draft.kind is EntryKind.DECLARATION:
            self._declaration(entry, draft)
        elif draft.refers_to is not None:
            self._referring(entry, draft)
        else:
            self._update(entry, draft)

    def _update(self, entry: int, draft: Draft) -> None:
        if draft.about in self._absent:
            if self._counts_there(entry):
                self._disputes.miss(entry, draft, draft.about)
            return
        draft = self._admission.received(draft)
        live = self._other.live[entry]
        if self._leave_out_if_stated(entry, draft):
            return
        self._write(entry, draft)
        if live:
            self._disputes.hear(self._numbers[entry], draft)

    def _leave_out_if_stated(self, entry: int, draft: Draft, target: str | None = None) -> bool:
        """Leave out a reading, or an entry of an applied file, if this book says the same.

        `target` is the name of the entry to which it refers.
        """
        is_repeatable = self._applied or draft.kind is EntryKind.READING
        may_be = is_repeatable and self._other.live[entry]
        ours = self._stating(draft, target) if may_be else 0
        if ours:
            self._leave_out(entry, STATED, ours)
        return bool(ours)

    def _stating(self, draft: Draft, target: str | None) -> int:
        """Return an entry that only this book has and that says the same; each is returned once.

        It may name the page of its source differently.
        """
        keys = [draft.key]
        if draft.source is not None:
            names = self._addresses.names(draft.source) - {draft.source}
            keys += [draft._replace(source=one).keyed(target).key for one in sorted(names)]
        for number, _, taken_by in chain.from_iterable(self._writer.held(keys).values()):
            is_free = taken_by is None and number not in self._stated
            if is_free and self._kin.is_ours_alone(number):
                self._stated.add(number)
                return number
        return 0

    def _referring(self, entry: int, draft: Draft) -> None:
        number = self._numbers[draft.referent]
        if draft.kind is not EntryKind.RETRACTION:
            number = number or self._instead[draft.referent]
        if not number:
            self._leave_out(entry, REFERRING)
            return
        (found,) = targets_of(self._writer, [number])
        draft = referring(self._writer, draft, found)
        if self._leave_out_if_stated(entry, draft, named(found)):
            return
        self._write(entry, draft)
        if draft.kind is EntryKind.RETRACTION:
            self._forget(entry, found)
            if self._other.live[entry]:
                self._amendments.hear(self._numbers[entry], found)

    def _forget(self, entry: int, wrong: Target) -> None:
        """Forget what was looked up about a retracted entry, or one that counts again."""
        while wrong.kind is EntryKind.RETRACTION:
            (wrong,) = targets_of(self._writer, [wrong.refers_to])
        self._admission.forget(wrong.subject.slug)
        if wrong.kind is EntryKind.DECLARATION:
            self._writer.names.forget(wrong.subject.slug)
            self._writer.names.forget_parties()
        self._disputes.correct(entry, wrong)

    def _declaration(self, entry: int, draft: Draft) -> None:
        declares = draft.declares
        assert declares is not None
        self._declarations.explain(entry, declares)
        if declares.what is ThingKind.SOURCE and self._addresses.ours(draft.about) != draft.about:
            self._leave_out(entry, SAME_SOURCE)
        elif entry in self._declarations.instead:
            self._leave_out(entry, DECLARED, self._declarations.instead[entry])
        else:
            declaring = Declaring(declares.what, draft.about, declares.fields)
            require_named(self._writer, declaring)
            self._disputes.require_kind(declaring)
            self._write(entry, draft.keyed())
            self._admission.forget(draft.about)
            self._absent.discard(draft.about)

    def _write(self, entry: int, draft: Draft) -> None:
        draft = draft._replace(nth=None, origin=self._other.origins[entry])
        self._numbers[entry] = self._writer.append(Command.MERGE, [draft]).start
        self.kinds[draft.kind.value] += 1

    def _leave_out(self, entry: int, why: str, ours: int = 0) -> None:
        self.left_out[why] += 1
        self._instead[entry] = ours
