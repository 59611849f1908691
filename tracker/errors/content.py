"""Values and files that cannot be taken as they are."""

from collections.abc import Sequence

from tracker.errors.kinds import BadInput, WrongUsage
from tracker.errors.wording import listed


class BadDay(BadInput):
    """Words that are no day."""

    def __init__(self, text: str, wanted: str) -> None:
        super().__init__(f"'{text}' is no {wanted}", DAY_REMEDIES[wanted])


DAY_REMEDIES = {
    "day": "Write 2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or"
    " '3 days ago'",
    "calendar day": "Write a day such as 2026-01-07",
    "day, month or year": "Write 2026-04-15, 2026-04 or 2026",
    "week": "Write 2026-W02, W02 (the latest one), a day in it, 'last' or 'this'",
    "moment": "Write 2026-01-07 or 'yesterday' (their end, UTC), or 2026-01-07T16:30:00Z",
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


class NotExact(BadInput):
    """A quantity from Python that is a float."""

    def __init__(self, value: float) -> None:
        super().__init__(
            f"{value!r} is a float, which holds most decimals only nearly",
            f"Write it as text, '{value!r}', or as a Decimal",
        )


class UnitNeeded(WrongUsage):
    """A value without a unit where the deadline has none."""

    def __init__(self, deadline: str) -> None:
        super().__init__(f"'{deadline}' has no unit yet", "Name one behind the value, such as MMT")


class ZeroTarget(BadInput):
    """A target of nothing."""

    def __init__(self) -> None:
        super().__init__("A target of 0 cannot be measured against", "Name another value")


class BadEntryNumber(BadInput):
    """A word where an entry's number is meant."""

    def __init__(self, word: str) -> None:
        super().__init__(
            f"'{word}' is no entry's number", "Write it as 'tracker history' does, such as 13"
        )


class BadUrl(BadInput):
    """A source address that is not http(s)."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"'{url}' is no web address", "Write a whole http:// or https:// address without spaces"
        )


class BadDocument(BadInput):
    """A file with one or more mistakes, each a line that names its place."""

    def __init__(self, path: object, complaints: Sequence[str]) -> None:
        super().__init__(f"{path} has mistakes; nothing was written", "")
        self.remedy = listed("Correct", complaints)
        self.complaints = tuple(complaints)


class BadLines(BadInput):
    """A file of updates with one or more mistakes; the first of them each in a line."""

    def __init__(self, name: object, total: int, complaints: Sequence[str]) -> None:
        more = [f"… and {total - len(complaints):,} more"] if total > len(complaints) else []
        super().__init__(
            f"{name} has {total:,} mistake{'s' if total > 1 else ''}; nothing was written", ""
        )
        self.remedy = listed("Correct", [*complaints, *more])


class UnreadableFile(BadInput):
    """A file that cannot be read as what it should be."""

    def __init__(self, path: object, reason: str, wanted: str) -> None:
        super().__init__(f"Cannot read '{path}': {reason}", f"It should be {wanted}")


class BrokenDump(BadInput):
    """An exported book that was changed since."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(
            f"{path} is not as it was exported: {reason}",
            "Nothing was made; restore from another export or a backup",
        )
