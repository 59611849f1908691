"""What each side says about each concession, beside the book's own verdict."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from tracker.dates import Period
from tracker.reports.deadlines import deadline_row, what_falls_due
from tracker.reports.frame import (
    amount,
    grouped,
    no_concession,
    report,
    says,
)
from tracker.reports.sources import Citations, cited_column
from tracker.reports.status import Claim, claim_of, concession_column
from tracker.reports.view import View
from tracker.rules import stages
from tracker.tables import NOTHING, Column, Report, Section, counted, table
from tracker.things import Concession
from tracker.vocabulary import DeadlineKind, Stage, Standing


class DayClaim(NamedTuple):
    """A party's latest word on the day or the target of a deadline."""

    party: str
    deadline: str
    due_on: Period
    target: Decimal | None
    on: Period
    """The day of its statement."""
    source: str | None


class ClaimsRow(NamedTuple):
    """One concession's claims, in the words of the JSON contract."""

    concession: str
    verdict: Stage | None
    """The book's own verdict."""
    givers_say: tuple[Claim, ...]
    """The latest claim of each giver that made one."""
    receivers_say: tuple[Claim, ...]
    """The latest claim of each receiver that made one."""
    others: tuple[Claim, ...]
    """What third parties say."""
    days: tuple[DayClaim, ...]
    """What parties say about its deadlines, and about the end of its term."""
    standing: Standing

    @property
    def of_sides(self) -> list[Claim]:
        """What givers and receivers last said, once for a party on both sides."""
        return [*dict.fromkeys((*self.givers_say, *self.receivers_say))]


class ClaimsDocument(NamedTuple):
    """What each side says, one row for each concession."""

    rows: list[ClaimsRow]


def claims(view: View, slug: str | None = None) -> Report:
    """Report the latest claims on one concession, or on all."""
    slugs = [slug] if slug else []
    rows = [claims_row(view, concession) for concession in view.standing_concessions(slugs)]
    citations = Citations(view)
    spoken = [row for row in rows if slug or row.givers_say or row.receivers_say or row.others]
    sections = list[Section]()
    if spoken or not rows:
        claimed = partial(table, _columns(view, citations), empty=no_concession(view))
        sections += grouped(view, spoken, claimed, "")
    if silent := len(rows) - len(spoken):
        words = f"{counted(silent, 'concession')} without a claim."
        sections.append(Section(lines=(words,)))
    days = {(one.deadline, one.party): one for row in rows for one in row.days}
    if days:
        named = table(_day_columns(view, citations), [*days.values()], "Days that parties name")
        sections.append(named)
    sections.append(citations.section())
    return report(view, ClaimsDocument(rows), sections)._replace(cites_on_request=True)


def _columns(view: View, citations: Citations) -> list[Column]:
    """Return the columns of claims, each claim with the mark of its source."""

    def verdict(row: ClaimsRow) -> str:
        own = view.judged.positions[row.concession].verdict
        return f"{own.stage}{citations.cite(own.first_source)}" if own else NOTHING

    def said(claims: Sequence[Claim]) -> str:
        parts = ((view.short(one.party), one.stage, citations.cite(one.source)) for one in claims)
        return "; ".join(f"{party}: {stage}{mark}" for party, stage, mark in parts) or NOTHING

    cells: dict[str, Callable[[ClaimsRow], str]] = {
        "Verdict": verdict,
        "Giver says": lambda row: said(row.givers_say),
        "Receiver says": lambda row: said(row.receivers_say),
        "Others say": lambda row: said(row.others),
    }
    return [
        concession_column(view),
        Column("Gives → gets", lambda row: view.parties_line(row.concession), spare=True),
        Column("Standing", lambda row: row.standing),
        *(Column(name, cell, cites=cell, wraps=name == "Others say")
          for name, cell in cells.items()),
    ]  # fmt: skip


def _day_columns(view: View, citations: Citations) -> list[Column]:
    """Return the columns of what parties say about days and targets, whether it counts or not."""
    due = view.judged.deadlines

    def said(row: DayClaim) -> str:
        target = f", {amount(row.target, due[row.deadline].unit)}" if row.target is not None else ""
        return f"{says(view, row.party)} {view.period(row.due_on)}{target}"

    def what(row: DayClaim) -> str:
        return what_falls_due(view, deadline_row(view, due[row.deadline]))

    return [
        Column("Deadline", what, wraps=True, about=lambda row: row.deadline),
        Column("Current day", lambda row: view.period(due[row.deadline].due_on)),
        cited_column("Said", said, lambda row: citations.cite(row.source), wraps=True),
        Column("On", lambda row: view.period(row.on), right=True),
    ]


def claims_row(view: View, concession: Concession) -> ClaimsRow:
    """Return one concession's claims."""
    position = view.judged.positions[concession.slug]
    spoken = stages.latest_by_party(view.state.claims(concession.slug))
    givers, receivers = (side.words(spoken) for side in view.judged.sides[concession.slug])
    others = spoken.keys() - givers.keys() - receivers.keys()
    return ClaimsRow(
        concession=concession.slug,
        verdict=position.verdict.stage if position.verdict else None,
        givers_say=tuple(map(claim_of, givers.values())),
        receivers_say=tuple(map(claim_of, receivers.values())),
        others=tuple(claim_of(mark) for party, mark in spoken.items() if party in others),
        days=tuple(_days(view, concession.slug)),
        standing=position.standing,
    )


def _days(view: View, concession: str) -> Iterator[DayClaim]:
    """Yield the latest word of each party on each deadline of a concession.

    For what has to be kept up, they include the end of its agreement; what is said of that end
    also counts for an earlier end of its own.
    """
    owned, agreement = view.judged.owned, view.state.concessions[concession].agreement
    own, term = owned.get(concession, ()), view.judged.term_end(concession)
    ends = [one for one in owned[agreement] if one.deadline.kind is DeadlineKind.EXPIRY]
    of_ends = {move.says: move for one in ends for move, *_ in one.moves}
    announced = view.judged.announced(concession)
    for position in [*own, *(ends if term else ())]:
        slug, said = position.deadline.slug, {move.says: move for move, *_ in position.moves}
        if term and slug == term.deadline.slug:
            said = {by: of_ends[by] for by in announced if by in of_ends} | said
        for party, move in said.items():
            if party and move.due_on:
                what = (move.due_on, move.value, move.effective_on, move.first_source)
                yield DayClaim(party, slug, *what)


def said_by(view: View, claims: Iterable[Claim]) -> str:
    """Return what parties say, and when: `US says met, 9 Jul; China says started, 3 Nov`."""
    return "; ".join(
        f"{says(view, one.party)} {one.stage}, {view.period(one.on)}" for one in claims
    )
