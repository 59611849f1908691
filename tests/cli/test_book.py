import json
from pathlib import Path

import pytest

from tests.conftest import PHASE_ONE, Run, data
from tests.refusals import code_of
from tracker.cli import run
from tracker.interchange import seeds


def test_a_book_is_made_where_it_is_asked_for(tracker: Run, tmp_path: Path) -> None:
    path = tmp_path / "books" / "truce.db"

    ran = tracker("init", db=path)

    assert (ran.code, ran.err) == (0, "")
    assert tracker("week", "2026-W01", db=path).code == 0


@pytest.mark.on("sqlite")
def test_a_seed_with_a_mistake_leaves_no_book(tracker: Run, tmp_path: Path) -> None:
    seed = tmp_path / "broken.toml"
    seed.write_text("[agreement]\nslug = 'Busan Truce'\n", "utf-8")
    path = tmp_path / "new.db"

    assert tracker("init", seed, db=path).code == 5
    assert not path.exists()


@pytest.mark.on("sqlite")
def test_files_that_contradict_each_other_make_no_book(tracker: Run, tmp_path: Path) -> None:
    text = seeds.find("article").read_text("utf-8")
    (one := tmp_path / "one.toml").write_text(text, "utf-8")
    (other := tmp_path / "other.toml").write_text(text.replace("Let rare", "May rare"), "utf-8")

    ran = tracker("init", one, other, db=tmp_path / "new.db")

    change = "title: Let rare earths flow again → May rare earths flow again"
    assert (ran.code, ran.err) == (
        code_of("reason needed"),
        "tracker: This changes declarations without giving a reason; nothing was written. Correct"
        f" the files, or add --reason TEXT to change concession rare-earths, {change}\n",
    )
    assert not (tmp_path / "new.db").exists()


def test_files_that_contradict_each_other_change_no_book(tracker: Run, tmp_path: Path) -> None:
    text = seeds.find("article").read_text("utf-8")
    for name, verb in (("one", "May"), ("other", "Must")):
        (tmp_path / f"{name}.toml").write_text(text.replace("Let rare", f"{verb} rare"), "utf-8")

    ran = tracker("apply", tmp_path / "one.toml", tmp_path / "other.toml")

    assert ran.code == code_of("reason needed")
    assert "title: Let rare earths flow again → May rare earths flow again" in ran.err
    assert "title: May rare earths flow again → Must rare earths flow again" in ran.err


def test_an_exported_book_is_restored_alone(tracker: Run, tmp_path: Path) -> None:
    dump = tmp_path / "truce.jsonl"
    assert tracker("export", dump).code == 0

    ran = tracker("init", "us-eu", dump, db=tmp_path / "new.db")
    assert (ran.code, "an exported book is restored alone" in ran.err) == (2, True)
    assert tracker("init", dump, db=tmp_path / "new.db").code == 0


@pytest.mark.usefixtures("interactive")
def test_a_first_command_at_a_terminal_makes_the_default_book_and_says_so(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    path = home / "data" / "truce-tracker" / "tracker.db"

    first, made = run(["status"]), capsys.readouterr()
    second, again = run(["status"]), capsys.readouterr()

    assert (first, second) == (0, 0)
    seeded = "seeded from one news article of 30 December 2025"
    assert made.err.startswith(f"tracker: made a new book at {path}, {seeded}.\n")
    assert (made.out, again.err) == (again.out, "")


@pytest.mark.parametrize("prefix", ["tracker", "uv run --no-dev tracker"])
@pytest.mark.parametrize("command", ["", "week last", "publish site", "log soybeans met"])
def test_elsewhere_a_default_book_is_made_by_init_alone(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    home: Path,
    tmp_path: Path,
    command: str,
    prefix: str,
) -> None:
    """A job that lost the name of its book must not report on another one, or publish it."""
    path = home / "data" / "truce-tracker" / "tracker.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("UV", "/usr/bin/uv" if prefix.startswith("uv") else "")

    code, refused = run(command.split()), capsys.readouterr()

    assert (code, refused.out) == (code_of("no default book"), "") == (7, "")
    assert refused.err == (
        f"tracker: No book is named, and there is no default one at {path}. Name one with --db or"
        f" TRACKER_DB, or make the default one with '{prefix} init'\n"
    )
    assert not path.exists()
    assert [*tmp_path.iterdir()] == []
    assert run(["init"]) == run(["week", "2026-W01"]) == 0


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    tracker: Run, book: Path, tmp_path: Path
) -> None:
    seed = Path(__file__).parents[2] / "seeds" / "article.toml"
    renamed = tmp_path / "renamed.toml"
    title = "Resume soybean purchases"
    renamed.write_text(seed.read_text("utf-8").replace(title, "Buy soybeans again"), "utf-8")
    before = book.read_bytes()

    why = ["--reason", "The article's own words"]
    rehearsed = tracker("apply", renamed, "--dry-run", *why)
    untouched = book.read_bytes() == before
    applied = tracker("apply", renamed, *why)

    change = f"#25 soybeans: concession, title: {title} → Buy soybeans again\n"
    assert rehearsed.out == f"{change}1 change and 0 entries would be written.\n"
    assert untouched
    assert applied.out == f"{change}1 change and 0 entries written.\n"


