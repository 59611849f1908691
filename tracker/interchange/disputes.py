"""Gathers the disagreements between two books while entries of the other one are written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from tracker.database.contents import contents, declared
from tracker.declared import Subject, differing
from tracker.errors import TrackerError, first_of
from tracker.facts import LATEST
from tracker.interchange.complaints import reason_of
from tracker.interchange.disagreement import (
    CLAIM,
    CLOSING,
    DECLARATION,
    ENTRY,
    MOVE,
    OUTCOMES,
    READING,
    RETRACTION,
    VERDICT,
    VERSIONS,
    WHOLE,
    Cell,
    Disagreement,
    live,
    taken_back_by,
)
from tracker.interchange.kinship import Kinship
from tracker.journal.consistency import (
    Declaring,
    blocs_of,
    require_free,
    require_slug,
    version_in_force,
)
from tracker.journal.corrections import resting
from tracker.journal.declaring import quoted
from tracker.journal.draft import Draft
from tracker.journal.targets import Target
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.vocabulary import EntryKind, Namespace, ThingKind

SHOWN = 5
"""The most entries that a disagreement names."""


MARKS = """
SELECT
    e.id, e.kind, t.slug, p.slug, e.effective_on, e.counted_by, e.basis, e.unit, e.flow, e.stage,
    e.value, e.due_on
FROM entry AS e
JOIN thing AS t ON t.id = e.subject_id
LEFT JOIN thing AS p ON p.id = e.says_id
LEFT JOIN batch AS b ON b.id = e.batch
WHERE e.id > :after AND e.id < :before
    AND NOT EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = e.id)
    AND (e.kind IN ('stage', 'reading') OR (e.kind = 'deadline' AND e.due_on IS NOT NULL))
