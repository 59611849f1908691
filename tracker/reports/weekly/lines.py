"""The lines of the weekly page: what changed, what somebody said, what is due or has passed."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.compare import (
    Difference,
    FigureChange,
    Kind,
    NoteChange,
    StatusChange,
    place,
    title_of,
)
from tracker.dates import Period, Span
from tracker.entry import Entry
from tracker.record import by_key
from tracker.reports.changes import cited_by, in_words
from tracker.reports.frame import INFERRED
from tracker.reports.view import AWAITS, Risk, View
from tracker.reports.weekly.news import MOST_GROUPS, TOGETHER, about, gainers
from tracker.reports.wording import (
    figure_in_words,
    how_far,
    listing,
    said_in_words,
    says,
    sentence,
    the,
)
from tracker.rules.deadlines import DeadlinePosition, by_day
from tracker.rules.statuses import stated_by
from tracker.tables import TIE, counted
from tracker.vocabulary import EVENTS, DeadlineKind, EntryKind

Due = tuple[DeadlinePosition, str | None]
"""A deadline, and the concession that is delivered or ends with it; None if none does."""
MOST_TITLES = 12
"""How many promises a line names; more are counted."""
LONGEST_SPEAKER = 26
"""The most characters of who spoke, before the colon of a note."""


class Line(NamedTuple):
    """A line of the page: what it is about, and what became of that."""

    on: Period | None
    titles: tuple[tuple[str, str], ...]
    """The titles of what it is about, each with its slug."""
    change: str
    givers: tuple[str, ...] = ()
    group: str = ""
    """Under which heading it stands."""
    note: str | None = None
    sources: tuple[str, ...] = ()
    goes_on: bool = False
    """Whether the line before is about the same."""

    @property
    def what(self) -> str:
        """What a page says that it is about: nothing again, and of very many how many."""
        if self.goes_on:
            return ""
        if len(self.titles) > MOST_TITLES:
            return counted(len(self.titles), "promise")
        return self.named

    @property
    def named(self) -> str:
        """The titles, one on each line; what several agreements call the same is named once."""
        return "\n".join(self.links)

    @property
    def links(self) -> dict[str, str]:
        """The slug behind each title."""
        return dict(self.titles)


# --- what changed ---------------------------------------------------------------------------------


def changed_lines(view: View, span: Span, changes: Sequence[Difference]) -> list[Line]:
    """Return a line for each change, under who gains; what changed alike is together.

    Only the first of several lines about one thing says what they are about.
    """
    groups = {gainers(view, change) for change in changes}
    is_by_gainer = len(groups) <= MOST_GROUPS
    lines = []
    for change in changes:
        concession = change.place.concession
        group = ""
        if is_by_gainer:
            to = listing([the(view, party) for party in gainers(view, change)])
            group = f"To {to}" if to else TOGETHER
        elif len(view.agreements) > 1 and concession:
            group = view.parties_line(concession)
        lines.append(_changed_line(view, span, change)._replace(group=group))
    joined = together(lines)
    for at, (before, line) in enumerate(pairwise(joined), 1):
        joined[at] = line._replace(goes_on=line.titles == before.titles)
    return joined


def _changed_line(view: View, span: Span, change: Difference) -> Line:
    subject = about(change)
    words = in_words(view, change, brief=True)
    if any(entry.inferred for entry in change.entries[-1:]):
        words = f"{words} {INFERRED}"
    if isinstance(change, StatusChange | FigureChange) and subject in view.awaiting:
        words = f"{words}; {AWAITS}"
    return Line(
        change.on,
        ((title_of(change.state, change.subject), subject),),
        words,
        change.place.givers,
        note=_note(view, span, change) or None,
        sources=tuple(cited_by(change)),
    )


def _note(view: View, span: Span, change: Difference) -> str:
    """Return what stands below a change: how late it became known, and the deciding entry's note.

    If a term ended without a word, it is what parties named for that promise instead.
    """
    if change.kind is Kind.PASSED:
        end = view.term_end(change.subject)
        said = said_in_words(view, end) if end else []
        return " ".join(f"{sentence(words)}." for words in said)
    stating = [entry for entry in change.entries if _states(change, entry)]
    if not stating:
        return ""
    late = _how_late(view, span, change, stating[-1])
    return f"{late} {stating[-1].note or ''}".strip()


def _how_late(view: View, span: Span, change: Difference, entry: Entry) -> str:
    """Return how late news became known, as a sentence, if it did."""
    public_on = view.record.made_public(entry)
    if change.kind is Kind.LATE:
        return "Recorded late."
    if entry.on < span.start <= public_on:
        return f"Published on {view.day(public_on)}."
    return ""


def _states(change: Difference, entry: Entry) -> bool:
    """Return whether an entry states a difference; of a new promise, what confirms it."""
    if isinstance(change, StatusChange) and change.is_new and entry.says:
        return stated_by(entry) is change.state.positions[change.subject].stated
    return entry.kind is not EntryKind.DECLARATION


def together(lines: Iterable[Line], *, by_giver: bool = False) -> list[Line]:
    """Return lines; those of one day and group, or giver, that say the same are one."""

    def alike(line: Line) -> object:
        givers = line.givers if by_giver else ()
        return line._replace(givers=givers, titles=(), sources=())

    joined = []
    for group in by_key((alike(line), line) for line in lines).values():
        titles = [title for line in group for title in line.titles]
        givers = [party for line in group for party in line.givers]
        sources = [key for line in group for key in line.sources]
        joined.append(
            group[0]._replace(
                titles=tuple(titles),
                givers=tuple(dict.fromkeys(givers)),
                sources=tuple(dict.fromkeys(sources)),
            )
        )
    return joined


# --- what somebody said ---------------------------------------------------------------------------


def also_lines(view: View, span: Span, news: Iterable[Difference]) -> list[Line]:
    """Return a line for each other piece of news: what parties say, and notes.

    A note of an agreement is the line itself.
    """
    lines = []
    for change in news:
        entry = change.entries[-1]
        titles: tuple[tuple[str, str], ...] = ()
        is_note = isinstance(change, NoteChange)
        if change.place.concession or not is_note:
            titles = ((title_of(change.state, change.subject), about(change)),)
        words = f"{in_words(view, change)}. {entry.note or ''}"
        if is_note:
            words = quoted(view, entry, str(change.after))
        words = f"{_how_late(view, span, change, entry)} {words}".strip()
        lines.append(Line(change.on, titles, words, sources=tuple(cited_by(change))))
    return together(lines)


def quoted(view: View, entry: Entry, note: str) -> str:
    """Return a note, or its opening, after the party that says so, if it does not name it.

    If a note begins with who spoke, the party follows that: `Greer (US): …`.
    """
    if entry.says is None or view.short(entry.says) in note:
        return note
    speaker, colon, words = note.partition(": ")
    if colon and len(speaker) <= LONGEST_SPEAKER:
        return f"{speaker} ({view.short(entry.says)}): {words}"
    return f"{says(view, entry.says)}: {note}"


# --- what is due, and what has passed -------------------------------------------------------------


def due_lines(
    view: View, deadlines: Iterable[Due], left: Callable[[View, DeadlinePosition], str]
) -> list[Line]:
    """Return deadlines by day; what ends on one day for one giver, and alike, is one line.

    If that makes very many, what different givers owe is one line, too.
    """
    lines = []
    for position, concession in sorted(deadlines, key=lambda due: by_day(due[0])):
        slug = position.slug
        ending = view.ending_with.get(slug)
        subject = concession if is_end(position) and concession else slug
        title = title_of(view, subject)
        if figure := figure_in_words(view, position):
            title = f"{title}: {figure}"
        if is_end(position) and position.ahead and not concession and ending:
            title = f"{title}, with {counted(len(ending), 'promise')}"
        lines.append(
            Line(
                position.due_on,
                ((title, subject),),
                left(view, position),
                place(view, subject).givers,
                note="; ".join(said_in_words(view, position)) or None,
            )
        )
    joined = together(lines, by_giver=True)
    return joined if len(joined) <= MOST_TITLES else together(joined)


def time_left(view: View, position: DeadlinePosition) -> str:
    """Return how far ahead a day is: `in 5 days`, `ends in 22 days`."""
    words = view.running(position.due_on) or how_far(position.days_left or 0)
    return f"{'ends ' if is_end(position) else ''}{words}".replace(" ", TIE)


def is_end(position: DeadlinePosition) -> bool:
    """Return whether a term ends on a deadline's day."""
    return position.deadline.kind is DeadlineKind.EXPIRY


