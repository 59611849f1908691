import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from platformdirs import user_config_path

from tests.conftest import TODAY, Run
from tests.refusals import code_of, raises
from tracker import settings
from tracker.cli import run
from tracker.database import Target


def test_today_is_what_the_option_says_before_the_environment() -> None:
    assert settings.today_or("2026-11-24") == date(2026, 11, 24)
    assert settings.today_or(None) == TODAY


def test_today_is_the_calendars_without_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_TODAY")

    assert settings.today_or(None) == settings.today()


def test_the_author_is_the_account_if_nobody_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (settings.author_or("editor"), settings.author_or(None)) == ("editor", "analyst")
    assert settings.author_or("") == ""  # refused where it is recorded
    monkeypatch.delenv("TRACKER_AUTHOR")
    monkeypatch.setenv("LOGNAME", "huang")
    assert settings.author_or(None) == "huang"


def test_an_account_without_a_name_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("uid 65534")

    monkeypatch.delenv("TRACKER_AUTHOR")
    monkeypatch.setattr("getpass.getuser", nameless)

    assert settings.author_or(None) == "unknown"


ZONES = ["", "UTC", "Europe/Paris", ":Asia/Tokyo", "CET-1CEST,M3.5.0,M10.5.0/3", "<+08>-8"]


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_zone_that_is_known_gives_the_day(
    monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)

    assert settings.today() == date.today()
    assert settings.now().tzinfo


