"""Files that commands write: their permissions, names and links."""

import os
import stat
import subprocess
import sys
from errno import EACCES
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.database.later import REVISION, copied, later_program
from tests.refusals import code_of
from tracker.files import is_stream

pytestmark = pytest.mark.on("sqlite")

LONGEST = 255
"""Bytes that a file's name may have."""
WHOLE = {
    "db backup": ("db", "backup", "{file}"),
    "export": ("export", "{file}"),
    "export --toml": ("export", "--toml", "{file}"),
}
"""The commands that write what is in the book into another file."""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def command(name: str, file: Path) -> list[str]:
    return [word.format(file=file) for word in WHOLE[name]]


# --- who may read them ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "of_book", "before", "after"),
    [
        *((name, mode, None, mode) for name in WHOLE for mode in (0o600, 0o640, 0o644)),
        ("export", 0o600, 0o644, 0o600),
        ("export", 0o644, 0o600, 0o600),
        ("db backup", 0o666, None, 0o644),
    ],
)
def test_a_copy_of_a_book_is_open_to_nobody_to_whom_the_book_is_not(
    book: Path, tracker: Run, tmp_path: Path, name: str,
    of_book: int, before: int | None, after: int,
) -> None:  # fmt: skip
    book.chmod(of_book)
    file = tmp_path / "copy"
    if before is not None:
        file.touch()
        file.chmod(before)

    assert tracker(*command(name, file)).code == 0

    assert oct(mode(file)) == oct(after)


def test_the_copy_before_an_upgrade_has_the_mode_of_the_book(
    book: Path, tracker: Run, tmp_path: Path
) -> None:
    book.chmod(0o600)
    copied(tmp_path / "migrations").write_text(REVISION, "utf-8")
    with later_program(tmp_path / "migrations"):
        assert tracker("db", "upgrade").code == 0

    (kept,) = tmp_path.glob("*.bak")
    assert oct(mode(kept)) == oct(0o600)


