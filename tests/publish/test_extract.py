"""The reports as tables of an SQLite database, asked as an analyst would."""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from inspect import signature
from io import StringIO
from pathlib import Path

import pytest

from tests.conftest import Run
from tracker import Book
from tracker.cli.running import run
from tracker.errors import FileExists
from tracker.publish.extract import APPLICATION, DAYS, extract
from tracker.reports import View

DAY = "2026-02-22"
CLOCK = ("--as-of", DAY)


@pytest.fixture(scope="module")
def extracted(
    busan_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """An extract of the truce in the week of the Supreme Court's ruling."""
    path = tmp_path_factory.mktemp("extract") / "reports.sqlite"
    assert run(["--db", str(busan_template), "export", str(path), "--sqlite", *CLOCK]) == 0
    with closing(sqlite3.connect(path)) as database:
        yield database


@pytest.mark.parametrize(
    ("table", "report"),
    [
        ("status", ("status",)),
        ("gains", ("gains",)),
        ("gains_concessions", ("gains", "--section", "concessions")),
        ("deadlines", ("deadlines",)),
        ("deadlines_moves", ("deadlines", "--section", "moves")),
        ("pace", ("pace",)),
        ("pace_bands", ("pace", "--section", "bands")),
        ("claims", ("claims",)),
        ("cliff", ("cliff",)),
        ("at_risk", ("at-risk",)),
        ("history", ("history", "--all")),
        ("sources", ("sources",)),
        ("reliability", ("reliability",)),
        ("check", ("check",)),
        ("week", ("week",)),
        ("week_changes", ("week", "--section", "changes")),
    ],
)
def test_a_table_has_the_columns_and_rows_of_the_report_as_csv(
    extracted: sqlite3.Connection, tracker: Run, busan: Path, table: str, report: tuple[str, ...]
) -> None:
    printed = tracker(*report, *CLOCK, "-f", "csv", db=busan).out
    columns, *rows = csv.reader(StringIO(printed))
    found = extracted.execute(f'SELECT * FROM "{table}"')

    assert [column for column, *_ in found.description] == columns
    assert [[*map(_as_csv, row)] for row in found] == [[*map(_as_csv, row)] for row in rows]


def _as_csv(value: object) -> str:
    """Return a value of a table, or a cell of CSV, in one form for both."""
    text = "" if value is None else str(value).removeprefix("'")
    try:
        return str(float({"true": "1", "false": "0"}.get(text, text)))
    except ValueError:
        return text


def test_figures_are_numbers_and_what_is_absent_is_null(extracted: sqlite3.Connection) -> None:
    (high,) = extracted.execute(
        "SELECT count(*) FROM status WHERE delivered_percent_high >= 90"
    ).fetchone()
    (unmeasured,) = extracted.execute(
        "SELECT count(*) FROM status WHERE delivered_percent_high IS NULL"
    ).fetchone()
    kinds = {kind for (kind,) in extracted.execute("SELECT typeof(delivered) FROM pace")}

    assert high == 1
    assert unmeasured > 20
    assert kinds == {"real", "null"}


def test_tables_are_joined_by_slugs(extracted: sqlite3.Connection) -> None:
    query = """
        SELECT concession.concession, concession.test
        FROM week JOIN concession USING (concession)
        WHERE week.change = 'down'
    """

    assert [slug for slug, test in extracted.execute(query) if test] == [
        "us-fentanyl-tariff-cut",
        "us-reciprocal-suspend",
    ]


def test_it_says_what_it_was_made_of(extracted: sqlite3.Connection) -> None:
    about = dict(extracted.execute("SELECT key, value FROM about"))

    assert about["as_of"] == DAY
    assert about["known_by"] == "415"
    assert len(about["head"]) == 64


def test_risks_and_silences_are_those_of_the_commands_as_they_are() -> None:
    defaults = (
        signature(Book.at_risk).parameters["within"],
        signature(Book.check).parameters["stale"],
    )

    assert [one.default for one in defaults] == [DAYS, DAYS]


def test_the_same_book_gives_the_same_bytes(view: View) -> None:
    assert extract(view) == extract(view)


def test_an_extract_is_replaced_by_the_next_and_by_nothing_else(
    tracker: Run, tmp_path: Path
) -> None:
    path = tmp_path / "reports.sqlite"
    tracker("export", path, "--sqlite", "--as-of", "2025-12-31")
    earlier = path.read_bytes()

    assert tracker("export", path, "--sqlite", "--as-of", "2026-01-20") == (0, "", "")
    assert path.read_bytes() != earlier
    refused = tracker("export", path)
    assert (refused.code, refused.err) == (
        FileExists.exit_code,
        f"tracker: Cannot write '{path}': it is a database. Name another path\n",
    )


def test_no_other_database_is_replaced(tracker: Run, book: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "sales.sqlite"
    with closing(sqlite3.connect(foreign)) as database:
        database.execute("CREATE TABLE sales (amount)")
    beside = tmp_path / "link.sqlite"
    beside.symlink_to(book)

    for path in (book, beside, foreign):
        held = path.read_bytes()
        refused = tracker("export", path, "--sqlite")
        assert refused.code == FileExists.exit_code
        assert "it is a database" in refused.err
        assert path.read_bytes() == held


def test_a_book_is_never_taken_for_an_extract(book: Path) -> None:
    with closing(sqlite3.connect(book)) as database:
        assert database.execute("PRAGMA application_id").fetchone() != (APPLICATION,)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--sqlite"], "--sqlite writes one file: name it, and leave out --toml"),
        (["x", "--sqlite", "--toml"], "--sqlite writes one file: name it, and leave out --toml"),
        (["x", "--as-of", "today"], "--as-of needs --sqlite: an export is the whole book"),
        (["x", "--public-by", "today"], "--public-by needs --sqlite: an export is the whole book"),
        (["x", "--toml", "--known-by", "3"], "--known-by needs --sqlite: an export is the whole"),
        (["x", "--agreement", "b"], "--agreement needs --toml or --sqlite: an export is the whole"),
    ],
)
def test_options_that_do_not_fit_are_refused(tracker: Run, options: list[str], said: str) -> None:
    refused = tracker("export", *options)

    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err
