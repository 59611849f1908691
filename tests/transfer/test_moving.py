"""A book moves from one database to the other and back."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.transfer.conftest import Written
from tracker.database import Target


def test_a_book_moves_to_a_server_and_back_to_the_byte(
    tracker: Run, written: Written, empty_database: Target, tmp_path: Path
) -> None:
    first, again, back = tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "back.db"
    assert (
        tracker(
            "import", written("concession,stage,effective_on\nsoybeans,partial,2026-01-07\n")
        ).code
        == 0
    )
    tracker("export", first)

    on_server = tracker("init", first, db=empty_database.address)
    tracker("export", again, db=empty_database.address)

    assert on_server.code == 0, on_server.err
    assert again.read_bytes() == first.read_bytes()
    assert tracker("db", "verify", db=empty_database.address).code == 0
    assert tracker("init", again, db=back).code == 0
    assert tracker("week", "2026-W02", db=back).out == tracker("week", "2026-W02").out


def test_updates_are_imported_on_a_server_too(
    tracker: Run, written: Written, empty_database: Target
) -> None:
    server = empty_database.address
    assert tracker("init", "article", db=server).code == 0
    rows = "".join(f"soybeans,2026-01-0{day},Cargo {day} left\n" for day in range(1, 8))
    updates = written(f"concession,effective_on,note\n{rows}")

    once, twice = (tracker("import", updates, db=server) for _ in range(2))

    assert once.out.startswith("7 entries written")
    assert twice.out == "0 entries written; 7 were there already.\n"
    assert tracker("db", "verify", db=server).code == 0


pytestmark = pytest.mark.on("sqlite")
