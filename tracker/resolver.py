"""What a typed word names in a book: by slug, by title, by a part of either, or by its owner."""

import re
from collections.abc import Container, Iterable

from tracker.dates import ISO_DAY
from tracker.declared import Declared, folded
from tracker.errors import NotFound, either
from tracker.vocabulary import EVENTS, SUBJECTS, DeadlineKind

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
        if self.declared.parties_named(word):
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
        return is_source or bool(self.declared.parties_named(word))

    def _titles(self, kind: str) -> list[tuple[str, str]]:
        """Return the slug and the title of each thing of a kind that is in view."""
        if kind == "source":
            sources = (one for one in self.declared.sources.values() if one.declared)
            return [*{one.key: one.title or "" for one in sources}.items()]
        return [
            (slug, one.label if kind == "deadline" else one.title)
            for slug, one in self.declared.of_kind[kind].items()
            if self.agreement in (None, slug if kind == "agreement" else one.agreement)
        ]

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
