"""The words of the book: every enumeration that it stores or prints."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Stage(StrEnum):
    """How far a concession has come, in order."""

    NEGOTIATING = "negotiating"
    ANNOUNCED = "announced"
    STARTED = "started"
    PARTIAL = "partial"
    MET = "met"
    STALLED = "stalled"
    MISSED = "missed"
    BROKEN = "broken"
    REVERSED = "reversed"
    LAPSED = "lapsed"
    MOOT = "moot"


class ConcessionState(StrEnum):
    """What a concession is worth to its receiver now, in the order in which reports list it."""

    KEPT = "kept"
    IN_FORCE = "in force"
    IN_PART = "in part"
    UNDER_WAY = "under way"
    PROMISED = "promised"
    IN_DOUBT = "in doubt"
    LOST = "lost"
    OVER = "over"


class Because(StrEnum):
    """Why a concession is over, or in doubt although nothing was said against it."""

    KEPT_TO_END = "kept_to_end"
    """It was met, or met in part, until its term ended."""
    UNKEPT = "unkept"
    """Its term ran out before it was kept."""
    OVERTAKEN = "overtaken"
    """Law or events overtook it, or both sides dropped it."""
    TERM_ENDED = "term_ended"
    """Its term has ended, and nobody has said how."""


class Grade(NamedTuple):
    """What a stage means and counts as."""

    meaning: str
    state: ConcessionState
    """Its state, unless a term changes it: see `tracker.rules.stages.state_of`."""
    rank: int
    """Its worth to the receiver: what has ended is worth less than a promise."""
    synonyms: tuple[str, ...] = ()
    """Other words for it that input takes."""
    because: Because | None = None
    """Why it is over, unless it was kept to its end."""


_DOUBT, _PROMISED = ConcessionState.IN_DOUBT, ConcessionState.PROMISED
_STARTED, _IN_PART = ConcessionState.UNDER_WAY, ConcessionState.IN_PART
_KEPT, _LOST, _OVER = ConcessionState.KEPT, ConcessionState.LOST, ConcessionState.OVER
STAGES: Mapping[Stage, Grade] = {
    Stage.NEGOTIATING: Grade("talks go on; nothing is promised yet", _PROMISED, 0),
    Stage.ANNOUNCED: Grade("promised; nothing is done yet", _PROMISED, 1, ("promised",)),
    Stage.STARTED: Grade(
        "a first act was seen", _STARTED, 2, ("begun", "in-progress", "under-way")
    ),
    Stage.PARTIAL: Grade(
        "a substantial part is delivered", _IN_PART, 3, ("partly", "in-part")
    ),
    Stage.MET: Grade(
        "delivered in full, or in force in full",
        _KEPT,
        4,
        ("done", "complete", "completed", "fulfilled", "kept", "in-force"),
    ),
    Stage.STALLED: Grade(
        "no movement, or blocked", _DOUBT, -2, ("delayed", "blocked", "in-doubt")
    ),
    Stage.MISSED: Grade("a deadline passed without delivery", _LOST, -3),
    Stage.BROKEN: Grade("an act broke it, such as an exceeded limit", _LOST, -4),
    Stage.REVERSED: Grade("begun or delivered, then taken back", _LOST, -4),
    Stage.LAPSED: Grade("its term ran out", _OVER, -1, ("expired",), Because.UNKEPT),
    Stage.MOOT: Grade(
        "overtaken by law, or dropped by agreement",
        _OVER,
        -1,
        ("void", "cancelled", "overtaken"),
        Because.OVERTAKEN,
    ),
}
"""What each stage means, counts as and is also called."""
FAILING = {_DOUBT, _LOST, Because.UNKEPT, Because.OVERTAKEN}
"""The states, and the reasons for being over, that fail what was given in return."""
STATES: Mapping[ConcessionState, str] = {
    ConcessionState.KEPT: "delivered in full",
    ConcessionState.IN_FORCE: "kept so far, and has to stay so",
    ConcessionState.IN_PART: "a substantial part is delivered",
    ConcessionState.UNDER_WAY: "a first act was seen",
    ConcessionState.PROMISED: "promised, nothing done yet",
    ConcessionState.IN_DOUBT: "stalled, or outcome unknown",
    ConcessionState.LOST: "missed, broken or taken back",
    ConcessionState.OVER: "kept to its end, run out unkept, or overtaken by law or events",
}
"""What each state means."""


class StageFrom(StrEnum):
    """What a concession's stage rests on."""

    VERDICT = "verdict"
    BOTH = "both"
    DECLARED = "declared"


class Standing(StrEnum):
    """What the claims of giver and receiver add up to."""

    AGREED = "agreed"
    ONE_SIDED = "one-sided"
    CONTESTED = "contested"
    UNCLAIMED = "unclaimed"


class ConcessionKind(StrEnum):
    """The kind of thing that was promised."""

    PURCHASE = "purchase"
    TARIFF = "tariff"
    EXPORT_CONTROL = "export-control"
    LICENSING = "licensing"
    INVESTMENT = "investment"
    ACCESS = "access"
    INSTITUTION = "institution"
    MEETING = "meeting"
    OTHER = "other"


