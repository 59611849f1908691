"""The words of the book: every enumeration that it stores or prints."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self


class Status(StrEnum):
    """How far a promise has come, in the order of every report: typed and printed alike."""

    meaning: str
    synonyms: tuple[str, ...]
    """Other words for it that input takes."""

    def __new__(cls, word: str, meaning: str, *synonyms: str) -> Self:
        """Return a status with what it means."""
        status = str.__new__(cls, word)
        status._value_ = word
        status.meaning = meaning
        status.synonyms = synonyms
        return status

    KEPT = (
        "kept",
        "done in full, or kept up to the end of its term",
        "met",
        "done",
        "fulfilled",
        "complete",
        "completed",
        "finished",
    )
    IN_FORCE = "in force", "kept so far, and has to be kept up"
    PARTLY = (
        "partly",
        "a substantial part is delivered",
        "partial",
        "partially",
        "in-part",
    )
    STARTED = (
        "started",
        "a first act was seen",
        "under-way",
        "begun",
        "ongoing",
        "in-progress",
    )
    PROMISED = "promised", "nothing is done yet", "announced"
    NEGOTIATING = "negotiating", "talks go on; nothing is promised yet"
    STALLED = "stalled", "no movement, or blocked", "delayed", "blocked"
    UNKNOWN = "unknown", "its term is over, and nothing was said since"
    MISSED = "missed", "its day or its term passed, and it was not done"
    BROKEN = "broken", "an act broke it, or it was taken back", "reversed", "violated"
    OVERTAKEN = (
        "overtaken",
        "made moot by law or events, or dropped by both sides",
        "moot",
        "void",
        "struck-down",
    )


DERIVED = (Status.IN_FORCE, Status.UNKNOWN)
"""The statuses that follow from a term, and are never typed."""
TYPED = tuple(status for status in Status if status not in DERIVED)
GONE = (Status.MISSED, Status.BROKEN, Status.OVERTAKEN)
"""The statuses of a promise that has nothing left to lose."""
FAILING = (Status.STALLED, *GONE)
"""The statuses that fail what was given in return."""


class Stage(StrEnum):
    """How the journal writes a status: eleven codes, which never change."""

    status: Status
    """How far it has come."""

    def __new__(cls, code: str, status: Status) -> Self:
        """Return a code with the status that it means."""
        stage = str.__new__(cls, code)
        stage._value_ = code
        stage.status = status
        return stage

    NEGOTIATING = "negotiating", Status.NEGOTIATING
    ANNOUNCED = "announced", Status.PROMISED
    STARTED = "started", Status.STARTED
    PARTIAL = "partial", Status.PARTLY
    MET = "met", Status.KEPT
    STALLED = "stalled", Status.STALLED
    MISSED = "missed", Status.MISSED
    BROKEN = "broken", Status.BROKEN
    REVERSED = "reversed", Status.BROKEN
    LAPSED = "lapsed", Status.MISSED
    """Kept or partly, if that was the last word before it: see `tracker.record`."""
    MOOT = "moot", Status.OVERTAKEN


WRITTEN = {stage.status: stage for stage in reversed(Stage)}
"""The code that the journal gets for each status that is typed."""
EARLIER = {
    **{stage.value: stage for stage in Stage},
    "expired": Stage.LAPSED,
    "cancelled": Stage.MOOT,
    "in-force": Stage.MET,
    "in-doubt": Stage.STALLED,
}
"""What books, exports and tables of version 0.3 call a status."""
_ENDED = (
    "does not say how the promise ended",
    "Once its term is over, log 'kept', 'partly' or 'missed'",
)
_TAKEN = (
    "does not say who ended it",
    "Log 'overtaken' if both sides or a court did, 'broken' if the giver alone did",
)
UNCLEAR: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("lapsed", "expired"), _ENDED),
    **dict.fromkeys(("cancelled", "dropped", "withdrawn"), _TAKEN),
    **dict.fromkeys(
        ("late", "overdue", "behind"),
        (
            "does not say whether the promise can still be kept",
            "Log 'partly' or 'stalled', or 'missed' if it is too late",
        ),
    ),
    "note": ("is not a status", "Run 'tracker note SLUG TEXT'"),
    "delivered": (
        "does not say how much was delivered",
        "Log 'kept' or 'partly', or run 'tracker measure DEADLINE VALUE'",
    ),
    **dict.fromkeys(
        ("suspended", "paused"),
        (
            "may be what was promised, or what was done to the promise",
            "Log 'kept' if it was promised, else 'stalled' or 'broken'",
        ),
    ),
    "in-force": ("is printed for what is kept while its term runs", "Log 'kept'"),
    "force": (
        "is not a status, and 'in force' is printed for what is kept while its term runs",
        "Log 'kept'",
    ),
    "extended": ("means that its day was moved", "Run 'tracker move DEADLINE DATE'"),
    "unknown": (
        "is printed once a term is over and nobody has said how it ended",
        "Log what is known, or run 'tracker checked SLUG' if there is no news",
    ),
}
"""What is wrong with some words for a status, and what to type instead."""


class StatusFrom(StrEnum):
    """What a concession's status rests on."""

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

    RECEIVER = "receiver"
    GIVER = "giver"
    INSTRUMENT = "instrument"
    KIND = "kind"
    SECTOR = "sector"
    AGREEMENT = "agreement"
    EVIDENCE = "evidence"
    """What the status rests on."""


SYNONYMS: Mapping[Any, Mapping[str, str]] = {
    Status: {word: status for status in Status for word in status.synonyms},
    Outcome: {"held": Outcome.MET, "ended": Outcome.MET},
}
"""Other words that input takes for those of a vocabulary."""


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
    UNNAMED = "unnamed"
    CONTESTED = "contested"
    AT_RISK = "at-risk"
    REWRITTEN = "rewritten"
    MOVED = "moved"
    UNSOURCED = "unsourced"
    UNREAD = "unread"
    UNOFFICIAL = "unofficial"
    STALE = "stale"
