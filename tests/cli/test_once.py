"""Commands that a script may repeat: with --once, nothing is recorded twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from tests.conftest import TODAY, Ran, Run, data
from tests.database import deliveries
from tests.refusals import code_of
from tracker.book import Book
from tracker.database import Connection, Target, open_book
from tracker.journal.writer import Writer

COMMANDS = {
    "log": ("log", "soybeans", "partial", "-m", "8 MMT sold", "--source", "https://usda.gov/a"),
    "log, two": ("log", "soybeans", "rare-earths", "stalled", "--on", "2026-01-07"),
    "log, a claim": ("log", "soybeans", "met", "--says", "United States"),
    "log, two sources": (
        *("log", "soybeans", "met", "--source", "article"),
        *("--source", "https://usda.gov/a", "--source", "https://usda.gov/b"),
    ),
    "measure": ("measure", "soybeans-2025", "8.50", "--by", "usda", "--basis", "sold"),
    "measure, a flow": ("measure", "soybeans-2025", "0.4", "--flow", "--by", "USDA"),
    "move": ("move", "soybeans-2025", "2026-02-28", "--says", "us"),
    "move --ending": ("move", "--ending", "2026-10", "2027-11-10", "--public", "2026-01-08"),
    "close": ("close", "apec-2026", "cancelled", "-m", "No deal"),
    "note": ("note", "truce-year", "COFCO signs"),
    "checked": ("checked",),
    "checked, two": ("checked", "soybeans", "tiktok"),
}


@pytest.fixture(autouse=True)
def _delivery(connection: Connection) -> None:
    """Declare what can be measured, as entry 25."""
    deliveries.declare(connection)


def entries(target: Target) -> int:
    connection = open_book(target)
    ((count,),) = connection.text("SELECT count(*) FROM entry")
    connection.close()
    return int(count)


@pytest.fixture
def once(tracker: Run) -> Callable[..., Ran]:
    def run(*command: str) -> Ran:
        ran = tracker(*command, "--once")
        assert (ran.code, ran.err) == (0, ""), ran
        return ran

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_a_repeated_command_adds_nothing_and_says_which_entry_it_was(
    target: Target, once: Callable[..., Ran], name: str
) -> None:
    first = once(*COMMANDS[name])
    held = entries(target)

    second = once(*COMMANDS[name])

    assert entries(target) == held > 25
    assert "already" not in first.out
    numbers = [line.partition(" ")[0] for line in first.out.splitlines() if line[0] == "#"]
    told = [line for line in second.out.splitlines() if "already recorded as entry" in line]
    assert [f"#{line.rpartition(' ')[2]}" for line in told] == numbers
    assert not any(line.startswith("#") for line in second.out.splitlines())


def test_what_a_command_without_it_recorded_is_known_again(
    tracker: Run, once: Callable[..., Ran]
) -> None:
    assert tracker(*COMMANDS["log"]).code == 0

    ran = once(*COMMANDS["log"])

    assert ran.out == "soybeans: partial, 8 Jan 2026: already recorded as entry 26\n"
    assert tracker(*COMMANDS["log"]).out.startswith("#27 soybeans: partial")


def test_only_what_is_new_is_added(target: Target, once: Callable[..., Ran]) -> None:
    once("log", "soybeans", "stalled")

    ran = once("log", "soybeans", "rare-earths", "soybeans", "stalled")

    assert ran.out == (
        "#27 rare-earths: stalled, 8 Jan 2026\n"
        "soybeans: stalled, 8 Jan 2026: already recorded as entry 26\n"
        "rare-earths: under way → in doubt\n"
    )
    assert entries(target) == 27


def test_a_further_source_does_not_make_it_another_entry(once: Callable[..., Ran]) -> None:
    once("log", "soybeans", "met", "--source", "article")

    ran = once("log", "soybeans", "met", "--source", "article", "--source", "https://usda.gov/a")

    assert ran.out.startswith("soybeans: met, 8 Jan 2026: already recorded as entry 26\n")


def test_what_was_taken_back_is_recorded_again(tracker: Run, once: Callable[..., Ran]) -> None:
    once("note", "soybeans", "COFCO signs")
    assert tracker("retract", "26", "--reason", "It did not").code == 0

    assert once("note", "soybeans", "COFCO signs").out.startswith("#28 soybeans: note")


@pytest.mark.parametrize(
    "other",
    [
        ("measure", "soybeans-2025", "8.51", "--by", "USDA", "--basis", "sold"),
        ("measure", "soybeans-2025", "8.5", "--by", "USDA", "--basis", "shipped"),
        ("measure", "soybeans-2025", "8.5", "--by", "USDA", "--basis", "sold", "--on", "yesterday"),
        ("measure", "soybeans-2025", "8.5", "--by", "customs", "--basis", "sold"),
    ],
)
def test_what_differs_is_recorded(once: Callable[..., Ran], other: tuple[str, ...]) -> None:
    once(*COMMANDS["measure"])

    assert once(*other).out.startswith("#27 ")


def test_without_it_an_entry_may_be_amended_to_say_what_another_says(tracker: Run) -> None:
    tracker("note", "tiktok", "Talks begin")
    tracker("note", "tiktok", "Talks beg in")

    assert tracker("amend", "27", "--note", "Talks begin").out.splitlines()[1].startswith("#29 ")


def test_a_refusal_stays_a_refusal(tracker: Run, once: Callable[..., Ran]) -> None:
    once(*COMMANDS["close"])

    other = tracker("close", "apec-2026", "met", "--once")
    none = tracker("move", "--ending", "2026-11", "2027-11-10", "--once")

    assert (other.code, none.code) == (code_of("already closed"), code_of("nothing ends"))


def test_programs_read_the_numbers_of_what_was_there(
    once: Callable[..., Ran],
) -> None:
    once(*COMMANDS["note"])

    document = data(once, *COMMANDS["note"])

    assert (document["recorded"], document["already"]) == ([], [26])
    assert once(*COMMANDS["note"], "-f", "csv").out.count("\n") == 1


def test_python_has_it_too(target: Target) -> None:
    with Book.open(target.address, today=date(2026, 1, 8), author="analyst") as book:
        book.log("soybeans", "partial")

        assert book.log("soybeans", "partial", once=True).data["already"] == [26]
        assert [*book.checked(once=True)] != []
        assert [*book.checked(once=True)] == []


def test_what_is_said_already_is_looked_up_in_one_statement(connection: Connection) -> None:
    keys = [bytes(key) for (key,) in connection.text("SELECT key FROM entry ORDER BY id")]
    before = connection.executed

    found = Writer(connection, "analyst", TODAY, datetime.now(UTC)).live(keys)

    assert found == {key: entry for entry, key in enumerate(keys, 1)}
    assert connection.executed - before == 1
