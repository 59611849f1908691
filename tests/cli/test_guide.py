"""Help: commands in panels, an example of each, topics, and what to try first."""

import inspect
import io
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from tests.conftest import Run
from tracker import Book
from tracker.cli import run
from tracker.cli.build import app
from tracker.cli.help import abouts, guesses, topics
from tracker.cli.parameters import parameters
from tracker.errors import TrackerError
from tracker.settings import FORMATS
from tracker.vocabulary import (
    DERIVED,
    Basis,
    DeadlineVerdict,
    Instrument,
    Standing,
    Status,
)

pytestmark = pytest.mark.on("sqlite")
"""What a page or a help text looks like does not depend on the database."""

PROGRAM: Any = get_command(app())
GROUPS: dict[str, Any] = {name: PROGRAM.commands[name] for name in ("add", "db", "source")}
COMMANDS = {name: one for name, one in PROGRAM.commands.items() if name not in GROUPS} | {
    f"{group} {name}": one for group in GROUPS for name, one in GROUPS[group].commands.items()
}
TERMINAL = 80


def test_the_ten_commands_that_people_live_in_come_first_then_the_rest_once(tracker: Run) -> None:
    _, *panels = re.findall(r"^([\w ]+):\n((?:  .+\n)+)", tracker("--help").out, re.MULTILINE)

    listed = {title: re.findall(r"^  ([\w-]+)", rows, re.MULTILINE) for title, rows in panels}
    assert list(listed) == ["Most used", "Others"]
    most_used = "init log measure move note amend undo week gains show"
    assert " ".join(listed["Most used"]) == most_used
    assert sorted(name for names in listed.values() for name in names) == sorted(PROGRAM.commands)


def test_every_method_of_a_book_is_a_command_or_serves_python() -> None:
    public = [one for one in inspect.getmembers(Book, callable) if not one[0].startswith("_")]

    others = {name for name, held in public if not hasattr(held, "writes")}
    assert len(public) - len(others) == len(COMMANDS) - 1  # `help` is the command line's own
    reading = {"ask", "day", "last_day", "due", "period", "span", "opened", "session"}
    writing = {"record", "writer", "writing", "make_default", "blaming_damage"}
    assert others == reading | writing | {"open", "disconnect"}


def test_every_parameter_of_a_command_is_on_the_command_line() -> None:
    for name, command in COMMANDS.items():
        own = {one.name for one in parameters(command.method)}
        named = {
            one.name
            for one in inspect.signature(command.method).parameters.values()
            if one.name != "self" and one.kind is not one.VAR_KEYWORD
        }
        assert named - own <= {"in_full"}, name


@pytest.mark.parametrize(
    "arguments", [["--help"], ["db", "--help"], ["add", "--help"], ["source", "--help"]]
)
def test_what_a_command_does_is_told_in_one_whole_line(
    tracker: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(TERMINAL))

    shown = tracker(*arguments).out

    assert "..." not in shown.partition("Options:")[2]


def test_a_report_describes_its_own_options_and_names_those_that_others_take(tracker: Run) -> None:
    own, shared = tracker("gains", "--help").out.split("\nAlso takes ")

    assert re.findall(r"^  (--\w+)", own, re.MULTILINE) == ["--since", "--by", "--at"]
    named = [*re.findall(r"[ \n](--?[\w-]+)[,:]", f" {shared}")]
    described = re.findall(r"^    (--?[\w-]+)", topics()["options"], re.MULTILINE)
    assert named == described
    assert "--giver" not in tracker("show", "--help").out


