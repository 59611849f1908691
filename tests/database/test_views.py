"""The views that other tools read say what the program's own reports say."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PHASE_ONE, fill
from tests.server import Server
from tracker import schema
from tracker.database import Connection, Target, open_book
from tracker.dates import Period, iso_moment
from tracker.facts import Clocks
from tracker.interchange import seeds
from tracker.journal import Circumstances, Measurement, Writer, close, log, measure, move, retract
from tracker.journal.chain import links
from tracker.reports import View
from tracker.reports.deadlines import deadline_rows
from tracker.reports.gains import gains_rows
from tracker.reports.pace import measured, pace_rows
from tracker.reports.status import status_rows
from tracker.vocabulary import Basis, Outcome, Precision, Stage

TODAY = datetime.now(UTC).date()
SEEDS = [*(seed.seed for seed in seeds.shipped()), str(PHASE_ONE)]


@pytest.fixture(params=SEEDS)
def now(
    request: pytest.FixtureRequest, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[View]:
    """A seeded book as of this very day, with what seeds seldom hold."""
    if database == "sqlite":
        target = Target("sqlite", str(tmp_path_factory.mktemp("now") / "truce.db"))
    else:
        server: Server = request.getfixturevalue("server")
        target = Target.parse(server.url(server.create()))
    connection = open_book(fill(target, request.param))
    try:
        with connection.writing():
            _write(Writer(connection, "analyst", TODAY, datetime.now(UTC)))
        with connection.reading():
            yield View(connection, Clocks(TODAY))
    finally:
        connection.close()


def _write(writer: Writer) -> None:
    view = View(writer.connection, Clocks(TODAY))
    rows = list(view.concessions.values())
    for number, one in enumerate(rows[:8]):
        said = Circumstances(TODAY - timedelta(days=number), says=one.giver)
        log(writer, one.slug, Stage.PARTIAL, said)
        if number % 2:
            other = Stage.PARTIAL if number % 3 else Stage.STALLED
            log(
                writer, one.slug, other, Circumstances(TODAY - timedelta(days=2), says=one.receiver)
            )
    _count(writer, [one.deadline for one in view.deadline_positions.values()])
    retract(writer, writer.connection.rows("tail")[0][0], "misread")


def _count(writer: Writer, deadlines: list[Any]) -> None:
    far = Period(TODAY + timedelta(days=800), Precision.DAY)
    for number, one in enumerate(deadlines):
        # Of two deliveries due on one day the counted one is shown: "-us" would come first.
        if one.kind == "delivery" and not one.slug.endswith("-2020-us"):
            unit = one.unit or "MMT"
            for who, value in (("USDA", "1.10"), ("ab", "0.125"), ("GACC", "3333.333333333")):
                measure(writer, one.slug, Measurement(Decimal(value), unit, who, Basis.SOLD), ON)
            flow = Measurement(Decimal("0.25"), unit, "ab", Basis.SOLD, flow=True)
            measure(writer, one.slug, flow, Circumstances(TODAY))
        if number % 4 == 1:
            target = Decimal("7.5") if one.target is not None else None
            move(writer, one.slug, far, target, ON)
        elif number % 4 == 2 and not _closed(writer, one.slug):
            close(writer, one.slug, Outcome.MET, ON)


ON = Circumstances(TODAY - timedelta(days=1))


def _closed(writer: Writer, slug: str) -> bool:
    return slug in View(writer.connection, Clocks(TODAY)).closings


def deadline_current_is_the_report_of_deadlines(now: View) -> None:
    expected = [
        {
            **row._asdict(),
            "original_due_on": row.original_due_on.last,
            "original_due_on_precision": row.original_due_on.precision,
            "due_on": row.due_on.last,
            "due_on_precision": row.due_on.precision,
            "opens_on": now.deadlines[row.deadline].opens_on,
        }
        for row in deadline_rows(now)
    ]

    assert_same(now, "deadline_current", expected, "deadline")


def pace_is_the_report_of_pace(now: View) -> None:
    expected = [row._asdict() for one in measured(now, None) for row in pace_rows(now, one)]

    assert_same(now, "pace", expected, "deadline", "basis", "counted_by")


def current_status_is_the_report_of_status(now: View) -> None:
    expected = []
    for row in status_rows(now):
        claim, delivered, ahead = row.latest_claim, row.delivered, row.next_deadline
        expected.append(
            {
                **row._asdict(),
                "latest_claim_party": claim and claim.party,
                "latest_claim_stage": claim and claim.stage,
                "latest_claim_on": claim and claim.on,
                "delivered_unit": delivered and delivered.unit,
                "delivered_target": delivered and delivered.target,
                "delivered_percent_low": delivered and delivered.percent_low,
                "delivered_percent_high": delivered and delivered.percent_high,
                "next_deadline": ahead and ahead.deadline,
                "next_deadline_due_on": ahead and ahead.due_on.last,
            }
        )

    assert_same(now, "current_status", expected, "concession")


def gains_is_the_report_of_gains(now: View) -> None:
    expected = [row._asdict() for row in gains_rows(now, status_rows(now))]

    assert_same(now, "gains", expected, "party")


def journal_is_the_whole_history(now: View) -> None:
    expected = [
        {
            **row._asdict(),
            "due_on": row.due_on and row.due_on.last,
            "due_on_precision": row.due_on and row.due_on.precision,
        }
        for row in now.history()
    ]
    for row in expected:
        del row["retracted_by"]

    assert_same(now, "journal", expected, "entry")


def test_the_views_say_what_the_reports_say(now: View) -> None:
    journal_is_the_whole_history(now)
    deadline_current_is_the_report_of_deadlines(now)
    pace_is_the_report_of_pace(now)
    current_status_is_the_report_of_status(now)
    gains_is_the_report_of_gains(now)


def test_the_views_go_and_come_back_and_the_rows_stay(connection: Connection) -> None:
    before = list(links(connection))

    schema.downgrade(connection, "0001")
    with pytest.raises(Exception, match="gains"):
        connection.text("SELECT * FROM gains")
    assert list(links(connection)) == before
    schema.upgrade(connection)

    assert list(links(connection)) == before
    assert connection.text("SELECT party FROM gains ORDER BY 1") == [("cn",), ("us",)]


def assert_same(view: View, name: str, expected: list[dict[str, Any]], *keys: str) -> None:
    """Compare a view's columns with the rows of a report, in any order."""
    cursor = view.connection.driver.execute(f"SELECT * FROM {name}")
    columns = [column[0] for column in cursor.description]
    found = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    wanted = [tuple(_plain(row[column]) for column in columns) for row in expected]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    assert set(keys) <= set(columns)


def _plain(value: Any) -> Any:
    """Return a value as text that does not tell which database it comes from."""
    if isinstance(value, str):
        try:
            value = Decimal(value)
        except ArithmeticError:
            return str(value)
    if isinstance(value, datetime):
        return iso_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal)):
        return format(Decimal(repr(value) if isinstance(value, float) else value).normalize(), "f")
    return value


def test_the_documented_columns_are_those_of_the_views(connection: Connection) -> None:
    page = (Path(__file__).parents[2] / "docs" / "schema.md").read_text("utf-8")
    documented = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| `([^`]*)`", page, re.MULTILINE))

    assert list(documented) == ["current_status", "gains", "deadline_current", "pace", "journal"]
    for view, columns in documented.items():
        cursor = connection.driver.execute(f"SELECT * FROM {view}")
        assert columns.replace('"', "").split(", ") == [one[0] for one in cursor.description]