def test_a_copy_is_hidden_while_it_is_made(
    book: Path, tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    book.chmod(0o644)
    chmod = Path.chmod

    def chmodded(draft: Path, to: int) -> None:
        seen.append(oct(mode(draft)))
        chmod(draft, to)

    monkeypatch.setattr(Path, "chmod", chmodded)
    assert tracker("db", "backup", tmp_path / "copy").code == 0
    assert [*seen, oct(mode(tmp_path / "copy"))] == [oct(0o600), oct(0o644)]


def test_a_new_book_and_a_report_have_the_usual_mode(tracker: Run, tmp_path: Path) -> None:
    assert tracker("init", db=tmp_path / "new.db").code == 0
    assert tracker("week", "-o", tmp_path / "week.txt").code == 0

    assert [oct(mode(tmp_path / name)) for name in ("new.db", "week.txt")] == [oct(0o644)] * 2


# --- long names ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    ("name", "letter"),
    [
        *((name, "é") for name in (*WHOLE, "week", "publish") if name != "db backup"),
        ("week", "w"),
        ("week", "週"),
    ],
)
def test_a_name_may_be_as_long_as_the_disk_allows(
    tracker: Run, tmp_path: Path, name: str, letter: str
) -> None:
    length = LONGEST if name != "week" else LONGEST - len(".md")
    file = tmp_path / (letter * (length // len(letter.encode())))
    words = {"week": ["week", "-o", f"{file}.md"], "publish": ["publish", str(file)]}

    ran = tracker(*(words.get(name) or command(name, file)))

    assert (ran.code, ran.err) == (0, "")
    assert not list(tmp_path.glob(".*"))


def test_a_book_may_have_the_longest_name_that_leaves_room_for_its_journal(
    tracker: Run, tmp_path: Path
) -> None:
    path = tmp_path / ("b" * (LONGEST - len("-journal")))

    assert tracker("init", "article", db=path).code == 0
    assert tracker("log", "soybeans", "partial", db=path).code == 0
    assert tracker("db", "check", db=path).out.startswith(f"{path}: sound, ")


def test_a_book_whose_journal_would_have_no_name_is_not_made(tracker: Run, tmp_path: Path) -> None:
    path = tmp_path / ("b" * (LONGEST - len("-journal") + 1))

    ran = tracker("init", "article", db=path)

    assert (ran.code, ran.out) == (code_of("book unreachable"), "")
    assert ran.err.endswith(": its name is too long. Check the path and its permissions\n")
    assert not path.exists()


# --- links and devices ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["export", "export --toml", "week"])
def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(
    tracker: Run, tmp_path: Path, name: str
) -> None:
    other, link = tmp_path / "profile.txt", tmp_path / "week.txt"
    other.write_text("somebody else's")
    link.symlink_to(other)

    ran = tracker(*(["week", "-o", link] if name == "week" else command(name, link)))

    assert ran.code == 0
    assert not link.is_symlink()
    assert other.read_text() == "somebody else's"


def test_a_link_that_leads_nowhere_is_replaced(tracker: Run, tmp_path: Path) -> None:
    link = tmp_path / "week.txt"
    link.symlink_to(tmp_path / "gone.txt")

    assert tracker("week", "-o", link).code == 0
    assert [link.is_symlink(), (tmp_path / "gone.txt").exists()] == [False, False]


def test_a_link_that_leads_to_itself_is_replaced(tracker: Run, tmp_path: Path) -> None:
    link = tmp_path / "copy.txt"
    link.symlink_to(link)

    assert tracker("week", "-o", link).code == 0
    assert (link.is_file(), link.is_symlink()) == (True, False)


def test_a_link_to_a_book_is_refused(book: Path, tracker: Run, tmp_path: Path) -> None:
    link, before = tmp_path / "week.txt", book.read_bytes()
    link.symlink_to(book)

    ran = tracker("week", "-o", link)

    assert (ran.code, link.is_symlink()) == (code_of("file in the way"), True)
    assert book.read_bytes() == before


# No test writes to a name in /dev: root may, and before the fix a file took that name.
PROGRAM = [sys.executable, "-m", "tracker"]


@pytest.mark.parametrize(
    "name", ["/dev/stdout", "/dev/stderr", "/dev/fd/1", "/proc/self/fd/1", os.devnull]
)
def test_a_device_and_what_a_process_has_open_are_written_into(name: str) -> None:
    assert is_stream(Path(name))


@pytest.mark.parametrize("name", ["/dev/shm/week.txt", "/dev/week.txt", "dev/stdout", "/proc"])
def test_a_file_is_a_file_wherever_it_is(name: str) -> None:
    assert not is_stream(Path(name))


@pytest.mark.parametrize("name", ["/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_its_name_is_added_to(
    book: Path, tracker: Run, tmp_path: Path, name: str
) -> None:
    held = tmp_path / "log.txt"
    held.write_text("Monday\n")
    with held.open("a") as output:
        command = [*PROGRAM, "--db", str(book), "gains", "-f", "csv", "-o", name]
        ran = subprocess.run(command, stdout=output, stderr=subprocess.PIPE, check=False)

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert held.read_text() == "Monday\n" + tracker("gains", "-f", "csv").out


def test_an_agreement_is_named_where_a_file_would_be(
    tracker: Run, portfolio: Path, tmp_path: Path
) -> None:
    named = tracker("export", "--toml", "us-eu", db=portfolio)
    option = tracker("export", "--toml", "--agreement", "us-eu", db=portfolio)

    assert named.out == option.out
    assert named.out.startswith('[agreement]\nslug = "us-eu"\n')
    assert not Path("us-eu").exists()
    assert tracker("export", tmp_path / "eu.toml", "--agreement", "us-eu", db=portfolio).code == 0
    assert (tmp_path / "eu.toml").read_text("utf-8") == named.out
    unknown = tracker("export", "--toml", "us-eux", db=portfolio)
    assert (unknown.code, "Did you mean 'us-eu'?" in unknown.err) == (3, True)


@pytest.mark.parametrize("command", [["import"], ["apply"], ["source", "keep", "article"]])
def test_a_file_that_may_not_be_read_is_bad_input(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    (private := tmp_path / "private.toml").write_text("x = 1")
    as_before = Path.open

    def opened(path: Path, *mode: str) -> Any:
        if path == private:
            raise PermissionError(EACCES, "Permission denied")
        return as_before(path, *mode)

    monkeypatch.setattr(Path, "open", opened)

    refused = tracker(*command, private)

    assert (refused.code, refused.out) == (code_of("unreadable file"), "")
    complaint = f"Cannot read '{private}': permission denied. It should be a file that you may read"
    assert complaint in refused.err
