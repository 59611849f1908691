"""The seeds and recipes that come with the program."""

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tracker.errors import NoSuchShipped

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
    """Return the seeds' folder: the packaged one, else the checkout's."""
    here = Path(__file__).parent.parent
    packaged = here / "seeds"
    return packaged if packaged.is_dir() else here.parent / "seeds"


def shipped() -> list[Seed]:
    """Return the seeds that come with the program."""
    seeds = []
    for path in sorted(folder().glob("*.toml")):
        tables = tomllib.loads(path.read_text("utf-8"))
        agreement = tables["agreement"]
        counts = len(tables["concession"]), len(tables["entry"])
        seeds.append(Seed(path.stem, agreement["title"], agreement["agreed_on"], *counts))
    return seeds


def schema() -> Path:
    """Return the file of the JSON Schema with which editors check a seed."""
    return folder() / "seed.schema.json"


def find(name: str, kind: str = "seed") -> Path:
    """Return the file of a shipped seed or recipe, or of a path."""
    place = folder() if kind == "seed" else folder() / "recipes"
    with suppress(OSError):  # not a possible file name
        if "/" not in name and (path := place / f"{name}.toml").is_file():
            return path
        if Path(name).exists():
            return Path(name)
    known = sorted(path.stem for path in place.glob("*.toml"))
    raise NoSuchShipped(kind=kind, name=name, known=known)


def is_shipped(path: Path) -> bool:
    """Return whether a file is one of the shipped seeds."""
    return path.parent == folder()
