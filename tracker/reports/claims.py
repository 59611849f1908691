"""What each side says about each concession, beside the book's own verdict."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.dates import Period
from tracker.entry import Entry
from tracker.facts import Concession
from tracker.reports.frame import by_agreement, counted, report, rows_of
from tracker.reports.sources import Citations
from tracker.reports.view import View
from tracker.rules import stages
from tracker.tables import NOTHING, Column, Report, Section
from tracker.vocabulary import Stage, Standing


class Claim(NamedTuple):
    """What a party says."""

    party: str
    """The party that says so."""
    stage: Stage
    on: Period
    """The day it happened."""


def claim_of(mark: Entry) -> Claim:
    """Return a stage that a party claimed."""
    return Claim(str(mark.says), stages.stage_of(mark), mark.effective_on)


class OtherClaim(NamedTuple):
    """What a third party says, and where."""

    party: str
    """The third party that says so."""
    stage: Stage
    on: Period
    """The day on which it said so."""
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
    standing: Standing


ClaimsDocument = rows_of("claims", ClaimsRow, "What each side says, one row for each concession.")


def claims(view: View, slug: str | None = None) -> Report:
    """Report the latest claims on one concession, or on all."""
    slugs = [slug] if slug else []
    rows = [claims_row(view, concession) for concession in view.standing_concessions(slugs)]
    citations = Citations(view)
    said = {row.concession: _in_words(view, row.concession, citations) for row in rows}
    columns = [
        Column(
            "Concession",
            lambda row: view.state.concessions[row.concession].title,
            wraps=True,
            about=lambda row: row.concession,
        ),
        Column("Gives → gets", lambda row: view.parties_line(row.concession), spare=True),
        Column("Standing", lambda row: row.standing),
        _words_column("Verdict", 0, said),
        _words_column("Giver says", 1, said),
        _words_column("Receiver says", 2, said),
        _words_column("Others say", 3, said)._replace(wraps=True),
    ]
    spoken = [row for row in rows if slug or row.givers_say or row.receivers_say or row.others]
    sections = by_agreement(view, spoken, columns) if spoken or not rows else []
    if silent := len(rows) - len(spoken):
        words = f"{counted(silent, 'concession', 'concessions')} without a claim."
        sections.append(Section(lines=(words,)))
    sections.append(citations.section())
    return report(view, ClaimsDocument(rows), sections)._replace(cites_on_request=True)


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
