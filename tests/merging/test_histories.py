"""Two copies of a book that diverged through random histories and are merged in either order."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import fill
from tests.merging.histories import (
    MADE_AT,
    STEPS,
    Step,
    grown,
    live_keys,
    merged,
    prepared,
    writing,
)
from tests.merging.histories import reports as reports_of
from tracker import journal
from tracker.database import Target
from tracker.interchange.merging import Merged
from tracker.soundness import findings
from tracker.vocabulary import Kept

HISTORIES = st.lists(STEPS, min_size=2, max_size=16)
NOW = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("histories") / "base.db"
    fill(Target("sqlite", str(path)), "article", MADE_AT - timedelta(days=1))
    return prepared(path)


def meet_in_either_order(base: Path, steps: Sequence[Step]) -> None:
    """Merge two books both ways, and check both outcomes against what a merge promises."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        a, b = grown(base, folder, steps)
        ab, ba = (Path(shutil.copy(a, folder / "ab.db")), Path(shutil.copy(b, folder / "ba.db")))
        there, back = merged(ab, b), merged(ba, a)

        assert on_what(there) == on_what(back)
        assert len(set(on_what(there))) == len(on_what(there))
        if any(one.conflicts for one in there.disagreements):
            settled(a, b, folder)
            return
        for path in (ab, ba):
            assert findings(Target("sqlite", str(path)), NOW) == []
        assert not merged(ab, b, minute=1).entries
        if not (there.disagreements or there.left_out or back.left_out):
            assert live_keys(ab) == live_keys(ba)
            assert reports_of(ab) == reports_of(ba)
        undone_and_done_again(a, b, ab, folder)
        by_way_of_a_third(base, folder)


def on_what(found: Merged) -> list[tuple[str, str]]:
    return sorted((one.what, one.subject) for one in found.disagreements)


def settled(a: Path, b: Path, folder: Path) -> None:
    """Either side can be kept, and the merged book is sound."""
    for keep in Kept:
        path = Path(shutil.copy(a, folder / f"{keep}.db"))

        found = merged(path, b, keep)

        assert not [one for one in found.disagreements if one.conflicts]
        assert {one.kept for one in found.disagreements} >= {keep.value}
        assert findings(Target("sqlite", str(path)), NOW) == []
        assert reports_of(path)
        assert not merged(path, b, keep, minute=1).entries


def undone_and_done_again(a: Path, b: Path, ab: Path, folder: Path) -> None:
    """Undoing a merge restores the previous state, and the other book can be merged again.

    If nothing that counts came, there is no merge to undo.
    """
    path = Path(shutil.copy(a, folder / "undone.db"))
    merged(path, b)
    if live_keys(path) == live_keys(a):
        return
    with writing(path, minute=1) as writer:
        journal.undo(writer)
    assert live_keys(path) == live_keys(a)
    merged(path, b, minute=2)
    assert live_keys(path) == live_keys(ab)


def by_way_of_a_third(base: Path, folder: Path) -> None:
    """A third book that merged one of two merged books lacks nothing of the other."""
    third = Path(shutil.copy(base, folder / "third.db"))
    merged(third, folder / "ab.db")
    for minute, name in enumerate(("b.db", "ba.db", "a.db"), 1):
        assert not merged(third, folder / name, minute=minute).entries
    assert live_keys(third) == live_keys(folder / "ab.db")


@settings(max_examples=5, derandomize=True, suppress_health_check=[*HealthCheck])
@given(steps=HISTORIES)
def test_books_that_grew_apart_meet_in_either_order(base: Path, steps: list[Step]) -> None:
    meet_in_either_order(base, steps)


@pytest.mark.slow
@settings(max_examples=100, derandomize=True, suppress_health_check=[*HealthCheck])
@given(steps=HISTORIES)
def test_a_hundred_pairs_of_books_meet_in_either_order(base: Path, steps: list[Step]) -> None:
    meet_in_either_order(base, steps)


@pytest.mark.endurance
@settings(max_examples=1_000, suppress_health_check=[*HealthCheck])
@given(steps=HISTORIES)
def test_a_thousand_pairs_of_books_meet_in_either_order(base: Path, steps: list[Step]) -> None:
    meet_in_either_order(base, steps)
