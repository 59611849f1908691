"""The commands that record: each appends to the journal and returns a receipt."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Unpack

from tracker.book.access import Access, Answer, command, several, taken
from tracker.book.options import (
    Amount,
    AsHeadline,
    Base,
    Corrections,
    DeadlineSlug,
    EntryNumber,
    Inferred,
    LooseDay,
    OneOrMore,
    RestatedTarget,
    Says,
    Slug,
    UpdateOptions,
    Values,
)
from tracker.dates import exactly
from tracker.errors import BadInput, misuse
from tracker.forms import parse_status, parse_word
from tracker.vocabulary import TYPED, Basis, Command, EntryKind, Outcome

if TYPE_CHECKING:
    from tracker.entry import Entry as Update

LAST = (
    "Only the last word is read as one; a note goes after -m, a day after --on, each in quotes,"
    " and a figure into 'tracker measure DEADLINE VALUE'. "
)
"""What may be wrong with a word that ends a command's words."""
Concessions = Annotated[
    OneOrMore,
    "CONCESSION...  A concession's slug, or several; 'tracker history' lists what was logged.",
    Values("concession status"),
]
StatusWord = Annotated[
    str,
    f"STATUS  {', '.join(TYPED)}. A text without one is a note: 'tracker note SLUG TEXT'.",
    Values(TYPED),
]
CountedValue = Annotated[Amount, "VALUE  A plain decimal such as 8.5."]
Unit = Annotated[str | None, "[UNIT]  The unit; by default, the target's."]
CountedBy = Annotated[
    str | None, "--by WHO  Who counted; by default, the source's publisher, else you."
]
BasisWord = Annotated[
    str | None,
    f"--basis BASIS  {', '.join(Basis)}; by default, level for a limit without --flow, else other.",
    Values(Basis),
]
Flow = Annotated[bool, "--flow  What that day added, not the total so far."]
NewSeries = Annotated[
    bool, "--new-series  Count in another unit than the target and all readings so far."
]
MovedDeadline = Annotated[str | None, "DEADLINE  A deadline's slug."]
NewDay = Annotated[LooseDay | None, "DATE  The new day: 2026-02-28, 2026-02 or 2026."]
Ending = Annotated[
    LooseDay | None,
    "--ending DAY  In place of DEADLINE: every open expiry that now ends on this day.",
]
OutcomeWord = Annotated[str, f"OUTCOME  {', '.join(Outcome)}", Values(Outcome)]
Text = Annotated[
    str | None,
    "[TEXT]  What to note; - reads standard input.",
]
LookedAt = Annotated[OneOrMore, "[SLUG]...  What you looked at; by default, everything."]
Correction = Annotated[
    str | None, "-m --reason TEXT  The reason, for the week's corrections."
]
Retracted = Annotated[
    int | str,
    "ENTRY|SLUG  An entry's number (490 or '#490', as a shell takes a bare # for a comment), or a"
    " thing's slug.",
    Values("agreement concession deadline party source"),
]
ReasonOfRetraction = Annotated[str, "-m --reason TEXT  Why it no longer counts."]
EverythingUnder = Annotated[
    bool,
    "--everything  With a slug: also what is declared under it, and all entries about any of"
    " these.",
]


