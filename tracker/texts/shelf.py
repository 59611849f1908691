"""The files of kept texts: in a folder beside the book, each named after its hash.

Each text has two files: the one that was given, and its words, one per line, which are all that a
search for quotations has to read.
"""

import os
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from tracker import settings
from tracker.database import Target
from tracker.database.files import TEXTS, mode_of
from tracker.entry import Fingerprint
from tracker.errors import Refused
from tracker.files import drafted, mode_for, to_disk, unwritable
from tracker.vocabulary import Media

if TYPE_CHECKING:
    from tracker.texts.reading import Page

ENDINGS = {Media.HTML: ".html", Media.TEXT: ".txt", Media.PDF: ".pdf"}
WORDS = ".words"


class FileState(StrEnum):
    """Whether the files of a kept text are intact."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"


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
            return cls(path.with_name(f"{path.name}{TEXTS}"), mode_of(target))
        folder = settings.texts_folder()
        return cls(folder, None) if folder else None

    @classmethod
    def needed(cls, target: Target) -> Self:
        """Return the folder of a book, or refuse with how to name one."""
        if (shelf := cls.of(target)) is None:
            raise Refused("folder needed", book=target)
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

    def put(self, page: "Page") -> bool:
        """Put a file and its words in place; return whether one was missing or altered."""
        text = page.fingerprint
        if self.state(text)[0] is FileState.WHOLE:
            return False
        try:
            self._make_folder()
            self._write(self.file(text), page.content)
            self._write(self.words_file(text), page.words.lines.encode())
        except OSError as error:
            path = error.filename2 or error.filename or self.folder  # a full disk names no file
            raise unwritable(path, error) from error
        return True

    def _make_folder(self) -> None:
        if self.folder.is_dir():
            return
        if os.path.lexists(self.folder):
            raise Refused("file in the way", path=self.folder, reason="it is not a folder")
        self.folder.mkdir()
        if self.mode is not None:
            self.folder.chmod(self.mode | (self.mode & 0o444) >> 2)
        to_disk(self.folder.parent)

    def _write(self, path: Path, content: bytes) -> None:
        with drafted(path) as draft:
            draft.write_bytes(content)
            to_disk(draft)
            draft.chmod(mode_for(path) if self.mode is None else self.mode)
            draft.replace(path)
            to_disk(path.parent)


def _whole(path: Path, wanted: str) -> bytes | None:
    """Return a file's content, if it is there and has this hash."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if sha256(content).hexdigest() == wanted else None
