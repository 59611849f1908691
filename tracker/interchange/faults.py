"""Complaints about a file, line by line: all are counted, the first are kept."""

from typing import NamedTuple

from tracker.errors import BadDay, BadFile, NoSuch, NoSuchSource, TrackerError, UnknownWord
from tracker.errors.wording import shortened

KEPT = 100


class Complaint(NamedTuple):
    """One mistake in a line: its column, its value and the reason."""

    line: int
    column: str | None
    value: str | None
    reason: str

    def __str__(self) -> str:
        """Return the complaint as one line that quotes the value once."""
        place = f"line {self.line}"
        if self.column:
            place += f", column '{shortened(self.column)}'"
        if self.value and f"'{self.value}'" not in self.reason:
            place += f", value '{shortened(self.value)}'"
        return f"{place}: {self.reason}"


class Complaints:
    """Gathers complaints."""

    def __init__(self) -> None:
        self.total = 0
        self.kept: list[Complaint] = []

    @property
    def full(self) -> bool:
        """Whether further ones are only counted, so that wording them would be wasted."""
        return self.total >= KEPT

    def add(self, complaint: Complaint) -> None:
        """Count a complaint, and keep it while there is room."""
        self.total += 1
        if len(self.kept) < KEPT:
            self.kept.append(complaint)

    def refuse(self, name: str) -> None:
        """Refuse the file if there are any."""
        if self.total:
            kept = sorted(self.kept, key=lambda one: one.line)
            path = "standard input" if name == "-" else name
            raise BadFile(path=path, total=self.total, complaints=[str(one) for one in kept])


def reason_of(error: TrackerError) -> str:
    """Return a refusal's reason, with its remedy only if that suggests a word."""
    helps = isinstance(error, (BadDay, NoSuch, NoSuchSource, UnknownWord))
    if not helps or error.remedy.endswith("There are none"):
        return error.what
    return f"{error.what}. {error.remedy}"
