"""Looks up, once, what an entry's words name in the book: subjects, parties and sources."""

from datetime import date
from typing import Any

from tracker.database import Connection
from tracker.database.contents import around, contents, declared, parties_of, with_owners
from tracker.declared import PartyNames
from tracker.entry import Subject
from tracker.errors import BadInput, NotFound
from tracker.forms import web_address
from tracker.record import Record
from tracker.resolver import Resolver
from tracker.state import Clocks, State
from tracker.things import Source
from tracker.vocabulary import Namespace, ThingKind

UNKNOWN = ("no such thing", "a day", "a party", "a source")
"""The problems of a slug that names nothing where an agreement, concession or deadline may be."""
MANY = 20
"""After so many reads around things, a read of the whole book is faster."""
ADDRESS_BYTES = 2_000
"""The longest address of a source: PostgreSQL's indexes hold little more."""


class Names:
    """What words name in one book, during one transaction.

    The writer tells it what it declares and retracts.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._whole: Record | None = None
        self._near: dict[tuple[str, str], Record] = {}
        self._things: dict[tuple[str, str], int] = {}
        self._new: set[tuple[ThingKind, str]] = set()
        self._changed: set[str] = set()
        """The slugs of what was declared or retracted since the whole was read; "" if parties."""
        self.deadlines: dict[str, Any] = {}
        """What `admission` keeps of deadlines until they are looked up again."""
        self._reads = 0
        self._everything: Record | None = None

    def record(self, slug: str, space: Namespace = Namespace.SUBJECT) -> Record:
        """Return what is declared under a slug and of the owners of that, and all parties."""
        if self._whole is not None and slug not in self._changed:
            return self._whole
        if (space.value, slug) not in self._near:
            things = with_owners(self.connection, self._numbers(slug, space))
            things |= parties_of(self.connection)
            self._near[space.value, slug] = Record(declared(self.connection, things))
        return self._near[space.value, slug]

    def whole(self) -> Record:
        """Return everything that is declared."""
        return Record(declared(self.connection))

    def read_whole(self) -> Record:
        """Return everything that is declared, and look things up there from now on."""
        self._whole = self.whole()
        self._changed.clear()
        self._new.clear()
        return self._whole

    def around(self, slug: str) -> Record:
        """Return all that the book holds around a thing or, once many were asked for, all of it."""
        self._reads += 1
        if self._reads <= MANY or slug in self._changed:
            thing = self.thing(slug, Namespace.SUBJECT)
            return Record(contents(self.connection, around(self.connection, [thing])))
        if self._everything is None:
            self._everything = Record(contents(self.connection))
        return self._everything

    def forget(self, slug: str) -> None:
        """Look a slug up again, and all parties: what it names was changed or retracted."""
        self._changed |= {slug, ""}
        self._near.clear()
        self._new -= {(what, slug) for what in ThingKind}
        self.deadlines.pop(slug, None)

    def learn(self, what: ThingKind, slug: str) -> None:
        """Take in that a thing was declared; what it says is looked up when it is needed."""
        self._new.add((what, slug))
        for name in (slug, "") if what is ThingKind.PARTY else (slug,):
            self._changed.add(name)
            self._near.pop((what.namespace.value, name), None)
        self.deadlines.pop(slug, None)

    def find(self, slug: str) -> Subject | None:
        """Return the agreement, concession or deadline that a slug names, if any."""
        return self.record(slug).subject(slug)

    def subject(self, slug: str, *allowed: str) -> Subject:
        """Return what a slug names; with kinds given, one of those."""
        found = self.find(slug)
        if found is not None and (not allowed or found.what in allowed):
            return found
        raise Resolver(self.whole()).refusal(slug, *allowed)

    def meant(self, word: str, *allowed: str) -> str:
        """Return the slug of what a person's word names, of the allowed kinds; refuse others."""
        found = self.find(word)
        if found is None:
            return Resolver(self.whole()).slug(word, *allowed)
        if not allowed or found.what in allowed:
            return word
        near = Record(contents(self.connection, around(self.connection, [found.id])))
        return Resolver(near, closed=State(near, Clocks(date.max)).closings).slug(word, *allowed)

    def party(self, name: str) -> str:
        """Return the slug of a party by its slug, else by its name or short name."""
        parties = self.parties()
        if not (found := parties.find(name)):
            raise NotFound("no such thing", kind="party", name=name, known=[*parties.by_slug])
        return found[0].slug

    def parties(self) -> PartyNames:
        """Return the parties in force by their names."""
        return self.record("", Namespace.PARTY).party_names

    def source(self, key: str) -> Source | None:
        """Return what is declared under a source's key; a web address need not be declared."""
        found = self.record(key, Namespace.SOURCE).sources.get(key)
        if found is not None and found.declared and found.key == key:
            return found
        if "://" not in key:
            if "." in key:
                raise BadInput("bad URL", url=key)
            known = [one.key for one in self.whole().sources.values() if one.declared]
            raise NotFound("no such source", name=key, known=[*dict.fromkeys(known)])
        web_address(key)
        self.thing(key, Namespace.SOURCE)  # refuses what is too long
        return None

    def thing(self, slug: str, namespace: Namespace) -> int:
        """Return the thing of a slug; create it if necessary."""
        if (namespace.value, slug) in self._things:
            return self._things[namespace.value, slug]
        if len(slug.encode(errors="replace")) > ADDRESS_BYTES:
            raise BadInput(
                "bad text", part="address", reason=f"is longer than {ADDRESS_BYTES:,} bytes"
            )
        found = self._numbers(slug, namespace)
        if not found:
            self.connection.insert("thing", [{"namespace": namespace.value, "slug": slug}])
            found = self._numbers(slug, namespace)
        self._things[namespace.value, slug] = found[0]
        return found[0]

    def _numbers(self, slug: str, space: Namespace) -> list[int]:
        """Return the number of a slug's thing, if there is one."""
        sql = "SELECT id FROM thing WHERE slug = :slug AND namespace = :space"
        return [number for (number,) in self.connection.query(sql, slug=slug, space=space.value)]

    def declared(self, what: ThingKind, slug: str) -> int:
        """Return the thing of this kind that is declared under this slug."""
        if (what, slug) not in self._new:
            if what is ThingKind.SOURCE:
                self.source(slug)
            elif what is ThingKind.PARTY:
                slug = self.party(slug)
            else:
                self.subject(slug, what.value)
        return self.thing(slug, what.namespace)
