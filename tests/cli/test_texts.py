"""`source keep`, `source diff`, `db check`: texts that change, and who quotes them."""

import errno
import io
import json
import os
import re
import shutil
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, data
from tests.refusals import code_of, raises
from tests.texts.making import pdf
from tracker.database import Target
from tracker.texts import Shelf, read_text

SHEET = """# Fact sheet

-   China will purchase at least 12 million metric tons (MMT) of U.S. soybeans.
-   China will resume purchases of U.S. sorghum and hardwood logs.
"""
LATER = SHEET.replace("hardwood logs", "hardwood and\n    softwood logs")
QUOTE = "U.S. sorghum and hardwood logs"


@pytest.fixture
def shelf(target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the book's texts: beside it, or where the settings say."""
    if target.dialect == "sqlite":
        return target.path.with_name(f"{target.path.name}.d")
    monkeypatch.setenv("TRACKER_TEXTS", str(tmp_path / "texts"))
    return tmp_path / "texts"


@pytest.fixture
def sheet(tmp_path: Path, shelf: Path) -> Path:
    """A text to keep; nothing is kept yet."""
    assert not shelf.exists()
    path = tmp_path / "sheet.md"
    path.write_text(SHEET)
    return path


@pytest.fixture
def kept(tracker: Run, sheet: Path) -> Path:
    """Two texts of a source from which a concession quotes what only the first one has."""
    tracker("change", "soybeans", "--quote", QUOTE, "--reason", "In its words")
    assert tracker("source", "keep", "article", sheet, "--seen", "2026-01-02").code == 0
    sheet.write_text(LATER)
    assert tracker("source", "keep", "article", sheet, "--seen", "2026-01-05").code == 0
    return sheet


def hashed(text: str | bytes) -> str:
    return sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def words(*named: str) -> str:
    return "".join(f"{word}\n" for word in named)


# --- keep ---------------------------------------------------------------------------------------


def test_a_kept_text_is_an_entry_of_hashes_and_two_files_named_by_them(
    tracker: Run, sheet: Path, shelf: Path
) -> None:
    sheet.write_text("Buy **12 MMT**!\n")

    ran = tracker("source", "keep", "article", sheet, "--seen", "2026-01-02", "-m", "By hand")

    file, word_list = hashed("Buy **12 MMT**!\n"), words("buy", "12", "mmt")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"#25 article: text kept: 3 words, {file[:12]}, 2 Jan 2026\n"
    (entry,) = [one for one in data(tracker, "history")["rows"] if one["kind"] == "text"]
    assert (entry["subject"], entry["effective_on"], entry["note"], entry["command"]) == (
        "article", "2026-01-02", "By hand", "keep",
    )  # fmt: skip
    assert entry["text"] == {
        "file_sha256": file,
        "words_sha256": hashed(word_list),
        "words": 3,
        "media": "text",
        "reader": "text 2",
    }
    assert {path.name: path.read_text() for path in shelf.iterdir()} == {
        f"{file}.txt": "Buy **12 MMT**!\n",
        f"{hashed(word_list)}.words": word_list,
    }


def test_standard_input_and_pdf_are_kept(
    tracker: Run, sheet: Path, shelf: Path, monkeypatch: Any
) -> None:
    held = io.BytesIO(pdf("China will buy soybeans"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(held)))

    ran = tracker("source", "keep", "https://example.org/sheet.pdf", "-")

    assert sheet
    assert "text kept: 4 words" in ran.out
    assert sorted(path.suffix for path in shelf.iterdir()) == [".pdf", ".words"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("article", "nowhere.html"), code_of("no such file")),
        (("article", "."), code_of("unreadable file")),
        (("article", "sheet\0.md"), code_of("no such file")),
        (("nothing", "sheet.md"), code_of("no such source")),
        (("soybeans", "sheet.md"), code_of("no such source")),
        (("article", "sheet.md", "--seen", "2026-01-09"), code_of("future day")),
        (("article", "sheet.md", "--seen", "2026-01"), code_of("not a calendar day")),
        (("article", "sheet.md", "-m", ""), code_of("bad text")),
    ],
)
def test_a_refusal_changes_nothing_and_leaves_no_file(
    tracker: Run,
    sheet: Path,
    shelf: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
) -> None:
    monkeypatch.chdir(sheet.parent)

    ran = tracker("source", "keep", *arguments)

    assert (ran.code, ran.err.count("\n")) == (code, 1)
    assert not shelf.exists()
    assert data(tracker, "status")["book"]["entries"] == 24


