import hashlib
import json

import pytest

from tracker.database import Connection
from tracker.journal import Circumstances, Writer, log
from tracker.vocabulary import Stage

HEAD = "SELECT digest FROM entry WHERE id = {}"


def test_the_digest_is_sha_256_over_the_digest_before_and_the_canonical_json(
    connection: Connection, writer: Writer
) -> None:
    ((before,),) = connection.text(HEAD.format(12))
    with connection.writing():
        circumstances = Circumstances(writer.today, "cn", "article", "“不会让步” | =1+1")
        log(writer, "tiktok", Stage.STALLED, circumstances)
    words = {
        "agreement": "busan-2025",
        "author": "analyst",
        "batch": 13,
        "concession": "tiktok",
        "effective_on": "2026-01-08",
        "entry": 13,
        "kind": "stage",
        "note": "“不会让步” | =1+1",
        "recorded_at": f"{writer.now:%Y-%m-%dT%H:%M:%S.%fZ}",
        "says": "cn",
        "source": "article",
        "stage": "stalled",
    }

    told = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    expected = hashlib.sha256(before + told.encode("utf-8")).digest()
    assert connection.text(HEAD.format(13)) == [(expected,)]


@pytest.mark.on("sqlite")
def test_the_first_entry_follows_32_zero_bytes(connection: Connection) -> None:
    query = "SELECT author, lower(hex(import_key)), note, recorded_at, digest FROM entry LIMIT 1"
    ((author, import_key, note, recorded_at, digest),) = connection.text(query)
    told = (
        f'{{"agreement":"busan-2025","author":"{author}","batch":1,"concession":"soybeans",'
        f'"effective_on":"2025-12-30","entry":1,"import_key":"{import_key}","kind":"stage",'
        f'"note":"{note}","recorded_at":"{recorded_at}","source":"article","stage":"started"}}'
    )

    assert hashlib.sha256(bytes(32) + told.encode("utf-8")).digest() == digest
