"""Awkward cases, one line each: what was typed, and what reports print of it."""

import shlex
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.conftest import book_at, new_book
from tests.histories import call
from tracker import Book
from tracker.errors import TrackerError
from tracker.interchange import applying
from tracker.journal.writer import Writer
from tracker.reports import View
from tracker.reports.check import check
from tracker.reports.status import day_in_words, status_in_brief, unknown_in_words
from tracker.reports.wording import figure_in_brief, said_in_words
from tracker.state import Clocks

HEAD = """
[agreement]
slug = "truce"
title = "Truce"
agreed_on = "2026-01-01"
source = "text"
[[agreement.deadline]]
slug = "end"
kind = "expiry"
label = "End"
due_on = "2026-11-10"
source = "text"
[[source]]
key = "text"
url = "https://example.org/text"
title = "Text"
publisher = "White House"
published_on = "2026-01-01"
"""
PARTIES = {"us": "United States", "cn": "China", "jp": "Japan", "eu": "European Union"}
DELIVERY = 'kind = "delivery"\nlabel = "D"\nsource = "text"\n'
TARGET = 'target = "20"\nunit = "MMT"\n'
PROMISES = {
    "ban": ("cn", "us", "hold = true\n", ()),
    "pause": ("us", "cn", 'hold = true\nterm = "open"\nin_return_for = "ban"\n', ()),
    "buy": ("cn", "us", "", (f'slug = "buy-by"\n{DELIVERY}due_on = "2026-03-31"\n{TARGET}',)),
    "named": (
        "cn", "us", "",
        (f'slug = "named-by"\n{DELIVERY}due_on = "2026-03-31"\n{TARGET}counted_by = "USDA"\n',),
    ),
    "list": ("cn", "us", "", (f'slug = "list-by"\n{DELIVERY}due_on = "2026-03-31"\n',)),
    "twice": (
        "cn", "us", "",
        (f'slug = "first"\n{DELIVERY}due_on = "2026-03-31"\n{TARGET}',
         f'slug = "second"\n{DELIVERY}due_on = "2026-06-30"\n{TARGET}'),
    ),
    "cap": (
        "us", "cn", "",
        (f'slug = "cap-limit"\n{DELIVERY}due_on = "2027-12-31"\nbound = "at-most"\n'
         'target = "15"\nunit = "%"\n',),
    ),
    "both": ('["cn", "jp"]', "us", "", (f'slug = "both-by"\n{DELIVERY}due_on = "2026-03-31"\n',)),
    "talks": ("cn", "us", 'hold = true\n', ()),
}  # fmt: skip
NOVEMBER, DECEMBER = "2026-11-15", "2026-12-02"


def declared() -> str:
    """Return the agreement of all cases, as TOML."""
    parts = [HEAD]
    for slug, name in PARTIES.items():
        parts.append(f'[[party]]\nslug = "{slug}"\nname = "{name}"\nshort = "{slug.upper()}"\n')
    for slug, (giver, receiver, more, deadlines) in PROMISES.items():
        by = giver if giver.startswith("[") else f'"{giver}"'
        instrument = "proposal" if slug == "talks" else "statement"
        parts.append(
            f'[[concession]]\nslug = "{slug}"\ntitle = "{slug}"\ngiver = {by}\n'
            f'receiver = "{receiver}"\nsector = "trade"\nkind = "other"\ntest = "Seen"\n'
            f'source = "text"\ninstrument = "{instrument}"\n{more}'
        )
        parts += [f"[[concession.deadline]]\n{deadline}" for deadline in deadlines]
    return "".join(parts)


