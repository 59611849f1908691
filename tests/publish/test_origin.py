"""A site names its book and its point; neither another book nor an older copy takes its place."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.refusals import code_of
from tracker.publish import MARKER, ORIGIN

pytestmark = pytest.mark.usefixtures("undrawn")


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def unnamed(folder: Path) -> None:
    """Take the origin out of a site's marker, as 0.3 wrote none."""
    marker = folder / MARKER
    text, count = ORIGIN.subn("", marker.read_text("utf-8"))
    assert count == 1
    marker.write_text(text.removesuffix("\n"), "utf-8")


@pytest.fixture
def site(tracker: Run, tmp_path: Path) -> Path:
    """The site of the article's book."""
    folder = tmp_path / "site"
    assert tracker("publish", folder).code == 0
    return folder


def test_a_book_publishes_over_its_own_earlier_site(tracker: Run, site: Path) -> None:
    first = held(site)
    again = tracker("publish", site)
    tracker("log", "soybeans", "partial")

    later = tracker("publish", site)

    assert again.out == f"{site} is up to date: {len(first) - 1} files.\n"
    assert later.out.startswith("Wrote ")
    assert (again.err, later.err) == ("", "")
    assert held(site) != first


def test_an_earlier_point_of_the_book_is_published_over_a_later_one(
    tracker: Run, site: Path
) -> None:
    """The book holds what the site shows: nothing is lost by it."""
    tracker("log", "soybeans", "partial")
    assert tracker("publish", site).code == 0

    assert tracker("publish", site, "--known-by", "24").code == 0
    assert tracker("publish", site).code == 0


