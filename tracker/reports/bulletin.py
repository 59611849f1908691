"""The weekly page: the news first, then what is at risk or due, who gained what, and the rest."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from tracker.dates import Period, Week, in_words, period_in_words
from tracker.facts import Entry
from tracker.reports.at_risk import AtRiskRow
from tracker.reports.citations import Citations
from tracker.reports.corrections import Corrections, corrections_section
from tracker.reports.deadlines import DeadlineRow
from tracker.reports.delivered import briefly
from tracker.reports.frame import day, distance, period, plural, report, said_in_words
from tracker.reports.gains import COUNTS
from tracker.reports.history import entries_section, in_short
from tracker.reports.lead import ORDER, direction, headline, lead, step, the
from tracker.reports.status import StatusRow, standing_in_words, tone
from tracker.reports.view import View
from tracker.reports.week import HORIZON_DAYS, SILENCE_DAYS, WeekDocument, WeekGains, WeekRow
from tracker.reports.week import gathered as week_of
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.risk import ENDS, SETTLED
from tracker.tables import NOTHING, Column, Report, Section, table
from tracker.vocabulary import Bucket, Change, DeadlineKind, EntryKind, Stage, Standing

MARKS = {Change.UP: "▲ ", Change.DOWN: "▼ ", Change.NEW: "+ ", Change.SAME: ""}
"""How a page marks a change."""
LISTED = 4
"""How many entries on one concession a page lists."""


def bulletin(view: View, of: Week, *, brief: bool = False, every_source: bool = False) -> Report:
    """Report one week; the view is as of its end, or as of today in the current week.

    A brief one leaves out what did not change. Sources are those of what is new, or of all.
    """
    found, corrections = week_of(view, of)
    found = found._replace(headline=headline(view, found), lead=lead(view, found))
    citations = Citations(view)
    sections = [*_news(view, found, corrections, citations), gains_section(view, found.gains)]
    if every_source:
        for row in found.rows:
            citations.cite(view.last_words[row.status_.concession].source)
    if not brief:
        sections += _rest(view, found)
        sections.append(citations.section())
    made = report(
        view, found._replace(sources=citations.rows), [one for one in sections if not one.is_empty]
    )
    return made._replace(heading=[_title(view, of)], headline=found.headline)


def _title(view: View, of: Week) -> str:
    """Return which week of which agreement, and the clocks where these are not its Sunday's."""
    as_of, _, public_by = view.clocks
    titles = [one.title for one in view.agreements.values()]
    parts = [*(titles if len(titles) == 1 else ()), f"week {of}, {days_of(of)}"]
    parts += [f"as of {in_words(as_of, date.min)}"] if as_of != of.end else []
    parts += [f"as public by {in_words(public_by, date.min)}"] if public_by else []
    words = " · ".join(parts)
    return words[:1].upper() + words[1:]


def days_of(of: Week) -> str:
    """Return a week's days: `16–22 Feb 2026`, `29 Dec 2025 – 4 Jan 2026`."""
    start, end = of.start, of.end
    if start.month == end.month:
        return f"{start.day}–{in_words(end, date.min)}"
    return f"{in_words(start, end)} – {in_words(end, date.min)}"


def _news(
    view: View, found: WeekDocument, corrections: Corrections, citations: Citations
) -> Iterator[Section]:
    """Yield what is new, at risk or due, and what was corrected or came late."""
    yield Section(lines=(" ".join(found.lead),) if found.lead else ())
    yield changed_section(view, found, citations)
    yield _also_section(view, found, citations)
    yield at_risk_section(view, found.at_risk)
    yield due_section(view, found.due, f"Due within {HORIZON_DAYS} days")
    yield overdue_section(view, found.overdue)
    yield corrections_section(view, corrections, "Corrections")
    yield entries_section(view, found.late, citations, "Recorded late")


def _counted(title: str, rows: Sequence[object]) -> str:
    return f"{title} ({len(rows)})"


# --- what changed -------------------------------------------------------------------------------


