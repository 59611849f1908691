"""Finds the entries that both books corrected, each in its own way."""

from collections.abc import Iterator

from tracker.interchange.disagreement import CORRECTION, Disagreement
from tracker.interchange.disputes import MARKS, Said, There
from tracker.interchange.kinship import Kinship
from tracker.journal.targets import Target, targets_of
from tracker.journal.writer import Writer
from tracker.known_by import held_by
from tracker.vocabulary import EntryKind


class Amendments:
    """Gathers what both books took back; `there` finds the entries that count in the other book."""

    def __init__(self, writer: Writer, kin: Kinship, there: There) -> None:
        self._writer = writer
        self._kin = kin
        self._there = there
        self._twice: dict[int, Target] = {}
        """What both took back, by the number under which the other book's retraction came."""

    def hear(self, number: int, wrong: Target) -> None:
        """Note a retraction that counts in the other book, if this one retracted the entry, too."""
        is_update = wrong.kind not in (EntryKind.DECLARATION, EntryKind.RETRACTION)
        if is_update and wrong.retracted_by and self._kin.is_ours_alone(wrong.retracted_by):
            self._twice[number] = wrong

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield each entry that the books replaced differently, or that only one replaced."""
        for number, wrong in self._twice.items():
            retraction = wrong.retracted_by or 0
            ours, theirs = self._instead(retraction), self._instead(number)
            if self._agree(ours, theirs):
                continue
            here = f"#{wrong.entry} {self._answer(ours)} (#{ours.entry if ours else retraction})"
            last = theirs.entry if theirs else number
            there = f"{self._answer(theirs)} (#{self._there([last])[last]})"
            yield Disagreement(CORRECTION, wrong.subject.slug, here, there)

    def _agree(self, ours: Target | None, theirs: Target | None) -> bool:
        """Return whether the books say the same instead, or answer one question differently.

        The latter is a disagreement of its own.
        """
        if ours is None or theirs is None:
            return ours is theirs or bool(ours and self._there([ours.entry]))
        here, there = self._said(ours), self._said(theirs)
        return ours.key == theirs.key or bool(here and there and here.question == there.question)

    def _instead(self, retraction: int) -> Target | None:
        """Return what finally replaced the entry that another one retracts, if anything did."""
        last = held_by(self._writer.connection, retraction).entries
        for one in targets_of(self._writer, [min(retraction + 1, last)]):
            if one.kind is not EntryKind.RETRACTION:
                return self._instead(one.retracted_by) if one.retracted_by else one
        return None

    def _answer(self, instead: Target | None) -> str:
        if instead is None:
            return "retracted"
        said = self._said(instead)
        return f"amended to {said.answer} on {said.on}" if said else "amended"

    def _said(self, one: Target) -> Said | None:
        after, before = one.entry - 1, one.entry + 1
        rows = self._writer.connection.query(MARKS, after=after, before=before)
        return next((Said(*row) for row in rows), None)
