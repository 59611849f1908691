"""Quotations against the kept texts of their sources."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from tracker.facts import Concession, KeptText
from tracker.groups import by_key
from tracker.reports.view import View


class Missing(NamedTuple):
    """A concession whose quotation is not in the latest kept text of its source."""

    concession: str
    text: KeptText


class Unread(NamedTuple):
    """A kept text that is missing or altered, and how many quotations rest on it."""

    text: KeptText
    quotations: int


def missing(view: View, source: str | None = None) -> Iterator[Missing | Unread]:
    """Yield each quotation in view that is not in the latest text of its source.

    With a source, those from it, in view or not. Only the words of texts that are quoted are read.
    """
    if not view.texts:
        return
    from tracker.texts.shelf import Shelf  # slow to load, and few books need it
    from tracker.texts.words import quotes

    shelf = Shelf.of(view.connection.target)
    for key, quoted in _quoted(view, source).items():
        if not (texts := view.texts.get(key)) or not quoted:
            continue
        text = texts[-1]
        lines = shelf.words(text.fingerprint) if shelf else None
        if lines is None:
            yield Unread(text, len(quoted))
            continue
        yield from (Missing(slug, text) for slug, quote in quoted if not quotes(lines, quote))


def _quoted(view: View, source: str | None) -> dict[str, list[tuple[str, str]]]:
    """Return the concessions that quote each source, or one, with their quotations."""
    if source is not None:
        rows = view.connection.rows("quoting", key=source, known=view.clocks.known)
        return {source: [(slug, quote) for slug, quote in rows]}
    quoting = view.concessions.values()
    key_of = {key: one.key for key, one in view.sources.items()}
    return by_key((key_of[one.source], (one.slug, one.quote)) for one in quoting if one.quote)


def warnings(view: View, source: str | None = None, of: Collection[str] = ()) -> Iterator[str]:
    """Yield sentences on missing quotations, from one source or all, of some concessions or all."""
    for one in missing(view, source):
        text = f"the text of {one.text.source} from {view.day(one.text.seen_on)}"
        if isinstance(one, Unread):
            yield f"{text} is missing or altered, so no quote was checked against it"
        elif not of or one.concession in of:
            yield f"{one.concession}: its quote is not in {text}"


def resting(view: View) -> dict[str, list[Concession]]:
    """Return the concessions that each source states, directly or through a deadline."""
    of_days = by_key((one.concession, one.source) for one in view.deadlines.values())
    return by_key(
        (key, one)
        for one in view.concessions.values()
        for key in {view.sources[of].key for of in (one.source, *of_days[one.slug])}
    )
