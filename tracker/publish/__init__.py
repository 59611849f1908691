"""The static site: its files, and the folder, which is published whole or not at all."""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from hashlib import file_digest, sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from tracker.database import Connection
from tracker.database.sqlite import occupied
from tracker.dates import Period, Span, shifted, span_in_words, week_of
from tracker.errors import Refused, WrongUsage
from tracker.files import LEFTOVER, beside, blaming, is_running
from tracker.publish import pages
from tracker.publish.charts import converter, drawings, progresses
from tracker.record import held_by
from tracker.reports import REPORTS
from tracker.reports.deadlines import deadlines
from tracker.reports.frame import title_of
from tracker.reports.view import View
from tracker.reports.weekly import page
from tracker.tables import WEB_ADDRESS, Report, Surface, render
from tracker.tables.data import render_csv
from tracker.tables.html import HtmlWriter, Markup, element, join

SiteFiles = Iterable[tuple[str, bytes]]
"""The files of a site, by their names, as they are made: a large site never is in memory."""


def files_of(view: View, base: str = "") -> SiteFiles:
    """Yield the files of a book's site; addresses in its feed begin with `base`, if known."""
    site = pages.Site(view, _links(view), progresses(view), set())
    made = page(view, week_of(view.as_of))
    headlines = dict[Span, str]()
    entries = list[Markup]()
    for name, text in _weeks(site, made, headlines, entries, base):
        yield name, text.encode()
    yield pages.INDEX, site.overview(made, headlines).encode()
    yield pages.WEEKS, site.archive(headlines).encode()
    for name, text in _of_reports(site):
        yield name, text.encode()
    yield pages.DATA, site.data().encode()
    yield pages.FEED, feed(view, entries, base).encode()
    yield pages.CALENDAR, render(deadlines(view), "ics", Surface()).encode()
    yield from drawings(site.specs)


def _weeks(
    site: pages.Site,
    current: Report,
    headlines: dict[Span, str],
    entries: list[Markup],
    base: str,
) -> Iterator[tuple[str, str]]:
    """Yield the pages of the weeks with news, the latest first.

    Add their headlines, and the entries of the feed. Each page leads to the one before and the one
    after, so that it waits for the one before.
    """
    view = site.view
    later: Span | None = None
    waiting: tuple[Span, Report] | None = None
    for week in weeks_of(view):
        report = current
        if week.end < view.as_of:
            report = page(view.at(week.end), week)
        if not any(section.title in (*NEWS, CORRECTED) for section in report.sections):
            continue
        headlines[week] = report.headline
        if len(headlines) <= LENGTH:
            entries += entries_of(site, week, report, base)
        if waiting:
            yield site.past_week(*waiting, later, week)
            later = waiting[0]
        waiting = week, report
    if waiting:
        yield site.past_week(*waiting, later, None)


def _of_reports(site: pages.Site) -> Iterator[tuple[str, str]]:
    """Yield the pages of reports, agreements and concessions, and the reports as CSV."""
    view = site.view
    for listed in REPORTS:
        if not listed.page and not listed.has_csv:
            continue
        answer = listed.ask(view)
        if listed.page:
            yield listed.page, site.listing(listed.page, answer)
        if listed.has_csv:
            yield f"{listed.command}.csv", render(answer, "csv", Surface())
    for slug in view.agreements:
        yield site.links[slug], site.agreement(slug)
    for slug in view.positions:
        yield site.links[slug], site.concession(slug)


def weeks_of(view: View) -> list[Span]:
    """Return the weeks in which anything can have changed, the latest first.

    An agreement was reached, an entry happened, became public or was recorded, or a deadline
    passed. There are as many as the book has days, however far apart these are.
    """
    days = {
        view.as_of,
        *(owner.agreed_on.last for owner in view.agreements.values()),
    }
    deadlines = set[Period | None]()
    for deadline in view.deadlines.values():
        deadlines.add(deadline.due_on)
        days.add(deadline.opens_on or view.as_of)
    for batch in view.record.batches.values():
        days.add((batch.recorded_at + timedelta(minutes=batch.utc_offset)).date())
    for entry in view.listed(view.record.entries.values()):
        days |= {entry.on, entry.public_on or entry.on}
        deadlines.add(entry.due_on)
    for due in deadlines:
        if due is not None:
            # On its own day it has not yet passed.
            days |= {due.last, shifted(due.last, 1)}
    return sorted({week_of(day) for day in days if day <= view.as_of}, reverse=True)


def _links(view: View) -> dict[str, str]:
    """Return the page of each agreement and concession, and of deadlines, by slug."""
    links = {slug: pages.page_file("agreement", slug) for slug in view.agreements}
    links |= {slug: pages.page_file("concession", slug) for slug in view.positions}
    for slug, deadline in view.deadlines.items():
        links[slug] = links.get(str(deadline.concession), "deadlines.html")
    return links


