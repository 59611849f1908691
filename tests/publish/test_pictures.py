"""The pictures of an agreement: their numbers are those of the reports, and they need no colour."""

import json
import math
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, book_at, make_book, parties
from tests.hostile import Seen
from tests.publish.conftest import site_of
from tracker.dates import in_words
from tracker.publish.charts import Picture, drawn, letter_of
from tracker.publish.pictures import has_what, lanes, phases, targets, timeline
from tracker.reports import View
from tracker.reports.gains import gained
from tracker.rules.progress import due_by
from tracker.state import Clocks, State
from tracker.tables import Cell
from tracker.vocabulary import Status

DAY = date(2026, 12, 2)


@pytest.fixture(scope="module")
def truce(busan_template: Path) -> View:
    with book_at(busan_template) as connection:
        return View.read(connection, Clocks(DAY))


def data(figure: Picture | None, place: int = 0) -> dict[str, Any]:
    assert figure is not None
    datasets: dict[str, Any] = json.loads(figure.specs[place])["datasets"]
    return datasets


def table(figure: Picture | None) -> list[list[str]]:
    assert figure is not None
    return [[cell.text for cell in row] for row in figure.table.table()[1]]


def test_each_bar_is_as_long_as_the_report_counts_promises(truce: View) -> None:
    figure = has_what(truce)
    counts = Counter((gain.group, gain.position.status) for gain in gained(truce))

    wanted = [counts[party, status] for party in ("us", "cn") for status in Status]
    for place in range(2):  # wide, narrow
        bars = data(figure, place)["bars"]
        assert [bar["x2"] - bar["x"] for bar in bars] == [many for many in wanted if many]
    assert figure is not None
    _, cells = figure.table.table()
    in_table = {str(status): [cell.text for cell in cells] for status, *cells in named(cells)}
    for status in Status:
        for place, party in enumerate(("us", "cn")):
            of_status = in_table.get(status, ["–", "–"])
            assert of_status[place] == str(counts[party, status] or "–")


def named(rows: list[tuple[Cell, ...]]) -> list[tuple[Any, ...]]:
    """Return rows with the text of their first cell."""
    return [(first.text, *others) for first, *others in rows]


def test_a_promise_of_which_nothing_is_done_is_an_outline(truce: View) -> None:
    figure = has_what(truce)
    assert figure is not None
    drawing = drawn(figure.specs[0]).decode()

    outlines = re.findall(r'Z" fill="#fcfbf8" stroke="#5a564f"', drawing)
    statuses = [bar["status"] for bar in data(figure)["bars"]]
    assert len(outlines) == statuses.count("promised") + statuses.count("negotiating")
    assert ">21 promised<" in drawing


def test_statuses_are_told_apart_without_colour() -> None:
    letters = [letter_of(status) for status in Status]

    assert letter_of("promised") == ""  # the only one that is a plain outline
    assert len({*letters}) == len(letters)


def test_a_lane_changes_on_the_days_of_the_news(truce: View) -> None:
    lane = phases(truce, "cn-soy-2025")

    assert [phase.status for phase in lane][-1] == truce.positions["cn-soy-2025"].status
    for before, after in pairwise(lane):
        assert before.end == after.start
        assert before.status != after.status
        with_hindsight = State(truce.record, Clocks(after.start, hindsight=True))
        assert with_hindsight.positions["cn-soy-2025"].status == after.status


def test_every_promise_has_a_lane_under_who_gains(truce: View) -> None:
    labels = [label["words"] for label in data(lanes(truce, "busan-truce"))["labels"]]

    headings = [at for at, words in enumerate(labels) if words.startswith("To ")]
    assert [labels[at] for at in headings][:2] == ["To the US", "To China"]
    titles = [words for at, words in enumerate(labels) if at not in headings]
    assert sorted(titles) == sorted(promise.title for promise in truce.standing_concessions())


def test_the_bars_of_a_lane_are_the_days_of_its_table(truce: View) -> None:
    figure = lanes(truce, "busan-truce")
    rows = table(figure)
    bars = data(figure)["bars"]

    found = []
    for _, words in rows:
        found += [part.split(" from ") for part in words.split("; ")]
    drawn = [[bar["status"], in_words(date.fromisoformat(bar["x"][:10]))] for bar in bars]
    assert drawn == found
    tomorrow = (DAY + timedelta(days=1)).isoformat()
    for bar, following in pairwise([*bars, {"y": None}]):
        is_of_lane = bar["y"] == following["y"]
        assert bar["x2"] == (following["x"] if is_of_lane else f"{tomorrow}T00:00:00Z")