class Instrument(StrEnum):
    """How binding the text is that states a concession, weakest first."""

    PROPOSAL = "proposal"
    STATEMENT = "statement"
    READOUT = "readout"
    JOINT_TEXT = "joint-text"
    LAW = "law"


class DeadlineKind(StrEnum):
    """What is due on a day."""

    DELIVERY = "delivery"
    EXPIRY = "expiry"
    REVIEW = "review"
    MEETING = "meeting"


EVENTS = (DeadlineKind.REVIEW, DeadlineKind.MEETING)
"""Kinds of deadlines on which something happens; the others are promises, or end one."""


class Namespace(StrEnum):
    """The namespace in which a slug is unique: agreements, concessions and deadlines share one."""

    PARTY = "party"
    SOURCE = "source"
    SUBJECT = "subject"


class ThingKind(StrEnum):
    """What can be declared."""

    namespace: Namespace
    """The namespace in which its slugs are unique."""
    PARTY = "party"
    SOURCE = "source"
    AGREEMENT = "agreement"
    CONCESSION = "concession"
    DEADLINE = "deadline"


for thing in ThingKind:
    thing.namespace = (
        Namespace(thing.value) if thing.value in [*Namespace] else Namespace.SUBJECT
    )
SUBJECTS = (ThingKind.AGREEMENT, ThingKind.CONCESSION, ThingKind.DEADLINE)
"""What an entry can be about, the broadest first."""


class TermWord(StrEnum):
    """How a concession's term ends, if its own expiry or its agreement's does not end it."""

    OPEN = "open"
    """It never ends."""


class Role(StrEnum):
    """The side of a concession that a party is on."""

    GIVER = "giver"
    RECEIVER = "receiver"


class Command(StrEnum):
    """The command that wrote a batch of entries."""

    LOG = "log"
    MEASURE = "measure"
    MOVE = "move"
    CLOSE = "close"
    NOTE = "note"
    CHECKED = "checked"
    AMEND = "amend"
    RETRACT = "retract"
    UNDO = "undo"
    ADD = "add"
    CHANGE = "change"
    APPLY = "apply"
    IMPORT = "import"
    KEEP = "keep"


class EntryKind(StrEnum):
    """What a line of the journal records."""

    DECLARATION = "declaration"
    STAGE = "stage"
    READING = "reading"
    DEADLINE = "deadline"
    NOTE = "note"
    CHECK = "check"
    TEXT = "text"
    RETRACTION = "retraction"


NEWS = (EntryKind.STAGE, EntryKind.READING, EntryKind.DEADLINE, EntryKind.NOTE)
"""The entries that say what happened."""
UPDATES = (*NEWS, EntryKind.CHECK)
"""The entries about agreements, concessions and deadlines: what a file can hold."""
UNDATED = (EntryKind.DECLARATION, EntryKind.RETRACTION)
"""The kinds of entries that add to the book or correct it: what they say has no day of its own."""


class Basis(StrEnum):
    """The basis on which a reading counts."""

    CONTRACTED = "contracted"
    SOLD = "sold"
    SHIPPED = "shipped"
    ARRIVED = "arrived"
    PAID = "paid"
    ISSUED = "issued"
    LEVEL = "level"
    OTHER = "other"


class Bound(StrEnum):
    """Whether a target is to be reached or must not be exceeded."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class Outcome(StrEnum):
    """How a deadline ended."""

    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"


SYNONYMS: Mapping[Any, Mapping[str, str]] = {
    Stage: {word: stage for stage, grade in STAGES.items() for word in grade.synonyms},
    Outcome: {"held": Outcome.MET, "ended": Outcome.MET},
}
"""Other words that input takes for those of a vocabulary."""
CLOSED_AS = {
    DeadlineKind.DELIVERY: tuple(Outcome),
    DeadlineKind.EXPIRY: (Outcome.CANCELLED,),
    DeadlineKind.REVIEW: (Outcome.MET, Outcome.CANCELLED),
    DeadlineKind.MEETING: (Outcome.MET, Outcome.CANCELLED),
}
"""The outcomes that each kind of deadline can have; a review or a meeting that was held is met."""


class DeadlineVerdict(StrEnum):
    """The state of a deadline on a day."""

    WAITING = "waiting"
    OPEN = "open"
    MET = "met"
    MISSED = "missed"
    OVERDUE = "overdue"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Grouping(StrEnum):
    """What promises are grouped by."""

    GIVER = "giver"
    INSTRUMENT = "instrument"
    KIND = "kind"
    SECTOR = "sector"
    AGREEMENT = "agreement"


class Precision(StrEnum):
    """How precisely a day is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class Media(StrEnum):
    """The form in which a text is kept."""

    HTML = "html"
    TEXT = "text"
    PDF = "pdf"


class Finding(StrEnum):
    """What `check` looks for, the most urgent first."""

    DISPUTED = "disputed"
    CONTRADICTED = "contradicted"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    REACHED = "reached"
    CONTESTED = "contested"
    AT_RISK = "at-risk"
    REWRITTEN = "rewritten"
    MOVED = "moved"
    UNSOURCED = "unsourced"
    UNREAD = "unread"
    UNOFFICIAL = "unofficial"
    STALE = "stale"
