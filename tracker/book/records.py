"""What is recorded: each method appends to the journal, and returns a receipt."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from tracker.book.access import Access
from tracker.book.answer import Answer
from tracker.book.values import Amount, Day, DueDay, amount_of, period_of
from tracker.vocabulary import Basis, Outcome, Stage, parse_word

if TYPE_CHECKING:
    from tracker.journal import Writer


class Corrections(TypedDict, total=False):
    """What an amendment may correct; an empty `says`, `source` or `note` takes that part away."""

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
    on: Day | None
    says: str | None
    source: str | None


class Records(Access):
    """Records in a book; a receipt's rows are the new entries.

    `on` is the day it happened, today if not given; `source` a source's key or a web address.
    """

    def log(
        self,
        concession: str,
        stage: str,
        *,
        note: str | None = None,
        on: Day | None = None,
        says: str | None = None,
        source: str | None = None,
    ) -> Answer:
        """Log how far a concession has come: your verdict, or what the party `says` claims."""
        from tracker import journal

        reached = parse_word("stage", stage, Stage)
        happened = journal.Circumstances(self.day(on), says, source, note)
        return self._record(lambda writer: journal.log(writer, concession, reached, happened))

    def measure(
        self,
        deadline: str,
        value: Amount,
        unit: str | None = None,
        *,
        by: str | None = None,
        basis: str = Basis.OTHER,
        flow: bool = False,
        on: Day | None = None,
        source: str | None = None,
        note: str | None = None,
    ) -> Answer:
        """Measure what was delivered towards a target: the total so far, or a day's `flow`."""
        from tracker import journal

        counted = amount_of(value), unit, by, parse_word("basis", basis, Basis), flow
        measurement = journal.Measurement(*counted)
        counted_on = journal.Circumstances(self.day(on), source=source, note=note)
        return self._record(
            lambda writer: journal.measure(writer, deadline, measurement, counted_on)
        )

    def move(
        self,
        deadline: str,
        due_on: DueDay,
        *,
        target: Amount | None = None,
        says: str | None = None,
        source: str | None = None,
        on: Day | None = None,
        note: str | None = None,
    ) -> Answer:
        """Move a deadline to a new day, maybe with a new target; its first day is kept."""
        from tracker import journal

        said = journal.Circumstances(self.day(on), says, source, note)
        day, quantity = period_of(due_on), None if target is None else amount_of(target)
        return self._record(lambda writer: journal.move(writer, deadline, day, quantity, said))

    def close(
        self,
        deadline: str,
        outcome: str,
        *,
        on: Day | None = None,
        source: str | None = None,
        note: str | None = None,
    ) -> Answer:
        """Close a deadline: met, missed or cancelled."""
        from tracker import journal

        ended = parse_word("outcome", outcome, Outcome)
        happened = journal.Circumstances(self.day(on), source=source, note=note)
        return self._record(lambda writer: journal.close(writer, deadline, ended, happened))

    def note(
        self, slug: str, text: str, *, on: Day | None = None, source: str | None = None
    ) -> Answer:
        """Note something on an agreement, a concession or a deadline."""
        from tracker import journal

        happened = journal.Circumstances(self.day(on), source=source)
        return self._record(lambda writer: journal.note(writer, slug, text, happened))

    def checked(self, *slugs: str) -> Answer:
        """Record that you looked today and found nothing new; at everything without a slug."""
        from tracker import journal

        return self._record(lambda writer: journal.checked(writer, slugs))

    def amend(
        self, entry: int, *, reason: str | None = None, **corrections: Unpack[Corrections]
    ) -> Answer:
        """Correct an entry: retract it and write it anew; what is None stays as it is."""
        from tracker import journal

        if unknown := corrections.keys() - Corrections.__annotations__.keys():
            raise TypeError(f"amend() takes no {', '.join(sorted(unknown))}")
        parts = {
            part: None if value == "" else value
            for part, value in self._parts(corrections).items()
            if value is not None
        }
        return self._record(lambda writer: journal.amend(writer, entry, parts, reason))

    def retract(self, entry: int, reason: str) -> Answer:
        """Take an entry out of the account; it stays in the journal."""
        from tracker import journal

        return self._record(lambda writer: journal.retract(writer, entry, reason))

    def undo(self) -> Answer:
        """Take back this author's last command; again, and the one before it."""
        from tracker import journal

        return self._record(journal.undo)

    def _parts(self, given: Corrections) -> dict[str, Any]:
        """Return corrections as the journal names and reads them."""
        read: dict[str, tuple[str, Callable[[Any], Any]]] = {
            "stage": ("stage", lambda word: parse_word("stage", word, Stage)),
            "basis": ("basis", lambda word: parse_word("basis", word, Basis)),
            "outcome": ("outcome", lambda word: parse_word("outcome", word, Outcome)),
            "value": ("value", amount_of),
            "target": ("target", amount_of),
            "to": ("due_on", period_of),
            "on": ("effective_on", self.day),
            "by": ("counted_by", str),
        }
        parts = {}
        for name, value in given.items():
            part, reader = read.get(name, (name, lambda as_given: as_given))
            parts[part] = None if value is None else reader(value)
        return parts

    def _record(self, write: "Callable[[Writer], range]") -> Answer:
        """Write one command's entries, and return them with what they changed."""
        from tracker.reports.receipt import Witness

        with self.writing() as writer:
            witness = Witness(writer.connection, self.today)
            return Answer(witness.receipt(write(writer)))