def test_the_days_of_a_deal_are_its_deadlines_and_today(truce: View) -> None:
    figure = timeline(truce, "busan-truce")
    rows = table(figure)

    assert rows[0][1] == "Agreed"
    outcomes = {what: outcome for _, what, outcome in rows}
    assert outcomes["Trump visits Beijing"] == "held"
    assert any("five measures ended" in what for what in outcomes)
    assert [day["words"] for day in data(figure)["days"]] == ["today, 2 Dec"]
    points = data(figure)["points"]
    drawn = sorted(
        [*(point["x"] for point in points), *(bar["x2"] for bar in data(figure)["bars"])]
    )
    assert len(drawn) == len(rows)
    for day, (words, *_) in zip(drawn, rows, strict=True):
        on = date.fromisoformat(day[:10])
        is_month = words == f"{on:%b %Y}"  # no day is known
        assert is_month or words == in_words(on)
    assert "Nov 2026" in {words for words, *_ in rows}
    assert all(point["ahead"] == (point["x"][:10] > str(DAY)) for point in points)


def test_half_a_year_fits_before_the_first_day_below_a_narrow_picture(truce: View) -> None:
    """Words below an axis are in the middle of their tick: 1900 was cut to 900."""
    figure = timeline(truce, "busan-truce")
    assert figure is not None

    assert json.loads(figure.specs[1])["padding"]["left"] >= 2 * 7


def test_a_target_s_bar_is_its_figure_and_one_without_a_count_is_empty(truce: View) -> None:
    figure = targets(truce)
    bars = data(figure)["bars"]

    rows = dict(table(figure))
    assert rows["Buy US soybeans in 2026"].replace("\xa0", " ").startswith("53% of 25 MMT sold")
    shares = [share for words in rows.values() for share in re.findall(r"^(\d+)%", words)]
    drawn = [bar["x2"] for bar in bars if bar["status"] == "figure"]
    assert [str(math.floor(share)) for share in drawn] == shares
    empty = [bar for bar in bars if bar["status"] == "no count"]
    assert len(empty) == sum(words.startswith("no data") for words in rows.values())
    soybeans = truce.due["cn-soy-2026-delivery"]
    due = due_by(soybeans, DAY)
    assert due is not None
    assert soybeans.target is not None
    tick = data(figure)["points"][0]["x"]
    assert tick == pytest.approx(float(due / soybeans.target) * 100)


@pytest.mark.slow
@pytest.mark.usefixtures("undrawn")
def test_a_book_of_195_parties_is_drawn_with_ten_of_them(tracker: Run, tmp_path: Path) -> None:
    slugs = [f"state-{number}" for number in range(194)]
    told = (
        '[agreement]\nslug = "paris"\ntitle = "Paris"\nagreed_on = "2025-12-12"\nsource = "text"\n'
        + parties("us")
        + "".join(f'[[party]]\nslug = "{one}"\nname = "{one}"\nshort = "{one}"\n' for one in slugs)
        + '[[source]]\nkey = "text"\ntitle = "The text"\npublisher = "UN"\n'
    )
    for slug in slugs:
        told += (
            f'[[concession]]\nslug = "pay-{slug}"\ntitle = "Pay {slug}"\ngiver = "us"\n'
            f'receiver = "{slug}"\nsector = "climate"\nkind = "other"\ninstrument = "law"\n'
            'test = "It is paid."\nsource = "text"\n'
        )
    (tmp_path / "paris.toml").write_text(told)
    book = make_book(tmp_path / "paris.db", None)
    ran = tracker("apply", tmp_path / "paris.toml", db=book)
    assert ran.code == 0, ran.err

    files = site_of(book, date(2026, 1, 8))

    page = Seen(files["index.html"].decode())
    assert "184 sides with fewer promises are left out." in page.text
    with book_at(book) as connection:
        view = View.read(connection, Clocks(date(2026, 1, 8)))
    assert len(table(has_what(view))) == 10
    assert targets(view) is None


@pytest.mark.parametrize("days", [0, 1, 20_000])
def test_an_agreement_is_drawn_on_its_first_day_and_decades_later(truce: View, days: int) -> None:
    view = truce.at(date(2025, 10, 30) + timedelta(days=days))

    for figure in (has_what(view), timeline(view, "busan-truce"), lanes(view, "busan-truce")):
        if figure:
            assert all("NaN" not in spec for spec in figure.specs)
