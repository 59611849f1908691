"""Who speaks for a side of a concession: its parties, and the blocs that they are part of."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

Word = TypeVar("Word")


class Side(NamedTuple):
    """The parties that give, or those that receive, each with its blocs, the nearest first."""

    voices: tuple[tuple[str, ...], ...]
    """For each party: itself, then the blocs that may speak for it."""

    def speaks(self, party: str) -> bool:
        """Whether a party's word counts for this side: its own, or that of a member's bloc."""
        return any(party in voices for voices in self.voices)

    def is_alone(self, party: str) -> bool:
        """Whether a party or bloc speaks for everyone on this side."""
        return bool(self.voices) and all(party in voices for voices in self.voices)

    def words(self, spoken: Mapping[str, Word]) -> dict[str, Word]:
        """Return the statements that count, by speaker: a party's own, else its nearest bloc's."""
        found: dict[str, Word] = {}
        for voices in self.voices:
            speaker = next((voice for voice in voices if voice in spoken), None)
            if speaker is not None:
                found[speaker] = spoken[speaker]
        return found


class Sides(NamedTuple):
    """The givers and receivers, with the blocs that may speak for them."""

    givers: Side
    receivers: Side

    def speaks(self, party: str | None) -> bool:
        """Whether a party's word counts for one of the sides."""
        return party is not None and (self.givers.speaks(party) or self.receivers.speaks(party))


def side_of(parties: Iterable[str], part_of: Mapping[str, str | None]) -> Side:
    """Return a side; `part_of` names the bloc of each party that has one."""
    return Side(tuple(tuple(_voices(party, part_of)) for party in parties))


def with_blocs(parties: Iterable[str], part_of: Mapping[str, str | None]) -> set[str]:
    """Return parties with the blocs that may speak for them."""
    return {voice for party in parties for voice in _voices(party, part_of)}


def have_met(givers: Iterable[str], receivers: Iterable[str]) -> bool:
    """Return whether two different parties spoke, one for each side."""
    one, other = {*givers}, {*receivers}
    return bool(one and other) and len(one | other) > 1


def _voices(party: str, part_of: Mapping[str, str | None]) -> Iterator[str]:
    seen: dict[str, None] = {}
    voice: str | None = party
    while voice is not None and voice not in seen:
        seen[voice] = None
        voice = part_of.get(voice)
    return iter(seen)
