"""What the tests here share: the packages for Node."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Shared

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def node_modules(shared: Shared) -> Path:
    """The packages that look at pages and exports; installed once, by the first worker."""

    def install(_: Path) -> None:
        # npm writes this file last.
        installed = HERE / "node_modules" / ".package-lock.json"
        wanted = (HERE / "package.json").stat().st_mtime
        if not installed.is_file() or installed.stat().st_mtime < wanted:
            install = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund"]
            subprocess.run(install, cwd=HERE, check=True, capture_output=True)

    shared("npm", install)
    return HERE / "node_modules"
