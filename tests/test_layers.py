import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
PYPROJECT = ROOT / "pyproject.toml"
PACKAGE = ROOT / "tracker"
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_imports_run_downwards_only(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(PYPROJECT), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_the_drawing_of_the_layers_is_the_contract() -> None:
    (contract,) = tomllib.loads(PYPROJECT.read_text("utf-8"))["tool"]["importlinter"]["contracts"]

    drawn = re.findall(r"^│ (.+?) +│", ARCHITECTURE, re.MULTILINE)

    assert drawn == contract["layers"]


def test_the_architecture_names_files_that_are_there() -> None:
    named = re.findall(r"`([\w/]+(?:\.py|\.sql|\.md|/))`", ARCHITECTURE)

    missing = [name for name in named if not any((at / name).exists() for at in (ROOT, PACKAGE))]
    assert named
    assert not missing


# --- what the layers do not say ---------------------------------------------------------------


def imported(path: Path) -> Iterator[str]:
    """Yield the full names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reads_the_environment(path: Path) -> bool:
    names = {"environ", "environb", "getenv", "getenvb"}
    nodes = [*ast.walk(ast.parse(path.read_text("utf-8")))]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return bool(names & (attributes | {name.rpartition(".")[2] for name in imported(path)}))


def test_no_report_imports_what_writes_reports() -> None:
    """A report is a value: whoever asks for it has it written."""
    written_by = {path.stem for path in (PACKAGE / "tables").glob("[a-z]*.py")}
    writers = tuple(f"tracker.tables.{name}" for name in written_by)

    found = {
        path.name: name
        for path in (PACKAGE / "reports").rglob("*.py")
        for name in imported(path)
        if name.startswith((*writers, "tracker.tables.render", "tracker.tables.content"))
    }

    assert {"text", "html", "data"} <= written_by
    assert not found


def test_only_the_settings_read_the_environment() -> None:
    readers = [path for path in PACKAGE.rglob("*.py") if reads_the_environment(path)]

    assert readers == [PACKAGE / "settings.py"]
