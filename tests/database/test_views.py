"""The views that other tools read: entries in words, what counts of them, promises and days."""

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
from tests.views import apart
from tracker import Book, models
from tracker.database import Connection, Target, open_book
from tracker.dates import exactly, parse_period
from tracker.journal import verbs
from tracker.journal.corrections import retract, undo
from tracker.journal.writer import Writer
from tracker.vocabulary import Basis, Outcome, Stage, ThingKind

SEEDS = ["us-eu", str(PHASE_ONE)]
"""A shipped book with limits and a bloc, and one with two counters and moves."""
VIEWS = ["promise", "due", "journal", "reading", "declared"]
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


@pytest.mark.parametrize(
    ("codes", "statuses"),
    [
        (
            "negotiating announced started partial met stalled",
            "negotiating promised started partly kept stalled",
        ),
        ("missed broken reversed lapsed moot", "missed broken broken missed overtaken"),
        ("met lapsed", "kept kept"),
        ("met partial lapsed", "kept partly partly"),
        ("lapsed met", "missed kept"),
    ],
)
def test_a_status_is_the_word_as_it_was_logged(
    connection: Connection, codes: str, statuses: str
) -> None:
    """Version 0.3 logged `lapsed`, which meant what the last word before it leaves open."""
    for day, code in enumerate(codes.split(), start=1):
        said = Circumstances(parse_period(f"2025-11-{day:02}"), says="us", source="article")
        update(connection, log, "soybeans", Stage(code), said)

    found = connection.text("SELECT stage, status FROM journal WHERE entry > 24 ORDER BY entry")

    assert found == [*zip(codes.split(), statuses.split(), strict=True)]
    assert apart(connection) == {}


def test_what_lapsed_means_is_up_to_the_last_verdict_that_counts(connection: Connection) -> None:
    """Not to what a party says, what was retracted, or what happened later."""
    for day, code, says in (
        (1, Stage.PARTIAL, None),
        (2, Stage.MET, None),
        (3, Stage.STARTED, "us"),
        (9, Stage.STALLED, None),
        (4, Stage.LAPSED, None),
    ):
        said = Circumstances(parse_period(f"2025-11-0{day}"), says, "article")
        update(connection, log, "soybeans", code, said)
    lapsed = "SELECT status FROM journal WHERE stage = 'lapsed'"

    assert connection.text(lapsed) == [("kept",)]
    update(connection, retract, 26, "Misread")
    assert connection.text(lapsed) == [("partly",)]
    assert apart(connection) == {}


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


# --- promises and days --------------------------------------------------------------------------


def test_a_promise_names_its_parties_and_its_day(connection: Connection) -> None:
    fields = {"giver": ["us", "cn"], "promised_on": "2025-11"}
    update(connection, verbs.change, "tiktok", fields, "As the joint text has it")

    found = connection.text(
        "SELECT concession, agreement, givers, receivers, sector, kind, instrument,"
        " CAST(promised_on AS VARCHAR(10)), promised_on_precision, entry FROM promise"
        " WHERE concession IN ('tiktok', 'soybeans') ORDER BY concession"
    )

    purchase = ("agriculture", "purchase", "statement", "2025-10-31", "month")
    sale = ("digital", "investment", "proposal", "2025-11-30", "month")
    assert found == [
        ("soybeans", "busan-2025", "cn", "us", *purchase, 9),
        ("tiktok", "busan-2025", "us, cn", "us", *sale, 25),
    ]


def test_a_promise_whose_party_was_withdrawn_is_not_listed(connection: Connection) -> None:
    assert connection.text("SELECT COUNT(*) FROM promise") == [(4,)]

    imported(connection, 25, entry(25, "retraction", refers_to="1"))

    assert connection.text("SELECT COUNT(*) FROM promise") == [(0,)]
    assert apart(connection) == {}


def moved(connection: Connection, slug: str = deliveries.SLUG) -> tuple[str | int | None, ...]:
    """Return a deadline as your own last move left it: its days as text, its target, the move."""
    days = ", ".join(f"CAST({day} AS VARCHAR(10))" for day in ("moved_opens_on", "moved_due_on"))
    target = "CAST(moved_target AS VARCHAR(9))"
    query = f"SELECT {days}, moved_due_on_precision, {target}, move FROM due"
    (found,) = connection.text(f"{query} WHERE deadline = '{slug}'")
    return found


def test_a_day_and_a_target_are_those_of_your_own_last_move(connection: Connection) -> None:
    """The last by its day; a party's word is none, and a move without a target leaves it."""
    deliveries.declare(connection)
    slug = deliveries.SLUG
    assert moved(connection) == (None, None, None, None, None)

    update(connection, move, slug, parse_period("2026-03"), Decimal(15), ON)
    before = Circumstances(parse_period("2026-01-02"))
    update(connection, move, slug, parse_period("2026-02-10"), Decimal(20), before)
    says = Circumstances(exactly(TODAY), says="us", source="article")
    update(connection, move, slug, parse_period("2026-06-30"), Decimal(30), says)
    assert moved(connection) == (None, "2026-03-31", "month", "15", 26)

    update(connection, move, slug, parse_period("2026-04-30"), None, ON)
    assert moved(connection) == (None, "2026-04-30", "day", "15", 29)
    update(connection, retract, 26, "Misread")
    assert moved(connection) == (None, "2026-04-30", "day", "20", 29)
    assert apart(connection) == {}


