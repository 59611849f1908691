"""What a PostgreSQL server refuses to roles that may only add rows, and to readers."""

import os
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from tests.conftest import Run
from tests.database.conftest import as_role
from tests.questions import every_report
from tests.refusals import code_of
from tracker import settings
from tracker.database import Target, open_book, postgresql

pytestmark = pytest.mark.on("postgresql")

CHINA, ARTICLE, BUSAN, TRUCE_YEAR, SOYBEANS, TIKTOK = 2, 3, 4, 5, 9, 12
"""Things of the article's book, which has 24 entries in one batch."""


def row(table: str, **columns: object) -> str:
    values = ", ".join("NULL" if value is None else f"'{value}'" for value in columns.values())
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})"


def entry(number: int = 25, **columns: object) -> str:
    known = {"batch": 2, "kind": "check", "subject_id": SOYBEANS, "concession_id": SOYBEANS}
    digests = {"key": f"{number:016}", "nth": 1, "digest": "x" * 32}
    day = {"effective_on": "2026-01-07"}
    return row("entry", **{"id": number} | known | day | digests | columns)


def batch(
    number: int = 2, recorded_at: str = "now", first_entry: int = 25, role: str | None = None
) -> str:
    known = {"command": "log", "author": "somebody", "utc_offset": 0, "seal": "x" * 32}
    by = {"recorded_at": recorded_at, "role": role}
    return row("batch", id=number, first_entry=first_entry, **known, **by)


def declaration(thing: int, concession: int | None = None, number: int = 25) -> str:
    return entry(number, kind="declaration", subject_id=thing, concession_id=concession)


def party(number: int, thing: int, part_of: int | None = None) -> str:
    version = {"entry_id": number, "entry_kind": "declaration", "thing_id": thing}
    return row("party", **version, name="China", short="China", part_of_id=part_of)


def deadline(concession: int) -> str:
    version = {"entry_id": 25, "entry_kind": "declaration", "thing_id": TRUCE_YEAR}
    what = {"kind": "expiry", "label": "Ends", "due_on": "2026-10-31", "due_on_precision": "day"}
    return row("deadline", **version, **what, concession_id=concession, source_id=ARTICLE)


def source(thing: int, url: str) -> str:
    version = {"entry_id": 25, "entry_kind": "declaration", "thing_id": thing}
    return row("source", **version, url=url, official=True)


def agreement(thing: int) -> str:
    version = {"entry_id": 25, "entry_kind": "declaration", "thing_id": thing}
    agreed = {"title": "Truce", "agreed_on": "2025-10-31", "agreed_on_precision": "day"}
    return row("agreement", **version, **agreed, source_id=ARTICLE)


def kept(source: int = ARTICLE, number: int = 25) -> str:
    return entry(number, kind="text", subject_id=source, concession_id=None)


def text(source: int = ARTICLE, number: int = 25) -> str:
    of = {"entry_id": number, "entry_kind": "text", "thing_id": source}
    hashes = {"file_sha256": "f" * 32, "words_sha256": "w" * 32}
    return row("source_text", **of, **hashes, words=3, media="html", reader="html 1")


class Attack(NamedTuple):
    """A transaction that would cripple the book, and how the server refuses it."""

    name: str
    statements: tuple[str, ...]
    refusal: str


