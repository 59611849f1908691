import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import book_at, make_book
from tests.recording import Circumstances, Measurement, log, measure, move, note
from tests.refusals import raises
from tracker.database import Connection, Target, connect
from tracker.dates import exactly, parse_period
from tracker.entry import Fingerprint
from tracker.journal import verbs
from tracker.journal.chain import verify
from tracker.journal.consistency import Declaring
from tracker.journal.verbs import keep
from tracker.journal.writer import Writer
from tracker.models import metadata
from tracker.record import BookState
from tracker.soundness import difference, mark_of
from tracker.vocabulary import Basis, Command, Media, Stage, ThingKind

UNFIT = "its digest does not fit"


def unguarded(book: Path, *statements: str) -> None:
    """Drop the guards, and edit the book behind the program's back."""
    with sqlite3.connect(book, isolation_level=None) as driver:
        driver.execute("PRAGMA ignore_check_constraints = ON")
        driver.execute("BEGIN")
        for (guard,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            driver.execute(f"DROP TRIGGER {guard}")
        for statement in statements:
            assert driver.execute(statement).rowcount, "nothing was edited"
        driver.execute("COMMIT")
    driver.close()


def tamper(book: Path, *statements: str) -> tuple[int, str]:
    """Edit the book behind the program's back, and return where its chain breaks."""
    unguarded(book, *statements)
    with closing(connect(Target("sqlite", str(book)))) as opened:
        return broken(opened)


def broken(connection: Connection) -> tuple[int, str]:
    with raises("book damaged") as caught:
        verify(connection)
    entry, why = re.fullmatch(
        "the chain breaks at entry ([0-9]+): (.*)", caught.value.reason
    ).groups()
    return int(entry), why


def breaks_at(entry: int, reason: str = UNFIT) -> tuple[int, str]:
    return entry, reason


# --- whole --------------------------------------------------------------------------------------


def test_the_seeded_chain_is_whole(connection: Connection) -> None:
    found = verify(connection)

    assert found.entries == 24
    assert connection.text("SELECT seal FROM batch") == [(bytes.fromhex(str(found.head)),)]


@pytest.mark.on("sqlite")
def test_a_chain_of_many_batches_is_whole_and_its_head_is_the_last_seal(told: Path) -> None:
    with book_at(told) as opened:
        ((seal,),) = opened.text("SELECT seal FROM batch ORDER BY id DESC LIMIT 1")
        assert verify(opened) == BookState(32, seal.hex())


def test_an_empty_journal_is_whole(tmp_path: Path) -> None:
    with book_at(make_book(tmp_path / "new.db", None)) as connection:
        assert verify(connection) == BookState(0, None)


# --- an entry that was edited -------------------------------------------------------------------


@pytest.mark.parametrize("edit", ["note = x'41'", "note = CAST(x'ff' AS TEXT)", "key = 'abc'"])
def test_an_edit_that_cannot_be_read_is_found_all_the_same(book: Path, edit: str) -> None:
    found = tamper(book, f"UPDATE entry SET {edit} WHERE id = 15")

    assert found == breaks_at(15, "it cannot be read")


@pytest.mark.parametrize(
    "edit",
    [
        "note = 'never said'",
        "note = NULL",
        "effective_on = '2025-12-29'",
        "effective_on_precision = 'month'",
        "public_on = '2025-12-30'",
        "kind = 'note'",
        "stage = 'met'",
        "says_id = 1",
        "subject_id = 12",
        "concession_id = 12",
        "concession_id = NULL",
        "refers_to = 13",
        "key = zeroblob(16)",
        "nth = 2",
        "origin = 13",
        "batch = 2",
        "value = '8', unit = 'MMT'",
        "counted_by = 'USDA'",
        "basis = 'sold'",
        "flow = 0",
        "due_on = '2026-01-31', due_on_precision = 'day'",
        "outcome = 'met'",
        "digest = zeroblob(32)",
        f"digest = '{'0' * 32}'",
    ],
)
def test_an_edited_entry_is_named(book: Path, edit: str) -> None:
    found = tamper(book, f"UPDATE entry SET {edit} WHERE id = 15")

    reason = "it is in no batch" if edit.startswith("batch") else UNFIT
    assert found == breaks_at(15, reason)


@pytest.mark.parametrize("missing", [1, 7, 23])
def test_a_removed_entry_is_missed(book: Path, missing: int) -> None:
    found = tamper(book, f"DELETE FROM entry WHERE id = {missing}")

    assert found == breaks_at(missing, "it is missing")


@pytest.mark.parametrize(
    "edit",
    ["DELETE FROM entry_source WHERE entry_id = 15", "UPDATE entry_source SET place = place + 1",
     "INSERT INTO entry_source VALUES (15, 2, 1)"],
)  # fmt: skip
def test_an_edited_source_is_named(book: Path, edit: str) -> None:
    found = tamper(book, f"{edit}")

    assert found[1] == UNFIT


def test_a_last_entry_that_was_removed_breaks_the_seal_of_its_batch(book: Path) -> None:
    tamper(book, "DELETE FROM entry_source WHERE entry_id = 24")
    found = tamper(book, "DELETE FROM entry WHERE id = 24")

    assert found == breaks_at(23, "the seal of batch 1 does not fit")


def test_of_several_broken_entries_the_first_is_named(book: Path) -> None:
    found = tamper(book, "UPDATE entry SET note = 'never said' WHERE id IN (15, 12, 19)")

    assert found == breaks_at(12)


def test_an_entry_forged_with_a_digest_of_its_own_breaks_the_one_after(book: Path) -> None:
    forged = "UPDATE entry SET digest = (SELECT digest FROM entry WHERE id = 16) WHERE id = 15"

    assert tamper(book, forged) == breaks_at(15)


@pytest.mark.parametrize("number", [0, -7])
def test_an_entry_put_before_the_first_is_found(book: Path, number: int) -> None:
    found = tamper(
        book,
        "INSERT INTO entry (id, batch, kind, subject_id, effective_on, note, key, nth, digest)"
        f" SELECT {number}, batch, 'note', subject_id, effective_on, 'Never said', zeroblob(16),"
        " 1, digest FROM entry WHERE id = 1",
    )

    assert found[0] == 1


@pytest.mark.parametrize("beyond", [25, 10**12])
def test_a_number_left_out_is_missed_however_far_the_next_one_is(book: Path, beyond: int) -> None:
    found = tamper(book, f"UPDATE entry SET id = {beyond} WHERE id = 23")

    assert found == breaks_at(23, "it is missing")


# --- what was edited of any entry -----------------------------------------------------------------

TWELVE_MMT = {
    "concession": "soybeans",
    "kind": "delivery",
    "label": "12 MMT of soybeans",
    "opens_on": "2025-11-01",
    "due_on": "2025-12",
    "target": "12",
    "unit": "MMT",
    "source": "article",
}
TURNBERRY = [
    Declaring(ThingKind.PARTY, "eu", {"name": "European Union", "short": "EU"}),
    Declaring(ThingKind.PARTY, "eu-firms",
        {"name": "Firms of the EU", "short": "Firms", "part_of": "eu"}),
    Declaring(
        ThingKind.CONCESSION,
        "car-tariff",
        {
            "agreement": "busan-2025",
            "title": "No duty on cars above 15 %",
            "giver": ["us"],
            "receiver": ["eu"],
            "sector": "cars",
            "kind": "tariff",
            "instrument": "joint-text",
            "test": "The rate in the tariff schedule is 15 % or less.",
            "source": "article",
            "quote": "the higher of",
            "hold": True,
            "promised_on": "2025-12",
        },
    ),
    Declaring(
        ThingKind.DEADLINE,
        "car-duty",
        {
            "concession": "car-tariff",
            "kind": "delivery",
            "label": "15 %",
            "awaits": "the EU proposes its law",
            "target": "15",
            "unit": "%",
            "bound": "at-most",
            "base": "27.5",
            "source": "article",
        },
    ),
    Declaring(
        ThingKind.DEADLINE,
        "car-rules",
        {
            "concession": "car-tariff",
            "kind": "delivery",
            "label": "Standards recognised",
            "awaits": "the EU proposes its law",
            "source": "article",
        },
    ),
]  # fmt: skip
"""A bloc, a firm of it, and a promise that holds."""


def go_on(connection: Connection) -> None:
    """Add a target, a reading and a move, entries 25 to 27, and a bloc with a promise, 28 to 32."""
    editor = Writer(connection, "editor", date(2026, 1, 8), datetime.now(UTC))
    with connection.writing():
        verbs.add(editor, ThingKind.DEADLINE, "soybeans-2025", TWELVE_MMT)
        count = Measurement(Decimal("8.50"), "MMT", "USDA", Basis.SOLD)
        measure(editor, "soybeans-2025", count, Circumstances(exactly(date(2026, 1, 6))))
        said = Circumstances(exactly(date(2026, 1, 7)), "us")
        move(editor, "soybeans-2025", parse_period("2026-02"), Decimal(10), said)
        verbs.declare(editor, Command.APPLY, TURNBERRY)


@pytest.fixture(scope="module")
def full_template(article_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(article_template, tmp_path_factory.mktemp("full") / "truce.db"))
    with book_at(path) as opened:
        go_on(opened)
    return path


@pytest.fixture
def full(full_template: Path, tmp_path: Path) -> Path:
    """A book with an entry of each kind that states figures, days or parties."""
    return Path(shutil.copy(full_template, tmp_path / "full.db"))


READ_AND_MOVED = [
    *((26, edit) for edit in ("value = '85.0'", "value = '8.5'", "unit = 'million bu'")),
    *((26, edit) for edit in ("counted_by = 'usda'", "basis = 'contracted'", "flow = 1")),
    *((27, edit) for edit in ("value = '12'", "says_id = NULL", "due_on = '2026-03-31'")),
    *((27, edit) for edit in ("due_on = '2026-02-01'", "due_on_precision = 'day'")),
]
GIVER = "WHERE entry_id = 9 AND role = 'giver'"
"""The giver of soybeans: China."""
ROWS = [
    (1, "DELETE FROM party WHERE entry_id = 1"),
    (1, "UPDATE thing SET slug = 'jp' WHERE slug = 'us'"),
    (1, "UPDATE thing SET namespace = 'source' WHERE slug = 'us'"),
    (9, f"UPDATE concession_party SET party_id = 1 {GIVER}"),
    (9, f"UPDATE concession_party SET role = 'receiver', place = 2 {GIVER}"),
    (9, f"UPDATE concession_party SET role = 'broker' {GIVER}"),
    (9, f"DELETE FROM concession_party {GIVER}"),
    (9, "INSERT INTO concession_party VALUES (9, 'giver', 2, 1)"),
    (11, "UPDATE exchange SET in_return_for_id = 12 WHERE in_return_for_id = 9"),
    (11, "DELETE FROM exchange WHERE in_return_for_id = 9"),
    (12, "INSERT INTO exchange VALUES (12, 9)"),
]
DECLARED = {
    (1, "party"): ["name = 'Japan'", "short = 'USA'", "thing_id = 2", "part_of_id = 2"],
    (28, "party"): ["part_of_id = (SELECT thing_id FROM party WHERE entry_id = 29)"],
    (29, "party"): ["part_of_id = 1", "part_of_id = 9", "part_of_id = NULL"],
    (3, "source"): [
        *(f"{column} = 'https://example.org/forged'" for column in ("url", "archived_url")),
        *("publisher = 'White House'", "published_on = '2025-12-31'", "published_on = NULL"),
        "official = 1",
    ],
    (4, "agreement"): [
        *("title = 'Accord'", "agreed_on = '2025-10-01'", "agreed_on_precision = 'day'"),
        "source_id = 1",
    ],
    (5, "deadline"): [
        *("due_on = '2026-10-30'", "due_on_precision = 'day'", "kind = 'review'"),
        *("agreement_id = NULL, concession_id = 9", "opens_on = '2025-10-30'"),
        *("awaits = 'a summit'", "due_on = NULL, due_on_precision = NULL"),
    ],
    (9, "concession"): [
        *("test = 'China says that it buys.'", "instrument = 'law'", "agreement_id = 5"),
        *("quote = 'the lower of'", "hold = 1", "hold = 0"),
        "promised_on = '2025-12-31', promised_on_precision = 'day'",
    ],
    (25, "deadline"): [
        *("target = '8'", "target = '12.0'", "unit = 'million bu'", "due_on = '2025-12-01'"),
    ],
    (30, "concession"): [
        *("quote = 'The higher of'", "quote = NULL", "hold = 0", "hold = NULL"),
        *("promised_on = '2025-12-30'", "promised_on = '2026-01-31'"),
        *("promised_on = NULL, promised_on_precision = NULL", "promised_on_precision = 'day'"),
    ],
    (31, "deadline"): [
        *("awaits = 'the EU passes its law'", "awaits = NULL", "opens_on = '2025-08-01'"),
        *("due_on = '2029-01-20', due_on_precision = 'day'", "bound = 'at-least'"),
        *("bound = NULL", "base = '27.50'", "base = '2.5'", "base = NULL"),
    ],
    (32, "deadline"): ["bound = 'at-most'", "base = '0'", "awaits = NULL"],
}


@pytest.mark.parametrize(
    ("entry", "edit"),
    [
        *ROWS,
        *((entry, f"UPDATE entry SET {edit} WHERE id = {entry}") for entry, edit in READ_AND_MOVED),
        *(
            (entry, f"UPDATE {table} SET {edit} WHERE entry_id = {entry}")
            for (entry, table), edits in DECLARED.items()
            for edit in edits
        ),
    ],
)
def test_an_edited_row_is_named_by_its_entry(full: Path, entry: int, edit: str) -> None:
    unreadable = breaks_at(entry, "it cannot be read")  # by a word that is not in the vocabulary
    assert tamper(full, edit) in (breaks_at(entry), unreadable)


@pytest.mark.parametrize(
    ("entry", "thing"),
    [(9, 9), (13, 9), (13, 1)],
    ids=["a second one of a declaration", "of what declares nothing", "of another thing"],
)
def test_a_version_that_nothing_declared_is_named(book: Path, entry: int, thing: int) -> None:
    forged = f"INSERT INTO party VALUES ({entry}, 'declaration', {thing}, 'Japan', 'Japan', NULL)"

    assert tamper(book, forged) == breaks_at(entry)


def test_a_forged_version_is_named(book: Path) -> None:
    forged = "INSERT INTO party VALUES (9, 'declaration', 9, 'Japan', 'Japan', NULL)"

    assert tamper(book, forged) == breaks_at(9)


@pytest.mark.parametrize(
    ("column", "slug", "namespace"),
    [
        ("subject_id", "tiktok", "party"),
        ("says_id", "us", "source"),
    ],
)
def test_another_thing_of_the_same_slug_does_not_fit(
    book: Path, column: str, slug: str, namespace: str
) -> None:
    with book_at(book) as opened, opened.writing():
        editor = Writer(opened, "editor", date(2026, 1, 9), datetime.now(UTC))
        note(editor, "tiktok", "Signed", Circumstances(exactly(date(2026, 1, 8)), "us", "article"))

    found = tamper(
        book,
        f"INSERT INTO thing VALUES (99, '{namespace}', '{slug}')",
        f"UPDATE entry SET {column} = 99 WHERE id = 25",
    )

    assert found == breaks_at(25)


# --- what belongs to no entry ---------------------------------------------------------------------


def edit(connection: Connection, *statements: str) -> None:
    """Edit the open book behind the program's back, without its guards and foreign keys."""
    if connection.target.dialect == "sqlite":
        connection.text("PRAGMA foreign_keys = OFF")
        connection.text("PRAGMA ignore_check_constraints = ON")
        for (guard,) in connection.text("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            connection.text(f"DROP TRIGGER {guard}")
    else:
        connection.text("SET session_replication_role = replica")
    for statement in statements:
        connection.text(statement)


def test_a_book_whose_entries_were_all_removed_is_not_whole(connection: Connection) -> None:
    edit(connection, "DELETE FROM entry")

    assert broken(connection) == breaks_at(1, "it is missing")


def test_a_book_with_nothing_but_a_batch_is_not_whole(connection: Connection) -> None:
    edit(
        connection,
        *(f"DELETE FROM {table}" for table in metadata.tables if table != "batch"),
    )

    assert broken(connection) == breaks_at(1, "it is missing")


@pytest.mark.parametrize(
    ("number", "entry", "reason"),
    [
        (0, 1, "a row before it belongs to no entry"),
        (-5, 1, "a row before it belongs to no entry"),
        (25, 25, "it is missing"),
        (5000, 25, "it is missing"),
    ],
)
@pytest.mark.parametrize(
    "forged",
    [
        "INSERT INTO party VALUES ({}, 'declaration', 1, 'Japan', 'Japan', NULL)",
        "INSERT INTO concession_party VALUES ({}, 'giver', 1, 1)",
        "INSERT INTO exchange VALUES ({}, 9)",
        "INSERT INTO source_text SELECT {}, 'text', 3, digest, digest, 9, 'html', 'html 1'"
        " FROM entry WHERE id = 1",
    ],
    ids=["a version", "a giver", "an exchange", "a text"],
)
def test_a_row_of_an_entry_that_does_not_exist_is_found(
    connection: Connection, forged: str, number: int, entry: int, reason: str
) -> None:
    edit(connection, forged.format(number))

    assert broken(connection) == breaks_at(entry, reason)


@pytest.mark.on("sqlite")
def test_a_batch_before_the_first_one_is_found(connection: Connection) -> None:
    forged = (
        "INSERT INTO batch SELECT 0, command, author, recorded_at, utc_offset, 0, NULL, NULL, NULL,"
        " seal, NULL FROM batch"
    )
    edit(connection, forged)

    assert broken(connection) == breaks_at(1, "a row before it belongs to no entry")


def test_a_text_moved_to_another_source_is_named(connection: Connection) -> None:
    text = Fingerprint("0" * 64, "1" * 64, 9, Media.HTML, "html 1")
    editor = Writer(connection, "editor", date(2026, 1, 8), datetime.now(UTC))
    with connection.writing():
        keep(editor, "article", text, date(2026, 1, 8))
    assert verify(connection).entries == 25

    edit(connection, "UPDATE source_text SET thing_id = 1")

    assert broken(connection) == breaks_at(25)


@pytest.mark.parametrize("entry", [3, 13])
def test_a_giver_of_what_is_not_a_concession_is_named(connection: Connection, entry: int) -> None:
    edit(connection, f"INSERT INTO concession_party VALUES ({entry}, 'giver', 1, 1)")

    assert broken(connection) == breaks_at(entry)


# --- a batch that was edited --------------------------------------------------------------------

SEALED = "the seal of batch {} does not fit"
EDITS = [
    "recorded_at = '2026-01-09T10:00:00.000001Z'",
    "recorded_at = 'yesterday'",
    "author = 'somebody'",
    "command = 'import'",
    "utc_offset = 480",
    "origin = '9f3c', origin_at = '2026-01-07T10:00:00.000000Z', merged_by = 'li'",
    "merged_by = 'li'",
    "seal = zeroblob(32)",
]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_batch_is_named_at_its_last_entry(told: Path, edit: str) -> None:
    found = tamper(told, f"UPDATE batch SET {edit} WHERE id = 3")

    assert found == breaks_at(26, SEALED.format(3))


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_last_batch_is_named_at_its_last_entry(told: Path, edit: str) -> None:
    found = tamper(told, f"UPDATE batch SET {edit} WHERE id = 9")

    assert found == breaks_at(32, "the seal of batch 9 does not fit")


@pytest.mark.parametrize(
    ("statement", "entry", "reason"),
    [
        ("DELETE FROM batch WHERE id = 3", 26, "it is in no batch"),
        ("DELETE FROM batch WHERE id = 1", 1, "it is in no batch"),
        ("DELETE FROM batch WHERE id = 9", 32, "it is in no batch"),
        ("UPDATE batch SET id = 99 WHERE id = 9", 32, "its batch is not the next one"),
    ],
)
def test_a_batch_that_was_removed_or_moved_is_missed(
    told: Path, statement: str, entry: int, reason: str
) -> None:
    assert tamper(told, statement) == breaks_at(entry, reason)


def test_a_batch_without_entries_behind_the_last_one_is_found(told: Path) -> None:
    forged = (
        "INSERT INTO batch SELECT 10, command, 'somebody', recorded_at, utc_offset, 99, NULL, NULL,"
        " NULL, seal, NULL FROM batch WHERE id = 9"
    )

    assert tamper(told, forged) == breaks_at(33, "it is missing")


@pytest.mark.parametrize("moment", ["2026-01-06T08:59:59.999999Z", ""])
def test_a_batch_with_a_moment_before_that_of_the_one_before_is_named(
    told: Path, moment: str
) -> None:
    found = tamper(told, f"UPDATE batch SET recorded_at = '{moment}' WHERE id = 3")

    assert found == breaks_at(26, "its moment is before that of the batch before it")


def test_a_batch_sealed_with_a_moment_before_that_of_the_one_before_is_named(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tracker.journal.writer.iso_moment", lambda _: "2025-12-01T00:00:00.000000Z"
    )
    editor = Writer(connection, "analyst", date(2026, 1, 8), datetime.now(UTC))
    with connection.writing():
        log(editor, "soybeans", Stage.MET, Circumstances(exactly(date(2026, 1, 7))))

    assert broken(connection) == breaks_at(25, "its moment is before that of the batch before it")


# --- against what a page once showed ------------------------------------------------------------


def test_a_book_begins_with_each_of_its_batches(told: Path) -> None:
    with book_at(told) as opened:
        heads = opened.text(
            "SELECT COALESCE((SELECT n.first_entry - 1 FROM batch AS n WHERE n.id = b.id + 1), 32),"
            " lower(hex(b.seal)) FROM batch AS b"
        )

        assert len(heads) == 9
        for entry, head in heads:
            for printed in (head, head[:32]):
                assert difference(opened, BookState(entry, printed)) is None


def test_a_book_that_was_cut_short_or_rewritten_does_not_begin_as_the_page_says(
    told: Path,
) -> None:
    with book_at(told) as opened:
        head = str(verify(opened).head)
    unguarded(told, "DELETE FROM batch WHERE id = 9", "DELETE FROM entry WHERE id = 32")

    with book_at(told) as cut:
        verify(cut)  # the chain alone does not show it
        assert difference(cut, BookState(32, head)) == "it has only 31 entries"
        somebody = Writer(cut, "somebody", date(2026, 1, 9), datetime.now(UTC))
        with cut.writing():
            log(somebody, "tiktok", Stage.MET, Circumstances(exactly(date(2026, 1, 9))))
        other = str(verify(cut).head)
        assert difference(cut, BookState(32, head[:32])) == f"its head at entry 32 is {other[:32]}"


def test_a_page_shows_the_last_entry_of_a_batch(connection: Connection) -> None:
    told = str(difference(connection, BookState(13, "9f3c2d4")))

    assert told.startswith("its head at entry 24 is ")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("88:" + "9f3c" * 8, BookState(88, "9f3c" * 8)),
        (" #88:" + "9F3C" * 8 + " ", BookState(88, "9f3c" * 8)),
        ("88:" + "0" * 64, BookState(88, "0" * 64)),
    ],
)
def test_a_mark_is_a_number_and_the_first_digits_of_a_head(text: str, mark: BookState) -> None:
    assert mark_of(text) == mark


