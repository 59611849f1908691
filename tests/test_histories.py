"""Random histories hold what a book can hold, and are the same for the same number."""

from collections import Counter

import pytest

from tests.histories import history, recorded, type_in
from tracker.journal.chain import verify
from tracker.vocabulary import EntryKind


@pytest.mark.slow
def test_histories_hold_entries_of_every_kind_and_refused_commands() -> None:
    kinds: set[str] = set()
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for seed in range(10):
        with recorded([]) as connection:
            for second, step in enumerate(history(seed)):
                ends = refused if type_in(connection, step, second) else done
                ends[step.words[0]] += 1
            kinds |= {kind for (kind,) in connection.text("SELECT DISTINCT kind FROM entry")}
            verify(connection)

    assert kinds == {*EntryKind}
    assert {*done} >= {*refused} >= {"log", "measure", "move", "close", "amend"}
    assert done.total() > 2 * refused.total()


def test_the_same_number_gives_the_same_history() -> None:
    seals = []
    for seed in (7, 7, 8):
        with recorded(history(seed)) as connection:
            seals.append(connection.text("SELECT seal FROM batch ORDER BY id DESC LIMIT 1"))

    assert seals[0] == seals[1] != seals[2]
