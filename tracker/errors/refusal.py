"""What the book does not hold, and what conflicts with what it holds."""

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.errors.wording import NotFound, Refused, counted, first_of, with_rest


class MissedTooEarly(Refused):
    """A verdict of `missed` before a deadline has passed."""

    subject: str
    effective_on: date
    deadline: str
    due_on: date
    column = "effective_on"
    what = "'{subject}' cannot be missed on {effective_on}: {it} runs to {due_on}"
    remedy = (
        "Log the concession as 'stalled', or as 'broken' if an act broke it;"
        " 'missed' needs a day from {next} on"
    )

    def _words(self) -> dict[str, object]:
        return {
            "it": "it" if self.subject == self.deadline else f"its deadline '{self.deadline}'",
            "next": self.due_on + timedelta(days=1),
        }


class NothingToMiss(Refused):
    """A verdict of `missed` on a concession without a delivery and without a term."""

    column = "stage"
    what = "'{concession}' cannot be missed: it has no delivery day and no term that ends"
    remedy = "Log 'stalled' or 'broken', or declare a deadline"


class OtherOutcome(Refused):
    """A deadline closed with an outcome that its kind cannot have."""

    column = "outcome"
    what = "'{deadline}' is {kind:a}, which cannot be closed as {outcome}"
    remedy = "Close it as {known:either}, move it, or log a stage of its concession"


class StillWaiting(Refused):
    """A delivery that awaits its day, closed as missed."""

    column = "outcome"
    what = "'{deadline}' cannot be missed: it has no day yet and awaits '{awaits}'"
    remedy = "Give it a day with 'tracker move'"


class NotADelivery(Refused):
    """A reading of a deadline at which nothing is delivered."""

    column = "deadline"
    what = "'{deadline}' is of kind '{kind}', not a delivery; there is nothing to measure"
    remedy = "Measure a delivery; see 'tracker deadlines'"


class OtherUnit(Refused):
    """A quantity in another unit than the deadline's."""

    column = "unit"
    what = "'{deadline}' is counted in {wanted}, not in {unit}"
    remedy = "Convert the value"


class NoTarget(Refused):
    """A new target for a deadline that has none."""

    column = "value"
    what = "'{deadline}' has no target to restate"
    remedy = "Leave --target out, or declare a delivery"


class BeforeWindow(Refused):
    """A deadline moved to before its window opens."""

    column = "due_on"
    what = "'{deadline}' cannot be moved to {due_on}: its window opens on {opens_on}"
    remedy = "Name a later day"


class AlreadyClosed(Refused):
    """A second outcome of one deadline."""

    column = "outcome"
    what = "'{deadline}' is already closed as {outcome}, by entry {entry}"
    remedy = "Correct that with 'tracker amend {entry}' or 'tracker retract {entry}'"


class ClockBehind(Refused):
    """A clock more than a day behind the last entry of the book, or of one to merge."""

    what = "The clock says {now} UTC, but the last entry of {book} was recorded at {last} UTC"
    remedy = "Correct the clock that is wrong"


class BooksDisagree(Refused):
    """A merge of books that declare or close the same thing differently."""

    book: object
    total: int
    disagreements: list[str]
    what = "This book and {book} conflict in {count}; nothing was merged"
    remedy = "Make them agree, and merge again. They differ in {listed}"

    def _words(self) -> dict[str, object]:
        listed = with_rest(self.disagreements, self.total, "; --dry-run -f json lists all")
        return {"count": counted(self.total, "place"), "listed": listed}


class ClockApart(Refused):
    """A clock that differs from the server's by more than a minute."""

    what = "The clock of this machine is more than a minute away from that of {book}: {reason}"
    remedy = "Set the clock of this machine"


class SlugTaken(Refused):
    """A slug that already names a thing."""

    what = "'{slug}' already names {kind:a} in this book"
    remedy = "Choose another slug, or use 'tracker change {slug} … --reason TEXT'"


class EntriesRest(Refused):
    """A change to a field that live entries rest on."""

    what = "'{field}' of '{slug}' cannot change while entries rest on it ({entries:entries})"
    remedy = "Retract them first, or declare another thing under a new slug"


class StillUsed(Refused):
    """A retraction of a thing that other entries name."""

    what = "'{slug}' cannot be retracted: other entries name it ({entries:entries})"
    remedy = "Correct or retract these first"


class MoreRests(Refused):
    """A retraction of a thing with more than its declaration, without `--everything`."""

    what = (
        "More than its declaration rests on '{slug}' (entries by author: {authors:all});"
        " nothing was retracted"
    )
    remedy = "Add --everything to retract all of it"


class AlreadyRetracted(Refused):
    """A second retraction of one entry."""

    column = "refers_to"
    what = "Entry {entry} is already retracted, by entry {retracted_by}"
    remedy = "See 'tracker history' for what counts now"


