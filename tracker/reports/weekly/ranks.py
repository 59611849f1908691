"""Which change of a week leads it, and how it is put in one line."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from tracker.compare import Difference, Kind, What
from tracker.dates import exactly, period_in_prose
from tracker.declared import by_key
from tracker.reports.frame import how_far, number, opening, parties, sentence
from tracker.reports.weekly.lines import sources_of
from tracker.reports.weekly.then import Learnt
from tracker.rules.stages import OVER
from tracker.vocabulary import EVENTS, ConcessionState, DeadlineKind

LONGEST = 75
"""The most characters of the sentence under a headline."""


class Rank(IntEnum):
    """How much a change matters: the lowest leads the week."""

    END = 0
    """The end of an agreement moved, or a party named another day for it."""
    FAILED = 1
    EVENT = 2
    """A meeting or a review of an agreement was held, or called off."""
    SECURED = 3
    NEW = 4
    DOUBT = 5
    PROGRESS = 6
    MOVED = 7
    """The day or the target of a promise is another one."""
    CLAIM = 8
    NOTE = 9
    PASSED = 10
    FIGURE = 11
    TEXT = 12


RANKS: Mapping[What | ConcessionState, Rank] = {
    **dict.fromkeys(OVER, Rank.FAILED),
    ConcessionState.KEPT: Rank.SECURED,
    ConcessionState.IN_FORCE: Rank.SECURED,
    ConcessionState.IN_DOUBT: Rank.DOUBT,
    What.CLAIM: Rank.CLAIM,
    What.NOTE: Rank.NOTE,
    What.FIGURE: Rank.FIGURE,
    What.TEXT: Rank.TEXT,
}
"""The rank of a change to a state, and of other news; a change to another state is progress."""


class Headline(NamedTuple):
    """The news of a week in one line, and a sentence about it from the book."""

    text: str
    entry: int | None
    """The entry that made the news."""
    beneath: str = ""
    """The first sentence of that entry's note, if it is short; or how old the evidence is."""


def rank_of(learnt: Learnt, one: Difference) -> Rank:
    """Return how much a change matters."""
    if one.what is What.STATE:
        if one.before is None:
            return Rank.NEW
        return RANKS.get(one.after[1], Rank.PROGRESS) if one.after else Rank.TEXT
    if one.what in RANKS:
        return RANKS[one.what]
    deadline = learnt.judged(one.subject).state.deadlines[one.subject]
    is_own = deadline.concession is None
    if one.what is What.OUTCOME:
        is_event = is_own and deadline.kind in EVENTS and one.kind is not Kind.PASSED
        return Rank.EVENT if is_event else Rank.PASSED
    if is_own and deadline.kind is DeadlineKind.EXPIRY:
        return Rank.END
    return Rank.CLAIM if one.part else Rank.MOVED


def in_order(learnt: Learnt, news: Sequence[Difference]) -> list[Difference]:
    """Return news by rank, then by day; what did not happen in the week comes last.

    What a headline of the week's own names comes first. Equal notes of a day are adjacent.
    """
    named = by_key((learnt.about(one), _named(learnt, one)) for one in news)

    def key(one: Difference) -> tuple[object, ...]:
        note = one.entries[-1].note if one.entries else None
        return (
            _is_later(one),
            min(named[learnt.about(one)]),
            rank_of(learnt, one),
            one.on,
            note or "",
            one.subject,
        )

    return sorted(news, key=key)


def _named(learnt: Learnt, one: Difference) -> int:
    """Return the order of a change under a headline that somebody wrote.

    First comes what that note is about, then what rests on its sources.
    """
    note = learnt.headline
    if note is None or note.subject in (one.subject, learnt.about(one)):
        return 0
    return 2 if {*note.source}.isdisjoint(sources_of(learnt, one)) else 1


def headline(learnt: Learnt, news: Sequence[Difference]) -> Headline:
    """Return the news of a week: the change that ranks highest, with its group, in one line.

    Of equal rank the largest group leads, then what most was given in return for, then the
    earliest. A note that is marked as the headline takes its place.
    """
    if learnt.headline:
        return Headline(str(learnt.headline.note), learnt.headline.entry)
    if not news:
        return Headline(nothing_new(learnt), None)
    groups = by_key((_group(learnt, one), one) for one in news)
    leading = min(groups.values(), key=lambda own: _order(learnt, own))
    first = leading[0]
    is_several = len(leading) > 1 and first.what is What.STATE and first.after
    text = _of_several(learnt, leading) if is_several else _of_one(learnt, first)
    only_passed = all(one.kind is Kind.PASSED for one in news)
    beneath = nothing_new(learnt) if only_passed else _beneath(first, text)
    return Headline(sentence(text), first.entries[-1].entry if first.entries else None, beneath)


def nothing_new(learnt: Learnt) -> str:
    """Return that nothing was recorded, and how old the latest evidence is."""
    as_of, evidence_on = learnt.view.clocks.as_of, learnt.view.state.book.evidence_on
    if evidence_on is None:
        return "No update recorded."
    ago = how_far((evidence_on - as_of).days)
    day = period_in_prose(exactly(evidence_on), as_of).removeprefix("on ")
    return f"No update recorded. Latest evidence: {day}, {ago}."


def _group(learnt: Learnt, one: Difference) -> tuple[object, ...]:
    """Return what changes have in common that one line can tell together."""
    if one.what is What.STATE and one.after:
        givers = learnt.judged(one.subject).state.concessions[one.subject].givers
        is_term = one.subject in learnt.passed_terms
        return one.kind, one.before is None, () if is_term else givers, one.after[1]
    return one.subject, one.what


def _order(learnt: Learnt, group: Sequence[Difference]) -> tuple[int, ...]:
    """Return the order of a group among others: by rank, size, what was given for it, and day."""
    first, size = group[0], len(group) if group[0].what is What.STATE else 1
    given = max(len(learnt.view.judged.given_for.get(one.subject, ())) for one in group)
    return _is_later(first), rank_of(learnt, first), -size, -given, first.on.toordinal()


def _is_later(one: Difference) -> bool:
    """Return whether a change did not happen in the week, and so leads only without others.

    Nor did what a declaration changed; but a new promise is news.
    """
    is_redeclared = one.kind is Kind.DECLARED and one.before is not None
    return one.kind in (Kind.LATE, Kind.CORRECTED) or is_redeclared


def _of_several(learnt: Learnt, group: Sequence[Difference]) -> str:
    """Return a group in one line: `Seven promises by China now in force`."""
    first = group[0]
    promises = learnt.judged(first.subject).state.concessions
    givers = dict.fromkeys(party for one in group for party in promises[one.subject].givers)
    by, many = parties(learnt.view, [*givers]), number(len(group)).capitalize()
    new, state = first.before is None, first.after[1]
    if new and state is ConcessionState.PROMISED:
        return f"{many} new promises by {by}"
    return f"{many} {'new ' if new else ''}promises by {by} now {state}"


def _of_one(learnt: Learnt, one: Difference) -> str:
    """Return one change in one line."""
    if one.what is What.NOTE and one.after:
        return opening(str(one.after))
    if one.what is What.STATE and one.before is None and one.after:
        return f"New: {learnt.title(one.subject)}"
    return f"{learnt.title(one.subject)}: {learnt.in_words(one, brief=True)}"


def _beneath(one: Difference, headline: str) -> str:
    """Return the first sentence of the note of the entry that made the news.

    It is empty if that is long, or is the headline itself.
    """
    note = one.entries[-1].note if one.entries else None
    words = f"{opening(note)}." if note else ""
    return words if words != f"{headline}." and len(words) <= LONGEST else ""