def test_of_two_moves_on_a_day_the_one_that_was_public_later_is_the_last(
    connection: Connection,
) -> None:
    deliveries.declare(connection)
    slug = deliveries.SLUG
    day = Circumstances(parse_period("2025-12-01"))
    article = day._replace(source="article")  # of 30 December
    update(connection, move, slug, parse_period("2026-03-31"), None, article)
    update(connection, move, slug, parse_period("2026-04-30"), None, day)

    assert moved(connection) == (None, "2026-03-31", "day", None, 26)
    assert apart(connection) == {}


def test_a_limit_that_waits_for_its_first_day_is_moved_to_one(connection: Connection) -> None:
    limit = {
        **{"concession": "soybeans", "kind": "delivery", "label": "No more than 12 MMT"},
        **{"bound": "at-most", "target": "12", "unit": "MMT", "due_on": "2026-12-31"},
        **{"awaits": "the vote", "source": "article"},
    }
    update(connection, verbs.add, ThingKind.DEADLINE, deliveries.SLUG, limit)

    update(connection, move, deliveries.SLUG, parse_period("2026-02"), None, ON)

    assert moved(connection) == ("2026-02-01", None, None, None, 26)
    assert apart(connection) == {}


# --- books that hold imports --------------------------------------------------------------------


def entry(number: int, kind: str, refers_to: str = "NULL") -> str:
    """Return the statement that adds an entry about what the first one declares."""
    first = "(SELECT {} FROM entry WHERE id = 1)".format
    values = {
        **{"id": number, "kind": f"'{kind}'", "refers_to": refers_to, "nth": 2, "origin": 2},
        **{name: first(name) for name in ("subject_id", "effective_on", "key", "digest")},
        "batch": "(SELECT MAX(id) + 1 FROM batch)",
    }
    return (
        f"INSERT INTO entry ({', '.join(values)}) VALUES ({', '.join(map(str, values.values()))})"
    )


def imported(connection: Connection, number: int, *statements: str) -> None:
    """Add rows as an import of 0.3 did, which settled nothing: they were recorded long before."""
    seal = "(SELECT seal FROM batch WHERE id = 1)"
    origin = "'x', '2025-12-01T09:00:00.000000Z', 'ana'"
    values = f"'import', 'bo', (SELECT recorded_at FROM batch WHERE id = 1), 0, {number}, {origin}"
    with connection.writing():
        for statement in statements:
            connection.text(statement)
        columns = (
            "command, author, recorded_at, utc_offset, first_entry, origin, origin_at, merged_by"
        )
        number = "(SELECT MAX(id) + 1 FROM batch)"
        connection.text(
            f"INSERT INTO batch (id, {columns}, seal) VALUES ({number}, {values}, {seal})"
        )


def test_a_version_that_was_recorded_before_is_not_in_force_though_it_came_later(
    connection: Connection,
) -> None:
    update(connection, verbs.change, "us", {"short": "America"}, "As others say")
    imported(
        connection,
        26,
        entry(26, "declaration"),
        "INSERT INTO party (entry_id, entry_kind, thing_id, name, short)"
        " SELECT 26, entry_kind, thing_id, name, 'USA' FROM party WHERE entry_id = 1",
    )

    in_force = [number for number, *_, holds in versions(connection, "us") if holds]
    with Book(connection.target.address).session() as session:
        parties = session.exec(models.in_force(models.Party)).all()

    assert in_force == [25]
    assert [party.short for party in parties] == ["China", "America"]
    assert apart(connection) == {}


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
    assert apart(seeded) == {}


MANY = """
INSERT INTO entry (id, batch, kind, subject_id, effective_on, value, unit, counted_by, basis, flow,
    key, nth, digest)
SELECT 24 + n, 2, 'reading', 4 + n % 9, effective_on, n, 'MMT', 'USDA', 'sold', false,
    key, 1 + n, digest
FROM entry, generate_series(1, 3000) AS n WHERE id = 1 ORDER BY n"""


@pytest.mark.on("postgresql")
def test_the_readings_of_a_deadline_are_found_by_an_index(connection: Connection) -> None:
    connection.text("BEGIN")
    connection.text(MANY)
    connection.text("ANALYZE")

    plan = connection.text("EXPLAIN SELECT * FROM reading WHERE deadline = 'truce-year'")
    connection.roll_back()

    assert "Index Cond: (subject_id = t.id)" in [line.strip() for (line,) in plan]


def test_the_views_say_what_they_leave_out(connection: Connection) -> None:
    for view in ("promise", "due"):
        if connection.dialect == "sqlite":
            query = f"SELECT sql FROM sqlite_master WHERE name = '{view}'"
        else:
            query = f"SELECT obj_description('{view}'::regclass)"
        ((text,),) = connection.text(query)

        assert "are not here, because they depend on the day" in " ".join(text.split())


def test_the_documented_columns_are_those_of_the_views(connection: Connection) -> None:
    page = (Path(__file__).parents[2] / "docs" / "python.md").read_text("utf-8")
    documented = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| `([^`]*)`", page, re.MULTILINE))

    assert list(documented) == VIEWS
    for view, columns in documented.items():
        cursor = connection.driver.execute(f"SELECT * FROM {view}")
        assert columns.replace('"', "").split(", ") == [one[0] for one in cursor.description]
