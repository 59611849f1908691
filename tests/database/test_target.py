from pathlib import Path

import pytest

from tracker.database import Target
from tracker.errors import UnknownDatabase


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("truce.db", "truce.db"),
        ("books/truce.db", "books/truce.db"),
        ("sqlite:///truce.db", "truce.db"),
        ("sqlite:////srv/truce.db", "/srv/truce.db"),
        ("sqlite:////srv/the%20truce.db", "/srv/the truce.db"),
        ("SQLite+pysqlite:///truce.db", "truce.db"),
        ("c'est #1?.db", "c'est #1?.db"),
    ],
)
def test_a_path_or_an_address_names_a_file(text: str, path: str) -> None:
    assert Target.parse(text).path == Path(path)


def test_a_path_may_begin_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/analyst")

    assert str(Target.parse("~/truce.db")) == "/home/analyst/truce.db"


def test_a_home_that_nobody_has_is_part_of_a_file_s_name() -> None:
    assert str(Target.parse("~no-such-user/truce.db")) == "~no-such-user/truce.db"


def test_the_address_of_another_database_is_refused_without_its_password() -> None:
    with pytest.raises(UnknownDatabase, match="No database of kind 'mysql'") as refusal:
        Target.parse("mysql://analyst:hunter2@db.example.org/truce")

    assert "hunter2" not in str(refusal.value)
