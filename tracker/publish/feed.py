"""The feed of changes: an Atom document, one entry for each update that counts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from tracker.calendar import stamp
from tracker.dates import in_words, iso_moment, period_in_words
from tracker.facts import Entry, StageMark
from tracker.publish.drawing import NO_XML
from tracker.publish.head import address_of, shortened
from tracker.publish.pages import FEED, INDEX
from tracker.publish.retracted import Retracted, retracted
from tracker.reports.citations import described
from tracker.reports.frame import amount
from tracker.reports.history import anchor, effect, in_short, standing, title_of
from tracker.reports.view import View
from tracker.rules.stages import position
from tracker.tables.cells import WEB_ADDRESS, visible
from tracker.vocabulary import NEWS, EntryKind, Stage

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 100
"""How many changes the feed holds: the latest by their day, or by that of their correction."""
NOTED = 100
"""The most characters of a note in a title."""


class Feed(NamedTuple):
    """The data of a feed; its addresses begin with `base`, or are relative if that is empty.

    `links` maps each concession and each deadline to its page.
    """

    view: View
    title: str
    links: Mapping[str, str]
    base: str

    def render(self) -> str:
        """Return the feed."""
        journal = self.view.history()
        changes = [one for one in standing(journal) if one.kind in NEWS]
        before, corrected = _stages_before(self.view, changes), {}
        days = {one.entry: one.effective_on.last for one in changes}
        for one in retracted(journal):
            item = one.right or one.by
            corrected[item.entry], days[item.entry] = one, one.by.effective_on.last
            if one.right is None:
                changes.append(item)
        latest = sorted(changes, key=lambda one: (days[one.entry], one.entry), reverse=True)
        latest = latest[:LENGTH]
        updated = max((one.recorded_at for one in latest), default=None)
        root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
        _say(root, "id", _identity(*self.view.agreements))
        _say(root, "title", f"{self.title}: changes")
        _say(root, "updated", _moment(updated or stamp(self.view)))
        _link(root, "self", f"{self.base}{FEED}")
        _link(root, "alternate", address_of(INDEX, self.base))
        for entry in latest:
            self._entry(root, entry, before.get(entry.entry), corrected.get(entry.entry))
        ElementTree.indent(root)
        text = ElementTree.tostring(root, "unicode")
        return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'

    def _entry(
        self, root: ElementTree.Element, item: Entry, before: Stage | None, wrong: Retracted | None
    ) -> None:
        """Add the item of an update, or of a retraction.

        Each has an id of its own, as many readers never look at an item again. A correction has
        the id of the new entry, and the item of the wrong one leaves the feed.
        """
        view, recorded = self.view, iso_moment(item.recorded_at)
        entry = wrong.wrong if wrong and wrong.right is None else item
        node = ElementTree.SubElement(root, "entry")
        _say(node, "id", _identity(str(entry.agreement), recorded, str(item.entry)))
        _say(node, "title", _title(view, entry, before, wrong))
        _say(node, "updated", _moment(item.recorded_at))
        _say(node, "published", f"{item.effective_on.last.isoformat()}T00:00:00Z")
        _say(ElementTree.SubElement(node, "author"), "name", item.author)
        _link(node, "alternate", address_of(self._page(entry), self.base))
        source = view.sources[entry.source] if entry.source else None
        if source and source.url and WEB_ADDRESS.fullmatch(source.url):
            _link(node, "related", source.url)
        parts = [
            _retraction(wrong) if wrong else None,
            period_in_words(entry.effective_on),
            entry.note,
            described(source, date.min) if source else None,
        ]
        _say(node, "content", "\n".join(part for part in parts if part), type="text")

    def _page(self, entry: Entry) -> str:
        """Return the page of an entry: in the history of its concession, if it has one."""
        if entry.concession and entry.concession in self.links:
            return f"{self.links[entry.concession]}#{anchor(entry)}"
        return self.links.get(entry.subject, INDEX)


def _stages_before(view: View, changes: Sequence[Entry]) -> dict[int, Stage]:
    """Return the stage before each verdict among changes, by the verdict's entry number."""
    found: dict[int, Stage] = {}
    now: dict[str, Stage] = {}
    verdicts = [one for one in changes if one.is_verdict]
    claims = view.claims_beside(one.entry for one in verdicts)
    for entry in sorted(verdicts, key=lambda one: (one.effective_on.last, one.entry)):
        slug = str(entry.concession)
        found[entry.entry] = now[slug] if slug in now else _unjudged(view, claims, entry)
        now[slug] = entry.stage or found[entry.entry]
    return found


def _unjudged(view: View, claims: Mapping[str, Sequence[StageMark]], first: Entry) -> Stage:
    """Return the stage of a concession before its first verdict, as both sides' claims had it."""
    slug = str(first.concession)
    said = [
        one
        for one in claims.get(slug, ())
        if (one.on, one.entry) < (first.effective_on.last, first.entry)
    ]
    concession = view.concessions[slug]
    promised_on = view.promised_on(concession)
    return position(concession, promised_on, view.sides[slug], (), said).stage


def _title(view: View, entry: Entry, before: Stage | None, wrong: Retracted | None) -> str:
    """Return an item's title, which says whether it corrects or retracts something."""
    subject, change = title_of(view, entry), _change(view, entry, before)
    if wrong is None:
        return f"{subject}: {change}"
    if wrong.right is None:
        return f"Retracted: “{subject}”: {change}"
    return f"Correction: “{subject}”: {change}{_was(view, wrong.wrong, wrong.right)}"


def _was(view: View, wrong: Entry, right: Entry) -> str:
    """Return in brackets what an entry said before; nothing if only a note or a source changed."""
    was, now = in_short(view, wrong), in_short(view, right)
    if was == now:
        on = period_in_words(wrong.effective_on)
        return f" (was dated {on})" if wrong.effective_on != right.effective_on else ""
    is_figure = in_short(view, wrong._replace(value=right.value)) == now
    return f" (was {amount(wrong.value, wrong.unit) if is_figure else was})"


def _retraction(one: Retracted) -> str:
    """Return when and why an update was corrected or retracted."""
    what = "Corrected" if one.right else "Retracted"
    reason = f": {one.by.note}" if one.by.note else "."
    return f"{what} on {in_words(one.by.recorded_at.date())}{reason}"


def _change(view: View, entry: Entry, before: Stage | None) -> str:
    """Return what changed: before → after, or what was recorded."""
    what = in_short(view, entry) + effect(view, entry)
    if entry.kind is EntryKind.NOTE and entry.note:
        words = " ".join(entry.note.split())
        said = f"{what}: " if entry.says else ""
        return f"{said}{shortened(words, NOTED)}"
    return f"{before} → {what}" if before and before is not entry.stage else what


def _say(parent: ElementTree.Element, name: str, words: str, **attributes: str) -> None:
    node = ElementTree.SubElement(parent, name, attributes)
    node.text = NO_XML.sub("\ufffd", visible(words))


def _link(parent: ElementTree.Element, relation: str, address: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address})


def _identity(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "/".join(("truce-tracker", *parts))).urn


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