ADDRESS = "https://www.usda.gov/export-sales"
ATTACKS = [
    Attack("the last number there is", (entry(2147483646), batch(first_entry=2147483646)),
           "a row of entry does not fit: its number is not the next one"),
    Attack("a number beyond it", (entry(2147483647),), "its number is not the next one"),
    Attack("a number before the first", (entry(0), batch()), "ck_entry_numbers"),
    Attack("another batch", (entry(batch=3), batch(3)),
           "a row of batch does not fit: its number is not the next one"),
    Attack("a thing's number ahead of the others",
           (row("thing", id=1000, namespace="source", slug=ADDRESS),),
           "a row of thing does not fit: its number is not the next one"),
    Attack("an entry without a seal", (entry(),), "a row of entry does not fit: no batch seals it"),
    Attack("the role of somebody else", (entry(), batch(role="keeper")),
           "a row of batch does not fit: its role is not the one of its session"),
    Attack("a moment that never comes", (entry(), batch(recorded_at="infinity")),
           'check constraint "ck_batch_recorded_at_is_moment"'),
    Attack("a moment of 9999", (entry(), batch(recorded_at="9999-12-31 23:59:59+00")),
           "the server's clock says"),
    Attack("a moment in the past", (entry(), batch(recorded_at="2025-10-31 00:00+00")),
           "its moment is before that of the last one"),
    Attack("a day that never comes", (entry(effective_on="infinity"), batch()),
           'check constraint "ck_entry_effective_on_is_day"'),
    Attack("a day before Christ", (entry(effective_on="0044-03-15 BC"), batch()),
           'check constraint "ck_entry_effective_on_is_day"'),
    Attack("a day that Python lacks", (entry(public_on="10000-01-01"), batch()),
           'check constraint "ck_entry_public_on_is_day"'),
    Attack("no number", (entry(kind="reading", subject_id=TRUCE_YEAR, concession_id=None,
                               value="NaN", unit="MMT", counted_by="x", basis="sold", flow=False),
                         batch()), 'check constraint "ck_entry_value_is_finite"'),
    Attack("a text of another source than its entry's", (kept(), text(CHINA), batch()),
           "violates foreign key constraint"),
    Attack("a second text of an entry", (kept(), text(), text(), batch()), "duplicate key"),
    Attack("a second version of what was declared", (party(2, CHINA),), "duplicate key"),
    Attack("a party after the seal",
           (row("concession_party", entry_id=9, role="receiver", place=2, party_id=CHINA),),
           "a row of concession_party does not fit: its entry is sealed"),
    Attack("an exchange after the seal",
           (row("exchange", entry_id=9, in_return_for_id=TIKTOK),),
           "a row of exchange does not fit: its entry is sealed"),
    Attack("a source after the seal",
           (row("entry_source", entry_id=13, place=2, source_id=CHINA),),
           "a row of entry_source does not fit: its entry is sealed"),
]  # fmt: skip
TAKEN: dict[str, tuple[str, ...]] = {
    "another concession's check": (entry(concession_id=TIKTOK), batch()),
    "a check of a party": (entry(subject_id=CHINA, concession_id=CHINA), batch()),
    "a reading of an agreement": (
        entry(kind="reading", subject_id=BUSAN, concession_id=None, value="8", unit="MMT",
              counted_by="x", basis="sold", flow=False), batch()),
    "another subject's retraction": (
        entry(kind="retraction", refers_to=13, subject_id=TIKTOK, concession_id=TIKTOK), batch()),
    "a party's retraction": (
        entry(kind="retraction", refers_to=2, subject_id=CHINA, concession_id=None), batch()),
    "a deadline's retraction": (
        entry(kind="retraction", refers_to=5, subject_id=TRUCE_YEAR, concession_id=None), batch()),
    "the word of a concession": (entry(kind="stage", stage="met", says_id=TIKTOK), batch()),
    "a party as a source": (
        entry(), row("entry_source", entry_id=25, place=1, source_id=CHINA), batch(),
    ),
    "a declaration of nothing": (declaration(CHINA), batch()),
    "a text of nothing": (kept(), batch()),
    "an entry of a sealed batch": (entry(batch=1),),
    "a seal in the middle": (entry(), entry(26), batch(first_entry=26)),
    "a party that is a concession": (declaration(SOYBEANS), party(25, SOYBEANS), batch()),
    "a part of a concession": (declaration(CHINA), party(25, CHINA, TIKTOK), batch()),
    "a concession that becomes an agreement": (
        declaration(SOYBEANS), agreement(SOYBEANS), batch()),
    "a deadline of another concession than its entry's": (
        declaration(TRUCE_YEAR), deadline(TIKTOK), batch()),
    "a deadline of an agreement taken for a concession": (
        declaration(TRUCE_YEAR, BUSAN), deadline(BUSAN), batch()),
    "an address that leads to another": (
        row("thing", namespace="source", slug=ADDRESS), declaration(13),
        source(13, "https://evil.example/"), batch()),
    "a link that runs": (
        row("thing", namespace="source", slug="javascript:alert(1)"), entry(),
        row("entry_source", entry_id=25, place=1, source_id=13), batch()),
    "a slug that nobody can type": (
        row("thing", namespace="subject", slug="Soya\nbeans"), declaration(13), agreement(13),
        batch()),
}  # fmt: skip
"""Transactions that no program would write, but that the server takes from a writer."""
REPORTS = [*every_report(), "deadlines -f ics", "export"]