# --- on a server --------------------------------------------------------------------------------

SEAL = "UPDATE batch AS b SET seal = e.digest FROM entry AS e"
ON_SERVER = [
    (32, "the seal of batch 5 does not fit", f"{SEAL} WHERE e.id = 1 AND b.id = 5"),
    (31, UNFIT, "UPDATE deadline SET base = 27.50 WHERE entry_id = 31"),
    (30, UNFIT, "UPDATE concession SET hold = NULL WHERE entry_id = 30"),
    (29, UNFIT, "UPDATE party SET part_of_id = NULL WHERE entry_id = 29"),
    (27, UNFIT, "UPDATE entry SET due_on = '2026-02-01' WHERE id = 27"),
    (26, UNFIT, "UPDATE entry SET value = 8.5 WHERE id = 26"),
    (24, SEALED.format(1), "UPDATE batch SET recorded_at = '2025-12-31' WHERE id = 1"),
    (15, UNFIT, "UPDATE entry SET effective_on = '2025-12-29' WHERE id = 15"),
    (11, UNFIT, "DELETE FROM exchange WHERE in_return_for_id = 9"),
    (9, UNFIT, "UPDATE concession_party SET party_id = 1 WHERE entry_id = 9 AND party_id = 2"),
    (4, UNFIT, "UPDATE agreement SET agreed_on = '2025-10-01' WHERE entry_id = 4"),
    (3, UNFIT, "UPDATE source SET official = true WHERE entry_id = 3"),
]
"""One edit of each type of column, each of an earlier entry than the one before."""


@pytest.mark.on("postgresql")
def test_an_edit_on_the_server_is_named(connection: Connection) -> None:
    go_on(connection)
    assert verify(connection).entries == 32
    for table in metadata.tables:
        connection.text(f"ALTER TABLE {table} DISABLE TRIGGER USER")

    for entry, reason, edit in ON_SERVER:
        connection.text(edit)
        assert broken(connection) == breaks_at(entry, reason)
