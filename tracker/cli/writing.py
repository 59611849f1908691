"""Text that comes from an editor or from standard input."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import typer

from tracker.errors import NoEditor

MARK = "#"
"""Marks a line that is left out."""


def words_of(slug: str, text: str | None) -> str:
    """Return the text of a note: as given, `-` from standard input, else from an editor."""
    if text is None:
        return _edited(slug)
    return _decoded(sys.stdin.buffer.read()).strip() if text == "-" else text


def _decoded(text: bytes) -> str:
    """Return UTF-8 text; invalid bytes are kept, so that the journal refuses them."""
    return text.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")


def _edited(slug: str) -> str:
    """Return what the user writes in `$VISUAL` or `$EDITOR`, unless something is piped in."""
    import tempfile

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not (sys.stdin.isatty() or (editor and _is_device(sys.stdin))):
        raise typer.BadParameter("give TEXT, or - to read it from standard input")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{slug}.txt")
        about = f"{MARK} A note on {slug}. Lines that begin with {MARK} are left out."
        path.write_text(f"\n\n{about}\n", "utf-8")
        _edit(editor or "vi", path)
        lines = _decoded(path.read_bytes()).splitlines()
    return "\n".join(line for line in lines if not line.startswith(MARK)).strip()


def _is_device(stream: TextIO) -> bool:
    """Return whether a stream is a device, such as /dev/null, and not a file or a pipe."""
    with suppress(OSError):
        return stat.S_ISCHR(os.fstat(stream.fileno()).st_mode)
    return False


def _edit(editor: str, path: Path) -> None:
    import shlex
    import subprocess

    try:
        ended = subprocess.run([*shlex.split(editor), str(path)], check=False)
    except (OSError, ValueError) as error:
        raise NoEditor(editor=editor, reason="cannot be run") from error
    if ended.returncode:
        raise NoEditor(editor=editor, reason=f"ended with exit code {ended.returncode}")
