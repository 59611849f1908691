"""Every refusal of the program: what happened, what to do, and the exit code."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class TrackerError(Exception):
    """A refusal told in one line: `what` happened and the `remedy`."""

    exit_code = 1

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what}. {self.remedy}"


# --- the kinds, one for each exit code -------------------------------------------------


class WrongUsage(TrackerError):
    """The command line itself is wrong."""

    exit_code = 2


class NotFound(TrackerError):
    """The book holds no such thing."""

    exit_code = 3


class Refused(TrackerError):
    """What was asked conflicts with what is recorded."""

    exit_code = 4


class BadInput(TrackerError):
    """A value or a file cannot be taken as it is."""

    exit_code = 5


class WrongSchema(TrackerError):
    """The database is no book, or a book of another version."""

    exit_code = 6


class Unavailable(TrackerError):
    """The database cannot be reached, read or written now."""

    exit_code = 7


# --- wrong usage ------------------------------------------------------------------------


class UnknownWord(WrongUsage):
    """A word outside a fixed list, such as a stage or a format."""

    def __init__(self, what: str, word: str, allowed: Iterable[str]) -> None:
        words = [str(choice) for choice in allowed]
        super().__init__(f"'{word}' is no {what}", suggestion(word, words))


class NothingToAmend(WrongUsage):
    """An amendment that names no correction."""

    def __init__(self, entry: int, kind: str, options: str) -> None:
        super().__init__(
            f"Nothing to amend in entry {entry}", f"Name the correction; a {kind} takes {options}"
        )


class OptionNotOfKind(WrongUsage):
    """An option that the kind of entry does not have."""

    def __init__(self, option: str, entry: int, kind: str, options: str) -> None:
        super().__init__(
            f"{option} does not fit entry {entry}, a {kind}", f"A {kind} takes {options}"
        )


class OutsideWeek(WrongUsage):
    """A report on a week as of a day before the week began."""

    def __init__(self, week: str, start: str, as_of: str) -> None:
        super().__init__(
            f"Week {week} begins on {start}, after the as-of day {as_of}",
            "Name an earlier week or a later --as-of",
        )


# --- no such thing ------------------------------------------------------------------------


class NoSuch(NotFound):
    """A slug, key or name that the book does not hold."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"No {what} '{name}' in this book", suggestion(name, list(known)))


class NoSuchEntry(NotFound):
    """An entry number beyond the journal's end."""

    def __init__(self, entry: int, head: int) -> None:
        remedy = f"The last one is {head}" if head else "The journal is empty"
        super().__init__(f"No entry {entry} in this book", f"{remedy}; see 'tracker history'")


class NoSuchSeed(NotFound):
    """A seed that is neither shipped nor a file."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"No seed and no file '{name}'", suggestion(name, list(known)))


class NoSuchFile(NotFound):
    """An input file that is not there."""

    def __init__(self, path: object) -> None:
        super().__init__(f"No file '{path}'", "Check the path")


# --- refused ------------------------------------------------------------------------------


class MissedTooEarly(Refused):
    """`missed` before a deadline has passed."""

    def __init__(self, concession: str, effective_on: str, deadline: str, due_on: str) -> None:
        super().__init__(
            f"'{concession}' cannot be missed on {effective_on}: "
            f"its deadline '{deadline}' runs to {due_on}",
            "Log 'stalled' while it is open",
        )


class NothingToMiss(Refused):
    """`missed` on a concession without a deadline."""

    def __init__(self, concession: str) -> None:
        super().__init__(
            f"'{concession}' cannot be missed: neither it nor its agreement has a deadline",
            "Log 'stalled', or declare a deadline and apply it",
        )


class AlreadyRetracted(Refused):
    """A second retraction of one entry."""

    def __init__(self, entry: int, retracted_by: int) -> None:
        super().__init__(
            f"Entry {entry} is already retracted, by entry {retracted_by}",
            "Log what holds now as a new entry",
        )


class RetractionStands(Refused):
    """A correction of a retraction, which only `undo` may take back."""

    def __init__(self, entry: int) -> None:
        super().__init__(
            f"Entry {entry} is a retraction and cannot be corrected itself",
            "Log what holds now as a new entry; 'tracker undo' takes back your last command",
        )


class CannotAmend(Refused):
    """An amendment of an entry that has nothing to correct."""

    def __init__(self, entry: int, kind: str) -> None:
        super().__init__(
            f"Entry {entry} is a {kind} and has nothing to amend",
            f"Retract it with 'tracker retract {entry} --reason …'",
        )


class NothingToUndo(Refused):
    """`undo` by an author who has no live command left."""

    def __init__(self, author: str) -> None:
        super().__init__(
            f"Nothing to undo: no command of '{author}' still stands",
            "Undo takes back your own commands; use --author NAME or 'tracker retract ENTRY'",
        )


class BookExists(Refused):
    """`init` where a database already is."""

    def __init__(self, book: str) -> None:
        super().__init__(
            f"There is already a book at {book}",
            "Add an agreement to it with 'tracker apply FILE.toml', or name another --db",
        )


class FileExists(Refused):
    """An output path that is a folder or otherwise cannot be replaced."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"Cannot write '{path}': {reason}", "Name another file")