# --- the feed -------------------------------------------------------------------------------------

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 52
"""How many weeks the feed holds."""
NEWS = ("Changed", "Also")
"""The parts of a weekly page that hold its news."""
FOLLOWS = ("New at risk", "Next")
"""The parts that say what follows from the news."""
CORRECTED = "Corrected"
"""The part that says what was wrong in the book."""


def entries_of(site: pages.Site, week: Span, report: Report, base: str) -> list[Markup]:
    """Return the entries of a week in the feed: its news, and what it corrects as one of its own.

    Their links lead to the site's pages, and to sources on the web.
    """
    links = {slug: base + page for slug, page in site.links.items()}
    writer = HtmlWriter("", links, report.sources)
    parts = dict[str, Markup]()
    for section in report.sections:
        if section.title in (*NEWS, *FOLLOWS, CORRECTED):
            parts[section.title] = writer.section(section)
    corrected = parts.pop(CORRECTED, None)
    entries = []
    if any(title in parts for title in NEWS):
        deck = element("p", report.deck) if report.deck else ""
        news = join([deck, *parts.values()])
        entries.append(_entry(site.view, week, base, report.headline, news))
    if corrected:
        title = f"Correction: {span_in_words(week)}"
        entries.append(_entry(site.view, week, base, title, corrected, "corrected"))
    return entries


def _entry(
    view: View, week: Span, base: str, title: str, content: Markup, *part: str
) -> Markup:
    return element(
        "entry",
        element("id", _identity(*view.agreements, str(week), *part)),
        element("title", title.replace("\n", " ")),
        element("updated", _moment(view, week)),
        element("link", "", rel="alternate", href=base + pages.page_file("week", week)),
        element("content", str(content), type="html"),
    )


