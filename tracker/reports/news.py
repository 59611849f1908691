"""The news of a week: its kinds, the order in which they lead, and the words of each."""

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from tracker.dates import exactly, shifted, week_of
from tracker.facts import Entry
from tracker.groups import by_key
from tracker.reports import days
from tracker.reports.corrections import Corrections, in_sentences
from tracker.reports.counts import furthest, latest, news_of, of_exceeded, progress, reaching
from tracker.reports.deadlines import DeadlineRow
from tracker.reports.frame import plural
from tracker.reports.prose import (
    NAMED,
    ended,
    joined,
    number,
    opening,
    quoted,
    sentence,
    they_say,
    title_of_several,
    titles,
)
from tracker.reports.reworded import are_reworded
from tracker.reports.shifts import direction, have_changed, names, shifts_of
from tracker.reports.statements import Statement, contested, days_named, is_said, stages_named
from tracker.reports.view import View
from tracker.reports.week import WeekDocument
from tracker.rules.scale import SCALE
from tracker.vocabulary import EVENTS, Change, DeadlineKind, EntryKind, Outcome


class Kind(NamedTuple):
    """A kind of news."""

    own: Sequence[Any]
    """What a week has of it."""
    words: Callable[[View, Any], str]
    """The headline that it makes."""
    is_of_day: bool = False
    """Whether that has the day or the outcome of the first deadline."""


