"""What the words of an entry name in the book: subjects, parties and sources, looked up once."""

from typing import NamedTuple

from tracker.database import Connection
from tracker.dates import END_OF_TIME
from tracker.errors import BadUrl, NoSuch, NoSuchSource, OtherKind


class Subject(NamedTuple):
    """What an entry is about: ids for its row, slugs for its digest."""

    what: str
    agreement_id: int
    concession_id: int | None
    deadline_id: int | None
    agreement: str
    concession: str | None
    deadline: str | None


class Named(NamedTuple):
    """A party or a source: its id and its slug or key."""

    id: int
    key: str


class Names:
    """Look-ups in one book, each made once; of addresses, of which there is no end, the latest."""

    LIMIT = 50_000

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._subjects: dict[str, Subject] = {}
        self._parties: dict[str, Named] = {}
        self._sources: dict[str, Named] = {}

    def subject(self, slug: str, *allowed: str) -> Subject:
        """Return what a slug names; with kinds given, one of those."""
        if slug not in self._subjects:
            rows = self.connection.rows("subject", slug=slug)
            if rows:
                self._subjects[slug] = Subject(*rows[0])
        found = self._subjects.get(slug)
        if found is None or (allowed and found.what not in allowed):
            of_one = found and (found.concession or found.what == "agreement")
            if found and of_one and len(allowed) == 1:
                raise OtherKind(
                    slug=slug,
                    kind=found.what,
                    wanted=allowed[0],
                    found=self._related(found, allowed[0]),
                )
            known = self.connection.rows("slugs")
            kinds = allowed or ("agreement", "concession", "deadline")
            raise NoSuch(
                kind=_either(kinds),
                name=slug,
                known=[name for what, name, _ in known if what in kinds],
            )
        return found

    def _related(self, found: Subject, wanted: str) -> list[str]:
        """Return what of the wanted kind belongs to what was found, or what that belongs to."""
        if found.deadline:
            return [str(found.concession)]
        rows = self.connection.rows(f"{wanted}s", known_by=END_OF_TIME)
        if found.concession:
            return [row[0] for row in rows if row[2] == found.concession]
        return [row[0] for row in rows if row[1] == found.agreement]

    def party(self, name: str) -> Named:
        """Return a party by its slug, its name or its short name."""
        if name not in self._parties:
            rows = self.connection.rows("party", name=name)
            if not rows:
                raise NoSuch(
                    kind="party",
                    name=name,
                    known=[row[0] for row in self.connection.rows("parties")],
                )
            self._parties[name] = Named(*rows[0])
        return self._parties[name]

    def source(self, key: str) -> Named:
        """Return a source by its key; an address that is not one yet becomes a source."""
        if key not in self._sources:
            rows = self.connection.rows("source", key=key)
            if not rows:
                if "://" not in key:
                    if "." in key:
                        raise BadUrl(url=key)
                    known = [row[0] for row in self.connection.rows("sources")]
                    raise NoSuchSource(key=key, known=known)
                require_web_address(key)
                row = {"key": key, "url": key, "official": False}
                self.connection.insert("insert_source", [row])
                rows = self.connection.rows("source", key=key)
            if len(self._sources) >= self.LIMIT:
                self._sources.clear()
            self._sources[key] = Named(*rows[0])
        return self._sources[key]


def require_web_address(url: str) -> None:
    """Refuse what is no whole http(s) address."""
    scheme, _, rest = url.partition("://")
    clean = url.isprintable() and not any(mark in url for mark in " <>\"'`\\")
    if scheme.lower() not in ("http", "https") or not rest.strip("/") or not clean:
        raise BadUrl(url=url)


def _either(kinds: tuple[str, ...]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"
