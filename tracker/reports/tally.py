"""How many concessions each side has in each bucket: the counts, a table, and sentences."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from tracker.reports.frame import is_plural, plural
from tracker.reports.prose import ended, joined, number, the
from tracker.reports.status import StatusRow
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import Bucket, Role

COUNTED = "Concessions are counted, not weighed: one may matter more than ten others."
MEANINGS: Mapping[Bucket, str] = {
    Bucket.GAINED: "delivered in full",
    Bucket.HOLDING: "in force, and has to stay so",
    Bucket.IN_DOUBT: "stalled, or outcome unknown",
    Bucket.EXPIRED: "kept until its term ended",
    Bucket.VOID: "overtaken by law, dropped, or lapsed before it was kept",
}
"""The meanings of buckets whose names do not say it, as short as possible."""
SIDES = 3
"""How many sides a sentence names before it adds up the others, if there are several."""


class GainsRow(NamedTuple):
    """How many of the concessions that a side gets, or gives, are in each bucket."""

    party: str
    """The party they were promised to; by giver, the party that promised them."""
    gained: int
    """How many are `gained`."""
    holding: int
    """How many are `holding`."""
    in_part: int
    """How many are `in part`."""
    under_way: int
    """How many are `under way`."""
    promised: int
    """How many are `promised`."""
    in_doubt: int
    """How many are `in doubt`."""
    lost: int
    """How many are `lost`."""
    expired: int
    """How many are `expired`."""
    void: int
    """How many are `void`."""

    @property
    def counts(self) -> dict[str, int]:
        """Its counts, by their keys."""
        return dict(zip(COUNTS, self[1:], strict=True))


COUNTS = GainsRow._fields[1:]
"""The fields that count buckets, in the order of the buckets."""


class Before(NamedTuple):
    """Each side's counts on another day, and the name of that day."""

    counts: Mapping[str, Mapping[str, int]]
    words: str


def gains_rows(view: View, rows: Sequence[StatusRow], by: Role = Role.RECEIVER) -> list[GainsRow]:
    """Return the distribution of each side that gives or gets anything in view."""
    parties = {party for row in rows for party in (*row.givers, *row.receivers)}
    counts = {party: Counter[Bucket]() for party in view.parties if party in parties}
    for row in rows:
        for party in side_of(view, row, by):
            counts[party][row.bucket] += 1
    return [GainsRow(party, *(count[one] for one in Bucket)) for party, count in counts.items()]


def side_of(view: View, row: StatusRow, by: Role) -> list[str]:
    """Return the givers or the receivers of a concession: with such a filter, those it names."""
    gives = by is Role.GIVER
    named = view.choice.givers if gives else view.choice.receivers
    return [one for one in (row.givers if gives else row.receivers) if not named or one in named]


def tally_section(
    view: View, tally: Sequence[GainsRow], title: str, before: Before | None = None, told: str = ""
) -> Section:
    """Return the distribution of each side, after a sentence about it.

    Buckets that are empty for everybody are left out, and so are members of a bloc to which nothing
    was promised; with a filter, everybody to whom nothing was.
    """
    used = {at: one for at, one in enumerate(Bucket, 1) if any(row[at] for row in tally)}
    since = None if before is None else partial(_since, before)
    columns = [
        Column("", lambda row: view.parties[row.party].name, below=since, key="party"),
        *(Column(bucket, _count(at), right=True) for at, bucket in used.items()),
    ]
    narrow = view.choice.narrows
    shown = [row for row in tally if any(row[1:]) or not (narrow or view.part_of[row.party])]
    named = [bucket for bucket in used.values() if bucket in MEANINGS] if told else []
    meanings = [f"{bucket.capitalize()}: {MEANINGS[bucket]}." for bucket in named]
    made = table(columns, shown, title)
    return made._replace(lines=(told,) if told else (), bars=" ".join([*meanings, COUNTED]))


def _count(at: int) -> Callable[[GainsRow], str]:
    return lambda row: str(row[at] or NOTHING)


