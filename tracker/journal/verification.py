"""Checks that the chain is intact, and that it still begins with what a page once showed.

Each entry holds its own digest, so that a link can be checked without those before it: the spans of
a long chain are verified on all cores in parallel.
"""

import re
import signal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.database import Connection, Row, Target, connect, open_book
from tracker.database.occupancy import is_database
from tracker.errors import BookDamaged, FileExists, TrackerError
from tracker.facts import LATEST
from tracker.journal.chain import FIRST, GENESIS, LAST, batch_words, digest, links, words_of
from tracker.journal.versions import more_between

if TYPE_CHECKING:
    from multiprocessing.connection import Connection as PipeConnection

SPAN = 50_000
"""Entries verified at a time: about half a second, during which a file cannot be written."""

WORTH_IT = 6
"""The number of spans from which processes save more time than they take to start."""

BACKDATED = "its moment is before that of the batch before it"

UNREADABLE = (ValueError, TypeError, KeyError, ArithmeticError, BookDamaged)
"""What a day, a number or a text can raise that this program did not write."""

NO_PROCESSES = (OSError, ImportError, EOFError)
"""What is raised if processes cannot be started, or if one has ended early."""

Span = tuple[int, int]
"""The entry before the first one of a span, and its last one."""


class Verification(NamedTuple):
    """The result of verifying the chain; `broken` is the first entry that does not fit."""

    entries: int
    head: str | None
    broken: int | None = None
    reason: str | None = None


MARK = re.compile(r"#?([1-9][0-9]{0,9})(?::| entries · head )([0-9a-f]{7,64})")


class Mark(NamedTuple):
    """The number of entries and the head that the last line of a page prints."""

    entry: int
    head: str

    @classmethod
    def parse(cls, text: str) -> "Mark | None":
        """Parse `88:9f3c2d410b7e`, or a report's last line; return None for anything else."""
        found = MARK.fullmatch(text.strip().lower())
        return cls(int(found[1]), found[2]) if found else None

    def __str__(self) -> str:
        return f"{self.entry}:{self.head}"


def difference(connection: Connection, mark: Mark) -> str | None:
    """Return how the beginning of an intact book differs from a mark, or None if it does not."""
    rows = connection.rows("known", known=min(mark.entry, LATEST))
    last = int(rows[0][0]) if rows else 0
    if last < mark.entry:
        return f"it has only {last} entries"
    if last > mark.entry:
        return f"entry {mark.entry} is not the last of its batch, which ends at entry {last}"
    seal = bytes(rows[0][1]).hex()
    if not seal.startswith(mark.head):
        return f"its head at entry {mark.entry} is {seal[: max(len(mark.head), 12)]}"
    return None


def require_earlier_copy(target: Target, path: Path) -> None:
    """Refuse to replace a database, unless all that it holds is the beginning of a book."""
    if target.dialect != "sqlite" or not is_database(path):
        return
    with closing(open_book(target)) as connection:
        try:
            with closing(open_book(Target("sqlite", str(path)))) as copy:
                rows = copy.rows("known", known=LATEST)
                marks = [Mark(last, bytes(seal).hex()) for last, seal, _ in rows]
                if not any(difference(connection, mark) for mark in marks):
                    return
        except TrackerError:
            pass  # not a book, or one that this program cannot read
    raise FileExists(path=path, reason="it is a database, but not an earlier copy of this book")


def verify(connection: Connection, cores: int = 1) -> Verification:
    """Verify the whole chain on `cores` cores, up to the first entry that does not fit."""
    ((held,),) = connection.rows("entry_count")
    spans = [(after, min(after + SPAN, held)) for after in range(0, max(held, 1), SPAN)]
    if len(spans) >= WORTH_IT and cores > 1:
        try:
            return _first_broken(_on_cores(connection.target, spans, min(cores, len(spans))))
        except NO_PROCESSES:
            pass
    return _first_broken(_walk(connection, span) for span in spans)


def _first_broken(walks: Iterable[Verification]) -> Verification:
    walked = Verification(0, None)
    for walked in walks:
        if walked.broken is not None:
            break
    return walked


def _on_cores(target: Target, spans: list[Span], cores: int) -> Iterator[Verification]:
    """Yield the result for each span, in order.

    Each of n processes has every nth span and a pipe of its own, which ends with this process: they
    exit at their next span, however this one is stopped. They are spawned, not forked: a fork would
    share this process's locks on the file.
    """
    from multiprocessing import connection, get_context

    context = get_context("spawn")
    pipes = [context.Pipe(duplex=False) for _ in range(cores)]
    walkers = [
        context.Process(target=_walk_apart, args=(target, spans[at::cores], told), daemon=True)
        for at, (_, told) in enumerate(pipes)
    ]
    try:
        with _interrupts_held():
            for walker, (_, told) in zip(walkers, pipes, strict=True):
                walker.start()
                told.close()
        for at in range(len(spans)):
            pipe, walker = pipes[at % cores][0], walkers[at % cores]
            if pipe not in connection.wait([pipe, walker.sentinel]):
                raise EOFError
            yield pipe.recv()
    finally:
        for walker in walkers:
            if walker.pid is not None:
                walker.terminate()
                walker.join()


