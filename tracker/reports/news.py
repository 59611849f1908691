"""The headline of a week: the kinds of news, their order, and the words of each."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from tracker.facts import Entry
from tracker.reports import days
from tracker.reports.corrections import Corrections, rank
from tracker.reports.counts import latest, news_of, of_exceeded, reaching
from tracker.reports.deadlines import DeadlineRow
from tracker.reports.frame import plural
from tracker.reports.history import in_short, title_of
from tracker.reports.prose import number, opening, sentence
from tracker.reports.reworded import are_reworded
from tracker.reports.shifts import have_changed, shifts_of
from tracker.reports.statements import Statement, days_named, is_said, stages_named
from tracker.reports.view import View
from tracker.reports.week import WeekDocument
from tracker.rules.scale import SCALE
from tracker.vocabulary import EVENTS, EntryKind, Outcome

Kind = tuple[Sequence[Any], Callable[[View, Any], str]]
"""What a week has of a kind of news, and the words of the headline that it makes."""


def headline(view: View, found: WeekDocument, corrections: Corrections) -> str:
    """Return the headline of a week, of the first kind of news of which there is anything."""
    changes, late = found.changes, found.late
    counts = [one for one in changes if one.kind is EntryKind.READING]
    moved = days.moved(view, changes)
    named = days_named(changes, moved)
    said: list[Sequence[Statement]] = [*named, *stages_named(view, changes)]
    passed = days.passed(found)
    kinds: Sequence[Kind] = (
        (shifts_of(found.rows), partial(have_changed, at_risk=_newly_at_risk(found))),
        (of_exceeded(view, [*latest(view, late), *counts]), news_of),
        ([one for one in changes if one.outcome is Outcome.MISSED], _first(_is_missed)),
        (moved, days.are_moved),
        ([own for own in named if own[0].concession is None], _first(is_said)),
        (_unsettled(view, passed, counts), _first(days.is_passed)),
        (counts, news_of),
        (said, _first(is_said)),
        (passed, _first(days.is_passed)),
        (found.reworded, are_reworded),
        (corrections.read if late or not changes else [], _are_corrected),
        (late, _are_late),
        (changes, _are_recorded),
        (days.soon(found), days.is_soon),
        ([None], _is_nothing),
    )
    return sentence(next(words(view, own) for own, words in kinds if own))


def _newly_at_risk(found: WeekDocument) -> int:
    """Return how many unchanged concessions have a counterpart that failed in this week."""
    changed = found.changed
    before = {row.status_.concession: row.previous_stage for row in found.rows}
    failed = {slug for slug in changed if not ((was := before[slug]) and SCALE[was].fails)}
    slugs = {one.concession for one in found.at_risk if one.counterpart in failed}
    return len(slugs - changed)


def _unsettled(
    view: View, passed: Sequence[DeadlineRow], counts: Sequence[Entry]
) -> Sequence[DeadlineRow]:
    """Return what has passed, unless it is an event or a count has reached its target."""
    if not passed or passed[0].kind in EVENTS:
        return []
    read = [one for one in counts if one.deadline == passed[0].deadline]
    return [] if reaching(view, read) else passed


def _first(words: Callable[[View, Any], str]) -> Callable[[View, Sequence[Any]], str]:
    """Return the words of the first of several things."""
    return lambda view, own: words(view, own[0])


def _is_missed(view: View, entry: Entry) -> str:
    return f"{days.named(view, view.deadlines[str(entry.deadline)])} was closed as missed"


def _are_corrected(_: View, own: Sequence[Entry]) -> str:
    return f"{number(len(own))} {plural(len(own), 'correction was', 'corrections were')} made"


def _are_late(view: View, own: Sequence[Entry]) -> str:
    """Return the most important of what was recorded late, and how many others were."""
    first, *others = sorted(own, key=rank)
    is_note = first.kind is EntryKind.NOTE
    what = opening(str(first.note)) if is_note else in_short(view, first)
    said = f"recorded late: “{title_of(view, first)}”: {what}, {view.in_prose(first.effective_on)}"
    many = len(others)
    return f"{said}, and {number(many)} {plural(many, 'other', 'others')}" if others else said


def _are_recorded(_: View, changes: Sequence[Entry]) -> str:
    updates = plural(len(changes), "one update was", f"{number(len(changes))} updates were")
    return f"no concession changed; {updates} recorded"


def _is_nothing(view: View, _: object) -> str:
    return "nothing changed" if view.state.head else "nothing had been recorded yet"
