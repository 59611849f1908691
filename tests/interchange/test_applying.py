"""A file that declares an agreement, applied to a book: at once, again, changed, and wrong."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.conftest import SEEDED_AT, SORGHUM, TODAY, fill
from tests.refusals import raises
from tracker.database import Connection, Target
from tracker.interchange import applying, seeds
from tracker.interchange.applying import Applied
from tracker.journal.chain import verify
from tracker.journal.corrections import undo
from tracker.journal.verbs import in_words
from tracker.journal.writer import Writer
from tracker.record import SEED_AUTHOR, Record

NOON = datetime(2026, 1, 8, 12, tzinfo=UTC)

FOLLOW_UP = f"""{SORGHUM}in_return_for = ["chip-sales"]

[[concession.deadline]]
slug = "sorghum-2026"
kind = "delivery"
label = "3 MMT of sorghum"
due_on = "2026-06-30"
target = "3.0"
unit = "MMT"
source = "readout"

[[entry]]
on = "2026-01-07"
deadline = "sorghum-2026"
value = "0.066"
counted_by = "MOFCOM"
source = "readout"
"""

BEEF = """
[agreement]
slug = "geneva-2025"
title = "Joint statement of Geneva"
agreed_on = "2025-05-12"
source = "ustr"

[[party]]
slug = "prc"
name = "People's Republic of China"
short = "PRC"

[[source]]
key = "ustr"
publisher = "USTR"
title = "Joint statement"

[[concession]]
slug = "beef"
title = "Lift the ban on beef"
giver = "prc"
receiver = "us"
sector = "agriculture"
kind = "access"
instrument = "joint-text"
test = "Plants are registered again."
source = "ustr"

[[entry]]
on = "2026-01-06"
concession = "beef"
stage = "started"
source = "ustr"
"""

Apply = Callable[..., Applied]


@pytest.fixture
def target(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Target:
    """The article's book, made some days before."""
    if database == "sqlite":
        return fill(Target("sqlite", str(tmp_path / "truce.db")), "article", SEEDED_AT)
    return fill(request.getfixturevalue("empty_database"), "article", SEEDED_AT)


@pytest.fixture
def apply(connection: Connection, tmp_path: Path) -> Apply:
    """Apply a text to the article's book, as one command."""

    def run(text: str, reason: str | None = None) -> Applied:
        path = tmp_path / "follow-up.toml"
        path.write_text(text, "utf-8")
        with connection.writing():
            return applying.apply(analyst(connection), applying.load([path]), reason)

    return run


def analyst(connection: Connection, today: date = TODAY, now: datetime = NOON) -> Writer:
    return Writer(connection, "analyst", today, now)


def told(applied: Applied) -> list[str]:
    """Return what was declared, in words."""
    return [line for change in applied.changes for line in in_words(change)]


def contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return all that the book holds."""
    tables = [
        *("thing", "entry", "batch", "party", "source", "agreement", "concession"),
        *("concession_party", "exchange", "deadline"),
    ]
    return {table: sorted(connection.text(f"SELECT * FROM {table}"), key=str) for table in tables}


def in_force(connection: Connection, table: str, column: str, slug: str) -> object:
    """Return a column of the version of a thing that was declared last."""
    rows = connection.text(
        f"SELECT v.{column} FROM {table} AS v JOIN thing AS t ON t.id = v.thing_id"
        f" WHERE t.slug = '{slug}' ORDER BY v.entry_id DESC"
    )
    return rows[0][0]


def test_applying_a_file_twice_changes_nothing(connection: Connection, apply: Apply) -> None:
    first = apply(FOLLOW_UP)
    before = contents(connection)
    second = apply(FOLLOW_UP)
    assert told(first) == [
        "source readout: added",
        "agreement kuala-lumpur-2025: added",
        "concession sorghum: added",
        "deadline sorghum-2026: added",
    ]
    assert (first.entries, first.recorded) == (range(25, 30), 1)
    assert second == Applied((), range(30, 30), 0, 0, ())
    assert contents(connection) == before


def test_a_file_written_otherwise_is_the_same_file(connection: Connection, apply: Apply) -> None:
    apply(FOLLOW_UP)
    before = contents(connection)
    rewritten = FOLLOW_UP.replace('target = "3.0"', "target = '3.0'  # as the readout has it")
    rewritten = rewritten.replace('giver = "cn"', 'giver = ["cn"]')
    assert apply(rewritten) == Applied((), range(30, 30), 0, 0, ())
    assert contents(connection) == before


@pytest.mark.on("sqlite")
def test_what_two_files_of_one_command_say_is_recorded_once(
    connection: Connection, tmp_path: Path
) -> None:
    (one := tmp_path / "one.toml").write_text(FOLLOW_UP, "utf-8")
    (other := tmp_path / "other.toml").write_text(FOLLOW_UP + CARGO, "utf-8")
    with connection.writing():
        applied = applying.apply(analyst(connection), applying.load([one, other]))
    assert (applied.entries, applied.recorded) == (range(25, 31), 2)


CARGO = """
[[entry]]
on = "2026-01-08"
deadline = "sorghum-2026"
value = "0.066"
counted_by = "USDA"
flow = true
"""


def test_two_equal_entries_are_two_and_each_is_known_again_in_any_order(apply: Apply) -> None:
    head, own = FOLLOW_UP.split("[[entry]]")
    first = apply(f"{head}[[entry]]{own}{CARGO}{CARGO}")

    again = apply(f"{head}{CARGO}[[entry]]{own}{CARGO}")
    third = apply(f"{head}{CARGO}[[entry]]{own}{CARGO}{CARGO}")

    assert (first.recorded, again.recorded, third.recorded) == (3, 0, 1)


# --- what is declared changes ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("Buy US sorghum", "Buy sorghum from the US",
         "concession sorghum, title: Buy US sorghum → Buy sorghum from the US"),
        ('in_return_for = ["chip-sales"]', 'in_return_for = ["tiktok", "chip-sales"]',
         "concession sorghum, in_return_for: chip-sales → chip-sales, tiktok"),
        ('agreed_on = "2025-10-26"', 'agreed_on = "2025-10-27"',
         "agreement kuala-lumpur-2025, agreed_on: 2025-10-26 → 2025-10-27"),
        ('publisher = "MOFCOM"', 'publisher = "MOFCOM"\nurl = "https://mofcom.gov.cn/"',
         "source readout, url: – → https://mofcom.gov.cn/"),
    ],
)  # fmt: skip
def test_what_is_declared_changes_with_a_reason_alone(
    connection: Connection, apply: Apply, old: str, new: str, change: str
) -> None:
    apply(FOLLOW_UP)
    changed = FOLLOW_UP.replace(old, new)
    before = contents(connection)

    with raises("reason needed") as refusal:
        apply(changed + '[[entry]]\non = "2026-01-08"\nconcession = "sorghum"\ncheck = true')
    untouched = contents(connection) == before
    applied = apply(changed, "The readout was corrected")

    assert refusal.value.changes == [change]
    assert untouched
    assert (told(applied), applied.entries, applied.recorded) == ([change], range(30, 31), 0)
    (note,) = connection.text("SELECT note FROM entry WHERE id = 30")
    assert note == ("The readout was corrected",)
    assert apply(changed) == Applied((), range(31, 31), 0, 0, ())


def test_what_a_file_lacks_is_listed_and_stays(connection: Connection, apply: Apply) -> None:
    apply(FOLLOW_UP)
    head = FOLLOW_UP.partition("[[concession]]")[0]

    applied = apply(head)

    assert applied == Applied(
        (), range(30, 30), 0, 0, ("concession sorghum", "deadline sorghum-2026")
    )
    assert in_force(connection, "concession", "title", "sorghum") == "Buy US sorghum"


def test_the_entries_of_a_file_are_its_appliers_and_those_of_a_seed_nobodys(
    connection: Connection, apply: Apply
) -> None:
    apply(FOLLOW_UP)
    batches = connection.text("SELECT first_entry, command, author FROM batch ORDER BY id")
    assert batches == [(1, "apply", SEED_AUTHOR), (25, "apply", "analyst")]


# --- several files at once -------------------------------------------------------------------


@pytest.fixture
def both(tmp_path: Path) -> list[Path]:
    """Two files; the first refers to a concession, a party and a source of the second."""
    sorghum = FOLLOW_UP.replace('["chip-sales"]', '["beef"]').replace('giver = "cn"', 'giver="prc"')
    sorghum = sorghum.replace(
        '\nsource = "readout"\n\n[[source]]', '\nsource = "ustr"\n\n[[source]]'
    )
    texts = {"sorghum.toml": sorghum, "beef.toml": BEEF}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    return [tmp_path / name for name in texts]


def test_many_files_are_one_batch_that_one_undo_takes_back(
    connection: Connection, both: list[Path]
) -> None:
    with connection.writing():
        applied = applying.apply(analyst(connection), applying.load(both))
    with connection.writing():
        undone = undo(analyst(connection))

    assert (applied.entries, applied.recorded, len(applied.changes)) == (range(25, 35), 2, 8)
    batches = connection.text("SELECT first_entry, command FROM batch ORDER BY id")
    assert batches == [(1, "apply"), (25, "apply"), (35, "undo")]
    assert undone == range(35, 45)
    slugs = {*Record.read(connection, declared=True).subjects}
    assert not slugs & {"sorghum", "sorghum-2026", "kuala-lumpur-2025", "beef", "geneva-2025"}


def test_of_many_files_none_is_applied_if_one_has_a_mistake(
    connection: Connection, both: list[Path]
) -> None:
    before = contents(connection)
    late = BEEF.replace('on = "2026-01-06"', 'on = "2026-01-09"')
    both[1].write_text(late, "utf-8")

    with raises("bad file") as refusal, connection.writing():
        applying.apply(analyst(connection), applying.load(both))

    assert (refusal.value.path, len(refusal.value.complaints)) == (both[1], 1)
    assert contents(connection) == before


# --- taken back ------------------------------------------------------------------------------


def test_a_file_that_was_undone_is_declared_and_recorded_again(
    connection: Connection, apply: Apply
) -> None:
    first = apply(FOLLOW_UP)
    with connection.writing():
        undo(analyst(connection))

    again = apply(FOLLOW_UP)

    assert (again.changes, again.recorded, again.taken_back) == (first.changes, 1, 0)
    assert again.entries == range(35, 40)
    verify(connection)


# --- entries, held to what their commands ask ------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('on = "2026-01-09", concession = "sorghum", stage = "partial"',
         "key 'on': 2026-01-09 is in the future (today is 2026-01-08)"),
        ('on = "2026-01-08", deadline = "truce-year", value = "4", counted_by = "USDA"',
         "'truce-year' is of kind 'expiry', not a delivery; "
         "there is nothing to measure"),
        ('on = "2026-01-08", deadline = "sorghum-2026", due_on = "2026-07", target = "4", '
         'unit = "bushels"', "key 'unit': 'sorghum-2026' is counted in MMT, not in bushels"),
        ('on = "2026-01-08", deadline = "sorghum-2026", due_on = "2026-07", target = "0"',
         "The target is 0, against which nothing can be measured"),
        ('on = "2026-01-08", deadline = "truce-year", due_on = "2027", target = "25"',
         "'truce-year' has no target to restate"),
        ('on = "2026-01-08", deadline = "sorghum-2026", outcome = "missed"',
         "'sorghum-2026' ends with the verdict on 'sorghum'. Write 'tracker log sorghum missed'"),
        ('on = "2026-01-08", concession = "sorghum", stage = "missed"',
         "key 'on': 'sorghum' cannot be missed on 2026-01-08: "
         "its deadline 'sorghum-2026' runs to 2026-06-30"),
    ],
)  # fmt: skip
def test_an_entry_that_its_command_would_refuse_is_named_with_its_key(
    connection: Connection, apply: Apply, entry: str, complaint: str
) -> None:
    before = contents(connection)
    with raises("bad file") as refusal:
        apply(f"{FOLLOW_UP}\n[[entry]]\n" + "\n".join(entry.split(", ")))
    (found,) = refusal.value.complaints
    assert found.removeprefix("[[entry]] 2").lstrip(",: ") == complaint
    assert contents(connection) == before


def test_every_refused_entry_is_named_and_a_deadline_closes_once(apply: Apply) -> None:
    closing = '\n[[entry]]\non = "2026-01-08"\ndeadline = "truce-year"\noutcome = "cancelled"\n'
    late = '\n[[entry]]\non = "2027-01-08"\nconcession = "sorghum"\nnote = "Cargo {}."\n'
    with raises("bad file") as refusal:
        apply(FOLLOW_UP + closing + closing + late.format(1) + late.format(2))
    places = [complaint.split(":")[0] for complaint in refusal.value.complaints]
    assert places == [
        "[[entry]] 3, key 'outcome'",
        "[[entry]] 4, key 'on'",
        "[[entry]] 5, key 'on'",
    ]


def test_a_seed_may_tell_of_days_after_today(connection: Connection) -> None:
    seed = applying.load([seeds.find("busan-truce")])
    with connection.writing():
        applied = applying.apply(analyst(connection, today=date(2020, 1, 15)), seed)
    assert applied.recorded > 50


def test_a_file_may_not_tell_of_days_after_today_whatever_the_machine_s_clock_says(
    connection: Connection, tmp_path: Path
) -> None:
    path = tmp_path / "follow-up.toml"
    path.write_text(
        FOLLOW_UP + '\n[[entry]]\non = "2026-01-09"\nconcession = "sorghum"\nnote = "A cargo left."'
    )
    later = datetime(2026, 2, 1, tzinfo=UTC)

    with raises("bad file") as refusal, connection.writing():
        applying.apply(analyst(connection, now=later), applying.load([path]))

    assert list(refusal.value.complaints) == [
        "[[entry]] 2, key 'on': 2026-01-09 is in the future (today is 2026-01-08)"
    ]
