"""Whether the chain is whole.

Each entry holds its own digest, so that a link can be checked without those before it: the
spans of a long chain are walked on all cores at once.
"""

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from tracker.database import Connection, Target, connect
from tracker.errors import BookDamaged
from tracker.journal.chain import FIRST, GENESIS, WORDS, digest, links, words_of

if TYPE_CHECKING:
    from multiprocessing.connection import Connection as PipeConnection

SPAN = 50_000
"""Entries that are walked at a time: about half a second, during which a file is not written."""

WORTH_IT = 6
"""Spans from which on processes save more time than they take to start."""

RECORDED_AT = WORDS.index("recorded_at")
BACKDATED = "its moment is before that of the entry before it"

UNREADABLE = (ValueError, TypeError, KeyError, ArithmeticError, BookDamaged)
"""What comes of a day, a number or a text that no program of ours wrote."""

NO_PROCESSES = (OSError, ImportError, EOFError)
"""What comes of asking for processes where none can be had, or of one that has ended early."""

Span = tuple[int, int]
"""The entry before the first, and the last."""


class Verification(NamedTuple):
    """What a walk along the chain found; `broken` is the first entry that does not fit."""

    entries: int
    head: str | None
    broken: int | None = None
    reason: str | None = None


def verify(connection: Connection, cores: int = 1) -> Verification:
    """Walk the whole chain, on so many cores, up to the first entry that does not fit."""
    ((held,),) = connection.rows("entry_count")
    spans = [(after, min(after + SPAN, held)) for after in range(0, held, SPAN)]
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
    """Yield what was found of each span, in their order.

    Of n processes each has every nth span, and a pipe of its own, which ends with this process:
    they leave at their next span, however this one is stopped. They are new processes: a copy
    of this one would share its locks on the file.
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
    """Tell what was found of each span; after a failure nothing, so that it is met once more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked hears Ctrl-C, and ends this process
    with suppress(Exception):
        connection = connect(target)
        for span in spans:
            told.send(_walk(connection, span))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hear Ctrl-C when the block ends; processes that begin in it never hear it."""
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
    """Walk one span; the entry before it is taken as it stands."""
    held, last = span
    previous, moment = GENESIS, None
    try:
        with connection.reading():
            rows = links(connection, held or FIRST, last)  # with the entry before, if there is one
            if held and (before := next(rows, None)):
                previous, moment = bytes(before[-1]), before[RECORDED_AT]
            for row in rows:
                if row[0] != held + 1:
                    break
                if digest(previous, words_of(row)) != row[-1]:
                    return Verification(held, None, held + 1, "its digest does not fit")
                if moment and row[RECORDED_AT] < moment:
                    # It would count in reports known by earlier moments, unseen in their head.
                    return Verification(held, None, held + 1, BACKDATED)
                previous, held, moment = bytes(row[-1]), held + 1, row[RECORDED_AT]
    except UNREADABLE:
        return Verification(held, None, held + 1, "it cannot be read")
    if held < last:
        return Verification(held, None, held + 1, "it is missing")
    return Verification(held, previous.hex())