ORDER BY COALESCE(b.origin_at, b.recorded_at), COALESCE(e.origin, e.id), e.key
"""
"""What was said after one entry and before another, and counts, in the order of recording: stages,
readings and moves.
"""


class Said(NamedTuple):
    """What somebody said on one day: a stage, a reading or a move; see `MARKS`."""

    entry: int
    kind: str
    subject: str
    says: str | None
    on: date
    counted_by: str | None
    basis: str | None
    unit: str | None
    flow: bool | None
    stage: str | None
    value: Decimal | None
    due_on: date | None

    @property
    def question(self) -> int:
        """A hash of what it answers; see `_question`."""
        series = self.counted_by, self.basis, self.unit, self.flow
        return _question(self.kind, self.subject, self.says, self.on, series)

    @property
    def answer(self) -> str:
        """What it says of that."""
        value = f"{self.value.normalize():f} {self.unit}" if self.value is not None else None
        return ", ".join(str(one) for one in (self.stage, self.due_on, value) if one is not None)

    @property
    def what(self) -> str:
        """What it is, in a word or two."""
        if self.kind == EntryKind.STAGE:
            return f"{CLAIM} by {self.says}" if self.says else VERDICT
        who = self.says or self.counted_by
        return f"{READING if self.basis else MOVE}{f' by {who}' if who else ''}"


Series = tuple[str | None, str | None, str | None, bool | None]
"""Who counted a reading, on which basis, in which unit, and whether it is a flow."""

There = Callable[[Iterable[int]], dict[int, int]]
"""Finds which entries of this book count in the other one, with their numbers there."""


class Disputes:
    """Gathers each disagreement once; `there` finds the entries that count in the other book."""

    def __init__(self, writer: Writer, kin: Kinship, there: There) -> None:
        self.conflicts: list[Disagreement] = []
        self.verdicts: list[Disagreement] = []
        self._writer = writer
        self._kin = kin
        self._there = there
        self._said: dict[int, int] = {}
        """The last entry that came about each question, by its hash: there may be very many."""
        self._missing: dict[str, list[int]] = {}
        self._roots: dict[str, str] = {}
        self._lost: dict[int, tuple[Subject, int]] = {}
        self._closed: dict[int, str] = {}
        """The deadlines of which the other book closed one, or took an outcome back."""
        self._fitting: set[int] = set()
        self._corrected: dict[int, str] = {}
        """The things about which it retracted or restored something."""
        self._parties: dict[str, None] = {}
        """The parties that it declared, or of which it retracted or restored a version."""

    def hear(self, number: int, draft: Draft) -> None:
        """Note what counts in the other book and came under a number: a word, or an outcome."""
        if draft.outcome is not None:
            self._closed[self._writer.names.subject(draft.about).id] = draft.about
        elif draft.kind in (EntryKind.STAGE, EntryKind.READING, EntryKind.DEADLINE):
            series = draft.counted_by, draft.basis, draft.unit, draft.flow
            on = draft.effective_on.last
            question = _question(draft.kind, draft.about, draft.says, on, series)
            self._said[question] = number

    def refuse(self, entry: int, draft: Draft, error: TrackerError) -> None:
        """Note an entry that does not fit into this book, and why."""
        ahead = "; merge again after that day" if error.problem == "future day" else ""
        reason = f"{reason_of(error)}{ahead}"
        there = f"#{entry}, which does not fit: {reason}"
        self.conflicts.append(Disagreement(ENTRY, draft.about, "nothing like it", there))

    def miss(self, entry: int, draft: Draft, name: str, *, fits: bool = False) -> None:
        """Note an entry that names a thing that this book lacks, and whether it came anyway.

        What came is about something that was retracted here.
        """
        root = self._roots.get(name, name)
        self._missing.setdefault(root, []).append(entry)
        if fits:
            self._fitting.add(entry)
        elif draft.declares is not None:
            self._roots[draft.about] = root

    def correct(self, entry: int, wrong: Target) -> None:
        """Note that the other book retracted an entry, or restored it."""
        subject = wrong.subject
        if wrong.kind is EntryKind.DECLARATION:
            self._lost[subject.id] = subject, entry
        elif wrong.kind is EntryKind.DEADLINE:
            self._closed[subject.id] = subject.slug
        if subject.what == Namespace.PARTY:
            self._parties[subject.slug] = None
        if subject.what == Namespace.SUBJECT:
            self._corrected[subject.id] = subject.slug
            if subject.concession_id and subject.concession:
                self._corrected[subject.concession_id] = subject.concession

    def require_kind(self, declaring: Declaring) -> None:
        """Refuse a declaration whose slug names another kind of thing here, or has entries."""
        what, slug, fields = declaring
        require_slug(self._writer, what, slug)
        if what is ThingKind.PARTY:
            self._parties[slug] = None
        if what in (ThingKind.CONCESSION, ThingKind.DEADLINE):
            before = version_in_force(self._writer, what, slug)
            if before is not None:
                require_free(self._writer, declaring, differing(before, fields))

    def close(self) -> None:
        """Compare what came with what only this book says."""
        for name, entries in self._missing.items():
            self._conflict_about_missing(name, frozenset(entries))
        self._compare_retractions()
        self._compare_corrected()
        self._compare_blocs()
        self._compare_outcomes()
        self._compare_words()

    def _conflict_about_missing(self, name: str, entries: frozenset[int]) -> None:
        connection = self._writer.connection
        taken = taken_back_by(connection, name)
        here = f"retracted by #{min(taken)}" if taken else "never declared"
        found = Disagreement(RETRACTION, name, here, _about(entries))
        fits = entries <= self._fitting
        if not fits or not self._is_declared(self._thing(name)):  # else they restored it
            self.conflicts.append(found)

    def _compare_outcomes(self) -> None:
        """Find the deadlines that the books close differently, or that neither would close."""
        connection = self._writer.connection
        for thing, slug in self._closed.items():
            cell = Cell(OUTCOMES, thing)
            ours, theirs, _ = sides = self._sides(cell)
            rows = Record(contents(connection, [thing])).rows.values()
            said = {row.id: f"{row.outcome} on {row.effective_on}" for row in rows if row.outcome}
            if _differ(*sides) and len({frozenset(map(said.get, one)) for one in sides}) > 1:
                here = [f"{said[entry]} (#{entry})" for entry in sorted(ours)]
                there = [f"{said[entry]} (#{number})" for entry, number in sorted(theirs.items())]
                words = (", ".join(one) or "open" for one in (here, there))
                self.conflicts.append(Disagreement(CLOSING, slug, *words))

    def _sides(self, cell: Cell) -> tuple[set[int], dict[int, int], set[int]]:
        """Return which entries of a cell counted here, which do there, and which do in both."""
        connection = self._writer.connection
        held = cell.entries(connection, LATEST)
        ours = live(cell.entries(connection, self._kin.last))
        return ours, self._there(held), live(held)

    def _compare_corrected(self) -> None:
        """Find things that one book withdrew, and of which neither would be left as it is."""
        for corrected, name in self._corrected.items():
            ours, theirs, _ = self._sides(Cell(VERSIONS, corrected))
            if bool(ours) == bool(theirs):
                continue
            slug = self._writer.names.retracted_with(name)
            if (RETRACTION, slug) in {one[:2] for one in self.conflicts}:
                continue
            cell = Cell(WHOLE, self._thing(slug))
            ours, theirs, both = self._sides(cell)
            if _differ(ours, theirs, both):
                here, there = _about(ours - theirs.keys()), _about(theirs[one] for one in theirs)
                words = (here, "retracted") if ours else ("retracted", there)
                self.conflicts.append(Disagreement(RETRACTION, slug, *words))

    def _compare_blocs(self) -> None:
        """Find parties that would be part of themselves by what the two books declare."""
        blocs = {party: blocs_of(self._writer, party) for party in self._parties}
        circles = chain.from_iterable(one for party, one in blocs.items() if party in one)
        for party in sorted({*circles}):
            cell = Cell(VERSIONS, self._thing(party, Namespace.PARTY))
            ours, theirs, _ = self._sides(cell)
            if ours != theirs.keys():
                numbers = {one: one for one in ours}
                words = (self._bloc(side) for side in (numbers, theirs))
                self.conflicts.append(Disagreement(DECLARATION, party, *words))

    def _bloc(self, versions: Mapping[int, int]) -> str:
        """Return the bloc of a party's version in force, and the version's number in its book."""
        if not versions:
            return "retracted"
        entry = max(versions)
        fields = Record(declared(self._writer.connection)).declares(entry)
        return f"part_of {quoted(fields.get('part_of'))} (#{versions[entry]})"

    def _compare_retractions(self) -> None:
        """Find entries that only this book has, about things that the other one withdrew."""
        lost = [thing for thing in self._lost if not self._is_declared(thing)]
        if not lost:
            return
        record = Record(contents(self._writer.connection))
        found: dict[tuple[str, str], set[int]] = {}
        for thing in lost:
            entries = resting(record, {thing}, range(0))
            if alone := {one for one in entries if self._kin.is_ours_alone(one)}:
                space, slug = self._lost[thing][0].what, self._lost[thing][0].slug
                if space == Namespace.SUBJECT:
                    slug = self._writer.names.retracted_with(slug)
                found.setdefault((space, slug), set()).update(alone)
        for (space, slug), numbers in found.items():
            thing = self._thing(slug, space)
            by = f" by #{self._lost[thing][1]}" if thing in self._lost else ""
            words = (_about(numbers), f"retracted{by}")
            self.conflicts.append(Disagreement(RETRACTION, slug, *words))

    def _thing(self, slug: str, space: str = Namespace.SUBJECT.value) -> int:
        return self._writer.names.thing(slug, Namespace(space))

    def _is_declared(self, thing: int) -> bool:
        return bool(live(Cell(VERSIONS, thing).entries(self._writer.connection, LATEST)))

    def _compare_words(self) -> None:
        """Find where the books differ in a verdict, a claim, a reading or a move of one day."""
        ours: dict[int, Said] = {}
        for said in self._marks(self._kin.after, self._kin.last + 1):
            if said.question in self._said and self._kin.is_ours_alone(said.entry):
                ours[said.question] = said
        for question, our in ours.items():
            number = self._said[question]
            for their in self._marks(number - 1, number + 1):
                if our.answer != their.answer:
                    here = f"{our.answer} on {our.on} (#{our.entry})"
                    there = f"{their.answer} (#{self._there([number])[number]})"
                    self.verdicts.append(Disagreement(our.what, our.subject, here, there))

    def _marks(self, after: int, before: int) -> Iterator[Said]:
        rows = self._writer.connection.query(MARKS, after=after, before=before)
        return (Said(*row) for row in rows)


def _question(kind: str, subject: str, says: str | None, on: date, series: Series) -> int:
    """Return a hash of what is answered: who says what kind of thing about what on which day."""
    counted_by, basis, unit, flow = series
    counted = (counted_by, basis, unit, bool(flow)) if basis else None
    return hash((kind, subject, says, on, counted))


def _differ(ours: set[int], theirs: Mapping[int, int], both: set[int]) -> bool:
    """Return whether each book would lose something of what it says."""
    return both not in (ours, {*theirs})


def _about(entries: Iterable[int]) -> str:
    found = sorted(entries)
    numbers = first_of([f"#{one}" for one in found], SHOWN)
    return f"{numbers} {'is' if len(found) == 1 else 'are'} about it"
