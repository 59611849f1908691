"""What a typed word names in a book: by slug, by title, by a part of either, or by its owner."""

import re
from collections.abc import Container, Iterable

from tracker.dates import NUMBERS as MONTHS
from tracker.errors import NotFound, either, first_of
from tracker.record import Record
from tracker.things import Party, folded
from tracker.vocabulary import EVENTS, SUBJECTS, DeadlineKind

SHORTEST = 3
"""The fewest letters that are taken for a part of a slug or a title: fewer are a typing error."""


class Resolver:
    """Finds the one thing that a word names among what is declared, or refuses the word.

    Where an agreement is given, only what belongs to it is in view. Deadlines that are `closed` are
    not meant when only their concession is named.
    """

    def __init__(
        self, record: Record, agreement: str | None = None, closed: Container[str] = ()
    ) -> None:
        record.require_whole()  # a word may be a part of any slug or title
        self.record = record
        self.agreement = agreement
        self.closed = closed

    def slug(self, word: str, *wanted: str) -> str:
        """Return the slug of the thing of a wanted kind that a word names; by default, a subject.

        A word that names nothing else may be a part of the slug or the title of a single thing, or
        several words all of which it has.
        """
        wanted = wanted or SUBJECTS
        exact = self._exact(word, wanted)
        slugs = [slug for kind, slug in exact if kind in wanted]
        if exact and wanted == ("deadline",):
            slugs = slugs or self._open(exact[0][1])
        elif not exact and not self._elsewhere(word):
            slugs = self._like(word, wanted)
        if len(slugs) != 1:
            raise self.refusal(word, *wanted)
        return slugs[0]

    def refusal(self, word: str, *wanted: str) -> NotFound:
        """Return the refusal of a word that names no thing, or several, of the wanted kinds."""
        wanted = wanted or SUBJECTS
        exact = self._exact(word, wanted)
        kinds = either(wanted)
        slugs = [slug for kind, slug in exact if kind in wanted]
        if exact and not slugs:
            kind, slug = exact[0]
            advice = self._instead(kind, slug, wanted[0])
            return NotFound(
                "another kind", name=word, kind=kind, wanted=kinds, advice=advice
            )
        if not slugs and (agreement := self._elsewhere(word)):
            return NotFound("out of view", slug=word, agreement=agreement)
        slugs = slugs or self._like(word, wanted)
        if len(slugs) > 1:
            return NotFound("several", name=word, found=slugs)
        known = [slug for kind in wanted for slug, *_ in self._named(kind)]
        return NotFound("no such thing", kind=kinds, name=word, known=slugs or known)

    def _elsewhere(self, word: str) -> str | None:
        """Return the agreement of a concession that the book holds but this view does not."""
        concession = Record(self.record.tables, self.record.book).concessions.get(word)
        return concession.agreement if concession else None

    def _named(self, kind: str) -> list[tuple[str, ...]]:
        """Return the slug and the names of each thing of a kind that is in view."""
        if kind == "party":
            parties = self.record.parties.values()
            return [(party.slug, party.name, party.short) for party in parties]
        if kind == "source":
            return [
                (key, source.title or "")
                for key, source in self.record.sources.items()
                if source.declared and source.key == key
            ]
        return [
            (slug, thing.label if kind == "deadline" else thing.title)
            for slug, thing in self.record.of_kind[kind].items()
            if self.agreement in (None, slug if kind == "agreement" else thing.agreement)
        ]

    def _exact(self, word: str, wanted: Iterable[str]) -> list[tuple[str, str]]:
        """Return the kind and the slug of the thing with this slug, else of those so named."""
        whole = folded(word)
        subjects = dict.fromkeys((*wanted, *SUBJECTS))
        for kinds in (subjects, ("party", "source")):  # these only if no subject has it
            by_slug = []
            by_name = []
            for kind in kinds:
                for slug, *names in self._named(kind):
                    if slug == whole:
                        by_slug.append((kind, slug))
                    if whole in map(folded, names):
                        by_name.append((kind, slug))
            if by_slug or by_name:
                return by_slug or by_name
        return []

    def _like(self, word: str, kinds: Iterable[str]) -> list[str]:
        """Return the slugs of what has a word at the start of a word of its slug or title.

        They are all of one kind, the first of which there are any. If a word is only in one title,
        what is about it fits, too: a title may leave it out. `rare earths` is also found in
        `rare-earth`. The name of a month is a day, and no part of a title.
        """
        if len(word) < SHORTEST or word.lower() in MONTHS:
            return []
        parts = re.split("[ -]", word)
        if len(parts) > 1:
            parts = [part.removesuffix("s") for part in parts]
        form = "s?[ -]".join(map(re.escape, parts))
        anywhere = [rf"\b{re.escape(part)}" for part in parts]
        phrase = [rf"\b{form}"]
        for patterns in (phrase, anywhere):
            for kind in kinds:
                slugs = self._with(patterns, kind)
                is_in_one_title = len(slugs) == 1 and not _has(slugs[0], patterns)
                if is_in_one_title and patterns is phrase:
                    slugs = self._with(patterns, kind, whole=True)
                if slugs:
                    return slugs
        return []

    def _with(
        self, patterns: Iterable[str], kind: str, *, whole: bool = False
    ) -> list[str]:
        """Return the slugs of what has some patterns in its slug or title.

        With `whole`, these may also be in a concession's sector and test.
        """
        slugs = []
        for slug, *names in self._named(kind):
            text = " ".join((slug, *names))
            if whole and kind == "concession":
                concession = self.record.concessions[slug]
                text = f"{text} {concession.sector} {concession.test}"
            if _has(text, patterns):
                slugs.append(slug)
        return slugs

    def _instead(self, kind: str, slug: str, wanted: str) -> str:
        """Return what to write instead of a thing: one that belongs to it, or a report on it."""
        if kind == "party":
            return f"Give it with --giver or --receiver, as in 'tracker status --giver {slug}'"
        if kind == "source":
            return f"See 'tracker show {slug}'"
        thing = self.record.of_kind[kind][slug]
        agreement = slug if kind == "agreement" else thing.agreement
        if wanted == "agreement":
            return f"Its agreement: {agreement}"
        if kind == "deadline" and thing.kind in EVENTS:
            return f"If it was held, write 'tracker close {slug} met'"
        if kind == "deadline" and thing.concession:
            return f"Its concession: {thing.concession}"
        things = self.record.of_kind[wanted].values()
        owned = [thing for thing in things if thing.agreement == agreement]
        if wanted == "deadline":
            owner = slug if kind == "concession" else None
            owned = [deadline for deadline in owned if deadline.concession == owner]
        if not owned:
            owner = "concession" if kind == "concession" else "agreement"
            of = slug if kind == owner else agreement
            declaring = f"tracker add {wanted} NEW-SLUG --{owner} {of}"
            return f"It has no {wanted}; declare one: '{declaring}'"
        slugs = [thing.slug for thing in owned]
        return f"Its {wanted}{'s' if len(slugs) > 1 else ''}: {first_of(slugs)}"

    def _open(self, concession: str) -> list[str]:
        """Return the open deliveries of a concession or, without any, what else of it is open."""
        deadlines = self.record.deadlines.values()
        owned = (deadline for deadline in deadlines if deadline.concession == concession)
        not_closed = [deadline for deadline in owned if deadline.slug not in self.closed]
        deliveries = [
            deadline for deadline in not_closed if deadline.kind is DeadlineKind.DELIVERY
        ]
        return [deadline.slug for deadline in deliveries or not_closed]


def _has(text: str, patterns: Iterable[str]) -> bool:
    return all(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def parties_named(record: Record, word: str) -> list[Party]:
    """Return the parties that a word names: by slug, which comes first, or by a name."""
    wanted = folded(word)
    parties = record.parties_by_name.get(wanted, ())
    return sorted(parties, key=lambda party: (party.slug != word, party.slug != wanted))


def party_named(record: Record, name: str) -> str:
    """Return the slug of a party, given its slug, name or short name in any case."""
    parties = parties_named(record, name)
    if not parties:
        raise NotFound("no such thing", kind="party", name=name, known=record.parties)
    return parties[0].slug
