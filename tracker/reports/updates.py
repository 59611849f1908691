"""The news of a week besides changes of stage: counts, days, what parties say, in sentences."""

from collections.abc import Iterator, Sequence

from tracker.dates import shifted
from tracker.facts import Entry
from tracker.groups import by_key
from tracker.reports.ahead import HAPPENS
from tracker.reports.counts import news_of, of_exceeded, reaching
from tracker.reports.deadlines import DeadlineRow
from tracker.reports.frame import plural
from tracker.reports.moves import days_named, falls_due, is_moved, is_named, moved, named
from tracker.reports.prose import (
    NAMED,
    joined,
    labelled,
    number,
    of_several,
    opening,
    quoted,
    they_say,
)
from tracker.reports.shifts import is_claimed
from tracker.reports.view import View
from tracker.reports.week import WeekDocument
from tracker.vocabulary import DeadlineKind, EntryKind, Outcome

SOON = 14
"""A deadline within so many days is in the headline of a week without news."""


def without_changes(view: View, found: WeekDocument) -> str:
    """Return the news of a week in which no stage changed: the most important kind of update."""
    if view.state.head is None:
        return "nothing had been recorded yet"
    if read := headlined(view, found):
        return news_of(view, read)
    if closed := missed(view, found):
        return closed[0]
    if days := moved(view, found.changes):
        return _are_moved(days) if len(days) > 1 else is_moved(view, days[0])
    said, gone = _said(view, found), passed(found)
    if said and not _comes_first(view, found, gone):
        return said[0]
    if gone:
        return is_passed(view, gone[0])
    if noted := len(found.changes):
        updates = "one update was" if noted == 1 else f"{number(noted)} updates were"
        return f"no concession changed; {updates} recorded"
    if (soon := _soon(found)) and (due_on := soon[0].due_on):
        if (count := ending_with(found, soon[0])) > 1:
            return f"nothing changed; {number(count)} terms end {view.in_prose(due_on)}"
        return f"nothing changed; {falls_due(view, view.deadlines[soon[0].deadline], due_on)}"
    return "nothing changed"


def readings(found: WeekDocument) -> list[Entry]:
    """Return the counts of a week."""
    return [one for one in found.changes if one.kind is EntryKind.READING]


def headlined(view: View, found: WeekDocument) -> list[Entry]:
    """Return the readings that the headline has, if it has readings.

    Only those for exceeded limits come before what was missed, moved days, what parties say of the
    days of agreements, and deliveries and ends of agreements that have passed.
    """
    if found.changed:
        return []
    read = readings(found)
    if exceeded := of_exceeded(view, read):
        return exceeded
    days = moved(view, found.changes) or _of_agreements(view, found)
    first = _missed(found) or days or _comes_first(view, found, passed(found))
    return [] if first else read


def _comes_first(view: View, found: WeekDocument, gone: Sequence[DeadlineRow]) -> bool:
    """Return whether what has passed is greater news than counts and claims.

    An event is not, nor is a delivery of which a count of the week has reached the target.
    """
    if not gone or gone[0].kind in HAPPENS or _of_agreements(view, found):
        return False
    read = [one for one in readings(found) if one.deadline == gone[0].deadline]
    return not reaching(view, read)


def in_headline(view: View, found: WeekDocument, earlier: Sequence[str]) -> list[str]:
    """Return the deadline that is in the headline with its day or its outcome, if any."""
    if found.changed or headlined(view, found):
        return []
    if closed := _missed(found):
        return [str(closed[0].deadline)]
    if days := moved(view, found.changes):
        return [str(days[0].deadline)] if len(days) == 1 else []
    gone = passed(found)
    if not _comes_first(view, found, gone) and _said(view, found):
        return []
    if earlier and not found.changes:
        return []
    if gone:
        return [gone[0].deadline]
    return [] if found.changes else [one.deadline for one in _soon(found)[:1]]


def passed(found: WeekDocument) -> list[DeadlineRow]:
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
    return sorted(gone, key=lambda one: one.kind in HAPPENS)


def is_passed(view: View, row: DeadlineRow) -> str:
    """Return in a sentence that an agreement has ended, or that something was due."""
    when = view.in_prose(row.due_on) if row.due_on else ""
    if row.kind is not DeadlineKind.EXPIRY:
        what = named(view, view.deadlines[row.deadline])
        return f"{what} was due {when}, and is not yet settled"
    title = view.agreements[row.agreement].title
    return f"{'the agreement' if len(view.agreements) == 1 else f'“{title}”'} ended {when}"


