"""What the counts of a week say about progress, in sentences."""

from collections.abc import Sequence

from tracker.facts import Entry
from tracker.reports.delivered import along, basis_in_words, in_brief, towards
from tracker.reports.frame import amount, late_in_words
from tracker.reports.history import in_short
from tracker.reports.moves import named
from tracker.reports.prose import LONGEST, NAMED, number, the_first, titles
from tracker.reports.remarks import is_above, is_outside, measured, so_far
from tracker.reports.view import View
from tracker.rules.pace import is_beyond
from tracker.vocabulary import Basis


def news_of(view: View, read: Sequence[Entry]) -> str:
    """Return one counter's figure, several counters' figures for one concession, or a count."""
    of = {_subject(one): named(view, view.deadlines[str(one.deadline)]) for one in read}
    if len(of) > 1 and of_exceeded(view, read):
        return f"counts are above the limits of {titles([*of.values()])}"
    if len(of) > 1:
        what = "concessions" if all(one.concession for one in read) else "targets"
        return _new_figures([*of.values()], what)
    told = furthest(view, read)
    title = of[_subject(told)]
    if len({one.counted_by for one in read}) == 1 and (counted := _count(view, told)):
        return f"{title}: {counted}"
    return progress(view, told, title)


def _new_figures(named: Sequence[str], what: str) -> str:
    """Return what has new figures: two by title or, if that is too long for a headline, fewer."""
    some = (the_first(named, most) for most in range(NAMED, 0, -1))
    words = (f"there are new figures for {one}" for one in (*some, f"{number(len(named))} {what}"))
    return next(one for one in words if len(one) <= LONGEST)


def subject_of(read: Sequence[Entry]) -> str | None:
    """Return what all readings are about, if it is one thing: a concession, or a deadline."""
    of = {_subject(one) for one in read}
    return of.pop() if len(of) == 1 else None


def _subject(read: Entry) -> str:
    return str(read.concession or read.deadline)


def of_exceeded(view: View, read: Sequence[Entry]) -> list[Entry]:
    """Return the readings for limits that some count exceeds."""
    found = view.progress
    return [one for one in read if one.deadline in found and found[one.deadline].over_by]


def reaching(view: View, read: Sequence[Entry]) -> list[Entry]:
    """Return the readings of counts that have reached their targets."""
    found = [(one, measured(view, one)) for one in read]
    return [one for one, of in found if of and is_beyond(of[0], of[1].latest)]


def furthest(view: View, read: Sequence[Entry]) -> Entry:
    """Return the reading of the official count that is furthest along; of one count, the last.

    One that is above a limit comes first.
    """

    def key(one: Entry) -> tuple[object, ...]:
        found = measured(view, one)
        return (is_above(*found), *along(view, found[0], found[1].latest)) if found else ()

    return sorted(read, key=key)[-1]


def progress(view: View, read: Entry, subject: str | None) -> str:
    """Return a concession's progress or, after its day and without a target, this figure."""
    counted = _count(view, read)
    position = view.deadline_positions[str(read.deadline)]
    whole = None if is_outside(view, read) else towards(view, position)
    if whole and read.concession and not (counted and position.past):
        return f"{subject or 'so far'}: {in_brief(view, whole, named=True)}"
    said = counted or in_short(view, read)
    return f"{subject}: {said}" if subject else said


def _count(view: View, read: Entry) -> str | None:
    """Return what one counter has counted, and how late it reached the target."""
    found = so_far(view, read, exact=False)
    if found is None and is_outside(view, read) and read.value is not None:
        value = f"{amount(read.value, read.unit)}{basis_in_words(read.basis or Basis.OTHER)}"
        return f"{read.counted_by} counts {value}, on a day on which the limit does not bind"
    if found is None:
        return None
    whole = view.progress[str(read.deadline)]
    late = ""
    if whole.late_days and whole.reached_on == read.effective_on.last:
        late = f"; the target was reached {late_in_words(whole.late_days)}"
    return f"{read.counted_by} counts {found}{late}"
