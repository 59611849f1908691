"""The seeds that come with the program."""

import json
import re
import tomllib
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product
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
        assert entry.get("headline") or "(paragraph" in entry["note"], entry["note"]


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
REPLACED = {"usda-sales"}
"""Pages whose publishers put new text in place of the old: they have no day of publication."""


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
    return ("status" in entry or "outcome" in entry) and "says" not in entry


def published(tables: Tables, entry: Tables) -> list[date]:
    """Return the days on which an entry's sources were published, as far as they have one."""
    days = {one["key"]: one.get("published_on") for one in tables["source"]}
    return [date.fromisoformat(days[key]) for key in sources_of(entry) if days[key]]


def has_reached(due: Tables, value: Decimal) -> bool:
    """Return whether a count reaches a target, which a cut does from above."""
    target = Decimal(due["target"])
    if due.get("bound") == "at-most":
        return False
    return value <= target if Decimal(due.get("base", 0)) > target else value >= target


def public_on(tables: Tables, entry: Tables) -> date:
    """Return the day from which the public could know of an entry."""
    if "public_on" in entry:
        return date.fromisoformat(entry["public_on"])
    return max(date.fromisoformat(entry["on"]), min(published(tables, entry), default=date.min))


def test_every_source_is_used_and_says_who_published_what_when_and_where(deal: Tables) -> None:
    used = {key for one in [*declared(deal), *deal["entry"]] for key in sources_of(one)}

    assert used == {source["key"] for source in deal["source"]}
    for source in deal["source"]:
        assert source["url"].startswith(("https://", "http://")), source["key"]
        assert source["publisher"], source["key"]
        assert source["title"], source["key"]
        assert ("published_on" in source) is (source["key"] not in REPLACED), source["key"]


def test_no_verdict_is_newer_than_all_its_sources(deal: Tables) -> None:
    """A verdict that only follows from an older text is marked as inferred."""
    for entry in deal["entry"]:
        days = published(deal, entry)
        if judges(entry) and days and max(days) < date.fromisoformat(entry["on"]):
            assert entry["inferred"], entry


