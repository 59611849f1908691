"""The lines of the weekly page: a concession with all its news, what somebody said, what is due."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.dates import Span
from tracker.differences import (
    ClaimChange,
    Difference,
    Kind,
    NoteChange,
    StatusChange,
    place,
    title_of,
)
from tracker.entry import Entry
from tracker.mappings import by_key
from tracker.reports.changes import in_words
from tracker.reports.counts import furthest_in_words
from tracker.reports.frame import (
    INFERRED,
    how_far,
    said_in_words,
    said_of_the_whole,
    sentence,
)
from tracker.reports.view import View
from tracker.reports.weekly.news import is_beside, quoted
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.statuses import stated_by
from tracker.state import State
from tracker.tables import TIE, counted
from tracker.vocabulary import DeadlineKind, EntryKind

Due = tuple[DeadlinePosition, str | None]
"""A deadline, and the concession that is delivered or ends with it; None if none does."""


class Line(NamedTuple):
    """A line of the page: a concession with all its news, or something else that was said."""

    about: tuple[str, ...]
    """The slugs that it is about."""
    day: str
    givers: str
    words: str
    """The title of the concession, or what was said."""
    change: str = ""
    note: str | None = None
    sources: tuple[str, ...] = ()


def changed_lines(view: View, week: Span, news: Iterable[Difference]) -> list[Line]:
    """Return a line for each concession with news, in the order of the most important one.

    So have the days and the meetings of agreements.
    """
    changes = [change for change in news if not is_beside(change)]
    groups = by_key((about(change), change) for change in changes)
    lines = [_line(view, week, slug, group) for slug, group in groups.items()]
    return together(lines, lambda line: bool(line.note) and not line.change)


def other_lines(view: View, week: Span, news: Iterable[Difference]) -> list[Line]:
    """Return a line for each other piece of news, by day: of agreements, and what parties say.

    A note of an agreement is the line itself.
    """
    beside = [change for change in news if is_beside(change)]
    beside.sort(key=lambda change: change.on.last)
    lines = []
    for change in beside:
        line = _line(view, week, about(change), [change])
        if not line.change:
            line = line._replace(words=str(line.note), note=None)
        lines.append(line)
    return together(lines, lambda line: bool(line.note and line.change and line.givers))


def due_line(view: View, due: Due) -> Line:
    """Return the line of a deadline that is due or has passed, or of a term that ends with it."""
    position, concession = due
    slug = position.deadline.slug
    is_end = position.deadline.kind is DeadlineKind.EXPIRY
    subject = concession if is_end and concession else slug
    words = title_of(view.state, subject)
    ending = view.ending_with.get(slug)
    if is_end and position.ahead and not concession and ending:
        words = f"{words}, with {counted(len(ending), 'promise')}"
    if figure := furthest_in_words(view, position):
        words = f"{words}: {figure}"
    left = view.running(position.due_on) or how_far(position.days_left or 0)
    left = left.replace(" ", TIE)
    if is_end:
        verb = "ends" if position.ahead else "ended"
        left = f"term{TIE}{verb} {left}"
    return Line(
        about=(subject,),
        day=view.period(position.due_on),
        givers=givers_of(view, view.state, concession or ""),
        words=words,
        change=left,
        note="; ".join(said_in_words(view, position)) or None,
    )


def together(lines: Iterable[Line], can_join: Callable[[Line], bool]) -> list[Line]:
    """Return lines; what is said alike of several promises of one giver is one line."""

    def alike(line: Line) -> object:
        return line._replace(about=(), words="") if can_join(line) else id(line)

    merged = []
    for group in by_key((alike(line), line) for line in lines).values():
        first = group[0]
        if len(group) > 1:
            slugs = tuple(slug for line in group for slug in line.about)
            titles = "; ".join(line.words for line in group)
            first = first._replace(about=slugs, words=f"{len(group)} promises: {titles}")
        merged.append(first)
    return merged


def about(change: Difference) -> str:
    """Return the concession that a difference is about, else its own subject."""
    return change.place.concession or change.subject


def givers_of(view: View, state: State, slug: str) -> str:
    """Return who gives a concession of a state; with several agreements, also who gets it."""
    if len(view.state.agreements) > 1 and slug in view.state.concessions:
        return view.parties_line(slug)
    return view.shorts(place(state, slug).givers)


def _line(view: View, week: Span, concession: str, news: Sequence[Difference]) -> Line:
    """Return the line of a concession with its news, of which the first gives the day."""
    first = news[0]
    day = view.period(first.on)
    deadlines = {change.subject for change in news} - {concession}
    changes = []
    notes = []
    sources = list[str]()
    for change in news:
        note = _note(view, week, change, first)
        if note:
            notes.append(note)
        sources += _sources_of(change)
        if isinstance(change, NoteChange):
            continue
        words = in_words(view, change, brief=True)
        if any(entry.inferred for entry in change.entries[-1:]):
            words = f"{words} {INFERRED}"
        if len(deadlines) > 1 and change.subject in deadlines:
            words = f"{change.place.title}: {words}"
        if not note and view.period(change.on) != day:  # a note has its day
            words = f"{words}, {view.period(change.on)}"
        changes.append(words)
    return Line(
        about=(concession,),
        day=day,
        givers=givers_of(view, first.state, concession),
        words=title_of(first.state, first.subject if len(news) == 1 else concession),
        change="\n".join(changes),
        note="\n".join(dict.fromkeys(notes)) or None,
        sources=tuple(dict.fromkeys(sources)),
    )


def _sources_of(change: Difference) -> Iterator[str]:
    """Yield the sources of news; a new promise has that of its declaration, too."""
    if isinstance(change, StatusChange) and change.is_new:
        yield change.state.concessions[change.subject].source
    decides = isinstance(change, StatusChange | ClaimChange)
    for entry in change.entries[-1:] if decides else change.entries:
        yield from entry.source


def _note(view: View, week: Span, change: Difference, first: Difference) -> str | None:
    """Return what is below a line: the note of the entry that decides.

    Before it is its day, if that is not the one of the line, and how late it became known. If a
    term ended without a word, it is what parties named instead.
    """
    if change.kind is Kind.PASSED:
        if not isinstance(change, StatusChange):
            return None
        end = view.term_end(change.subject)
        said = said_in_words(view, end) if end else []
        words = "; ".join(["Its term ended; no word since", *said]) + "."
        return " ".join([words, *said_of_the_whole(view, [end] if end else [])])
    entries = [entry for entry in change.entries if _states(change, entry)]
    if not entries:
        return None
    entry = entries[-1]
    head = sentence(", ".join(_marks(view, week, change, first, entry)))
    if not entry.note:
        return f"{head}." if head and change is first else None
    note = (
        quoted(view, entry, entry.note) if isinstance(change, NoteChange) else entry.note
    )
    return f"{head} – {note}" if head else note


def _marks(
    view: View, week: Span, change: Difference, first: Difference, entry: Entry
) -> Iterator[str]:
    """Yield the day of news, if that is not the one of its line, and how late it became known."""
    if view.period(change.on) != view.period(first.on):
        yield view.period(change.on)
    public_on = view.state.record.made_public(entry)
    if change.kind is Kind.LATE:
        yield "recorded late"
    elif change.kind is Kind.RESTATED:
        yield "restated"
    elif entry.on < week.start <= public_on:
        yield f"public on {view.day(public_on)}"


def _states(change: Difference, entry: Entry) -> bool:
    """Return whether an entry states a difference; of a new promise, what confirms it."""
    if isinstance(change, StatusChange) and change.is_new and entry.says:
        return stated_by(entry) is change.state.positions[change.subject].stated
    return entry.kind is not EntryKind.DECLARATION
