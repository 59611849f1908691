"""What the shell offers behind TAB, asked for as bash, zsh and fish do."""

from pathlib import Path

import pytest

from tests.conftest import Run


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


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("tracker log s", ["soybeans"]),
        ("tracker log soybeans st", ["started", "stalled"]),
        ("tracker log soybeans met --says ", ["us", "cn"]),
        ("tracker log soybeans met --source ", ["article"]),
        ("tracker note t", ["tiktok", "truce-year"]),
        ("tracker show ", ["soybeans", "rare-earths", "chip-sales", "tiktok"]),
        ("tracker status --agreement b", ["busan-2025"]),
        ("tracker week -f m", ["markdown", "mediawiki", "mixed_grid", "mixed_outline", "moinmoin"]),
        ("tracker hi", ["history"]),
        ("tracker db v", ["verify"]),
        ("tracker init ar", ["article"]),
        ("tracker log nothing", []),
    ],
)
def test_bash_is_offered_what_fits(program: Run, words: str, offered: list[str]) -> None:
    ran = program(env=bash(words))

    assert (ran.code, ran.out.split(), ran.err) == (0, offered, "")


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
    program: Run, tmp_path: Path, content: bytes | None
) -> None:
    broken = tmp_path / "broken.db"
    if content is not None:
        broken.write_bytes(content)

    ran = program(env=bash("tracker log s"), db=broken)

    assert (ran.code, ran.out.strip(), ran.err) == (0, "", "")
    assert broken.exists() is (content is not None)
