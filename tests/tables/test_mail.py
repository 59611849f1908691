import re
import sys
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests import hostile
from tests.conftest import Run
from tests.hostile import Seen
from tests.tables.specimen import HOSTILE, sales_report
from tests.tables.test_html import REPORTS
from tracker.tables import MARK, visible
from tracker.tables.html import render_mail

DROPPED = ("script", "style", "link", "img", "iframe", "object", "form", "base", "svg")
"""What mail programs drop, or fetch, or warn of."""


def mail_of(tracker: Run, *arguments: str) -> str:
    ran = tracker(*arguments, "-f", "mail")
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def assert_safe(page: str) -> None:
    """Hold a mail to what no text in the book may change."""
    seen = Seen(page)
    assert not seen.named(*DROPPED)
    for one in seen.elements:
        assert not {name for name in one.attributes if name.startswith("on")}
        assert "http-equiv" not in one.attributes
        assert str(one.attributes.get("href", "https:")).startswith(("https:", "http:"))
        style = str(one.attributes.get("style", ""))
        assert not [
            word for word in ("url(", "var(", "@", "position", "expression") if word in style
        ]
    assert not set(page) & set("\x00\x07\x1b\u202e\u202c\u2066\u2069")


@pytest.mark.parametrize("arguments", REPORTS, ids=" ".join)
def test_a_mail_needs_no_style_sheet_and_fetches_nothing(
    tracker: Run, arguments: list[str]
) -> None:
    page = mail_of(tracker, *arguments)

    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>\n")
    assert_safe(page)
    seen = Seen(page)
    assert all("style" in one.attributes for one in seen.named("body", "h1", "h2", "td", "th"))


@pytest.mark.parametrize("arguments", REPORTS, ids=" ".join)
def test_a_mail_says_what_the_page_says_in_the_same_order(
    tracker: Run, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)  # a page has charts, a mail has none
    page, mail = (Seen(tracker(*arguments, "-f", kind).out) for kind in ("html", "mail"))

    for names in (("h1", "h2"), ("th", "td")):
        of_page, of_mail = (
            [MARK.sub("", one.text).replace("\n", "") for one in seen.named(*names)]
            for seen in (page, mail)
        )
        assert of_page == of_mail


def test_a_mail_links_to_the_site_that_the_settings_name(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "On the web" not in mail_of(tracker, "week")
    (tmp_path / "config.toml").write_text('site_url = "https://truce.example.org"\n')
    monkeypatch.setenv("TRACKER_CONFIG", str(tmp_path / "config.toml"))

    last = Seen(mail_of(tracker, "week")).named("a")[-1]

    assert last.attributes["href"] == last.text == "https://truce.example.org"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_not_obeyed(text: str) -> None:
    page = render_mail(sales_report(text))

    assert_safe(page)
    shown = " ".join(Seen(page).text.split())
    assert "".join(visible(text).split()) in shown.replace(" ", "")


@pytest.mark.parametrize("arguments", [["week"], ["show", "soybeans"], ["history", "--all"]])
def test_a_hostile_book_makes_a_harmless_mail(tracker: Run, arguments: list[str]) -> None:
    hostile.fill(tracker)

    assert_safe(mail_of(tracker, *arguments))


def test_a_mail_reads_as_reviewed(tracker: Run, told: Path, snapshot: SnapshotAssertion) -> None:
    ran = tracker("--today", "2026-01-11", "week", "-f", "mail", db=told)

    page = re.sub(r"head [0-9a-f]{32}", "head …", ran.out)
    assert re.sub(r"(?=<(?:meta|title|body|h\d|p|table|tr|div)\b)", "\n", page) == snapshot
