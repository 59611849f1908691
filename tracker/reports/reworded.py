"""The sources whose words changed between their kept texts, and what rests on them."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from tracker.dates import exactly, week_of
from tracker.facts import KeptText
from tracker.reports.frame import plural
from tracker.reports.prose import quoted, titles
from tracker.reports.quotations import resting
from tracker.reports.sources import Citations, source_column
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table


class RewordedRow(NamedTuple):
    """A source whose words changed since the text before."""

    source: str
    """The key of the source whose words changed."""
    seen_on: date
    """The day on which the new words were seen."""
    before_on: date
    """The day on which the old words were last seen."""
    entry: int
    """The entry of the new text."""
    before_entry: int
    """The entry of the old text."""
    words: int
    """How many words the new text has."""
    before_words: int
    """How many words the old text had."""
    concessions: tuple[str, ...]
    """The concessions in view that rest on the source."""


def reworded_since(view: View, since: date) -> list[RewordedRow]:
    """Return the texts seen or kept from a day on whose words are not those of the text before.

    With a filter, or of one agreement, only those of sources on which a concession in view rests.
    """
    changes = [one for own in view.state.texts.values() for one in pairwise(own) if _differ(*one)]
    as_of = view.clocks.as_of
    new = [one for one in changes if one[1].seen_on >= since or since <= one[1].kept_on <= as_of]
    rests = resting(view) if new else {}
    is_whole = view.state.agreement is None and not view.choice.narrows
    rows = []
    for before, after in new:
        key = view.state.sources[after.source].key
        own = [one.slug for one in rests[key] if one.slug in view.listed_positions]
        if own or is_whole:
            words, before_words = after.fingerprint.words, before.fingerprint.words
            days, entries = (after.seen_on, before.seen_on), (after.entry, before.entry)
            rows.append(RewordedRow(key, *days, *entries, words, before_words, tuple(own)))
    return sorted(rows, key=lambda row: (row.seen_on, row.entry))


def _differ(before: KeptText, after: KeptText) -> bool:
    """Return whether the same reader found other words: two readers may differ over one text."""
    old, new = before.fingerprint, after.fingerprint
    return old.reader == new.reader and old.words_sha256 != new.words_sha256


def are_reworded(view: View, rows: Sequence[RewordedRow]) -> str:
    """Return whose text changed: `the text of “Fact sheet” changed`.

    If all did so before the week, it says by when: that was recorded late.
    """
    named = dict.fromkeys(f"“{view.state.sources[row.source].title or row.source}”" for row in rows)
    seen_on = max(row.seen_on for row in rows)
    is_late = seen_on < week_of(view.clocks.as_of).start
    by = view.in_prose(exactly(seen_on)).removeprefix("on ")
    did = f"had changed by {by}" if is_late else "changed"
    return f"the {plural(len(named), 'text', 'texts')} of {titles([*named])} {did}"


def reworded_section(view: View, rows: Sequence[RewordedRow], citations: Citations) -> Section:
    """Return a table of the sources whose words changed, with the concessions that rest on them."""
    cited = {row.source: citations.cite(row.source).strip() for row in rows}

    def rests(row: RewordedRow) -> str:
        own = [quoted(view, slug) for slug in row.concessions]
        return titles(own) if own else NOTHING

    columns = [
        Column(
            "Source", lambda row: view.state.sources[row.source].title or row.source, wraps=True
        ),
        Column("Between", lambda row: f"{view.day(row.before_on)} – {view.day(row.seen_on)}"),
        Column("Words", lambda row: f"{row.before_words:,} → {row.words:,}"),
        Column("Stated there", rests, wraps=True, sparse=True),
        source_column(lambda row: cited[row.source]),
    ]
    return table(columns, rows, "Sources whose text changed")
