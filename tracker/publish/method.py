"""The page on method: what the words mean, where facts come from, how to cite."""

from collections.abc import Iterator, Mapping

from tracker.calendar import stamp
from tracker.dates import in_words, week_of
from tracker.reports.frame import footer
from tracker.reports.tally import COUNTED
from tracker.reports.view import View
from tracker.rules.scale import SCALE
from tracker.tables import Section, terms
from tracker.vocabulary import Bucket, Standing

BUCKETS: Mapping[str, str] = {
    Bucket.GAINED: "met, and nothing has to be kept up",
    Bucket.HOLDING: "met, and it has to be kept up: it can still be taken back",
    Bucket.IN_PART: "partial",
    Bucket.UNDER_WAY: "started",
    Bucket.PROMISED: "negotiating or announced",
    Bucket.IN_DOUBT: "stalled, or its term has ended and nobody has said how",
    Bucket.LOST: "missed, broken or reversed",
    Bucket.EXPIRED: "its term ran out after it was met or partial",
    Bucket.VOID: "moot, or its term ran out before anything was delivered",
}
STANDINGS: Mapping[str, str] = {
    Standing.AGREED: "a giver and a receiver claimed the same when they last spoke",
    Standing.CONTESTED: "a giver and a receiver spoke, and they differ",
    Standing.ONE_SIDED: "only givers spoke, or only receivers",
    Standing.UNCLAIMED: "none of them spoke",
}
VERDICTS = (
    "A concession is one promise by one or more parties to others. Its stage is the latest verdict"
    " of those who keep this book, by the day on which it happened; without one, the last stage on"
    " which both sides agreed. One side's word alone changes nothing.",
    f"{COUNTED} There is no score.",
    "Figures from different counters are shown side by side and never added up.",
)
RIGHTS = (
    "Every update names its day and, if there is one, its source; “official” marks a"
    " government's own text. Nothing is deleted: what was wrong is corrected by a later entry, and"
    " the history of the concession shows both. The file history.csv also has what was undone on"
    " the day it was recorded.",
    "Facts, days and figures are those of the sources; quotations belong to their publishers. The"
    " books that ship with Truce Tracker are under CC BY 4.0. For the rights to notes added"
    " here, ask the publisher of this site.",
)


def method_sections(view: View, title: str, base: str) -> Iterator[Section]:
    """Yield the parts of the page; `base` is the site's address, if known."""
    yield Section("How it is judged", lines=VERDICTS)
    stages = [(str(stage), grade.meaning) for stage, grade in SCALE.items()]
    yield terms(stages, "Stages: how far a concession has come")
    yield terms([*BUCKETS.items()], "Buckets: what it is worth to its receiver now")
    yield terms([*STANDINGS.items()], "Standing: what the claims of both sides add up to")
    yield Section("Sources and rights", lines=RIGHTS)
    yield Section("How to cite", lines=(_citation(view, title, base),))
    yield Section("Updated", lines=(updated(view),))


def _citation(view: View, title: str, base: str) -> str:
    as_of = view.clocks.as_of
    parts = [
        f"{title}, Truce Tracker",
        f"week {week_of(as_of)}, as of {in_words(as_of)}{view.clocks.to_come}",
        *footer(view.state),
        *([base] if base else []),
    ]
    return f"{'; '.join(parts)}. With that number and head, the same page can be made again."


def updated(view: View) -> str:
    """Return the moment of the last entry as a sentence, for every page."""
    if view.state.head is None:
        return "Nothing has been recorded yet."
    at = stamp(view)
    return f"The latest entry was recorded on {in_words(at.date())} at {at:%H:%M} UTC."
