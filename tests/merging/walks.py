"""Random walks of two analysts who work, merge, undo, restore exports and merge again.

`python -m tests.merging.walks 20000` takes so many walks and prints those that break a promise.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from io import BufferedReader, BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.conftest import book_at, fill, make_book
from tests.merging.counts import Counting, counting, live, retracted
from tests.merging.histories import (
    ANALYSTS,
    CORRECTING,
    DECLARING,
    MADE_AT,
    RECORDING,
    Step,
    do,
    prepared,
)
from tracker.database import Connection, Target, open_book
from tracker.errors import TrackerError
from tracker.interchange.exporting import export
from tracker.interchange.merging import Merged, merge
from tracker.interchange.otherbook import OtherBook
from tracker.interchange.restoring import restore
from tracker.journal import corrections
from tracker.journal.chain import verify
from tracker.journal.writer import Writer

OTHER = {"a": "b", "b": "a"}
VERBS = sorted({*RECORDING, *CORRECTING, *DECLARING, "restore"})
LENGTH = 16
SHOWN = 6
"""How many walks are shown for each broken promise."""


class Broken(AssertionError):
    """A promise that was not kept."""


class Walk:
    """Two books that begin as copies, and what their analysts do, one minute after another."""

    def __init__(self, folder: Path, base: Path, blank: Path) -> None:
        self.minute = 0
        self._folder = folder
        self._blank = blank
        self._connections = {}
        for side in "ab":
            self._open(side, base)

    def _open(self, side: str, base: Path) -> Connection:
        path = shutil.copy(base, self._folder / f"{side}{self.minute}.db")
        connection = open_book(Target("sqlite", str(path)))
        connection.text("PRAGMA synchronous = OFF")
        connection.text("PRAGMA journal_mode = MEMORY")
        self._connections[side] = connection
        return connection

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()

    def take(self, step: Step) -> None:
        """Do a step, unless the book refuses it; check what merges promise."""
        self.minute += 1
        if step.verb == "restore":
            self._restore(step.side)
        elif step.verb == "meet":
            self.meet(step.side)
        else:
            try:
                with self._writing(step.side) as writer:
                    do(writer, step, self.minute)
            except TrackerError:
                pass

    @contextmanager
    def _writing(self, side: str, later: int = 0) -> Iterator[Writer]:
        """Hold a book's write lock, at a moment of its own."""
        connection, now = self._connections[side], self._now(side) + timedelta(minutes=later)
        with connection.writing():
            yield Writer(connection, ANALYSTS[side], now.date(), now)

    @contextmanager
    def _trying(self, side: str) -> Iterator["_Trial"]:
        """Hold a book's write lock, and leave the book as it is."""
        connection = self._connections[side]
        now = self._now(side)
        try:
            with connection.writing():
                yield _Trial(connection, ANALYSTS[side], now)
                raise _Back
        except _Back:
            connection.merged = None

    def _now(self, side: str) -> datetime:
        return MADE_AT + timedelta(hours=self.minute, minutes=ord(side) % 60)

    def _restore(self, side: str) -> None:
        """Replace a book by what is restored from its export."""
        old = self._connections[side]
        lines = "".join(export(old)).encode()
        new = self._open(side, self._blank)
        with new.writing():
            restore(new, BufferedReader(BytesIO(lines)), "export")  # type: ignore[arg-type]
        if "".join(export(new)).encode() != lines:
            raise Broken("an export is restored as it was")
        old.close()

    def meet(self, side: str) -> None:
        """Merge the other book into one, unless they conflict; first try what has to hold."""
        other = OtherBook("other.db", self._connections[OTHER[side]])
        with self._trying(side) as trial:
            trial.check(other)
        with self._trying(side) as trial:
            if _open_conflicts(trial.merge(other)):
                return
        with self._writing(side) as writer:
            merge(writer, other)

    def agree(self) -> None:
        """Merge both ways: both books count the same, and have nothing for each other."""
        self.minute += 1
        a, b = (self._connections[side] for side in "ab")
        with self._writing("a") as writer:
            found = merge(writer, OtherBook("b.db", b))
        if _open_conflicts(found):
            return
        with self._writing("b", 1) as writer:
            back = merge(writer, OtherBook("a.db", a))
        if conflicts := _open_conflicts(back):
            raise Broken(f"what one decided is not asked again: {conflicts}")
        _require_same(counting(a), counting(b), "both books count the same")
        for side, other in (("a", b), ("b", a)):
            with self._trying(side) as trial:
                again = trial.merge(OtherBook("other.db", other))
                if again.entries or _open_conflicts(again):
                    raise Broken(f"books that agree have nothing for each other: {again}")

    def require_orders_agree(self) -> None:
        """Whoever merges first, both count the same if nothing conflicts."""
        outcomes = []
        for side in "ab":
            other = OtherBook("other.db", self._connections[OTHER[side]])
            with self._trying(side) as trial:
                if _open_conflicts(trial.merge(other)):
                    outcomes.append(None)
                else:
                    outcomes.append(counting(self._connections[side]))
        if (outcomes[0] is None) != (outcomes[1] is None):
            raise Broken("a conflict is found from both sides")
        if outcomes[0] is not None:
            _require_same(*outcomes, "either order counts the same")

    def require_undone_is_gone(self) -> None:
        """A merge that was undone changes nothing for the other book."""
        other = self._connections["b"]
        counts = []
        for undoes in (False, True):
            path = Path(shutil.copy(self._connections["a"].target.path, self._folder / "gone.db"))
            with book_at(path) as connection:
                connection.text("PRAGMA synchronous = OFF")
                with connection.writing():
                    trial = _Trial(connection, ANALYSTS["a"], self._now("a"))
                    if undoes and trial.merge(OtherBook("b.db", other)).entries:
                        corrections.undo(trial.writer())
                with self._trying("b") as trial:
                    found = trial.merge(OtherBook("a.db", connection))
                    counts.append((counting(other), _open_conflicts(found)))
            path.unlink()
        _require_same(counts[0][0], counts[1][0], "an undone merge does not travel")

    def require_whole(self) -> None:
        for connection in self._connections.values():
            if verify(connection).broken:
                raise Broken(f"the chain is whole: {verify(connection)}")


