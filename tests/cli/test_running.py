import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("command", [["status"], ["history", "-f", "json"]])
def test_a_reader_that_leaves_early_is_no_failure(book: Path, command: list[str]) -> None:
    program = [sys.executable, "-m", "tracker", "--db", str(book), *command]
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        complaint = running.stderr.read()

    assert (running.returncode, complaint) == (0, "")
