"""What a book is about: declared, changed with a reason, withdrawn, and declared again."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from syrupy.assertion import SnapshotAssertion

from tests.conftest import SORGHUM, TODAY, USDA
from tests.journal.conftest import by
from tests.recording import Circumstances, Measurement, log, measure, move, note, retract_all
from tests.refusals import raises
from tracker.database import Connection
from tracker.dates import exactly, parse_period
from tracker.forms import Unread, read
from tracker.interchange import applying
from tracker.journal.consistency import Declaring, held, validated
from tracker.journal.corrections import retract, retract_thing, undo
from tracker.journal.verbs import add, change, checked, declare, in_words
from tracker.journal.writer import Writer
from tracker.record import LATEST
from tracker.state import Clocks, State
from tracker.things import FIELDS
from tracker.vocabulary import Command, Stage, ThingKind

ON = Circumstances(exactly(date(2026, 1, 7)))
EU = Declaring(ThingKind.PARTY, "eu", {"name": "European Union", "short": "EU"})
FIRMS = Declaring(
    ThingKind.PARTY,
    "eu-firms",
    {"name": "Steelmakers of the EU", "short": "EU firms", "part_of": "eu"},
)
USTR = Declaring(
    ThingKind.SOURCE,
    "ustr",
    {"publisher": "USTR", "title": "Phase One agreement", "official": True},
)
PHASE_ONE = Declaring(
    ThingKind.AGREEMENT,
    "phase-one",
    {"title": "Phase One", "agreed_on": "2020-01-15", "source": "ustr"},
)
TERM = Declaring(
    ThingKind.DEADLINE,
    "phase-one-term",
    {
        "agreement": "phase-one",
        "kind": "expiry",
        "label": "Two-year purchases end",
        "due_on": "2021",
        "source": "ustr",
    },
)
ENERGY = Declaring(
    ThingKind.CONCESSION,
    "energy",
    {
        "agreement": "phase-one",
        "title": "Buy US energy",
        "giver": ["cn"],
        "receiver": ["us"],
        "sector": "energy",
        "kind": "purchase",
        "instrument": "law",
        "test": "USD 52.4 billion above 2017 over two years.",
        "source": "ustr",
    },
)
ENERGY_2020 = Declaring(
    ThingKind.DEADLINE,
    "energy-2020",
    {
        "concession": "energy",
        "kind": "delivery",
        "label": "First year",
        "due_on": "2020",
        "target": "18.50",
        "unit": "USD bn",
        "source": "ustr",
    },
)
LIST_4A = Declaring(
    ThingKind.CONCESSION,
    "list-4a",
    ENERGY.fields
    | {
        "title": "Halve the List 4A tariff",
        "giver": ["us"],
        "receiver": ["cn"],
        "kind": "tariff",
        "in_return_for": ["energy"],
    },
)
ALL = [USTR, PHASE_ONE, TERM, LIST_4A, ENERGY, ENERGY_2020]
SOYBEANS_2025 = ENERGY_2020.fields | {
    "concession": "soybeans",
    "label": "12 MMT of soybeans",
    "due_on": "2025-12-31",
    "target": "12",
    "unit": "MMT",
    "source": "article",
}
TRUCE = {
    "agreement": "busan-2025",
    "kind": "expiry",
    "label": "Second year ends",
    "due_on": "2027-11-10",
    "source": "article",
}
NOTES = {"publisher": "USTR", "title": "Notes"}
OF_BUSAN = {**ENERGY.fields, "agreement": "busan-2025", "source": "article"}


def view(writer: Writer, known: int = LATEST) -> State:
    return State.read(writer.connection, Clocks(TODAY, known))


def varied(declaring: Declaring, **fields: Any) -> Declaring:
    """Return a declaration with other fields; None takes one away."""
    given = {**declaring.fields, **fields}
    return declaring._replace(
        fields={name: value for name, value in given.items() if value is not None}
    )


def apply_all(writer: Writer, *declared: Declaring, reason: str | None = None) -> list[str]:
    """Declare several things as `apply` does, and return what changed, in words."""
    changes, _ = declare(writer, Command.APPLY, declared or ALL, reason)
    return [line for one in changes for line in in_words(one)]


# --- declaring --------------------------------------------------------------------------------


def test_a_party_may_give_and_receive_if_another_one_does_too(write: Writer) -> None:
    both = {"giver": ["us", "cn"], "receiver": ["cn", "us"]}
    apply_all(write, USTR, PHASE_ONE, varied(ENERGY, **both))

    found = view(write).concessions["energy"]
    assert (found.giver, found.receiver) == (("us", "cn"), ("cn", "us"))


def test_a_party_is_part_of_a_bloc_by_any_name_of_the_bloc(write: Writer) -> None:
    apply_all(write, EU, varied(FIRMS, part_of="European Union"))

    assert view(write).record.part_of == {"us": None, "cn": None, "eu": None, "eu-firms": "eu"}


@pytest.mark.parametrize(
    ("one", "field", "default"),
    [(ENERGY, "hold", False), (ENERGY_2020, "bound", "at-least")],
)
def test_a_default_that_is_written_out_declares_nothing_else(
    write: Writer, one: Declaring, field: str, default: object
) -> None:
    apply_all(write)

    told = validated(one.what, one.slug, {**one.fields, field: default})
    with raises("nothing changed"):
        change(write, one.slug, {field: default}, "To be sure")

    assert told == one.fields


def test_an_exchange_may_name_a_concession_that_comes_later_in_the_file(write: Writer) -> None:
    apply_all(write)

    assert "energy" in view(write).concessions["list-4a"].in_return_for


def test_an_address_that_was_logged_can_be_declared_afterwards(write: Writer) -> None:
    log(write, "soybeans", Stage.PARTIAL, ON._replace(source=USDA))
    assert not view(write).sources[USDA].declared

    add(write, ThingKind.SOURCE, USDA, {"publisher": "USDA", "title": "Sales", "official": True})

    source = view(write).sources[USDA]
    assert (source.declared, source.publisher, source.official) == (True, "USDA", True)


def misfit(
    what: str, slug: str, fields: Mapping[str, Any], problem: str, **wrong: object
) -> ParameterSet:
    """Return a case that is named by what is wrong, so that another one renames no snapshot."""
    named = [f"{name} {value!a}" for name, value in wrong.items()]
    return pytest.param(
        what, slug, {**fields, **wrong}, problem, id=" ".join([what, slug[:32], *named])
    )


@pytest.mark.parametrize(
    ("what", "slug", "fields", "problem"),
    [
        misfit("party", "us", EU.fields, "slug taken"),
        misfit("agreement", "soybeans", PHASE_ONE.fields, "slug taken"),
        misfit("concession", "truce-year", ENERGY.fields, "slug taken"),
        misfit("deadline", "busan-2025", TERM.fields, "slug taken"),
        misfit("party", "eu", EU.fields, "bad field", short="us"),
        misfit("party", "eu", EU.fields, "bad field", name="united states"),
        misfit("source", "notes", NOTES, "bad field", published_on="0026-01-05"),
        misfit("source", USDA, NOTES, "bad field", url="https://usda.example/"),
        misfit("party", "eu", EU.fields, "no such thing", part_of="g7"),
        misfit("deadline", "d", SOYBEANS_2025, "bad field", opens_on="\ud800"),
        misfit("deadline", "d", TRUCE, "bad field", due_on=None),
        misfit("deadline", "d", TRUCE, "bad field", concession="soybeans"),
        misfit("deadline", "d", TRUCE, "bad field", agreement=None),
        misfit("deadline", "d", SOYBEANS_2025, "bad field", opens_on="1899-12-31"),
        misfit("deadline", "d", SOYBEANS_2025, "no such thing", concession="sorghum"),
        misfit("concession", "energy", OF_BUSAN, "no such thing", agreement="phase-one"),
        misfit("concession", "energy", OF_BUSAN, "another kind", agreement="soybeans"),
        misfit("concession", "energy", OF_BUSAN, "bad field", receiver=["cn", "China"]),
        misfit("concession", "energy", OF_BUSAN, "no such thing", in_return_for=["sorghum"]),
        misfit("concession", "energy", OF_BUSAN, "another kind", in_return_for=["truce-year"]),
        misfit("concession", "energy", OF_BUSAN, "bad field", in_return_for=["energy"]),
    ],
)
@pytest.mark.on("sqlite")
def test_what_does_not_fit_is_not_declared(
    connection: Connection,
    writer: Writer,
    what: str,
    slug: str,
    fields: dict[str, Any],
    problem: str,
    snapshot: SnapshotAssertion,
) -> None:
    with raises(problem) as refused, connection.writing():
        add(writer, ThingKind(what), slug, fields)

    assert str(refused.value) == snapshot
    assert connection.text("SELECT COUNT(*) FROM entry") == [(24,)]


# --- changing ---------------------------------------------------------------------------------


def test_a_change_tells_what_was_and_what_is_now_and_keeps_its_reason(write: Writer) -> None:
    (done, numbers) = change(
        write,
        "soybeans",
        {"title": "Buy US soybeans", "locator": None, "receiver": ["us"]},
        "The fact sheet's words",
    )

    assert in_words(done) == [
        "concession soybeans, title: Resume soybean purchases → Buy US soybeans",
        "concession soybeans, locator: paragraph 13 → –",
    ]
    (line,) = view(write).record.lines(numbers)
    assert (line.note, line.command) == ("The fact sheet's words", Command.CHANGE)
    found = view(write).concessions["soybeans"]
    assert (found.title, found.locator, found.sector) == ("Buy US soybeans", None, "agriculture")


def test_a_changed_file_needs_a_reason_and_every_change_is_listed(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        apply_all(writer)
    changed = [
        varied(ENERGY, title="Buy US oil, gas and coal"),
        varied(ENERGY_2020, target="52.4"),
        EU,
    ]

    with raises("reason needed") as refused, connection.writing():
        apply_all(writer, *changed)
    with connection.writing():
        told = apply_all(writer.as_author(writer.author), *changed, reason="Annex 6.1")

    assert told == [
        "concession energy, title: Buy US energy → Buy US oil, gas and coal",
        "deadline energy-2020, target: 18.50 → 52.4",
        "party eu: added",
    ]
    assert refused.value.changes == told[:2]
    notes = connection.text("SELECT note FROM entry WHERE id > 30 ORDER BY id")
    assert notes == [("Annex 6.1",), ("Annex 6.1",), (None,)]


# --- what entries rest on ---------------------------------------------------------------------


@pytest.fixture
def counted(write: Writer) -> Writer:
    """A book with a delivery of soybeans that USDA has counted once, by entry 26."""
    add(write, ThingKind.DEADLINE, "soybeans-2025", SOYBEANS_2025)
    measure(write, "soybeans-2025", Measurement(Decimal(8), "MMT", "USDA"), ON)
    return write


FIXED = [
    ("soybeans-2025", {"kind": "expiry", "target": None, "unit": None}, "kind", 26),
    ("soybeans-2025", {"unit": "million bu"}, "unit", 26),
    ("soybeans-2025", {"concession": "tiktok"}, "concession", 26),
    ("soybeans-2025", {"concession": None, "agreement": "busan-2025"}, "agreement", 26),
    ("china-visit-2026", {"kind": "review"}, "kind", 24),
    ("soybeans", {"agreement": "phase-one"}, "agreement", 13),
]


@pytest.mark.parametrize(("slug", "fields", "field", "resting"), FIXED)
@pytest.mark.on("sqlite")
def test_a_kind_a_parent_and_a_unit_stay_while_entries_rest_on_them(
    counted: Writer, slug: str, fields: dict[str, Any], field: str, resting: int
) -> None:
    apply_all(counted, USTR, PHASE_ONE)

    with raises("entries rest", match=rf"'{field}' of '{slug}'.*#{resting}"):
        change(counted, slug, fields, "It was misread")


@pytest.mark.parametrize(
    ("slug", "fields"),
    [
        *((slug, fields) for slug, fields, _, _ in FIXED if slug == "soybeans-2025"),
        ("truce-year", {"kind": "review"}),
        ("truce-year", {"agreement": None, "concession": "soybeans"}),
    ],
)
@pytest.mark.on("sqlite")
def test_a_kind_a_parent_and_a_unit_change_once_no_entry_rests_on_them(
    counted: Writer, slug: str, fields: dict[str, Any]
) -> None:
    retract(counted, 26, "Another table")

    done, _ = change(counted, slug, fields, "It was misread")

    assert {name: now for name, (_, now) in done.fields.items()} == fields
    assert slug in view(counted).deadlines


def test_a_title_a_target_and_a_day_change_whatever_rests_on_them(counted: Writer) -> None:
    changes = {"label": "15 MMT", "target": "15", "due_on": "2026-01", "opens_on": "2025-11-01"}

    change(counted, "soybeans-2025", changes, "The fact sheet's words")

    found = view(counted).deadlines["soybeans-2025"]
    assert (found.label, found.target, str(found.due_on)) == ("15 MMT", Decimal(15), "2026-01")


def test_an_entry_of_the_same_command_is_held_to_what_was_just_declared(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing(), writer.batch(Command.APPLY):
        apply_all(writer)
        measure(writer, "energy-2020", Measurement(Decimal(3), None, "Census"), ON)

    ((unit, batch),) = connection.text("SELECT unit, batch FROM entry WHERE kind = 'reading'")
    assert (unit, batch) == ("USD bn", 2)


# --- taking back ------------------------------------------------------------------------------


def test_a_retracted_change_brings_the_version_before_back(write: Writer) -> None:
    (entry,) = change(write, "soybeans", {"title": "Buy US soybeans"}, "Shorter")[1]

    retract(write, entry, "The longer title is the article's")

    assert view(write).concessions["soybeans"].title == "Resume soybean purchases"
    assert view(write, entry).concessions["soybeans"].title == "Buy US soybeans"


def test_a_party_is_known_by_its_old_name_once_its_change_is_taken_back(write: Writer) -> None:
    change(write, "us", {"short": "USA"}, "As its own readouts have it")
    log(write, "soybeans", Stage.MET, ON._replace(says="USA"))
    undo(write)
    undo(write)

    with raises("no such thing", match="No party 'USA'"):
        log(write, "soybeans", Stage.MET, ON._replace(says="USA"))
    log(write, "soybeans", Stage.MET, ON._replace(says="US"))


@pytest.mark.parametrize(
    ("entry", "resting"), [(1, "#9"), (3, "#4"), (4, "#5"), (9, "#13"), (6, "#24")]
)
@pytest.mark.on("sqlite")
def test_the_only_version_of_what_is_used_is_not_retracted(
    write: Writer, entry: int, resting: str
) -> None:
    with raises(
        "entry in use", match=rf"\({resting}\b.*\) rest on #{entry}, which cannot be taken back"
    ):
        retract(write, entry, "Never promised")


STARTED = f"""{SORGHUM}
[[entry]]
on = "2026-01-06"
concession = "sorghum"
stage = "started"
source = "readout"
"""


@pytest.fixture
def applied(write: Writer, tmp_path: Path) -> Writer:
    """A book to which the analyst has applied a file: entries 25 to 28."""
    path = tmp_path / "kuala-lumpur.toml"
    path.write_text(STARTED, "utf-8")
    assert applying.apply(write, applying.load([path])).entries == range(25, 29)
    return write


def test_undo_takes_an_applied_file_back_with_all_that_it_declares(applied: Writer) -> None:
    undone = undo(applied)

    assert len(undone) == 4
    held = view(applied)
    assert "sorghum" not in held.concessions
    assert "kuala-lumpur-2025" not in held.agreements
    assert not held.sources["readout"].declared
    assert "sorghum" in view(applied, 28).concessions


@pytest.mark.parametrize("rest", ["stage", "check", "claim", "deadline", "cited source"])
@pytest.mark.on("sqlite")
def test_an_applied_file_is_not_undone_while_anothers_entry_rests_on_it(
    applied: Writer, rest: str
) -> None:
    editor = by(applied, "editor")
    match rest:
        case "stage":
            log(editor, "sorghum", Stage.PARTIAL, ON)
        case "check":
            checked(editor, ["kuala-lumpur-2025"])
        case "claim":
            log(editor, "sorghum", Stage.PARTIAL, ON._replace(says="cn"))
        case "deadline":
            fields = SOYBEANS_2025 | {"concession": "sorghum"}
            add(editor, ThingKind.DEADLINE, "sorghum-2026", fields)
        case _:
            log(editor, "soybeans", Stage.PARTIAL, ON._replace(source="readout"))

    with raises("entry in use", match=r"Other entries \(#29\) rest on"):
        undo(applied)

    assert "sorghum" in view(applied).concessions
    undo(editor)
    undo(applied)
    assert "sorghum" not in view(applied).concessions


def test_the_authors_own_later_entries_are_undone_before_the_file(applied: Writer) -> None:
    log(applied, "sorghum", Stage.PARTIAL, ON)

    undo(applied)
    assert "sorghum" in view(applied).concessions
    undo(applied)
    assert "sorghum" not in view(applied).concessions


# --- withdrawing ------------------------------------------------------------------------------


def test_a_concession_is_withdrawn_with_its_deadlines_and_all_entries_about_them(
    counted: Writer,
) -> None:
    log(counted, "soybeans", Stage.PARTIAL, ON._replace(source="article", further=(USDA,)))

    written = retract_all(counted, "soybeans", "The article misread the readout")

    lines = view(counted).record.lines(written)
    assert {line.refers_to for line in lines} == {9, 13, 25, 26, 27}
    assert {(line.command, line.note, line.batch) for line in lines} == {
        (Command.RETRACT, "The article misread the readout", 5)
    }
    held = view(counted)
    assert "soybeans" not in held.concessions
    assert "soybeans-2025" not in held.deadlines
    assert "soybeans" not in held.stages
    assert "soybeans" in view(counted, 27).concessions
    for slug in ("soybeans", "soybeans-2025"):
        with raises("no such thing"):
            note(counted, slug, "Talks go on", ON)


def test_a_thing_with_more_than_its_declaration_is_retracted_only_if_everything_may_go(
    counted: Writer,
) -> None:
    log(by(counted, "ben"), "soybeans", Stage.PARTIAL, ON)

    # The first verdict is the seed's, the deadline and its reading are ours.
    counts = rf"\(by author: {counted.author} 2, seed 1, ben 1\); nothing was retracted"
    with raises("more rests", match=counts):
        retract_thing(counted, "soybeans", "Misread", everything=False)


def test_a_thing_with_nothing_but_its_declarations_is_retracted_alone(write: Writer) -> None:
    add(write, ThingKind.PARTY, "eu", EU.fields)
    change(write, "eu", {"short": "Union"}, "As it calls itself")

    retract_thing(write, "eu", "It is not a party to this", everything=False)

    assert "eu" not in view(write).parties


def test_a_concession_changes_though_what_it_was_given_for_was_withdrawn(write: Writer) -> None:
    retract_all(write, "soybeans", "The article misread the readout")

    done, _ = change(write, "chip-sales", {"title": "Sell chips"}, "Shorter")

    assert [*done.fields] == ["title"]


def test_a_new_exchange_is_for_a_concession_even_beside_one_for_what_was_withdrawn(
    connection: Connection, writer: Writer
) -> None:
    with connection.writing():
        retract_all(writer, "soybeans", "The article misread the readout")

    with raises("no such thing", match="No concession 'sorghum'"), connection.writing():
        change(writer, "chip-sales", {"in_return_for": ["soybeans", "sorghum"]}, "Misread")


@pytest.mark.parametrize(
    ("given", "counting"),
    [({}, {"rare-earths", "soybeans"}), ({"in_return_for": ["rare-earths"]}, {"rare-earths"})],
)
def test_an_exchange_counts_again_with_what_was_withdrawn_unless_another_one_was_given(
    write: Writer, given: dict[str, list[str]], counting: set[str]
) -> None:
    _, _, soybeans = held(write, "soybeans")
    retract_all(write, "soybeans", "The article misread the readout")
    change(write, "chip-sales", {"title": "Sell chips", **given}, "Shorter")

    add(write, ThingKind.CONCESSION, "soybeans", soybeans)

    assert {*view(write).concessions["chip-sales"].in_return_for} == counting


def test_an_agreement_is_withdrawn_with_everything_beneath_it(write: Writer) -> None:
    retract_all(write, "busan-2025", "It was never agreed")

    held = view(write)
    assert (held.agreements, held.concessions, held.deadlines) == ({}, {}, {})
    assert {*held.parties} == {"us", "cn"}
    assert write.connection.text("SELECT COUNT(*) FROM entry WHERE kind = 'retraction'") == [(21,)]


def test_a_deadline_that_moved_is_withdrawn_without_its_concession(counted: Writer) -> None:
    from_january = Circumstances(exactly(date(2026, 1, 7)), "us")
    move(counted, "soybeans-2025", parse_period("2026-02"), None, from_january)

    retract_all(counted, "soybeans-2025", "No text names the day")

    assert "soybeans-2025" not in view(counted).deadlines
    assert "soybeans" in view(counted).concessions
    assert view(counted).readings == {}


@pytest.mark.parametrize(
    ("slug", "used_by"), [("us", r"#9, #10, #11, #12, #21"), ("article", r"#4, #5, #6")]
)
def test_a_party_or_a_source_that_is_used_is_not_withdrawn(
    write: Writer, slug: str, used_by: str
) -> None:
    with raises("still used", match=rf"'{slug}' cannot be retracted.*\({used_by}"):
        retract_all(write, slug, "Renamed")


def test_a_bloc_is_not_withdrawn_nor_retracted_while_a_party_is_part_of_it(write: Writer) -> None:
    apply_all(write, EU, FIRMS)

    with raises("still used", match=r"'eu' cannot be retracted.*\(#26\)"):
        retract_all(write, "eu", "Renamed")
    with raises("entry in use", match=r"\(#26\) rest on #25, which cannot be taken back"):
        retract(write, 25, "Renamed")
    retract_all(write, "eu-firms", "No party to this")
    retract_all(write, "eu", "No party to this")

    assert {*view(write).parties} == {"us", "cn"}


def test_undo_of_a_withdrawal_brings_everything_back(counted: Writer) -> None:
    before = view(counted)
    held = (before.concessions, before.deadlines, before.readings, before.stages)
    retract_all(counted, "soybeans", "The article misread the readout")

    undo(counted)

    after = view(counted)
    assert (after.concessions, after.deadlines, after.readings, after.stages) == held


# --- declaring again --------------------------------------------------------------------------


def again(writer: Writer, how: str) -> None:
    """Declare a delivery, take it back, and declare another one under its slug."""
    add(writer, ThingKind.DEADLINE, "soybeans-2025", SOYBEANS_2025)
    if how == "withdrawn":
        retract_all(writer, "soybeans-2025", "No text names the day")
    else:
        undo(writer)
    fields = SOYBEANS_2025 | {"concession": "tiktok", "unit": "million bu"}
    add(writer, ThingKind.DEADLINE, "soybeans-2025", fields)


@pytest.mark.parametrize("how", ["withdrawn", "undone"])
def test_a_slug_is_free_again_once_its_thing_was_taken_back(write: Writer, how: str) -> None:
    again(write, how)

    found = view(write).deadlines["soybeans-2025"]
    assert (found.concession, found.unit) == ("tiktok", "million bu")
    query = "SELECT COUNT(*) FROM thing WHERE slug = 'soybeans-2025'"
    assert write.connection.text(query) == [(1,)]


def test_a_slug_that_is_free_again_may_name_a_thing_of_another_kind(write: Writer) -> None:
    retract_all(write, "tiktok", "It is a licence, not a sale")

    add(write, ThingKind.DEADLINE, "tiktok", SOYBEANS_2025 | {"concession": "rare-earths"})

    assert "tiktok" not in view(write).concessions
    assert view(write).deadlines["tiktok"].concession == "rare-earths"
    with raises("another kind", match="'tiktok' is a deadline"):
        log(write, "tiktok", Stage.MET, ON)
    measure(write, "tiktok", Measurement(Decimal(1), "MMT", "USDA"), ON)


def test_the_same_declaration_may_come_again_after_an_undo(write: Writer) -> None:
    add(write, ThingKind.PARTY, "eu", EU.fields)
    undo(write)

    add(write, ThingKind.PARTY, "eu", EU.fields)

    query = "SELECT id, nth FROM entry WHERE kind = 'declaration' AND id > 24 ORDER BY id"
    assert write.connection.text(query) == [(25, 1), (27, 2)]
    assert view(write).parties["eu"].name == "European Union"


# --- names ------------------------------------------------------------------------------------


def test_a_slug_is_meant_before_another_partys_short_name(write: Writer) -> None:
    add(write, ThingKind.PARTY, "prc", {"name": "People's Republic of China", "short": "CN"})

    found = {name: write.names.party(name) for name in ("cn", "CN", "prc", "China")}

    assert found == {"cn": "cn", "CN": "cn", "prc": "prc", "China": "cn"}


def test_a_new_name_is_known_within_the_same_command(write: Writer) -> None:
    with write.batch(Command.APPLY):
        with raises("no such thing"):
            write.names.party("Brussels")
        apply_all(write, EU, Declaring(EU.what, "brussels", {"name": "Brussels", "short": "BXL"}))

        assert write.names.party("Brussels") == "brussels"


# --- what an input takes ----------------------------------------------------------------------

CN = ThingKind.PARTY, {"slug": "cn", "name": "China", "short": "China"}
USDA_SALES = ThingKind.SOURCE, {"key": "usda", "publisher": "USDA", "title": "Export sales"}
TERMS = {"slug": ENERGY.slug, **{k: v for k, v in ENERGY.fields.items() if k != "agreement"}}
DAY = {"slug": "energy-2020", "kind": "delivery", "label": "First year", "source": "ustr"}
INPUTS: dict[str, tuple[ThingKind, dict[str, Any]]] = {
    **{"slug": CN, "name": CN, "test": (ThingKind.CONCESSION, TERMS)},
    **dict.fromkeys(("url", "key", "official"), USDA_SALES),
    **dict.fromkeys(
        ("due_on", "opens_on", "target", "kind", "colour"),
        (ThingKind.DEADLINE, DAY | {"due_on": "2020"}),
    ),
}
"""The kind of thing that has each field, and the other fields that it needs."""
TAKEN = {
    "slug": ["cn", "g20-2026", "1", "a-b-c", "a" * 64],
    "name": ["China", "中国", "סין", "U.S. – “Section 301” (50 %)", " China "],
    "test": ["Two\nlines.", "A tab\tinside."],
    "key": ["usda", "https://apps.fas.usda.gov/export-sales/esrd1.html"],
}
REFUSED: dict[str, list[object]] = {
    "slug": [
        *("", "CN", "c n", "-cn", "cn-", "c--n", "c_n", "中国", "cn\n", "a" * 65, "c/n", "é"),
    ],
    "name": ["", " ", "\u3000", "Chi\nna", "\x1b", "Chi\x00na", "Chi\x7fna"],
    "test": ["", " \n", "\x00", "NUL\x00inside"],
    "url": [
        *("www.usda.gov", "ftp://usda.gov", "javascript:alert(1)", "https://", "https://a b"),
        *('https://usda.gov/"onclick', "https://usda.gov/<b>", "HTTPS://usda.gov\n"),
    ],
    "official": ["yes", 1, 0, None],
    "due_on": ["1767225600", 20, "2026-02-30"],
    "opens_on": ["2026-01", "0"],
    "target": [True, 8.5, "NaN", "1e6"],
    "kind": ["deliveries"],
    "colour": ["red"],
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, one) for field, values in TAKEN.items() for one in values]
)
def test_a_field_is_taken_as_it_is_written(field: str, value: str) -> None:
    what, others = INPUTS[field]
    assert read(FIELDS[what], others | {field: value})[field] == value


@pytest.mark.parametrize(
    ("field", "value"), [(field, one) for field, values in REFUSED.items() for one in values]
)
def test_a_field_is_read_strictly(field: str, value: object) -> None:
    what, others = INPUTS[field]
    read(FIELDS[what], others)
    with pytest.raises(Unread):
        read(FIELDS[what], others | {field: value})
