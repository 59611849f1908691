"""The chain as a program in another language computes it: the one that docs/security.md prints."""

import re
import subprocess
from pathlib import Path

import pytest

from tests import hostile
from tests.conftest import Run, make_book

PAGE = Path(__file__).parent.parent.parent / "docs" / "security.md"
PROGRAM = re.compile(r"^```javascript head.mjs\n(.*?)^```$", re.DOTALL | re.MULTILINE)

pytestmark = pytest.mark.browser


def head(export: Path, node_modules: Path) -> subprocess.CompletedProcess[str]:
    """Run the page's program on an export, as if its library were installed beside it."""
    (program,) = PROGRAM.findall(PAGE.read_text("utf-8"))
    (export.parent / "head.mjs").write_text(program, "utf-8")
    if not (export.parent / "node_modules").exists():
        (export.parent / "node_modules").symlink_to(node_modules)
    command = ["node", str(export.parent / "head.mjs"), str(export)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_export_has_the_head_of_its_book(
    tracker: Run, tmp_path: Path, node_modules: Path
) -> None:
    """In both databases, with text that needs escapes."""
    hostile.fill(tracker)
    assert tracker("note", "soybeans", 'line\nbreak \x7f \u2028 "é" 😀 \\').code == 0
    assert tracker("log", "soybeans", "partial", "--on", "2025-12").code == 0
    assert tracker("export", tmp_path / "book.jsonl").code == 0

    ran = head(tmp_path / "book.jsonl", node_modules)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert f" entries, head {ran.stdout.strip()}." in tracker("db", "check").out


@pytest.mark.parametrize("seed", ["busan-truce", "us-eu", "us-japan", "us-korea"])
@pytest.mark.on("sqlite")
def test_every_shipped_book_has_it(
    tracker: Run, tmp_path: Path, node_modules: Path, seed: str
) -> None:
    book = make_book(tmp_path / "book.db", seed)
    assert tracker("export", tmp_path / "book.jsonl", db=book).code == 0

    printed = head(tmp_path / "book.jsonl", node_modules).stdout.strip()
    assert f" entries, head {printed}." in tracker("db", "check", db=book).out


@pytest.mark.on("sqlite")
def test_an_edited_export_has_none(tracker: Run, tmp_path: Path, node_modules: Path) -> None:
    export = tmp_path / "book.jsonl"
    assert tracker("export", export).code == 0
    export.write_text(export.read_text("utf-8").replace("China", "Chile"), "utf-8")

    ran = head(export, node_modules)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "It does not fit" in ran.stderr
