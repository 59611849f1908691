"""The news of a week: a headline and a lead, computed from the week's data."""

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.dates import exactly, shifted, week_of
from tracker.facts import Entry
from tracker.reports.ahead import reached
from tracker.reports.counts import furthest, news_of, of_exceeded, progress, subject_of
from tracker.reports.deadlines import DeadlineRow
from tracker.reports.frame import days_in_words, plural
from tracker.reports.moves import days_named, falls_due, is_moved, is_named, moved, named
from tracker.reports.prose import (
    NAMED,
    concessions,
    joined,
    number,
    opening,
    quoted,
    sentence,
    the,
    titles,
)
from tracker.reports.shifts import Shift, in_numbers, in_words, is_claimed, shifts_of, verb
from tracker.reports.view import View
from tracker.reports.week import WeekDocument
from tracker.rules.risk import ENDS
from tracker.vocabulary import DeadlineKind, EntryKind, Outcome

LONGEST = 110
"""The greatest length of a headline that names groups of changes."""
GROUPS = 2
"""The most groups of changes that a headline names."""
NAMED_GROUPS = 4
"""The most groups of changes of which a lead gives titles."""
SOON = 14
"""A deadline within so many days is in the headline of a week without news."""


def headline(view: View, found: WeekDocument, earlier: Sequence[str] = ()) -> str:
    """Return the news of a week in one line: its changes, other updates, or that there are none.

    `earlier` is what the pages of earlier weeks had wrong or lacked, in words.
    """
    shifts = shifts_of(found.rows)
    if not shifts:
        is_told = earlier and _is_quiet(found)
        return sentence(earlier[0] if is_told else _without_changes(view, found))
    words = _with_titles(view, shifts) or in_numbers(found.rows)
    return sentence("; ".join([words, *_at_risk_in_number(found)]))


def lead(view: View, found: WeekDocument, earlier: Sequence[str] = ()) -> list[str]:
    """Return the details: names, figures, what is at risk and due, and the term."""
    told = "" if found.changed else _without_changes(view, found)
    sentences = (
        *_names(view, found),
        *(one for one in _missed(view, found) if one != told),
        *_statements(view, found),
        *_figures(view, found),
        *_days(view, found),
        *_risks(view, found),
        *_passed(view, found),
        *(earlier[1:] if _is_quiet(found) else earlier),
        *_silence(view, found),
        *_next_due(view, found, earlier),
        *_terms(view, found, earlier),
    )
    return [f"{sentence(one)}." for one in sentences]


# --- what changed -------------------------------------------------------------------------------


def _with_titles(view: View, shifts: Sequence[Shift]) -> str | None:
    """Return what each group did, if that fits a headline; a single change always does."""
    words = "; ".join(in_words(view, one) for one in shifts)
    alone = len(shifts) == 1 and len(shifts[0].rows) == 1
    return words if alone or (len(shifts) <= GROUPS and len(words) <= LONGEST) else None


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


# --- what is at risk, has passed or is due ------------------------------------------------------


def newly_at_risk(found: WeekDocument) -> list[str]:
    """Return the unchanged concessions whose counterpart failed in this week."""
    start, changed = found.period.start, found.changed
    slugs = [one.concession for one in found.at_risk if one.because != ENDS and one.on >= start]
    return [slug for slug in dict.fromkeys(slugs) if slug not in changed]


def _at_risk_in_number(found: WeekDocument) -> Iterator[str]:
    if count := len(newly_at_risk(found)):
        yield f"{concessions(count)} given in return {plural(count, 'is', 'are')} now at risk"


