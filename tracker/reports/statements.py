"""What parties say of days and of stages, in sentences."""

from collections.abc import Iterable, Sequence

from tracker.dates import exactly
from tracker.facts import Entry, StageMark
from tracker.groups import by_key
from tracker.reports.claims import both_sides
from tracker.reports.days import falls_due, its_target
from tracker.reports.frame import amount, says
from tracker.reports.prose import joined, parties, quoted, they_say
from tracker.reports.shifts import in_prose
from tracker.reports.view import View
from tracker.vocabulary import Stage

Statement = Entry | StageMark
CLAIMED = {
    Stage.NEGOTIATING: "is being negotiated",
    Stage.ANNOUNCED: "is promised",
    Stage.STARTED: "has started",
    Stage.PARTIAL: "is met in part",
    Stage.MOOT: "is void",
    Stage.LAPSED: "has lapsed",
}
"""How a claim of a stage is worded, if not with `is` and the stage."""


def days_named(entries: Iterable[Entry], moved: Iterable[Entry]) -> list[list[Entry]]:
    """Return each day that parties last named for a deadline and that did not move it.

    Each is a list of the statements that name it; days of agreements come first.
    """
    days = {one.deadline: one.due_on for one in moved}
    words = {(one.deadline, one.says): one for one in entries if one.says and one.due_on}
    others = (one for one in words.values() if days.get(one.deadline) != one.due_on)
    groups = by_key(((one.deadline, one.due_on), one) for one in others)
    return sorted(groups.values(), key=lambda own: own[0].concession is not None)


def stages_named(view: View, entries: Iterable[Entry]) -> list[list[Statement]]:
    """Return what each party last said of each concession; what differs from its stage first.

    With them goes what other givers and receivers said before that contradicts them.
    """
    claims = [one for one in entries if one.stage and one.says]
    last = [*{(one.concession, one.says): one for one in claims}.values()]
    found = view.positions
    stages = {slug: found[slug].stage for one in last if (slug := str(one.concession)) in found}
    last.sort(key=lambda one: stages.get(str(one.concession)) is one.stage)
    groups = by_key((str(one.concession), one) for one in last)
    return [[*own, *contrary(view, own)] for own in groups.values()]


def contrary(view: View, own: Sequence[Entry]) -> list[StageMark]:
    """Return what other givers and receivers last said that contradicts claims on a concession."""
    stages, spoken = {one.stage for one in own}, {one.says for one in own}
    said = both_sides(view, view.concessions[str(own[0].concession)])
    return [one for one in said if one.says not in spoken and one.stage not in stages]


def is_said(view: View, own: Sequence[Statement]) -> str:
    """Return who names one day, or which stages of one concession parties name, in a sentence."""
    days = [one for one in own if isinstance(one, Entry) and one.due_on]
    return _is_named(view, days) if days else _is_claimed(view, own)


def _is_named(view: View, own: Sequence[Entry]) -> str:
    """Return who names a day: `the US says the agreement ends on 10 November 2027`.

    If it is the day that it has, only the target is named.
    """
    first, who = own[0], they_say(view, [str(one.says) for one in own])
    deadline = view.deadlines[str(first.deadline)]
    target = "" if first.value is None else amount(first.value, first.unit)
    position = view.deadline_positions[deadline.slug]
    begins = exactly(position.opens_on) if position.opens_on else None
    if target and first.due_on == (begins if deadline.awaits_first_day else position.due_on):
        return f"{who} {its_target(view, deadline)} is {target}"
    what = falls_due(view, deadline, first.due_on, first.effective_on)
    return f"{who} {what}{f', with a target of {target}' if target else ''}"


def _is_claimed(view: View, own: Sequence[Statement]) -> str:
    """Return the claims of parties on one concession as a sentence.

    For example: `the US says that “Buy soybeans” is met, and China that it has started`. An earlier
    claim has its day: `, and China, on 2 January, that it has started`.
    """
    groups = by_key((_claim(view, one), str(one.says)) for one in own)
    said: list[str] = []
    for (stage, on), who in groups.items():
        they = parties(view, who) if said else they_say(view, who)
        what = "it" if said else quoted(view, str(own[0].concession))
        said.append(f"{they}{on} that {what} {CLAIMED.get(stage, f'is {stage}')}")
    return joined(said, ", and ")


def _claim(view: View, one: Statement) -> tuple[Stage, str]:
    """Return a claimed stage, and the day of a claim from before the week."""
    on = f", {view.in_prose(one.period)}," if isinstance(one, StageMark) else ""
    return one.stage or Stage.ANNOUNCED, on


def claimed(view: View, one: Statement) -> str:
    """Return a party's claim in words: `US says met`."""
    return f"{says(view, str(one.says))} {in_prose(str(one.stage))}"
