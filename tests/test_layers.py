import re
import tomllib
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
