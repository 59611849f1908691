"""A book that is locked, read-only or loses its server: one line, exit code 7, nothing lost."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import Ran, Run, fill
from tests.refusals import code_of
from tests.server import Server
from tracker.database import Target, open_book, postgresql, sqlite

NOBODY = 65534
WRITES = (
    *("log soybeans partial", "note tiktok x", "checked", "undo", "amend 13 --note x"),
    *("retract 13 --reason x", "import {folder}/updates.csv"),
    *("apply {folder}/article.toml --reason x", "retract tiktok --everything -m x"),
    *("add party jp --name Japan --short Japan", "amend 13 --add-source https://example.org/a"),
)
READS = ("status", "week", "history", "export", "db check", "deadlines -f ics")


def lay(folder: Path) -> None:
    from tracker.interchange import seeds

    update = "concession,effective_on,kind,note\nsoybeans,2026-01-05,note,seen\n"
    (folder / "updates.csv").write_text(update)
    text = seeds.find("article").read_text("utf-8")
    (folder / "article.toml").write_text(text.replace('title = "', 'title = "On '), "utf-8")


def entries(target: Target) -> int:
    connection = open_book(target, at_head=False)
    count: int = connection.text("SELECT count(*) FROM entry")[0][0]
    connection.close()
    return count


def require_refused(ran: Ran, code: int, words: str) -> None:
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1), ran
    assert re.search(words, ran.err), ran.err


# --- locked -------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock no longer than a test should."""
    patience = sqlite.SETTINGS.replace("10000", "30")
    monkeypatch.setattr(sqlite, "SETTINGS", patience)
    monkeypatch.setattr(postgresql, "LOCK_TIMEOUT", "30ms")


@pytest.mark.slow
@pytest.mark.usefixtures("impatient")
def test_a_book_locked_for_too_long_takes_nothing_and_is_read_all_the_same(
    target: Target, tracker: Run, tmp_path: Path
) -> None:
    lay(tmp_path)
    before = entries(target)
    holder = open_book(target)
    with holder.writing():
        for command in WRITES:
            ran = tracker(*command.format(folder=tmp_path).split())
            words = r"another (process|session holds its lock)\. Try again in a moment"
            require_refused(ran, code_of("book locked"), words)
        for command in (*READS, "db upgrade"):  # there is nothing to upgrade
            assert tracker(*command.split()).code == 0, command
    holder.close()

    assert entries(target) == before
    assert tracker("log", "soybeans", "partial").code == 0


@pytest.mark.on("sqlite")
@pytest.mark.usefixtures("impatient")
def test_a_book_locked_for_its_readers_too_says_so(
    target: Target, tracker: Run, tmp_path: Path
) -> None:
    lay(tmp_path)
    (tmp_path / "kept").write_text("as it was")
    holder = open_book(target)
    holder.text("BEGIN EXCLUSIVE")
    outputs = [
        f"{words} {tmp_path}/kept" for words in ("export", "status -o", "deadlines -f ics -o")
    ]
    for command in (*WRITES, *READS, *outputs, f"db backup {tmp_path}/copy"):
        ran = tracker(*command.format(folder=tmp_path).split())
        require_refused(
            ran, code_of("book locked"), " is locked by another process. Try again in a moment"
        )
    holder.close()

    assert (tmp_path / "kept").read_text() == "as it was"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


# --- read-only ----------------------------------------------------------------------------------


@pytest.fixture
def guarded(request: pytest.FixtureRequest, article_template: Path, tracker: Run) -> Iterator[Path]:
    """A book that may not be written, or not beside it, and a test without the rights of root."""
    request.getfixturevalue("undrawn")
    folder = Path(tempfile.mkdtemp())
    book = Path(shutil.copy(article_template, folder / "truce.db"))
    lay(folder)
    (folder / "kept").write_text("as it was")
    for command in (*WRITES, *READS):  # loads what nobody else may read
        tracker(*command.format(folder=folder).split(), db=book)
    tracker("publish", folder / "site", db=book)
    shutil.rmtree(folder / "site")
    shutil.copy(article_template, book)
    book.chmod(0o666 if request.param == "folder" else 0o444)
    folder.chmod(0o777 if request.param == "file" else 0o555)
    if as_root := os.geteuid() == 0:
        os.seteuid(NOBODY)
    yield book
    if as_root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.on("sqlite")
