"""The two ways to install the `tracker` command: `uv tool install .` and `pipx install .`."""

from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, interpreter, ran, uv
from tracker import __version__

pytestmark = pytest.mark.slow


def require_works(program: Path, folder: Path) -> None:
    """Run an installed program from a folder of its own, with a book that it makes there."""
    assert ran(program, "--version", folder=folder).out == f"truce-tracker {__version__}\n"
    made = ran(program, "init", folder=folder)
    assert made.code == 0, made.err
    week = ran(program, "week", "2026-W01", folder=folder)
    assert week.code == 0, week.err
    assert "Resume soybean purchases" in week.out


def test_uv_installs_it_as_a_tool(tmp_path: Path) -> None:
    places = {"UV_TOOL_DIR": str(tmp_path / "tools"), "UV_TOOL_BIN_DIR": str(tmp_path / "bin")}
    uv("tool", "install", "-q", "--python", interpreter("3.13"), ROOT, **places)

    require_works(tmp_path / "bin" / "tracker", tmp_path)


def test_pipx_installs_it(tmp_path: Path) -> None:
    places = {
        "PIPX_HOME": str(tmp_path / "pipx"),
        "PIPX_BIN_DIR": str(tmp_path / "bin"),
    }
    uv("tool", "run", "-q", "pipx", "install", "--python", interpreter("3.11"), ROOT, **places)

    require_works(tmp_path / "bin" / "tracker", tmp_path)
