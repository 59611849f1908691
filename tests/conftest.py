"""Shared fixtures: a book in each database, and the command line in this process.

A test that uses `connection`, `view`, `writer`, `tracker` or `target` runs on SQLite and on
PostgreSQL; `@pytest.mark.on("postgresql")` keeps it to one. One that names `book`, the path of
a file, or a snapshot runs on SQLite alone. Where other layers are tested, the run on PostgreSQL
is marked slow.
"""

import fcntl
import gc
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import pytest

from tests import recording
from tests.server import NoServer, Server, started
from tracker import schema
from tracker.cli import run
from tracker.database import Connection, Target, connect, open_book, sqlite
from tracker.dates import exactly
from tracker.interchange import applying, seeds
from tracker.journal import corrections
from tracker.journal.verbs import checked
from tracker.journal.writer import Writer
from tracker.reports import View
from tracker.state import Clocks
from tracker.vocabulary import Stage

TODAY = date(2026, 1, 8)
"""The day of the tests, unless they set another."""

SURROUNDING = {"TRACKER_DB", "TRACKER_CONFIG", "TRACKER_DEBUG", "NO_COLOR", "COLUMNS"}
for variable in [*os.environ]:
    if variable in SURROUNDING or variable.startswith("PG"):
        del os.environ[variable]
os.environ |= {"TRACKER_TODAY": TODAY.isoformat(), "TRACKER_AUTHOR": "analyst"}

for name, handler in {"SIGINT": signal.default_int_handler, "SIGHUP": signal.SIG_DFL}.items():
    # A run in the background or under nohup ignores them, and so would each program it starts.
    if (number := getattr(signal, name, None)) and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, handler)

ON_SQLITE = {"book", "busan", "portfolio", "snapshot"}
"""Fixtures whose tests run on SQLite alone."""
SHOWN = {"reports", "publish", "tables"}
"""Folders of what is shown: on SQLite alone, as test_parity compares every report of both."""
FAR = {
    *("cli", "faults", "interchange", "journal", "pledge", "union"),
    *("test_book.py", "test_crowds.py", "test_rehearsal.py"),
}
"""Tests of layers that reach a database through others: on the second database they are marked
slow, which saves a minute of the default suite."""

# A loaded machine may take any time for one example. CI looks at more of them.
hypothesis.settings.register_profile("quick", deadline=None, max_examples=25)
hypothesis.settings.register_profile("full", deadline=None, max_examples=100)
hypothesis.settings.load_profile("full" if os.environ.get("CI") else "quick")

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
PHASE_ONE = EXAMPLES / "phase-one.toml"
"""Another agreement than the seeds', with two counters for one promise."""

NO_SHAPES = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'

PARTIES = {
    **{"us": ("United States", "US"), "cn": ("China", "China")},
    **{"eu": ("European Union", "EU"), "jp": ("Japan", "Japan")},
}


def parties(*slugs: str) -> str:
    """Return the tables that declare some parties, for files that tests apply."""
    line = '[[party]]\nslug = "{}"\nname = "{}"\nshort = "{}"\n\n'
    return "".join(line.format(slug, *PARTIES[slug]) for slug in slugs)


SORGHUM = """
[agreement]
slug = "kuala-lumpur-2025"
title = "Kuala Lumpur framework"
agreed_on = "2025-10-26"
source = "readout"

[[source]]
key = "readout"
publisher = "MOFCOM"
title = "Readout of the talks"

[[concession]]
slug = "sorghum"
title = "Buy US sorghum"
giver = "cn"
receiver = "us"
sector = "agriculture"
kind = "purchase"
instrument = "readout"
test = "Cargoes of US sorghum clear customs."
source = "readout"
"""
"""An agreement with one concession, for files that tests apply to the book of the article."""


DEALS = ("busan-truce", "us-eu", "us-japan", "us-korea")
"""The seeds that follow an agreement by public facts."""


