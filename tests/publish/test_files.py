"""Files of a small site, without their style, and its charts; reviewed like code."""

import csv
import json
import re
import shlex
from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import NO_SHAPES, make_book
from tests.publish.conftest import site_of
from tracker import settings
from tracker.cli import run
from tracker.database import Target, open_book
from tracker.publish import charts, files_of
from tracker.publish.charts import Picture
from tracker.reports import View
from tracker.state import Clocks

FOLDER = Path(__file__).parent
DAY = date(2026, 3, 11)
BASE = "https://truce.example/geneva/"
SESSION = """
2026-02-19 apply truce.toml
2026-02-19 log cn-soy announced --says us --on 2026-01-15 -m "Told to reporters before the talks"
2026-02-19 log cn-soy us-fentanyl started --on 2026-02-18 --source sheet
2026-02-20 measure cn-soy-2026 2 --by USDA --basis sold --on 2026-02-19 --source usda
2026-02-20 log us-visas met --on 2026-02-20
2026-02-23 measure cn-soy-2026 0.5 --by Customs --basis arrived --flow --on 2026-02-22
2026-02-24 log us-fentanyl met --on 2026-02-24 --source sheet --source https://www.ustr.gov/duties
2026-02-24 log us-ports met --on 2026-02-24
2026-02-25 log us-chips met --says us --on 2026-02-24 --public 2026-02-25
2026-02-25 apply framework.toml
2026-02-26 log us-chips started --says cn --on 2026-02-26
2026-02-26 log cn-antitrust cn-tiktok started --on 2026-02-25
2026-02-26 measure cn-soy-2026 20 --by USDA --basis sold --on 2026-02-25
2026-02-27 move cn-ports-notice 2026-03-07 --says cn --on 2026-02-27 -m "A holiday"
2026-02-27 log cn-soy met --on 2026-02-26 --source usda -m "25 MMT sold"
2026-02-27 log cn-rare-earths partial --says us --on 2026-02-27
2026-02-27 log cn-rare-earths partial --says cn --on 2026-02-27
2026-02-28 log us-cars broken --on 2026-02-28
2026-02-28 undo
2026-03-02 measure cn-licences 62 --by "EU Chamber" --basis issued --on 2026-02-28
2026-03-02 measure cn-licences 55 --by MOFCOM --basis issued --on 2026-02-20
2026-03-02 log us-visas overtaken --on 2026-03-01
2026-03-02 measure us-cars-ceiling 27.5 --by CBP --basis level --on 2026-03-02
2026-03-03 amend 52 --value 2.5
2026-03-03 retract 54 --reason "USDA revised its report"
2026-03-03 log cn-soy partial --on 2026-03-03 --source usda
2026-03-04 measure cn-soy-2026 3.5 --by USDA --basis sold --on 2026-03-03 --source usda
2026-03-04 note council "The list of members is not public yet" --says cn --on 2026-03-04
2026-03-05 log us-chips stalled --on 2026-03-05 -m "No licence for two weeks"
2026-03-05 note geneva-truce "Talks on a second round begin"
2026-03-06 close us-chips-review cancelled --on 2026-03-06
2026-03-06 move geneva-review 2026-03-09 --on 2026-03-06
2026-03-07 log cn-ports missed --on 2026-03-07
2026-03-08 log cn-ports broken --on 2026-03-08 -m "Fees are charged again"
2026-03-08 log cn-antitrust moot --on 2026-03-08
2026-03-09 amend 69 --on 2026-03-04 --reason "It was a day earlier"
2026-03-09 measure us-cars-ceiling 15 --by CBP --basis level --on 2026-03-09
2026-03-09 log us-ports reversed --on 2026-03-09
2026-03-09 change council --title "Set up a board of trade" --reason "As the sheet calls it"
2026-03-09 close geneva-review met --on 2026-03-09
2026-03-09 amend 68 --note "The members are not public yet"
2026-03-10 log us-cars met --on 2026-03-10
2026-03-10 log kr-ships negotiating --says us --on 2026-03-10
2026-03-10 note us-chips --on 2026-03-10 "BIS says that no licence is held back, and that the \
rule of January still needs words that firms read"
2026-03-11 amend 84 --source joint --reason "As the statement says"
2026-03-11 checked cn-tiktok
2026-03-11 log cn-rare-earths met --on 2026-03-11 --source https://www.mofcom.gov.cn/licences
"""
PAGES = ["concession-cn-soy", "weeks", "week-2026-W03"]
"""A page of each make."""
FILES = ["status.csv"]
VARIES = re.compile(
    r"<style.*?</style>|<script.*?</script>|sha256-[^&]+|head [0-9a-f]{32}|(?<=chart-)[0-9a-f]{20}",
    re.DOTALL,
)
LINES = re.compile(
    r"(?=<(?:meta|title|link|body|a class|header|nav|main|h\d|p|section|div|dl|ul|li|table"
    r"|tr|figure|svg|text|rect|details|footer)\b)"
)


