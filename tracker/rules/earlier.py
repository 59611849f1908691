"""What 0.3 read otherwise: one side's word alone moved a day or a target if that cost it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from tracker.dates import Period
from tracker.entry import Entry
from tracker.rules.deadlines import Aim, Sides, agreed, day_of, goes_down, moved
from tracker.things import Deadline
from tracker.vocabulary import DeadlineKind


def keeping(
    deadline: Deadline, moves: Iterable[Entry], sides: Sides, promised_on: date
) -> list[Entry]:
    """Return the moves of your own that keep the days and targets which 0.3 read.

    Each has the day and the sources of the statement after which it is needed. One without a day
    stands for a change of the declared target, as nothing moves a target alone.
    """
    earlier = _Earlier(deadline, sides)
    heard: list[Entry] = []
    kept: list[Entry] = []
    for _, of_one_day in groupby(moves, key=attrgetter("on")):
        for move in of_one_day:
            heard.append(move)
            if move.says is None or move.on >= promised_on:
                earlier.hear(move)
        then = earlier.aim
        now = moved(deadline, heard, sides, promised_on).aim
        if then.key == now.key:
            continue
        keep = heard[-1]._replace(says=None, due_on=then.due_on, value=None, base=None)
        if (then.target, then.base) != (now.target, now.base):
            keep = keep._replace(value=then.target, base=then.base)
        kept.append(keep)
        # From here on the book is read as if this one had been recorded.
        if then.due_on:
            heard.append(keep)
        else:
            deadline = deadline._replace(target=then.target, base=then.base)
    return kept


class _Earlier:
    """A deadline's day and target as 0.3 read them; each moved by itself."""

    def __init__(self, deadline: Deadline, sides: Sides) -> None:
        self._deadline = deadline
        self._sides = sides
        due_on = None if deadline.awaits else deadline.due_on
        self.aim = Aim(due_on, deadline.target, deadline.base)
        self._days: dict[str, Aim] = {}
        self._targets: dict[str, Aim] = {}

    def hear(self, move: Entry) -> None:
        """Apply a statement."""
        aim = self.aim
        party = move.says
        if party is None:
            self._days = {}
            self._targets = {}
            self.aim = aim.restated_by(move)
            return
        self._days[party] = Aim(move.due_on, None, None)
        if self._counts(party, self._days, self._is_easier_day(day_of(move))):
            self.aim = aim._replace(due_on=move.due_on)
        if aim.target is None or move.value is None:
            return
        self._targets[party] = Aim(None, move.value, None)
        is_easier = self._is_easier_target(aim.target, move.value)
        if self._counts(party, self._targets, is_easier):
            restated = aim.restated_by(move)
            self.aim = Aim(self.aim.due_on, restated.target, restated.base)

    def _counts(
        self, party: str, named: Mapping[str, Aim], is_easier: bool | None
    ) -> bool:
        """Whether a word counted: both sides said so, or it cost its speaker.

        It did if it made giving easier, or harder, and the speaker was the whole side that lost.
        """
        givers, receivers = self._sides
        gives = givers.speaks(party)
        receives = receivers.speaks(party)
        if not gives and not receives:
            return False
        if agreed(self._sides, named):
            return True
        if is_easier is None or (gives and receives):
            return False
        side = receivers if is_easier else givers
        is_alone = all(party in voices for voices in side.voices)
        return is_alone and party in side.words(named)

    def _is_easier_day(self, day: Period) -> bool | None:
        """Whether a day makes giving easier; None if it does not matter.

        A later delivery is easier; for a term or a limit an earlier end is.
        """
        deadline = self._deadline
        due_on = self.aim.due_on
        if due_on is None or day.last == due_on.last or deadline.awaits_first_day:
            return None
        if deadline.kind is DeadlineKind.EXPIRY or deadline.is_limit:
            return day.last < due_on.last
        return day.last > due_on.last if deadline.kind is DeadlineKind.DELIVERY else None

    def _is_easier_target(self, before: Decimal, target: Decimal) -> bool | None:
        """Whether a target makes giving easier: less to deliver, or a higher limit."""
        if target == before:
            return None
        is_upper = self._deadline.is_limit or goes_down(self.aim.base, before)
        return (target > before) is is_upper
