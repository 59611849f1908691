import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY, Run, book_at, new_book
from tests.questions import ARTICLE, every_report
from tests.refusals import forge
from tracker.cli import run
from tracker.database import Target
from tracker.dates import exactly, parse_period
from tracker.entry import Entry, Fingerprint, unwritten
from tracker.interchange import applying, exports
from tracker.interchange.exports import export
from tracker.journal.batch import content_key, entry_of
from tracker.journal.chain import verify
from tracker.journal.consistency import Declaring, version_in_force
from tracker.journal.corrections import take_back, targets_of
from tracker.journal.verbs import declare
from tracker.journal.writer import Writer
from tracker.vocabulary import Basis, Command, EntryKind, Media, Outcome, Stage, ThingKind

SEED = Path(__file__).parent / "busan.toml"
MADE_AT = datetime(2025, 12, 1, 9, 30, 0, 5, tzinfo=UTC)

CONCESSIONS = ("soybeans", "fentanyl-tariff", "rare-earths")
DEADLINES = ("soybeans-2025", "soybeans-2026", "rare-earth-licences")
DECLARED = 13
"""The entries of the truce: what it declares, and one stage."""
SLUGS = (*CONCESSIONS, *DEADLINES, "busan-truce", "truce-expiry")

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1)
SAID = TEXT.filter(str.strip)
DATES = st.dates(date(2025, 10, 30), TODAY)
PASSED = st.sampled_from(("2025", "2025-11", "2025-12")).map(parse_period)
DAYS = st.one_of(DATES.map(exactly), PASSED)
PARTIES = st.sampled_from((None, "us", "cn"))
SOURCES = st.sampled_from(("fact-sheet", "trade-press", "https://example.org/牌?a=%25"))
QUANTITIES = st.decimals(-(10**9), 10**9, allow_nan=False, places=3)
PERIODS = st.sampled_from(("2026", "2026-04", "2026-02-28", "2027-12")).map(parse_period)


Entries = st.SearchStrategy[Entry]


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


def of_kind(kind: EntryKind, about: tuple[str, ...], **own: st.SearchStrategy[Any]) -> Entries:
    sources = st.lists(SOURCES, max_size=2, unique=True).map(tuple)
    parts = {"effective_on": DAYS, "source": sources, "note": maybe(SAID)} | own
    parts["public_on"] = st.none() | DATES
    return st.fixed_dictionaries({"subject": st.sampled_from(about), **parts}).map(
        lambda values: unwritten(kind=kind, **values)
    )


class Changed(NamedTuple):
    """Another title and other parties of a concession, and what may be said of its promise."""

    concession: str
    title: str
    giver: list[str]
    promise: dict[str, object]


class Retracted(NamedTuple):
    """An entry taken back."""

    entry: int


Action = Entry | Changed | Retracted

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)
READERS = LINES.map(lambda line: line.strip()[:100])  # no reader has a longer name
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
ENTRIES = st.one_of(
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
    st.builds(
        lambda about, seen_on, note, text: unwritten(
            EntryKind.TEXT, about, exactly(seen_on), note=note, text=text
        ),
        SOURCES,
        DATES,
        maybe(SAID),
        st.tuples(HASHES, HASHES, st.integers(1, 10**6), st.sampled_from(Media), READERS).map(
            lambda text: Fingerprint._make(text)._asdict()
        ),
    ),
)
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    ENTRIES,
    st.builds(
        Changed,
        st.sampled_from(CONCESSIONS),
        LINES,
        st.sampled_from((["cn"], ["us"])),
        st.fixed_dictionaries(
            {},
            optional={
                "hold": st.just(True),
                "promised_on": st.sampled_from(("2025", "2025-11", "2025-11-07")),
                "quote": LINES,
            },
        ),
    ),
)


def live(writer: Writer, entry: int) -> Entry | None:
    """Return an entry that may be cited or taken back, if it may."""
    (found,) = targets_of(writer, [entry])
    return None if found.retracted_by or found.kind is EntryKind.RETRACTION else found


def perform(writer: Writer, action: Action) -> None:
    """Write an entry as it is, whatever its command would say to it."""
    match action:
        case Changed(concession, title, giver, promise):
            fields = version_in_force(writer, ThingKind.CONCESSION, concession) or {}
            sides = {"giver": giver, "receiver": ["us" if giver == ["cn"] else "cn"]}
            said = sides | {"title": title} | promise
            changed = Declaring(ThingKind.CONCESSION, concession, fields | said)
            declare(writer, Command.CHANGE, [changed], "Reworded")
        case Retracted(entry):
            if wrong := live(writer, entry):
                take_back(writer, Command.RETRACT, [wrong.entry])
        case Entry():
            writer.append(Command.IMPORT, [action._replace(key=content_key(action))])


