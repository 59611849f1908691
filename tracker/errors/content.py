"""Values and files that are not valid."""

from datetime import date

from tracker.errors import kinds, wording

DAY_LENGTH = len("2026-01-07")


class BadDay(kinds.BadInput):
    """Text that is not a valid date, week or moment."""

    text: str
    wanted: str
    what = "'{text}' is not a valid {form}"
    remedy = "Write {example}"

    def _words(self) -> dict[str, object]:
        form, example = _FORMS[self.wanted]
        return {"form": form, "example": example}


_FORMS = {
    "day": (
        "date",
        "2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'",
    ),
    "calendar day": ("date", "a day such as 2026-01-07"),
    "day, month or year": ("date, month or year", "2026-04-15, 2026-04 or 2026"),
    "week": ("week", "2026-W02, W02 (the latest one), a day in it, 'last' or 'this'"),
    "moment": (
        "date or time",
        "2026-01-07 or 'yesterday' (their end, UTC), 2026-01-07T16:30:00Z, or an entry such as #88",
    ),
}


class EarlyDay(kinds.BadInput):
    """A day of an earlier century: its year is mistyped."""

    column: str
    what = "'{day}' is before 1900"
    remedy = "Write a later year, such as 2026"


class FutureDay(kinds.BadInput):
    """An update that is dated, or said to be made public or seen, after today."""

    day: object
    today: date
    column: str
    option: str
    what = "{day} is {when} (today is {today})"
    remedy = "An update records what has happened; correct {option}"

    def _words(self) -> dict[str, object]:
        return {"when": "still to come" if len(str(self.day)) == DAY_LENGTH else "not over yet"}


class BadText(kinds.BadInput):
    """Text that no database can store, or empty text where some is needed."""

    what = "The {part} {reason}"
    remedy = "Correct it and try again"


class BadQuantity(kinds.BadInput):
    """A value that is not an exact decimal within bounds."""

    what = "'{text}' {reason}"
    remedy = "Write a plain decimal such as 8.5, without a unit"


class UnitNeeded(kinds.WrongUsage):
    """A value without a unit where the deadline has none."""

    column = "unit"
    what = "'{deadline}' has no unit yet"
    remedy = "Name one after the value, such as MMT"


class ZeroTarget(kinds.BadInput):
    """A target of zero."""

    column = "value"
    what = "Nothing can be measured against a target of 0"
    remedy = "Name another value"


class BadEntryNumber(kinds.BadInput):
    """A word where an entry's number is needed."""

    what = "'{word}' is not an entry number"
    remedy = "Write it as 'tracker history' does, such as 13"


class BadUrl(kinds.BadInput):
    """A source address that is not http(s)."""

    what = "'{url}' is not a web address"
    remedy = "Write a whole http:// or https:// address without spaces"


LISTED = 100
"""How many mistakes of a file are listed."""
COUNTED = 1_000
"""How many are counted; after that the rest of the file is not read."""


class BadFile(kinds.BadInput):
    """A file with one or more mistakes, each on a line that names its place."""

    path: object
    complaints: list[str]
    total: int
    """How many there are, as not all of them may be listed."""
    what = "{path} has {count}; nothing was written"
    remedy = "Correct {places}"

    def _words(self) -> dict[str, object]:
        places = wording.with_rest(self.complaints[:LISTED], self.total)
        count = wording.counted(self.total, "mistake")
        return {"count": f"at least {count}" if self.total >= COUNTED else count, "places": places}


class UnreadableFile(kinds.BadInput):
    """A file that is not of the kind that it should be."""

    what = "Cannot read '{path}': {reason}"
    remedy = "It should be {wanted}"


class BrokenDump(kinds.BadInput):
    """An exported book, or a book to merge, whose chain is broken."""

    what = "{path} was altered or damaged: {reason}; nothing was written"
    remedy = "Use another export, or a backup"


class UnreadableSettings(kinds.BadInput):
    """A config file that does not exist, or is not TOML."""

    what = "The config file '{path}' cannot be read: {reason}"
    remedy = "Correct it, or name another with TRACKER_CONFIG"


class BadSetting(kinds.BadInput):
    """A setting whose value is not valid."""

    what = "Setting '{key}' {reason}, in the config file '{path}'"
    remedy = "{help}"
