"""The weekly page as a value, its JSON document, and which change leads it."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import IntEnum
from functools import partial
from itertools import chain
from typing import NamedTuple

from tracker.compare import Difference, Kind, What
from tracker.dates import Week, days_of, exactly, period_in_prose, shifted, week_of
from tracker.errors import WrongUsage
from tracker.mappings import by_key
from tracker.reports.changes import CHANGE, ChangeRow
from tracker.reports.deadlines import DEADLINE_ROW, DeadlineRow, deadline_row
from tracker.reports.deadlines import in_order as by_day
from tracker.reports.frame import (
    Contract,
    how_far,
    listing,
    number,
    opening,
    report,
    sentence,
    the,
)
from tracker.reports.gains import GAINS_ROW, GainsRow, gained, gains_rows
from tracker.reports.sources import NUMBERED, SourceRow
from tracker.reports.status import STATUS_ROW, StatusRow, status_rows
from tracker.reports.view import Risk, View
from tracker.reports.weekly.news import Due, Learnt, news_of
from tracker.reports.weekly.parts import LOOKED_AT_DAYS, Coverage, Height, Parts
from tracker.rules.stages import OVER
from tracker.tables import Report
from tracker.vocabulary import EVENTS, ConcessionState, DeadlineKind

LONGEST = 75
"""The most characters of the sentence under a headline."""


Rank = IntEnum(
    "Rank",
    "END FAILED EVENT SECURED NEW DOUBT PROGRESS MOVED CLAIM NOTE PASSED FIGURE TEXT",
)
"""How much a change matters: the lowest leads the week.

The end of an agreement moved, or a party named another day for it; an event of an agreement was
held, or called off; the day or the target of a promise moved.
"""

RANKS: Mapping[ConcessionState, Rank] = {
    **dict.fromkeys(OVER, Rank.FAILED),
    ConcessionState.KEPT: Rank.SECURED,
    ConcessionState.IN_FORCE: Rank.SECURED,
    ConcessionState.IN_DOUBT: Rank.DOUBT,
}
"""The rank of a change to a state; a change to another state is progress."""


class WeekSpan(NamedTuple):
    """The week of the report, both days inclusive."""

    week: str
    """The week: `2026-W02`."""
    start: date
    """Its Monday."""
    end: date
    """Its Sunday."""


class Headline(NamedTuple):
    """The news of a week in one line, and a sentence about it from the book."""

    text: str
    entry: int | None
    """The entry that made the news."""
    beneath: str = ""
    """The first sentence of that entry's note, if it is short; or how old the evidence is."""


class WeekDocument(NamedTuple):
    """The document of `week`."""

    rows: list[StatusRow]
    period: WeekSpan
    """The week, from Monday to Sunday."""
    headline: Headline
    """The news of the week in one line."""
    changes: list[ChangeRow]
    """What differs from what was known before the week."""
    new_at_risk: list[Risk]
    """What is at risk since this week, as what it was given for failed."""
    due: list[DeadlineRow]
    """What is due in the next 30 days."""
    overdue: list[DeadlineRow]
    """What has passed without an outcome."""
    promised: list[GainsRow]
    """The rows of `gains`."""
    corrected: list[int]
    """The entries that corrected the book in the week."""
    coverage: Coverage
    """How much of the book the news rests on."""
    sources: list[SourceRow]
    """The sources of the week, numbered as they are cited."""


WEEK = Contract(
    "week",
    "What was learnt in a week, and where things stand at its end.",
    {
        "rows": STATUS_ROW,
        "changes": CHANGE,
        "due": DEADLINE_ROW,
        "overdue": DEADLINE_ROW,
        "promised": GAINS_ROW,
        "sources": NUMBERED,
    },
    WeekDocument,
)


