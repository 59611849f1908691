"""What the book or the disk does not have."""

from tracker.errors import kinds, wording


class NoSuch(kinds.NotFound):
    """A slug, key or name that the book does not hold."""

    name: str
    what = "No {kind} '{name}' in this book"
    remedy = "{known:like {name}}"


class NoSuchSource(kinds.NotFound):
    """A source's key that the book does not hold."""

    name: str
    what = "No source '{name}' in this book"
    remedy = (
        "Give a whole web address, or a key that 'tracker sources' lists; 'tracker add source'"
        " declares one. {known:like {name}}"
    )


class NothingEnds(kinds.NotFound):
    """A day on which no open expiry ends."""

    what = "No open expiry ends on {day}"
    remedy = "{known:like }"


class OtherKind(kinds.NotFound):
    """The slug of the wrong kind of thing, with its things of the right kind."""

    name: str
    kind: str
    wanted: str
    found: list[str]
    what = "'{name}' is {kind:a}, not {wanted:a}"
    remedy = "{help}"

    def _words(self) -> dict[str, object]:
        return {
            "help": f"Its {self.wanted}{'s' if len(self.found) > 1 else ''}:"
            f" {wording.first_of(self.found, 10)}"
            if self.found
            else f"It has no {self.wanted}; declare one with 'tracker add {self.wanted}'"
        }


class IsParty(NoSuch):
    """A party where an agreement, a concession or a deadline is needed."""

    what = "'{name}' is a party, not {kind:a}"
    remedy = "See 'tracker status --giver {name}' or 'tracker status --receiver {name}'"


class OutOfView(kinds.NotFound):
    """A concession of another agreement than the report's, or recorded after its moment."""

    slug: str
    agreement: str | None
    what = "'{slug}' {reason}"
    remedy = "{help}"

    def _words(self) -> dict[str, object]:
        if self.agreement:
            return {
                "reason": f"is a concession of another agreement, '{self.agreement}'",
                "help": f"Name it with --agreement {self.agreement}, or leave --agreement out",
            }
        return {
            "reason": "was not in the book at that moment",
            "help": "Name a later one with --known-by, or leave it out",
        }


class NoSuchEntry(kinds.NotFound):
    """An entry number beyond the journal's end."""

    column = "refers_to"
    what = "No entry {entry} in this book"
    remedy = "It ends at {head}; see 'tracker history'"


class NoSuchShipped(kinds.NotFound):
    """A seed that neither comes with the program nor is a file."""

    what = "No seed and no file '{name}'"
    remedy = "{known:like {name}}"


class NoSuchFile(kinds.NotFound):
    """An input file that does not exist."""

    what = "No file '{path}'"
    remedy = "Check the path"


class NoEditor(kinds.NotFound):
    """An editor that cannot be run, or that failed."""

    what = "The editor '{editor}' {reason}; nothing was written"
    remedy = "Set VISUAL or EDITOR to another one, or give the text"


class NoSuchTopic(kinds.NotFound):
    """A topic that `tracker help` does not have."""

    what = "No help on '{name}'"
    remedy = "{known:like {name}}"


class ExtraMissing(kinds.NotFound):
    """A command whose optional part is not installed."""

    what = "'{command}' needs a part that is not installed"
    remedy = (
        "Install it: pip install 'truce-tracker[{extra}]' (in a checkout: '.[{extra}]', or"
        " 'uv run --extra {extra}')"
    )


class NoSuchHead(kinds.NotFound):
    """A head that no batch of the book has."""

    what = "No head '{head}' in this book"
    remedy = "Give the head as reports print it, such as 9f3c2d71ab04, or an entry such as #88"


class NothingToCompare(kinds.NotFound):
    """Fewer than two kept texts of a source."""

    what = "A comparison needs two kept texts, but at these clocks '{source}' has {held}"
    remedy = "Keep one with 'tracker source keep {source} FILE'"


class NoTextThen(kinds.NotFound):
    """A day before the first kept text, or an entry that is not a kept text of a source."""

    what = "There is no kept text of '{source}' for {named}"
    remedy = "Its texts: {known:all}"


class TextGone(kinds.NotFound):
    """A kept text whose file is missing or altered."""

    what = "The text of '{source}' seen on {seen_on} is not at '{path}', or was altered"
    remedy = "Put the file back with 'tracker source keep {source} FILE --seen {seen_on}'"
