"""The static site: its files, and the folder, which is published whole or not at all."""

import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from tracker.database import Connection
from tracker.database.sqlite import occupied
from tracker.dates import Period, Span, shifted, week_of
from tracker.errors import Refused, WrongUsage
from tracker.files import LEFTOVER, beside, blaming, is_running
from tracker.journal.batch import held_by
from tracker.publish import calendar, pages
from tracker.publish.charts import Figure, converter, drawings, progresses, trend
from tracker.reports import REPORTS
from tracker.reports.gains import GainsRow
from tracker.reports.view import View
from tracker.reports.weekly.page import page
from tracker.tables import WEB_ADDRESS, Report, Surface, render
from tracker.tables.html import HtmlWriter, Markup, element, join

Drafted = tuple[dict[str, str], list[Figure]]


def drafted(view: View, base: str = "") -> Drafted:
    """Return what a site takes from the book; addresses in its feed begin with `base`, if known.

    These are its texts by file, and its charts: to draw them takes long and does not need the book.
    """
    weeks = weeks_of(view)
    links = {str(week): pages.page_file("week", week) for week in weeks} | _links(view)
    targets = progresses(view)
    site = pages.Site(
        view, weeks, links, {slug: figure.markup for slug, figure in targets.items()}
    )
    texts = dict[str, str]()

    current = page(view, weeks[0])
    tallies = dict[Span, list[GainsRow]]()
    items = list[Item]()
    for week in weeks:
        report = current if week == weeks[0] else page(view.at(week.end), week)
        file = links[str(week)]
        texts[file] = site.week(file, report, week)
        tallies[week] = report.document["promised"]
        items.append((week, report.headline, news_of(report)))
    over_time = [*trend(view, tallies)]
    charts = {
        "gains": [figure.markup for figure in over_time],
        "pace": [figure.markup for figure in targets.values()],
    }
    texts[pages.INDEX] = site.week(pages.INDEX, current, weeks[0], charts["gains"])
    texts[pages.WEEKS] = site.archive({week: headline for week, headline, _ in items})
    texts |= _of_reports(site, charts)
    texts[pages.FEED] = feed(view, items, base)
    texts[pages.CALENDAR] = calendar.render(view)
    return texts, [*targets.values(), *over_time]


def _of_reports(
    site: pages.Site, charts: Mapping[str, Sequence[Markup]]
) -> dict[str, str]:
    """Return the pages of reports, agreements and concessions, and the reports as CSV."""
    view = site.view
    texts = dict[str, str]()
    for listed in REPORTS:
        if not listed.page and not listed.has_csv:
            continue
        answer = listed.ask(view)
        if listed.page:
            texts[listed.page] = site.listing(
                listed.page, answer, charts.get(listed.command, ())
            )
        if listed.has_csv:
            texts[f"{listed.command}.csv"] = render(answer, "csv", Surface())
    for slug in view.state.agreements:
        texts[site.links[slug]] = site.agreement(slug)
    for slug in view.state.positions:
        texts[site.links[slug]] = site.concession(slug)
    return texts


def weeks_of(view: View) -> list[Span]:
    """Return the weeks that have a page, the latest first.

    These are the current one and those in which anything can have changed: an agreement was
    reached, an entry happened, became public or was recorded, or a deadline passed. There are as
    many as the book has days, however far apart these are.
    """
    state = view.state
    days = {
        view.clocks.as_of,
        *(owner.agreed_on.last for owner in state.agreements.values()),
    }
    deadlines = set[Period | None]()
    for deadline in state.deadlines.values():
        deadlines.add(deadline.due_on)
        days.add(deadline.opens_on or view.clocks.as_of)
    for batch in state.record.batches.values():
        days.add((batch.recorded_at + timedelta(minutes=batch.utc_offset)).date())
    for entry in state.listed(state.record.entries.values()):
        days |= {entry.on, entry.public_on or entry.on}
        deadlines.add(entry.due_on)
    for due in deadlines:
        if due is not None:
            days |= {
                due.last,
                shifted(due.last, 1),
            }  # on the day itself it has not yet passed
    return sorted(
        {week_of(day) for day in days if day <= view.clocks.as_of}, reverse=True
    )


def _links(view: View) -> dict[str, str]:
    """Return the page of each agreement and concession, and of deadlines, by slug."""
    links = {slug: pages.page_file("agreement", slug) for slug in view.state.agreements}
    links |= {slug: pages.page_file("concession", slug) for slug in view.state.positions}
    for slug, deadline in view.state.deadlines.items():
        links[slug] = links.get(str(deadline.concession), "deadlines.html")
    return links


# --- the feed -------------------------------------------------------------------------------------

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 52
"""How many weeks the feed holds."""
NEWS = ("Changed", "Also")
"""The parts of a weekly page that hold its news."""


Item = tuple[Span, str, str]
"""A week in the feed, its headline, and its news as HTML."""


