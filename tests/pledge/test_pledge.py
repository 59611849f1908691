"""The pledge: from 0.3.0 on, every version opens the books of all earlier ones, once upgraded.

Beside this file lie a book of each released version, its export, its history, and what its reports
said as JSON; since 0.4.0 also as pages, and its site. Nothing here may ever be written again; a new
release adds its own, made by `keep`.
"""

import gzip
import json
import shutil
import tarfile
from contextlib import closing
from pathlib import Path
from shlex import quote
from typing import Any, NamedTuple

import pytest

from tests.conftest import Run, data
from tests.database.later import LATER, REVISION, copied, later_program
from tests.views import apart
from tracker import schema
from tracker.database import HEAD, Target, open_book
from tracker.interchange import exports

HERE = Path(__file__).parent
VERSIONS = sorted(path.name.removesuffix(".db.gz") for path in HERE.glob("*.db.gz"))


class Kept(NamedTuple):
    """What the book of a version holds, and what the version wrote it with."""

    revision: str
    """The revision of its database."""
    schema: int
    """That of its JSON."""
    entries: int
    rows: int
    """The rows of its history that an import recognises: what counts, without declarations."""
    reports: int


KEPT = {
    "0.3.0": Kept("0001", 3, entries=37, rows=15, reports=21),
    "0.4.0": Kept("0002", 4, entries=54, rows=21, reports=18),
}
EARLIER = [version for version in VERSIONS if KEPT[version].revision != HEAD]
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
    assert KEPT.keys() == {*VERSIONS}
    assert EARLIER == ["0.3.0"]


@pytest.fixture
def old(
    request: pytest.FixtureRequest,
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    version: str,
) -> Target:
    """The book that a version left: corrections, an import and kept texts, in each database."""
    book = Target("sqlite", str(book_of(version, tmp_path)))
    if database == "sqlite":
        return book
    place: Target = request.getfixturevalue("empty_database")
    monkeypatch.setenv("TRACKER_TEXTS", f"{book}.d")
    with (HERE / f"{version}.jsonl").open("rb") as lines:
        exports.make_again(place, lines, "the export")
    with closing(open_book(place)) as connection, connection.migrating():
        if version in EARLIER:
            schema.migrate(connection, "downgrade", KEPT[version].revision)
    return place


