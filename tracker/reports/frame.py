"""What every report shares: its document's frame, first lines, footer, tables and common words."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.dates import exactly, in_words, period_in_prose
from tracker.entry import Entry
from tracker.quantities import in_words as quantity_in_words
from tracker.record import HEAD_DIGITS, BookState, by_key
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition, Said
from tracker.tables import NOTHING, TIE, Holds, Report, Section, counted
from tracker.vocabulary import EVENTS, DeadlineKind, DeadlineVerdict

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
    frame = Frame(name, as_of, book.entries, hindsight, view.agreement, book)
    document = frame._asdict()
    del document["book"]  # it comes last
    content = found._asdict() if contract.document else {"rows": found}
    return Report(
        {**document, **content, "book": book},
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
    if in_prose:
        clocks += term_in_prose(view, slugs[0])
    else:
        clocks += term(view, slugs[0], "the agreement " if about else "")
    return [f"{view.agreements[slugs[0]].title} · {title}", " · ".join(clocks)]


def term(view: View, agreement: str, whose: str = "") -> list[str]:
    """Return when the agreement ends, and how long it still runs; or when it was due to end."""
    if not view.is_reached(agreement):
        return ["not yet agreed"]
    end = view.end_of(agreement)
    if end is None or (left := end.days_left) is None:
        return []
    verb = "ends" if left >= 0 else "was due to end by"
    away = counted(left, "day") if left > 0 else how_far(left)
    moved = f", moved {end.slip_days:+} days" if end.slip_days else ""
    return [f"{whose}{verb} {view.period(end.due_on)}, {away}{moved}"]


def term_in_prose(view: View, agreement: str) -> list[str]:
    """Return when the agreement ends, as a sentence: `the agreement ends on 10 November, …`."""
    end = view.end_of(agreement)
    left = end.days_left if end else None
    if (
        not view.is_reached(agreement)
        or end is None
        or end.due_on is None
        or left is None
    ):
        return term(view, agreement)
    verb = "ends" if left >= 0 else "was due to end"
    day = period_in_prose(end.due_on, view.as_of)
    slip = end.slip_days
    moved = (
        f" ({abs(slip)} {'later' if slip > 0 else 'earlier'} than agreed)"
        if slip
        else ""
    )
    return [f"the agreement {verb} {day}, {how_far(left)}{moved}"]


def day_in_prose(day: date) -> str:
    """Return a day for a sentence: `2 December 2026`."""
    return period_in_prose(exactly(day), date.min).removeprefix("on ")


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
    return "no concession had been promised or mentioned by then"


def by_agreement(
    view: View, table: Section, slug_of: Callable[[Any], str | None]
) -> list[Section]:
    """Return a table of some rows of a report; several agreements in view have one each.

    A row is of the agreement of what it names. What belongs to none, such as a party's, comes last.
    """
    table = table._replace(holds=Holds.PART)
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


def says(view: View, party: str) -> str:
    """Return who says something, for a table: `US says`, `EU firms say`."""
    name = view.short(party)
    is_plural = name.endswith("s") and name.split(" ")[-1].islower()
    return f"{name} {'say' if is_plural else 'says'}"


def said_in_words(view: View, position: DeadlinePosition) -> list[str]:
    """Return the other days and targets that parties name: `US says 10 Jan 2027`."""

    def named(said: Said) -> Iterator[str]:
        if not position.has(said.due_on):
            yield view.period(said.due_on, position.due_on)
        if said.target is not None:
            yield amount(said.target, position.unit)

    return [
        f"{says(view, said.party)} {', '.join(named(said))}" for said in position.said
    ]


INFERRED = "†"
"""What marks, on pages, what the book infers."""


def how_we_know(entries: Iterable[Entry]) -> list[Section]:
    """Return what the mark of inferred entries means, if there are any."""
    if not any(entry.inferred for entry in entries):
        return []
    words = "no page of its day states this: the book infers it from a law or from other facts"
    return [Section(lines=(f"{INFERRED} How we know: {words}.",))]


def is_unread(view: View, entry: Entry) -> bool:
    """Return whether an entry rests only on pages that nobody opened."""
    sources = [view.sources[key] for key in entry.source]
    return bool(sources) and not any(source.read for source in sources)


def said_of_the_whole(view: View, ends: Iterable[DeadlinePosition]) -> tuple[str, ...]:
    """Return the later day that parties named for an agreement whose measures end on some days.

    Nothing is said of it if a party named a day for one of these measures.
    """
    sentences = []
    own_ends = [
        end
        for end in ends
        if end.deadline.concession and end.deadline.kind is DeadlineKind.EXPIRY
    ]
    of_agreements = by_key((end.deadline.agreement, end) for end in own_ends)
    for agreement, own in of_agreements.items():
        whole = view.end_of(agreement)
        if whole is None or any(end.said for end in own):
            continue
        last_words = {heard.move.says: heard.move.due_on for heard in whole.moves}
        parties = [by for by, day in last_words.items() if by and day == whole.due_on]
        if parties and any(end.last < whole.last for end in own):
            day = view.period(whole.due_on)
            named = f"{view.shorts(parties)} named {day} for the agreement as a whole"
            sentences.append(f"{named}, and no day for these measures.")
    return tuple(sentences)


def how_far(days_left: int) -> str:
    """Return how far away a day is, for a sentence: `in 5 days`, `today`, `1 day ago`."""
    if days_left == 0:
        return "today"
    left = counted(abs(days_left), "day")
    return f"in {left}" if days_left > 0 else f"{left} ago"


def amount(value: Decimal | None, unit: str | None) -> str:
    """Return a quantity with its unit: `12 MMT`, `15%`."""
    if value is None:
        return NOTHING
    return f"{quantity_in_words(value)}{'' if unit == '%' else TIE}{unit}"


OF_EVENTS = {DeadlineVerdict.MET: "held", DeadlineVerdict.OVERDUE: "outcome unknown"}
"""The words for verdicts on meetings and reviews."""


def verdict_in_words(
    kind: DeadlineKind, verdict: DeadlineVerdict, late_days: int | None = None
) -> str:
    """Return the verdict, and how late it was met.

    A meeting or a review is held, or its outcome is unknown: it is neither met nor overdue.
    """
    if kind in EVENTS and verdict in OF_EVENTS:
        return OF_EVENTS[verdict]
    return f"{verdict}, {counted(late_days, 'day')} late" if late_days else str(verdict)


NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def number(count: int) -> str:
    """Return a small number as a word, a larger one in digits."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def the(view: View, slug: str) -> str:
    """Return a party for a sentence: `the US`, if its short name is the initials of its name.

    Longer ones than three letters, such as ASEAN, have no article.
    """
    short = view.short(slug)
    words = view.parties[slug].name.split()
    initials = "".join(word[0] for word in words if word[0].isupper())
    return f"the {short}" if 1 < len(short) < 4 and short == initials else short


def listing(parts: Sequence[str]) -> str:
    """Return parts as a list in a sentence: `soybeans, coal and beef`."""
    *first, last = parts or [""]
    return f"{', '.join(first)} and {last}" if first else last


def opening(note: str) -> str:
    """Return the first sentence of a note, without its full stop."""
    words = " ".join(note.split())
    return re.split(r"(?<=[^\WA-Z]|[%)”])\. (?=[^\W\d_a-z])", words, maxsplit=1)[
        0
    ].rstrip(".")


def sentence(words: str) -> str:
    """Return words with a capital letter and plain spaces, to begin a sentence."""
    plain = words.replace(TIE, " ")
    return plain[:1].upper() + plain[1:]
