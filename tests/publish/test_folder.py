import os
from hashlib import sha256
from pathlib import Path

import pytest

from tests.refusals import raises
from tracker.publish import MARKER, held_in, lay

OLD = {"index.html": b"old", "gone.html": b"gone", "gains.html": b"same"}
NEW = {"index.html": b"new", "feed.xml": b"feed", "gains.html": b"same"}


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MARKER}


def test_a_new_site_takes_the_old_one_s_place_whole(tmp_path: Path) -> None:
    assert lay(tmp_path / "site", OLD.items())[1]
    assert lay(tmp_path / "site", NEW.items())[1]
    assert held(tmp_path / "site") == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_unchanged_site_is_not_written(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD.items())
    inode = (tmp_path / "site").stat().st_ino
    assert not lay(tmp_path / "site", OLD.items())[1]
    assert (tmp_path / "site").stat().st_ino == inode


def test_what_did_not_change_stays_the_same_file(tmp_path: Path) -> None:
    """So that what copies the site elsewhere copies only what changed."""
    lay(tmp_path / "site", OLD.items())
    before = {path.name: path.stat().st_ino for path in (tmp_path / "site").iterdir()}
    assert lay(tmp_path / "site", NEW.items()) == (3, True)
    after = {path.name: path.stat().st_ino for path in (tmp_path / "site").iterdir()}
    assert after["gains.html"] == before["gains.html"]
    assert after["index.html"] != before["index.html"]


def test_a_disk_without_links_gets_the_whole_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    lay(tmp_path / "site", OLD.items())
    assert lay(tmp_path / "site", NEW.items()) == (3, True)
    assert held(tmp_path / "site") == NEW


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert lay(tmp_path / "site", NEW.items())[1]


def test_a_folder_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with raises(
        "not our folder", match=r"holds 'thesis\.txt', which this command did not make there"
    ) as one:
        lay(tmp_path, NEW.items())
    assert one.value.exit_code == 4
    assert held(tmp_path) == {"thesis.txt": b"years of work"}


def test_a_file_that_somebody_put_into_the_site_is_not_lost(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD.items())
    (tmp_path / "site" / "notes.txt").write_text("years of work")
    with raises("not our folder", match=r"notes\.txt"):
        lay(tmp_path / "site", NEW.items())
    assert held(tmp_path / "site") == {**OLD, "notes.txt": b"years of work"}


def test_the_folders_above_are_made(tmp_path: Path) -> None:
    assert lay(tmp_path / "var" / "www" / "site", NEW.items())[1]
    assert held(tmp_path / "var" / "www" / "site") == NEW


@pytest.mark.parametrize("fails_at", ["write_bytes", "rename"])
def test_a_failure_leaves_the_old_site_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    lay(tmp_path / "site", OLD.items())
    true = getattr(Path, fails_at)

    def full(self: Path, *arguments: object) -> object:
        if self.name == "feed.xml" or self.suffix == ".new":
            raise OSError(28, "No space left on device")
        return true(self, *arguments)

    monkeypatch.setattr(Path, fails_at, full)
    with raises("no room", match="no space left on device"):
        lay(tmp_path / "site", NEW.items())
    assert held(tmp_path / "site") == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_first_site_that_cannot_be_put_in_its_place_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, to: Path) -> None:
        raise OSError(28, "No space left on device") if self.suffix else AssertionError(to)

    monkeypatch.setattr(Path, "rename", full)
    with raises("no room", match="no space left on device"):
        lay(tmp_path / "site", NEW.items())
    assert not [*tmp_path.iterdir()]


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with raises("file in the way"):
        lay(tmp_path / "site", NEW.items())
    assert (tmp_path / "site").read_text() == "a file"


@pytest.mark.parametrize("name", ["truce.db-wal", "truce.db-journal", "truce.db-shm/site"])
def test_a_site_takes_no_name_that_a_book_needs(book: Path, tmp_path: Path, name: str) -> None:
    link = tmp_path / "site"
    link.symlink_to(book.parent / name)

    for folder in (book.parent / name, link):
        with raises("file in the way", match="it belongs to a book"):
            lay(folder, NEW.items())

    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "truce.db"]


def test_links_in_a_circle_are_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(tmp_path / "site")

    with raises("file in the way"):
        lay(tmp_path / "site", NEW.items())

    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")
    lay(tmp_path / "site", NEW.items())
    assert (tmp_path / "site").is_symlink()
    assert held(tmp_path / "real") == NEW


def test_a_page_that_was_changed_by_hand_is_not_lost(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD.items())
    (tmp_path / "site" / "index.html").write_bytes(b"by hand")

    with raises("not our folder", match=r"'index\.html', which .* was changed since"):
        lay(tmp_path / "site", NEW.items())
    assert held(tmp_path / "site") == {**OLD, "index.html": b"by hand"}


def test_a_site_of_which_a_file_is_gone_is_written_again(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD.items())
    (tmp_path / "site" / "gone.html").unlink()

    assert lay(tmp_path / "site", OLD.items())[1]
    assert held(tmp_path / "site") == OLD


@pytest.mark.parametrize("rest", ["", " {wrong}", " {wrong} 0bbc84d504ea1a149ac0ef"])
@pytest.mark.parametrize("name", ["thesis.txt", "photos", "link.txt"])
def test_a_forged_marker_makes_nobody_s_file_ours(tmp_path: Path, name: str, rest: str) -> None:
    folder, thesis = tmp_path / "work", tmp_path / "work" / name
    lay(folder, OLD.items())
    if name == "photos":
        thesis.mkdir()
    elif name == "link.txt":
        thesis.symlink_to(folder / "index.html")
    else:
        thesis.write_text("years of work")
    line = f"{name}{rest.format(wrong='0' * 64)}\n"
    (folder / MARKER).write_text(line + (folder / MARKER).read_text())

    with raises("not our folder", match=name):
        lay(folder, NEW.items())

    assert os.path.lexists(thesis)
    assert [one.name for one in tmp_path.iterdir()] == ["work"]


@pytest.mark.parametrize("path", ["../thesis.txt", "{folder}/thesis.txt", "../../thesis.txt", ".."])
def test_a_marker_reaches_nothing_outside_its_folder(tmp_path: Path, path: str) -> None:
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("years of work")
    lay(tmp_path / "site", OLD.items())
    digest = sha256(thesis.read_bytes()).hexdigest()
    marker = tmp_path / "site" / MARKER
    forged = f"{path.format(folder=tmp_path)} {digest}\n"
    marker.write_text(forged + marker.read_text())

    assert lay(tmp_path / "site", NEW.items())[1]
    assert thesis.read_text() == "years of work"


def test_a_marker_that_is_no_text_marks_nothing_as_ours(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD.items())
    (tmp_path / "site" / MARKER).write_bytes(b"\xff\x00\xfe")

    with raises("not our folder"):
        held_in(tmp_path / "site")
