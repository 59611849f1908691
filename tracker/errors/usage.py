"""Wrong command lines, values and files of updates."""

import re

from tracker.errors.wording import (
    BadInput,
    NotFound,
    Refused,
    WrongUsage,
    counted,
    option,
    with_rest,
)


class Misuse(WrongUsage):
    """Options or arguments that do not go together, or one that is not valid."""

    reason: str
    option: str | None
    """The option that is not valid, if it is one."""
    what = "{reason}"
    remedy = "See the command's help"


class UnknownWord(WrongUsage):
    """A word outside a fixed list, such as a stage or a format."""

    what = "'{word}' is not {kind:a}"
    remedy = "{allowed:near {word}}"


class NotLast(WrongUsage):
    """A word that is not a stage or an outcome, where that ends the command's words."""

    what = "'{word}' is not {kind:a}"
    remedy = "The {kind} comes last; a note goes after -m, in quotes. {allowed:near {word}}"


class UnknownSuffix(WrongUsage):
    """A file whose name asks for a format that reports do not have."""

    what = "Cannot write '{path}': '{suffix}' is not a known format"
    remedy = "End the name in {known:either}, or choose a format with -f"


class OptionUnfit(WrongUsage):
    """An option that does not go with a report, a format or another option."""

    what = "{option} does not go with {other}, {reason}"
    remedy = "Leave {option} out"


class NeedsFile(WrongUsage):
    """A format that is not text, without a file to write it to."""

    what = "'{format}' is not text and cannot be written to a terminal or a pipe"
    remedy = "Name the file with -o, such as -o report.{format}"


class SheetFull(WrongUsage):
    """A list that is longer than a sheet."""

    what = "The sheet '{section}' would have {rows} rows, but there is room for only {room}"
    remedy = "Use -f csv, or narrow down the report"


class NothingToAmend(WrongUsage):
    """An amendment that names no correction."""

    what = "Nothing to amend in entry {entry}"
    remedy = "Name the correction; {kind:a} takes {options}"


class OptionNotOfKind(WrongUsage):
    """An option that the kind of entry does not have."""

    what = "{option} does not fit entry {entry}, {kind:a}"
    remedy = "{kind:A} takes {options}"


class BookClosed(WrongUsage):
    """A question to a book that a Python program has closed."""

    what = "{book} is closed"
    remedy = "Open it again with Book.open"


class BackwardSpan(WrongUsage):
    """A span of days, or a comparison with a day, that ends before it begins."""

    what = "{end} is before {start}"
    remedy = "Swap the days, or name others"


class NotAnAddress(WrongUsage):
    """A site's address that is not a web address, or not that of a folder."""

    what = "'{text}' is not the web address of a folder"
    remedy = "Write it in full, without ? or #, such as https://example.org/truce/"


class OutsideWeek(WrongUsage):
    """A report on a week as of a day before the week began."""

    what = "Week {week} begins on {start}, after the as-of day {as_of}"
    remedy = "Name an earlier week or a later --as-of"


class NoBookNamed(WrongUsage):
    """An empty `--db`, such as that of a script whose variable is not set."""

    what = "--db is empty"
    remedy = "Give a path or an address, or leave --db out"


class AmbiguousHead(WrongUsage):
    """The beginning of more than one head."""

    what = "More than one head begins with '{head}'"
    remedy = "Give more of its digits"


class NothingChanged(WrongUsage):
    """A change that changes nothing."""

    what = "Nothing to change in '{slug}'"
    remedy = "Name a field and its new value"


class FieldsMissing(WrongUsage):
    """A declaration without fields that its kind needs."""

    what = "The {kind} '{slug}' is incomplete"
    remedy = "Add {fields:options}"