class Recording(Access):
    """Records in a book; the rows of a receipt are the new entries.

    `on` is the day on which it happened, by default today, or a month or year that is over;
    `public` is the day on which it was made public, if that is another one; `source` is a source's
    key or a web address, or several of them.
    """

    @command("receipt")
    def log(
        self,
        concession: Concessions,
        status: StatusWord,
        *,
        says: Says = None,
        inferred: Inferred = False,
        **stated: Unpack[UpdateOptions],
    ) -> Answer:
        """Log how far one or more concessions have come.

        It is your own verdict or, with --says, what a party claims. The status comes last.

        Example: tracker log soybeans partly -m "8 MMT sold" --on 2026-01-08
        --source https://www.usda.gov
        """
        details = {
            "stage": parse_status(status, LAST),
            "says": says,
            "inferred": inferred,
        }
        return self._update(Command.LOG, EntryKind.STAGE, concession, stated, details)

    @command("receipt")
    def measure(
        self,
        deadline: DeadlineSlug,
        value: CountedValue,
        unit: Unit = None,
        *,
        by: CountedBy = None,
        basis: BasisWord = None,
        flow: Flow = False,
        new_series: NewSeries = False,
        inferred: Inferred = False,
        **stated: Unpack[UpdateOptions],
    ) -> Answer:
        """Record a reading: what somebody counted towards a target.

        Who counted, the basis and the unit make up a series. The value is the total so far or,
        with --flow, what that day added.

        Example: tracker add deadline soybeans-2026 --concession soybeans --kind delivery
        --label "25 MMT" --due 2026-12-31 --target 25 --unit MMT --source article &&
        tracker measure soybeans-2026 8.5 --by USDA --basis sold --on 2026-01-08
        """
        details = {"value": value, "unit": unit, "by": by, "basis": basis, "flow": flow}
        details["inferred"] = inferred
        return self._update(
            Command.MEASURE,
            EntryKind.READING,
            deadline,
            stated,
            details,
            new_series=new_series,
        )

    @command("receipt")
    def move(
        self,
        deadline: MovedDeadline = None,
        due_on: NewDay = None,
        *,
        ending: Ending = None,
        target: RestatedTarget = None,
        base: Base = None,
        says: Says = None,
        inferred: Inferred = False,
        **stated: Unpack[UpdateOptions],
    ) -> Answer:
        """Move a deadline to a new day; its first day is kept.

        To restate only the target, give the current day. With --base, the level before the
        promise is restated along with the target.

        Example: tracker move truce-year 2027-11-10 --says us --source https://www.whitehouse.gov
        """
        details: dict[str, Any] = {"says": says, "inferred": inferred}
        if ending is not None:
            to = deadline  # the only argument is the new day
            if to is None or (due_on, target, base) != (None, None, None):
                raise misuse("give only the new DATE with --ending DAY")
            from tracker.journal.verbs import move_ending

            details["to"] = to
            move = self._said(EntryKind.DEADLINE, {**stated, **details})
            day = self.due(ending)
            return self.record(lambda writer: move_ending(writer, day, move))
        if deadline is None or due_on is None:
            raise misuse("give a DEADLINE and its new DATE")
        details |= {"to": due_on, "value": target, "base": base}
        return self._update(Command.MOVE, EntryKind.DEADLINE, deadline, stated, details)

    @command("receipt")
    def close(
        self,
        deadline: DeadlineSlug,
        outcome: OutcomeWord,
        *,
        inferred: Inferred = False,
        **stated: Unpack[UpdateOptions],
    ) -> Answer:
        """Close what no verdict settles, such as a meeting.

        Example: tracker close china-visit-2026 met --on 2026-05-15
        """
        word = parse_word("outcome", outcome, Outcome, LAST)
        details = {"outcome": word, "inferred": inferred}
        return self._update(Command.CLOSE, EntryKind.DEADLINE, deadline, stated, details)

    @command("receipt")
    def note(
        self,
        slug: Slug,
        text: Text = None,
        *,
        headline: AsHeadline = False,
        says: Says = None,
        **stated: Unpack[UpdateOptions],
    ) -> Answer:
        """Add a note to an agreement, a concession or a deadline.

        It is in your own words or, with --says, a party's statement. With --headline, it is the
        headline of the week of its day, in at most 80 characters.

        Example: tracker note tiktok "Beijing's approval still pending" --on yesterday
        """
        if (text is None) is (stated.get("note") is None):
            raise misuse("give a SLUG and, once, the TEXT: as an argument or after -m")
        details = {
            "note": text or stated.get("note"),
            "headline": headline,
            "says": says,
        }
        return self._update(Command.NOTE, EntryKind.NOTE, slug, stated, details)

    @command("receipt")
    def checked(self, *slugs: LookedAt) -> Answer:
        """Record that you looked today and found nothing new.

        Example: tracker checked soybeans rare-earths
        """
        from tracker.journal import verbs

        looked_at = several([slug for words in slugs for slug in several(words)])
        if looked_at == ("all",):  # and not the only title with such a word
            looked_at = ()
        return self.record(lambda writer: verbs.checked(writer, looked_at))

    @command("receipt")
    def amend(
        self,
        entry: EntryNumber,
        *,
        reason: Correction = None,
        **corrections: Unpack[Corrections],
    ) -> Answer:
        """Correct an entry, or add a source to it.

        A correction retracts the entry and records it again. An empty --says, --source or --note
        removes that part. A source that is added is only counted among the week's corrections.

        Example: tracker amend 14 --on 2026-01-08
        """
        from tracker.journal.corrections import amend

        number = str(entry).removeprefix("#")
        if not re.fullmatch("[0-9]{1,20}", number):
            raise BadInput("bad entry number", word=entry)
        added = several(corrections.pop("add_source", None))
        parts = self._parts(taken(Corrections, corrections))
        for part, value in parts.items():
            if value == "":
                parts[part] = None
            if value == ("",):
                parts[part] = ()
        return self.record(
            lambda writer: amend(writer, int(number), parts, reason, added)
        )

    @command("receipt")
    def retract(
        self,
        what: Retracted,
        reason: ReasonOfRetraction,
        *,
        everything: EverythingUnder = False,
    ) -> Answer:
        """Retract an entry or a thing, so that it no longer counts.

        It stays in the journal, and reports known by an earlier moment still count it. The slug of
        a thing that was retracted can be used again.

        Example: tracker retract 14 -m "misread the article"
        """
        from tracker.journal.corrections import retract

        return self.record(
            lambda writer: retract(writer, str(what), reason, everything=everything)
        )

    @command("receipt")
    def undo(self) -> Answer:
        """Take back the entries of your last command.

        Repeat it for the command before that. What a command retracted counts again, and what it
        declared is no longer declared. An undo cannot be undone: record the entries again.

        Example: tracker checked soybeans && tracker undo
        """
        from tracker.journal import corrections

        return self.record(corrections.undo)

    def _update(
        self,
        command: Command,
        kind: EntryKind,
        subjects: OneOrMore,
        stated: UpdateOptions,
        details: dict[str, Any],
        new_series: bool = True,
    ) -> Answer:
        """Record an update of one thing or of several, which says what the command is for."""
        from tracker.journal.admission import Admission

        update = self._said(kind, {**taken(UpdateOptions, stated), **details})
        updates = [update._replace(subject=slug) for slug in several(subjects)]
        if not updates:
            raise misuse("name at least one slug")
        return self.record(
            lambda writer: Admission(writer).record(command, updates, new_series)
        )

    def _said(self, kind: EntryKind, given: Mapping[str, Any]) -> "Update":
        """Return what an update says, whatever it is about."""
        from tracker.entry import unwritten

        parts = self._parts(given)
        day = parts.pop("effective_on", exactly(self.today))
        return unwritten(kind, "", day, **parts)

    def _parts(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is given, without what is None, with the names and types of the journal."""
        from tracker.entry import SAID

        names = {
            "to": "due_on",
            "on": "effective_on",
            "public": "public_on",
            "by": "counted_by",
        }
        readers: dict[str, Callable[[Any], Any]] = {
            "due_on": self.due,
            "effective_on": self.period,
            "public_on": self.day,
            "status": parse_status,
        }
        parts: dict[str, Any] = {}
        for name, value in given.items():
            part = names.get(name, name)
            if value is not None:
                read = (
                    readers.get(part)
                    or SAID["value" if part == "target" else part].form.parse
                )
                try:
                    parts[part] = read(value)
                except ValueError as error:
                    reason = f"has the wrong type: {error}"
                    raise BadInput("bad text", part=part, reason=reason) from error
        return parts
