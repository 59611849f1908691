"""What was corrected on some days: retracted or replaced updates, and changed declarations."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.facts import Entry
from tracker.reports.history import in_short, standing, title_of
from tracker.reports.versions import changes_since, fields_in_words, now_in_words, with_declared
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import Command, EntryKind

UNWORDED = ("note", "source")
"""Fields that an amendment can correct but that an entry in words leaves out."""


class Corrections(NamedTuple):
    """The correcting entries in order, and the entries that they retracted or wrote."""

    entries: list[Entry]
    corrected: Mapping[int, Entry]
    read: list[Entry]
    """Those that correct what was recorded before these days, which readers may have seen."""
    together: frozenset[int]
    """The batches that retracted more than one entry: a thing with all that rests on it."""

    def took_thing(self, row: Entry) -> bool:
        """Return whether a correction retracted a whole thing, not only its latest change."""
        wrong = self.corrected.get(row.referent)
        if wrong is None or row.command is not Command.RETRACT:
            return False
        is_change = bool((wrong.declares or {}).get("was"))
        is_declaration = wrong.kind is EntryKind.DECLARATION
        return is_declaration and (row.batch in self.together or not is_change)


def corrections_since(view: View, happened: Sequence[Entry], since: date) -> Corrections:
    """Return the corrections among the entries from a day on.

    Entries recorded and undone within these days were in no earlier report, and are left out. A
    retracted thing is listed only itself, not with what went with it, and an amendment that was
    undone only with what it had written.
    """
    corrected = _with_restored(view.state.corrected(since))
    taken_back = [
        entry
        for entry in happened
        if entry.retracted_by is None
        and entry.kind is EntryKind.RETRACTION
        and (wrong := corrected.get(entry.referent))
        and _was_seen(entry, wrong, corrected, since)
    ]
    listed = _without_what_went_along(taken_back, corrected)
    changed = view.among_listed(changes_since(view, since))
    found = sorted([*listed, *changed], key=lambda one: (one.effective_on.last, one.entry))
    new = _new_since(view, since, changed) if changed else set()

    def was_read(one: Entry) -> bool:
        wrong = corrected.get(one.referent)
        return wrong.recorded_at.date() < since if wrong else one.subject not in new

    read = [*filter(was_read, found)]
    whole = dict(zip(corrected, with_declared(view, corrected.values()), strict=True))
    batches = Counter(one.batch for one in happened if one.kind is EntryKind.RETRACTION)
    together = frozenset(batch for batch, many in batches.items() if many > 1)
    return Corrections(found, whole, read, together)


def _with_restored(corrected: Mapping[int, Entry]) -> dict[int, Entry]:
    """Return what was corrected; for what restored an entry, that entry: its undo takes it back."""

    def referred(one: Entry | None) -> Entry | None:
        is_retraction = one is not None and one.kind is EntryKind.RETRACTION
        return corrected.get(one.referent) if one and is_retraction else None

    return {number: referred(referred(one)) or one for number, one in corrected.items()}


def _was_seen(entry: Entry, wrong: Entry, corrected: Mapping[int, Entry], since: date) -> bool:
    """Return whether earlier pages had what a retraction took back, or should have had it."""
    is_earlier = wrong.recorded_at.date() < since
    if wrong.kind is EntryKind.RETRACTION:
        counts = corrected[wrong.referent].retracted_by is None
        return counts and is_earlier and _amended(wrong, corrected) is None
    return is_earlier or entry.command is not Command.UNDO


def _new_since(view: View, since: date, changed: Sequence[Entry]) -> set[str]:
    """Return what was first declared from a day on: live declarations that changed nothing."""
    own = {one.entry for one in changed}
    live = standing(view.state.history(since=since, declared=True))
    declared = [one for one in live if one.kind is EntryKind.DECLARATION]
    return {one.subject for one in declared if one.entry not in own}


def _without_what_went_along(gone: Sequence[Entry], corrected: Mapping[int, Entry]) -> list[Entry]:
    """Keep, for each retracted thing, only the retraction of its last declaration."""

    def outermost(entry: Entry) -> tuple[bool, bool, bool, int]:
        wrong = corrected[entry.referent]
        if wrong.kind is EntryKind.RETRACTION:
            wrong = corrected[wrong.referent]
        said = wrong.kind is not EntryKind.DECLARATION
        return said, wrong.deadline is not None, wrong.concession is not None, -entry.entry

    retracted: dict[int, list[Entry]] = defaultdict(list)
    alone: list[Entry] = []
    for entry in gone:
        wrong = corrected[entry.referent]
        went_along = Command.RETRACT in (entry.command, wrong.command)
        (retracted[entry.batch] if went_along else alone).append(entry)
    return [*alone, *(min(batch, key=outermost) for batch in retracted.values())]


def corrections_section(view: View, corrections: Corrections) -> Section:
    """Return a table of corrections: the old value, the new one, and the reason."""
    redeclared = _redeclared(view, corrections)
    columns = [
        Column("Entry", lambda row: f"#{row.entry}", right=True),
        Column("Day", lambda row: view.period(row.effective_on), right=True),
        Column("About", lambda row: title_of(view, row), wraps=True, about=lambda row: row.subject),
        Column("Was", lambda row: _was(view, row, corrections.corrected), wraps=True),
        Column("Now", lambda row: _now(view, row, corrections, redeclared), wraps=True),
        Column("Why", lambda row: row.note or "", wraps=True, sparse=True),
        Column("By", lambda row: row.author),
    ]
    return table(columns, corrections.entries, "Corrections")


def _was(view: View, row: Entry, corrected: Mapping[int, Entry]) -> str:
    if row.declares is not None:
        return fields_in_words(row.declares["was"])
    wrong = corrected[row.referent]
    if wrong.kind is EntryKind.RETRACTION:
        return "retracted"
    return _named(view, wrong, replacement(row, corrected))


def _redeclared(view: View, corrections: Corrections) -> Mapping[str, int]:
    """Return the last live change of each thing of which a changed declaration was retracted."""
    corrected = corrections.corrected
    wrong = [corrected[one.referent] for one in corrections.entries if one.referent in corrected]
    days = [one.effective_on.last for one in wrong if (one.declares or {}).get("was")]
    return {one.subject: one.entry for one in changes_since(view, min(days))} if days else {}


def _now(view: View, row: Entry, corrections: Corrections, redeclared: Mapping[str, int]) -> str:
    if row.declares is not None:
        return now_in_words(row.declares)
    if corrections.took_thing(row):
        return "retracted"
    wrong = corrections.corrected[row.referent]
    if right := replacement(row, corrections.corrected):
        return _named(view, right, wrong)
    was = (wrong.declares or {}).get("was", {})
    if was and redeclared.get(wrong.subject, 0) > wrong.entry:
        return "as declared since"
    return fields_in_words(was) or NOTHING


def replacement(row: Entry, corrected: Mapping[int, Entry]) -> Entry | None:
    """Return what counts instead of what a retraction took back.

    It is what the same amendment wrote; or, if an amendment or a retraction was taken back, what
    that one had taken back.
    """
    if right := _amended(row, corrected):
        return right
    wrong = corrected.get(row.referent)
    if wrong and wrong.kind is not EntryKind.RETRACTION:
        before = corrected.get(wrong.entry - 1)
        is_amendment = before and before.batch == wrong.batch and before.retracted_by
        wrong = before if is_amendment else None
    return corrected.get(wrong.referent) if wrong else None


def _amended(row: Entry, corrected: Mapping[int, Entry]) -> Entry | None:
    """Return what an amendment wrote beside the retraction that it made."""
    right = corrected.get(row.entry + 1)
    is_pair = right and right.batch == row.batch and right.kind is not EntryKind.RETRACTION
    return right if is_pair else None


def _named(view: View, entry: Entry, other: Entry | None) -> str:
    """Return an entry in words, with its note and source if only these differ from another."""
    what = _in_words(view, entry)
    if other is not None and what == _in_words(view, other):
        apart = [one for one in UNWORDED if getattr(entry, one) != getattr(other, one)]
        fields = {name: getattr(entry, name) for name in apart}
        what = "; ".join(filter(None, [what, fields_in_words(fields)]))
    return f"#{entry.entry} {what}"


def _in_words(view: View, entry: Entry) -> str:
    what = in_short(view, entry)
    if entry.kind is not EntryKind.DECLARATION:
        what += f", {view.period(entry.effective_on)}"
    return what
