import os
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tracker import settings
from tracker.vocabulary import ColorChoice


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
    monkeypatch.delenv("TRACKER_AUTHOR")
    monkeypatch.setenv("LOGNAME", "huang")
    assert settings.author_or(None) == "huang"


def test_an_account_without_a_name_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("uid 65534")

    monkeypatch.delenv("TRACKER_AUTHOR")
    monkeypatch.setattr("getpass.getuser", nameless)

    assert settings.author_or(None) == "unknown"


def test_the_default_book_lies_in_the_users_data_folder(tmp_path: Path) -> None:
    assert settings.default_database() == tmp_path / "data" / "truce-tracker" / "tracker.db"


@pytest.mark.parametrize(
    ("variable", "value", "wanted"),
    [
        ("TERM", "xterm", True),
        ("TERM", "dumb", False),
        ("NO_COLOR", "1", False),
        ("NO_COLOR", "", True),
    ],
)
def test_colour_is_wanted_unless_refused(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, wanted: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, value)

    assert settings.wants_colour(None, on_terminal=True) is wanted
    assert settings.wants_colour(None, on_terminal=False) is False


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_choice_of_colour_goes_before_the_surroundings(
    monkeypatch: pytest.MonkeyPatch, no_color: str
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setenv("TERM", "dumb")

    for on_terminal in (True, False):
        assert settings.wants_colour(ColorChoice.ALWAYS, on_terminal) is True
        assert settings.wants_colour(ColorChoice.NEVER, on_terminal) is False


def test_cores_are_those_that_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3}, raising=False)
    assert settings.cores() == 2

    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert settings.cores() == 1
