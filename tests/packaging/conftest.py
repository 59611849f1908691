"""The package as its users get it: built, installed in clean environments, run from elsewhere."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest

from tests.conftest import Ran, Shared

ROOT = Path(__file__).parent.parent.parent
PYTHONS = ("3.11", "3.14")
"""The oldest Python that is supported, and the newest."""
TODAY = "2026-01-20"
OURS = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "UV_PROJECT_ENVIRONMENT", "UV_RESOLUTION")
"""Settings of the tests' own environment, which no clean one may inherit."""


class Built(NamedTuple):
    """What `uv build` makes of the checkout, and the wheel that the sdist makes."""

    wheel: Path
    sdist: Path
    wheel_of_sdist: Path


class Installed(NamedTuple):
    """An environment with nothing in it but the package, and a folder to run it from."""

    python: Path
    folder: Path

    def tracker(self, *arguments: object, db: object = "book.db") -> Ran:
        """Run the installed program on a book in the folder, or wherever `db` says."""
        program = self.python.with_name("tracker")
        return ran(program, *arguments, folder=self.folder, TRACKER_DB=str(db))

    def run(self, code: str) -> Ran:
        """Run a piece of Python in the environment."""
        return ran(self.python, "-c", code, folder=self.folder)


def ran(program: Path, *arguments: object, folder: Path, **settings: str) -> Ran:
    """Run a program in a folder, out of sight of the tests' environment."""
    done = subprocess.run(
        [program, *map(str, arguments)],
        cwd=folder,
        env=surroundings() | {"XDG_DATA_HOME": str(folder), "TRACKER_TODAY": TODAY} | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def surroundings() -> dict[str, str]:
    """Return the machine's settings without those of the tests' environment."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | {
        "UV_PYTHON_DOWNLOADS": "never"
    }


def missing(what: str) -> NoReturn:
    """End a test for want of a tool: a failure in CI, a skip elsewhere."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{what} is not installed")
    raise AssertionError


def uv(*arguments: object, **settings: str) -> str:
    """Run uv to a good end and return what it prints."""
    program = os.environ.get("UV") or shutil.which("uv") or missing("uv")
    done = ran(Path(program), *arguments, folder=Path("/"), **settings)
    assert done.code == 0, done.err
    return done.out


def interpreter(version: str) -> Path:
    """Return a Python of this machine; none is ever downloaded.

    CI runs the newest one in a folder with an operating system of its own.
    """
    program = os.environ.get("UV") or shutil.which("uv") or missing("uv")
    found = ran(
        Path(program), *("python", "find", "--no-project", "--system", version), folder=Path("/")
    )
    if found.code != 0 and version == PYTHONS[-1]:
        pytest.skip(f"Python {version} is not installed")
    return Path(found.out.strip()) if found.code == 0 else missing(f"Python {version}")


@pytest.fixture(scope="session")
def built(shared: Shared) -> Built:
    """The wheel and the sdist of the checkout, and the wheel of the sdist."""

    def build(folder: Path) -> None:
        uv("build", "-q", "--wheel", "--sdist", "-o", folder / "first", ROOT)
        (sdist,) = (folder / "first").glob("*.tar.gz")
        uv("build", "-q", "--wheel", "-o", folder / "second", sdist)

    folder = shared("built", build)
    (wheel,), (again,) = ((folder / one).glob("*.whl") for one in ("first", "second"))
    (sdist,) = (folder / "first").glob("*.tar.gz")
    return Built(wheel, sdist, again)


def installed(shared: Shared, version: str, package: str, name: str) -> Installed:
    """Install a package into a new environment, with what it requires and nothing else."""

    def fill(folder: Path) -> None:
        uv("venv", "-q", "--python", interpreter(version), folder / "environment")
        python = folder / "environment" / "bin" / "python"
        uv("pip", "install", "-q", "--python", python, package)

    folder = shared(f"{name}-{version}", fill)
    (elsewhere := folder / f"elsewhere-{os.getpid()}").mkdir(exist_ok=True)
    return Installed(folder / "environment" / "bin" / "python", elsewhere)


@pytest.fixture(scope="session", params=PYTHONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def plain(shared: Shared, version: str, built: Built) -> Installed:
    """The wheel without its optional parts."""
    return installed(shared, version, str(built.wheel), "plain")


@pytest.fixture(scope="session")
def whole(shared: Shared, version: str, built: Built) -> Installed:
    """The wheel with its optional parts."""
    package = f"{built.wheel}[mail,site,texts,xlsx,postgres]"
    return installed(shared, version, package, "whole")


@pytest.fixture(scope="session")
def truce(plain: Installed) -> Path:
    """A book that the installed program made."""
    (book := plain.folder / "truce.db").unlink(missing_ok=True)  # of an earlier turn of this Python
    made = plain.tracker("init", "busan-truce", db="truce.db")
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith("Made a book at truce.db: busan-truce.\nIt holds 2 parties, ")
    return book