def page(
    view: View,
    of: Week,
    *,
    brief: Height | None = None,
    everything: bool = False,
    in_full: bool = True,
) -> Report:
    """Report what was learnt in a week; the view is as of its end, or as of today if it runs.

    It is `brief`, and fits 24 lines, if given what measures that; `everything` also lists what was
    corrected or recorded late. The data is about concessions and deadlines only if `in_full`.
    """
    as_of = view.clocks.as_of
    if as_of < of.start:
        raise WrongUsage(
            "outside week", week=str(of), start=str(of.start), as_of=str(as_of)
        )
    learnt = Learnt(view, of)
    groups = in_order(learnt, news_of(learnt))
    promised = gains_rows(view, gained(view), learnt.states_before)
    lead = headline(learnt, groups)
    news = [*chain.from_iterable(groups)]
    parts = Parts(
        learnt, news, lead.beneath, promised, _coverage(learnt), everything=everything
    )
    sections = parts.brief(brief) if brief else parts.whole()
    document = WeekDocument(
        rows=status_rows(view) if in_full else [],
        period=WeekSpan(str(of), of.start, of.end),
        headline=lead,
        changes=learnt.rows,
        new_at_risk=learnt.new_risks,
        due=_by_day(view, learnt.near) if in_full else [],
        overdue=_by_day(view, learnt.passed) if in_full else [],
        promised=promised,
        corrected=[entry.entry for entry in learnt.corrected],
        coverage=parts.coverage,
        sources=[] if brief else parts.citations.rows,
    )
    shown = [section for section in sections if not section.is_empty]
    made = report(
        view, WEEK, document._asdict(), shown, title=f"week {of}, {days_of(of)}"
    )
    return made._replace(headline=lead.text)


def _by_day(view: View, due: Sequence[Due]) -> list[DeadlineRow]:
    positions = {position.deadline.slug: position for position, _ in due}
    return by_day(deadline_row(view, position) for position in positions.values())


def _coverage(learnt: Learnt) -> Coverage:
    view = learnt.view
    listed = learnt.view.listed_positions
    updated = {
        learnt.place(difference.subject).concession for difference in learnt.differences
    }
    told = {
        learnt.about(step) for step in learnt.differences if step.kind is not Kind.PASSED
    }
    since = shifted(view.clocks.as_of, -LOOKED_AT_DAYS)
    looked_at_on = view.state.looked_at_on
    looked_at = [slug for slug in listed if slug in told or looked_at_on(slug) > since]
    evidence_on = view.state.book.evidence_on
    return Coverage(len(listed), len(updated & {*listed}), len(looked_at), evidence_on)


def last_with_news(view: View) -> Week | None:
    """Return the week in which the latest update became public; None if there is no update."""
    owners = (*view.state.concessions, *view.state.agreements)
    words = [word for word in map(view.state.last_word, owners) if word]
    days = map(view.state.record.made_public, words)
    return week_of(max(days)) if words else None


# --- the news that leads -------------------------------------------------------------------------


def rank_of(learnt: Learnt, change: Difference) -> Rank:
    """Return how much a change matters."""
    if change.what is What.STATE:
        if change.before is None:
            return Rank.NEW
        return RANKS.get(change.after[1], Rank.PROGRESS) if change.after else Rank.TEXT
    if change.what in (What.CLAIM, What.NOTE, What.FIGURE, What.TEXT):
        return Rank[change.what.name]
    deadline = learnt.state_with(change.subject).deadlines[change.subject]
    is_own = deadline.concession is None
    if change.what is What.OUTCOME:
        is_event = is_own and deadline.kind in EVENTS and change.kind is not Kind.PASSED
        return Rank.EVENT if is_event else Rank.PASSED
    if is_own and deadline.kind is DeadlineKind.EXPIRY:
        return Rank.END
    return Rank.CLAIM if change.part else Rank.MOVED


def in_order(learnt: Learnt, news: Sequence[Difference]) -> list[list[Difference]]:
    """Return news in the groups that one line can tell together, the one that leads first.

    The highest rank leads; of equal rank the largest group, then what most was given in return
    for, then the earliest. What did not happen in the week comes last. Equal notes of a day are
    adjacent, and what a party says follows what holds.
    """

    def key(change: Difference) -> tuple[object, ...]:
        note = change.entries[-1].note if change.entries else None
        return bool(change.part), change.on.last, note or "", change.subject

    groups = by_key((_group(learnt, change), change) for change in sorted(news, key=key))
    return sorted(groups.values(), key=partial(_order, learnt))


