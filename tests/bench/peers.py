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

BARE_QUERY = """\
import sqlite3
for row in sqlite3.connect("four.db").execute("select * from truce"):
    print(*row)
"""

BARE_INSERT = """\
import csv, sqlite3
with open("large.csv", encoding="utf-8", newline="") as file, sqlite3.connect("bare.db") as bare:
    rows = csv.reader(file)
    columns = next(rows)
    bare.execute(f"create table t ({', '.join(columns)})")
    bare.executemany(f"insert into t values ({', '.join('?' * len(columns))})", rows)
"""

LEDGER = """\
2026-01-07 * soybeans
    assets:sold  4 MMT
    liabilities:promised
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


def write_jrnl_settings(folder: Path) -> Path:
    """Write jrnl's settings for an empty journal, so that it asks nothing."""
    settings = folder / "jrnl.yaml"
    settings.write_text(JRNL.format(journal=folder / "journal.txt"), "utf-8")
    return settings
