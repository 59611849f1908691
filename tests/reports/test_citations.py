"""How a report lists the sources that it cites."""

from datetime import date

from tests.conftest import TODAY
from tests.recording import Circumstances, note
from tracker.database import Connection
from tracker.dates import exactly
from tracker.journal.corrections import take_back
from tracker.journal.verbs import add
from tracker.journal.writer import Writer
from tracker.reports.frame import Citations, described
from tracker.reports.view import View
from tracker.state import Clocks
from tracker.vocabulary import Command, ThingKind

USDA = {"publisher": "USDA", "title": "Export sales", "url": "https://www.usda.gov/export-sales"}


def test_a_source_that_an_older_program_withdrew_from_under_an_entry_is_listed_by_its_key(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        (entry, *_) = add(writer, ThingKind.SOURCE, "usda", USDA)[1]
        note(
            writer, "soybeans", "8 MMT sold", Circumstances(exactly(date(2026, 1, 7)), None, "usda")
        )
        take_back(writer, Command.RETRACT, [entry], "Not ours")

    citations = Citations(View.read(connection, Clocks(TODAY)))

    assert citations.marks(["usda"]) == " [1]"
    (row,) = citations.rows
    assert (row.source_.url, described(row, TODAY).text) == (None, "usda")