def make(path: Path, actions: list[Action]) -> None:
    """Make a book of these entries, in batches of up to 7, a minute after each other."""
    with new_book(path) as connection:
        applying.apply(Writer(connection, "desk", TODAY, MADE_AT), applying.load([SEED]))
        for start in range(0, len(actions), 7):
            now = MADE_AT + timedelta(minutes=start)
            writer = Writer(connection, ("desk", "Zoë 大豆")[start % 2], TODAY, now)
            with writer.batch(Command.IMPORT):
                for action in actions[start : start + 7]:
                    perform(writer, action)


def exported(path: Path, to: Path) -> bytes:
    with book_at(path) as connection, to.open("w", encoding="utf-8", newline="") as file:
        file.writelines(export(connection))
    return to.read_bytes()


def restored(dump: Path, path: Path) -> None:
    with dump.open("rb") as file:
        exports.make_again(Target("sqlite", str(path)), file, str(dump))


def require_same_after_a_round(folder: Path, actions: list[Action]) -> bytes:
    for old in folder.glob("*.db"):
        old.unlink()
    make(folder / "first.db", actions)
    first = exported(folder / "first.db", folder / "first.jsonl")
    restored(folder / "first.jsonl", folder / "second.db")
    assert exported(folder / "second.db", folder / "second.jsonl") == first
    with book_at(folder / "second.db") as connection:
        found = verify(connection)
    assert found.entries == first.count(b'{"type":"entry"')
    return first


