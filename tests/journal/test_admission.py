"""Admission: from every source, an entry is completed and recognised in the same way."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY, USDA
from tests.recording import Circumstances, Measurement, close, log, measure, move, note
from tests.refusals import raises
from tracker.database import Connection
from tracker.dates import exactly, parse_period
from tracker.entry import unwritten
from tracker.interchange import applying, importing
from tracker.interchange.disputes import Imported
from tracker.journal.admission import Admission
from tracker.journal.batch import content_key
from tracker.journal.corrections import amend, retract, undo
from tracker.journal.verbs import add
from tracker.journal.writer import Writer
from tracker.state import Clocks, State
from tracker.vocabulary import Basis, EntryKind, Outcome, Stage, ThingKind

ON = Circumstances(exactly(date(2026, 1, 7)))
DELIVERY = {
    "concession": "soybeans",
    "kind": "delivery",
    "label": "12 MMT of soybeans",
    "opens_on": "2025-11-01",
    "due_on": "2026-02-28",
    "target": "12",
    "unit": "MMT",
    "source": "article",
}
EIGHT = Measurement(Decimal(8), "MMT", "USDA", Basis.SOLD)


@pytest.fixture
def write(connection: Connection, writer: Writer) -> Iterator[Writer]:
    """A writer in a book with a delivery of 12 MMT, entry 25, of which USDA has counted 8, 26."""
    with connection.writing():
        add(writer, ThingKind.DEADLINE, "soybeans-2025", DELIVERY)
        measure(writer, "soybeans-2025", EIGHT, ON._replace(on=exactly(date(2026, 1, 6))))
        yield writer


def columns(writer: Writer, names: str, above: int = 26) -> list[tuple[object, ...]]:
    return writer.connection.text(
        f"SELECT {names} FROM entry WHERE id > {above} AND kind <> 'retraction' ORDER BY id"
    )


def imported(writer: Writer, text: str, name: str = "updates.csv") -> Imported:
    file = io.BufferedReader(io.BytesIO(text.encode()))
    return importing.read(file, name)(writer)


def applied(writer: Writer, folder: Path, *entries: str) -> applying.Applied:
    path = folder / "busan.toml"
    path.write_text(AGREEMENT + "".join(entries), "utf-8")
    return applying.apply(writer.as_author(writer.author), applying.load([path]))


AGREEMENT = """
[agreement]
slug = "busan-2025"
title = "US–China trade truce"
place = "Busan, South Korea"
agreed_on = "2025-10"
source = "article"
"""
TOML = """
[[entry]]
on = "2026-01-07"
deadline = "soybeans-2025"
value = "9.0"
unit = "mmt"
counted_by = "usda "
basis = "sold"
"""
CSV = """deadline,effective_on,value,unit,counted_by,basis
soybeans-2025,2026-01-07,9,mmt,usda ,sold
"""
JSONL = (
    '{"deadline": "soybeans-2025", "effective_on": "2026-01-07", "value": "9.00",'
    ' "unit": " mmt", "counted_by": "uSDA", "basis": "sold"}\n'
)

# --- one series, whoever writes it ----------------------------------------------------------------

NINE = Measurement(Decimal("9"), "mmt", "usda ", Basis.SOLD)


def by_command(writer: Writer, _: Path) -> None:
    measure(writer, "soybeans-2025", NINE, ON)


def by_amendment(writer: Writer, _: Path) -> None:
    corrections = {"value": Decimal("9"), "unit": "mmt", "counted_by": "usda "}
    amend(writer, 26, corrections | {"effective_on": ON.on})


def by_csv(writer: Writer, _: Path) -> None:
    imported(writer, CSV)


def by_jsonl(writer: Writer, _: Path) -> None:
    imported(writer, JSONL)


def by_toml(writer: Writer, folder: Path) -> None:
    applied(writer, folder, TOML)


ROADS = [by_command, by_amendment, by_csv, by_jsonl, by_toml]
Road = Callable[[Writer, Path], None]


@pytest.mark.parametrize("road", ROADS)
def test_by_every_road_a_reading_joins_the_series_that_the_book_has(
    write: Writer, tmp_path: Path, road: Road
) -> None:
    measure(write, "soybeans-2025", EIGHT._replace(basis=Basis.SHIPPED), ON)

    road(write, tmp_path)

    ((counter, unit, key),) = columns(write, "counted_by, unit, key", 27)
    whole = unwritten(
        EntryKind.READING,
        "soybeans-2025",
        ON.on,
        value=Decimal(9),
        unit="MMT",
        counted_by="USDA",
        basis=Basis.SOLD,
        flow=False,
    )
    assert (counter, unit) == ("USDA", "MMT")
    assert bytes(key) == content_key(whole) == Admission(write).completed(whole).key


@pytest.mark.parametrize("second", ROADS)
@pytest.mark.parametrize("first", [by_command, by_csv, by_toml])
@pytest.mark.on("sqlite")
def test_what_one_road_wrote_a_file_knows_again(
    write: Writer, tmp_path: Path, first: Road, second: Road
) -> None:
    first(write, tmp_path)
    held = len(columns(write, "id"))

    second(write, tmp_path)

    typed = second in (by_command, by_amendment)
    assert [nth for (nth,) in columns(write, "nth")] == ([1, 2] if typed else [1])
    assert held == 1


def test_two_identical_readings_are_the_first_and_the_second_to_say_so(write: Writer) -> None:
    for _ in range(2):
        measure(write, "soybeans-2025", NINE, ON)

    ((key, first), (other, second)) = columns(write, "key, nth")
    assert (key, first) == (other, 1)
    assert second == 2


def test_two_identical_lines_of_one_file_are_two_readings_and_both_are_known_again(
    write: Writer,
) -> None:
    twice = CSV + CSV.splitlines()[1] + "\n"

    first, again = imported(write, twice), imported(write, twice)

    assert (len(first.entries), len(again.entries), again.known) == (2, 0, 2)
    assert columns(write, "nth") == [(1,), (2,)]


def test_a_line_more_than_the_book_holds_is_new(write: Writer) -> None:
    measure(write, "soybeans-2025", NINE, ON)

    brought = imported(write, CSV + CSV.splitlines()[1] + "\n")

    assert (len(brought.entries), brought.known) == (1, 1)
    assert columns(write, "nth") == [(1,), (2,)]


@pytest.mark.parametrize(("how", "comes_again"), [("retract", 0), ("undo", 1)])
def test_what_an_undo_took_back_may_come_again_and_what_was_retracted_may_not(
    write: Writer, how: str, comes_again: int
) -> None:
    (entry,) = imported(write, CSV).entries
    undo(write) if how == "undo" else retract(write, entry, "Another table")

    brought = imported(write, CSV)

    assert len(brought.entries) == comes_again
    assert (brought.known, brought.taken_back) == (1 - comes_again, 1 - comes_again)


# --- what is written as in the book ---------------------------------------------------------------


def test_who_counted_is_the_publisher_of_the_source_else_the_author(write: Writer) -> None:
    unnamed = EIGHT._replace(counted_by=None)
    measure(write, "soybeans-2025", unnamed, ON._replace(source="article"))
    measure(write, "soybeans-2025", unnamed, ON)

    assert columns(write, "counted_by") == [("The Straits Times (Bloomberg)",), ("analyst",)]


def test_a_unit_is_the_targets_if_none_is_given_and_another_one_is_a_series_apart(
    write: Writer,
) -> None:
    for unit in (None, "million bu", "Million Bu"):
        measure(write, "soybeans-2025", EIGHT._replace(unit=unit), ON)

    assert columns(write, "unit") == [("MMT",), ("million bu",), ("million bu",)]


def test_a_target_is_restated_in_its_own_unit(write: Writer) -> None:
    restated = unwritten(
        EntryKind.DEADLINE, "soybeans-2025", ON.on, due_on=ON.on, value=Decimal(9), unit="mmt"
    )

    assert Admission(write).completed(restated).unit == "MMT"
    with raises("another unit", match="'soybeans-2025' is counted in MMT, not in million bu"):
        Admission(write).completed(restated._replace(unit="million bu"))


@pytest.fixture
def untargeted(write: Writer) -> Writer:
    """The same with a deadline that has no target, and so no unit: entry 27."""
    fields = {name: value for name, value in DELIVERY.items() if name not in ("target", "unit")}
    add(write, ThingKind.DEADLINE, "purchases", fields)
    return write


def test_without_a_target_the_first_reading_names_the_unit(untargeted: Writer) -> None:
    with raises("unit needed"):
        measure(untargeted, "purchases", EIGHT._replace(unit=None), ON)
    measure(untargeted, "purchases", EIGHT._replace(unit=" t "), ON)
    measure(untargeted, "purchases", EIGHT._replace(unit=None, value=Decimal(9)), ON)

    measure(untargeted, "purchases", EIGHT, ON)

    assert columns(untargeted, "unit", 27) == [("t",), ("t",), ("MMT",)]


@pytest.mark.parametrize("taking", ["undo", "retract"])
def test_what_was_taken_back_decides_neither_the_unit_nor_how_a_counter_is_written(
    untargeted: Writer, taking: str
) -> None:
    (wrong,) = measure(untargeted, "purchases", EIGHT._replace(unit="t", counted_by="Usda"), ON)
    undo(untargeted) if taking == "undo" else retract(untargeted, wrong, "Mistyped")

    (right,) = measure(untargeted, "purchases", EIGHT, ON)

    assert columns(untargeted, "unit, counted_by", right - 1) == [("MMT", "USDA")]


def test_an_amendment_corrects_how_a_counter_is_written(untargeted: Writer) -> None:
    (wrong,) = measure(untargeted, "purchases", EIGHT._replace(counted_by="Usda"), ON)

    amend(untargeted, wrong, {"counted_by": "USDA"})

    assert columns(untargeted, "counted_by", wrong) == [("USDA",)]


# --- the key --------------------------------------------------------------------------------------

READING = unwritten(
    EntryKind.READING,
    "soybeans-2025",
    ON.on,
    value=Decimal("8.5"),
    unit="MMT",
    counted_by="Bureau de l'Économie",
    basis=Basis.SOLD,
    flow=False,
)


@pytest.mark.parametrize(
    "variant",
    [
        {"value": Decimal("8.50")},
        {"value": Decimal("8.500000000")},
        {"unit": "mmt"},
        {"unit": " Mmt "},
        {"unit": None},
        {"counted_by": "bureau de l'économie"},
        {"counted_by": "\tBureau  de\u00a0l'E\u0301conomie\n"},
        {"flow": None},
    ],
)
@pytest.mark.on("sqlite")
def test_readings_that_say_the_same_have_one_key(write: Writer, variant: dict[str, object]) -> None:
    admission = Admission(write)

    keys = {admission.completed(one).key for one in (READING, READING._replace(**variant))}

    assert len(keys) == 1


DIFFERENT = [
    READING,
    *(
        READING._replace(**other)
        for other in (
            {"subject": "soybeans-2026"},
            {"effective_on": date(2026, 1, 6)},
            {"value": Decimal("-8.5")},
            {"value": Decimal(85)},
            {"unit": "t"},
            {"counted_by": "Chinese customs"},
            {"basis": Basis.SHIPPED},
            {"flow": True},
            {"source": "article"},
            {"note": "article"},
            {"kind": EntryKind.NOTE},
        )
    ),
    unwritten(EntryKind.STAGE, "soybeans", ON.on, stage=Stage.MET),
    unwritten(EntryKind.STAGE, "soybeans", ON.on, stage=Stage.MET, says="us"),
    unwritten(EntryKind.STAGE, "soybeans", ON.on, stage=Stage.MET, source=("us",)),
    unwritten(EntryKind.STAGE, "soybeans", ON.on, stage=Stage.MET, note="us"),
    unwritten(EntryKind.DEADLINE, "soybeans", ON.on, outcome=Outcome.MET),
    unwritten(EntryKind.DEADLINE, "soybeans", ON.on, due_on=parse_period("2026-12-31")),
    unwritten(EntryKind.DEADLINE, "soybeans", ON.on, due_on=parse_period("2026-12")),
    unwritten(EntryKind.DEADLINE, "soybeans", ON.on, due_on=parse_period("2026")),
]


def test_entries_that_say_something_else_have_another_key() -> None:
    assert len({content_key(one) for one in DIFFERENT}) == len(DIFFERENT)


texts = st.none() | st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1
)


@given(
    st.tuples(texts, texts, texts, texts, texts),
    st.tuples(texts, texts, texts, texts, texts),
)
def test_no_two_contents_are_taken_for_one_another(
    one: tuple[str | None, ...], other: tuple[str | None, ...]
) -> None:
    def key(texts: tuple[str | None, ...]) -> bytes:
        unit, counter, source, told, says = texts
        return content_key(
            READING._replace(unit=unit, counted_by=counter, source=source, note=told, says=says)
        )

    def content(texts: tuple[str | None, ...]) -> tuple[str | None, ...]:
        unit, counter, *rest = texts
        return (unit and unit.casefold(), counter and counter.casefold(), *rest)

    assert (key(one) == key(other)) == (content(one) == content(other))


def test_who_wrote_it_and_when_is_no_part_of_the_key(write: Writer) -> None:
    editor = Writer(write.connection, "editor", date(2026, 1, 9), datetime.now(UTC))
    note(write, "soybeans", "Ships are loading", ON)
    note(editor, "soybeans", "Ships are loading", ON)

    ((key, first), (other, second)) = columns(write, "key, nth")
    assert (key, first, second) == (other, 1, 2)


def test_of_the_sources_only_the_first_is_in_the_key(write: Writer) -> None:
    for sources in (("article",), ("article", USDA), (USDA, "article")):
        first, *further = sources
        log(write, "soybeans", Stage.PARTIAL, ON._replace(source=first, further=(*further,)))

    ((one, first_nth), (again, second_nth), (other, _)) = columns(write, "key, nth")
    assert (one == again, one == other) == (True, False)
    assert (first_nth, second_nth) == (1, 2)


# --- deadlines ------------------------------------------------------------------------------------


def test_a_restated_target_has_the_unit_of_its_deadline(write: Writer) -> None:
    move(write, "soybeans-2025", parse_period("2026-03"), Decimal(15), ON)

    assert columns(write, "value, unit, due_on, due_on_precision")[0][1] == "MMT"
    with raises("bad text"):
        move(write, "soybeans-2025", parse_period("2026-03"), Decimal(0), ON)
    with raises("no target"):
        move(write, "truce-year", parse_period("2026-11-10"), Decimal(15), ON)


def test_a_deadline_is_not_moved_to_before_its_window_opens(write: Writer) -> None:
    with raises("before window", match="its window opens on 2025-11-01"):
        move(write, "soybeans-2025", parse_period("2025-10"), None, ON)
    move(write, "soybeans-2025", parse_period("2025-11"), None, ON)


def test_a_deadline_is_closed_once_and_again_after_its_outcome_was_taken_back(
    write: Writer,
) -> None:
    (outcome,) = close(write, "apec-2026", Outcome.MET, ON)

    with raises("already closed", match=f"already closed as met, by entry {outcome}"):
        close(write, "apec-2026", Outcome.CANCELLED, ON)
    retract(write, outcome, "Not yet")
    close(write, "apec-2026", Outcome.CANCELLED, ON)


@pytest.mark.parametrize(
    ("deadline", "kind", "refused", "allowed"),
    [
        ("truce-year", "an expiry", [Outcome.MET, Outcome.MISSED], Outcome.CANCELLED),
        ("apec-2026", "a meeting", [Outcome.MISSED], Outcome.MET),
        ("apec-2026", "a meeting", [Outcome.MISSED], Outcome.CANCELLED),
        ("tariff-review", "a review", [Outcome.MISSED], Outcome.MET),
        ("tariff-review", "a review", [Outcome.MISSED], Outcome.CANCELLED),
    ],
)
@pytest.mark.on("sqlite")
def test_only_a_delivery_can_be_missed_and_an_expiry_is_not_met_either(
    write: Writer, deadline: str, kind: str, refused: list[Outcome], allowed: Outcome
) -> None:
    add(write, ThingKind.DEADLINE, "tariff-review", REVIEW)

    for outcome in refused:
        with raises("another outcome", match=f"is {kind}, which cannot be closed as {outcome}"):
            close(write, deadline, outcome, ON)
    close(write, deadline, allowed, ON)

    assert columns(write, "outcome", 27) == [(allowed.value,)]


def test_a_delivery_that_waits_for_its_day_cannot_be_missed(write: Writer) -> None:
    add(write, ThingKind.DEADLINE, "sorghum", WAITING)

    with raises("nothing to miss"):
        close(write, "sorghum", Outcome.MISSED, ON)
    move(
        write,
        "sorghum",
        parse_period("2026-01-05"),
        None,
        ON._replace(on=exactly(date(2026, 1, 2))),
    )
    with raises("missed too early", match="it runs to 2026-01-05"):
        close(write, "sorghum", Outcome.MISSED, ON._replace(on=exactly(date(2026, 1, 5))))
    close(write, "sorghum", Outcome.MISSED, ON)


def test_a_move_counts_from_the_day_on_which_it_was_announced(write: Writer) -> None:
    add(write, ThingKind.DEADLINE, "sorghum", DELIVERY)
    today = ON._replace(on=exactly(TODAY))
    move(write, "sorghum", exactly(TODAY - timedelta(days=1)), None, today)

    close(write, "sorghum", Outcome.MISSED, today)


def test_a_delivery_that_waits_for_its_day_can_be_met_or_cancelled(write: Writer) -> None:
    for slug, outcome in (("sorghum", Outcome.MET), ("corn", Outcome.CANCELLED)):
        add(write, ThingKind.DEADLINE, slug, WAITING)
        close(write, slug, outcome, ON)

    assert columns(write, "outcome", 26) == [(None,), ("met",), (None,), ("cancelled",)]


@pytest.mark.parametrize("bound", ["at-most", None])
def test_a_limit_and_a_cut_may_be_restated_to_nothing(write: Writer, bound: str | None) -> None:
    duty = {**DELIVERY, "label": "The duty", "target": "10", "unit": "%", "base": "20"}
    duty |= {"bound": bound} if bound else {}
    add(write, ThingKind.DEADLINE, "soy-duty", duty)

    move(write, "soy-duty", parse_period("2026-03"), Decimal(0), ON)

    book = State.read(write.connection, Clocks(TODAY))
    assert book.due["soy-duty"].target == 0


# --- what can be missed ---------------------------------------------------------------------------

REVIEW = {
    "agreement": "busan-2025",
    "kind": "review",
    "label": "Review of the tariffs",
    "due_on": "2026-01-05",
    "source": "article",
}
WAITING = {
    "concession": "soybeans",
    "kind": "delivery",
    "label": "Sorghum",
    "awaits": "the licence is issued",
    "source": "article",
}


def test_what_one_side_says_moves_no_day_to_miss(write: Writer) -> None:
    said = Circumstances(exactly(date(2026, 1, 2)), "cn")
    for says, runs_to in (("cn", "2026-02-28"), ("us", "2026-01-05")):
        move(write, "soybeans-2025", parse_period("2026-01-05"), None, said._replace(says=says))

        missed = said._replace(on=exactly(date(2026, 1, 3)), says=None)
        with raises("missed too early", match=f"runs to {runs_to}"):
            log(write, "soybeans", Stage.MISSED, missed)
