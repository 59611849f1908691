"""Wrong command lines."""

import re

from tracker.errors import kinds, wording


class UnknownWord(kinds.WrongUsage):
    """A word outside a fixed list, such as a stage or a format."""

    what = "'{word}' is not {kind:a}"
    remedy = "{allowed:near {word}}"


class NotLast(kinds.WrongUsage):
    """A word that is not a stage or an outcome, where that ends the command's words."""

    what = "'{word}' is not {kind:a}"
    remedy = "The {kind} comes last; a note goes after -m, in quotes. {allowed:near {word}}"


class UnknownSuffix(kinds.WrongUsage):
    """A file whose name asks for a format that reports do not have."""

    what = "Cannot write '{path}': '{suffix}' is not a known format"
    remedy = "End the name in {known:either}, or choose a format with -f"


class OptionUnfit(kinds.WrongUsage):
    """An option that does not go with a report, a format or another option."""

    what = "{option} does not go with {other}, {reason}"
    remedy = "Leave {option} out"


class NeedsFile(kinds.WrongUsage):
    """A format that is not text, without a file to write it to."""

    what = "'{format}' is not text and cannot be written to a terminal or a pipe"
    remedy = "Name the file with -o, such as -o report.{format}"


class SheetFull(kinds.WrongUsage):
    """A list that is longer than a sheet."""

    what = "The sheet '{section}' would have {rows} rows, but there is room for only {room}"
    remedy = "Use -f csv, or narrow down the report"


class NothingToAmend(kinds.WrongUsage):
    """An amendment that names no correction."""

    what = "Nothing to amend in entry {entry}"
    remedy = "Name the correction; {kind:a} takes {options}"


class OptionNotOfKind(kinds.WrongUsage):
    """An option that the kind of entry does not have."""

    what = "{option} does not fit entry {entry}, {kind:a}"
    remedy = "{kind:A} takes {options}"


class BookClosed(kinds.WrongUsage):
    """A question to a book that a Python program has closed."""

    what = "{book} is closed"
    remedy = "Open it again with Book.open"


class BackwardSpan(kinds.WrongUsage):
    """A span of days, or a comparison with a day, that ends before it begins."""

    what = "{end} is before {start}"
    remedy = "Swap the days, or name others"


class NotAnAddress(kinds.WrongUsage):
    """A site's address that is not a web address, or not that of a folder."""

    what = "'{text}' is not the web address of a folder"
    remedy = "Write it in full, without ? or #, such as https://example.org/truce/"


class OutsideWeek(kinds.WrongUsage):
    """A report on a week as of a day before the week began."""

    what = "Week {week} begins on {start}, after the as-of day {as_of}"
    remedy = "Name an earlier week or a later --as-of"


class NoBookNamed(kinds.WrongUsage):
    """An empty `--db`, such as that of a script whose variable is not set."""

    what = "--db is empty"
    remedy = "Give a path or an address, or leave --db out"


class AmbiguousHead(kinds.WrongUsage):
    """The beginning of more than one head."""

    what = "More than one head begins with '{head}'"
    remedy = "Give more of its digits"


class NothingChanged(kinds.WrongUsage):
    """A change that changes nothing."""

    what = "Nothing to change in '{slug}'"
    remedy = "Name a field and its new value"


class FieldsMissing(kinds.WrongUsage):
    """A declaration without fields that its kind needs."""

    kind: str
    slug: str
    fields: wording.Names
    what = "The {kind} '{slug}' is incomplete"
    remedy = "Add {options}"

    def _words(self) -> dict[str, object]:
        return {"options": ", ".join(map(wording.option, self.fields))}


class BadField(kinds.WrongUsage):
    """A field of a declaration that is not valid."""

    field: str
    reason: str
    what = "{place}: {wrong}"
    remedy = "{help}"

    def _words(self) -> dict[str, object]:
        reason = _FIELD.sub(lambda found: wording.option(found[1]), self.reason)
        wrong, *meant = _HELP.split(reason, 1)
        named = self.field in ("slug", "key")
        return {
            "place": f"The {self.field}" if named else f"Option {wording.option(self.field)}",
            "wrong": wrong,
            "help": meant[0] if meant else "Correct it and try again",
        }


_FIELD = re.compile(r"'(awaits|opens_on|due_on)'")
"""The fields that a reason names."""

_HELP = re.compile(r"\. (?=Did you mean |Write )")
"""Splits a reason from the advice that follows it."""


class AgreementNeeded(kinds.WrongUsage):
    """An export of one agreement from a book that holds several, or none."""

    what = "A file holds one agreement"
    remedy = "Name it with --agreement. {agreements:like }"
