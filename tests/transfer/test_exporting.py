import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY, Run
from tracker import schema
from tracker.cli.running import run
from tracker.database import Target, creating, open_book
from tracker.dates import parse_period
from tracker.interchange import applying, exporting, restoring
from tracker.journal import Draft, Writer
from tracker.journal.verification import verify
from tracker.vocabulary import Basis, EntryKind, Outcome, Stage

SEED = Path(__file__).parent / "busan.toml"
OCCASION = applying.Occasion("desk", TODAY, datetime(2025, 12, 1, 9, 30, 0, 5, tzinfo=UTC))

CONCESSIONS = ("soybeans", "fentanyl-tariff", "rare-earths")
DEADLINES = ("soybeans-2025", "soybeans-2026", "rare-earth-licences")
SLUGS = (*CONCESSIONS, *DEADLINES, "busan-truce", "truce-expiry")

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1)
SAID = TEXT.filter(str.strip)
DAYS = st.dates(date(2025, 10, 30), TODAY)
PARTIES = st.sampled_from((None, "us", "cn"))
SOURCES = st.sampled_from((None, "fact-sheet", "trade-press", "https://example.org/牌?a=%25"))
QUANTITIES = st.decimals(-(10**9), 10**9, allow_nan=False, places=3)
PERIODS = st.sampled_from(("2026", "2026-04", "2026-02-28", "2027-12")).map(parse_period)


Drafts = st.SearchStrategy[Draft]


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


def of_kind(kind: EntryKind, about: tuple[str, ...], **own: st.SearchStrategy[Any]) -> Drafts:
    parts = {"effective_on": DAYS, "source": SOURCES, "note": maybe(SAID)} | own
    return st.fixed_dictionaries({"about": st.sampled_from(about), **parts}).map(
        lambda values: Draft(kind=kind, **values)
    )


DRAFTS = st.one_of(
    of_kind(EntryKind.STAGE, CONCESSIONS, says=PARTIES, stage=st.sampled_from(Stage)),
    of_kind(
        EntryKind.READING,
        DEADLINES,
        value=QUANTITIES,
        unit=SAID,
        counted_by=SAID,
        basis=st.sampled_from(Basis),
        flow=st.booleans(),
    ),
    of_kind(EntryKind.DEADLINE, DEADLINES, says=PARTIES, due_on=PERIODS),
    of_kind(EntryKind.DEADLINE, DEADLINES, due_on=PERIODS, value=QUANTITIES, unit=SAID),
    of_kind(EntryKind.DEADLINE, DEADLINES, outcome=st.sampled_from(Outcome)),
    of_kind(EntryKind.NOTE, SLUGS, says=PARTIES, note=SAID),
    of_kind(EntryKind.CHECK, SLUGS),
)


def retraction(target: int) -> Draft:
    return Draft(EntryKind.RETRACTION, "busan-truce", TODAY, retracts=target)


def make(path: Path, drafts: list[Draft]) -> None:
    """Make a book of these entries, in batches of up to 7, a minute after each other."""
    with creating(Target("sqlite", str(path))) as connection:
        schema.upgrade(connection)
        with connection.writing():
            applying.apply(connection, SEED, OCCASION)
            for start in range(0, len(drafts), 7):
                now = OCCASION.now + timedelta(minutes=start)
                author = ("desk", "Zoë 大豆")[start % 2]
                Writer(connection, author, TODAY, now).append(drafts[start : start + 7])


def exported(path: Path, to: Path) -> bytes:
    connection = open_book(Target("sqlite", str(path)))
    with connection.reading(), to.open("w", encoding="utf-8", newline="") as file:
        file.writelines(exporting.export(connection))
    connection.close()
    return to.read_bytes()


def restored(dump: Path, path: Path) -> None:
    with creating(Target("sqlite", str(path))) as connection, dump.open("rb") as file:
        schema.upgrade(connection)
        with connection.filling():
            restoring.restore(connection, file, str(dump))


def require_same_after_a_round(folder: Path, drafts: list[Draft]) -> None:
    for old in folder.glob("*.db"):
        old.unlink()
    make(folder / "first.db", drafts)
    first = exported(folder / "first.db", folder / "first.jsonl")
    restored(folder / "first.jsonl", folder / "second.db")
    assert exported(folder / "second.db", folder / "second.jsonl") == first
    connection = open_book(Target("sqlite", str(folder / "second.db")))
    found = verify(connection)
    connection.close()
    assert (found.entries, found.broken) == (len(drafts) + 1, None)


@given(st.data())
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_random_books_survive_export_and_init_identical(
    tmp_path: Path, data: st.DataObject
) -> None:
    drafts = data.draw(st.lists(DRAFTS, min_size=1, max_size=60))
    retracted = data.draw(st.sets(st.integers(1, len(drafts) + 1), max_size=20))
    require_same_after_a_round(tmp_path, [*drafts, *map(retraction, sorted(retracted))])


