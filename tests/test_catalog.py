from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError
from sqlmodel import Session, SQLModel, select

from tracker import models, schema
from tracker.catalog import (
    AgreementIn,
    Catalog,
    ConcessionIn,
    DeadlineIn,
    Declaration,
    PartyIn,
    SourceIn,
)
from tracker.database import Connection

NOON = datetime(2026, 1, 8, 12, tzinfo=UTC)

Declare = Callable[..., Catalog]

PHASE_ONE = AgreementIn.model_validate(
    {
        "slug": "phase-one",
        "title": "Phase One",
        "agreed_on": "2020-01-15",
        "source": "ustr",
        "deadline": [
            {
                "slug": "phase-one-term",
                "kind": "expiry",
                "label": "Two-year purchases end",
                "due_on": "2021",
                "source": "ustr",
            }
        ],
    }
)
USTR = SourceIn(key="ustr", publisher="USTR", title="Economic and trade agreement", official=True)
ENERGY = ConcessionIn.model_validate(
    {
        "slug": "energy",
        "title": "Buy US energy",
        "giver": "cn",
        "receiver": "us",
        "sector": "energy",
        "kind": "purchase",
        "instrument": "law",
        "test": "USD 52.4 billion above 2017 over two years.",
        "source": "ustr",
        "deadline": [
            {
                "slug": "energy-2020",
                "kind": "delivery",
                "label": "First year",
                "due_on": "2020",
                "target": "18.50",
                "unit": "USD bn",
                "source": "ustr",
            }
        ],
    }
)
TERMS = ENERGY.model_dump(mode="json", exclude={"deadline"})
TARIFF = ENERGY.model_copy(
    update={
        "slug": "list-4a",
        "giver": "us",
        "receiver": "cn",
        "in_return_for": ["energy"],
        "deadline": (),
    }
)


def declaration(*concessions: ConcessionIn, parties: tuple[PartyIn, ...] = ()) -> Declaration:
    return Declaration(PHASE_ONE, parties, [USTR], concessions)


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session in a command on the article's book; the command is taken back at its end."""
    with connection.writing(), schema.borrowed(connection) as alchemy:
        yield Session(alchemy, expire_on_commit=False)


@pytest.fixture
def declare(session: Session) -> Declare:
    def run(declared: Declaration) -> Catalog:
        catalog = Catalog(session, NOON)
        catalog.declare(declared)
        return catalog

    return run


def one(session: Session, table: type[SQLModel], slug: str) -> SQLModel:
    return session.exec(select(table).where(table.slug == slug)).one()  # type: ignore[attr-defined]


# --- declaring ------------------------------------------------------------------------------


def test_all_that_is_declared_is_added_and_told(declare: Declare) -> None:
    catalog = declare(declaration(TARIFF, ENERGY))
    assert catalog.conflicts == []
    assert catalog.changes == [
        "source ustr: added",
        "agreement phase-one: added",
        "deadline phase-one-term: added",
        "concession list-4a: added",
        "concession energy: added",
        "deadline energy-2020: added",
        "exchange list-4a for energy: added",
    ]


def test_a_period_keeps_its_precision_and_a_target_its_decimals(
    session: Session, declare: Declare
) -> None:
    declare(declaration(ENERGY))
    deadline = one(session, models.Deadline, "energy-2020")
    assert (str(deadline.due_on), deadline.due_on_precision) == ("2020-12-31", "year")
    assert (str(deadline.target), deadline.unit) == ("18.50", "USD bn")
    assert deadline.recorded_at == NOON


def test_a_deadline_belongs_to_its_concession_or_to_the_agreement_itself(
    session: Session, declare: Declare
) -> None:
    declare(declaration(ENERGY))
    energy = one(session, models.Concession, "energy")
    assert one(session, models.Deadline, "energy-2020").concession_id == energy.id
    assert one(session, models.Deadline, "phase-one-term").concession_id is None


def test_declaring_twice_is_as_good_as_once(declare: Declare) -> None:
    declare(declaration(ENERGY, TARIFF))
    again = declare(declaration(ENERGY, TARIFF))
    assert (again.changes, again.conflicts) == ([], [])


def test_a_later_declaration_keeps_the_moment_of_the_first(
    session: Session, declare: Declare
) -> None:
    declare(declaration(ENERGY))
    later = Catalog(session, datetime(2026, 2, 1, tzinfo=UTC))
    later.declare(declaration(ENERGY.model_copy(update={"title": "Buy US oil, gas and coal"})))
    energy = one(session, models.Concession, "energy")
    assert later.changes == [
        "concession energy: title changed from 'Buy US energy' to 'Buy US oil, gas and coal'"
    ]
    assert (energy.title, energy.recorded_at) == ("Buy US oil, gas and coal", NOON)


def test_a_party_may_be_renamed(session: Session, declare: Declare) -> None:
    renamed = PartyIn(slug="us", name="United States of America", short="USA")
    catalog = declare(declaration(parties=(renamed,)))
    assert (
        "party us: name changed from 'United States' to 'United States of America'"
        in catalog.changes
    )
    assert one(session, models.Party, "us").short == "USA"


