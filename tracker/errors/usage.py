"""Wrong command lines."""

from tracker.errors import kinds, wording


class UnknownWord(kinds.WrongUsage):
    """A word outside a fixed list, such as a stage or a format."""

    kind: str
    word: str
    allowed: wording.Names
    what = "'{word}' is not {a_kind}"
    remedy = "{suggestion}"

    def _words(self) -> dict[str, object]:
        return {
            "a_kind": wording.with_article(self.kind),
            "suggestion": wording.suggestion(self.word, self.allowed, _NEAR),
        }


_NEAR = 0.75
"""How alike a word of a fixed list must be to be meant: another one would be a wrong verdict."""


class NothingToAmend(kinds.WrongUsage):
    """An amendment that names no correction."""

    entry: int
    kind: str
    options: str
    what = "Nothing to amend in entry {entry}"
    remedy = "Name the correction; {a_kind} takes {options}"

    def _words(self) -> dict[str, object]:
        return {"a_kind": wording.with_article(self.kind)}


class OptionNotOfKind(kinds.WrongUsage):
    """An option that the kind of entry does not have."""

    option: str
    entry: int
    kind: str
    options: str
    what = "{option} does not fit entry {entry}, {a_kind}"
    remedy = "{A_kind} takes {options}"

    def _words(self) -> dict[str, object]:
        a_kind = wording.with_article(self.kind)
        return {"a_kind": a_kind, "A_kind": a_kind.capitalize()}


class BookClosed(kinds.WrongUsage):
    """A question to a book that a Python program has closed."""

    book: object
    what = "{book} is closed"
    remedy = "Open it again with Book.open"


class BackwardSpan(kinds.WrongUsage):
    """A span of days that ends before it begins."""

    start: str
    end: str
    what = "{end} is before {start}"
    remedy = "Write the earlier day first"


class DayTwice(kinds.WrongUsage):
    """An as-of day for a report between two days, whose second is just that."""

    end: str
    what = "diff reports as of its second day, {end}, and takes no as-of day"
    remedy = "Leave --as-of out"


class OutsideWeek(kinds.WrongUsage):
    """A report on a week as of a day before the week began."""

    week: str
    start: str
    as_of: str
    what = "Week {week} begins on {start}, after the as-of day {as_of}"
    remedy = "Name an earlier week or a later --as-of"