@pytest.mark.endurance
def test_100_000_random_entries_survive_export_and_init_identical(tmp_path: Path) -> None:
    """Hypothesis makes them a few dozen at a time; they stand in one book."""
    drafts: list[Draft] = []

    @given(st.lists(DRAFTS, min_size=25, max_size=50), st.integers(0, 10**6))
    @settings(
        max_examples=5_000,
        database=None,
        derandomize=True,
        suppress_health_check=[*HealthCheck],
    )
    def collect(more: list[Draft], back: int) -> None:
        if len(drafts) < 100_000:
            drafts.extend(more)
            drafts.append(retraction(1 + back % len(drafts)))

    collect()
    assert len(drafts) >= 100_000
    assert {draft.kind for draft in drafts} == {*EntryKind}
    require_same_after_a_round(tmp_path, drafts[:100_000])


# --- on the command line ----------------------------------------------------------------------

REPORTS = (
    *("status", "gains", "deadlines", "pace", "claims", "cliff", "at-risk", "sources"),
    *("week 2026-W02", "history --all", "show soybeans", "status --known-by 2025-12-15"),
)


@pytest.fixture
def dump(tracker: Run, tmp_path: Path) -> Path:
    """A book with some history, exported."""
    tracker("log", "soybeans", "partial", "-m", "8.5 MMT under contract", "--says", "us")
    tracker("measure", "soybeans-2025", "8.50", "--by", "USDA", "--basis", "sold")
    tracker("move", "soybeans-2025", "2026-02", "--source", "https://example.org/a")
    tracker("amend", "3", "--value", "8.25")
    path = tmp_path / "truce.jsonl"
    assert tracker("export", path).code == 0
    return path


def test_a_restored_book_gives_the_same_reports_to_the_byte(
    tracker: Run, dump: Path, tmp_path: Path
) -> None:
    other = tmp_path / "restored.db"
    ran = tracker("init", dump, db=other)
    assert (ran.code, ran.err) == (0, "")
    for report in REPORTS:
        for name in ("text", "json"):
            command = [*report.split(), "-f", name]
            assert tracker(*command).out == tracker(*command, db=other).out
    heads = [tracker("db", "verify", db=db).out.split(": ")[1] for db in (None, other)]
    assert heads[0] == heads[1]
    assert "6 entries, unbroken" in heads[0]


def test_an_export_is_written_in_the_order_of_the_book_to_the_screen_too(
    tracker: Run, dump: Path
) -> None:
    lines = [json.loads(line) for line in dump.read_text("utf-8").splitlines()]
    assert list(dict.fromkeys(line["type"] for line in lines)) == [
        *("book", "party", "source", "agreement", "concession", "deadline", "exchange", "entry")
    ]
    assert [line["entry"] for line in lines if line["type"] == "entry"] == [1, 2, 3, 4, 5, 6]
    assert lines[0]["schema"] == 1
    assert tracker("export").out == dump.read_text("utf-8")


def test_a_restored_book_goes_on_as_any_other(tracker: Run, dump: Path, tmp_path: Path) -> None:
    other = tmp_path / "restored.db"
    tracker("init", dump, db=other)
    assert tracker("log", "soybeans", "met", db=other).code == 0
    assert "7 entries, unbroken" in tracker("db", "verify", db=other).out


CHANGES = {
    "a note": ("8.5 MMT", "8.6 MMT", "entry 2 was changed: its digest does not fit"),
    "a value": ('"value":"8.50"', '"value":"8.5"', "entry 3 was changed"),
    "a day": ('"due_on":"2026-02"', '"due_on":"2026-03"', "entry 4 was changed"),
    "a number": ('"entry":5', '"entry":9', "entry 5 was changed: it is missing"),
    "the catalog": ('"target":"12"', '"target":"10"', "its catalog does not fit its header"),
    "the count": ('"entries":6', '"entries":7', "it ends with entry 6"),
    "the format": ('"truce-tracker"', '"other"', "it does not begin as one"),
    "the schema": ('"schema":1', '"schema":2', "it is of schema 2"),
    "a type": ('"type":"entry","entry":6', '"type":"e","entry":6', "is of no type"),
    "the syntax": ('{"type":"entry","entry":6', "{", "it is not a JSON object"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_tampered_export_is_refused_and_leaves_nothing(
    tracker: Run, dump: Path, tmp_path: Path, change: str
) -> None:
    before, after, reason = CHANGES[change]
    text = dump.read_text("utf-8")
    assert before in text
    dump.write_text(text.replace(before, after, 1), "utf-8")
    folder = tmp_path / "new"
    folder.mkdir()
    ran = tracker("init", dump, db=folder / "restored.db")
    assert ran.code == 5
    assert reason in ran.err
    assert list(folder.iterdir()) == []


def test_an_entry_taken_out_or_the_tail_cut_off_is_noticed(
    tracker: Run, dump: Path, tmp_path: Path
) -> None:
    lines = dump.read_text("utf-8").splitlines(keepends=True)
    for kept, reason in ((lines[:-3] + lines[-2:], "entry 4"), (lines[:-1], "ends with entry 5")):
        dump.write_text("".join(kept), "utf-8")
        ran = tracker("init", dump, db=tmp_path / "restored.db")
        assert (ran.code, reason in ran.err) == (5, True), ran.err


def test_a_missing_export_and_a_missing_book_are_told(tmp_path: Path) -> None:
    assert run(["--db", str(tmp_path / "no.db"), "export"]) == 7
    assert run(["--db", str(tmp_path / "no.db"), "init", str(tmp_path / "no.jsonl")]) == 3
