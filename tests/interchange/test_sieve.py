"""Keys that the book surely lacks are not asked for."""

import json
from hashlib import blake2b
from pathlib import Path

import pytest

from tests.conftest import Run
from tracker.database import Connection
from tracker.interchange import importing, intake
from tracker.interchange.intake import Sieve
from tracker.journal.writer import Writer


def keys_of(*texts: object) -> list[bytes]:
    return [blake2b(str(text).encode(), digest_size=16).digest() for text in texts]


def test_what_was_added_is_never_missed_and_little_else_is_kept(connection: Connection) -> None:
    sieve = Sieve(connection)
    held = [bytes(key) for (key,) in connection.rows("keys")]
    added, others = keys_of(*range(50_000)), keys_of(*range(50_000, 100_000))

    sieve.add(added)

    assert [*sieve.possible(held)] == held
    assert [*sieve.possible(added)] == added
    assert len([*sieve.possible(others)]) < 500  # 50,000 of 8,388,608 marks


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many keys the book was asked for, chunk by chunk, where many lines are five."""
    monkeypatch.setattr(intake, "MANY", 5)
    monkeypatch.setattr(importing, "CHUNK", 5)
    counts: list[int] = []
    held = Writer.held

    def counting(writer: Writer, keys: object) -> object:
        counts.append(len(keys := [*keys]))  # type: ignore[call-overload]
        return held(writer, keys)

    monkeypatch.setattr(Writer, "held", counting)
    return counts


def notes(*texts: str) -> str:
    lines = [f"tiktok,2026-01-05,note,{text}\n" for text in texts]
    return "concession,effective_on,kind,note\n" + "".join(lines)


def test_long_files_ask_only_for_what_may_be_known(
    tracker: Run, tmp_path: Path, asked: list[int]
) -> None:
    file = tmp_path / "notes.csv"
    texts = [f"Note {number}" for number in range(60)]
    file.write_text(notes(*texts, texts[3], texts[57], texts[3]))

    first = tracker("import", file)
    asked_first, asked[:] = [*asked], []
    second = tracker("import", file)

    assert first.out.startswith("63 entries written")
    # As many as the book has entries; then nothing but what came twice.
    assert asked_first == [5, 5, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0, 3]
    lines = map(json.loads, tracker("export").out.splitlines())
    assert [line["nth"] for line in lines if line.get("note") == "Note 3"] == [1, 2, 3]
    assert second.out.startswith("0 entries written; 63 were there already")
    assert sum(asked) == 63
