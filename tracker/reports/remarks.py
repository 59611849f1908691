"""Remarks on what was just recorded: progress, lateness, likely slips."""

from collections.abc import Mapping, Sequence

from tracker.facts import Entry
from tracker.quantities import in_words as quantity_in_words
from tracker.reports.frame import amount, plural
from tracker.reports.status import StatusRow
from tracker.reports.view import View
from tracker.rules.pace import percent
from tracker.vocabulary import DeadlineKind, EntryKind, Outcome, StageFrom

BOOKKEEPING = (EntryKind.RETRACTION, EntryKind.CITATION, EntryKind.DECLARATION)
"""Entries whose day is that of their recording."""


def remarks(view: View, states: Mapping[str, StatusRow], entries: Sequence[Entry]) -> list[str]:
    """Return a line for each remark on new entries; `states` is where concessions stand now."""
    of_each = (
        (counted(view, entry), too_late(view, entry), early(view, entry), unjudged(states, entry))
        for entry in entries
    )
    return [line for lines in of_each for line in lines if line]


def counted(view: View, entry: Entry) -> str | None:
    """Return what a reading brings its series to, of the target."""
    position = view.deadline_positions.get(entry.deadline or "")
    if entry.value is None or entry.basis is None or position is None or not position.target:
        return None
    for one in view.series.get(str(entry.deadline), ()):
        if (one.counted_by, one.basis) == (entry.counted_by, entry.basis):
            share = percent(one.delivered, position.target)
            so_far = quantity_in_words(one.delivered)
            target = amount(position.target, position.unit)
            return f"{entry.deadline}: {so_far} of {target} {one.basis}, {share} %"
    return None


def too_late(view: View, entry: Entry) -> str | None:
    """Return that a deadline that was met after its day counts as missed."""
    position = view.deadline_positions.get(entry.deadline or "")
    if entry.outcome is not Outcome.MET or position is None:
        return None
    if position.deadline.kind is DeadlineKind.EXPIRY:
        return None
    late = (entry.effective_on - position.due_on.last).days
    if late <= 0:
        return None
    return f"{entry.deadline}: {late} {plural(late, 'day', 'days')} late, so it counts as missed"


def early(view: View, entry: Entry) -> str | None:
    """Return that an entry is dated before its agreement, which may be a slip of the hand."""
    agreement = view.agreements.get(entry.agreement or "")
    if agreement is None or entry.kind in BOOKKEEPING:
        return None
    agreed_on = str(agreement.agreed_on)
    if entry.effective_on.isoformat()[: len(agreed_on)] >= agreed_on:
        return None
    return f"#{entry.entry} is dated before the agreement of {agreed_on}"


def unjudged(states: Mapping[str, StatusRow], entry: Entry) -> str | None:
    """Return that the outcome of a deadline is no verdict on its concession, which has none yet."""
    state = states.get(entry.concession or "")
    if entry.outcome is None or state is None or state.stage_from is StageFrom.VERDICT:
        return None
    return f"{entry.deadline}: closed, which is no verdict; log one on {entry.concession}"
