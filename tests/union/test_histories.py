"""Two copies of a book go on through random histories, and each is imported into the other."""

import random
import shutil
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.histories import history, recorded, type_in
from tracker import Book, settings
from tracker.database import Target, open_book
from tracker.interchange.union import STATED
from tracker.soundness import findings

NOON = datetime(2027, 6, 1, 12, tzinfo=UTC)
LATER = date(2027, 6, 1)
"""A day after every history."""


def grown(folder: Path, seed: int) -> tuple[Path, Path]:
    """Return two copies of a book whose history goes on differently in each."""
    steps, paths = history(seed), (folder / "li.db", folder / "chen.db")
    parting = random.Random(seed).randrange(len(steps) // 2)
    with recorded(steps[:parting]) as connection:
        for path in paths:
            shutil.copy(connection.target.path, path)
    for side, path in enumerate(paths):
        with closing(open_book(Target("sqlite", str(path)))) as connection:
            for second, step in enumerate(steps[parting:], parting):
                if second % 2 == side:
                    type_in(connection, step, second)
    return paths


class Desk:
    """One analyst at one book, a minute later each time."""

    def __init__(self, path: Path, author: str, patch: pytest.MonkeyPatch) -> None:
        self.path, self.author, self.patch = path, author, patch
        self.at = settings.now()

    @property
    def book(self) -> Book:
        """The book, at a moment of its own."""
        self.at += timedelta(minutes=1)
        self.patch.setattr(settings, "now", lambda: self.at)
        return Book(self.path, LATER, self.author)

    def take(self, other: Path) -> dict[str, Any]:
        """Import another book."""
        return self.book.import_(other).data

    def rows(self) -> list[Any]:
        """Return what `status` and `gains` say, but for the numbers of entries."""
        return [plain(report().data) for report in (self.book.status, self.book.gains)]


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items() if name not in NUMBERS}
    return [*map(plain, value)] if isinstance(value, list | tuple) else value


NUMBERS = {"entry", "recorded_at", "batch", "book", "known_by", "number", "decided_by"}


def breaks(folder: Path, seed: int, patch: pytest.MonkeyPatch) -> list[str]:
    """Return what imports of two books into each other do not keep."""
    folder.mkdir()
    patch.setattr(settings, "now", lambda: NOON)
    a, b = grown(folder, seed)
    ab, ba = (Path(shutil.copy(one, folder / f"with-{one.name}")) for one in (a, b))
    li, chen = Desk(ab, "li", patch), Desk(ba, "chen", patch)
    before, broken = li.rows(), []
    there, back = li.take(b), chen.take(a)
    after = li.rows()
    if agree(there, back) and after != chen.rows():
        broken.append("the order matters")
    if li.take(b)["recorded"] or (agree(there, back) and li.take(ba)["recorded"]):
        broken.append("twice adds something")
    for desk in (li, chen):
        broken += findings(Target("sqlite", str(desk.path)))
    if there["recorded"]:
        li.book.undo()
        if li.rows() != before:
            broken.append("an undone import leaves something behind")
        li.take(b)
        if li.rows() != after:
            broken.append("it does not come again")
    return [f"{seed}: {one}" for one in broken]


def agree(*receipts: Mapping[str, Any]) -> bool:
    """Return whether nothing is in dispute, and nothing left out but what is here."""
    left_out = {reason for one in receipts for reason in one["omitted"]}
    return not any(one["disputes"] for one in receipts) and left_out <= {STATED}


MORE = [
    pytest.param(range(1, 8), marks=pytest.mark.slow),
    pytest.param(range(8, 15), marks=pytest.mark.slow),
    pytest.param(range(15, 41), marks=pytest.mark.endurance),
]


@pytest.mark.parametrize("seeds", [range(1), *MORE])
def test_copies_that_grew_apart_meet(
    seeds: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing disagrees, both orders give the same rows."""
    found = [breaks(tmp_path / str(seed), seed, monkeypatch) for seed in seeds]
    assert [one for broken in found for one in broken] == []
