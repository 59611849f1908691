"""What conflicts with what is recorded."""

import typing
from datetime import date, timedelta

from tracker.errors import kinds, wording


class MissedTooEarly(kinds.Refused):
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


class NothingToMiss(kinds.Refused):
    """A verdict of `missed` on a concession without a delivery and without a term."""

    column = "stage"
    what = "'{concession}' cannot be missed: it has no delivery day and no term that ends"
    remedy = "Log 'stalled' or 'broken', or declare a deadline"


class OtherOutcome(kinds.Refused):
    """A deadline closed with an outcome that its kind cannot have."""

    column = "outcome"
    what = "'{deadline}' is {kind:a}, which cannot be closed as {outcome}"
    remedy = "Close it as {known:either}, move it, or log a stage of its concession"


class StillWaiting(kinds.Refused):
    """A delivery that awaits its day, closed as missed."""

    column = "outcome"
    what = "'{deadline}' cannot be missed: it has no day yet and awaits '{awaits}'"
    remedy = "Give it a day with 'tracker move'"


class NotADelivery(kinds.Refused):
    """A reading of a deadline at which nothing is delivered."""

    column = "deadline"
    what = "'{deadline}' is of kind '{kind}', not a delivery; there is nothing to measure"
    remedy = "Measure a delivery; see 'tracker deadlines'"


class OtherUnit(kinds.Refused):
    """A quantity in another unit than the deadline's."""

    column = "unit"
    what = "'{deadline}' is counted in {wanted}, not in {unit}"
    remedy = "Convert the value"


class NoTarget(kinds.Refused):
    """A new target for a deadline that has none."""

    column = "value"
    what = "'{deadline}' has no target to restate"
    remedy = "Leave --target out, or declare a delivery"


class BeforeWindow(kinds.Refused):
    """A deadline moved to before its window opens."""

    column = "due_on"
    what = "'{deadline}' cannot be moved to {due_on}: its window opens on {opens_on}"
    remedy = "Name a later day"


class AlreadyClosed(kinds.Refused):
    """A second outcome of one deadline."""

    column = "outcome"
    what = "'{deadline}' is already closed as {outcome}, by entry {entry}"
    remedy = "Correct that with 'tracker amend {entry}' or 'tracker retract {entry}'"


class BookExists(kinds.Refused):
    """`init` where a database already exists."""

    what = "There is already a book at {book}"
    remedy = "Add an agreement to it with 'tracker apply', or name another --db"


class DatabaseInUse(kinds.Refused):
    """`init` in a database that holds something else."""

    book: object
    tables: list[str]
    what = "{book} already holds other tables ({first_tables})"
    remedy = "Make an empty database for the book, with 'createdb NAME'"

    def _words(self) -> dict[str, object]:
        return {"first_tables": wording.first_of(self.tables, 3)}


class BackupElsewhere(kinds.Refused):
    """`db backup` of a book that is not a file."""

    what = "{book} is not a file that can be copied"
    remedy = "Back it up with 'pg_dump', or write it out with 'tracker export FILE'"


class FileExists(kinds.Refused):
    """An output path that is a folder or otherwise cannot be replaced."""

    what = "Cannot write '{path}': {reason}"
    remedy = "Name another path"


class FolderNeeded(kinds.Refused):
    """Texts of a book on a server, which has no folder beside it."""

    what = "There is no folder for the texts of {book}"
    remedy = "Name one that its users share: TRACKER_TEXTS, or 'texts' in the config file"


class NotOurFolder(kinds.Refused):
    """A folder to publish to that holds files which publishing did not make."""

    what = (
        "'{folder}' holds '{found}', which is not part of a site made by tracker,"
        " or was changed since"
    )
    remedy = "Name a new folder, or move that file away"


class ConflictingDocument(kinds.Refused):
    """A file that would alter what may not change."""

    what = "{path} conflicts with the book; nothing was written"
    remedy = "{complaint}"


class ClockBehind(kinds.Refused):
    """A clock more than a day behind the last entry of the book, or of one to merge."""

    what = "The clock says {now} UTC, but the last entry of {book} was recorded at {last} UTC"
    remedy = "Correct the clock that is wrong"


class BooksDisagree(kinds.Refused):
    """A merge of books that declare or close the same thing differently."""

    book: object
    total: int
    disagreements: list[str]
    what = "This book and {book} conflict in {count}; nothing was merged"
    remedy = "Correct one of them, or choose a side with --keep ours or --keep theirs in {listed}"

    def _words(self) -> dict[str, object]:
        hint = "; --dry-run -f json lists all"
        return {
            "count": wording.counted(self.total, "place"),
            "listed": f"this place: {self.disagreements[0]}"
            if self.total == 1
            else wording.with_rest(self.disagreements, self.total, hint),
        }