def _risks(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield the titles of what the headline counts as newly at risk, if there are few."""
    if 0 < len(slugs := newly_at_risk(found)) <= NAMED:
        named = titles([quoted(view, slug) for slug in slugs])
        yield f"{named} {plural(len(slugs), 'was', 'were')} given in return"


def _passed(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield what was due in this week and has no outcome, except ends of terms."""
    for row in found.overdue:
        due = row.due_on
        if due and due.last >= found.period.start and row.kind is not DeadlineKind.EXPIRY:
            when = view.in_prose(due)
            what = named(view, view.deadlines[row.deadline])
            yield f"{what} was due {when}, and its outcome is not recorded"


def _next(found: WeekDocument) -> DeadlineRow | None:
    """Return the next deadline; deliveries and meetings come before ends of terms."""
    near = [one for one in found.due if one.kind is not DeadlineKind.EXPIRY] or found.due
    return near[0] if near else None


def _ending_with(found: WeekDocument, row: DeadlineRow) -> int:
    """Return how many terms end on the day of a deadline, if it is the end of one."""
    ends = [one for one in found.due if one.kind is DeadlineKind.EXPIRY]
    return [one.due_on for one in ends].count(row.due_on) if row in ends else 0


def _next_due(view: View, found: WeekDocument, earlier: Sequence[str]) -> Iterator[str]:
    """Yield what is due next, unless the headline has it."""
    row = _next(found)
    if row and row.deadline not in _in_headline(view, found, earlier):
        when = view.in_prose(row.due_on) if row.due_on else f"when {row.awaits}"
        if (count := _ending_with(found, row)) > 1:
            yield f"{number(count)} terms end next, {when}"
            return
        what = "Next term to end" if row.kind is DeadlineKind.EXPIRY else "Next due"
        ends = found.due[: found.due.index(row)]
        before = f"{number(len(ends))} {plural(len(ends), 'term ends', 'terms end')} before that"
        due = [
            f"{named(view, view.deadlines[row.deadline])}, {when}",
            reached(view, row),
            before if ends else "",
        ]
        yield f"{what}: {'; '.join(part for part in due if part)}"


def _terms(view: View, found: WeekDocument, earlier: Sequence[str]) -> Iterator[str]:
    """Yield when the only agreement in view ends or ended, or that it is still to come."""
    if len(view.agreements) != 1:
        return
    ((slug, agreement),) = view.agreements.items()
    if agreement.agreed_on.first > view.clocks.as_of:
        yield "the agreement has not been reached yet"
        return
    own = [one for one in view.owned.get(slug, ()) if one.deadline.kind is DeadlineKind.EXPIRY]
    for position in own:
        if position.closed or position.due_on is None or position.days_left is None:
            continue
        is_said = position.deadline.slug in _in_headline(view, found, earlier)
        when = "" if is_said else f", {view.in_prose(position.due_on)}"
        if position.days_left >= 0:
            yield f"the agreement ends in {days_in_words(position.days_left)}{when}"
        else:
            yield f"the agreement ended {days_in_words(-position.days_left)} ago{when}"


# --- weeks without changes ----------------------------------------------------------------------


def _without_changes(view: View, found: WeekDocument) -> str:
    """Return the news of a week in which no stage changed: the most important kind of update."""
    if view.state.head is None:
        return "nothing had been recorded yet"
    if read := _headlined(view, found):
        return news_of(view, read)
    if days := moved(view, found.changes):
        return _are_moved(days) if len(days) > 1 else is_moved(view, days[0])
    if said := _said(view, found):
        return said[0]
    if closed := _missed(view, found):
        return closed[0]
    if noted := len(found.changes):
        updates = "one update was" if noted == 1 else f"{number(noted)} updates were"
        return f"no concession changed; {updates} recorded"
    if (soon := _soon(found)) and (due_on := soon[0].due_on):
        if (count := _ending_with(found, soon[0])) > 1:
            return f"nothing changed; {number(count)} terms end {view.in_prose(due_on)}"
        return f"nothing changed; {falls_due(view, view.deadlines[soon[0].deadline], due_on)}"
    return "nothing changed"


def _read(found: WeekDocument) -> list[Entry]:
    return [one for one in found.changes if one.kind is EntryKind.READING]


def _headlined(view: View, found: WeekDocument) -> list[Entry]:
    """Return the readings that the headline has, if it has readings.

    Only those for exceeded limits come before moved days and what parties say of the days of
    agreements.
    """
    if found.changed:
        return []
    read, said = _read(found), _said(view, found)
    if exceeded := of_exceeded(view, read):
        return exceeded
    first = moved(view, found.changes) or (said and said[0] in _of_agreements(view, found))
    return [] if first else read


def _of_agreements(view: View, found: WeekDocument) -> list[str]:
    """Return the days that parties name for an agreement itself: its end, its meetings."""
    days = days_named(view, found.changes)
    return [is_named(view, own) for own in days if own[0].concession is None]


def _said(view: View, found: WeekDocument) -> list[str]:
    """Return the statements of parties, the most important first: days, then stages."""
    claims = [one for one in found.changes if one.stage and one.says]
    stages = view.stages
    claims.sort(key=lambda one: stages.get(str(one.concession)) is one.stage)
    return [
        *(is_named(view, own) for own in days_named(view, found.changes)),
        *(is_claimed(view, one) for one in claims),
    ]


def _statements(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield what parties say of an agreement's days; of other things, if nothing else is new."""
    alone = not (found.changed or _headlined(view, found) or moved(view, found.changes))
    said = _said(view, found) if alone and not _read(found) else _of_agreements(view, found)
    yield from said[1 if alone else 0 :][:NAMED]
    rest = [one for one in found.changes if one.kind is EntryKind.NOTE or one.outcome]
    if alone and len(rest) == len(found.changes):
        yield from (
            _noted(view, one)
            for one in rest[:NAMED]
            if one.outcome not in (Outcome.CANCELLED, Outcome.MISSED)
        )


def _missed(view: View, found: WeekDocument) -> list[str]:
    """Return what was closed as missed, unless a change of its concession is the news."""
    closed = [one for one in found.changes if one.outcome is Outcome.MISSED]
    changed = found.changed
    return [_noted(view, one) for one in closed if one.concession not in changed][:NAMED]


def _noted(view: View, entry: Entry) -> str:
    """Return how a deadline was closed, or how a note on something begins."""
    if entry.outcome:
        return f"{named(view, view.deadlines[str(entry.deadline)])} was closed as {entry.outcome}"
    about = [quoted(view, entry.concession)] if entry.concession else []
    says = [f"{the(view.short(entry.says))} says"] if entry.says else []
    return ": ".join([*about, *says, opening(str(entry.note))])


def _are_moved(days: Sequence[Entry]) -> str:
    return f"{number(len(days))} deadlines were moved"


def _days(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield what was moved, unless the headline has it, and what was cancelled."""
    changed = found.changed
    days = moved(view, found.changes) if changed or _headlined(view, found) else []
    if len(days) > NAMED:
        yield _are_moved(days)
    else:
        yield from (is_moved(view, one) for one in days)
    closed = [one for one in found.changes if one.outcome is Outcome.CANCELLED]
    gone = [view.deadlines[str(one.deadline)] for one in closed if one.concession not in changed]
    named = [f"“{one.label}”" for one in gone if one.kind is not DeadlineKind.EXPIRY]
    if 0 < len(named) <= NAMED:
        yield f"{joined(named)} {plural(len(named), 'was', 'were')} cancelled"
    elif named:
        yield f"{number(len(named))} deadlines were cancelled"


def _soon(found: WeekDocument) -> list[DeadlineRow]:
    return [one for one in found.due if one.days_left is not None and one.days_left <= SOON]


def _in_headline(view: View, found: WeekDocument, earlier: Sequence[str]) -> list[str]:
    """Return the deadline whose day is in the headline, if any."""
    if found.changed or _headlined(view, found):
        return []
    if days := moved(view, found.changes):
        return [str(days[0].deadline)] if len(days) == 1 else []
    return [] if found.changes or earlier else [one.deadline for one in _soon(found)[:1]]


def _figures(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield the week's latest count, unless the headline or what is due next has it.

    One for an exceeded limit comes first.
    """
    in_headline, row = subject_of(_headlined(view, found)), _next(found)
    read = [one for one in _read(found) if one.concession not in (None, in_headline)]
    if not read:
        return
    of = (of_exceeded(view, read) or read)[-1].concession
    if not (row and of == row.concession):
        told = furthest(view, [one for one in read if one.concession == of])
        yield progress(view, told, None if found.changed == {of} else quoted(view, str(of)))


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
    yield from (on for slug in view.concessions if (on := view.last_words[slug].word_on))
    yield from (on for slug in view.agreements if (on := view.agreement_words[slug]))
    for slug, position in view.positions.items():
        if (promised_on := view.promised_on(view.concessions[slug]).first) <= view.clocks.as_of:
            yield promised_on
        if position.is_unknown and position.term.ends_on:
            yield shifted(position.term.ends_on.last, 1)
