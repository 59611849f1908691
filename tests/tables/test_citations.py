"""The marks of sources in tables lead to the sources, and nothing else does."""

from typing import NamedTuple

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.conftest import Run
from tests.hostile import Element, Seen
from tests.tables.specimen import HOSTILE, hostile_text
from tracker.tables import Cell, Column, Report, Section, Surface, cited, render

ADDRESS = "https://www.usda.gov/sales"
AWKWARD = {
    "https://en.wikipedia.org/wiki/Soy_(food)": "https://en.wikipedia.org/wiki/Soy_%28food%29",
    "https://usda.gov/a?b=1&copy=2": "https://usda.gov/a?b=1&copy=2",
    "https://usda.gov/a|b*c~d": "https://usda.gov/a%7Cb%2Ac~d",
    "https://usda.gov/]x[": "https://usda.gov/%5Dx%5B",
    "https://usda.gov/大豆": "https://usda.gov/%E5%A4%A7%E8%B1%86",
    "https://usda.gov/\u202etxt": "https://usda.gov/%E2%80%AEtxt",
}
HARMFUL = [
    *("javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//evil.example"),
    *("https://usda.gov/a b", 'https://usda.gov/"onclick="x', "https://usda.gov/>x", "file:///x"),
    *("https://usda.gov/\n# title", "https://usda.gov/`x`", "https://usda.gov/\\)"),
]


class Note(NamedTuple):
    """A note, and the marks of its sources."""

    text: str
    marks: str


class Source(NamedTuple):
    """A source under its mark."""

    mark: str
    url: str | None


def notes(*rows: Note, url: str | None = ADDRESS, listed: bool = True) -> Report:
    """Return a report on notes that cite one source."""
    note = Column("Note", lambda row: cited(row.text, row.marks), cites=True, whole=True)
    of_source = [
        Column("", lambda row: row.mark, right=True),
        Column("", lambda row: Cell(row.url or "a book", href=row.url), whole=True),
    ]
    sources = Section(of_source, [Source("[1]", url)], "Sources")._replace(lists_sources=listed)
    return Report({"rows": rows}, Note, ["Notes"], [Section([note], rows), sources])


def parts(report: Report) -> list[Token]:
    """Return the parts of all texts that CommonMark sees."""
    markdown = MarkdownIt("commonmark").enable("table")
    text = render(report, "markdown", Surface())
    return [part for token in markdown.parse(text) for part in token.children or []]


def links(report: Report) -> list[str]:
    return [str(one.attrs["href"]) for one in parts(report) if one.type == "link_open"]


def anchors(page: str) -> list[Element]:
    """Return the marks that are links."""
    return [one for one in Seen(page).named("a") if one.text.startswith("[")]


# --- Markdown -----------------------------------------------------------------------------------


def test_a_mark_leads_to_the_address_of_its_source() -> None:
    report = notes(Note("sold", " [1]"))

    assert f"| sold [\\[1\\]]({ADDRESS}) |" in render(report, "markdown", Surface())
    assert links(report) == [ADDRESS, ADDRESS]


@pytest.mark.parametrize("address", AWKWARD)
def test_an_awkward_address_is_written_so_that_markdown_keeps_it(address: str) -> None:
    mark, source = links(notes(Note("sold", " [1]"), url=address))

    assert mark == source == MarkdownIt().normalizeLink(AWKWARD[address])


@pytest.mark.parametrize("address", [*HARMFUL, None])
def test_no_harmful_address_becomes_a_link(address: str | None) -> None:
    report = notes(Note("sold", " [1]"), url=address)

    assert links(report) == []
    assert "sold \\[1\\]" in render(report, "markdown", Surface())


@pytest.mark.parametrize("text", [*HOSTILE, "wow!", "[1](javascript:alert(1))", "\\", "[[", "!["])
@pytest.mark.parametrize("between", ["", " "])
def test_text_before_a_mark_does_not_change_what_it_is(text: str, between: str) -> None:
    report = notes(Note(text, f"{between}[1]"))

    found = parts(report)
    assert {*links(report)} <= {ADDRESS}
    assert not [one for one in found if one.type == "image"]
    assert all(one.content == "<br>" for one in found if one.type == "html_inline")


@given(hostile_text)
def test_a_mark_in_any_text_leads_nowhere_else(text: str) -> None:
    report = notes(Note(text, " [1]"), Note(f"[1]{text}", ""))

    assert {*links(report)} == {ADDRESS}
    assert not [one for one in parts(report) if one.type == "image"]


# --- HTML ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["html", "mail"])
def test_on_a_page_and_in_a_mail_a_mark_leads_to_the_address(kind: str) -> None:
    page = render(notes(Note("sold", " [1]")), kind, Surface())

    assert [one.attributes["href"] for one in anchors(page)] == [ADDRESS]


@pytest.mark.parametrize("address", HARMFUL)
def test_on_a_page_no_harmful_address_becomes_a_link(address: str) -> None:
    page = render(notes(Note("sold", " [1]"), url=address), "html", Surface())

    assert not anchors(page)


@pytest.mark.parametrize("kind", ["html", "mail", "markdown"])
def test_a_mark_is_text_where_no_source_is_listed_or_none_cited(kind: str) -> None:
    unlisted = notes(Note("sold", " [1]"), Note("sold", " [2]"), listed=False)
    uncited = notes(Note("as the article says [1]", ""))

    for report in (unlisted, uncited):
        text = render(report, kind, Surface()).partition("Sources")[0].rpartition("Skip")[2]
        assert "<a" not in text
        assert "](" not in text


@pytest.mark.parametrize(
    "report",
    [
        "week 2026-W02",
        "show cn-soy-2025",
        "history --all",
        "show us-affiliates-rule",
        "diff 2026-01-01",
    ],
)
def test_each_mark_of_a_report_leads_to_a_source_of_its_page(
    tracker: Run, busan: object, report: str
) -> None:
    page = Seen(tracker(*report.split(), "-f", "html", db=busan).out)

    addresses = {str(one.attributes["href"]) for one in page.named("a")[1:] if one.text[:1] != "["}
    marks = {
        one.text: str(one.attributes["href"]) for one in page.named("a") if one.text[:1] == "["
    }
    assert marks
    assert {*marks.values()} <= addresses


def test_plain_text_has_the_marks_alone() -> None:
    text = render(notes(Note("sold", " [1]")), "text", Surface())

    assert text.splitlines()[2:4] == ["NOTE", "sold [1]"]


@pytest.mark.parametrize("kind", ["text", "markdown", "html", "grid"])
@pytest.mark.parametrize("report", ["status", "claims", "pace"])
def test_a_report_that_says_nothing_new_cites_no_sources(
    tracker: Run, busan: object, report: str, kind: str
) -> None:
    shown = tracker(report, "-f", kind, db=busan).out

    assert ("Sources" in shown, "[1]" in shown) == (False, False)
