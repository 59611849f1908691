"""Reads the book's facts at its clocks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, Self

from tracker.database import Connection
from tracker.dates import shifted
from tracker.errors import IsParty, NoSuch, OtherKind
from tracker.facts import (
    Agreement,
    BookState,
    Clocks,
    Closing,
    Concession,
    Deadline,
    Entry,
    Exchange,
    KeptText,
    LastWord,
    Move,
    Party,
    Place,
    Reading,
    Source,
    StageMark,
)
from tracker.groups import by_key
from tracker.queries.held import VERSIONS, Held, Line, Scope, written_at, written_on
from tracker.queries.rows import (
    Subject,
    agreement_of,
    concession_of,
    deadline_of,
    fingerprint_of,
    period_of,
)
from tracker.rules.names import PartyNames
from tracker.vocabulary import (
    NEWS,
    Basis,
    Command,
    EntryKind,
    Outcome,
    Stage,
)

BY_HAND = ("log", "measure", "move", "close", "note", "amend")
"""The commands with which updates are typed."""


class Reader:
    """One view of the book: its facts as of a day, as known by an entry.

    With an agreement, only its concessions and deadlines are in view; with a scope, only those
    things are read.
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
        self.held = Held(connection, clocks.known, scope)
        if agreement is not None and agreement not in self._all_agreements:
            kind = "agreement"
            if subject := self._subject(agreement):
                found = [subject.agreement]
                raise OtherKind(name=agreement, kind=subject.what, wanted=kind, found=found)
            if self.party_names.find(agreement):
                raise IsParty(kind=kind, name=agreement)
            raise NoSuch(kind=kind, name=agreement, known=self._all_agreements)

    def at(self, as_of: date) -> Self:
        """Return the view as of another day; declarations do not depend on the day."""
        _ = self.agreements, self.concessions, self.deadlines, self.parties  # what every view reads
        other = copy(self)
        other.__dict__ = {name: one for name, one in self.__dict__.items() if name in LASTING}
        other.clocks = self.clocks._replace(as_of=as_of)
        return other

    def whole(self) -> Self:
        """Return the view of all agreements, as of the same day."""
        other = copy(self)
        other.__dict__ = {name: self.__dict__[name] for name in ("connection", "clocks", "held")}
        other.agreement = None
        return other

    # --- what is declared ---------------------------------------------------------------------

    @cached_property
    def parties(self) -> dict[str, Party]:
        """Every party by its slug."""
        things = self.held.things
        return {
            things[row.thing_id]: Party(
                things[row.thing_id], row.name, row.short, things.get(row.part_of_id)
            )
            for row in self.held.in_force("party").values()
        }

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
        things, declared = self.held.things, self.held.in_force("source")
        found = [
            Source(things[row.thing_id], row.title, row.publisher, row.url, row.published_on,
                   row.official, row.archived_url)
            for row in declared.values()
        ]  # fmt: skip
        for (space, slug), number in self.held.numbers.items():
            if space == "source" and number not in declared:
                url = slug if "://" in slug else None
                found.append(Source(slug, None, None, url, None, official=False, declared=False))
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
        things = self.held.things
        found = []
        for row in self.held.in_force("deadline").values():
            agreement = things.get(row.agreement_id) or self._agreement_of(row.concession_id)
            found.append(deadline_of(row, things, agreement))
        return {one.slug: one for one in found if one.agreement in self.agreements}

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was given in return for what, if both are in force."""
        in_force, things = self.held.in_force("concession"), self.held.things
        owners = {row.entry_id: row.thing_id for row in in_force.values()}
        order = {thing: place for place, thing in enumerate(in_force)}
        found = [
            (owners[entry], returned)
            for entry, returned in self.held.exchanges
            if entry in owners and returned in in_force
        ]
        found.sort(key=lambda pair: (order[pair[0]], order[pair[1]]))
        return tuple(Exchange(things[one], things[returned]) for one, returned in found)

    @cached_property
    def retested(self) -> dict[str, list[tuple[int, str]]]:
        """The tests of concessions whose test was changed, each with its declaration's number."""
        found = {}
        for thing, row in self.held.in_force("concession").items():
            rows, slug = self.held.versions("concession")[thing], self.held.things[thing]
            if slug in self.concessions and any(one.test != row.test for one in rows):
                live = [one for one in rows if one.entry_id not in self.held.retracted]
                found[slug] = [(one.entry_id, one.test) for one in live]
        return found

    @cached_property
    def _all_agreements(self) -> dict[str, Agreement]:
        things = self.held.things
        found = self.held.in_force("agreement").values()
        return {things[row.thing_id]: agreement_of(row, things) for row in found}

    @cached_property
    def _all_concessions(self) -> dict[str, Concession]:
        things, sides = self.held.things, self.held.parties
        found = self.held.in_force("concession").values()
        return {
            things[row.thing_id]: concession_of(row, things, sides[row.entry_id]) for row in found
        }

    def _agreement_of(self, concession: int | None) -> str:
        """Return the agreement of a concession; empty if the concession is not in force."""
        found = self.held.in_force("concession").get(concession or 0)
        return self.held.things[found.agreement_id] if found else ""

    @cached_property
    def agreement_parties(self) -> dict[str, list[str]]:
        """The parties of each agreement's concessions, on either side."""
        found: dict[str, set[str]] = {}
        for one in self._all_concessions.values():
            found.setdefault(one.agreement, set()).update(one.givers, one.receivers)
        return {slug: sorted(parties) for slug, parties in found.items()}

    # --- what counts on the day -----------------------------------------------------------------

    @cached_property
    def published_on(self) -> dict[int, date]:
        """The day on which each source that says so was published."""
        found = self.held.in_force("source").items()
        return {thing: row.published_on for thing, row in found if row.published_on}

    def made_public(self, line: Line) -> date:
        """Return the day on which a line was public, its own or the later one of its source."""
        on: date = line.public_on or line.effective_on
        return on if line.public_on else max(on, self.published_on.get(line.source_id, on))

    def is_public(self, line: Line) -> bool:
        """Return whether a line was public by the public clock, if there is one."""
        by = self.clocks.public_by
        return by is None or self.made_public(line) <= by

    def place(self, line: Line) -> Place:
        """Return the order of a line among those of its day."""
        if not self.held.is_merged:
            return ()
        batch = self.held.batches.get(line.batch)
        written = written_at(batch) if batch else datetime.max.replace(tzinfo=UTC)
        return 0, written, line.origin or line.id, line.key

    def _order(self, line: Line) -> tuple[Any, ...]:
        return line.effective_on, self.place(line), line.id

    @cached_property
    def counting(self) -> list[Line]:
        """The lines that happened by the day, were public by then, and were not retracted."""
        as_of, retracted = self.clocks.as_of, self.held.retracted
        found = [
            line
            for line in self.held.lines
            if line.effective_on <= as_of and line.id not in retracted and self.is_public(line)
        ]
        return sorted(found, key=self._order if self.held.is_merged else attrgetter("effective_on"))

    @cached_property
    def _by_kind(self) -> dict[str, dict[int, list[Line]]]:
        """The counting lines of each kind, by the thing that they are about."""
        found: dict[str, dict[int, list[Line]]] = {kind.value: {} for kind in EntryKind}
        for line in self.counting:
            found[line.kind].setdefault(line.subject_id, []).append(line)
        return found

    def _about(self, kind: EntryKind, what: str) -> Iterator[tuple[str, list[Line]]]:
        """Yield the lines of a kind about things in force, by slug."""
        in_force, things = self.held.in_force(what), self.held.things
        for thing, lines in self._by_kind[kind].items():
            if thing in in_force:
                yield things[thing], lines

    def _mark(self, line: Line) -> StageMark:
        things = self.held.things
        return StageMark(
            line.id, things[line.subject_id], things.get(line.says_id), Stage(line.stage),
            period_of(line.effective_on, line.effective_on_precision),
            things.get(line.source_id), self.place(line),
        )  # fmt: skip

    @cached_property
    def verdicts(self) -> dict[str, list[StageMark]]:
        """Every live verdict on each concession that has one, the latest last."""
        return self._marks(claimed=False)

    @cached_property
    def claims(self) -> dict[str, list[StageMark]]:
        """Every live claim on each concession that has one, the latest last."""
        return self._marks(claimed=True)

    def _marks(self, *, claimed: bool) -> dict[str, list[StageMark]]:
        found = {
            slug: [self._mark(line) for line in lines if (line.says_id is not None) is claimed]
            for slug, lines in self._about(EntryKind.STAGE, "concession")
        }
        return {slug: marks for slug, marks in found.items() if marks}

    @cached_property
    def moves(self) -> dict[str, list[Move]]:
        """Every live move of each deadline."""
        things, found = self.held.things, {}
        for slug, lines in self._about(EntryKind.DEADLINE, "deadline"):
            found[slug] = [
                Move(line.id, slug, period_of(line.due_on, line.due_on_precision),
                     line.value, period_of(line.effective_on, line.effective_on_precision),
                     things.get(line.says_id), things.get(line.source_id),
                     self.made_public(line), self.place(line))
                for line in lines if line.due_on
            ]  # fmt: skip
        return {slug: moves for slug, moves in found.items() if moves}

    @cached_property
    def closings(self) -> dict[str, list[Closing]]:
        """The latest live outcome of each deadline."""
        found = {}
        for slug, lines in self._about(EntryKind.DEADLINE, "deadline"):
            for line in lines:
                if line.outcome:
                    period = period_of(line.effective_on, line.effective_on_precision)
                    outcome = Outcome(line.outcome)
                    found[slug] = [Closing(line.id, slug, outcome, period, self.place(line))]
        return found

    @property
    def readings(self) -> dict[str, list[Reading]]:
        """The readings that each deadline's series rest on: the latest total and later flows."""
        found = {}
        for slug, lines in self._about(EntryKind.READING, "deadline"):
            totals: dict[tuple[Any, ...], Line] = {}
            for line in lines:
                series = (line.basis, line.counted_by, line.unit)
                last = totals.get(series)
                if not line.flow and (last is None or self._later(line, last)):
                    totals[series] = line
            resting = [
                line
                for line in lines
                if (total := totals.get((line.basis, line.counted_by, line.unit))) is line
                or (line.flow and (total is None or line.effective_on > total.effective_on))
            ]
            found[slug] = [*map(self._reading, resting)]
        return found

    def _later(self, line: Line, other: Line) -> bool:
        """Return whether of two readings, the first is of a later day, or was public later."""
        days = [(one.effective_on, self.made_public(one)) for one in (line, other)]
        return days[0] >= days[1]

    def _reading(self, line: Line) -> Reading:
        things = self.held.things
        return Reading(
            line.id, things[line.subject_id], str(line.counted_by), Basis(str(line.basis)),
            line.value or Decimal(),
            str(line.unit), line.flow, line.effective_on, things.get(line.source_id),
            self.made_public(line), self.place(line),
        )  # fmt: skip

    def tracks(self, deadlines: Iterable[str]) -> dict[str, list[Reading]]:
        """Return every live reading of some deadlines."""
        lines, named = self._by_kind[EntryKind.READING], self.held.numbers
        numbers = {slug: named.get(("subject", slug), 0) for slug in deadlines}
        return {
            slug: [*map(self._reading, lines[number])]
            for slug, number in numbers.items()
            if number in lines
        }

    @cached_property
    def texts(self) -> dict[str, list[KeptText]]:
        """The live texts of each source that has any, by the day on which they were seen."""
        found = []
        for lines in self._by_kind[EntryKind.TEXT].values():
            for line in lines:
                row, batch = self.held.texts[line.id], self.held.batches.get(line.batch)
                is_kept = batch and batch.command == "keep"
                kept_on = written_on(batch).date() if batch and is_kept else line.effective_on
                text = KeptText(
                    line.id, self.held.things[row.thing_id], line.effective_on, kept_on,
                    fingerprint_of(*row[2:]),
                )  # fmt: skip
                found.append(text)
        found.sort(key=attrgetter("seen_on", "entry"))
        return by_key((self.sources[one.source].key, one) for one in found)

    def texts_of(self, source: str) -> list[KeptText]:
        """Return the live texts of a source by the day on which they were seen."""
        return self.texts.get(self.sources[source].key, [])

    @cached_property
    def cited(self) -> dict[int, list[str]]:
        """The sources that were added to entries, by the entry's number."""
        lines = (line for lines in self._by_kind[EntryKind.CITATION].values() for line in lines)
        ordered = sorted(lines, key=lambda line: (self.place(line), line.id))
        things = self.held.things
        return by_key((line.refers_to, things[line.source_id]) for line in ordered)

    @cached_property
    def entry_counts(self) -> dict[str, int]:
        """How many live entries in view rest on each source that has any."""
        things, deadlines = self.held.things, self.held.in_force("deadline")
        counts = Counter[str]()
        for line in self.counting:
            if line.source_id is None:
                continue
            agreement: str | None = self._agreement_of(line.concession_id)
            if not agreement:
                deadline = None if line.concession_id else deadlines.get(line.subject_id)
                owner = deadline.agreement_id if deadline else None
                agreement = things.get(owner or line.subject_id)
            shown = 1 if self._in_view(agreement) else 0
            counts[self.sources[things[line.source_id]].key] += shown
        return counts

    # --- news -------------------------------------------------------------------------------

    @cached_property
    def turns(self) -> dict[str, int]:
        """How often each deadline was moved, closed or corrected: a number that only rises.

        Declarations and retractions count whatever the day: they have none of their own.
        """
        whole, things, as_of = self.held.versions("deadline"), self.held.things, self.clocks.as_of
        undated = {EntryKind.DECLARATION, EntryKind.RETRACTION}
        counts = Counter[str]()
        for line in self.held.lines:
            if line.subject_id in whole and (
                line.kind in undated
                or (line.kind == EntryKind.DEADLINE
                    and line.effective_on <= as_of and self.is_public(line))
            ):  # fmt: skip
                counts[things[line.subject_id]] += 1
        return {slug: count - 1 for slug, count in counts.items()}

    @cached_property
    def _news(self) -> dict[int | None, list[Line]]:
        """The counting lines that say what happened, by concession."""
        news = {kind.value for kind in NEWS}
        return by_key((line.concession_id, line) for line in self.counting if line.kind in news)

    @cached_property
    def agreement_words(self) -> dict[str, date | None]:
        """The day of the latest news on each agreement itself, apart from its concessions."""
        owners = {thing: thing for thing in self.held.in_force("agreement")}
        for rows in self.held.versions("deadline").values():
            owners |= {row.thing_id: row.agreement_id for row in rows if row.agreement_id}
        last = {}
        for line in self._news[None]:
            last[owners.get(line.subject_id)] = line.effective_on
        things = self.held.things
        return {things[thing]: last.get(thing) for thing in self.held.in_force("agreement")}

    @cached_property
    def last_words(self) -> dict[str, LastWord]:
        """The days of the latest news on each concession, and of its last check."""
        things, found = self.held.things, {}
        checks = self._by_kind[EntryKind.CHECK]
        for thing, row in self.held.in_force("concession").items():
            last = self._news[thing][-1] if self._news[thing] else None
            looked = [*checks.get(thing, ()), *checks.get(row.agreement_id, ())]
            found[things[thing]] = LastWord(
                things[thing],
                period_of(last.effective_on, last.effective_on_precision) if last else None,
                things.get(last.source_id) if last else None,
                max((line.effective_on for line in looked), default=None),
            )
        return found

    # --- the journal ---------------------------------------------------------------------------

    def history(
        self, slug: str | None = None, since: date = date.min, *, declared: bool = False
    ) -> list[Entry]:
        """Return the journal from a day on, retracted entries included; declarations if asked."""
        about = None if slug is None or slug in self.agreements else self._subject(slug)
        lines = [
            line
            for line in self.held.lines
            if since <= line.effective_on <= self.clocks.as_of
            and (declared or line.kind != EntryKind.DECLARATION)
            and (about is None or about.is_named_by(line))
            and self.is_public(line)
        ]
        found = [entry for entry in self._entries(lines) if self.shows(entry)]
        if slug is None or (about and about.what == "concession"):
            return found
        return [one for one in found if slug in (one.agreement, one.subject)]

    def corrected(self, since: date) -> dict[int, Entry]:
        """Return the entries that corrections from a day on took back, wrote or brought back.

        Their moments are those of first recording, in whichever book that was, in the
        time zone of their writer.
        """
        by_number, numbers = self.held.by_number, set()
        for line in self.held.lines:
            if line.kind != EntryKind.RETRACTION:
                continue
            if since <= line.effective_on <= self.clocks.as_of:
                following = by_number.get(line.id + 1)
                if (
                    following
                    and following.batch == line.batch
                    and (following.kind != EntryKind.RETRACTION)
                ):
                    numbers.add(following.id)
                taken: Line | None = line
                while taken and taken.kind == EntryKind.RETRACTION:
                    numbers.add(taken.refers_to)
                    taken = by_number.get(taken.refers_to)
        batches = self.held.batches
        return {
            one.entry: one._replace(recorded_at=written_on(batches[one.batch]))
            for one in self.lines(numbers)
        }

    def late(self, start: date, end: date) -> list[Entry]:
        """Return what was logged by hand between two days, inclusive, about earlier days.

        The days of recording are those of the writer's time zone. What replaces an entry that was
        recorded before these days is left out: it is listed with the corrections.
        """
        lines = []
        for batch in self.held.batches.values():
            written, first = written_on(batch).date(), written_on(self._first(batch)).date()
            if written <= end and first >= start and written >= shifted(start, -1):
                lines += [
                    line
                    for line in self._of(batch)
                    if (batch.command == Command.ADD and line.kind == EntryKind.DECLARATION
                        and line.subject_id == line.concession_id)
                    or (batch.command in BY_HAND and line.kind in NEWS
                        and line.effective_on < start)
                ]  # fmt: skip
        public = [line for line in lines if self.is_public(line)]
        return [entry for entry in self._entries(public) if self.shows(entry)]

    def _of(self, batch: Any) -> list[Line]:
        return self._by_batch[batch.id]

    @cached_property
    def _by_batch(self) -> dict[int, list[Line]]:
        return by_key((line.batch, line) for line in self.held.lines)

    def _first(self, batch: Any) -> Any:
        """Return the batch in which what a batch amended was first recorded."""
        first = batch
        while batch.command == Command.AMEND:
            retraction = self.held.by_number[batch.first_entry]
            if retraction.kind != EntryKind.RETRACTION:
                break
            batch = self.held.batches[self.held.by_number[retraction.refers_to].batch]
            first = min(first, batch)
        return first

    def lines(self, numbers: Iterable[int]) -> list[Entry]:
        """Return the entries with some numbers, regardless of their days."""
        wanted, by_number = sorted({*numbers}), self.held.by_number
        return [self._entry(by_number[one]) for one in wanted if self._is_sealed(one)]

    def entries(self, first: int, last: int) -> list[Entry]:
        """Return the entries with these numbers, regardless of their days."""
        return self.lines(line.id for line in self.held.lines if first <= line.id <= last)

    def _is_sealed(self, number: int) -> bool:
        line = self.held.by_number.get(number)
        return line is not None and line.batch in self.held.batches

    def repeated(self, first: int, last: int) -> dict[int, int]:
        """Return the entries among these that say the same as a live one, and which that is."""
        found, by_content = {}, by_key((line.key, line) for line in self.held.lines)
        for line in self.held.lines:
            if first <= line.id <= last and line.nth > 1:
                live = [
                    one for one in by_content[line.key]
                    if one.nth < line.nth and one.id not in self.held.retracted
                ]  # fmt: skip
                if live:
                    found[line.id] = min(live, key=attrgetter("nth")).id
        return found

    def redeclared(self, since: date) -> list[Entry]:
        """Return the declarations from a day on of things that had been declared before."""
        lines = [
            line
            for line in self.held.lines
            if line.kind == EntryKind.DECLARATION and line.id not in self.held.retracted
            and since <= line.effective_on <= self.clocks.as_of
            and self._versions_before(line)
        ]  # fmt: skip
        return self.lines(line.id for line in lines)

    def earlier(self, declaration: int) -> int | None:
        """Return the declaration that counted before another one; of a retracted one, until then.

        None if the thing had not been declared before.
        """
        retracted, later = self.held.retracted, declaration + 1
        until = retracted.get(declaration, later)
        for row in reversed(self._versions_before(self.held.by_number[declaration])):
            by = retracted.get(row.entry_id)
            if by is None or (declaration in retracted and by >= until):
                return int(row.entry_id)
        return None

    def _versions_before(self, line: Line) -> list[Any]:
        found = (self.held.versions(what).get(line.subject_id, ()) for what in VERSIONS)
        return [row for rows in found for row in rows if row.entry_id < line.id]

    def declarations(self) -> dict[str, list[int]]:
        """Return the declarations of each concession that were not retracted, in order."""
        found, things = self.held.versions("concession"), self.held.things
        live = {
            things[thing]: [row.entry_id for row in rows if row.entry_id not in self.held.retracted]
            for thing, rows in found.items()
        }
        return {slug: numbers for slug, numbers in live.items() if numbers}

    def _entries(self, lines: Iterable[Line]) -> list[Entry]:
        """Return lines as entries of the journal, by day and in the order of recording."""
        sealed = (line for line in lines if line.batch in self.held.batches)
        return [*map(self._entry, sorted(sealed, key=self._order))]

    def _entry(self, line: Line) -> Entry:
        """Return a line in names; the versions in force when it was written show its owners."""
        things, batch = self.held.things, self.held.batches[line.batch]
        deadline = self._version_by("deadline", line.subject_id, line.id)
        concession = self._version_by("concession", line.concession_id, line.id)
        is_own = line.concession_id is None or line.concession_id != line.subject_id
        owner = (concession or deadline).agreement_id if concession or deadline else None
        if owner is None and line.subject_id in self.held.versions("agreement"):
            owner = line.subject_id
        due_on = period_of(line.due_on, line.due_on_precision) if line.due_on else None
        return Entry(
            line.id, EntryKind(line.kind), things[line.subject_id], things.get(owner or 0),
            things.get(line.concession_id),
            things[line.subject_id] if deadline and is_own else None,
            period_of(line.effective_on, line.effective_on_precision), line.public_on,
            batch.recorded_at, batch.author, things.get(line.says_id),
            Stage(line.stage) if line.stage else None, line.value, line.unit, line.counted_by,
            Basis(line.basis) if line.basis else None, line.flow, due_on,
            Outcome(line.outcome) if line.outcome else None, things.get(line.source_id),
            line.note, line.refers_to, self.held.retracted.get(line.id), line.batch,
            Command(batch.command),
        )  # fmt: skip

    def _version_by(self, what: str, thing: int | None, entry: int) -> Any:
        """Return the last version of a thing up to an entry, retracted or not."""
        rows = self.held.versions(what).get(thing or 0, ())
        return max((row for row in rows if row.entry_id <= entry), default=None)

    @cached_property
    def state(self) -> BookState:
        """How many entries the book held, and its head."""
        if not self.held.batches:
            return BookState(0, None)
        last = self.held.batches[max(self.held.batches)]
        return BookState(self.held.last, bytes(last.seal).hex())

    def short(self, party: str) -> str:
        """Return the name that tables print for a party; if it was retracted, its slug."""
        return self.parties[party].short if party in self.parties else party

    def shows(self, entry: Entry) -> bool:
        """Return whether an entry is in view."""
        return self._in_view(entry.agreement)

    def _in_view(self, agreement: str | None) -> bool:
        """Return whether an agreement is in view; all are, if the view has no agreement."""
        return self.agreement in (None, agreement)

    def _subject(self, slug: str) -> Subject | None:
        """Return what a slug names, with its owners."""
        thing, things = self.held.numbers.get(("subject", slug), 0), self.held.things
        if thing in self.held.in_force("agreement"):
            return Subject("agreement", thing, slug, thing, None, slug, None)
        if row := self.held.in_force("concession").get(thing):
            owner = row.agreement_id
            return Subject("concession", thing, slug, owner, thing, things[owner], slug)
        if row := self.held.in_force("deadline").get(thing):
            parent = self.held.in_force("concession").get(row.concession_id)
            owner = row.agreement_id or (parent.agreement_id if parent else 0)
            return Subject(
                "deadline", thing, slug, owner, row.concession_id, things.get(owner),
                things.get(row.concession_id or 0), row.kind, row.unit,
            )  # fmt: skip
        return None


LASTING = frozenset(
    {"connection", "clocks", "agreement", "held", "choice", "part_of", "sides", "published_on"}
    | {"parties", "sources", "agreements", "concessions", "deadlines", "exchanges", "state"}
    | {"_all_agreements", "_all_concessions", "_by_batch"}
)
"""What does not depend on the day."""
