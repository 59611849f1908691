"""Shell completion, requested as bash, zsh and fish do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tracker.cli import run


def bash(words: str) -> dict[str, str]:
    at = str(len(words.split(" ")) - 1)
    return {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": at}


def zsh(words: str) -> dict[str, str]:
    return {"_TRACKER_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": words}


def fish(words: str) -> dict[str, str]:
    return {
        "_TRACKER_COMPLETE": "complete_fish",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_ARGS": words,
    }


@pytest.fixture
def offer(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], list[str]]:
    """Return what bash completes after some words."""
    monkeypatch.setenv("TRACKER_DB", str(book))

    def offered(words: str) -> list[str]:
        for variable, value in bash(words).items():
            monkeypatch.setenv(variable, value)
        code = run([])
        out, err = capsys.readouterr()
        assert (code, err) == (0, "")
        return out.split()

    return offered


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("tracker log s", ["soybeans"]),
        ("tracker log soybeans st", ["started", "stalled"]),
        ("tracker log soybeans t", ["tiktok"]),
        ("tracker log soybeans tiktok st", ["started", "stalled"]),
        ("tracker log soybeans met --says ", ["us", "cn"]),
        ("tracker log soybeans met --source ", ["article"]),
        ("tracker note t", ["truce-year", "tiktok"]),
        ("tracker show t", ["truce-year", "tiktok"]),
        ("tracker status ", ["soybeans", "rare-earths", "chip-sales", "tiktok"]),
        ("tracker status --agreement b", ["busan-2025"]),
        ("tracker week -f m", ["markdown", "mail", "mixed_grid", "mixed_outline"]),
        ("tracker log soybeans met -f ma", ["markdown", "mail"]),
        ("tracker amend 13 --add-source a", ["article"]),
        ("tracker status --giver c", ["cn"]),
        ("tracker gains --status p", ["partly", "promised"]),
        ("tracker gains --kind p", ["purchase"]),
        ("tracker change cn-soy-2026 --bound ", ["at-least", "at-most"]),
        ("tracker log soybeans met --source https://www.usda.gov/ --source a", ["article"]),
        ("tracker add c", ["concession"]),
        ("tracker add deadline soy-2026 --concession s", ["soybeans"]),
        ("tracker add party us-firms --part-of ", ["us", "cn"]),
        ("tracker change t", ["truce-year", "tiktok"]),
        ("tracker change u", ["us"]),
        ("tracker retract a", ["article", "apec-2026"]),
        ("tracker hi", ["history"]),
        ("tracker db c", ["check"]),
        ("tracker init ar", ["article"]),
        ("tracker help st", ["statuses"]),
        ("tracker log nothing", []),
        ("tracker --author ", []),
    ],
)
def test_the_shell_is_offered_what_fits(
    offer: Callable[[str], list[str]], words: str, offered: list[str]
) -> None:
    assert offer(words) == offered


def test_what_was_withdrawn_is_no_longer_offered_and_what_was_added_is(
    offer: Callable[[str], list[str]], tracker: Run
) -> None:
    assert tracker("retract", "tiktok", "--everything", "--reason", "Sold in January").code == 0
    assert tracker("add", "party", "jp", "--name", "Japan", "--short", "Japan").code == 0

    assert offer("tracker log ") == ["soybeans", "rare-earths", "chip-sales"]
    assert "jp" in offer("tracker log soybeans met --says ")


def test_bash_is_offered_slugs_in_a_process_of_its_own(program: Run) -> None:
    assert program(env=bash("tracker log s")) == (0, "soybeans\n", "")


@pytest.mark.slow
def test_zsh_and_fish_are_offered_titles_too(program: Run) -> None:
    in_zsh = program(env=zsh("tracker log s"))
    in_fish = program(env=fish("tracker log s"))

    assert (in_zsh.err, in_fish.err) == ("", "")
    assert '"soybeans":"Resume soybean purchases"' in in_zsh.out
    assert in_fish.out == "soybeans\tResume soybean purchases\n"


def test_completion_asks_the_book_on_the_command_line(
    program: Run, book: Path, tmp_path: Path
) -> None:
    ran = program(env=bash(f"tracker --db {book} log s"), db=tmp_path / "another.db")

    assert (ran.out, ran.err) == ("soybeans\n", "")


@pytest.mark.parametrize("content", [None, b"Dear diary", b""], ids=["missing", "text", "empty"])
def test_a_broken_book_offers_nothing_and_no_error(
    offer: Callable[[str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    content: bytes | None,
) -> None:
    broken = tmp_path / "broken.db"
    if content is not None:
        broken.write_bytes(content)
    monkeypatch.setenv("TRACKER_DB", str(broken))

    assert offer("tracker log s") == []
    assert broken.exists() is (content is not None)


@pytest.mark.parametrize("missing", ["COMP_WORDS", "COMP_CWORD"])
def test_a_shell_that_sends_no_command_line_is_offered_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    for variable, value in bash("tracker lo").items():
        monkeypatch.setenv(variable, value)
    monkeypatch.delenv(missing)

    assert run([]) == 1
    assert capsys.readouterr() == ("", "")
