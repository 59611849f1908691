"""The project's rules on sizes and names, checked by a test so that nobody has to."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODULES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for folder in ("tracker", "migrations")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
MODULE_LINES = 350
REVISIONS = "migrations/versions/"
FUNCTION_LINES = 40
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


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Yield the name and the lines of each function of a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1
