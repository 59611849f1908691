"""Table formats for people: how each escapes text, breaks lines and writes titles."""

import re
from collections.abc import Callable
from typing import NamedTuple

from tracker.tables.cells import UNSAFE, WEB_ADDRESS, visible
from tracker.vocabulary import TABLE_FORMATS


class Dialect(NamedTuple):
    """A format of tables; `tablefmt` is tabulate's name for it.

    `cell_escape` replaces `escape` inside tables, where tabulate itself escapes the rest. `wraps`
    says whether cells may have several lines, and so whether tables are fitted to the width of a
    terminal. `link` writes text with a link, if the format has links.
    """

    tablefmt: str
    escape: Callable[[str], str] = visible
    wraps: bool = False
    heading: str = "{}"
    title: str = "{}"
    struck: str = "{}"
    upper: bool = False
    cell_escape: Callable[[str], str] | None = None
    link: Callable[[str, str], str] | None = None

    def cell(self, text: str) -> str:
        """Return text escaped for tabulate."""
        return (self.cell_escape or self.escape)(text)


def marked(
    marks: str, replacement: str | Callable[[str], str], line_break: str
) -> Callable[[str], str]:
    """Return a function that replaces each mark by `replacement`, in which `{}` is the mark."""
    pattern = f"[{re.escape(marks)}]"  # compiled at first use: most formats are not used

    def mend(found: re.Match[str]) -> str:
        mark = found[0]
        return replacement.format(mark) if isinstance(replacement, str) else replacement(mark)

    def escape(text: str) -> str:
        return re.sub(pattern, mend, visible(text)).replace("\n", line_break)

    return escape


def entity(mark: str) -> str:
    """Return a character as an HTML entity."""
    return f"&#{ord(mark)};"


def markdown(text: str) -> str:
    """Return text that CommonMark with tables shows unchanged, on one line."""
    safe = MARKDOWN_MARKS.sub(r"\\\1", visible(text).replace("&", "&amp;"))
    return MARKDOWN_START.sub(r"\1\\\2", safe).replace("\n", "<br>")


MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]<>|~])")
MARKDOWN_START = re.compile(r"^(\s*\d*)([#+=.)-])")


def _markdown_link(text: str, address: str) -> str:
    """Return text as a link if the address is a web address, else the text alone."""
    if not WEB_ADDRESS.fullmatch(address):
        return markdown(text)
    return f"[{markdown(text)}]({NO_ADDRESS.sub(_percent, address).replace('&', '&amp;')})"


NO_ADDRESS = re.compile(rf"{UNSAFE.pattern}|[()\[\]|*_~^{{}}]")
"""What ends an address in Markdown, or has a meaning in it."""


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _on_one_line(text: str) -> str:
    """Return text without line breaks, for formats that tabulate escapes itself."""
    return visible(text).replace("\n", " ")


LATEX_NAMES = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
}


backslashed = marked("\\`*_|", "\\{}", " ")
latex = marked("\\&%$#_{}^~<>", lambda mark: LATEX_NAMES.get(mark, f"\\{mark}"), " ")
wiki = marked("&<>|[]{}'=*#:;~_-!", entity, "<br>")

MARKDOWN = Dialect(
    "pipe", markdown, heading="# {}", title="## {}", struck="~~{}~~", link=_markdown_link
)

DIALECTS = {
    **{name: Dialect(name, wraps=True) for name in TABLE_FORMATS},  # of those without markup
    "text": Dialect("plain", wraps=True, upper=True),
    "markdown": MARKDOWN,
    "pipe": MARKDOWN,
    "github": MARKDOWN._replace(tablefmt="github"),
    "colon_grid": Dialect("colon_grid", markdown, heading="# {}", title="## {}"),
    "asciidoc": Dialect(
        "asciidoc", marked("\\|{<*_`#", "\\{}", " "), heading="= {}", title="== {}"
    ),
    "jira": Dialect(
        "jira", marked("\\|{}[]*_-+^~?!", "\\{}", " "), heading="h1. {}", title="h2. {}"
    ),
    "latex": Dialect("latex", latex, cell_escape=_on_one_line),
    "latex_booktabs": Dialect("latex_booktabs", latex, cell_escape=_on_one_line),
    "latex_longtable": Dialect("latex_longtable", latex, cell_escape=_on_one_line),
    "mediawiki": Dialect("mediawiki", wiki, heading="= {} =", title="== {} =="),
    "moinmoin": Dialect(
        "moinmoin", marked("&<>|[]{}'=_^`~!", entity, "<<BR>>"), heading="= {} =", title="== {} =="
    ),
    "orgtbl": Dialect("orgtbl", marked("|", "\\vert{{}}", " "), heading="* {}", title="** {}"),
    "rst": Dialect("rst", backslashed, title="**{}**", heading="**{}**"),
    "textile": Dialect(
        "textile", marked('&<>|*_@-+^~%"!', entity, "<br>"), heading="h1. {}", title="h2. {}"
    ),
    "youtrack": Dialect("youtrack", marked("\\|*_`[]{}<>", "\\{}", " ")),
}
"""Every format for people by name, without tabulate's raw ones, which escape nothing."""
