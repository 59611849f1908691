from pathlib import Path

import pytest

from tests.conftest import Run, data
from tests.questions import every_report


def test_check_is_silent_and_0_where_nothing_needs_a_look(tracker: Run, tmp_path: Path) -> None:
    quiet = tmp_path / "quiet.db"
    assert tracker("init", "--empty", db=quiet).code == 0

    ran = tracker("check", db=quiet)

    assert ran == (0, "", "")


def test_check_tells_how_many_of_each_and_what_to_do(tracker: Run, busan: Path) -> None:
    printed = tracker("check", db=busan).out
    findings = data(tracker, "check", db=busan)["rows"]
    stale = [row for row in findings if row["finding"] == "stale"]

    assert len(stale) > 5
    assert f"{len(stale)}  stale       log the news, or run 'tracker checked SLUG'" in printed
    assert f"{len(stale)} promises" in printed


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2026-01-07", "2026-06-30"])
def test_the_smallest_target_and_the_largest_count_end_no_report(
    tracker: Run, database: str, day: str
) -> None:
    target = ("--target", "0.000000001", "--unit", "MMT", "--source", "article")
    window = ("--opens", "2026-01-01", "--due", day)
    added = tracker("add", "deadline", "a-trace", "--concession", "soybeans", "--kind", "delivery",
                    "--label", "A trace of soybeans", *window, *target)  # fmt: skip
    most = "999999999999999999.999999999"
    counted = [
        tracker("measure", "a-trace", most, "--by", "USDA", "--flow", "--on", f"2026-01-0{on}")
        for on in (2, 3)
    ]

    assert (added.code, [one.code for one in counted]) == (0, [0, 0])
    assert "Warning: a-trace: 99,999,999,999," in counted[1].out
    # Either database gives the same values: what is made of them, one shows for both.
    forms: tuple[str, ...] = ("text", "json", "html")
    if database == "postgresql" or day == "2026-01-07":
        forms = ("json",)
    for report in every_report():
        for form in forms:
            ran = tracker(*report.split(), "-f", form)
            assert (ran.code, ran.err) == (1 if report == "check" else 0, ""), report
    assert "199999999999999999999999999800.0" in tracker("pace", "-f", "json").out
