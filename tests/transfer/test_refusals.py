"""Files that a book refuses: all that is said of each, reviewed like code."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import Run
from tracker.errors import Unavailable
from tracker.interchange import exports
from tracker.interchange.exports import _is_unfit

Told = Callable[..., str]
"""Gives a command each of some files, and returns what it says of them."""


@pytest.fixture
def told(tracker: Run, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    monkeypatch.chdir(tmp_path)

    def call(cases: Mapping[str, str | bytes], name: str, *command: str, **options: object) -> str:
        before, said = book.read_bytes(), []
        for case, content in cases.items():
            held = content if isinstance(content, bytes) else content.encode()
            Path(name).write_bytes(held)
            ran = tracker(*command, **options)
            assert (ran.code > 1, ran.out) == (True, ""), case
            said.append(f"# {case}\n{ran.err}")
        assert book.read_bytes() == before
        return "\n".join(said)

    return call


def cases_of(text: str) -> dict[str, str]:
    """Return files by their names, which are lines that begin with a number sign."""
    parts = (part.partition("\n") for part in text.removeprefix("\n# ").split("\n# "))
    return {name: f"{content}\n" for name, _, content in parts}


# --- updates --------------------------------------------------------------------------------------

LINES = cases_of("""
# another kind
kind,concession,effective_on
rumour,soybeans,2026-01-07
# a day to come
stage,concession,effective_on
met,soybeans,2026-01-09
# days of another century
stage,concession,deadline,effective_on,public_on,due_on
met,soybeans,,1899-12-31,,
met,soybeans,,2026-01-07,1899-12-31,
,,soybeans-2025,2026-01-07,,1899
# no quantity
deadline,effective_on,value
soybeans-2025,2026-01-07,NaN
# a reading of an expiry
deadline,effective_on,value,counted_by
truce-expiry,2026-01-07,1,USDA
# closed twice
deadline,effective_on,outcome
soybeans-2025,2026-01-07,met
soybeans-2025,2026-01-07,missed
# moves and closings with what the others have
kind,deadline,effective_on,outcome,due_on
deadline,soybeans-2025,2026-01-07,met,2026-02
deadline,soybeans-2025,2026-01-07,,
,soybeans-2025,2026-01-07,met,2026-02
# nothing said
concession,effective_on,stage
soybeans,2026-01-07,
# other names
on,date,day,by,colour
2026-01-07,,,,
# part of another
concession,deadline,effective_on,outcome
rare-earths,soybeans-2025,2026-01-07,met
# too many cells
concession,effective_on
soybeans,2026-01-07,met
# too few cells

