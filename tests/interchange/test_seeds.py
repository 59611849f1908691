"""The seeds that come with the program."""

import json
import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import DEALS, Run, book_at, data, make_book
from tests.refusals import raises
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
    with raises("no such seed", match="article"):
        seeds.find(name)


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
    with book_at(make_book(tmp_path / f"{name}.db", name)) as connection:
        counts = [
            connection.text(f"SELECT count(*) FROM {counted}")[0][0]
            for counted in ("concession", "entry WHERE kind <> 'declaration'")
        ]
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


# --- the books of public facts ----------------------------------------------------------------

AUTHORS = {
    "us": {"White House", "USDA", "Federal Register", "USTR (Federal Register)"},
    "cn": {"CCTV", "MOFCOM", "Xinhua", "Xinhua (People's Daily Online)"},
}
"""The party for which an official publisher speaks; others speak only for themselves."""
SPEAKERS = {
    "us": "Trump|Bessent|Greer|Lutnick|Rollins|USTR|Washington|White House|US official",
    "cn": "MOFCOM|Beijing|foreign ministry|Xi\\b|He Lifeng",
    "eu": "Commission|Council|[Vv]on der Leyen",
    "jp": "Ishiba|Akazawa|Takaichi|Japanese official|official in Tokyo|Tokyo:",
    "kr": "Lee|Seoul|Kim|Wi\\b|Cho|presidential office|foreign ministry|trade ministry",
}
"""Who speaks for a party in the notes of these books."""
Tables = dict[str, Any]
AT_LAST = "2026-10-01"
"""The day on which the findings were reviewed."""


@pytest.fixture(params=DEALS)
def deal(request: pytest.FixtureRequest) -> Tables:
    """Each book of public facts, as its file has it."""
    found: Tables = tomllib.loads(seeds.find(request.param).read_text("utf-8"))
    return found


def declared(tables: Tables) -> list[Tables]:
    """Return the agreement, its concessions and all their deadlines."""
    holders = [tables["agreement"], *tables["concession"]]
    return [*holders, *(one for holder in holders for one in holder.get("deadline", []))]


def concession_of(tables: Tables, entry: Tables) -> str | None:
    """Return the concession that an entry is on, itself or by its deadline."""
    of_deadline = {
        deadline["slug"]: one["slug"]
        for one in tables["concession"]
        for deadline in one.get("deadline", [])
    }
    return entry.get("concession") or of_deadline.get(entry.get("deadline", ""))


def judges(entry: Tables) -> bool:
    """Return whether an entry is a verdict, and not a party's word."""
    return ("stage" in entry or "outcome" in entry) and "says" not in entry


def test_every_source_is_used_and_says_who_published_what_when_and_where(deal: Tables) -> None:
    used = {key for one in [*declared(deal), *deal["entry"]] for key in sources_of(one)}

    assert used == {source["key"] for source in deal["source"]}
    for source in deal["source"]:
        assert source["url"].startswith(("https://", "http://")), source["key"]
        assert source["publisher"], source["key"]
        assert source["title"], source["key"]
        assert date.fromisoformat(source["published_on"]), source["key"]


def test_no_verdict_is_newer_than_all_its_sources(deal: Tables) -> None:
    """A verdict that only follows from an older text says that it is an inference."""
    published = {source["key"]: source["published_on"] for source in deal["source"]}
    for entry in deal["entry"]:
        if judges(entry) and all(published[key] < entry["on"] for key in sources_of(entry)):
            assert "inference" in entry["note"], entry


def test_every_purchase_that_is_met_was_counted_up_to_its_target(deal: Tables) -> None:
    purchases = {one["slug"]: one for one in deal["concession"] if one["kind"] == "purchase"}
    met = [
        entry
        for entry in deal["entry"]
        if judges(entry)
        and "met" in (entry.get("stage"), entry.get("outcome"))
        and concession_of(deal, entry) in purchases
    ]
    for entry in met:
        slug = concession_of(deal, entry)
        targets = [one["target"] for one in purchases[str(slug)]["deadline"] if "target" in one]
        counts = [
            one["value"]
            for one in deal["entry"]
            if "value" in one and one["on"] <= entry["on"] and concession_of(deal, one) == slug
        ]
        reached = any(Decimal(one) >= Decimal(targets[0]) for one in counts)
        assert reached or "no reading" in entry["note"], entry


