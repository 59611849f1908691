from base64 import b64encode
from hashlib import sha256

import pytest

from tests import hostile
from tests.conftest import Run
from tests.hostile import Seen
from tests.questions import every_report
from tests.tables.specimen import Sale
from tracker.tables import TIE, Cell, Column, Report, Section, Surface, render, visible
from tracker.tables.html import HtmlWriter, element, render_html, web_link

REPORTS = [line.split() for line in every_report() if line != "check"]


def page_of(tracker: Run, *arguments: str) -> str:
    ran = tracker(*arguments, "-f", "html")
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize("arguments", REPORTS, ids=" ".join)
def test_every_report_is_a_page_that_says_what_its_parts_are(
    tracker: Run, arguments: list[str]
) -> None:
    page = page_of(tracker, *arguments)
    seen = Seen(page)
    assert page.startswith("<!DOCTYPE html>\n")
    assert seen.named("html")[0].attributes == {"lang": "en"}
    titles = [one.text for one in seen.named("title") if "id" not in one.attributes]
    assert len(seen.named("h1")) == len(titles) == len(seen.named("main")) == 1
    (title,) = titles
    kickers = [one.text for one in seen.named("p") if one.attributes.get("class") == "kicker"]
    assert title in (seen.named("h1")[0].text, *kickers)
    clocks = [one.text for one in seen.named("p") if one.attributes.get("class") == "clocks"]
    assert len(clocks) == 1
    assert all(one.attributes["aria-label"] for one in seen.named("table"))
    scopes = {cell.attributes.get("scope") for cell in seen.named("th")}
    assert scopes <= {"row", "col", "rowgroup"}
    ids = [one.attributes["id"] for one in seen.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))


def test_the_policy_admits_the_page_s_own_style_and_nothing_else(tracker: Run) -> None:
    seen = Seen(page_of(tracker, "week"))
    (policy,) = (
        str(one.attributes["content"])
        for one in seen.named("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    (style,) = seen.named("style")
    digest = b64encode(sha256(style.text.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "unsafe" not in policy


def test_a_page_fetches_nothing(tracker: Run) -> None:
    seen = Seen(page_of(tracker, "week"))
    fetched = [str(one.attributes.get("href")) for one in seen.named("link")]
    assert all(address.startswith("data:") for address in fetched)
    assert "url(" not in seen.named("style")[0].text


def test_a_receipt_is_a_page_too(tracker: Run) -> None:
    page = page_of(tracker, "log", "soybeans", "partly")
    assert Seen(page).named("h1")[0].text == "Truce Tracker"
    assert "soybeans: started → partly" in page.replace(TIE, " ")


def test_a_source_s_address_is_a_link_that_tells_nobody_where_it_was_followed(tracker: Run) -> None:
    assert (
        tracker("note", "soybeans", "sales", "--source", "https://usda.example/a?b=1&c=2").code == 0
    )
    page = page_of(tracker, "sources")
    (link,) = [one for one in Seen(page).named("a") if one.attributes.get("rel")]
    assert link.attributes["href"] == link.text == "https://usda.example/a?b=1&c=2"
    assert link.attributes["rel"] == "external noopener noreferrer"
    assert "b=1&amp;c=2" in page


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//evil.example",
        "https://ok.example\njavascript:alert(1)",
        'https://ok.example" onclick="alert(1)',
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    assert "<a" not in web_link("the source", address)


def test_text_in_markup_is_escaped_wherever_it_stands() -> None:
    assert element("p", "<b> & \"'\x1b\u202e", title='"><script>') == (
        '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt; &amp; &quot;&#x27;\\x1b\\u202e</p>'
    )


def test_a_row_that_names_nothing_has_no_header() -> None:
    columns = [
        Column("State", lambda row: row[0], whole=True),
        Column("What", lambda row: row[1], whole=True),
    ]
    rows = [("kept", "soybeans"), ("", "coal")]
    page = Seen(render_html(Report({"rows": []}, Sale, ["Gains"], [Section(columns, rows)])))

    assert [one.text for one in page.named("th")] == ["State", "What", "kept"]


@pytest.mark.parametrize("note", hostile.NOTES, ids=lambda note: repr(note[:12]))
def test_a_hostile_note_is_shown_and_not_obeyed(tracker: Run, note: str) -> None:
    assert tracker("note", "soybeans", note).code == 0
    page = page_of(tracker, "show", "soybeans")
    hostile.assert_harmless(page)
    assert visible(note).strip() in Seen(page).text


def test_a_hostile_book_makes_harmless_pages(tracker: Run) -> None:
    hostile.fill(tracker)
    for arguments in REPORTS:
        hostile.assert_harmless(page_of(tracker, *arguments))


def test_an_address_is_behind_the_words_on_its_source() -> None:
    url = "https://www.usda.gov/export-sales"
    columns = [
        Column("", lambda _: "[1]", whole=True),
        Column("", lambda row: Cell(row[0], href=row[1]), whole=True),
    ]
    rows = [
        (f"USDA, “Export sales”, 8 Jan\n{url}", url),
        (f"USDA: {url}", url),
        (url, url),
        ("USDA, by fax", None),
        ("USDA: javascript:alert(1)", "javascript:alert(1)"),
    ]
    report = Report({"rows": []}, Sale, ["Sources"], [Section(columns, rows)])
    seen = Seen(render_html(report))

    assert [one.text for one in seen.named("a") if one.attributes["href"] == url] == [
        *("USDA, “Export sales”, 8 Jan", "USDA", url),
    ]
    assert [one.text for one in seen.named("td")][3:] == [
        "USDA, by fax",
        "USDA: javascript:alert(1)",
    ]
    assert f"| [USDA]({url})" in render(report, "markdown", Surface())


def test_a_cell_links_to_the_page_of_what_it_is_about_if_there_is_one() -> None:
    promises = Section(
        [Column("Promise", lambda row: Cell(row.title(), about=row), whole=True)], ["beef", "coal"]
    )

    page = Seen(HtmlWriter("Week", {"beef": "beef.html"}).section(promises))

    assert [(one.text, one.attributes["href"]) for one in page.named("a")] == [
        ("Beef", "beef.html")
    ]
    assert "Coal" in page.text