def test_the_site_of_another_book_is_refused_and_left_alone(
    tracker: Run, site: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    assert tracker("init", "article", db=other).code == 0
    before = held(site)

    refused = tracker("publish", site, db=other)

    assert (refused.code, refused.out) == (code_of("another site"), "") == (4, "")
    assert refused.err == (
        f"tracker: '{site}' is the site of another book than {other}. Name the right book with"
        " --db, or another folder, or replace the site with --replace\n"
    )
    assert held(site) == before
    replaced = tracker("publish", site, "--replace", db=other)
    assert (replaced.code, replaced.err) == (0, "")
    assert tracker("publish", site).code == 4


def test_an_empty_book_takes_no_other_book_s_place_and_anybody_its(
    tracker: Run, site: Path, tmp_path: Path
) -> None:
    empty, folder = tmp_path / "empty.db", tmp_path / "new"
    assert tracker("init", "--empty", db=empty).code == 0

    assert tracker("publish", site, db=empty).code == code_of("another site")
    assert tracker("publish", folder, db=empty).code == 0
    assert tracker("publish", folder, db=empty).out.startswith(f"{folder} is up to date")
    assert tracker("publish", folder).code == 0


def test_an_older_copy_of_the_book_is_refused(
    tracker: Run, site: Path, book: Path, tmp_path: Path
) -> None:
    old = Path(shutil.copy(book, tmp_path / "old.db"))
    tracker("log", "soybeans", "partial")
    assert tracker("publish", site).code == 0
    before = held(site)

    shorter = tracker("publish", site, db=old)
    tracker("log", "soybeans", "met", db=old)
    forked = tracker("publish", site, db=old)

    remedy = "Publish from the newest copy of the book, or replace the site with --replace\n"
    assert (shorter.code, forked.code) == (code_of("newer site"), 4)
    assert shorter.err == (
        f"tracker: '{site}' shows what {old} does not hold: it shows 25 entries, and the book has"
        f" 24. {remedy}"
    )
    assert forked.err == (
        f"tracker: '{site}' shows what {old} does not hold: they differ in what they hold up to"
        f" entry 25. {remedy}"
    )
    assert held(site) == before
    assert tracker("publish", site, "--replace", db=old).code == 0


@pytest.mark.on("sqlite")
def test_a_book_that_was_restored_from_its_export_publishes_over_its_site(
    tracker: Run, site: Path, tmp_path: Path
) -> None:
    restored = tmp_path / "restored.db"
    assert tracker("export", tmp_path / "truce.jsonl").code == 0
    assert tracker("init", tmp_path / "truce.jsonl", db=restored).code == 0

    assert tracker("publish", site, db=restored).out.startswith(f"{site} is up to date")


def test_a_site_of_0_3_is_taken_over_once(tracker: Run, site: Path) -> None:
    unnamed(site)

    first, second = tracker("publish", site), tracker("publish", site)

    assert first.out.startswith("Wrote ")
    assert first.err.startswith(
        f"tracker: '{site}' did not say which book it shows; from now on it shows "
    )
    assert second.out.startswith(f"{site} is up to date")
    assert second.err == ""


def test_a_site_of_0_2_is_taken_over_but_not_what_its_owner_put_there(
    tracker: Run, tmp_path: Path
) -> None:
    """Behind a digest it had the keys of a page's drawings, and for itself one more digest."""
    folder = tmp_path / "site"
    folder.mkdir()
    lines = []
    for name, content, keys in (
        ("book.json", b"{}", ""),
        ("concession-ai-exchange.html", b"<p>AI", " 4513d39570097fbb234c15 c92492eadcc009a1a0df2f"),
        ("week-2026-W49.png", b"\x89PNG", ""),
    ):
        (folder / name).write_bytes(content)
        lines.append(f"{name} {sha256(content).hexdigest()}{keys}\n")
    lines.append(f"{MARKER} {sha256(b'what made it').hexdigest()}\n")
    (folder / MARKER).write_text("".join(lines), "utf-8")
    owners = folder / "CNAME"
    owners.write_text("truce.example")

    refused = tracker("publish", folder)
    assert (refused.code, "holds 'CNAME'" in refused.err) == (code_of("not our folder"), True)
    assert len(held(folder)) == 5

    owners.unlink()
    taken = tracker("publish", folder)
    assert (taken.code, "did not say which book it shows" in taken.err) == (0, True)
    assert "book.json" not in held(folder)


def test_no_word_makes_another_folder_ours(tracker: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    ran = tracker("publish", tmp_path, "--replace")

    assert ran.code == code_of("not our folder")
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


# --- what killed runs left ------------------------------------------------------------------------


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@pytest.mark.parametrize("is_new", [True, False])
def test_the_next_run_removes_what_killed_runs_left(
    tracker: Run, tmp_path: Path, gone: int, is_new: bool
) -> None:
    place = tmp_path / "www"
    if not is_new:  # then nothing is written
        assert tracker("publish", place / "site").code == 0
    for name in (f".tracker-{gone}-0123abcd.new", f".tracker-{gone}-0123abce.old"):
        (place / name).mkdir(parents=True)
        (place / name / "index.html").write_text("half")

    assert tracker("publish", place / "site").code == 0

    assert [path.name for path in place.iterdir()] == ["site"]


def test_what_may_still_be_needed_beside_a_site_stays(
    tracker: Run, tmp_path: Path, gone: int
) -> None:
    place = tmp_path / "www"
    place.mkdir()
    kept = {
        f".tracker-{os.getppid()}-0123abcd.new",  # a run in another process
        f".tracker-{gone}-0123abcd.new",  # killed between its two renames:
        f".tracker-{gone}-0123abcd.old",  # the only copy of some site
        f".tracker-{gone}-0123abcd.new.d",
        "tracker-old",
    }
    for name in kept:
        (place / name).mkdir()
    (place / f".tracker-{gone}-0123abce.new").write_text("an export")
    (place / f".tracker-{gone}-0123abcf.new").symlink_to(tmp_path)

    assert tracker("publish", place / "site").code == 0

    assert kept < {path.name for path in place.iterdir()}
    assert (place / f".tracker-{gone}-0123abce.new").read_text() == "an export"
    assert (place / f".tracker-{gone}-0123abcf.new").is_symlink()
