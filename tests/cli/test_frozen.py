"""What command lines print, byte by byte: help, hints, completion, and how words are read.

`frozen.txt` has each command line after `$ `, what it prints on standard output after `| `, on
standard error after `! `, and its exit code after `= `. Words such as `COLUMNS=60` before the
program set variables, and `bash: tracker log s<TAB>` asks for what a shell completes. Each line
runs on a new copy of the article's book, in a folder of its own, which is `HERE`.

Every version of typer that the program takes prints the same. Where a change is meant, write the
file again, and read the difference like code:

    uv run pytest -n 0 --snapshot-update tests/cli/test_frozen.py
"""

import io
import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.conftest import SEEDED_AT, fill
from tracker import __version__
from tracker.cli import run
from tracker.database import Target

FROZEN = Path(__file__).with_name("frozen.txt")
BLOCK = re.compile(r"^\$ (.+)\n((?:[|!=].*\n)*)", re.MULTILINE)
"""A command line, and what it prints."""
COMPLETED = re.compile(r"(.* )?(bash|zsh|fish|powershell): (.*)<TAB>")
"""What a shell is to complete, after variables, if any."""
BLOCKS = dict(BLOCK.findall(FROZEN.read_text("utf-8")))
STDIN = b"8 MMT sold\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two books, which is also the user's home; standard input has a text."""
    fill(Target("sqlite", str(tmp_path / "truce.db")), "article", SEEDED_AT)
    fill(Target("sqlite", str(tmp_path / "other.db")), None, SEEDED_AT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TRACKER_DB", "truce.db")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(STDIN))))
    return tmp_path


@pytest.mark.parametrize("command", BLOCKS)
def test_a_command_line_prints_what_is_frozen(
    command: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    variables, words = read(command)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    shell = variables.get("SHELL", "")
    monkeypatch.setattr("shellingham.detect_shell", lambda: (shell, f"/bin/{shell}"))

    code = run(words)

    printed = block(code, *capsys.readouterr()).replace(str(folder), "HERE")
    if request.config.option.update_snapshots:
        rewrite(command, printed)
    else:
        assert printed == BLOCKS[command], "If it is meant, add --snapshot-update and review"


def read(command: str) -> tuple[dict[str, str], list[str]]:
    """Return the variables and the words of a command line."""
    if asked := COMPLETED.fullmatch(command):
        before, shell, line = asked.groups()
        return completing(shell, line) | dict(pairs(shlex.split(before or ""))), []
    words = shlex.split(command)
    at = words.index("tracker")
    return dict(pairs(words[:at])), words[at + 1 :]


def pairs(words: list[str]) -> list[list[str]]:
    return [word.split("=", 1) for word in words]


def completing(shell: str, line: str) -> dict[str, str]:
    """Return the variables by which a shell asks what completes a line."""
    *before, word = line.split(" ")
    variables = {
        "_TRACKER_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": word,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    if shell == "bash":
        variables |= {"COMP_WORDS": line, "COMP_CWORD": str(len(before))}
    return variables


def block(code: int, out: str, err: str) -> str:
    """Return how a command line ended, as the file has it."""
    lines = [f"| {line}" for line in out.splitlines()]
    lines += [f"! {line}" for line in err.splitlines()]
    if out and not out.endswith("\n"):
        lines.append("| (no end of line)")
    text = "\n".join([*map(str.rstrip, lines), f"= {code}", ""])
    return text.replace(f"truce-tracker {__version__}", "truce-tracker VERSION")


def rewrite(command: str, printed: str) -> None:
    """Write what a command line prints into the file."""

    def replaced(found: re.Match[str]) -> str:
        return f"$ {command}\n{printed}" if found[1] == command else found[0]

    FROZEN.write_text(BLOCK.sub(replaced, FROZEN.read_text("utf-8")), "utf-8")