class Ran(NamedTuple):
    """How a command line ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def data(tracker: Run, *arguments: object, **options: object) -> Any:
    """Return the document that a command line prints; fail with its refusal if there is none."""
    __tracebackhide__ = True
    ran = tracker(*arguments, "-f", "json", **options)
    try:
        return json.loads(ran.out)
    except json.JSONDecodeError:
        command = " ".join(map(str, arguments))
        printed = ran.err.strip() or ran.out.strip() or "nothing was printed"
        reason = f"no document from '{command}', exit code {ran.code}: {printed}"
        raise AssertionError(reason) from None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests of what both databases share on both; on SQLite they keep their plain names."""
    names = set(metafunc.fixturenames)
    if "database" not in names or names & ON_SQLITE or SHOWN & {*metafunc.definition.path.parts}:
        return
    marker = metafunc.definition.get_closest_marker("on")
    databases = marker.args if marker else ("sqlite", "postgresql")
    again = [pytest.mark.slow] if FAR & {*metafunc.definition.path.parts} else []
    first, *others = databases
    params = [
        pytest.param(first, id=pytest.HIDDEN_PARAM),
        *(pytest.param(other, id=other, marks=again) for other in others),
    ]
    metafunc.parametrize("database", params, indirect=True)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


def pytest_collection_finish() -> None:
    """Keep the thousands of collected tests out of each later collection of garbage."""
    gc.collect()
    gc.freeze()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let `-m slow` leave out what takes half an hour, on the second database too."""
    if item.get_closest_marker("endurance"):
        item.own_markers = [marker for marker in item.own_markers if marker.name != "slow"]


Shared = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Shared:
    """Return a folder by its name, which the first worker that wants it fills for all of them."""
    root = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        root = root.parent

    def filled(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = root / name, root / f"{name}.done"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                folder.mkdir(exist_ok=True)
                fill(folder)
                done.touch()
        return folder

    return filled


@pytest.fixture
def home(homes: Iterator[Path]) -> Path:
    """Where a test's user keeps books and settings; made when it is first written to."""
    return next(homes)


@pytest.fixture
def tmp_path(homes: Iterator[Path]) -> Path:
    """A folder of a test's own, without the links that pytest keeps beside each of its own."""
    (folder := next(homes)).mkdir()
    return folder


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Keep the machine's own book, clock, author and terminal out of every test."""
    monkeypatch.delenv("UV", raising=False)
    monkeypatch.setattr(Connection, "is_saving", False)
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))


@pytest.fixture
def interactive(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person at a terminal, whose first command makes the default book."""
    monkeypatch.setattr("tracker.cli.build.is_interactive", lambda: True)


SYNCED = sqlite.SETTINGS


@pytest.fixture(autouse=True, scope="session")
def unsynced() -> Iterator[None]:
    """Let no book of this process wait for the disk, as hundreds of books a minute would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "SETTINGS", SYNCED.replace("EXTRA", "OFF"))
        yield


