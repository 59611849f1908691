"""What each side says about each concession, beside the book's own verdict."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from tracker.dates import Period
from tracker.entry import Entry
from tracker.reports.deadlines import title_or_label
from tracker.reports.frame import (
    amount,
    counted,
    grouped,
    no_concession,
    report,
    rows_of,
    says,
)
from tracker.reports.sources import Citations, cited_column
from tracker.reports.status import Claim, claim_of, concession_column
from tracker.reports.view import View
from tracker.rules import stages
from tracker.rules.deadlines import DeadlinePosition
from tracker.tables import NOTHING, Column, Report, Section, table
from tracker.things import Concession
from tracker.vocabulary import DeadlineKind, Stage, Standing


class OtherClaim(NamedTuple):
    """What a third party says, and where."""

    party: str
    """The third party that says so."""
    stage: Stage
    on: Period
    """The day on which it said so."""
    source: str | None


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
    others: tuple[OtherClaim, ...]
    """What third parties say."""
    days: tuple[DayClaim, ...]
    """What parties say about its deadlines, and about the end of its term."""
    standing: Standing


ClaimsDocument = rows_of("claims", ClaimsRow, "What each side says, one row for each concession.")


def claims(view: View, slug: str | None = None) -> Report:
    """Report the latest claims on one concession, or on all."""
    slugs = [slug] if slug else []
    rows = [claims_row(view, concession) for concession in view.standing_concessions(slugs)]
    citations = Citations(view)
    said = {row.concession: _in_words(view, row.concession, citations) for row in rows}
    columns = [
        concession_column(view),
        Column("Gives → gets", lambda row: view.parties_line(row.concession), spare=True),
        Column("Standing", lambda row: row.standing),
        _words_column("Verdict", 0, said),
        _words_column("Giver says", 1, said),
        _words_column("Receiver says", 2, said),
        _words_column("Others say", 3, said)._replace(wraps=True),
    ]
    spoken = [row for row in rows if slug or row.givers_say or row.receivers_say or row.others]
    sections = list[Section]()
    if spoken or not rows:
        claimed = partial(table, columns, empty=no_concession(view))
        sections += grouped(view, spoken, claimed, "", dated=True)
    if silent := len(rows) - len(spoken):
        words = f"{counted(silent, 'concession', 'concessions')} without a claim."
        sections.append(Section(lines=(words,)))
    days = {(one.deadline, one.party): one for row in rows for one in row.days}
    sections += [_days_section(view, [*days.values()], citations)] if days else []
    sections.append(citations.section())
    return report(view, ClaimsDocument(rows), sections)._replace(cites_on_request=True)


def _days_section(view: View, rows: Sequence[DayClaim], citations: Citations) -> Section:
    """Return a table of the days and targets that parties name, whether they count or not."""

    def named(row: DayClaim) -> str:
        due = view.judged.deadlines[row.deadline]
        target = f", {amount(row.target, due.unit)}" if row.target is not None else ""
        return f"{says(view, row.party)} {view.period(row.due_on)}{target}"

    deadlines = view.judged.deadlines
    columns = [
        Column(
            "Deadline",
            lambda row: title_or_label(view, deadlines[row.deadline].deadline),
            wraps=True,
            about=lambda row: row.deadline,
            once=True,
        ),
        Column("Current day", lambda row: view.period(deadlines[row.deadline].due_on)),
        cited_column("Said", named, lambda row: citations.cite(row.source), wraps=True),
        Column("On", lambda row: view.period(row.on), right=True),
    ]
    return table(columns, rows, "Days that parties name")


def _words_column(header: str, at: int, said: Mapping[str, list[str]]) -> Column:
    """Return the column of what one side says, with marks of sources."""

    def words(row: ClaimsRow) -> str:
        return said[row.concession][at]

    return Column(header, words, cites=words)


def claims_row(view: View, concession: Concession) -> ClaimsRow:
    """Return one concession's claims."""
    position = view.judged.positions[concession.slug]
    givers, receivers, others = _claims_by_side(view, concession)
    return ClaimsRow(
        concession=concession.slug,
        verdict=position.verdict.stage if position.verdict else None,
        givers_say=tuple(map(claim_of, givers)),
        receivers_say=tuple(map(claim_of, receivers)),
        others=tuple(OtherClaim(*claim_of(one), one.first_source) for one in others),
        days=tuple(_days(view, concession.slug)),
        standing=position.standing,
    )


def _claims_by_side(
    view: View, concession: Concession
) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Return what givers, receivers and others last said about a concession."""
    spoken = stages.latest_by_party(view.state.claims(concession.slug))
    givers, receivers = (side.words(spoken) for side in view.judged.sides[concession.slug])
    others = [mark for party, mark in spoken.items() if party not in {**givers, **receivers}]
    return [*givers.values()], [*receivers.values()], others


def _days(view: View, concession: str) -> Iterator[DayClaim]:
    """Yield the latest word of each party on each deadline of a concession.

    For what has to be kept up, they include the end of its agreement; what is said of that end
    also counts for an earlier end of its own.
    """
    owned, agreement = view.judged.owned, view.state.concessions[concession].agreement
    own, term = owned.get(concession, ()), view.judged.term_end(concession)
    ends = [one for one in owned[agreement] if one.deadline.kind is DeadlineKind.EXPIRY]
    of_ends = {party: move for one in ends for party, move in _words_on(one).items()}
    announced = view.judged.announced(concession)
    for position in [*own, *(ends if term else ())]:
        said = _words_on(position)
        if term and position.deadline.slug == term.deadline.slug:
            said = {by: of_ends[by] for by in announced if by in of_ends} | said
        for party, move in said.items():
            if move.due_on:
                slug = position.deadline.slug
                yield DayClaim(
                    party, slug, move.due_on, move.value, move.effective_on, move.first_source
                )


def _words_on(position: DeadlinePosition) -> dict[str, Entry]:
    """Return the latest word of each party on a deadline."""
    return {move.says: move for move, *_ in position.moves if move.says}


def both_sides(view: View, concession: Concession) -> list[Entry]:
    """Return what givers and receivers last said, once for a party on both sides."""
    givers, receivers, _ = _claims_by_side(view, concession)
    return [*dict.fromkeys((*givers, *receivers))]


def _in_words(view: View, slug: str, citations: Citations) -> list[str]:
    """Return the verdict, and what givers, receivers and others say; who, unless that is clear.

    It is clear if a side is one party, and that party said it.
    """
    concession, verdict = view.state.concessions[slug], view.judged.positions[slug].verdict
    givers, receivers, others = _claims_by_side(view, concession)

    def said(marks: Sequence[Entry], side: Sequence[str | None]) -> str:
        named = len(side) != 1 or any(mark.says not in side for mark in marks)
        words = [
            f"{view.short(str(mark.says)) + ': ' if named else ''}{mark.stage}"
            f"{citations.cite(mark.first_source)}"
            for mark in marks
        ]
        return "; ".join(words) or NOTHING

    return [
        said([verdict] if verdict else [], [None]),
        said(givers, concession.givers),
        said(receivers, concession.receivers),
        said(others, []),
    ]
