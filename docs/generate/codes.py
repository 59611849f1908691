"""The exit codes, from the classes of the refusals."""

import inspect

from docs.generate import markdown
from docs.generate.markdown import code, table
from tracker.cli.running import INTERRUPTED
from tracker.errors import TrackerError

INTRODUCTION = (
    "A refusal is one line on stderr, `tracker: what happened. What to do.`, and an exit code. From"
    " Python it is the class of `tracker.errors` in the table; each is a `TrackerError`."
)

FOUND = (
    "`check`, `source verify`, `db check` or `db verify` found something, or the program has a bug."
)


def page() -> str:
    """Return the page."""
    kinds = sorted(TrackerError.__subclasses__(), key=lambda kind: kind.exit_code)
    rows = [
        ("0", "Done.", ""),
        ("1", FOUND, ""),
        *((str(kind.exit_code), summary(kind), code(kind.__name__)) for kind in kinds),
        ("129", "The terminal was closed (SIGHUP).", ""),
        (str(INTERRUPTED), "Interrupted (Ctrl-C).", ""),
        ("143", "Terminated (SIGTERM).", ""),
    ]
    parts = [part for kind in kinds for part in section(kind)]
    overview = table(("code", "when", "class"), rows)
    return markdown.page("Exit codes", markdown.prose(INTRODUCTION), overview, *parts)


def section(kind: type[TrackerError]) -> list[str]:
    """Return the refusals with one exit code."""
    found = [one for direct in kind.__subclasses__() for one in (direct, *direct.__subclasses__())]
    found.sort(key=lambda one: one.__name__)
    rows = [(code(one.__name__), summary(one)) for one in found]
    return [f"## {kind.exit_code}: {summary(kind).rstrip('.')}", table(("class", "when"), rows)]


def summary(kind: type[TrackerError]) -> str:
    """Return the first line of a class's docstring."""
    return (inspect.getdoc(kind) or "").partition("\n")[0]
