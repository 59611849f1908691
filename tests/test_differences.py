"""Failures of large comparisons name what differs, and failures of commands their refusal."""

from typing import Any, NamedTuple

import pytest

from tests.conftest import Run, data
from tests.differences import differences, require_same


class Declared(NamedTuple):
    """What a table declares."""

    columns: list[str]
    constraints: set[str]


@pytest.mark.parametrize(
    ("found", "expected", "lines"),
    [
        (["concession", "annex", "title"], ["concession", "title"], ["annex is new"]),
        (["concession"], ["concession", "title"], ["title is missing"]),
        (["title", "kind"], ["kind", "title"], ["title is in the place of kind"]),
        (["title", "title"], ["title"], ["2 items instead of 1"]),
        (
            {"concession": Declared(["title"], {"PRIMARY KEY", "UNIQUE"})},
            {"concession": Declared(["title", "annex"], {"PRIMARY KEY", "CHECK"})},
            [
                "concession: columns: annex is missing",
                "concession: constraints: CHECK is missing",
                "concession: constraints: UNIQUE is new",
            ],
        ),
        (
            {"rows": [{"stage": "met"}, {"stage": "partial"}]},
            {"rows": [{"stage": "met"}, {"stage": "missed"}]},
            ["rows: 2: stage: 'partial' instead of 'missed'"],
        ),
        ({"kept": 1}, {"kept": 1}, []),
    ],
)
def test_each_difference_is_one_line(found: Any, expected: Any, lines: list[str]) -> None:
    assert [*differences(found, expected)] == lines


def test_the_failure_is_these_lines_whole() -> None:
    expected = [f"column_{number}" for number in range(60)]

    with pytest.raises(AssertionError) as failure:
        require_same([*expected, "annex"], expected, "status: rows")

    assert str(failure.value) == "1 not as expected\nstatus: rows: annex is new"


def test_a_refused_command_fails_with_its_code_and_its_refusal(tracker: Run) -> None:
    with pytest.raises(AssertionError) as failure:
        data(tracker, "show", "soya-oil")

    assert str(failure.value).startswith(
        "no document from 'show soya-oil', exit code 3: tracker: No concession, deadline or source"
    )
