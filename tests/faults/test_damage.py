"""A damaged file: every command ends as documented, and none of them calls it a bug."""

import shutil
import sqlite3
from pathlib import Path
from random import Random

import pytest

from tests.faults.test_fuzz import fault, in_process
from tests.questions import every_report
from tracker.interchange import seeds

COMMANDS = (
    *every_report(),
    *("deadlines -f ics", "export"),
    *("db check", "db backup copy.db", "db upgrade", "log soybeans partial"),
    *("note tiktok x", "checked", "undo", "amend 13 --note x", "retract 13 --reason x"),
    *(
        "amend 13 --add-source https://example.org/a",
        "add party jp --name Japan --short Japan",
        "change us --short USA --reason x",
    ),
    *(
        "retract tiktok --everything -m x",
        "export --toml",
        "db check --against 24:9f3c2d410b7e5a86c1d2f0e3b4a59687",
    ),
    *("import updates.csv", "apply article.toml", "publish site", "init"),
)
PAGE = 4096

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture
def place(article_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a book and what the commands read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_DB", "book.db")
    shutil.copy(article_template, "whole.db")
    shutil.copy(seeds.find("article"), "article.toml")
    update = "concession,effective_on,kind,note\nsoybeans,2026-01-05,note,seen\n"
    Path("updates.csv").write_text(update)
    return tmp_path


def every_command(damaged: bytes) -> dict[str, int]:
    """Run every command on a damaged book; return how each ended."""
    codes = {}
    for command in COMMANDS:
        Path("book.db").write_bytes(damaged)
        Path("book.db-journal").unlink(missing_ok=True)
        ran = in_process(command.split(), Path("updates.csv"))
        assert fault(command.split(), ran) is None, (command, ran.code, ran.err)
        codes[command] = ran.code
    return codes


def flipped(book: bytes, random: Random) -> bytes:
    """Return a book with some bits turned, or a page of it overwritten, or its end cut off."""
    damaged = bytearray(book)
    kind = random.randrange(4)
    if kind < 2:
        for _ in range(random.choice((1, 1, 3, 30))):
            damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
    elif kind == 2:
        start = random.randrange(0, len(damaged), PAGE)
        damaged[start : start + PAGE] = random.choice((random.randbytes(PAGE), bytes(PAGE)))
    else:
        damaged[random.randrange(100)] = random.randrange(256)
    return bytes(damaged)


@pytest.mark.parametrize("length", [0, 1, 15, 16, 99, 100, 512, 4095, 4096, 8192, 100_000])
def test_a_truncated_book_is_told_in_a_line(place: Path, length: int) -> None:
    codes = every_command((place / "whole.db").read_bytes()[:length])

    assert set(codes.values()) <= {0, 1, 4, 6, 7}
    assert codes["status"] in (6, 7)
    assert codes["db check"] in (1, 6)


@pytest.mark.parametrize(
    "content", [b"\0" * 20_000, b"Dear diary,\n", b"SQLite format 3\0" + b"\xff" * 9_000]
)
@pytest.mark.usefixtures("place")
def test_what_is_no_book_is_told_in_a_line(content: bytes) -> None:
    codes = every_command(content)

    assert {codes[name] for name in ("status", "log soybeans partial", "export")} <= {6, 7}
    assert codes["db check"] == 6


@pytest.mark.usefixtures("place")
@pytest.mark.slow
def test_a_word_that_no_program_wrote_is_damage_and_no_bug(place: Path) -> None:
    whole = (place / "whole.db").read_bytes()
    for word, other in ((b"expiry", b"expirx"), (b"locator", b"locatos"), (b"stage", b"st\xffge")):
        assert word in whole
        codes = every_command(whole.replace(word, other))
        assert codes["db check"] == 1


@pytest.mark.parametrize(
    ("count", "seed"),
    [(2, 1), *(pytest.param(100, seed, marks=pytest.mark.endurance) for seed in range(10))],
)
def test_turned_bits_are_told_in_a_line(place: Path, count: int, seed: int) -> None:
    whole, random = (place / "whole.db").read_bytes(), Random(seed)
    for _ in range(count):
        every_command(flipped(whole, random))


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("'b.recorder_at'", "the view journal is not as this"),
        ("CAST(x'622eff' AS TEXT)", "Could not decode"),
    ],
)
def test_a_view_that_cannot_be_read_is_found_and_no_report_needs_it(
    place: Path, column: str, said: str
) -> None:
    shutil.copy("whole.db", "book.db")
    with sqlite3.connect("book.db") as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(f"UPDATE sqlite_master SET sql = replace(sql, 'b.recorded_at', {column})"
                    " WHERE name = 'journal'")  # fmt: skip
    raw.close()

    check = in_process(["db", "check"], place / "updates.csv")
    week = in_process(["week"], place / "updates.csv")

    assert check.code == 1
    assert check.out.startswith(f"schema: {said}")
    assert week.code == 0


UNREADABLE = {
    "deadline": ("UPDATE deadline SET due_on = 'x' WHERE entry_id = 5", 5),
    "agreement": ("UPDATE agreement SET agreed_on = 'x' WHERE entry_id = 4", 4),
}


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("table", UNREADABLE)
def test_a_day_that_cannot_be_read_is_located(table: str) -> None:
    edit, entry = UNREADABLE[table]
    with sqlite3.connect("whole.db") as driver:
        driver.execute("PRAGMA ignore_check_constraints = ON")
        driver.execute(f"DROP TRIGGER {table}_no_update")
        driver.execute(edit)
    driver.close()

    ran = in_process(["--db", "whole.db", "db", "check"], Path("updates.csv"))

    assert f"digests: the chain breaks at entry {entry}: it cannot be read\n" in ran.out
