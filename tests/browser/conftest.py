"""What the tests here share: the packages for Node."""

import fcntl
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages that look at pages and exports; installed once, by the first worker."""
    with (tmp_path_factory.getbasetemp().parent / "npm.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # npm writes this file last.
        installed = HERE / "node_modules" / ".package-lock.json"
        wanted = (HERE / "package.json").stat().st_mtime
        if not installed.is_file() or installed.stat().st_mtime < wanted:
            install = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund"]
            subprocess.run(install, cwd=HERE, check=True, capture_output=True)
    return HERE / "node_modules"
