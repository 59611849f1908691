"""The commands of docs/operations.md run as they are written, where what they need is installed.

Its hosts are addresses of this machine, each with a server of its own; its folders are a test's.
"""

import configparser
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.conftest import make_book
from tests.packaging.conftest import interpreter, missing
from tests.pledge.test_pledge import book_of
from tests.server import NoServer, Server, started
from tracker import __version__

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
HOSTS = {
    "db.example.org": "127.0.0.11",
    "standby.example.org": "127.0.0.12",
    "new.example.org": "127.0.0.13",
    "pool.example.org": "127.0.0.14",
}
"""What the names of the page stand for here."""
SBIN = "/usr/sbin"
"""Where Debian's programs for a system's keeper are, which a user may not have on the path."""
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """A block of the page: its language, the file that it names, and its lines."""

    language: str
    file: str
    text: str


def section(title: str) -> list[Block]:
    """Return the blocks of a section of the page."""
    _, found, rest = PAGE.partition(f"\n## {title}\n")
    assert found, title
    return [Block(*found) for found in FENCE.findall(rest.partition("\n## ")[0])]


def shell(title: str) -> str:
    """Return the commands of a section; docker's are run by nobody but docker."""
    blocks = [block.text for block in section(title) if block.language == "sh"]
    return "".join(text for text in blocks if not text.startswith("docker "))


class Desk:
    """A shell in a folder, as an operator has it; its variables last from one call to the next."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.replaced = folder, dict(HOSTS)
        self.settings = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        self.settings |= settings

    def here(self, text: str) -> str:
        """Return a text of the page with the hosts, ports and folders of this test."""
        for named, meant in self.replaced.items():
            text = text.replace(named, meant)
        return text

    def set(self, settings: dict[str, str]) -> None:
        """Set variables of the page; its program is where it is installed here."""
        self.settings |= {name: self.here(value) for name, value in settings.items()}
        assert settings["PATH"].startswith("/opt/tracker/bin:")
        self.settings["PATH"] = f"{Path(sys.executable).parent}:{settings['PATH']}"

    def write(self, title: str, folder: Path | None = None) -> list[Path]:
        """Write the files of a section, and return where they are."""
        paths = []
        for block in section(title):
            if block.file:
                paths.append((folder or self.folder) / block.file)
                paths[-1].write_text(self.here(block.text), "utf-8")
        return paths

    def run(self, text: str, typed: str = "", server: Server | None = None) -> str:
        """Run commands until one fails, and return what they print; on a server, as its user."""
        user = server.user if server else None
        kept = self.folder / "variables"
        reading, keeping = f"[ ! -e {kept} ] || . {kept}", f"declare -p book restored both > {kept}"
        done = subprocess.run(
            ["bash", "-e", "-c", f"{reading}\n{self.here(text)}\n{keeping} 2> /dev/null || true"],
            cwd=server.folder if server else self.folder,
            env=os.environ | self.settings,
            input=typed,
            capture_output=True,
            text=True,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            start_new_session=True,  # without a terminal psql reads passwords from its input
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"
        return done.stdout


def free_port(*hosts: str) -> int:
    """Return a port that is free on each of some addresses."""
    for _ in range(50):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        try:
            for host in hosts:
                with socket.socket() as probe:
                    probe.bind((host, port))
        except OSError:
            continue
        return int(port)
    raise AssertionError("no port is free")


def wait_for(host: str, port: int) -> None:
    """Wait until somebody listens at an address."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens at {host}:{port}")


def require(program: str) -> None:
    """End a test for want of a program: a failure in CI, a skip elsewhere."""
    if not shutil.which(program, path=f"{os.environ['PATH']}{os.pathsep}{SBIN}"):
        missing(program)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# --- servers --------------------------------------------------------------------------------------


class Servers:
    """The servers of the page, started when they are asked for, on one port."""

    def __init__(self) -> None:
        self.port = free_port(*HOSTS.values())
        self.running: dict[str, Server] = {}

    def start(self, host: str) -> Server:
        settings = {"listen_addresses": f"'{HOSTS[host]}'", "port": str(self.port)}
        self.running[host] = started(**settings)
        return self.running[host]

    def stop(self) -> None:
        for server in self.running.values():
            server.stop()


