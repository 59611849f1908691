"""What the counts of a week say about progress, in sentences."""

from collections.abc import Sequence

from tracker.facts import Entry
from tracker.reports.delivered import along, briefly, delivered
from tracker.reports.frame import late_in_words
from tracker.reports.prose import number, quoted
from tracker.reports.remarks import measured, so_far
from tracker.reports.view import View


def news_of(view: View, read: Sequence[Entry]) -> str:
    """Return one counter's figure, several counters' figures for one concession, or a count."""
    of = {one.concession for one in read}
    if len(of) > 1:
        return f"there are new figures for {number(len(of))} concessions"
    told = furthest(view, read)
    title = quoted(view, str(told.concession))
    if len({one.counted_by for one in read}) == 1 and (counted := _count(view, told)):
        return f"{title}: {counted}"
    return progress(view, told, title)


def furthest(view: View, read: Sequence[Entry]) -> Entry:
    """Return the reading of the official count that is furthest along; of one count, the last."""

    def key(one: Entry) -> tuple[object, ...]:
        found = measured(view, one)
        return along(view, found[0], found[1].latest) if found else ()

    return sorted(read, key=key)[-1]


def progress(view: View, read: Entry, subject: str | None) -> str:
    """Return a concession's progress or, after its day, this counter's figure."""
    position = view.deadline_positions.get(str(read.deadline))
    counted = _count(view, read)
    if counted is None or position is None or not position.past:
        far = briefly(view, str(read.concession), named=True)
        return f"{subject or 'so far'}: {far}"
    return f"{subject}: {counted}" if subject else counted


def _count(view: View, read: Entry) -> str | None:
    """Return what one counter has counted, and how late it reached the target."""
    found = so_far(view, read, exact=False)
    if found is None:
        return None
    whole = delivered(view, str(read.concession))
    late = ""
    if whole and whole.late_days and whole.reached_on == read.effective_on.last:
        late = f"; the target was reached {late_in_words(whole.late_days)}"
    return f"{read.counted_by} counts {found}{late}"
