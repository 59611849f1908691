"""The journal: every update, what was retracted, and what each declaration changed."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from tracker.compare import NAMES
from tracker.entry import Entry
from tracker.quantities import in_words as quantity
from tracker.record import LATEST, Record, value_of
from tracker.reports.frame import (
    INFERRED,
    Citations,
    Contract,
    by_agreement,
    how_we_know,
    report,
)
from tracker.reports.view import View
from tracker.reports.wording import amount, says
from tracker.rules.statuses import stated_by
from tracker.tables import (
    KEYS,
    TIE,
    Cell,
    Column,
    Key,
    Report,
    Section,
    cited,
    counted,
    keys_of,
)
from tracker.things import change_in_words, differing
from tracker.vocabulary import Basis, EntryKind

STATED = Key("status", ("stage", "status"))
"""The key under which reports show a stage of the journal."""
KEYS[Entry] = tuple(
    STATED if key.name == "stage" else key
    for key in keys_of(Entry, hidden=["key", "nth", "origin"])
)
HISTORY = Contract(
    "history",
    "The journal, one row for each entry.",
    Entry,
)


def history(
    view: View,
    slug: str | None = None,
    since: date | None = None,
    everything: bool = False,
    text: str = "",
) -> Report:
    """Report the entries from a day on, of one thing or all, that have a text.

    `everything` adds those that were retracted.
    """
    slug = slug and view.named(slug)
    day = since or date.min
    if everything:
        rows = in_full(view.record, view.history(slug, day, declared=True))
    else:
        rows = updates(view, slug, day)
    if text:
        sought = _spelled(text)
        rows = [row for row in rows if sought in _spelled(_words_of(view, row))]
    citations = Citations(view)
    table = entries_section(view, citations, rows)
    title = about = None
    tables = [table]
    if slug:
        title = f"history of {slug}"
        about = view.agreement_of(slug)
    else:
        tables = by_agreement(view, table, lambda row: row.agreement)
    sections = citations.of([*tables, *how_we_know(rows)])
    made = report(view, HISTORY, rows, sections, title=title, about=about)
    return made._replace(is_journal=True)


def entries_section(
    view: View, citations: Citations, rows: Sequence[Entry], title: str = ""
) -> Section:
    """Return a table of entries; retracted ones are struck through."""
    columns = [
        Column("Entry", lambda row: f"#{row.entry}", right=True, key="entry"),
        Column("Day", lambda row: view.period(row.effective_on), right=True),
        Column(
            "About",
            lambda row: Cell(title_of(view, row), about=row.subject),
            varying=True,
        ),
        Column("What", partial(in_short, view)),
        Column(
            "Note",
            lambda row: cited(row.note, citations.public(row.source)),
            key="note",
            cites=True,
        ),
        Column("By", lambda row: row.author, varying=True, whole=True),
        Column(
            "Retracted by",
            lambda row: f"#{row.retracted_by}" if row.retracted_by else "",
            key="retracted_by",
            whole=True,
        ),
    ]
    return Section(
        columns,
        rows,
        title,
        struck=lambda row: row.retracted_by is not None,
    )


def _words_of(view: View, row: Entry) -> str:
    """Return what a text is looked for in: an entry's note, and what it is about and rests on."""
    sources = [view.sources[key] for key in row.source]
    titles = [f"{source.publisher} {source.title}" for source in sources]
    words = (row.note or "", row.subject, title_of(view, row), *row.source, *titles)
    return " ".join(words)


def _spelled(text: str) -> str:
    """Return what is the same for all cases of a text, with or without hyphens."""
    return text.casefold().replace("-", " ")


def title_of(view: View, row: Entry) -> str:
    """Return the title or label of what an entry is about, or its slug if it has none in view."""
    if owner := value_of(view.concessions, row.concession) or view.agreements.get(
        row.subject
    ):
        return owner.title
    deadline = view.deadlines.get(row.subject)
    return deadline.label if deadline else row.subject


