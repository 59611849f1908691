"""The wheel in a clean environment, on the oldest and the newest Python, run from elsewhere."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import Installed, ran, uv
from tests.server import Server
from tests.texts.making import pdf
from tracker import __version__
from tracker.errors import NotFound, Refused

pytestmark = pytest.mark.slow

NOWHERE = "postgresql://reader@localhost:1/truce"
ADVICE = (
    "Install it: pip install 'truce-tracker[{0}]'"
    " (in a checkout: '.[{0}]', or 'uv run --extra {0}')"
)


def default_book(installed: Installed) -> None:
    """Make the default book, unless another test has made it in the same folder."""
    made = installed.tracker("init", db="")
    assert made.code in (0, Refused.exit_code), made.err


def test_it_runs_without_anything_of_its_developers(plain: Installed) -> None:
    listed = json.loads(uv("pip", "list", "-q", "--format", "json", "--python", plain.python))
    names = {package["name"] for package in listed}

    optional = {"css-inline", "psycopg", "vl-convert-python", "xlsxwriter"}
    optional |= {"lxml", "openpyxl", "pypdf"}
    assert not names & {"pytest", "hypothesis", "pandas", *optional}
    assert plain.tracker("--version") == (0, f"truce-tracker {__version__}\n", "")


def test_what_it_runs_is_what_is_installed(plain: Installed) -> None:
    where = plain.run("import tracker; print(tracker.__file__)").out

    assert Path(where).is_relative_to(plain.python.parent.parent)


def test_init_makes_the_default_book(plain: Installed) -> None:
    default_book(plain)

    shown = plain.tracker("week", "2026-W01", db="")
    assert shown.code == 0, shown.err
    assert "Resume soybean purchases" in shown.out


def test_a_book_is_made_shown_exported_and_made_again(plain: Installed, truce: Path) -> None:
    week = plain.tracker("week", "2026-W02", db=truce)
    assert (week.code, week.err) == (0, "")
    assert "US–China trade truce, 2025–26 · week 2, 5–11 Jan 2026" in week.out

    assert plain.tracker("export", "truce.jsonl", db=truce).code == 0
    assert plain.tracker("init", "truce.jsonl", db="again.db").code == 0
    assert plain.tracker("week", "2026-W02", db="again.db") == week
    assert plain.tracker("db", "check", db="again.db").code == 0


def test_it_records_and_writes_a_calendar(plain: Installed, truce: Path) -> None:
    noted = shutil.copy(truce, plain.folder / "noted.db")

    assert plain.tracker("log", "cn-soy-2025", "partial", db=noted).code == 0
    assert "BEGIN:VCALENDAR" in plain.tracker("deadlines", "-f", "ics", db=noted).out


def test_without_site_publishing_says_what_to_install(plain: Installed, truce: Path) -> None:
    said = plain.tracker("publish", "site", db=truce)

    assert (said.code, said.out) == (NotFound.exit_code, "")
    what = "tracker: 'publish' needs a part that is not installed."
    assert said.err == f"{what} {ADVICE.format('site')}\n"
    assert not (plain.folder / "site").exists()


@pytest.mark.parametrize("kind", ["mail", "xlsx"])
def test_without_its_part_a_format_says_what_to_install(
    plain: Installed, truce: Path, kind: str
) -> None:
    said = plain.tracker("week", "-f", kind, "-o", "week", db=truce)

    assert (said.code, said.out) == (NotFound.exit_code, "")
    what = f"tracker: '-f {kind}' needs a part that is not installed."
    assert said.err == f"{what} {ADVICE.format(kind)}\n"


def test_without_xlsx_a_workbook_says_what_to_install(plain: Installed, truce: Path) -> None:
    (plain.folder / "updates.xlsx").write_bytes(b"PK\x03\x04")

    said = plain.tracker("import", "updates.xlsx", db=truce)

    assert (said.code, said.out) == (NotFound.exit_code, "")
    assert ADVICE.format("xlsx") in said.err


def test_without_texts_a_page_and_a_pdf_say_what_to_install(plain: Installed, truce: Path) -> None:
    (plain.folder / "sheet.txt").write_text("China will buy soybeans")
    (plain.folder / "sheet.html").write_text("<p>China will buy soybeans")
    (plain.folder / "sheet.pdf").write_bytes(pdf("China will buy soybeans"))

    kept = plain.tracker("source", "keep", "wh-fact-sheet", "sheet.txt", db=truce)

    assert (kept.code, "text kept: 4 words" in kept.out) == (0, True)
    for name in ("sheet.html", "sheet.pdf"):
        said = plain.tracker("source", "keep", "wh-fact-sheet", name, db=truce)
        assert (said.code, said.out) == (NotFound.exit_code, "")
        assert ADVICE.format("texts") in said.err


@pytest.mark.parametrize("command", [["week"], ["init", "busan-truce"], ["db", "check"]])
def test_without_postgres_a_server_says_what_to_install(
    plain: Installed, command: list[str]
) -> None:
    said = plain.tracker("--db", NOWHERE, *command)

    assert (said.code, said.out) == (NotFound.exit_code, "")
    what = f"tracker: '{NOWHERE}' needs a part that is not installed."
    assert said.err == f"{what} {ADVICE.format('postgres')}\n"


def test_python_asks_the_book_too(plain: Installed, truce: Path) -> None:
    printed = json.loads(plain.tracker("status", "-f", "json", db=truce).out)
    code = "from tracker import Book; print(len(Book.open('truce.db').status().rows))"

    assert plain.run(code) == (0, f"{len(printed['rows'])}\n", "")


@pytest.mark.parametrize("version", ["3.11"], indirect=True)
def test_type_checkers_read_its_types(plain: Installed) -> None:
    wrong = "from tracker import Book; book: int = Book.open('truce.db')"
    checker = [*("-m", "mypy", "--strict", "--python-executable", plain.python), "-c", wrong]
    said = ran(Path(sys.executable), *checker, folder=plain.folder).out

    assert 'expression has type "Book", variable has type "int"' in said
    assert "Found 1 error in 1 file" in said


def test_with_site_a_book_becomes_a_site_with_charts(whole: Installed) -> None:
    assert whole.tracker("init", "busan-truce", db="targets.db").code == 0

    said = whole.tracker("publish", "site", "--as-of", "2026-01-11", db="targets.db")

    assert said.code == 0, said.err
    assert [*(whole.folder / "site").glob("chart-*.svg")]


def test_with_xlsx_a_report_becomes_a_workbook(whole: Installed) -> None:
    default_book(whole)

    said = whole.tracker("week", "-o", "week.xlsx", "--as-of", "2026-01-11", db="")

    assert said.code == 0, said.err
    assert (whole.folder / "week.xlsx").read_bytes().startswith(b"PK")


def test_with_texts_a_pdf_is_kept(whole: Installed) -> None:
    default_book(whole)
    (whole.folder / "sheet.pdf").write_bytes(pdf("China will buy soybeans"))

    said = whole.tracker("source", "keep", "https://example.org/sheet", "sheet.pdf", db="")

    assert (said.code, "text kept: 4 words" in said.out) == (0, True)


def test_with_mail_a_report_becomes_a_mail(whole: Installed) -> None:
    default_book(whole)

    said = whole.tracker("week", "-f", "mail", "--as-of", "2026-01-11", db="")

    assert said.code == 0, said.err
    assert '<body style="' in said.out


def test_with_postgres_a_book_lies_on_a_server(whole: Installed, server: Server) -> None:
    name = server.create()
    try:
        made = whole.tracker("init", "busan-truce", db=server.url(name))
        week = whole.tracker("week", "2026-W02", db=server.url(name))
    finally:
        server.drop(name)

    assert made.code == 0, made.err
    assert week.code == 0, week.err
    assert "US–China trade truce, 2025–26 · week 2, 5–11 Jan 2026" in week.out