def test_a_file_where_the_folder_should_be_is_refused(
    tracker: Run, sheet: Path, shelf: Path
) -> None:
    shelf.write_text("mine")

    ran = tracker("source", "keep", "article", sheet)

    assert (ran.code, shelf.read_text()) == (code_of("file in the way"), "mine")
    assert f"Cannot write '{shelf}': file exists" in ran.err
    assert data(tracker, "status")["book"]["entries"] == 24


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_recorded(
    tracker: Run, sheet: Path, shelf: Path
) -> None:
    path = shelf / f"{hashed(SHEET)}.txt"
    path.mkdir(parents=True)

    ran = tracker("source", "keep", "article", sheet)

    assert (ran.code, ran.err) == (
        code_of("file in the way"),
        f"tracker: Cannot write '{path}': it is a folder. Name another path\n",
    )
    assert [*shelf.iterdir()] == [path]
    assert data(tracker, "status")["book"]["entries"] == 24


def test_a_full_disk_is_said_of_the_folder_and_nothing_is_recorded(
    tracker: Run, sheet: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)

    ran = tracker("source", "keep", "article", sheet)

    assert (ran.code, ran.err) == (
        code_of("no room"),
        f"tracker: Cannot write '{shelf}': no space left on device; it is unchanged."
        " Make room there and try again\n",
    )
    assert not [*shelf.iterdir()]
    assert data(tracker, "status")["book"]["entries"] == 24


@pytest.mark.on("sqlite")
def test_files_are_open_to_those_to_whom_the_book_is(
    tracker: Run, target: Target, sheet: Path, shelf: Path
) -> None:
    target.path.chmod(0o640)

    tracker("source", "keep", "article", sheet)

    assert shelf.stat().st_mode & 0o777 == 0o750
    assert {path.stat().st_mode & 0o777 for path in shelf.iterdir()} == {0o640}


def test_the_texts_of_a_server_are_open_to_those_to_whom_new_files_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Target("postgresql", "postgresql://db.example/truce")
    with raises("folder needed"):
        Shelf.needed(server)
    monkeypatch.setenv("TRACKER_TEXTS", str(tmp_path / "texts"))
    content, shelf = SHEET.encode(), Shelf.needed(server)
    words, text = read_text(content, "sheet.md", "source keep")
    (tmp_path / "usual").touch()

    shelf.put(content, words, text)

    assert shelf.damaged(text) is None
    usual, *modes = (one.stat().st_mode for one in (tmp_path / "usual", *shelf.folder.iterdir()))
    assert modes == [usual, usual]


@pytest.mark.parametrize(
    "command",
    [["week", "-f", "html", "-o"], ["db", "backup"], ["publish"]],
    ids=" ".join,
)
def test_no_output_replaces_a_kept_text(
    tracker: Run, kept: Path, shelf: Path, command: list[str]
) -> None:
    """It is the only copy of what the page said."""
    before = {path: path.read_bytes() for path in shelf.iterdir()}
    link = shelf.with_name("link")
    link.symlink_to(next(iter(before)))

    for path in (*before, link, shelf / "new.db"):
        ran = tracker(*command, path)
        assert (ran.code, ran.err.count("\n")) == (code_of("file in the way"), 1), ran.err

    assert kept
    assert {path: path.read_bytes() for path in shelf.iterdir()} == before


