"""What a week's news is: a headline and a lead, made by rules from what the week holds."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from tracker.dates import period_in_prose, week_of
from tracker.facts import Entry
from tracker.reports.deadlines import DeadlineRow
from tracker.reports.delivered import briefly
from tracker.reports.frame import days_in_words, plural
from tracker.reports.prose import NAMED, concessions, joined, number, parties, sentence, titles
from tracker.reports.remarks import so_far
from tracker.reports.shifts import PROMISED, RAN_OUT, Shift, direction, shifts_of, went
from tracker.reports.view import View
from tracker.reports.week import WeekDocument, WeekRow
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.risk import ENDS
from tracker.vocabulary import Change, DeadlineKind, EntryKind

LONGEST = 110
"""How long a headline may be that tells two groups of changes apart."""
GROUPS = 2
"""How many groups of changes a headline or a lead tells apart."""
SOON = 14
"""Within how many days a deadline belongs to the headline of a week without news."""


def headline(view: View, found: WeekDocument) -> str:
    """Return the news of a week in one line: its changes, else what was said, or that none was."""
    shifts = shifts_of(found.rows)
    if not shifts:
        return sentence(_without_changes(view, found))
    words = "; ".join(_shift(view, one) for one in shifts[:GROUPS])
    if len(shifts) > GROUPS or len(words) > LONGEST:
        words = _in_numbers(found.rows)
    return sentence("; ".join([words, *_at_risk_in_number(found)]))


def lead(view: View, found: WeekDocument) -> list[str]:
    """Return what else there is to say: names, figures, what is at risk and due, the term."""
    sentences = (
        *_names(view, found),
        *_figures(view, found),
        *_risks(view, found),
        *_passed(view, found),
        *_corrected(found),
        *_silence(view, found),
        *_next_due(view, found),
        *_terms(view),
    )
    return [f"{sentence(one)}." for one in sentences]


# --- what changed -------------------------------------------------------------------------------


NEW = "new"


def _shift(view: View, shift: Shift) -> str:
    """Return one group: by its title if it is one concession, else by number and giver."""
    if len(shift.rows) == 1:
        return f"{_title(shift.rows[0])} {_verb(shift)}"
    by = f" by {parties(view, shift.givers)}" if shift.givers else ""
    return f"{concessions(len(shift.rows))}{by} {_verb(shift)}"


def _verb(shift: Shift) -> str:
    if shift.went != PROMISED:
        return shift.went
    return f"{plural(len(shift.rows), 'was', 'were')} promised"


def _in_numbers(rows: Sequence[WeekRow]) -> str:
    """Return how many concessions moved forward, fell back, or are new."""
    changed = [row for row in rows if row.changed]
    ran_out = [row for row in changed if went(row) == RAN_OUT]
    counts = Counter(direction(row) for row in changed if row not in ran_out)
    words = {Change.DOWN: "fell back", Change.UP: "moved forward", Change.NEW: NEW}
    told = [(len(ran_out), "ran out")] if ran_out else []
    told += [(counts[change], words[change]) for change in words if counts[change]]
    (first, what), *others = told
    within = len({row.status_.agreement for row in changed})
    where = f"in {number(within)} agreements, " if within > 1 else ""
    if what == NEW:
        return f"{where}{concessions(first)} {plural(first, 'was', 'were')} promised"
    return where + joined(
        [f"{concessions(first)} {what}", *(f"{number(n)} {did}" for n, did in others)]
    )


def _others(count: int, did: str) -> str:
    """Return what further concessions did: `two moved forward`, `one is new`."""
    return (
        f"{number(count)} {plural(count, 'is', 'are')} new"
        if did == NEW
        else f"{number(count)} {did}"
    )


def _names(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield what changed by title, unless the headline has said so."""
    shifts = shifts_of(found.rows)
    if len(shifts) == 1 and len(own := shifts[0].rows) > 1:
        named = titles([_title(row) for row in own])
        yield f"they are {named}" if len(own) <= NAMED + 1 else f"among them: {named}"
        return
    told = "; ".join(_shift(view, one) for one in shifts)
    has_titles = len(shifts) <= GROUPS and len(told) <= LONGEST
    for shift in shifts[:GROUPS]:
        if not (has_titles and len(shift.rows) == 1):
            yield f"{titles([_title(row) for row in shift.rows])} {_verb(shift)}"


