"""The feed of changes: an Atom document, one entry for each update that counts."""

from collections.abc import Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from tracker.calendar import stamp
from tracker.dates import iso_moment, period_in_words
from tracker.facts import Entry
from tracker.publish.drawing import NO_XML
from tracker.publish.pages import FEED, INDEX
from tracker.reports.citations import described
from tracker.reports.history import NEWS, in_short, standing
from tracker.reports.view import View
from tracker.tables.cells import visible
from tracker.tables.markup import WEB_ADDRESS

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 100
"""How many of the latest changes the feed holds."""


def feed(view: View, title: str, links: Mapping[str, str]) -> str:
    """Return the feed; its addresses stand relative to the feed's own."""
    changes = [one for one in standing(view.history()) if one.kind in NEWS]
    latest = sorted(changes, key=lambda one: (one.recorded_at, one.entry), reverse=True)[:LENGTH]
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _say(root, "id", _identity(*view.agreements))
    _say(root, "title", f"{title}: changes")
    _say(root, "updated", _moment(latest[0].recorded_at if latest else stamp(view)))
    _link(root, "self", FEED)
    _link(root, "alternate", INDEX)
    for entry in latest:
        _entry(root, view, entry, links)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, "unicode")}\n'


def _entry(root: ElementTree.Element, view: View, entry: Entry, links: Mapping[str, str]) -> None:
    about = entry.subject
    node = ElementTree.SubElement(root, "entry")
    _say(
        node, "id", _identity(str(entry.agreement), iso_moment(entry.recorded_at), str(entry.entry))
    )
    _say(node, "title", f"{about}: {in_short(view, entry)}")
    _say(node, "updated", _moment(entry.recorded_at))
    _say(node, "published", _moment(entry.recorded_at))
    _say(ElementTree.SubElement(node, "author"), "name", entry.author)
    _link(node, "alternate", links.get(about, INDEX))
    source = view.sources[entry.source] if entry.source else None
    if source and source.url and WEB_ADDRESS.fullmatch(source.url):
        _link(node, "related", source.url)
    near = view.clocks.as_of
    parts = [
        period_in_words(entry.effective_on, near),
        entry.note,
        described(source, near) if source else None,
    ]
    _say(node, "content", "\n".join(part for part in parts if part), type="text")


def _say(parent: ElementTree.Element, name: str, words: str, **attributes: str) -> None:
    node = ElementTree.SubElement(parent, name, attributes)
    node.text = NO_XML.sub("\ufffd", visible(words))


def _link(parent: ElementTree.Element, relation: str, address: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address})


def _identity(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "/".join(("truce-tracker", *parts))).urn


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