class RetractionStands(Refused):
    """A correction of a retraction, which only `undo` may take back."""

    column = "refers_to"
    what = "Entry {entry} is a retraction and cannot be corrected itself"
    remedy = "Log what is true now as a new entry"


class DeclarationStands(Refused):
    """A file of updates that retracts a declaration."""

    column = "refers_to"
    what = "Entry {entry} is a declaration, which only 'tracker retract' takes back"
    remedy = "Leave the line out, and use that command"


class CannotAmend(Refused):
    """An amendment of an entry that has nothing to correct."""

    what = "Entry {entry} is a {kind} and has nothing to amend"
    remedy = "Retract it with 'tracker retract', or change a declaration with 'tracker change'"


class NothingToUndo(Refused):
    """`undo` by an author who has no command left to take back."""

    what = "Nothing to undo: '{author}' has no command left to take back"
    remedy = "For somebody else's entry, use 'tracker retract ENTRY --reason …'"


class AlreadyTakenBack(Refused):
    """`undo` of a command that somebody else has retracted since."""

    what = "Your last command, '{command}' (#{entry}), was taken back by {author} (#{retracted_by})"
    remedy = "To take back an earlier one, use 'tracker retract ENTRY --reason …'"


class EntryInUse(Refused):
    """A retraction of what other entries rest on."""

    entries: Sequence[int]
    resting: Sequence[int]
    what = "{which} cannot be taken back: other entries rest on {it} ({resting:entries})"
    remedy = (
        "Let whoever recorded these undo them first, or use"
        " 'tracker retract SLUG --everything --reason …'"
    )

    def _words(self) -> dict[str, object]:
        first, *others = self.entries
        numbers = first_of([f"#{one}" for one in self.entries], 10)
        return {
            "which": f"Entries {numbers}" if others else f"Entry {first}",
            "it": "them" if others else "it",
        }


class OtherTarget(Refused):
    """A line about one thing that refers to an entry about another."""

    column = "refers_to"
    what = "Entry {entry} is about '{slug}', not '{given}'"
    remedy = "Correct the number, or what the line is about"


class CannotCountAgain(Refused):
    """A correction after which an entry that does not fit into the book would count."""

    what = "Entry {entry} cannot count again: {reason}"
    remedy = "Correct that first, or record again what should count"


class NoSuch(NotFound):
    """A slug, key or name that the book does not hold."""

    name: str
    what = "No {kind} '{name}' in this book"
    remedy = "{known:like {name}}"


class NoSuchSource(NotFound):
    """A source's key that the book does not hold."""

    name: str
    what = "No source '{name}' in this book"
    remedy = (
        "Give a whole web address, or a key that 'tracker sources' lists; 'tracker add source'"
        " declares one. {known:like {name}}"
    )


class NothingEnds(NotFound):
    """A day on which no open expiry ends."""

    what = "No open expiry ends on {day}"
    remedy = "{known:like }"


class OtherKind(NotFound):
    """The slug of the wrong kind of thing, with its things of the right kind."""

    name: str
    kind: str
    wanted: str
    found: list[str]
    what = "'{name}' is {kind:a}, not {wanted:a}"
    remedy = "{help}"

    def _words(self) -> dict[str, object]:
        return {
            "help": f"Its {self.wanted}{'s' if len(self.found) > 1 else ''}:"
            f" {first_of(self.found, 10)}"
            if self.found
            else f"It has no {self.wanted}; declare one with 'tracker add {self.wanted}'"
        }


class IsParty(NoSuch):
    """A party where an agreement, a concession or a deadline is needed."""

    what = "'{name}' is a party, not {kind:a}"
    remedy = "See 'tracker status --giver {name}' or 'tracker status --receiver {name}'"


class OtherAgreement(NotFound):
    """A concession of another agreement than the report's."""

    what = "'{slug}' is a concession of another agreement, '{agreement}'"
    remedy = "Name it with --agreement {agreement}, or leave --agreement out"


class NotYetRecorded(NotFound):
    """A concession that was recorded after the moment by which a report knows the book."""

    what = "'{slug}' was not in the book at that moment"
    remedy = "Name a later one with --known-by, or leave it out"


class NoSuchEntry(NotFound):
    """An entry number beyond the journal's end."""

    column = "refers_to"
    what = "No entry {entry} in this book"
    remedy = "It ends at {head}; see 'tracker history'"


class NoSuchHead(NotFound):
    """A head that no batch of the book has."""

    what = "No head '{head}' in this book"
    remedy = "Give the head as reports print it, such as 9f3c2d71ab04, or an entry such as #88"


class NothingToCompare(NotFound):
    """Fewer than two kept texts of a source."""

    what = "A comparison needs two kept texts, but at these clocks '{source}' has {held}"
    remedy = "Keep one with 'tracker source keep {source} FILE'"


class NoTextThen(NotFound):
    """A day before the first kept text, or an entry that is not a kept text of a source."""

    what = "There is no kept text of '{source}' for {named}"
    remedy = "Its texts: {known:all}"
