"""Typer is used by its public names only, as its versions differ in all others."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OUR_OWN = {"self", "cls", "Wanted", "os"}
"""Names in `tracker/cli` whose protected members are ours, or documented: `_fields`, `_exit`."""


def private_imports(path: Path) -> Iterator[str]:
    """Yield what a file imports of typer's private modules and members, and of click."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            package, *parts = name.split(".")
            if package == "click" or (package == "typer" and any(map(is_private, parts))):
                yield f"{path.relative_to(ROOT)}: {name}"


def protected_members(path: Path) -> Iterator[str]:
    """Yield the protected members that a file asks of other objects than its own."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Attribute) or not is_private(node.attr):
            continue
        if not (isinstance(node.value, ast.Name) and node.value.id in OUR_OWN):
            yield f"{path.relative_to(ROOT)}: {ast.unparse(node)}"


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


@pytest.mark.slow
def test_nothing_of_typers_own_is_imported() -> None:
    files = [
        path for folder in ("tracker", "docs", "tests") for path in (ROOT / folder).rglob("*.py")
    ]

    assert [name for path in files for name in private_imports(path)] == []


def test_the_command_line_asks_no_object_for_a_protected_member() -> None:
    files = (ROOT / "tracker" / "cli").glob("*.py")

    assert [name for path in files for name in protected_members(path)] == []
