"""Another book, restored and verified as a whole before this book is locked."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import blake2b
from io import BufferedReader
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any, NamedTuple

from tracker.database import Connection, Target, open_book
from tracker.interchange.exporting import export, walk
from tracker.interchange.restoring import make_again
from tracker.journal.chain import batches, canonical, count
from tracker.vocabulary import Command, EntryKind, ThingKind

DIGEST_BYTES = 16


class OtherBatch(NamedTuple):
    """A batch of the other book: its first entry, and what identifies it in every book."""

    first: int
    seal: bytes
    """Its seal there."""
    origin: bytes
    """Its seal in the book in which it was recorded."""
    command: Command
    is_merged: bool
    """Whether a merge wrote it there."""
    told: dict[str, Any]
    """The fields that it keeps in every book."""


def _batch_of(words: Mapping[str, Any]) -> OtherBatch:
    seal = words["seal"]
    identity = bytes.fromhex(words["origin"]) if words["origin"] else seal
    told = {name: words[name] for name in ("command", "author", "utc_offset")}
    told |= {"origin": identity.hex(), "origin_at": words["origin_at"] or words["recorded_at"]}
    command, is_merged = Command(words["command"]), words["merged_by"] is not None
    return OtherBatch(words["first_entry"], seal, identity, command, is_merged, told)


def digest_of(declares: Mapping[str, Any]) -> bytes:
    """Return a short digest of a declaration's fields, without its source, whose key may differ."""
    fields = {name: value for name, value in declares.items() if name != "source"}
    return blake2b(canonical(fields).encode(), digest_size=DIGEST_BYTES).digest()


class Declared(NamedTuple):
    """One declaration: its entry, and what it declares, as a digest and its key for the source."""

    entry: int
    what: ThingKind
    digest: bytes
    source: str | None


Thing = tuple[str, str]
"""A thing's namespace and slug."""


class OtherBook:
    """The other book, with an index of how its entries depend on each other."""

    def __init__(self, name: str, connection: Connection) -> None:
        self.name = name
        self.last_moment = ""
        self.firsts: list[int] = []
        """The first entry of each batch."""
        self.origins = [0]
        """For each entry, its number in the book in which it was recorded."""
        self.declared: dict[Thing, list[Declared]] = {}
        self.addresses: dict[str, str] = {}
        """The addresses of declared sources."""
        self._connection = connection
        self.entries = count(connection)
        self.live = bytearray(b"\1") * (self.entries + 1)
        """Which entries count at the end."""
        self.taken_by: dict[int, int] = {}
        """For each other entry, what retracted it."""
        self.restored: set[int] = set()
        """The entries of which a retraction was taken back."""
        self._index()

    def batches(self, behind: int = 0) -> Iterator[OtherBatch]:
        """Yield the batches after the first ones."""
        found = batches(self._connection)
        return (_batch_of(words) for words in found if words["batch"] > behind)

    def lines(self, behind: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the words after the first `behind` batches, each with their type."""
        yield from walk(self._connection, self.firsts[behind], self.entries)

    def _index(self) -> None:
        retractions: list[tuple[int, int]] = []
        citations: list[tuple[int, int]] = []
        for what, words in walk(self._connection, 1, self.entries):
            if what == "batch":
                self.firsts.append(words["first_entry"])
                self.last_moment = words["recorded_at"]
                continue
            number = words["entry"]
            self.origins.append(words["origin"] or number)
            if words["kind"] == EntryKind.RETRACTION:
                retractions.append((number, words["refers_to"]))
            elif words["kind"] == EntryKind.CITATION:
                citations.append((number, words["refers_to"]))
            elif words["kind"] == EntryKind.DECLARATION:
                self._declaration(number, words["subject"], words["declares"])
        for entry, target in reversed(retractions):
            if self.live[entry]:
                self.live[target] = 0
                self.taken_by[target] = entry
            else:
                self.restored.add(target)
        for entry, target in citations:
            self.live[entry] &= self.live[target]

    def _declaration(self, entry: int, slug: str, declares: Mapping[str, Any]) -> None:
        what = ThingKind(declares["what"])
        thing = (what.namespace.value, slug)
        declared = Declared(entry, what, digest_of(declares), declares.get("source"))
        self.declared.setdefault(thing, []).append(declared)
        if "url" in declares:
            self.addresses[slug] = declares["url"]


@contextmanager
def exported(file: BufferedReader, name: str) -> Iterator[OtherBook]:
    """Read a book from its export, which is restored into a temporary file."""
    with TemporaryDirectory() as folder:
        copy = Target("sqlite", f"{folder}/other.db")
        make_again(copy, file, name)
        with closing(open_book(copy)) as connection:
            yield OtherBook(name, connection)


@contextmanager
def opened(connection: Connection) -> Iterator[OtherBook]:
    """Read a book from its database, as of now: others may go on writing in it."""
    with TemporaryFile() as lines:
        lines.writelines(line.encode() for line in export(connection))
        lines.seek(0)
        with exported(lines, str(connection.target)) as other:  # type: ignore[arg-type]
            yield other
