from datetime import UTC, datetime

from tests.conftest import Run, data
from tracker.dates import iso_moment


def test_a_source_met_later_is_not_in_a_report_known_by_an_earlier_moment(tracker: Run) -> None:
    known_then = iso_moment(datetime.now(UTC))
    before = tracker("sources", "--known-by", known_then).out
    tracker("log", "soybeans", "partial", "--source", "https://www.usda.gov/export-sales")

    after = tracker("sources", "--known-by", known_then).out
    now = data(tracker, "sources")["rows"]

    assert after == before
    assert [row["key"] for row in now] == ["article", "https://www.usda.gov/export-sales"]
