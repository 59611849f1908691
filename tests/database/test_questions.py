"""`Book.session`: questions in SQLModel, with the same answers on both databases."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from threading import Thread

import pandas
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select, update

from tests.conftest import fill
from tests.server import Server
from tests.test_documentation import FENCE, complaints
from tracker import Book
from tracker.database import Target, open_book
from tracker.models import (
    Agreement,
    Batch,
    Concession,
    Deadline,
    Entry,
    Party,
    Source,
    Thing,
    in_force,
)
from tracker.record import Record
from tracker.vocabulary import Basis, Command, ConcessionKind, EntryKind, Precision, ThingKind

PAGE = Path(__file__).parent.parent.parent / "docs" / "python.md"
MODELS = {
    ThingKind.PARTY: Party,
    ThingKind.SOURCE: Source,
    ThingKind.AGREEMENT: Agreement,
    ThingKind.CONCESSION: Concession,
    ThingKind.DEADLINE: Deadline,
}
TODAY = "2026-01-20"


@pytest.fixture(scope="session")
def busan_on_server(server: Server) -> str:
    name = server.create()
    fill(Target.parse(server.url(name)), "busan-truce")
    return name


@pytest.fixture
def address(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The place of a book of public facts, in the database at hand."""
    if database == "sqlite":
        template: Path = request.getfixturevalue("busan_template")
        yield str(shutil.copy(template, tmp_path / "busan.db"))
        return
    server: Server = request.getfixturevalue("server")
    name = server.create(template=request.getfixturevalue("busan_on_server"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def truce(address: str) -> Book:
    return Book(address, author="ana", today=TODAY)


@pytest.fixture
def session(truce: Book) -> Iterator[Session]:
    with truce.session() as opened:
        yield opened


# --- what it reads ------------------------------------------------------------------------------


def test_a_concession_leads_to_what_it_names_by_slugs(session: Session) -> None:
    promise = session.exec(in_force(Concession).where(Concession.slug == "cn-30-for-30")).one()

    assert promise.agreement.slug == "busan-truce"
    assert [giver.slug for giver in promise.givers] == ["cn"]
    assert [receiver.slug for receiver in promise.receivers] == ["us"]
    assert [other.slug for other in promise.in_return_for] == ["us-30-for-30"]
    assert promise.source.slug in {thing.slug for thing in session.exec(select(Thing))}


def test_a_value_is_what_python_has_for_it(session: Session) -> None:
    promise = session.exec(in_force(Concession).where(Concession.slug == "cn-soy-2025")).one()
    target = session.exec(in_force(Deadline).where(Deadline.slug == "cn-soy-2025-delivery")).one()
    count = session.exec(select(Entry).where(Entry.subject_id == target.thing_id)).first()
    (batch,) = session.exec(select(Batch))

    assert promise.kind is ConcessionKind.PURCHASE
    assert (target.target, target.due_on_precision) == (Decimal(12), Precision.DAY)
    assert target.concession is not None
    assert target.concession.slug == "cn-soy-2025"
    assert count is not None
    assert count.subject.slug == "cn-soy-2025-delivery"
    assert batch.command is Command.APPLY
    assert abs(batch.recorded_at - datetime.now(UTC)).days < 1
    assert session.exec(select(Batch).where(Batch.recorded_at <= batch.recorded_at)).all()


def test_quantities_are_exact_and_compare_as_numbers(session: Session) -> None:
    """As text, 12 would come before 8.5."""
    counts = session.exec(select(Entry).where(Entry.kind == EntryKind.READING)).all()
    above = session.exec(
        select(Entry).where(Entry.kind == EntryKind.READING, col(Entry.value) > Decimal("8.5"))
    ).all()
    largest = session.exec(
        select(Entry.value).where(Entry.basis == Basis.SOLD).order_by(col(Entry.value).desc())
    ).first()

    values = [count.value for count in counts if count.value is not None]
    assert {count.id for count in above} == {
        count.id for count in counts if (count.value or 0) > Decimal("8.5")
    }
    assert largest == max(
        count.value for count in counts if count.basis is Basis.SOLD and count.value is not None
    )
    assert Decimal("9.1881") in values


def test_an_entry_has_its_sources_in_their_order(truce: Book) -> None:
    usda, customs = "https://www.usda.gov/sales", "https://english.customs.gov.cn/soybeans"
    truce.log("cn-soy-2026", "started", source=[usda, customs])

    with truce.session() as session:
        last = session.exec(select(Entry).order_by(col(Entry.id).desc())).first()

    assert last is not None
    assert [source.slug for source in last.sources] == [usda, customs]


@pytest.mark.slow
@pytest.mark.parametrize("what", ThingKind)
def test_each_thing_is_in_force_once_and_as_reports_have_it(
    truce: Book, address: str, what: ThingKind
) -> None:
    changed = {
        ThingKind.PARTY: ("cn", {"short": "PRC"}),
        ThingKind.SOURCE: ("reuters-twelve", {"publisher": "Thomson Reuters"}),
        ThingKind.AGREEMENT: ("busan-truce", {"place": "Busan"}),
        ThingKind.CONCESSION: ("cn-soy-2026", {"title": "Buy 25 MMT in 2026"}),
        ThingKind.DEADLINE: ("cn-soy-2026-delivery", {"label": "25 MMT of soybeans"}),
    }
    slug, fields = changed[what]
    truce.change(slug, reason="Better words", **fields)
    truce.change(slug, reason="Worse words", **dict.fromkeys(fields, "Something else"))
    truce.undo()

    with truce.session() as session:
        found = session.exec(in_force(MODELS[what])).all()
    connection = open_book(Target.parse(address))
    record = Record.read(connection)
    connection.close()

    numbers = {row.thing_id: row.entry_id for row in record.in_force(what).values()}
    assert {version.thing_id: version.entry_id for version in found} == numbers
    assert len(found) == len(numbers)
    (version,) = (version for version in found if version.slug == slug)
    assert {name: getattr(version, name) for name in fields} == fields


def test_what_was_retracted_counts_for_nothing_until_that_is_undone(truce: Book) -> None:
    entry = truce.log("cn-soy-2026", "started").rows[0]["entry"]
    number = in_force(Entry).where(Entry.id == entry)
    with truce.session() as session:
        before = session.exec(number).all()
    truce.retract(entry, reason="Misread")
    with truce.session() as session:
        retracted = session.exec(number).all()
    truce.undo()
    with truce.session() as session:
        after = session.exec(number).all()

    assert [len(before), len(retracted), len(after)] == [1, 0, 1]


def test_pandas_reads_what_a_session_selects(session: Session) -> None:
    frame = pandas.read_sql(in_force(Concession), session.connection())

    assert frame["slug"].is_unique
    assert len(frame) == len(session.exec(in_force(Concession)).all())
    assert set(frame["kind"]) <= set(ConcessionKind)


def test_what_was_read_can_be_used_after_the_block(truce: Book) -> None:
    with truce.session() as session:
        deadlines = session.exec(in_force(Deadline)).all()
        entries = session.exec(in_force(Entry)).all()

    assert {deadline.source.slug for deadline in deadlines}
    assert {entry.subject.slug for entry in entries}


@pytest.mark.on("postgresql")
def test_a_session_sees_one_state_of_the_book(truce: Book, session: Session) -> None:
    """In a file, nobody could record meanwhile."""
    before = session.exec(select(sa.func.count()).select_from(Entry)).one()
    truce.log("cn-soy-2026", "started")
    after = session.exec(select(sa.func.count()).select_from(Entry)).one()

    assert after == before


# --- it only reads ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        update(Thing).values(slug="soya"),
        sa.text("INSERT INTO thing (id, namespace, slug) VALUES (9999, 'party', 'eu')"),
        sa.text("DROP TRIGGER entry_no_update"),
        sa.text("CREATE TABLE mine (id INTEGER)"),
    ],
    ids=["update", "insert", "drop", "create"],
)
def test_a_statement_that_writes_is_refused(
    session: Session, database: str, statement: sa.Executable
) -> None:
    if database == "postgresql" and "DROP" in str(statement):
        statement = sa.text("DROP TRIGGER entry_no_change ON entry")
    with pytest.raises(SQLAlchemyError, match=r"readonly database|read-only transaction"):
        session.execute(statement)


