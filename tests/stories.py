"""Stories: what somebody types and what the program answers, in files that anybody can read.

A `.story` file holds many. Each begins with its title after `#`; what comes before the first one
is a preface. `$ COMMAND` runs on the story's book, and the lines under it are what it prints, with
single spaces, without empty lines, and with the folded lines of a calendar joined. A command
without such lines only has to succeed, unless it asks for lines or fields.

- `$ COMMAND | PATTERN` shows the lines in which a regular expression is found; `(nothing)` means
  that there is none.
- `$ COMMAND {FIELD FIELD}` shows these fields of each row of the data, and `{week: FIELD}` those
  of each row of another part. A field of a field is `figure.value`.
- `$ chen: COMMAND` runs on a colleague's copy of the book, which is made when the story begins;
  the two are `OURS` and `THEIRS`.
- `$ headline WEEK` shows the headline of a week.
- `$ at 2026-01-12T07:30+08:00` sets the day and the clock.
- `$ cat FILE` makes a file of the lines under it.
- `LAST` is the number of the book's last entry, and `LAST-2` that of the second before it.
- `[4]` is an exit code; that of `check`, which has findings, is not shown.
- `HERE` is the folder of the stories.

`@ DAY BOOK` under a title names the day and the book of a story; in the preface it does so for all
of the file; a day with an hour sets the clock, for books that were made by a fixed one. A book is
`article`, a fixture, or the title of an earlier story, which runs once and is copied.

`pytest -n 0 --snapshot-update` writes what the commands print into the files.
"""

import json
import re
import shlex
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import Run
from tracker import settings
from tracker.database import Target, open_book

PLACE = re.compile(r"^@ (\S+) (.+)$", re.MULTILINE)
FOOTER = re.compile(r"\d{4}-\d\d-\d\d#\d+( · |$)")
"""The line that ends a report. Part of a report leaves it out.

It has days and numbers that a pattern may look for.
"""
COMMAND = re.compile(r"(.+?)(?: \{(?:(\w+): )?([\w. ]+)\})?(?: \| (.+))?")
ASKS = re.compile(r"^(chen: )?headline| \{| \| ")
"""Found in a command that asks for what is printed, so that it has lines."""
ENDED: dict[tuple[Path, str], bytes] = {}
"""The books that other stories begin with."""

Steps = list[tuple[str, list[str]]]


class Story(NamedTuple):
    """A story of a file: its day, its book, and its commands with the lines under each."""

    path: Path
    title: str
    day: str
    book: str
    steps: Steps

    def __str__(self) -> str:
        return f"{self.path.stem}: {self.title}"


def stories(module: str) -> list[Story]:
    """Return the stories beside a module."""
    return [one for path in sorted(Path(module).parent.glob("*.story")) for one in read(path)]


def in_a_file(story: Story) -> bool:
    """Return whether a story begins with another book than the article's: none is on a server."""
    earlier = [one for one in read(story.path) if one.title == story.book]
    return in_a_file(earlier[0]) if earlier else story.book != "article"


@cache
def read(path: Path) -> list[Story]:
    """Return the stories of a file."""
    preface, *parts = re.split(r"^# ", path.read_text("utf-8"), flags=re.MULTILINE)
    found = []
    for part in parts:
        head, *commands = re.split(r"^\$ ", part, flags=re.MULTILINE)
        place = PLACE.search(head) or PLACE.search(preface)
        assert place, head
        steps = [
            (command, [line for line in lines if line])
            for command, *lines in (one.splitlines() for one in commands)
        ]
        found.append(Story(path, head.splitlines()[0], place[1], place[2], steps))
    return found


def played(story: Story, tracker: Run, request: pytest.FixtureRequest) -> Steps:
    """Return what the commands of a story print now."""
    _, steps = Session(tracker, request).play(story)
    if request.config.option.update_snapshots:
        rewrite(story, steps)
        return story.steps
    return steps


def rewrite(story: Story, steps: Steps) -> None:
    """Write what the commands of a story print into its file."""
    above, title, rest = story.path.read_text("utf-8").partition(f"# {story.title}\n")
    head, _, rest = rest.partition("$ ")
    _, another, below = rest.partition("\n# ")
    own = "".join("\n".join((f"$ {command}", *printed, "")) for command, printed in steps)
    story.path.write_text("".join((above, title, head, own, another, below)), "utf-8")


