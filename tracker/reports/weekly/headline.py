"""The line that leads a week, and the sentence under it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tracker.compare import (
    ClaimChange,
    DayChange,
    Difference,
    FigureChange,
    Kind,
    NoteChange,
    StatusChange,
    title_of,
)
from tracker.dates import exactly, period_in_prose
from tracker.entry import Entry
from tracker.record import by_key
from tracker.reports.changes import in_words
from tracker.reports.history import in_short
from tracker.reports.view import HORIZON_DAYS, Risk, View
from tracker.reports.weekly.lines import Due, is_end, quoted
from tracker.reports.weekly.news import News, Rank, rank_of
from tracker.reports.wording import (
    against_target,
    amount,
    basis_in_words,
    listing,
    number,
    opening,
    sentence,
    the,
)
from tracker.rules.deadlines import DeadlinePosition, is_due_within
from tracker.tables import counted
from tracker.vocabulary import EVENTS, NEWS, EntryKind, Status

LONGEST = 160
"""The most characters of the sentence under a headline."""
MOST_PARTIES = 3
"""How many parties a headline names."""
HAVE = {
    Status.STARTED: "started",
    Status.STALLED: "stalled",
    Status.UNKNOWN: "run out with no renewal on record",
    Status.MISSED: "passed without delivery",
}
"""What promises have done; they are what other statuses say, or these words."""
ARE = {Status.PARTLY: "partly kept", Status.NEGOTIATING: "under negotiation"}


class Headline(NamedTuple):
    """The news of a week in one line, and a sentence about it from the book."""

    text: str
    deck: str
    """What follows from it, or the first sentence of its note; empty if there is none."""
    entry: int | None
    """The entry that made the news."""


def headline_of(
    view: View,
    note: Entry | None,
    news: News,
    risks: Sequence[Risk],
    past: Sequence[Due],
    corrected: int,
) -> Headline:
    """Return the news in one line: a note that is marked so, else the change that matters most."""
    if note is None and not (news.changed or news.also):
        text = ". ".join(["No news", *_what_comes(view)])
        if corrected:
            noun, verb = ("entry", "was") if corrected == 1 else ("entries", "were")
            text = sentence(f"{number(corrected)} {noun} of this book {verb} corrected")
        elif past:
            text = f"No news; {_what_passed(view, past)}"
        return Headline(text, _last_news(view), None)
    at_risk = _consequence(view, {risk.concession for risk in risks})
    if note:
        text = quoted(view, note, " ".join(str(note.note).split()))
        first = opening(text)
        return Headline(first, text[len(first) :].lstrip(". ") or at_risk, note.entry)
    leading = leading_of(view, news)
    entries = leading[0].entries
    entry = entries[-1].entry if entries else None
    deck = at_risk or _first_of_note(leading)
    return Headline(sentence(_in_words(view, leading)), deck, entry)


def _consequence(view: View, slugs: Collection[str]) -> str:
    """Return who holds how many promises that are at risk since this week."""
    if not slugs:
        return ""
    concessions = view.concessions
    by = _by_whom(view, [party for slug in slugs for party in concessions[slug].giver])
    are = "is" if len(slugs) == 1 else "are"
    what = f"{_promises(len(slugs))} by {by}, given in return, {are} now at risk."
    return sentence(what)


def leading_of(view: View, news: News) -> Sequence[Difference]:
    """Return the changes that matter most and can be told together; none if nothing changed."""
    groups = by_key(
        (_told_with(change), change) for change in (*news.changed, *news.also)
    )
    return min(groups.values(), key=lambda group: _order(view, group), default=())


def _told_with(change: Difference) -> tuple[object, ...]:
    """Return what changes have in common that one line can tell together."""
    alike: tuple[object, ...] = (change.subject, change.party)
    if isinstance(change, StatusChange):
        alike = (change.is_new or change.after,)
    elif isinstance(change, ClaimChange):
        alike = (change.party, change.after)
    return (change.what, _happened(change), *alike)


def _order(view: View, group: Sequence[Difference]) -> tuple[int, ...]:
    """Return what decides which news leads: the highest rank, then the largest group.

    Then comes what most was given in return for, then the earliest. What did not happen in the
    week comes last.
    """
    first = group[0]
    given = max(len(view.given_for.get(change.subject, ())) for change in group)
    day = first.on.last.toordinal()
    return not _happened(first), rank_of(first), -len(group), -given, day


def _happened(change: Difference) -> bool:
    """Return whether a change happened in the week; another one leads only without such changes.

    A new promise did, but not what somebody declared differently.
    """
    if change.kind is Kind.DECLARED:
        return change.before is None
    return change.kind not in (Kind.LATE, Kind.CORRECTED)


def _in_words(view: View, group: Sequence[Difference]) -> str:
    """Return the news of a group as a sentence."""
    change = group[0]
    many = len(group)
    title = title_of(change.state, change.subject)
    match change:
        case StatusChange():
            return _of_statuses(view, group, title)
        case ClaimChange():
            said = f"{_promises(many)} {_became(change.value, many)}"
            words = f"{the(view, str(change.party))} says that {said}"
            return f"{words}: {title}" if many == 1 else words
        case FigureChange():
            return _of_figure(change, title)
        case NoteChange():
            return quoted(view, change.entries[-1], opening(str(change.after)))
        case DayChange() if rank_of(change) is Rank.END:
            return _of_end(view, change, title)
        case _:
            return f"{title}: {in_words(view, change, brief=True)}"


def _of_statuses(view: View, group: Sequence[Difference], title: str) -> str:
    """Return what became of some promises: `Four promises by China are overtaken`."""
    change = group[0]
    assert isinstance(change, StatusChange)
    givers = [party for change in group for party in change.place.givers]
    by = _by_whom(view, givers)
    many = len(group)
    if not change.is_new:
        words = f"{_promises(many)} by {by} {_became(change.value, many)}"
        return f"{words}: {title}" if many == 1 else words
    if many > 1:
        return f"{number(many)} new promises by {by}"
    return f"{by} {'promise' if len(givers) > 1 else 'promises'}: {title}"


def _promises(many: int) -> str:
    """Return how many promises there are: `a promise`, `four promises`."""
    return "a promise" if many == 1 else f"{number(many)} promises"


def _became(status: Status, many: int) -> str:
    if status in HAVE:
        return f"{'has' if many == 1 else 'have'} {HAVE[status]}"
    return f"{'is' if many == 1 else 'are'} {ARE.get(status, status)}"


def _by_whom(view: View, parties: Iterable[str]) -> str:
    """Return the names of parties for a sentence, or how many there are."""
    named = {*parties}
    names = [the(view, party) for party in view.parties if party in named]
    return (
        listing(names) if len(names) <= MOST_PARTIES else f"{number(len(names))} parties"
    )


def _of_figure(change: FigureChange, title: str) -> str:
    """Return a count: `USDA counts 86% of 12 MMT sold: Buy US soybeans`."""
    count = change.value
    position = change.state.due[change.subject]
    basis = basis_in_words(count.basis)
    words = f"{amount(count.value, count.unit)}{basis}"
    compared = against_target(position, count)
    if rank_of(change) in (Rank.REACHED, Rank.EVENT):
        reached = "passes the limit" if position.is_limit else "reaches its target"
        return f"{title} {reached}: {count.counted_by} counts {words}"
    if compared:
        words = f"{words}, {compared}" if position.is_limit else f"{compared}{basis}"
    return f"{count.counted_by} counts {words}: {title}"


def _of_end(view: View, change: DayChange, title: str) -> str:
    """Return to which day an agreement's end moved, or which one a party names."""
    if change.after is None or (change.before is None and not change.party):
        return f"{title}: {in_words(view, change)}"
    day = period_in_prose(change.after, date.min).split(" ", 1)[1]
    if change.party:
        return f"{the(view, change.party)} says that it runs to {day}: {title}"
    return f"The end of the agreement moves to {day}: {title}"


