"""Who gained what: how many promises have which status, by side or otherwise, then each by name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from tracker.dates import in_words
from tracker.record import by_key
from tracker.reports.changes import differences, statuses_before
from tracker.reports.frame import Contract, report
from tracker.reports.status import (
    concession_column,
    day_in_words,
    status_in_brief,
    tone,
    unknown_in_words,
    until,
)
from tracker.reports.view import Risk, View
from tracker.reports.wording import figure_in_words, opened_pages
from tracker.rules.statuses import Position, stated_by
from tracker.tables import NOTHING, Cell, Column, Report, Section, keys_of
from tracker.vocabulary import Grouping, Standing, Status

COUNTED = "Promises are counted, not weighed: one may matter more than ten others."
SIDES = (Grouping.RECEIVER, Grouping.GIVER)
"""The groupings by parties."""
TITLES = {Grouping.RECEIVER: "Who gained what", Grouping.GIVER: "Who gave what"}
PROMISED = {Grouping.RECEIVER: "Promised to", Grouping.GIVER: "Promised by"}
MOST_SIDE_BY_SIDE = 5
"""How many parties have a column each; more of them have a line each."""
MEASURED = (Status.PARTLY, Status.STARTED)
"""Statuses in which the delivered amount says more than the day."""
SILENT = (Status.PROMISED, Status.UNKNOWN)
"""Statuses whose day says nothing."""
StatusCounts = NamedTuple(  # type: ignore[misc]
    "StatusCounts", [(status.name.lower(), int) for status in Status]
)
"""How many concessions have each status."""


class GainsRow(NamedTuple):
    """How many of the concessions of a group have each status."""

    group: str
    """Who gets them; with `--by`, who gives them, or another word that they share."""
    counts: StatusCounts
    late: int
    """How many of those kept came late."""
    await_verdict: int
    """How many of them await your verdict: a target is reached, or a limit exceeded."""
    before: StatusCounts | None
    """Its counts before the week, or on the day of `--since`; null without that option."""


class GainedConcession(NamedTuple):
    """One concession, listed in a group."""

    group: str
    """The group, as in `rows`."""
    concession: str
    title: str
    givers: tuple[str, ...]
    position: Position
    was: Status | None
    """Its status on the day to compare with, if that is given and the status differs."""


class AgreementGains(NamedTuple):
    """What a group has by one agreement."""

    agreement: str
    gains_: GainsRow


class GainsDocument(NamedTuple):
    """The document of `gains`."""

    rows: list[GainsRow]
    by: Grouping
    """What the concessions are grouped by."""
    by_agreement: list[AgreementGains]
    """The counts by agreement and group."""
    concessions: list[GainedConcession]
    """The concessions, by group and status."""
    at_risk: list[Risk]
    """What is at risk, as what it was given in return for is failing."""


keys_of(GainsRow, flat=["counts"])
keys_of(AgreementGains, flat=["gains_"])
keys_of(GainedConcession, flat=["position"])
GAINS = Contract(
    "gains",
    "How many concessions have each status, one row for each group: by default, each receiver.",
    GainsRow,
    GainsDocument,
)


def gains(
    view: View,
    by: Grouping = Grouping.RECEIVER,
    since: date | None = None,
    at_risk: bool = False,
) -> Report:
    """Report who gained or gave what: never one score, and no sums of unlike units.

    With `since`, concessions that had another status on that day are marked. If only what is
    `at_risk` is wanted, it is listed without the counts of all.
    """
    was = None
    title = TITLES.get(by, f"Promises by {by}")
    if since:
        was = statuses_before(differences(view.since(since), view))
    listed = gained(view, by, was)
    if at_risk:
        risks = {risk.concession for risk in view.at_risk}
        listed = [gain for gain in listed if gain.concession in risks]
        title = "What is at risk"
    of_agreement = by_key((view.agreement_of(gain.concession), gain) for gain in listed)
    of_each = []
    for slug in view.agreements:
        for row in gains_rows(view, of_agreement[slug], was):
            of_each.append(AgreementGains(slug, row))
    rows = gains_rows(view, listed, was)
    document = GainsDocument(rows, by, of_each, listed, view.at_risk)
    if at_risk:
        nothing = Section(lines=["Nothing is at risk."])
        sections = [*_lists(view, listed, by)] or [nothing]
    else:
        sections = _counts(view, document, title, since)
        sections += _lists(view, listed, by) if by in (*SIDES, Grouping.EVIDENCE) else ()
        sections.append(Section(lines=[COUNTED]))
    return report(view, GAINS, document, sections, title=title.lower())


def _counts(
    view: View, document: GainsDocument, title: str, since: date | None
) -> list[Section]:
    """Return the counts of each agreement, and of all; `since` is the day to compare with."""
    if since:
        title += f", and what changed since {in_words(since, date.min)}"
    agreements = view.agreements
    sections = []
    if len(agreements) > 1:
        each = by_key((row.agreement, row.gains_) for row in document.by_agreement)
        for slug, rows in each.items():
            name = f"{title} · {agreements[slug].title}"
            sections.append(distribution(view, rows, document.by, name))
    if sections:
        title += " · all agreements together"
    if len(sections) != 1:
        sections.append(distribution(view, document.rows, document.by, title))
    if since and not any(gain.was for gain in document.concessions):
        unchanged = f"No change since {in_words(since, date.min)}."
        sections.append(Section(lines=[unchanged]))
    return sections


def gained(
    view: View,
    by: Grouping = Grouping.RECEIVER,
    was: Mapping[str, Status | None] | None = None,
) -> list[GainedConcession]:
    """Return the concessions by group and status, in the book's order within each.

    With a filter of sides, only those that it names. `was` holds the statuses that differ from
    those of an earlier day, as they were on that day.
    """
    chosen = view.choice.giver if by is Grouping.GIVER else view.choice.receiver
    listed = []
    for concession in view.standing_concessions():
        slug = concession.slug
        position = view.positions[slug]
        if by is Grouping.EVIDENCE:
            groups = [_evidence(view, position)]
        elif by in SIDES:
            groups = getattr(concession, by)
        else:
            groups = [str(getattr(concession, by))]
        for group in groups:
            if by in SIDES and chosen and group not in chosen:
                continue
            gain = GainedConcession(
                group,
                slug,
                concession.title,
                concession.giver,
                position,
                was.get(slug) if was else None,
            )
            listed.append(gain)
    groups = [*view.parties] if by in SIDES else [gain.group for gain in listed]
    places = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    order = [*Status]
    listed.sort(key=lambda gain: (places[gain.group], order.index(gain.position.status)))
    return listed


def _evidence(view: View, position: Position) -> str:
    """Return what a status rests on: that both sides say it, else the best page behind it."""
    claim = position.latest_claim
    if (
        claim
        and position.standing is Standing.AGREED
        and stated_by(claim) == position.stated
    ):
        return "both sides say so"
    if position.decided_by is None:
        return "nothing since the promise"
    opened = opened_pages(view, position.decided_by)
    if not opened:
        return "no page that somebody opened"
    is_official = any(source.official for source in opened)
    return "an official text" if is_official else "pages not marked official"


def gains_rows(
    view: View,
    listed: Sequence[GainedConcession],
    was: Mapping[str, Status | None] | None = None,
) -> list[GainsRow]:
    """Return the counts of each group that has, or had, anything in view; see `gained`."""
    rows = []
    for group, gains in by_key((gain.group, gain) for gain in listed).items():
        statuses = [gain.position.status for gain in gains]
        slugs = [gain.concession for gain in gains]
        before = None
        if was is not None:
            before = _count(map(was.get, slugs, statuses))
        late = 0
        for slug, status in zip(slugs, statuses, strict=True):
            if status is Status.KEPT and view.late_days(slug):
                late += 1
        awaiting = sum(slug in view.awaiting for slug in slugs)
        rows.append(GainsRow(group, _count(statuses), late, awaiting, before))
    return rows


def _count(statuses: Iterable[Status | None]) -> StatusCounts:
    counts = Counter(statuses)
    return StatusCounts._make(counts[status] for status in Status)


# --- for people -----------------------------------------------------------------------------------


def distribution(
    view: View, rows: Sequence[GainsRow], by: Grouping, title: str
) -> Section:
    """Return how many concessions of each group have which status, with what changed in brackets.

    A few parties have a column each; more of them, and other groups, have a line each in words.
    """
    if by in SIDES and len(rows) <= MOST_SIDE_BY_SIDE:
        return _side_by_side(view, rows, title)
    named = partial(_name, view, by)
    columns = [
        Column("", lambda row: named(row.group), key="group"),
        Column("Promises", lambda row: str(sum(row.counts)), right=True),
        Column("", _counted),
    ]
    return Section(columns, rows, title)


def _side_by_side(view: View, rows: Sequence[GainsRow], title: str) -> Section:
    """Return the counts with a line for each status, and a column for each party."""
    columns = [Column("", lambda row: view.short(row.group), key="group", whole=True)]
    for place, status in enumerate(Status):
        shows = partial(_cell, place)
        columns.append(Column(status, shows, right=True, key=status.name.lower()))
        if status is Status.KEPT:
            columns.append(_of_some("of these late", "late"))
    columns.append(_of_some("awaiting your verdict", "await_verdict"))
    return Section(columns, rows, title, is_turned=True)


def _of_some(title: str, key: str) -> Column:
    """Return a column with how many of a side's promises something else is true of."""
    count = attrgetter(key)
    return Column(
        title,
        lambda row: Cell(str(count(row) or NOTHING), value=count(row)),
        right=True,
        key=key,
    )


