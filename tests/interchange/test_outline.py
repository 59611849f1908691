"""An agreement of a book as TOML: applied again it changes nothing, and edited it says what."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PHASE_ONE, Run, held_by, make_book, parties
from tests.questions import WHOLE, every_report
from tracker.cli import run

UNCHANGED = "0 changes and 0 entries written.\n"
LAST = held_by("busan-truce").entries
NUMBERED = {"week", "history", "diff", "sources", "check"}
"""Reports with numbers of entries, or of what was declared and never counted."""
AS_DECLARED = [line for line in every_report(WHOLE) if line.split()[0] not in NUMBERED]
DAY: list[list[str]] = [
    ["log", "cn-soy-2025", "partial", "--says", "cn", "--source", "https://example.org/a?b=%25"],
    ["log", "cn-soy-2025", "met", "--source", "https://a.org/b", "--source", "https://b.org/c"],
    ["measure", "cn-soy-2025-delivery", "8.50", "--by", "USDA", "--basis", "sold", "--flow"],
    ["measure", "cn-soy-2025-delivery", "8.50", "--by", "USDA", "--basis", "sold", "--flow"],
    ["move", "cn-soy-2025-delivery", "2026-02", "--target", "10.0", "-m", "“Soon”\n\\ 大豆"],
    ["note", "busan-truce", "Talks on a second year begin"],
    ["checked", "cn-soy-2025"],
    ["log", "us-h20-licences", "moot"],
    ["retract", str(LAST + 8), "--reason", "It was another licence"],
    ["change", "cn-soy-2025", "--title", "Buy soybeans", "--reason", "Shorter"],
    ["add", "party", "eu", "--name", "European Union", "--short", "EU"],
    ["log", "cn-soy-2025", "partial", "--on", "2026-01-02", "--source", "https://a.org/b",
     "--source", "https://b.org/c"],
]  # fmt: skip


TURNBERRY = (
    """
[agreement]
slug = "turnberry-2025"
title = "Framework on tariffs"
agreed_on = "2025-07-27"
source = "statement"

[[party]]
slug = "eu-carmakers"
name = "Carmakers of the EU"
short = "EU cars"
part_of = "eu"

"""
    + parties("eu", "us")
    + """[[source]]
key = "statement"
publisher = "European Commission"
title = "Joint statement"
published_on = "2025-08-21"
official = true

[[concession]]
slug = "car-tariff"
title = "No duty on cars above 15 %"
giver = "us"
receiver = ["eu-carmakers", "eu"]
sector = "cars"
kind = "tariff"
instrument = "joint-text"
test = "The rate in the tariff schedule is 15 % or less."
source = "statement"
locator = "point 3"
quote = "the higher of"
promised_on = "2025-08"

[[concession.deadline]]
slug = "car-duty"
kind = "delivery"
label = "No more than 15 %"
awaits = "the EU proposes its law"
target = "15"
unit = "%"
bound = "at-most"
base = "27.5"
source = "statement"

[[concession]]
slug = "no-new-duties"
title = "No new duties on each other's goods"
giver = ["us", "eu"]
receiver = ["eu", "us"]
sector = "all goods"
kind = "tariff"
instrument = "joint-text"
test = "Neither raises a duty."
source = "statement"
hold = true

[[concession.deadline]]
slug = "new-duties"
kind = "delivery"
label = "No new duty"
opens_on = "2025-08-01"
due_on = "2029"
target = "0"
unit = "duties"
bound = "at-most"
source = "statement"

[[concession.deadline]]
slug = "car-standards"
kind = "delivery"
label = "Standards are recognised"
awaits = "the EU adopts its law"
source = "statement"

[[entry]]
on = "2025-12"
public_on = "2026-01-02"
concession = "car-tariff"
stage = "met"
source = "statement"

[[entry]]
on = "2025-11-24"
deadline = "car-duty"
due_on = "2025-08"
source = "statement"

[[entry]]
on = "2025-12-01"
deadline = "car-duty"
value = "15"
counted_by = "USITC"
basis = "level"
source = "statement"
"""
)
"""A ceiling with a condition, a restraint of both sides, and a party of a bloc declared first."""


@pytest.fixture
def turnberry(tracker: Run, tmp_path: Path) -> Path:
    """A book of a framework with limits, a bloc, and entries known to the month."""
    source = tmp_path / "turnberry.toml"
    source.write_text(TURNBERRY, "utf-8")
    ran = tracker("init", source, db=(db := tmp_path / "turnberry.db"))
    assert (ran.code, ran.err) == (0, "")
    return db


@pytest.fixture(scope="module")
def after_a_day(busan_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of public facts after a day of commands."""
    path = tmp_path_factory.mktemp("outline") / "busan.db"
    path.write_bytes(busan_template.read_bytes())
    for command in DAY:
        assert run(["--db", str(path), *command]) == 0
    return path


@pytest.fixture
def day(after_a_day: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(after_a_day, tmp_path / "busan.db"))


