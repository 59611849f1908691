from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conftest import TODAY
from tracker.database import Connection
from tracker.errors import FutureDay, MissedTooEarly, NoSuch, NothingToMiss
from tracker.journal import Circumstances, Writer, checked, log, note
from tracker.vocabulary import Stage

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


def test_a_stage_belongs_to_a_concession_only(connection: Connection, writer: Writer) -> None:
    with pytest.raises(NoSuch, match="No concession 'truce-year'"), connection.writing():
        log(writer, "truce-year", Stage.LAPSED, Circumstances(TODAY))


@pytest.mark.parametrize("slug", ["busan-2025", "soybeans", "truce-year"])
def test_a_note_may_be_on_anything_that_has_a_slug(
    connection: Connection, writer: Writer, slug: str
) -> None:
    with connection.writing():
        assert note(writer, slug, "Talks go on", Circumstances(TODAY)) == range(13, 14)


def test_looking_at_nothing_in_particular_is_looking_at_every_agreement(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        checked(writer, [])

    query = "SELECT kind, agreement_id, concession_id, deadline_id FROM entry WHERE id > 12"
    assert connection.text(query) == [("check", 1, None, None)]


def test_looking_twice_in_one_breath_is_looking_once(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        assert len(checked(writer, ["tiktok", "soybeans", "tiktok"])) == 2


def test_tomorrow_has_not_happened(connection: Connection, writer: Writer) -> None:
    tomorrow = Circumstances(TODAY + timedelta(days=1))
    with pytest.raises(FutureDay), connection.writing():
        log(writer, "soybeans", Stage.PARTIAL, tomorrow)
    with pytest.raises(FutureDay), connection.writing():
        note(writer, "soybeans", "Ships will have sailed", tomorrow)


def test_nothing_is_missed_while_its_deadline_runs(connection: Connection) -> None:
    last_day = Writer(connection, "analyst", date(2026, 10, 31), NOW)
    with pytest.raises(MissedTooEarly, match="'truce-year' runs to 2026-10-31"):
        log(last_day, "soybeans", Stage.MISSED, Circumstances(date(2026, 10, 31)))


def test_a_deadline_that_has_passed_can_be_missed(connection: Connection) -> None:
    day_after = Writer(connection, "analyst", date(2026, 11, 1), NOW)
    with connection.writing():
        written = log(day_after, "soybeans", Stage.MISSED, Circumstances(date(2026, 11, 1)))

    assert written == range(13, 14)


@pytest.mark.on("sqlite")
def test_without_any_deadline_there_is_nothing_to_miss(
    connection: Connection, writer: Writer
) -> None:
    connection.text("PRAGMA foreign_keys = OFF")
    connection.text("DELETE FROM deadline")

    with pytest.raises(NothingToMiss):
        log(writer, "soybeans", Stage.MISSED, Circumstances(TODAY))