@given(st.data())
@settings(
    max_examples=20 if os.environ.get("CI") else 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_random_books_survive_export_and_init_identical(
    tmp_path: Path, data: st.DataObject
) -> None:
    actions = data.draw(st.lists(ACTIONS, min_size=1, max_size=60))
    # Not what the truce declares: all the rest rests on it.
    numbers = st.integers(DECLARED, DECLARED + len(actions) // 2)
    retracted = data.draw(st.sets(numbers, max_size=20))
    require_same_after_a_round(tmp_path, [*actions, *map(Retracted, sorted(retracted))])


@pytest.mark.endurance
def test_100_000_random_entries_survive_export_and_init_identical(tmp_path: Path) -> None:
    """Hypothesis makes them a few dozen at a time; they are in one book."""
    actions: list[Action] = []

    @given(st.lists(ACTIONS, min_size=25, max_size=50), st.integers(0, 10**6))
    @settings(
        max_examples=5_000,
        database=None,
        derandomize=True,
        suppress_health_check=[*HealthCheck],
    )
    def collect(more: list[Action], back: int) -> None:
        if len(actions) < 100_000:
            actions.extend(more)
            actions.append(Retracted(DECLARED + back % (len(actions) // 2)))

    collect()
    assert len(actions) >= 100_000
    dump = require_same_after_a_round(tmp_path, actions[:100_000])
    assert {json.loads(line).get("kind") for line in dump.splitlines()} >= {*EntryKind}


# --- on the command line ----------------------------------------------------------------------

EXAMPLES = ARTICLE | {"deadline": "soybeans-2025", "source": "fact-sheet"}
REPORTS = [*every_report(EXAMPLES), "status --known-by 2025-12-15"]


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
    heads = [tracker("db", "check", db=db).out.split(": ")[1] for db in (None, other)]
    assert heads[0] == heads[1]
    assert "sound, 18 entries" in heads[0]


def test_an_export_is_written_in_the_order_of_the_book_to_the_screen_too(
    tracker: Run, dump: Path
) -> None:
    header, *lines = [json.loads(line) for line in dump.read_text("utf-8").splitlines()]
    assert (header["type"], header["schema"], header["entries"]) == ("book", 3, 18)
    assert header["head"] == lines[-1]["seal"]
    assert [line["entry"] for line in lines if line["type"] == "entry"] == [*range(1, 19)]
    batches = [line for line in lines if line["type"] == "batch"]
    assert [one["command"] for one in batches] == ["apply", "log", "measure", "move", "amend"]
    assert [one["first_entry"] for one in batches] == [1, 14, 15, 16, 17]
    for batch in batches:
        entry = lines[lines.index(batch) - 1]
        assert entry["batch"] == batch["batch"]
    assert lines[4]["declares"]["title"] == "US–China trade truce"
    assert tracker("export").out == dump.read_text("utf-8")


@pytest.mark.on("sqlite")
def test_an_empty_book_survives_export_and_init(tracker: Run, tmp_path: Path) -> None:
    book, dump = tmp_path / "empty.db", tmp_path / "empty.jsonl"
    assert tracker("init", "--empty", db=book).code == 0
    assert tracker("export", dump, db=book).code == 0

    made = tracker("init", dump, db=tmp_path / "again.db")

    header = '{"type":"book","format":"truce-tracker","schema":3,"entries":0}\n'
    assert dump.read_text("utf-8") == header
    assert made.out.endswith("again.db week\n")


def test_a_restored_book_goes_on_as_any_other(tracker: Run, dump: Path, tmp_path: Path) -> None:
    other = tmp_path / "restored.db"
    tracker("init", dump, db=other)
    assert tracker("log", "soybeans", "met", db=other).code == 0
    assert "sound, 19 entries" in tracker("db", "check", db=other).out


def test_a_party_that_was_withdrawn_and_came_back_is_restored(tracker: Run, tmp_path: Path) -> None:
    for author, command in (
        ("chen", "add party japan --name Japan --short Japan"),
        ("chen", "retract japan --everything --reason Mistaken"),
        ("li", "change us --name America --reason Shorter"),
        ("li", "log soybeans partial --says us --on 2026-01-07"),
        ("chen", "undo"),
        ("chen", "log soybeans partial --says japan --on 2026-01-08"),
    ):
        assert tracker("--author", author, *command.split()).code == 0
    export = tracker("export", tmp_path / "book.jsonl")
    assert export.code == 0

    restored = tracker("init", tmp_path / "book.jsonl", db=tmp_path / "restored.db")

    assert (restored.code, restored.err) == (0, "")
    assert tracker("status", db=tmp_path / "restored.db").out == tracker("status").out


def test_an_entry_about_what_was_never_declared_is_refused_though_its_key_fits(
    tracker: Run, dump: Path, tmp_path: Path
) -> None:
    def spoil(words: dict[str, Any]) -> None:
        words["subject"] = "sorghum"
        words["key"] = content_key(entry_of(words)).hex()

    forge(dump, "entry", spoil)

    ran = tracker("init", dump, db=tmp_path / "restored.db")

    assert (ran.code, "entry 18 was changed: the book cannot hold it" in ran.err) == (5, True)


@pytest.mark.on("sqlite")
def test_a_damaged_index_replaces_no_good_export(tracker: Run, book: Path, dump: Path) -> None:
    """Each index in turn loses its last row, and says so nowhere."""
    good, whole = dump.read_bytes(), book.read_bytes()
    with closing(sqlite3.connect(book)) as driver:
        ((size,),) = driver.execute("PRAGMA page_size")
        roots = driver.execute("SELECT rootpage FROM sqlite_master WHERE type = 'index'").fetchall()
    refused = 0
    for (root,) in roots:
        header, damaged = (root - 1) * size, bytearray(whole)
        rows = int.from_bytes(whole[header + 3 : header + 5], "big")
        damaged[header + 3 : header + 5] = max(rows - 1, 0).to_bytes(2, "big")
        book.write_bytes(damaged)

        ran = tracker("export", dump)

        assert dump.read_bytes() == good
        assert ran.code == 0 or (ran.code == 7 and "is damaged: " in ran.err)
        refused += ran.code == 7
    assert refused  # others are used by no export


def test_a_missing_export_and_a_missing_book_are_told(tmp_path: Path) -> None:
    assert run(["--db", str(tmp_path / "no.db"), "export"]) == 7
    assert run(["--db", str(tmp_path / "no.db"), "init", str(tmp_path / "no.jsonl")]) == 3


def test_a_slow_reader_of_an_export_keeps_nobody_from_writing(tracker: Run, target: Target) -> None:
    for _ in range(20):
        assert tracker("note", "soybeans", "sold " * 5_000).code == 0
    command = [sys.executable, "-m", "tracker", "--db", target.address, "export"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as export:
        assert export.stdout
        first = export.stdout.readline()  # the rest fills the pipe, and waits

        began = time.monotonic()
        assert tracker("note", "soybeans", "Recorded meanwhile").code == 0
        assert time.monotonic() - began < 5

        rest = export.stdout.readlines()
    assert export.returncode == 0
    assert sum(line.startswith('{"type":"entry"') for line in rest) == json.loads(first)["entries"]
