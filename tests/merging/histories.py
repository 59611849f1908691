"""Two copies of one book that diverge through what two analysts do, in any order."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests import recording
from tests.conftest import book_at
from tests.recording import Circumstances, Measurement, retract_all
from tracker.book import Book
from tracker.database import Target, open_book
from tracker.dates import exactly
from tracker.errors import TrackerError
from tracker.interchange import otherbook
from tracker.interchange.merging import Merged, merge
from tracker.journal import corrections, declaring
from tracker.journal.chain import count
from tracker.journal.verbs import checked, cite
from tracker.journal.writer import Writer
from tracker.vocabulary import Basis, Outcome, Stage, ThingKind

TODAY = date(2026, 3, 2)
MADE_AT = datetime(2026, 1, 9, 9, tzinfo=UTC)
ANALYSTS = {"a": "li", "b": "chen"}
CONCESSIONS = ("soybeans", "rare-earths", "chip-sales")
DEADLINES = ("soy-delivery", "ore-delivery", "apec-2026", "truce-year")
SHARED = ("eu", "jp")


class Step(NamedTuple):
    """What one analyst does: a verb, and the numbers that choose its content."""

    side: str
    verb: str
    what: int
    day: int
    value: int


class Desk:
    """One analyst at one book; every command has a moment of its own, a minute after the last."""

    def __init__(self, path: Path, side: str) -> None:
        self.connection = open_book(Target("sqlite", str(path)))
        self.side = side

    def take(self, step: Step, number: int) -> None:
        """Do a step, unless the book refuses it."""
        now = MADE_AT + timedelta(hours=number, minutes=ord(step.side) % 60)
        try:
            with self.connection.writing():
                writer = Writer(self.connection, ANALYSTS[self.side], now.date(), now)
                do(writer, step, number)
        except TrackerError:
            pass


def do(writer: Writer, step: Step, number: int) -> None:
    """Do what a step says, with content of its own."""
    day = date(2026, 1, 1) + timedelta(days=min(step.day, 8))
    at = Circumstances(exactly(day), None, f"https://example.org/{step.value}", f"Note {number}")
    if step.verb in RECORDING:
        RECORDING[step.verb](writer, step, at)
    elif step.verb in CORRECTING:
        CORRECTING[step.verb](writer, _chosen(writer, step), number)
    else:
        DECLARING[step.verb](writer, step, number)


def _log(writer: Writer, step: Step, at: Circumstances) -> None:
    concession = CONCESSIONS[step.what % len(CONCESSIONS)]
    says = ("us", "cn")[step.value % 2] if step.verb == "claim" else None
    recording.log(writer, concession, [*Stage][1 + step.value % 5], at._replace(says=says))


def _measure(writer: Writer, step: Step, at: Circumstances) -> None:
    flow = step.verb == "flow"
    counted = Measurement(Decimal(step.value + 1), None, "USDA", Basis.SOLD, flow)
    recording.measure(writer, DEADLINES[step.what % 2], counted, at._replace(note=None))


def _move(writer: Writer, step: Step, at: Circumstances) -> None:
    says = ("us", "cn")[step.value % 2] if step.verb == "say" else None
    to = exactly(date(2026, 6, 1) + timedelta(days=step.value))
    deadline = DEADLINES[step.what % len(DEADLINES)]
    recording.move(writer, deadline, to, None, at._replace(says=says))


def _close(writer: Writer, step: Step, at: Circumstances) -> None:
    deadline = DEADLINES[step.what % len(DEADLINES)]
    recording.close(writer, deadline, [*Outcome][step.value % 3], at._replace(note=None))


def _note(writer: Writer, step: Step, at: Circumstances) -> None:
    recording.note(writer, DEADLINES[step.what % len(DEADLINES)], str(at.note), at)


def _check(writer: Writer, step: Step, _: Circumstances) -> None:
    checked(writer, [CONCESSIONS[step.what % len(CONCESSIONS)]])


def _withdraw(writer: Writer, step: Step, number: int) -> None:
    named = (*CONCESSIONS, *DEADLINES, *(f"new-{one}" for one in SHARED))
    retract_all(writer, named[step.what % len(named)], f"Gone {number}")


def _change(writer: Writer, step: Step, number: int) -> None:
    slug = (*CONCESSIONS, *DEADLINES)[step.what % 7]
    field = "title" if slug in CONCESSIONS else "label"
    declaring.change(writer, slug, {field: f"Title {step.value}"}, f"Why {number}")


def _add(writer: Writer, step: Step, _: int) -> None:
    slug = SHARED[step.what % 2] if step.value % 2 else f"{writer.author}-{step.what}"
    what, given = ThingKind(step.verb), dict(ADDED[step.verb])
    if what is ThingKind.DEADLINE:
        given["concession"] = CONCESSIONS[step.value % 3]
    if what is ThingKind.SOURCE:
        given["title"] = f"Source {step.value}"
    declaring.add(writer, what, slug, given)


ADDED: dict[str, dict[str, Any]] = {
    "party": {"name": "Another party", "short": "Another"},
    "source": {"publisher": "USDA"},
    "concession": {
        **{"agreement": "busan-2025", "title": "Another promise", "sector": "farming"},
        **{"kind": "purchase", "instrument": "statement", "test": "It is bought."},
        **{"giver": ["cn"], "receiver": ["us"], "source": "article"},
    },
    "deadline": {
        **{"kind": "delivery", "label": "Delivery", "due_on": "2026-05-31"},
        **{"target": "12", "unit": "MMT", "source": "article"},
    },
}
RECORDING: dict[str, Callable[[Writer, Step, Circumstances], None]] = {
    **{"log": _log, "claim": _log, "measure": _measure, "flow": _measure, "move": _move},
    **{"say": _move, "close": _close, "note": _note, "check": _check},
}
CORRECTING: dict[str, Callable[[Writer, int, int], object]] = {
    "cite": lambda writer, entry, n: cite(writer, entry, [f"https://example.org/c{n}"]),
    "amend": lambda writer, entry, n: corrections.amend(
        writer, entry, {"note": f"Amended {n}"}, "Misread"
    ),
    "retract": lambda writer, entry, n: corrections.retract(writer, entry, f"Wrong {n}"),
    "undo": lambda writer, *_: corrections.undo(writer),
}
DECLARING: dict[str, Callable[[Writer, Step, int], None]] = {
    **dict.fromkeys(ADDED, _add),
    **{"change": _change, "withdraw": _withdraw},
}


def _chosen(writer: Writer, step: Step) -> int:
    """Return an entry: a common one, or one of the last."""
    last = count(writer.connection)
    return last - step.value if step.what % 2 else max(last - 7 * step.value - step.day, 1)


def prepared(path: Path) -> Path:
    """Make a book for two analysts to copy: deliveries, and a few words of both of them."""
    with book_at(path) as connection:

        def at(minute: int, author: str = "old") -> Writer:
            return Writer(connection, author, MADE_AT.date(), MADE_AT + timedelta(minutes=minute))

        with connection.writing():
            pairs = (("soy-delivery", "soybeans"), ("ore-delivery", "rare-earths"))
            for minute, (slug, concession) in enumerate(pairs):
                fields = ADDED["deadline"] | {"concession": concession}
                declaring.add(at(minute), ThingKind.DEADLINE, slug, fields)
            told = Circumstances(exactly(date(2026, 1, 5)), None, None, "Before they parted")
            recording.log(at(3, "li"), "soybeans", Stage.STARTED, told)
            counted = Measurement(Decimal(3), None, "USDA", Basis.SOLD)
            recording.measure(at(4, "chen"), "soy-delivery", counted, told)
            recording.note(
                at(5, "li"), "rare-earths", "Before they parted", told._replace(note=None)
            )
    return path


STEPS = st.builds(
    Step,
    st.sampled_from("ab"),
    st.sampled_from((*RECORDING, *CORRECTING, *DECLARING)),
    st.integers(0, 7),
    st.integers(0, 8),
    st.integers(0, 5),
)


def grown(base: Path, folder: Path, steps: Sequence[Step]) -> tuple[Path, Path]:
    """Return two copies of a book that diverged through the steps of their analysts."""
    paths = folder / "a.db", folder / "b.db"
    for path in paths:
        shutil.copy(base, path)
    desks = {side: Desk(path, side) for side, path in zip("ab", paths, strict=True)}
    for number, step in enumerate(steps, 1):
        desks[step.side].take(step, number)
    for desk in desks.values():
        desk.connection.close()
    return paths


@contextmanager
def writing(target: Path | Target, author: str = "li", minute: int = 0) -> Iterator[Writer]:
    """Hold a book's write lock some time after both analysts have stopped."""
    target = Target("sqlite", str(target)) if isinstance(target, Path) else target
    with closing(open_book(target)) as connection, connection.writing():
        now = MADE_AT + timedelta(days=20, minutes=minute)
        yield Writer(connection, author, now.date(), now)


