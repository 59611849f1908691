import pytest

from tests.conftest import TODAY
from tracker.dates import parse_week
from tracker.errors import OutsideWeek
from tracker.reports import View
from tracker.reports.week import week


def test_a_week_that_has_not_begun_is_no_report(view: View) -> None:
    with pytest.raises(
        OutsideWeek, match=r"Week 2026-W03 begins on 2026-01-12, after .* 2026-01-08"
    ):
        week(view, parse_week("2026-W03", TODAY))
