from datetime import date
from enum import StrEnum

import pytest

from tracker import vocabulary
from tracker.journal.shapes import EVERY_SUBJECT, SHAPES
from tracker.rules.scale import SCALE
from tracker.rules.terms import FOR_GOOD, bucket_of
from tracker.vocabulary import NEWS, UPDATES, Basis, Bucket, Instrument, Namespace, Stage, ThingKind

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


def test_updates_are_what_can_be_about_a_promise_and_news_those_that_say_something() -> None:
    about = [one for one in SHAPES.values() if {*one.about} & {*EVERY_SUBJECT}]

    assert {one.kind for one in about} == {*UPDATES}
    assert {one.kind for one in about if one.needs} == {*NEWS}


def test_stages_are_listed_as_far_as_a_concession_comes_and_then_as_it_fails() -> None:
    assert [str(stage) for stage in Stage] == [
        *("negotiating", "announced", "started", "partial", "met"),
        *("stalled", "missed", "broken", "reversed", "lapsed", "moot"),
    ]


@pytest.mark.parametrize(
    ("stage", "bucket"),
    [
        (Stage.NEGOTIATING, Bucket.PROMISED),
        (Stage.ANNOUNCED, Bucket.PROMISED),
        (Stage.STARTED, Bucket.UNDER_WAY),
        (Stage.PARTIAL, Bucket.IN_PART),
        (Stage.MET, Bucket.GAINED),
        (Stage.STALLED, Bucket.IN_DOUBT),
        (Stage.MISSED, Bucket.LOST),
        (Stage.BROKEN, Bucket.LOST),
        (Stage.REVERSED, Bucket.LOST),
        (Stage.LAPSED, Bucket.VOID),
        (Stage.MOOT, Bucket.VOID),
    ],
)
def test_without_a_term_a_stage_falls_into_the_bucket_of_the_design(
    stage: Stage, bucket: Bucket
) -> None:
    assert bucket_of(stage, None, FOR_GOOD, date(2026, 1, 8)) is bucket


def test_every_stage_has_a_bucket_and_a_rank_and_every_bucket_a_stage() -> None:
    assert set(SCALE) == set(Stage)
    counts_as = {bucket for grade in SCALE.values() for bucket in (grade.bucket, grade.kept)}
    assert counts_as - {None} == set(Bucket)


def test_buckets_are_listed_from_gained_to_void() -> None:
    assert [str(bucket) for bucket in Bucket] == [
        *("gained", "holding", "in part", "under way", "promised"),
        *("in doubt", "lost", "expired", "void"),
    ]


def test_bases_are_listed_from_a_contract_to_what_is_in_force() -> None:
    assert [str(basis) for basis in Basis] == [
        *("contracted", "sold", "shipped", "arrived", "paid", "issued", "level", "other")
    ]


def test_instruments_are_listed_from_the_weakest_to_law() -> None:
    assert [str(instrument) for instrument in Instrument] == [
        *("proposal", "statement", "readout", "joint-text", "law")
    ]


def test_agreements_concessions_and_deadlines_share_one_space_of_slugs() -> None:
    assert {what: what.namespace for what in ThingKind} == {
        ThingKind.PARTY: Namespace.PARTY,
        ThingKind.SOURCE: Namespace.SOURCE,
        ThingKind.AGREEMENT: Namespace.SUBJECT,
        ThingKind.CONCESSION: Namespace.SUBJECT,
        ThingKind.DEADLINE: Namespace.SUBJECT,
    }