def test_every_claim_rests_on_its_partys_own_text_or_on_one_that_names_who_spoke(
    deal: Tables,
) -> None:
    publishers = {one["key"]: one["publisher"] for one in deal["source"] if one.get("official")}
    for entry in deal["entry"]:
        if party := entry.get("says"):
            printed = {publishers.get(key) for key in sources_of(entry)}
            own = printed & AUTHORS.get(party, set())
            assert own or re.search(SPEAKERS[party], entry["note"]), entry


def test_readings_from_a_page_that_is_rewritten_say_when_they_were_public(deal: Tables) -> None:
    """A page that gives the counts of several days has been rewritten since the first."""
    days: dict[str, set[str]] = {}
    readings = [one for one in deal["entry"] if "value" in one]
    for one in readings:
        for key in sources_of(one):
            days.setdefault(key, set()).add(one["on"])
    for one in readings:
        if any(len(days[key]) > 1 for key in sources_of(one)):
            assert one["public_on"] >= one["on"], one


def test_the_entries_follow_the_days(deal: Tables) -> None:
    days = [entry["on"] for entry in deal["entry"]]
    assert days == sorted(days)


def test_a_quotation_is_short(deal: Tables) -> None:
    assert all(len(one.get("quote", "").split()) <= 25 for one in deal["concession"])


def findings(tracker: Run, book: Path, seed: str, day: str) -> list[dict[str, str]]:
    """Return what `check` finds in one agreement."""
    ran = tracker("check", "--agreement", seed, "--as-of", day, "-f", "json", db=book)
    found: list[dict[str, str]] = json.loads(ran.out)["rows"]
    return found


@pytest.mark.parametrize("seed", DEALS)
def test_what_check_finds_is_reviewed(
    tracker: Run, portfolio: Path, snapshot: SnapshotAssertion, seed: str
) -> None:
    """Except silence, of which each book has much: that is only counted."""
    rows = findings(tracker, portfolio, seed, AT_LAST)
    quiet = [one for one in rows if one["finding"] == "stale"]
    others = [
        re.sub(r"#\d+", "#…", f"{one['finding']} {one['subject']}: {one['message']}")
        for one in rows
        if one not in quiet
    ]

    assert [f"stale: {len(quiet)}", *others] == snapshot


@pytest.mark.parametrize("day", [AT_LAST, "2026-11-25"])
def test_few_verdicts_on_the_truce_lack_an_official_source(
    tracker: Run, busan: Path, day: str
) -> None:
    """Each of them says in its note why there is none."""
    rows = findings(tracker, busan, "busan-truce", day)

    kinds = [one["finding"] for one in rows]
    assert kinds.count("unofficial") <= 6, [one["subject"] for one in rows]
    assert not {"contested", "contradicted", "unsourced", "overdue"} & set(kinds)


def test_all_deals_make_one_book_without_conflict(tracker: Run, tmp_path: Path) -> None:
    book = tmp_path / "deals.db"

    made = tracker("init", *DEALS, db=book)
    again = tracker("apply", *DEALS, db=book)

    assert (made.code, made.err) == (0, "")
    held = data(tracker, "--today", AT_LAST, "status", db=book)["rows"]
    assert len(held) >= 90
    assert {one["agreement"] for one in held} == set(DEALS)
    assert (again.code, again.out) == (0, "0 changes and 0 entries written.\n")
    listed = data(tracker, "sources", db=book)["rows"]
    pages = [one["url"] for one in listed if one["url"]]
    assert len(pages) == len({*pages}), "a page has the same key in each deal"
    assert tracker("db", "check", db=book).code == 0
    assert tracker("db", "check", db=book).code == 0
