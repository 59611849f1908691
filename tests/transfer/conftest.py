"""A truce with deliveries, and files of updates on it."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import TODAY, Run, new_book
from tracker.database import Target
from tracker.interchange import applying
from tracker.journal.writer import Writer

SEED = Path(__file__).parent / "busan.toml"

Written = Callable[[str | bytes], Path]


@pytest.fixture(scope="session")
def busan_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("templates") / "busan.db"
    with new_book(path) as connection:
        writer = Writer(connection, "desk", TODAY, datetime(2025, 12, 1, 9, 30, tzinfo=UTC))
        applying.apply(writer, applying.load([SEED]))
    return path


@pytest.fixture
def book(busan_template: Path, tmp_path: Path) -> Path:
    """The truce with its soybean deliveries, in place of the article's."""
    return Path(shutil.copy(busan_template, tmp_path / "truce.db"))


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write a file of updates; JSONL where it begins with a brace."""

    def write(content: str | bytes) -> Path:
        held = content if isinstance(content, bytes) else content.encode()
        path = tmp_path / f"updates.{'jsonl' if held.startswith(b'{') else 'csv'}"
        path.write_bytes(held)
        return path

    return write


@pytest.fixture
def target(book: Path) -> Target:
    """The truce with its soybean deliveries; on a server it is restored from an export."""
    return Target("sqlite", str(book))


@pytest.fixture
def dump(tracker: Run, tmp_path: Path) -> Path:
    """A book with some history, exported."""
    tracker("log", "soybeans", "partial", "-m", "8.5 MMT under contract", "--says", "us")
    tracker("measure", "soybeans-2025", "8.50", "--by", "USDA", "--basis", "sold")
    tracker("move", "soybeans-2025", "2026-02", "--source", "https://example.org/a")
    tracker("amend", "15", "--value", "8.25")
    path = tmp_path / "truce.jsonl"
    assert tracker("export", path).code == 0
    return path