@pytest.mark.on("sqlite")
def test_a_link_to_a_book_leads_to_its_texts(
    tracker: Run, target: Target, sheet: Path, shelf: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(target.path)

    assert tracker("source", "keep", "article", sheet, db=link).code == 0
    assert len([*shelf.iterdir()]) == 2


@pytest.mark.slow
@pytest.mark.on("postgresql")
def test_a_book_on_a_server_needs_a_folder_for_texts(
    tracker: Run, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRACKER_TEXTS")

    ran = tracker("source", "keep", "article", sheet)

    assert ran.code == code_of("folder needed")
    assert ran.err.startswith("tracker: There is no folder for the texts of postgresql://")
    assert ran.err.endswith(". Set TRACKER_TEXTS to one that its users share\n")


# --- diff ---------------------------------------------------------------------------------------


def test_a_text_that_is_gone_is_named_with_how_to_put_it_back(
    tracker: Run, kept: Path, shelf: Path
) -> None:
    path = shelf / f"{hashed(LATER)}.txt"
    path.unlink()

    gone = tracker("source", "diff", "article")
    back = tracker("source", "keep", "article", kept, "--seen", "2026-01-05")

    assert gone.code == code_of("text gone")
    assert gone.err == (
        f"tracker: The text of 'article' seen on 2026-01-05 is not at '{path}', or was altered."
        " Put the file back with 'tracker source keep article FILE --seen 2026-01-05'\n"
    )
    assert "Its file was missing or altered, and has been put back." in back.out.splitlines()
    assert tracker("source", "diff", "article").code == 0


# --- check --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["a pipe", "a device", "a huge file"])
def test_what_is_no_file_among_kept_texts_is_altered(
    tracker: Run, kept: Path, shelf: Path, kind: str
) -> None:
    """A pipe gives nothing to read, and no memory holds a device or a terabyte."""
    path = shelf / f"{hashed(SHEET)}.txt"
    path.unlink()
    match kind:
        case "a pipe":
            os.mkfifo(path)
        case "a device":
            path.symlink_to("/dev/zero")
        case _:
            with path.open("wb") as file:
                file.truncate(1 << 40)

    ran = tracker("db", "check")

    assert kept
    assert ran.code == 1
    assert f"is altered: {path}" in ran.out


def test_files_are_checked_against_their_hashes(tracker: Run, kept: Path, shelf: Path) -> None:
    (shelf / f"{hashed(SHEET)}.txt").write_text(SHEET.replace("12", "25"))
    (shelf / f"{hashed(LATER)}.txt").unlink()

    ran = tracker("db", "check")

    assert kept
    assert ran.code == 1
    found = re.findall(
        r"texts: the file of article, seen on \S+ \(#(\d+)\), is (\w+): (.+?)\. Put it back",
        ran.out,
    )
    assert [(entry, state, Path(path).name) for entry, state, path in found] == [
        ("26", "altered", f"{hashed(SHEET)}.txt"),
        ("27", "missing", f"{hashed(LATER)}.txt"),
    ]


def test_altered_words_are_found_too_and_a_retracted_text_is_not_missed(
    tracker: Run, kept: Path, shelf: Path
) -> None:
    for path in shelf.glob("*.words"):
        path.write_text("buy\n")

    assert kept
    assert tracker("db", "check").code == 1
    for entry in (26, 27):
        tracker("retract", entry, "--reason", "Another page")
    assert tracker("db", "check").code == 0


@pytest.mark.slow
@pytest.mark.on("postgresql")
def test_kept_files_whose_folder_nobody_names_are_not_called_sound(
    tracker: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRACKER_TEXTS")

    ran = tracker("db", "check")

    assert kept
    assert (ran.code, ran.out) == (
        1,
        "texts: the kept files cannot be checked; set TRACKER_TEXTS to their folder\n",
    )


# --- reports ------------------------------------------------------------------------------------


def moved(tracker: Run, *options: str) -> list[tuple[str, str]]:
    rows = data(tracker, "check", *options)["rows"]
    return [(one["subject"], one["message"]) for one in rows if one["finding"] == "moved"]


def test_a_text_that_is_not_at_hand_is_said_to_be_so(tracker: Run, kept: Path, shelf: Path) -> None:
    shutil.rmtree(shelf)

    assert kept
    assert moved(tracker) == [
        (
            "article",
            "the text of article from 5 Jan (#27) is missing or altered, so no quote was checked"
            " against it",
        )
    ]


# --- the journal --------------------------------------------------------------------------------


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE source_text SET file_sha256 = randomblob(32) WHERE entry_id = 26",
        "UPDATE source_text SET words = 28 WHERE entry_id = 26",
        "DELETE FROM source_text WHERE entry_id = 26",
    ],
)
def test_a_hash_that_was_changed_behind_the_programs_back_is_found(
    tracker: Run, kept: Path, target: Target, change: str
) -> None:
    with sqlite3.connect(target.path) as driver:
        for guard in ("update", "delete"):
            driver.execute(f"DROP TRIGGER source_text_no_{guard}")
        driver.execute(change)
    driver.close()

    ran = tracker("db", "check")

    assert kept
    assert ran.code == 1
    assert "the chain breaks at entry 26: its digest does not fit" in ran.out


def test_an_export_brings_texts_back_to_the_byte_but_not_their_files(
    tracker: Run, kept: Path, target: Target, tmp_path: Path
) -> None:
    dump, again = tmp_path / "book.jsonl", tmp_path / "again.db"
    tracker("export", dump)

    assert tracker("init", dump, db=again).code == 0
    tracker("export", tmp_path / "again.jsonl", db=again)

    assert kept
    assert (tmp_path / "again.jsonl").read_bytes() == dump.read_bytes()
    assert SHEET not in dump.read_text()
    lost = tracker("db", "check", db=again)
    assert (lost.code, lost.out.count(" is missing: ")) == (1, 2)
    shutil.copytree(_shelf_of(target, tmp_path), tmp_path / "again.db.d")
    assert tracker("db", "check", db=again).code == 0


def _shelf_of(target: Target, tmp_path: Path) -> Path:
    if target.dialect == "sqlite":
        return target.path.with_name(f"{target.path.name}.d")
    return tmp_path / "texts"


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"words":27', '"words":28'),
        ('"text":{', '"texts":{'),
    ],
)
def test_an_export_whose_text_was_changed_is_refused(
    tracker: Run, kept: Path, tmp_path: Path, old: str, new: str
) -> None:
    dump = tmp_path / "book.jsonl"
    tracker("export", dump)
    changed = dump.read_text().replace(old, new, 1)
    dump.write_text(changed)

    ran = tracker("init", dump, db=tmp_path / "again.db")

    assert kept
    assert ran.code == code_of("broken export")
    assert "entry 26" in ran.err


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_an_import_leaves_texts_of_a_history_out_and_counts_them(
    tracker: Run, kept: Path, tmp_path: Path, kind: str
) -> None:
    tracker("retract", "27", "--reason", "Another page")
    history = tmp_path / ("history.csv" if kind == "csv" else "history.jsonl")
    ran = tracker("history", "--all", "-f", kind)
    if kind == "csv":
        history.write_text(ran.out)
    else:
        history.write_text("".join(f"{json.dumps(row)}\n" for row in json.loads(ran.out)["rows"]))

    found = tracker("import", history, "--dry-run")

    assert kept
    assert " ".join(found.out.split()) == (
        "0 entries would be written; 12 were there already; 16 lines were left out: declarations"
        " ('tracker apply' adds these), kept texts, or what was retracted."
    )