class _Back(Exception):
    """Leaves a trial."""


class _Trial:
    """What could be done in one book, under its write lock."""

    def __init__(self, connection: Connection, author: str, now: datetime) -> None:
        self._connection = connection
        self._author = author
        self._now = now

    def writer(self) -> Writer:
        self._connection.merged = None
        self._now += timedelta(seconds=1)
        return Writer(self._connection, self._author, self._now.date(), self._now)

    def merge(self, other: OtherBook) -> Merged:
        return merge(self.writer(), other)

    def check(self, other: OtherBook) -> None:
        before, was = live(self._connection), counting(self._connection)
        found = self.merge(other)
        if _open_conflicts(found):
            return
        after = counting(self._connection)
        self._require_nothing_lost(was, after, other)
        again = self.merge(other)
        if again.entries:
            raise Broken(f"merging twice changes nothing: {again}")
        if not found.entries:
            return
        try:
            corrections.undo(self.writer())
        except TrackerError as error:
            raise Broken(f"a merge can be undone: {error!r} {error}") from error
        if (now := live(self._connection)) != before:
            raise Broken(f"undo of a merge restores what counted: {now ^ before}")
        redone = self.merge(other)
        if _open_conflicts(redone):
            raise Broken(f"an undone merge can be done again: {redone}")
        _require_same(after, counting(self._connection), "the merge again gives the same")

    def _require_nothing_lost(self, was: Counting, after: Counting, other: OtherBook) -> None:
        theirs = counting(other._connection)
        here, there = (retracted(one) for one in (self._connection, other._connection))
        for one in was.entries - after.entries:
            if one not in there:
                raise Broken(f"nothing of ours is lost: {one}")
        for one in theirs.entries - after.entries:
            if one not in here:
                raise Broken(f"nothing of theirs is lost: {one}")


def _open_conflicts(found: Merged) -> list[str]:
    return [str(one) for one in found.conflicts]


def _require_same(one: Counting, other: Counting, promise: str) -> None:
    if one != other:
        declared = {*map(repr, one.declared)} ^ {*map(repr, other.declared)}
        entries = one.entries - other.entries, other.entries - one.entries
        raise Broken(f"{promise}: {entries} {one.cited ^ other.cited} {declared}")


def steps_of(seed: int) -> list[Step]:
    """Return the steps of a walk."""
    random = Random(seed)
    verbs = [*random.sample(VERBS, 5), "meet", "meet", "undo", "withdraw", "log"]
    things = random.sample(range(8), 3)
    return [
        Step(
            *(random.choice("ab"), random.choice(verbs), random.choice(things)),
            *(random.randint(0, 8), random.randint(0, 5)),
        )
        for _ in range(random.randint(4, LENGTH))
    ]


def walk(base: Path, blank: Path, steps: Sequence[Step]) -> None:
    """Take some steps, and let the analysts agree in the end."""
    with TemporaryDirectory() as folder, closing(Walk(Path(folder), base, blank)) as walking:
        for step in steps:
            walking.take(step)
        walking.minute += 1
        walking.require_orders_agree()
        walking.require_undone_is_gone()
        walking.agree()
        walking.require_whole()


def breaks(base: Path, blank: Path, steps: Sequence[Step]) -> str | None:
    """Return how a walk breaks a promise, or None."""
    try:
        walk(base, blank, steps)
    except Broken as error:
        return str(error)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def shortened(base: Path, blank: Path, steps: list[Step], promise: str) -> list[Step]:
    """Return the steps without those that a broken promise does not need."""
    place = 0
    while place < len(steps):
        fewer = steps[:place] + steps[place + 1 :]
        found = breaks(base, blank, fewer)
        if found and found.partition(":")[0] == promise:
            steps = fewer
            place = 0
        else:
            place += 1
    return steps


def main(count: int, first: int = 0) -> None:
    """Take some walks; print the shortest form of each that breaks a promise."""
    broken: Counter[str] = Counter()
    with TemporaryDirectory() as name:
        books = books_in(Path(name))
        for seed in range(first, first + count):
            steps = steps_of(seed)
            if found := breaks(*books, steps):
                promise = found.partition(":")[0]
                broken[promise] += 1
                if broken[promise] <= SHOWN:
                    steps = shortened(*books, steps, promise)
                    print(seed, breaks(*books, steps))
                    print(*(" ".join(map(str, step)) for step in steps), sep="\n", flush=True)
            if seed % 200 == 199:
                print("..", seed + 1 - first, dict(broken), flush=True)
    print(count, "walks", dict(broken))


def books_in(folder: Path) -> tuple[Path, Path]:
    """Make a book to copy, and one without entries into which exports are restored."""
    base, blank = folder / "base.db", folder / "blank.db"
    fill(Target("sqlite", str(base)), "article", MADE_AT - timedelta(days=1))
    return prepared(base), make_book(blank, None)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
