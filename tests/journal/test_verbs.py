from datetime import timedelta

import pytest

from tests.conftest import TODAY
from tests.recording import Circumstances, log, note, retract_all
from tests.refusals import raises
from tracker.database import Connection
from tracker.dates import exactly
from tracker.journal.verbs import change, checked
from tracker.journal.writer import Writer
from tracker.vocabulary import Stage

CUSTOMS = "http://www.customs.gov.cn/soybeans"


def entries(connection: Connection, columns: str) -> list[tuple[object, ...]]:
    """Return columns of the journal's lines after the article's."""
    return connection.text(f"SELECT {columns} FROM journal WHERE entry > 24 ORDER BY entry")


def test_a_stage_belongs_to_a_concession_only(connection: Connection, writer: Writer) -> None:
    with raises("another kind", match="'truce-year' is a deadline"), connection.writing():
        log(writer, "truce-year", Stage.LAPSED, Circumstances(exactly(TODAY)))
    with raises("another kind", match="'busan-2025' is an agreement, not a concession"):
        log(writer, "busan-2025", Stage.LAPSED, Circumstances(exactly(TODAY)))


def test_one_stage_of_several_concessions_is_one_batch_each_of_them_once(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        written = log(writer, ["tiktok", "soybeans"], Stage.STALLED, Circumstances(exactly(TODAY)))

    assert written == range(25, 27)
    assert entries(connection, "subject, stage, batch") == [
        ("tiktok", "stalled", 2),
        ("soybeans", "stalled", 2),
    ]


def test_one_wrong_concession_among_several_refuses_them_all(
    connection: Connection, writer: Writer
) -> None:
    with raises("no such thing"), connection.writing():
        log(writer, ["tiktok", "sorghum"], Stage.STALLED, Circumstances(exactly(TODAY)))

    assert entries(connection, "entry") == []


@pytest.mark.parametrize("slug", ["busan-2025", "soybeans", "truce-year"])
def test_a_note_may_be_on_anything_that_has_a_slug(
    connection: Connection, writer: Writer, slug: str
) -> None:
    with connection.writing():
        assert note(writer, slug, "Talks go on", Circumstances(exactly(TODAY))) == range(25, 26)

    assert entries(connection, "kind, subject") == [("note", slug)]


def test_looking_at_nothing_in_particular_is_looking_at_every_agreement(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        checked(writer, [])

    assert entries(connection, "kind, subject, agreement, concession") == [
        ("check", "busan-2025", "busan-2025", None)
    ]


def test_looking_twice_in_one_breath_is_looking_once(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        assert len(checked(writer, ["tiktok", "soybeans", "tiktok"])) == 2


def test_tomorrow_has_not_happened(connection: Connection, writer: Writer) -> None:
    tomorrow = Circumstances(exactly(TODAY + timedelta(days=1)))
    with raises("future day"), connection.writing():
        log(writer, "soybeans", Stage.PARTIAL, tomorrow)
    with raises("future day"), connection.writing():
        note(writer, "soybeans", "Ships will have sailed", tomorrow)


HOLDING = {"hold": True}
"""Soybeans are to be bought for as long as the truce lasts; its term ends in October 2026."""


def test_without_a_term_what_holds_has_nothing_to_miss(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        change(writer, "soybeans", HOLDING, "While the truce lasts")
        retract_all(writer, "truce-year", "The article names no term")

        with raises("nothing to miss"):
            log(writer, "soybeans", Stage.MISSED, Circumstances(exactly(TODAY)))


# --- sources ----------------------------------------------------------------------------------