def test_the_door_is_small(tracker: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands, options, lines of help and words of topics stay within the design's limits."""
    monkeypatch.setenv("COLUMNS", str(TERMINAL))
    places = set()
    for name, command in COMMANDS.items():
        shown = tracker(*name.split(), "--help").out
        shared = re.findall(r"--?[\w-]+", shown.partition("\nAlso takes")[2].partition(":")[0])
        for param in filter(lambda param: param.names, command.accepted):
            is_shared = param.names[0] in shared
            places.add(param.name if is_shared else f"{name} {param.name}")
        assert shown.count("\n") <= 40, name
    words = sum(len(text.split()) for name, text in topics().items() if name != "roles")

    assert len(PROGRAM.commands) <= 30
    assert len(places) <= 300
    assert words <= 2_500


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_a_command_runs_on_the_default_book_as_it_is_printed(
    name: str, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tracker: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_DB", str(book))
    monkeypatch.setenv("TRACKER_TODAY", "2026-11-30")
    printed = tracker(*name.split(), "--help").out.partition("\nExample:\n")[2]

    for line in re.sub(r"\\\n|(?<=&&)\n", "", printed).split("&&"):
        said, _, command = line.strip().rpartition(" | ")
        piped = io.TextIOWrapper(io.BytesIO(" ".join(shlex.split(said)[1:]).encode()))
        monkeypatch.setattr(sys, "stdin", piped)
        program, *words = shlex.split(command)
        assert (program, run(words)) == ("tracker", 1 if name == "check" else 0), command
    assert name in command


WORDS = (
    "book party agreement concession deadline exchange source entry batch status verdict claim"
    " standing reading series basis delivery expiry review meeting target limit term head point"
    " instrument"
)
"""The words of a book, as its design has them."""


@pytest.mark.parametrize(
    "word",
    [*WORDS.split(), *Status, *Standing, *Basis, *Instrument, *DeadlineVerdict],
)
def test_help_explains_every_word_of_the_book(tracker: Run, word: str) -> None:
    ran = tracker("help", *word.split())

    assert ran.code == 0
    assert word in ran.out.lower()


def test_help_on_a_status_says_what_it_is(tracker: Run) -> None:
    overtaken = (
        "made moot by law or events, or dropped by both sides (also: moot, void, struck down)"
    )
    assert tracker("help", "overtaken").out == f"overtaken: {overtaken} (tracker help statuses)\n"
    assert tracker("help", "in", "force").out.startswith(
        "in force: kept so far, and has to be kept up"
    )
    assert tracker("help", "contracted").out.startswith("basis: what a reading counts")


def test_the_topics_are_listed_with_what_they_are_about(tracker: Run) -> None:
    ran = tracker("help")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Topics, each shown by 'tracker help TOPIC':\n\n")
    for name, about in abouts():
        assert re.search(f"^ +{name} +{re.escape(about)}$", ran.out, re.MULTILINE)
    assert max(map(len, ran.out.splitlines())) <= TERMINAL


@pytest.mark.parametrize("name", topics())
def test_a_topic_is_printed_as_it_is_written(tracker: Run, name: str) -> None:
    ran = tracker("help", name)

    assert ran == (0, topics()[name], "")
    assert max(map(len, ran.out.splitlines())) < TERMINAL


def test_no_topic_bears_the_name_of_a_command() -> None:
    assert not topics().keys() & PROGRAM.commands.keys()


def test_help_on_a_command_is_that_commands_help(tracker: Run) -> None:
    assert tracker("help", "week") == tracker("week", "--help")
    assert "check" in tracker("help", "db").out
    assert tracker("help", "db", "check") == tracker("db", "check", "--help")
    assert tracker("help", "add party") == tracker("add", "party", "--help")


def test_a_mistyped_topic_gets_the_nearest_topics_and_commands(tracker: Run) -> None:
    ran = tracker("help", "statusses")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("tracker: No help on 'statusses'. Did you mean 'statuses'")


def test_topics_open_no_book(tracker: Run, tmp_path: Path) -> None:
    assert tracker("help", "words", db=tmp_path / "none.db").code == 0
    assert not (tmp_path / "none.db").exists()


def test_the_topic_on_statuses_has_each_in_order_with_its_meaning_and_synonyms() -> None:
    text = re.sub("\n {18}", " ", topics()["statuses"])
    lines = [line for line in text.splitlines() if line.startswith("    ")][1:]

    for line, status in zip(lines, Status, strict=True):
        name = f"{status}*" if status in DERIVED else status
        assert line.startswith(f"    {name:12}  {status.meaning}")
        for synonym in status.synonyms:
            assert synonym.replace("-", " ") in line


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("readings", Basis),
        ("words", [*Instrument, *Standing]),
        ("formats", [*FORMATS]),
        ("exit-codes", [f"    {kind.exit_code} " for kind in TrackerError.__subclasses__()]),
    ],
)
def test_a_topic_holds_every_word_of_its_kind(topic: str, words: list[str]) -> None:
    assert not [word for word in words if word not in topics()[topic]]


