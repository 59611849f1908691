"""The book as Python sees it: the command line's answers and refusals, as values."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import TODAY, USDA, Run
from tests.questions import BUSAN, every_report
from tests.refusals import code_of, raises
from tracker import Answer, Book
from tracker.database import Target
from tracker.errors import TrackerError, WrongUsage
from tracker.vocabulary import Stage

DAY = "2026-03-22"
loads = partial(json.loads, parse_float=Decimal)
"""Read JSON with exact numbers."""


@pytest.fixture
def opened(target: Target) -> Iterator[Book]:
    """The article's book, on both databases."""
    with Book.open(target.address) as book:
        yield book


@pytest.fixture
def truce(busan: Path) -> Iterator[Book]:
    """The book of public facts."""
    with Book.open(busan, today=DAY) as book:
        yield book


# --- reports ------------------------------------------------------------------------------------


def called(command: str) -> Callable[[Book], Answer]:
    """Return a call of the method that a command line of a report calls."""
    name, *words = command.split()
    given = [word for word in words if word != "--all"]
    options = {"everything": True} if "--all" in words else {}

    def call(book: Book) -> Answer:
        answer: Answer = getattr(book, name)(*given, **options)
        return answer

    return call


REPORTS: dict[str, Callable[[Book], Answer]] = {
    **{command: called(command) for command in every_report(BUSAN)},
    "status cn-soy-2025 tiktok-divestiture": lambda book: book.status(
        "cn-soy-2025", "tiktok-divestiture"
    ),
    "status --giver us --status in-force --status partly": lambda book: book.status(
        giver="us", status=["in force", "partly"]
    ),
    "week 2026-W02": lambda book: book.week("2026-W02"),
    "week 2026-01-08": lambda book: book.week(date(2026, 1, 8)),
    "gains --as-of 2026-01-11": lambda book: book.gains(as_of="2026-01-11"),
    "gains --by giver --since 2025-12-31": lambda book: book.gains(
        by="giver", since=date(2025, 12, 31)
    ),
    "history": lambda book: book.history(),
    "history cn-soy-2025 --since 2026-01-01 --until 2026-01-31 --all": lambda book: book.history(
        "cn-soy-2025", since="2026-01-01", until=date(2026, 1, 31), everything=True
    ),
    "deadlines --within 60": lambda book: book.deadlines(within=60),
    "pace cn-soy-2025 --as-of 2026-01-07": lambda book: book.pace(
        "cn-soy-2025", as_of=datetime(2026, 1, 7, 16, 30)
    ),
    "diff 2025-12-31 2026-02-01": lambda book: book.diff("2025-12-31", "2026-02-01"),
    "check --stale 14": lambda book: book.check(stale=14),
    "status --known-by 2030-01-01 --agreement busan-truce": lambda book: book.status(
        known_by=date(2030, 1, 1), agreement="busan-truce"
    ),
}


@pytest.mark.parametrize("command", REPORTS)
def test_an_answer_is_the_document_and_the_table_of_the_command(
    command: str, truce: Book, busan: Path, tracker: Run
) -> None:
    answer = REPORTS[command](truce)

    printed = tracker("--today", DAY, *command.split(), db=busan).out
    document = tracker("--today", DAY, *command.split(), "-f", "json", db=busan).out

    assert answer.data == loads(document)
    assert str(answer) == printed.removesuffix("\n") or command.startswith("check")
    assert len(answer) == len(answer.rows) == len(answer.data["rows"])


def test_what_an_option_is_by_default(truce: Book) -> None:
    """The day that ends a span counts, too."""
    day = date(2026, 3, 22)
    found = truce.check(as_of="2026-06-16").data

    assert found == truce.check(as_of="2026-06-16", stale=30).data
    assert found != truce.check(as_of="2026-06-16", stale=31).data
    week = str(truce.week())
    assert week == str(truce.week("2026-W12", brief=False))
    assert len(str(truce.week(brief=True))) < len(week)
    assert truce.history().data == truce.history(until=day, everything=False).data
    assert truce.history(since=day, until=day).rows == ()
    assert truce.diff(day, day).rows == ()
    since = tuple(row | {"before": None} for row in truce.gains(since=day).rows)
    assert since == truce.gains(by="receiver").rows
    assert truce.deadlines() != truce.deadlines(within=30)


