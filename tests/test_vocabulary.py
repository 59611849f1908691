from enum import StrEnum

from tracker import vocabulary
from tracker.entry import SHAPES
from tracker.vocabulary import DERIVED, NEWS, SUBJECTS, UPDATES, Stage, Status

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


def test_the_codes_of_the_journal_mean_the_statuses_that_are_typed() -> None:
    assert {stage.status for stage in Stage} == {*Status} - {*DERIVED}


def test_the_codes_of_the_journal_never_change() -> None:
    codes = "negotiating announced started partial met stalled missed broken reversed lapsed moot"
    assert [*Stage] == codes.split()


def test_updates_are_what_can_be_about_a_promise_and_news_those_that_say_something() -> None:
    about = [one for one in SHAPES.values() if {*one.about} & {*SUBJECTS}]

    assert {one.kind for one in about} == {*UPDATES}
    assert {one.kind for one in about if one.needs} == {*NEWS}