def _walk_apart(target: Target, spans: list[Span], told: "PipeConnection") -> None:
    """Send the result for each span; after a failure nothing, so that the parent meets it again."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C and ends this process
    with suppress(Exception):
        connection = connect(target)
        for span in spans:
            told.send(_walk(connection, span))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Defer Ctrl-C to the block's end; processes started in the block ignore it."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it lets Ctrl-C through again when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _walk(connection: Connection, span: Span) -> Verification:
    """Verify one span; the entry before it is trusted."""
    walk = _Walk(span)
    try:
        with connection.reading():
            walk.over(connection)
    except UNREADABLE:
        if walk.held == span[0] and span[1] - span[0] > 1:
            return _by_halves(connection, span)  # declarations are read before all entries
        walk.broken = "it cannot be read"
    if walk.broken is None and (walk.held < span[1] or walk.left):
        walk.broken = "it is missing"
    if walk.broken is not None:
        return Verification(walk.held, None, walk.held + 1, walk.broken)
    return Verification(walk.held, walk.seal.hex() if walk.held else None)


def _by_halves(connection: Connection, span: Span) -> Verification:
    """Bisect a span in which something cannot be read, to find its place."""
    middle = sum(span) // 2
    walked = _walk(connection, (span[0], middle))
    return walked if walked.broken is not None else _walk(connection, (middle, span[1]))


class _Walk:
    """One pass over a span: how far it came, and what does not fit there."""

    def __init__(self, span: Span) -> None:
        self.held, self.last = span
        self.broken: str | None = None
        self.left = False
        self.seal = GENESIS
        self._previous = GENESIS
        self._batch: Row | None = None

    def over(self, connection: Connection) -> None:
        """Verify entry by entry, as long as they fit.

        The first span and the last one include the rows that belong to no entry.
        """
        ((total,),) = connection.rows("entry_count")
        ends = total == self.last
        first, last = self.held + 1 if self.held else FIRST, LAST if ends else self.last
        batches = {row[5]: row for row in connection.rows("batches", first=first, last=last)}
        more = more_between(connection, first, last)
        if min((*batches, *more), default=1) < 1:
            self.broken = "a row before it belongs to no entry"
            return
        rows = links(connection, self.held or FIRST, self.last)
        if self.held and (before := next(rows, None)) is not None:
            self._resume(before, batches)
        for row in rows:
            if row[0] != self.held + 1:
                return
            batch, held = batches.pop(row[0], None), more.pop(row[0], {})
            self.broken = (batch and self._begun(batch)) or self._entry(row, held)
            if self.broken is not None:
                return
            self.held += 1
        self.left = bool(batches or more)
        if self.held == self.last and ends and (broken := self._unsealed()):
            self.held -= 1
            self.broken = broken.replace(" before it", "")

    def _resume(self, before: Row, batches: dict[int, Row]) -> None:
        """Go on after an entry, within its batch."""
        self._previous = bytes(before[-1])
        begun = next((at for at in batches if at <= self.held), 0)
        self._batch = batches.pop(begun, None)
        self.seal = bytes(self._batch[-1]) if self._batch else GENESIS

    def _begun(self, batch: Row) -> str | None:
        """Move on to the next batch: the previous one must be sealed, and its number one lower."""
        broken = self._unsealed()
        number, moment = (self._batch[0], self._batch[3]) if self._batch else (0, None)
        if broken is None and batch[0] != number + 1:
            broken = "its batch is not the next one"
        if broken is None and moment and batch[3] < moment:
            broken = BACKDATED
        self._batch, self._previous = batch, self.seal
        self.seal = bytes(batch[-1])
        return broken

    def _unsealed(self) -> str | None:
        """Return a reason if the seal of the current batch does not fit its last entry."""
        if self._batch is None or digest(self._previous, batch_words(self._batch)) == self.seal:
            return None
        return f"the seal of batch {self._batch[0]} before it does not fit"

    def _entry(self, row: Row, more: Mapping[str, Any]) -> str | None:
        words = words_of(row)
        words |= more
        if self._batch is None or words["batch"] != self._batch[0]:
            return "it is in no batch"
        found = digest(self._previous, words)
        if found != row[-1]:
            return "its digest does not fit"
        self._previous = found
        return None
