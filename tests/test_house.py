"""The project's rules on sizes and names, checked by a test so that nobody has to."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for folder in ("tracker", "migrations")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
MODULE_LINES = 350
REVISIONS = "migrations/versions/"
FUNCTION_LINES = 40
WEIGHTS = {
    "(top)": (2326, 18),
    "book": (854, 8),
    "cli": (583, 4),
    "database": (619, 4),
    "errors": (273, 2),
    "interchange": (1162, 14),
    "journal": (1184, 8),
    "models": (275, 4),
    "publish": (432, 4),
    "reports": (2743, 23),
    "rules": (647, 5),
    "tables": (701, 6),
    "texts": (201, 2),
}
"""The most lines of code and modules that each package of `tracker/` may have. A change may lower
a figure; whoever raises one says in the commit what the program gained by it."""
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "core", "manager", "managers"}


def test_there_are_modules_to_look_at() -> None:
    assert {"tracker/dates.py", "migrations/env.py"} <= set(MODULES)


def test_a_module_holds_one_noun_and_so_is_under_350_lines() -> None:
    """A revision of the schema is as long as the schema that it makes."""
    modules = {name: text for name, text in MODULES.items() if not name.startswith(REVISIONS)}

    assert not {name for name, text in modules.items() if len(text.splitlines()) >= MODULE_LINES}


def test_a_function_fits_on_a_screen_of_40_lines() -> None:
    long = {
        f"{module}: {name}"
        for module, text in MODULES.items()
        for name, lines in functions(text)
        if lines >= FUNCTION_LINES
    }
    assert not long


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [module for module in MODULES if VAGUE & set(Path(module).with_suffix("").parts)]


def test_no_package_is_heavier_than_it_was() -> None:
    lines: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    for name, text in MODULES.items():
        first, *rest = Path(name).parts
        if first == "tracker":
            package = rest[0] if len(rest) > 1 else "(top)"
            lines[package] += code_lines(text)
            modules[package] += 1
    assert {*lines} <= {*WEIGHTS}
    heavier = {
        package: (lines[package], modules[package])
        for package, (most_lines, most_modules) in WEIGHTS.items()
        if lines[package] > most_lines or modules[package] > most_modules
    }
    assert not heavier


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ('"""A book."""\n\n# why\nbook = 1\n', 1),
        ("import ast\nfrom os import (\n    path,\n)\nbook = {\n}\n", 2),
        ('def log():\n    """Log a\n    stage."""\n    return 1\n', 2),
    ],
)
def test_blank_lines_comments_docstrings_and_imports_weigh_nothing(text: str, count: int) -> None:
    assert code_lines(text) == count


def code_lines(text: str) -> int:
    """Count the lines that are not blank, a comment, a docstring or an import."""
    light = {
        number
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        or (isinstance(node, ast.Expr) and isinstance(getattr(node.value, "value", None), str))
        for number in range(node.lineno, (node.end_lineno or 0) + 1)
    }
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and number not in light
        for number, line in enumerate(text.splitlines(), 1)
    )


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Yield the name and the lines of each function of a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1
