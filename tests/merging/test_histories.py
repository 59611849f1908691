"""Two copies of a book that diverged through random histories and are merged in either order."""

import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import fill
from tests.merging import walks
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
from tests.recording import retract_all
from tracker.book import Book
from tracker.database import Target
from tracker.interchange.disagreement import CORRECTION
from tracker.interchange.merging import Merged
from tracker.journal import corrections
from tracker.soundness import findings

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
            return
        for path in (ab, ba):
            assert findings(Target("sqlite", str(path)), NOW) == []
        assert not merged(ab, b, minute=1).entries
        if not (there.disagreements or there.left_out or back.left_out):
            assert live_keys(ab) == live_keys(ba)
            assert reports_of(ab) == reports_of(ba)
        undone_and_done_again(a, b, ab, folder)
        by_way_of_a_third(base, folder)


def on_what(found: Merged) -> list[tuple[str, str, str]]:
    """Return what two books disagree on; words about one thing can differ on several days.

    Corrections are left out: several of one thing can differ, and each book gives its own words.
    """
    return sorted(
        (one.what, one.subject, "" if one.conflicts else one.ours.partition(" on ")[2][:10])
        for one in found.disagreements
        if one.what != CORRECTION
    )


def undone_and_done_again(a: Path, b: Path, ab: Path, folder: Path) -> None:
    """Undoing a merge restores the previous state, and the other book can be merged again.

    If nothing that counts came, there is no merge to undo.
    """
    path = Path(shutil.copy(a, folder / "undone.db"))
    merged(path, b)
    if live_keys(path) == live_keys(a):
        return
    with writing(path, minute=1) as writer:
        corrections.undo(writer)
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


@settings(max_examples=4, derandomize=True, suppress_health_check=[*HealthCheck])
@given(steps=HISTORIES)
def test_books_that_grew_apart_meet_in_either_order(base: Path, steps: list[Step]) -> None:
    meet_in_either_order(base, steps)


@pytest.mark.slow
@settings(max_examples=12, derandomize=True, suppress_health_check=[*HealthCheck])
@given(steps=HISTORIES)
def test_a_dozen_pairs_of_books_meet_in_either_order(base: Path, steps: list[Step]) -> None:
    meet_in_either_order(base, steps)


def test_a_week_names_what_the_undo_of_a_merge_took_back_again(base: Path, tmp_path: Path) -> None:
    a, b = (Path(shutil.copy(base, tmp_path / f"{side}.db")) for side in "ab")
    with writing(b, "chen") as writer:
        retract_all(writer, "tiktok", "It was never promised")
    merged(a, b, minute=1)
    with writing(b, "chen", minute=2) as writer:
        corrections.undo(writer)
    merged(a, b, minute=3)
    with writing(a, minute=14 * 24 * 60) as writer:
        corrections.undo(writer)

    week = Book(a, date(2026, 2, 13), "li").week("2026-W07")

    assert {row["subject"] for row in week.data["corrections"]} == {"tiktok"}
    assert "\nCorrections\n" in str(week)


def walked(folder: Path, seeds: Iterable[int]) -> list[str]:
    """Return how some walks break what a merge promises."""
    books = walks.books_in(folder)
    found = ((seed, walks.breaks(*books, walks.steps_of(seed))) for seed in seeds)
    return [f"{seed}: {promise}" for seed, promise in found if promise]


def test_walks_keep_what_a_merge_promises(tmp_path: Path) -> None:
    # In the last one, a slug names a deadline of what one withdrew, and a concession of the other.
    assert walked(tmp_path, [*range(10), 1_039]) == []


@pytest.mark.slow
def test_a_hundred_walks_keep_what_a_merge_promises(tmp_path: Path) -> None:
    assert walked(tmp_path, range(1_000, 1_100)) == []


@pytest.mark.endurance
@settings(max_examples=1_000, suppress_health_check=[*HealthCheck])
@given(steps=HISTORIES)
def test_a_thousand_pairs_of_books_meet_in_either_order(base: Path, steps: list[Step]) -> None:
    meet_in_either_order(base, steps)
