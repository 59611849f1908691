"""Reads the book's facts at its clocks."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any, Self

from tracker.database import Connection, Scope
from tracker.dates import Period, shifted
from tracker.errors import IsParty, NoSuch, OtherKind
from tracker.facts import (
    LATEST,
    Agreement,
    BookState,
    Clocks,
    Concession,
    Deadline,
    Entry,
    Exchange,
    KeptText,
    LastWord,
    Party,
    Reading,
    Source,
    StageMark,
)
from tracker.groups import by_key
from tracker.queries.rows import (
    Fact,
    Subject,
    agreement_of,
    by_thing,
    closing_of,
    concession_of,
    deadline_of,
    entry_of,
    kept_text_of,
    last_word_of,
    move_of,
    period_of,
    reading_of,
    stage_mark_of,
)
from tracker.rules.names import PartyNames


def _facts(
    statement: str, fact_of: Callable[[Any], Fact], **given: object
) -> "cached_property[dict[str, list[Fact]]]":
    """Return a property of the facts that a statement finds, by what they are about."""
    return cached_property(lambda reader: by_thing(map(fact_of, reader._rows(statement, **given))))


class Reader:
    """One view of the book: its facts as of a day, as known by an entry.

    With an agreement, only its concessions and deadlines are in view; with a scope, only those
    things are read. Every property runs one statement, whatever the size of the book, and is
    cached.
    """

    def __init__(
        self,
        connection: Connection,
        clocks: Clocks,
        agreement: str | None = None,
        scope: Scope | None = None,
    ) -> None:
        self.connection = connection
        self.clocks = clocks
        self.agreement = agreement
        self.scope = scope
        if agreement is not None and agreement not in self._all_agreements:
            kind, rows = "agreement", connection.rows("subject", slug=agreement, known=clocks.known)
            if rows:
                one = Subject(*rows[0])
                raise OtherKind(name=agreement, kind=one.what, wanted=kind, found=[one.agreement])
            if self.party_names.find(agreement):
                raise IsParty(kind=kind, name=agreement)
            raise NoSuch(kind=kind, name=agreement, known=self._all_agreements)

    def at(self, as_of: date) -> Self:
        """Return the view as of another day; declarations do not depend on the day."""
        other = type(self)(self.connection, self.clocks._replace(as_of=as_of), None, self.scope)
        other.agreement = self.agreement
        _ = self.agreements, self.concessions, self.deadlines, self.parties  # what every view reads
        for name in DECLARED & self.__dict__.keys():
            other.__dict__[name] = self.__dict__[name]
        return other

    @cached_property
    def parties(self) -> dict[str, Party]:
        """Every party by its slug."""
        return {row[0]: Party(*row) for row in self._known("parties")}

    @cached_property
    def party_names(self) -> PartyNames:
        """The parties by their slugs and names."""
        return PartyNames(self.parties.values())

    def party(self, name: str) -> str:
        """Return the slug of a party, given its slug, name or short name in any case."""
        if found := self.party_names.find(name):
            return found[0].slug
        raise NoSuch(kind="party", name=name, known=self.parties)

    @cached_property
    def part_of(self) -> dict[str, str | None]:
        """The bloc of each party, if it is part of one."""
        return {slug: party.part_of for slug, party in self.parties.items()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its key; an undeclared one has only its address.

        The address of a declared source names that source, too.
        """
        found = [Source(*row) for row in self._known("sources", unofficial=False)]
        by_url = {one.url: one for one in reversed(found) if one.declared and one.url}
        named = {one.key: one if one.declared else by_url.get(one.key, one) for one in found}
        return named | {url: named.get(url, one) for url, one in by_url.items()}

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """The agreements in view, by slug."""
        return {slug: one for slug, one in self._all_agreements.items() if self._in_view(slug)}

    @cached_property
    def concessions(self) -> dict[str, Concession]:
        """The concessions in view, by slug, in the order of their declaration."""
        return {
            slug: concession
            for slug, concession in self._all_concessions.items()
            if concession.agreement in self.agreements
        }

    def concession(self, slug: str) -> Concession:
        """Return a concession, which may be one of another agreement."""
        return self._all_concessions[slug]

    @cached_property
    def deadlines(self) -> dict[str, Deadline]:
        """The deadlines in view, by slug, as declared."""
        rows = self._known("deadlines")
        found = (deadline_of(row, row[1] or self._agreement_of(row[2])) for row in rows)
        return {one.slug: one for one in found if one.agreement in self.agreements}

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was given in return for what."""
        return tuple(Exchange(*row) for row in self._known("exchanges"))

    def texts_of(self, source: str) -> list[KeptText]:
        """Return the live texts of a source by the day on which they were seen."""
        return self.texts.get(self.sources[source].key, [])

    @cached_property
    def texts(self) -> dict[str, list[KeptText]]:
        """The live texts of each source that has any, by the day on which they were seen."""
        found = sorted(map(kept_text_of, self._rows("texts")), key=attrgetter("seen_on", "entry"))
        return by_key((self.sources[one.source].key, one) for one in found)

    verdicts = _facts("verdicts", stage_mark_of)
    """The latest live verdict on each concession."""

    claims = _facts("claims", stage_mark_of)
    """The latest live claim of each party on each concession."""

    def claims_beside(self, entries: Iterable[int]) -> dict[str, list[StageMark]]:
        """Return every live claim on the concessions that some entries are about."""
        if not (numbers := frozenset(entries)):
            return {}
        return by_thing(map(stage_mark_of, self._rows("claims_beside", entries=numbers)))

    @cached_property
    def judged_since(self) -> dict[str, Period]:
        """The day since which the latest live verdict on each concession has been the same."""
        return {slug: period_of(*since) for slug, *since in self._rows("judged_since")}

    @cached_property
    def once_broken(self) -> set[str]:
        """The concessions with a live verdict of broken or reversed."""
        return {slug for (slug,) in self._rows("once_broken")}

    kept = _facts("kept", stage_mark_of)
    """Every live verdict on the concessions that have lapsed."""

    moves = _facts("moves", move_of)
    """Every live move of each deadline."""

    closings = _facts("closings", closing_of)
    """The latest live outcome of each deadline."""

    @property
    def readings(self) -> dict[str, list[Reading]]:
        """The readings that each deadline's series rest on; not cached, as there may be many."""
        return by_thing(map(reading_of, self._rows("readings", since=date.min)))

    def tracks(self, deadlines: Iterable[str]) -> dict[str, list[Reading]]:
        """Return every live reading of some deadlines."""
        if not (named := frozenset(deadlines)):
            return {}
        numbers = self.connection.rows("deadline_numbers")
        chosen = frozenset(number for slug, number in numbers if slug in named)
        return by_thing(map(reading_of, self._rows("tracks", deadlines=chosen)))

    @cached_property
    def turns(self) -> dict[str, int]:
        """How often each deadline was moved, closed or corrected: a number that only rises."""
        return dict(self._rows("turns"))

    @cached_property
    def agreement_words(self) -> dict[str, date | None]:
        """The day of the latest news on each agreement itself, apart from its concessions."""
        return dict(self._rows("agreement_words"))

    @cached_property
    def last_words(self) -> dict[str, LastWord]:
        """The days of the latest news on each concession, and of its last check."""
        return {row[0]: last_word_of(row) for row in self._rows("last_words")}

    @cached_property
    def entry_counts(self) -> dict[str, int]:
        """How many live entries in view rest on each source that has any."""
        counts = Counter[str]()
        for source, agreement, count in self._rows("entry_counts"):
            counts[self.sources[source].key] += count if self._in_view(agreement) else 0
        return counts

    @cached_property
    def cited(self) -> dict[int, list[str]]:
        """The sources that were added to entries, by the entry's number."""
        return by_key(self._rows("cited"))

    @cached_property
    def retested(self) -> dict[str, list[tuple[int, str]]]:
        """The tests of concessions whose test was changed, each with its declaration's number."""
        rows = self._known("retested")
        return by_key((slug, tuple(test)) for slug, *test in rows if slug in self.concessions)

    def history(
        self, slug: str | None = None, since: date = date.min, *, declared: bool = False
    ) -> list[Entry]:
        """Return the journal from a day on, retracted entries included; declarations if asked."""
        subject = None if slug is None or slug in self.agreements else self._subject(slug)
        statement, named = "history", {}
        if subject is not None and subject.concession_id:
            statement, named = "history_of_concession", {"concession_id": subject.concession_id}
        elif subject is not None:
            statement, named = "history_of_subject", {"subject_id": subject.id}
        rows = self._rows(statement, since=since, declared=declared, **named)
        found = [entry for row in rows if self.shows(entry := entry_of(row))]
        if slug is None or (subject and subject.what == "concession"):
            return found
        return [one for one in found if slug in (one.agreement, one.subject)]

    def corrected(self, since: date) -> dict[int, Entry]:
        """Return the entries that corrections from a day on took back, wrote or brought back.

        Their moments are those of first recording, in whichever book that was, in the
        time zone of their writer.
        """
        rows = self._rows("corrected", since=since)
        return {
            row[0]: entry_of(row)._replace(recorded_at=written_at + timedelta(minutes=offset))
            for *row, written_at, offset in rows
        }

    def late(self, start: date, end: date) -> list[Entry]:
        """Return what was logged by hand between two days, inclusive, about earlier days.

        The days of recording are those of the writer's time zone. What replaces an entry that was
        recorded before these days is left out: it is listed with the corrections.
        """
        first = datetime.combine(shifted(start, -1), time.min, UTC)
        last = datetime.combine(shifted(end, 1), time.max, UTC)
        rows = self._rows("late", before=start, end=LATEST, from_at=first, until_at=last)
        return [
            entry
            for *row, written_at, offset, first_at, first_offset in rows
            if self.shows(entry := entry_of(row))
            and (written_at + timedelta(minutes=offset)).date() <= end
            and (first_at + timedelta(minutes=first_offset)).date() >= start
        ]

    def lines(self, numbers: Iterable[int]) -> list[Entry]:
        """Return the entries with some numbers, regardless of their days."""
        return [*map(entry_of, self._known("lines", numbers=frozenset(numbers)))]

    def entries(self, first: int, last: int) -> list[Entry]:
        """Return the entries with these numbers, regardless of their days."""
        return [*map(entry_of, self._known("entries", first=first, last=last))]

    def repeated(self, first: int, last: int) -> dict[int, int]:
        """Return the entries among these that say the same as a live one, and which that is."""
        return dict(self._known("repeated", first=first, last=last))

    @cached_property
    def state(self) -> BookState:
        """How many entries the book held, and its head."""
        rows = self._known("known")
        return BookState(rows[0][0], bytes(rows[0][1]).hex()) if rows else BookState(0, None)

    def short(self, party: str) -> str:
        """Return the name that tables print for a party; if it was retracted, its slug."""
        return self.parties[party].short if party in self.parties else party

    @cached_property
    def _all_agreements(self) -> dict[str, Agreement]:
        return {row[0]: agreement_of(row) for row in self._known("agreements")}

    @cached_property
    def _all_concessions(self) -> dict[str, Concession]:
        sides: dict[int, dict[str, list[str]]] = {}
        for version, role, party in self._known("concession_parties"):
            sides.setdefault(version, {}).setdefault(role, []).append(party)
        return {row[0]: concession_of(row, sides[row[-1]]) for row in self._known("concessions")}

    def _agreement_of(self, concession: str) -> str:
        """Return the agreement of a concession; empty if the concession is not in force."""
        found = self._all_concessions.get(concession)
        return found.agreement if found else ""

    def shows(self, entry: Entry) -> bool:
        """Return whether an entry is in view."""
        return self._in_view(entry.agreement)

    def _in_view(self, agreement: str | None) -> bool:
        """Return whether an agreement is in view; all are, if the view has no agreement."""
        return self.agreement in (None, agreement)

    def _subject(self, slug: str) -> Subject:
        return Subject(*self.connection.rows("subject", slug=slug, known=self.clocks.known)[0])

    def _known(self, name: str, **parameters: object) -> list[Any]:
        return self.connection.rows(name, known=self.clocks.known, scope=self.scope, **parameters)

    def _rows(self, name: str, **parameters: object) -> list[Any]:
        clocks = {"as_of": self.clocks.as_of, "public_by": self.clocks.public_by}
        return self._known(name, **clocks, **parameters)


DECLARED = frozenset(
    ("parties", "sources", "agreements", "concessions", "deadlines", "exchanges", "state")
) | {"_all_agreements", "_all_concessions", "part_of", "sides"}
"""The properties that do not depend on the day."""
