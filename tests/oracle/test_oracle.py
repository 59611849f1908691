"""Today's program gives the frozen answers, but for differences that are named."""

from contextlib import closing
from typing import Any

import pytest

from tests.oracle import FROZEN
from tests.oracle.answering import Answers, Databases, answer
from tests.oracle.comparing import Difference, Named, compared, counted, grouped, unnamed
from tests.oracle.frozen import Frozen
from tests.oracle.named import NAMED
from tests.oracle.plans import plans
from tests.server import Server

ROOM = 600_000
"""The bytes that the frozen answers may take."""


@pytest.mark.endurance
def test_every_answer_is_the_frozen_one_or_its_difference_is_named() -> None:
    require_frozen(None)


@pytest.mark.endurance
def test_a_server_answers_the_same(server: Server) -> None:
    with closing(Databases(server.url("postgres"))) as databases:
        require_frozen(databases)


def require_frozen(server: Databases | None) -> None:
    """Fail with each answer that has changed and is not named; without a server, of files."""
    frozen = Frozen.read(FROZEN)

    differences: list[Difference] = []
    for plan in frozen.plans:
        before = frozen.answers[plan.name]
        after = answer(plan.asked_again(before), server)
        differences += compared(plan.name, before, after)

    others = [difference for difference in differences if unnamed(difference, NAMED)]
    if others:
        raise AssertionError("\n".join(["not named:", *grouped(others, most=20)]))
    assert counted(differences, NAMED) == {named.reason: named.answers for named in NAMED}


def test_the_frozen_answers_take_little_room() -> None:
    assert FROZEN.stat().st_size <= ROOM


def test_a_number_gives_the_same_book_and_the_same_questions() -> None:
    assert [*plans([7], 30, [])] == [*plans([7], 30, [])]
    assert [*plans([7], 30, [])] != [*plans([8], 30, [])]


# --- what differs ---------------------------------------------------------------------------------

STATUS = "a 2026-03-01: status [json]"


@pytest.mark.parametrize(
    ("before", "after", "shapes"),
    [
        ('0\n{"kept": 1}', '0\n{"kept": 2}', {"kept: 9 → 9"}),
        ('0\n{"rows": []}', '0\n{"rows": [], "late": 1}', {".late is new"}),
        (
            '0\n{"rows": [{"state": "kept", "on": "2026-01-07"}]}',
            '0\n{"rows": [{"state": "lost", "on": "2026-01-09"}]}',
            {'rows[].state: "kept" → "lost"', 'rows[].on: "DAY" → "DAY"'},
        ),
        ('0\n{"rows": [1, 2]}', '0\n{"rows": [2]}', {"rows[] left out"}),
        ('0\n{"rows": [1, 2]}', '0\n{"rows": [2, 1]}', {"rows[] in another order"}),
        ("0\n{}", "3\nNo entry #12", {"exit code 0 → 3: an answer → No entry #9"}),
    ],
)
def test_data_differs_by_its_keys_and_values(before: str, after: str, shapes: set[str]) -> None:
    (difference,) = compared("article", {STATUS: before}, {STATUS: after})

    assert (difference.report, difference.shapes) == ("status", shapes)


def test_text_differs_as_its_data_does_or_else_by_its_lines() -> None:
    texts = "a 2026-03-01: status [80]"
    before = {STATUS: '0\n{"kept": 1}', texts: "0\nKept  1 of 30"}
    shorter = {STATUS: before[STATUS], texts: "0\n1 of 30 kept"}
    other = {STATUS: '0\n{"kept": 2}', texts: "0\n2 of 30 kept"}

    assert shapes_of(before, before) == []
    assert shapes_of(before, shorter) == [{"- Kept  9 of 9", "+ 9 of 9 kept"}]
    assert shapes_of(before, other) == [{"kept: 9 → 9"}, {"kept: 9 → 9"}]


def shapes_of(before: Answers, after: Answers) -> list[Any]:
    return [difference.shapes for difference in compared("article", before, after)]


def test_a_named_difference_explains_a_shape_in_its_questions_only() -> None:
    named = [Named("Kept promises are counted once", "status|gains", "^kept: ", 2)]
    before, after = ({STATUS: f'0\n{{"kept": {number}, "lost": {number}}}'} for number in (1, 2))
    (difference,) = compared("article", before, after)
    of_week = difference._replace(question="a 2026-03-01: week [json]")

    assert unnamed(difference, named) == {"lost: 9 → 9"}
    assert unnamed(of_week, named) == difference.shapes
    assert counted([difference, of_week], named) == {"Kept promises are counted once": 1}
