"""The manual page holds what the program has, and `man` draws it as it is meant."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from docs.generate import manual, roff, settings
from tests.packaging.conftest import missing
from tracker.cli.application import program
from tracker.cli.commands import MODULE_OF
from tracker.cli.topics import topics

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "tracker.1"
READ = re.compile(r"environ(?:\.get\(|\[)\"(\w+)\"")


def terms() -> list[str]:
    """Return the terms of all lists of the page, as they are written in roff."""
    return re.findall(r"(?<=^\.TP\n).*$", PAGE.read_text("utf-8"), re.MULTILINE)


@pytest.fixture
def mandoc() -> str:
    """The program that checks and draws manual pages."""
    return shutil.which("mandoc") or missing("mandoc")


def drawn(mandoc: str) -> str:
    """Return the page as it is shown, without what makes a terminal's letters bold."""
    done = subprocess.run([mandoc, "-T", "utf8", PAGE], capture_output=True, text=True, check=True)
    return re.sub(".\b", "", done.stdout)


def test_every_command_and_every_option_has_its_place() -> None:
    found = set(terms())

    for name in MODULE_OF:
        for words, command in manual.leaves(name, program().commands[name]):
            assert any(term.startswith(roff.bold(words)[:-3]) for term in found), words
            for one in command.params:
                assert roff.bold(manual.described(one)[0]) in found


def test_an_option_of_many_commands_is_described_once() -> None:
    as_of = roff.bold("--as-of DATE")

    assert terms().count(as_of) == 1
    assert set(manual.common().values()) == set(manual.GROUPS)


def test_every_variable_that_the_program_reads_is_explained() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "tracker").rglob("*.py"))
    explained = {name for names in settings.ENVIRONMENT for name in names.split(", ")}

    assert len(found := set(READ.findall(code))) > 5
    assert found <= explained


def test_every_exit_code_of_the_topic_is_listed() -> None:
    codes = re.findall(r"^ {4}(\d+)", topics()["exit-codes"], re.MULTILINE)

    assert [code for code, _ in manual.EXIT_CODE.findall(topics()["exit-codes"])] == codes
    assert {roff.bold(code) for code in codes} <= set(terms())


def test_the_day_of_the_page_is_that_of_the_version() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d|", manual.released())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("--on 2026-01-07", r"\-\-on 2026\-01\-07"),
        (".csv", r"\&.csv"),
        ("'undo' takes it back", r"\(aqundo\(aq takes it back"),
        (r"a\b", r"a\eb"),
        ("week…", r"week\[u2026]"),
    ],
)
def test_text_is_escaped_so_that_it_can_be_copied(text: str, written: str) -> None:
    assert roff.escaped(text) == written


@pytest.mark.slow
def test_mandoc_finds_nothing_wrong(mandoc: str) -> None:
    lint = [mandoc, "-T", "lint", "-W", "warning", PAGE]
    done = subprocess.run(lint, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
def test_a_reader_sees_sections_and_commands_that_can_be_copied(mandoc: str) -> None:
    shown = drawn(mandoc)

    assert re.findall(r"^[A-Z][A-Z ]+$", shown, re.MULTILINE) == [
        *("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "COMMON OPTIONS"),
        *("TOPICS", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"),
    ]
    assert "log CONCESSION... STAGE" in shown
    assert "Example: tracker close tiktok-closing met --on 2026-01-22" in shown
