"""Which database is meant: a path, `sqlite:///…` or `postgresql://…`."""

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode

from tracker import settings
from tracker.errors import WrongUsage

HOST = r"(?:\[[^]@]*\]|[^:@/?#,[]*)(?::\d*)?"
SERVER = re.compile(
    r"(?:(?P<user>[^:@/?#]*)(?::[^@/?#]*)?(?P<at>@))?"  # the password has no group
    rf"(?P<place>{HOST}(?:,{HOST})*(?:/[^@?#]*)?)"
    r"(?:\?(?P<query>[^@#]*))?"
)
"""What comes after the scheme of a whole address: no part of a password can be another part."""
PUBLIC = (
    *("host", "port", "user", "dbname", "service", "options", "target_session_attrs"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "application_name", "connect_timeout"),
)
"""The parameters of an address that messages may print."""


class Target(NamedTuple):
    """A database; `address` is a file's path, or a PostgreSQL URL with all its secrets."""

    dialect: str
    address: str

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Read a path or a URL."""
        if settings.may_hold_password(text):
            raise WrongUsage("unreadable address")
        if "://" not in text:
            return cls("sqlite", _expanded(text))
        scheme, rest = text.split("://", 1)
        kind = scheme.split("+")[0].lower()
        if kind == "sqlite":
            return cls("sqlite", _expanded(unquote(rest.removeprefix("/"))))
        if kind in ("postgresql", "postgres"):
            if not SERVER.fullmatch(rest):
                raise WrongUsage("unreadable address")
            return cls("postgresql", f"postgresql://{rest}")
        raise WrongUsage("unknown database", scheme=kind.rpartition("@")[2])

    @classmethod
    def meant(cls, named: str | None) -> "Target":
        """Return the database that is named, else the environment's, else the default."""
        if named is not None and not named.strip():
            raise WrongUsage("no book named")
        return cls.parse(settings.database_or(named) or str(settings.default_database()))

    @property
    def path(self) -> Path:
        """The file of an SQLite book."""
        return Path(self.address)

    def __str__(self) -> str:
        """Return the target as messages print it, without any password."""
        return self.address if self.dialect == "sqlite" else _without_secrets(self.address)

    def __repr__(self) -> str:
        return f"Target({self.dialect!r}, {str(self)!r})"


def _expanded(text: str) -> str:
    """Return a path with `~` replaced by the home directory, if that user has one."""
    try:
        return str(Path(text).expanduser())
    except RuntimeError:
        return text


def _without_secrets(address: str) -> str:
    found = SERVER.fullmatch(address.removeprefix("postgresql://"))
    assert found is not None
    user = f"{found['user']}@" if found["at"] else ""
    shown = [(key, value) for key, value in parse_qsl(found["query"] or "") if key in PUBLIC]
    query = f"?{urlencode(shown, safe='/')}" if shown else ""
    return f"postgresql://{user}{found['place']}{query}"
