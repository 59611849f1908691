"""What people do all day must start at once: heavy libraries stay off that road."""

import json
import os
import subprocess
import sys
from pathlib import Path

DATABASE = {"sqlmodel", "sqlalchemy", "alembic", "pydantic", "pydantic_core", "psycopg"}
TABLES = {"tabulate", "wcwidth"}
RUN = """
import json, os, sys
from tracker.cli.running import run

banned, commands = json.loads(sys.argv[1]), sys.argv[2:]
for command in commands:
    if command.startswith("COMPLETE "):
        words = command.removeprefix("COMPLETE ").split(" ")
        completion = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
        os.environ |= completion | {"_TRACKER_COMPLETE": "complete_bash"}
    try:
        code = run(command.split())
    except SystemExit as end:
        code = end.code
    os.environ.pop("_TRACKER_COMPLETE", None)
    loaded = {name.partition(".")[0] for name in sys.modules} & set(banned)
    if code or loaded:
        sys.exit(f"{command}: exit code {code}, loaded {', '.join(sorted(loaded)) or 'nothing'}")
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
    "status -f markdown",
]
LEANEST = [
    "COMPLETE tracker log soy",
    "COMPLETE tracker log soybeans st",
    "COMPLETE tracker -",
    "COMPLETE tracker help st",
    "--help",
    "log --help",
    "help",
    "help stages",
    "help log",
    "--version",
    "log soybeans partial -m Sold --on 2026-01-07 --says us --source https://www.usda.gov/",
    "note tiktok 还没有消息",
    "checked",
    "amend 1 --stage met",
    "retract 2 --reason Misread",
    "undo",
    "db verify",
    "db path",
    "status -f json",
    "history -f csv",
]


def test_a_daily_command_loads_no_library_of_the_schemas(told: Path) -> None:
    assert first_at_fault(told, DAILY, DATABASE) == ""


def test_what_prints_no_table_loads_no_library_of_tables_either(told: Path) -> None:
    assert first_at_fault(told, LEANEST, DATABASE | TABLES) == ""


def test_the_watch_would_see_a_heavy_library(told: Path) -> None:
    assert "loaded tabulate" in first_at_fault(told, ["--help", "status"], TABLES)


def first_at_fault(book: Path, commands: list[str], banned: set[str]) -> str:
    """Run commands in one fresh process; return the first after which a banned module is in."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(sorted(banned)), *commands],
        env=os.environ | {"TRACKER_DB": str(book)},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stderr
