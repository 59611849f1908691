"""A first day at the terminal: what each command prints, on an empty book too."""

import re
import shlex
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tracker.cli import run

FIRST_DAY = r"""
status soybeans
db path
db check
--db empty.db init --empty
--db empty.db week
--db empty.db status
--db empty.db gains --by giver
--db empty.db history
--db empty.db deadlines
--db empty.db pace
--db empty.db claims
--db empty.db check
--db empty.db sources
--db empty.db reliability
--db empty.db diff 2026-01-01 2026-01-08
--db empty.db checked
--db empty.db undo
--db empty.db status -f json
--db truce.db init article us-eu
--db truce.db export truce.jsonl
--db again.db init truce.jsonl
--db again.db import truce.db --dry-run
--db again.db import truce.jsonl
--db truce.db db backup copy.db
--db copy.db show us-eu-ceiling-15 --as-of 2025-01-01
--db copy.db gains --receiver cn
--db copy.db checked
--db copy.db undo
--db copy.db source diff article
init --list
""".strip()


def test_a_first_day_reads_as_reviewed(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    snapshot: SnapshotAssertion,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    told = []
    for line in FIRST_DAY.splitlines():
        code = run(shlex.split(line))
        out, err = capsys.readouterr()
        told.append(f"$ {line}\n{out}{err}[{code}]\n")
    words = re.sub(r"(?<=head )[0-9a-f]{32,64}", "…", "\n".join(told))
    assert words.replace(str(home), "HOME").replace(str(tmp_path), "PLACE") == snapshot
