"""The part of a week's page on changes: each concession with its entries, and other news."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from tracker.facts import Entry
from tracker.groups import by_key
from tracker.reports.claims import both_sides
from tracker.reports.counts import furthest, share_so_far
from tracker.reports.frame import MARKS, plural, says
from tracker.reports.history import confirms, effect, in_short
from tracker.reports.prose import opening, stopped, title_of_several
from tracker.reports.shifts import ORDER, direction, in_prose, step
from tracker.reports.sources import Citations, source_column
from tracker.reports.status import tone
from tracker.reports.view import View
from tracker.reports.week import WeekDocument, WeekRow
from tracker.tables import Column, Section, table
from tracker.vocabulary import Change, ConcessionState, EntryKind, Outcome, Stage

LISTED = 4
"""How many entries on one concession a page lists, and a brief one of those recorded late."""


class Line(NamedTuple):
    """What a page says of one concession: its change or last update, and the rest of its news."""

    shown: str
    day: str
    note: str | None
    beginning: str | None = None
    """How its note begins, if that is what the line shows."""


def changed_section(
    view: View, found: WeekDocument, citations: Citations, *, brief: bool
) -> Section:
    """Return the concessions with changes or news, each with its entries.

    A brief one has no notes, except the beginning of one that is the only news.
    """
    own = by_key((one.concession, one) for one in found.changes if one.concession)
    rows = [row for row in found.rows if row.changed or row.status_.concession in own]
    lines = {slug: _line(view, row, own[slug]) for row in rows if (slug := row.status_.concession)}
    # By direction, then so that equal notes are adjacent.
    firsts = {one.note: place for place, one in reversed([*enumerate(lines.values())])}

    def line(row: WeekRow) -> Line:
        return lines[row.status_.concession]

    rows.sort(key=lambda row: (ORDER.index(direction(row)), firsts[line(row).note]))
    cited = dict[str, str]()
    for row in rows:
        slug = row.status_.concession
        new = [view.state.concessions[slug].source] if row.change is Change.NEW else []
        cited[slug] = citations.of(own[slug], *new).replace(" ", "")
    columns = [
        Column(
            "Concession",
            lambda row: MARKS[direction(row)] + row.status_.title,
            wraps=True,
            about=lambda row: row.status_.concession,
            below=lambda row: line(row).beginning if brief else line(row).note,
        ),
        Column("Gives → gets", lambda row: view.parties_line(row.status_.concession), wraps=True),
        Column(
            "Change", lambda row: line(row).shown, wraps=True, tone=lambda row: tone(row.status_)
        ),
        Column("Day", lambda row: line(row).day),
        source_column(lambda row: cited[row.status_.concession])._replace(wraps=True),
    ]
    made = table(columns, rows, f"What happened ({len(rows)})")
    return made._replace(bare=True, in_groups=True, directions=tuple(map(direction, rows)))


def _line(view: View, row: WeekRow, entries: Sequence[Entry]) -> Line:
    if row.changed:
        was, now = step(row)
        shown = f"{was} → {now}" if was else now
        shown += " (over)" if now is Stage.MOOT else ""
        return Line(shown, _changed_on(view, row, entries), _notes(view, row, entries, shown))
    told = _telling(view, entries)
    shown = update_in_words(view, told)
    note = _notes(view, row, entries, shown, told)
    beginning = stopped(opening(str(told.note))) if told.kind is EntryKind.NOTE else None
    return Line(shown, view.period(told.effective_on), note, beginning)


def update_in_words(view: View, entry: Entry) -> str:
    """Return a count's share of its target, or an update with what others say against it."""
    counted = share_so_far(view, entry)
    return counted or ", ".join([_in_words(view, entry), *_contrary(view, entry)])


def _contrary(view: View, told: Entry) -> list[str]:
    """Return what other givers and receivers last said, if that contradicts a party's claim.

    What was said on another day has that day.
    """
    if not (told.stage and told.says):
        return []
    said = both_sides(view, view.state.concessions[str(told.concession)])
    others = [one for one in said if one.says != told.says and one.stage is not told.stage]
    own = told.effective_on
    days = [
        f" on {view.period(one.effective_on)}" if one.effective_on != own else "" for one in others
    ]
    return [f"{_claimed(view, one)}{on}" for one, on in zip(others, days, strict=True)]


def _claimed(view: View, one: Entry) -> str:
    """Return a party's claim in words: `US says met`."""
    return f"{says(view, str(one.says))} {in_prose(str(one.stage))}"


def _telling(view: View, entries: Sequence[Entry]) -> Entry:
    """Return the entry to show of a concession that did not change.

    Moves, counts and claims come before notes and before verdicts and moves that change nothing,
    and later ones before earlier ones. Of counts, it is the official one that is furthest along;
    of days that parties name, one that moved a deadline.
    """
    changing = (one for one in entries if not (one.is_verdict or confirms(view, one)))
    said = [one for one in changing if one.kind is not EntryKind.NOTE]
    last = (said or entries)[-1]
    if last.kind is EntryKind.READING:
        return furthest(view, [one for one in said if one.kind is EntryKind.READING])
    if last.due_on is None:
        return last
    return next((one for one in reversed(said) if _moves(view, one)), last)


