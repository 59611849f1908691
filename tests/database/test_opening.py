import errno
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.refusals import raises
from tracker.database import HEAD, Target, open_book, revision_of, sqlite
from tracker.database.sqlite import new_file
from tracker.errors import Unavailable
from tracker.schema import creating


def target(path: Path) -> Target:
    return Target("sqlite", str(path))


def at_revision(book: Path, revision: str) -> Path:
    with sqlite3.connect(book) as driver:
        driver.execute("UPDATE alembic_version SET version_num = ?", [revision])
    driver.close()
    return book


@pytest.mark.parametrize(
    ("revision", "problem"),
    [("0000", "schema behind"), ("0999", "schema ahead"), ("d4c3b2a1", "schema ahead")],
)
def test_a_book_of_another_schema_is_not_opened(book: Path, revision: str, problem: str) -> None:
    with raises(problem, match=revision):
        open_book(target(at_revision(book, revision)))


def test_a_book_of_another_schema_can_be_opened_to_upgrade_it(book: Path) -> None:
    opened = open_book(target(at_revision(book, "0000")), at_head=False)

    assert revision_of(opened) == "0000"
    opened.close()


@pytest.mark.parametrize("content", [b"", b"Dear diary,\n" * 9], ids=["empty", "text"])
def test_a_file_that_is_refused_is_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    """Python 3.13 warns of what is left open."""
    opened: list[bool] = []

    class Watched(sqlite.FileDriver):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            opened.append(True)

        def close(self) -> None:
            super().close()
            opened.pop()

    monkeypatch.setattr(sqlite, "FileDriver", Watched)
    path = tmp_path / "notes.txt"
    path.write_bytes(content)

    with raises("not a book"):
        open_book(target(path))

    assert not opened


@pytest.mark.parametrize("opening", [open_book, lambda target: creating(target).__enter__()])
def test_without_the_driver_a_book_on_a_server_is_refused(
    monkeypatch: pytest.MonkeyPatch, opening: Callable[[Target], object]
) -> None:
    monkeypatch.delitem(sys.modules, "tracker.database.postgresql", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with raises("extra missing"):
        opening(Target.parse("postgresql://reader@localhost:1/truce"))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE entry (id INTEGER)",
        "CREATE TABLE alembic_version (version_num TEXT)",
        "CREATE TABLE contacts (name TEXT)",
    ],
)
def test_a_database_of_another_program_is_no_book(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as driver:
        driver.execute(statement)
    driver.close()

    with raises("not a book"):
        open_book(target(path))


def test_a_folder_is_no_book(tmp_path: Path) -> None:
    with raises("book unreachable", match="it is a folder"):
        open_book(target(tmp_path))


def test_a_new_book_appears_under_its_name_when_it_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "books" / "truce.db"
    with creating(target(path)):
        assert not path.exists()

    opened = open_book(target(path))
    assert revision_of(opened) == HEAD
    opened.close()
    assert [each.name for each in path.parent.iterdir()] == ["truce.db"]


def test_a_full_disk_is_told_of_the_book_and_not_of_its_draft(tmp_path: Path) -> None:
    target = Target("sqlite", str(tmp_path / "truce.db"))

    with raises("no room", match=f"Cannot write '{target}': full"), new_file(target) as draft:
        raise Unavailable("no room", path=Target("sqlite", str(draft)), reason="full")


def test_a_book_that_fails_in_the_making_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), creating(target(tmp_path / "truce.db")):
        raise KeyboardInterrupt

    assert list(tmp_path.iterdir()) == []


def test_a_new_book_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("COFCO bought three cargoes")

    with raises("file in the way", match=r"truce\.db': file exists"):
        creating(target(tmp_path / "notes.txt" / "truce.db")).__enter__()


def test_a_new_book_takes_the_place_of_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "truce.db"
    path.touch()
    with creating(target(path)):
        pass

    assert path.stat().st_size > 0


def test_a_new_book_never_takes_the_place_of_another(book: Path) -> None:
    before = book.read_bytes()

    with raises("book exists"), creating(target(book)):
        pass

    assert book.read_bytes() == before


def test_a_new_book_never_takes_the_place_of_what_is_no_book(tmp_path: Path) -> None:
    """The refusal does not call it one: to apply an agreement to it would be refused next."""
    path = tmp_path / "contacts.db"
    with sqlite3.connect(path) as driver:
        driver.execute("CREATE TABLE contact (name TEXT)")
    driver.close()
    before = path.read_bytes()

    with raises("not a book"), creating(target(path)):
        pass

    assert path.read_bytes() == before


@pytest.fixture
def linkless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without hard links."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("linkless")
def test_a_book_is_made_where_there_are_no_hard_links(tmp_path: Path) -> None:
    path = tmp_path / "truce.db"

    with creating(target(path)):
        pass

    open_book(target(path)).close()
    assert [each.name for each in tmp_path.iterdir()] == ["truce.db"]


@pytest.mark.parametrize("links", ["with links", "linkless"])
def test_of_two_makers_at_once_the_second_is_told(
    request: pytest.FixtureRequest, tmp_path: Path, links: str
) -> None:
    if links == "linkless":
        request.getfixturevalue(links)
    path = tmp_path / "truce.db"
    with raises("book exists"), creating(target(path)):
        path.write_bytes(b"made by the quicker one")

    assert path.read_bytes() == b"made by the quicker one"
    assert [each.name for each in tmp_path.iterdir()] == ["truce.db"]