def test_what_may_not_change_is_a_conflict_and_the_row_keeps_what_it_had(
    session: Session, declare: Declare
) -> None:
    declare(declaration(ENERGY))
    moved = ENERGY.deadline[0].model_copy(update={"target": ENERGY.deadline[0].target * 2})
    catalog = declare(declaration(ENERGY.model_copy(update={"deadline": [moved]})))
    assert catalog.changes == []
    assert catalog.conflicts == [
        "deadline energy-2020: 'target' is 18.50 in the book and 37.00 in the file; "
        "restate it with 'tracker move DEADLINE DATE --target'"
    ]
    assert str(one(session, models.Deadline, "energy-2020").target) == "18.50"


def test_a_deadline_cannot_go_over_to_the_agreement(declare: Declare) -> None:
    declare(declaration(ENERGY))
    taken = PHASE_ONE.model_copy(update={"deadline": [*PHASE_ONE.deadline, *ENERGY.deadline]})
    catalog = declare(Declaration(taken, (), [USTR], ()))
    assert catalog.conflicts == [
        "deadline energy-2020: 'concession' is another one in the book; "
        "leave it as it is, or declare another under a new slug"
    ]


def test_a_slug_of_another_agreement_is_told_once(declare: Declare) -> None:
    declare(declaration(ENERGY))
    other = PHASE_ONE.model_copy(update={"slug": "phase-two", "deadline": ()})

    catalog = declare(Declaration(other, (), [USTR], [TARIFF.model_copy(
        update={"slug": ENERGY.slug, "in_return_for": ()}
    )]))  # fmt: skip

    assert catalog.conflicts == [
        "concession energy: the slug is taken in agreement 'phase-one'; choose another slug"
    ]


def test_an_exchange_may_be_added_later_and_is_added_once(declare: Declare) -> None:
    declare(declaration(ENERGY, TARIFF.model_copy(update={"in_return_for": ()})))
    assert declare(declaration(ENERGY, TARIFF)).changes == ["exchange list-4a for energy: added"]
    assert declare(declaration(ENERGY, TARIFF)).changes == []


# --- what a declaration is ------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["cn", "g20-2026", "1", "a-b-c", "a" * 64])
def test_a_slug_is_lower_case_words_joined_by_hyphens(slug: str) -> None:
    assert PartyIn(slug=slug, name="China", short="China").slug == slug


@pytest.mark.parametrize(
    "slug", ["", "CN", "c n", "-cn", "cn-", "c--n", "c_n", "中国", "cn\n", "a" * 65, "c/n", "é"]
)
def test_what_is_no_slug_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        PartyIn(slug=slug, name="China", short="China")


@pytest.mark.parametrize("name", ["", " ", "\u3000", "Chi\nna", "\x1b", "Chi\x00na", "Chi\x7fna"])
def test_a_name_is_one_line_with_something_to_read_in_it(name: str) -> None:
    with pytest.raises(ValidationError):
        PartyIn(slug="cn", name=name, short="China")


@pytest.mark.parametrize("name", ["China", "中国", "סין", "U.S. – “Section 301” (50 %)", " China "])
def test_a_name_may_be_in_any_script(name: str) -> None:
    assert PartyIn(slug="cn", name=name, short="China").name == name


@pytest.mark.parametrize("test", ["Two\nlines.", "A tab\tinside."])
def test_a_test_may_have_several_lines(test: str) -> None:
    assert ConcessionIn.model_validate({**TERMS, "test": test}).test == test


@pytest.mark.parametrize("test", ["", " \n", "\x00", "NUL\x00inside"])
def test_a_test_is_not_blank_and_holds_no_nul(test: str) -> None:
    with pytest.raises(ValidationError):
        ConcessionIn.model_validate({**TERMS, "test": test})


@pytest.mark.parametrize(
    "url",
    [
        *("www.usda.gov", "ftp://usda.gov", "javascript:alert(1)", "https://", "https://a b"),
        *('https://usda.gov/"onclick', "https://usda.gov/<b>", "HTTPS://usda.gov\n"),
    ],
)
def test_an_address_is_a_whole_web_address(url: str) -> None:
    with pytest.raises(ValidationError):
        SourceIn(key="usda", publisher="USDA", title="Export sales", url=url)


@pytest.mark.parametrize("key", ["usda", "https://apps.fas.usda.gov/export-sales/esrd1.html"])
def test_a_source_is_known_by_a_slug_or_by_its_address(key: str) -> None:
    assert SourceIn(key=key, publisher="USDA", title="Export sales").key == key


@pytest.mark.parametrize("official", ["yes", "false", 1, 0, None])
def test_a_flag_is_true_or_false_and_no_word_for_it(official: object) -> None:
    with pytest.raises(ValidationError):
        SourceIn.model_validate(
            {"key": "usda", "publisher": "USDA", "title": "Sales", "official": official}
        )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("due_on", "1767225600"),
        ("due_on", 2026),
        ("due_on", "2026-02-30"),
        ("opens_on", "2026-01"),
        ("opens_on", "0"),
        ("target", 12),
        ("target", 8.5),
        ("target", "NaN"),
        ("target", "1e6"),
        ("kind", "DELIVERY"),
        ("colour", "red"),
    ],
)
def test_a_deadline_is_read_strictly(key: str, value: object) -> None:
    declared = {
        "slug": "energy-2020",
        "kind": "delivery",
        "label": "First year",
        "due_on": "2020",
        "source": "ustr",
    }
    DeadlineIn.model_validate(declared)
    with pytest.raises(ValidationError):
        DeadlineIn.model_validate({**declared, key: value})
