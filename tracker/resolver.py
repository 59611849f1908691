"""What a typed word names: a thing, by slug, title or owner; an entry, by number, head, moment."""

import re
from collections.abc import Container, Iterable
from datetime import date, datetime

from tracker.database import Connection
from tracker.dates import ISO_DAY, parse_moment
from tracker.declared import LATEST, Declared
from tracker.errors import NotFound, WrongUsage, either
from tracker.record import BookState
from tracker.rules.names import folded
from tracker.vocabulary import EVENTS, DeadlineKind

SUBJECTS = ("agreement", "concession", "deadline")
"""The kinds of things that an update can be about."""
SHORTEST = 3
"""The fewest letters that are taken for a part of a slug or a title: fewer are a typing error."""


class Resolver:
    """Finds the one thing that a word names among what is declared, or refuses the word.

    Where an agreement is given, only what belongs to it is in view. Deadlines that are `closed` are
    not meant when only their concession is named.
    """

    def __init__(
        self, declared: Declared, agreement: str | None = None, closed: Container[str] = ()
    ) -> None:
        self.declared = declared
        self.agreement = agreement
        self.closed = closed

    def slug(self, word: str, *wanted: str) -> str:
        """Return the slug of the thing of a wanted kind that a word names; by default, a subject.

        A word that names nothing else may be a part of the slug or the title of a single thing.
        """
        wanted = wanted or SUBJECTS
        exact = self._exact(word, wanted)
        found = [slug for kind, slug in exact if kind in wanted]
        if exact and wanted == ("deadline",):
            found = found or self._open(exact[0][1])
        elif not (exact or self._elsewhere(word) or self._names_no_subject(word)):
            found = self._like(word, wanted)
        if len(found) != 1:
            raise self.refusal(word, *wanted)
        return found[0]

    def refusal(self, word: str, *wanted: str) -> NotFound:
        """Return the refusal of a word that names no thing, or several, of the wanted kinds."""
        wanted = wanted or SUBJECTS
        exact, kinds = self._exact(word, wanted), either(wanted)
        like = [slug for kind, slug in exact if kind in wanted]
        if exact and not like:
            kind, slug = exact[0]
            own = self._related(kind, slug, wanted[0])
            besides = ""
            if wanted[0] == "concession" and kind == "agreement":
                besides = f"; their states: tracker status --agreement {slug}"
            elif wanted[0] == "concession" and self.declared.deadlines[slug].kind in EVENTS:
                besides = f"; if it was held: tracker close {slug} met"
            return NotFound(
                "another kind", name=word, kind=kind, wanted=wanted[0], found=own, besides=besides
            )
        like = like or self._like(word, wanted)
        if of := self._elsewhere(word):
            if self.agreement in (None, of):
                return NotFound("not yet recorded", slug=word)
            return NotFound("another agreement", slug=word, agreement=of)
        if self.declared.party_names.find(word):
            return NotFound("a party", kind=kinds, name=word)
        if self._names_no_subject(word):
            return NotFound("a source", kind=kinds, name=word)
        if ISO_DAY.fullmatch(word):
            return NotFound("a day", kind=kinds, day=word)
        if len(like) > 1:
            return NotFound("several", name=word, found=like)
        known = [slug for kind in wanted for slug, _ in self._titles(kind)]
        return NotFound("no such thing", kind=kinds, name=word, known=like or known)

    def _elsewhere(self, word: str) -> str | None:
        """Return the agreement of a concession that the book holds but this view does not."""
        concession = Declared(self.declared.contents).concessions.get(word)
        return concession.agreement if concession else None

    def _names_no_subject(self, word: str) -> bool:
        """Return whether a word is that of a party, or a source."""
        source = self.declared.sources.get(word)
        is_source = source is not None and source.declared
        return is_source or bool(self.declared.party_names.find(word))

    def _titles(self, kind: str) -> list[tuple[str, str]]:
        """Return the slug and the title of each thing of a kind that is in view."""
        declared, of = self.declared, self.agreement
        things: Iterable[tuple[str, str, str | None]]
        match kind:
            case "agreement":
                things = ((one.slug, one.title, one.slug) for one in declared.agreements.values())
            case "concession":
                found = declared.concessions.values()
                things = ((one.slug, one.title, one.agreement) for one in found)
            case "deadline":
                days = declared.deadlines.values()
                things = ((one.slug, one.label, one.agreement) for one in days)
            case _:
                sources = {one.key: one for one in declared.sources.values() if one.declared}
                things = ((key, one.title or "", of) for key, one in sources.items())
        return [(slug, title) for slug, title, owner in things if of in (None, owner)]

    def _exact(self, word: str, wanted: Iterable[str]) -> list[tuple[str, str]]:
        """Return the kind and the slug of the thing with this slug, else of those so titled."""
        kinds, whole = dict.fromkeys((*wanted, *SUBJECTS)), folded(word)
        things = [(kind, slug, title) for kind in kinds for slug, title in self._titles(kind)]
        named = [(kind, slug) for kind, slug, _ in things if slug == whole]
        return named or [(kind, slug) for kind, slug, title in things if folded(title) == whole]

    def _like(self, word: str, kinds: Iterable[str]) -> list[str]:
        """Return the slugs of what has a word at the start of a word of its slug or title.

        They are all of one kind, the first of which there are any.
        """
        part = re.compile(rf"\b{re.escape(word)}", re.IGNORECASE)
        for kind in kinds if len(word) >= SHORTEST else ():
            things = self._titles(kind)
            if found := [slug for slug, *texts in things if any(map(part.search, (slug, *texts)))]:
                return found
        return []

    def _related(self, kind: str, slug: str, wanted: str) -> list[str]:
        """Return what a thing belongs to, or else the things of its concession or agreement."""
        concessions, deadlines = self.declared.concessions, self.declared.deadlines
        thing = concessions.get(slug) or deadlines.get(slug)
        agreement = thing.agreement if thing else slug
        if wanted == "agreement":
            return [agreement]
        if wanted == "deadline":
            owner = slug if kind == "concession" else None
            own = (one for one in deadlines.values() if one.concession == owner)
            return [one.slug for one in own if one.agreement == agreement]
        if kind == "deadline" and (of := deadlines[slug].concession):
            return [of]
        return [one.slug for one in concessions.values() if one.agreement == agreement]

    def _open(self, concession: str) -> list[str]:
        """Return the open deliveries of a concession or, without any, what else of it is open."""
        own = [
            one
            for one in self.declared.deadlines.values()
            if one.concession == concession and one.slug not in self.closed
        ]
        deliveries = [one for one in own if one.kind is DeadlineKind.DELIVERY]
        return [one.slug for one in deliveries or own]