class BadField(WrongUsage):
    """A field of a declaration that is not valid."""

    field: str
    reason: str
    what = "{place}: {wrong}"
    remedy = "{help}"

    def _words(self) -> dict[str, object]:
        reason = _FIELD.sub(lambda found: option(found[1]), self.reason)
        wrong, *meant = _HELP.split(reason, 1)
        named = self.field in ("slug", "key")
        return {
            "place": f"The {self.field}" if named else f"Option {option(self.field)}",
            "wrong": wrong,
            "help": meant[0] if meant else "Correct it and try again",
        }


_FIELD = re.compile(r"'(awaits|opens_on|due_on)'")
"""The fields that a reason names."""

_HELP = re.compile(r"\. (?=Did you mean |Write )")
"""Splits a reason from the advice that follows it."""


class AgreementNeeded(WrongUsage):
    """An export of one agreement from a book that holds several, or none."""

    what = "A file holds one agreement"
    remedy = "Name it with --agreement. {agreements:like }"


class BadDay(BadInput):
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


class EarlyDay(BadInput):
    """A day of an earlier century: its year is mistyped."""

    column: str
    what = "'{day}' is before 1900"
    remedy = "Write a later year, such as 2026"


class FutureDay(BadInput):
    """An update that is dated, or said to be made public or seen, after today."""

    column: str
    what = "{day} is {day:ahead} (today is {today})"
    remedy = "An update records what has happened; correct {option}"


class BadText(BadInput):
    """Text that no database can store, or empty text where some is needed."""

    what = "The {part} {reason}"
    remedy = "Correct it and try again"


class BadQuantity(BadInput):
    """A value that is not an exact decimal within bounds."""

    what = "'{text}' {reason}"
    remedy = "Write a plain decimal such as 8.5, without a unit"


class UnitNeeded(WrongUsage):
    """A value without a unit where the deadline has none."""

    column = "unit"
    what = "'{deadline}' has no unit yet"
    remedy = "Name one after the value, such as MMT"


class ZeroTarget(BadInput):
    """A target of zero."""

    column = "value"
    what = "Nothing can be measured against a target of 0"
    remedy = "Name another value"


class BadEntryNumber(BadInput):
    """A word where an entry's number is needed."""

    what = "'{word}' is not an entry number"
    remedy = "Write it as 'tracker history' does, such as 13"


class BadUrl(BadInput):
    """A source address that is not http(s)."""

    what = "'{url}' is not a web address"
    remedy = "Write a whole http:// or https:// address without spaces"


LISTED = 100
"""How many mistakes of a file are listed."""
COUNTED = 1_000
"""How many are counted; after that the rest of the file is not read."""


class BadFile(BadInput):
    """A file with one or more mistakes, each on a line that names its place."""

    path: object
    complaints: list[str]
    total: int
    """How many there are, as not all of them may be listed."""
    what = "{path} has {count}; nothing was written"
    remedy = "Correct {places}"

    def _words(self) -> dict[str, object]:
        places = with_rest(self.complaints[:LISTED], self.total)
        count = counted(self.total, "mistake")
        return {"count": f"at least {count}" if self.total >= COUNTED else count, "places": places}


class BadSetting(BadInput):
    """A setting whose value is not valid."""

    what = "Setting '{key}' {reason}, in the config file '{path}'"
    remedy = "{help}"


class NoEditor(NotFound):
    """An editor that cannot be run, or that failed."""

    what = "The editor '{editor}' {reason}; nothing was written"
    remedy = "Set VISUAL or EDITOR to another one, or give the text"


class NoSuchTopic(NotFound):
    """A topic that `tracker help` does not have."""

    what = "No help on '{name}'"
    remedy = "{known:like {name}}"


class ConflictingDocument(Refused):
    """A file that would alter what may not change."""

    what = "{path} conflicts with the book; nothing was written"
    remedy = "{complaint}"


class ReasonNeeded(Refused):
    """A changed declaration without a reason."""

    what = "This changes declarations without giving a reason; nothing was written"
    remedy = "Add --reason TEXT to change {changes}"


class FilesDiffer(Refused):
    """Several files that declare one thing in different ways."""

    what = "The files contradict each other; nothing was written"
    remedy = "Make them agree on {changes}"