@pytest.fixture(scope="module")
def truce(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("awkward")
    file = folder / "truce.toml"
    file.write_text(declared(), "utf-8")
    with new_book(folder / "truce.db") as connection:
        writer = Writer(connection, "li", date(2026, 1, 1), datetime(2026, 1, 1, 9, tzinfo=UTC))
        applying.apply(writer, applying.load([file]))
    return (folder / "truce.db").read_bytes()


def typed(truce: bytes, folder: Path, lines: str) -> tuple[View, list[str]]:
    """Type command lines at the book, and return its state, and what was refused or warned of."""
    path = folder / "book.db"
    path.write_bytes(truce)
    told = []
    with book_at(path) as connection:
        book = Book(today="2026-12-31", author="li")
        book._kept = connection
        for line in filter(None, lines.split("; ")):
            try:
                call(book, *shlex.split(line))
            except TrackerError as error:
                told.append(str(error))
        return View.read(connection, Clocks(date(2026, 12, 31))), told


def in_words(view: View, slug: str) -> str:
    """Return the status of a promise, its day or its end, and its figures."""
    parts = [status_in_brief(view, slug)]
    unknown = unknown_in_words(view, slug)
    late = day_in_words(view, slug).partition(", ")[2]
    parts += [unknown or late, *(figure_in_brief(view, due) for due in view.measured[slug])]
    return "; ".join(filter(None, parts)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("lines", "as_of", "slug", "expected"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in (
            ("1 partly, its term ends", "log ban partly --on 2026-06-01", NOVEMBER, "ban",
             "unknown; since 10 Nov, was partly"),
            ("1b partly, said afterwards", "log ban partly --on 2026-11-12", NOVEMBER, "ban",
             "partly, to 10 Nov"),
            ("2 broken before the end", "log ban broken --on 2026-09-01", NOVEMBER, "ban",
             "broken"),
            ("3 broken after the end", "log ban kept --on 2026-02-01; "
             "log ban broken --on 2026-11-12", NOVEMBER, "ban", "broken"),
            ("4 overtaken, then revived", "log ban overtaken --on 2026-06-01; "
             "log ban kept --on 2026-07-01", "2026-08-01", "ban", "in force"),
            ("5 missed, then kept", "log buy missed --on 2026-04-01; "
             "log buy kept --on 2026-06-30", NOVEMBER, "buy", "kept; 91 days late; no data"),
            ("6 a limit exceeded, broken, and back",
             "log cap kept --on 2026-02-01; "
             "measure cap-limit 17 --by CBP --basis level --on 2026-03-01; "
             "log cap broken --on 2026-03-02; "
             "measure cap-limit 14 --by CBP --basis level --on 2026-05-01; "
             "log cap kept --on 2026-05-02", NOVEMBER, "cap", "in force; 14% (max 15%)"),
            ("7 an open term", "log pause kept --on 2026-02-01", DECEMBER, "pause", "in force"),
            ("8 a proposal, and the end", "", NOVEMBER, "talks", "negotiating"),
            ("9 its giver says kept, its receiver stalled", "log buy kept --says cn "
             "--on 2026-03-01; log buy stalled --says us --on 2026-03-02", NOVEMBER, "buy",
             "promised; no data"),
            ("10 one says kept", "log buy kept --says us --on 2026-03-01", NOVEMBER, "buy",
             "promised; no data"),
            ("11 unknown, then both say kept", "log ban kept --on 2026-02-01; "
             "log ban kept --says us --on 2026-11-12; log ban kept --says cn --on 2026-11-13",
             NOVEMBER, "ban", "kept, to 10 Nov"),
            ("12 no target, ten days over", "log list kept --on 2026-04-10", NOVEMBER, "list",
             "kept; 10 days late"),
            ("13 one of two deliveries", "close first met --on 2026-03-31; "
             "measure second 20 --by USDA --basis sold --on 2026-06-30; "
             "log twice kept --on 2026-06-30", NOVEMBER, "twice", "kept; 100%"),
            ("14 the named counter is silent",
             "measure named-by 4 --by press --basis sold --on 2026-11-01", NOVEMBER, "named",
             "promised; 20%"),
            ("15 a count is restated", "measure buy-by 4 --by USDA --basis sold --on 2026-02-01; "
             "measure buy-by 3.6 --by USDA --basis sold --on 2026-02-01", NOVEMBER, "buy",
             "promised; 18%"),
            ("16 another unit", "measure buy-by 1.2 'bn USD' --by Census --basis paid --new-series "
             "--on 2026-02-01", NOVEMBER, "buy",
             "promised; no count in MMT; 1.2 bn USD, Census, 1 Feb"),
            ("18 kept on its last day", "log ban kept --on 2026-11-10", NOVEMBER, "ban",
             "kept, to 10 Nov"),
            ("19 both restate the target", "measure buy-by 5 --by USDA --basis sold "
             "--on 2026-02-01; move buy-by 2026-03-31 --target 10 --says cn --on 2026-02-02; "
             "move buy-by 2026-03-31 --target 10 --says us --on 2026-02-03", NOVEMBER, "buy",
             "promised; 50%"),
            ("21 stalled, and its term ends", "log ban stalled --on 2026-06-01", NOVEMBER, "ban",
             "unknown; since 10 Nov, was stalled"),
            ("22 extended after the end", "log ban kept --on 2026-02-01; "
             "move end 2027-11-10 --on 2026-11-20", DECEMBER, "ban", "in force"),
            ("22 before it was extended", "log ban kept --on 2026-02-01; "
             "move end 2027-11-10 --on 2026-11-20", NOVEMBER, "ban",
             "unknown; since 10 Nov, was in force"),
            ("23 a day moved after the delivery", "log buy kept --on 2026-05-01; "
             "move buy-by 2026-06-30 --on 2026-06-01", NOVEMBER, "buy",
             "kept; 31 days late; no data"),
            ("25 both said kept before the end", "log ban kept --says us --on 2026-11-01; "
             "log ban kept --says cn --on 2026-11-02", NOVEMBER, "ban",
             "unknown; since 10 Nov, was in force"),
            ("26 started, and it ran out", "log ban started --on 2026-02-01; "
             "log ban missed --on 2026-11-11", NOVEMBER, "ban", "missed"),
            ("27 a limit that two judge differently", "log cap kept --on 2026-02-01; "
             "measure cap-limit 17 --by CBP --basis level --on 2026-09-01; "
             "measure cap-limit 15 --by press --basis level --on 2026-09-20", NOVEMBER, "cap",
             "in force, awaits your verdict: CBP 17 of 15; 17% (max 15%)"),
            ("27 and where the figure does not", "log cap kept --on 2026-02-01; "
             "measure cap-limit 14 --by CBP --basis level --on 2026-09-01; "
             "measure cap-limit 17 --by press --basis level --on 2026-09-20", NOVEMBER, "cap",
             "in force, awaits your verdict: press 17 of 15; 14% (max 15%)"),
            ("28 kept at 55%", "measure buy-by 11 --by USDA --basis sold --on 2026-02-01; "
             "log buy kept --on 2026-02-02", NOVEMBER, "buy", "kept; 55%"),
            ("29 promised, and more than all counted",
             "measure buy-by 25 --by USDA --basis sold --on 2026-02-01", NOVEMBER, "buy",
             "promised, awaits your verdict; 125%"),
            ("29 counted after its day",
             "measure buy-by 15 --by USDA --basis sold --on 2026-02-01; "
             "measure buy-by 25 --by USDA --basis sold --on 2026-05-01", NOVEMBER, "buy",
             "promised; 125%"),
            ("30 both drop it", "log buy overtaken --says us --on 2026-03-01; "
             "log buy overtaken --says cn --on 2026-03-02", NOVEMBER, "buy",
             "overtaken; no data"),
        )
    ],
)  # fmt: skip
def test_an_awkward_case_prints_what_the_rules_say(
    truce: bytes, tmp_path: Path, lines: str, as_of: str, slug: str, expected: str
) -> None:
    state, refused = typed(truce, tmp_path, lines)

    assert refused == []
    assert in_words(state.at(date.fromisoformat(as_of)), slug) == expected


@pytest.mark.parametrize(
    ("lines", "slug", "expected"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in (
            ("20 its receiver alone names a later day", "move buy-by 2026-06-30 --says us "
             "--on 2026-02-01", "buy-by", "2026-03-31; US says 30 Jun"),
            ("24 two givers name different days", "move both-by 2026-06-30 --says cn "
             "--on 2026-02-01; move both-by 2026-09-30 --says jp --on 2026-02-02; "
             "move both-by 2026-06-30 --says us --on 2026-02-03", "both-by",
             "2026-03-31; CN says 30 Jun; JP says 30 Sep; US says 30 Jun"),
        )
    ],
)  # fmt: skip
def test_what_a_party_named_is_beside_the_day(
    truce: bytes, tmp_path: Path, lines: str, slug: str, expected: str
) -> None:
    state, _ = typed(truce, tmp_path, lines)
    view = state.at(date.fromisoformat(NOVEMBER))
    due = view.due[slug]

    assert "; ".join([str(due.due_on), *said_in_words(view, due)]) == expected


@pytest.mark.parametrize(
    ("lines", "finding", "subject", "message"),
    [
        ("measure named-by 4 --by press --basis sold --on 2026-11-01", "unnamed", "named-by",
         "nothing is counted by USDA; its figure is 20% of 20 MMT sold (press, 1 Nov)"),
        ("measure named-by 4 --by USDA --basis sold --on 2026-11-01; "
         "measure named-by 3 --by USDA --basis shipped --on 2026-11-01", "unnamed", "named-by",
         "it does not say which counts: USDA sold and USDA shipped; its figure is 20% of 20 MMT"
         " sold (USDA, 1 Nov)"),
        ("log cap kept --on 2026-02-01; measure cap-limit 14 --by CBP --basis level "
         "--on 2026-09-01; measure cap-limit 17 --by press --basis level --on 2026-09-20",
         "contradicted", "cap",
         "the verdict is 'kept', and press counts 17%, above the limit of 15% (cap-limit)"),
        ("measure buy-by 11 --by USDA --basis sold --on 2026-02-01; log buy kept --on 2026-02-02",
         "contradicted", "buy",
         "the verdict is 'kept', but its figure is 55% of 20 MMT sold (USDA, 1 Feb)"),
        ("measure buy-by 25 --by USDA --basis sold --on 2026-02-01", "reached", "buy",
         "its figure has been at its target since 1 Feb; no verdict since"),
        ("measure buy-by 25 --by USDA --basis sold --on 2026-05-01", "reached", "buy",
         "its figure has been at its target since 1 May; no verdict since"),
    ],
)  # fmt: skip
def test_check_finds_what_a_figure_does_not_settle(
    truce: bytes, tmp_path: Path, lines: str, finding: str, subject: str, message: str
) -> None:
    state, _ = typed(truce, tmp_path, lines)
    rows = check(state.at(date.fromisoformat(NOVEMBER)), 9999).document["rows"]

    plain = [(row[0], row[1], row[2].replace("\N{NO-BREAK SPACE}", " ")) for row in rows]
    assert (finding, subject, message) in plain


def test_what_both_dropped_or_what_ended_is_asked_about(truce: bytes, tmp_path: Path) -> None:
    """11 and 17: `lapsed` leaves open how the promise ended; the counterpart is not at risk."""
    _, refused = typed(truce, tmp_path, "log ban lapsed --on 2026-11-12")
    assert "does not say how the promise ended" in refused[0]


@pytest.mark.parametrize(
    ("lines", "is_at_risk"),
    [
        ("log pause kept --on 2026-02-01; log ban stalled --on 2026-06-01", True),
        ("log pause kept --on 2026-02-01; log ban kept --on 2026-11-10", False),
    ],
)
def test_what_stalled_until_its_end_still_fails_its_counterpart(
    truce: bytes, tmp_path: Path, lines: str, is_at_risk: bool
) -> None:
    """21 and 17: the pause was given in return for the ban."""
    state, _ = typed(truce, tmp_path, lines)
    view = state.at(date.fromisoformat(NOVEMBER))

    assert ["pause"] * is_at_risk == [risk.concession for risk in view.at_risk]