class ConflictingDocument(Refused):
    """A file that would alter what may not change, one complaint a line."""

    def __init__(self, path: object, complaints: Sequence[str]) -> None:
        super().__init__(
            f"{path} conflicts with the book; nothing was written", listed("Resolve", complaints)
        )
        self.complaints = tuple(complaints)


# --- bad input ------------------------------------------------------------------------------


class BadDay(BadInput):
    """Words that are no day."""

    def __init__(self, text: str, wanted: str) -> None:
        super().__init__(f"'{text}' is no {wanted}", DAY_REMEDIES[wanted])


DAY_REMEDIES = {
    "day": "Write 2026-01-07, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'",
    "deadline day": "Write 2026-04-15, 2026-04 or 2026",
    "week": "Write 2026-W02, a day in it, 'last' or 'this'",
    "moment": "Write 2026-01-07 (its end, UTC) or 2026-01-07T16:30:00Z",
}


class FutureDay(BadInput):
    """An update dated after today."""

    def __init__(self, day: str, today: str) -> None:
        super().__init__(
            f"{day} is still to come (today is {today})",
            "An update records what has happened; correct --on",
        )


class BadText(BadInput):
    """Text that no database can keep, or none where some is needed."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"The {what} {reason}", "Correct it and try again")


class BadQuantity(BadInput):
    """A value that is no exact decimal within bounds."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"'{text}' {reason}", "Write a plain decimal such as 8.5")


class BadUrl(BadInput):
    """A source address that is not http(s)."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"'{url}' is no web address", "Write a whole http:// or https:// address without spaces"
        )


class BadDocument(BadInput):
    """A file with one or more mistakes, each a line that names its place."""

    def __init__(self, path: object, complaints: Sequence[str]) -> None:
        super().__init__(f"{path} has mistakes; nothing was written", listed("Correct", complaints))
        self.complaints = tuple(complaints)


class UnreadableFile(BadInput):
    """A file that cannot be read as what it should be."""

    def __init__(self, path: object, reason: str, wanted: str) -> None:
        super().__init__(f"Cannot read '{path}': {reason}", f"It should be {wanted}")


# --- schema ---------------------------------------------------------------------------------


class NotABook(WrongSchema):
    """A database, or another file, that holds no book."""

    def __init__(self, book: str) -> None:
        super().__init__(
            f"{book} is not a book of this program",
            "Name another --db, or make a book at a new path with 'tracker --db PATH init'",
        )


class SchemaBehind(WrongSchema):
    """A book made by an older version."""

    def __init__(self, book: str, revision: str, head: str) -> None:
        super().__init__(
            f"{book} is at schema {revision} and this program needs {head}",
            "Run 'tracker db upgrade'",
        )


class SchemaAhead(WrongSchema):
    """A book made by a newer version."""

    def __init__(self, book: str, revision: str) -> None:
        super().__init__(
            f"{book} was made by a newer tracker (schema {revision})", "Upgrade truce-tracker"
        )


# --- unavailable ------------------------------------------------------------------------------


class NoSuchBook(Unavailable):
    """A database path with no file."""

    def __init__(self, book: str) -> None:
        super().__init__(f"There is no book at {book}", f"Make one with 'tracker --db {book} init'")


class BookLocked(Unavailable):
    """A lock that another process did not give up in time."""

    def __init__(self, book: str) -> None:
        super().__init__(f"{book} is locked by another process", "Try again in a moment")


class BookReadOnly(Unavailable):
    """A write to a file or folder that may not be written."""

    def __init__(self, book: str) -> None:
        super().__init__(f"{book} is read-only; nothing was written", "Ask for write access")


class BookUnreachable(Unavailable):
    """A database that cannot be opened."""

    def __init__(self, book: str, reason: str) -> None:
        super().__init__(f"Cannot open {book}: {reason}", "Check the path or the server")


class BookDamaged(Unavailable):
    """A file that the database engine cannot read."""

    def __init__(self, book: str, reason: str) -> None:
        super().__init__(f"{book} is damaged: {reason}", "Restore it from a backup")


class UnknownDatabase(WrongUsage):
    """A database URL of a kind that the program does not speak."""

    def __init__(self, scheme: str) -> None:
        super().__init__(f"No database of kind '{scheme}'", "Use a path or sqlite:///PATH")


def listed(verb: str, complaints: Sequence[str]) -> str:
    """Return one complaint behind the verb, or several below it."""
    if len(complaints) == 1:
        return f"{verb} {complaints[0]}"
    return "\n".join([f"{verb} {len(complaints)} places:", *(f"  {one}" for one in complaints)])


def suggestion(word: str, known: Sequence[str]) -> str:
    """Return "Did you mean …?" with the nearest known words, or the first known ones."""
    near = get_close_matches(word.lower(), known, n=3, cutoff=0.6)
    near = near or [name for name in known if word and word.lower() in name.lower()][:3]
    if near:
        return f"Did you mean {' or '.join(repr(name) for name in near)}?"
    if not known:
        return "The book holds none"
    return f"Known: {', '.join(known[:10])}{', …' if len(known) > 10 else ''}"
