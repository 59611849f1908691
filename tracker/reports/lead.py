"""The news of a week: a headline and a lead, computed from the week's data."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from tracker.dates import exactly, shifted, week_of
from tracker.reports.ahead import reached
from tracker.reports.counts import furthest, of_exceeded, progress, subject_of
from tracker.reports.deadlines import DeadlineRow
from tracker.reports.frame import days_in_words, plural
from tracker.reports.moves import named
from tracker.reports.prose import NAMED, concessions, joined, number, quoted, sentence, titles
from tracker.reports.shifts import Shift, in_numbers, in_words, shifts_of, verb
from tracker.reports.updates import (
    SOON,
    ending_with,
    headlined,
    in_headline,
    is_passed,
    missed,
    moved_or_cancelled,
    passed,
    readings,
    statements,
    without_changes,
)
from tracker.reports.view import View
from tracker.reports.week import WeekDocument
from tracker.rules.risk import ENDS
from tracker.vocabulary import DeadlineKind

LONGEST = 110
"""The greatest length of a headline that names groups of changes."""
GROUPS = 2
"""The most groups of changes that a headline names."""
NAMED_GROUPS = 4
"""The most groups of changes of which a lead gives titles."""


def headline(view: View, found: WeekDocument, earlier: Sequence[str] = ()) -> str:
    """Return the news of a week in one line: its changes, other updates, or that there are none.

    `earlier` is what the pages of earlier weeks had wrong or lacked, in words.
    """
    shifts = shifts_of(found.rows)
    if not shifts:
        is_told = earlier and _is_quiet(found)
        return sentence(earlier[0] if is_told else without_changes(view, found))
    if with_titles := _with_titles(view, shifts):
        counted = concessions if all(len(one.rows) == 1 for one in shifts) else number
        return sentence("; ".join([with_titles, *_at_risk_in_number(found, counted)]))
    return sentence("; ".join([in_numbers(found.rows), *_at_risk_in_number(found, number)]))


def lead(view: View, found: WeekDocument, earlier: Sequence[str] = ()) -> list[str]:
    """Return the details: names, figures, what is at risk and due, and the term."""
    told = "" if found.changed else without_changes(view, found)
    sentences = (
        *_names(view, found),
        *(one for one in missed(view, found) if one != told),
        *statements(view, found),
        *_figures(view, found, earlier),
        *moved_or_cancelled(view, found),
        *_risks(view, found),
        *_passed(view, found, earlier),
        *(earlier[1:] if _is_quiet(found) else earlier),
        *_silence(view, found),
        *_next_due(view, found, earlier),
        *_terms(view, found, earlier),
    )
    return [f"{sentence(one)}." for one in sentences]


def _with_titles(view: View, shifts: Sequence[Shift]) -> str | None:
    """Return what each group did, if that fits a headline; a single change always does."""
    words = "; ".join(_each_in_words(view, shifts))
    alone = len(shifts) == 1 and len(shifts[0].rows) == 1
    return words if alone or (len(shifts) <= GROUPS and len(words) <= LONGEST) else None


def _each_in_words(view: View, shifts: Sequence[Shift]) -> Iterator[str]:
    """Yield what each group did; who promised is said once of several by the same givers."""
    for at, shift in enumerate(shifts):
        before = shifts[at - 1] if at else None
        is_alike = before and before.givers == shift.givers and len(before.rows) > 1
        if is_alike and len(shift.rows) > 1:
            yield f"{number(len(shift.rows))} {verb(shift)}"
        else:
            yield in_words(view, shift)


def _names(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield what changed, by title, unless the headline has it."""
    shifts = shifts_of(found.rows)
    if len(shifts) == 1 and len(own := shifts[0].rows) > 1:
        named = [quoted(view, row.status_.concession) for row in own]
        all_of_them = f"the {number(len(own))} are {joined(named)}"
        some = f"among them are {joined(named[:NAMED])}"
        yield all_of_them if len(own) <= NAMED + 1 else some
        return
    has_titles = _with_titles(view, shifts) is not None
    for shift in shifts[:NAMED_GROUPS]:
        if not (has_titles and len(shift.rows) == 1):
            named = [quoted(view, row.status_.concession) for row in shift.rows]
            yield f"{titles(named)} {verb(shift)}"


def _newly_at_risk(found: WeekDocument) -> list[str]:
    """Return the unchanged concessions whose counterpart failed in this week."""
    start, changed = found.period.start, found.changed
    slugs = [one.concession for one in found.at_risk if one.because != ENDS and one.on >= start]
    return [slug for slug in dict.fromkeys(slugs) if slug not in changed]


def _at_risk_in_number(found: WeekDocument, counted: Callable[[int], str]) -> Iterator[str]:
    if count := len(_newly_at_risk(found)):
        yield f"{counted(count)} given in return {plural(count, 'is', 'are')} now at risk"


