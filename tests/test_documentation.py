"""Every example in README and docs runs, and prints what the page says.

In a ```console block, a line that begins with `$ ` is a command and what follows is printed by it:
its data and, if it fails, its complaint. `…` as the last line leaves the rest out. `$ cat FILE`
of a file that does not exist makes it, with the content that the page shows. Any other block that
names a file after its language (```toml truce.toml) adds to that file. A ```pycon block is a
Python session. All blocks of a page run in order, in one empty folder, on one day.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tracker import __version__
from tracker.cli.running import run
from tracker.interchange import seeds

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if "```" in path.read_text("utf-8")),
]
TODAY = "2026-01-20"
"""The day on which the documentation's sessions take place."""

FENCE = re.compile(r"^```(\w+)(?: +(\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """One fenced block of a page."""

    language: str
    file: str
    text: str


def blocks(page: Path) -> Iterator[Block]:
    """Yield a page's fenced blocks, in order."""
    for language, file, text in FENCE.findall(page.read_text("utf-8")):
        yield Block(language, file, text)


def commands(text: str) -> list[tuple[str, list[str]]]:
    """Return a session's commands with the lines that they print."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def masked(line: str) -> str:
    """Return a line without the parts that depend on the moment at which a book was made."""
    line = re.sub(r"(?<=head )[0-9a-f]{12,64}|((?<=\d:)|(?<= is ))[0-9a-f]{12}\b", "…", line)
    line = re.sub(r"  \d{4}-\d\d-\d\d  +(#\d+|–)$", r"  … \1", line)  # history's RECORDED
    line = re.sub(r"^( *#\d+ .*)  \d{4}-\d\d-\d\d$", r"\1  …", line)  # where none is retracted
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:]{8}(\.\d+)?Z", "…", line)


def printed_by(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command as the shell would, and return what its user would read."""
    first, pipe, rest = command.partition(" | ")
    if first.startswith("tracker ") and not set(first) & set("<>;&*$"):
        failed = run(shlex.split(first)[1:]) != 0
        said = capsys.readouterr()
        if not pipe:
            return said.out + said.err if failed else said.out
        command, piped = rest, said.out
    else:
        piped = ""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "PATH": path},
        input=piped,
        capture_output=True,
        text=True,
    )
    return ran.stdout + ran.stderr if ran.returncode else ran.stdout


def converse(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Run a console session and compare what it prints with the page."""
    for command, printed in commands(text):
        words = shlex.split(command)
        if words[0] == "cat" and len(words) == 2 and not Path(words[1]).exists():
            Path(words[1]).write_text("\n".join(printed) + "\n", "utf-8")
        ran = [masked(line) for line in printed_by(command, capsys).splitlines()]
        wanted = [masked(line) for line in printed]
        if wanted and wanted[-1] == "…":
            wanted.pop()
            ran = ran[: len(wanted)]
        assert ran == wanted, command


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_print_what_the_page_says(
    page: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_TODAY", TODAY)
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    python: dict[str, object] = {}
    for block in blocks(page):
        if block.language == "console":
            converse(block.text, capsys)
        elif block.language == "pycon":
            session = doctest.DocTestParser().get_doctest(
                block.text, python, page.name, str(page), 0
            )
            heard: list[str] = []
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            runner.run(session, out=heard.append, clear_globs=False)
            python = session.globs
            assert not heard, "".join(heard)
        elif block.file:
            with Path(block.file).open("a", encoding="utf-8") as file:
                file.write(block.text)


LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


def test_a_link_to_a_file_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [(page, to) for page in pages for to in LINK.findall(page.read_text("utf-8"))]

    assert links
    assert not [(page.name, to) for page, to in links if not (page.parent / to).exists()]


def test_a_test_that_a_page_names_is_there() -> None:
    named = {
        name for page in PAGES for name in re.findall(r"`(test_\w+)`", page.read_text("utf-8"))
    }
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

    assert named
    assert not {name for name in named if f"def {name}(" not in tests}


def test_the_citation_names_this_version_its_day_and_its_licence() -> None:
    lines = (ROOT / "CITATION.cff").read_text("utf-8").splitlines()
    said = dict(line.split(": ", 1) for line in lines if re.match(r"[a-z-]+: \S", line))

    assert said["cff-version"] == "1.2.0"
    assert (said["title"], said["version"], said["license"]) == (
        "Truce Tracker",
        __version__,
        "MIT",
    )
    assert "authors:" in lines
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"\n## {__version__} ({said['date-released']})\n" in changelog


def test_the_page_on_the_seeds_counts_the_sources_that_they_have() -> None:
    page = (ROOT / "docs" / "seeds.md").read_text("utf-8")
    for seed in seeds.shipped():
        sources = tomllib.loads(seeds.find(seed.seed).read_text("utf-8"))["source"]
        official = sum(bool(one.get("official")) for one in sources)
        assert re.search(rf"^\| `{seed.seed}` .*\| {len(sources)}, {official} \|$", page, re.M)


def test_every_promise_names_tests_that_there_are() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    tables = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
    shown = [rows.splitlines() for rows in tables if re.match(r"\|.*\| test \|\n", rows)]

    assert {*re.findall(r"`(test_\w+)`", page)} <= there
    assert len(shown) >= 8
    untested = [row for _, _, *rows in shown for row in rows if "`test_" not in row]
    assert [row.split("|")[1].strip() for row in untested] == [
        "the owner, the server's administrators"
    ]