def test_objects_that_were_changed_are_not_written(session: Session) -> None:
    party = session.exec(in_force(Party)).all()[0]
    party.short = "PRC"
    session.add(Thing(id=9999, namespace="party", slug="eu"))
    assert session.exec(in_force(Party)).all()

    with pytest.raises(SQLAlchemyError, match=r"readonly database|read-only transaction"):
        session.commit()


def test_a_mistake_in_a_query_is_sqlalchemy_s(session: Session) -> None:
    with pytest.raises(SQLAlchemyError, match="colour"):
        session.execute(sa.text("SELECT colour FROM party"))


def test_an_open_book_records_after_a_session_as_before(address: str) -> None:
    with Book.open(address, author="ana", today=TODAY) as book:
        with book.session() as session:
            held = len(session.exec(select(Entry)).all())
        book.log("cn-soy-2026", "started")
        with book.session() as session:
            assert len(session.exec(select(Entry)).all()) == held + 1


def test_another_thread_has_a_session_of_its_own(address: str) -> None:
    found: list[int] = []

    def ask(book: Book) -> None:
        with book.session() as session:
            found.append(len(session.exec(in_force(Party)).all()))

    with Book.open(address) as book:
        thread = Thread(target=ask, args=[book])
        thread.start()
        thread.join()

    assert found == [2]


# --- the page -----------------------------------------------------------------------------------


def test_the_page_s_questions_have_the_same_answers_on_both_databases(truce: Book) -> None:
    page = PAGE.read_text("utf-8")
    section = page[page.index("## Questions of your own") : page.index("## Recording")]
    names: dict[str, object] = {"book": truce, "pandas": pandas}
    blocks = [text for language, _, text in FENCE.findall(section) if language == "pycon"]

    assert len(blocks) == 3
    for block in blocks:
        assert not (complaint := complaints(block, PAGE, names)), complaint


def test_the_page_s_questions_in_sql_have_the_same_answers_on_both_databases(
    truce: Book, busan_template: Path
) -> None:
    page = PAGE.read_text("utf-8")
    queries = re.findall(r'^>>> \w+ = """\n(.*?)"""', page, re.DOTALL | re.MULTILINE)

    answers = []
    for book in (truce, Book(busan_template)):
        with book.session() as session:
            found = [session.execute(sa.text(query.replace("...", ""))) for query in queries]
            answers.append([sorted(str([*map(str, row)]) for row in rows) for rows in found])

    assert all(answers[0])
    assert answers[0] == answers[1]