def _since(before: Before, row: GainsRow) -> str | None:
    """Return the counts that changed: `since last week: holding 6 → 4`."""
    was = before.counts.get(row.party, dict.fromkeys(COUNTS, 0))
    changes = [f"{bucket} {old} → {count}" for bucket, old, count in _changed(row, was)]
    return f"{before.words}: {', '.join(changes)}" if changes else None


def _changed(row: GainsRow, was: Mapping[str, int]) -> list[tuple[Bucket, int, int]]:
    """Return each bucket whose count differs, with the counts before and now."""
    counts = zip(Bucket, map(was.__getitem__, COUNTS), row[1:], strict=True)
    return [(bucket, old, count) for bucket, old, count in counts if old != count]


class Side(NamedTuple):
    """The counts of one side, and its name in a sentence."""

    name: str
    gained: int
    holding: int
    promised: int


def in_words(view: View, tally: Sequence[GainsRow], *, together: bool = False) -> str:
    """Return who is ahead in what, and how much of what was promised to it each side has gained.

    Sides are compared by number within one agreement, not over several `together`, nor those that
    filters select. If there are many, those with the least are added up.
    """
    sides = [
        Side(the(view, row.party), row.gained, row.holding, sum(row[1:]))
        for row in tally
        if any(row[1:])
    ]
    if not sides:
        return ""
    narrow, (first, *others) = view.choice.narrows, _named(sides)
    ahead = _ahead(sides) if others and not together and not narrow else ""
    noun = ("selected " if narrow else "") + plural(first.promised, "concession", "concessions")
    have = "; ".join([_gained(first, noun), *map(_gained, others)])
    if ahead.startswith(first.name) and ahead.endswith("ahead"):
        have = have.replace(first.name, "they" if is_plural(first.name) else "it", 1)
    return ended(f"by number, {ahead}: {have}" if ahead else have)


def _ahead(sides: Sequence[Side]) -> str:
    """Return who is ahead, in all or in what; two sides with the most of something are level."""
    gained, holding = (
        [one.name for one in sides if one[at] == max(other[at] for other in sides)] for at in (1, 2)
    )
    both = [name for name in gained if name in holding]
    if len(both) != 1 and len(gained) + len(holding) > 2:
        return "no side is ahead"
    leader = (both or gained)[0]
    is_ahead = f"{leader} {'are' if is_plural(leader) else 'is'} ahead"
    return is_ahead if both else f"{is_ahead} on concessions gained, {holding[0]} on those holding"


def _named(sides: Sequence[Side]) -> list[Side]:
    """Return the sides in a sentence, those with the most first; the last can be several others."""
    most = sorted(sides, key=lambda one: one[1:], reverse=True)
    if len(rest := most[SIDES:]) <= 1:
        return most
    gained, holding, promised = (sum(of) for of in zip(*[one[1:4] for one in rest], strict=True))
    others = Side(f"{number(len(rest))} others", gained, holding, promised)
    return [*most[:SIDES], others]


def _gained(side: Side, noun: str = "") -> str:
    """Return what a side has: `the US has gained 2 of 21 concessions, and 6 more are holding`."""
    has, it = ("have", "them") if is_plural(side.name) else ("has", "it")
    if side.promised == 1:
        holding = ", which is holding" if side.holding else ""
        did = "gained" if side.gained else "not gained"
        return f"{side.name} {has} {did} the only {noun or 'one'} made to {it}{holding}"
    share = f"{side.name} {has} gained {side.gained or 'none'} of {side.promised} {noun}".rstrip()
    if not side.holding:
        return share
    more = f"and {side.holding} more" if side.gained else f"but {side.holding}"
    return f"{share}, {more} {plural(side.holding, 'is', 'are')} holding"


def last_week(view: View, rows: Sequence[GainsRow], before: Mapping[str, Mapping[str, int]]) -> str:
    """Return which counts differ from last week's, in a sentence."""
    told = []
    for row in rows:
        was = before.get(row.party, {})
        if any(was.values()) and (changed := _changed(row, was)):
            differ = [f"{old or 'none'} {bucket}" for bucket, old, _ in changed]
            told.append(f"{the(view, row.party)} had {joined(differ)}")
    return f"Last week {'; '.join(told)}." if told else ""
