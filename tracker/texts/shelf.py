"""The files of kept texts: in a folder beside the book, each named after its hash.

Each text has two files: the one that was given, and its words, one per line, which are all that a
search for quotations has to read.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from tracker import settings
from tracker.database import Target
from tracker.database.occupancy import mode_of
from tracker.drafts import drafted, mode_for, to_disk
from tracker.errors import FileExists, FolderNeeded, OutcomeUnknown
from tracker.errors.disk import unwritable
from tracker.facts import Fingerprint
from tracker.vocabulary import FileState, Media

if TYPE_CHECKING:
    from tracker.texts.reading import Page

ENDINGS = {Media.HTML: ".html", Media.TEXT: ".txt", Media.PDF: ".pdf"}
WORDS = ".words"
FOLDER = ".d"
"""The ending of the folder's name, after the whole name of the book."""


class Shelf(NamedTuple):
    """The folder of a book's texts, which may not exist, and the permissions of its files."""

    folder: Path
    mode: int | None

    @classmethod
    def of(cls, target: Target) -> Self | None:
        """Return the folder of a book; for one on a server, the one in the settings, if any.

        Its files can be read by those who can read the book.
        """
        if target.dialect == "sqlite":
            path = target.path.resolve()
            return cls(path.with_name(f"{path.name}{FOLDER}"), mode_of(target))
        folder = settings.texts_folder()
        return cls(folder, None) if folder else None

    @classmethod
    def needed(cls, target: Target) -> Self:
        """Return the folder of a book, or refuse with how to name one."""
        if (shelf := cls.of(target)) is None:
            raise FolderNeeded(book=target)
        return shelf

    def file(self, text: Fingerprint) -> Path:
        """Return the path of a text's file."""
        return self.folder / f"{text.file_sha256}{ENDINGS[text.media]}"

    def words_file(self, text: Fingerprint) -> Path:
        """Return the path of a text's words."""
        return self.folder / f"{text.words_sha256}{WORDS}"

    def content(self, text: Fingerprint) -> bytes | None:
        """Return the content of a text's file, if it is there and unaltered."""
        return _whole(self.file(text), text.file_sha256)

    def words(self, text: Fingerprint) -> str | None:
        """Return the words of a text, one per line, if they are there and unaltered."""
        held = _whole(self.words_file(text), text.words_sha256)
        return None if held is None else held.decode()

    def state(self, text: Fingerprint) -> tuple[FileState, Path]:
        """Return whether both files of a text are intact, and the path of the one that is not."""
        held = {self.file(text): text.file_sha256, self.words_file(text): text.words_sha256}
        for path, wanted in held.items():
            if _whole(path, wanted) is None:
                there = os.path.lexists(path)
                return (FileState.ALTERED if there else FileState.MISSING), path
        return FileState.WHOLE, self.file(text)

    @contextmanager
    def placing(self) -> Iterator["Placing"]:
        """Place files during a block; if it fails, new files are removed."""
        placing = Placing(self)
        try:
            yield placing
        except OutcomeUnknown:  # it may be recorded
            raise
        except BaseException:
            placing.take_back()
            raise


class Placing:
    """Puts files in place, and remembers which of them are new."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._new: list[Path] = []
        self.written = False

    def put(self, page: "Page") -> None:
        """Put a file and its words in place, unless they are there."""
        text, shelf = page.fingerprint, self._shelf
        try:
            self._make_folder()
            self._write(shelf.file(text), page.content, text.file_sha256)
            self._write(shelf.words_file(text), page.words.lines.encode(), text.words_sha256)
        except OSError as error:
            path = error.filename2 or error.filename or shelf.folder  # a full disk names no file
            raise unwritable(path, error) from error

    def take_back(self) -> None:
        """Remove the new files."""
        for path in reversed(self._new):
            with suppress(OSError):
                path.rmdir() if path == self._shelf.folder else path.unlink()

    def _make_folder(self) -> None:
        folder, mode = self._shelf.folder, self._shelf.mode
        if folder.is_dir():
            return
        if os.path.lexists(folder):
            raise FileExists(path=folder, reason="it is not a folder")
        folder.mkdir()
        self._new.append(folder)
        if mode is not None:
            folder.chmod(mode | (mode & 0o444) >> 2)
        to_disk(folder.parent)

    def _write(self, path: Path, content: bytes, wanted: str) -> None:
        """Write a file, unless it is there; replace an altered one."""
        if _whole(path, wanted) is not None:
            return
        with drafted(path) as draft:
            draft.write_bytes(content)
            to_disk(draft)
            draft.chmod(mode_for(path) if self._shelf.mode is None else self._shelf.mode)
            if not os.path.lexists(path):
                self._new.append(path)
            draft.replace(path)
            to_disk(path.parent)
        self.written = True


def _whole(path: Path, wanted: str) -> bytes | None:
    """Return a file's content, if it is there and has this hash."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if sha256(content).hexdigest() == wanted else None
