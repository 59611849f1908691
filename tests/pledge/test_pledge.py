"""The pledge: from 0.3.0 on, every version opens the books of all earlier ones, once upgraded.

Beside this file lie a book of each released version, its export, its history, and what its reports
said as JSON. Nothing here may ever be written again; a new release adds its own.
"""

import gzip
import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run, data
from tracker import schema
from tracker.database import HEAD, Target, open_book

HERE = Path(__file__).parent
VERSIONS = sorted(path.name.removesuffix(".db.gz") for path in HERE.glob("*.db.gz"))
TODAY = ("--today", "2026-07-04")


def head_of(version: str) -> str:
    """Return the head that a version's export has."""
    first = (HERE / f"{version}.jsonl").read_text("utf-8").split("\n", 1)[0]
    return str(json.loads(first)["head"])


def book_of(version: str, folder: Path) -> Path:
    """Unpack the book of a version, with its kept texts, into a folder."""
    book = folder / "book.db"
    book.write_bytes(gzip.decompress((HERE / f"{version}.db.gz").read_bytes()))
    shutil.copytree(HERE / f"{version}.d", folder / "book.db.d")
    return book


def heads_of(version: str) -> list[str]:
    """Return each head that the book of a version had, as `db check --against` takes it."""
    lines = map(json.loads, (HERE / f"{version}.jsonl").read_text("utf-8").splitlines())
    last, heads = 0, []
    for line in lines:
        if line["type"] == "entry":
            last = line["entry"]
        elif line["type"] == "batch":
            heads.append(f"{last}:{line['seal']}")
    return heads


def test_each_released_version_has_its_book() -> None:
    assert VERSIONS == ["0.3.0"]


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("version", VERSIONS)
def test_the_file_of_an_earlier_version_says_how_to_upgrade_it(
    tracker: Run, tmp_path: Path, version: str
) -> None:
    book = book_of(version, tmp_path)

    ran = tracker("week", db=book)

    assert (ran.code, ran.out) == (6, "")
    assert ran.err == (
        f"tracker: {book} was made by version {version[:3]} of this program (schema 0001), but"
        f" this one needs schema {HEAD}. Run 'tracker --db {book} db upgrade'\n"
    )


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("version", VERSIONS)
def test_the_file_of_an_earlier_version_is_upgraded_in_place_and_stays_sound(
    tracker: Run, tmp_path: Path, version: str
) -> None:
    book = book_of(version, tmp_path)

    upgraded = tracker("db", "upgrade", db=book)
    checked = tracker("db", "check", db=book)
    begins = [tracker("db", "check", "--against", head, db=book) for head in heads_of(version)]
    tracker("export", again := tmp_path / "again.jsonl", db=book)
    logged = tracker(*TODAY, "log", "wheat", "stalled", db=book)

    assert (upgraded.code, upgraded.err) == (0, "")
    assert (checked.code, checked.err) == (0, "")
    assert f"sound, 37 entries, head {head_of(version)}" in checked.out
    assert len(begins) > 1
    assert {ran.code for ran in begins} == {0}
    assert again.read_bytes() == (HERE / f"{version}.jsonl").read_bytes()
    assert logged.out.startswith("#38 wheat: stalled")


@pytest.mark.on("postgresql")
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.slow
def test_the_book_of_an_earlier_version_on_a_server_is_upgraded_in_place(
    tracker: Run, empty_database: Target, tmp_path: Path, version: str
) -> None:
    place = empty_database.address
    tracker("init", HERE / f"{version}.jsonl", db=place)
    with closing(open_book(empty_database)) as connection, connection.migrating():
        schema.migrate(connection, "downgrade", "0001")  # as that version made it

    refused = tracker("week", db=place)
    upgraded = tracker("db", "upgrade", db=place)
    begins = [tracker("db", "check", "--against", head, db=place) for head in heads_of(version)]
    tracker("export", again := tmp_path / "again.jsonl", db=place)
    logged = tracker(*TODAY, "log", "wheat", "stalled", db=place)

    assert refused.err.endswith(" db upgrade'\n")
    assert (upgraded.code, upgraded.err) == (0, "")
    assert {ran.code for ran in begins} == {0}
    assert again.read_bytes() == (HERE / f"{version}.jsonl").read_bytes()
    assert logged.out.startswith("#38 wheat: stalled")


@pytest.mark.parametrize("version", VERSIONS)
def test_digests_keys_and_the_format_of_exports_stay(
    tracker: Run, empty_database: Target, tmp_path: Path, version: str
) -> None:
    """Keys and digests are computed again when an export is restored."""
    made = tracker("init", HERE / f"{version}.jsonl", db=empty_database.address)
    tracker("export", again := tmp_path / "again.jsonl", db=empty_database.address)
    known = tracker(*TODAY, "import", HERE / f"{version}.csv", db=empty_database.address)

    assert (made.code, made.err) == (0, "")
    assert again.read_bytes() == (HERE / f"{version}.jsonl").read_bytes()
    assert known.out.startswith("0 entries written; 21 were there already"), known


GONE = {"verdict_original"}
"""The keys that schema 4 takes away."""


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("version", VERSIONS)
def test_the_json_of_reports_keeps_its_keys_and_values(
    tracker: Run, tmp_path: Path, version: str
) -> None:
    """JSON schema 3: a later version may add keys, and takes none away."""
    book = book_of(version, tmp_path)
    tracker("db", "upgrade", db=book)
    lines = (HERE / f"{version}.reports.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 21

    for line in lines:
        told = json.loads(line)
        now = data(tracker, *TODAY, *told["command"], db=book)
        assert now["schema"] == told["document"]["schema"] == 3
        require_kept(told["document"], now, " ".join(told["command"]))


def require_kept(before: object, now: object, place: str) -> None:
    """Fail where something that was said is said otherwise, or is not said any more."""
    if isinstance(before, dict):
        assert isinstance(now, dict), place
        assert before.keys() - GONE <= now.keys(), place
        for key in before.keys() - GONE:
            require_kept(before[key], now[key], f"{place}: {key}")
    elif isinstance(before, list):
        assert isinstance(now, list), place
        assert len(before) == len(now), place
        for number, (one, other) in enumerate(zip(before, now, strict=True)):
            require_kept(one, other, f"{place}[{number}]")
    else:
        assert before == now, place
