from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import TODAY
from tracker.database import Connection
from tracker.errors import BadText, BadUrl, NoSuch
from tracker.journal import Circumstances, Draft, Writer, checked, log, note
from tracker.vocabulary import EntryKind, Stage


def columns(connection: Connection, names: str, above: int = 12) -> list[tuple[object, ...]]:
    return connection.text(f"SELECT {names} FROM entry WHERE id > {above} ORDER BY id")


def test_entries_count_from_1_without_gaps(connection: Connection, writer: Writer) -> None:
    for day in range(5):
        with connection.writing():
            note(writer, "tiktok", "Still no word", Circumstances(TODAY - timedelta(days=day)))

    assert [number for (number,) in columns(connection, "id", 0)] == list(range(1, 18))


def test_a_refused_command_leaves_no_gap(connection: Connection, writer: Writer) -> None:
    drafts = [
        Draft(EntryKind.NOTE, "tiktok", TODAY, note="Approval pending"),
        Draft(EntryKind.NOTE, "tik-tok", TODAY, note="Approval pending"),
    ]
    with pytest.raises(NoSuch), connection.writing():
        writer.append(drafts)
    with connection.writing():
        written = checked(writer, ["tiktok"])

    assert written == range(13, 14)
    assert columns(connection, "id, kind") == [(13, "check")]


def test_the_entries_of_one_command_are_one_batch(connection: Connection, writer: Writer) -> None:
    with connection.writing():
        first = checked(writer, ["soybeans", "tiktok"])
    with connection.writing():
        second = checked(writer, ["rare-earths"])

    assert (first, second) == (range(13, 15), range(15, 16))
    assert columns(connection, "id, batch") == [(13, 13), (14, 13), (15, 15)]


@pytest.mark.on("sqlite")
def test_the_moment_of_recording_never_goes_back_even_if_the_clock_does(
    connection: Connection,
) -> None:
    noon = datetime(2036, 1, 8, 12, tzinfo=UTC)
    for now in (noon, noon - timedelta(hours=3), noon + timedelta(minutes=1)):
        with connection.writing():
            checked(Writer(connection, "analyst", TODAY, now), ["tiktok"])

    moments = [f"2036-01-08T12:0{minute}:00.000000Z" for minute in (0, 0, 1)]
    assert [moment for (moment,) in columns(connection, "recorded_at")] == moments


def test_an_address_becomes_a_source_once(connection: Connection, writer: Writer) -> None:
    address = "https://www.usda.gov/export-sales"
    with connection.writing():
        for day in (6, 7):
            on = TODAY.replace(day=day)
            log(writer, "soybeans", Stage.PARTIAL, Circumstances(on, source=address))

    query = "SELECT key, url, publisher, official FROM source WHERE key <> 'article'"
    assert connection.text(query) == [(address, address, None, 0)]


@pytest.mark.parametrize("party", ["us", "US", "United States"])
def test_a_party_is_known_by_its_slug_and_both_names(
    connection: Connection, writer: Writer, party: str
) -> None:
    with connection.writing():
        log(writer, "soybeans", Stage.MET, Circumstances(TODAY, says=party))

    assert columns(connection, "says_id") == [(1,)]


@pytest.mark.parametrize(
    "address",
    [
        "ftp://usda.gov/x",
        "https://",
        "javascript://alert(1)",
        "https://usda.gov/a b",
        "http://x\x1b",
    ],
)
def test_what_is_no_web_address_is_no_source(
    connection: Connection, writer: Writer, address: str
) -> None:
    with pytest.raises(BadUrl), connection.writing():
        log(writer, "soybeans", Stage.MET, Circumstances(TODAY, source=address))

    assert connection.text("SELECT COUNT(*) FROM source") == [(1,)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        (" \n\t", "is empty"),
        ("8 MMT\0sold", "holds a NUL"),
        ("\ud800", "is not valid UTF-8"),
    ],
)
def test_text_that_a_database_cannot_keep_is_refused(
    connection: Connection, writer: Writer, text: str, reason: str
) -> None:
    with pytest.raises(BadText, match=f"The note {reason}"), connection.writing():
        note(writer, "tiktok", text, Circumstances(TODAY))


def test_somebody_without_a_name_writes_nothing(connection: Connection) -> None:
    with pytest.raises(BadText, match="The author is empty"):
        Writer(connection, " ", TODAY, datetime.now(UTC))