def _soon(found: WeekDocument) -> list[DeadlineRow]:
    return [one for one in found.due if one.days_left is not None and one.days_left <= SOON]


def ending_with(found: WeekDocument, row: DeadlineRow) -> int:
    """Return how many terms end on the day of a deadline, if it is the end of one."""
    ends = [one for one in found.due if one.kind is DeadlineKind.EXPIRY]
    return [one.due_on for one in ends].count(row.due_on) if row in ends else 0


def _said(view: View, found: WeekDocument) -> list[str]:
    """Return the statements of parties, the most important first: days, then stages."""
    return [
        *(is_named(view, own) for own in days_named(view, found.changes)),
        *(is_claimed(view, own) for own in _claims(view, found)),
    ]


def _claims(view: View, found: WeekDocument) -> list[list[Entry]]:
    """Return what each party last said of each concession; what differs from its stage first."""
    claims = [one for one in found.changes if one.stage and one.says]
    stages = {slug: position.stage for slug, position in view.positions.items()}
    claims.sort(key=lambda one: stages.get(str(one.concession)) is one.stage)
    last = {(one.concession, one.says): one for one in claims}.values()
    return [*by_key((one.concession, one) for one in last).values()]


def _of_agreements(view: View, found: WeekDocument) -> list[str]:
    """Return the days that parties name for an agreement itself: its end, its meetings."""
    days = days_named(view, found.changes)
    return [is_named(view, own) for own in days if own[0].concession is None]


def _contradictions(view: View, found: WeekDocument) -> list[str]:
    """Return the claims of a week that contradict each other."""
    differing = (own for own in _claims(view, found) if len({one.stage for one in own}) > 1)
    return [is_claimed(view, own) for own in differing]


def statements(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield what parties say of an agreement's days, and where they contradict each other.

    What they say of other things follows only if nothing else is new.
    """
    alone = not (found.changed or headlined(view, found) or moved(view, found.changes))
    if alone and not readings(found):
        said = _said(view, found)
    else:
        said = [*_of_agreements(view, found), *_contradictions(view, found)]
    leads = alone and not (_missed(found) or _comes_first(view, found, passed(found)))
    yield from said[1 if leads else 0 :][:NAMED]
    rest = [one for one in found.changes if one.kind is EntryKind.NOTE or one.outcome]
    if alone and len(rest) == len(found.changes):
        firsts = by_key((one.concession or one.entry, one) for one in rest)
        yield from (
            _noted(view, one)
            for one, *_ in [*firsts.values()][:NAMED]
            if one.outcome not in (Outcome.CANCELLED, Outcome.MISSED)
        )


def missed(view: View, found: WeekDocument) -> list[str]:
    """Return what was closed as missed, unless a change of its concession is the news."""
    return [_noted(view, one) for one in _missed(found)][:NAMED]


def _missed(found: WeekDocument) -> list[Entry]:
    changed = found.changed
    closed = [one for one in found.changes if one.outcome is Outcome.MISSED]
    return [one for one in closed if one.concession not in changed]


def _noted(view: View, entry: Entry) -> str:
    """Return how a deadline was closed, or how a note on something begins."""
    if entry.outcome:
        return f"{named(view, view.deadlines[str(entry.deadline)])} was closed as {entry.outcome}"
    of = of_several(view, entry.agreement)
    about = [quoted(view, entry.concession)] if entry.concession else [of] if of else []
    says = [they_say(view, [entry.says])] if entry.says else []
    return ": ".join([*about, *says, opening(str(entry.note))])


def moved_or_cancelled(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield what was moved, unless the headline has it, and what was cancelled."""
    changed = found.changed
    told = changed or headlined(view, found) or _missed(found)
    days = moved(view, found.changes) if told else []
    if len(days) > NAMED:
        yield _are_moved(days)
    else:
        yield from (is_moved(view, one) for one in days)
    closed = [one for one in found.changes if one.outcome is Outcome.CANCELLED]
    gone = [view.deadlines[str(one.deadline)] for one in closed if one.concession not in changed]
    named = [labelled(view, one) for one in gone if one.kind is not DeadlineKind.EXPIRY]
    if 0 < len(named) <= NAMED:
        yield f"{joined(named)} {plural(len(named), 'was', 'were')} cancelled"
    elif named:
        yield f"{number(len(named))} deadlines were cancelled"


def _are_moved(days: Sequence[Entry]) -> str:
    return f"{number(len(days))} deadlines were moved"