def by_name(tables: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return tables of a document by what they are called."""
    return {table.get("slug") or table["key"]: table for table in tables}


def test_limits_blocs_and_promises_come_back_as_they_were_declared(
    tracker: Run, turnberry: Path
) -> None:
    given, written = (
        tomllib.loads(text) for text in (TURNBERRY, tracker("export", "--toml", db=turnberry).out)
    )

    for kind in ("party", "source", "concession"):
        assert by_name(written[kind]) == by_name(given[kind])
    assert [*by_name(written["party"])] == ["eu", "us", "eu-carmakers"]
    read, met, moved = sorted(written["entry"], key=len, reverse=True)
    assert (met["on"], met["public_on"], met["status"]) == ("2025-12", "2026-01-02", "kept")
    assert (moved["due_on"], read["basis"], read["value"]) == ("2025-08", "level", "15")


def test_a_bloc_is_written_out_with_the_party_that_is_part_of_it(
    tracker: Run, turnberry: Path
) -> None:
    receiver = ["--receiver", "eu-carmakers", "--reason", "The firms alone"]
    tracker("change", "car-tariff", *receiver, db=turnberry)
    tracker("retract", "no-new-duties", "--everything", "--reason", "Another text", db=turnberry)

    written = tomllib.loads(tracker("export", "--toml", db=turnberry).out)

    assert {*by_name(written["party"])} == {"us", "eu", "eu-carmakers"}


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("how", ["export", "export --toml"])
def test_a_book_of_limits_and_blocs_is_made_again_and_reports_the_same(
    tracker: Run, turnberry: Path, tmp_path: Path, how: str
) -> None:
    path = tmp_path / ("again.toml" if "--toml" in how else "again.jsonl")
    tracker(*how.split(), path, db=turnberry)

    made = tracker("init", path, db=(again := tmp_path / "again.db"))

    assert (made.code, made.err) == (0, "")
    for report in AS_DECLARED:
        first, second = (tracker(report, db=db).out.rpartition("\n\n") for db in (turnberry, again))
        assert second[0] == first[0]
    if "--toml" in how:
        assert tracker("apply", path, db=again).out == UNCHANGED


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("seed", ["article", "busan-truce", str(PHASE_ONE)])
def test_a_seed_written_out_and_applied_changes_nothing(
    tracker: Run, tmp_path: Path, seed: str
) -> None:
    db = make_book(tmp_path / "seeded.db", seed)
    tracker("export", "--toml", path := tmp_path / "written.toml", db=db)
    before = tracker("export", db=db).out

    applied = tracker("apply", path, db=db)

    assert applied == (0, UNCHANGED, "")
    assert tracker("export", db=db).out == before


@pytest.mark.slow
@pytest.mark.on("sqlite")
def test_a_book_written_out_after_a_day_of_commands_and_applied_changes_nothing(
    tracker: Run, day: Path, tmp_path: Path
) -> None:
    cited_later = [
        ["log", "us-h20-licences", "stalled", "--on", "2026-01-03"],
        ["amend", str(LAST + 13), "--add-source", "https://c.org/d"],
    ]
    for command in cited_later:
        assert tracker(*command, db=day).code == 0
    tracker("export", "--toml", path := tmp_path / "written.toml", db=day)
    before = tracker("export", db=day).out

    applied = tracker("apply", path, db=day)

    assert applied == (0, UNCHANGED, "")
    assert tracker("export", db=day).out == before


@pytest.mark.slow
def test_a_book_made_of_what_was_written_out_reports_the_same(
    tracker: Run, day: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_TODAY", "2026-10-07")  # the day of the seed's last event
    tracker("export", "--toml", path := tmp_path / "written.toml", db=day)
    again = tmp_path / "again.db"

    made = tracker("init", path, db=again)

    assert (made.code, made.err) == (0, "")
    for report in AS_DECLARED:
        first, second = (tracker(report, db=db).out.rpartition("\n\n") for db in (day, again))
        assert second[0] == first[0]
        assert " · head " in first[2]


def test_only_what_counts_and_is_named_is_written_out(tracker: Run, day: Path) -> None:
    tables = tomllib.loads(tracker("export", "--toml", db=day).out)

    assert "eu" not in [party["slug"] for party in tables["party"]]
    about_h20 = [one for one in tables["entry"] if one.get("concession") == "us-h20-licences"]
    assert "overtaken" not in [entry.get("status") for entry in about_h20]
    (soy,) = [one for one in tables["concession"] if one["slug"] == "cn-soy-2025"]
    assert (soy["title"], soy["giver"]) == ("Buy soybeans", "cn")
    met = [entry for entry in tables["entry"] if entry.get("status") == "kept"]
    assert met[-1]["source"] == ["https://a.org/b", "https://b.org/c"]


def test_an_exchange_for_what_was_withdrawn_is_not_written_out(
    tracker: Run, tmp_path: Path
) -> None:
    tracker("retract", "soybeans", "--everything", "--reason", "It was never promised")
    path = tmp_path / "truce.toml"

    path.write_text(tracker("export", "--toml").out, "utf-8")

    (chips,) = [
        one
        for one in tomllib.loads(path.read_text("utf-8"))["concession"]
        if one["slug"] == "chip-sales"
    ]
    assert chips["in_return_for"] == "rare-earths"
    assert "in_return_for: rare-earths, soybeans → " in tracker("apply", path).err
    assert tracker("init", path, db=tmp_path / "again.db").code == 0


def test_of_several_agreements_one_is_named(tracker: Run, tmp_path: Path) -> None:
    tracker("apply", PHASE_ONE)

    unnamed = tracker("export", "--toml")
    named = tracker("export", "--toml", "--agreement", "phase-one", path := tmp_path / "one.toml")
    short = tracker("export", "--agreement", "phase-one")

    assert (unnamed.code, unnamed.out) == (2, "")
    assert unnamed.err == (
        "tracker: A file holds one agreement."
        " Name it with --agreement. Known: busan-2025, phase-one\n"
    )
    assert named.code == short.code == 0
    assert path.read_text("utf-8") == short.out
    tables = tomllib.loads(short.out)
    assert tables["agreement"]["slug"] == "phase-one"
    assert {party["slug"] for party in tables["party"]} == {"us", "cn"}
