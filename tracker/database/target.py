"""Which database is meant: a path or `sqlite:///…`."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from tracker.errors import UnknownDatabase


class Target(NamedTuple):
    """A database; `address` is a file's path."""

    dialect: str
    address: str

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Read a path or a URL."""
        if "://" not in text:
            return cls("sqlite", str(Path(text).expanduser()))
        scheme, rest = text.split("://", 1)
        if scheme.split("+")[0].lower() == "sqlite":
            return cls("sqlite", str(Path(unquote(rest.removeprefix("/"))).expanduser()))
        raise UnknownDatabase(scheme)

    @property
    def path(self) -> Path:
        """The file of an SQLite book."""
        return Path(self.address)

    def __str__(self) -> str:
        """Return the target as messages print it."""
        return self.address
