"""What comes from outside: environment, clock, config file, formats, and optional libraries."""

import os
import re
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from tracker.dates import parse_day
from tracker.errors import BadInput, NotFound, WrongUsage, suggestion
from tracker.files import read_toml

NARROWEST, WIDEST = 20, 100_000
"""The bounds of the width setting."""
ZONE_BY_RULE = re.compile(r"([A-Za-z]{3,}|<[^>]+>)[+-]?\d.*", re.ASCII)
"""A time zone that is described and not named, such as CET-1CEST."""
WANTED = "a config file in TOML; TRACKER_CONFIG can name another"


TABLE_FORMATS = (
    "double_grid",
    "double_outline",
    "fancy_grid",
    "fancy_outline",
    "grid",
    "heavy_grid",
    "heavy_outline",
    "mixed_grid",
    "mixed_outline",
    "outline",
    "plain",
    "presto",
    "pretty",
    "psql",
    "rounded_grid",
    "rounded_outline",
    "simple",
    "simple_grid",
    "simple_outline",
)
"""The names of tabulate's formats without markup, in which cells need no escapes."""
EXTRAS = {"mail": "css_inline", "xlsx": "xlsxwriter"}
"""The libraries of the formats that need an optional extra, which has the name of the format."""
FORMATS = (
    "text",
    "markdown",
    "csv",
    "json",
    "html",
    "tsv",
    "ics",
    *EXTRAS,
    *TABLE_FORMATS,
)
"""Every format's name, ours first."""
SUFFIXES = {
    ".txt": "text", ".md": "markdown", ".csv": "csv", ".tsv": "tsv", ".json": "json",
    ".html": "html", ".htm": "html", ".xlsx": "xlsx", ".ics": "ics",
}  # fmt: skip
"""The format of a report that a file's suffix chooses if no other is named."""


def format_of(word: str) -> str:
    """Return the format's name; refuse an unknown one."""
    name = SUFFIXES.get(f".{word.lower()}", word.lower())
    if name not in FORMATS:
        raise WrongUsage(
            "unknown word", kind="format", word=word, hint="", allowed=FORMATS
        )
    return name


def today() -> date:
    """Return the day on the user's calendar."""
    _require_zone()
    return date.today()


def now() -> datetime:
    """Return the moment, with the UTC offset of the user's time zone."""
    _require_zone()
    return datetime.now(UTC).astimezone()


def _require_zone() -> None:
    """Refuse a time zone that this machine does not know: the system would take it for UTC."""
    zone = os.environ.get("TZ", "").removeprefix(":")
    if zone in ("", "UTC", "GMT") or ZONE_BY_RULE.fullmatch(zone):
        return
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # there is none, or it is a folder
        raise BadInput("unknown zone", zone=zone) from None


def program() -> str:
    """Return what to type for the program: `uv run` lends it to a shell that does not find it."""
    return "uv run --no-dev tracker" if os.environ.get("UV") else "tracker"


def completing() -> str | None:
    """Return the command line that a shell wants to complete, as it sends it; None if none does."""
    if not os.environ.get("_TRACKER_COMPLETE"):
        return None
    return os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")


def today_or(words: str | None) -> date:
    """Return the day that `--today` or `TRACKER_TODAY` names, else the calendar's."""
    words = words or os.environ.get("TRACKER_TODAY")
    return parse_day(words, today()) if words else today()


def author_or(name: str | None) -> str:
    """Return who writes: `--author`, `TRACKER_AUTHOR`, the setting, else the account's name."""
    if name is not None:  # an empty one is refused where it is recorded
        return name
    if author := os.environ.get("TRACKER_AUTHOR") or configured().get("author"):
        return str(author)
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # an account without a name
        return "unknown"


def database_or(target: str | None) -> str | None:
    """Return the database that is named, or None for the default one.

    `--db` overrides `TRACKER_DB`, which overrides the setting.
    """
    return target or os.environ.get("TRACKER_DB") or configured().get("db")


PASSWORD = re.compile(r"(pass\w*|pwd)\s*=", re.IGNORECASE)
"""What comes before a password in an address."""
LIKE_PATH = ("/", "./", "../", "~")
"""How a word begins that is a path, even with an @ in it."""


def is_like_address(text: str) -> bool:
    """Return whether text that is not a whole URL looks like an address, which may hold a password.

    If it were taken for the path of a file, messages would print it. An existing file is one.
    """
    if "://" in text or os.path.lexists(text):
        return False
    has_user = "@" in text and not text.startswith(LIKE_PATH)
    return has_user or PASSWORD.search(text) is not None


