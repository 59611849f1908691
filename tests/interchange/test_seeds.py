"""The seeds that come with the program."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, make_book
from tracker.database import Target, open_book
from tracker.errors import NoSuchSeed, UnreadableFile
from tracker.interchange import seeds

ARTICLE = seeds.find("article")
SHIPPED = [seed.seed for seed in seeds.shipped()]


def test_a_seed_is_found_by_its_name_and_a_file_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "busan.toml"
    path.write_text("[agreement]", "utf-8")
    assert seeds.find("article") == ARTICLE
    assert seeds.find(str(path)) == path
    assert seeds.is_shipped(ARTICLE)
    assert not seeds.is_shipped(path)


@pytest.mark.parametrize("name", ["artcle", "../seeds/article", "article.tml"])
def test_what_is_neither_seed_nor_file_is_refused_with_the_known_seeds(name: str) -> None:
    with pytest.raises(NoSuchSeed, match="article"):
        seeds.find(name)


def test_a_folder_is_refused_as_one(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="it is a folder"):
        seeds.find(str(tmp_path))


# --- what is shipped ------------------------------------------------------------------------


def sources_of(stated: dict[str, Any]) -> list[str]:
    """Return the sources that something names, of which there is at least one."""
    sources = stated["source"]
    return [sources] if isinstance(sources, str) else sources


def test_the_shipped_seeds_are_told_with_what_they_hold() -> None:
    found = {seed.seed: seed for seed in seeds.shipped()}
    assert found["article"] == ("article", "US–China trade truce", "2025-10", 4, 12)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_seed_makes_a_book_that_holds_all_of_it(name: str, tmp_path: Path) -> None:
    (seed,) = [one for one in seeds.shipped() if one.seed == name]
    connection = open_book(Target("sqlite", str(make_book(tmp_path / f"{name}.db", name))))
    counts = [
        connection.text(f"SELECT count(*) FROM {counted}")[0][0]
        for counted in ("concession", "entry WHERE kind NOT IN ('declaration', 'citation')")
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
        assert known.issuperset(sources_of(stated)), stated


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


# --- the book of public facts -----------------------------------------------------------------

BUSAN = tomllib.loads(seeds.find("busan-truce").read_text("utf-8"))
PUBLISHED = {source["key"]: source["published_on"] for source in BUSAN["source"]}


def declared(tables: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the agreement, its concessions and all their deadlines."""
    holders = [tables["agreement"], *tables["concession"]]
    return [*holders, *(one for holder in holders for one in holder.get("deadline", []))]


def test_every_source_of_the_public_facts_is_used_and_can_be_opened() -> None:
    used = {key for one in [*declared(BUSAN), *BUSAN["entry"]] for key in sources_of(one)}

    assert used == {source["key"] for source in BUSAN["source"]}
    for source in BUSAN["source"]:
        assert source["url"].startswith(("https://", "http://")), source["key"]
        assert source["publisher"], source["key"]
        assert source["title"], source["key"]


def test_no_verdict_on_the_public_facts_is_newer_than_all_its_sources() -> None:
    """A verdict that only follows from an older text says that it is an inference."""
    for entry in BUSAN["entry"]:
        judges = ("stage" in entry or "outcome" in entry) and "says" not in entry
        if judges and all(PUBLISHED[key] < entry["on"] for key in sources_of(entry)):
            assert "inference" in entry["note"], entry


def test_the_entries_of_the_public_facts_follow_the_days() -> None:
    days = [entry["on"] for entry in BUSAN["entry"]]
    assert days == sorted(days)


def test_a_quotation_is_short() -> None:
    assert all(len(one.get("quote", "").split()) <= 25 for one in BUSAN["concession"])


def test_readings_from_a_page_that_is_rewritten_say_when_they_were_public() -> None:
    readings = [one for one in BUSAN["entry"] if "value" in one]
    assert [
        one for one in readings if "usda-sales" in one["source"] and "public_on" not in one
    ] == []


@pytest.mark.parametrize("day", ["2026-10-01", "2026-11-25"])
def test_few_verdicts_on_the_public_facts_lack_an_official_source(
    tracker: Run, busan: Path, day: str
) -> None:
    """Each of them says in its note why there is none."""
    check = tracker("check", "--agreement", "busan-truce", "--as-of", day, "-f", "json", db=busan)

    found = [row["subject"] for row in json.loads(check.out)["rows"]]
    kinds = [row["finding"] for row in json.loads(check.out)["rows"]]
    assert kinds.count("unofficial") <= 6, found
    assert not {"contested", "contradicted", "unsourced", "overdue"} & set(kinds)
