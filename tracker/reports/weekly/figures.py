"""The figures of targets on the weekly page: how far a count has come, and who counted."""

from tracker.compare import Difference, Figure
from tracker.judged import Judged
from tracker.quantities import in_words as quantity
from tracker.reports.delivered import along, basis_in_words, the_cut
from tracker.reports.view import View
from tracker.reports.weekly.then import Learnt
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import fits, reaches, share
from tracker.rules.series import Series
from tracker.tables import TIE


def measure(value: object, unit: str | None) -> str:
    """Return a quantity with its unit: `12 MMT`, `15%`."""
    return f"{quantity(value)}{'' if unit == '%' else TIE}{unit}"  # type: ignore[arg-type]


def reached(position: DeadlinePosition, series: Series) -> str:
    """Return how far a count has come: in percent of its target, or as a level."""
    part = share(position, series.delivered) if fits(position, series) else None
    if not series.delivered:
        return "none"
    return measure(series.delivered, series.unit) if part is None else f"{part.words}%"


def figure_in_words(learnt: Learnt, one: Difference) -> str:
    """Return a count before and now: `83% → 86% sold (USDA)`."""
    position = learnt.judged_with(one.subject).deadlines[one.subject]
    counter, basis, _, by_then = one.part
    steps = [
        reached(position, figure.series)
        for figure in (one.before, one.after)
        if isinstance(figure, Figure)
    ]
    if one.after is None:
        steps.append("no data")
    above = ", above the limit" if is_above(position, one) else ""
    by_its_day = " by its day" if by_then else ""
    what = " of the cut" if position.is_cut and not position.is_limit else basis_in_words(basis)
    return f"{' → '.join(dict.fromkeys(steps))}{what}{by_its_day} ({counter}){above}"


def is_above(position: DeadlinePosition, one: Difference) -> bool:
    """Return whether a count exceeds a limit."""
    return position.is_limit and one.after is not None and reaches(position, one.after.series)


def standing_figure(view: View, position: DeadlinePosition) -> str:
    """Return the count for a target that is furthest along: `87% of 12 MMT sold (USDA)`."""
    if position.target is None:
        return ""
    whole = measure(position.target, position.unit)
    if position.is_cut and not position.is_limit:
        whole = the_cut(position.base, whole)
    whole = f"limit {whole}" if position.is_limit else f"of {whole}"
    progress = view.judged.progress.get(position.deadline.slug)
    counts = [one.latest for one in progress.counts] if progress else []
    own = [one for one in counts if fits(position, one)]
    if not own:
        return f"no data ({whole})"
    furthest = max(own, key=lambda one: along(view, position, one))
    words = reached(position, furthest)
    basis = basis_in_words(furthest.basis)
    if position.is_limit or not words.endswith("%"):
        return f"{words}{basis} ({furthest.counted_by}), {whole}"
    return f"{words} {whole}{basis} ({furthest.counted_by})"


def rank_of_count(judged: Judged, view: View, one: Difference) -> tuple[object, ...]:
    """Return what makes one count of a basis more telling than another."""
    figure = one.after or one.before
    position = judged.deadlines[one.subject]
    return is_above(position, one), not one.part[3], *along(view, position, figure.series)
