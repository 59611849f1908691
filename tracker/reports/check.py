"""What needs attention in a book; a healthy book has no findings."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from tracker.dates import in_words
from tracker.entry import Entry
from tracker.interchange.disputes import put_aside, rival, withdrawal_behind, withdrawn
from tracker.record import Record, value_of
from tracker.reports.claims import claims_row, said_by
from tracker.reports.frame import Contract, by_agreement, report
from tracker.reports.sources import misquoted
from tracker.reports.view import View
from tracker.reports.wording import (
    amount,
    basis_in_words,
    counter_in_words,
    falls_short,
    figure_in_words,
    is_unread,
    listing,
    opened_pages,
    said_in_words,
)
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import fits, names
from tracker.rules.statuses import Position, stated_by
from tracker.tables import Column, Report, Section
from tracker.things import differing
from tracker.things import in_words as words_of
from tracker.vocabulary import (
    EntryKind,
    Finding,
    Outcome,
    Standing,
    Status,
    StatusFrom,
)

Found = Iterator[tuple[str, str]]
"""Findings of one kind: the slug of what each is about, and the finding in words."""
Kinds = dict[Finding, tuple[Callable[[View], Found], str]]
FEW = 5
"""The least number of stale promises that are joined in one row."""
OPPOSITES = ("kept missed", "missed met", "broken met")
"""The verdicts on a concession that contradict the closing of its delivery."""


class CheckRow(NamedTuple):
    """One finding, in the words of the JSON contract."""

    finding: Finding
    """What was found; the most urgent comes first."""
    subject: str
    """The slug of what it is about."""
    message: str
    """The finding in words."""


CHECK = Contract(
    "check",
    "What needs attention, one row for each finding.",
    CheckRow,
)


def check(
    view: View,
    stale_days: int,
    only: Sequence[Finding] = (),
    since: date | None = None,
    *,
    in_full: bool = True,
) -> Report:
    """Report every finding, `only` of some kinds, or only those that are new `since` a day.

    A concession is stale after `stale_days` without news or a check; unless the report is to be
    `in_full`, those that are stale are one row.
    """
    log = "log the news, or run 'tracker checked SLUG' if there is none"
    kinds: Kinds = {**FINDINGS, Finding.STALE: (partial(_stale, stale_days), log)}
    if only:
        kinds = {kind: find for kind, find in kinds.items() if kind in only}
    rows = _rows(view, kinds)
    title = "Findings"
    if since:
        title = f"New since {in_words(since, date.min)}"
        known = {row[:2] for row in _rows(view.since(since), kinds)}
        rows = [row for row in rows if row[:2] not in known]
    counts = Counter(row.finding for row in rows)
    if not in_full:
        rows = _with_stale_joined(rows)
    remedies = [
        Column("Count", lambda kind: str(counts[kind]), right=True),
        Column("Finding", lambda kind: kind, whole=True),
        Column("What to do", lambda kind: kinds[kind][1]),
    ]
    columns = [
        Column("Finding", lambda row: row.finding, key="finding", whole=True),
        Column("Subject", lambda row: row.subject, key="subject", whole=True),
        Column("Message", lambda row: row.message, key="message"),
    ]
    table = Section(columns, rows, title)
    tables = by_agreement(view, table, lambda row: row.subject)
    to_do = Section(remedies, [*counts], "What to do")
    return report(view, CHECK, rows, [to_do, *tables])


def _rows(view: View, kinds: Kinds) -> list[CheckRow]:
    rows = []
    for kind, (find, _) in kinds.items():
        rows += [CheckRow(kind, *finding) for finding in find(view)]
    return rows


def _with_stale_joined(rows: list[CheckRow]) -> list[CheckRow]:
    """Return the rows with one in place of many for what is stale: nobody reads forty."""
    stale = [row for row in rows if row.finding is Finding.STALE]
    if len(stale) < FEW:
        return rows
    slugs = ", ".join(row.subject for row in stale)
    joined = CheckRow(Finding.STALE, f"{len(stale)} promises", f"no news of {slugs}")
    return [*(row for row in rows if row.finding is not Finding.STALE), joined]


def _is_settled(view: View, concession: str, by: Entry | None) -> bool:
    """Return whether somebody looked at a concession after the entry that a finding rests on."""
    last = view.last_check(concession)
    return last is not None and (by is None or last.entry > by.entry)


def _verdicts(view: View) -> list[Entry]:
    return [
        position.verdict
        for position in view.listed_positions.values()
        if position.verdict
    ]


def _named(verdict: Entry) -> str:
    return f"the verdict '{stated_by(verdict)}' (#{verdict.entry})"


def _stale(stale_days: int, view: View) -> Found:
    as_of = view.as_of
    for slug, position in view.listed_positions.items():
        promised_on = view.promised_on(view.concessions[slug]).last
        looked_at_on = view.looked_at_on(slug, promised_on)
        if position.is_settled or (as_of - looked_at_on).days < stale_days:
            continue
        last = view.last_word(slug)
        silent = (as_of - (last.on if last else promised_on)).days
        since = (
            f"since {view.period(last.effective_on)}" if last else "since it was agreed"
        )
        checked_on = view.checked_on(slug)
        checked = f"; last checked {view.day(checked_on)}" if checked_on else ""
        yield slug, f"no news for {silent} days, {since}{checked}"


def _overdue(view: View) -> Found:
    for position in view.overdue:
        yield (
            position.slug,
            f"was due {view.period(position.due_on)}, outcome unknown",
        )


def _expired(view: View) -> Found:
    for position, concession in view.expired:
        day = view.period(position.due_on)
        words = [f"its term ended {day} ({position.slug}), outcome unknown"]
        words += said_in_words(view, position) if concession else []
        yield concession or position.deadline.agreement, "; ".join(words)


def _reached(view: View) -> Found:
    """Yield what has reached its targets by their figures, and awaits a verdict."""
    for slug in view.listed_positions:
        if since := view.reached_on(slug, on_the_day=False):
            words = f"its figure has been at its target since {view.day(since)}"
        elif since := view.reached_on(slug, on_the_day=True):
            words = f"its figure reached its target on {view.day(since)}, and is below it now"
        else:
            continue
        yield slug, f"{words}; no verdict since"


def _unnamed(view: View) -> Found:
    """Yield the targets with several series that do not say which of them counts."""
    for due in view.listed_deadlines:
        deadline = due.deadline
        figure = view.figure(due)
        if due.target is None or figure is None or view.is_settled(due):
            continue
        counts = [other.series for other in view.latest(due)]
        counts = [series for series in counts if fits(due, series)]
        named = [series for series in counts if names(deadline, series)]
        counted = f"its figure is {figure_in_words(view, due)}"
        if not named:
            who = ", ".join(filter(None, [deadline.counted_by, deadline.basis]))
            yield deadline.slug, f"nothing is counted by {who}; {counted}"
        elif len(named) > 1:
            several = listing(
                [
                    f"{series.counted_by}{basis_in_words(series.basis)}"
                    for series in named
                ]
            )
            yield deadline.slug, f"it does not say which counts: {several}; {counted}"


def _unsourced(view: View) -> Found:
    for verdict in _verdicts(view):
        if not verdict.source:
            yield verdict.subject, f"{_named(verdict)} names no source"


def _unread(view: View) -> Found:
    for verdict in _verdicts(view):
        if is_unread(view, verdict) and not _is_settled(view, verdict.subject, verdict):
            words = f"{_named(verdict)} rests only on pages that nobody opened"
            yield verdict.subject, words


def _unofficial(view: View) -> Found:
    """Yield the verdicts of which somebody opened pages, but no official one."""
    for verdict in _verdicts(view):
        opened = opened_pages(view, verdict)
        is_official = any(source.official for source in opened)
        if not opened or is_official:
            continue
        if not _is_settled(view, verdict.subject, verdict):
            yield verdict.subject, f"{_named(verdict)} rests on no official source"


def _contested(view: View) -> Found:
    """Yield what the sides disagree on, if no verdict is dated on or after what they last said."""
    for slug, position in view.listed_positions.items():
        if position.standing is not Standing.CONTESTED:
            continue
        claims = claims_row(view, view.concessions[slug]).of_sides
        if position.judged_on < max(claim.on.last for claim in claims):
            yield slug, said_by(view, claims)


def disputed(view: View) -> Found:
    """Yield what another book said otherwise when it was imported, until somebody settles it."""
    record = view.record
    for last in _verdicts(view):
        of_day = [
            verdict for verdict in view.verdicts(last.subject) if verdict.on == last.on
        ]
        if other := rival(record, of_day):
            message = f"{last.author} says '{stated_by(last)}' (#{last.entry}), which counts, and"
            message += f" {other.author} '{stated_by(other)}' (#{other.entry})"
            yield last.subject, f"{message}, both {view.period(last.effective_on)}"
    for aside, by in put_aside(record):
        if view.shows(aside) and by.on <= view.as_of:
            yield aside.subject, _put_aside(record, aside, by)
    for slug, by, resting in withdrawn(record):
        if view.shows(by) and by.on <= view.as_of:
            authors = " and ".join(dict.fromkeys(entry.author for entry in resting))
            lost = f"so what {authors} recorded (#{resting[0].entry}) does not count"
            advice = "declare it again, or retract that"
            yield slug, f"{by.author} withdrew it (#{by.entry}), {lost}: {advice}"


def _put_aside(record: Record, aside: Entry, by: Entry) -> str:
    """Return what an import put aside, and why; for what somebody took back, what settles it."""
    is_declaration = aside.kind is EntryKind.DECLARATION
    said = ""
    if aside.outcome:
        said = f"closed it as {aside.outcome}"
    elif is_declaration:
        declared = record.declarations[record.rows[aside.entry].subject_id]
        live = [number for number in declared if number not in record.retracted]
        if live:
            fields = differing(record.declares(aside.entry), record.declares(live[-1]))
            values = [f"{name} '{words_of(was)}'" for name, (was, _) in fields.items()]
            said = f"declared {listing(values)}"
    if said:
        put_aside = f"was put aside on import (#{by.entry})"
        return f"{aside.author} {said} (#{aside.entry}), which {put_aside}"
    taken = withdrawal_behind(record, aside)
    who = taken.author if taken else "somebody"
    number = f" (#{taken.entry})" if taken else ""
    if is_declaration:
        advice = f"declare it again, or retract {aside.entry}"
        change = f"{aside.author}'s change (#{aside.entry})"
        return f"{who} withdrew it{number}, so {change} does not count: {advice}"
    correction = f"that {aside.author} corrected (#{aside.entry})"
    advice = f"record it again, or retract {aside.entry}"
    return f"{who} retracted an entry{number} {correction}, and neither counts: {advice}"


def _contradicted(view: View) -> Found:
    """Yield verdicts and closings that counts or each other contradict."""
    for due in view.listed_deadlines:
        deadline = due.deadline
        position = value_of(view.positions, deadline.concession)
        if position and deadline.concession:
            against = _against_limit if due.is_limit else _against_delivery
            message = against(view, position, due)
            if message:
                yield deadline.concession, message
        is_closed = due.closed_as is Outcome.MET
        if is_closed and (short := falls_short(view, due)):
            yield deadline.slug, f"it was closed as met, but {short}"


def _against_limit(
    view: View, position: Position, limit: DeadlinePosition
) -> str | None:
    """Return how a limit is exceeded, unless nothing is promised, or the promise has failed."""
    excesses = view.excesses(limit)
    is_open = not position.is_settled and position.stated is not Status.NEGOTIATING
    if not excesses or not (is_open or position.stated is Status.KEPT):
        return None
    counts = listing(
        [
            f"{figure.series.counted_by} counts {amount(figure.series.value, limit.unit)}"
            for figure in excesses
        ]
    )
    what = "verdict" if position.status_from is StatusFrom.VERDICT else "status"
    target = amount(limit.target, limit.unit)
    said = f"the {what} is '{position.stated}', and {counts}"
    return f"{said}, above the limit of {target} ({limit.slug})"


def _against_delivery(
    view: View, position: Position, delivery: DeadlinePosition
) -> str | None:
    """Return how the count, or the closing, of a delivery differs from the verdict."""
    slug = str(delivery.deadline.concession)
    stated = position.stated
    deliveries = [due for due in view.owned[slug] if due.is_delivery]
    judged = deliveries if len(deliveries) == 1 else view.measured[slug]
    if position.status_from is not StatusFrom.VERDICT or delivery not in judged:
        return None
    by_day = view.figure_by(delivery, delivery.last)
    count = None
    if stated is Status.KEPT:
        count = falls_short(view, delivery)
    elif stated is Status.MISSED and by_day and by_day.reached_on:
        count = (
            f"{counter_in_words(view, by_day.series)}, had counted all of it by its day"
        )
    if count:
        return f"the verdict is '{stated}', but {count}"
    if f"{stated} {delivery.closed_as}" in OPPOSITES:
        closed = f"{delivery.slug} was closed as {delivery.closed_as}"
        return f"the verdict is '{stated}', and {closed}"
    return None


def _at_risk(view: View) -> Found:
    for concession, status, counterpart, on in view.at_risk:
        if not _is_settled(view, concession, view.counterparts[counterpart].decided_by):
            why = f"given in return for {counterpart}, which is {status}"
            yield concession, f"{why} ({view.period(on)})"


def _rewritten(view: View) -> Found:
    record = view.record
    for verdict in _verdicts(view):
        declared = record.live_declarations(verdict.subject)
        last = declared[-1]
        under = max(
            (entry for entry in declared if entry <= verdict.entry), default=last
        )
        tests = [record.declares(entry)["test"] for entry in {under, last}]
        if len({*tests}) > 1:
            was = f"was given under another test (changed by #{last})"
            yield verdict.subject, f"{_named(verdict)} {was}"


def _moved(view: View) -> Found:
    for slug, message in misquoted(view):
        if slug not in view.concessions or slug in view.listed_positions:
            yield slug, message


FINDINGS: Kinds = {
    Finding.DISPUTED: (
        disputed,
        "log a verdict, or retract one; change or amend yours, or keep it with"
        " 'tracker checked SLUG' (a party or a source: change it)",
    ),
    Finding.CONTRADICTED: (
        _contradicted,
        "correct one with 'tracker amend ENTRY', or measure what is missing",
    ),
    Finding.OVERDUE: (
        _overdue,
        "'tracker log CONCESSION STATUS'; for an event, 'tracker close DEADLINE met'; if it was"
        " moved, 'tracker move DEADLINE DATE'",
    ),
    Finding.EXPIRED: (
        _expired,
        "'tracker log CONCESSION kept' (or partly, missed); if it was extended, 'tracker move"
        " DEADLINE DATE'; for an agreement, 'tracker note AGREEMENT TEXT'",
    ),
    Finding.REACHED: (
        _reached,
        "'tracker log CONCESSION kept', or the status that says what is still missing",
    ),
    Finding.UNNAMED: (
        _unnamed,
        "name who counts: 'tracker change DEADLINE --counted-by WHO --basis BASIS'",
    ),
    Finding.CONTESTED: (
        _contested,
        "'tracker log CONCESSION STATUS', dated on or after their last claims",
    ),
    Finding.AT_RISK: (
        _at_risk,
        "watch its counterpart; 'tracker checked SLUG' settles it"
        " until something changes",
    ),
    Finding.REWRITTEN: (
        _rewritten,
        "'tracker log' your verdict again under the new test",
    ),
    Finding.MOVED: (
        _moved,
        "see 'tracker source diff SOURCE'; change the quote if only the wording changed",
    ),
    Finding.UNSOURCED: (_unsourced, "use 'tracker amend ENTRY --source SOURCE'"),
    Finding.UNREAD: (
        _unread,
        "open a page and run 'tracker change SOURCE --read', add a source, or settle it with"
        " 'tracker checked SLUG'",
    ),
    Finding.UNOFFICIAL: (
        _unofficial,
        "'tracker amend ENTRY --add-source KEY'; a government's page: 'tracker add source KEY"
        " --url URL --official'; or settle it with 'tracker checked SLUG'",
    ),
}
"""What finds each kind of finding, the most urgent first, and what to do about it."""
