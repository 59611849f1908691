"""Every console example in README and docs runs, and prints what is printed there."""

import re
import shlex
from pathlib import Path

import pytest

from tracker.cli.running import run

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TODAY = "2026-01-20"
"""The day on which the documentation's sessions take place."""


def sessions(page: Path) -> list[tuple[str, list[str]]]:
    """Return a page's commands with the lines that they print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def files(page: Path) -> dict[str, str]:
    """Return the files that a page writes bit by bit, in blocks marked with their names."""
    found: dict[str, str] = {}
    for name, text in re.findall(r"```toml (\S+)\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        found[name] = found.get(name, "") + text
    return found


def masked(line: str) -> str:
    """Return a line without what depends on the moment at which a book was made."""
    return re.sub(r"head [0-9a-f]{12}", "head …", line)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_print_what_the_page_says(
    page: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_TODAY", TODAY)
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    for name, text in files(page).items():
        Path(name).write_text(text, "utf-8")
    for command, printed in sessions(page):
        words = shlex.split(command)
        assert words[0] == "tracker", command
        run(words[1:])
        ran = [masked(line) for line in capsys.readouterr().out.splitlines()]
        wanted = [masked(line) for line in printed]
        if wanted and wanted[-1] == "…":
            wanted.pop()
            ran = ran[: len(wanted)]
        assert ran == wanted, command
