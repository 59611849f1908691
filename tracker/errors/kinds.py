"""The kinds of refusal, one for each exit code."""

from tracker.errors.wording import in_one_line


class TrackerError(Exception):
    """A refusal told in one line, whatever it quotes: `what` happened and the `remedy`."""

    exit_code = 1

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.what = in_one_line(what)
        self.remedy = in_one_line(remedy)

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
    """A value or a file cannot be taken as it is."""

    exit_code = 5


class WrongSchema(TrackerError):
    """The database is no book, or a book of another version."""

    exit_code = 6


class Unavailable(TrackerError):
    """The database cannot be reached, read or written now."""

    exit_code = 7
