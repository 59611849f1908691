import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.conftest import make_book
from tracker.database import Connection, Target, open_book
from tracker.errors import BadDocument, ConflictingDocument, NoSuchSeed, UnreadableFile
from tracker.interchange import seeds
from tracker.interchange.seeds import SEED_AUTHOR, Applied, Occasion

NOON = Occasion("analyst", date(2026, 1, 8), datetime(2026, 1, 8, 12, tzinfo=UTC))
ARTICLE = seeds.find("article")
SHIPPED = [seed.seed for seed in seeds.shipped()]

FOLLOW_UP = """
[agreement]
slug = "kuala-lumpur-2025"
title = "Kuala Lumpur framework"
agreed_on = "2025-10-26"
source = "readout"

[[source]]
key = "readout"
publisher = "MOFCOM"
title = "Readout of the talks"

[[concession]]
slug = "sorghum"
title = "Buy US sorghum"
giver = "cn"
receiver = "us"
sector = "agriculture"
kind = "purchase"
instrument = "readout"
test = "Cargoes of US sorghum clear customs."
source = "readout"
in_return_for = ["chip-sales"]

[[concession.deadline]]
slug = "sorghum-2026"
kind = "delivery"
label = "3 MMT of sorghum"
due_on = "2026-06-30"
target = "3.0"
unit = "MMT"
source = "readout"

[[entry]]
on = "2026-01-07"
deadline = "sorghum-2026"
value = "0.066"
source = "readout"
"""

Apply = Callable[[str], Applied]


@pytest.fixture
def apply(connection: Connection, tmp_path: Path) -> Apply:
    """Apply a text to the article's book, as one command."""

    def run(text: str) -> Applied:
        path = tmp_path / "follow-up.toml"
        path.write_text(text, "utf-8")
        with connection.writing():
            return seeds.apply(connection, path, NOON)

    return run


def contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return all that the book holds."""
    tables = ["party", "source", "agreement", "concession", "exchange", "deadline", "entry"]
    return {table: connection.text(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


# --- applying -------------------------------------------------------------------------------


def test_applying_a_shipped_seed_twice_changes_nothing(connection: Connection) -> None:
    before = contents(connection)
    with connection.writing():
        applied = seeds.apply(connection, ARTICLE, NOON)
    assert applied.changes == ()
    assert len(applied.entries) == 0
    assert contents(connection) == before


def test_applying_a_file_twice_changes_nothing(connection: Connection, apply: Apply) -> None:
    first = apply(FOLLOW_UP)
    before = contents(connection)
    second = apply(FOLLOW_UP)
    assert first.changes == (
        "source readout: added",
        "agreement kuala-lumpur-2025: added",
        "concession sorghum: added",
        "deadline sorghum-2026: added",
        "exchange sorghum for chip-sales: added",
    )
    assert (list(first.entries), second) == ([13], Applied((), range(14, 14)))
    assert contents(connection) == before


def test_a_file_written_otherwise_is_the_same_file(connection: Connection, apply: Apply) -> None:
    apply(FOLLOW_UP)
    before = contents(connection)
    rewritten = FOLLOW_UP.replace('target = "3.0"', "target = '3.0'  # as the readout has it")
    assert apply(rewritten) == Applied((), range(14, 14))
    assert contents(connection) == before


def test_only_new_entries_of_a_file_are_appended(apply: Apply) -> None:
    apply(FOLLOW_UP)
    applied = apply(
        FOLLOW_UP + '[[entry]]\non = "2026-01-08"\nconcession = "sorghum"\ncheck = true'
    )
    assert (applied.changes, list(applied.entries)) == ((), [14])


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("Buy US sorghum", "Buy sorghum from the US", "concession sorghum: title changed"),
        ("Cargoes of", "Two cargoes of", "concession sorghum: test changed"),
        ("3 MMT of sorghum", "Three MMT", "deadline sorghum-2026: label changed"),
        (
            "Kuala Lumpur framework",
            "Kuala Lumpur accord",
            "agreement kuala-lumpur-2025: title changed",
        ),
        ("Readout of the talks", "Readout", "source readout: title changed"),
        (
            'publisher = "MOFCOM"',
            'publisher = "MOFCOM"\nurl = "https://mofcom.gov.cn/"',
            "source readout: url changed",
        ),
    ],
)
def test_a_title_a_test_or_a_link_may_change(apply: Apply, old: str, new: str, change: str) -> None:
    apply(FOLLOW_UP)
    assert apply(FOLLOW_UP.replace(old, new)).changes == (change,)
    assert apply(FOLLOW_UP.replace(old, new)).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            'target = "3.0"',
            'target = "5"',
            "deadline sorghum-2026: 'target' is 3.0 in the book and 5 in the file; "
            "restate it with 'tracker move --target'",
        ),
        (
            'due_on = "2026-06-30"',
            'due_on = "2026-09-30"',
            "deadline sorghum-2026: 'due_on' is 2026-06-30 in the book and 2026-09-30 in the "
            "file; move it with 'tracker move'",
        ),
        (
            'agreed_on = "2025-10-26"',
            'agreed_on = "2025-10-27"',
            "agreement kuala-lumpur-2025: 'agreed_on' is 2025-10-26 in the book and 2025-10-27 "
            "in the file; leave it as it is, or declare another under a new slug",
        ),
        (
            'unit = "MMT"',
            'unit = "kt"',
            "deadline sorghum-2026: 'unit' is MMT in the book and kt in the file; "
            "leave it as it is, or declare another under a new slug",
        ),
        (
            'kind = "purchase"',
            'kind = "access"',
            "concession sorghum: 'kind' is purchase in the book and access in the file; "
            "leave it as it is, or declare another under a new slug",
        ),
        (
            'in_return_for = ["chip-sales"]',
            'in_return_for = ["chip-sales"]\nlocator = "point 3"',
            "concession sorghum: 'locator' is None in the book and point 3 in the file; "
            "leave it as it is, or declare another under a new slug",
        ),
    ],
)
def test_a_changed_target_or_day_is_refused_with_its_remedy_and_nothing_is_written(
    connection: Connection, apply: Apply, old: str, new: str, complaint: str
) -> None:
    apply(FOLLOW_UP)
    before = contents(connection)
    changed = FOLLOW_UP.replace(old, new).replace("Buy US sorghum", "Buy sorghum")
    with pytest.raises(ConflictingDocument) as refusal:
        apply(changed + '[[entry]]\non = "2026-01-08"\nconcession = "sorghum"\ncheck = true')
    assert refusal.value.complaints == (complaint,)
    assert contents(connection) == before


def test_other_parties_are_refused_and_both_are_named(apply: Apply) -> None:
    apply(FOLLOW_UP)
    swapped = FOLLOW_UP.replace('giver = "cn"', 'giver = "us"', 1)
    with pytest.raises(ConflictingDocument) as refusal:
        apply(swapped.replace('receiver = "us"', 'receiver = "cn"', 1))
    assert [complaint.split(";")[0] for complaint in refusal.value.complaints] == [
        "concession sorghum: 'giver' is another one in the book",
        "concession sorghum: 'receiver' is another one in the book",
    ]


def test_a_file_with_a_mistake_leaves_the_book_as_it_was(
    connection: Connection, apply: Apply
) -> None:
    before = contents(connection)
    with pytest.raises(BadDocument, match="no giver 'china'"):
        apply(FOLLOW_UP.replace('giver = "cn"', 'giver = "china"'))
    with pytest.raises(UnreadableFile):
        apply("[agreement")
    assert contents(connection) == before


def test_the_entries_of_a_file_are_its_appliers_and_those_of_a_seed_nobodys(
    connection: Connection, apply: Apply
) -> None:
    apply(FOLLOW_UP)
    authors = [row[0] for row in connection.text("SELECT author FROM entry ORDER BY id")]
    assert authors == [SEED_AUTHOR] * 12 + ["analyst"]


# --- finding --------------------------------------------------------------------------------


def test_a_seed_is_found_by_its_name_and_a_file_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "busan.toml"
    path.write_text(FOLLOW_UP, "utf-8")
    assert seeds.find("article") == ARTICLE
    assert seeds.find(str(path)) == path
    assert seeds.is_shipped(ARTICLE)
    assert not seeds.is_shipped(path)


@pytest.mark.parametrize("name", ["artcle", "../seeds/article", "article.tml", "/"])
def test_what_is_neither_seed_nor_file_is_refused_with_the_known_seeds(name: str) -> None:
    with pytest.raises(NoSuchSeed, match="article"):
        seeds.find(name)


# --- what is shipped ------------------------------------------------------------------------


def test_the_shipped_seeds_are_told_with_what_they_hold() -> None:
    found = {seed.seed: seed for seed in seeds.shipped()}
    assert found["article"] == ("article", "US–China trade truce", "2025-10", 4, 12)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_seed_makes_a_book_that_holds_all_of_it(name: str, tmp_path: Path) -> None:
    (seed,) = [one for one in seeds.shipped() if one.seed == name]
    connection = open_book(Target("sqlite", str(make_book(tmp_path / f"{name}.db", name))))
    counts = [
        connection.text(f"SELECT count(*) FROM {table}")[0][0] for table in ("concession", "entry")
    ]
    connection.close()
    assert counts == [seed.concessions, seed.entries]


@pytest.mark.parametrize("name", SHIPPED)
def test_no_shipped_seed_states_anything_without_its_source(name: str) -> None:
    tables = tomllib.loads(seeds.find(name).read_text("utf-8"))
    concessions = tables["concession"]
    deadlines = [*tables["agreement"].get("deadline", [])]
    deadlines += [one for concession in concessions for one in concession.get("deadline", [])]
    known = {source["key"] for source in tables["source"]}
    for stated in [tables["agreement"], *deadlines, *concessions, *tables["entry"]]:
        assert stated["source"] in known, stated


def test_the_articles_concessions_say_in_which_paragraph_they_stand() -> None:
    tables = tomllib.loads(ARTICLE.read_text("utf-8"))
    for concession in tables["concession"]:
        assert concession["locator"].startswith("paragraph "), concession["slug"]
    for entry in tables["entry"]:
        assert "(paragraph" in entry["note"], entry["note"]


def test_the_article_gives_no_quantities_and_all_its_entries_are_of_its_day() -> None:
    tables = tomllib.loads(ARTICLE.read_text("utf-8"))
    deadlines = tables["agreement"]["deadline"]
    deadlines += [one for row in tables["concession"] for one in row.get("deadline", [])]
    assert {entry["on"] for entry in tables["entry"]} == {"2025-12-30"}
    assert not [row for row in [*deadlines, *tables["entry"]] if {"target", "value"} & set(row)]
