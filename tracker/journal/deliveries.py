"""What happens to deadlines: readings towards a target, moves, and how they ended."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import Period
from tracker.errors import (
    AlreadyClosed,
    BeforeWindow,
    MissedTooEarly,
    NotADelivery,
    NoTarget,
    OtherUnit,
    UnitNeeded,
    ZeroTarget,
)
from tracker.facts import Clocks
from tracker.journal.draft import Draft
from tracker.journal.updates import Circumstances, require_past
from tracker.journal.writer import Writer
from tracker.queries import Reader
from tracker.rules.deadlines import DeadlinePosition, first_day_to_miss, judge
from tracker.vocabulary import Basis, DeadlineKind, EntryKind, Outcome


class Measurement(NamedTuple):
    """What was counted: a total so far, or with `flow` what one day added; and by whom."""

    value: Decimal
    unit: str | None = None
    counted_by: str | None = None
    basis: Basis = Basis.OTHER
    flow: bool = False


def measure(
    writer: Writer, deadline: str, measurement: Measurement, circumstances: Circumstances
) -> range:
    """Log a reading towards a deadline's target."""
    require_past(writer, circumstances.on)
    position = current(writer, deadline, circumstances.on)
    if position.deadline.kind is not DeadlineKind.DELIVERY:
        raise NotADelivery(deadline=deadline, kind=position.deadline.kind)
    draft = Draft(
        EntryKind.READING,
        deadline,
        circumstances.on,
        value=measurement.value,
        unit=unit_of(writer, position, measurement.unit),
        counted_by=counter_of(writer, position, measurement.counted_by, circumstances),
        basis=measurement.basis,
        flow=measurement.flow,
        source=circumstances.source,
        note=circumstances.note,
    )
    return writer.append([draft])


def move(
    writer: Writer,
    deadline: str,
    due_on: Period,
    target: Decimal | None,
    circumstances: Circumstances,
) -> range:
    """Log that a deadline has a new day, and maybe a restated target, and who said so."""
    require_past(writer, circumstances.on)
    position = current(writer, deadline, circumstances.on)
    require_in_window(position, due_on)
    draft = Draft(
        EntryKind.DEADLINE,
        deadline,
        circumstances.on,
        says=circumstances.says,
        value=target,
        unit=restated_unit(position, target),
        due_on=due_on,
        source=circumstances.source,
        note=circumstances.note,
    )
    return writer.append([draft])


def close(writer: Writer, deadline: str, outcome: Outcome, circumstances: Circumstances) -> range:
    """Log how a deadline ended."""
    require_past(writer, circumstances.on)
    position = current(writer, deadline, circumstances.on)
    for closing in _reader(writer, writer.today).closings.get(deadline, ()):
        raise AlreadyClosed(deadline=deadline, outcome=closing.outcome, entry=closing.entry)
    if outcome is Outcome.MISSED:
        require_passed(position, circumstances.on)
    draft = Draft(
        EntryKind.DEADLINE,
        deadline,
        circumstances.on,
        outcome=outcome,
        source=circumstances.source,
        note=circumstances.note,
    )
    return writer.append([draft])


# --- what must hold ---------------------------------------------------------------------------


def current(writer: Writer, deadline: str, on: date) -> DeadlinePosition:
    """Return a deadline as it stands on a day; refuse a slug that is none."""
    writer.names.subject(deadline, "deadline")
    reader = _reader(writer, on)
    moves = reader.current_moves.get(deadline, ())
    return judge(reader.deadlines[deadline], moves, reader.closings.get(deadline, ()), on)


def unit_of(writer: Writer, position: DeadlinePosition, given: str | None) -> str:
    """Return the unit of a reading: the target's, or what readings so far are counted in."""
    slug = position.deadline.slug
    return agreed_unit(slug, position.unit or counted_unit(writer, slug), given)


def counted_unit(writer: Writer, deadline: str) -> str | None:
    """Return what a deadline's readings so far are counted in."""
    counted = writer.connection.rows("reading_unit", slug=deadline)
    return counted[0][0] if counted else None


def agreed_unit(deadline: str, known: str | None, given: str | None) -> str:
    """Return the unit of a deadline; refuse another one than it is counted in, and none."""
    if known is None and given is None:
        raise UnitNeeded(deadline=deadline)
    if known is not None and given and given.casefold() != known.casefold():
        raise OtherUnit(deadline=deadline, unit=str(given), wanted=known)
    return str(known or given)


def counter_of(
    writer: Writer, position: DeadlinePosition, given: str | None, circumstances: Circumstances
) -> str:
    """Return who counted, written as in the series so far; nobody named, it is by the source."""
    name = given or publisher_of(writer, circumstances.source)
    counted = _reader(writer, circumstances.on).readings.get(position.deadline.slug, ())
    known = (one.counted_by for one in counted)
    return next((one for one in known if one.casefold() == name.casefold()), name)


def publisher_of(writer: Writer, source: str | None) -> str:
    """Return who counted where nobody is named: the source's publisher, else the author."""
    rows = writer.connection.rows("publisher", key=source) if source else []
    return (rows[0][0] if rows else None) or writer.author


def restated_unit(position: DeadlinePosition, target: Decimal | None) -> str | None:
    """Return the unit of a restated target."""
    if target is None:
        return None
    if target == 0:
        raise ZeroTarget
    if position.unit is None:
        raise NoTarget(deadline=position.deadline.slug)
    return position.unit


def require_in_window(position: DeadlinePosition, due_on: Period) -> None:
    """Refuse a day before the window opens."""
    opens_on = position.deadline.opens_on
    if opens_on and due_on.last < opens_on:
        raise BeforeWindow(
            deadline=position.deadline.slug, due_on=str(due_on), opens_on=opens_on.isoformat()
        )


def require_passed(position: DeadlinePosition, on: date) -> None:
    """Refuse `missed` while the deadline is still ahead."""
    if on <= (day := first_day_to_miss(position)):
        slug = position.deadline.slug
        raise MissedTooEarly(
            subject=slug, effective_on=on.isoformat(), deadline=slug, due_on=day.isoformat()
        )


def _reader(writer: Writer, on: date) -> Reader:
    return Reader(writer.connection, Clocks(on))
