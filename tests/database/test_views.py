"""The views that other tools read: every entry in words, the readings that count, the versions."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PHASE_ONE, TODAY, fill
from tests.database import deliveries
from tests.recording import Circumstances, Measurement, close, log, measure, move, note, retract_all
from tests.server import Server
from tracker.database import Connection, Target, open_book
from tracker.dates import exactly, parse_period
from tracker.journal import verbs
from tracker.journal.corrections import retract, undo
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.vocabulary import Basis, EntryKind, Outcome, Stage, ThingKind

SEEDS = ["us-eu", str(PHASE_ONE)]
"""A shipped book with limits and a bloc, and one with two counters and moves."""
VIEWS = ["journal", "reading", "declared"]
ON = Circumstances(exactly(TODAY))


def update(connection: Connection, verb: Callable[..., Any], *arguments: Any) -> None:
    """Do something to the book, as a command of its own."""
    with connection.writing():
        verb(Writer(connection, "analyst", TODAY, datetime.now(UTC)), *arguments)


# --- journal ------------------------------------------------------------------------------------


def test_the_journal_names_what_each_entry_is_about(connection: Connection) -> None:
    deliveries.declare(connection)
    said = Circumstances(exactly(TODAY), says="us", source="article", note="On track")
    counted = Measurement(Decimal("8.5"), "MMT", "USDA", Basis.SOLD)
    update(connection, log, "soybeans", Stage.PARTIAL, said)
    update(connection, measure, deliveries.SLUG, counted, ON)
    update(connection, note, "truce-year", "Talks on a second year begin", ON)
    update(connection, note, "busan-2025", "One year on", ON)

    found = connection.text(
        "SELECT entry, kind, subject, agreement, concession, deadline, says, source FROM journal"
        " WHERE entry IN (1, 4) OR entry > 24 ORDER BY entry"
    )

    delivery = deliveries.SLUG
    assert found == [
        (1, "declaration", "us", None, None, None, None, None),
        (4, "declaration", "busan-2025", "busan-2025", None, None, None, None),
        (25, "declaration", delivery, "busan-2025", "soybeans", delivery, None, None),
        (26, "stage", "soybeans", "busan-2025", "soybeans", None, "us", "article"),
        (27, "reading", delivery, "busan-2025", "soybeans", delivery, None, None),
        (28, "note", "truce-year", "busan-2025", None, "truce-year", None, None),
        (29, "note", "busan-2025", "busan-2025", None, None, None, None),
    ]


def test_the_journal_says_who_recorded_an_entry_with_which_command(connection: Connection) -> None:
    update(connection, move, "truce-year", parse_period("2027-01"), None, ON)
    update(connection, close, "g20-2026", Outcome.CANCELLED, ON)

    found = connection.text(
        "SELECT entry, batch, command, author, due_on_precision, outcome, origin FROM journal"
        " WHERE entry >= 24 ORDER BY entry"
    )

    assert found == [
        (24, 1, "apply", "seed", None, None, None),
        (25, 2, "move", "analyst", "month", None, None),
        (26, 3, "close", "analyst", None, "cancelled", None),
    ]


def retracted_by(connection: Connection) -> dict[int, int]:
    """Return which entry retracted which, by the journal."""
    rows = connection.text("SELECT entry, retracted_by FROM journal WHERE retracted_by > 0")
    return dict(rows)


def test_the_journal_says_what_took_an_entry_back_until_that_is_undone(
    connection: Connection,
) -> None:
    update(connection, log, "soybeans", Stage.MET, ON)
    assert retracted_by(connection) == {}

    update(connection, retract, 25, "Misread")
    assert retracted_by(connection) == {25: 26}

    update(connection, undo)
    assert retracted_by(connection) == {26: 27}


def test_an_entry_on_what_was_withdrawn_still_says_what_it_is_about(
    connection: Connection,
) -> None:
    update(connection, retract_all, "china-visit-2026", "The visit is off")

    found = connection.text(
        "SELECT entry, kind, agreement, deadline, retracted_by FROM journal"
        " WHERE subject = 'china-visit-2026' ORDER BY entry"
    )

    named = ("busan-2025", "china-visit-2026")
    assert found == [
        (6, "declaration", *named, 25),
        (24, "note", *named, 26),
        (25, "retraction", *named, None),
        (26, "retraction", *named, None),
    ]


# --- readings -----------------------------------------------------------------------------------


def test_a_reading_is_listed_while_it_counts(connection: Connection) -> None:
    deliveries.declare(connection)
    for who, value in (("USDA", "8.5"), ("GACC", "0")):
        counted = Measurement(Decimal(value), "MMT", who, Basis.SOLD)
        update(connection, measure, deliveries.SLUG, counted, ON)
    listed = "SELECT counted_by, value, deadline, concession, agreement FROM reading ORDER BY entry"
    about = (deliveries.SLUG, "soybeans", "busan-2025")

    update(connection, retract, 26, "Misread")
    retracted = [(who, Decimal(value), *named) for who, value, *named in connection.text(listed)]
    update(connection, undo)
    again = [(who, Decimal(value), *named) for who, value, *named in connection.text(listed)]

    assert retracted == [("GACC", Decimal(0), *about)]
    assert again == [("USDA", Decimal("8.5"), *about), *retracted]


# --- what is declared ---------------------------------------------------------------------------


def versions(connection: Connection, slug: str) -> list[tuple[Any, ...]]:
    """Return the versions of a thing: entry, title, reason, what took it back, in force."""
    rows = connection.text(
        "SELECT entry, title, reason, retracted_by, in_force FROM declared"
        f" WHERE slug = '{slug}' ORDER BY entry"
    )
    return [(*row, bool(in_force)) for *row, in_force in rows]


TIKTOK = "Let TikTok's US business be sold"


def test_the_version_in_force_is_the_last_one_that_was_not_taken_back(
    connection: Connection,
) -> None:
    ((_, first, *_),) = versions(connection, "tiktok")
    change = ("tiktok", {"title": TIKTOK}, "As the joint text has it")
    reason = change[-1]

    update(connection, verbs.change, *change)
    assert versions(connection, "tiktok") == [
        (12, first, None, None, False),
        (25, TIKTOK, reason, None, True),
    ]

    update(connection, retract, 25, "It does not")
    assert versions(connection, "tiktok") == [
        (12, first, None, None, True),
        (25, TIKTOK, reason, 26, False),
    ]

    update(connection, undo)
    assert versions(connection, "tiktok")[1] == (25, TIKTOK, reason, None, True)


def test_what_was_withdrawn_has_no_version_in_force_until_it_is_declared_again(
    connection: Connection,
) -> None:
    update(connection, retract_all, "g20-2026", "Not part of the deal")
    assert versions(connection, "g20-2026") == [(8, "US hosts the Group of 20", None, 25, False)]

    again = {
        **{"agreement": "busan-2025", "kind": "meeting", "label": "G20 in Miami"},
        **{"due_on": "2026-12-14", "source": "article"},
    }
    update(connection, verbs.add, ThingKind.DEADLINE, "g20-2026", again)

    assert versions(connection, "g20-2026")[1] == (26, "G20 in Miami", None, None, True)


# --- whole books --------------------------------------------------------------------------------


@pytest.fixture(params=SEEDS)
def seeded(
    request: pytest.FixtureRequest, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Connection]:
    """A book of each seed, and of an agreement that is not shipped."""
    if database == "sqlite":
        target = Target("sqlite", str(tmp_path_factory.mktemp("seeded") / "truce.db"))
    else:
        server: Server = request.getfixturevalue("server")
        target = Target.parse(server.url(server.create()))
    connection = open_book(fill(target, request.param))
    yield connection
    connection.close()


def test_the_views_hold_what_the_program_reads(seeded: Connection) -> None:
    record = Record.read(seeded)
    entries = record.entries.values()
    readings = [one.entry for one in entries if one.kind is EntryKind.READING]
    declared = {
        "party": record.parties,
        "source": [one.key for one in record.sources.values()],
        "agreement": record.agreements,
        "concession": record.concessions,
        "deadline": record.deadlines,
    }

    assert seeded.text("SELECT COUNT(*) FROM journal") == [(record.last.entries,)]
    assert seeded.text("SELECT entry FROM reading ORDER BY entry") == [(one,) for one in readings]
    assert {*seeded.text("SELECT what, slug FROM declared WHERE in_force")} == {
        (what, slug) for what, things in declared.items() for slug in things
    }


def test_the_documented_columns_are_those_of_the_views(connection: Connection) -> None:
    page = (Path(__file__).parents[2] / "docs" / "python.md").read_text("utf-8")
    documented = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| `([^`]*)`", page, re.MULTILINE))

    assert list(documented) == VIEWS
    for view, columns in documented.items():
        cursor = connection.driver.execute(f"SELECT * FROM {view}")
        assert columns.replace('"', "").split(", ") == [one[0] for one in cursor.description]