@pytest.mark.parametrize("zone", ["Bogus/Zone", "Europe", "../Europe/Paris", "Europa/Paris"])
def test_a_time_zone_that_is_unknown_is_refused(
    tracker: Run, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """The system would take it for UTC, and an entry of the evening would get the wrong day."""
    monkeypatch.setenv("TZ", zone)

    ran = tracker("note", "soybeans", "A cargo left")

    assert (ran.code, ran.out) == (code_of("unknown zone"), "")
    assert ran.err == (
        f"tracker: This machine knows no time zone '{zone}', which TZ names."
        " Correct TZ, or install the time zones ('tzdata')\n"
    )


def test_an_account_without_a_home_is_asked_for_a_book(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr("platformdirs.user_data_path", homeless)

    assert run(["status"]) == code_of("no home")
    assert capsys.readouterr().err == (
        "tracker: You have no home folder in which your default book could be."
        " Name a book with --db or TRACKER_DB, or set HOME\n"
    )


def test_the_default_book_lies_in_the_users_data_folder(home: Path) -> None:
    assert settings.default_database() == home / "data" / "truce-tracker" / "tracker.db"


@pytest.mark.parametrize(
    ("variable", "value", "wanted"),
    [
        ("TERM", "xterm", True),
        ("TERM", "dumb", False),
        ("NO_COLOR", "1", False),
        ("NO_COLOR", "", True),
        ("FORCE_COLOR", "1", True),
    ],
)
def test_colour_is_wanted_unless_refused(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, wanted: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, value)

    assert settings.wants_colour(on_terminal=True) is wanted
    assert settings.wants_colour(on_terminal=False) is (variable == "FORCE_COLOR")


# --- the config file --------------------------------------------------------------------------


@pytest.fixture
def config(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Write a config file where the user has one."""
    monkeypatch.delenv("TRACKER_AUTHOR")
    path = home / "config" / "truce-tracker" / "config.toml"
    path.parent.mkdir(parents=True)

    def write(text: str) -> Path:
        path.write_text(text, "utf-8")
        return path

    return write


WHOLE = """
db = "truce.db"
author = "ana"
format = "MD"
width = 120
site_url = "https://truce.example.org/"
"""


def test_the_config_file_says_what_nothing_else_does(config: Callable[[str], Path]) -> None:
    folder = config(WHOLE).parent

    assert settings.configured().keys() == settings.SETTINGS.keys()
    assert settings.database_or(None) == str(folder / "truce.db")
    assert settings.author_or(None) == "ana"
    assert settings.configured()["format"] == "markdown"
    assert settings.width_or(None) == 120
    assert settings.site_url_or(None) == "https://truce.example.org/"


def test_a_torn_address_in_the_config_file_is_not_taken_for_a_path(
    config: Callable[[str], Path],
) -> None:
    config('db = "postgresql:/wang:s3cret@db/truce"')

    with raises("unreadable address") as refused:
        Target.meant(None)
    assert "s3cret" not in str(refused.value)


def test_options_and_the_environment_go_before_the_config_file(
    config: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    config(WHOLE)
    assert settings.database_or("a.db") == "a.db"
    assert settings.author_or("bo") == "bo"
    assert settings.width_or(60) == 60

    variables = {"TRACKER_DB": "b.db", "TRACKER_AUTHOR": "cy", "COLUMNS": "70"}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert (settings.database_or(None), settings.author_or(None)) == ("b.db", "cy")
    assert settings.width_or(None) == 70
    for columns, width in (("1", settings.NARROWEST), ("9" * 9, settings.WIDEST), ("0", 120)):
        monkeypatch.setenv("COLUMNS", columns)
        assert settings.width_or(None) == width


@pytest.mark.parametrize("address", ["postgresql://ana@db.example.org/truce", "~/truce.db"])
def test_a_database_that_is_no_relative_path_stays_as_it_is(
    config: Callable[[str], Path], address: str
) -> None:
    config(f'db = "{address}"')

    assert settings.database_or(None) == address.replace("~", str(Path.home()))


def test_another_file_can_be_named(
    config: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config("width = 80")
    (tmp_path / "other.toml").write_text("width = 90")
    monkeypatch.setenv("TRACKER_CONFIG", str(tmp_path / "other.toml"))

    assert settings.width_or(None) == 90


@pytest.mark.parametrize("width", [20, 100_000])
def test_a_file_that_changed_is_read_again(config: Callable[[str], Path], width: int) -> None:
    config("width = 80")
    assert settings.width_or(None) == 80
    config(f"width = {width}")
    assert settings.width_or(None) == width


@pytest.mark.parametrize("variable", ["XDG_CONFIG_HOME", "HOME"])
def test_the_config_folder_is_the_one_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv(variable, str(tmp_path))

    assert settings.config_folder() == user_config_path("truce-tracker", appauthor=False)


MISTAKES = [
    ("widht = 80", "bad setting",
     "{File} has a mistake in 'widht'. There is no such setting. Did you mean 'width'?"),
    ("[db]", "bad setting", "{File} has a mistake in 'db'. It must be text"),
    ("author = ''", "bad setting", "{File} has a mistake in 'author'. It must be text"),
    *((f"width = {width}", "bad setting",
       "{File} has a mistake in 'width'. It must be a whole number from 20 to 100000")
      for width in ("19", "100_001", "true")),
    ("format = 'jsn'", "bad setting",
     "{File} has a mistake in 'format'. 'jsn' is not a format. Did you mean 'json'?"),
    ("width = ", "unreadable file", "Cannot read '{file}': Invalid value (at end of document)."
     " It should be a config file in TOML; TRACKER_CONFIG can name another"),
    (f"a = {'[' * 5000}", "unreadable file", "Cannot read '{file}': its values are nested too"
     " deeply. It should be a config file in TOML; TRACKER_CONFIG can name another"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problem", "words"), MISTAKES)
def test_a_mistake_in_the_config_file_is_one_line(
    config: Callable[[str], Path],
    book: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    problem: str,
    words: str,
) -> None:
    file = config(text)
    said = words.format(file=file, File=f"The config file '{file}'")

    code = run(["--db", str(book), "status"])

    assert (code, *capsys.readouterr()) == (code_of("bad setting"), "", f"tracker: {said}\n")
    with raises(problem):
        settings.configured()


def test_a_config_file_without_end_is_refused(
    monkeypatch: pytest.MonkeyPatch, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKER_CONFIG", "/dev/zero")

    assert run(["--db", str(book), "status"]) == code_of("unreadable file")
    assert "Cannot read '/dev/zero': it is larger than 32 MiB." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "Cannot read '.*': it is not UTF-8 text. It should"),
        (b"width = " + b"9" * 5000, "Cannot read"),
        (None, "No file"),
    ],
    ids=["no text", "a long number", "missing"],
)
def test_a_config_file_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "settings.toml"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("TRACKER_CONFIG", str(path))

    with raises("no such file" if content is None else "unreadable file", match=reason):
        settings.configured()


def test_a_config_folder_out_of_reach_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "stat", denied)

    assert settings.configured() == {}


def test_help_needs_no_settings(
    config: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    config("nonsense")

    assert run(["--help"]) == run(["status", "--help"]) == 0
    assert capsys.readouterr().err == ""


def test_reports_take_the_settings_and_receipts_stay_text(
    config: Callable[[str], Path], book: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def ran(*words: str) -> str:
        assert run(list(words)) == 0
        return capsys.readouterr().out

    config(f'db = "{book}"\nformat = "json"\nauthor = "ana"')

    assert ran() == ran("week", "--brief", "-f", "json")
    assert ran("status") == ran("status", "-f", "json")
    assert ran("status", "-f", "text").startswith("US–China")
    assert ran("log", "soybeans", "partly").startswith("#25 soybeans: partly")
    assert '"author": "ana"' in ran("history")
    ran("status", "-o", str(tmp_path / "status.csv"))
    assert (tmp_path / "status.csv").read_text("utf-8").startswith("concession,")