def news_of(report: Report) -> str:
    """Return the news of a week as HTML; marks of sources lead nowhere in a feed."""
    sections = (
        section for section in report.uncited().sections if section.title in NEWS
    )
    return str(join(map(HtmlWriter("").section, sections)))


def feed(view: View, items: Sequence[Item], base: str) -> str:
    """Return the feed of weeks, given the latest first.

    Its addresses begin with `base`, or are relative if that is empty. Its days are those of the
    weeks, so that a new program makes no old week new.
    """
    title = calendar.title_of(view).replace("\n", " ")
    agreements = [*view.state.agreements]
    entries = (
        element(
            "entry",
            element("id", _identity(*agreements, str(week))),
            element("title", headline.replace("\n", " ")),
            element("updated", _moment(view, week)),
            element(
                "link",
                "",
                rel="alternate",
                href=f"{base}{pages.page_file('week', week)}",
            ),
            element("content", news, type="html"),
        )
        for week, headline, news in items[:LENGTH]
    )
    whole = element(
        "feed",
        element("id", _identity(*agreements)),
        element("title", f"{title}: weeks"),
        element(
            "subtitle", f"Evidence to {view.state.book.evidence_on or 'no day yet'}"
        ),
        element("updated", _moment(view, items[0][0])),
        element("author", element("name", title)),
        element("link", "", rel="self", href=f"{base}feed.xml"),
        element("link", "", rel="alternate", href=base or "index.html"),
        *entries,
        xmlns=ATOM,
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n{whole}\n'


def _moment(view: View, week: Span) -> str:
    """Return the end of a week, or of the day of the view."""
    return f"{min(week.end, view.clocks.as_of).isoformat()}T23:59:59Z"


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

Ask = Callable[[Callable[[View], tuple[Drafted, str]]], tuple[Drafted, str]]


def publish(folder: Path, ask: Ask, url: str | None = None) -> tuple[int, bool]:
    """Write a book's site to a folder; `ask` calls a function with the book's view.

    `url` is the site's address. Return how many files it has, and whether they were written: an
    unchanged site is left as it is.
    """
    base = base_of(url)
    converter()  # or refuse before all pages are made
    held_in(folder)
    (texts, figures), origin = ask(lambda view: (drafted(view, base), origin_of(view)))
    files = {name: text.encode() for name, text in texts.items()} | drawings(figures)
    return len(files), lay(folder, files, origin)


def origin_of(view: View) -> str:
    """Return the origin of a site, for its marker; that of an empty book has none."""
    batches, shown = view.state.record.batches, view.state.book
    if not batches:
        return ""
    first = bytes(batches[min(batches)].seal).hex()
    return f"{first} {shown.entries} {shown.head}"


def require_own(folder: Path, connection: Connection) -> str | None:
    """Refuse a folder with the site of another book, or with a point that this book does not hold.

    Return what to say of a site that does not name its book: an earlier version made it.
    """
    held = held_in(folder)
    if not held:
        return None
    origin = ORIGIN.search(held.get(MARKER, b"").decode("utf-8", "replace"))
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


def lay(folder: Path, files: Mapping[str, bytes], origin: str = "") -> bool:
    """Put the files of a site into a folder, in one step; return whether any was written."""
    held = held_in(folder)
    lines = [
        f"{name} {sha256(content).hexdigest()}\n"
        for name, content in sorted(files.items())
    ]
    if origin:
        lines.append(f"{MARKER} {origin}\n")
    laid = {**files, MARKER: "".join(lines).encode()}
    is_new = held != laid
    with blaming(folder):
        real = Path(os.path.realpath(folder))
        if is_new:
            real.parent.mkdir(parents=True, exist_ok=True)
            _replace(real, laid)
        with suppress(OSError):  # the site is in its place
            _remove_leftovers(real.parent)
    return is_new


def held_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a site as they were written; refuse a folder with any other.

    A file that the marker names may be somebody else's: it is ours if its digest matches.
    """
    real = Path(os.path.realpath(folder))
    with blaming(folder):
        for place in (real, *real.parents):  # missing ones are made, too
            if reason := occupied(place):
                raise Refused("file in the way", path=place, reason=reason)
        if not folder.exists():
            return {}
        files = {
            path.name: path.read_bytes()
            if path.is_file() and not path.is_symlink()
            else None
            for path in folder.iterdir()
        }
        digests = {}
        for line in (files.get(MARKER) or b"").decode("utf-8", "replace").split("\n"):
            name, digest, *_ = [*line.split(" "), ""]  # 0.2 wrote more behind the digest
            digests[name] = digest
        held = {
            name: content
            for name, content in files.items()
            if content is not None
            and (name == MARKER or sha256(content).hexdigest() == digests.get(name))
        }
        for foreign in sorted(files.keys() - held.keys()):
            raise Refused("not our folder", folder=folder, found=foreign)
        return held


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder beside the old one and swap them; if that fails, the old one is back."""
    draft = beside(folder)
    old = draft.with_suffix(".old")
    try:
        draft.mkdir()
        for name, content in files.items():
            (draft / name).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
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