class ClockApart(kinds.Refused):
    """A clock that differs from the server's by more than a minute."""

    what = "The clock of this machine is more than a minute away from that of {book}: {reason}"
    remedy = "Set the clock of this machine"


class SlugTaken(kinds.Refused):
    """A slug that already names a thing."""

    what = "'{slug}' already names {kind:a} in this book"
    remedy = "Choose another slug, or use 'tracker change {slug} … --reason TEXT'"


class ReasonNeeded(kinds.Refused):
    """A changed declaration without a reason."""

    what = "This changes declarations without giving a reason; nothing was written"
    remedy = "Add --reason TEXT to change {changes}"


class FilesDiffer(kinds.Refused):
    """Several files that declare one thing in different ways."""

    what = "The files contradict each other; nothing was written"
    remedy = "Make them agree on {changes}"


class EntriesRest(kinds.Refused):
    """A change to a field that live entries rest on."""

    what = "'{field}' of '{slug}' cannot change while entries rest on it ({entries:entries})"
    remedy = "Retract them first, or declare another thing under a new slug"


class StillUsed(kinds.Refused):
    """A retraction of a thing that other entries name."""

    what = "'{slug}' cannot be retracted: other entries name it ({entries:entries})"
    remedy = "Correct or retract these first"


class MoreRests(kinds.Refused):
    """A retraction of a thing with more than its declaration, without `--everything`."""

    what = (
        "More than its declaration rests on '{slug}' (entries by author: {authors:all});"
        " nothing was retracted"
    )
    remedy = "Add --everything to retract all of it"


class AlreadyRetracted(kinds.Refused):
    """A second retraction of one entry."""

    column = "refers_to"
    what = "Entry {entry} is already retracted, by entry {retracted_by}"
    remedy = "See 'tracker history' for what counts now"


class RetractionStands(kinds.Refused):
    """A correction of a retraction, which only `undo` may take back."""

    column = "refers_to"
    what = "Entry {entry} is a retraction and cannot be corrected itself"
    remedy = "Log what is true now as a new entry"


class DeclarationStands(kinds.Refused):
    """A file of updates that retracts a declaration."""

    column = "refers_to"
    what = "Entry {entry} is a declaration, which only 'tracker retract' takes back"
    remedy = "Leave the line out, and use that command"


class CannotAmend(kinds.Refused):
    """An amendment of an entry that has nothing to correct."""

    what = "Entry {entry} is a {kind} and has nothing to amend"
    remedy = "Retract it with 'tracker retract', or change a declaration with 'tracker change'"


class NothingToUndo(kinds.Refused):
    """`undo` by an author who has no command left to take back."""

    what = "Nothing to undo: '{author}' has no command left to take back"
    remedy = "For somebody else's entry, use 'tracker retract ENTRY --reason …'"


class AlreadyTakenBack(kinds.Refused):
    """`undo` of a command that somebody else has retracted since."""

    what = "Your last command, '{command}' (#{entry}), was taken back by {author} (#{retracted_by})"
    remedy = "To take back an earlier one, use 'tracker retract ENTRY --reason …'"


class EntryInUse(kinds.Refused):
    """A retraction of what other entries rest on."""

    entries: typing.Sequence[int]
    resting: typing.Sequence[int]
    what = "{which} cannot be taken back: other entries rest on {it} ({resting:entries})"
    remedy = (
        "Let whoever recorded these undo them first, or use"
        " 'tracker retract SLUG --everything --reason …'"
    )

    def _words(self) -> dict[str, object]:
        first, *others = self.entries
        numbers = wording.first_of([f"#{one}" for one in self.entries], 10)
        return {
            "which": f"Entries {numbers}" if others else f"Entry {first}",
            "it": "them" if others else "it",
        }


class OtherTarget(kinds.Refused):
    """A line about one thing that refers to an entry about another."""

    column = "refers_to"
    what = "Entry {entry} is about '{slug}', not '{given}'"
    remedy = "Correct the number, or what the line is about"


class CannotCountAgain(kinds.Refused):
    """A correction after which an entry that does not fit into the book would count."""

    what = "Entry {entry} cannot count again: {reason}"
    remedy = "Correct that first, or record again what should count"
