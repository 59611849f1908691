"""Quotations against the kept texts of their sources."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from tracker.facts import Concession, KeptText
from tracker.groups import by_key
from tracker.reports.view import View


class Quotations(NamedTuple):
    """What is quoted from a source, compared with its latest kept text."""

    text: KeptText
    quoting: list[str]
    """The concessions that quote it."""
    missing: list[str] | None
    """Those whose quotation is not in the text; None if its file is missing or altered."""


def quotations(view: View, source: str | None = None) -> Iterator[Quotations]:
    """Yield what is quoted in view from each source that has a kept text.

    With a source, what is quoted from it, in view or not. Only the words of texts that are quoted
    are read.
    """
    if not view.state.texts:
        return
    from tracker.texts.shelf import Shelf  # slow to load, and few books need it
    from tracker.texts.words import quotes

    shelf = Shelf.of(view.state.record.contents.book)
    for key, quoted in _quoted(view, source).items():
        if quoted and (texts := view.state.texts.get(key)):
            lines = shelf.words(texts[-1].fingerprint) if shelf else None
            missing = None
            if lines is not None:
                missing = [slug for slug, quote in quoted if not quotes(lines, quote)]
            yield Quotations(texts[-1], [slug for slug, _ in quoted], missing)


def _quoted(view: View, source: str | None) -> dict[str, list[tuple[str, str]]]:
    """Return the concessions that quote each source, or one, with their quotations."""
    if source is not None:
        every = view.state.whole().concessions.values()
        found = [(one.slug, one.quote) for one in every if one.source == source and one.quote]
        return {source: found}
    quoting = view.state.concessions.values()
    key_of = {key: one.key for key, one in view.state.sources.items()}
    return by_key((key_of[one.source], (one.slug, one.quote)) for one in quoting if one.quote)


def warnings(view: View, source: str | None = None, of: Collection[str] = ()) -> Iterator[str]:
    """Yield sentences on missing quotations, from one source or all, of some concessions or all."""
    for text, _, missing in quotations(view, source):
        said = f"the text of {text.source} from {view.day(text.seen_on)}"
        if missing is None:
            yield f"{said} is missing or altered, so no quote was checked against it"
        for slug in missing or ():
            if not of or slug in of:
                yield f"{slug}: its quote is not in {said}"


def resting(view: View) -> dict[str, list[Concession]]:
    """Return the concessions that each source states, directly or through a deadline."""
    of_days = by_key((one.concession, one.source) for one in view.state.deadlines.values())
    return by_key(
        (key, one)
        for one in view.state.concessions.values()
        for key in {view.state.sources[of].key for of in (one.source, *of_days[one.slug])}
    )
