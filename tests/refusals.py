"""Refusals by the names of their messages, and exports that are to be refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.errors import TrackerError
from tracker.journal.batch import digest

KINDS = {problem: kind for kind in TrackerError.__subclasses__() for problem in kind.messages}
"""The classes of all messages."""


def raises(problem: str, match: str | None = None) -> "pytest.RaisesExc[TrackerError]":
    """Expect a refusal: its class, its message and, if given, its words."""
    kind = KINDS[problem]
    return pytest.raises(kind, match=match, check=lambda error: error.problem == problem)


def code_of(problem: str) -> int:
    """Return the exit code with which a refusal ends a command."""
    return KINDS[problem].exit_code


def forge(export: Path, what: str, spoil: Callable[[dict[str, Any]], object]) -> None:
    """Spoil the last entry of an export, or its batch; make all digests fit again."""
    header, *lines, before, entry, batch = map(json.loads, export.read_text("utf-8").splitlines())
    previous = before.get("seal") or before["digest"]
    for line, proof in ((entry, "digest"), (batch, "seal")):
        words = {word: line[word] for word in line if word not in ("type", proof)}
        if line["type"] == what:
            spoil(words)
        previous = digest(bytes.fromhex(previous), words).hex()
        line.clear()
        line |= {"type": "entry" if proof == "digest" else "batch", **words, proof: previous}
    header["head"] = previous
    written = map(json.dumps, (header, *lines, before, entry, batch))
    export.write_text("\n".join(written) + "\n", "utf-8")
