"""The exit codes, from the classes of the refusals and their messages."""

import inspect
import re

from docs.generate import markdown
from docs.generate.markdown import code, table
from tracker.cli import BUG, INTERRUPTED
from tracker.errors import TrackerError

INTRODUCTION = """A refusal is one line on stderr, `tracker: what happened. What to do.`, and an
exit code. From Python it is the class of `tracker.errors` in the table, a `TrackerError`, with the
name of its message as `problem`."""


def page() -> str:
    """Return the page."""
    kinds = sorted(TrackerError.__subclasses__(), key=lambda kind: kind.exit_code)
    rows = [
        ("0", "Done.", ""),
        ("1", "`check` or `db check` found something.", ""),
        *((str(kind.exit_code), _summary(kind), code(kind.__name__)) for kind in kinds),
        (str(BUG), "The program has a bug: please report it.", ""),
        (str(INTERRUPTED), "Interrupted: Ctrl-C, SIGTERM, or the terminal was closed.", ""),
    ]
    parts = [table(("code", "when", "class"), rows)]
    for kind in kinds:
        messages = [(name, _template(text)) for name, text in kind.messages.items()]
        title = f"## {kind.exit_code}: {_summary(kind).rstrip('.')}"
        parts += [title, table(("problem", "message"), messages)]
    return markdown.page("Exit codes", markdown.prose(INTRODUCTION), *parts)


def _template(text: str) -> str:
    """Return a message with the names of its fields, without their forms."""
    return code(re.sub(r"\{(\w+)(:[^{}]*(\{\w+\})?)?\}", r"{\1}", text))


def _summary(kind: type[TrackerError]) -> str:
    return (inspect.getdoc(kind) or "").partition("\n")[0]
