from collections.abc import Iterable
from datetime import date

import pytest

from tests.conftest import TODAY
from tests.journal.conftest import by
from tests.recording import Circumstances, close, log, note
from tests.refusals import raises
from tracker.dates import exactly
from tracker.entry import Entry
from tracker.journal.corrections import amend, retract, undo
from tracker.journal.verbs import checked
from tracker.journal.writer import Writer
from tracker.state import Clocks, State
from tracker.vocabulary import Command, EntryKind, Outcome, Stage

ON = Circumstances(exactly(date(2026, 1, 7)))


def stage_of(writer: Writer, concession: str) -> Stage:
    """Return the concession's latest live verdict, read afresh."""
    return State.read(writer.connection, Clocks(TODAY)).verdicts(concession)[-1].stage


def lines(writer: Writer, numbers: Iterable[int]) -> list[Entry]:
    return State.read(writer.connection, Clocks(TODAY)).record.lines(numbers)


def test_a_retracted_entry_no_longer_counts_and_stays_in_the_journal(write: Writer) -> None:
    (wrong,) = log(write, "soybeans", Stage.PARTIAL, ON)

    (retraction,) = retract(write, wrong, "Misread the table")

    first, second = lines(write, [wrong, retraction])
    assert stage_of(write, "soybeans") is Stage.STARTED
    assert (first.stage, first.retracted_by) == (Stage.PARTIAL, retraction)
    assert (second.kind, second.refers_to, second.note) == (
        EntryKind.RETRACTION,
        wrong,
        "Misread the table",
    )


def test_a_retracted_entry_still_counts_for_whoever_asks_what_was_known_before(
    write: Writer,
) -> None:
    (wrong,) = log(write, "soybeans", Stage.PARTIAL, ON)
    (retraction,) = retract(write, wrong, "Misread the table")
    undo(write)

    known = {
        number: State.read(write.connection, Clocks(TODAY, number)).verdicts("soybeans")[-1].stage
        for number in (24, wrong, retraction, retraction + 1)
    }

    assert known == {
        24: Stage.STARTED,
        wrong: Stage.PARTIAL,
        retraction: Stage.STARTED,
        retraction + 1: Stage.PARTIAL,
    }


@pytest.mark.parametrize(
    ("entry", "corrections", "problem"),
    [
        (13, {}, "nothing to amend"),
        (13, {"status": Stage.STARTED}, "nothing to amend"),
        (17, {"status": Stage.MET}, "option not of kind"),
        (17, {"basis": "sold"}, "option not of kind"),
        (17, {"note": " "}, "bad text"),
        (17, {"note": None}, "bad text"),
        (13, {"effective_on": exactly(date(2026, 1, 9))}, "future day"),
        (13, {"status": Stage.MISSED}, "nothing to miss"),
        (13, {"says": "japan"}, "no such thing"),
        (13, {"source": ("customs",)}, "no such source"),
        (13, {"note": "8 MMT\0sold"}, "bad text"),
        (0, {"status": Stage.MET}, "no such entry"),
        (25, {"status": Stage.MET}, "no such entry"),
    ],
)
@pytest.mark.on("sqlite")
def test_an_amendment_that_corrects_nothing_or_wrongly_is_refused(
    write: Writer, entry: int, corrections: dict[str, object], problem: str
) -> None:
    with raises(problem):
        amend(write, entry, corrections)


def test_there_is_nothing_to_amend_in_a_check_or_a_declaration(write: Writer) -> None:
    (check,) = checked(write, ["tiktok"])

    for entry, kind in ((check, "check"), (9, "declaration")):
        with raises("cannot amend", match=f"Entry {entry} is a {kind}"):
            amend(write, entry, {"note": "Looked twice"})


def test_an_entry_is_retracted_once(write: Writer) -> None:
    retract(write, 13, "Misread")

    with raises("already retracted", match="Entry 13 is already retracted, by entry 25"):
        retract(write, 13, "Misread")
    with raises("already retracted"):
        amend(write, 13, {"status": Stage.MET})


def test_a_retraction_is_not_retracted_or_amended(write: Writer) -> None:
    (retraction,) = retract(write, 13, "Misread")

    with raises("retraction stands"):
        retract(write, retraction, "It was right")
    with raises("retraction stands"):
        amend(write, retraction, {"note": "It was right"})


