"""Make a book of command lines and ask it questions, with whatever program is on the path.

It imports nothing of the tests and little of the program, because it also runs in checkouts of
other versions: as a process that reads a plan per line and writes its answers per line.

    python answering.py CHECKOUT [ADDRESS]    ADDRESS of a PostgreSQL server; by default, files
"""

import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

FORMS = {
    "json": ("-f", "json"),
    "80": ("--width", "80"),
    "100": ("--width", "100"),
    "csv": ("-f", "csv"),
    "markdown": ("-f", "markdown"),
    "html": ("-f", "html"),
    "ics": ("-f", "ics"),
    "": (),
}
"""What is added to a command line for an answer in each form."""
OWN = ("TRACKER_", "PG", "XDG_", "_TRACKER")
OTHERS = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "UV"}

EXPORTED = ": export []"
"""How the question for the whole of a copy ends."""
Answers = dict[str, str]
"""What a program printed, by question; each begins with its exit code."""


class Typed(NamedTuple):
    """A command line, typed by somebody at a copy of a book, at noon of a day."""

    copy: str
    day: str
    author: str
    words: list[str]


class Question(NamedTuple):
    """A command line that is asked of a copy of a book on a day, in some forms."""

    copy: str
    day: str
    words: list[str]
    forms: list[str]


class Plan(NamedTuple):
    """How a book and its copies are made, and what they are asked."""

    name: str
    files: Mapping[str, str]
    """Files that the command lines name."""
    steps: list[Typed]
    questions: list[Question]
    exports: Mapping[str, str] = {}
    """What each copy is to hold; one that turns out otherwise is restored from this."""

    @classmethod
    def of(cls, plan: Mapping[str, Any]) -> "Plan":
        """Read a plan from JSON."""
        steps = [Typed(*step) for step in plan["steps"]]
        questions = [Question(*question) for question in plan["questions"]]
        return cls(plan["name"], plan["files"], steps, questions, plan["exports"])

    def asked_again(self, answers: Answers) -> "Plan":
        """Return the plan for another program, about the copies that one has made."""
        ends = len(EXPORTED)
        exports = {line[:-ends]: answers[line] for line in answers if line.endswith(EXPORTED)}
        return self._replace(exports=exports)


class Desk:
    """A folder with the copies of a book, and the program that is typed at it."""

    def __init__(self, folder: Path, server: "Databases | None") -> None:
        self.folder = folder
        self.server = server
        self.addresses: dict[str, str] = {}

    def address(self, copy: str) -> str:
        """Return where a copy is, or is to be made."""
        if copy not in self.addresses:
            self.addresses[copy] = self.server.create() if self.server else f"{copy}.db"
        return self.addresses[copy]

    def type_in(self, typed: Typed, second: int = 0) -> str:
        """Type a command line, and return its exit code and what it prints."""
        from tracker import settings
        from tracker.cli import run

        moment = datetime.combine(date.fromisoformat(typed.day), time(12), UTC)
        moment += timedelta(seconds=second)
        settings.now = lambda: moment
        os.environ["TRACKER_TEXTS"] = str(self.folder / f"{typed.copy}-texts")  # on a server
        words = [self._placed(word) for word in typed.words]
        given = ["--db", self.address(typed.copy), "--author", typed.author, "--today", typed.day]
        streams = io.BytesIO(), io.BytesIO()
        out, err = (io.TextIOWrapper(stream, "utf-8", write_through=True) for stream in streams)
        with redirect_stdout(out), redirect_stderr(err):
            code = run([*given, *words])
        printed = "".join(stream.getvalue().decode() for stream in streams)
        return f"{code}\n{self._anywhere(printed)}"

    def _placed(self, word: str) -> str:
        """Return a word with the address of a copy for its name in braces."""
        for copy, address in self.addresses.items():
            word = word.replace(f"{{{copy}}}", address)
        return word

    def _anywhere(self, printed: str) -> str:
        """Return what was printed with names in braces for addresses."""
        for copy, address in self.addresses.items():
            for written in (f"'{address}'", address):  # quoted for a shell, where it must be
                printed = printed.replace(written, f"{{{copy}}}")
        return printed.replace(str(self.folder), "{folder}")