def _of_the_book_in_short(entry: Entry) -> str:
    """Return what an entry records about the book itself, else its kind.

    For a declaration, it is the name, or the fields that changed, before and now.
    """
    match entry.kind:
        case EntryKind.CHECK:
            return "checked"
        case EntryKind.RETRACTION:
            return f"retracts{TIE}#{entry.refers_to}"
        case EntryKind.TEXT:
            text = entry.text or {}
            return f"text kept: {counted(text['words'], 'word')}, {text['file_sha256'][:12]}"
        case EntryKind.DECLARATION:
            declares = entry.declares or {}
            if "was" in declares:
                was = declares["was"].items()
                changed = [
                    change_in_words(name, old, declares.get(name)) for name, old in was
                ]
                return f"{declares['what']}, {'; '.join(changed)}"
            names = [declares[key] for key in NAMES if declares.get(key)]
            return ": ".join([f"{declares['what']} declared", *names[:1]])
    return "headline" if entry.headline and not entry.says else entry.kind


def in_short(view: View, entry: Entry) -> str:
    """Return what an entry records, in a few words, and who says so."""
    match entry.kind:
        case EntryKind.STAGE:
            words = stated_by(entry).value
        case EntryKind.READING if entry.value is not None:
            sign = "+" if entry.flow and entry.value >= 0 else ""
            counted = f"{sign}{amount(entry.value, entry.unit)}"
            basis = "" if entry.basis is Basis.OTHER else f" {entry.basis}"
            words = f"{counted}{basis}, {entry.counted_by}"
        case EntryKind.DEADLINE if entry.due_on:
            on = view.period(entry.due_on, entry.effective_on)
            words = f"{'due' if entry.says else 'moved to'} {on}"
            if entry.value is not None:
                start = "" if entry.base is None else f" from {quantity(entry.base)}"
                words = f"target {amount(entry.value, entry.unit)}{start}, due {on}"
        case EntryKind.DEADLINE:
            words = f"closed as {entry.outcome}"
        case _:
            words = _of_the_book_in_short(entry)
    if entry.inferred:
        words += f" {INFERRED}"
    if not entry.says:
        return words
    who = says(view, entry.says)
    return who if words == "note" else f"{who} {words}"


def in_full(record: Record, entries: Iterable[Entry]) -> list[Entry]:
    """Return entries, each declaration with what it declares and the values before.

    Kept texts get their hashes.
    """
    completed = []
    for entry in entries:
        if entry.kind is EntryKind.TEXT:
            entry = entry._replace(text=record.texts[entry.entry]._asdict())
        elif entry.kind is EntryKind.DECLARATION:
            declares = record.declares(entry.entry)
            earlier = _declared_before(record, entry.entry)
            changed = differing(record.declares(earlier), declares) if earlier else {}
            if changed:
                declares["was"] = {name: was for name, (was, _) in changed.items()}
            entry = entry._replace(declares=declares)
        completed.append(entry)
    return completed


def _declared_before(record: Record, declaration: int) -> int | None:
    """Return the declaration that counted before another one; of a retracted one, until then.

    None if the thing had not been declared before.
    """
    until = record.retracted.get(declaration, LATEST)
    for earlier in reversed(record.before(declaration)):
        if record.retracted.get(earlier, LATEST) >= until:
            return earlier
    return None


def updates(
    view: View,
    slug: str | None = None,
    since: date = date.min,
    *,
    retracted: bool = False,
) -> list[Entry]:
    """Return what was recorded from a day on, but for what first declares a thing.

    Without `retracted` entries, only those that count.
    """
    found = []
    for entry in in_full(view.record, view.history(slug, since, declared=True)):
        counts = entry.retracted_by is None and entry.kind is not EntryKind.RETRACTION
        is_first = entry.declares is not None and "was" not in entry.declares
        if (counts or retracted) and not is_first:
            found.append(entry)
    return found
