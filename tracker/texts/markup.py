"""Makes HTML safe to parse: only complete tags and text remain.

For every comment, declaration or tag that was left open, `html.parser` searches the rest of the
page for the end. A page full of such openings would take it hours.
"""

import re
from collections.abc import Iterator

TAG = re.compile(
    r"</?[A-Za-z][^\s<>/\"']{0,60}"
    r"(?:[^<>\"']|\"[^\"]{0,1000000}\"|'[^']{0,1000000}')*+>"
)
"""A complete tag; an attribute may contain a whole picture."""
DECLARATION = re.compile(r"<[!?][^<>]{0,2000}>")
BEGINNING = re.compile(r"<!--|<!\[CDATA\[|<(?:script|style)(?=[\s>/])", re.IGNORECASE)
"""The start of something that is not text, or of text that looks like a declaration."""
ENDS = {
    "<!--": re.compile("-->"),
    "<script": re.compile("</script[^<>]{0,200}>", re.IGNORECASE),
    "<style": re.compile("</style[^<>]{0,200}>", re.IGNORECASE),
}
"""The end of each."""
MOST = 100
"""How many tags may be left open before every `<` counts as text."""


def safe(html: str) -> str:
    """Return a page without comments, scripts and declarations, and without open tags."""
    return "".join(_parts(html))


def _parts(html: str) -> Iterator[str]:
    place, left_open = 0, 0
    absent: set[str] = set()
    while (start := html.find("<", place)) >= 0:
        yield html[place:start]
        if (begun := BEGINNING.match(html, start)) is not None:
            place = _behind(html, begun[0].lower(), begun.end(), absent)
        elif (tag := TAG.match(html, start)) or (tag := DECLARATION.match(html, start)):
            yield tag[0] if tag.re is TAG else ""
            place = tag.end()
        else:
            left_open += html[start + 1 : start + 2].isalpha()
            if left_open > MOST:
                yield html[start:].replace("<", "&lt;")
                return
            yield "&lt;"
            place = start + 1
    yield html[place:]


def _behind(html: str, begun: str, within: int, absent: set[str]) -> int:
    """Return where text continues after a part that is not text, or within one left open.

    A script without an end includes the rest of the page, as in browsers.
    """
    end = ENDS.get(begun)
    if end is None:
        return within
    found = None if begun in absent else end.search(html, within)
    if found is None:
        absent.add(begun)
        return within if begun == "<!--" else len(html)
    return found.end()
