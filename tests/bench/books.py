"""Makes the books and the files that the measurements are taken on."""

import csv
import sqlite3
from collections.abc import Iterator
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


def write_csv(path: Path, rows: int) -> None:
    """Write so many updates of the truce, spread over ten years, the same ones each time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(updates(rows))


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


def write_four_rows(path: Path) -> None:
    """Make the database of four rows that the peers are asked for."""
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