def test_a_dry_run_lists_the_entries_that_would_be_written(tracker: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    tracker("init", "--empty", db=empty)

    lines = tracker("apply", "article", "--dry-run", db=empty).out.splitlines()

    assert "#13 soybeans: started, 30 Dec 2025" in lines
    assert lines[-1].endswith("and 12 entries would be written.")
    assert tracker("history", "-f", "csv", db=empty).out.count("\n") == 1


def test_what_the_file_lacks_is_listed_and_stays(tracker: Run, tmp_path: Path) -> None:
    short = tmp_path / "short.toml"
    tables = seeds.find("article").read_text("utf-8").split("[[concession]]")
    short.write_text("".join([tables[0], "[[concession]]", tables[1]]), "utf-8")

    ran = tracker("apply", short)

    assert ran.out == (
        "concession rare-earths: in the book but not in the file; it stays\n"
        "concession chip-sales: in the book but not in the file; it stays\n"
        "concession tiktok: in the book but not in the file; it stays\n"
        "0 changes and 0 entries written.\n"
    )
    assert tracker("show", "tiktok").code == 0


TODAYS = ["status", "week", "gains", "check", "sources", "deadlines"]


def todays(tracker: Run, name: str) -> list[object]:
    """Return today's reports, without what identifies the book itself."""
    outs = [tracker(report, "-f", name).out for report in TODAYS]
    if name == "text":
        return [out.rpartition("\n\n")[0] for out in outs]
    return [
        {key: value for key, value in json.loads(out).items() if key not in ("known_by", "book")}
        for out in outs
    ]


@pytest.mark.parametrize("name", ["text", "json"])
def test_what_was_applied_and_undone_is_in_no_report_of_today(tracker: Run, name: str) -> None:
    before = todays(tracker, name)

    tracker("apply", PHASE_ONE)
    applied = todays(tracker, name)
    tracker("undo")

    assert all(one != was for one, was in zip(applied, before, strict=True))
    assert todays(tracker, name) == before


def test_an_entry_of_a_file_that_was_retracted_is_told(tracker: Run) -> None:
    tracker("apply", PHASE_ONE)
    last = len(data(tracker, "history", "--all")["rows"])
    tracker("retract", last, "--reason", "Misread")

    again = tracker("apply", PHASE_ONE)

    assert again.out == (
        "0 changes and 0 entries written.\n"
        "1 entry of the file was taken back in the book; log again what still counts.\n"
    )


def test_a_dry_run_obeys_no_mark_in_the_file(tracker: Run, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.toml"
    text = PHASE_ONE.read_text("utf-8").replace('"US Census"', '"US\u009b31m\u202eCensus"')
    hostile.write_text(text, "utf-8")

    told = tracker("apply", hostile, "--dry-run").out

    assert "US\\x9b31m\\u202eCensus" in told
    assert not {"\x9b", "\u202e", "\xa0"} & set(told)


def test_the_schema_of_a_seed_is_printed_for_editors(tracker: Run, tmp_path: Path) -> None:
    ran = tracker("init", "--schema", db=tmp_path / "none.db")

    assert ran.code == 0
    assert "concession" in json.loads(ran.out)["properties"]
    assert not (tmp_path / "none.db").exists()


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("place", ["sqlite://", "."])
def test_a_folder_is_no_place_for_a_book(
    tracker: Run, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    ran = tracker("init", db=place)

    assert (ran.code, ran.err) == (
        7,
        "tracker: Cannot open .: it is a folder. Check the path and its permissions\n",
    )