@pytest.mark.parametrize("guarded", ["file", "folder"], indirect=True)
def test_a_book_that_may_not_be_written_is_read(guarded: Path, tracker: Run) -> None:
    before = guarded.read_bytes()

    for command in WRITES:
        ran = tracker(*command.format(folder=guarded.parent).split(), db=guarded)
        if command == "undo":  # finds nothing of its own to take back
            continue
        words = (
            "is read-only for you, or its folder is;.* Ask for|no permission to write in its fold"
        )
        require_refused(ran, code_of("book read only"), words)
    for command in READS:
        assert tracker(*command.split(), db=guarded).code == 0, command

    assert guarded.read_bytes() == before
    assert not list(guarded.parent.glob("*-journal"))


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("guarded", ["both"], indirect=True)
def test_a_folder_that_may_not_be_written_keeps_what_it_has(guarded: Path, tracker: Run) -> None:
    kept = guarded.with_name("kept")

    copy = guarded.with_name("copy.db")
    for words in (("export", kept), ("db", "backup", copy), ("status", "-o", kept)):
        ran = tracker(*words, db=guarded)
        assert (ran.code, ran.out, ran.err.count("\n")) == (4, "", 1)
        assert "permission" in ran.err
    assert tracker("publish", guarded.with_name("site"), db=guarded).code == 4

    assert kept.read_text() == "as it was"


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("guarded", ["both"], indirect=True)
def test_what_may_not_be_made_or_read_says_so(guarded: Path, tracker: Run) -> None:
    made = tracker("init", db=guarded.with_name("another.db"))
    user = os.geteuid()
    os.seteuid(os.getuid())
    guarded.chmod(0)
    os.seteuid(user)
    read = tracker("status", db=guarded)

    require_refused(made, code_of("file in the way"), "permission denied. Name another path\n$")
    advice = "Check the path and its permissions"
    assert read.err == f"tracker: Cannot open {guarded}: permission denied. {advice}\n"
    assert not guarded.with_name("another.db").exists()


# --- a server that stops ------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["import", "export", "log"])
@pytest.mark.on("postgresql")
@pytest.mark.slow
def test_a_server_that_stops_while_a_command_runs(
    own_server: Server, command: str, tracker: Run, tmp_path: Path
) -> None:
    target = fill(Target.parse(own_server.url(own_server.create())), "article")
    rows = "".join(f"soybeans,2026-01-05,note,Cargo {row}\n" for row in range(100_000))
    (tmp_path / "many.csv").write_text("concession,effective_on,kind,note\n" + rows)
    kept = tmp_path / "kept.jsonl"
    kept.write_text("as it was")
    words = {
        "import": ["import", str(tmp_path / "many.csv")],
        "export": ["export", str(kept)],
        "log": ["log", "soybeans", "partial"],
    }[command]
    holder = psycopg.connect(target.address)
    if command != "import":  # waits for this one, and so is in the middle when the server stops
        holder.execute("LOCK TABLE entry IN ACCESS EXCLUSIVE MODE")
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "--db", target.address, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(2)
    assert process.poll() is None
    own_server.halt()
    out, err = process.communicate(timeout=60)
    holder.close()
    own_server.resume()

    ran = Ran(process.returncode, out, err)
    require_refused(ran, code_of("server unreachable"), "Cannot use postgresql://keeper@/")
    assert kept.read_text() == "as it was"
    assert not list(tmp_path.glob(".kept*"))
    assert "sound, 24 entries" in tracker("db", "check", db=target.address).out
    assert tracker("log", "soybeans", "partial", db=target.address).code == 0
