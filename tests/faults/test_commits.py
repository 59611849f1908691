"""A connection that is lost while a server commits: the outcome is never guessed."""

import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.conftest import Run
from tests.refusals import code_of
from tests.server import Server
from tracker.database import Target

COMMIT = b"COMMIT\0"
PORT = ".s.PGSQL.5432"


class Swallower:
    """Stands between a client and a server, and fails at the first COMMIT that it sees."""

    def __init__(self, behind: Path, *, forwards: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tt-proxy-", dir="/tmp"))
        self._behind = str(behind / PORT)
        self._forwards = forwards
        self._failed = False
        self._sockets: list[socket.socket] = []
        self._pumps: list[threading.Thread] = []
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.folder / PORT))
        self._listener.listen()
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    def url(self, database: str) -> str:
        return f"postgresql://keeper@/{database}?host={quote(str(self.folder), safe='/')}"

    def close(self) -> None:
        for one in (self._listener, *self._sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in (self._acceptor, *self._pumps):
            thread.join()
        for one in (self._listener, *self._sockets):
            one.close()
        shutil.rmtree(self.folder)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._behind)
                self._sockets += [client, server]
                for source, sink, watch in ((client, server, True), (server, client, False)):
                    pump = threading.Thread(
                        target=self._pump, args=(source, sink, watch), daemon=True
                    )
                    pump.start()
                    self._pumps.append(pump)

    def _pump(self, source: socket.socket, sink: socket.socket, watch: bool) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                if watch and COMMIT in data and not self._failed:
                    self._failed = True
                    source.shutdown(socket.SHUT_RDWR)  # before the server can have answered
                    if self._forwards:
                        sink.sendall(data)
                    sink.shutdown(socket.SHUT_WR if self._forwards else socket.SHUT_RDWR)
                    return
                sink.sendall(data)


@pytest.fixture
def swallower(target: Target, server: Server) -> Iterator[Callable[..., str]]:
    """Put a failing link before the book's server, and return the book's address through it."""
    made: list[Swallower] = []

    def put(to: Target = target, **how: bool) -> str:
        made.append(Swallower(server.folder, **how))
        return made[-1].url(psycopg.conninfo.conninfo_to_dict(to.address)["dbname"])

    yield put
    for one in made:
        one.close()


def notes(target: Target) -> int:
    with psycopg.connect(target.address) as connection:
        row = connection.execute("SELECT count(*) FROM entry WHERE note = 'COFCO signs'").fetchone()
    assert row is not None
    return int(row[0])


NOTE = ("note", "soybeans", "COFCO signs")


@pytest.mark.on("postgresql")
@pytest.mark.parametrize("forwards", [True, False])
def test_a_commit_whose_answer_was_lost_may_have_been_recorded(
    target: Target, swallower: Callable[..., str], tracker: Run, forwards: bool
) -> None:
    ran = tracker(*NOTE, db=swallower(forwards=forwards))

    assert (ran.code, ran.out, ran.err.count("\n")) == (code_of("outcome unknown"), "", 1)
    assert (
        "may have been recorded: the connection was lost. Look with 'tracker history --all'"
        in ran.err
    )
    until = time.monotonic() + 10
    while notes(target) < forwards and time.monotonic() < until:
        time.sleep(0.05)
    assert notes(target) == forwards
