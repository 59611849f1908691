"""The feed: an Atom document with an item for each week."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from tracker.calendar import title_of
from tracker.dates import Week
from tracker.publish.charts import NO_XML
from tracker.publish.pages import week_file
from tracker.reports.view import View
from tracker.tables import Report, visible

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 52
"""How many weeks the feed holds."""
NEWS = ("Changed", "Also")
"""The parts of a weekly page that hold its news."""


class Item(NamedTuple):
    """A week in the feed, and what happened in it, in one line for each concession."""

    week: Week
    headline: str
    lines: list[str]


def item(week: Week, report: Report) -> Item:
    """Return the item of a week from its report."""
    return Item(week, report.headline, [*_changes(report)])


def _changes(report: Report) -> Iterator[str]:
    """Yield the changes of a week; marks of sources lead nowhere in a feed."""
    for section in report.sections:
        for cells in section.cells if section.title in NEWS else ():
            words = " · ".join(cell.text for cell in cells if cell.text and not cell.cites)
            notes = [cell.below for cell in cells if cell.below]
            yield ": ".join([words, *notes]).replace("\n", "; ")


def feed(view: View, items: Sequence[Item], base: str) -> str:
    """Return the feed of weeks, given the latest first.

    Its addresses begin with `base`, or are relative if that is empty. Its days are those of the
    weeks, so that a new program makes no old week new.
    """
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(root, "id", _identity(*view.state.agreements))
    _add(root, "title", f"{title_of(view)}: weeks")
    _add(root, "subtitle", f"Evidence to {view.state.book.evidence_on or 'no day yet'}")
    _add(root, "updated", _moment(view, items[0].week))
    _add(ElementTree.SubElement(root, "author"), "name", title_of(view))
    _link(root, "self", f"{base}feed.xml")
    _link(root, "alternate", base or "index.html")
    for week, headline, lines in items[:LENGTH]:
        node = ElementTree.SubElement(root, "entry")
        _add(node, "id", _identity(*view.state.agreements, str(week)))
        _add(node, "title", headline)
        _add(node, "updated", _moment(view, week))
        _link(node, "alternate", f"{base}{week_file(week)}")
        _add(node, "content", "\n".join(lines), type="text")
    ElementTree.indent(root)
    text = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _moment(view: View, week: Week) -> str:
    """Return the end of a week, or of the day of the view."""
    return f"{min(week.end, view.clocks.as_of).isoformat()}T23:59:59Z"


def _add(parent: ElementTree.Element, name: str, words: str, **attributes: str) -> None:
    node = ElementTree.SubElement(parent, name, attributes)
    node.text = NO_XML.sub("\ufffd", visible(words))


def _link(parent: ElementTree.Element, relation: str, address: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address})


def _identity(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "/".join(("truce-tracker", *parts))).urn