# --- the last entry that counts -------------------------------------------------------------------

HEAD = re.compile(r"[0-9a-f]{7,64}", re.ASCII)
"""A head, or as many of its first digits as tell it from the others of this book."""
NUMBER = re.compile(r"#\d{1,10}|\d{1,11}", re.ASCII)
"""An entry's number; a longer one without '#' is a head that happens to have no letter."""


def held_by(connection: Connection, entry: int = LATEST) -> BookState:
    """Return what the book held with the batch that holds an entry; by default, the last one."""
    rows = connection.query(
        "SELECT COALESCE("
        " (SELECT MIN(n.first_entry) - 1 FROM batch AS n WHERE n.first_entry > b.first_entry),"
        " (SELECT MAX(e.id) FROM entry AS e), 0), b.seal"
        " FROM batch AS b WHERE b.first_entry <= :entry ORDER BY b.first_entry DESC LIMIT 1",
        entry=min(entry, LATEST),
    )
    return BookState(rows[0][0], bytes(rows[0][1]).hex()) if rows else BookState(0, None)


def known_by(connection: Connection, given: str | int | date | None, today: date) -> int:
    """Return the last entry that the book held by a moment, an entry's batch, or a head."""
    if given is None:
        return LATEST
    if isinstance(given, int):
        return _of_entry(connection, given)
    if isinstance(given, datetime):
        return _at(connection, given)
    words = given.isoformat() if isinstance(given, date) else given.strip()
    if NUMBER.fullmatch(words):
        return _of_entry(connection, int(words.removeprefix("#")))
    if HEAD.fullmatch(words.lower()):
        return _of_head(connection, words.lower())
    return _at(connection, parse_moment(words, today))


def _of_entry(connection: Connection, entry: int) -> int:
    """Return the last entry of the batch that holds an entry."""
    if entry == 0:
        return 0
    last = held_by(connection, entry).entries
    if not 0 < entry <= last:
        raise NotFound("no such entry", entry=entry, head=last)
    return last


def _at(connection: Connection, moment: datetime) -> int:
    rows = connection.query(
        "SELECT first_entry FROM batch WHERE recorded_at <= :moment ORDER BY id DESC LIMIT 1",
        moment=moment,
    )
    return _of_entry(connection, rows[0][0]) if rows else 0


def _of_head(connection: Connection, prefix: str) -> int:
    lowest, highest = (bytes.fromhex(prefix.ljust(64, digit)) for digit in "0f")
    rows = connection.query(
        "SELECT first_entry FROM batch WHERE seal BETWEEN :lowest AND :highest ORDER BY id LIMIT 2",
        lowest=lowest,
        highest=highest,
    )
    if not rows:
        raise NotFound("no such head", head=prefix)
    if len(rows) > 1:
        raise WrongUsage("ambiguous head", head=prefix)
    return _of_entry(connection, rows[0][0])
