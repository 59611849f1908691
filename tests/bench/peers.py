"""The programs that ours is compared with, in an environment of their own."""

import subprocess
import venv
from pathlib import Path
from typing import NamedTuple

WANTED = ("jrnl", "sqlite-utils")

JRNL = """\
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
journals:
  default: {{journal: {journal}}}
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%F %r'
version: v4.2
"""


class Peers(NamedTuple):
    """Where the peers are installed, and in which versions."""

    folder: Path
    versions: dict[str, str]

    def command(self, name: str) -> str:
        """Return the path of a peer's command."""
        return str(self.folder / "bin" / name)


def install(folder: Path) -> Peers:
    """Install the peers with pip, once for a folder."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *WANTED], check=True)
    code = f"import importlib.metadata as m; print(*(m.version(n) for n in {WANTED!r}))"
    found = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    return Peers(folder, dict(zip(WANTED, found.stdout.split(), strict=True)))


def write_jrnl_settings(folder: Path, entries: int) -> Path:
    """Write jrnl's settings and a journal of some entries, so that it asks nothing."""
    journal, settings = folder / "journal.txt", folder / "jrnl.yaml"
    day = "[2026-01-07 09:00:00 AM] soybeans partial: cargo {} of the season\n\n"
    journal.write_text("".join(day.format(number) for number in range(entries)), "utf-8")
    settings.write_text(JRNL.format(journal=journal), "utf-8")
    return settings