def _moves(view: View, entry: Entry) -> bool:
    found = view.heard.get(entry.entry)
    return found is not None and found.moves_it


def _changed_on(view: View, row: WeekRow, entries: Sequence[Entry]) -> str:
    """Return the day of a change of stage, or of what changed its state."""
    if row.previous_stage is row.status_.stage:
        term = view.judged.terms[row.status_.concession]
        if term.is_over(view.clocks.as_of):
            return view.period(term.ends_on)
        if entries:
            return view.period(entries[-1].effective_on)
    return view.stage_day(row.status_.concession)


def _notes(
    view: View, row: WeekRow, entries: Sequence[Entry], shown: str, told: Entry | None = None
) -> str | None:
    """Return what entries say beyond their line, which may show one of them, `told`."""
    said = [_verdicts(row, entries)]
    entries = _with_news(entries, told)
    listed = _listed(row, entries, told)
    for entry in listed:
        what = "" if entry is told else _said(view, row, entry, shown)
        first = entry.kind is not EntryKind.NOTE and not any(said)
        among_claims = any(one.says for one in entries if one is not entry)
        mark = "note" if entry.note and among_claims and not first else ""
        said.append(": ".join(part for part in (what or mark, entry.note) if part))
    if more := len(entries) - len(listed):
        said.append(f"and {more} earlier {plural(more, 'entry', 'entries')}")
    return " · ".join(one for one in said if one) or None


def _listed(row: WeekRow, entries: Sequence[Entry], told: Entry | None) -> list[Entry]:
    """Return what the row shows, unless that is a note, and then the last of the others."""
    verdicts = [one for one in entries if one.is_verdict and one.stage is row.status_.stage]
    shown = [told] if told else verdicts[-1:]
    first = [one for one in shown if one.kind is not EntryKind.NOTE]
    return [*first, *[one for one in entries if one not in first][len(first) - LISTED :]]


def _with_news(entries: Sequence[Entry], told: Entry | None) -> list[Entry]:
    """Return the entries that say more than their row and what came later.

    A verdict without a note does not, nor a total that a later one of its series follows.
    """

    def series(one: Entry) -> tuple[object, ...]:
        return one.deadline, one.counted_by, one.basis, one.unit, one.flow

    totals = {series(one): one for one in entries if one.kind is EntryKind.READING}

    def has_news(one: Entry) -> bool:
        is_last = one.flow or totals.get(series(one), one) is one
        return one is told or bool(one.note) or (is_last and not one.is_verdict)

    return [one for one in entries if has_news(one)]


def _verdicts(row: WeekRow, entries: Sequence[Entry]) -> str:
    """Return our verdicts in turn, if the row does not show one of them: `reversed, then met`."""
    given = [one.stage for one in entries if one.stage and one.is_verdict]
    if {*given} <= {row.previous_stage, row.status_.stage}:
        return ""
    return ", then ".join(in_prose(stage) for stage, _ in groupby(given))


def _said(view: View, row: WeekRow, entry: Entry, shown: str) -> str:
    """Return what an entry records, unless that is only its note or its row already says it."""
    plain = entry.kind is EntryKind.NOTE and entry.says is None
    follows = entry.outcome is Outcome.CANCELLED and row.status_.state is ConcessionState.OVER
    what = "" if entry.is_verdict or plain or follows else _in_words(view, entry)
    return what if entry.note or what not in shown else ""


def _in_words(view: View, entry: Entry) -> str:
    """Return what an entry records, with a claimed stage in the words of pages."""
    if entry.stage and entry.says:
        return _claimed(view, entry)
    return in_short(view, entry) + effect(view, entry)


def also_section(view: View, found: WeekDocument, citations: Citations, *, brief: bool) -> Section:
    """Return the news about agreements themselves; a brief section has no notes."""
    rows = [one for one in found.changes if not one.concession]
    if brief:
        rows = [one._replace(note=None) for one in rows if one.kind is not EntryKind.NOTE]
    cited = {row.entry: citations.of([row]).replace(" ", "") for row in rows}
    columns = [
        Column("Day", lambda row: view.period(row.effective_on), right=True),
        Column("What", lambda row: _in_full(view, row), wraps=True),
        source_column(lambda row: cited[row.entry]),
    ]
    return table(columns, rows, "Also this week")._replace(bare=True)


def _in_full(view: View, entry: Entry) -> str:
    """Return an entry on an agreement in words: what it is about, what it says, and its note."""
    of = title_of_several(view, entry.agreement)
    about = (
        f"“{view.state.deadlines[entry.deadline].label}”"
        if entry.deadline in view.state.deadlines
        else ""
    )
    what = "" if entry.kind is EntryKind.NOTE and not entry.says else _in_words(view, entry)
    head = ", ".join(part for part in (about, what) if part)
    return ": ".join(part for part in (f"“{of}”" if of else "", head, entry.note) if part)