def last_thing(target: Target) -> int:
    with psycopg.connect(target.address) as owner:
        found = owner.execute("SELECT max(id) FROM thing").fetchone()
    assert found is not None
    return int(found[0])


def test_the_next_thing_is_the_one_that_the_attacks_name(target: Target) -> None:
    assert last_thing(target) == TIKTOK


def test_no_row_that_a_writer_adds_by_hand_cripples_the_book(granted: Target, tracker: Run) -> None:
    writer = as_role(granted, "writer")

    refusals = {}
    for attack in ATTACKS:
        with (
            psycopg.connect(writer) as session,
            pytest.raises(psycopg.errors.IntegrityError) as refused,
        ):
            session.execute("; ".join([*attack.statements, "COMMIT"]).encode())
        refusals[attack.name] = str(refused.value)

    assert [one for one in ATTACKS if not re.search(one.refusal, refusals[one.name])] == []
    assert tracker("log", "soybeans", "partial", "--source", ADDRESS, db=writer).code == 0
    assert tracker("week", db=writer).code == 0
    assert "sound, 25 entries" in tracker("db", "check", db=writer).out


@pytest.mark.slow
@pytest.mark.parametrize("attack", TAKEN)
def test_a_row_that_a_writer_adds_by_hand_ends_no_reader_in_more_than_a_line_and_is_found(
    granted: Target, tracker: Run, attack: str
) -> None:
    with psycopg.connect(as_role(granted, "writer")) as session:
        session.execute("; ".join(TAKEN[attack]).encode())

    reports = REPORTS if os.environ.get("CI") else REPORTS[len(attack) % 5 :: 5]
    told = [ran for report in reports if (ran := tracker(*report.split())).code not in (0, 1, 3)]

    assert [ran.err for ran in told if ran.code != 7 or ran.err.count("\n") != 1] == []
    found = tracker("db", "check")
    assert (found.code, "digests: the chain breaks at entry " in found.out) == (1, True)


