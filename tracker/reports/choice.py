"""Which concessions a report lists: those that match its filters."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tracker.errors import NotFound
from tracker.facts import Concession
from tracker.rules.stages import Position
from tracker.state import State
from tracker.vocabulary import ConcessionKind, ConcessionState


class Choice(NamedTuple):
    """The words of each filter; a concession must match one word of every filter in use."""

    givers: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    kinds: tuple[ConcessionKind, ...] = ()
    states: tuple[ConcessionState, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether any filter is in use."""
        return any(self)

    def named_in(self, state: State) -> "Choice":
        """Return the choice with the slugs of its parties and sectors; refuse unknown ones."""
        sectors = {one.sector.lower(): one.sector for one in state.concessions.values()}
        return self._replace(
            givers=tuple(map(state.party, self.givers)),
            receivers=tuple(map(state.party, self.receivers)),
            sectors=tuple(_sector(word, sectors) for word in self.sectors),
        )

    def takes(self, concession: Concession, position: Position) -> bool:
        """Return whether a concession matches."""
        own: tuple[Iterable[str], ...] = (
            concession.givers,
            concession.receivers,
            [concession.sector],
            [concession.kind],
            [position.state],
        )
        return all(not words or {*words} & {*of} for words, of in zip(self, own, strict=True))

    def in_words(self) -> str:
        """Return the filters in use: `giver us, state kept or lost`."""
        named = zip(self._fields, self, strict=True)
        return ", ".join(f"{name.removesuffix('s')} {' or '.join(of)}" for name, of in named if of)


EVERY = Choice()
"""The choice of every concession."""


def _sector(word: str, known: Mapping[str, str]) -> str:
    if word.lower() not in known:
        raise NotFound("no such thing", kind="sector", name=word, known=known.values())
    return known[word.lower()]
