"""What needs attention in a book; a healthy book has no findings."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from tracker.entry import Entry
from tracker.interchange.disputes import put_aside, rival
from tracker.judged import ENDS
from tracker.quantities import FULL
from tracker.reports.claims import claims_row, said_by
from tracker.reports.counts import falls_short, highest_count
from tracker.reports.frame import (
    amount,
    announced_in_words,
    grouped,
    report,
)
from tracker.reports.sources import misquoted
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.stages import Position
from tracker.tables import Column, Report, table
from tracker.vocabulary import DeadlineVerdict, Stage, StageFrom, Standing


class Finding(StrEnum):
    """What `check` finds, the most urgent first."""

    DISPUTED = "disputed"
    CONTRADICTED = "contradicted"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    REACHED = "reached"
    CONTESTED = "contested"
    AT_RISK = "at-risk"
    REWRITTEN = "rewritten"
    MOVED = "moved"
    UNSOURCED = "unsourced"
    UNOFFICIAL = "unofficial"
    STALE = "stale"


REMEDIES = {
    Finding.DISPUTED: "log a verdict, or retract one; change or amend yours, or keep it with"
    " 'tracker checked SLUG' (a party or a source: change it)",
    Finding.CONTRADICTED: "correct the verdict or the closing, or log what is missing",
    Finding.OVERDUE: "close it, or move it to its new day",
    Finding.EXPIRED: "log met if it was kept to its end, else lapsed; if it was extended, run"
    " 'tracker move DEADLINE DATE'; for an agreement, add a note dated after its end",
    Finding.REACHED: "log met, or the stage that says what is still missing",
    Finding.CONTESTED: "log a verdict dated on or after the day of their last claims",
    Finding.AT_RISK: "watch its counterpart, or the talks on its renewal",
    Finding.REWRITTEN: "log your verdict again under the new test",
    Finding.MOVED: "see 'tracker source diff SOURCE'; change the quote if only the wording changed",
    Finding.UNSOURCED: "use 'tracker amend ENTRY --source SOURCE'",
    Finding.UNOFFICIAL: "find an official source, or leave it: press reports may be all there is",
    Finding.STALE: "log the news, or run 'tracker checked SLUG' if there is none",
}
"""What to do about each kind of finding."""
OPPOSITES = (
    (Stage.MET, DeadlineVerdict.MISSED),
    (Stage.MISSED, DeadlineVerdict.MET),
    (Stage.BROKEN, DeadlineVerdict.MET),
)
"""The verdicts on a concession that contradict the closing of its delivery."""


class CheckRow(NamedTuple):
    """One finding, in the words of the JSON contract."""

    finding: Finding
    """What was found."""
    subject: str
    """The slug of what it is about."""
    message: str
    """The finding in words."""


class CheckDocument(NamedTuple):
    """What needs attention, one row for each finding."""

    rows: list[CheckRow]


def check(view: View, stale_days: int) -> Report:
    """Report every finding; a concession is stale after `stale_days` without news or a check."""
    rows = [
        *_disputed(view),
        *_contradicted(view),
        *_overdue(view),
        *_expired(view),
        *_reached(view),
        *_contested(view),
        *_at_risk(view),
        *_rewritten(view),
        *_moved(view),
        *_sources(view),
        *_stale(view, stale_days),
    ]
    urgency = {finding: place for place, finding in enumerate(Finding)}
    rows.sort(key=lambda row: urgency[row.finding])
    counts = Counter(row.finding for row in rows)
    remedies = [
        Column("Count", lambda finding: str(counts[finding]), right=True),
        Column("Finding", lambda finding: finding),
        Column("What to do", lambda finding: REMEDIES[finding], wraps=True),
    ]
    columns = [
        Column("Finding", lambda row: row.finding),
        Column("Subject", lambda row: row.subject),
        Column("Message", lambda row: row.message, wraps=True),
    ]
    listed = grouped(view, rows, partial(table, columns), "Findings")
    return report(view, CheckDocument(rows), [table(remedies, [*counts], "What to do"), *listed])


def _stale(view: View, stale_days: int) -> Iterator[CheckRow]:
    for slug, position in view.listed_positions.items():
        last, checked_on = view.state.last_word(slug), view.state.checked_on(slug)
        spoken_on = last.on if last else view.judged.promised_on(view.state.concessions[slug]).last
        silent = (view.clocks.as_of - spoken_on).days
        looked_on = max(spoken_on, checked_on or date.min)
        if position.is_settled or (view.clocks.as_of - looked_on).days < stale_days:
            continue
        since = f"since {view.period(last.effective_on)}" if last else "since it was agreed"
        checked = f"; last checked {view.day(checked_on)}" if checked_on else ""
        yield CheckRow(Finding.STALE, slug, f"no news for {silent} days, {since}{checked}")


def _overdue(view: View) -> Iterator[CheckRow]:
    for position in view.overdue:
        message = f"was due {view.period(position.due_on)}, outcome unknown"
        yield CheckRow(Finding.OVERDUE, position.deadline.slug, message)


def _expired(view: View) -> Iterator[CheckRow]:
    for position, concession in view.expired:
        deadline = position.deadline
        ended = f"its term ended {view.period(position.due_on)}"
        said = announced_in_words(view, concession) if concession else ()
        message = "; ".join([f"{ended} ({deadline.slug}), outcome unknown", *said])
        yield CheckRow(Finding.EXPIRED, concession or deadline.agreement, message)


def _reached(view: View) -> Iterator[CheckRow]:
    """Yield what has reached its targets by all recent counts, and awaits a verdict."""
    for slug, on in view.judged.reached.items():
        if slug in view.listed_positions:
            message = f"every recent count has been at its target since {view.day(on)}; no verdict"
            yield CheckRow(Finding.REACHED, slug, f"{message} since")


def _sources(view: View) -> Iterator[CheckRow]:
    for slug, position in view.listed_positions.items():
        verdict = position.verdict
        if verdict is None:
            continue
        if not verdict.source:
            yield CheckRow(Finding.UNSOURCED, slug, f"{_verdict(verdict)} names no source")
        elif not any(view.state.sources[one].official for one in verdict.source):
            message = f"{_verdict(verdict)} rests on no official source"
            yield CheckRow(Finding.UNOFFICIAL, slug, message)


def _verdict(verdict: Entry) -> str:
    return f"the verdict '{verdict.stage}' (#{verdict.entry})"


def _contested(view: View) -> Iterator[CheckRow]:
    """Yield what the sides disagree on, if no verdict is dated on or after what they last said."""
    for slug, position in view.listed_positions.items():
        if position.standing is not Standing.CONTESTED:
            continue
        said = claims_row(view, view.state.concessions[slug]).of_sides
        if position.verdict is None or position.verdict.on < max(one.on.last for one in said):
            yield CheckRow(Finding.CONTESTED, slug, said_by(view, said))


def _disputed(view: View) -> Iterator[CheckRow]:
    """Yield what another book said otherwise when it was imported, until somebody settles it."""
    record = view.state.record
    for slug, position in view.listed_positions.items():
        last = position.verdict
        of_day = [one for one in view.state.verdicts(slug) if last and one.on == last.on]
        if last and (other := rival(record, of_day)):
            said = f"{last.author} says '{last.stage}' (#{last.entry}), which counts, and"
            said += f" {other.author} '{other.stage}' (#{other.entry})"
            yield CheckRow(Finding.DISPUTED, slug, f"{said}, both {view.period(last.effective_on)}")
    for theirs, by in put_aside(record):
        if view.state.shows(theirs) and by.on <= view.clocks.as_of:
            closed = f"closed it as {theirs.outcome}" if theirs.outcome else "declared it otherwise"
            message = f"{theirs.author} {closed} (#{theirs.entry}), which was put aside on import"
            yield CheckRow(Finding.DISPUTED, theirs.subject, f"{message} (#{by.entry})")


def _contradicted(view: View) -> Iterator[CheckRow]:
    """Yield verdicts and closings that counts or each other contradict."""
    for slug, position in view.listed_positions.items():
        own = view.judged.owned.get(slug, ())
        deliveries, measured = [one for one in own if one.is_delivery], view.judged.measured[slug]
        for one in own:
            message = None
            if one.is_limit:
                message = _against_limit(view, position, one)
            elif one.is_delivery and (len(deliveries) == 1 or one in measured):
                message = _against_delivery(view, position, one)
            if message:
                yield CheckRow(Finding.CONTRADICTED, slug, message)
    for deadline in view.listed_deadlines:
        if deadline.verdict is DeadlineVerdict.MET and (short := falls_short(view, deadline)):
            message = f"it was closed as met, but {short}"
            yield CheckRow(Finding.CONTRADICTED, deadline.deadline.slug, message)


def _against_limit(view: View, position: Position, limit: DeadlinePosition) -> str | None:
    """Return how a limit is exceeded, unless nothing is promised, or the promise has failed."""
    progress = view.judged.progress_of(limit)
    is_open = not position.is_settled and position.stage is not Stage.NEGOTIATING
    if progress.over_by is None or not (is_open or position.stage is Stage.MET):
        return None
    what = "verdict" if position.stage_from is StageFrom.VERDICT else "stage"
    over = amount(progress.over_by.rounded, "points" if limit.unit == "%" else limit.unit)
    excess = f"{limit.deadline.slug} is exceeded by {over}"
    if progress.disputed:
        excess = f"some counts exceed {limit.deadline.slug} by up to {over}"
    return f"the {what} is '{position.stage}', and {excess}"


def _against_delivery(view: View, position: Position, delivery: DeadlinePosition) -> str | None:
    """Return how the count, or the closing, of a delivery differs from the verdict."""
    if position.stage_from is not StageFrom.VERDICT:
        return None
    progress, stage, found = view.judged.progress_of(delivery), position.stage, None
    high = progress.band.percent_high if progress.band else None
    if stage is Stage.MET:
        found = falls_short(view, delivery)
    elif stage is Stage.MISSED and high is not None and high >= FULL:
        found = highest_count(high)
    if found:
        return f"the verdict is '{stage}', but {found}"
    if (stage, delivery.verdict) not in OPPOSITES:
        return None
    return (
        f"the verdict is '{stage}', and {delivery.deadline.slug} was closed as {delivery.verdict}"
    )


def _at_risk(view: View) -> Iterator[CheckRow]:
    for concession, because, counterpart, on in view.at_risk:
        why = f"given in return for {counterpart}, which is {because}"
        if because == ENDS:
            why = "its own term ends"
        yield CheckRow(Finding.AT_RISK, concession, f"{why} ({view.period(on)})")


def _rewritten(view: View) -> Iterator[CheckRow]:
    record = view.state.record
    for slug, position in view.listed_positions.items():
        verdict, declared = position.verdict, record.live_declarations(slug)
        under = [one for one in declared if verdict and one <= verdict.entry]
        last = declared[-1]
        if not (verdict and under) or under[-1] == last:
            continue
        if record.declares(under[-1])["test"] != record.declares(last)["test"]:
            message = f"{_verdict(verdict)} was given under another test (changed by #{last})"
            yield CheckRow(Finding.REWRITTEN, slug, message)


def _moved(view: View) -> Iterator[CheckRow]:
    for slug, message in misquoted(view):
        if slug not in view.state.concessions or slug in view.listed_positions:
            yield CheckRow(Finding.MOVED, slug, message)
