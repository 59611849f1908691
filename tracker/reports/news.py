"""The headline of a week: what changed or, without a change, its first update, or what is due."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from tracker.dates import shifted
from tracker.facts import Deadline, Entry
from tracker.groups import value_of
from tracker.reports.ahead import own_label
from tracker.reports.changed import update_in_words
from tracker.reports.corrections import Corrections
from tracker.reports.counts import furthest
from tracker.reports.deadlines import DeadlineRow
from tracker.reports.frame import plural
from tracker.reports.history import title_of
from tracker.reports.prose import labelled, number, opening, quoted, sentence
from tracker.reports.reworded import are_reworded
from tracker.reports.shifts import have_changed, shifts_of
from tracker.reports.view import View
from tracker.reports.week import WeekDocument
from tracker.vocabulary import EVENTS, STAGES, Bound, DeadlineKind, EntryKind, Outcome

SOON = 14
"""A deadline within this many days is in the headline of a week without news."""
FIGURE = 4
"""The rank of a figure: below it is what leads even if a day has passed unsettled."""
Kind = tuple[Sequence[Any], Callable[[View, Any], str]]
"""What a week has of a kind of news, and the words of the headline that it makes."""


def headline(view: View, found: WeekDocument, corrections: Corrections) -> str:
    """Return the headline of a week, of the first kind of news of which there is anything."""
    changes = found.changes
    kinds: Sequence[Kind] = (
        (shifts_of(found.rows), partial(have_changed, at_risk=_newly_at_risk(found))),
        ([one for one in changes if _rank(view, one) < FIGURE], _are_recorded),
        (_passed(found), _is_passed),
        (changes, _are_recorded),
        (found.reworded, are_reworded),
        (corrections.read, partial(_are_counted, what="correction", done="made")),
        (found.late, partial(_are_counted, what="update", done="recorded late")),
        ([one for one in found.due if (one.days_left or 0) <= SOON], _is_soon),
        ([None], _is_nothing),
    )
    return sentence(next(words(view, own) for own, words in kinds if own))


def _newly_at_risk(found: WeekDocument) -> int:
    """Return how many unchanged concessions have a counterpart that failed in this week."""
    changed = found.changed
    before = {row.status_.concession: row.previous_stage for row in found.rows}
    failed = {slug for slug in changed if not ((was := before[slug]) and STAGES[was].fails)}
    slugs = {one.concession for one in found.at_risk if one.counterpart in failed}
    return len(slugs - changed)


def _rank(view: View, entry: Entry) -> int:
    """Return the place of an update: an exceeded limit, a miss, a moved day, a day named."""
    moved, progress = view.heard.get(entry.entry), value_of(view.judged.progress, entry.deadline)
    ranks = (
        entry.kind is EntryKind.READING and progress is not None and progress.over_by,
        entry.outcome is Outcome.MISSED,
        moved and moved.moves_it,
        entry.due_on and not entry.concession,
        entry.kind is EntryKind.READING,
        entry.says,
    )
    return next((place for place, applies in enumerate(ranks) if applies), len(ranks))


def _are_recorded(view: View, changes: Sequence[Entry]) -> str:
    """Return the update that ranks first: of figures the furthest along, of others the latest."""
    first = min(_rank(view, one) for one in changes)
    own = [one for one in changes if _rank(view, one) == first]
    is_figure = own[-1].kind is EntryKind.READING
    told = furthest(view, own) if is_figure else own[-1]
    return _in_words(view, told, update_in_words(view, told))


def _are_counted(_: View, entries: Sequence[Entry], what: str, done: str) -> str:
    many = len(entries)
    return f"{number(many)} {plural(many, f'{what} was', f'{what}s were')} {done}"


def _in_words(view: View, entry: Entry, what: str) -> str:
    """Return what an update is about, and how its note begins or `what` it says."""
    what = opening(str(entry.note)) if entry.kind is EntryKind.NOTE else what
    if entry.deadline in view.state.deadlines and not entry.outcome:
        about = named(view, view.state.deadlines[entry.deadline])
    elif entry.concession in view.state.concessions:
        about = quoted(view, entry.concession)
    else:
        about = f"“{title_of(view, entry)}”"
    return f"{about}: {what}"


def named(view: View, deadline: Deadline) -> str:
    """Return the title of what is delivered or ends, or the label of what happens on a day.

    A label that its title needs comes with it.
    """
    if deadline.concession is None and view.ends_term(deadline):
        return f"the end of “{view.state.agreements[deadline.agreement].title}”"
    if deadline.concession is None:
        return labelled(view, deadline)
    title, label = quoted(view, deadline.concession), own_label(view, deadline)
    return f"“{label}” for {title}" if label else title


def _passed(found: WeekDocument) -> list[DeadlineRow]:
    """Return what has passed without an outcome since the week before, except ends of concessions.

    A day that was the last one of that week was not over yet on its page. Events come last.
    """
    since = shifted(found.period.start, -1)
    gone = [
        one
        for one in found.overdue
        if one.due_on and one.due_on.last >= since
        if one.kind is not DeadlineKind.EXPIRY or one.concession is None
    ]
    return sorted(gone, key=lambda one: one.kind in EVENTS)


def _is_passed(view: View, passed: Sequence[DeadlineRow]) -> str:
    first = passed[0]
    when = view.in_prose(first.due_on)
    if first.kind is DeadlineKind.EXPIRY:
        return f"“{view.state.agreements[first.agreement].title}” ended {when}"
    return (
        f"{named(view, view.state.deadlines[first.deadline])} was due {when} and is not yet settled"
    )


def _is_soon(view: View, due: Sequence[DeadlineRow]) -> str:
    """Return that nothing changed, and what is due or ends next."""
    first = due[0]
    is_end = first.kind is DeadlineKind.EXPIRY or first.bound is Bound.AT_MOST
    verb = "ends" if is_end and first.concession else "is due"
    what = named(view, view.state.deadlines[first.deadline])
    return f"nothing changed; {what} {verb} {view.in_prose(first.due_on)}"


def _is_nothing(view: View, _: object) -> str:
    return "nothing changed" if view.state.record.last.head else "nothing had been recorded yet"
