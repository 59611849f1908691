"""Makes the books and files for the measurements."""

import csv
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random

STAGES = ("started", "partial", "stalled", "met")
CONCESSIONS = ("cn-soy-2026", "cn-general-licences", "us-h200-licences", "cn-nexperia-resume")
COUNTERS = ("USDA", "Chinese customs", "trade press")
BASES = ("sold", "shipped", "arrived")
COLUMNS = (
    *("kind", "concession", "deadline", "effective_on", "says", "stage", "value", "unit"),
    *("counted_by", "basis", "flow", "source", "note"),
)

TODAY = "2026-03-01"
"""A day on which agreements that were written here are under way."""


def write_csv(path: Path, rows: int) -> None:
    """Write a number of updates of the truce, spread over ten years, always the same."""
    _write(path, COLUMNS, updates(rows))


def write_verdicts(path: Path, rows: int, concessions: Sequence[str]) -> None:
    """Write a number of verdicts on some concessions, always the same."""
    columns = ("concession", "effective_on", "stage", "source", "note")
    _write(path, columns, verdicts(rows, concessions))


def _write(path: Path, columns: Sequence[str], rows: Iterator[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def verdicts(count: int, concessions: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Yield verdicts as an analyst might log them in two months."""
    random = Random(2)
    first = date(2026, 1, 1)
    for number in range(count):
        day = (first + timedelta(days=number * 59 // count)).isoformat()
        source = f"https://www.example.org/{random.randrange(1000)}"
        stage = random.choice(STAGES)
        yield random.choice(concessions), day, stage, source, f"Update {number} of the season"


def updates(count: int) -> Iterator[tuple[object, ...]]:
    """Yield verdicts, claims, readings and notes as an analyst might log them."""
    random = Random(1)
    first = date(2016, 1, 1)
    for number in range(count):
        day = (first + timedelta(days=number * 3600 // count)).isoformat()
        note = f"Update {number}: cargo {random.randrange(10**6)} of the season"
        concession = random.choice(CONCESSIONS)
        match random.randrange(4):
            case 0:
                yield ("stage", concession, "", day, "", random.choice(STAGES), *[""] * 6, note)
            case 1:
                says = random.choice(("us", "cn"))
                yield ("stage", concession, "", day, says, random.choice(STAGES), *[""] * 6, note)
            case 2:
                value = f"{random.randrange(2500) / 100:.2f}"
                counted = (random.choice(COUNTERS), random.choice(BASES), "false")
                yield ("reading", "", "cn-soy-2026-delivery", day, "", "", value, "MMT",
                       *counted, "", note)  # fmt: skip
            case _:
                yield ("note", concession, "", day, *[""] * 8, note)


def write_years(path: Path, rows: int, concessions: Sequence[str]) -> None:
    """Write a number of verdicts, readings and notes on some concessions, over ten years."""
    _write(path, COLUMNS, years(rows, concessions))


def years(count: int, concessions: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Yield updates of concessions, of which each has a delivery, as an analyst might log them."""
    random = Random(3)
    first = date(2016, 2, 1)
    for number in range(count):
        day = (first + timedelta(days=number * 3600 // count)).isoformat()
        slug = random.choice(concessions)
        note = f"Update {number}: cargo {random.randrange(10**6)} of the season"
        match random.randrange(3):
            case 0:
                yield ("stage", slug, "", day, "", random.choice(STAGES), *[""] * 6, note)
            case 1:
                value = f"{random.randrange(1200) / 100:.2f}"
                counted = (random.choice(COUNTERS), random.choice(BASES), "false")
                yield ("reading", "", f"{slug}-delivery", day, "", "", value, "MMT", *counted,
                       "", note)  # fmt: skip
            case _:
                yield ("note", slug, "", day, *[""] * 8, note)


def write_four_rows(path: Path) -> None:
    """Make the database of four rows that the peers query."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE truce (concession, giver, receiver, stage)")
        connection.executemany(
            "INSERT INTO truce VALUES (?, ?, ?, ?)",
            [
                ("soybeans", "China", "US", "started"),
                ("rare-earths", "China", "US", "started"),
                ("chip-sales", "US", "China", "started"),
                ("tiktok", "China", "US", "negotiating"),
            ],
        )
        connection.commit()


def write_agreements(folder: Path, agreements: int, concessions: int) -> list[Path]:
    """Write a number of agreements and concessions each, every one with a target and a stage.

    Each fourth concession was given in return for the one before, and each agreement has parties
    and a source of its own.
    """
    folder.mkdir(exist_ok=True)
    return [
        _write_agreement(folder / f"agreement-{number:03}.toml", number, concessions)
        for number in range(agreements)
    ]


def slugs(agreements: int, concessions: int) -> list[str]:
    """Return the slugs of their concessions."""
    places = range(concessions)
    return [f"promise-{number}-{place}" for number in range(agreements) for place in places]


def _write_agreement(path: Path, number: int, concessions: int) -> Path:
    parties = (f"giver-{number}", f"receiver-{number}")
    tables = [
        f'[agreement]\nslug = "agreement-{number}"\ntitle = "Agreement {number}"\n'
        f'agreed_on = "2025-11-01"\nsource = "text-{number}"\n',
        f'[[agreement.deadline]]\nslug = "term-{number}"\nkind = "expiry"\nlabel = "Term"\n'
        f'due_on = "2026-11-10"\nsource = "text-{number}"\n',
        *(f'[[party]]\nslug = "{one}"\nname = "Party {one}"\nshort = "{one}"\n' for one in parties),
        f'[[source]]\nkey = "text-{number}"\npublisher = "Ministry {number}"\n'
        f'title = "Joint text {number}"\nofficial = true\n',
        *(_concession(number, place, parties) for place in range(concessions)),
    ]
    path.write_text("\n".join(tables), "utf-8")
    return path


def _concession(number: int, place: int, parties: tuple[str, str]) -> str:
    slug = f"promise-{number}-{place}"
    giver, receiver = parties if place % 2 else parties[::-1]
    in_return = f'in_return_for = ["promise-{number}-{place - 1}"]\n' if place % 4 == 3 else ""
    stage = STAGES[place % len(STAGES)]
    return (
        f'[[concession]]\nslug = "{slug}"\ntitle = "Promise {place} of agreement {number}"\n'
        f'giver = "{giver}"\nreceiver = "{receiver}"\nsector = "agriculture"\nkind = "purchase"\n'
        f'instrument = "joint-text"\ntest = "Customs count it."\nsource = "text-{number}"\n'
        f"{in_return}\n"
        f'[[concession.deadline]]\nslug = "{slug}-delivery"\nkind = "delivery"\n'
        f'label = "What is promised"\nopens_on = "2025-11-01"\ndue_on = "2026-06-30"\n'
        f'target = "12"\nunit = "MMT"\nsource = "text-{number}"\n\n'
        f'[[entry]]\non = "2025-12-{place % 28 + 1:02}"\nconcession = "{slug}"\n'
        f'stage = "{stage}"\nsource = "text-{number}"\n\n'
        f'[[entry]]\non = "2025-12-{place % 28 + 1:02}"\ndeadline = "{slug}-delivery"\n'
        f'value = "{place % 13}"\nunit = "MMT"\ncounted_by = "Customs"\nbasis = "arrived"\n'
        f'source = "text-{number}"\n'
    )
