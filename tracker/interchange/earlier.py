"""Exports of version 0.2, as this version would have written them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tracker.journal.batch import GENESIS, content_key, digest, entry_of

Words = dict[str, Any]

COMMANDS = {"cite": "amend", "withdraw": "retract", "merge": "import"}
"""Today's words for commands that are gone."""
ORIGIN = ("origin", "origin_at", "merged_by")
"""What came from another book is not traced there: seals were computed otherwise."""


def renewed(header: Words, lines: Iterable[Words]) -> list[Words]:
    """Return the lines of an export with new keys and digests; raise ValueError if they do not fit.

    An entry has a list of sources now. Where one was added later, by an entry of its own, a note
    says so.
    """
    before = after = GENESIS
    names: dict[int, str] = {}
    nths: Counter[bytes] = Counter()
    made = []
    for line in lines:
        what, proof = ("entry", "digest") if line["type"] == "entry" else ("batch", "seal")
        words = {name: value for name, value in line.items() if name not in ("type", proof)}
        before = digest(before, words)
        if before.hex() != line[proof]:
            raise ValueError(line)
        words = {name: value for name, value in words.items() if name not in ORIGIN}
        if what == "batch":
            words["command"] = COMMANDS.get(words["command"], words["command"])
        else:
            if "source" in words:
                words["source"] = [words["source"]]
            if words["kind"] == "citation":
                cited = words.pop("refers_to")
                note = f"This source was added to entry {cited} of the old book."
                words |= {"kind": "note", "note": note}
            key = content_key(entry_of(words), names.get(words.get("refers_to", 0)))
            nths[key] += 1
            words |= {"key": key.hex(), "nth": nths[key]}
            names[words["entry"]] = f"{words['key']}-{words['nth']}"
        after = digest(after, words)
        made.append({"type": what, **words, proof: after.hex()})
    return [header | {"head": after.hex()}, *made]
