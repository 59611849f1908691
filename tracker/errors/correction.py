"""What a correction conflicts with."""

import typing

from tracker.errors import kinds, wording


class AlreadyRetracted(kinds.Refused):
    """A second retraction of one entry."""

    column = "refers_to"
    what = "Entry {entry} is already retracted, by entry {retracted_by}"
    remedy = "See 'tracker history' for what holds now"


class RetractionStands(kinds.Refused):
    """A correction of a retraction, which only `undo` may take back."""

    column = "refers_to"
    what = "Entry {entry} is a retraction and cannot be corrected itself"
    remedy = "Log what holds now as a new entry"


class CannotAmend(kinds.Refused):
    """An amendment of an entry that has nothing to correct."""

    what = "Entry {entry} is a {kind} and has nothing to amend"
    remedy = "Retract it with 'tracker retract', or change a declaration with 'tracker change'"


class NothingToUndo(kinds.Refused):
    """`undo` by an author who has no command left to take back."""

    what = "Nothing to undo: '{author}' has no command left to take back"
    remedy = "For somebody else's entry, use 'tracker retract ENTRY --reason …'"


class AlreadyTakenBack(kinds.Refused):
    """`undo` of a command that somebody else has retracted since."""

    what = "Your last command, '{command}' (#{entry}), was taken back by {author} (#{retracted_by})"
    remedy = "To take back an earlier one, use 'tracker retract ENTRY --reason …'"


class EntryInUse(kinds.Refused):
    """A retraction of what other entries rest on."""

    entries: typing.Sequence[int]
    resting: typing.Sequence[int]
    undoing: bool
    what = "{which} cannot be taken back: other entries rest on {it} ({resting:entries})"
    remedy = "{help}"

    def _words(self) -> dict[str, object]:
        first, *others = self.entries
        numbers = wording.first_of([f"#{one}" for one in self.entries], 10)
        remedy = "Retract these first, or use 'tracker withdraw SLUG --reason …'"
        if self.undoing:  # whoever retracts these first makes that the command to undo
            remedy = (
                "Let whoever recorded these undo them first, or take back what should not count"
                " with 'tracker retract' or 'tracker withdraw'"
            )
        return {
            "which": f"Entries {numbers}" if others else f"Entry {first}",
            "it": "them" if others else "it",
            "help": remedy,
        }


class OtherTarget(kinds.Refused):
    """A line about one thing that refers to an entry about another."""

    column = "refers_to"
    what = "Entry {entry} is about '{slug}', not '{given}'"
    remedy = "Correct the number, or what the line is about"


class CannotCountAgain(kinds.Refused):
    """A correction after which an entry would count that does not fit into the book."""

    what = "Entry {entry} cannot count again: {reason}"
    remedy = "Correct that first, or record again what should count"
