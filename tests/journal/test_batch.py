from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import TODAY
from tracker.dates import exactly, parse_period
from tracker.entry import Entry, Fingerprint, unwritten
from tracker.journal.batch import GENESIS, OpenBatch, content_key, digest, keyed, words_of
from tracker.vocabulary import Basis, EntryKind, Media, Outcome, Stage

READING = unwritten(
    *(EntryKind.READING, "soybeans-2025", parse_period("2026-01-06")),
    value=Decimal("8.50"),
    unit="MMT",
    counted_by='USDA, 100 % "sold"',
    basis=Basis.SOLD,
    flow=False,
    source=("cn-customs",),
    note="5 % weniger als im Mai — „ungefähr“\t\x1f",
)
STAGED = unwritten(
    EntryKind.STAGE,
    "soybeans",
    parse_period("2026-01-05"),
    says="us",
    stage=Stage.PARTIAL,
    source=("cn-customs",),
)
MOVED = unwritten(
    EntryKind.DEADLINE,
    "soybeans-2025",
    parse_period("2026-01"),
    due_on=parse_period("2026-02"),
    note="x",
)
CLOSED = unwritten(
    *(EntryKind.DEADLINE, "soybeans-2025", parse_period("2026-01-08")), outcome=Outcome.MET
)


CHINA = {"what": "party", "name": "China", "short": "China"}
KEPT = Fingerprint("0" * 64, "1" * 64, 12, Media.HTML, "html 1")._asdict()
KEYS = [
    (READING, "18cb6835c678910dea8f5a9cfa8b7cbe"),
    (
        READING._replace(value=Decimal("8.5"), unit="mmt", counted_by='usda, 100 % "SOLD"'),
        "18cb6835c678910dea8f5a9cfa8b7cbe",
    ),
    (
        READING._replace(flow=True, basis=None, source=(), note=None),
        "285e91300d4f1bbd312968e5d72da8be",
    ),
    (STAGED._replace(public_on=date(2026, 1, 7)), "81d76a420b823d78ab5a7c6e6a8d93e6"),
    (MOVED, "c76ecdc0f0ccb1eaa9f7506e3247b271"),
    (CLOSED, "708b1bd5a235126bf2bc56e8e54da9c6"),
    (
        unwritten(EntryKind.TEXT, "cn-customs", parse_period("2026-01-08"), text=KEPT),
        "86ae06d6bfe526c4dae4ea53dbcf6207",
    ),
    (
        unwritten(EntryKind.DECLARATION, "cn", parse_period("2026-01-08"), declares=CHINA),
        "7c9cf3fa19e98015a3c6fa280981aafd",
    ),
]
"""Entries, and their keys as books hold them; what such books hold must be known again."""


@pytest.mark.parametrize(("entry", "key"), KEYS, ids=[key for _, key in KEYS])
def test_the_key_of_what_an_entry_says_does_not_change(entry: Entry, key: str) -> None:
    assert content_key(entry).hex() == key


@pytest.mark.parametrize("entry", [READING, STAGED, MOVED, CLOSED])
@pytest.mark.parametrize("origin", [None, 13])
def test_the_digest_is_that_of_the_entry_s_words(entry: Entry, origin: int | None) -> None:
    for told, on in ((entry.note, entry.effective_on), ("Another note", exactly(TODAY))):
        said = keyed(entry._replace(note=told, effective_on=on, origin=origin))
        batch = OpenBatch({"batch": 2, "first_entry": 88}, GENESIS)
        added = batch.added(words_of(said, "soybeans") | {"nth": 3})
        words = {
            "entry": 88,
            "batch": 2,
            "nth": 3,
            "origin": origin,
            "kind": said.kind,
            "subject": said.subject,
            "concession": "soybeans",
            "effective_on": str(on),
            "says": said.says,
            "source": [*said.source] or None,
            "note": said.note,
            "stage": said.stage,
            "value": None if said.value is None else str(said.value),
            "unit": said.unit,
            "counted_by": said.counted_by,
            "basis": said.basis,
            "flow": said.flow,
            "due_on": said.due_on and str(said.due_on),
            "outcome": said.outcome,
            "refers_to": said.refers_to,
            "key": said.key.hex(),
        }
        assert added["digest"] == digest(GENESIS, words).hex()
