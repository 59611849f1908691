"""Runs one command again and again, each time with another call failing; needs calls.c before it.

`python -m tests.faults.victims FOLDER COMMAND` prints a line of JSON for each run that met its
fault, in which `wrong` is what was not as it must be, and at the end the number of the last call
of each kind that failed.
"""

import ctypes
import errno
import io
import json
import os
import shutil
import sys
from collections import Counter
from contextlib import closing, redirect_stderr, redirect_stdout
from hashlib import sha256
from itertools import chain, count
from pathlib import Path

from tests.database.later import LATER, bring
from tracker import publish
from tracker.cli import run
from tracker.database import HEAD, Target, open_book
from tracker.journal.chain import verify
from tracker.publish import charts
from tracker.reports import View
from tracker.soundness import findings

KINDS = ("open", "write", "sync", "rename", "unlink")
COMMANDS = {
    "log": ("log", "soybeans", "partial", "-m", "sold " * 2_000),
    "import": ("import", "{folder}/updates.csv"),
    "backup": ("db", "backup", "{folder}/new.db"),
    "export": ("export", "{folder}/kept.jsonl"),
    "publish": ("publish", "{folder}/site"),
    "upgrade": ("db", "upgrade"),
    "keep": ("source", "keep", "article", "{folder}/updates.csv"),
}
UNKNOWN = "did not confirm the change, which may have been recorded"
OURS = {
    "log": {"truce.db"},
    "import": {"truce.db"},
    "backup": {"new.db"},
    "export": {"kept.jsonl"},
    "publish": {"site"},
    "upgrade": {"truce.db", f"truce.db.schema-{HEAD}.bak"},
    "keep": {"truce.db", "truce.db.d"},
}
"""What a command may change in its folder."""
CODES = (0, 4, 5, 7)
"""Done; refused because a path cannot be written or a file cannot be read; storage."""


class Ran:
    """How a command ended, and whether the call that was to fail came."""

    def __init__(self, code: int, out: str, err: str, fired: bool) -> None:
        self.code, self.out, self.err, self.fired = code, out, err, fired