class Session:
    """Runs stories, each in a book of its own."""

    def __init__(self, tracker: Run, request: pytest.FixtureRequest) -> None:
        self.tracker, self.request = tracker, request
        self.folder: Path = request.getfixturevalue("tmp_path")
        self.patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
        self.patch.chdir(self.folder)
        self.patch.setenv("COLUMNS", "300")
        self.patch.setenv("TRACKER_TEXTS", str(self.folder / "texts"))

    def play(self, story: Story) -> tuple[Path | None, Steps]:
        """Run the commands of a story; return its book, and what each of them printed."""
        book, day, steps = self.begun(story), self.at(story.day), []
        theirs = self.folder / "theirs.db"
        if any(command.startswith("chen: ") for command, _ in story.steps):
            self.copy(book, theirs)
        ours = book or self.request.getfixturevalue("target").address
        for command, lines in story.steps:
            printed = lines
            if command.startswith("at "):
                day = self.at(command[3:])
            elif command.startswith("cat "):
                Path(command[4:]).write_text("\n".join((*lines, "")), "utf-8")
            else:
                words = command.replace("HERE", story.path.parent.as_posix())
                words = words.replace("THEIRS", str(theirs)).replace("OURS", str(ours))
                if words.startswith("chen: "):
                    ran = self.printed(words[6:], theirs, "--today", day, "--author", "chen")
                else:
                    ran = self.printed(words, book, "--today", day)
                ran = [line.replace(str(theirs), "THEIRS") for line in ran]
                failed = ran and re.fullmatch(r"\[\d\]", ran[-1])
                printed = ran if lines or failed or ASKS.search(command) else lines
            steps.append((command, printed))
        return book, steps

    def copy(self, book: Path | None, to: Path) -> None:
        """Make a copy of a book in a file."""
        if book or self.request.getfixturevalue("database") == "sqlite":
            to.write_bytes((book or self.request.getfixturevalue("book")).read_bytes())
        else:
            assert self.tracker("export", export := to.with_suffix(".jsonl")).code == 0
            assert self.tracker("init", export, db=to).code == 0

    def begun(self, story: Story) -> Path | None:
        """Return the book of a story as it begins; None is the article's, in either database."""
        earlier = [one for one in read(story.path) if one.title == story.book]
        if not earlier:
            if story.book == "article":
                return None
            return Path(self.request.getfixturevalue(story.book))
        if self.request.getfixturevalue("database") != "sqlite":
            return self.play(earlier[0])[0]
        key = (story.path, story.book)
        if key not in ENDED:
            ended = self.play(earlier[0])[0] or self.request.getfixturevalue("book")
            ENDED[key] = ended.read_bytes()
        (book := self.folder / "story.db").write_bytes(ENDED[key])
        return book

    def at(self, moment: str) -> str:
        """Set the clock to a moment, unless that is only a day; return the day."""
        if "T" in moment:
            now = datetime.fromisoformat(moment)
            self.patch.setattr(settings, "now", lambda: now)
        return moment[:10]

    def printed(self, command: str, book: Path | None, *options: str) -> list[str]:
        """Return what a command prints, or the part of it that a story asks for."""
        matched = COMMAND.fullmatch(command)
        assert matched
        words, part, fields, pattern = matched.groups()
        if "LAST" in words:
            address = str(book or self.request.getfixturevalue("target").address)
            with closing(open_book(Target.parse(address))) as connection:
                ((last,),) = connection.text("SELECT MAX(id) FROM entry")
            words = re.sub(r"LAST(-\d+)?", lambda back: str(last + int(back[1] or 0)), words)
        first, *arguments = shlex.split(words)
        in_words = first == "headline"
        as_data = ["-f", "json"] * bool(in_words or fields)
        command = ["week" if in_words else first, *arguments, *as_data]
        ran = self.tracker(*options, *command, db=book)
        lines = (ran.out.replace("\r\n ", "") + ran.err).splitlines()
        if as_data and ran.code < 2:
            found = json.loads(ran.out)
            rows = [] if in_words else [found] if part == "data" else found[part or "rows"]
            lines = [found["headline"]["text"]] if in_words else []
            lines += [" ".join(field(row, name) for name in fields.split()) for row in rows]
        lines = [" ".join(line.split()) for line in lines if line.strip()]
        if pattern:
            lines = [line for line in lines if not FOOTER.match(line)]
        lines = [line for line in lines if re.search(pattern or "", line)]
        if fields or pattern:
            lines = lines or ["(nothing)"]
        return lines + [f"[{ran.code}]"] * (ran.code > (first == "check"))


def field(row: Any, name: str) -> str:
    """Return a field of a row, or of something in the row, in words."""
    for part in name.split("."):
        row = [one[part] for one in row] if isinstance(row, list) else row and row[part]
    return written(row)


def written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(written, value)) or "–"
    return "–" if value is None else value if isinstance(value, str) else json.dumps(value)
