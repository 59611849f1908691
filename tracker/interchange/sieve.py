"""Drops the keys that the book certainly lacks, without a lookup for each."""

from array import array
from collections.abc import Iterable, Sequence
from itertools import compress

from tracker.database import Connection

BITS = 23
"""The bits of a key that are looked at: keys are hashes. The marks take 8 MiB."""
BEHIND = 32 - BITS


class Sieve:
    """A Bloom filter with one hash function: it never drops a key that was added."""

    def __init__(self, connection: Connection) -> None:
        """Add the keys of all entries in the book."""
        self._marks = bytearray(1 << BITS)
        self.add(key for (key,) in connection.stream("keys"))

    def add(self, keys: Iterable[bytes]) -> None:
        """Add keys that are in the book from now on."""
        marks = self._marks
        for number in _numbers(keys):
            marks[number >> BEHIND] = 1

    def possible(self, keys: Sequence[bytes]) -> Iterable[bytes]:
        """Return the keys that may be in the book and, at a million entries, one in nine others."""
        marks = self._marks
        return compress(keys, [marks[number >> BEHIND] for number in _numbers(keys)])


def _numbers(keys: Iterable[bytes]) -> "array[int]":
    """Return the first 32 bits of each key."""
    return array("I", b"".join(keys))[::4]
