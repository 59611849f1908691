"""Notes from standard input."""

import io
import sys

import pytest

from tests.conftest import Run, data
from tests.refusals import code_of


def noted(tracker: Run) -> str:
    rows = data(tracker, "history", "tiktok")["rows"]
    return str(rows[-1]["note"])


def standard_input(content: bytes) -> io.TextIOWrapper:
    """A stream like that of a process in a UTF-8 locale, which is strict."""
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")


def test_a_note_is_read_from_standard_input(tracker: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    written = b"\xef\xbb\xbfBeijing is silent.\r\nSo is ByteDance.\n"
    monkeypatch.setattr(sys, "stdin", standard_input(written))

    ran = tracker("note", "tiktok", "-")

    assert (ran.code, ran.err) == (0, "")
    assert noted(tracker) == "Beijing is silent.\nSo is ByteDance."


@pytest.mark.parametrize(
    ("written", "refusal"),
    [(b"\n", "The note is empty"), (b"caf\xe9 au lait", "The text is not valid UTF-8")],
)
def test_standard_input_without_text_is_refused(
    tracker: Run, monkeypatch: pytest.MonkeyPatch, written: bytes, refusal: str
) -> None:
    monkeypatch.setattr(sys, "stdin", standard_input(written))

    ran = tracker("note", "tiktok", "-")

    assert (ran.code, ran.out) == (code_of("bad text"), "")
    assert refusal in ran.err