@pytest.mark.slow
def test_a_writer_undoes_what_was_recorded_under_a_clock_that_ran_ahead(
    granted: Target, tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as ahead:  # only the owner's clock may differ from the server's
        ahead.setattr(settings, "now", lambda: datetime.now(UTC) + timedelta(days=365))
        assert tracker("log", "soybeans", "partial").code == 0
    writer = as_role(granted, "writer")

    assert tracker("log", "soybeans", "partial", db=writer).code == code_of("clock behind")
    assert tracker("undo", db=writer).code == 0
    assert tracker("log", "soybeans", "partial", db=writer).code == 0
    assert tracker("db", "check", db=writer).code == 0


def test_who_may_only_write_may_import_a_book(
    granted: Target, tracker: Run, tmp_path: Path
) -> None:
    writer, theirs = as_role(granted, "writer"), tmp_path / "theirs.db"
    tracker("init", "article", db=theirs)
    tracker("log", "soybeans", "partial", "--on", "2026-01-07", db=theirs)

    imported = tracker("import", theirs, db=writer)
    undone = tracker("undo", db=writer)

    assert (imported.code, undone.code) == (0, 0)
    assert tracker("db", "check", db=granted.address).code == 0


def test_a_batch_keeps_the_role_that_wrote_it(
    granted: Target, tracker: Run, tmp_path: Path
) -> None:
    """Whoever its author is said to be; a copy does not have it."""
    for role in ("writer", "keeper"):
        tracker("--author", "wang", "checked", "soybeans", db=as_role(granted, role))
    tracker("export", export := tmp_path / "book.jsonl")
    tracker("init", export, db=tmp_path / "copy.db")

    with psycopg.connect(granted.address) as owner:
        written = owner.execute("SELECT author, role FROM batch ORDER BY id").fetchall()
    with sqlite3.connect(tmp_path / "copy.db") as copied:
        roles = copied.execute("SELECT DISTINCT role FROM batch").fetchall()
    copied.close()

    assert written[1:] == [("wang", "writer"), ("wang", "keeper")]
    assert roles == [(None,)]
    assert "keeper" not in export.read_text("utf-8")
    assert tracker("db", "check").code == 0


def test_a_row_added_by_hand_waits_for_its_turn(granted: Target) -> None:
    holder = open_book(granted)

    with holder.writing(), psycopg.connect(as_role(granted, "writer")) as session:
        session.execute("SET lock_timeout = '50ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            session.execute(entry().encode())
    holder.close()


def test_a_schema_of_the_writer_s_own_leads_no_guard_astray(granted: Target) -> None:
    with psycopg.connect(granted.address) as owner:
        owner.execute(f"GRANT TEMPORARY ON DATABASE {owner.info.dbname} TO writer".encode())
    with psycopg.connect(as_role(granted, "writer")) as session:
        session.execute("CREATE TEMP TABLE entry AS SELECT 1000 AS id, 2 AS batch")
        session.execute("CREATE TEMP TABLE batch AS SELECT 1 AS id")
        with pytest.raises(psycopg.errors.CheckViolation, match="its number is not the next one"):
            session.execute(entry(1001).replace("INTO entry", "INTO public.entry").encode())


@pytest.mark.parametrize("apart", [timedelta(minutes=-2), timedelta(minutes=2)])
def test_a_clock_that_differs_from_the_server_s_is_told_to_all_but_the_owner(
    granted: Target, tracker: Run, apart: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(granted.address) as owner:
        owner.execute("ALTER TABLE batch DISABLE TRIGGER batch_no_change")
        owner.execute("UPDATE batch SET recorded_at = now() - interval '1 hour'")
        owner.execute("ALTER TABLE batch ENABLE TRIGGER batch_no_change")
    monkeypatch.setattr(settings, "now", lambda: datetime.now(UTC) + apart)
    writer = as_role(granted, "writer")

    ran = tracker("note", "soybeans", "COFCO signs", db=writer)

    assert (ran.code, ran.out) == (code_of("clock apart"), "")
    assert re.fullmatch(
        f"tracker: The clock of this machine is more than a minute away from that of"
        f" {re.escape(str(Target.parse(writer)))}: the server's clock says"
        r" \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d UTC. Set the clock of this machine\n",
        ran.err,
    )
    assert tracker("note", "soybeans", "COFCO signs").code == 0


def test_a_clock_that_is_behind_the_last_batch_repeats_its_moment(
    granted: Target, tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "now", lambda: datetime.now(UTC) - timedelta(hours=1))

    assert tracker("note", "soybeans", "COFCO signs", db=as_role(granted, "writer")).code == 0


STOPS = {
    "a lock that whoever may connect can take": "SELECT pg_advisory_lock(500136502117)",
    "shared locks": "LOCK TABLE {tables} IN ACCESS SHARE MODE",
    "a long look": "DECLARE all_of_it CURSOR FOR SELECT * FROM entry",
}
REFUSED_STOPS = [
    "SELECT take_turn()",
    "LOCK TABLE alembic_version IN ROW SHARE MODE",
    "LOCK TABLE entry IN ROW EXCLUSIVE MODE",
    "SELECT FROM alembic_version FOR UPDATE",
    "SELECT FROM entry WHERE id = 24 FOR KEY SHARE",
]


@pytest.mark.parametrize("statement", STOPS.values(), ids=STOPS)
def test_a_reader_does_not_stop_writers(
    granted: Target, tracker: Run, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "LOCK_TIMEOUT", "50ms")
    tables = "alembic_version, thing, entry, batch"
    with psycopg.connect(as_role(granted, "reader")) as reader:
        reader.execute(statement.format(tables=tables).encode())

        ran = tracker("log", "soybeans", "partial", db=as_role(granted, "writer"))

    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("statement", REFUSED_STOPS)
def test_a_reader_gets_no_lock_that_stops_writers(granted: Target, statement: str) -> None:
    with (
        psycopg.connect(as_role(granted, "reader")) as reader,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        reader.execute(statement.encode())


@pytest.mark.parametrize(
    "statement", ["CREATE TEMP TABLE t (i int)", "SELECT lo_create(0)", "SELECT lo_creat(-1)",
                  "SELECT lo_from_bytea(0, 'x')"],
)  # fmt: skip
def test_a_reader_fills_no_disk(granted: Target, statement: str) -> None:
    with (
        psycopg.connect(as_role(granted, "reader")) as reader,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        reader.execute(statement.encode())