class Victim:
    """One command, and the folder in which each of its runs starts in the same state."""

    def __init__(self, folder: Path, name: str) -> None:
        self.template, self.work = folder / "template", folder / "work"
        self.result = folder / "result.json"
        self.name = name
        self.book = Target("sqlite", str(self.work / "truce.db"))
        words = [word.format(folder=self.work) for word in COMMANDS[name]]
        self.words = ["--db", self.book.address, "--today", "2026-01-08", *words]
        self.calls = ctypes.CDLL(None)
        self.lay()
        self.before = self.entries()

    def lay(self) -> None:
        """Prepare the folder for a run."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.template, self.work)

    def run(self, kind: int = -1, nth: int = 0) -> Ran:
        """Run the command in a process of its own, which loads nothing any more."""
        child = os.fork()
        if not child:
            out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
            with redirect_stdout(out), redirect_stderr(err):
                self.calls.arm(str(self.work).encode(), kind, nth, errno.EIO)
                code = run(self.words)
                fired = bool(self.calls.fired())
                self.calls.arm(b"", -1, 0, 0)
            said = [text(one) for one in (out, err)]
            self.result.write_text(json.dumps([code, *said, fired]))
            os._exit(0)
        os.waitpid(child, 0)
        ran = Ran(*json.loads(self.result.read_text()))
        self.result.unlink()
        return ran

    def entries(self) -> int:
        """Return how many entries the book holds."""
        with closing(open_book(self.book, at_head=False)) as book:
            return int(book.text("SELECT count(*) FROM entry")[0][0])

    def wrong(self, ran: Ran, kind: str) -> list[str]:
        """Return what is wrong after a run."""
        return [*self.wrong_words(ran), *self.wrong_book(ran), *self.wrong_files(ran, kind)]

    def wrong_words(self, ran: Ran) -> list[str]:
        """A refusal is one line and an exit code."""
        if ran.code not in CODES:
            return [f"exit code {ran.code}"]
        if ran.code == 0:
            return [] if not ran.err else ["done, and complained"]
        in_a_line = ran.err.startswith("tracker: ") and ran.err.count("\n") == 1
        return [] if in_a_line and not ran.out else ["a refusal that is not one line"]

    def wrong_book(self, ran: Ran) -> list[str]:
        """The book is sound, and holds what was acknowledged and nothing else."""
        entries = self.entries()
        added = {"log": 1, "import": 400, "keep": 1}.get(self.name, 0)
        unknown = UNKNOWN in ran.err
        allowed = {0, added} if unknown else {added if ran.code == 0 else 0}
        found = [] if entries - self.before in allowed else [f"{entries} entries"]
        with closing(open_book(self.book, at_head=False)) as book:
            ((revision,),) = book.text("SELECT version_num FROM alembic_version")
        upgraded = revision == LATER
        if upgraded is not (self.name == "upgrade" and ran.code == 0) and not unknown:
            found.append(f"revision {revision}")
        if self.book.path.read_bytes() == (self.template / "truce.db").read_bytes():
            return found
        with closing(open_book(self.book, at_head=False)) as book:
            verify(book)
            found += [str(row) for row in book.text("PRAGMA integrity_check") if row != ("ok",)]
        if self.name != "upgrade" or upgraded:
            found += findings(self.book)
        return found

    def wrong_files(self, ran: Ran, kind: str) -> list[str]:
        """No draft is left, and no other file is touched."""
        now, before = contents(self.work), contents(self.template)
        drafts = {name for name in now.keys() - before.keys() if name.startswith(".tracker-")}
        # What was done is acknowledged, even if the removal of what it replaced was refused.
        refused = ran.code == 0 and kind in ("open", "unlink", "rename")
        found = [] if refused or not drafts else [f"drafts: {sorted(drafts)}"]
        found += [f"left: {name}" for name in now if name.endswith("-journal")]
        other = {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)}
        done = ran.code == 0 or UNKNOWN in ran.err or self.name == "upgrade"
        ours = OURS[self.name] if done else set()
        ours = ours | {"truce.db"} if self.name in ("log", "import", "keep") else ours
        ours |= {name for name in now if self.name == "keep" and is_whole_text(name, now[name])}
        found += [
            f"touched: {name}" for name in other - drafts if not {name, name.split("/")[0]} & ours
        ]
        for copy in self.work.glob("*.bak"):
            target = Target("sqlite", str(copy))
            with closing(open_book(target, at_head=False)) as book:
                found += ["a broken copy"] if verify(book).entries != self.before else []
        return found


def text(stream: io.TextIOWrapper) -> str:
    """Return what was written to a stream in memory."""
    stream.seek(0)
    return stream.read()


def is_whole_text(name: str, content: bytes) -> bool:
    """Return whether a file is a text under its own hash, which may wait for its entry."""
    path = Path(name)
    return path.parent.name == "truce.db.d" and path.stem == sha256(content).hexdigest()


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def make_once() -> None:
    """Make the pages of a site only at the first run, as they do not use the disk."""
    files_of, made = publish.files_of, list[tuple[str, bytes]]()

    def made_once(view: View, base: str) -> publish.SiteFiles:
        if not made:
            made.extend(files_of(view, base))
        return iter(made)

    publish.files_of = made_once


def main(folder: Path, name: str) -> None:
    """Fail the calls of a command, one a run; of more than eight of a kind, each fifth."""
    charts.drawn = lambda _: b""
    if name == "upgrade":
        bring(folder / "migrations")
    victim = Victim(folder, name)
    if name == "publish":
        make_once()
    with redirect_stdout(io.TextIOWrapper(io.BytesIO())):
        run(victim.words)  # so that everything is loaded
    met = Counter[str]()
    for kind, word in enumerate(KINDS):
        for nth in chain(range(1, 9), count(9, 5)):
            victim.lay()
            ran = victim.run(kind, nth)
            if not ran.fired:
                break
            met[word] = nth
            told = {"call": f"{word} {nth}", "code": ran.code, "err": ran.err}
            print(json.dumps(told | {"wrong": victim.wrong(ran, word)}), flush=True)
    print(json.dumps(met))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
