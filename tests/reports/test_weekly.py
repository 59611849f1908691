"""Each week of random histories: its rows add up, and agree with the other reports."""

import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.histories import history, recorded
from tracker.dates import shifted, week_of
from tracker.record import Record
from tracker.reports.gains import gained, gains_rows
from tracker.reports.status import status
from tracker.reports.view import View
from tracker.reports.weekly import page
from tracker.reports.weekly.recorded import eve_of, recorded_in
from tracker.state import Clocks

FIRST, LAST = date(2026, 1, 5), date(2026, 11, 29)


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("seed", [2, 15, 43])
def test_the_changes_of_a_week_add_up_to_what_each_side_has_before_and_after(seed: int) -> None:
    with recorded(history(seed)) as connection, connection.reading():
        record = Record.read(connection)
    spans = [week_of(shifted(FIRST, 7 * number)) for number in range(47)]
    for span in random.Random(seed).sample(spans, 10):
        view = View(record, Clocks(span.end))
        document = page(view, span).document
        eve = eve_of(view, span, recorded_in(record, span))
        changed = Counter[tuple[str, str | None]]()
        for row in document["rows"]:
            if row.what == "status":
                for party in row.place_.receivers:
                    changed[party, row.before] -= 1
                    changed[party, row.after] += 1
        for sign, found in ((1, eve), (-1, view)):
            for gain in gained(found):
                changed[gain.group, gain.position.status] += sign
        left = {key: many for key, many in changed.items() if many and key[1]}
        assert not left, (str(span), left)

        after = {row.concession: row.position.status for row in status(view).rows}
        for row in document["rows"]:
            if row.what == "status":
                assert row.after == after[row.place_.concession]
                assert row.before != row.after
        now = [row._replace(before=None) for row in document["gains"]]
        assert now == gains_rows(view, gained(view))


def treaty(parties: int, due: int) -> str:
    """Return a treaty of many parties as a file, of which some are due on 1 October."""
    parts = [
        '[agreement]\nslug = "paris"\ntitle = "A treaty"\nagreed_on = "2015-12-12"\nsource = "un"',
        '[[agreement.deadline]]\nslug = "share"\nkind = "delivery"\nlabel = "55% of emissions"\n'
        'due_on = "2020-12-31"\ntarget = "55"\nunit = "%"\nsource = "un"',
        '[[source]]\nkey = "un"\ntitle = "Treaty collection"\npublisher = "UN"',
    ]
    for at in range(parties):
        parts.append(f'[[party]]\nslug = "p{at:03}"\nname = "Party {at:03}"\nshort = "P{at}"')
        parts.append(
            f'[[concession]]\nslug = "ratify-{at:03}"\ntitle = "Ratify: Party {at:03}"\n'
            f'giver = "p{at:03}"\nreceiver = "p{(at + 1) % parties:03}"\nsector = "climate"\n'
            'kind = "other"\ninstrument = "law"\ntest = "Deposited"\nsource = "un"'
        )
        if at < due:
            parts.append(
                f'[[concession.deadline]]\nslug = "by-{at:03}"\nkind = "delivery"\n'
                'label = "Plan"\ndue_on = "2016-10-01"\nsource = "un"'
            )
    return "\n\n".join(parts)


@pytest.mark.slow
@pytest.mark.on("sqlite")
def test_of_many_parties_what_is_reached_leads_and_what_is_alike_is_one_row(
    tracker: Run, tmp_path: Path
) -> None:
    file = tmp_path / "treaty.toml"
    file.write_text(treaty(parties=195, due=100))
    book = tmp_path / "treaty.db"
    rows = ["kind,concession,deadline,effective_on,stage,value,unit,counted_by"]
    rows += [f"stage,ratify-{at},,2016-10-05,kept,,," for at in range(120, 134)]
    rows += [f"reading,,share,{day},,{value},%,UN" for day, value in COUNTS.items()]
    table = tmp_path / "news.csv"
    table.write_text("\n".join(rows))
    assert tracker("--today", "2016-09-20", "init", file, db=book).code == 0
    assert tracker("--today", "2016-10-09", "import", table, db=book).code == 0

    page = tracker("--today", "2016-10-09", "week", db=book).out

    lines = page.splitlines()
    assert "55% of emissions reaches its target: UN counts 56.9%" in lines
    assert [line.split() for line in lines if "promises  " in line] == [
        ["5", "Oct", "14", "parties", "14", "promises", "promised", "→", "kept"],
        ["1", "Oct", "100", "parties", "100", "promises", "no", "outcome,", "8", "days"],
    ]
    assert "And 185 other parties." in lines
    assert len(lines) < 40


COUNTS = {"2016-09-28": "47.8", "2016-10-05": "56.9"}
