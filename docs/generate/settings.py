"""The config file, from the table that reads it."""

from docs.generate import markdown
from docs.generate.markdown import code, table
from tracker.settings import SETTINGS

INTRODUCTION = """`config.toml` in your config folder (`~/.config/truce-tracker` on Linux) holds
options that you would otherwise repeat, one per line: `author = "ana"`. Options and the environment
take precedence. Without `db`, the book is `~/.local/share/truce-tracker/tracker.db`."""

ENVIRONMENT = {
    "`TRACKER_DB`": "The book, if `--db` does not name one: a path, or a PostgreSQL address.",
    "`TRACKER_AUTHOR`": "Who writes, if `--author` does not say.",
    "`TRACKER_TODAY`": "The day to take as today, if `--today` does not say.",
    "`TRACKER_CONFIG`": "The config file, in place of the one in your config folder.",
    "`TRACKER_TEXTS`": "The folder with the kept texts of books on a server.",
    "`TRACKER_DEBUG`": "If set, a bug ends in a traceback that shows where it is.",
    "`COLUMNS`": "The width of text, if `--width` does not say.",
    "`NO_COLOR`, `FORCE_COLOR`, `TERM`": "Whether text has colour; `dumb` terminals have none.",
    "`UV`": "Set by `uv run`: then hints start with `uv run --no-dev tracker`.",
    "`TZ`": "The time zone, which decides which day today is.",
    "`PAGER`": "What shows long text, else `less`.",
    "`XDG_CONFIG_HOME`, `XDG_DATA_HOME`": "Where the config and data folders are, on Linux.",
    "`_TRACKER_COMPLETE`, `COMP_WORDS`, `_TYPER_COMPLETE_ARGS`": "Set by a shell that completes.",
    "`PGPASSWORD`, `PGSSLMODE`": "How to connect to PostgreSQL; other variables of libpq work too.",
}
"""The variables that the program and its libraries read."""


def page() -> str:
    """Return the page."""
    rows = [(code(key), meaning, before) for key, (meaning, before) in SETTINGS.items()]
    return markdown.page(
        *("Settings", markdown.prose(INTRODUCTION)),
        table(("key", "meaning", "what overrides it"), rows),
        *("## Environment", table(("variable", "meaning"), ENVIRONMENT.items())),
    )