@pytest.mark.usefixtures("undrawn")
def test_a_site_holds_hashes_and_no_texts(tracker: Run, kept: Path, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    tracker("publish", tmp_path / "site")

    assert kept
    site = "".join(
        path.read_text() for path in (tmp_path / "site").rglob("*") if path.suffix == ".html"
    )
    assert hashed(LATER)[:12] in site
    assert "softwood" not in site


def test_what_a_hostile_text_holds_does_not_reach_the_terminal(tracker: Run, sheet: Path) -> None:
    sheet.write_bytes(b"Buy 12 MMT of beans")
    tracker("source", "keep", "article", sheet, "--seen", "2026-01-02")
    sheet.write_bytes("Buy 12 \x1b]0;owned\x07MMT \u202eof\u202c b\u200beans\x1b[2J".encode())
    tracker("source", "keep", "article", sheet)

    ran = tracker("source", "diff", "article")

    assert ran.code == 0
    assert not {"\x1b", "\x07", "\u202e", "\u200b"} & {*ran.out}
    assert "owned" in ran.out


@pytest.mark.on("sqlite")
def test_a_backup_says_that_the_texts_are_not_in_it(
    tracker: Run, kept: Path, shelf: Path, tmp_path: Path
) -> None:
    ran = tracker("db", "backup", tmp_path / "copy.db")

    assert kept
    assert ran.code == 0
    assert ran.out.endswith(f"The kept texts are not part of it: copy {shelf}, too.\n")
