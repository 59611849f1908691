"""The seeds that come with the program."""

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tracker.errors import NoSuchShipped, UnreadableFile

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


def find(name: str) -> Path:
    """Return the file of a shipped seed or of a path."""
    with suppress(OSError):  # not a possible file name
        if (path := folder() / f"{name}.toml").is_file() and "/" not in name:
            return path
        if Path(name).is_file():
            return Path(name)
        if Path(name).is_dir():
            raise UnreadableFile(path=name, reason="it is a folder", wanted="a TOML file or a seed")
    raise NoSuchShipped(kind="seed", name=name, known=[seed.seed for seed in shipped()])


def find_shipped(name: str) -> Path:
    """Return the file of a shipped seed."""
    seeds = [seed.seed for seed in shipped()]
    if name not in seeds:
        raise NoSuchShipped(kind="seed", name=name, known=seeds)
    return folder() / f"{name}.toml"


def is_shipped(path: Path) -> bool:
    """Return whether a file is one of the shipped seeds."""
    return path.parent == folder()