def _risks(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield the titles of what the headline counts as newly at risk, if there are few."""
    if 0 < len(slugs := _newly_at_risk(found)) <= NAMED:
        named = titles([quoted(view, slug) for slug in slugs])
        yield f"{named} {plural(len(slugs), 'was', 'were')} given in return"


def _passed(view: View, found: WeekDocument, earlier: Sequence[str]) -> Iterator[str]:
    """Yield what was due in this week and has no outcome, unless the headline has it."""
    told = in_headline(view, found, earlier)
    for row in passed(found):
        if row.kind is not DeadlineKind.EXPIRY and row.deadline not in told:
            yield is_passed(view, row)


def _next(found: WeekDocument) -> DeadlineRow | None:
    """Return the next deadline; deliveries and meetings come before ends of terms."""
    near = [one for one in found.due if one.kind is not DeadlineKind.EXPIRY] or found.due
    return near[0] if near else None


def _next_due(view: View, found: WeekDocument, earlier: Sequence[str]) -> Iterator[str]:
    """Yield what is due next, unless the headline has it."""
    row = _next(found)
    if row and row.kind is DeadlineKind.EXPIRY and not row.concession and len(view.agreements) == 1:
        return  # the lead ends with it
    if row and row.due_on and row.deadline not in in_headline(view, found, earlier):
        when = view.in_prose(row.due_on)
        if (count := ending_with(found, row)) > 1:
            yield f"{number(count)} terms end next, {when}"
            return
        what = "Next term to end" if row.kind is DeadlineKind.EXPIRY else "Next due"
        ends = found.due[: found.due.index(row)]
        before = f"{number(len(ends))} {plural(len(ends), 'term ends', 'terms end')} before that"
        first = f"{named(view, view.deadlines[row.deadline])}, {when}"
        due = [first, reached(view, row), before if ends else ""]
        yield f"{what}: {'; '.join(part for part in due if part)}"


def _terms(view: View, found: WeekDocument, earlier: Sequence[str]) -> Iterator[str]:
    """Yield when the only agreement in view ends or ended, or that it is still to come.

    Of several agreements, those that end soon are named.
    """
    ahead = [one.agreed_on.first > view.clocks.as_of for one in view.agreements.values()]
    if ahead and all(ahead):
        what = plural(len(ahead), "the agreement has not", "none of the agreements has")
        yield f"{what} been reached yet"
        return
    if len(ahead) != 1:
        yield from _ends_soon(view, found)
        return
    (slug,) = view.agreements
    own = [one for one in view.owned.get(slug, ()) if one.deadline.kind is DeadlineKind.EXPIRY]
    for position in own:
        if position.closed or position.due_on is None or position.days_left is None:
            continue
        is_said = position.deadline.slug in in_headline(view, found, earlier)
        when = "" if is_said else f", {view.in_prose(position.due_on)}"
        if position.days_left >= 0:
            yield f"the agreement ends in {days_in_words(position.days_left)}{when}"
        elif not is_said:
            yield f"the agreement ended {days_in_words(-position.days_left)} ago{when}"


def _ends_soon(view: View, found: WeekDocument) -> Iterator[str]:
    for row in found.due:
        left = row.days_left
        is_end = row.kind is DeadlineKind.EXPIRY and row.concession is None and row != _next(found)
        if is_end and row.due_on and left is not None and left <= SOON:
            title = view.agreements[row.agreement].title
            yield f"“{title}” ends in {days_in_words(left)}, {view.in_prose(row.due_on)}"


def _figures(view: View, found: WeekDocument, earlier: Sequence[str]) -> Iterator[str]:
    """Yield the week's latest count, unless the headline or what is due next has it.

    One for an exceeded limit comes first, then one for the deadline in the headline.
    """
    subject, row = subject_of(headlined(view, found)), _next(found)
    read = [one for one in readings(found) if one.concession not in (None, subject)]
    if not read:
        return
    told = in_headline(view, found, earlier)
    named = [one for one in read if one.deadline in told]
    of = (of_exceeded(view, read) or named or read)[-1].concession
    if not (row and of == row.concession):
        last = furthest(view, [one for one in read if one.concession == of])
        is_named = named or found.changed == {of}
        yield progress(view, last, None if is_named else quoted(view, str(of)))


def _is_quiet(found: WeekDocument) -> bool:
    return not (found.changes or found.changed)


def _silence(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield when something last happened, if nothing did in the week."""
    if not _is_quiet(found) or found.corrections:
        return
    if days := [*_days_with_news(view)]:
        last = week_of(max(days))
        began = view.in_prose(exactly(last.start))
        yield f"the last week with news began {began} ({last})"


def _days_with_news(view: View) -> Iterator[date]:
    """Yield the days of updates, of promises, and after terms that ended without a word."""
    yield from (on for slug in view.listed_positions if (on := view.last_words[slug].word_on))
    if not view.choice.narrows:
        yield from (on for slug in view.agreements if (on := view.agreement_words[slug]))
    for slug, position in view.listed_positions.items():
        if (promised_on := view.promised_on(view.concessions[slug]).first) <= view.clocks.as_of:
            yield promised_on
        if position.is_unknown and position.term.ends_on:
            yield shifted(position.term.ends_on.last, 1)