def _first_of_note(leading: Sequence[Difference]) -> str:
    """Return the first sentence of the note of the entry that made the news, of all of it.

    It is empty if that is long, or is the headline itself.
    """
    notes = {change.entries[-1].note if change.entries else None for change in leading}
    if len(notes) > 1 or isinstance(leading[0], NoteChange):
        return ""
    (note,) = notes
    if note is None:
        return ""
    words = f"{opening(note)}."
    return words if len(words) <= LONGEST else ""


# --- nothing new ----------------------------------------------------------------------------------


def _what_passed(view: View, past: Sequence[Due]) -> str:
    """Return how many promises are past their term, else what else is past its end or day."""
    ended = [(due, slug) for due, slug in past if is_end(due)]
    of_promises = [slug for _, slug in ended if slug]
    if ended and not of_promises:
        titles = [title_of(view, due.slug) for due, _ in ended]
        return f"{listing(titles)} {_past_its(len(titles))} end without a word"
    if ended:
        many = len(of_promises)
        return f"{_promises(many)} {_past_its(many)} term without a word"
    many = len({slug or due.slug for due, slug in past})
    what = (
        _promises(many) if all(slug for _, slug in past) else counted(many, "deadline")
    )
    return f"{what} {_past_its(many)} day without an outcome"


def _past_its(many: int) -> str:
    return "is past its" if many == 1 else "are past their"


def _what_comes(view: View) -> list[str]:
    """Return what ends in the next 30 days, else what is due next, if anything is."""
    near = [end for end in view.endings.values() if is_due_within(end, HORIZON_DAYS)]
    if len(near) > 1:
        return [sentence(f"{_promises(len(near))} end {_on_days(view, near)}")]
    coming = [due for due in view.coming if is_due_within(due, HORIZON_DAYS)]
    if not coming:
        return []
    first = min(coming, key=lambda due: due.last)
    day = period_in_prose(first.due_on, view.as_of) if first.due_on else ""
    title = title_of(view, first.slug)
    if first.deadline.kind in EVENTS:
        return [f"{title} {day}"]
    verb = "Ends" if is_end(first) or first in near else "Due"
    return [f"{verb} {day}: {title}"]


def _on_days(view: View, ends: Sequence[DeadlinePosition]) -> str:
    """Return the days on which terms end: `on 9 and 10 November`."""
    days = dict.fromkeys(end.due_on for end in ends if end.due_on)
    words = [period_in_prose(day, view.as_of) for day in days]
    months = {word.split(" ", 2)[-1] for word in words}
    if len(words) > 1 and len(months) == 1:
        numbers = [word.split(" ")[1] for word in words]
        return f"on {listing(numbers)} {months.pop()}"
    return listing(words)


def _last_news(view: View) -> str:
    """Return on which day something was known last, and what: a headline of that day, if any."""
    day = view.book.evidence_on
    if day is None:
        return "No update is recorded yet."
    entries = [
        entry
        for entry in view.counting.values()
        if entry.on == day and entry.kind in NEWS and view.shows(entry)
    ]
    last = max(entries, key=lambda entry: (bool(entry.headline), bool(entry.note)))
    words = opening(quoted(view, last, last.note)) if last.note else in_short(view, last)
    news = f"Last news {period_in_prose(exactly(day), view.as_of)}"
    is_by_itself = last.kind is EntryKind.NOTE and not last.concession
    if not is_by_itself:
        news = f"{news}, on “{title_of(view, last.subject)}”"
    return f"{news}: {words}."
