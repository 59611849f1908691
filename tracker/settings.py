"""What the surroundings say: the environment, the clock and the user's data folder."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

from tracker import dates


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


def wants_colour() -> bool:
    """Return whether the user allows colour (`NO_COLOR`, `TERM=dumb`)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int | None:
    """Return how wide `COLUMNS` wants lines; a terminal's own width is asked elsewhere."""
    words = os.environ.get("COLUMNS", "")
    return int(words) if words.isdecimal() and int(words) else None


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