def default_database() -> Path:
    """Return the path of the default book, in the user's data folder; refuse if there is none."""
    from platformdirs import user_data_path

    try:
        return user_data_path("truce-tracker", appauthor=False) / "tracker.db"
    except RuntimeError:  # an account without a home, as in some containers
        raise WrongUsage("no home") from None


def wants_colour(on_terminal: bool) -> bool:
    """Return whether text is coloured: as NO_COLOR or FORCE_COLOR says, else on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (
        on_terminal and os.environ.get("TERM") != "dumb"
    )


def pager() -> str:
    """Return the user's pager; `less` keeps colours."""
    os.environ.setdefault("LESS", "FRX")
    return os.environ.get("PAGER", "less")


def shows_bugs() -> bool:
    """Return whether a bug ends in a traceback."""
    return bool(os.environ.get("TRACKER_DEBUG"))


def sets_server(*names: str) -> bool:
    """Return whether the environment has any of the variables of a server's library."""
    return not {*names}.isdisjoint(os.environ)


def width_or(width: int | None) -> int | None:
    """Return the width of lines: `--width`, `COLUMNS`, else the setting; None if none is set."""
    words = os.environ.get("COLUMNS", "")
    surrounding = int(words) if words.isdecimal() else 0
    if width is None and surrounding:
        return min(max(surrounding, NARROWEST), WIDEST)
    return width or configured().get("width")


def site_url_or(url: str | None) -> str | None:
    """Return the address of the published site, if given."""
    return url or configured().get("site_url")


def texts_folder() -> Path | None:
    """Return the folder for the texts of books on servers, if set."""
    folder = os.environ.get("TRACKER_TEXTS")
    return Path(os.path.expanduser(folder)) if folder else None  # noqa: PTH111 - also for ~nobody


SETTINGS = {
    "db": (
        "The book: a path, relative to the config file, or an address.",
        "`--db`, `TRACKER_DB`",
    ),
    "author": ("Who writes.", "`--author`, `TRACKER_AUTHOR`"),
    "format": ("The format of reports; receipts stay text.", "`-f`, the suffix of `-o`"),
    "width": (
        f"The width of text, {NARROWEST} to {WIDEST} columns.",
        "`--width`, `COLUMNS`",
    ),
    "site_url": ("The web address of the site that you publish.", "`--url`"),
}
"""The keys that the config file may have: what each means, and what overrides it."""


def _setting(key: str, value: Any, folder: Path) -> Any:
    """Return the value of a key in a config file of a folder; raise ValueError with the mistake."""
    if key not in SETTINGS:
        raise ValueError(f"There is no such setting. {suggestion(key, SETTINGS)}")
    if key == "width":
        if type(value) is not int or not NARROWEST <= value <= WIDEST:
            raise ValueError(f"It must be a whole number from {NARROWEST} to {WIDEST}")
        return value
    if not isinstance(value, str) or not (text := value.strip()):
        raise ValueError("It must be text")
    if key == "db" and "://" not in text and not is_like_address(text):
        return str(folder / os.path.expanduser(text))  # noqa: PTH111 - also for ~nobody
    return format_of(text) if key == "format" else text


def configured() -> Mapping[str, Any]:
    """Return the content of the config file: the one of `TRACKER_CONFIG`, else the user's own."""
    chosen = os.environ.get("TRACKER_CONFIG")
    path = config_folder() / "config.toml"
    if chosen:
        path = Path(os.path.expanduser(chosen))  # noqa: PTH111 - also for ~nobody
    elif not os.path.isfile(path):  # noqa: PTH113 - one out of reach is none
        return {}
    settings = {}
    for key, value in read_toml(path, WANTED).items():
        try:
            settings[key] = _setting(key, value, path.absolute().parent)
        except (ValueError, WrongUsage) as error:
            raise BadInput("bad setting", path=path, key=key, reason=error) from error
    return settings


def config_folder() -> Path:
    """Return the user's config folder, like platformdirs, which is slow to load."""
    if sys.platform != "linux":
        from platformdirs import user_config_path

        return user_config_path("truce-tracker", appauthor=False)
    base = os.environ.get("XDG_CONFIG_HOME", "").strip()
    if not base:
        base = os.path.expanduser("~/.config")  # noqa: PTH111 - also without a home
    return Path(base, "truce-tracker")


# --- optional extras: libraries that only some commands need --------------------------------------


def library(module: str, command: str, extra: str) -> Any:
    """Return the library that a command needs; if it is missing, say how to install it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise NotFound("extra missing", command=command, extra=extra) from error


def of_format(name: str) -> Any:
    """Return the library that writes a format."""
    return library(EXTRAS[name], f"-f {name}", name)
