"""The content and the metadata of wheel and sdist."""

import configparser
import re
import subprocess
import sys
import tarfile
from email.message import Message
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.packaging.conftest import ROOT, Built, surroundings
from tracker import __version__

pytestmark = pytest.mark.slow

DISTRIBUTION = f"truce_tracker-{__version__}"
INFO = f"{DISTRIBUTION}.dist-info"
SHIPPED = {"tracker": "tracker", "migrations": "tracker/migrations", "seeds": "tracker/seeds"}
"""The checkout's folders, and where they are in the wheel."""
REQUIRED = {
    *("alembic", "icalendar", "platformdirs", "simplejson", "sqlalchemy", "sqlmodel"),
    *("tabulate", "tomli-w", "typer", "wcwidth"),
}
SOME_TESTS = ["tests/test_house.py", "tests/test_reference.py", "-k", "house or stale or editors"]
"""Tests of the code, of the pages and of the examples, which need no server."""


def contents(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files(folder: Path) -> list[Path]:
    """Return a folder's files below it, but not what Python keeps beside them."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [path for path in found if "__pycache__" not in path.parts and path.name[0] != "."]


def metadata(built: Built) -> Message:
    return Parser().parsestr(contents(built.wheel)[f"{INFO}/METADATA"].decode())


def test_the_wheel_holds_the_program_its_migrations_and_seeds_and_nothing_else(
    built: Built,
) -> None:
    wanted = {
        f"{there}/{path.as_posix()}"
        for here, there in SHIPPED.items()
        for path in files(ROOT / here)
    } | {"tracker/docs/roles.sql"}
    found = set(contents(built.wheel))

    assert {name for name in found if not name.startswith(INFO)} == wanted
    assert "tracker/py.typed" in found
    assert "tracker/seeds/article.toml" in found
    assert "tracker/migrations/versions/0001_first_tables.py" in found
    assert contents(built.wheel)["tracker/docs/roles.sql"] == (ROOT / "docs/roles.sql").read_bytes()
    assert f"{INFO}/licenses/LICENSE" in found


def test_the_sdist_makes_the_same_wheel_to_the_byte(built: Built) -> None:
    assert built.wheel.name == built.wheel_of_sdist.name == f"{DISTRIBUTION}-py3-none-any.whl"
    assert contents(built.wheel_of_sdist) == contents(built.wheel)


def test_the_package_says_what_it_is(built: Built) -> None:
    said = metadata(built)

    assert (said["Name"], said["Version"]) == ("truce-tracker", __version__)
    assert (said["License-Expression"], said["License-File"]) == ("MIT", "LICENSE")
    assert said["Requires-Python"] == ">=3.11"
    assert said.get_all("Provides-Extra") == ["mail", "postgres", "site", "texts", "xlsx"]
    assert said.get_payload() == (ROOT / "README.md").read_text("utf-8")


def test_the_package_requires_what_it_uses_and_no_tool_of_its_developers(built: Built) -> None:
    lines = metadata(built).get_all("Requires-Dist") or []
    plain = {re.split(r"[\[<>=; ]", line)[0] for line in lines if "extra ==" not in line}
    optional = {re.split(r"[\[<>=; ]", line)[0] for line in lines if "extra ==" in line}

    assert plain == REQUIRED
    assert optional == {
        *("css-inline", "lxml", "openpyxl", "psycopg", "pypdf"),
        *("vl-convert-python", "xlsxwriter"),
    }


def test_the_command_is_tracker(built: Built) -> None:
    points = configparser.ConfigParser()
    points.read_string(contents(built.wheel)[f"{INFO}/entry_points.txt"].decode())

    assert {name: dict(points[name]) for name in points.sections()} == {
        "console_scripts": {"tracker": "tracker.cli:main"}
    }


def test_the_sdist_holds_the_checkout(built: Built) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("only a checkout knows which files are its own")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    named = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    with tarfile.open(built.sdist) as archive:
        found = {name.partition("/")[2] for name in archive.getnames()}

    assert found - {"PKG-INFO"} == {name for name in named.split("\0") if (ROOT / name).is_file()}


def test_tests_run_from_the_sdist(built: Built, tmp_path: Path) -> None:
    with tarfile.open(built.sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", *SOME_TESTS],
        cwd=tmp_path / DISTRIBUTION,
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
