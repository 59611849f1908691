"""How far a concession has come, and for how long it has to be kept up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from tracker.dates import Period
from tracker.entry import Entry
from tracker.rules.deadlines import (
    DeadlinePosition,
    Sides,
    by_day,
    have_met,
    uncancelled,
)
from tracker.things import Concession
from tracker.vocabulary import (
    FAILING,
    GONE,
    DeadlineKind,
    DeadlineVerdict,
    Instrument,
    Standing,
    Status,
    StatusFrom,
    TermWord,
)

STAYING = (*GONE, Status.NEGOTIATING)
"""The statuses that the end of a term does not change."""


class Term(NamedTuple):
    """Whether a concession has to be kept up, and until which day."""

    holds: bool
    """Whether it has to be kept up."""
    term_ends_on: Period | None
    """The last day on which it has to be kept up."""
    deadline: str | None
    """The expiry that ends it."""

    def is_over(self, as_of: date) -> bool:
        """Whether its last day has passed."""
        return self.term_ends_on is not None and self.term_ends_on.last < as_of

    def ended_in_silence(self, word_on: date | None, as_of: date) -> bool:
        """Whether its last day has passed, and nothing was said on that day or after it."""
        ends_on = self.term_ends_on
        if ends_on is None or not self.is_over(as_of):
            return False
        return word_on is None or word_on < ends_on.last


FOR_GOOD = Term(False, None, None)
"""The term of a promise that is kept once it has been delivered."""


def term_of(
    concession: Concession,
    owned: Sequence[DeadlinePosition],
    of_agreement: Iterable[DeadlinePosition],
) -> Term:
    """Return a concession's term.

    It holds if it says so, or has an expiry of its own, a limit or an open term. Its term ends with
    the latest expiry of its own that is not cancelled, else with the last day of its limits, else
    with its agreement; an open one never ends. If it does not hold, it has no term.
    """
    if concession.term is TermWord.OPEN:
        return Term(True, None, None)
    expiries = [
        position for position in owned if position.deadline.kind is DeadlineKind.EXPIRY
    ]
    limits = [position for position in owned if position.deadline.is_limit]
    if not (concession.hold or expiries or limits):
        return FOR_GOOD
    last = last_end(expiries) or _last_limit(limits) or last_end(of_agreement)
    return Term(True, last.due_on, last.slug) if last else Term(True, None, None)


def _last_limit(limits: Sequence[DeadlinePosition]) -> DeadlinePosition | None:
    """Return the limit that binds longest, if all that are not cancelled have a last day."""
    binding = [
        limit for limit in limits if limit.verdict is not DeadlineVerdict.CANCELLED
    ]
    last = max(binding, key=by_day, default=None)
    return last if last and last.due_on else None


def first_to_miss(
    positions: Iterable[DeadlinePosition], term: Term
) -> tuple[date, str] | None:
    """Return the day after which a concession can be missed, and the deadline that has it.

    It is the day of its first delivery, else the end of its term, else None.
    """
    days = []
    for position in uncancelled(positions):
        day = first_day_to_miss(position)
        if day is not None:
            days.append((day, position.slug))
    if not days and term.term_ends_on is not None and term.deadline is not None:
        days = [(term.term_ends_on.last, term.deadline)]
    return min(days, default=None)


def status_of(
    stated: Status, word_on: date | None, term: Term, as_of: date
) -> tuple[Status, Status | None]:
    """Return the status that follows from what was stated last, and what it was if it is unknown.

    `word_on` is the day of the verdict, or the day on which both sides said so; None for what is
    merely declared.
    """
    status = stated
    if stated is Status.KEPT and term.holds:
        status = Status.IN_FORCE
    if stated not in STAYING and term.ended_in_silence(word_on, as_of):
        return Status.UNKNOWN, status
    return (stated if term.is_over(as_of) else status), None


def first_day_to_miss(position: DeadlinePosition) -> date | None:
    """Return the earlier of a deadline's original and current last days."""
    days = position.due_on, position.original_due_on
    return min((day.last for day in days if day), default=None)


def last_end(positions: Iterable[DeadlinePosition]) -> DeadlinePosition | None:
    """Return the latest expiry, which ends a term; cancelled ones do not count."""
    expiries = (end for end in positions if end.deadline.kind is DeadlineKind.EXPIRY)
    running = [end for end in expiries if not end.closed and end.due_on is not None]
    return max(running, key=by_day, default=None)


class Position(NamedTuple):
    """The status of a concession on a day, in the words of the JSON contract."""

    status: Status
    status_on: Period
    """The day on which it was last stated; if it is unknown, on which the one before was."""
    since: Period
    """The day since which it has been stated without another one between."""
    status_from: StatusFrom
    """What the status rests on."""
    status_before: Status | None
    """What it was when its term ended, if it is unknown."""
    standing: Standing
    """What the claims of giver and receiver add up to."""
    latest_claim: Entry | None
    verdict: Entry | None
    decided_by: Entry | None
    """The verdict, or the claim since which both sides agree; None if it is merely declared."""
    term: Term
    stated: Status
    """What was stated last, whatever its term makes of that."""
    has_ended: bool
    """Whether it was kept, or kept in part, to the end of its term."""

    @property
    def is_unknown(self) -> bool:
        """Whether its term is over, and no word that counts says how it ended."""
        return self.status is Status.UNKNOWN

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.has_ended or self.status in (Status.KEPT, *GONE)

    @property
    def judged_on(self) -> date:
        """The day of the last verdict; without one, before all days."""
        return self.verdict.on if self.verdict else date.min

    @property
    def fails(self) -> bool:
        """Whether what was given in return for it is at risk."""
        return self.stated in FAILING


