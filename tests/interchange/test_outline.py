"""An agreement of a book as TOML: applied again it changes nothing, and edited it says what."""

import tomllib
from pathlib import Path

import pytest

from tests.conftest import PHASE_ONE, Run, make_book
from tracker.interchange import seeds

DAY: list[list[str]] = [
    ["log", "cn-soy-2025", "partial", "--says", "cn", "--source", "https://example.org/a?b=%25"],
    ["log", "cn-soy-2025", "met", "--source", "https://a.org/b", "--source", "https://b.org/c"],
    ["measure", "cn-soy-2025-delivery", "8.50", "--by", "USDA", "--basis", "sold", "--flow"],
    ["measure", "cn-soy-2025-delivery", "8.50", "--by", "USDA", "--basis", "sold", "--flow"],
    ["move", "cn-soy-2025-delivery", "2026-02", "--target", "10.0", "-m", "“Soon”\n\\ 大豆"],
    ["note", "busan-truce", "Talks on a second year begin"],
    ["checked", "cn-soy-2025"],
    ["log", "us-h20-licences", "moot"],
    ["retract", "218", "--reason", "It was another licence"],
    ["change", "cn-soy-2025", "--title", "Buy soybeans", "--reason", "Shorter"],
    ["add", "party", "eu", "--name", "European Union", "--short", "EU"],
]


@pytest.mark.parametrize("seed", ["article", "busan-truce", str(PHASE_ONE)])
def test_a_seed_written_out_and_applied_changes_nothing(
    tracker: Run, tmp_path: Path, seed: str
) -> None:
    db = make_book(tmp_path / "seeded.db", seed)
    tracker("export", "--toml", path := tmp_path / "written.toml", db=db)
    before = tracker("export", db=db).out

    applied = tracker("apply", path, db=db)

    assert applied == (0, "0 changes and 0 entries written.\n", "")
    assert tracker("export", db=db).out == before


def test_a_book_written_out_after_a_day_of_commands_and_applied_changes_nothing(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    for command in DAY:
        assert tracker(*command, db=busan).code == 0
    tracker("export", "--toml", path := tmp_path / "written.toml", db=busan)
    before = tracker("export", db=busan).out

    applied = tracker("apply", path, db=busan)

    assert applied == (0, "0 changes and 0 entries written.\n", "")
    assert tracker("export", db=busan).out == before


def test_a_book_made_of_what_was_written_out_reports_the_same(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    for command in DAY:
        tracker(*command, db=busan)
    tracker("export", "--toml", path := tmp_path / "written.toml", db=busan)
    again = tmp_path / "again.db"

    made = tracker("init", path, db=again)

    assert (made.code, made.err) == (0, "")
    for report in ("status", "gains", "deadlines", "pace", "claims", "cliff"):
        first, second = (tracker(report, db=db).out.rpartition("\n\n") for db in (busan, again))
        assert second[0] == first[0]
        assert "entries · head" in first[2]


def test_only_what_counts_and_is_named_is_written_out(tracker: Run, busan: Path) -> None:
    for command in DAY:
        tracker(*command, db=busan)

    tables = tomllib.loads(tracker("export", "--toml", db=busan).out)

    assert "eu" not in [party["slug"] for party in tables["party"]]
    assert "moot" not in [entry.get("stage") for entry in tables["entry"]]
    (soy,) = [one for one in tables["concession"] if one["slug"] == "cn-soy-2025"]
    assert (soy["title"], soy["giver"]) == ("Buy soybeans", "cn")
    met = [entry for entry in tables["entry"] if entry.get("stage") == "met"]
    assert met[-1]["source"] == ["https://a.org/b", "https://b.org/c"]


def test_an_edited_outline_says_what_it_changes(tracker: Run, tmp_path: Path) -> None:
    path = tmp_path / "edited.toml"
    text = tracker("export", "--toml").out
    path.write_text(text.replace("Resume soybean purchases", "Buy soybeans again"), "utf-8")

    applied = tracker("apply", path, "--reason", "The article's words")

    assert applied.out == (
        "concession soybeans: title changed from 'Resume soybean purchases'"
        " to 'Buy soybeans again'\n"
        "1 change and 0 entries written.\n"
    )


def test_of_several_agreements_one_is_named(tracker: Run, tmp_path: Path) -> None:
    tracker("apply", PHASE_ONE)

    unnamed = tracker("export", "--toml")
    named = tracker("export", "--toml", "--agreement", "phase-one", path := tmp_path / "one.toml")
    whole = tracker("export", "--agreement", "phase-one")

    assert (unnamed.code, unnamed.out) == (2, "")
    assert unnamed.err == (
        "tracker: A file holds one agreement."
        " Name it with --agreement. Known: busan-2025, phase-one\n"
    )
    assert (named.code, whole.code) == (0, 2)
    tables = tomllib.loads(path.read_text("utf-8"))
    assert tables["agreement"]["slug"] == "phase-one"
    assert {party["slug"] for party in tables["party"]} == {"us", "cn"}


# --- seeds ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["article", "busan-truce"])
def test_a_seed_is_printed_as_it_is_to_be_edited_and_applied(
    tracker: Run, tmp_path: Path, name: str
) -> None:
    db = make_book(tmp_path / "seeded.db", name)
    path = tmp_path / "mine.toml"

    printed = tracker("seeds", name, "--toml")
    tracker("seeds", name, "--toml", "-o", path)

    assert printed.out == path.read_text("utf-8") == seeds.find(name).read_text("utf-8")
    assert tracker("apply", path, db=db).out == "0 changes and 0 entries written.\n"


def test_a_seed_that_is_not_shipped_is_not_printed(tracker: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[agreement]\n", "utf-8")

    assert tracker("seeds", own, "--toml").code == 3
    assert tracker("seeds", "artcle", "--toml").err == (
        "tracker: No seed and no file 'artcle'. Did you mean 'article'?\n"
    )
    assert [tracker(*words).code for words in (["seeds", "article"], ["seeds", "--toml"])] == [2, 2]
