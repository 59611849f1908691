"""A delivery for the article's soybeans, which the article itself does not name."""

from datetime import UTC, datetime

from tests.conftest import TODAY
from tracker.database import Connection
from tracker.journal import verbs
from tracker.journal.writer import Writer
from tracker.vocabulary import ThingKind

SLUG = "soybeans-2025"


def declare(connection: Connection, **fields: str) -> None:
    """Declare a delivery, by default of 12 MMT by the end of 2025."""
    whole = {
        "concession": "soybeans",
        "kind": "delivery",
        "label": "12 MMT in 2025",
        "opens_on": "2025-11-01",
        "due_on": "2025-12-31",
        "target": "12",
        "unit": "MMT",
        "source": "article",
    }
    with connection.writing():
        writer = Writer(connection, "analyst", TODAY, datetime.now(UTC))
        verbs.add(writer, ThingKind.DEADLINE, SLUG, whole | fields)
