"""The kinds of refusal, one for each exit code, and how each gets its words."""

import typing

from tracker.errors import wording


@typing.dataclass_transform(kw_only_default=True, eq_default=False)
class TrackerError(Exception):
    """A refusal in one line: `what` happened and the `remedy`.

    A subclass sets both as templates, and annotates the fields that callers give by name.
    """

    exit_code = 1
    column: str | None = None
    """The column of a file of updates that is at fault."""
    what: str
    remedy: str

    def __init__(self, **fields: object) -> None:
        super().__init__()
        known = type(self).__annotations__
        if fields.keys() != known.keys():
            raise TypeError(f"{type(self).__name__} takes {list(known)}, not {list(fields)}")
        vars(self).update(fields)
        words = wording.Words(fields | self._words())
        self.what = self.what.format_map(words)
        self.remedy = self.remedy.format_map(words)

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
