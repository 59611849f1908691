"""What conflicts with what is recorded."""

from collections.abc import Sequence

from tracker.errors.kinds import Refused
from tracker.errors.wording import listed


class MissedTooEarly(Refused):
    """`missed` before a deadline has passed."""

    def __init__(self, subject: str, effective_on: str, deadline: str, due_on: str) -> None:
        runs = "it" if subject == deadline else f"its deadline '{deadline}'"
        super().__init__(
            f"'{subject}' cannot be missed on {effective_on}: {runs} runs to {due_on}",
            "Log the concession as 'stalled' while it is open",
        )


class NothingToMiss(Refused):
    """`missed` on a concession without a deadline."""

    def __init__(self, concession: str) -> None:
        super().__init__(
            f"'{concession}' cannot be missed: neither it nor its agreement has a deadline",
            "Log 'stalled', or declare a deadline and apply it",
        )


class NotADelivery(Refused):
    """A reading of a deadline at which nothing is delivered."""

    def __init__(self, deadline: str, kind: str) -> None:
        super().__init__(
            f"'{deadline}' is no delivery but of kind '{kind}'; there is nothing to measure",
            "Measure a delivery; see 'tracker deadlines'",
        )


class OtherUnit(Refused):
    """A quantity in another unit than a deadline is counted in."""

    def __init__(self, deadline: str, unit: str, wanted: str) -> None:
        super().__init__(f"'{deadline}' is counted in {wanted}, not in {unit}", "Convert the value")


class NoTarget(Refused):
    """A restated target where there is none."""

    def __init__(self, deadline: str) -> None:
        super().__init__(
            f"'{deadline}' has no target to restate", "Leave --target out, or declare a delivery"
        )


class BeforeWindow(Refused):
    """A deadline moved to before its window opens."""

    def __init__(self, deadline: str, due_on: str, opens_on: str) -> None:
        super().__init__(
            f"'{deadline}' cannot be due on {due_on}: its window opens on {opens_on}",
            "Name a later day",
        )


class AlreadyClosed(Refused):
    """A second outcome of one deadline."""

    def __init__(self, deadline: str, outcome: str, entry: int) -> None:
        super().__init__(
            f"'{deadline}' is already closed as {outcome}, by entry {entry}",
            f"Correct that with 'tracker amend {entry}' or 'tracker retract {entry}'",
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
            "Log what holds now as a new entry",
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


class DatabaseInUse(Refused):
    """`init` in a database that holds something else."""

    def __init__(self, book: str, tables: Sequence[str]) -> None:
        more = ", …" if len(tables) > 3 else ""
        super().__init__(
            f"{book} already holds other tables ({', '.join(tables[:3])}{more})",
            "Make an empty database for the book, with 'createdb NAME'",
        )


class BackupElsewhere(Refused):
    """`db backup` of a book that is no file."""

    def __init__(self, book: str) -> None:
        super().__init__(
            f"{book} is no file to copy",
            "Back it up with 'pg_dump', or write it out with 'tracker export FILE'",
        )


class FileExists(Refused):
    """An output path that is a folder or otherwise cannot be replaced."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"Cannot write '{path}': {reason}", "Name another path")


class NotOurFolder(Refused):
    """A folder to publish to that holds what publishing did not make."""

    def __init__(self, folder: object, found: str) -> None:
        super().__init__(
            f"'{folder}' holds '{found}', which is no part of a site made here",
            "Name a new folder, or move that file away",
        )


class ConflictingDocument(Refused):
    """A file that would alter what may not change, one complaint a line."""

    def __init__(self, path: object, complaints: Sequence[str]) -> None:
        super().__init__(f"{path} conflicts with the book; nothing was written", "")
        self.remedy = listed("Resolve", complaints)
        self.complaints = tuple(complaints)
