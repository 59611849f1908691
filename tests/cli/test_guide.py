"""Help: commands in panels, an example of each, topics, and what to try first."""

import inspect
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tracker.book import Book
from tracker.cli.build import program
from tracker.cli.running import run
from tracker.cli.session import abouts, topics
from tracker.errors import TrackerError
from tracker.formats import EXTRA_FORMATS, FORMATS
from tracker.vocabulary import STAGES, Basis, Instrument, Standing

pytestmark = pytest.mark.on("sqlite")
"""What a page or a help text looks like does not depend on the database."""

PROGRAM: Any = program()
GROUPS: dict[str, Any] = {name: PROGRAM.commands[name] for name in ("add", "db", "source")}
COMMANDS = {name: one for name, one in PROGRAM.commands.items() if name not in GROUPS} | {
    f"{group} {name}": one for group in GROUPS for name, one in GROUPS[group].commands.items()
}
TERMINAL = 80


def test_commands_stand_in_panels_by_what_they_are_for(tracker: Run) -> None:
    _, *panels = re.findall(r"^(\w+):\n((?:  .+\n)+)", tracker("--help").out, re.MULTILINE)

    listed = {title: re.findall(r"^  ([\w-]+)", rows, re.MULTILINE) for title, rows in panels}
    assert list(listed) == ["Record", "Declare", "Report", "Book", "Files", "Help"]
    assert listed["Declare"] == ["add", "change", "apply"]
    assert listed["Book"] == ["init", "db"]
    assert [name for names in listed.values() for name in names] == list(PROGRAM.commands)


def test_every_method_of_a_book_is_a_command_or_serves_python() -> None:
    public = [one for one in inspect.getmembers(Book, callable) if not one[0].startswith("_")]

    others = {name for name, held in public if not hasattr(held, "form")}
    assert len(public) - len(others) == len(COMMANDS) - 1  # `help` is the command line's own
    reading = {"ask", "day", "due", "period", "opened"}
    assert others == reading | {"open", "disconnect", "writer", "writing", "make_default"}


def test_every_parameter_of_a_command_is_on_the_command_line() -> None:
    for name, command in COMMANDS.items():
        own = {one.name for one in command.own}
        named = {
            one.name
            for one in inspect.signature(command.method).parameters.values()
            if one.name != "self" and one.kind is not one.VAR_KEYWORD
        }
        assert named - own <= {"in_full"}, name
        assert {*command.form.shared} <= own


@pytest.mark.parametrize(
    "arguments", [["--help"], ["db", "--help"], ["add", "--help"], ["source", "--help"]]
)
def test_what_a_command_does_is_told_in_one_whole_line(
    tracker: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(TERMINAL))

    shown = tracker(*arguments).out

    assert "..." not in shown.partition("Options:")[2]


def test_each_command_has_an_example_that_can_be_read() -> None:
    for name, command in COMMANDS.items():
        example = " ".join(command.help.partition("Example: ")[2].split())

        assert f"tracker {name}" in example or f"tracker --db truce.db {name}" in example
        if example.startswith(f"tracker {name}"):
            words = shlex.split(example.partition("|")[0])[1 + len(name.split()) :]
            command.make_context(name, words)


def test_the_topics_are_listed_with_what_they_are_about(tracker: Run) -> None:
    ran = tracker("help")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Topics, each shown by 'tracker help TOPIC':\n\n")
    for name, about in abouts():
        assert re.search(f"^  {name} +{re.escape(about)}$", ran.out, re.MULTILINE)
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
    ran = tracker("help", "standings")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("tracker: No help on 'standings'. Did you mean 'standing'")


def test_topics_open_no_book(tracker: Run, tmp_path: Path) -> None:
    assert tracker("help", "words", db=tmp_path / "none.db").code == 0
    assert not (tmp_path / "none.db").exists()


def test_the_topic_on_stages_has_each_stage_with_its_meaning_and_its_state() -> None:
    text = topics()["stages"]

    assert "    broken       an act broke it, such as an exceeded limit   lost\n" in text
    assert "    lapsed       its term ran out                             over\n" in text
    for stage, grade in STAGES.items():
        assert re.search(rf"^    {stage}  .*{grade.meaning}  .*{grade.state}", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("standing", Standing),
        ("readings", Basis),
        ("words", Instrument),
        ("formats", [*FORMATS, *EXTRA_FORMATS]),
        ("exit-codes", [f"    {kind.exit_code} " for kind in TrackerError.__subclasses__()]),
    ],
)
def test_a_topic_holds_every_word_of_its_kind(topic: str, words: list[str]) -> None:
    assert not [word for word in words if word not in topics()[topic]]


def test_the_first_use_tells_what_to_try_in_three_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["sources"])

    told = capsys.readouterr().err.splitlines()
    assert [line.split("  ")[1] for line in told[1:]] == [
        "tracker status",
        "tracker log soybeans partial -m '…' --source https://…",
        "tracker help",
    ]


def test_a_new_book_tells_what_to_try_on_a_terminal_only(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "my truce.db"

    in_a_pipe = tracker("init", db=tmp_path / "another.db")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    on_a_terminal = tracker("init", db=path)

    assert in_a_pipe.err == ""
    assert f"  tracker --db '{path}' status " in on_a_terminal.err
    assert len(on_a_terminal.err.splitlines()) == 3


@pytest.mark.parametrize("name", ["week", "show"])
def test_a_report_in_parts_takes_no_options_that_shape_a_table(tracker: Run, name: str) -> None:
    assert "--limit" in tracker("status", "--help").out
    assert not {"--columns", "--sort", "--limit"} & {*tracker(name, "--help").out.split()}
