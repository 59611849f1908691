"""Another book, read and verified as a whole before this book is locked."""

import shutil
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from io import BufferedReader
from json import loads
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from tracker.database import Connection
from tracker.errors import BrokenOther
from tracker.interchange.dump import ENTRY
from tracker.interchange.exporting import export
from tracker.interchange.restoring import MISSING, UNFIT, Lines, sealed_of
from tracker.journal.chain import GENESIS, canonical, digest
from tracker.vocabulary import Command, EntryKind, ThingKind

DIGEST_BYTES = 16

COMMANDS = [*Command]


class OtherBatch(NamedTuple):
    """A batch of the other book: its first entry, and what identifies it in every book."""

    first: int
    seal: bytes
    """Its seal there."""
    origin: bytes
    """Its seal in the book in which it was recorded."""
    command: Command
    is_copy: bool
    """Whether it was recorded in yet another book."""
    is_merged: bool
    """Whether a merge wrote it there."""
    place: int
    """Its offset in the file, in bytes."""


class Batches:
    """The batches of the other book, in a few bytes each."""

    def __init__(self) -> None:
        self.firsts = array("i")
        self._places = array("q")
        self._seals = bytearray()
        self._commands = bytearray()
        self._origins: dict[int, bytes] = {}
        self._merged: set[int] = set()

    def append(self, batch: OtherBatch) -> None:
        """Add a batch."""
        place = len(self)
        self.firsts.append(batch.first)
        self._places.append(batch.place)
        self._seals += batch.seal
        self._commands.append(COMMANDS.index(batch.command))
        if batch.is_copy:
            self._origins[place] = batch.origin
        if batch.is_merged:
            self._merged.add(place)

    def __len__(self) -> int:
        return len(self.firsts)

    def __getitem__(self, place: int) -> OtherBatch:
        seal = bytes(self._seals[32 * place : 32 * place + 32])
        origin = self._origins.get(place)
        return OtherBatch(
            self.firsts[place],
            seal,
            origin or seal,
            COMMANDS[self._commands[place]],
            origin is not None,
            place in self._merged,
            self._places[place],
        )

    def behind(self, count: int) -> Iterator[OtherBatch]:
        """Yield the batches after the first `count`."""
        return map(self.__getitem__, range(count, len(self)))


def digest_of(declares: Mapping[str, Any]) -> bytes:
    """Return a short digest of a declaration's fields."""
    return blake2b(canonical(declares).encode(), digest_size=DIGEST_BYTES).digest()


class Declared(NamedTuple):
    """One declaration: its entry, and a digest of all that it declares."""

    entry: int
    what: ThingKind
    digest: bytes


Thing = tuple[str, str]
"""A thing's namespace and slug."""


class OtherBook:
    """The other book, with an index of how its entries depend on each other.

    The entries themselves are in a temporary file, so that a second reading finds them unchanged.
    """

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name = name
        self.entries = 0
        self.head = GENESIS
        self.last_moment = ""
        self.batches = Batches()
        self.origins = array("i", [0])
        """For each entry, its number in the book in which it was recorded."""
        self.declared: dict[Thing, list[Declared]] = {}
        self.addresses: dict[str, str] = {}
        """The addresses of declared sources."""
        self._file = file
        self._retractions: list[tuple[int, int]] = []
        self._lines = Lines(file, name, BrokenOther)  # type: ignore[arg-type]  # what is read of it is the same
        self._read()
        self.live, self.taken_by = self._counted()

    def lines(self, behind: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the lines after the first `behind` batches, each with its type."""
        if behind == len(self.batches):
            return
        self._file.seek(self.batches[behind].place)
        for text in self._file:
            words = loads(text)
            yield words.pop("type"), words

    def size(self) -> int:
        """Return the size of the file in bytes."""
        return self._file.seek(0, 2)

    # --- reading ------------------------------------------------------------------------------

    def _read(self) -> None:
        header = self._lines.header()
        previous, first, place = GENESIS, 1, self._file.tell()
        for what, words in self._lines.rest():
            if what == "entry":
                previous = self._entry(words, previous)
            elif what == "batch":
                previous = self._batch(words, previous, first, place)
                first, place = self.entries + 1, self._file.tell()
            else:
                raise self._lines.refuse("its type does not belong there")
        if first <= self.entries:
            raise self._lines.changed(self.entries, "its batch is not sealed")
        self.head = previous
        self._lines.require_end(header, self.entries, previous.hex() if self.entries else None)

    def _entry(self, words: dict[str, Any], previous: bytes) -> bytes:
        """Read an entry, and return its digest."""
        number = self.entries + 1
        if words.get("entry") != number:
            raise self._lines.changed(number, MISSING)
        told = words.pop("digest", None)
        try:
            found = digest(previous, words)
            if words.keys() - ENTRY or found.hex() != told:
                raise self._lines.changed(number, "its digest does not fit")
            if words["kind"] == EntryKind.RETRACTION:
                self._retractions.append((number, int(words["refers_to"])))
            elif words["kind"] == EntryKind.DECLARATION:
                self._declaration(number, words["subject"], words["declares"])
            self.origins.append(words.get("origin", number))
        except BrokenOther:
            raise
        except (*UNFIT, OverflowError) as error:
            raise self._lines.changed(number, "it cannot be read") from error
        self.entries = number
        return found

    def _declaration(self, entry: int, slug: str, declares: Mapping[str, Any]) -> None:
        what = ThingKind(declares["what"])
        thing = (what.namespace.value, slug)
        declared = Declared(entry, what, digest_of(declares))
        self.declared.setdefault(thing, []).append(declared)
        if what is ThingKind.SOURCE and "url" in declares:
            self.addresses[slug] = declares["url"]

    def _batch(self, words: dict[str, Any], previous: bytes, first: int, place: int) -> bytes:
        """Read a batch, and return its seal."""
        told = words.pop("seal", None)
        if self.entries < first or words.get("first_entry") != first:
            raise self._lines.changed(self.entries + 1, MISSING)
        try:
            found = digest(previous, words)
            if found.hex() != told:
                raise self._lines.changed(self.entries, "the seal of its batch does not fit")
            sealed = sealed_of(words)
            moment, origin = sealed.recorded_at, sealed.origin
            if moment < self.last_moment or sealed.batch != len(self.batches) + 1:
                raise ValueError(words)
            identity = found if origin is None else bytes.fromhex(origin)
            copy, merged = origin is not None, sealed.merged_by is not None
            batch = OtherBatch(first, found, identity, Command(sealed.command), copy, merged, place)
        except BrokenOther:
            raise
        except UNFIT as error:
            raise self._lines.changed(self.entries, "its batch cannot be read") from error
        self.batches.append(batch)
        self.last_moment = moment
        return found

    def _counted(self) -> tuple[bytearray, dict[int, int]]:
        """Return which entries count at the end, and for each other entry, what retracted it."""
        live = bytearray(b"\1") * (self.entries + 1)
        again = {target for _, target in self._retractions}
        taken = {}
        for entry, target in self._retractions:
            if entry not in again and 0 < target < entry:
                live[target] = 0
                taken[target] = entry
        return live, taken


@contextmanager
def exported(file: BufferedReader, name: str) -> Iterator[OtherBook]:
    """Read a book from its export."""
    with TemporaryFile() as copy:
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        yield OtherBook(name, copy)


@contextmanager
def opened(connection: Connection) -> Iterator[OtherBook]:
    """Read a book from its database."""
    with TemporaryFile() as copy:
        copy.writelines(line.encode() for line in export(connection))
        copy.seek(0)
        yield OtherBook(str(connection.target), copy)
