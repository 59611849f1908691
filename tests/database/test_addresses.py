from pathlib import Path

import pytest

from tests.conftest import Run
from tests.refusals import raises
from tracker.database import Target


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://wang@db.example/truce", "postgresql://wang@db.example/truce"),
        ("postgres://wang:s3cret@db.example:5433/truce", "postgresql://wang@db.example:5433/truce"),
        ("postgresql+psycopg://wang:s3cret@db.example/truce", "postgresql://wang@db.example/truce"),
        ("postgresql://:s3cret@db.example/truce", "postgresql://@db.example/truce"),
        ("postgresql://wang:s3%40cret@one,two:5433/truce", "postgresql://wang@one,two:5433/truce"),
        ("postgresql:///truce?host=/run/pg&port=5987", "postgresql:///truce?host=/run/pg&port=5987"),
        ("postgresql:///truce?user=wang&p%61ssword=s3cret", "postgresql:///truce?user=wang"),
        ("postgresql://wang:s3cret@db/truce?sslpassword=s3cret", "postgresql://wang@db/truce"),
        ("postgresql://wang:s3cret@[::1]:5432/truce", "postgresql://wang@[::1]:5432/truce"),
        ("postgresql://wang:s3cret@/truce", "postgresql://wang@/truce"),
        ("postgresql://wang@db/truce?pwd=s3cret", "postgresql://wang@db/truce"),
        ("postgresql://", "postgresql://"),
        ("sqlite:///truce.db", "truce.db"),
        ("sqlite:////books/truce.db", "/books/truce.db"),
    ],
)  # fmt: skip
def test_a_target_is_printed_without_its_password(text: str, shown: str) -> None:
    target = Target.parse(text)

    assert str(target) == shown
    assert repr(target) == f"Target('{target.dialect}', '{shown}')"
    assert "cret" not in f"{target}"


@pytest.mark.parametrize(
    "address",
    [
        # A password that would be taken apart.
        *(f"postgresql://wang:s3{mark}cret@db.example/truce" for mark in "/?#@"),
        "postgresql://wang:s3cret/truce",
        "postgresql://wang:s3cret",
        "postgresql://wang:5432,s3:cret/truce",
        # Another form.
        "postgresql:/wang:s3cret@db/truce",
        "Postgres:wang:s3cret@db/truce",
        "postgresql//wang:s3cret@db/truce",
        "wang:s3cret@db/truce",
        "host=db password=s3cret",
        "dbname = truce password = 's3cret'",
        "host=db passwd=s3cret",
        "truce.db;password=s3cret",
        "/srv/truce.db?pwd=s3cret",
        "sqlite:///truce.db?PWD=s3cret",
        "wang@s3cret",
        "postgresql://db/truce#s3cret",
        "postgresql://db/truce?user=wang@s3cret",
    ],
)
def test_an_address_in_another_form_is_not_taken_for_a_path(address: str) -> None:
    with raises("unreadable address") as refused:
        Target.parse(address)

    assert "cret" not in str(refused.value)
    assert "%40 for @" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("truce.db", "truce.db"),
        ("books/truce.db", "books/truce.db"),
        ("sqlite:///truce.db", "truce.db"),
        ("sqlite:////srv/the%20truce.db", "/srv/the truce.db"),
        ("SQLite+pysqlite:///truce.db", "truce.db"),
        ("c'est #1?.db", "c'est #1?.db"),
        ("~/truce.db", "/home/analyst/truce.db"),
        ("./ana@corp.db", "./ana@corp.db"),
        ("/home/ana@corp.example/truce.db", "/home/ana@corp.example/truce.db"),
        ("~no-such-user/truce.db", "~no-such-user/truce.db"),  # a home that nobody has
    ],
)
def test_a_path_or_an_address_names_a_file(
    monkeypatch: pytest.MonkeyPatch, text: str, path: str
) -> None:
    monkeypatch.setenv("HOME", "/home/analyst")

    assert Target.parse(text).path == Path(path)


def test_a_file_that_is_there_is_no_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("ana@corp.db", "pwd=1.db"):
        (tmp_path / name).touch()

        assert Target.parse(name).path == Path(name)


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    "words", [["wang:s3cret@db/truce"], ["postgresql://wang:s3cret@db/truce", "--recipe", "r.toml"]]
)
def test_an_import_repeats_no_password(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r.toml").write_text("[columns]\n")

    ran = tracker("import", *words)

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "s3cret" not in ran.err


def test_another_kind_of_database_is_refused_with_those_there_are() -> None:
    with raises("unknown database") as refused:
        Target.parse("mysql://wang:s3cret@db/truce")

    assert str(refused.value) == (
        "No database of kind 'mysql'. Use a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE"
    )
