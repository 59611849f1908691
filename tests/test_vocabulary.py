from enum import StrEnum

from tracker import vocabulary
from tracker.entry import SHAPES
from tracker.vocabulary import NEWS, STAGES, STATES, SUBJECTS, UPDATES, ConcessionState, Stage

ENUMERATIONS = [
    found
    for found in vars(vocabulary).values()
    if isinstance(found, type) and issubclass(found, StrEnum) and found is not StrEnum
]
STORED_LENGTH = 32


def test_a_word_is_stored_as_the_lower_case_of_its_name() -> None:
    for word in (word for enumeration in ENUMERATIONS for word in enumeration):
        assert word.value.replace("-", "_").replace(" ", "_") == word.name.lower()
        assert len(word.value) <= STORED_LENGTH


def test_every_stage_has_a_state_and_every_state_a_meaning() -> None:
    assert set(STAGES) == set(Stage)
    assert set(STATES) == set(ConcessionState)


def test_a_state_comes_from_a_stage_or_from_having_to_be_kept_up() -> None:
    states = {grade.state for grade in STAGES.values()}
    assert states | {ConcessionState.IN_FORCE} == set(ConcessionState)


def test_updates_are_what_can_be_about_a_promise_and_news_those_that_say_something() -> None:
    about = [one for one in SHAPES.values() if {*one.about} & {*SUBJECTS}]

    assert {one.kind for one in about} == {*UPDATES}
    assert {one.kind for one in about if one.needs} == {*NEWS}
