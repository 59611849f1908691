"""The seeds that come with the program."""

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tracker.errors import NotFound
from tracker.files import packaged

DEFAULT = "article"


class Seed(NamedTuple):
    """A shipped seed."""

    seed: str
    """The name under which commands take it."""
    title: str
    """The title of its agreement."""
    agreed_on: str
    concessions: int
    """How many concessions it declares."""
    entries: int
    """How many updates it records."""


def folder() -> Path:
    """Return the seeds' folder."""
    return packaged("seeds")


def shipped() -> list[Seed]:
    """Return the seeds that come with the program."""
    seeds = []
    for name, path in _files().items():
        tables = tomllib.loads(path.read_text("utf-8"))
        agreement = tables["agreement"]
        counts = len(tables["concession"]), len(tables["entry"])
        seeds.append(Seed(name, agreement["title"], agreement["agreed_on"], *counts))
    return seeds


def schema() -> Path:
    """Return the file of the JSON Schema with which editors check a seed."""
    return folder() / "seed.schema.json"


def find(name: str) -> Path:
    """Return the file of a shipped seed, or of a path."""
    files = _files()
    with suppress(OSError):  # not a possible file name
        if (path := files.get(name, Path(name))).exists():
            return path
    raise NotFound("no such seed", name=name, known=list(files))


def _files() -> dict[str, Path]:
    """Return the shipped seeds by name, in order."""
    return {path.stem: path for path in sorted(folder().glob("*.toml"))}
