"""The journal: what is written to it, how it is corrected, and the chain that proves it whole."""

from tracker.journal.corrections import amend, retract, undo
from tracker.journal.deliveries import Measurement, close, measure, move
from tracker.journal.draft import Draft
from tracker.journal.terms import Terms
from tracker.journal.updates import Circumstances, checked, log, note
from tracker.journal.writer import Writer

__all__ = [
    "Circumstances",
    "Draft",
    "Measurement",
    "Terms",
    "Writer",
    "amend",
    "checked",
    "close",
    "log",
    "measure",
    "move",
    "note",
    "retract",
    "undo",
]