# --- what is at risk, has passed or is due ------------------------------------------------------


def newly_at_risk(found: WeekDocument) -> list[str]:
    """Return the concessions whose counterpart failed in this week, and that did not change."""
    changed = {row.status_.concession for row in found.rows if row.changed}
    start = found.period.start
    slugs = [one.concession for one in found.at_risk if one.because != ENDS and one.on >= start]
    return [slug for slug in dict.fromkeys(slugs) if slug not in changed]


def _at_risk_in_number(found: WeekDocument) -> Iterator[str]:
    if count := len(newly_at_risk(found)):
        yield f"{number(count)} given in return {plural(count, 'is', 'are')} now at risk"


def _risks(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield what the headline counts as newly at risk, if these are few."""
    if 0 < len(slugs := newly_at_risk(found)) <= NAMED:
        named = titles([f"“{view.concessions[slug].title}”" for slug in slugs])
        yield f"{named} {plural(len(slugs), 'was', 'were')} given in return"


def _passed(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield what was due in this week and has no outcome; changes tell of terms that ended."""
    for row in found.overdue:
        due = row.due_on
        if due and due.last >= found.period.start and row.kind is not DeadlineKind.EXPIRY:
            when = period_in_prose(due, view.clocks.as_of)
            yield f"{_named(view, row)} was due {when}, and nothing says how it ended"


def _next_due(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield the deadline that comes next, deliveries and meetings before the ends of terms."""
    near = [one for one in found.due if one.kind is not DeadlineKind.EXPIRY] or found.due
    if near:
        row = near[0]
        what = "Next to end" if row.kind is DeadlineKind.EXPIRY else "Next due"
        yield f"{what}: {_named(view, row)}, {_due_in_prose(view, row)}{_reached(view, row)}"


def _due_in_prose(view: View, row: DeadlineRow) -> str:
    return period_in_prose(row.due_on, view.clocks.as_of) if row.due_on else f"when {row.awaits}"


def _reached(view: View, row: DeadlineRow) -> str:
    """Return in brackets how far the target of a deadline is."""
    if row.concession is None or row.target is None:
        return ""
    measured = view.measured_target(view.concessions[row.concession])
    if measured is None or measured.deadline.slug != row.deadline:
        return ""
    return f" ({briefly(view, row.concession)})"


def _terms(view: View) -> Iterator[str]:
    """Yield how long the only agreement in view has to run, or that its term is over."""
    if len(view.agreements) != 1:
        return
    (slug,) = view.agreements
    own = [one for one in view.owned.get(slug, ()) if one.deadline.kind is DeadlineKind.EXPIRY]
    for position in own:
        if position.closed or position.due_on is None or position.days_left is None:
            continue
        when = period_in_prose(position.due_on, view.clocks.as_of)
        if position.days_left >= 0:
            yield f"the term ends in {days_in_words(position.days_left)}, {when}"
        else:
            yield f"the term ended {days_in_words(-position.days_left)} ago, {when}"


# --- weeks without changes ----------------------------------------------------------------------


def _without_changes(view: View, found: WeekDocument) -> str:
    """Return the news of a week in which nothing changed its stage, the greatest first."""
    if moved := [one for one in found.changes if moves_its_deadline(view, one)]:
        return _one_or_many(
            moved,
            lambda one: _is_moved(view, view.deadline_positions[str(one.deadline)]),
            "{} deadlines were moved",
        )
    if read := [one for one in found.changes if one.kind is EntryKind.READING]:
        return _figures_in_headline(view, read)
    if claims := [one for one in found.changes if one.kind is EntryKind.STAGE and one.says]:
        return _one_or_many(
            claims,
            lambda one: f"{view.short(str(one.says))} says {one.stage}: {_title_of(view, one)}",
            "no concession changed; {} statements were recorded",
        )
    if noted := len(found.changes):
        updates = "one update was" if noted == 1 else f"{number(noted)} updates were"
        return f"no concession changed; {updates} recorded"
    near = [one for one in found.due if one.days_left is not None and one.days_left <= SOON]
    if near:
        return f"nothing changed; {_named(view, near[0])} is due {_due_in_prose(view, near[0])}"
    return "nothing changed"


def _figures_in_headline(view: View, read: Sequence[Entry]) -> str:
    """Return what was counted of one concession, or of how many there are new counts."""
    of = {one.concession for one in read}
    if len(of) > 1:
        return f"there are new figures for {number(len(of))} concessions"
    return _counted(view, read)


def _counted(view: View, read: Sequence[Entry]) -> str:
    """Return what one counter has counted of a concession by now, or the band of several."""
    last = [one for one in read if one.kind is EntryKind.READING][-1]
    own = [
        one for one in read if one.kind is EntryKind.READING and one.concession == last.concession
    ]
    found = so_far(view, last)
    if found and len({one.counted_by for one in own}) == 1:
        return f"{_title_of(view, last)}: {last.counted_by} counts {found}"
    return f"{_title_of(view, last)} is at {briefly(view, str(last.concession))}"


def _one_or_many(entries: Sequence[Entry], one: Callable[[Entry], str], many: str) -> str:
    return one(entries[0]) if len(entries) == 1 else many.format(number(len(entries)))


def _latest(entries: Iterable[Entry], kind: EntryKind) -> list[Entry]:
    """Return the last entry of a kind on each concession that has any."""
    own = (one for one in entries if one.kind is kind and one.concession)
    return [*{one.concession: one for one in own}.values()]


def moves_its_deadline(view: View, entry: Entry) -> bool:
    """Return whether an entry changed the day or the target of its deadline."""
    if entry.kind is not EntryKind.DEADLINE or not entry.due_on:
        return False
    position = view.deadline_positions.get(str(entry.deadline))
    heard = position.moves if position else ()
    return any(one.moves_it for one in heard if one.move.entry == entry.entry)


def _is_moved(view: View, position: DeadlinePosition) -> str:
    """Return to when a deadline was moved, by its concession's title or its own label."""
    due = period_in_prose(position.due_on, view.clocks.as_of) if position.due_on else ""
    _, _, when = due.partition(" ")
    slug = position.deadline.concession
    what = f"the deadline of “{view.concessions[slug].title}”" if slug else ""
    return f"{what or f'“{position.deadline.label}”'} was moved to {when}"


def _figures(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield the latest count of the week, unless the headline or what is due next has it."""
    read = _latest(found.changes, EntryKind.READING)
    in_headline = len(read) == 1 and not any(row.changed for row in found.rows)
    due = {row.concession for row in found.due}
    if read and not in_headline and read[-1].concession not in due:
        of = read[-1].concession
        yield _counted(view, [one for one in found.changes if one.concession == of])


def _corrected(found: WeekDocument) -> Iterator[str]:
    if count := len(found.corrections):
        yield f"{number(count)} {plural(count, 'correction was', 'corrections were')} made"


def _silence(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield when there last was news, if the week has none at all."""
    if found.changes or found.corrections or any(row.changed for row in found.rows):
        return
    words = [one.word_on for one in view.last_words.values() if one.word_on]
    words += [on for on in view.agreement_words.values() if on]
    if words:
        yield f"the last week with news is {week_of(max(words))}"


# --- words --------------------------------------------------------------------------------------


def _title(row: WeekRow) -> str:
    return f"“{row.status_.title}”"


def _title_of(view: View, entry: Entry) -> str:
    return f"“{view.concessions[str(entry.concession)].title}”"


def _named(view: View, row: DeadlineRow) -> str:
    """Return what a deadline is of: the title of its concession, or its own label."""
    return f"“{view.concessions[row.concession].title if row.concession else row.label}”"
