"""What others send is bounded: a file that would fill the memory is refused before it does."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

MOST = 300
"""The most MiB of memory."""
MIB = 1 << 20
RUNS = """
import sys
from tracker.cli import run
code = run(sys.argv[1:])
with open("/proc/self/status") as status:
    peak = next(line for line in status if line.startswith("VmHWM"))
print(code, int(peak.split()[1]) // 1024)
"""
"""Runs a command line, and prints its exit code and the MiB that it took."""

SHEET, TEXTS, FORMATS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"


class Bomb(NamedTuple):
    """A file that takes much memory: why it is refused, and what it repeats where."""

    reason: str
    part: str
    before: str
    again: str
    times: int
    after: str = ""


MANY = "more than 200,000 rows or lines"
HELD = "a row, a text or a part has more than 4 MiB, or 100,000 tags"
ROW = "<row><c t='inlineStr'><is><t>"
END = "</t></is></c></row>"
WORKBOOKS = {
    "a cell of 250 MiB": Bomb("it unpacks to more than 64 MiB", SHEET, ROW, "x", 250 * MIB, END),
    "a cell of 20 MiB": Bomb(HELD, SHEET, ROW, "x", 20 * MIB, END),
    "a text in many pieces": Bomb("not a workbook", SHEET, ROW, f"{'x' * MIB}<!-- -->", 60, END),
    "a shared text of 60 MiB": Bomb(HELD, TEXTS, "<si><t>", "x", 60 * MIB, "</t></si>"),
    "shared texts that are wide": Bomb(
        "its texts take more than", TEXTS, "", f"<si><t>😀{'x' * (MIB - 99)}</t></si>", 60
    ),
    "very many cells": Bomb(HELD, SHEET, "<row>", "<c/>", 15 * MIB, "</row>"),
    "very many rows": Bomb(MANY, SHEET, "", "<row><c t='s'><v>0</v></c></row>", 200_002),
    "rows of one cell far away": Bomb(
        "more than 1,048,576 rows", SHEET, "", "<row><c r='XFD1'><v>1</v></c></row>", MIB
    ),
    "a long tag": Bomb(HELD, SHEET, "<row r='", "1", 60 * MIB, "'/>"),
    "deep elements": Bomb(HELD, SHEET, "", "<a>", 20 * MIB),
    "very many formats": Bomb(HELD, FORMATS, "<cellXfs>", "<xf/>", 12 * MIB, "</cellXfs>"),
}
HEAD = "concession,deadline,effective_on,value,counted_by,basis,note,source\n"
TABLES = {
    "a cell of 60 MiB": Bomb("more than 1 MiB", "csv", f"{HEAD}soybeans,", "x", 60 * MIB),
    "a cell of many lines": Bomb("more than 1 MiB", "csv", f'{HEAD}"', "8 MMT 😀\n", 150_000),
    "200,001 rows": Bomb(
        MANY,
        "csv",
        HEAD,
        ",s,2026-01-07,8.25,USDA,sold,Loaded,a\n",
        200_001,
    ),
    "200,001 rows with line breaks": Bomb(
        MANY,
        "csv",
        HEAD,
        ',s,2026-01-07,8,USDA,sold,"8\n9",a\n',
        200_001,
    ),
    "a value of 60 MiB": Bomb("more than 1 MiB", "jsonl", '{"note": "', "x", 60 * MIB, '"}\n'),
    "very many lists": Bomb("more than 1 MiB", "jsonl", '{"note": [', "[],", 20 * MIB, "0]}\n"),
    "200,001 objects": Bomb(
        MANY,
        "jsonl",
        "",
        '{"concession":"soybeans","note":"Loaded"}\n',
        200_001,
    ),
    "a key of 20,000 parts": Bomb("more than 8 parts", "toml", "a", ".a", 20_000, " = 1\n"),
    "a key of 200,000 parts": Bomb("more than 8 parts", "toml", "[a", " . 'a'", 200_000, "]\n"),
}


@pytest.fixture
def refused(book: Path) -> Callable[[Path, str], None]:
    """Require that a file is refused in one line, for a reason, in bounded memory."""

    def require(path: Path, reason: str) -> None:
        command = "apply" if path.suffix == ".toml" else "import"
        arguments = ["--db", str(book), command, str(path)]
        ran = subprocess.run(
            [sys.executable, "-c", RUNS, *arguments], capture_output=True, text=True, check=True
        )
        code, peak = map(int, ran.stdout.split())
        assert (code, ran.stderr.count("\n")) == (5, 1), ran.stderr[:1_000]
        assert reason in ran.stderr
        assert peak < MOST

    return require


@pytest.fixture(scope="session")
def plain_workbook() -> bytes:
    """A workbook with a row of columns."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_row(0, 0, ["concession", "effective_on", "note"])
    return file.getvalue()


def pieces(bomb: Bomb) -> Iterator[str]:
    """Yield the content of a bomb, some MiB at a time."""
    yield bomb.before
    many = max(4 * MIB // len(bomb.again), 1)
    for _ in range(bomb.times // many):
        yield bomb.again * many
    yield bomb.again * (bomb.times % many)
    yield bomb.after


def one_of_them(bombs: dict[str, Bomb], quick: str) -> list[Any]:
    """Return all bombs as parameters, of which only one is tried in the default suite."""
    parameters = []
    for name, bomb in bombs.items():
        marks = () if name == quick else pytest.mark.slow
        parameters.append(pytest.param(bomb, id=name, marks=marks))
    return parameters


MANY_TEXTS = Bomb(HELD, TEXTS, "", "<si/>", 6 * MIB)
FOLLOWING = {SHEET: "<row", TEXTS: "</sst>", FORMATS: "<cellXfs"}
"""What comes after the bomb in each part."""


@pytest.mark.parametrize(
    "bomb",
    [
        *one_of_them(WORKBOOKS, "a cell of 20 MiB"),
        pytest.param(MANY_TEXTS, id="very many shared texts", marks=pytest.mark.slow),
    ],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(
    refused: Callable[[Path, str], None], plain_workbook: bytes, tmp_path: Path, bomb: Bomb
) -> None:
    path = tmp_path / "bomb.xlsx"
    with ZipFile(BytesIO(plain_workbook)) as before, ZipFile(path, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            text = before.read(part).decode()
            with after.open(part, "w") as file:
                if part == bomb.part:
                    above, following, below = text.partition(FOLLOWING[part])
                    file.write(above.encode())
                    for piece in pieces(bomb):
                        file.write(piece.encode())
                    text = following + below
                file.write(text.encode())

    refused(path, bomb.reason)


@pytest.mark.slow
def test_a_workbook_of_very_many_parts_is_refused(
    refused: Callable[[Path, str], None], tmp_path: Path
) -> None:
    with ZipFile(tmp_path / "bomb.xlsx", "w") as file:
        for number in range(100_001):
            file.writestr(f"{number}", "")

    refused(tmp_path / "bomb.xlsx", "it has more than 100,000 parts")


@pytest.mark.parametrize("bomb", one_of_them(TABLES, "a key of 20,000 parts"))
def test_a_file_that_would_fill_the_memory_is_refused(
    refused: Callable[[Path, str], None], tmp_path: Path, bomb: Bomb
) -> None:
    path = tmp_path / f"bomb.{bomb.part}"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(pieces(bomb))

    refused(path, bomb.reason)