def test_rows_hold_pythons_own_values_one_type_a_key(truce: Book) -> None:
    rows = truce.pace("cn-soy-2025", as_of="2026-01-07").rows
    deadlines = truce.deadlines().rows
    entry = truce.history().rows[0]

    assert [row["delivered"] for row in rows] == [
        Decimal(n) for n in ("8.5", "10", "3.794", "6.9", "0")
    ]
    assert rows[0]["data_through"] == date(2026, 1, 6)
    assert {type(row["due_on"]) for row in deadlines} == {str}
    assert "2026" in [row["due_on"] for row in deadlines]
    assert {type(move["announced_on"]) for row in deadlines for move in row["moves"]} == {str}
    assert entry["recorded_at"].tzinfo is UTC
    assert type(entry["kind"]) is str


def test_rows_have_the_keys_of_the_contract(truce: Book) -> None:
    for ask in REPORTS.values():
        answer = ask(truce)
        for row, of_document in zip(answer.rows, answer.data["rows"], strict=True):
            assert list(row) == list(of_document)


def test_an_answer_does_not_change(truce: Book) -> None:
    answer = truce.gains()
    answer.rows[0]["kept"] = 99
    answer.data["rows"].clear()

    assert answer.data == truce.gains().data
    assert answer != truce.gains(as_of="2026-01-01")
    assert answer.rows[0]["kept"] != 99
    with pytest.raises(AttributeError):
        answer.rows = ()  # type: ignore[misc]


def test_a_notebook_shows_a_fragment_of_html(truce: Book) -> None:
    html = truce.gains()._repr_html_()

    assert html.startswith("<header")
    assert "<table" in html
    assert "<script" not in html


def test_an_answer_says_in_short_what_it_is(opened: Book) -> None:
    assert repr(opened.status()) == "<Answer: status, rows: 4>"
    assert repr(opened.checked()) == "<Answer: receipt, rows: 1>"


def test_rows_make_a_table_of_pandas(truce: Book) -> None:
    pandas = pytest.importorskip("pandas")

    frame = pandas.DataFrame(truce.pace("cn-soy-2025", as_of="2026-01-07"))
    flat = pandas.json_normalize(list(truce.status()), sep="_")

    assert list(frame["delivered"].astype(float)) == [8.5, 10.0, 3.794, 6.9, 0.0]
    assert pandas.to_datetime(frame["data_through"]).max() == pandas.Timestamp(2026, 1, 6)
    assert {"figure_percent", "latest_claim_party"} <= set(flat.columns)
    assert len(flat) == len(truce.status())


# --- records ------------------------------------------------------------------------------------


def test_a_receipt_is_the_document_of_the_command(opened: Book, tracker: Run) -> None:
    ran = tracker("log", "tiktok", "stalled", "--says", "us", "-f", "json")
    opened.undo()
    again = opened.log("tiktok", Stage.STALLED, says="us").data

    said = json.loads(ran.out)
    for key in ("entry", "batch", "recorded_at"):
        assert said["recorded"][0].pop(key) != again["recorded"][0].pop(key)
    assert said["changes"][0].pop("entries") != again["changes"][0].pop("entries")
    assert said == again


def test_a_moment_given_as_the_day_of_a_declaration_counts_as_its_day(truce: Book) -> None:
    moment = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)

    truce.change(
        "us-fentanyl-tariff-cut", promised_on=moment, reason="The readout names a later day"
    )

    declared = truce.history("us-fentanyl-tariff-cut").rows[-1]["declares"]
    assert declared["promised_on"] == "2026-01-20"


