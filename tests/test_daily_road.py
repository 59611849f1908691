"""What people do all day must start at once: heavy libraries stay off that road."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.questions import every_report

DATABASE = {
    *("sqlmodel", "sqlalchemy", "alembic", "pydantic", "pydantic_core", "psycopg"),
    *("tomli_w", "icalendar", "vl_convert", "xlsxwriter", "css_inline"),
    *("tomllib", "platformdirs", "pypdf", "lxml"),
}
TABLES = {"tabulate", "wcwidth"}
OPENSSL = {"_hashlib"}
"""For what writes a few entries it takes longer to load than to use."""
RUN = """
import json, os, sys
from tracker.cli import run

banned, commands = json.loads(sys.argv[1]), sys.argv[2:]
for command in commands:
    if command.startswith("COMPLETE "):
        words = command.removeprefix("COMPLETE ").split(" ")
        completion = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
        os.environ |= completion | {"_TRACKER_COMPLETE": "complete_bash"}
    code = run(command.split())
    os.environ.pop("_TRACKER_COMPLETE", None)
    loaded = {name.partition(".")[0] for name in sys.modules} & set(banned)
    if code > (command == "check") or loaded:
        sys.exit(f"{command}: exit code {code}, loaded {', '.join(sorted(loaded)) or 'nothing'}")
"""
COUNT = """
import sys
before = set(sys.modules)
from tracker.cli import run

try:
    code = run(sys.argv[1:])
finally:
    others = {name for name in set(sys.modules) - before if name.partition(".")[0] != "tracker"}
    print(len(others), file=sys.stderr)
"""
WHICH = """
import sys
from tracker.cli import run

code = run(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""
OPTIONS = """
import sys
from typer.main import get_command
from tracker.cli import build, run

apps, app = [], build.app
def kept(words):
    apps.append(app(words))
    return apps[-1]
build.app = kept
code = run(sys.argv[1:])
commands = get_command(apps[0]).commands
print(*[name for name, command in commands.items() if command.params], file=sys.stderr)
sys.exit(code)
"""
MODULES = {
    "--help": 137,
    "status -f json": 146,
    "log soybeans partial -m Sold --on 2026-01-07": 145,
    "week 2026-W01": 178,
}
"""How many foreign modules a command may load: as many as on Python 3.14, and a few more."""
DAILY = [
    "",
    *every_report(),
    "status --giver us --status promised --columns concession,sector --sort -status --limit 2",
    "status -f markdown",
    "status --known-by #24",
    "week 2026-W01 --known-by 2026-01-06",
    "gains --by giver --since 2026-01-01",
    "history --known-by 24 --all",
    "show article",
]
LEANEST = [
    "COMPLETE tracker log soy",
    "COMPLETE tracker log soybeans st",
    "COMPLETE tracker -",
    "COMPLETE tracker help st",
    "--help",
    "log --help",
    "help",
    "help statuses",
    "help log",
    "--version",
    "log soybeans partial -m Sold --on 2026-01-07 --says us --source https://www.usda.gov/",
    "note tiktok 还没有消息",
    "checked",
    "amend 25 --status started --add-source https://www.usda.gov/export-sales",
    "retract 33 --reason Misread",
    "undo",
    "move truce-year 2026-12 --on 2026-01-07",
    "close truce-year cancelled",
    "db path",
    "export",
    "status -f json",
    "history -f csv",
    "status",
    "week 2026-W01",
]


def test_a_daily_command_loads_no_library_of_the_schemas(told: Path) -> None:
    assert first_at_fault(told, DAILY, DATABASE) == ""


def test_a_count_loads_none_either(busan: Path) -> None:
    commands = ["measure cn-soy-2025-delivery 8 MMT --by USDA", "show cn-soy-2025", "pace"]

    assert first_at_fault(busan, commands, DATABASE) == ""


def test_what_draws_no_frames_loads_no_library_of_tables_nor_openssl(told: Path) -> None:
    assert first_at_fault(told, LEANEST, DATABASE | TABLES | OPENSSL) == ""


def test_the_watch_would_see_a_heavy_library(told: Path) -> None:
    assert "loaded tabulate" in first_at_fault(told, ["--help", "status -f psql"], TABLES)


@pytest.mark.parametrize("command", MODULES)
def test_a_daily_command_loads_few_modules(told: Path, command: str) -> None:
    """Time differs from machine to machine; what is loaded does not, and takes most of it."""
    ran = in_a_fresh_process(told, COUNT, *command.split())
    loaded = int(ran.stderr.splitlines()[-1])

    assert ran.returncode == 0, ran.stderr
    assert loaded <= MODULES[command]


def test_a_receipt_is_made_without_the_weekly_page(told: Path) -> None:
    ran = in_a_fresh_process(told, WHICH, "log", "soybeans", "partial", "-m", "Sold")

    assert ran.returncode == 0, ran.stderr
    assert "tracker.reports.receipt" in ran.stderr.split()
    assert "tracker.reports.week" not in ran.stderr.split()


def test_a_command_is_made_without_the_options_of_others(told: Path) -> None:
    ran = in_a_fresh_process(told, OPTIONS, "week", "2026-W01")

    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.split() == ["week"]


def first_at_fault(book: Path, commands: list[str], banned: set[str]) -> str:
    """Run commands in one fresh process; return the first one that loads a banned module."""
    return in_a_fresh_process(book, RUN, json.dumps(sorted(banned)), *commands).stderr


def in_a_fresh_process(book: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python on a book."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"TRACKER_DB": str(book)},
        capture_output=True,
        text=True,
        check=False,
    )