@pytest.mark.parametrize("entry", [-1, 0, 25, 2**31 - 1, 2**31, 2**63, 99999999999999999999])
def test_a_number_that_no_entry_has_is_not_found(write: Writer, entry: int) -> None:
    with raises("no such entry", match="It ends at 24"):
        retract(write, entry, "Misread")


# --- undo -------------------------------------------------------------------------------------


def test_undo_takes_back_exactly_the_last_command(write: Writer) -> None:
    log(write, "soybeans", Stage.PARTIAL, ON)
    last = checked(write, ["soybeans", "tiktok"])

    undone = lines(write, undo(write))

    assert [entry.refers_to for entry in undone] == list(last)
    assert len({entry.batch for entry in undone}) == 1
    assert stage_of(write, "soybeans") is Stage.PARTIAL


def test_undo_twice_goes_further_back(write: Writer) -> None:
    log(write, "soybeans", Stage.PARTIAL, ON)
    log(write, "soybeans", Stage.MET, ON)

    stages = [stage_of(write, "soybeans")]
    for _ in range(2):
        undo(write)
        stages.append(stage_of(write, "soybeans"))

    assert stages == [Stage.MET, Stage.PARTIAL, Stage.STARTED]
    with raises("nothing to undo"):
        undo(write)


def test_undo_of_an_amendment_restores_what_it_corrected(write: Writer) -> None:
    (entry,) = log(write, "soybeans", Stage.PARTIAL, ON)
    amend(write, entry, {"status": Stage.MET})
    amend(write, entry + 2, {"status": Stage.STALLED})

    stages = [stage_of(write, "soybeans")]
    for _ in range(3):
        undo(write)
        stages.append(stage_of(write, "soybeans"))

    assert stages == [Stage.STALLED, Stage.MET, Stage.PARTIAL, Stage.STARTED]


def test_undo_does_not_reach_behind_a_command_that_somebody_else_retracted(write: Writer) -> None:
    log(write, "soybeans", Stage.PARTIAL, ON)
    (note_number,) = note(write, "tiktok", "Approval pending", ON)
    (retraction,) = retract(by(write, "editor"), note_number, "Stale")

    with raises("already taken back", match=rf"'note' .* by editor \(#{retraction}\)"):
        undo(write)

    assert stage_of(write, "soybeans") is Stage.PARTIAL
    undo(by(write, "editor"))
    undo(write)
    undo(write)
    assert stage_of(write, "soybeans") is Stage.STARTED


def test_undo_goes_behind_a_command_that_it_and_somebody_else_took_back(write: Writer) -> None:
    log(write, "soybeans", Stage.PARTIAL, ON)
    first, _ = checked(write, ["soybeans", "tiktok"])
    retract(by(write, "editor"), first, "Nobody looked")
    undo(write)

    undo(write)

    assert stage_of(write, "soybeans") is Stage.STARTED


def test_undo_leaves_another_authors_commands_alone(write: Writer) -> None:
    log(write, "soybeans", Stage.PARTIAL, ON)
    log(by(write, "editor"), "soybeans", Stage.MET, ON)

    undo(write)

    assert stage_of(write, "soybeans") is Stage.MET
    with raises("nothing to undo", match="'analyst' has no command left"):
        undo(write)


def test_undo_of_a_retraction_closes_a_deadline_again(write: Writer) -> None:
    """What others recorded meanwhile makes the undo check everything that counts again."""
    (closing,) = close(write, "apec-2026", Outcome.CANCELLED, ON)
    retract(write, closing, "Not cancelled after all")
    note(by(write, "editor"), "tiktok", "Approval pending", ON)

    undo(write)

    (closed,) = State.read(write.connection, Clocks(TODAY)).closings("apec-2026")
    assert closed.entry == closing


def test_an_undo_is_known_by_its_command_and_is_not_undone_itself(write: Writer) -> None:
    log(write, "soybeans", Stage.PARTIAL, ON)

    (retraction,) = lines(write, undo(write))

    assert (retraction.command, retraction.note) == (Command.UNDO, None)
    with raises("nothing to undo"):
        undo(write)
