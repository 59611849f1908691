"""The recording methods: each appends to the journal and returns a receipt."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from tracker.book.access import Access
from tracker.book.answer import Answer
from tracker.book.values import (
    Amount,
    Day,
    DueDay,
    Field,
    Happened,
    amount_of,
    happened_of,
    plain_field,
)
from tracker.dates import Period, exactly
from tracker.errors import BadDay
from tracker.vocabulary import Basis, Command, EntryKind, Outcome, Stage, ThingKind, parse_word

if TYPE_CHECKING:
    from tracker.journal.declaring import Change
    from tracker.journal.draft import Draft
    from tracker.journal.writer import Writer

Sources = str | Sequence[str] | None
"""A source, or several: keys or web addresses."""


class Stated(TypedDict, total=False):
    """When an update happened, where that is stated, and whether it may be recorded already."""

    on: Happened | None
    source: Sources
    public: Day | None
    once: bool


class Noted(Stated, total=False):
    """What an update that may have a note takes."""

    note: str | None


class Corrections(TypedDict, total=False):
    """What an amendment may correct; an empty `says`, `source` or `note` removes that part."""

    stage: str | None
    value: Amount | None
    unit: str | None
    by: str | None
    basis: str | None
    flow: bool | None
    to: DueDay | None
    target: Amount | None
    outcome: str | None
    note: str | None
    on: Happened | None
    public: Day | None
    says: str | None
    source: str | None


class Records(Access):
    """Records in a book; the rows of a receipt are the new entries.

    `on` is the day on which it happened, by default today, or a month or year that is over;
    `public` is the day on which it was made public, if that is another one; `source` is a source's
    key or a web address, or several of them. With `once`, nothing is added if a live entry says the
    same, so that a script can repeat a call if it does not know how it ended.
    """

    def log(
        self,
        concession: str | Sequence[str],
        stage: str,
        *,
        says: str | None = None,
        **stated: Unpack[Noted],
    ) -> Answer:
        """Log how far one or more concessions have come: your verdict, or what `says` claims."""
        reached = parse_word("stage", stage, Stage)
        slugs = [concession] if isinstance(concession, str) else dict.fromkeys(concession)
        own = [{"about": slug, "says": says, "stage": reached} for slug in slugs]
        return self._update(Command.LOG, EntryKind.STAGE, stated, *own)

    def measure(
        self,
        deadline: str,
        value: Amount,
        unit: str | None = None,
        *,
        by: str | None = None,
        basis: str | None = None,
        flow: bool = False,
        **stated: Unpack[Noted],
    ) -> Answer:
        """Measure what was delivered towards a target: the total so far, or a day's `flow`."""
        counted = parse_word("basis", basis, Basis) if basis else None
        own = {"about": deadline, "value": amount_of(value), "unit": unit}
        own |= {"counted_by": by, "basis": counted, "flow": flow}
        return self._update(Command.MEASURE, EntryKind.READING, stated, own)

    def move(
        self,
        deadline: str,
        due_on: DueDay,
        *,
        target: Amount | None = None,
        says: str | None = None,
        **stated: Unpack[Noted],
    ) -> Answer:
        """Move a deadline to a new day, with a new target if given; its first day is kept."""
        day, value = self._due(due_on), None if target is None else amount_of(target)
        own = {"about": deadline, "says": says, "due_on": day, "value": value}
        return self._update(Command.MOVE, EntryKind.DEADLINE, stated, own)

    def move_ending(
        self, day: DueDay, due_on: DueDay, *, says: str | None = None, **stated: Unpack[Noted]
    ) -> Answer:
        """Move every open expiry that now ends on a day, in one batch."""
        from tracker.journal.verbs import move_ending

        said, further, once = self._said(EntryKind.DEADLINE, **stated)
        old, draft = self._due(day), said._replace(says=says, due_on=self._due(due_on))
        return self._record(lambda writer: move_ending(writer, old, draft, further), once)

    def close(self, deadline: str, outcome: str, **stated: Unpack[Noted]) -> Answer:
        """Close a deadline: met, missed or cancelled."""
        own = {"about": deadline, "outcome": parse_word("outcome", outcome, Outcome)}
        return self._update(Command.CLOSE, EntryKind.DEADLINE, stated, own)

    def note(
        self, slug: str, text: str, *, says: str | None = None, **stated: Unpack[Stated]
    ) -> Answer:
        """Add a note to an agreement, a concession or a deadline."""
        own = {"about": slug, "says": says}
        return self._update(Command.NOTE, EntryKind.NOTE, Noted(note=text, **stated), own)

    def checked(self, *slugs: str, once: bool = False) -> Answer:
        """Record that you looked today and found nothing new; without slugs, at everything."""
        from tracker.journal import verbs

        return self._record(lambda writer: verbs.checked(writer, slugs), once)

    def cite(self, entry: int, *sources: str, note: str | None = None) -> Answer:
        """Add sources to an entry: keys, or web addresses."""
        from tracker.journal import verbs

        return self._record(lambda writer: verbs.cite(writer, entry, sources, note))

    def amend(
        self, entry: int, *, reason: str | None = None, **corrections: Unpack[Corrections]
    ) -> Answer:
        """Correct an entry: retract it and record it again; what is None stays as it is."""
        from tracker.journal.corrections import amend

        if unknown := corrections.keys() - Corrections.__annotations__.keys():
            raise TypeError(f"amend() takes no {', '.join(sorted(unknown))}")
        parts = {
            part: None if value == "" else value
            for part, value in self._parts(corrections).items()
            if value is not None
        }
        return self._record(lambda writer: amend(writer, entry, parts, reason))

    def retract(self, what: int | str, reason: str, *, everything: bool = False) -> Answer:
        """Retract an entry or a thing, so that it no longer counts; it stays in the journal.

        A slug takes what is declared under the thing and all entries about any of these with it;
        where there are such entries, this needs `everything`.
        """
        from tracker.journal.corrections import retract

        return self._record(lambda writer: retract(writer, what, reason, everything=everything))

    def undo(self) -> Answer:
        """Take back this author's last command; a second call takes back the one before it."""
        from tracker.journal import corrections

        return self._record(corrections.undo)

    def add(self, what: str, slug: str, **fields: Field) -> Answer:
        """Declare a party, a source, an agreement, a concession or a deadline.

        The fields are those of the TOML file; a concession's `agreement`, and a deadline's
        `agreement` or `concession`, say what it is declared under.
        """
        from tracker.journal import declaring

        kind = parse_word("kind of thing", what, ThingKind)
        given = {name: self._field(name, value) for name, value in fields.items()}
        return self._declare(lambda writer: declaring.add(writer, kind, slug, given))

    def change(self, slug: str, *, reason: str, **fields: Field) -> Answer:
        """Correct a declaration; an empty value removes a field."""
        from tracker.journal import declaring

        given = {
            name: self._field(name, value) for name, value in fields.items() if value is not None
        }
        return self._declare(lambda writer: declaring.change(writer, slug, given, reason))

    def _field(self, name: str, value: Field) -> Any:
        """Return a field of a declaration in plain values, a day in ISO text."""
        plain = plain_field(value)
        if name.endswith("_on") and isinstance(plain, str):
            with suppress(BadDay):  # it is refused with its field's name
                return str(self._due(plain))
        return plain

    def _declare(self, write: "Callable[[Writer], tuple[Change, range]]") -> Answer:
        from tracker.reports.incoming import changes_in_words
        from tracker.reports.receipt import receipt

        with self.writing() as writer:
            change, numbers = write(writer)
            lines = changes_in_words([change])
            return Answer(receipt(writer, numbers, lines))

    def _update(
        self, command: Command, kind: EntryKind, stated: Noted, *own: dict[str, Any]
    ) -> Answer:
        """Record one update or several, each with fields of its own."""
        from tracker.journal.verbs import record

        said, further, once = self._said(kind, **stated)
        drafts = [said._replace(**fields) for fields in own]
        return self._record(lambda writer: record(writer, command, drafts, further), once)

    def _said(
        self,
        kind: EntryKind,
        *,
        on: Happened | None = None,
        source: Sources = None,
        note: str | None = None,
        public: Day | None = None,
        once: bool = False,
    ) -> "tuple[Draft, Sequence[str], bool]":
        """Return what the updates of a command share, their further sources, and `once`."""
        from tracker.journal.draft import Draft

        sources = [source] if isinstance(source, str) else [*dict.fromkeys(source or ())]
        first = sources[0] if sources else None
        public_on = None if public is None else self.day(public)
        draft = Draft(kind, "", self._happened(on), source=first, note=note, public_on=public_on)
        return draft, sources[1:], once

    def _happened(self, on: Happened | None) -> Period:
        """Return the day, month or year that a caller means; by default, today."""
        return exactly(self.today) if on is None else happened_of(on, self.today)

    def _due(self, day: DueDay) -> Period:
        """Return a deadline's day, as precise as it was given."""
        try:
            return happened_of(day, self.today)
        except BadDay as error:  # it would advise 'yesterday'
            raise BadDay(text=error.text, wanted="day, month or year") from None

    def _parts(self, given: Corrections) -> dict[str, Any]:
        """Return corrections with the names and types of the journal."""
        read: dict[str, tuple[str, Callable[[Any], Any]]] = {
            "stage": ("stage", lambda word: parse_word("stage", word, Stage)),
            "basis": ("basis", lambda word: parse_word("basis", word, Basis)),
            "outcome": ("outcome", lambda word: parse_word("outcome", word, Outcome)),
            "value": ("value", amount_of),
            "target": ("target", amount_of),
            "to": ("due_on", self._due),
            "on": ("effective_on", self._happened),
            "public": ("public_on", self.day),
            "by": ("counted_by", str),
        }
        parts = {}
        for name, value in given.items():
            part, reader = read.get(name, (name, lambda as_given: as_given))
            parts[part] = None if value is None else reader(value)
        return parts

    def _record(self, write: "Callable[[Writer], range]", once: bool = False) -> Answer:
        from tracker.reports.receipt import receipt

        with self.writing() as writer:
            writer.once = once
            numbers = write(writer)
            return Answer(receipt(writer, numbers))
