"""Wrong command lines."""

from collections.abc import Iterable

from tracker.errors.kinds import WrongUsage
from tracker.errors.wording import suggestion

NEAR = 0.75
"""How alike a word of a fixed list must be to be meant: another one would be a wrong verdict."""


class UnknownWord(WrongUsage):
    """A word outside a fixed list, such as a stage or a format."""

    def __init__(self, what: str, word: str, allowed: Iterable[str]) -> None:
        words = [str(choice) for choice in allowed]
        super().__init__(f"'{word}' is no {what}", suggestion(word, words, NEAR))


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


class BookClosed(WrongUsage):
    """A question to a book that a Python program has closed."""

    def __init__(self, book: str) -> None:
        super().__init__(f"{book} is closed", "Open it again with Book.open")


class BackwardSpan(WrongUsage):
    """A span of days that ends before it begins."""

    def __init__(self, start: str, end: str) -> None:
        super().__init__(f"{end} is before {start}", "Write the earlier day first")


class DayTwice(WrongUsage):
    """An as-of day for a report between two days, whose second is just that."""

    def __init__(self, end: str) -> None:
        super().__init__(
            f"diff stands at its second day, {end}, and takes no as-of day", "Leave --as-of out"
        )


class OutsideWeek(WrongUsage):
    """A report on a week as of a day before the week began."""

    def __init__(self, week: str, start: str, as_of: str) -> None:
        super().__init__(
            f"Week {week} begins on {start}, after the as-of day {as_of}",
            "Name an earlier week or a later --as-of",
        )