@pytest.fixture
def servers() -> Iterator[Servers]:
    running = Servers()
    try:
        running.start("db.example.org")
        yield running
    except NoServer as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no PostgreSQL server: {error}")
    finally:
        running.stop()


@pytest.fixture
def office(desk: Desk, servers: Servers) -> Desk:
    """The desk of somebody whose team has its book on a server, made as the page says."""
    programs = servers.running["db.example.org"].programs
    desk.settings["PATH"] = f"{programs}{os.pathsep}{desk.settings['PATH']}"
    desk.settings |= {"PGPORT": str(servers.port), "PGUSER": "keeper", "PGPASSWORD": "secret"}
    for line in shell("A server").splitlines():
        desk.run(line, typed="secret\nsecret\n")
    return desk


def test_a_book_on_a_server_is_made_with_its_roles(office: Desk) -> None:
    ana = "tracker --db postgresql://ana@db.example.org/truce"

    noted = office.run(f"{ana} note busan-truce 'By ana'")
    who = office.run('psql $book -Atc "SELECT role FROM journal ORDER BY entry DESC LIMIT 1"')

    assert ("note" in noted, who) == (True, "ana\n")


def test_health_is_asked_for_as_documented(office: Desk) -> None:
    assert office.run(shell("Health")) == "f\n"


def test_a_dump_is_restored_on_a_new_server(office: Desk, servers: Servers) -> None:
    servers.start("new.example.org")
    office.run("psql -h db.example.org -U ana -c 'SELECT lo_create(0)' truce")  # nobody's business

    printed = ""
    for line in shell("Backup and restore").splitlines():
        printed += office.run(line, typed="secret\nsecret\n")

    assert "; begins with " in printed.splitlines()[-1]
    rights = "SELECT has_table_privilege('truce_writer', 'entry', 'INSERT')"
    assert office.run(f'psql $restored -Atc "{rights}"') == "t\n"


@pytest.mark.parametrize("mode", ["transaction", "session"])
def test_pgbouncer_lets_its_users_record(office: Desk, servers: Servers, mode: str) -> None:
    require("pgbouncer")
    office.settings["PATH"] += f"{os.pathsep}{SBIN}"
    pool = free_port(HOSTS["pool.example.org"])
    office.replaced |= {"port=5432": f"port={servers.port}", "6432": str(pool)}
    office.replaced["= transaction"] = f"= {mode}"
    first = servers.running["db.example.org"]
    (settings,) = office.write("PgBouncer", first.folder)
    with settings.open("a") as file:
        file.write("unix_socket_dir =\n")
    *starting, recording = shell("PgBouncer").splitlines()
    try:
        office.run("\n".join(starting), server=first)
        wait_for(HOSTS["pool.example.org"], pool)

        assert "note, 8 Jan 2026" in office.run(recording)

        ana = office.here(f"tracker --db postgresql://ana@pool.example.org:{pool}/truce")
        crowd = f"for n in 1 2 3 4 5 6; do {ana} note busan-truce $n & done; wait"
        assert office.run(crowd).count("note, 8 Jan 2026") == 6
        office.run(f"{ana} undo && tracker --db $book db check")
    finally:
        os.kill(int((first.folder / "pgbouncer.pid").read_text()), signal.SIGTERM)