def headline(learnt: Learnt, groups: Sequence[Sequence[Difference]]) -> Headline:
    """Return the news of a week in one line: a note that is marked so, else the leading group."""
    if learnt.headline:
        text = learnt.quoted(learnt.headline, str(learnt.headline.note))
        return Headline(text, learnt.headline.entry)
    if not groups:
        return Headline(nothing_new(learnt), None)
    leading = groups[0]
    first = groups[0][0]
    is_several = len(leading) > 1 and first.what is What.STATE and first.after
    text = (_of_several if is_several else _of_one)(learnt, leading)
    only_passed = all(change.kind is Kind.PASSED for group in groups for change in group)
    beneath = nothing_new(learnt) if only_passed else _beneath(leading)
    return Headline(
        sentence(text), first.entries[-1].entry if first.entries else None, beneath
    )


def nothing_new(learnt: Learnt) -> str:
    """Return that nothing was recorded, and how old the latest evidence is."""
    as_of = learnt.view.clocks.as_of
    evidence_on = learnt.view.state.book.evidence_on
    if evidence_on is None:
        return "No update recorded."
    ago = how_far((evidence_on - as_of).days)
    day = period_in_prose(exactly(evidence_on), as_of).removeprefix("on ")
    noun = "update" if evidence_on < learnt.of.start and not learnt.added else "change"
    return f"No {noun} recorded. Latest evidence: {day}, {ago}."


def _group(learnt: Learnt, change: Difference) -> tuple[object, ...]:
    """Return what changes have in common that one line can tell together."""
    if change.what is What.STATE and change.after:
        givers = (
            () if change.kind is Kind.PASSED else learnt.place(change.subject).givers
        )
        return change.kind, change.before is None, givers, change.after[1]
    return _happened(change), change.subject, change.what


def _order(learnt: Learnt, group: Sequence[Difference]) -> tuple[int, ...]:
    """Return the order of a group among others: by rank, size, what was given for it, and day."""
    first = group[0]
    size = len(group) if group[0].what is What.STATE else 1
    given = max(len(learnt.view.given_for.get(change.subject, ())) for change in group)
    return (
        not _happened(first),
        rank_of(learnt, first),
        -size,
        -given,
        first.on.last.toordinal(),
    )


def _happened(change: Difference) -> bool:
    """Return whether a change happened in the week; another one leads only without such changes.

    A new promise did, but not what somebody declared differently.
    """
    match change.kind:
        case Kind.HAPPENED | Kind.RESTATED | Kind.PASSED:
            return True
        case Kind.DECLARED:
            return change.before is None
        case Kind.LATE | Kind.CORRECTED:
            return False


def _of_several(learnt: Learnt, group: Sequence[Difference]) -> str:
    """Return the states of a group in one line: `Seven promises by China now in force`."""
    first = group[0]
    places = [learnt.place(change.subject) for change in group]
    givers = dict.fromkeys(party for place in places for party in place.givers)
    by = listing([the(learnt.view, giver) for giver in givers])
    state = first.after[1]
    many = number(len(group)).capitalize()
    new = "new " if first.before is None else ""
    now = "" if new and state is ConcessionState.PROMISED else f" now {state}"
    return f"{many} {new}promises by {by}{now}"


def _of_one(learnt: Learnt, group: Sequence[Difference]) -> str:
    """Return what changed of one thing in one line."""
    first = group[0]
    if first.what is What.NOTE and first.after:
        return learnt.quoted(first.entries[-1], opening(str(first.after)))
    if first.what is What.STATE and first.before is None and first.after:
        return f"New: {learnt.title(first.subject)}"
    return f"{learnt.title(first.subject)}: {learnt.in_words(first, brief=True)}"


def _beneath(leading: Sequence[Difference]) -> str:
    """Return the first sentence of the note of the entry that made the news, of all of it.

    It is empty if that is long, or is the headline itself.
    """
    notes = {change.entries[-1].note if change.entries else None for change in leading}
    note = notes.pop() if len(notes) == 1 and leading[0].what is not What.NOTE else None
    words = f"{opening(note)}." if note else ""
    return words if len(words) <= LONGEST else ""
