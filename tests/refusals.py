"""Refusals by the names of their messages."""

import pytest

from tracker.errors import TrackerError

KINDS = {problem: kind for kind in TrackerError.__subclasses__() for problem in kind.messages}
"""The classes of all messages."""


def raises(problem: str, match: str | None = None) -> "pytest.RaisesExc[TrackerError]":
    """Expect a refusal: its class, its message and, if given, its words."""
    kind = KINDS[problem]
    return pytest.raises(kind, match=match, check=lambda error: error.problem == problem)


def code_of(problem: str) -> int:
    """Return the exit code with which a refusal ends a command."""
    return KINDS[problem].exit_code