def test_a_text_is_kept_and_compared(
    opened: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_TEXTS", str(tmp_path / "texts"))  # of a book on a server
    path = tmp_path / "sheet.txt"
    path.write_text("Buy hardwood logs")
    opened.source_keep("article", path, seen="2026-01-02")
    (kept,) = opened.source_keep("article", b"Buy hardwood and softwood logs", note="As sent")

    (change,) = opened.source_diff("article")

    assert (kept["kind"], kept["note"], kept["text"]["words"]) == ("text", "As sent", 5)
    assert (change["removed"], change["added"]) == ("", "and softwood")
    assert [one["words"] for one in opened.show("article").rows[0]["texts"]] == [3, 5]

    opened.source_keep("article", b"Buy softwood logs")
    assert [one["removed"] for one in opened.source_diff("article")] == ["hardwood and"]


def test_entries_are_corrected(opened: Book) -> None:
    noted = opened.note("tiktok", "Pending", source=USDA).rows[0]["entry"]
    amended = opened.amend(noted, on=date(2026, 1, 6), source="", note=None)
    opened.retract(amended.rows[1]["entry"], "Misread")
    undone = opened.undo()

    retraction, corrected = amended.rows
    assert retraction["refers_to"] == noted
    assert (corrected["effective_on"], corrected["source"]) == ("2026-01-06", [])
    assert corrected["note"] == "Pending"
    assert undone.rows[0]["kind"] == "retraction"


def test_a_number_retracts_an_entry_and_a_slug_a_thing_with_all_about_it(opened: Book) -> None:
    noted = opened.note("tiktok", "Pending").rows[0]["entry"]

    one = opened.retract(f"#{noted}", "Misread")
    with raises("more rests"):
        opened.retract("tiktok", "Never promised")
    gone = opened.retract("tiktok", "Never promised", everything=True)

    assert [row["refers_to"] for row in one] == [noted]
    assert {row["command"] for row in gone} == {"retract"}
    assert "tiktok" not in {row["concession"] for row in opened.status()}


def test_every_correction_is_named_as_on_the_command_line(truce: Book) -> None:
    reading = truce.measure("cn-soy-2025-delivery", 11, "MMT", by="USDA").rows[0]["entry"]
    amended = truce.amend(reading, value="11.5", by="Customs", basis="arrived", flow=True).rows[1]
    move = truce.move("cn-soy-2025-delivery", date(2026, 4, 30)).rows[0]["entry"]
    moved = truce.amend(move, to="2026-05", target=10).rows[1]

    assert (amended["value"], amended["counted_by"]) == (Decimal("11.5"), "Customs")
    assert (amended["basis"], amended["flow"]) == ("arrived", True)
    assert (moved["due_on"], moved["value"]) == ("2026-05", Decimal(10))
    truce.change("cn-soy-2025-delivery", reason="A smaller amount", target=Decimal("1.1E+1"))
    (target,) = {row["target"] for row in truce.pace("cn-soy-2025").rows}
    assert target == 10


SAID = {"source": ["wh-fact-sheet", USDA], "on": "2026-03-20", "public": "2026-03-21"}
RECORDS: list[Callable[[Book], Answer]] = [
    lambda book: book.log("cn-soy-2026", "partial", note="Some", says="cn", **SAID),
    lambda book: book.log(["cn-soy-2026", "cn-soy-2027"], "started"),
    lambda book: book.measure(
        "cn-soy-2026-delivery", 5, by="USDA", basis="sold", note="So far", **SAID
    ),
    lambda book: book.measure("cn-soy-2026-delivery", 1, by="Port", basis="arrived", flow=True),
    lambda book: book.move(
        "cn-soy-2026-delivery", "2027-02", target=24, says="us", note="Late", **SAID
    ),
    lambda book: book.move("2027-11-10", ending="2026-11-10", says="us", note="A year", **SAID),
    lambda book: book.move("2028-11-10", ending="2026-11-10"),
    lambda book: book.note("busan-truce", "Talks", says="us", **SAID),
    lambda book: book.checked(["cn-soy-2026"], "cn-soy-2027"),
    lambda book: book.close("mtg-beijing-2026", "cancelled", note="Off", **SAID),
]


def test_every_part_of_a_record_is_kept(truce: Book, snapshot: SnapshotAssertion) -> None:
    changing = {"entry", "batch", "recorded_at", "refers_to"}

    def written(row: dict[str, Any]) -> str:
        held = {name: value for name, value in row.items() if name not in changing}
        return ", ".join(f"{name} {value}" for name, value in held.items() if value is not None)

    assert [[*map(written, write(truce))] for write in RECORDS] == snapshot


# --- refusals -----------------------------------------------------------------------------------


MISTAKES: list[Callable[[Book], Answer]] = [
    lambda book: book.status("soya"),
    lambda book: book.status(kind="tarif"),
    lambda book: book.status(status=["kept", "keptt"]),
    lambda book: book.gains(known_by="noon"),
    lambda book: book.gains(by="sectors"),
    lambda book: book.gains(since="2026-01-09"),
    lambda book: book.history(since="2026-01-02", until="2026-01-01"),
    lambda book: book.diff("2026-01-05", "2026-01-06", as_of="2026-01-08"),
    lambda book: book.log("soybeans", "nearly"),
    lambda book: book.log([], "met"),
    lambda book: book.measure("truce-year", "8,5"),
    lambda book: book.move("truce-year", "soon"),
    lambda book: book.close("truce-year", "done"),
    lambda book: book.amend(1, status="nearly"),
    lambda book: book.amend(1, to="soon"),
    lambda book: book.add_party("rice", target=3),
    lambda book: book.change("truce-year", due_on="soon", reason="Misread"),
    lambda book: book.source_keep("article", b""),
    lambda book: book.source_diff("article", as_of="soon"),
]


@pytest.mark.on("sqlite")
def test_a_mistake_is_refused_as_on_the_command_line(
    opened: Book, snapshot: SnapshotAssertion
) -> None:
    said = []
    for ask in MISTAKES:
        with pytest.raises(TrackerError) as refusal:
            ask(opened)
        said.append(f"{refusal.typename}: {refusal.value}")
    assert said == snapshot


def test_an_option_that_there_is_not_is_a_type_error(opened: Book) -> None:
    for ask in (opened.status, opened.checked, opened.week):
        with pytest.raises(TypeError, match="columns"):
            ask(columns="slug")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="grade"):
        opened.amend(13, grade="met")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="says"):  # outcomes are yours alone
        opened.close("truce-year", "cancelled", says="us")  # type: ignore[call-arg]


