from enum import StrEnum

import pytest

from tracker import vocabulary
from tracker.rules.scale import BY_TERM, SCALE
from tracker.vocabulary import Bucket, Stage

ENUMERATIONS = [
    found
    for found in vars(vocabulary).values()
    if isinstance(found, type) and issubclass(found, StrEnum) and found is not StrEnum
]
STORED_LENGTH = 32


@pytest.mark.parametrize("enumeration", ENUMERATIONS)
def test_a_word_is_stored_as_the_lower_case_of_its_name(enumeration: type[StrEnum]) -> None:
    for word in enumeration:
        assert word.value.replace("-", "_").replace(" ", "_") == word.name.lower()
        assert len(word.value) <= STORED_LENGTH


def test_every_stage_has_a_bucket_and_a_rank_and_every_bucket_a_stage() -> None:
    assert set(SCALE) == set(Stage)
    assert {grade.bucket for grade in SCALE.values()} | {*BY_TERM.values()} == set(Bucket)