def _cell(place: int, row: GainsRow) -> Cell:
    return Cell(_with_change(place, row), value=row.counts[place])


def _with_change(place: int, row: GainsRow) -> str:
    """Return how many have the status of a place, and how many more than before: `5 (+1)`."""
    count: int = row.counts[place]
    more = count - row.before[place] if row.before else 0
    if not more:
        return str(count or NOTHING)
    return f"{count} ({'+' if more > 0 else '−'}{abs(more)})"


def _counted(row: GainsRow) -> str:
    """Return the counts of a group in words: `2 kept, 1 late; 1 started; 9 promised`."""
    parts = []
    for place, status in enumerate(Status):
        count = _with_change(place, row)
        if count != NOTHING:
            number, _, change = count.partition(" ")
            late = f", {row.late} late" if status is Status.KEPT and row.late else ""
            parts.append(f"{number} {status} {change}".rstrip() + late)
    if row.await_verdict:
        parts.append(f"{row.await_verdict} awaiting your verdict")
    return "; ".join(parts)


def _name(view: View, by: Grouping, group: str) -> str:
    if by in SIDES:
        return view.parties[group].name
    return view.agreements[group].title if by is Grouping.AGREEMENT else group


def _lists(
    view: View, listed: Sequence[GainedConcession], by: Grouping
) -> Iterator[Section]:
    """Yield what each group has by status, with one line per concession."""

    def others(gain: GainedConcession) -> str:
        """Return the other side; nobody gets from itself what several promise each other."""
        concession = view.concessions[gain.concession]
        if by not in SIDES:
            return view.parties_line(gain.concession)
        side = concession.receiver if by is Grouping.GIVER else concession.giver
        return view.shorts([party for party in side if party != gain.group] or side)

    risks = by_key((risk.concession, risk) for risk in view.at_risk)
    header = {Grouping.RECEIVER: "From", Grouping.GIVER: "To"}.get(by, "Gives → gets")
    columns = [
        Column(
            "Status",
            lambda gain: Cell(status_in_brief(view, gain.concession), tone(gain)),
        ),
        concession_column(view),
        Column(header, others),
        Column("Detail", partial(_detail, view, risks)),
    ]
    for group, rows in by_key((gain.group, gain) for gain in listed).items():
        title = _name(view, by, group)
        if by in SIDES:
            title = f"{PROMISED[by]} {view.short(group)}"
        yield Section(columns, rows, title)


def _detail(
    view: View, risks: Mapping[str, Sequence[Risk]], gain: GainedConcession
) -> str:
    """Return the main detail of a concession, its earlier status, and why it is at risk.

    The detail is until when it holds, or the day of its status, and its figures.
    """
    slug = gain.concession
    position = gain.position
    status = position.status
    figures = [
        figure_in_words(view, target)
        for target in view.measured[slug]
        if view.figure(target) or not position.is_settled
    ]
    words = [unknown_in_words(view, slug) or ""]
    if gain.was and not position.is_unknown:
        words.append(f"was {gain.was}")
    if status is Status.IN_FORCE:
        words.append(until(view, slug))
    elif not (figures and status in MEASURED) and status not in SILENT:
        words.append("" if position.has_ended else day_in_words(view, slug))
    words += figures
    for risk in risks.get(slug, ()):
        failed = view.record.concessions[risk.counterpart].title
        words.append(f"at risk: given for “{failed}”, {risk.status}")
    return "; ".join(filter(None, words))