@pytest.mark.parametrize("version", EARLIER)
def test_the_book_of_an_earlier_version_says_how_to_upgrade_it(
    tracker: Run, old: Target, version: str
) -> None:
    ran = tracker("week", db=old.address)

    assert (ran.code, ran.out) == (6, "")
    assert ran.err == (
        f"tracker: {old} was made by version {version[:3]} of this program"
        f" (schema {KEPT[version].revision}), but this one needs schema {HEAD}."
        f" Run 'tracker --db {quote(str(old))} db upgrade'\n"
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_the_book_of_an_earlier_version_is_upgraded_in_place_and_stays_sound(
    tracker: Run, old: Target, tmp_path: Path, version: str
) -> None:
    """Numbers, authors, moments, keys, digests and each of its heads stay."""
    place, entries = old.address, KEPT[version].entries

    upgraded = tracker("db", "upgrade", db=place)
    checked = tracker("db", "check", db=place)
    begins = [tracker("db", "check", "--against", head, db=place) for head in heads_of(version)]
    with closing(open_book(old)) as connection:
        unlike = apart(connection)
    tracker("export", again := tmp_path / "again.jsonl", db=place)
    logged = tracker(*TODAY, "log", "wheat", "stalled", db=place)

    assert (upgraded.code, upgraded.out.count("\n"), upgraded.err) == (0, 1, "")
    assert (checked.code, checked.err) == (0, "")
    assert f"sound, {entries} entries, head {head_of(version)}" in checked.out
    assert len(begins) > 1
    assert {ran.code for ran in begins} == {0}
    assert unlike == {}
    assert again.read_bytes() == (HERE / f"{version}.jsonl").read_bytes()
    assert logged.out.startswith(f"#{entries + 1} wheat: stalled")


@pytest.mark.parametrize("version", VERSIONS)
def test_digests_keys_and_the_format_of_exports_stay(
    tracker: Run, empty_database: Target, tmp_path: Path, version: str
) -> None:
    """They are computed again on the way from a file to a server, and back to a file."""
    made = tracker("init", HERE / f"{version}.jsonl", db=empty_database.address)
    tracker("export", again := tmp_path / "again.jsonl", db=empty_database.address)
    back = tracker("init", again, db=tmp_path / "file.db")
    tracker("export", last := tmp_path / "last.jsonl", db=tmp_path / "file.db")
    known = tracker(*TODAY, "import", HERE / f"{version}.csv", db=empty_database.address)

    assert (made.code, made.err) == (0, "")
    assert (back.code, back.err) == (0, "")
    assert again.read_bytes() == last.read_bytes() == (HERE / f"{version}.jsonl").read_bytes()
    assert known.out.startswith(f"0 entries written; {KEPT[version].rows} were there already"), (
        known
    )


def reports_of(version: str) -> list[dict[str, Any]]:
    """Return what the reports of a version printed: each command, its document, and its page."""
    lines = (HERE / f"{version}.reports.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == KEPT[version].reports
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_json_of_reports_keeps_what_the_schema_of_today_has_of_it(
    tracker: Run, old: Target, version: str
) -> None:
    """Schema 4 took keys away: it has one status where schema 3 had stages, states and reasons."""
    tracker("db", "upgrade", db=old.address)
    older = KEPT[version].schema < 4
    for told in reports_of(version):
        if older and told["command"][0] in ("reliability", "week"):
            continue  # the one is gone, and the other has its page's blocks since schema 4
        now = data(tracker, *TODAY, *told["command"], db=old.address)
        assert (now["schema"], told["document"]["schema"]) == (4, KEPT[version].schema)
        require = require_meant if older else require_kept
        require(told["document"], now, " ".join(told["command"]))


@pytest.mark.parametrize("version", [version for version in VERSIONS if version != "0.3.0"])
def test_the_last_line_of_an_old_page_still_fits_its_book(
    tracker: Run, old: Target, version: str
) -> None:
    tracker("db", "upgrade", db=old.address)
    points = {told["page"].rstrip().splitlines()[-1] for told in reports_of(version)}

    fits = [tracker("db", "check", "--against", point, db=old.address) for point in points]

    assert len(points) > 1
    assert [ran.err for ran in fits if ran.code] == []


@pytest.mark.on("sqlite")
@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("version", [version for version in VERSIONS if version != "0.3.0"])
def test_the_site_of_an_old_version_is_its_books(
    tracker: Run, old: Target, tmp_path: Path, version: str
) -> None:
    """It is written over without a question, and with no other book's."""
    site = tmp_path / "site"
    with tarfile.open(HERE / f"{version}.site.tar.gz") as packed:
        packed.extractall(site, filter="data")
    tracker("db", "upgrade", db=old.address)

    refused = tracker("publish", site)
    published = tracker(*TODAY, "publish", site, db=old.address)

    assert (refused.code, published.code, published.err) == (4, 0, "")


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_the_next_version_upgrades_and_reads_it(
    tracker: Run, old: Target, tmp_path: Path, version: str
) -> None:
    """The sample of a later revision adds a column and a check to each table."""
    folder = tmp_path / "migrations"
    copied(folder).write_text(REVISION, "utf-8")
    place = old.address
    with later_program(folder):
        upgraded = tracker("db", "upgrade", db=place)
        checked = tracker("db", "check", db=place)
        week = tracker(*TODAY, "week", "2026-W09", db=place)
        tracker("export", again := tmp_path / "again.jsonl", db=place)

    assert (upgraded.code, upgraded.err) == (0, "")
    assert f"→ {LATER}" in upgraded.out
    assert f"sound, {KEPT[version].entries} entries, head {head_of(version)}" in checked.out
    assert (week.code, week.err) == (0, "")
    assert "Buy Canadian wheat" in week.out
    assert again.read_bytes() == (HERE / f"{version}.jsonl").read_bytes()


def require_kept(before: object, now: object, place: str) -> None:
    """Fail where something that was said is said otherwise, or is not said any more."""
    if isinstance(before, dict):
        assert isinstance(now, dict), place
        assert before.keys() <= now.keys(), place
        for key, value in before.items():
            require_kept(value, now[key], f"{place}: {key}")
    elif isinstance(before, list):
        assert isinstance(now, list), place
        assert len(before) == len(now), place
        for number, (old_row, row) in enumerate(zip(before, now, strict=True)):
            require_kept(old_row, row, f"{place}[{number}]")
    else:
        assert before == now, place


# --- from schema 3 to schema 4 --------------------------------------------------------------------

GONE = {
    *("schema", "stage", "stage_on", "stage_from", "state", "state_because", "stage_before"),
    *("over_because", "in_part", "under_way", "in_doubt", "lost", "over", "because", "since"),
    *(
        "ends",
        "loses",
        "verdict_original",
        "term_ends_on",
    ),  # the last day of a limit ends its promise's term
    *("delivered", "also_delivered", "bands", "in_band", "needed_per_week"),  # one figure
}
"""The keys of schema 3 that schema 4 has not, or has with another meaning."""
STATED = {
    **{"announced": "promised", "partial": "partly", "met": "kept", "reversed": "broken"},
    **{"moot": "overtaken", "lapsed": "kept partly missed", "state": "status"},
    **{"under way": "started", "in part": "partly", "in doubt": "stalled unknown"},
    **{"lost": "missed broken", "over": "kept partly missed overtaken"},
}
"""The words of schema 3, and those that schema 4 has for them."""


def require_meant(before: object, now: object, place: str) -> None:
    """Fail where something that schema 3 said is said otherwise, or is not said any more."""
    if isinstance(before, dict):
        assert isinstance(now, dict), place
        if "group" in now and "party" in before:
            before = {"group": before["party"], **before}
            del before["party"]
        if "status" in now:
            for key in ("stage", "state"):
                require_stated(before.get(key), now["status"], f"{place}: {key}")
        assert before.keys() - GONE <= now.keys(), place
        for key, value in before.items():
            if key not in GONE and not (key == "promised" and "negotiating" in now):
                require_meant(value, now[key], f"{place}: {key}")
    elif isinstance(before, list):
        assert isinstance(now, list), place
        before = [row for row in before if not (has_nothing(row) or is_no_figure(row))]
        assert len(before) == len(now), place
        for number, (old_row, row) in enumerate(zip(before, now, strict=True)):
            require_meant(old_row, row, f"{place}[{number}]")
    elif before != now:
        require_stated(before, now, place)


def has_nothing(row: object) -> bool:
    """Return whether a row is of a party to which nothing was promised: it is left out now."""
    if not (isinstance(row, dict) and "over_because" in row):
        return False
    return not any(count for count in row.values() if isinstance(count, int))


def is_no_figure(row: object) -> bool:
    """Return whether a difference is that of a series that is not the figure of its target."""
    other = {"kind": "corrected", "what": "figure", "party": "Canada"}
    return isinstance(row, dict) and other.items() <= row.items()


def require_stated(before: object, now: object, place: str) -> None:
    """Fail unless a word of schema 3 means that of schema 4."""
    if before is not None and before != now:
        assert str(now) in {*STATED.get(str(before), "").split(), "in force", "unknown"}, place
