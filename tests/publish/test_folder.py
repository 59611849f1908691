import os
from hashlib import sha256
from pathlib import Path

import pytest

from tracker.errors import DiskFailed, FileExists, NoRoom, NotOurFolder
from tracker.publish import folder as sites
from tracker.publish.drawing import Drawing, Held
from tracker.publish.folder import MARKER, Site, drawings_in, laid_in, lay
from tracker.tables.markup import Markup

OLD = Site("as-it-was", {"index.html": b"old", "gone.html": b"gone", "gains.html": b"same"}, {})
NEW = Site("as-it-is", {"index.html": b"new", "feed.xml": b"feed", "gains.html": b"same"}, {})
KEYS = ["0bbc84d504ea1a149ac0ef", "506fa21e02e2d55e1f45bc"]
DRAWINGS = [
    Drawing("1000", "77", Markup("<g></g>")),
    Drawing("350", "60.5", Markup("<text></text>")),
]
"""What a page may hold, whatever is in it."""


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MARKER}


def test_a_new_site_takes_the_old_one_s_place_whole(tmp_path: Path) -> None:
    assert lay(tmp_path / "site", OLD).written
    assert lay(tmp_path / "site", NEW).written
    assert held(tmp_path / "site") == NEW.files
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_unchanged_site_is_not_written(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD)
    inode = (tmp_path / "site").stat().st_ino
    assert not lay(tmp_path / "site", OLD).written
    assert (tmp_path / "site").stat().st_ino == inode


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert lay(tmp_path / "site", NEW).written


def test_a_folder_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(
        NotOurFolder, match=r"holds 'thesis\.txt', which is not part of a site"
    ) as one:
        lay(tmp_path, NEW)
    assert one.value.exit_code == 4
    assert held(tmp_path) == {"thesis.txt": b"years of work"}


def test_a_file_that_somebody_put_into_the_site_is_not_lost(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD)
    (tmp_path / "site" / "notes.txt").write_text("years of work")
    with pytest.raises(NotOurFolder, match=r"notes\.txt"):
        lay(tmp_path / "site", NEW)
    assert held(tmp_path / "site") == {**OLD.files, "notes.txt": b"years of work"}


def test_a_site_is_written_where_nobody_else_can_see_it_and_then_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes, swap = [], sites._swap

    def noted(draft: Path, to: Path) -> None:
        modes.append(draft.parent.stat().st_mode & 0o777)
        swap(draft, to)

    monkeypatch.setattr(sites, "_swap", noted)
    assert lay(tmp_path / "not" / "yet" / "site", OLD).written

    assert modes == [0o700]
    assert held(tmp_path / "not" / "yet" / "site") == OLD.files


def test_a_file_that_a_host_reads_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "CNAME").write_text("truce.example")
    (site / ".nojekyll").touch()
    (site / "robots.txt").touch()
    of_host = {"CNAME": b"truce.example", ".nojekyll": b"", "robots.txt": b""}

    assert lay(site, OLD).written
    assert lay(site, NEW).written
    assert not lay(site, NEW).written

    assert held(site) == {**NEW.files, **of_host}
    assert laid_in(site).files == NEW.files
    assert laid_in(site).origin == NEW.origin


def test_a_link_with_the_name_of_a_host_s_file_is_refused(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD)
    (tmp_path / "site" / "CNAME").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotOurFolder, match="CNAME"):
        lay(tmp_path / "site", NEW)


def test_the_folders_above_are_made(tmp_path: Path) -> None:
    assert lay(tmp_path / "var" / "www" / "site", NEW).written
    assert held(tmp_path / "var" / "www" / "site") == NEW.files


@pytest.mark.parametrize("fails_at", ["write_bytes", "rename"])
def test_a_failure_leaves_the_old_site_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    lay(tmp_path / "site", OLD)
    true = getattr(Path, fails_at)

    def full(self: Path, *arguments: object) -> object:
        if self.name in ("feed.xml", "new"):
            raise OSError(28, "No space left on device")
        return true(self, *arguments)

    monkeypatch.setattr(Path, fails_at, full)
    with pytest.raises(NoRoom, match="no space left on device"):
        lay(tmp_path / "site", NEW)
    assert held(tmp_path / "site") == OLD.files
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_first_site_that_cannot_be_put_in_its_place_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, to: Path) -> None:
        raise OSError(28, "No space left on device") if self.name == "new" else AssertionError(to)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(NoRoom, match="no space left on device"):
        lay(tmp_path / "site", NEW)
    assert not [*tmp_path.iterdir()]


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(FileExists):
        lay(tmp_path / "site", NEW)
    assert (tmp_path / "site").read_text() == "a file"


@pytest.mark.parametrize("name", ["truce.db-wal", "truce.db-journal", "truce.db-shm/site"])
def test_a_site_takes_no_name_that_a_book_needs(book: Path, tmp_path: Path, name: str) -> None:
    link = tmp_path / "site"
    link.symlink_to(book.parent / name)

    for folder in (book.parent / name, link):
        with pytest.raises(FileExists, match="it belongs to a book"):
            lay(folder, NEW)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "truce.db"]


