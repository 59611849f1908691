"""Complaints about a file: in a table by line and column, in TOML by table, slug and key."""

from collections.abc import Sequence

from tracker.entry import SAID
from tracker.errors import BadInput, TrackerError, shortened
from tracker.tables import counted

LISTED = 100
"""How many mistakes of a file are listed."""
COUNTED = 1_000
"""How many are counted; after that the rest of the file is not read."""

ALSO_CALLED = {
    **dict.fromkeys(("status", "state"), "stage"),
    **dict.fromkeys(("date", "day", "on"), "effective_on"),
    "by": "counted_by",
    "retracts": "refers_to",
}
"""Names that people guess, or know from options, and the columns that are meant."""


class Complaints:
    """Gathers the mistakes in a file, which is refused at once if they are very many."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.total = 0
        self._kept: list[tuple[int, str]] = []

    @property
    def full(self) -> bool:
        """Whether further ones are only counted, so that wording them would be wasted."""
        return self.total >= LISTED

    def add(self, line: int, column: str | None, value: str | None, reason: str) -> None:
        """Count a mistake in a line, and keep it while there is room; its value is quoted once."""
        place = f"line {line}"
        if column:
            place += f", column '{shortened(column)}'"
        if value and f"'{value}'" not in reason:
            place += f", value '{shortened(value)}'"
        if not self.full:
            self._kept.append((line, f"{place}: {reason}"))
        self.total += 1
        if self.total >= COUNTED:
            self.refuse()

    def refuse(self) -> None:
        """Refuse the file if there are any."""
        if self.total:
            path = "standard input" if self.name == "-" else self.name
            kept = sorted(self._kept, key=lambda one: one[0])
            raise bad_file(path, [complaint for _, complaint in kept], self.total)


def bad_file(path: object, complaints: Sequence[str], total: int) -> BadInput:
    """Return the refusal of a file with mistakes, each on a line that names its place."""
    count = counted(total, "mistake")
    if total >= COUNTED:
        count = f"at least {count}"
    rest = total - len(complaints[:LISTED])
    more = [f"… and {rest:,} more"] if rest > 0 else []
    return BadInput("bad file", path=path, count=count, complaints=[*complaints[:LISTED], *more])


def column_of(error: TrackerError) -> str | None:
    """Return the column of a line that a refusal is about, if it is about one."""
    named = (error.fields.get("column"), error.fields.get("part"), *error.fields)
    column = next((one for one in named if one in SAID), None)
    return column or ("refers_to" if "entry" in error.fields else None)


def reason_of(error: TrackerError) -> str:
    """Return a refusal's reason, with its remedy only if that suggests a word."""
    is_helped = "Did you mean" in error.remedy or "Known: " in error.remedy
    return f"{error.what}. {error.remedy}" if is_helped else error.what
