"""Sorts out the keys that the book surely lacks, without asking it for each."""

from array import array
from collections.abc import Iterable, Sequence
from itertools import compress

from tracker.database import Connection

BITS = 23
"""As many bits of a key as are looked at: it is a hash, and these are 8 MiB of marks."""
BEHIND = 32 - BITS


class Sieve:
    """A Bloom filter with one hash: it never misses a key that was added."""

    def __init__(self, connection: Connection) -> None:
        """Add the keys of all entries of the book."""
        self._marks = bytearray(1 << BITS)
        self.add(key for (key,) in connection.stream("keys"))

    def add(self, keys: Iterable[bytes]) -> None:
        """Take in keys that are in the book from now on."""
        marks = self._marks
        for number in _numbers(keys):
            marks[number >> BEHIND] = 1

    def possible(self, keys: Sequence[bytes]) -> Iterable[bytes]:
        """Return the keys that may be in the book; of a million, one in nine is not."""
        marks = self._marks
        return compress(keys, [marks[number >> BEHIND] for number in _numbers(keys)])


def _numbers(keys: Iterable[bytes]) -> "array[int]":
    """Return the first 32 bits of each key."""
    return array("I", b"".join(keys))[::4]
