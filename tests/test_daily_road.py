"""What people do all day must start at once: heavy libraries stay off that road."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

DATABASE = {"sqlmodel", "sqlalchemy", "alembic", "pydantic", "pydantic_core", "psycopg"}
TABLES = {"tabulate", "wcwidth"}
RUN = """
import sys
from tracker.cli.running import run
try:
    code = run(sys.argv[1:])
finally:
    loaded = {name.partition(".")[0] for name in sys.modules}
    sys.stderr.write(f"\\n{' '.join(sorted(loaded))}\\n")
sys.exit(code)
"""
DAILY = [
    "status",
    "week",
    "week 2026-W01",
    "gains",
    "show soybeans",
    "history --all",
    "deadlines",
    "claims",
    "sources",
    "amend 1 --stage met",
    "status -f markdown",
]
LEANEST = [
    "--help",
    "log --help",
    "--version",
    "log soybeans partial -m Sold --on 2026-01-07 --says us --source https://www.usda.gov/",
    "note tiktok 还没有消息",
    "checked",
    "retract 1 --reason Misread",
    "undo",
    "db verify",
    "db path",
    "status -f json",
    "history -f csv",
]


def loaded_by(book: Path, *arguments: str, **env: str) -> set[str]:
    """Return the modules that a process holds after a command."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        env=os.environ | {"TRACKER_DB": str(book)} | env,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("command", DAILY)
def test_a_daily_command_loads_no_library_of_the_schemas(told: Path, command: str) -> None:
    assert loaded_by(told, *command.split()) & DATABASE == set()


@pytest.mark.parametrize("command", LEANEST)
def test_what_prints_no_table_loads_no_library_of_tables_either(told: Path, command: str) -> None:
    assert loaded_by(told, *command.split()) & (DATABASE | TABLES) == set()


@pytest.mark.parametrize("words", ["tracker log soy", "tracker log soybeans st", "tracker -"])
def test_completion_loads_no_heavy_library(told: Path, words: str) -> None:
    env = {
        "_TRACKER_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }

    assert loaded_by(told, **env) & (DATABASE | TABLES) == set()
