"""Looks up, once, what an entry's words name in the book: subjects, parties and sources."""

from typing import NamedTuple

from tracker.database import Connection, require_kept
from tracker.errors import BadText, BadUrl, IsParty, NoSuch, NoSuchSource, OtherKind
from tracker.errors.wording import either
from tracker.facts import LATEST, Party
from tracker.journal.versions import versions_of
from tracker.record import Subject
from tracker.rules.names import PartyNames, web_address
from tracker.vocabulary import Namespace, ThingKind


class Named(NamedTuple):
    """A party or a source: its thing, its slug, and the publisher of a source."""

    id: int
    slug: str
    publisher: str | None = None


ADDRESS_BYTES = 2_000
"""The longest address of a source: PostgreSQL's indexes hold little more."""


class Names:
    """Cached lookups in one book; of addresses, which are unlimited, only the latest are kept."""

    LIMIT = 50_000

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._subjects: dict[str, Subject] = {}
        self._parties: dict[str, Named] = {}
        self._names: PartyNames | None = None
        self._sources: dict[str, Named] = {}

    def forget(self, slug: str) -> None:
        """Drop a slug from the cache: what it names was declared, changed or retracted."""
        self._subjects.pop(slug, None)
        self._sources.pop(slug, None)

    def recall(self, slug: str) -> bool:
        """Let a slug name what was retracted, if anything was, until it is forgotten.

        A merge records entries about such things before it decides whether they count.
        """
        rows, space = self.connection.rows, Namespace.SUBJECT.value
        versions = versions_of(self.connection, space, slug)
        taken = [by for _, by in versions if by is not None]
        gone = (first for by in taken for first, _ in rows("batch_around", entry=by))
        found = rows("subject", slug=slug, known=max(gone, default=1) - 1)
        self._subjects |= {slug: Subject(*row) for row in found}  # noqa: B035 - there is one at most
        return bool(found)

    def retracted_with(self, slug: str) -> str:
        """Return the topmost thing that was retracted along with one, or that one itself."""
        if not self.recall(slug):
            return slug
        subject = self._subjects.pop(slug)
        owners = (subject.agreement, subject.concession, slug)
        return next((one for one in owners if one and self.find(one) is None), slug)

    def forget_parties(self) -> None:
        """Drop all parties from the cache: a name may belong to another party now."""
        self._parties.clear()
        self._names = None

    def learn_party(self, party: Party) -> None:
        """Take in a party that was declared or changed; a new one costs no look at the others."""
        if self._names is None or party.slug in self._names.slugs:
            self.forget_parties()
        else:
            self._names.add(party)

    def find(self, slug: str) -> Subject | None:
        """Return the agreement, concession or deadline that a slug names, if any."""
        if slug not in self._subjects:
            rows = self.connection.rows("subject", slug=slug, known=LATEST)
            if rows:
                self._subjects[slug] = Subject(*rows[0])
        return self._subjects.get(slug)

    def subject(self, slug: str, *allowed: str) -> Subject:
        """Return what a slug names; with kinds given, one of those."""
        found = self.find(slug)
        if found is None or (allowed and found.what not in allowed):
            if found and len(allowed) == 1:
                related = self._related(found, allowed[0])
                raise OtherKind(name=slug, kind=found.what, wanted=allowed[0], found=related)
            kinds = allowed or ("agreement", "concession", "deadline")
            if self.parties().find(slug):
                raise IsParty(kind=either(kinds), name=slug)
            rows = self.connection.rows("slugs", known=LATEST)
            known = [name for what, name, _ in rows if what in kinds]
            raise NoSuch(kind=either(kinds), name=slug, known=known)
        return found

    def _related(self, found: Subject, wanted: str) -> list[str]:
        """Return what one belongs to, or else the things of its concession or agreement."""
        if wanted == "agreement":
            return [str(found.agreement)]
        if found.what == "deadline" and found.concession:
            return [found.concession]
        owner, slug = (2, found.slug) if found.what == "concession" else (1, found.agreement)
        rows = self.connection.rows(f"{wanted}s", known=LATEST)
        return [row[0] for row in rows if row[owner] == slug]

    def party(self, name: str) -> Named:
        """Return a party by its slug, else by its name or short name."""
        if name not in self._parties:
            if not (found := self.parties().find(name)):
                raise NoSuch(kind="party", name=name, known=[*self.parties().slugs])
            slug = found[0].slug
            self._parties[name] = Named(self.thing(slug, Namespace.PARTY), slug)
        return self._parties[name]

    def parties(self) -> PartyNames:
        """Return the parties in force by their names."""
        if self._names is None:
            rows = self.connection.rows("parties", known=LATEST)
            self._names = PartyNames(Party(*row) for row in rows)
        return self._names

    def source(self, key: str) -> Named:
        """Return a source by its key; a web address is a source without being declared."""
        if key not in self._sources:
            rows = self.connection.rows("source", key=key, known=LATEST)
            if not (rows and (rows[0][1] or "://" in key)):
                self._require_source(key)
            if len(self._sources) >= self.LIMIT:
                self._sources.clear()
            thing, publisher = (rows[0][0], rows[0][2]) if rows else (None, None)
            thing = thing or self.thing(key, Namespace.SOURCE)
            self._sources[key] = Named(thing, key, publisher)
        return self._sources[key]

    def thing(self, slug: str, namespace: Namespace) -> int:
        """Return the thing of a slug; create it if necessary."""
        if len(slug.encode(errors="replace")) > ADDRESS_BYTES:
            raise BadText(part="address", reason=f"is longer than {ADDRESS_BYTES:,} bytes")
        space, rows = namespace.value, self.connection.rows
        found = rows("thing", slug=slug, namespace=space)
        found = found or rows("insert_thing", slug=slug, namespace=space)
        require_kept(self.connection.target, 1, len(found))
        return int(found[0][0])

    def declared(self, what: ThingKind, slug: str) -> int:
        """Return the thing of this kind that is declared under this slug."""
        if what is ThingKind.PARTY:
            return self.party(slug).id
        if what is ThingKind.SOURCE:
            return self.source(slug).id
        return self.subject(slug, what.value).id

    def _require_source(self, key: str) -> None:
        if "://" not in key:
            if "." in key:
                raise BadUrl(url=key)
            rows = self.connection.rows("sources", known=LATEST, unofficial=False)
            raise NoSuchSource(name=key, known=[row[0] for row in rows if row[7]])
        web_address(key)