concession,note
soybeans
# no name of a column
concession,,
soybeans,,x
# a line for the separator
sep=;
concession;stag
# a quote in a cell
concession,note
soybeans,"8.5 MMT" sold
# a column that is not there
concession,effective,note
soybeans,2026-01-07,8 MMT
# a column that is there twice
stage,stage
met,met
# an open quote
concession,note
soybeans,"an open
quote
# a long value and a long column
concession,effective_on,stage
soybeans,2026-01-07,123456789012345678901234567890123456789012345678901234567890
soybeans,2026-01-07,1234567890123456789012345678901234567890123456789012345678901
# many mistakes in one file
concession,effective_on,says,stage,source,public_on,due_on,outcome,flow,basis,value
soyabeans,2026-1-7,eu,mett,facts,2026-01,soon,done,maybe,sould,1e3
soybeans,2026-01-08,us,met,,,,,,,
soybeans,2026-01-06,us,met,,,,met,,,
soybeans,2026-01-05,,met,,,,,true,sold,4
# what the rules of each kind refuse
concession,deadline,effective_on,public_on,stage,due_on,value,outcome,counted_by,basis,note
rare-earths,,2026-01-07,,missed,,,,,,
fentanyl-tariff,,2026-01-07,,missed,,,,,,
,soybeans-2025,2026-01-07,,,2026-02,0,,,,
,rare-earth-licences,2026-01-07,,,2026-02,5,,,,
,soybeans-2025,2026-01-07,,,2025-10-01,,,,,
,rare-earth-licences,2026-01-07,,,,,missed,,,
,truce-expiry,2026-01-07,,,,,met,,,
rare-earths,,2026,,,,,,,,Said
rare-earths,,2026-01-07,2026-01-09,,,,,,,Said
rare-earths,,1999-01-07,1998-01-09,,,,,,,Said
,soybeans-2025,2026-01-07,,,,1234567890123456789,,USDA,sold,
,soybeans-2025,2026-01-07,,,,1.1234567890,,USDA,sold,
# an object of another kind
{"stage":"met"}
[1]
# values that are not single
{"stage":["met"],"note":{"a":1},"declares":{},"text":[]}
# a key that is not there
{"colour":"red","":"x"}
# a surrogate
{"concession":"soybeans","effective_on":"2026-01-07","note":"\\ud800"}
# a NUL
{"concession":"soybeans","effective_on":"2026-01-07","note":"a\\u0000"}
# control characters
{"concession":"soybeans","effective_on":"2026-01-07","note":"a","source":"https://a.example/\\u0000"}
{"deadline":"soybeans-2025","effective_on":"2026-01-07","value":4,"unit":"\\u0000","counted_by":"\\u0000"}
# numbers as they are written
{"deadline":"soybeans-2025","effective_on":"2026-01-07","value":4.50e1,"counted_by":"USDA"}
{"deadline":"soybeans-2025","effective_on":"2026-01-07","value":NaN,"counted_by":true}
{"deadline":"soybeans-2025","effective_on":"2026-01-07","value":false,"flow":true,"basis":"sold"}
""") | {
    "an old Macintosh": "concession,note\rsoybeans,x\r",
    "a cell that is too long": f"concession,note\nsoybeans,{'x' * (1 << 20)}x\n",
    "a column with a long name": f"{'c' * 60},{'d' * 61},stage\n",
}

FILES = {
    "nothing": b"",
    "white space": b"\n \n",
    "a program": b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
    "UTF-16": "\ufeffstage,concession\n".encode("utf-16-le"),
    "no header": b",,\n;\n",
    "a list": b'[{"stage":"met"},\n{"stage":"met"}]\n',
    "an object on several lines": b'\xef\xbb\xbf \n{ \n"stage":"met"}\n',
    "Latin-1": "stage,note\nmet,Klöckner\n".encode("latin-1"),
    "Latin-1, far below": b"stage,note\n" + b"met,Said\n" * 20_000 + "met,ö".encode("latin-1"),
    "a book": b"SQLite format 3\0",
    "an export": b'{"type":"book","format":"truce-tracker","schema":1}\n',
    "a broken workbook": b"PK\x03\x04 and more",
}


def test_a_bad_line_is_named_with_its_mistake(told: Told, snapshot: SnapshotAssertion) -> None:
    assert told(LINES, "updates.csv", "import", "updates.csv") == snapshot


def test_a_file_of_another_kind_is_refused(told: Told, snapshot: SnapshotAssertion) -> None:
    toml = told({"TOML": b"[agreement]\n"}, "updates.TOML", "import", "updates.TOML")
    kinds = {name: FILES[name] for name in ("a book", "an export", "white space")}
    (Path("kinds.toml")).write_text('[columns]\nnote = "x"\n', "utf-8")
    assert [
        told(FILES, "updates.csv", "import", "updates.csv"),
        toml,
        told(kinds, "table.csv", "import", "table.csv", "--recipe", "kinds.toml"),
        told(kinds, "truce.toml", "apply", "truce.toml"),
    ] == snapshot


TOML = {
    "UTF-16": "[agreement]".encode("utf-16"),
    "Latin-1": 'title = "Klöckner"'.encode("latin-1"),
    "a day without quotes": b"agreed_on = 2026-02-30\n",
    "lists in lists": b"value = " + b"[" * 5_000,
    "a table": b"a,b\n1,2\n",
}


def test_a_file_that_apply_cannot_read_is_refused(told: Told, snapshot: SnapshotAssertion) -> None:
    assert told(TOML, "truce.toml", "apply", "truce.toml") == snapshot


# --- exports --------------------------------------------------------------------------------------

EXPORTS = {
    "a note": ("8.5 MMT", "8.6 MMT"),
    "a number": ('"entry":17', '"entry":19'),
    "a stage": ('"stage":"partial"', '"stage":"part"'),
    "an author": ('"author":"desk"', '"author":"seed"'),
    "no first entry": ('"first_entry":1,', ""),
    "a command that there is not": ('"command":"amend"', '"command":"sing"'),
    "no seal": ('"seal":"', '"sealed":"'),
    "the count of entries": ('"entries":18', '"entries":19'),
    "the head": ('"head":"', '"head":"00'),
    "the format": ('"truce-tracker"', '"other"'),
    "the schema": ('"schema":3', '"schema":1'),
    "the type of the header": ('"type":"book"', '"type":"books"'),
    "a type": ('"type":"entry","entry":6', '"type":"e","entry":6'),
    "the syntax": ('{"type":"entry","entry":6', "{"),
    "a list": ('{"type":"batch"', '[1]\n{"type":"batch"'),
}


def test_an_altered_export_is_refused_at_the_place(
    told: Told, dump: Path, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    text = dump.read_text("utf-8")
    header, *lines = text.splitlines(keepends=True)
    first = next(line for line in lines if line.startswith('{"type":"batch"'))
    last = [line for line in lines if line.startswith('{"type":"entry"')][-1]
    more = last.replace('"entry":18,', '"entry":19,', 1)
    assert all(before in text for before, _ in EXPORTS.values())
    cases: dict[str, str | bytes] = {
        name: text.replace(*change, 1) for name, change in EXPORTS.items()
    }
    cases |= {
        "nothing": "",
        "blank lines": "\n \n",
        "UTF-16": text.encode("utf-16"),
        "UTF-16, the other way round": ("\ufeff" + text).encode("utf-16-be"),
        "a mark of UTF-16 below": text.encode().replace(b"\n{", b"\n\xff\xfe{", 1),
        "no line of it": "truce\n",
        "a batch without entries": text.replace(first, first * 2),
        "an unsealed batch": text.replace(first, ""),
        "no last line": "".join((header, *lines[:-1])),
        "no last batch": "".join((header, *lines[:-3])),
        "no entry": "".join((header, *lines[1:])),
        "only a header": header,
        "an entry after the last batch": text + more,
        "blank lines above a mistake": text.replace(first, f"\n \n{first}x\n"),
    }

    assert told(cases, "other.jsonl", "init", "other.jsonl", db=tmp_path / "new.db") == snapshot
    assert not (tmp_path / "new.db").exists()


def test_a_line_of_an_export_has_an_end(
    told: Told, tmp_path: Path, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "LINE_LIMIT", 1 << 20)
    cases = {f"{more} more": b" " * ((1 << 20) + more) for more in (0, 1)}

    assert told(cases, "other.jsonl", "init", "other.jsonl", db=tmp_path / "new.db") == snapshot


@pytest.mark.parametrize(
    ("error", "is_unfit"),
    [
        (KeyError("kind"), True),
        (sqlite3.IntegrityError("CHECK"), True),
        (psycopg.DataError("out of range"), True),
        (psycopg.OperationalError("gone"), False),
        (Unavailable("book locked", book="truce.db"), False),
        (MemoryError(), False),
    ],
)
def test_an_export_is_blamed_for_what_it_holds_only(error: Exception, is_unfit: bool) -> None:
    assert _is_unfit(error) is is_unfit
