import csv
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import Ran, Run
from tests.questions import BUSAN, every_report
from tracker.reports.status import tone
from tracker.tables import Tone
from tracker.vocabulary import Status


def rows_of(ran: Ran) -> list[dict[str, str]]:
    assert (ran.code, ran.err) == (0, "")
    return list(csv.DictReader(StringIO(ran.out, newline="")))


def test_short_rows_within_a_row_are_one_cell_of_a_spreadsheet(tracker: Run) -> None:
    tracker("log", "soybeans", "kept", "--says", "us", "--on", "2026-01-07")

    row = rows_of(tracker("claims", "soybeans", "-f", "csv"))[0]

    assert (row["receivers_say"], row["others"]) == ("us kept 2026-01-07", "")


def test_a_concession_with_all_that_hangs_on_it_is_one_row(tracker: Run) -> None:
    (row,) = rows_of(tracker("show", "chip-sales", "-f", "csv"))

    assert row["in_return_for"] == "soybeans rare-earths"
    assert not {"history", "deadlines", "pace", "versions", "sources"} & row.keys()


@pytest.mark.parametrize(
    "report",
    [line for line in every_report(BUSAN) if not line.startswith("check")],
)
def test_a_report_in_csv_is_its_rows_without_json_in_its_cells(
    tracker: Run, busan: Path, report: str
) -> None:
    ran = tracker(*report.split(), "-f", "csv", db=busan)

    head, *rows = csv.reader(StringIO(ran.out, newline=""))
    assert ran.code == 0
    assert all(len(row) == len(head) == len(set(head)) for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("{", "["))]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([Status.KEPT, Status.IN_FORCE], Tone.GOOD),
        ([Status.MISSED, Status.BROKEN], Tone.BAD),
        ([Status.STALLED, Status.UNKNOWN], Tone.DOUBT),
        ([Status.PARTLY, Status.STARTED, Status.PROMISED, Status.NEGOTIATING], None),
        ([Status.OVERTAKEN], None),
    ],
)
def test_what_was_overtaken_has_no_colour_as_it_is_nobodys_failure(
    statuses: list[Status], expected: Tone | None
) -> None:
    positions = [SimpleNamespace(status=status) for status in statuses]

    assert {tone(SimpleNamespace(position=position)) for position in positions} == {expected}
