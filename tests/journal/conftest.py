"""Somebody who writes in the article's book, and somebody else."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.conftest import TODAY
from tracker.database import Connection
from tracker.journal.writer import Writer


@pytest.fixture
def write(connection: Connection, writer: Writer) -> Iterator[Writer]:
    """A writer under the write lock for the length of a test."""
    with connection.writing():
        yield writer


def by(writer: Writer, author: str) -> Writer:
    """Return another author in the same book."""
    return Writer(writer.connection, author, TODAY, datetime.now(UTC))