def feed(view: View, entries: Sequence[Markup], base: str) -> str:
    """Return the feed of weeks, given the latest first.

    Its addresses begin with `base`, or are relative if that is empty. Its days are those of the
    weeks, so that a new program makes no old week new.
    """
    title = title_of(view).replace("\n", " ")
    whole = element(
        "feed",
        element("id", _identity(*view.agreements)),
        element("title", f"{title}: weeks"),
        element("subtitle", f"Evidence to {view.book.evidence_on or 'no day yet'}"),
        element("updated", _moment(view, week_of(view.as_of))),
        element("author", element("name", title)),
        element("link", "", rel="self", href=f"{base}feed.xml"),
        element("link", "", rel="alternate", href=base or "index.html"),
        *entries,
        xmlns=ATOM,
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n{whole}\n'


def _moment(view: View, week: Span) -> str:
    """Return the end of a week, or of the day of the view."""
    return f"{min(week.end, view.as_of).isoformat()}T23:59:59Z"


def _identity(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "/".join(("truce-tracker", *parts))).urn


# --- the folder ----------------------------------------------------------------------------------

MARKER = ".truce-tracker"
"""The file that lists what publishing made, so that it replaces nothing else: in each line a name
and a digest. Its own line has the origin of the site instead."""
SEAL = "[0-9a-f]{64}"
ORIGIN = re.compile(
    rf"^{re.escape(MARKER)} (?P<book>{SEAL}) (?P<entries>\d{{1,10}}) (?P<head>{SEAL})$",
    re.ASCII | re.MULTILINE,
)
"""A book, which is known by the seal of its first batch, and the point that its site shows."""


def publish(folder: Path, view: View, url: str | None = None) -> tuple[int, bool]:
    """Write a book's site to a folder; `url` is the site's address.

    Return how many files it has, and whether any was written: an unchanged site is left as it is.
    """
    base = base_of(url)
    converter()  # or refuse before all pages are made
    return lay(folder, files_of(view, base), origin_of(view))


def tables(view: View) -> SiteFiles:
    """Return the main table of each report on the whole book as CSV, with the name of its file.

    Each row says as of which day and as known by which entry it holds. `book.json` names the book.
    """
    files = [("book.json", _named(view).encode())]
    for listed in REPORTS:
        week = [week_of(view.as_of)] if listed.about == "week" else []
        if week or not listed.about:
            table = render_csv(listed.ask(view, *week), point=("as_of", "known_by"))
            files.append((f"{listed.command}.csv", table.encode()))
    return files


def _named(view: View) -> str:
    """Return what names a book: its agreements and the seal of its first batch; and its point."""
    as_of, _, hindsight = view.clocks
    entries, head, _ = view.book
    view.record.require_whole()  # of one agreement, its first batch may be a later one
    book = {
        "agreements": [*view.agreements],
        "first_seal": origin_of(view).partition(" ")[0],
        "as_of": as_of.isoformat(),
        "known_by": entries,
        "hindsight": hindsight,
        "head": head,
    }
    return json.dumps(book, indent=2) + "\n"


def origin_of(view: View) -> str:
    """Return the origin of a site, for its marker; that of an empty book has none."""
    batches = view.record.batches
    shown = view.book
    if not batches:
        return ""
    first = bytes(batches[min(batches)].seal).hex()
    return f"{first} {shown.entries} {shown.head}"


def require_own(folder: Path, connection: Connection) -> str | None:
    """Refuse a folder with the site of another book, or with a point that this book does not hold.

    Return what to say of a site that does not name its book: an earlier version made it.
    """
    marker, held = held_in(folder)
    if not held:
        return None
    origin = ORIGIN.search(marker)
    if origin is None:
        return (
            f"'{folder}' did not say which book it shows; "
            f"from now on it shows {connection.target}."
        )
    if held_by(connection, 1).head != origin["book"]:
        raise Refused("another site", folder=folder, book=connection.target)
    entries = int(origin["entries"])
    here = held_by(connection, entries)
    if here.entries < entries:
        reason = f"it shows {entries:,} entries, and the book has {here.entries:,}"
    elif here.head != origin["head"]:
        reason = f"they differ in what they hold up to entry {entries:,}"
    else:
        return None
    raise Refused("newer site", folder=folder, book=connection.target, reason=reason)


def base_of(url: str | None) -> str:
    """Return the beginning of the addresses in a feed; empty if unknown."""
    if url is None:
        return ""
    if not (url.isprintable() and WEB_ADDRESS.fullmatch(url)) or {"?", "#"} & {*url}:
        raise WrongUsage("not an address", text=url)
    return f"{url.removesuffix('/index.html').removesuffix('/')}/"


def lay(
    folder: Path, files: SiteFiles, origin: str = "", marked_by: str = MARKER
) -> tuple[int, bool]:
    """Put the files of a site into a folder, in one step.

    Return how many there are, and whether any is new. Those that are as before stay the same file
    on the disk, so that what copies the site need not copy them again. With another marker they
    are those of no site.
    """
    marker, held = held_in(folder, marked_by)
    with blaming(folder):
        real = Path(os.path.realpath(folder))
        real.parent.mkdir(parents=True, exist_ok=True)
        draft = beside(real)
        try:
            draft.mkdir()
            digests = dict[str, str]()
            for name, content in files:
                digests[name] = sha256(content).hexdigest()
                if not (held.get(name) == digests[name] and _linked(real, draft, name)):
                    (draft / name).write_bytes(content)
            lines = [f"{name} {digest}\n" for name, digest in sorted(digests.items())]
            lines += [f"{marked_by} {origin}\n"] if origin else []
            (draft / marked_by).write_text("".join(lines), "utf-8")
            is_new = (marker, held) != ("".join(lines), digests)
            if is_new:
                _swap(real, draft)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        with suppress(OSError):  # the site is in its place
            _remove_leftovers(real.parent)
    return len(digests), is_new


def _linked(folder: Path, draft: Path, name: str) -> bool:
    """Give a file of a folder to a draft, too, if the disk can do that."""
    with suppress(OSError):
        os.link(folder / name, draft / name)
        return True
    return False


def held_in(folder: Path, marked_by: str = MARKER) -> tuple[str, dict[str, str]]:
    """Return the marker of a site, and the digest of each of its files as it was written.

    A folder with any other file is refused. One that the marker names may be somebody else's: it
    is ours if its digest matches.
    """
    real = Path(os.path.realpath(folder))
    with blaming(folder):
        for place in (real, *real.parents):  # missing ones are made, too
            if reason := occupied(place):
                raise Refused("file in the way", path=place, reason=reason)
        if not folder.exists():
            return "", {}
        paths = {path.name: path for path in folder.iterdir()}
        marked = paths.pop(marked_by, None)
        marker = marked.read_bytes().decode("utf-8", "replace") if marked else ""
        digests = {}
        for line in marker.split("\n"):
            name, digest, *_ = [*line.split(" "), ""]  # 0.2 wrote more behind the digest
            digests[name] = digest
        held = {}
        for name, path in sorted(paths.items()):
            is_file = path.is_file() and not path.is_symlink()
            if not is_file or _digest(path) != digests.get(name):
                raise Refused("not our folder", folder=folder, found=name)
            held[name] = digests[name]
        return marker, held


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _swap(folder: Path, draft: Path) -> None:
    """Put a draft into a folder's place; if that fails, the old one is back."""
    old = draft.with_suffix(".old")
    try:
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _remove_leftovers(parent: Path) -> None:
    """Remove the drafts and old sites in a folder that runs left which were killed.

    A draft beside an old site stays: the run was killed between its two renames, so that the old
    one may be the only copy of a site.
    """
    for path in [*parent.iterdir()]:
        match = LEFTOVER.fullmatch(path.name)
        if match is None or is_running(int(match["process"])) or not path.is_dir():
            continue
        partner = path.with_suffix(".old" if path.suffix == ".new" else ".new")
        if not partner.exists():
            shutil.rmtree(path, ignore_errors=True)
