"""The longest text that both databases take: what is too long for one is refused by both."""

from hashlib import shake_256
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.refusals import code_of


def long(size: int) -> str:
    """Return text that no database can make shorter."""
    return shake_256(b"soybeans").hexdigest(size)[:size]


def address(size: int) -> str:
    return "https://usda.example/".ljust(size, "x")[:21] + long(size - 21)


READING = ("measure", "soybeans-2025", "8")
DEADLINE = (
    *(
        "add",
        "deadline",
        "soybeans-2025",
        "--concession",
        "soybeans",
        "--kind",
        "delivery",
        "--label",
        "12",
    ),
    *("--due", "2025-12-31", "--target", "12", "--source", "article", "--unit"),
)


def test_the_longest_address_author_counter_and_unit_are_taken(tracker: Run) -> None:
    assert tracker(*DEADLINE, long(1000)).code == 0

    ran = tracker(*("--author", long(1000), *READING, "--by", "é" * 500, "--source", address(2000)))

    assert (ran.code, ran.err) == (0, "")
    assert tracker("week").code == 0


@pytest.mark.on("sqlite")  # the program refuses it, before any database
@pytest.mark.parametrize(
    ("words", "part", "most"),
    [
        (("log", "soybeans", "partial", "--source", address(4000)), "address", "2,000"),
        (("add", "source", address(2001), "--publisher", "USDA", "--title", "Sales"),
         "address", "2,000"),
        (("--author", long(1001), "checked"), "author", "1,000"),
        (("--author", "é" * 501, "checked"), "author", "1,000"),
        ((*READING, "--by", long(1001)), "name of who counted", "1,000"),
    ],
)  # fmt: skip
def test_what_is_longer_is_refused(
    tracker: Run, words: tuple[str, ...], part: str, most: str
) -> None:
    assert tracker(*DEADLINE, "MMT").code == 0

    ran = tracker(*words)

    assert (ran.code, ran.out) == (code_of("bad text"), "")
    assert ran.err == f"tracker: The {part} is longer than {most} bytes. Correct it and try again\n"


@pytest.mark.on("sqlite")
def test_a_unit_that_was_declared_too_long_is_refused_where_it_is_used(tracker: Run) -> None:
    assert tracker(*DEADLINE, long(3000)).code == 0

    assert "The unit is longer than 1,000 bytes" in tracker(*READING, "--by", "USDA").err


@pytest.mark.on("sqlite")
def test_an_imported_address_that_is_too_long_is_refused(tracker: Run, tmp_path: Path) -> None:
    file = tmp_path / "updates.csv"
    file.write_text(f"concession,effective_on,note,source\ntiktok,2026-01-05,x,{address(4000)}\n")

    ran = tracker("import", file)

    assert (ran.code, ran.out) == (code_of("bad text"), "")
    assert "longer than 2,000 bytes" in ran.err
