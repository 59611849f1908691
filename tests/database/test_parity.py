"""Both databases hold the same schema and give the same bytes."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection as AlchemyConnection
from sqlalchemy import inspect

from tests.conftest import TODAY, Ran, fill
from tests.database import deliveries
from tests.differences import require_same
from tests.questions import BUSAN, every_report
from tests.recording import Circumstances, Measurement, log, measure, move
from tests.server import Server
from tracker import schema
from tracker.cli import run
from tracker.database import Connection, Target, connect, open_book
from tracker.dates import exactly, parse_period
from tracker.journal.chain import follow
from tracker.journal.corrections import amend, retract, undo
from tracker.journal.writer import Writer
from tracker.models import metadata
from tracker.quantities import parse_quantity
from tracker.record import Record, held_by
from tracker.vocabulary import Basis, Stage

MADE_AT = datetime(2026, 1, 8, 9, 30, 15, 123456, tzinfo=UTC)
SEEDS = ("busan-truce",)
"""The seed that is compared; the others contain the same kinds of things."""


# --- the same bytes ---------------------------------------------------------------------------


@pytest.fixture(scope="module", params=SEEDS)
def pair(
    request: pytest.FixtureRequest, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Target, Target]]:
    """One book in a file and on the server, written to in the same way at the same moments."""
    name = server.create()
    file = tmp_path_factory.mktemp("pair") / "truce.db"
    both = Target("sqlite", str(file)), Target.parse(server.url(name))
    for target in both:
        fill(target, request.param, MADE_AT)
        _write_on(target)
    yield both
    server.drop(name)


def _write_on(target: Target) -> None:
    """Add what seeds rarely contain: text that servers sort unlike Python, moves, corrections."""
    connection = open_book(target)
    with connection.writing():
        for number, update in enumerate((_claims, _counts, _corrections)):
            now = MADE_AT + timedelta(minutes=number)
            update(Writer(connection, "analyst", TODAY, now), connection)
    connection.close()


def _claims(writer: Writer, connection: Connection) -> None:
    record = Record.read(connection, declared=True)
    parties = [*record.parties] * len(record.concessions)
    for concession, party in zip(record.concessions, parties, strict=False):
        log(
            writer,
            concession,
            Stage.PARTIAL,
            Circumstances(exactly(TODAY), says=party, note="“so” 日本"),
        )


def _counts(writer: Writer, connection: Connection) -> None:
    deliveries = [
        (one.slug, one.unit or "MMT")
        for one in Record.read(connection, declared=True).deadlines.values()
        if one.kind == "delivery"
    ]
    for deadline, unit in deliveries[:2]:
        for who in ("usda", "USDA", "Ünion", "a-b", "ab", "a b", "Zhu"):
            counted = Measurement(Decimal("1.10"), unit, who, Basis.SOLD)
            measure(writer, deadline, counted, Circumstances(exactly(TODAY)))
        flow = Measurement(Decimal("0.000000001"), unit, "ab", Basis.SOLD, flow=True)
        measure(writer, deadline, flow, Circumstances(exactly(TODAY)))
        move(writer, deadline, parse_period("2030-03"), None, Circumstances(exactly(TODAY)))


def _corrections(writer: Writer, connection: Connection) -> None:
    last = held_by(connection).entries
    retract(writer, last, "misread")
    retract(writer, last - 1, "misread")
    log(
        writer,
        concession_of(connection),
        Stage.STARTED,
        Circumstances(exactly(TODAY), note="Again"),
    )
    undo(writer)
    amend(writer, last - 2, {}, added=[source_of(connection)])


def concession_of(connection: Connection) -> str:
    """Return the first concession's slug."""
    return next(iter(Record.read(connection, declared=True).concessions))


def source_of(connection: Connection) -> str:
    """Return the first source's slug."""
    return next(iter(Record.read(connection, declared=True).sources))


@pytest.mark.slow
@pytest.mark.parametrize("report", every_report(BUSAN))
@pytest.mark.parametrize("form", ["json", pytest.param("text", marks=pytest.mark.slow)])
def test_every_report_is_the_same_to_the_byte(
    pair: tuple[Target, Target],
    report: str,
    form: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As data and as people read it; the other formats are made of the same rows."""
    on_file, on_server = (_ran(target, capsys, *report.split(), "-f", form) for target in pair)
    assert on_file == on_server
    assert on_file.code in (0, 1)
    assert on_file.out


def test_the_same_goes_for_single_concessions(
    pair: tuple[Target, Target], capsys: pytest.CaptureFixture[str]
) -> None:
    connection = open_book(pair[0])
    slugs = [*Record.read(connection, declared=True).concessions]
    connection.close()

    for slug in slugs[::6]:
        assert len({_ran(target, capsys, "show", slug, "-f", "json") for target in pair}) == 1


def test_a_wrong_slug_gets_the_same_answer(
    pair: tuple[Target, Target], capsys: pytest.CaptureFixture[str]
) -> None:
    on_file, on_server = (_ran(target, capsys, "show", "zzz") for target in pair)

    assert on_file.code == 3
    assert on_file == on_server


def _ran(target: Target, capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    code = run(["--db", target.address, *arguments])
    return Ran(code, *capsys.readouterr())


# --- the same schema ----------------------------------------------------------------------------


def test_the_revisions_make_what_the_models_declare(
    database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shapes = []
    for make in (metadata.create_all, None):
        target = _empty(database, request, tmp_path_factory)
        with closing(connect(target)) as connection, connection.migrating():
            if make is None:
                schema.migrate(connection, "upgrade", "head")
            with schema.borrowed(connection) as alchemy:
                if make is not None:
                    make(alchemy)
                shapes.append(_shape(alchemy))

    declared, migrated = shapes
    require_same({*declared}, {*metadata.tables})
    require_same(migrated, declared)


def _empty(
    database: str, request: pytest.FixtureRequest, folders: pytest.TempPathFactory
) -> Target:
    if database == "sqlite":
        path = folders.mktemp("empty") / "truce.db"
        path.touch()
        return Target("sqlite", str(path))
    server: Server = request.getfixturevalue("server")
    return Target.parse(server.url(server.create()))


def _shape(alchemy: AlchemyConnection) -> dict[str, Any]:
    """Return the definition of each table, in any order."""
    found = inspect(alchemy)
    return {
        name: {
            "columns": _sorted(one | {"type": str(one["type"])} for one in found.get_columns(name)),
            "primary key": str(found.get_pk_constraint(name)),
            "foreign keys": _sorted(found.get_foreign_keys(name)),
            "unique": _sorted(found.get_unique_constraints(name)),
            "indexes": _sorted(found.get_indexes(name)),
        }
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def _sorted(found: Any) -> list[str]:
    return sorted(json.dumps(one, default=str, sort_keys=True) for one in found)


# --- the same numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [("-0.00", "0.00"), ("0.000000001", "0.000000001"), ("007.10", "7.10"),
     ("-999999999999999999.5", "-999999999999999999.5"),
     ("999999999999999999.123456789", "999999999999999999.123456789")],
)  # fmt: skip
def test_a_quantity_is_kept_as_the_chain_tells_it(
    connection: Connection, written: str, kept: str
) -> None:
    deliveries.declare(connection)
    counted = Measurement(parse_quantity(written), "MMT", "USDA", Basis.SOLD)
    with connection.writing():
        writer = Writer(connection, "analyst", TODAY, datetime.now(UTC))
        measure(writer, deliveries.SLUG, counted, Circumstances(exactly(TODAY)))

    entries = [words for what, words in follow(connection) if what == "entry"]

    assert entries[-1]["value"] == kept
