"""What a correction leaves in force is held to the same rules as what is declared or logged."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tests.journal.conftest import by
from tests.recording import Circumstances, Measurement, log, measure, note, retract_all
from tests.refusals import raises
from tracker.database import Connection
from tracker.dates import exactly
from tracker.journal.corrections import retract, undo
from tracker.journal.verbs import add, change
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.vocabulary import Stage, ThingKind

ON = Circumstances(exactly(date(2026, 1, 7)))
USDA = {"publisher": "USDA", "title": "Export sales", "url": "https://www.usda.gov/export-sales"}
PRC = {"name": "People's Republic", "short": "PRC"}
BLOC = {"name": "Shanghai Cooperation Organisation", "short": "SCO"}
SORGHUM = {
    "agreement": "busan-2025",
    "title": "Buy US sorghum",
    "giver": ["prc"],
    "receiver": ["us"],
    "sector": "agriculture",
    "kind": "purchase",
    "instrument": "readout",
    "test": "Cargoes of US sorghum clear customs.",
    "source": "article",
}
DELIVERY = {
    "concession": "soybeans",
    "kind": "delivery",
    "label": "12 MMT of soybeans",
    "due_on": "2025-12-31",
    "target": "12",
    "unit": "MMT",
    "source": "article",
}
REVIEW = {
    "concession": "tiktok",
    "kind": "review",
    "label": "Review of the sale",
    "due_on": "2026-03",
    "source": "article",
}
WRONG = "Misread"


@pytest.fixture
def ana(connection: Connection, writer: Writer) -> "As":
    """The analyst, each of whose commands is a transaction."""
    return As(connection, writer)


@pytest.fixture
def ben(connection: Connection, writer: Writer) -> "As":
    """Somebody else in the same book."""
    return As(connection, by(writer, "ben"))


class As:
    """Runs commands as one author; a refused one leaves the book as it was."""

    def __init__(self, connection: Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    def __call__(self, verb: Callable[..., object], *given: object) -> object:
        """Run one command."""
        with self._connection.writing():
            return verb(self._writer.as_author(self._writer.author), *given)


def counting(connection: Connection) -> list[int]:
    """Return the numbers of the entries that count."""
    entries = Record.read(connection).entries.values()
    return [one.entry for one in entries if one.retracted_by is None]


def test_an_entry_does_not_come_back_on_a_source_that_was_withdrawn(
    connection: Connection, ana: As, ben: As
) -> None:
    ana(add, ThingKind.SOURCE, "usda", USDA)
    ana(note, "soybeans", "8 MMT sold", ON._replace(source="usda"))
    ana(retract, 26, WRONG)
    ben(retract_all, "usda", "Not ours")
    before = counting(connection)

    with raises("cannot count again", match=r"Entry 26 cannot count again: No source 'usda'"):
        ana(undo)

    assert counting(connection) == before
    ben(add, ThingKind.SOURCE, "usda", USDA)
    ana(undo)
    assert 26 in counting(connection)


@pytest.mark.parametrize("named", [{}, {"short": "PRC"}])
def test_a_claim_does_not_come_back_from_a_party_that_was_withdrawn(
    ana: As, ben: As, named: dict[str, str]
) -> None:
    ana(add, ThingKind.PARTY, "prc", PRC)
    ana(log, "soybeans", Stage.MET, ON._replace(says="prc"))
    ana(retract, 26, WRONG)
    ben(retract_all, "prc", "It is China")
    if named:  # another party may be called what that one's slug is
        ben(change, "cn", named, "As its own readouts have it")

    with raises("cannot count again", match=r"Entry 26 cannot count again: No party 'prc'"):
        ana(undo)


def test_an_entry_does_not_come_back_about_a_concession_that_was_withdrawn(
    ana: As, ben: As
) -> None:
    ana(log, "tiktok", Stage.PARTIAL, ON)
    ana(retract, 25, WRONG)
    ben(retract_all, "tiktok", "No promise")

    with raises("cannot count again", match=r"Entry 25 cannot count again: No .* 'tiktok'"):
        ana(undo)


def test_a_concession_does_not_come_back_with_a_giver_that_was_withdrawn(ana: As, ben: As) -> None:
    ana(add, ThingKind.PARTY, "prc", PRC)
    ana(add, ThingKind.CONCESSION, "sorghum", SORGHUM)
    ana(retract_all, "sorghum", WRONG)
    ben(retract_all, "prc", "It is China")

    with raises("cannot count again", match=r"Entry 26 cannot count again: No party 'prc'"):
        ana(undo)


def test_a_concession_does_not_come_back_on_a_slug_that_names_something_else_now(
    ana: As, ben: As
) -> None:
    ana(add, ThingKind.CONCESSION, "sorghum", SORGHUM | {"giver": ["cn"]})
    ana(retract_all, "sorghum", WRONG)
    ben(add, ThingKind.DEADLINE, "sorghum", REVIEW)

    with raises("cannot count again", match=r"Entry 25 .* 'sorghum' already names a deadline"):
        ana(undo)


def test_a_party_does_not_come_back_with_a_name_that_another_one_has_now(ana: As, ben: As) -> None:
    ana(add, ThingKind.PARTY, "prc", PRC)
    ana(retract_all, "prc", WRONG)
    ben(change, "cn", {"short": "PRC"}, "As its own readouts have it")

    with raises("cannot count again", match=r"Entry 25 .* 'PRC' already names the party 'cn'"):
        ana(undo)


def test_an_older_version_does_not_make_a_party_part_of_itself(ana: As, ben: As) -> None:
    ana(add, ThingKind.PARTY, "sco", BLOC)
    ana(change, "cn", {"part_of": "sco"}, "It is a member")
    ana(change, "cn", {"part_of": None}, WRONG)
    ben(change, "sco", {"part_of": "cn"}, "It follows")

    with raises("cannot count again", match=r"Entry 26 .* the party would be part of itself"):
        ana(undo)
    with raises("cannot count again", match=r"Entry 26 .* the party would be part of itself"):
        ben(retract, 27, WRONG)


def test_a_deadline_does_not_come_back_under_a_concession_that_was_withdrawn(
    ana: As, ben: As
) -> None:
    ana(add, ThingKind.DEADLINE, "tiktok-review", REVIEW)
    ana(retract_all, "tiktok-review", WRONG)
    ben(retract_all, "tiktok", "No promise")

    with raises("cannot count again", match=r"Entry 25 .* No concession 'tiktok'"):
        ana(undo)


@pytest.fixture
def counted(ana: As, ben: As) -> None:
    """A delivery whose unit was corrected, by entry 26, before it was measured, by entry 27."""
    ana(add, ThingKind.DEADLINE, "soybeans-2025", DELIVERY)
    ana(change, "soybeans-2025", {"unit": "cargoes"}, WRONG)
    ben(measure, "soybeans-2025", Measurement(Decimal(8), "cargoes", "USDA"), ON)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("correction", [(undo,), (retract, 26, WRONG)])
def test_a_correction_does_not_change_a_unit_under_anothers_reading(
    connection: Connection, ana: As, correction: tuple[Callable[..., object], ...]
) -> None:
    with raises("entries rest", match=r"'unit' of 'soybeans-2025'.*\(#27\)"):
        ana(*correction)

    assert 26 in counting(connection)


@pytest.mark.usefixtures("counted")
def test_undoing_a_retraction_does_not_change_a_unit_under_anothers_reading(
    ana: As, ben: As
) -> None:
    ben(undo)
    ana(retract, 26, WRONG)
    ben(measure, "soybeans-2025", Measurement(Decimal(8), "MMT", "USDA"), ON)

    with raises("entries rest", match=r"'unit' of 'soybeans-2025'.*\(#30\)"):
        ana(undo)


def test_a_withdrawal_is_undone_with_all_that_was_logged_and_cited(
    connection: Connection, ana: As
) -> None:
    ana(add, ThingKind.SOURCE, "usda", USDA)
    ana(add, ThingKind.DEADLINE, "soybeans-2025", DELIVERY)
    ana(measure, "soybeans-2025", Measurement(Decimal(8)), ON._replace(source="usda"))
    ana(log, "soybeans", Stage.PARTIAL, ON._replace(says="us", further=("usda",)))
    before = counting(connection)
    ana(retract_all, "soybeans", WRONG)

    ana(undo)

    again = [one for one in counting(connection) if one <= before[-1]]
    assert again == before
