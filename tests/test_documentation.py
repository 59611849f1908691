"""Every example in README and docs runs, and prints what the page says.

In a ```console block, a line that begins with `$ ` is a command and what follows is printed by it:
its data and, if it fails, its complaint. `…` as the last line leaves the rest out. `$ cat FILE`
of a file that does not exist makes it, with the content that the page shows, and `$ export` sets a
variable for the rest of the page. Any other block that names a file after its language
(```toml truce.toml) adds to that file. A ```pycon block is a Python session. All blocks of a page
run in order, in one empty folder, on one day.

`pytest -n 0 -m "" --snapshot-update tests/test_documentation.py` writes what the commands print
into the pages.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tracker import __version__
from tracker.cli import run
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


def commands(text: str) -> list[tuple[str, list[str]]]:
    """Return a session's commands with the lines that they print."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def masked(text: str) -> str:
    """Return a text without the parts that depend on the moment at which a book was made."""
    text = re.sub(r"(?<=head )[0-9a-f]{32,64}|((?<=\d:)|(?<= is ))[0-9a-f]{32}\b", "…", text)
    text = re.sub(r"  \d{4}-\d\d-\d\d  +(#\d+|–)$", r"  … \1", text, flags=re.M)  # RECORDED
    text = re.sub(r"^( *#\d+ .*)  \d{4}-\d\d-\d\d$", r"\1  …", text, flags=re.M)
    return re.sub(r"\d{4}-\d\d-\d\d[T ][\d:]{5,8}(\.\d+)?(Z| UTC)", "…", text)


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


def conversed(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """Run a console session, and return it with what its commands print now."""
    lines: list[str] = []
    for command, printed in commands(text):
        name, *words = shlex.split(command)
        ran = printed
        if name == "export":
            for word in words:
                monkeypatch.setenv(*word.split("=", 1))
        elif name == "cat" and len(words) == 1 and not Path(words[0]).exists():
            Path(words[0]).write_text("\n".join(printed) + "\n", "utf-8")
        else:
            ran = printed_by(command, capsys).splitlines()
            if printed and printed[-1] == "…":
                ran = [*ran[: len(printed) - 1], "…"]
        lines += [f"$ {command}", *ran]
    return "".join(f"{line}\n" for line in lines)


def complaints(text: str, page: Path, names: dict[str, object]) -> str:
    """Run a Python session, and return what it does otherwise than the page says."""
    session = doctest.DocTestParser().get_doctest(text, names, page.name, str(page), 0)
    heard: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(session, out=heard.append, clear_globs=False)
    names |= session.globs
    return "".join(heard)


LONG = {"cookbook", "files", "security", "seeds"}
"""Pages whose sessions take long."""


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    "page",
    [pytest.param(one, marks=[pytest.mark.slow] * (one.stem in LONG)) for one in PAGES],
    ids=[page.stem for page in PAGES],
)
def test_examples_print_what_the_page_says(
    page: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_TODAY", TODAY)
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    if page.stem == "README":  # its first line has made the default book
        assert run(["init"]) == 0
        capsys.readouterr()
    python: dict[str, object] = {}

    def played(block: re.Match[str]) -> str:
        language, file, text = block.groups()
        if language == "pycon":
            assert not (complaint := complaints(text, page, python)), complaint
        elif file:
            with Path(file).open("a", encoding="utf-8") as there:
                there.write(text)
        elif language == "console":
            now = conversed(text, monkeypatch, capsys)
            if request.config.option.update_snapshots and masked(now) != masked(text):
                return block[0].replace(text, now)
            assert masked(now) == masked(text)
        return block[0]

    written = page.read_text("utf-8")
    if (now := FENCE.sub(played, written)) != written:
        page.write_text(now, "utf-8")


def test_the_first_line_of_the_readme_prints_the_week_of_the_article_as_often_as_it_is_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On any day, and without a terminal; a second run finds the book made."""
    first = re.search(r"^    pip install -q uv && (.*)$", PAGES[0].read_text("utf-8"), re.M)
    assert first
    *making, printing = [line.split() for line in first[1].split("; ")]
    assert [line[:4] for line in (*making, printing)] == [["uv", "run", "--no-dev", "tracker"]] * 2
    monkeypatch.setenv("TRACKER_TODAY", "2026-12-02")

    ended = []
    for _ in range(2):
        ended += [run(line[4:]) for line in making]
        capsys.readouterr()
        assert run(printing[4:]) == 0
        assert "week 1, 29 Dec 2025 – 4 Jan 2026" in capsys.readouterr().out

    assert ended == [0, 4]


COMMANDS = {
    name: {*re.findall(r"--[a-z-]+", section)} | {"--help"}
    for name, section in re.findall(
        r"^## ([a-z -]+)\n(.*?)(?=^## |\Z)",
        (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
}
"""The options of each command, from the reference."""
QUOTED = re.compile(r"`([^`\n]+)`|^((?:tracker|docker run\b.* truce-tracker) .*)$", re.MULTILINE)
"""A command line that does not run: in a sentence, or in a block of another kind."""
PROGRAM = re.compile(r"^(?:docker run.* truce-)?tracker (?:--(?:db|today|author) \S+ )*")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_command_that_does_not_run_here_exists_with_the_options_that_it_has(page: Path) -> None:
    text = re.sub(r"^```(?:console|pycon).*?^```$", "", page.read_text("utf-8"), flags=re.S | re.M)
    for line in map("".join, QUOTED.findall(text)):
        words = PROGRAM.sub("", line).split(" | ")[0].split()
        names = [name for name in COMMANDS if words[: name.count(" ") + 1] == name.split()]
        if PROGRAM.match(line) and words[0].islower() and not words[0].startswith("-"):
            assert words[0] in {name.split()[0] for name in COMMANDS}, line
        for name in names:
            assert {word for word in words if word.startswith("--")} <= COMMANDS[name], line


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


def test_every_promise_names_a_test() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    tables = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
    shown = [rows.splitlines() for rows in tables if re.match(r"\|.*\| test \|\n", rows)]

    assert len(shown) >= 8
    untested = [row for _, _, *rows in shown for row in rows if "`test_" not in row]
    assert [row.split("|")[1].strip() for row in untested] == [
        "the owner, the server's administrators"
    ]
