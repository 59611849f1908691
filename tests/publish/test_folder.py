from pathlib import Path

import pytest

from tracker.errors import FileExists, NoRoom, NotOurFolder
from tracker.publish.folder import MARKER, lay

OLD = {"index.html": b"old", "gone.html": b"gone"}
NEW = {"index.html": b"new", "feed.xml": b"feed"}


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MARKER}


def test_a_new_site_takes_the_old_one_s_place_whole(tmp_path: Path) -> None:
    assert lay(tmp_path / "site", OLD).written
    assert lay(tmp_path / "site", NEW).written
    assert held(tmp_path / "site") == NEW
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
    (tmp_path / "site" / "CNAME").write_text("truce.example")
    with pytest.raises(NotOurFolder, match="CNAME"):
        lay(tmp_path / "site", NEW)
    assert held(tmp_path / "site") == {**OLD, "CNAME": b"truce.example"}


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
    assert held(tmp_path / "site") == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(FileExists):
        lay(tmp_path / "site", NEW)
    assert (tmp_path / "site").read_text() == "a file"


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")
    lay(tmp_path / "site", NEW)
    assert (tmp_path / "site").is_symlink()
    assert held(tmp_path / "real") == NEW
