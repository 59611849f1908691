"""Each call of a command to the disk fails once: nothing is lost, and no draft is left."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run, Shared
from tests.database.later import REVISION, copied

pytestmark = pytest.mark.on("sqlite")

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).with_name("calls.c")
LEAST = {
    "log": {"open": 2, "write": 5, "sync": 5, "unlink": 1},
    "import": {"open": 3, "write": 20, "sync": 5, "unlink": 1},
    "backup": {"open": 4, "write": 20, "sync": 2, "rename": 1},
    "export": {"open": 2, "write": 1, "rename": 1},
    "publish": {"open": 30, "write": 10, "rename": 2, "unlink": 15},
    "keep": {"open": 9, "write": 7, "sync": 7, "rename": 2, "unlink": 1},
    "upgrade": {"open": 5, "write": 40, "sync": 4, "rename": 1, "unlink": 1},
}
"""The fewest calls of each kind; the last sync is that of the folder."""


@pytest.fixture(scope="session")
def calls(shared: Shared) -> Path:
    """The library that fails calls; where it cannot be made, a failure in CI, else a skip."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no C compiler for Linux")
    command = [compiler, "-shared", "-fPIC", "-U_FORTIFY_SOURCE", "-Wall", "-Werror"]

    def build(folder: Path) -> None:
        subprocess.run([*command, "-o", folder / "calls.so", SOURCE, "-ldl"], check=True)

    return shared("calls", build) / "calls.so"


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    "name",
    [
        *(pytest.param(name, marks=pytest.mark.slow) for name in LEAST if name != "upgrade"),
        pytest.param("upgrade", marks=pytest.mark.endurance),
    ],
)
def test_a_call_that_fails_costs_nothing_that_was_there(
    book: Path,
    tracker: Run,
    calls: Path,
    tmp_path: Path,
    name: str,
) -> None:
    prepare(tmp_path / "victim", book, tracker)
    command = [sys.executable, "-m", "tests.faults.victims", str(tmp_path / "victim"), name]
    surrounding = os.environ | {"LD_PRELOAD": str(calls)}

    ran = subprocess.run(
        command, env=surrounding, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    *runs, met = (json.loads(line) for line in ran.stdout.splitlines())
    assert [one for one in runs if one["wrong"]] == []
    assert [kind for kind, least in LEAST[name].items() if met.get(kind, 0) < least] == []
    assert any(one["code"] for one in runs)


def prepare(folder: Path, book: Path, tracker: Run) -> None:
    """Write what the commands read, and what they replace."""
    template = folder / "template"
    template.mkdir(parents=True)
    rows = [f"soybeans,2026-01-05,note,Cargo {row}\n" for row in range(400)]
    (template / "updates.csv").write_text("concession,effective_on,kind,note\n" + "".join(rows))
    assert tracker("publish", template / "site", "--as-of", "2026-01-01").code == 0
    (template / "kept.jsonl").write_text("as it was")
    shutil.copy(book, template / "truce.db")
    copied(folder / "migrations").write_text(REVISION, "utf-8")