class Site(NamedTuple):
    """The files of a site, and its charts."""

    files: Mapping[str, str]
    figures: list[Picture]


@pytest.fixture(scope="module")
def truce(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site, with empty charts."""
    book = make_book(tmp_path_factory.mktemp("truce") / "truce.db", None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "drawn", lambda _: NO_SHAPES.encode())
        for line in SESSION.strip().replace("\\\n", "").splitlines():
            day, _, words = line.partition(" ")
            patch.setattr(settings, "now", lambda on=day: datetime.fromisoformat(f"{on}T09:30Z"))
            given = ["--db", str(book), "--today", day, "--author", "analyst"]
            files = {name: str(FOLDER / name) for name in ("truce.toml", "framework.toml")}
            assert run([*given, *(files.get(one, one) for one in shlex.split(words))]) == 0, line
        with closing(open_book(Target("sqlite", str(book)))) as connection:
            view = View.read(connection, Clocks(DAY))
            files = {name: content.decode() for name, content in files_of(view, BASE)}
            return Site(files, [*charts.progresses(view).values()])


def test_a_site_has_these_files(truce: Site, snapshot: SnapshotAssertion) -> None:
    assert [name for name in truce.files if not name.startswith("chart-")] == snapshot


def test_a_page_reads_as_reviewed(truce: Site, snapshot: SnapshotAssertion) -> None:
    for name in PAGES:
        page = VARIES.sub("…", truce.files[f"{name}.html"])
        assert LINES.sub("\n", page) == snapshot(name=name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_for_others_reads_as_reviewed(
    truce: Site, snapshot: SnapshotAssertion, name: str
) -> None:
    """The columns first, one per line, so that a failure names the one that was added."""
    written = truce.files[name]
    columns = next(csv.reader(StringIO(written, newline="")))
    rows = csv.DictReader(StringIO(written, newline=""))
    cells = [f"{row[columns[0]]} {key}: {row[key]}" for row in rows for key in row if row[key]]

    assert columns == snapshot(name="columns")
    assert cells == snapshot(name="cells")


def test_the_newest_weeks_of_the_feed_read_as_reviewed(
    truce: Site, snapshot: SnapshotAssertion
) -> None:
    assert truce.files["feed.xml"].split("</entry>")[:2] == snapshot


def test_a_correction_is_an_item_that_is_called_so(truce: Site) -> None:
    read: Any = feedparser.parse(truce.files["feed.xml"])

    corrections = [entry for entry in read.entries if entry.title.startswith("Correction: ")]
    news = [entry for entry in read.entries if entry not in corrections]
    assert corrections[0].title == "Correction: week 11, 9–15 Mar 2026"
    assert {entry.link for entry in corrections} <= {f"{BASE}{name}" for name in truce.files}
    assert all("<h2>Corrected</h2>" in entry.content[0].value for entry in corrections)
    assert not any("<h2>Corrected</h2>" in entry.content[0].value for entry in news)
    assert len({entry.id for entry in read.entries}) == len(corrections) + len(news)


def test_an_event_of_the_calendar_reads_as_reviewed(
    truce: Site, snapshot: SnapshotAssertion
) -> None:
    first, _, _ = re.sub("\r?\n ", "", truce.files["deadlines.ics"]).partition("END:VEVENT")
    assert first == snapshot


def test_the_data_of_a_chart_read_as_reviewed(truce: Site, snapshot: SnapshotAssertion) -> None:
    target, *_ = truce.figures
    data = json.dumps(json.loads(target.specs[0])["datasets"])
    assert data.replace("},", "},\n") == snapshot


@pytest.mark.usefixtures("undrawn")
def test_a_site_of_an_empty_book_reads_as_reviewed(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    made = site_of(make_book(tmp_path / "new.db", None), date(2026, 2, 25))

    assert [*made] == snapshot(name="files")
    assert LINES.sub("\n", VARIES.sub("…", made["index.html"].decode())) == snapshot
