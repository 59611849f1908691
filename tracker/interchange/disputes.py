"""Gathers the disagreements between two books while entries of the other one are written."""

from datetime import date
from functools import partial
from typing import NamedTuple

from tracker.facts import LATEST
from tracker.interchange.differences import (
    CLAIM,
    CLOSING,
    ENTRY,
    VERDICT,
    WITHDRAWAL,
    Conflict,
    Disagreement,
    numbered,
    readmit_ours,
    retract_ours,
    taken_back_by,
    withdraw_ours,
)
from tracker.interchange.kinship import Kinship
from tracker.journal import Draft, Writer
from tracker.journal.corrections import targets
from tracker.journal.declaring import (
    Declaring,
    differing,
    require_free,
    require_slug,
    version_in_force,
)
from tracker.queries.rows import Subject
from tracker.vocabulary import EntryKind, ThingKind


class Spoken(NamedTuple):
    """What was judged on which day, and by whom: the book itself or a party."""

    subject: str
    says: str | None
    on: date


class Disputes:
    """Gathers each disagreement once."""

    def __init__(self, writer: Writer, kin: Kinship) -> None:
        self.conflicts: list[Conflict] = []
        self.verdicts: list[Disagreement] = []
        self._writer = writer
        self._kin = kin
        self._stages: dict[Spoken, tuple[int, str]] = {}
        self._missing: dict[str, list[int]] = {}
        self._roots: dict[str, str] = {}
        self._lost: dict[int, tuple[str, int]] = {}

    def hear(self, entry: int, draft: Draft) -> None:
        """Note a stage or closing that counts in the other book."""
        if draft.kind is EntryKind.STAGE and draft.stage is not None:
            spoken = Spoken(draft.about, draft.says, draft.effective_on.last)
            self._stages[spoken] = entry, draft.stage.value
        elif draft.outcome is not None:
            self._closed(entry, draft)

    def refuse(self, entry: int, draft: Draft, reason: str) -> None:
        """Note an entry that does not fit into this book, and why."""
        there = f"#{entry}, which does not fit: {reason}"
        found = Disagreement(ENTRY, draft.about, "nothing like it", there)
        self.conflicts.append(Conflict(found, frozenset({entry})))

    def miss(self, entry: int, draft: Draft, name: str) -> None:
        """Note an entry that names a thing that this book lacks."""
        root = self._roots.get(name, name)
        self._missing.setdefault(root, []).append(entry)
        if draft.declares is not None:
            self._roots[draft.about] = root

    def withdraw(self, entry: int, subject: Subject) -> None:
        """Note that the other book retracted a declaration."""
        self._lost[subject.id] = subject.slug, entry

    def require_kind(self, declaring: Declaring) -> None:
        """Refuse a declaration whose slug is another kind of thing here, or has entries here."""
        what, slug, fields = declaring
        require_slug(self._writer, what, slug)
        if what in (ThingKind.CONCESSION, ThingKind.DEADLINE):
            before = version_in_force(self._writer, what, slug)
            if before is not None:
                require_free(self._writer, declaring, differing(before, fields))

    def close(self) -> None:
        """Compare what came with what only this book says."""
        for name, entries in self._missing.items():
            was_here = bool(taken_back_by(self._writer.connection, name))
            here = "withdrawn" if was_here else "never declared"
            found = Disagreement(WITHDRAWAL, name, here, f"named by {numbered(entries)}")
            settle = partial(readmit_ours, name) if was_here else None
            self.conflicts.append(Conflict(found, frozenset(entries), settle))
        self._missing = {}
        self._compare_withdrawals()
        if self._stages:
            self._compare_verdicts()

    def _closed(self, entry: int, draft: Draft) -> None:
        """Compare a closing with closings of the same deadline that only this book has."""
        thing = self._writer.names.subject(draft.about).id
        on, outcome = draft.effective_on.last, draft.outcome
        rows = self._writer.connection.rows("live_closings", thing_id=thing, known=LATEST)
        for number, said, day in rows:
            if self._kin.is_ours_alone(number) and (said, day) != (outcome, on):
                ours, theirs = f"{said} on {day} (#{number})", f"{outcome} on {on} (#{entry})"
                found = Disagreement(CLOSING, draft.about, ours, theirs)
                settle = partial(retract_ours, [number])
                self.conflicts.append(Conflict(found, frozenset({entry}), settle))

    def _compare_withdrawals(self) -> None:
        """Find entries that only this book has, about things that the other one withdrew."""
        lost = [thing for thing in self._lost if not self._is_declared(thing)]
        if not lost or not self._resting(lost):
            return
        for thing in lost:
            if resting := self._resting([thing]):
                slug, entry = self._lost[thing]
                found = Disagreement(
                    WITHDRAWAL, slug, f"named by {numbered(resting)}", f"withdrawn by #{entry}"
                )
                theirs = frozenset(self._kin.batch_of(entry))
                settle = partial(withdraw_ours, slug)
                self.conflicts.append(Conflict(found, theirs, settle))

    def _resting(self, things: list[int]) -> list[int]:
        """Return the live entries about some things that only this book has."""
        rows = self._writer.connection.rows(
            "resting", things=frozenset(things), first=0, last=0, known=LATEST
        )
        found = [entry for (entry,) in rows if self._kin.is_ours_alone(entry)]
        return [
            one.entry
            for entry in found
            for one in targets(self._writer, entry, entry)
            if one.kind is not EntryKind.CITATION  # it goes with the entry that it cites
        ]

    def _is_declared(self, thing: int) -> bool:
        versions = self._writer.connection.rows("versions_of", thing_id=thing, known=LATEST)
        return any(by is None for _, by in versions)

    def _compare_verdicts(self) -> None:
        """Find where the books differ in a verdict or a claim of the same day."""
        first, last = self._kin.after, self._kin.last
        marks = self._writer.connection.stream(
            "live_marks", after=first, before=last + 1, known=LATEST
        )
        ours: dict[Spoken, tuple[int, str]] = {}
        for number, subject, says, on, stage in marks:
            spoken = Spoken(subject, says, on)
            if spoken in self._stages and self._kin.is_ours_alone(number):
                ours[spoken] = number, stage
        for spoken, (number, stage) in ours.items():
            theirs, other = self._stages[spoken]
            if stage != other:
                what = VERDICT if spoken.says is None else f"{CLAIM} by {spoken.says}"
                said = f"{stage} on {spoken.on} (#{number})", f"{other} (#{theirs})"
                self.verdicts.append(Disagreement(what, spoken.subject, *said))
