import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    ("options", "code", "complaint"),
    [
        (["--on", ""], 5, "'' is no day"),
        (["--stage", ""], 2, "'' is no stage"),
    ],
)
def test_an_amendment_cannot_empty_what_an_entry_needs(
    tracker: Run, options: list[str], code: int, complaint: str
) -> None:
    ran = tracker("amend", 1, *options)

    assert (ran.code, ran.out) == (code, "")
    assert complaint in ran.err


def test_an_amendment_cannot_empty_a_note(tracker: Run) -> None:
    ran = tracker("amend", 5, "--note", "")

    assert (ran.code, ran.err) == (5, "tracker: The note is empty. Correct it and try again\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["log", "\udcff", "met"],
        ["log", "soybeans", "met", "--says", "\udcff"],
        ["log", "soybeans", "met", "--source", "\udcff"],
        ["note", "\udcff", "Approval pending"],
    ],
)
def test_words_that_are_not_utf_8_are_refused_as_bad_text(
    tracker: Run, arguments: list[str]
) -> None:
    ran = tracker(*arguments)

    complaint = "tracker: The text is not valid UTF-8. Correct it and try again\n"
    assert (ran.code, ran.err) == (5, complaint)


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        ("--says", "tracker: No party '' in this book. Known: us, cn\n"),
        ("--source", "tracker: No source '' in this book. Known: article\n"),
    ],
)
def test_an_empty_party_does_not_turn_a_claim_into_a_verdict(
    tracker: Run, option: str, complaint: str
) -> None:
    ran = tracker("log", "soybeans", "met", option, "")

    assert (ran.code, ran.err) == (3, complaint)
