"""A book moves from one database to the other and back."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.transfer.conftest import Written
from tracker.database import Target

WHY = ["--reason", "As the text has it"]
HAPPENED: list[list[str]] = [
    ["log", "soybeans", "partial", "--says", "cn", "--source", "trade-press", "-m", "大豆 8 MMT"],
    ["measure", "soybeans-2025", "8.50", "--by", "USDA", "--basis", "sold", "--flow"],
    ["note", "soybeans", "x", "--source", "fact-sheet", "--source", "https://example.org/a?b=%25"],
    ["move", "soybeans-2025", "2026-02", "--target", "10.0"],
    ["amend", "15", "--value", "8.250", "--reason", "Misread"],
    ["change", "soybeans-2025", "--opens", "2025-11-02", "--reason", "Its first full day"],
    ["change", "soybeans", "--giver", "us", "--receiver", "cn", "--reason", "The wrong way round"],
    ["add", "party", "eu", "--name", "European Union", "--short", "EU"],
    ["retract", "rare-earth-licences", "--everything", "--reason", "The readout has no day"],
    ["undo"],
    ["add", "party", "eu-firms", "--name", "Firms", "--short", "Firms", "--part-of", "eu"],
    ["change", "soybeans", "--hold", "--quote", "shall ensure", "--promised", "2025-11", *WHY],
    ["change", "soybeans-2026", "--base", "22.50", *WHY],
    ["change", "soybeans-2025", "--bound", "at-most", "--target", "0", *WHY],
    [*("add", "deadline", "beef", "--concession", "soybeans", "--kind", "delivery"),
        *("--label", "Beef", "--awaits", "plants are listed", "--source", "fact-sheet")],
    ["move", "beef", "2026-06", "--says", "us"],
    ["log", "fentanyl-tariff", "partial", "--on", "2025-12", "--public", "2026-01-05"],
    ["amend", "16", "--add-source", "https://example.org/b"],
    ["change", "rare-earths", "--term", "open", *WHY],
    ["note", "busan-truce", "Beijing buys again", "--headline"],
    ["checked", "soybeans"],
]  # fmt: skip


@pytest.mark.slow
def test_a_book_moves_to_a_server_and_back_to_the_byte(
    tracker: Run, empty_database: Target, tmp_path: Path
) -> None:
    server, back = empty_database.address, tmp_path / "back.db"
    for command in HAPPENED:
        assert tracker(*command).code == 0
    tracker("export", first := tmp_path / "first.jsonl")

    moved = tracker("init", first, db=server)
    tracker("export", second := tmp_path / "second.jsonl", db=server)
    returned = tracker("init", second, db=back)
    tracker("export", third := tmp_path / "third.jsonl", db=back)

    assert (moved.code, moved.err, returned.code) == (0, "", 0)
    assert second.read_bytes() == first.read_bytes()
    assert third.read_bytes() == first.read_bytes()
    heads = [tracker("db", "check", db=db).out.split(": ")[1] for db in (None, server, back)]
    assert heads == [heads[0]] * 3
    for report in (["week", "2026-W02"], ["history", "--all"], ["show", "soybeans"]):
        assert tracker(*report, db=back).out == tracker(*report).out
        assert tracker(*report, db=server).out == tracker(*report).out


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
    assert tracker("db", "check", db=server).code == 0


pytestmark = pytest.mark.on("sqlite")
