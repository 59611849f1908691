"""The content of a hostile book, and what a reader of HTML sees."""

import re
from html.parser import HTMLParser

from tests.conftest import Run

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("https://evil.example","soybeans")'
ESCAPES = "\x1b[2J\x1b]8;;https://evil.example\x07soybeans\x1b]8;;\x07"
BIDI = "sold \u202egnihton\u202c \u2066in all\u2069"
LONG = "soybeans " * 11_400  # 100 kB
CLOSERS = "</style></title></textarea>--><!-- ]]> \" ' ` & &lt;"
NOTES = (SCRIPT, FORMULA, ESCAPES, BIDI, CLOSERS, "[x](javascript:alert(1))", LONG)


def fill(tracker: Run) -> None:
    """Write into a book what no output may obey."""
    for text in NOTES:
        assert tracker("note", "soybeans", text).code == 0
    for text in (SCRIPT, ESCAPES, BIDI):
        ran = tracker("log", "soybeans", "partial", "-m", text)
        assert ran.code == 0, ran.err


class Element:
    """An element's name, its attributes and the text right within it."""

    def __init__(self, name: str, attributes: dict[str, str | None]) -> None:
        self.name = name
        self.attributes = attributes
        self.text = ""


class Seen(HTMLParser):
    """The elements and the text of a page, as a browser's parser finds them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.text = ""
        self._open: list[Element] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in ("meta", "link", "br", "hr", "img", "source"):
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open:
            self._open[-1].text += data

    def named(self, *names: str) -> list[Element]:
        """Return the elements of these names."""
        return [one for one in self.elements if one.name in names]


UNSAFE_ELEMENTS = ("script", "iframe", "object", "embed", "base", "form", "foreignobject")
OUR_CHART = re.compile(r"chart-[0-9a-f]{20}\.svg|data:image/svg\+xml;base64,[A-Za-z0-9+/=]+")


def assert_harmless(page: str, *scripts: str) -> None:
    """Check what no text in the book may change in a page, which may have these scripts."""
    seen = Seen(page)
    assert [one.text for one in seen.named(*UNSAFE_ELEMENTS)] == [*scripts]
    for element in seen.elements:
        for name, value in element.attributes.items():
            assert not name.startswith("on"), (element.name, name)
            assert name != "style", element.name
            if name in ("src", "srcset"):
                assert OUR_CHART.fullmatch(str(value)), value
            if name == "href":
                assert not str(value).lower().startswith(("javascript:", "//")), value
    assert not set(page) & set("\x00\x07\x1b\u202e\u202c\u2066\u2069")