def test_every_purchase_that_is_met_was_counted_up_to_its_target(deal: Tables) -> None:
    purchases = {one["slug"]: one for one in deal["concession"] if one["kind"] == "purchase"}
    met = [
        entry
        for entry in deal["entry"]
        if judges(entry)
        and (entry.get("status") == "kept" or entry.get("outcome") == "met")
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


def test_a_count_that_reaches_a_target_does_not_come_before_its_verdict(deal: Tables) -> None:
    """Counts of the verdict's own source: another counter's are for its own readers to weigh."""
    for one in deal["concession"]:
        targets = [due for due in one.get("deadline", []) if "target" in due]
        kept = [entry for entry in deal["entry"] if entry.get("concession") == one["slug"]]
        kept = [entry for entry in kept if judges(entry) and entry.get("status") == "kept"]
        for due, verdict in product(targets, kept):
            reached = [
                entry
                for entry in deal["entry"]
                if entry.get("deadline") == due["slug"]
                and {*sources_of(entry)} & {*sources_of(verdict)}
                and "value" in entry
                and entry["basis"] != "shipped"
                and has_reached(due, Decimal(entry["value"]))
            ]
            first = min((public_on(deal, entry) for entry in reached), default=None)
            assert first in (None, public_on(deal, verdict)), verdict


def test_a_text_that_names_no_end_gets_none_from_the_other_side(deal: Tables) -> None:
    """An end is stated by the giver or by a third page, and by the test if it names a day."""
    publishers = {one["key"]: one["publisher"] for one in deal["source"]}
    for one in deal["concession"]:
        givers = {one["giver"]} if isinstance(one["giver"], str) else {*one["giver"]}
        ends = [due for due in one.get("deadline", []) if due["kind"] == "expiry"]
        for end in ends:
            stated = {publishers[key] for key in sources_of(end)}
            others = [AUTHORS[party] for party in AUTHORS if party not in givers]
            assert not any(stated <= authors for authors in others), end
        if named := re.search(r"until (\d+ \w+ \d{4})", one["test"]):
            day = datetime.strptime(named[1], "%d %B %Y").date()
            assert [date.fromisoformat(end["due_on"]) for end in ends] == [day], one["slug"]


def test_every_claim_rests_on_its_partys_own_text_or_on_one_that_names_who_spoke(
    deal: Tables,
) -> None:
    publishers = {one["key"]: one["publisher"] for one in deal["source"] if one.get("official")}
    for entry in deal["entry"]:
        if party := entry.get("says"):
            printed = {publishers.get(key) for key in sources_of(entry)}
            own = printed & AUTHORS.get(party, set())
            assert own or re.search(SPEAKERS[party], entry["note"]), entry


def test_what_rests_on_a_page_that_is_replaced_says_when_it_was_public(deal: Tables) -> None:
    for entry in deal["entry"]:
        if not published(deal, entry) and not entry.get("headline"):
            assert entry["public_on"] >= entry["on"], entry


def test_what_a_book_infers_and_what_nobody_read_is_marked_and_not_said(deal: Tables) -> None:
    """Pages print the marks; a note says what happened."""
    apart = "inference|second hand|not opened|read only in|Read in the press|was found"
    for one in deal["source"]:
        assert not re.search(apart, one["publisher"] + one["title"]), one["key"]
    for entry in deal["entry"]:
        assert not re.search(apart, entry.get("note", "")), entry


def test_no_figure_rests_on_pages_that_nobody_opened(deal: Tables) -> None:
    unread = {one["key"] for one in deal["source"] if one.get("read") is False}
    for entry in deal["entry"]:
        if "value" in entry:
            assert not unread.issuperset(sources_of(entry)), entry


def test_what_becomes_public_late_says_so_itself(deal: Tables) -> None:
    """Otherwise the day of an older event's page would hide it for weeks."""
    for entry in deal["entry"]:
        if "public_on" not in entry:
            late = public_on(deal, entry) - date.fromisoformat(entry["on"])
            assert late <= timedelta(days=14), entry


def test_nothing_that_must_be_kept_up_ends_with_its_agreement(deal: Tables) -> None:
    """Its text names its own end, or it never ends."""
    if not [one for one in deal["agreement"]["deadline"] if one["kind"] == "expiry"]:
        return
    for one in deal["concession"]:
        ends = [own for own in one.get("deadline", []) if own["kind"] == "expiry"]
        is_limit = any(own.get("bound") == "at-most" for own in one.get("deadline", []))
        if one.get("hold") or is_limit:
            assert ends, one["slug"]


def test_every_concession_has_an_entry(deal: Tables) -> None:
    told = {concession_of(deal, entry) for entry in deal["entry"]}
    assert told >= {one["slug"] for one in deal["concession"]}


def test_headlines_are_short_and_one_a_week_with_the_conclusions(deal: Tables) -> None:
    """Each is known in its week, as the week of its day has it."""
    headlines = [one for one in deal["entry"] if one.get("headline")]
    weeks = [date.fromisoformat(one["on"]).isocalendar()[:2] for one in headlines]
    known = [public_on(deal, one).isocalendar()[:2] for one in headlines]

    assert weeks == known
    assert len(weeks) == len({*weeks})
    assert date.fromisoformat(deal["agreement"]["agreed_on"]).isocalendar()[:2] in weeks
    assert [one["note"] for one in headlines if len(one["note"]) > 70] == []


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
    rows = findings(tracker, busan, "busan-truce", day)

    kinds = [one["finding"] for one in rows]
    unread = [one["subject"] for one in rows if one["finding"] == "unread"]
    rules = ["us-301-exclusions", "us-affiliates-rule", "us-port-fees-suspend"]
    assert unread == [*rules, "us-h200-licences"]
    assert kinds.count("unofficial") <= 9, [one["subject"] for one in rows]
    assert not {"contested", "contradicted", "unsourced"} & set(kinds)


@pytest.mark.slow
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
