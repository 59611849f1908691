"""The lines of the weekly page: what changed, in the fewest words."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.compare import Difference, Kind, What
from tracker.dates import exactly
from tracker.declared import by_key
from tracker.entry import Entry
from tracker.reports import changes
from tracker.reports.counts import along, furthest_in_words
from tracker.reports.frame import announced_in_words, sentence, verdict_in_words
from tracker.reports.weekly.then import Learnt
from tracker.things import Deadline
from tracker.vocabulary import (
    EVENTS,
    DeadlineKind,
    DeadlineVerdict,
    EntryKind,
)

DECIDED = (DeadlineVerdict.MET, DeadlineVerdict.MISSED, DeadlineVerdict.CANCELLED)


class Line(NamedTuple):
    """A line of the page: a concession with all its news, or something else that was said."""

    about: tuple[str, ...]
    """The slugs that it is about."""
    day: str
    givers: str
    """Who gives; before a note of an agreement, who says it."""
    words: str
    """The title of the concession, or what was said."""
    change: str
    note: str | None
    sources: tuple[str, ...]


# --- which differences are news -------------------------------------------------------------------


def news_of(learnt: Learnt) -> list[Difference]:
    """Return the differences that the page prints: each fact once, by what decides it."""
    moved = {one.subject: one for one in learnt.differences if one.what is What.STATE}
    deciding = {one.entries[-1].entry for one in learnt.differences if _decides(one)}
    kept = [one for one in learnt.differences if _is_news(learnt, one, moved.keys())]
    figures = [one for one in kept if one.what is What.FIGURE]
    most = {id(one) for one in _most_telling(learnt, figures)}

    def is_said_already(one: Difference) -> bool:
        """Return whether a change of its concession tells what a party says."""
        change = moved.get(one.subject)
        is_promise = change is not None and change.before is None and change.after
        same = is_promise and change and change.after[0] is one.after
        return bool(same) or one.entries[-1].entry in deciding

    kept = [one for one in kept if not (is_said(one) and is_said_already(one))]
    return [one for one in kept if one.what is not What.FIGURE or id(one) in most]


def is_said(one: Difference) -> bool:
    """Return whether a difference is only what a party says."""
    return one.what is What.CLAIM or bool(one.what in (What.DAY, What.TARGET) and one.part)


def _decides(one: Difference) -> bool:
    """Return whether a difference is what its entry did, not a claim beside it."""
    return bool(one.entries) and one.what in (What.STATE, What.DAY, What.TARGET) and not one.part


def _is_news(learnt: Learnt, one: Difference, moved: Collection[str]) -> bool:
    """Return whether a difference is news by itself."""
    match one.what:
        case What.STATE | What.FIGURE:
            return True
        case What.FIELD:
            return False
        case What.NOTE if learnt.headline in one.entries:
            return False
        case What.NOTE | What.CLAIM:
            return one.after is not None
        case What.TEXT:
            return one.after is not None and _has_other_words(learnt, one)
        case What.OUTCOME:
            is_overdue = one.kind is Kind.PASSED and one.after is DeadlineVerdict.OVERDUE
            has_moved = learnt.concession_of(one.subject) in moved
            return not has_moved and (one.after in DECIDED or is_overdue)
    return one.after is not None and (one.before is not None or bool(one.part))


def _has_other_words(learnt: Learnt, one: Difference) -> bool:
    """Return whether a kept text has other words than the one before it."""
    state = learnt.view.state
    stated = {promise.source for promise in state.concessions.values()}
    if state.agreement and one.subject not in stated:
        return False
    pairs = pairwise(state.texts_of(one.subject))
    was = next((text for text, later in pairs if later.entry == one.part), None)
    now = state.record.texts[one.part]
    return was is not None and was.fingerprint.words_sha256 != now.words_sha256


def _most_telling(learnt: Learnt, figures: Iterable[Difference]) -> Iterator[Difference]:
    """Yield, of the counts of each deadline and basis, the official one that is furthest along."""
    for own in by_key(((one.subject, one.part[1]), one) for one in figures).values():
        yield max(own, key=lambda one: rank_of_count(learnt, one))


# --- their lines ----------------------------------------------------------------------------------


def changed_lines(learnt: Learnt, news: Iterable[Difference]) -> list[Line]:
    """Return a line for each concession with news, in the order of the most important one.

    So have the days and the meetings of agreements.
    """
    own = (one for one in news if not _is_beside(learnt, one))
    groups = by_key((learnt.about(one), one) for one in own)
    lines = [_changed_line(learnt, slug, of_one) for slug, of_one in groups.items()]
    return together(lines, lambda line: bool(line.note) and not line.change)


def _is_beside(learnt: Learnt, one: Difference) -> bool:
    """Return whether news is listed beside the changes: what parties say, notes of agreements."""
    is_noted = one.what in (What.NOTE, What.TEXT)
    return is_said(one) or (is_noted and not learnt.concession_of(one.subject))


def together(lines: Iterable[Line], can_join: Callable[[Line], bool]) -> list[Line]:
    """Return lines; what is said alike of several promises of one giver is one line."""

    def key(line: Line) -> object:
        said = line.day, line.givers, line.change, line.note, line.sources
        return said if can_join(line) else id(line)

    return [_joined(of_one) for of_one in by_key((key(line), line) for line in lines).values()]


def _joined(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    return lines[0]._replace(
        about=tuple(slug for line in lines for slug in line.about),
        words=f"{len(lines)} promises: {'; '.join(line.words for line in lines)}",
    )


def _changed_line(learnt: Learnt, concession: str, news: Sequence[Difference]) -> Line:
    first = news[0]
    changes = [words for one in news if (words := in_words(learnt, one))]
    notes = [note for one in news if (note := _note(learnt, one, first))]
    return Line(
        (concession,),
        _day_of(learnt, first),
        givers_of(learnt, concession),
        title_of(learnt, first.subject if len(news) == 1 else concession),
        "\n".join(changes),
        "\n".join(dict.fromkeys(notes)) or None,
        tuple(dict.fromkeys(key for one in news for key in sources_of(learnt, one))),
    )


def sources_of(learnt: Learnt, one: Difference) -> tuple[str, ...]:
    """Return the sources of news; a new promise has that of its declaration, too."""
    promise = learnt.view.state.concessions.get(one.subject)
    is_new = promise and one.what is What.STATE and one.before is None
    declared = [promise.source] if promise and is_new else []
    return *declared, *(key for entry in one.entries for key in entry.source)


def other_lines(learnt: Learnt, news: Iterable[Difference]) -> list[Line]:
    """Return a line for each other piece of news, by day: of agreements, and what parties say."""
    own = sorted((one for one in news if _is_beside(learnt, one)), key=lambda one: one.on)
    lines = [_other_line(learnt, one) for one in own]
    lines = together(lines, lambda line: bool(line.note and line.change and line.givers))
    return [_in_words(line) if line.change else line for line in lines]


def _in_words(line: Line) -> Line:
    """Return a line with what a party says after its title, or before several titles."""
    words = [f"{line.words}: {line.change}", f"{line.change}, {line.words}"]
    return line._replace(words=words[len(line.about) > 1], change="")


def _other_line(learnt: Learnt, one: Difference) -> Line:
    """Return a line of what was said; a note of an agreement is the line itself."""
    note, day, sources = _note(learnt, one, one), _day_of(learnt, one), sources_of(learnt, one)
    if one.what is What.NOTE:
        speakers = [entry.says for entry in one.entries[-1:] if entry.says]
        by = learnt.view.shorts(speakers)
        return Line((one.subject,), day, by, str(note), "", None, sources)
    about, title, change = learnt.about(one), title_of(learnt, one.subject), in_words(learnt, one)
    return Line((about,), day, givers_of(learnt, about), title, change, note, sources)


def _day_of(learnt: Learnt, one: Difference) -> str:
    entry = one.entries[-1] if one.entries else None
    is_dated = entry and entry.on == one.on
    return learnt.view.period(entry.effective_on if entry and is_dated else exactly(one.on))


def givers_of(learnt: Learnt, slug: str) -> str:
    """Return who gives a concession; with several agreements, also who gets it."""
    view, promises = learnt.view, learnt.judged_with(slug).state.concessions
    if slug not in promises:
        return ""
    if len(view.state.agreements) > 1 and slug in view.state.concessions:
        return view.parties_line(slug)
    return view.shorts(promises[slug].givers)


def title_of(learnt: Learnt, slug: str) -> str:
    """Return the title of a concession, with the label of one of its several deliveries.

    A meeting has only its label; an agreement's own end has the agreement's title.
    """
    concession, judged = learnt.concession_of(slug), learnt.judged_with(slug)
    deadline = judged.state.deadlines.get(slug)
    if concession is None or (deadline and deadline.kind in EVENTS):
        is_end = deadline and deadline.kind is DeadlineKind.EXPIRY
        named = deadline.agreement if deadline and is_end else slug
        return changes.place_of(learnt.before, learnt.view, named).title
    title = judged.state.concessions[concession].title
    return f"{title} ({deadline.label})" if deadline and _is_of_several(learnt, deadline) else title


def _is_of_several(learnt: Learnt, deadline: Deadline) -> bool:
    """Return whether a concession has other deliveries, too."""
    owned = learnt.judged_with(deadline.slug).owned[str(deadline.concession)]
    deliveries = [one.deadline.slug for one in owned if one.is_delivery]
    return deadline.slug in deliveries and len(deliveries) > 1


def in_words(learnt: Learnt, one: Difference) -> str:
    """Return what changed: `in force → over`, `83% → 86% sold (USDA)`, `US says met`."""
    match one.what:
        case What.FIGURE:
            judged, position = learnt.judged_with(one.subject), learnt.position(one.subject)
            return changes.figure_in_brief(position, judged.progress_of(position), one)
        case What.OUTCOME:
            return _outcome(learnt, one)
        case What.NOTE:
            return ""
        case What.TEXT:
            return "its words changed"
    return changes.in_words(learnt.before, learnt.view, one)


def _outcome(learnt: Learnt, one: Difference) -> str:
    """Return how a deadline ended; without an outcome, what was counted."""
    position = learnt.position(one.subject)
    kind = position.deadline.kind
    if one.after is DeadlineVerdict.OVERDUE and kind not in EVENTS:
        count = furthest_in_words(learnt.view, position)
        return f"day passed: {count}" if count else "day passed, no outcome recorded"
    verdict = verdict_in_words(kind, one.after)
    return f"end {verdict}" if kind is DeadlineKind.EXPIRY else verdict


def _note(learnt: Learnt, one: Difference, first: Difference) -> str | None:
    """Return what is below a line: the note of the entry that decides.

    Before it is its day, if that is not the one of the line, and how late it became known.
    """
    if one.kind is Kind.PASSED:
        return _ended(learnt, one)
    said = [entry for entry in one.entries if _states(one, entry)]
    if not said:
        return None
    entry, day = said[-1], _day_of(learnt, one)
    marks = [day] if day != _day_of(learnt, first) else []
    public_on = learnt.record.made_public(entry)
    if one.kind in (Kind.LATE, Kind.RESTATED):
        marks.append("recorded late" if one.kind is Kind.LATE else "restated")
    elif entry.on < learnt.of.start <= public_on:
        marks.append(f"public on {learnt.view.day(public_on)}")
    head = ", ".join(marks)
    if not entry.note:
        return f"{sentence(head)}." if head and one is first else None
    return f"{sentence(head)} – {entry.note}" if head else entry.note


def _states(one: Difference, entry: Entry) -> bool:
    """Return whether an entry states a difference; of a new promise, what confirms it."""
    if one.what is What.STATE and one.before is None and one.after and entry.says:
        return entry.stage is one.after[0]
    return entry.kind is not EntryKind.DECLARATION


def _ended(learnt: Learnt, one: Difference) -> str | None:
    """Return that a term, or each of several, ended without a word, and what was announced."""
    view, passed = learnt.view, learnt.passed_terms
    if one.what is not What.STATE or one.subject not in passed:
        return None
    ended = f"{'Its term' if len(passed) == 1 else 'Their terms'} ended; no word since"
    return "; ".join([ended, *announced_in_words(view, one.subject)]) + "."


def rank_of_count(learnt: Learnt, one: Difference) -> tuple[object, ...]:
    """Return what makes one count of a basis more telling than another."""
    series, position = (one.after or one.before).series, learnt.position(one.subject)
    return changes.is_above(position, one), not one.part[3], *along(learnt.view, position, series)
