"""A book with every kind of row, the edits that a hand can make in it, and every report on it."""

import shlex
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

from tests.conftest import Ran
from tests.questions import ARTICLE, every_report

SETUP = """\
init article
add party eu --name 'European Union' --short EU
add party de --name Germany --short Germany --part-of eu
add source paper --title Paper --publisher Press --url https://example.org/p --published 2025-12-30
change soybeans --quote '12 MMT' --locator p.2 --promised 2025-11 -m Read
add concession sorghum --agreement busan-2025 --title 'Buy sorghum' --giver cn --giver de \
--receiver us --sector agriculture --source article --in-return-for soybeans --hold
add deadline sorghum-2026 --concession sorghum --kind delivery --label 'Sorghum, 2 MMT' \
--due 2026-06 --opens 2025-11-01 --target 2 --unit MMT --base 0.5 --source article
add deadline sorghum-limit --concession sorghum --kind delivery --label 'At most 3 MMT' \
--bound at-most --target 3 --unit MMT --awaits 'the first cargo' --source article
log soybeans partial --on 2026-01-03 --source paper -m 'Half of it'
log soybeans met --says cn --on 2026-01-04 --public 2026-01-05
measure sorghum-2026 1 --by USDA --basis sold --on 2026-01-05 --source paper
measure sorghum-2026 1.5 --by USDA --basis arrived --on 2026-01-05
measure sorghum-limit 3.5 --by press --basis sold --on 2025-12
move sorghum-2026 2026-07-15 --target 2.5 --base 1 --says us --on 2026-01-06
close china-visit-2026 met --on 2026-01-06
note soybeans 'Half of it is sold' --headline --on 2026-01-06
note busan-2025 Signed --says eu --on 2026-01-06
checked soybeans
source keep paper text.txt --seen 2026-01-01
source keep paper other.txt
amend 33 --note 'A half'
log tiktok stalled --on 2026-01-07
undo
"""
"""The commands that make a book with a row in every table, and a value in every column."""

EXAMPLES = ARTICLE | {"deadline": "sorghum-2026", "source": "paper", "entry": "33"}
REPORTS = (
    *every_report(EXAMPLES),
    *("week 2026-W01 -f html", "gains --by giver -f json", "status -f csv", "show sorghum"),
)
"""A command line for each report, and some in another format."""

VALUES = (
    *("NULL", "-1", "0", "1", "1.5", "9999999999", "9e999", "'us'", "''", "x'6279'", "x'ff00'"),
    *("'a' || char(10) || 'b'", "CAST(x'ff' AS TEXT)", "'NaN'", "'1e400'", "'2026-02-30'"),
    *("'0001-01-01'", "'9999-12-31'", "'9999-12-31T23:59:59.999999Z'", "'0001-01-01T00:00:00Z'"),
)
"""The values that a hand writes into any column, in SQL."""


def rows_of(book: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each table's columns with the condition of each row that is unlike those before.

    Of rows in which the same columns are filled, and that are of one kind, one is enough.
    """
    with closing(sqlite3.connect(book)) as raw:
        raw.row_factory = sqlite3.Row
        tables = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            seen = set()
            columns = [row["name"] for row in raw.execute(f"PRAGMA table_info({table})")]
            for row in raw.execute(f"SELECT * FROM {table}"):
                kind = next((row[name] for name in ("kind", "command") if name in columns), None)
                shape = (kind, *(name for name in columns if row[name] is not None))
                if shape in seen:
                    continue
                seen.add(shape)
                keys = [f"{name} IS {literal(row[name])}" for name in columns]
                for column in columns:
                    yield table, column, " AND ".join(keys)


def literal(value: object) -> str:
    """Return a value in SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, str):
        quoted = value.replace("'", "''")
        return f"'{quoted}'"
    return str(value)


def edits_of(book: Path, count: int | None = None, seed: int = 0) -> list[str]:
    """Return the statements that write each value into each column, or some of them."""
    edits = [
        f"UPDATE {table} SET {column} = {value} WHERE {where}"
        for table, column, where in rows_of(book)
        for value in VALUES
        if table != "alembic_version"
    ]
    return edits if count is None else Random(seed).sample(edits, count)


def edited(book: Path, statement: str) -> bool:
    """Run a statement on a book without its guards; return whether it could be run."""
    with closing(sqlite3.connect(book, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        guards = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        raw.execute("BEGIN")
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        try:
            raw.execute(statement)
        except sqlite3.IntegrityError:
            return False
        for _, sql in guards:
            raw.execute(sql)
        raw.execute("COMMIT")
    return True


def made(run: Callable[[list[str]], Ran]) -> None:
    """Make the book with the commands, in the folder at hand."""
    Path("text.txt").write_text("China buys 12 MMT")
    Path("other.txt").write_text("China buys 8 MMT")
    for line in SETUP.splitlines():
        ran = run(shlex.split(line))
        assert ran.code == 0, (line, ran)