def test_a_standby_shows_the_book_and_is_promoted(office: Desk, servers: Servers) -> None:
    first, standby = servers.running["db.example.org"], Server()
    servers.running["standby.example.org"] = standby
    office.settings["PGDATA"] = str(standby.data)
    copying, promoting = [block.text for block in section("A standby, and its promotion")]
    *making, starting = copying.splitlines()
    for line in making:
        office.run(line, typed="secret\nsecret\n", server=standby)
    with (standby.data / "postgresql.conf").open("a") as file:  # it came with the copy
        file.write(f"listen_addresses = '{HOSTS['standby.example.org']}'\n")
        file.write(f"unix_socket_directories = '{standby.folder}'\n")
    office.run(starting, server=standby)
    spare = "tracker --db postgresql://ana@standby.example.org/truce"

    assert "US–China trade truce" in office.run(f"{spare} week 2026-W01")
    refused = office.run(f"! {spare} note busan-truce 'Too early' 2>&1")
    assert "if it is a standby, for its primary" in refused
    office.run(f"{spare} export there.jsonl && tracker --db $book export here.jsonl")
    office.run("cmp here.jsonl there.jsonl")
    office.run(f"{spare} publish site && {spare} db check")
    waiting = "ALTER SYSTEM SET synchronous_standby_names = '*'"
    office.run(f'psql -h db.example.org -d postgres -c "{waiting}" -c "SELECT pg_reload_conf()"')
    office.run("tracker --db $book note busan-truce 'On both at once'")
    asking = f"{spare} history -f csv | grep -q 'On both at once'"  # it may be read a bit later
    office.run(f"for n in 1 2 3 4 5; do ! {{ {asking}; }} || exit 0; sleep 1; done; exit 1")
    state = "SELECT DISTINCT sync_state FROM pg_stat_replication"
    assert office.run(f'psql -h db.example.org -d postgres -Atc "{state}"') == "sync\n"
    alone = 'psql -h db.example.org -d postgres -c "ALTER SYSTEM RESET synchronous_standby_names"'
    office.run(f'{alone} -c "SELECT pg_reload_conf()"')

    pair = "db.example.org,standby.example.org"  # the driver does not look at PGPORT for two hosts
    promoting = promoting.replace(pair, pair.replace("org", f"org:{servers.port}"))
    named, before, promote, compare, noting = promoting.splitlines()
    office.run(f"{named}\n{before}")
    first.halt()
    assert "; begins with " in office.run(f"{promote}\n{compare}")
    assert "note, 8 Jan 2026" in office.run(noting)

    first.resume()
    office.run("tracker --db $book note busan-truce 'Not sent'")
    brought = office.run("tracker --db ${book/db.example.org/standby.example.org} import $book")
    assert brought.startswith("1 entry written")


# --- one machine ----------------------------------------------------------------------------------


def test_it_is_installed_without_a_network(desk: Desk, tmp_path: Path) -> None:
    for source in ("pyproject.toml", "README.md", "LICENSE", "docs/roles.sql"):
        (tmp_path / source).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / source, tmp_path / source)
    for source in ("tracker", "migrations", "seeds"):
        shutil.copytree(ROOT / source, tmp_path / source)
    desk.replaced["/opt/tracker"] = str(tmp_path / "opt")
    desk.replaced["python3 "] = f"{interpreter('3.13')} "

    desk.run(shell("Install"))

    assert desk.run("/opt/tracker/bin/tracker --version") == f"truce-tracker {__version__}\n"
    made = desk.run("/opt/tracker/bin/tracker --db made.db init busan-truce")
    assert made.startswith("Made a book at made.db")


def test_an_upgrade_keeps_the_old_book_for_the_way_back(desk: Desk, tmp_path: Path) -> None:
    book = book_of("0.3.0", tmp_path)
    book.rename(tmp_path / "truce.db")
    (tmp_path / "book.db.d").rename(tmp_path / "truce.db.d")
    desk.settings["TRACKER_DB"] = "truce.db"

    assert "truce.db: sound" in desk.run(shell("Upgrade, and the way back"))
    (tmp_path / "truce.db.schema-0001.bak").replace(tmp_path / "truce.db")  # the way back
    assert "made by version 0.3" in desk.run("! tracker week 2>&1")
    assert "truce.db: sound" in desk.run(shell("Upgrade, and the way back"))


@pytest.fixture
def crontab(desk: Desk, book: Path) -> list[str]:
    """The commands of the page's crontab, as cron gives them to the shell."""
    (desk.folder / "backup").mkdir()
    desk.replaced["/srv"] = str(desk.folder)
    (table,) = [block.text for block in section("Every night") if block.language == "crontab"]
    settings = dict(line.split("=", 1) for line in table.splitlines() if line[0].isupper())
    lines = table.splitlines()[len(settings) :]
    desk.set(settings)
    assert desk.settings["TRACKER_DB"] == str(book)
    jobs = [line.split(maxsplit=5) for line in lines]
    assert all(re.fullmatch(r"[\d*]+", field) for job in jobs for field in job[:5])
    return [job[5].replace("\\%", "%") for job in jobs]


def test_a_nightly_copy_replaces_old_ones_only_if_it_was_made(
    desk: Desk, crontab: list[str], book: Path
) -> None:
    backup, *_ = crontab
    old = desk.folder / "backup" / "truce-2025-11-01.db"
    old.touch()
    os.utime(old, (0, 0))

    book.rename(book.with_name("away.db"))
    desk.run(f"! {{ {backup}; }}")
    assert old.exists()

    book.with_name("away.db").rename(book)
    desk.run(backup)
    (copy,) = (desk.folder / "backup").iterdir()
    assert copy.read_bytes()[:15] == b"SQLite format 3"


