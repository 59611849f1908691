"""What each side says about each concession, beside the book's own verdict."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import Period
from tracker.reports.frame import (
    Citations,
    Contract,
    by_agreement,
    no_concession,
    report,
)
from tracker.reports.status import Claim, claim_of, concession_column
from tracker.reports.view import View
from tracker.reports.wording import amount, says
from tracker.rules.statuses import latest_by_party, stated_by
from tracker.tables import NOTHING, Cell, Column, Report, Section, cited, counted
from tracker.things import Concession
from tracker.vocabulary import Standing, Status

MEANINGS = {
    Standing.AGREED: "giver and receiver say the same",
    Standing.ONE_SIDED: "only one side has spoken",
    Standing.CONTESTED: "the sides say different things",
}
"""What each standing means that the claims on a concession can have."""


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
    verdict: Status | None
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


CLAIMS = Contract(
    "claims",
    "What each side says, one row for each concession.",
    ClaimsRow,
)


def claims(view: View, slug: str | None = None) -> Report:
    """Report the latest claims on one concession, or on all."""
    slugs = [slug] if slug else []
    rows = [
        claims_row(view, concession) for concession in view.standing_concessions(slugs)
    ]
    spoken = [row for row in rows if slug or row.days or row.of_sides or row.others]
    citations = Citations(view)
    sections = []
    if spoken or not rows:
        columns = _columns(view, citations)
        table = Section(columns, spoken, empty=no_concession(view))
        sections = by_agreement(view, table, lambda row: row.concession)
        standings = {row.standing for row in spoken}
        meanings = []
        for standing, meaning in MEANINGS.items():
            if standing in standings:
                meanings.append(f"{standing.capitalize()}: {meaning}.")
        if meanings:
            sections.append(Section(lines=(" ".join(meanings),)))
    if silent := len(rows) - len(spoken):
        sections.append(
            Section(lines=[f"{counted(silent, 'concession')} without a claim."])
        )
    return report(view, CLAIMS, rows, citations.of(sections))._replace(
        cites_on_sites=True
    )


def _columns(view: View, citations: Citations) -> list[Column]:
    """Return the columns of claims, each with the marks of its sources.

    Below a concession are the days and targets that parties name, whether they count or not.
    """

    def verdict(row: ClaimsRow) -> Cell:
        entry = view.positions[row.concession].verdict
        if entry is None:
            return Cell(NOTHING)
        return cited(stated_by(entry), citations.marks([entry.first_source]))

    def said(row: ClaimsRow) -> Cell:
        claims = [*row.of_sides, *row.others]
        return cited("", said_by(view, claims, citations) or NOTHING)

    def days(row: ClaimsRow) -> str | None:
        by_words = dict[str, dict[str, None]]()
        for claim in row.days:
            words = view.period(claim.due_on)
            if claim.target is not None:
                words += f", {amount(claim.target, view.due[claim.deadline].unit)}"
            by_words.setdefault(words, {})[claim.party] = None
        notes = [
            f"{view.shorts(named)} announced {words}"
            for words, named in by_words.items()
        ]
        return "; ".join(notes) or None

    return [
        concession_column(view, days),
        Column(
            "Gives → gets",
            lambda row: view.parties_line(row.concession),
            spare=True,
            whole=True,
        ),
        Column(
            "Standing",
            lambda row: row.standing if row.of_sides or row.others else NOTHING,
            key="standing",
            whole=True,
        ),
        Column("Verdict", verdict, key="verdict", cites=True, whole=True),
        Column("Claims", said, cites=True),
    ]


def claims_row(view: View, concession: Concession) -> ClaimsRow:
    """Return one concession's claims."""
    position = view.positions[concession.slug]
    spoken = latest_by_party(view.claims(concession.slug))
    givers, receivers = (side.words(spoken) for side in view.sides[concession.slug])
    sides = givers | receivers
    days = []
    for due in view.owned.get(concession.slug, ()):
        latest = {heard.move.says: heard.move for heard in due.moves}
        for party, move in latest.items():
            if party and move.due_on:
                said = DayClaim(
                    party,
                    due.slug,
                    move.due_on,
                    move.value,
                    move.effective_on,
                    move.first_source,
                )
                days.append(said)
    return ClaimsRow(
        concession=concession.slug,
        verdict=stated_by(position.verdict) if position.verdict else None,
        givers_say=tuple(map(claim_of, givers.values())),
        receivers_say=tuple(map(claim_of, receivers.values())),
        others=tuple(
            claim_of(mark) for party, mark in spoken.items() if party not in sides
        ),
        days=tuple(days),
        standing=position.standing,
    )


def said_by(
    view: View, claims: Iterable[Claim], citations: Citations | None = None
) -> str:
    """Return what parties say, and when: `US says kept, 9 Jul; China says started, 3 Nov`."""
    said = []
    for claim in claims:
        mark = citations.marks([claim.source]) if citations else ""
        said.append(
            f"{says(view, claim.party)} {claim.status}, {view.period(claim.on)}{mark}"
        )
    return "; ".join(said)
