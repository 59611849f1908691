"""The SQL of the program: one statement a file in `queries/`, named by its file.

What several statements ask of a row is said once, in `queries/parts/`, and called like a
function: `counts(e)` stands for the condition with the row's name in the place of `row`.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "queries"
PART = re.compile(r"\b(counts|retracted_by)\((\w+)\)")
PARAMETER = re.compile(r"(?<!:):([a-z_]+)")


@cache
def statement(name: str, dialect: str) -> str:
    """Return a statement, its `:name` parameters in the form that the driver takes."""
    sql = PART.sub(lambda part: _part(part[1]).replace("row.", f"{part[2]}."), _text(name))
    if dialect == "postgresql":
        return PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%"))
    return sql


@cache
def _part(name: str) -> str:
    return f"({_text(f'parts/{name}')})"


def _text(name: str) -> str:
    """Return a file's SQL without its comments."""
    lines = (FOLDER / f"{name}.sql").read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))


@cache
def in_order(name: str) -> tuple[str, tuple[str, ...]]:
    """Return a statement for SQLite with `?` for its parameters, and their names in order.

    By name, the driver looks each one up anew for every row.
    """
    sql = statement(name, "sqlite")
    return PARAMETER.sub("?", sql), tuple(PARAMETER.findall(sql))


def names() -> list[str]:
    """Return every statement's name."""
    return sorted(path.stem for path in FOLDER.glob("*.sql"))
