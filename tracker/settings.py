"""What the surroundings say: the environment, the clock and the user's data folder."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

from tracker import dates
from tracker.vocabulary import ColorChoice


def today() -> date:
    """Return the day on the user's calendar."""
    return date.today()


def now() -> datetime:
    """Return the moment, at the offset from UTC of where the user is."""
    return datetime.now(UTC).astimezone()


def today_or(words: str | None) -> date:
    """Return the day that `--today` or `TRACKER_TODAY` names, else the calendar's."""
    words = words or os.environ.get("TRACKER_TODAY")
    return dates.parse_day(words, today()) if words else today()


def author_or(name: str | None) -> str:
    """Return who writes: `--author`, `TRACKER_AUTHOR`, else the account's name."""
    return name or os.environ.get("TRACKER_AUTHOR") or _account()


def database_or(target: str | None) -> str | None:
    """Return the database that `--db` or `TRACKER_DB` names, or None for the default one."""
    return target or os.environ.get("TRACKER_DB") or None


def default_database() -> Path:
    """Return the path of the default book, in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("truce-tracker", appauthor=False) / "tracker.db"


def wants_colour(choice: ColorChoice | None, on_terminal: bool) -> bool:
    """Return whether text is coloured: `--color`, else as `NO_COLOR` and the terminal allow."""
    refused = bool(os.environ.get("NO_COLOR"))
    choice = choice or (ColorChoice.NEVER if refused else ColorChoice.AUTO)
    if choice is ColorChoice.AUTO:
        return on_terminal and os.environ.get("TERM") != "dumb"
    return choice is ColorChoice.ALWAYS


def width_or(width: int | None) -> int | None:
    """Return how wide lines are: `--width`, else `COLUMNS`; a terminal is asked elsewhere."""
    words = os.environ.get("COLUMNS", "")
    return width or (int(words) if words.isdecimal() and int(words) else None)


def cores() -> int:
    """Return on how many cores this process may run."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _account() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"
