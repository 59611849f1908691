"""The kinds of refusal, one for each exit code, and how each gets its words."""

import re

from tracker.errors import wording

FIELD = re.compile(r"\{(\w+)")
"""The name of a field, where a template quotes it."""


class TrackerError(Exception):
    """A refusal in one line: `what` happened and the `remedy`.

    A subclass sets both as templates. Callers give the fields that these quote, by name. Fields
    that other code reads are annotated, and all fields are in a class with words of its own.
    """

    exit_code = 1
    column: str | None = None
    """The column of a file of updates that is at fault."""
    what: str
    remedy: str

    def __init__(self, **fields: object) -> None:
        super().__init__()
        if fields.keys() != (known := self.given()):
            raise TypeError(f"{type(self).__name__} takes {sorted(known)}, not {[*fields]}")
        vars(self).update(fields)
        words = wording.Words(fields | self._words())
        self.what = self.what.format_map(words)
        self.remedy = self.remedy.format_map(words)

    @classmethod
    def given(cls) -> set[str]:
        """Return the names of the fields that callers give."""
        has_words = cls._words is not TrackerError._words
        quoted = () if has_words else FIELD.findall(f"{cls.what} {cls.remedy}")
        return {*cls.__annotations__, *quoted}

    def _words(self) -> dict[str, object]:
        """Return what the templates quote besides the fields."""
        return {}

    def __str__(self) -> str:
        return f"{self.what}. {self.remedy}"


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
    """A value or a file is not valid."""

    exit_code = 5


class WrongSchema(TrackerError):
    """The database is not a book, or is a book of another version."""

    exit_code = 6


class Unavailable(TrackerError):
    """The database cannot be reached, read or written now."""

    exit_code = 7
