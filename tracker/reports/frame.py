"""What every report shares: frame, first lines, footer, tables, sources and deadlines."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.dates import in_words, period_in_prose
from tracker.entry import Entry
from tracker.record import HEAD_DIGITS, BookState, by_key
from tracker.reports.view import View
from tracker.reports.wording import day_in_prose, how_far, said_in_words
from tracker.rules.deadlines import DeadlinePosition, Heard
from tracker.tables import Cell, Column, Report, Section, keys_of
from tracker.things import Source
from tracker.vocabulary import Basis, DeadlineKind

OTHERS = "Not part of an agreement in force"
"""The title for parties, sources and retracted agreements."""


class Contract(NamedTuple):
    """What programs may rely on: the name of a report, and the types of its rows and document."""

    name: str
    about: str
    """What its document holds, for the reference."""
    row: type[Any]
    document: type[Any] | None = None
    """The type of its document, if that has more than rows."""


class Frame(NamedTuple):
    """The first keys of every report's document, and the last one."""

    report: str
    """The report's name."""
    as_of: date
    """The report covers what had happened, and was public, by this day."""
    known_by: int
    """The report covers what the book held up to this entry."""
    hindsight: bool
    """Whether what was made public later counts, too."""
    agreement: str | None
    """The agreement that the report is limited to; null for all."""
    book: BookState
    """How much the book held by then, its head, and the latest day of which it says anything."""


def report(
    view: View,
    contract: Contract,
    found: Any,
    sections: Sequence[Section],
    *,
    title: str | None = None,
    about: str | None = None,
) -> Report:
    """Return a report; `found` is its document without the frame, or its rows.

    `about` is its agreement, if that is one of several in view.
    """
    name = contract.name
    as_of, _, hindsight = view.clocks
    book = view.book
    frame = Frame(name, as_of, book.entries, hindsight, view.agreement, book)._asdict()
    book = frame.pop("book")  # it comes last
    content = found._asdict() if contract.document else {"rows": found}
    return Report(
        {**frame, **content, "book": book},
        contract.row,
        heading(view, title or name, about),
        [section for section in sections if section.rows or not section.lists_sources],
        footer(view),
    )


def title_of(view: View) -> str:
    """Return the title of a calendar or a site: the agreement's, if there is only one."""
    titles = [agreement.title for agreement in view.agreements.values()]
    return titles[0] if len(titles) == 1 else "Trade truces"


def heading(
    view: View, title: str, about: str | None = None, *, in_prose: bool = False
) -> list[str]:
    """Return the first lines: the agreement, the report and the clocks.

    The title of a report `about` one thing does not say that the term is the agreement's. The
    footer has what the report is known by.
    """
    as_of = view.as_of
    clocks = [day_in_prose(as_of) if in_prose else f"as of {in_words(as_of)}"]
    clocks += ["with hindsight"] if view.clocks.hindsight else []
    clocks += [view.choice.in_words()] if view.choice.narrows else []
    slugs = [slug for slug in view.agreements if about in (None, slug)]
    if len(slugs) != 1:
        return [title[:1].upper() + title[1:], " · ".join(clocks)]
    whose = "the agreement " if about else ""
    clocks += term(view, slugs[0], whose, in_prose=in_prose)
    return [f"{view.agreements[slugs[0]].title} · {title}", " · ".join(clocks)]


def term(
    view: View, agreement: str, whose: str = "", *, in_prose: bool = False
) -> list[str]:
    """Return when the agreement ends, and how long it still runs; or when it was due to end."""
    end = view.end_of(agreement)
    if not view.is_reached(agreement):
        return ["not yet agreed"]
    if end is None or end.due_on is None or end.days_left is None:
        return []
    left = end.days_left
    slip = end.slip_days
    moved = ""
    if slip:
        moved = f" ({abs(slip)} {'later' if slip > 0 else 'earlier'} than agreed)"
    if in_prose:
        verb = "ends" if left >= 0 else "was due to end"
        whose = "the agreement "
        day = period_in_prose(end.due_on, view.as_of)
        away = how_far(left)
    else:
        verb = "ends" if left >= 0 else "was due to end by"
        day = view.period(end.due_on)
        away = how_far(left).removeprefix("in ")
    said = "; ".join(["", *said_in_words(view, end)])
    return [f"{whose}{verb} {day}, {away}{moved}{said}"]


def footer(view: View) -> list[str]:
    """Return the point with which the report can be made again, and the age of its evidence."""
    book = view.book
    parts = [point(view)]
    parts += (
        [f"evidence to {in_words(book.evidence_on, date.min)}"]
        if book.evidence_on
        else []
    )
    parts += [f"head {book.head[:HEAD_DIGITS]}"] if book.head else []
    return [" · ".join(parts)]


def point(view: View) -> str:
    """Return the point of a view, as commands take it: `2026-02-22#415`."""
    return f"{view.as_of}#{view.book.entries}"


def no_concession(view: View) -> str:
    """Return what to say if a report lists no concession."""
    if view.choice.narrows:
        return "no concession matches the filters"
    if not view.record.rows:
        return "nothing had been recorded by then"
    return "no concession had been promised or mentioned by then"


