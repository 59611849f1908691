"""A file that declares an agreement, applied to a book: at once, again, changed, and wrong."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tracker.database import Connection
from tracker.errors import BadDocument, ConflictingDocument, UnreadableFile
from tracker.interchange import applying, seeds
from tracker.interchange.applying import SEED_AUTHOR, Applied, Occasion

NOON = Occasion("analyst", date(2026, 1, 8), datetime(2026, 1, 8, 12, tzinfo=UTC))
ARTICLE = seeds.find("article")

FOLLOW_UP = """
[agreement]
slug = "kuala-lumpur-2025"
title = "Kuala Lumpur framework"
agreed_on = "2025-10-26"
source = "readout"

[[source]]
key = "readout"
publisher = "MOFCOM"
title = "Readout of the talks"

[[concession]]
slug = "sorghum"
title = "Buy US sorghum"
giver = "cn"
receiver = "us"
sector = "agriculture"
kind = "purchase"
instrument = "readout"
test = "Cargoes of US sorghum clear customs."
source = "readout"
in_return_for = ["chip-sales"]

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
source = "readout"
"""

Apply = Callable[[str], Applied]


@pytest.fixture
def apply(connection: Connection, tmp_path: Path) -> Apply:
    """Apply a text to the article's book, as one command."""

    def run(text: str) -> Applied:
        path = tmp_path / "follow-up.toml"
        path.write_text(text, "utf-8")
        with connection.writing():
            return applying.apply(connection, path, NOON)

    return run


def contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return all that the book holds."""
    tables = ["party", "source", "agreement", "concession", "exchange", "deadline", "entry"]
    return {table: connection.text(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


def test_applying_a_shipped_seed_twice_changes_nothing(connection: Connection) -> None:
    before = contents(connection)
    with connection.writing():
        applied = applying.apply(connection, ARTICLE, NOON)
    assert applied.changes == ()
    assert len(applied.entries) == 0
    assert contents(connection) == before


def test_applying_a_file_twice_changes_nothing(connection: Connection, apply: Apply) -> None:
    first = apply(FOLLOW_UP)
    before = contents(connection)
    second = apply(FOLLOW_UP)
    assert first.changes == (
        "source readout: added",
        "agreement kuala-lumpur-2025: added",
        "concession sorghum: added",
        "deadline sorghum-2026: added",
        "exchange sorghum for chip-sales: added",
    )
    assert (list(first.entries), second) == ([13], Applied((), range(14, 14), 0))
    assert contents(connection) == before


def test_a_file_written_otherwise_is_the_same_file(connection: Connection, apply: Apply) -> None:
    apply(FOLLOW_UP)
    before = contents(connection)
    rewritten = FOLLOW_UP.replace('target = "3.0"', "target = '3.0'  # as the readout has it")
    assert apply(rewritten) == Applied((), range(14, 14), 0)
    assert contents(connection) == before


def test_only_new_entries_of_a_file_are_appended(apply: Apply) -> None:
    apply(FOLLOW_UP)
    applied = apply(
        FOLLOW_UP + '[[entry]]\non = "2026-01-08"\nconcession = "sorghum"\ncheck = true'
    )
    assert (applied.changes, list(applied.entries)) == ((), [14])


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("Buy US sorghum", "Buy sorghum from the US", "concession sorghum: title"),
        ("Cargoes of", "Two cargoes of", "concession sorghum: test"),
        ("3 MMT of sorghum", "Three MMT", "deadline sorghum-2026: label"),
        (
            "Kuala Lumpur framework",
            "Kuala Lumpur accord",
            "agreement kuala-lumpur-2025: title",
        ),
        ("Readout of the talks", "Readout", "source readout: title"),
        (
            'publisher = "MOFCOM"',
            'publisher = "MOFCOM"\nurl = "https://mofcom.gov.cn/"',
            "source readout: url",
        ),
    ],
)
def test_a_title_a_test_or_a_link_may_change(apply: Apply, old: str, new: str, change: str) -> None:
    apply(FOLLOW_UP)
    (changed,) = apply(FOLLOW_UP.replace(old, new)).changes
    assert changed.startswith(f"{change} changed from ")
    assert apply(FOLLOW_UP.replace(old, new)).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            'target = "3.0"',
            'target = "5"',
            "deadline sorghum-2026: 'target' is 3.0 in the book and 5 in the file; "
            "restate it with 'tracker move DEADLINE DATE --target'",
        ),
        (
            'due_on = "2026-06-30"',
            'due_on = "2026-09-30"',
            "deadline sorghum-2026: 'due_on' is 2026-06-30 in the book and 2026-09-30 in the "
            "file; move it with 'tracker move'",
        ),
        (
            'agreed_on = "2025-10-26"',
            'agreed_on = "2025-10-27"',
            "agreement kuala-lumpur-2025: 'agreed_on' is 2025-10-26 in the book and 2025-10-27 "
            "in the file; leave it as it is, or declare another under a new slug",
        ),
        (
            'unit = "MMT"',
            'unit = "kt"',
            "deadline sorghum-2026: 'unit' is MMT in the book and kt in the file; "
            "leave it as it is, or declare another under a new slug",
        ),
        (
            'kind = "purchase"',
            'kind = "access"',
            "concession sorghum: 'kind' is purchase in the book and access in the file; "
            "leave it as it is, or declare another under a new slug",
        ),
        (
            'in_return_for = ["chip-sales"]',
            'in_return_for = ["chip-sales"]\nlocator = "point 3"',
            "concession sorghum: 'locator' is None in the book and point 3 in the file; "
            "leave it as it is, or declare another under a new slug",
        ),
    ],
)
def test_a_changed_target_or_day_is_refused_with_its_remedy_and_nothing_is_written(
    connection: Connection, apply: Apply, old: str, new: str, complaint: str
) -> None:
    apply(FOLLOW_UP)
    before = contents(connection)
    changed = FOLLOW_UP.replace(old, new).replace("Buy US sorghum", "Buy sorghum")
    with pytest.raises(ConflictingDocument) as refusal:
        apply(changed + '[[entry]]\non = "2026-01-08"\nconcession = "sorghum"\ncheck = true')
    assert refusal.value.complaints == [complaint]
    assert contents(connection) == before


def test_a_source_that_another_agreement_rests_on_leads_nowhere_else(
    connection: Connection, apply: Apply
) -> None:
    before = contents(connection)
    other = FOLLOW_UP.replace('= "readout"', '= "article"').replace(
        'instrument = "article"', 'instrument = "readout"'
    )
    link = 'publisher = "MOFCOM"\nurl = "https://mofcom.gov.cn/"'

    with pytest.raises(ConflictingDocument) as refusal:
        apply(other.replace('publisher = "MOFCOM"', link))

    (complaint,) = refusal.value.complaints
    assert complaint.startswith("source article: 'url' is ")
    assert complaint.endswith(
        "where agreement 'busan-2025' rests on it; give the file's own source another key"
    )
    assert contents(connection) == before


def test_other_parties_are_refused_and_both_are_named(apply: Apply) -> None:
    apply(FOLLOW_UP)
    swapped = FOLLOW_UP.replace('giver = "cn"', 'giver = "us"', 1)
    with pytest.raises(ConflictingDocument) as refusal:
        apply(swapped.replace('receiver = "us"', 'receiver = "cn"', 1))
    assert [complaint.split(";")[0] for complaint in refusal.value.complaints] == [
        "concession sorghum: 'giver' is another one in the book",
        "concession sorghum: 'receiver' is another one in the book",
    ]


def test_a_file_with_a_mistake_leaves_the_book_as_it_was(
    connection: Connection, apply: Apply
) -> None:
    before = contents(connection)
    with pytest.raises(BadDocument, match="no party 'china'"):
        apply(FOLLOW_UP.replace('giver = "cn"', 'giver = "china"'))
    with pytest.raises(UnreadableFile):
        apply("[agreement")
    assert contents(connection) == before


def test_the_entries_of_a_file_are_its_appliers_and_those_of_a_seed_nobodys(
    connection: Connection, apply: Apply
) -> None:
    apply(FOLLOW_UP)
    authors = [row[0] for row in connection.text("SELECT author FROM entry ORDER BY id")]
    assert authors == [SEED_AUTHOR] * 12 + ["analyst"]


# --- entries, held to what their commands ask ------------------------------------------------


def reading(keys: str) -> str:
    """Return the follow-up with another reading behind its own."""
    lines = "\n".join(keys.split(", "))
    return f'{FOLLOW_UP}\n[[entry]]\non = "2026-01-08"\ndeadline = "sorghum-2026"\n{lines}\n'


@pytest.mark.parametrize(
    ("keys", "counted_by", "basis", "flow"),
    [
        ('source = "readout"', "MOFCOM", "other", False),
        ('counted_by = "USDA", basis = "sold"', "USDA", "sold", False),
        ('unit = "MMT", flow = true', "analyst", "other", True),
    ],
)
def test_a_reading_says_who_counted_what_or_takes_it_from_its_source_and_deadline(
    connection: Connection, apply: Apply, keys: str, counted_by: str, basis: str, flow: bool
) -> None:
    apply(reading(f'value = "1.50", {keys}'))

    (held,) = connection.text(
        "SELECT value, unit, counted_by, basis, flow FROM entry ORDER BY id DESC LIMIT 1"
    )
    assert (str(held[0]), *held[1:]) == ("1.50", "MMT", counted_by, basis, flow)


def test_a_restated_target_keeps_the_deadlines_unit(connection: Connection, apply: Apply) -> None:
    apply(reading('due_on = "2026-07-31", target = "2.5"'))

    (held,) = connection.text("SELECT value, unit FROM entry ORDER BY id DESC LIMIT 1")
    assert (str(held[0]), held[1]) == ("2.5", "MMT")


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (
            'on = "2026-01-09", concession = "sorghum", stage = "partial"',
            "key 'on': 2026-01-09 is still to come (today is 2026-01-08)",
        ),
        (
            'on = "2026-01-08", deadline = "truce-year", value = "4", unit = "MMT"',
            "key 'deadline': 'truce-year' is of kind 'expiry', not a delivery; "
            "there is nothing to measure",
        ),
        (
            'on = "2026-01-08", deadline = "sorghum-2026", value = "4", unit = "bushels"',
            "key 'unit': 'sorghum-2026' is counted in MMT, not in bushels",
        ),
        (
            'on = "2026-01-08", deadline = "sorghum-2026", due_on = "2026-07", target = "0"',
            "key 'target': A target of 0 cannot be measured against",
        ),
        (
            'on = "2026-01-08", deadline = "truce-year", due_on = "2027", target = "25"',
            "key 'target': 'truce-year' has no target to restate",
        ),
        (
            'on = "2026-01-08", deadline = "sorghum-2026", outcome = "missed"',
            "key 'on': 'sorghum-2026' cannot be missed on 2026-01-08: it runs to 2026-06-30",
        ),
        (
            'on = "2026-01-08", concession = "sorghum", stage = "missed"',
            "key 'on': 'sorghum' cannot be missed on 2026-01-08: "
            "its deadline 'sorghum-2026' runs to 2026-06-30",
        ),
    ],
)
def test_an_entry_that_its_command_would_refuse_is_named_with_its_key(
    connection: Connection, apply: Apply, entry: str, complaint: str
) -> None:
    before = contents(connection)
    with pytest.raises(BadDocument) as refusal:
        apply(f"{FOLLOW_UP}\n[[entry]]\n" + "\n".join(entry.split(", ")))
    assert list(refusal.value.complaints) == [f"[[entry]] 2, {complaint}"]
    assert contents(connection) == before


def test_every_refused_entry_is_named_and_a_deadline_closes_once(apply: Apply) -> None:
    closing = '\n[[entry]]\non = "2026-01-08"\ndeadline = "sorghum-2026"\noutcome = "met"\n'
    late = '\n[[entry]]\non = "2027-01-08"\nconcession = "sorghum"\nnote = "Cargo {}."\n'
    with pytest.raises(BadDocument) as refusal:
        apply(FOLLOW_UP + closing + closing + late.format(1) + late.format(2))
    places = [complaint.split(":")[0] for complaint in refusal.value.complaints]
    assert places == [
        "[[entry]] 3, key 'outcome'",
        "[[entry]] 4, key 'on'",
        "[[entry]] 5, key 'on'",
    ]


def test_a_book_may_be_made_for_a_day_before_its_seed(connection: Connection) -> None:
    long_ago = Occasion("analyst", date(2020, 1, 15), datetime(2020, 1, 15, 12, tzinfo=UTC))
    with connection.writing():
        applied = applying.apply(connection, seeds.find("busan-truce"), long_ago)
    assert len(applied.entries) > 50
