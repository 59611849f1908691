"""Compares the declarations of two books: which need not come, and which conflict."""

from typing import Any, NamedTuple

from tracker.database.contents import declared
from tracker.declared import differing
from tracker.errors import with_article
from tracker.interchange.disagreement import (
    DECLARATION,
    Disagreement,
)
from tracker.interchange.kinship import Addresses, Kinship
from tracker.interchange.otherbook import Declared, Thing, digest_of
from tracker.journal.declaring import quoted
from tracker.journal.draft import Declaration
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.vocabulary import Namespace

Content = tuple[bytes, str | None]
"""What a version declares: a digest, and the page of its source, whose key may differ there."""


class Versions(NamedTuple):
    """The versions of a thing in one book: those that count, and those that the other lacks."""

    live: list[tuple[int, Content]]
    own: list[tuple[int, Content]]
    changed: bool
    """Whether it alone took back a version that both books have, or restored one."""

    @property
    def last(self) -> Content | None:
        """The version in force."""
        return self.live[-1][1] if self.live else None

    @property
    def is_new(self) -> bool:
        """Whether this book says something about the thing that the other one does not."""
        return bool(self.own) or self.changed

    def holds(self, declared: Content | None) -> int | None:
        """Return the entry that only this book has and that declares this, if there is one."""
        return next((entry for entry, found in self.own if found == declared), None)


class Declarations:
    """Compares the declarations that both books added: which need not come, and which conflict."""

    def __init__(self, writer: Writer, kin: Kinship, addresses: Addresses) -> None:
        self._kin = kin
        self._addresses = addresses
        self._record = Record(declared(writer.connection))
        """What this book declared before the merge."""
        self.instead: dict[int, int] = {}
        """For each of theirs that need not come, our entry that says the same."""
        self.conflicts: list[Disagreement] = []
        self._unexplained: dict[int, tuple[int, int]] = {}
        """For each of theirs that conflicts, the index of the conflict, and our entry."""
        for thing, versions in kin.other.declared.items():
            self._compare(thing, versions)

    def explain(self, entry: int, declaration: Declaration) -> None:
        """Add to a conflict how their declaration differs from ours: the kind, or else fields."""
        if entry not in self._unexplained:
            return
        place, number = self._unexplained[entry]
        here, there = _apart(self._record.declares(number), declaration.words)
        self.conflicts[place] = self.conflicts[place]._replace(
            ours=f"{here} (#{number})", theirs=f"{there} (#{entry})"
        )

    def _compare(self, thing: Thing, versions: list[Declared]) -> None:
        other, after = self._kin.other, self._kin.after
        if all(
            one.entry <= after and other.live[one.entry] and one.entry not in other.restored
            for one in versions
        ):
            return
        ours, theirs = self._sides(thing, versions)
        if not (ours.is_new and theirs.is_new) or ours.last is theirs.last is None:
            return
        if ours.last == theirs.last or (theirs.last and ours.holds(theirs.last)):
            for entry, found in theirs.own:
                self.instead[entry] = ours.holds(found) or ours.live[-1][0]
        elif ours.last and (ahead := theirs.holds(ours.last)):
            for entry, _ in theirs.own:
                if entry <= ahead:
                    self.instead[entry] = ours.live[-1][0]
        else:
            here, there = (
                f"declared by #{one.live[-1][0]}" if one.live else "retracted"
                for one in (ours, theirs)
            )
            if ours.live and theirs.live:
                self._unexplained[theirs.live[-1][0]] = len(self.conflicts), ours.live[-1][0]
            self.conflicts.append(Disagreement(DECLARATION, thing[1], here, there))

    def _sides(self, thing: Thing, versions: list[Declared]) -> tuple[Versions, Versions]:
        """Return the versions of a thing here and there."""
        kin, record = self._kin, self._record
        space, slug = thing
        own = record.declarations_of(slug, Namespace(space))
        held = {entry: record.retracted.get(entry) for entry in own}
        ours = [(entry, self._ours(entry)) for entry, by in held.items() if by is None]
        alone = [one for one in ours if kin.is_ours_alone(one[0])]
        known = [one for one in versions if not kin.undone[one.entry]]
        theirs = [
            (one.entry, self._content(one.digest, one.source))
            for one in known
            if kin.other.live[one.entry]
        ]
        here, there = self._changed(held, known)
        new = [one for one in theirs if not kin.numbers[one[0]]]
        return Versions(ours, alone, here), Versions(theirs, new, there)

    def _ours(self, entry: int) -> Content:
        declares = self._record.declares(entry)
        return self._content(digest_of(declares), declares.get("source"))

    def _content(self, digest: bytes, source: str | None) -> Content:
        return digest, None if source is None else self._addresses.page(source)

    def _changed(self, held: dict[int, int | None], known: list[Declared]) -> tuple[bool, bool]:
        """Return who retracted or restored a version that both books have: this one, the other."""
        kin, here, there = self._kin, False, False
        for one in known:
            number = kin.numbers[one.entry]
            ours, theirs = held.get(number), kin.other.taken_by.get(one.entry)
            if not number or (ours is None) == (theirs is None):
                continue
            # If both have the retraction, the book in which the version counts has restored it.
            is_ours = kin.is_ours_alone(ours) if ours else bool(kin.numbers[theirs or 0])
            here, there = here or is_ours, there or not is_ours
        return here, there


def _apart(ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[str, str]:
    """Return how two declarations differ: in the kind of thing, or else in fields."""
    if ours["what"] != theirs["what"]:
        return with_article(ours["what"]), with_article(theirs["what"])
    names = differing(ours, theirs)
    here, there = (
        ", ".join(f"{name} {quoted(words.get(name))}" for name in names) for words in (ours, theirs)
    )
    return here, there
