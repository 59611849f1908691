"""How many concessions each side has in each bucket: the counts, a table, and sentences."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
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
PRONOUNS = ("it", "they")
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

    def is_before(self, other: "Side") -> bool:
        """Whether it has more gained or holding than another side, and not less of the other."""
        own, its = (self.gained, self.holding), (other.gained, other.holding)
        return own != its and all(one >= of for one, of in zip(own, its, strict=True))


def in_words(view: View, tally: Sequence[GainsRow], *, together: bool = False) -> str:
    """Return who is ahead in what, and how much of what was promised to it each side has.

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
    if view.choice.narrows:
        return ended(_have(_named(sides), "selected concession"))
    if len(sides) > 1 and not any(one.gained or one.holding for one in sides):
        return _nothing(_named(sides))
    if together or len(sides) == 1:
        return ended(_have(_named(sides)))
    return _compared(sides)


def last_week(view: View, rows: Sequence[GainsRow], before: Mapping[str, Mapping[str, int]]) -> str:
    """Return which counts differ from last week's, in a sentence."""
    told = []
    for row in rows:
        was = before.get(row.party, {})
        if any(was.values()) and (changed := _changed(row, was)):
            differ = [f"{old or 'none'} {bucket}" for bucket, old, _ in changed]
            told.append(f"{the(view, row.party)} had {joined(differ)}")
    return f"Last week {'; '.join(told)}." if told else ""


def _named(sides: Sequence[Side]) -> list[Side]:
    """Return the sides in a sentence, those with the most first; the last can be several others."""
    most = sorted(sides, key=lambda one: (-one.gained, -one.holding, -one.promised))
    if len(rest := most[SIDES:]) <= 1:
        return most
    gained, holding, promised = (sum(of) for of in zip(*[one[1:4] for one in rest], strict=True))
    others = Side(f"{number(len(rest))} others", gained, holding, promised)
    return [*most[:SIDES], others]


def _compared(sides: Sequence[Side]) -> str:
    """Return who is ahead, of all or in what, and what each side has."""
    first, *others = _named(sides)
    if not all(first.is_before(one) for one in sides if one is not first):
        return ended(f"by number, {_apart(sides)}: {_have([first, *others])}")
    verb, it = ("are", "they") if is_plural(first.name) else ("is", "it")
    told = _have([first._replace(name=it), *others])
    return ended(f"by number, {first.name} {verb} ahead: {told}")


def _nothing(sides: Sequence[Side]) -> str:
    first, *others = sides
    were = f"{first.promised} {plural(first.promised, 'concession was', 'concessions were')}"
    made = [f"{were} made to {first.name}"]
    made += [f"{one.promised} to {one.name}" for one in others]
    nobody = "Neither side" if len(sides) == 2 else "No side"
    return ended(f"{nobody} has gained anything in full: {joined(made)}")


def _apart(sides: Sequence[Side]) -> str:
    """Return who is ahead in gained and who in holding ones, or that nobody is."""
    most_gained, most_holding = max(one.gained for one in sides), max(one.holding for one in sides)
    gained = [one for one in sides if one.gained == most_gained]
    holding = [one for one in sides if one.holding == most_holding]
    if len(gained) == len(holding) == 1:
        (one,), (other,) = gained, holding
        verb = "are" if is_plural(one.name) else "is"
        return f"{one.name} {verb} ahead on concessions gained, {other.name} on those holding"
    return "neither side is ahead" if len(sides) == 2 else "no side is ahead"


def _have(sides: Sequence[Side], noun: str = "concession") -> str:
    """Return what each side has; only the first part names concessions."""
    first = sides[0]
    parts = [_has(first, noun if first.promised == 1 else f"{noun}s")]
    parts += [_likewise(one, other) or _has(one) for other, one in pairwise(sides)]
    return "; ".join(parts)


def _likewise(side: Side, other: Side) -> str:
    """Return that a side has its only concession, or not, like the side before it."""
    if side.promised != 1 or side.holding or side[1:] != other[1:]:
        return ""
    so, have = "so" if side.gained else "nor", "have" if is_plural(side.name) else "has"
    return f"{so} {have} {side.name}"


def _has(side: Side, noun: str = "") -> str:
    """Return what a side has: `the US has gained 2 of 21, and 6 more are holding`."""
    has, them = ("have", "them") if is_plural(side.name) else ("has", "it")
    are = "is" if side.holding == 1 else "are"
    leads = side.name in PRONOUNS
    made = f" {noun} made to {them}" if noun else ""
    if side.promised == 1:
        only = f"the only {noun or 'one'} made to"
        if side.holding:
            return f"{only} {them if leads else side.name} is holding"
        return f"{side.name} {has}{'' if side.gained else ' not'} gained {only} {them}"

    def share(count: int) -> str:
        if count == side.promised:
            return f"{'both' if count == 2 else f'all {count}'}{made}"
        return f"{count or 'none'} of {'the ' if noun else ''}{side.promised}{made}"

    if leads and not side.gained:
        none = f"but {side.name} {has} gained none"
        return f"{share(side.holding)} {are} holding, {none}"
    words = f"{side.name} {has} gained {share(side.gained)}"
    if not side.holding:
        return words
    more = f"and {side.holding} more" if side.gained else f"but {side.holding}"
    return f"{words}, {more} {are} holding"
