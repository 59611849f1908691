import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY
from tests.recording import Circumstances, log, note
from tracker.database import Connection
from tracker.dates import exactly
from tracker.entry import SAID
from tracker.journal.batch import BATCH, canonical, digest
from tracker.journal.verbs import checked
from tracker.journal.writer import Writer
from tracker.things import FIELDS
from tracker.vocabulary import Command, Stage, ThingKind

WORDS = (*SAID, "batch", "kind", "key", "nth", "origin")
NUMBERS = ("entry", "batch", "refers_to", "nth", "first_entry", "utc_offset")
FLAGS = ("flow", "official")
LISTS = ("giver", "receiver", "in_return_for")

texts = st.text()
values = {
    **dict.fromkeys(NUMBERS, st.integers(-(2**31), 2**31 - 1)),
    **dict.fromkeys(FLAGS, st.booleans()),
    **dict.fromkeys(LISTS, st.lists(texts, max_size=3)),
}


def words_of(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for values under some names, any of which may be absent."""
    return st.fixed_dictionaries({}, optional={name: values.get(name, texts) for name in names})


declared = words_of("what", *(name for what in ThingKind for name in FIELDS[what]))
entries = st.tuples(words_of(*WORDS, "concession"), declared | st.none()).map(
    lambda drawn: drawn[0] | ({"declares": drawn[1]} if drawn[1] else {})
)


@given(entries | words_of(*BATCH))
def test_the_canonical_json_of_an_entry_a_declaration_and_a_batch_is_that_of_rfc_8785(
    words: dict[str, Any],
) -> None:
    assert canonical(words).encode() == rfc8785.dumps(words)


@given(st.lists(st.none() | texts | st.booleans() | declared))
def test_the_canonical_json_behind_a_key_is_that_of_rfc_8785(content: list[Any]) -> None:
    assert canonical(content).encode() == rfc8785.dumps(content)


@given(st.binary(min_size=32, max_size=32), entries, st.sampled_from([*WORDS, *BATCH]))
def test_a_digest_is_sha_256_and_what_is_none_is_absent(
    previous: bytes, words: dict[str, Any], absent: str
) -> None:
    words.pop(absent, None)

    expected = hashlib.sha256(previous + rfc8785.dumps(words)).digest()

    assert digest(previous, words) == digest(previous, words | {absent: None}) == expected


# --- in the book --------------------------------------------------------------------------------


def digest_of(connection: Connection, entry: int) -> bytes:
    return bytes(connection.text(f"SELECT digest FROM entry WHERE id = {entry}")[0][0])


def key_of(connection: Connection, entry: int) -> str:
    return bytes(connection.text(f"SELECT key FROM entry WHERE id = {entry}")[0][0]).hex()


def seal_of(connection: Connection, batch: int) -> bytes:
    return bytes(connection.text(f"SELECT seal FROM batch WHERE id = {batch}")[0][0])


def follows(previous: bytes, words: dict[str, Any]) -> bytes:
    return hashlib.sha256(previous + rfc8785.dumps(words)).digest()


def test_the_first_entry_follows_32_zero_bytes_and_holds_all_that_it_declares(
    connection: Connection,
) -> None:
    key = key_of(connection, 1)
    ((declared_on,),) = connection.text("SELECT effective_on FROM entry WHERE id = 1")
    told = (
        '{"batch":1,"declares":{"name":"United States","short":"US","what":"party"},'
        f'"effective_on":"{declared_on}","entry":1,"key":"{key}","kind":"declaration","nth":1,'
        '"subject":"us"}'
    )

    assert digest_of(connection, 1) == hashlib.sha256(bytes(32) + told.encode()).digest()


def test_an_entry_follows_the_seal_of_the_batch_before_and_names_things_by_their_slugs(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        circumstances = Circumstances(
            exactly(writer.today), "cn", "article", "“不会让步” | =1+1\n\t\x7f"
        )
        log(writer, "tiktok", Stage.STALLED, circumstances)

    words = {
        "batch": 2,
        "concession": "tiktok",
        "effective_on": "2026-01-08",
        "entry": 25,
        "key": key_of(connection, 25),
        "kind": "stage",
        "note": "“不会让步” | =1+1\n\t\x7f",
        "nth": 1,
        "says": "cn",
        "source": ["article"],
        "stage": "stalled",
        "subject": "tiktok",
    }
    assert digest_of(connection, 25) == follows(seal_of(connection, 1), words)


def test_an_entry_of_a_batch_follows_the_one_before(connection: Connection, writer: Writer) -> None:
    with connection.writing():
        checked(writer, ["soybeans", "tiktok"])

    words = {
        "batch": 2,
        "concession": "tiktok",
        "effective_on": "2026-01-08",
        "entry": 26,
        "key": key_of(connection, 26),
        "kind": "check",
        "nth": 1,
        "subject": "tiktok",
    }
    assert digest_of(connection, 26) == follows(digest_of(connection, 25), words)


@pytest.mark.parametrize(
    ("zone", "offset"),
    [(UTC, 0), (timezone(timedelta(hours=8)), 480), (timezone(timedelta(hours=-3.5)), -210)],
)
def test_a_batch_is_sealed_behind_its_last_entry_with_its_moment_and_its_author(
    connection: Connection, zone: timezone, offset: int
) -> None:
    now = datetime(2036, 1, 8, 9, 30, 15, 123456, tzinfo=zone)
    with connection.writing():
        checked(Writer(connection, "分析员", TODAY, now), ["soybeans", "tiktok"])

    words = {
        "author": "分析员",
        "batch": 2,
        "command": "checked",
        "first_entry": 25,
        "recorded_at": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        "utc_offset": offset,
    }
    assert seal_of(connection, 2) == follows(digest_of(connection, 26), words)


def test_what_one_command_writes_in_several_steps_has_one_seal(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing(), writer.batch(Command.APPLY):
        note(writer, "tiktok", "Approval pending", Circumstances(exactly(TODAY)))
        checked(writer, ["soybeans"])
        assert connection.text("SELECT COUNT(*) FROM batch") == [(1,)]

    query = "SELECT id, command, first_entry FROM batch WHERE id > 1"
    assert connection.text(query) == [(2, "apply", 25)]
    assert connection.text("SELECT id, batch FROM entry WHERE id > 24") == [(25, 2), (26, 2)]


def test_a_batch_in_which_nothing_is_written_leaves_no_trace(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing(), writer.batch(Command.APPLY):
        pass

    assert connection.text("SELECT COUNT(*) FROM batch") == [(1,)]


@pytest.mark.parametrize("gone", [(), ("_blake2",), ("_sha256", "_sha2"), ("_blake2", "_sha2")])
def test_keys_and_digests_are_the_same_whichever_functions_python_was_built_with(
    gone: tuple[str, ...],
) -> None:
    asking = f"""
import hashlib, sys
sys.modules |= dict.fromkeys({gone})
from tracker.journal.batch import blake2b, digest
print(blake2b(b"soybeans", digest_size=16).hexdigest(), digest(b"", {{}}).hex())
"""
    told = subprocess.check_output([sys.executable, "-c", asking], text=True).split()

    key = hashlib.blake2b(b"soybeans", digest_size=16).hexdigest()
    assert told == [key, hashlib.sha256(b"{}").hexdigest()]