def by_agreement(
    view: View, table: Section, slug_of: Callable[[Any], str | None]
) -> list[Section]:
    """Return a table of some rows of a report; several agreements in view have one each.

    A row is of the agreement of what it names. What belongs to none, such as a party's, comes last.
    """
    agreements = view.agreements
    if len(agreements) <= 1 or not table.rows:
        return [table]

    def agreement_of(row: Any) -> str:
        slug = view.agreement_of(slug_of(row) or "")
        return slug if slug in agreements else ""

    parts = by_key((agreement_of(row), row) for row in table.rows)
    sections = []
    for slug in (*agreements, ""):
        name = agreements[slug].title if slug else OTHERS
        title = f"{table.title} · {name}" if table.title else name
        if slug in parts:
            sections.append(table._replace(rows=parts[slug], title=title))
    return sections


INFERRED = "†"
"""What marks, on pages, what the book infers."""


def how_we_know(entries: Iterable[Entry]) -> list[Section]:
    """Return what the mark of inferred entries means, if there are any."""
    if not any(entry.inferred for entry in entries):
        return []
    words = "no source of that day states this; it is inferred from a law or from other facts"
    return [Section(lines=[f"{INFERRED} How we know: {words}."], explains=INFERRED)]


# --- rows of several reports ----------------------------------------------------------------------


class SourceRow(NamedTuple):
    """A numbered source, as the contract lists it."""

    number: int
    """The number it is cited by."""
    source_: Source
    kept_on: date | None = None
    """The day of its latest kept text."""
    kept_sha256: str | None = None
    """SHA-256 of the file of that text."""


keys_of(Source, hidden=["declared"])
keys_of(SourceRow, flat=["source_"])


def source_row(view: View, number: int, key: str) -> SourceRow:
    """Return a source with its number and its latest kept text."""
    source = view.sources[key]
    texts = view.texts.get(key)
    if not texts:
        return SourceRow(number, source)
    return SourceRow(
        number, source, texts[-1].seen_on, texts[-1].fingerprint.file_sha256
    )


class Citations:
    """The sources of a report, numbered in the order in which it cites them."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.numbers = dict[str, int]()

    def marks(self, keys: Iterable[str | None]) -> str:
        """Return the marks of sources after a space, each once: ` [1][2]`."""
        marks = dict[str, None]()
        for key in keys:
            if key is not None:
                source = self.view.sources[key].key
                number = self.numbers.setdefault(source, len(self.numbers) + 1)
                marks[f"[{number}]"] = None
        return f" {''.join(marks)}".rstrip()

    def public(self, keys: Iterable[str]) -> str:
        """Return the marks of those sources that were published by the day of the report."""
        as_of, _, hindsight = self.view.clocks
        sources = self.view.sources
        return self.marks(
            key
            for key in keys
            if hindsight or (sources[key].published_on or as_of) <= as_of
        )

    @property
    def rows(self) -> list[SourceRow]:
        """The sources with their numbers."""
        return [
            source_row(self.view, number, key) for key, number in self.numbers.items()
        ]

    def of(self, sections: Sequence[Section]) -> list[Section]:
        """Return sections with the list of the sources that they cite, in the order of these."""
        for section in sections:
            for row in section.rows:
                for column in section.columns:
                    if column.cites:
                        column.shows(row)
        return [*sections, self.listed()]

    def listed(self) -> Section:
        """Return the list of the sources that are cited so far."""
        columns = [
            Column("", lambda row: f"[{row.number}]", right=True, key="number"),
            Column(
                "",
                lambda row: described(row, self.view.as_of),
                key="source",
            ),
        ]
        return Section(columns, self.rows, "Sources", lists_sources=True)


def described(row: SourceRow, near: date) -> Cell:
    """Return a source in words: names and days, and its address below."""
    source = row.source_
    parts = [": ".join(filter(None, [source.publisher, source.title]))]
    if source.published_on:
        parts.append(in_words(source.published_on, near))
    if source.official:
        parts.append("official")
    if not source.read:
        parts.append("page not opened")
    if row.kept_on:
        kept = f"({str(row.kept_sha256)[:12]})"
        parts.append(f"text kept {in_words(row.kept_on, near)} {kept}")
    words = ", ".join(filter(None, parts))
    text = "\n".join(filter(None, (words, source.url))) or source.key
    return Cell(text, href=source.url)


class DeadlineRow(NamedTuple):
    """One deadline, in the words of the JSON contract."""

    deadline: str
    label: str
    kind: DeadlineKind
    agreement: str
    concession: str | None
    awaits: str | None
    """The condition that its day waits for."""
    counted_by: str | None
    basis: Basis | None
    position: DeadlinePosition
    ends: tuple[str, ...]
    """The concessions whose terms end with it, while it is ahead or how they ended is unknown."""
    loses: tuple[str, ...]
    """The receivers of these concessions, who lose if it is not renewed."""


keys_of(Heard, hidden=["move", "due_then", "moves_day"])
keys_of(DeadlinePosition, hidden=["deadline", "settled_by", "is_limit"])
keys_of(DeadlineRow, flat=["position"])


def deadline_row(view: View, position: DeadlinePosition) -> DeadlineRow:
    """Return one deadline's row."""
    deadline = position.deadline
    ends = view.ending_with.get(position.slug, ())
    losers = {party for slug in ends for party in view.concessions[slug].receiver}
    return DeadlineRow(
        deadline.slug,
        deadline.label,
        deadline.kind,
        deadline.agreement,
        deadline.concession,
        deadline.awaits,
        deadline.counted_by,
        deadline.basis,
        position=position,
        ends=tuple(ends),
        loses=tuple(party for party in view.parties if party in losers),
    )


def in_order(rows: Iterable[DeadlineRow]) -> list[DeadlineRow]:
    """Return deadlines by current day, those without a day last."""
    return sorted(rows, key=lambda row: (row.position.last, row.deadline))
