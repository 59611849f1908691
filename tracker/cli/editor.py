"""Text that comes from an editor or from standard input."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import BadInput, NotFound, TrackerError, WrongUsage

MARK = "#"
"""Marks a line that is left out."""


@contextmanager
def words_of(slug: str, text: str | None) -> Iterator[str]:
    """Lend the text of a note: as given, `-` from standard input, else from an editor.

    If what an editor wrote is refused, its file stays, and the refusal names it.
    """
    if text is not None:
        yield _piped() if text == "-" else text
        return
    editor = _editor()
    from shutil import rmtree
    from tempfile import mkdtemp

    path = Path(mkdtemp(prefix="tracker-"), "note.txt")
    stays = False
    try:
        words = _edited(editor, path, slug)
        stays = bool(words)
        yield words
        stays = False
    except TrackerError as error:
        error.remedy += f". Your text is in '{path}'" if stays else ""
        raise
    finally:
        if not stays:
            rmtree(path.parent)


def _piped() -> str:
    """Return standard input, which may have no end."""
    from tracker.journal.writer import TEXT_BYTES

    most = 2 * TEXT_BYTES  # as its line ends may have two bytes each
    text = sys.stdin.buffer.read(most + 1)
    if len(text) > most:
        raise BadInput("bad text", part="note", reason=f"is longer than {TEXT_BYTES:,} bytes")
    return _decoded(text).strip()


def _decoded(text: bytes) -> str:
    """Return UTF-8 text; invalid bytes are kept, so that the journal refuses them."""
    return text.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")


def _editor() -> str:
    """Return the user's editor; without a terminal there may be nobody to use it."""
    if not sys.stdin.isatty():
        raise WrongUsage("misuse", reason="give TEXT, or - to read it from standard input")
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"


def _edited(editor: str, path: Path, slug: str) -> str:
    """Return what the user writes into a new file, without its comments."""
    import shlex
    import subprocess

    about = f"{MARK} A note on {slug}. Lines that begin with {MARK} are left out."
    path.write_text(f"\n\n{about}\n", "utf-8")
    try:
        ended = subprocess.run([*shlex.split(editor), str(path)], check=False)
    except (OSError, ValueError) as error:
        raise NotFound("no editor", editor=editor, reason="cannot be run") from error
    if ended.returncode:
        raise NotFound(
            "no editor", editor=editor, reason=f"ended with exit code {ended.returncode}"
        )
    lines = _decoded(path.read_bytes()).splitlines()
    return "\n".join(line for line in lines if not line.startswith(MARK)).strip()
