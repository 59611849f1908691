"""The journal: how entries are written and corrected, and the chain that proves it complete."""

from tracker.journal.admission import Admission
from tracker.journal.corrections import amend, retract, undo
from tracker.journal.draft import Declaration, Draft
from tracker.journal.verbs import (
    Circumstances,
    Measurement,
    checked,
    cite,
    close,
    keep,
    log,
    measure,
    move,
    move_ending,
    note,
)
from tracker.journal.writer import Writer

__all__ = [
    "Admission",
    "Circumstances",
    "Declaration",
    "Draft",
    "Measurement",
    "Writer",
    "amend",
    "checked",
    "cite",
    "close",
    "keep",
    "log",
    "measure",
    "move",
    "move_ending",
    "note",
    "retract",
    "undo",
]