def test_links_in_a_circle_are_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(tmp_path / "site")

    with pytest.raises(FileExists):
        lay(tmp_path / "site", NEW)

    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")
    lay(tmp_path / "site", NEW)
    assert (tmp_path / "site").is_symlink()
    assert held(tmp_path / "real") == NEW.files


# --- what is laid already -----------------------------------------------------------------------


def with_drawings() -> Site:
    """Return a site with a page of two drawings."""
    svgs = (
        drawing.shown(f"time-{name}", "Soybeans, over time", "Dots are stages.", name)
        for drawing, name in zip(DRAWINGS, ("wide", "narrow"), strict=True)
    )
    return Site("as-it-was", {"index.html": "".join(svgs).encode()}, {"index.html": KEYS})


def test_a_site_that_nobody_touched_is_known_again(tmp_path: Path) -> None:
    site = with_drawings()
    lay(tmp_path / "site", site)

    found = laid_in(tmp_path / "site")

    assert found == site
    assert drawings_in(found) == dict(zip(KEYS, map(Held._make, DRAWINGS), strict=True))


def test_where_nothing_is_laid_nothing_is_known(tmp_path: Path) -> None:
    assert laid_in(tmp_path / "site") == Site("", {}, {})
    assert drawings_in(laid_in(tmp_path / "site")) == {}


def test_a_page_that_was_changed_by_hand_is_not_lost(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD)
    (tmp_path / "site" / "index.html").write_bytes(b"by hand")

    for use in (laid_in, lambda folder: lay(folder, NEW)):
        with pytest.raises(NotOurFolder, match=r"'index\.html', which is .* or was changed since"):
            use(tmp_path / "site")
    assert held(tmp_path / "site") == {**OLD.files, "index.html": b"by hand"}


def test_a_site_of_which_a_file_is_gone_has_no_origin(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD)
    (tmp_path / "site" / "gone.html").unlink()

    assert laid_in(tmp_path / "site").origin == ""


def test_drawings_that_their_keys_do_not_fit_are_not_known(tmp_path: Path) -> None:
    site = with_drawings()
    lay(tmp_path / "site", site._replace(drawings={"index.html": KEYS[:1]}))

    assert drawings_in(laid_in(tmp_path / "site")) == {}


@pytest.mark.parametrize("rest", ["", " {wrong}", " {wrong} 0bbc84d504ea1a149ac0ef"])
@pytest.mark.parametrize("name", ["thesis.txt", "photos", "link.txt"])
def test_a_forged_marker_makes_nobody_s_file_ours(tmp_path: Path, name: str, rest: str) -> None:
    folder, thesis = tmp_path / "work", tmp_path / "work" / name
    lay(folder, OLD)
    if name == "photos":
        thesis.mkdir()
    elif name == "link.txt":
        thesis.symlink_to(folder / "index.html")
    else:
        thesis.write_text("years of work")
    line = f"{name}{rest.format(wrong='0' * 64)}\n"
    (folder / MARKER).write_text(line + (folder / MARKER).read_text())

    for use in (laid_in, lambda folder: lay(folder, NEW)):
        with pytest.raises(NotOurFolder, match=name):
            use(folder)

    assert os.path.lexists(thesis)
    assert [one.name for one in tmp_path.iterdir()] == ["work"]


@pytest.mark.parametrize("path", ["../thesis.txt", "{folder}/thesis.txt", "../../thesis.txt", ".."])
def test_a_marker_reaches_nothing_outside_its_folder(tmp_path: Path, path: str) -> None:
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("years of work")
    lay(tmp_path / "site", OLD)
    digest = sha256(thesis.read_bytes()).hexdigest()
    marker = tmp_path / "site" / MARKER
    forged = f"{path.format(folder=tmp_path)} {digest}\n"
    marker.write_text(forged + marker.read_text())

    assert laid_in(tmp_path / "site").files == OLD.files
    assert lay(tmp_path / "site", NEW).written
    assert thesis.read_text() == "years of work"


def test_an_old_site_that_cannot_be_set_back_is_kept_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path / "site", OLD)
    rename = Path.rename

    def failing(self: Path, to: Path) -> Path:
        if self.name in ("new", "old"):
            raise OSError(5, "Input/output error")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(DiskFailed):
        lay(tmp_path / "site", NEW)

    (room,) = tmp_path.iterdir()
    assert held(room / "old") == OLD.files


@pytest.mark.parametrize("lines", range(len(OLD.files) + 1))
def test_a_marker_that_was_cut_off_with_its_files_knows_no_origin(
    tmp_path: Path, lines: int
) -> None:
    lay(tmp_path / "site", OLD)
    left = OLD.marker().splitlines(keepends=True)[:lines]
    (tmp_path / "site" / MARKER).write_bytes(b"".join(left))
    for name in sorted(OLD.files)[lines:]:
        (tmp_path / "site" / name).unlink()

    assert laid_in(tmp_path / "site").origin == ""


def test_a_marker_that_is_no_text_marks_nothing_as_ours(tmp_path: Path) -> None:
    lay(tmp_path / "site", OLD)
    (tmp_path / "site" / MARKER).write_bytes(b"\xff\x00\xfe")

    with pytest.raises(NotOurFolder):
        laid_in(tmp_path / "site")