class News:
    """The news of a week, each kind found once."""

    def __init__(self, view: View, found: WeekDocument, corrections: Corrections) -> None:
        self.view, self.found = view, found
        changes, self.changed = found.changes, found.changed
        fell = {one.status_.concession for one in found.rows if direction(one) is Change.DOWN}
        self.shifts = shifts_of(found.rows)
        self.counts = [one for one in changes if one.kind is EntryKind.READING]
        self.exceeding = of_exceeded(view, [*latest(view, found.late), *self.counts])
        self.missed = _closed(changes, Outcome.MISSED, besides=fell)
        self.cancelled = _closed(changes, Outcome.CANCELLED, besides=self.changed)
        self.moved = days.moved(view, changes)
        self.days = days_named(changes, self.moved)
        self.agreed = [own for own in self.days if own[0].concession is None]
        self.stages = stages_named(view, changes)
        self.said: list[Sequence[Statement]] = [*self.days, *self.stages]
        self.passed = days.passed(found)
        late = [one for one in found.late if self.shifts or one not in self.exceeding]
        self.earlier = in_sentences(view, corrections, late)
        self.kind = next(one for one in self.kinds() if one.own)
        self.told = str(self.kind.own[0].deadline) if self.kind.is_of_day else None
        self.headline = sentence(self.kind.words(view, self.kind.own))

    def kinds(self) -> tuple[Kind, ...]:
        """Return the kinds of news; the headline has the first one of which there is anything."""
        changes = self.found.changes
        earlier = self.earlier if self.found.late or not changes else []
        return (
            Kind(self.shifts, partial(have_changed, at_risk=len(self._at_risk))),
            Kind(self.exceeding, news_of),
            Kind(self.missed, _first(_noted), is_of_day=True),
            Kind(self.moved, days.are_moved, is_of_day=len(self.moved) == 1),
            Kind(self.agreed, _first(is_said)),
            Kind(self._unsettled, _first(days.is_passed), is_of_day=True),
            Kind(self.counts, news_of),
            Kind(self.said, _first(is_said)),
            Kind(self.passed, _first(days.is_passed), is_of_day=True),
            Kind(self.found.reworded, are_reworded),
            Kind(earlier, _first(lambda _, words: words)),
            Kind(changes, _are_recorded),
            Kind(days.soon(self.found), days.is_soon, is_of_day=True),
            Kind([None], _is_nothing),
        )

    @property
    def lead(self) -> list[str]:
        """What the headline lacks: names, figures, what is at risk and due, and the term."""
        view, found, reworded = self.view, self.found, self.found.reworded
        sentences = (
            *names(view, self.shifts),
            *(_noted(view, one) for one in self.missed[:NAMED]),
            *self._figures(),
            *self._moved(),
            *self._cancelled(),
            *self._statements(),
            *self._notes(),
            *([are_reworded(view, reworded)] if reworded else ()),
            *self._risks(),
            *self._passed(),
            *self.earlier,
            *self._silence(),
            *days.next_due(view, found, self.told, self.headline),
            *days.terms(view, found, self.told),
        )
        return [ended(one) for one in sentences if sentence(one) != self.headline]

    @property
    def _at_risk(self) -> list[str]:
        """The unchanged concessions whose counterpart failed in this week."""
        before = {row.status_.concession: row.previous_stage for row in self.found.rows}
        failed = {slug for slug in self.changed if not ((was := before[slug]) and SCALE[was].fails)}
        slugs = [one.concession for one in self.found.at_risk if one.counterpart in failed]
        return [slug for slug in dict.fromkeys(slugs) if slug not in self.changed]

    @property
    def _unsettled(self) -> Sequence[DeadlineRow]:
        """What has passed, unless it is an event or a count of the week has reached its target."""
        if not self.passed or self.passed[0].kind in EVENTS:
            return []
        read = [one for one in self.counts if one.deadline == self.passed[0].deadline]
        return [] if reaching(self.view, read) else self.passed

    def _statements(self) -> Iterator[str]:
        """Yield what parties say of an agreement's days, and where they contradict each other.

        What they say of other things follows only if nothing else is new.
        """
        said = self.said
        if self.changed or self.moved or self.counts:
            said = [*self.agreed, *contested(self.stages)]
        leads = self.kind.own is self.agreed or self.kind.own is self.said
        yield from (is_said(self.view, own) for own in said[leads:][:NAMED])

    def _notes(self) -> Iterator[str]:
        """Yield how deadlines were closed and how notes begin, if nothing else is new."""
        changes = self.found.changes
        noted = [one for one in changes if one.kind is EntryKind.NOTE or one.outcome]
        if self.changed or len(noted) < len(changes):
            return
        firsts = by_key((one.concession or one.entry, one) for one in noted)
        for one, *_ in [*firsts.values()][:NAMED]:
            if one.outcome not in (Outcome.CANCELLED, Outcome.MISSED):
                yield _noted(self.view, one)

    def _figures(self) -> Iterator[str]:
        """Yield the week's latest count, unless the headline or what is due next has it.

        One for an exceeded limit comes first, then one for the deadline in the headline.
        """
        leads = self.kind.own
        told = leads if leads is self.exceeding or leads is self.counts else ()
        shown = {one.concession for one in told}
        read = [one for one in self.counts if one.concession and {one.concession} != shown]
        if not read:
            return
        named = [one for one in read if one.deadline == self.told]
        of = (of_exceeded(self.view, read) or named or read)[-1].concession
        last = furthest(self.view, [one for one in read if one.concession == of])
        row = days.following(self.found)
        if not (row and last.deadline == row.deadline):
            title = days.named(self.view, self.view.deadlines[str(last.deadline)])
            has_title = self.changed == {of} and title == quoted(self.view, str(of))
            yield progress(self.view, last, None if named or has_title else title)

    def _moved(self) -> Iterator[str]:
        """Yield what was moved, each by name if there are few."""
        if len(self.moved) > NAMED:
            yield days.are_moved(self.view, self.moved)
        else:
            yield from (days.is_moved(self.view, one) for one in self.moved)

    def _cancelled(self) -> Iterator[str]:
        closed = [self.view.deadlines[str(one.deadline)] for one in self.cancelled]
        gone = [days.what_moves(self.view, one) for one in closed]
        if len(gone) > NAMED:
            yield f"{number(len(gone))} deadlines were cancelled"
        elif gone:
            yield f"{joined(gone)} {plural(len(gone), 'was', 'were')} cancelled"

    def _risks(self) -> Iterator[str]:
        """Yield the titles of what a headline counts as newly at risk, if there are few."""
        if 0 < len(slugs := self._at_risk) <= NAMED:
            named = titles([quoted(self.view, slug) for slug in slugs])
            yield f"{named} {plural(len(slugs), 'was', 'were')} given in return"

    def _passed(self) -> Iterator[str]:
        """Yield what was due in this week and has no outcome.

        Of several agreements, it also yields which ended; that of a single one ends the lead.
        """
        ends = [one for one in self.passed if one.kind is DeadlineKind.EXPIRY]
        yield from (days.is_passed(self.view, one) for one in self.passed if one not in ends)
        if len(ends) > NAMED:
            yield f"{number(len(ends))} agreements ended"
        elif len(self.view.agreements) > 1:
            yield from (days.is_passed(self.view, one) for one in ends)

    def _silence(self) -> Iterator[str]:
        """Yield when something last happened, if nothing did in the week."""
        found = self.found
        if found.changes or self.changed or found.reworded or found.corrections:
            return
        if days_of_news := [*_days_with_news(self.view)]:
            last = week_of(max(days_of_news))
            began = self.view.in_prose(exactly(last.start))
            yield f"the last week with news began {began} ({last})"


def _closed(changes: Sequence[Entry], outcome: Outcome, besides: Container[str]) -> list[Entry]:
    """Return what closed deadlines with an outcome, unless their concessions' changes say so."""
    closed = (one for one in changes if one.outcome is outcome)
    return [one for one in closed if one.concession not in besides]


def _first(words: Callable[[View, Any], str]) -> Callable[[View, Sequence[Any]], str]:
    """Return the words of the first of several things."""
    return lambda view, own: words(view, own[0])


def _are_recorded(_: View, changes: Sequence[Entry]) -> str:
    updates = plural(len(changes), "one update was", f"{number(len(changes))} updates were")
    return f"no concession changed; {updates} recorded"


def _is_nothing(view: View, _: object) -> str:
    return "nothing changed" if view.state.head else "nothing had been recorded yet"


def _noted(view: View, entry: Entry) -> str:
    """Return how a deadline was closed, or how a note on something begins."""
    if entry.outcome:
        return (
            f"{days.named(view, view.deadlines[str(entry.deadline)])} was closed as {entry.outcome}"
        )
    of = title_of_several(view, entry.agreement)
    about = [quoted(view, entry.concession)] if entry.concession else [f"“{of}”"] if of else []
    says = [they_say(view, [entry.says])] if entry.says else []
    return ": ".join([*about, *says, opening(str(entry.note))])


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