@pytest.fixture(autouse=True, scope="session")
def schema_made_once() -> Iterator[None]:
    """Let Alembic make the newest schema of an SQLite file once; later files take its statements.

    Alembic takes 50 ms, and a run makes hundreds of books.
    """
    original, folder = schema.migrate, schema.migrations_folder

    @cache
    def statements() -> list[str]:
        with tempfile.TemporaryDirectory() as place:
            target = Target("sqlite", f"{place}/book.db")
            target.path.touch()
            with closing(connect(target)) as connection, connection.migrating():
                original(connection, "upgrade", "head")
            with closing(sqlite3.connect(target.path)) as made:
                return [*made.iterdump()][1:-1]  # without BEGIN and COMMIT

    def migrate(connection: Connection, direction: str, revision: str) -> None:
        master = "SELECT 1 FROM sqlite_master"
        fresh = connection.target.dialect == "sqlite" and not connection.text(master)
        if fresh and revision == "head" and schema.migrations_folder is folder:
            for statement in statements():
                connection.driver.execute(statement)
        else:
            original(connection, direction, revision)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "migrate", migrate)
        yield


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace all charts, in tests that are not about them."""
    monkeypatch.setattr("tracker.publish.charts.drawn", lambda _: NO_SHAPES.encode())


class Held(NamedTuple):
    """How many entries the book of a shipped seed holds; the declarations come first."""

    declared: int
    entries: int


def held_by(seed: str) -> Held:
    """Count what a shipped seed writes, for tests that name entries by their numbers."""
    tables = tomllib.loads(seeds.find(seed).read_text("utf-8"))
    concessions = tables["concession"]
    declared = 1 + sum(len(tables[name]) for name in ("party", "source", "concession"))
    declared += len(tables["agreement"].get("deadline", ()))
    declared += sum(len(one.get("deadline", ())) for one in concessions)
    return Held(declared, declared + len(tables["entry"]))


@contextmanager
def book_at(path: Path) -> Iterator[Connection]:
    """Open the book in a file."""
    with closing(open_book(Target("sqlite", str(path)))) as connection:
        yield connection


@contextmanager
def counting(connection: Connection) -> Iterator[list[str]]:
    """Add a line for each statement that a connection runs."""
    lines, translating = list[str](), connection.translating

    def counted() -> AbstractContextManager[None]:
        lines.append("a statement")
        return translating()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "translating", counted)
        yield lines


@contextmanager
def new_book(target: Target | Path) -> Iterator[Connection]:
    """Make a book in a free place, and write in it; its first batch is up to the block."""
    place = Target("sqlite", str(target)) if isinstance(target, Path) else target
    with schema.creating(place) as connection, connection.writing():
        yield connection


def make_book(path: Path, seed: str | None) -> Path:
    """Make a book in a file, from a shipped seed or empty."""
    fill(Target("sqlite", str(path)), seed)
    return path


def fill(target: Target, seed: str | None, now: datetime | None = None) -> Target:
    """Make a book in a free place, from a seed or empty; a file is made once, and copied."""
    if target.dialect == "sqlite":
        target.path.write_bytes(_filled(seed, now))
        return target
    return _fill(target, seed, now)


@cache
def _filled(seed: str | None, now: datetime | None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return _fill(Target("sqlite", f"{folder}/book.db"), seed, now).path.read_bytes()


def _fill(target: Target, seed: str | None, now: datetime | None) -> Target:
    with new_book(target) as connection:
        if seed:
            writer = Writer(connection, "analyst", TODAY, now or datetime.now(UTC))
            applying.apply(writer, applying.load([seeds.find(seed)]))
    return target


@pytest.fixture(scope="session")
def article_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_book(tmp_path_factory.mktemp("templates") / "article.db", "article")


@pytest.fixture(scope="session")
def busan_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_book(tmp_path_factory.mktemp("templates") / "busan.db", "busan-truce")


@pytest.fixture
def busan(busan_template: Path, tmp_path: Path) -> Path:
    """A book seeded from the public facts of 2025–26."""
    return Path(shutil.copy(busan_template, tmp_path / "busan.db"))


@pytest.fixture(scope="session")
def portfolio_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("templates") / "portfolio.db"
    with new_book(path) as connection:
        writer = Writer(connection, "analyst", TODAY, datetime.now(UTC))
        applying.apply(writer, applying.load([*map(seeds.find, DEALS)]))
    return path


@pytest.fixture
def portfolio(portfolio_template: Path, tmp_path: Path) -> Path:
    """A book of all shipped agreements of public facts."""
    return Path(shutil.copy(portfolio_template, tmp_path / "portfolio.db"))


@pytest.fixture
def book(article_template: Path, tmp_path: Path) -> Path:
    """A book seeded from the article."""
    return Path(shutil.copy(article_template, tmp_path / "truce.db"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server; where none can be started, a failure in CI and a skip elsewhere."""
    try:
        running = started()
    except NoServer as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no PostgreSQL server: {error}")
    yield running
    running.stop()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    running = started()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def article_on_server(server: Server) -> str:
    name = server.create()
    fill(Target.parse(server.url(name)), "article")
    return name