def changed_section(view: View, found: WeekDocument, citations: Citations) -> Section:
    """Return the concessions that changed or of which there is news, with their entries."""
    entries = _by_concession(found.changes)
    rows = [row for row in found.rows if row.changed or row.status_.concession in entries]
    rows.sort(key=lambda row: ORDER.index(direction(row)))
    near = view.clocks.as_of
    own = {row.status_.concession: entries[row.status_.concession] for row in rows}
    cited = {slug: _cited(view, of, citations) for slug, of in own.items()}
    columns = [
        Column(
            "Concession",
            lambda row: MARKS[direction(row)] + row.status_.title,
            wraps=True,
            about=lambda row: row.status_.concession,
            below=lambda row: _below(view, row, own[row.status_.concession]),
        ),
        Column("Gives → gets", lambda row: parties(view, row.status_), wraps=True),
        Column(
            "Change",
            lambda row: _change(view, row, own[row.status_.concession]),
            wraps=True,
            tone=lambda row: tone(row.status_),
        ),
        Column("Day", lambda row: _day(row, own[row.status_.concession], near)),
        Column("Source", lambda row: cited[row.status_.concession], wraps=True, sparse=True),
    ]
    return table(columns, rows, _counted("Changed", rows))._replace(bare=True)


def _by_concession(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.concession:
            found[entry.concession].append(entry)
    return found


def _change(view: View, row: WeekRow, entries: Sequence[Entry]) -> str:
    """Return what was and is, or what was last recorded if the stage is the same."""
    if row.changed:
        was, now = step(row)
        return f"{was} → {now}" if was else now
    return in_short(view, _telling(entries))


def _telling(entries: Sequence[Entry]) -> Entry:
    """Return the latest of the entries that say most: moves, counts and claims before notes."""
    return [one for one in entries if one.kind is not EntryKind.NOTE or one is entries[-1]][-1]


def _day(row: WeekRow, entries: Sequence[Entry], near: date) -> str:
    """Return the day of the change, or of what was last recorded."""
    if row.changed:
        ended = row.previous_stage is row.status_.stage and row.status_.term_ends_on
        return period_in_words(ended, near) if ended else day(row.status_.stage_on, near)
    return period_in_words(entries[-1].effective_on, near)


def _below(view: View, row: WeekRow, entries: Sequence[Entry]) -> str | None:
    """Return the slug, and what each entry of the week says, one a line."""
    if not entries:
        return None
    told = _telling(entries) if entries and not row.changed else None
    lines = []
    for entry in entries[-LISTED:]:
        shown = entry is told or (entry.kind is EntryKind.STAGE and entry.says is None)
        what = "" if shown or entry.kind is EntryKind.NOTE else in_short(view, entry)
        if entry.kind is EntryKind.NOTE and entry.says:
            what = in_short(view, entry)
        if words := ": ".join(part for part in (what, entry.note) if part):
            lines.append(words)
    if len(entries) > LISTED:
        more = len(entries) - LISTED
        lines.append(f"and {more} earlier {plural(more, 'entry', 'entries')}")
    first, *others = lines or [""]
    slug = row.status_.concession
    return "\n".join([f"{slug} · {first}" if first else slug, *others])


def _cited(view: View, entries: Sequence[Entry], citations: Citations) -> str:
    """Return the marks of the sources of some entries."""
    keys = [key for one in entries for key in (one.source, *view.cited.get(one.entry, ()))]
    return "".join(citations.cite(key).strip() for key in dict.fromkeys(keys))


def _also_section(view: View, found: WeekDocument, citations: Citations) -> Section:
    """Return the news that is of no one concession: of agreements, their meetings and ends."""
    rows = [one for one in found.changes if not one.concession]
    near = view.clocks.as_of
    cited = {row.entry: _cited(view, [row], citations) for row in rows}
    columns = [
        Column("Day", lambda row: period_in_words(row.effective_on, near), right=True),
        Column("What", lambda row: _in_full(view, row), wraps=True),
        Column("Source", lambda row: cited[row.entry], sparse=True),
    ]
    return table(columns, rows, "Also this week")._replace(bare=True)


def _in_full(view: View, entry: Entry) -> str:
    """Return an entry on an agreement in words: what it is about, what it says, and its note."""
    about = view.deadlines[entry.deadline].label if entry.deadline in view.deadlines else ""
    what = "" if entry.kind is EntryKind.NOTE and not entry.says else in_short(view, entry)
    return ": ".join(part for part in (about, what, entry.note) if part)


# --- what is at risk or due ---------------------------------------------------------------------


def at_risk_section(view: View, rows: Sequence[AtRiskRow]) -> Section:
    """Return what is at risk, one line for each concession with all reasons."""
    reasons: dict[str, list[AtRiskRow]] = defaultdict(list)
    for row in rows:
        reasons[row.concession].append(row)
    near = view.clocks.as_of
    columns = [
        Column(
            "Concession",
            lambda slug: view.concessions[slug].title,
            clips=True,
            about=str,
            below=lambda slug: "; ".join(_why(one, near) for one in reasons[slug]),
        ),
        Column("Gives → gets", lambda slug: view.parties_line(view.concessions[slug])),
        Column("Stage", lambda slug: str(view.positions[slug].stage)),
    ]
    return table(columns, [*reasons], _counted("At risk", [*reasons]))._replace(bare=True)


def _why(row: AtRiskRow, near: date) -> str:
    if row.because == ENDS:
        return f"ends {in_words(row.on, near)}"
    return f"given for {row.counterpart}, now {row.because}"


def due_section(view: View, rows: Sequence[DeadlineRow], title: str) -> Section:
    """Return deadlines by day: what is due, how far it is, and how its day was moved."""
    near = view.clocks.as_of
    columns = [
        Column("Day", lambda row: period_in_words(row.due_on, near) if row.due_on else NOTHING,
               right=True),
        Column("Left", lambda row: distance(row.days_left or 0), right=True),
        Column("What", lambda row: _due_of(view, row), clips=True,
               about=lambda row: row.concession, below=lambda row: _moved(view, row)),
        Column("Delivered", lambda row: _delivered(view, row), clips=True, sparse=True),
    ]  # fmt: skip
    return table(columns, rows, _counted(title, rows))._replace(bare=True)


def overdue_section(view: View, rows: Sequence[DeadlineRow]) -> Section:
    """Return what has passed without an outcome; the terms that ended on one day share a line."""
    near = view.clocks.as_of
    ended: dict[Period | None, list[DeadlineRow]] = defaultdict(list)
    for row in rows:
        ended[row.due_on if row.kind is DeadlineKind.EXPIRY else None].append(row)
    passed = ended.pop(None, [])
    section = due_section(view, passed, "Overdue, or ended without a word")
    slugs = {on: [one.concession or one.agreement for one in own] for on, own in ended.items()}
    lines = tuple(
        f"Ended {period_in_words(on, near)}: {', '.join(own)}" for on, own in slugs.items() if on
    )
    return section._replace(title=_counted("Overdue, or ended without a word", rows), lines=lines)


def _due_of(view: View, row: DeadlineRow) -> str:
    """Return what is due; of an expiry that it ends."""
    what = view.concessions[row.concession].title if row.concession else row.label
    ends = row.kind is DeadlineKind.EXPIRY and row.concession
    return f"{what} (ends)" if ends else what


def _delivered(view: View, row: DeadlineRow) -> str:
    if row.concession is None or row.target is None:
        return NOTHING
    measured = view.measured_target(view.concessions[row.concession])
    same = measured is not None and measured.deadline.slug == row.deadline
    return briefly(view, row.concession) if same else NOTHING


def _moved(view: View, row: DeadlineRow) -> str | None:
    """Return the first day of a deadline that was moved, who moved it, and what else was said."""
    near = view.clocks.as_of
    parts = []
    if row.slip_days:
        moved = [one for one in row.moves if one.moves_it]
        by = f" by {the(view.short(moved[-1].says))}" if moved and moved[-1].says else ""
        on = f" on {in_words(moved[-1].announced_on, near)}" if moved else ""
        parts.append(f"first due {period(row.original_due_on, near)}, moved{by}{on}")
    parts += said_in_words(view, view.deadline_positions[row.deadline])
    return "; ".join(parts) or None


# --- who gained what, and the rest --------------------------------------------------------------


def gains_section(view: View, tally: Sequence[WeekGains]) -> Section:
    """Return how many concessions each side has in each bucket, and what changed in the week."""
    columns = [
        Column(
            "",
            lambda row: view.parties[row.gains_.party].name,
            below=lambda row: _since(row) or None,
        ),
        *(
            Column(bucket, _count(at), right=True)
            for at, bucket in enumerate(Bucket, 1)
            if any(row.gains_[at] for row in tally)
        ),
    ]
    shown = [row for row in tally if any(row.gains_[1:]) or not view.part_of[row.gains_.party]]
    return table(columns, shown, "Who gained what")


def _count(at: int) -> Callable[[WeekGains], str]:
    return lambda row: str(row.gains_[at] or NOTHING)


def _since(row: WeekGains) -> str:
    now = dict(zip(COUNTS, row.gains_[1:], strict=True))
    words = dict(zip(COUNTS, Bucket, strict=True))
    changes = [
        f"{words[name]} {row.before[name]} → {count}"
        for name, count in now.items()
        if row.before[name] != count
    ]
    return f"since last week: {', '.join(changes)}" if changes else ""


def _rest(view: View, found: WeekDocument) -> Iterator[Section]:
    """Yield what did not change: open promises line by line, then what is held or settled."""
    told = {one.concession for one in found.changes}
    rows = [
        row.status_ for row in found.rows if not row.changed and row.status_.concession not in told
    ]
    calm = (Bucket.HOLDING, *SETTLED)
    opened = [row for row in rows if row.bucket not in calm]
    yield table(_columns(view), opened, _counted("Unchanged", rows))._replace(bare=True)
    lines = [_calm(view, [row for row in rows if row.bucket is bucket]) for bucket in calm]
    yield Section(lines=(*filter(None, lines), *_silent(view, found)))


def _calm(view: View, rows: Sequence[StatusRow]) -> str:
    """Return what is held or settled in one line, with the day to which it is held."""
    if not rows:
        return ""
    bucket, near = rows[0].bucket, view.clocks.as_of
    days = {
        row.concession: f" ({period_in_words(row.term_ends_on, near)})"
        for row in rows
        if bucket is Bucket.HOLDING and row.term_ends_on
    }
    slugs = ", ".join(row.concession + days.get(row.concession, "") for row in rows)
    return f"{bucket.capitalize()} ({len(rows)}): {slugs}"


def _columns(view: View) -> list[Column]:
    return [
        Column("Concession", lambda row: row.title, clips=True, about=lambda row: row.concession),
        Column("Gives → gets", lambda row: parties(view, row)),
        Column("Stage", _stage, tone=tone),
        Column("Next deadline", lambda row: _next(view, row), clips=True, sparse=True),
    ]


def _stage(row: StatusRow) -> str:
    """Return the stage, and that it is in doubt where the stage does not say so."""
    doubt = row.bucket is Bucket.IN_DOUBT and row.stage is not Stage.STALLED
    return f"{row.stage}, in doubt" if doubt else row.stage


def _next(view: View, row: StatusRow) -> str:
    """Return what comes next, how much is delivered, and what a party says that is not so."""
    position = view.next_deadline(view.concessions[row.concession])
    parts = [_ahead(position, view.clocks.as_of)] if position else []
    if row.delivered:
        parts = [": ".join([*parts, briefly(view, row.concession)])]
    return "; ".join([*parts, *_claims(view, row)]) or NOTHING


KINDS: Mapping[DeadlineKind, str] = {DeadlineKind.EXPIRY: "until", DeadlineKind.DELIVERY: "due"}


def _ahead(position: DeadlinePosition, near: date) -> str:
    """Return the day of a deadline: `until 10 Nov`, `due 31 Dec`, `meeting 14 May`."""
    if position.due_on is None:
        return f"awaits {position.deadline.awaits}"
    kind = position.deadline.kind
    passed = "ended" if kind is DeadlineKind.EXPIRY else "was due"
    word = KINDS.get(kind, kind) if position.ahead else passed
    return f"{word} {period_in_words(position.due_on, near)}"


def _claims(view: View, row: StatusRow) -> list[str]:
    """Return that both sides agree or disagree, or what one says if that is another stage."""
    if row.standing in (Standing.AGREED, Standing.CONTESTED):
        return [standing_in_words(row)]
    claim = row.latest_claim
    if claim is None or claim.stage is row.stage:
        return []
    return [f"{view.short(claim.party)} says {claim.stage}"]


def _silent(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield for how many concessions there was no news for long, and for which the longest."""
    if not found.silent:
        return
    longest = max(found.silent, key=lambda one: one.days)
    title = view.concessions[longest.concession].title
    yield (
        f"No news for {SILENCE_DAYS} days or more: {len(found.silent)} of {len(found.rows)};"
        f" longest “{title}”, {longest.days} days."
    )


def parties(view: View, row: StatusRow) -> str:
    """Return who gives and who gets a concession."""
    return view.parties_line(view.concessions[row.concession])