def merged(into: Path | Target, other: Path | Target, minute: int = 0) -> Merged:
    """Merge one book into another, whatever disagrees."""
    other = Target("sqlite", str(other)) if isinstance(other, Path) else other
    with (
        closing(open_book(other)) as connection,
        otherbook.opened(connection) as book,
        writing(into, minute=minute) as writer,
    ):
        return merge(writer, book)


# --- what reports say -----------------------------------------------------------------------------

NUMBERS = {
    *("entry", "recorded_at", "batch", "refers_to", "retracted_by", "book", "known_by"),
    "number",
}
"""The keys under which two merged books may differ."""


def reports(path: Path) -> dict[str, Any]:
    """Return the JSON of every report of a book, without numbers, head and moments."""
    with Book.open(path, TODAY, "li") as book:
        asked: dict[str, Callable[[], Any]] = {
            "status": book.status,
            **{f"week {n}": lambda n=n: book.week(f"2026-W{n:02}") for n in (1, 2, 3, 4, 10)},
            "gains": lambda: book.gains(since="2026-01-02"),
            "history": book.history,
            "deadlines": book.deadlines,
            "pace": book.pace,
            "claims": book.claims,
            "diff": lambda: book.diff("2026-01-02", "2026-01-31"),
            "reliability": book.reliability,
            "sources": book.sources,
            "check": lambda: book.check(stale=1),
            **{
                f"show {slug}": lambda slug=slug: book.show(slug)
                for slug in (row["concession"] for row in book.status())
            },
        }
        return {name: _plain(ask().data) for name, ask in asked.items()}


def _plain(value: Any) -> Any:
    """Return a value whose lists are in an order of their own."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if name not in NUMBERS}
    if isinstance(value, (list, tuple)) and value and all(type(one) is int for one in value):
        return len(value)
    if isinstance(value, (list, tuple)):
        return sorted((_plain(one) for one in value), key=repr)
    return re.sub(r"#\d+", "#", value) if isinstance(value, str) else value


def live_keys(path: Path) -> list[tuple[str, str]]:
    """Return what counts in a book, with its author: the keys of its entries."""
    with book_at(path) as connection:
        rows = connection.text(
            "SELECT hex(e.key), b.author FROM entry AS e JOIN batch AS b ON b.id = e.batch"
            " WHERE e.kind NOT IN ('retraction', 'citation') AND NOT EXISTS ("
            " SELECT 1 FROM retracted AS r WHERE r.entry_id = e.id)"
        )
    return sorted((key, author) for key, author in rows)
