"""Notes from standard input and from an editor."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Ran, Run, data
from tests.refusals import code_of


def noted(tracker: Run) -> str:
    rows = data(tracker, "history", "tiktok")["rows"]
    return str(rows[-1]["note"])


def standard_input(content: bytes) -> io.TextIOWrapper:
    """A stream like that of a process in a UTF-8 locale, which is strict."""
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")


def test_a_note_is_read_from_standard_input(tracker: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    written = b"\xef\xbb\xbfBeijing is silent.\r\nSo is ByteDance.\n"
    monkeypatch.setattr(sys, "stdin", standard_input(written))

    ran = tracker("note", "tiktok", "-")

    assert (ran.code, ran.err) == (0, "")
    assert noted(tracker) == "Beijing is silent.\nSo is ByteDance."


@pytest.mark.parametrize(
    ("written", "refusal"),
    [(b"\n", "The note is empty"), (b"caf\xe9 au lait", "The text is not valid UTF-8")],
)
def test_standard_input_without_text_is_refused(
    tracker: Run, monkeypatch: pytest.MonkeyPatch, written: bytes, refusal: str
) -> None:
    monkeypatch.setattr(sys, "stdin", standard_input(written))

    ran = tracker("note", "tiktok", "-")

    assert (ran.code, ran.out) == (code_of("bad text"), "")
    assert refusal in ran.err


def test_without_a_terminal_no_editor_is_opened(
    tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.setattr(sys, "stdin", standard_input(b"ignored"))

    ran = tracker("note", "tiktok")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "tracker: Invalid value: give TEXT, or - to read it from standard input."
        " See 'tracker note --help'.\n"
    )


# --- the editor ---------------------------------------------------------------------------------


def edited(book: Path, about: str = "tiktok", **env: str) -> Ran:
    """Run `note` on a terminal, with this editor."""
    ours, theirs = os.openpty()
    variables = {name: value for name, value in os.environ.items() if name not in EDITORS}
    ran = subprocess.run(
        [sys.executable, "-m", "tracker", "--db", str(book), "note", about],
        env=variables | {"TMPDIR": str(book.parent)} | env,
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    return Ran(ran.returncode, ran.stdout, ran.stderr)


EDITORS = ("VISUAL", "EDITOR")


def editor(folder: Path, script: str) -> str:
    path = folder / "my editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f"'{path}'"


def test_a_note_is_written_in_the_editor_without_its_comments(
    tracker: Run, book: Path, tmp_path: Path
) -> None:
    writes = editor(
        tmp_path,
        """grep -qx '# A note on tiktok. Lines that begin with # are left out.' "$1" """
        """&& sed -i '1s/^/Still open/' "$1" """,
    )

    ran = edited(book, VISUAL=writes, EDITOR="false")

    assert (ran.code, ran.err) == (0, "")
    assert noted(tracker) == "Still open"


def test_without_an_editor_of_your_own_it_is_vi(tracker: Run, book: Path, tmp_path: Path) -> None:
    writes = editor(tmp_path, r"""printf '\n# Beijing\nis silent\n#' > "$1" """)
    Path(writes.strip("'")).rename(tmp_path / "vi")

    ran = edited(book, PATH=f"{tmp_path}:{os.environ['PATH']}")

    assert (ran.code, ran.err, noted(tracker)) == (0, "", "is silent")


def test_what_an_editor_wrote_is_kept_if_the_note_is_refused(book: Path, tmp_path: Path) -> None:
    writes = editor(tmp_path, """printf 'Half an hour of work' > "$1" """)

    refused = edited(book, "tiktalk", EDITOR=writes)

    (kept,) = tmp_path.glob("tracker-*/note.txt")
    assert kept.read_text() == "Half an hour of work"
    assert refused.err.endswith(f". Your text is in '{kept}'\n")
    assert edited(book, EDITOR=writes).code == 0
    assert [*tmp_path.glob("tracker-*/*")] == [kept]


def test_the_name_of_a_note_never_leads_to_a_file_of_yours(book: Path, tmp_path: Path) -> None:
    mine = tmp_path / "thesis.txt"
    mine.write_text("Chapter one")

    assert edited(book, str(tmp_path / "thesis"), EDITOR="true").code == code_of("no such thing")
    assert mine.read_text() == "Chapter one"


@pytest.mark.parametrize("times", [40_000, 200_000])
def test_a_note_that_no_csv_could_bring_back_is_refused(book: Path, times: int) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tracker", "--db", str(book), "note", "tiktok", "-"],
        input=b"More. " * times,
        capture_output=True,
        check=False,
    )

    assert ran.returncode == code_of("bad text")
    assert b"The note is longer than 200,000 bytes. " in ran.stderr


def test_an_editor_that_leaves_no_text_writes_nothing(book: Path) -> None:
    before = book.read_bytes()

    ran = edited(book, EDITOR="true")

    assert (ran.code, ran.out) == (code_of("bad text"), "")
    assert "The note is empty" in ran.err
    assert book.read_bytes() == before


def test_a_note_that_an_editor_wrote_in_another_encoding_is_refused(
    book: Path, tmp_path: Path
) -> None:
    ran = edited(book, EDITOR=editor(tmp_path, r"""printf 'caf\351' > "$1" """))

    assert (ran.code, ran.out) == (code_of("bad text"), "")
    assert "The text is not valid UTF-8" in ran.err


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("false", "ended with exit code 1"),
        ("no-such-editor", "cannot be run"),
        ("'", "cannot be run"),
    ],
)
def test_an_editor_that_fails_is_told_in_a_line(book: Path, command: str, reason: str) -> None:
    ran = edited(book, EDITOR=command)

    said = f"The editor '{command}' {reason}; nothing was written."
    assert (ran.code, ran.out) == (code_of("no editor"), "")
    assert ran.err == f"tracker: {said} Set VISUAL or EDITOR to another one, or give the text\n"
