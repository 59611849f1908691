"""A full disk, at any byte: one line, exit code 7, and nothing half-written."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.pledge.test_pledge import book_of
from tracker.database import Target, open_book
from tracker.interchange import seeds

ROOMS = (1, 17_000, 90_000, 250_000, 400_000)
"""The free bytes: too few for anything, for a journal, for a part of the book, for all."""


class Mounted:
    """A separate small disk, filled with ballast."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def leaving(self, room: int) -> Iterator[None]:
        """Leave a number of bytes free while the block runs."""
        ballast = self.folder / "ballast"
        free = os.statvfs(self.folder)
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(free.f_bavail * free.f_bsize - room, 1))
        try:
            yield
        finally:
            ballast.unlink()


class Limited:
    """A limit to the size of each file, if nothing can be mounted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def leaving(self, room: int) -> Iterator[None]:
        """Limit the size of files while the block runs."""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


Disk = Mounted | Limited


@pytest.fixture
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A small disk; where nothing can be mounted, small files."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    limited = request.param == "limited" or os.geteuid()
    if limited or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield Limited(folder)
        return
    yield Mounted(folder)
    subprocess.run(["umount", str(folder)], check=True)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder, except what SQLite will roll back at the next opening.

    The copy that an upgrade makes first is complete, and stays if there is no room for the upgrade.
    """
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-journal") and ".schema-" not in path.name
    }


def entries(book: Path) -> list[object]:
    connection = open_book(Target("sqlite", str(book)), at_head=False)
    rows = connection.text("SELECT * FROM entry ORDER BY id")
    connection.close()
    return [*rows]


COMMANDS: dict[str, tuple[str, ...]] = {
    "log": ("log", "cn-soy-2025", "partial", "-m", "sold " * 2_000),
    "retract": ("retract", "busan-truce", "--everything", "--reason", "It was never signed"),
    "import": ("import", "{folder}/updates.csv"),
    "apply": ("apply", "{folder}/article.toml"),
    "export": ("export", "{folder}/kept.out"),
    "history -o": ("history", "-f", "json", "-o", "{folder}/kept.out"),
    "publish": ("publish", "{folder}/site"),
    "db backup": ("db", "backup", "{folder}/copy.db"),
    "db upgrade": ("db", "upgrade"),
    "init": ("init", "article"),
}
WRITES_ELSEWHERE = {"export", "history -o", "publish", "db backup"}


@pytest.mark.on("sqlite")
@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    ("name", "disk"),
    [
        ("log", "mounted"),
        ("export", "limited"),
        *(
            pytest.param(*one, marks=pytest.mark.slow)
            for one in (
                ("log", "limited"),
                *((name, "mounted") for name in COMMANDS if name != "log"),
            )
        ),
    ],
    indirect=["disk"],
)
def test_a_full_disk_costs_nothing_that_was_there(
    disk: Disk,
    name: str,
    busan_template: Path,
    tracker: Run,
) -> None:
    book, command = prepared(disk.folder, name, busan_template, tracker)
    before = contents(disk.folder), entries(book)
    refused = 0
    for room in ROOMS[::3] if name == "publish" else ROOMS:  # a site takes long to make
        with disk.leaving(room):
            ran = tracker(*command, db=disk.folder / "new.db" if name == "init" else book)
        if ran.code == 0:
            break
        refused += 1
        assert (ran.code, ran.out, ran.err.count("\n")) == (7, "", 1), ran
        assert ran.err.startswith("tracker: Cannot ")
        assert ".tracker-" not in ran.err  # the user's file is named, not a draft of it
        assert entries(book) == before[1]
        left = contents(disk.folder)
        assert left.keys() == before[0].keys()
        if name in WRITES_ELSEWHERE:
            assert left == before[0]
            assert str(book) not in ran.err  # there is room enough for the book
    assert refused
    again = tracker(*command, db=disk.folder / "new.db" if name == "init" else book)
    assert (again.code if ran.code else 0) == 0, again
    assert tracker("db", "check", db=book).code == 0


def prepared(folder: Path, name: str, template: Path, tracker: Run) -> tuple[Path, tuple[str, ...]]:
    """Write a book and what a command reads or replaces."""
    book = folder / "truce.db"
    book.write_bytes(template.read_bytes())
    rows = [f"cn-soy-2025,2026-01-05,note,Cargo {row}\n" for row in range(400)]
    (folder / "updates.csv").write_text("concession,effective_on,kind,note\n" + "".join(rows))
    (folder / "article.toml").write_text(seeds.find("article").read_text("utf-8"), "utf-8")
    (folder / "kept.out").write_bytes(b"as it was")
    if name == "db upgrade":
        book_of("0.3.0", folder).replace(book)
        (folder / "book.db.d").replace(folder / "truce.db.d")
    if name == "publish":
        assert tracker("publish", folder / "site", "--as-of", "2026-01-01", db=book).code == 0
    return book, tuple(word.format(folder=folder) for word in COMMANDS[name])