def test_a_book_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    with raises("no such book"):
        Book.open(tmp_path / "none.db")

    assert not (tmp_path / "none.db").exists()


# --- opening ------------------------------------------------------------------------------------


def test_day_and_author_come_from_the_surroundings_or_the_caller(book: Path) -> None:
    with Book.open(book) as surrounding, Book.open(f"sqlite:///{book}", DAY, "ana") as own:
        assert (surrounding.today, surrounding.author) == (TODAY, "analyst")
        assert (own.today, own.author) == (date(2026, 3, 22), "ana")


@pytest.mark.parametrize("is_kept_open", [False, True])
def test_a_book_that_outlives_midnight_reports_and_records_on_the_new_day(
    target: Target, monkeypatch: pytest.MonkeyPatch, is_kept_open: bool
) -> None:
    monkeypatch.delenv("TRACKER_TODAY")
    monkeypatch.setattr("tracker.settings.today", lambda: date(2026, 1, 8))
    book = Book.open(target.address) if is_kept_open else Book(target.address)
    assert book.gains().data["as_of"] == "2026-01-08"

    monkeypatch.setattr("tracker.settings.today", lambda: date(2026, 1, 9))

    assert book.gains().data["as_of"] == "2026-01-09"
    assert book.note("soybeans", "Cargoes land").rows[0]["effective_on"] == "2026-01-09"
    said = book.log("soybeans", "met", on="2026-01-09")
    assert said.rows[0]["effective_on"] == "2026-01-09"
    assert book.week("last").data["period"]["name"] == "2026-W01"
    book.disconnect()


