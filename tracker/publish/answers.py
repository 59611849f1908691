"""All answers of a book: its reports at one moment, by name."""

from tracker.reports.claims import claims
from tracker.reports.cliff import cliff
from tracker.reports.deadlines import deadlines
from tracker.reports.gained import gains
from tracker.reports.history import history
from tracker.reports.pace import pace
from tracker.reports.sources import sources
from tracker.reports.status import status
from tracker.reports.view import View
from tracker.tables import Report


def answers(view: View) -> dict[str, Report]:
    """Return the reports from which all others follow; the history includes retracted entries."""
    return {
        "status": status(view),
        "gains": gains(view),
        "deadlines": deadlines(view),
        "pace": pace(view),
        "claims": claims(view),
        "cliff": cliff(view),
        "history": history(view, everything=True),
        "sources": sources(view),
    }