def test_cron_mails_damage_and_findings_and_nothing_else(
    desk: Desk, crontab: list[str], book: Path
) -> None:
    _, damage, news, all_findings = crontab

    assert desk.run(damage) == ""
    assert desk.run(f"{news} && echo nothing") == "nothing\n"
    assert "soybeans" in desk.run(f"! {{ {all_findings}; }}")
    with sqlite3.connect(book) as driver:
        driver.execute("DROP TRIGGER entry_no_update")
    assert "entry_no_update" in desk.run(damage)


def test_a_timer_of_systemd_makes_the_site(desk: Desk, book: Path) -> None:
    desk.replaced["/srv"] = str(desk.folder)
    service, timer = desk.write("Every night")
    units = configparser.ConfigParser(interpolation=None)
    units.optionxform = str  # type: ignore[assignment]
    units.read(service)
    given = dict(word.split("=", 1) for word in units["Service"]["Environment"].split())
    desk.set(given)
    assert desk.settings["TRACKER_DB"] == str(book)
    if shutil.which("systemd-analyze"):
        desk.run(f"systemd-analyze verify --man=no {service} {timer} 2>&1")

    desk.run(units["Service"]["ExecStart"])

    assert (desk.folder / "site" / "index.html").exists()
    assert (desk.folder / "week.html").exists()


def test_a_service_answers_many_at_once(desk: Desk, book: Path) -> None:
    port = free_port("127.0.0.1")
    desk.replaced["8000"] = str(port)
    (program,) = desk.write("A service")
    process = subprocess.Popen(
        [sys.executable, program], cwd=book.parent, stderr=subprocess.DEVNULL
    )

    def asked(words: dict[str, str] | None = None) -> tuple[int, dict[str, object]]:
        body = None if words is None else json.dumps(words).encode()
        try:
            with urlopen(Request(f"http://127.0.0.1:{port}/", body), timeout=60) as answer:
                return answer.status, json.load(answer)
        except HTTPError as error:
            return error.code, json.load(error)

    try:
        wait_for("127.0.0.1", port)
        noting = [{"slug": "soybeans", "text": f"Call {number}"} for number in range(6)]
        with ThreadPoolExecutor(8) as pool:
            answers = [*pool.map(asked, [None, None, *noting])]
        refused, why = asked({"slug": "soya", "text": "A call"})
        incomplete = asked({"slug": "soybeans"})
    finally:
        process.terminate()
        process.wait()

    assert [code for code, _ in answers] == [200] * 8
    assert answers[0][1]["report"] == "status"
    assert (refused, "soya" in str(why["error"])) == (400, True)
    assert incomplete == (400, {"error": "Post a JSON object with slug and text"})
    assert desk.run("tracker --db truce.db history -f csv").count(",Call ") == 6


def test_a_library_holds_what_its_books_hold(desk: Desk) -> None:
    (desk.folder / "books").mkdir()
    for seed in ("us-eu", "us-japan"):
        make_book(desk.folder / "books" / f"{seed}.db", seed)
    nightly = "\n".join(shell("Many books").splitlines()[:3])

    assert "US–EU framework agreement" in desk.run(nightly)

    (desk.folder / "books" / "us-a.db").write_text("damaged")
    again = desk.run(f"{{ {nightly}\n}} 2>&1")
    assert again.count("0 entries written") == 2
    assert "tracker: books/us-a.db has 1 mistake" in again


def test_datasette_shows_a_copy(desk: Desk) -> None:
    require("uvx")
    make_book(desk.folder / "library.db", "us-eu")
    *_, command = shell("Many books").splitlines()

    printed = desk.run(f"{command} --get '/public/promise.json?_shape=array'")

    rows = json.loads(printed.splitlines()[-1])
    assert {"eu", "us"} <= {row["givers"] for row in rows}


def test_every_section_with_commands_has_a_test_here() -> None:
    here = Path(__file__).read_text("utf-8")
    titles = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)

    assert [title for title in titles if section(title) and f'"{title}"' not in here] == []