@pytest.fixture
def empty_database(server: Server) -> Iterator[Target]:
    """A database on the server with nothing in it."""
    name = server.create()
    yield Target.parse(server.url(name))
    server.drop(name)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The database that the test runs on."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def target(request: pytest.FixtureRequest, database: str) -> Iterator[Target]:
    """The article's book, in the database at hand."""
    if database == "sqlite":
        yield Target("sqlite", str(request.getfixturevalue("book")))
        return
    server: Server = request.getfixturevalue("server")
    name = server.create(template=request.getfixturevalue("article_on_server"))
    yield Target.parse(server.url(name))
    server.drop(name)


@pytest.fixture
def connection(target: Target) -> Iterator[Connection]:
    """The article's book, open."""
    opened = open_book(target)
    yield opened
    opened.close()


@pytest.fixture
def view(connection: Connection) -> View:
    """The article's book as of today."""
    return View.read(connection, Clocks(TODAY))


@pytest.fixture
def writer(connection: Connection) -> Writer:
    """Somebody who writes in the article's book; the test holds `connection.writing()`."""
    return Writer(connection, "analyst", TODAY, datetime.now(UTC))


@pytest.fixture
def tracker(target: Target, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line on the article's book, or on another with `db=`."""

    def call(*arguments: object, db: object = None) -> Ran:
        capsys.readouterr()
        code = run(["--db", str(db or target.address), *map(str, arguments)])
        return Ran(code, *capsys.readouterr())

    return call


@pytest.fixture
def program(book: Path) -> Run:
    """The program in a process of its own, on the article's book or on another with `db=`."""

    def call(*arguments: object, db: Path | None = None, env: dict[str, str] | None = None) -> Ran:
        surrounding = os.environ | {"TRACKER_DB": str(db or book)} | (env or {})
        command = [sys.executable, "-m", "tracker", *map(str, arguments)]
        ran = subprocess.run(command, env=surrounding, capture_output=True, text=True, check=False)
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    return call


USDA = "https://www.usda.gov/export-sales"
SEEDED_AT = datetime(2026, 1, 2, 9, tzinfo=UTC)


def tell(connection: Connection) -> None:
    """Record what happened after the article, at fixed moments, so that bytes never differ."""

    def at(day: int, hour: int = 9) -> Writer:
        return Writer(
            connection, "analyst", date(2026, 1, day), datetime(2026, 1, day, hour, tzinfo=UTC)
        )

    def of(
        day: int, says: str | None = None, source: str | None = None, note: str | None = None
    ) -> recording.Circumstances:
        return recording.Circumstances(exactly(date(2026, 1, day)), says, source, note)

    recording.log(at(6), "soybeans", Stage.MET, of(5, "us", "article", "Officials say: on track"))
    recording.log(at(6, 10), "rare-earths", Stage.MET, of(6, "cn"))
    recording.log(at(6, 11), "rare-earths", Stage.STALLED, of(6, "us"))
    recording.log(at(8), "soybeans", Stage.PARTIAL, of(7, source=USDA, note="8 MMT sold, 0 landed"))
    wrong = recording.log(at(8, 10), "chip-sales", Stage.REVERSED, of(8, note="Misread"))
    corrections.retract(at(8, 11), wrong.start, "It was another licence")
    checked(at(9), ["tiktok"])
    recording.note(at(9, 10), "truce-year", "Talks on a second year begin", of(9))


@pytest.fixture(scope="session")
def told_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("templates") / "told.db"
    with new_book(path) as connection:
        writer = Writer(connection, "analyst", SEEDED_AT.date(), SEEDED_AT)
        applying.apply(writer, applying.load([seeds.find("article")]))
        tell(connection)
    return path


@pytest.fixture
def told(told_template: Path, tmp_path: Path) -> Path:
    """A book in which two weeks passed after the article, made by a fixed clock."""
    return Path(shutil.copy(told_template, tmp_path / "told.db"))