def answer(plan: Plan, server: "Databases | None" = None) -> Answers:
    """Make the copies of a book, and return what the steps and the questions print."""
    with tempfile.TemporaryDirectory() as place, _alone(Path(place)):
        folder = Path(place)
        for name, text in plan.files.items():
            (folder / name).write_text(text, "utf-8")
        desk = Desk(folder, server)
        answers: Answers = {}
        for number, step in enumerate(plan.steps):
            line = f"step {number}: {step.copy}: {' '.join(step.words)}"
            answers[line] = desk.type_in(step, number)
        for copy in [*desk.addresses]:
            _keep_the_same(plan, desk, copy, answers)
        for question in plan.questions:
            for form in question.forms:
                words = [*question.words, *FORMS[form]]
                line = f"{question.copy} {question.day}: {' '.join(question.words)} [{form}]"
                asked = Typed(question.copy, question.day, "reader", words)
                answers[line] = desk.type_in(asked)
        if server:
            server.drop(desk.addresses.values())
        return answers


def _keep_the_same(plan: Plan, desk: Desk, copy: str, answers: Answers) -> None:
    """Add a copy's export to the answers; if it is not as planned, restore the planned one.

    So that two programs are asked about the same book even where they record something else.
    """
    day = plan.steps[-1].day
    exported = desk.type_in(Typed(copy, day, "reader", ["export"]))
    answers[f"{copy}{EXPORTED}"] = exported
    planned = plan.exports.get(copy, exported)
    if planned != exported:
        file = f"{copy}-as-planned.jsonl"
        (desk.folder / file).write_text(planned.partition("\n")[2], "utf-8")
        del desk.addresses[copy]
        if desk.server is None:
            (desk.folder / f"{copy}.db").unlink()
        restored = desk.type_in(Typed(copy, day, "reader", ["init", file]))
        answers[f"{copy}: as planned []"] = restored


class Databases:
    """Makes and drops databases of a PostgreSQL server."""

    def __init__(self, address: str) -> None:
        import psycopg

        self._address = address
        self._owner = psycopg.connect(address, autocommit=True)
        self._made = 0

    def create(self) -> str:
        """Make an empty database, and return its address."""
        self._made += 1
        name = f"oracle_{os.getpid()}_{self._made}"
        self._owner.execute(f"CREATE DATABASE {name} STRATEGY file_copy".encode())
        return self._address.replace("/postgres?", f"/{name}?")

    def drop(self, addresses: Any) -> None:
        """Drop databases by their addresses."""
        for address in addresses:
            name = address.partition("?")[0].rpartition("/")[2]
            self._owner.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def close(self) -> None:
        """Leave the server."""
        self._owner.close()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Work in a folder, far from the machine's own book, settings and clock."""
    from tracker import settings

    before, now, here = dict(os.environ), settings.now, Path.cwd()
    for name in before:
        if name in OTHERS or name.startswith(OWN):
            del os.environ[name]
    os.environ |= {name: str(folder / "home") for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)
        settings.now = now


def main(checkout: str, address: str = "") -> None:
    """Answer the plans of standard input with the program of a checkout."""
    sys.path[0] = checkout
    import tracker
    from tracker.database import sqlite

    if not Path(tracker.__file__).is_relative_to(checkout):
        sys.exit(f"{tracker.__file__} is not the program of {checkout}")
    if "EXTRA" in getattr(sqlite, "SETTINGS", ""):  # no book waits for the disk
        sqlite.SETTINGS = sqlite.SETTINGS.replace("EXTRA", "OFF")
    server = Databases(address) if address else None
    written = sys.stdout
    for line in sys.stdin:
        answers = answer(Plan.of(json.loads(line)), server)
        print(json.dumps(answers), file=written, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
