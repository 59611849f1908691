"""What is declared is corrected today; yesterday's reports stay as they were, to the byte."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests import recording
from tests.conftest import USDA, Ran, Run, make_book
from tests.questions import ARTICLE, every_report
from tests.recording import Circumstances, Measurement, retract_all
from tracker.database import Connection, Target, open_book
from tracker.dates import exactly
from tracker.interchange import applying
from tracker.journal import corrections
from tracker.journal.verbs import change
from tracker.journal.writer import Writer
from tracker.vocabulary import Stage

BUSAN = Path(__file__).parents[1] / "transfer" / "busan.toml"
DECLARED, LAST = 13, 17
"""The last entry of the file, and the last one that was written until yesterday."""
YESTERDAY, TODAY = "2026-01-08", "2026-01-09"
WHY = "as the fact sheet words it"

EXAMPLES = ARTICLE | {
    "day": "2025-12-31 2026-01-08",
    "deadline": "soybeans-2025",
    "source": "fact-sheet",
}
REPORTS = [*every_report(EXAMPLES), "show rare-earths", "history soybeans --all"]


class Corrected(NamedTuple):
    """A field of something declared, as it is now."""

    slug: str
    field: str
    now: Any


LOADED = "12 MMT are shipped by the end of 2025, 25 MMT in each of the next years."
LANDED = "12 MMT have cleared Chinese customs by the end of 2025."
ADDRESS = "https://reuters.example/soybeans"
CORRECTIONS = (
    Corrected("cn", "name", "PR China"),
    Corrected("trade-press", "url", ADDRESS),
    Corrected("soybeans", "test", LANDED),
    Corrected("soybeans", "in_return_for", ["rare-earths"]),
    Corrected("soybeans-2025", "target", "25"),
)


@contextmanager
def writing(place: Target) -> Iterator[Connection]:
    connection = open_book(place)
    with connection.writing():
        yield connection
    connection.close()


def moment(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=UTC)


def at(connection: Connection, day: int, hour: int = 9) -> Writer:
    """Return the analyst at an hour of January 2026."""
    return Writer(connection, "analyst", date(2026, 1, day), moment(day, hour))


def of(day: int, says: str | None = None, source: str | None = None) -> Circumstances:
    return Circumstances(exactly(date(2026, 1, day)), says, source)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_book(tmp_path_factory.mktemp("past") / "busan.db", None)
    with writing(Target("sqlite", str(path))) as connection:
        applying.apply(at(connection, 2), applying.load([BUSAN]))
        recording.log(at(connection, 5), "soybeans", Stage.PARTIAL, of(5, source="trade-press"))
        recording.log(at(connection, 6), "soybeans", Stage.MET, of(6, "us", USDA))
        recording.log(at(connection, 7), "rare-earths", Stage.STARTED, of(7, "cn", "fact-sheet"))
        counted = Measurement(Decimal(8), counted_by="USDA")
        recording.measure(at(connection, 8), "soybeans-2025", counted, of(8, source=USDA))
    return path


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Target:
    """The truce as it stood yesterday: with a verdict, two claims and a reading."""
    return Target("sqlite", shutil.copy(template, tmp_path / "busan.db"))


@pytest.fixture
def ask(tracker: Run, place: Target) -> Callable[..., Ran]:
    def ask(report: str, *options: str, today: str = TODAY) -> Ran:
        return tracker("--today", today, *report.split(), *options, db=place.address)

    return ask


@pytest.fixture
def ask_again(ask: Callable[..., Ran]) -> Callable[..., Ran]:
    """Ask for a report of yesterday, as known by an entry or a moment."""

    def ask_again(report: str, known: str, *options: str) -> Ran:
        as_of = () if report.startswith("diff") else ("--as-of", YESTERDAY)
        return ask(report, *as_of, "--known-by", known, *options)

    return ask_again


@pytest.fixture
def document(ask: Callable[..., Ran]) -> Callable[..., Any]:
    def document(report: str, *options: str, today: str = TODAY) -> Any:
        return json.loads(ask(report, *options, "-f", "json", today=today).out)

    return document


# --- corrected --------------------------------------------------------------------------------


@pytest.fixture
def correct(place: Target) -> Callable[[], None]:
    """Correct a name, an address, a test, an exchange and a target on 9 January."""

    def correct() -> None:
        with writing(place) as connection:
            for one in CORRECTIONS:
                change(at(connection, 9), one.slug, {one.field: one.now}, WHY)

    return correct


@pytest.mark.parametrize("name", ["json", pytest.param("text", marks=pytest.mark.slow)])
def test_yesterdays_reports_stay_as_they_were_when_what_is_declared_is_corrected(
    ask: Callable[..., Ran],
    ask_again: Callable[..., Ran],
    correct: Callable[[], None],
    name: str,
) -> None:
    printed = {report: ask(report, "-f", name, today=YESTERDAY) for report in REPORTS}
    assert all(ran.out and not ran.err for ran in printed.values())

    correct()

    again = {report: ask_again(report, f"#{LAST}", "-f", name) for report in REPORTS}
    assert again == printed
    for known in (YESTERDAY, "2026-01-08T09:00:00Z", "2026-01-08 12:00"):
        assert ask_again("status", known, "-f", name) == printed["status"], known


def test_the_week_says_what_was_wrong_in_the_book_and_what_it_says_now(
    ask: Callable[..., Ran], document: Callable[..., Any], correct: Callable[[], None]
) -> None:
    correct()

    week = document("week")
    assert [(row["subject"], row["what"]) for row in week["corrected"]] == [
        (one.slug, one.field) for one in CORRECTIONS
    ]
    target = week["corrected"][-1]
    assert (target["before"], target["after"], target["reason"]) == ("12", "25", WHY)
    assert not [row for row in week["rows"] if row["what"] in ("target", "field")]
    text = ask("week").out
    assert re.search(r"#22  12 MMT by the end of 2025, target +12 → 25", text)
    assert "--all" not in text


def test_show_lists_the_versions_of_a_concession(
    document: Callable[..., Any], correct: Callable[[], None]
) -> None:
    correct()

    (row,) = document("show soybeans")["rows"]
    first, *later = row["versions"]
    assert (first["declares"]["title"], "was" in first["declares"]) == ("Buy US soybeans", False)
    assert {name: value for one in later for name, value in one["declares"]["was"].items()} == {
        "test": LOADED,
        "in_return_for": ["fentanyl-tariff"],
    }
    said = {(one["effective_on"], one["author"], one["note"]) for one in later}
    assert said == {(TODAY, "analyst", WHY)}
    assert {one["entry"] for one in later} < {one["entry"] for one in row["history"]}


def test_check_finds_a_test_that_was_rewritten_after_the_verdict(
    document: Callable[..., Any],
    ask: Callable[..., Ran],
    place: Target,
    correct: Callable[[], None],
) -> None:
    def rewritten() -> list[str]:
        rows = document("check")["rows"]
        return [row["subject"] for row in rows if row["finding"] == "rewritten"]

    before = rewritten()
    correct()
    found, said = rewritten(), ask("check").out
    with writing(place) as connection:
        recording.log(at(connection, 9, 10), "soybeans", Stage.STARTED, of(9))

    assert (before, found, rewritten()) == ([], ["soybeans"], [])
    assert "  rewritten   'tracker log' your verdict again under the new test\n" in said
    verdict = r"the verdict 'partly' \(#14\) was given under another test \(changed by #21\)"
    assert re.search(f"\nrewritten +soybeans +{verdict}\n", said)


# --- withdrawn ----------------------------------------------------------------------------------

SAYS_NOTHING = "the fact sheet does not mention it"


@pytest.fixture
def withdraw_soybeans(place: Target) -> Callable[[], None]:
    """Withdraw the soybeans, with their two deadlines and two versions."""

    def withdrawn() -> None:
        with writing(place) as connection:
            change(at(connection, 9), "soybeans", {"test": LANDED}, WHY)
            retract_all(at(connection, 9, 10), "soybeans", SAYS_NOTHING)

    return withdrawn


def test_a_withdrawn_concession_is_in_no_report_of_today(
    ask: Callable[..., Ran], document: Callable[..., Any], withdraw_soybeans: Callable[[], None]
) -> None:
    withdraw_soybeans()

    silent = [one for one in REPORTS if "soybeans" not in one and one != "history --all"]
    for report in silent:
        lines = [
            line for line in ask(report, "-f", "markdown").out.splitlines() if "soybeans" in line
        ]
        assert not lines or report == "week", report
    week = document("week")
    assert not [row for row in week["rows"] if row["concession"] == "soybeans"]
    titles = {row["title"] for row in week["corrected"]}
    assert "Buy US soybeans" in titles
    assert {row["after"] for row in week["corrected"]} == {"withdrawn"}
    assert ask("show soybeans").code == 3


# --- known by a number ------------------------------------------------------------------------


FOOTER = r"^([0-9-]+#(\d+)) · .* head \w+$"


@pytest.mark.slow
def test_a_report_is_made_again_with_the_point_that_it_prints(
    ask: Callable[..., Ran], document: Callable[..., Any], correct: Callable[[], None]
) -> None:
    before = {}
    for report in REPORTS:
        printed, written = ask(report), ask(report, "-f", "json")
        point, number = re.findall(FOOTER, printed.out, re.MULTILINE)[-1]
        assert int(number) == json.loads(written.out)["known_by"]
        assert ask(report, "--known-by", f"#{number}") == printed
        if not report.startswith("diff"):  # which takes two points
            assert ask(report, "--as-of", point) == printed
        before[report] = printed.out

    correct()

    assert {report: ask(report, "--known-by", f"#{LAST}").out for report in REPORTS} == before
    assert document("status")["known_by"] > LAST


def test_a_number_inside_a_batch_means_the_last_entry_of_the_batch(
    ask: Callable[..., Ran], document: Callable[..., Any]
) -> None:
    whole = ask("status", "--known-by", f"#{DECLARED}")

    assert [ask("status", "--known-by", f"#{entry}") for entry in (1, 5, 12)] == [whole] * 3
    assert document("status", "--known-by", "#5")["known_by"] == DECLARED
    assert document("status", "--known-by", f"#{DECLARED + 1}")["known_by"] == DECLARED + 1


def test_a_source_that_is_declared_later_keeps_its_place_in_yesterdays_list(
    ask: Callable[..., Ran], ask_again: Callable[..., Ran], place: Target
) -> None:
    with writing(place) as connection:
        recording.note(at(connection, 8), "soybeans", "Sinograin buys", of(8, source=f"{USDA}/2"))
    printed = ask("sources", today=YESTERDAY)

    assert ask(f"add source {USDA}", "--publisher", "USDA", "--title", "Sales").code == 0

    assert ask_again("sources", f"#{LAST + 1}") == printed


def test_what_a_withdrawn_party_said_keeps_its_slug(ask: Callable[..., Ran], place: Target) -> None:
    assert ask("add party jp", "--name", "Japan", "--short", "Japan").code == 0
    with writing(place) as connection:
        writer = Writer(connection, "analyst", date(2026, 1, 9), datetime.now(UTC))
        (said,) = recording.log(writer, "soybeans", Stage.MET, of(9, "jp"))
        corrections.retract(writer, said, "it was a reporter")
        retract_all(writer, "jp", "Japan has no part in it")

    assert "jp says kept" in ask("history --all").out
    assert "jp says kept" not in ask("week").out


def test_a_deadline_of_what_is_promised_later_is_not_listed(tracker: Run, busan: Path) -> None:
    def listed(day: str) -> str:
        return tracker("--today", day, "deadlines", db=busan).out

    assert "US farm goods" not in listed("2026-02-22")
    assert "US farm goods" in listed("2026-05-22")
