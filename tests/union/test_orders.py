"""Three copies of a book go on through random histories, and meet in every order."""

import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.conftest import book_at
from tests.histories import Step, call, history, recorded
from tests.union.test_histories import LATER, NOON, plain
from tests.views import apart
from tracker import Book, settings
from tracker.database import Connection, Target, open_book
from tracker.errors import TrackerError
from tracker.journal.consistency import named_by
from tracker.record import Record, written_at
from tracker.soundness import findings

AUTHORS = ("li", "chen", "wang")
REPORTS = ("status", "gains", "pace", "deadlines", "claims")


def corrections(chance: random.Random, steps: list[Step], known: range) -> Iterator[list[str]]:
    """Yield commands that withdraw or correct something that all copies hold."""
    slugs = [word for step in steps for word in step.words[1:2] if not word.isdecimal()]
    number, slug = str(chance.choice(known)), chance.choice(slugs)
    if chance.random() < 0.04:
        yield ["retract", slug, "--reason", "Not in it", "--everything"]
    if chance.random() < 0.06:
        yield ["amend", number, "--note", f"As read again, {chance.randrange(9)}"]
    if chance.random() < 0.06:
        yield ["retract", number, "--reason", "It was misread"]


def grown(folder: Path, seed: int) -> list[Path]:
    """Return three copies of a book whose history goes on differently in each."""
    steps, chance = history(seed), random.Random(seed)
    parting = chance.randrange(1, len(steps) // 2)
    paths = [folder / f"{author}.db" for author in AUTHORS]
    with recorded(steps[:parting]) as connection:
        for path in paths:
            shutil.copy(connection.target.path, path)
    known = range(39, 40 + parting)
    for side, path in enumerate(paths):
        with closing(open_book(Target("sqlite", str(path)))) as connection:
            for second, step in enumerate(steps[parting:], parting):
                if second % len(AUTHORS) == side:
                    type_as(connection, step, second, AUTHORS[side])
                    continue
                for words in corrections(chance, steps[parting:], known):
                    type_as(connection, Step(step.day, words), second, AUTHORS[side])
    return paths


def type_as(connection: Connection, step: Step, second: int, author: str) -> None:
    """Type a command line as an author; it may be refused."""
    moment = datetime.combine(step.day, time(12), UTC) + timedelta(seconds=second)
    book = Book(today=step.day, author=author)
    book._kept = connection
    with patch.object(settings, "now", lambda: moment):
        try:
            call(book, *step.words)
        except TrackerError:
            return


def record_of(path: Path) -> Record:
    with book_at(path) as connection:
        return Record.read(connection)


def rows(path: Path) -> dict[str, Any]:
    """Return what the reports say, but for the numbers of entries."""
    book = Book(path, LATER, "li")
    return {name: plain(getattr(book, name)().data) for name in REPORTS}


def breaks(folder: Path, seed: int) -> list[str]:
    """Return what imports of three books into each other do not keep."""
    folder.mkdir()
    originals, at, broken = grown(folder, seed), NOON, list[str]()
    by_order, merged = {}, {}
    for order in permutations(range(len(AUTHORS))):
        path = folder / f"{''.join(map(str, order))}.db"
        shutil.copy(originals[order[0]], path)
        for other in order[1:]:
            at += timedelta(minutes=1)
            with patch.object(settings, "now", lambda at=at: at):
                Book(path, LATER, "li").import_(originals[other])
        broken += findings(Target("sqlite", str(path)))
        by_order[order], merged[order] = rows(path), path
    first, *others = by_order.items()
    for order, said in others:
        differing = [name for name in REPORTS if said[name] != first[1][name]]
        broken += [f"{order}: {name} differs from that of {first[0]}" for name in differing]
    records = [record_of(path) for path in originals]
    for order, path in merged.items():
        broken += [f"{order}: {wrong}" for wrong in misjudged(path, records)]
        with book_at(path) as connection:
            broken += [f"{order}: the views differ: {view}" for view in apart(connection)]
    return [f"{seed}: {wrong}" for wrong in broken]


def misjudged(path: Path, records: list[Record]) -> Iterator[str]:
    """Yield what counts though its author withdrew it, and disputes that are not as they are."""
    merged = record_of(path)
    counting = [entry for entry in merged.entries.values() if not entry.retracted_by]
    live = {said(merged, entry.entry) for entry in counting}
    used, withdrawn = set[str](), set[str]()
    for record in records:
        for number, by in record.retracted.items():
            entry, retraction = record.entries[number], record.entries[by]
            if entry.author == retraction.author and said(record, number) in live:
                yield f"#{number} of {entry.author} counts, who withdrew it"
        for number, row in record.rows.items():
            if record.counts(row) and number > 39 and said(record, number) in live:
                named = named_by(record, row) | {row.concession_id} - {None}
                used |= {record.slugs[thing] for thing in named}
        for declarations in record.declarations.values():
            if all(number in record.retracted for number in declarations):
                withdrawn.add(record.slugs[record.rows[declarations[-1]].subject_id])
    in_force = {merged.slugs[thing] for thing in merged.things_in_force}
    expected = (used & withdrawn) - in_force
    listed = {
        row["subject"]
        for row in Book(path, LATER, "li").check().rows
        if row["finding"] == "disputed" and "recorded (#" in row["message"]
    }
    if listed != expected:
        yield f"check lists {listed}, but withdrawn and used are {expected}"


def said(record: Record, number: int) -> tuple[Any, ...]:
    """Return what identifies an entry in all copies: who recorded it when, and what it says."""
    row = record.rows[number]
    batch = record.batches[row.batch]
    return written_at(batch), batch.author, row.key, row.origin or row.id


MORE = [
    pytest.param(range(1, 5), marks=pytest.mark.slow),
    pytest.param(range(5, 9), marks=pytest.mark.slow),
    pytest.param(range(9, 29), marks=pytest.mark.endurance),
]


@pytest.mark.parametrize("seeds", [range(1), *MORE])
def test_copies_that_meet_in_any_order_say_the_same(seeds: range, tmp_path: Path) -> None:
    """And what its author withdrew counts in none, and what is withdrawn and used is listed."""
    found = [breaks(tmp_path / str(seed), seed) for seed in seeds]
    assert [wrong for broken in found for wrong in broken] == []