@pytest.mark.usefixtures("interactive")
@pytest.mark.parametrize("prefix", ["tracker", "uv run --no-dev tracker"])
def test_the_first_use_tells_what_to_try_in_three_lines_that_can_be_typed(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    prefix: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("UV", "/usr/bin/uv" if prefix.startswith("uv") else "")
    run(["sources"])

    told = capsys.readouterr().err.splitlines()
    tried = [line.strip().partition("  ")[0] for line in told[1:]]
    assert len(tried) == 3
    for command in tried:
        assert command.startswith(f"{prefix} ")
        assert run(shlex.split(command.removeprefix(prefix))) == 0


@pytest.mark.parametrize(
    ("day", "seed", "week"),
    [
        ("2026-01-20", "article", "week 2026-W01"),
        ("2026-12-02", "article", "week 2026-W01"),
        ("2026-01-20", "busan-truce", "week 2026-W04"),
        ("2025-12-01", "article", "week"),  # nothing had happened by then
    ],
)
def test_the_next_step_is_the_latest_week_with_news(
    tracker: Run, tmp_path: Path, day: str, seed: str, week: str
) -> None:
    book = tmp_path / "new.db"

    made = tracker("--today", day, "init", seed, db=book).out.splitlines()

    assert made[2] == f"Next: tracker --db {book} {week}"
    shown = tracker("--today", day, *week.split(), db=book).out
    is_quiet = any(line.startswith("No news") for line in shown.splitlines())
    assert is_quiet == (week == "week")


def test_a_new_book_tells_in_three_lines_what_it_holds_and_what_to_try(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "my truce.db"

    made = tracker("init", db=path).out.splitlines()
    monkeypatch.setenv("UV", "/usr/bin/uv")
    other = tracker("init", db=tmp_path / "other.db").out.splitlines()

    assert made[0] == f"Made a book at {path}: article."
    assert made[1] == (
        "It holds 2 parties, 1 source, 1 agreement, 4 concessions, 4 deadlines, 12 updates."
    )
    assert made[2] == f"Next: tracker --db '{path}' week 2026-W01"
    assert other[2].startswith("Next: uv run --no-dev tracker --db ")


def test_the_next_step_is_printed_without_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Book, "_make", lambda *_: [])
    monkeypatch.setattr(Book, "ask", lambda *_: None)

    made = str(Book("postgresql://owner:ownerpw@db.example/truce").init("article"))

    assert made.endswith(" --db postgresql://owner@db.example/truce week")
    assert "ownerpw" not in made


def test_a_seed_that_is_added_tells_how_much_it_brought(tracker: Run) -> None:
    added, written, following = tracker("apply", "us-eu").out.splitlines()

    assert re.fullmatch(r"Added \d+ part.*, 1 agreement, \d+ concessions, .* updates\.", added)
    assert written.endswith(" entries written.")
    assert following == "See 'tracker status --agreement us-eu'."


@pytest.mark.parametrize("name", ["week", "show"])
def test_a_report_in_parts_takes_no_options_that_shape_a_table(tracker: Run, name: str) -> None:
    assert "--limit" in tracker("status", "--help").out
    assert not {"--columns", "--sort", "--limit"} & {*tracker(name, "--help").out.split()}


@pytest.mark.parametrize(("guess", "forms"), guesses().items())
def test_what_is_advised_for_a_guess_exists_and_the_guess_does_not(
    guess: str, forms: list[str]
) -> None:
    known = {option for command in COMMANDS.values() for it in command.params for option in it.opts}

    assert guess not in COMMANDS
    for form in forms:
        first, *words = form.split()
        if first != "tracker":
            assert first in known | {"--version"}
            continue
        options = {word for word in words if word.startswith("-")}
        named = " ".join(words[:2]) if words[0] in GROUPS else words[0]
        assert named in COMMANDS or named in ("--version", "--db", "add {KIND")
        assert options <= known | {"--version", "--db"}
