"""Declares agreements, parties, sources, concessions and deadlines; twice is as good as once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, ConfigDict, Strict, StringConstraints, WithJsonSchema
from sqlmodel import Session, SQLModel, select

from tracker import models
from tracker.dates import Period, parse_iso_day, parse_period
from tracker.errors import BadInput
from tracker.quantities import parse_quantity
from tracker.vocabulary import ConcessionKind, DeadlineKind, Instrument

# --- what is declared ---------------------------------------------------------------------------


def read_by(parse: Callable[[str], Any]) -> BeforeValidator:
    """Return the validator that reads a value with one of the program's own strict readers."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            raise ValueError("write it as a string, in quotes")
        try:
            return parse(value)
        except BadInput as error:
            raise ValueError(str(error)) from error

    return BeforeValidator(read)


def written_as(pattern: str) -> WithJsonSchema:
    """Return how editors are told to write a value that a reader of our own takes."""
    return WithJsonSchema({"type": "string", "pattern": pattern})


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
# `\S` would match a control character, too.
Line = Annotated[
    str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")
]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'`\\]+$")]
Day = Annotated[date, read_by(parse_iso_day), written_as(r"^\d{4}-\d{2}-\d{2}$")]
DueDay = Annotated[Period, read_by(parse_period), written_as(r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Quantity = Annotated[Decimal, read_by(parse_quantity), written_as(r"^[+-]?\d+(\.\d+)?$")]
Flag = Annotated[bool, Strict()]


class Declared(SQLModel):
    """What every declared thing shares: an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)  # type: ignore[assignment]


class PartyIn(Declared):
    """A party as a file declares it."""

    slug: Slug
    name: Line
    short: Line


class SourceIn(Declared):
    """A source as a file declares it."""

    key: Slug | Address
    publisher: Line
    title: Line
    url: Address | None = None
    published_on: Day | None = None
    official: Flag = False
    archived_url: Address | None = None
    """A lasting copy of the page."""


class DeadlineIn(Declared):
    """A deadline as a file declares it, under its agreement or its concession."""

    slug: Slug
    kind: DeadlineKind
    label: Line
    due_on: DueDay
    source: str
    opens_on: Day | None = None
    target: Quantity | None = None
    unit: Line | None = None


class AgreementIn(Declared):
    """An agreement as a file declares it."""

    slug: Slug
    title: Line
    agreed_on: DueDay
    source: str
    place: Line | None = None
    deadline: Sequence[DeadlineIn] = ()
    """Its own deadlines, as [[agreement.deadline]]."""


class ConcessionIn(Declared):
    """A concession as a file declares it."""

    slug: Slug
    title: Line
    giver: str
    receiver: str
    sector: Line
    kind: ConcessionKind
    instrument: Instrument
    test: Text
    source: str
    locator: Line | None = None
    in_return_for: Sequence[str] = ()
    deadline: Sequence[DeadlineIn] = ()
    """Its deadlines, as [[concession.deadline]]."""


class Declaration(NamedTuple):
    """All that one file declares."""

    agreement: AgreementIn
    parties: Sequence[PartyIn]
    sources: Sequence[SourceIn]
    concessions: Sequence[ConcessionIn]


# --- declaring ----------------------------------------------------------------------------------

CHANGEABLE: dict[Any, set[str]] = {
    models.Party: {"name", "short"},
    models.Source: {"url", "publisher", "title", "published_on", "official", "archived_url"},
    models.Agreement: {"title"},
    models.Concession: {"title", "test"},
    models.Deadline: {"label"},
}
"""What a later declaration may change: titles, labels, tests and links."""

CITING: tuple[Any, ...] = (models.Agreement, models.Concession, models.Deadline, models.Entry)
"""What names a source."""

REMEDY = {
    "due_on": "move it with 'tracker move'",
    "target": "restate it with 'tracker move DEADLINE DATE --target'",
}
OTHER_REMEDY = "leave it as it is, or declare another under a new slug"


class Catalog:
    """Declares into one session; gathers what changed and what may not."""

    def __init__(self, session: Session, recorded_at: datetime) -> None:
        self.session = session
        self.recorded_at = recorded_at
        self.changes: list[str] = []
        self.conflicts: list[str] = []
        self._agreement = ""

    def declare(self, declaration: Declaration) -> None:
        """Declare all of a file, in the order that references need."""
        self._agreement = declaration.agreement.slug
        for party in declaration.parties:
            self._put(models.Party, "slug", party.model_dump())
        for source in declaration.sources:
            self._put(models.Source, "key", source.model_dump())
        agreement = self._declare_agreement(declaration.agreement)
        for concession in declaration.concessions:
            self._declare_concession(concession, agreement)
        for concession in declaration.concessions:
            self._declare_exchanges(concession)

    def _declare_agreement(self, declared: AgreementIn) -> int:
        values = declared.model_dump(exclude={"deadline", "source", "agreed_on"})
        values |= self._sourced(declared.source) | _period("agreed_on", declared.agreed_on)
        agreement = self._put(models.Agreement, "slug", values)
        for deadline in declared.deadline:
            self._declare_deadline(deadline, agreement, None)
        return agreement

    def _declare_concession(self, declared: ConcessionIn, agreement: int) -> None:
        values = declared.model_dump(
            exclude={"deadline", "source", "giver", "receiver", "in_return_for"}
        )
        values |= self._sourced(declared.source) | {
            "agreement_id": agreement,
            "giver_id": self._id(models.Party, "slug", declared.giver),
            "receiver_id": self._id(models.Party, "slug", declared.receiver),
        }
        concession = self._put(models.Concession, "slug", values)
        for deadline in declared.deadline:
            self._declare_deadline(deadline, agreement, concession)

    def _declare_deadline(self, declared: DeadlineIn, agreement: int, owner: int | None) -> None:
        values = declared.model_dump(exclude={"source", "due_on"})
        values |= self._sourced(declared.source) | _period("due_on", declared.due_on)
        values |= {"agreement_id": agreement, "concession_id": owner}
        self._put(models.Deadline, "slug", values)

    def _declare_exchanges(self, declared: ConcessionIn) -> None:
        concession = self._id(models.Concession, "slug", declared.slug)
        for other in declared.in_return_for:
            link = {
                "concession_id": concession,
                "in_return_for_id": self._id(models.Concession, "slug", other),
            }
            if self.session.get(models.Exchange, tuple(link.values())) is None:
                self.session.add(models.Exchange.model_validate(link))
                self.changes.append(f"exchange {declared.slug} for {other}: added")
        self.session.flush()

    def _put(self, table: type[Any], key: str, values: Mapping[str, Any]) -> int:
        """Add a row, or bring the one that is there up to date as far as it may change."""
        name = f"{table.__tablename__} {values[key]}"
        row = self._find(table, key, values[key])
        if row is None:
            stamp = {"recorded_at": self.recorded_at} if "recorded_at" in table.model_fields else {}
            row = table.model_validate({**values, **stamp})
            self.session.add(row)
            self.changes.append(f"{name}: added")
        changed = {
            column: (before, value)
            for column, value in values.items()
            if (before := getattr(row, column)) != value
        }
        if taken := self._taken(row, changed):
            self.conflicts.append(f"{name}: {taken}")
            return int(row.id)
        for column, (before, value) in changed.items():
            if column in CHANGEABLE[table]:
                setattr(row, column, value)
                self.changes.append(
                    f"{name}: {column} changed from {_told(before)} to {_told(value)}"
                )
            else:
                self.conflicts.append(_conflict(name, column, before, value))
        self.session.flush()
        return int(row.id)

    def _taken(self, row: Any, changed: Mapping[str, object]) -> str | None:
        """Return why a slug or key cannot be had, where it names what is another agreement's."""
        if "agreement_id" in changed:
            owner: Any = self.session.get(models.Agreement, row.agreement_id)
            return f"the slug is taken in agreement '{owner.slug}'; choose another slug"
        if not isinstance(row, models.Source) or "url" not in changed:
            return None
        if (citing := self._also_cited_by(row)) is None:
            return None
        return (
            f"'url' is {row.url} in the book, where agreement '{citing}' rests on it;"
            " give the file's own source another key"
        )

    def _also_cited_by(self, source: models.Source) -> str | None:
        """Return another agreement that rests on a source: its facts must not be led elsewhere."""
        for table in CITING:
            agreement: Any = table.id if table is models.Agreement else table.agreement_id
            found = self.session.exec(
                select(models.Agreement.slug)
                .select_from(table)
                .where(table.source_id == source.id)
                .where(models.Agreement.id == agreement)
                .where(models.Agreement.slug != self._agreement)
            ).first()
            if found:
                return found
        return None

    def _find(self, table: type[Any], key: str, value: str) -> Any:
        return self.session.exec(select(table).where(getattr(table, key) == value)).first()

    def _id(self, table: type[Any], key: str, value: str) -> int:
        return int(self._find(table, key, value).id)

    def _sourced(self, key: str) -> dict[str, int]:
        return {"source_id": self._id(models.Source, "key", key)}


def _period(column: str, period: Period) -> dict[str, object]:
    return {column: period.last, f"{column}_precision": period.precision}


def _told(value: object) -> str:
    return "nothing" if value is None else f"'{value}'"


def _conflict(name: str, column: str, before: object, value: object) -> str:
    remedy = REMEDY.get(column, OTHER_REMEDY)
    if column.endswith("_id"):
        return f"{name}: '{column[:-3]}' is another one in the book; {remedy}"
    return f"{name}: '{column}' is {before} in the book and {value} in the file; {remedy}"