@pytest.mark.parametrize("is_named", [False, True])
def test_a_day_that_was_named_as_todays_stays(
    book: Path, monkeypatch: pytest.MonkeyPatch, is_named: bool
) -> None:
    monkeypatch.setattr("tracker.settings.today", lambda: date(2026, 12, 2))
    opened = Book(book, today=DAY if is_named else None)  # else by TRACKER_TODAY
    day = date.fromisoformat(DAY) if is_named else TODAY

    for _ in range(2):
        assert opened.gains().data["as_of"] == day.isoformat()


def crowd(work: Callable[[], object]) -> list[BaseException | None]:
    """Do some work in eight threads at once; return how each ended."""
    endings: list[BaseException | None] = []

    def worked() -> None:
        try:
            work()
        except BaseException as error:
            endings.append(error)
        else:
            endings.append(None)

    threads = [Thread(target=worked, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return endings


def report_and_record(book: Book) -> None:
    for _ in range(3):
        book.gains()
    book.note("soybeans", "Cargoes land")


def test_an_open_book_refuses_other_threads_at_once(target: Target) -> None:
    with Book.open(target.address) as book:
        refusals = crowd(lambda: report_and_record(book)) + crowd(book.disconnect)

        assert {type(refusal) for refusal in refusals} == {WrongUsage}
        assert len(refusals) == 16
        assert str(refusals[0]) == (
            f"{target} was opened by another thread. Open it in each thread, or use Book(PATH),"
            " which many threads can share"
        )
        assert code_of("another thread") == 2
        report_and_record(book)
        assert len(book.history()) == 13


def test_a_book_that_is_opened_for_each_call_serves_many_threads(target: Target) -> None:
    book = Book(target.address)

    assert crowd(lambda: report_and_record(book)) == [None] * 8
    assert len(book.history()) == 20
    assert book.db_check().exit_code == 0


def test_an_export_may_be_read_in_one_thread_after_another(target: Target) -> None:
    lines = iter(Book(target.address).export())
    read = [next(lines)]

    for take in (lambda: read.append(next(lines)), lambda: read.extend(lines)):
        thread = Thread(target=take)
        thread.start()
        thread.join()

    assert read == [*Book(target.address).export()]


def test_the_book_that_the_environment_names_is_opened(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DB", str(book))

    with Book.open(author="ana") as opened:
        assert opened.checked().rows[0]["author"] == "ana"


def test_a_book_is_made_copied_exported_and_brought_into_another(tmp_path: Path) -> None:
    """What the command line does to whole books, Python does; `Book(…)` opens it for each call."""
    book = Book(tmp_path / "truce.db", today=DAY, author="ana")
    made = book.init("article")
    book.log("soybeans", "partial", on="2026-01-08")

    lines = [*book.export()]
    assert [*book.export(str(tmp_path / "truce.jsonl"))] == []
    book.db_backup(str(tmp_path / "friday.db"))

    assert str(made).startswith(f"Made a book at {tmp_path / 'truce.db'}: article.")
    assert (tmp_path / "truce.jsonl").read_text("utf-8") == "".join(lines)
    assert book.db_check().exit_code == 0
    other = Book(tmp_path / "other.db", today=DAY, author="li")
    other.init("article")
    (tmp_path / "updates.csv").write_text(
        "concession,stage,effective_on\nsoybeans,partial,2026-01-08\n"
    )
    (entry,) = other.import_(tmp_path / "updates.csv").rows
    assert (entry["status"], entry["author"]) == ("partly", "li")
    assert len(other.status()) == len(Book(tmp_path / "friday.db", today=DAY).status())


def test_importing_the_package_imports_no_part_of_it() -> None:
    code = "import sys, tracker; print([one for one in sys.modules if one.startswith('tracker.')])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "[]\n"
