"""The documentation as a site: it says what the pages say, and loads nothing from elsewhere."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from markdown_it import MarkdownIt

from tests.conftest import Shared
from tests.packaging.conftest import uv

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "docs" / "site" / "mkdocs.yml"
PAGES = {
    **{page: f"{page.stem}.html" for page in ROOT.glob("C*.md")},
    **{
        page: page.relative_to(ROOT / "docs").with_suffix(".html").as_posix()
        for page in sorted((ROOT / "docs").rglob("*.md"))
    },
    ROOT / "README.md": "index.html",
}
"""The pages of the checkout, and where they are in the site."""
LOADS = {"script": "src", "img": "src", "iframe": "src", "link": "href"}
"""What makes a browser load a file, and where it names the file."""


@pytest.fixture(scope="module")
def site(shared: Shared) -> Path:
    """The site, built as `CONTRIBUTING.md` says; each warning is an error."""

    def build(folder: Path) -> None:
        group = ["run", "-q", "--isolated", "--project", ROOT, "--only-group", "docs"]
        uv(*group, "mkdocs", "build", "-q", "--strict", "-f", CONFIG, "-d", folder)

    return shared("site", build)


class Shown(HTMLParser):
    """What a page shows between two tags, without what the theme adds."""

    def __init__(self, html: str, within: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.within, self.inside = within, False
        self.text: list[str] = []
        self.elements: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside |= tag == self.within
        added = tag in {"nav", "style"} or dict(attrs).get("class") in {"headerlink", "filename"}
        if self.inside and (self.open or added):
            self.open.append(tag)
        elif self.inside and tag in {"h1", "h2", "h3", "p", "li", "tr", "td", "pre", "strong"}:
            self.elements.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != self.within
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.inside and not self.open:
            self.text.append(data)

    def words(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.text)).strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_of_the_site_says_what_it_says_on_github(page: Path, site: Path) -> None:
    markdown = MarkdownIt("commonmark").enable("table").render(page.read_text("utf-8"))

    there = Shown(f"<body>{markdown}</body>", "body")
    here = Shown((site / PAGES[page]).read_text("utf-8"), "article")

    assert here.words() == there.words()
    assert here.elements == there.elements


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    class Loads(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(dict(attrs).get(LOADS.get(tag, "")) or "")

    found: list[str] = []
    for page in site.rglob("*.html"):
        Loads().feed(page.read_text("utf-8"))

    assert any(name.endswith(".css") for name in found)
    assert not [name for name in found if urlsplit(name).netloc]
    assert not [page for page in site.rglob("*.css") if "url(http" in page.read_text("utf-8")]


def test_search_knows_every_page_and_every_command(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    places = {one["location"] for one in index["docs"]}

    assert set(PAGES.values()) <= places
    assert "reference/commands.html#week" in places


def test_files_that_pages_name_are_there(site: Path) -> None:
    assert (site / "examples" / "phase-one.toml").exists()
    assert (site / "CITATION.cff").exists()
    assert not [*site.rglob("*.py"), *site.rglob("mkdocs.yml")]