def position(
    concession: Concession,
    promised_on: Period,
    sides: Sides,
    words: Sequence[Entry],
    term: Term = FOR_GOOD,
    as_of: date = date.max,
) -> Position:
    """Decide a concession's status: the verdict, else the last agreed one, else the declared one.

    `words` are the live verdicts and claims, the latest last.
    """
    judged = [word for word in words if word.says is None]
    claims = [word for word in words if word.says is not None]
    spoken = latest_by_party(claims)
    # What both sides said matters beside a verdict only once the term is over.
    is_alone = judged and not term.is_over(as_of)
    both = [] if is_alone else last_agreed(sides, claims)
    stated = declared(concession)
    on = promised_on
    since = promised_on
    status_from = StatusFrom.DECLARED
    said_on = None
    decided = both if _both_say_the_end(judged, both, term, as_of) else judged or both
    if decided:
        stated = stated_by(decided[-1])
        on = decided[-1].effective_on
        for word in takewhile(lambda word: stated_by(word) is stated, reversed(decided)):
            since = word.effective_on
        status_from = StatusFrom.BOTH if decided is both else StatusFrom.VERDICT
        said_on = on.last
        if both:
            said_on = max(said_on, both[-1].on)
    status, before = status_of(stated, said_on, term, as_of)
    was_kept = status in (Status.KEPT, Status.PARTLY)
    return Position(
        status,
        on,
        since,
        status_from,
        before,
        standing=standing(sides, spoken),
        latest_claim=next(
            (spoken[by] for by in reversed(spoken) if sides.speaks(by)), None
        ),
        verdict=judged[-1] if judged else None,
        decided_by=decided[-1] if decided else None,
        term=term,
        stated=stated,
        has_ended=was_kept and term.is_over(as_of),
    )


def _both_say_the_end(
    judged: Sequence[Entry], both: Sequence[Entry], term: Term, as_of: date
) -> bool:
    """Return whether both sides said, and no verdict did, how a term ended."""
    if not (judged and both) or stated_by(judged[-1]) in STAYING:
        return False
    is_silent = term.ended_in_silence(judged[-1].on, as_of)
    differ = stated_by(both[-1]) is not stated_by(judged[-1])
    return is_silent and differ and not term.ended_in_silence(both[-1].on, as_of)


def stated_by(word: Entry) -> Status:
    """Return the status that a verdict or a claim states."""
    assert word.stage is not None
    return word.stage.status


def declared(concession: Concession) -> Status:
    """Return the status of a promise without verdicts or claims."""
    proposal = concession.instrument is Instrument.PROPOSAL
    return Status.NEGOTIATING if proposal else Status.PROMISED


def last_agreed(sides: Sides, claims: Sequence[Entry]) -> list[Entry]:
    """Return the claims by which both sides agreed on a status, in order.

    Each counts from the day on which the later side said so; if both repeat it, from the
    later of the new days.
    """
    agreeing: list[Entry] = []
    spoken: dict[str, Entry] = {}
    repeated: dict[str, Entry] = {}
    agreed = False
    for claim in claims:
        if not sides.speaks(claim.says):
            continue
        spoken[str(claim.says)] = claim
        was_agreed = agreed
        agreed = standing(sides, spoken) is Standing.AGREED
        counts = any(claim.says in side.words(spoken) for side in sides)
        if not (agreed and was_agreed):
            repeated = {}
        elif counts:
            repeated = repeated | {str(claim.says): claim}
        if agreed and (not was_agreed or standing(sides, repeated) is Standing.AGREED):
            agreeing.append(claim)
            repeated = {}
    return agreeing


def standing(sides: Sides, spoken: Mapping[str, Entry]) -> Standing:
    """Return what the latest claims add up to: agreed, contested, one-sided or unclaimed.

    A party's own claim outranks its bloc's; a bloc speaks for members that said nothing.
    """
    if not spoken:
        return Standing.UNCLAIMED
    givers = sides.givers.words(spoken)
    receivers = sides.receivers.words(spoken)
    if not givers and not receivers:
        return Standing.UNCLAIMED
    if not have_met(givers, receivers):
        return Standing.ONE_SIDED
    stated = {stated_by(claim) for claim in (*givers.values(), *receivers.values())}
    return Standing.AGREED if len(stated) == 1 else Standing.CONTESTED


def latest_by_party(claims: Iterable[Entry]) -> dict[str, Entry]:
    """Return each party's latest claim, in the order of these."""
    latest: dict[str, Entry] = {}
    for claim in claims:
        if claim.says is not None:
            latest.pop(claim.says, None)
            latest[claim.says] = claim
    return latest