def since_passed(_: View, position: DeadlinePosition) -> str:
    """Return what is not known of a day that passed, and since when: `unknown, 23 days`."""
    if position.deadline.kind in EVENTS:
        return "not recorded"
    words = "unknown" if is_end(position) else "no outcome"
    ago = counted(-(position.days_left or 0), "day")
    return f"{words}, {ago}".replace(" ", TIE)


def risk_lines(view: View, risks: Iterable[Risk]) -> list[Line]:
    """Return what is at risk, under what it was given for."""
    given_for = by_key((risk.counterpart, risk.concession) for risk in risks)
    lines = []
    for failed, slugs in given_for.items():
        promise = view.record.concessions[failed].title
        group = f"Given for: {promise}, now {view.counterparts[failed].status}"
        for slug in slugs:
            at_risk = view.concessions[slug]
            now = view.positions[slug].status
            title = (at_risk.title, slug)
            lines.append(Line(None, (title,), now, at_risk.giver, group))
    return lines


def said_of_the_whole(view: View, ends: Iterable[DeadlinePosition]) -> list[str]:
    """Return the later day that parties named for an agreement whose measures end on some days.

    Nothing is said of it if a party named a day for one of these measures.
    """
    sentences = []
    own_ends = [
        end
        for end in ends
        if end.deadline.concession and end.deadline.kind is DeadlineKind.EXPIRY
    ]
    of_agreements = by_key((end.deadline.agreement, end) for end in own_ends)
    for agreement, own in of_agreements.items():
        whole = view.end_of(agreement)
        if whole is None or any(end.said for end in own):
            continue
        last_words = {heard.move.says: heard.move.due_on for heard in whole.moves}
        parties = [by for by, day in last_words.items() if by and day == whole.due_on]
        if parties and any(end.last < whole.last for end in own):
            day = view.period(whole.due_on)
            what = "the agreement as a whole, but no day for single measures"
            if len(view.agreements) > 1:
                title = view.agreements[agreement].title
                what = f"“{title}” as a whole, but no day for single measures"
            sentences.append(
                f"{listing([*map(view.short, parties)])} named {day} for {what}."
            )
    return sentences
