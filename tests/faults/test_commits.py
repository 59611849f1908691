"""A connection that is lost while a server commits: the outcome is looked up, never guessed."""

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

    def __init__(self, behind: Path, *, forwards: bool, stays: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tt-proxy-", dir="/tmp"))
        self._behind = str(behind / PORT)
        self._forwards = forwards
        self._stays = stays
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
                if self._failed and not self._stays:
                    client.close()
                    continue
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
def test_a_commit_whose_answer_was_lost_is_found_and_acknowledged(
    target: Target, swallower: Callable[..., str], tracker: Run
) -> None:
    ran = tracker(*NOTE, db=swallower(forwards=True, stays=True))

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("#25 soybeans: note")
    assert notes(target) == 1


@pytest.mark.on("postgresql")
def test_a_commit_that_never_arrived_is_told_as_not_written(
    target: Target, swallower: Callable[..., str], tracker: Run
) -> None:
    ran = tracker(*NOTE, db=swallower(forwards=False, stays=True))

    assert (ran.code, ran.out) == (7, "")
    assert "what was not acknowledged was not written" in ran.err
    assert notes(target) == 0


@pytest.mark.on("postgresql")
def test_where_nobody_can_be_asked_the_change_may_have_been_recorded(
    target: Target, swallower: Callable[..., str], tracker: Run
) -> None:
    ran = tracker(*NOTE, db=swallower(forwards=True, stays=False))

    assert (ran.code, ran.out, ran.err.count("\n")) == (code_of("outcome unknown"), "", 1)
    assert (
        "may have been recorded: the connection was lost. Look with 'tracker history --all'"
        in ran.err
    )
    until = time.monotonic() + 10  # nobody waited for the server here
    while notes(target) == 0 and time.monotonic() < until:
        time.sleep(0.05)
    assert notes(target) == 1


@pytest.mark.on("postgresql")
def test_a_commit_without_a_batch_cannot_be_looked_up(
    empty_database: Target, swallower: Callable[..., str], tracker: Run
) -> None:
    ran = tracker("init", "--empty", db=swallower(empty_database, forwards=True, stays=True))

    assert (ran.code, ran.out) == (code_of("outcome unknown"), "")
    assert "may have been recorded: the connection was lost." in ran.err
