"""Random histories: command lines on two agreements, typed in this process in some 60 ms.

    for seed in range(1_000):
        with recorded(history(seed)) as connection:
            ...

Each command line calls the method of `Book` that the program calls, so that the lines of a
history that shows a fault can be typed by hand.
"""

import random
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from tests.conftest import book_at, new_book
from tracker import Book, settings
from tracker.database import Connection
from tracker.errors import TrackerError
from tracker.interchange import applying
from tracker.journal.writer import Writer

HERE = Path(__file__).parent
FILES = [HERE / "publish" / f"{name}.toml" for name in ("truce", "framework")]
"""Agreements with limits, awaited days, exchanges, blocs and promises of all kinds."""
DECLARED_ON = date(2026, 1, 20)
DECLARED = 39
"""The last entry of the files."""
ADDED = {"concession": ("concession",), "deadline": ("deadline", "delivery")}
"""The lists of slugs that an added thing joins."""
STATUSES = (
    *("negotiating", "promised", "started", "partly", "kept", "stalled"),
    *("missed", "broken", "reversed", "lapsed", "overtaken"),
)
TEXTS = ("Ships were seen", "Reuters: talks go on", "Officials deny it", "A list came out")
BASES = ("contracted", "sold", "shipped", "arrived", "paid", "level")
PAUSES = (0, 0, 1, 3, 9, 21)
FLAGS = {"--flow", "--everything", "--new-series"}
NAMED = {"--due": "due_on"}
"""Options that `Book` has by another name."""


Command = tuple[int, list[str]]
"""A command line, and how often it is chosen."""
Documents = Sequence[Mapping[str, Any]]
"""What files declare: the tables of their TOML."""


class Step(NamedTuple):
    """A command line, and the day on which it is typed."""

    day: date
    words: list[str]


def history(seed: int) -> list[Step]:
    """Return the command lines of a history and their days; some of them are refused."""
    chance = random.Random(seed)
    slugs = few_slugs(chance)
    day, steps = DECLARED_ON, []
    for _ in range(chance.randint(15, 30)):
        day += timedelta(days=chance.choice(PAUSES))
        numbers = range(DECLARED, DECLARED + 1 + len(steps))
        steps.append(Step(day, drawn_line(chance, slugs, day, numbers)))
    return steps


def few_slugs(chance: random.Random) -> dict[str, list[str]]:
    """Return some of the slugs that the files declare, few, so that entries meet."""
    documents = [tomllib.loads(file.read_text("utf-8")) for file in FILES]
    return slugs_of(_few(chance, documents))


def drawn_line(
    chance: random.Random, slugs: dict[str, list[str]], day: date, numbers: range
) -> list[str]:
    """Return a command line for a day about these slugs, to which a new thing's is added."""
    found = [*_commands(chance, slugs, day, numbers), *_further(chance, slugs, day, numbers)]
    weights, lines = zip(*found, strict=True)
    (words,) = chance.choices(lines, weights)
    if words[0] == "add":
        for name in ADDED[words[1]]:
            slugs[name].append(words[2])
    return words


def _few(chance: random.Random, documents: Documents) -> Documents:
    """Return documents with few of their concessions and parties, so that entries meet."""
    concessions = [row for document in documents for row in document["concession"]]
    with_target = [row for row in concessions if "target" in row.get("deadline", [{}])[0]]
    drawn = [chance.choice(with_target), *chance.sample(concessions, 2)]
    slugs = {slug for row in drawn for slug in (row["slug"], *row.get("in_return_for", ()))}
    few = [row for row in concessions if row["slug"] in slugs]
    parties = {chance.choice(("us", "eu", "de"))}
    for side in (row[role] for row in few for role in ("giver", "receiver")):
        parties |= {side} if isinstance(side, str) else {*side}
    return [
        {
            **document,
            "concession": [row for row in document["concession"] if row in few],
            "party": [row for row in document["party"] if row["slug"] in parties],
        }
        for document in documents
    ]


def slugs_of(documents: Documents) -> dict[str, list[str]]:
    """Return the slugs that some documents declare, by what they name."""
    found: dict[str, list[str]] = {name: [] for name in ("party", "source", "concession")}
    deadlines: dict[str, list[str]] = {}
    for tables in documents:
        for name in ("party", "source", "concession"):
            found[name] += [row.get("slug") or row["key"] for row in tables.get(name, ())]
        found.setdefault("agreement", []).append(tables["agreement"]["slug"])
        owners = [tables["agreement"], *tables["concession"]]
        for deadline in (one for owner in owners for one in owner.get("deadline", ())):
            deadlines.setdefault(deadline["kind"], []).append(deadline["slug"])
            found.setdefault("deadline", []).append(deadline["slug"])
    return found | {kind: deadlines.get(kind, found["deadline"]) for kind in ("delivery", "expiry")}


def _commands(
    chance: random.Random, slugs: Mapping[str, list[str]], day: date, numbers: range
) -> list[Command]:
    """Return command lines that record and correct, the latter of entries with these numbers."""
    drawn = {name: chance.choice(found) for name, found in slugs.items()}
    near = (day - timedelta(days=chance.choice((0, 0, 1, 3, 8, 20, 45)))).isoformat()
    month = chance.choice((near, near, near, near[:7]))
    stated = ["--on", month]
    says = ["--says", drawn["party"]] if chance.random() < 0.4 else []
    if chance.random() < 0.3:
        stated += ["--source", drawn["source"]]
    public = date.fromisoformat(near) + timedelta(days=chance.choice((0, 2, 9)))
    if chance.random() < 0.15 and len(month) > 7 and public <= day:
        stated += ["--public", public.isoformat()]
    said = [*stated, *says]
    later = (day + timedelta(days=chance.randrange(-20, 200))).isoformat()
    number = str(chance.choice(numbers))
    counted = ["--by", chance.choice(("USDA", "Customs", "traders"))]
    counted += ["--basis", chance.choice(BASES)]
    value = str(chance.choice((0, 1, 2.5, 7, 12, 20, 25, 30.25, 100)))
    flow = chance.choice(([], [], ["--flow"]))
    text = chance.choice(TEXTS)
    noted = drawn[chance.choice(("agreement", "concession"))]
    outcome = chance.choice(("met", "missed", "cancelled"))
    withdrawn = drawn[chance.choice(("concession", "deadline"))]
    return [
        (30, ["log", drawn["concession"], chance.choice(STATUSES), *said]),
        (26, ["measure", drawn["delivery"], value, *counted, *flow, *stated]),
        (8, ["move", drawn["deadline"], later, *said]),
        (5, ["move", drawn["expiry"], later, *said]),
        (3, ["move", drawn["delivery"], later, "--target", value, *said]),
        (5, ["close", drawn["deadline"], outcome, "--on", near]),
        (8, ["note", noted, text, *said]),
        (3, ["checked", drawn["concession"]]),
        (3, ["amend", number, "--on", near]),
        (2, ["amend", number, "--note", text]),
        (4, ["retract", number, "--reason", "It was misread"]),
        (3, ["undo"]),
        (2, ["change", drawn["concession"], "--test", text, "--reason", "As said"]),
        (1, ["retract", withdrawn, "--reason", "Not in it", "--everything"]),
    ]


def _further(
    chance: random.Random, slugs: Mapping[str, list[str]], day: date, numbers: range
) -> list[Command]:
    """Return command lines that amend, change, keep and declare."""
    drawn = {name: chance.choice(found) for name, found in slugs.items()}
    concession, source = drawn["concession"], drawn["source"]
    other = chance.choice(slugs["concession"])
    number, text = str(chance.choice(numbers)), chance.choice(TEXTS)
    why = ["--reason", "As read again"]
    later = (day + timedelta(days=chance.randrange(5, 90))).isoformat()
    promise = ["--title", text, "--giver", drawn["party"], "--receiver", "us"]
    promise += ["--sector", "energy", "--kind", "other", "--test", text, "--source", source]
    promise += ["--instrument", chance.choice(("law", "proposal"))]
    delivery = ["--kind", "delivery", "--label", text, "--due", later, "--target", "12"]
    delivery += ["--unit", "MMT", "--source", source]
    return [
        (4, ["amend", number, "--value", str(chance.randrange(1, 30))]),
        (4, ["amend", number, "--status", chance.choice(STATUSES)]),
        (3, ["undo"]),
        (2, ["change", concession, "--title", text, *why]),
        (2, ["change", concession, "--in-return-for", other, *why]),
        (2, ["change", drawn["deadline"], "--label", text, *why]),
        (3, ["keep", source, text]),
        (3, ["add", "concession", "new-promise", "--agreement", drawn["agreement"], *promise]),
        (3, ["add", "deadline", "new-delivery", "--concession", concession, *delivery]),
    ]


@contextmanager
def recorded(steps: Iterable[Step]) -> Iterator[Connection]:
    """Make a book in which some command lines were typed, a second apart at noon of their days."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        path.write_bytes(_declared())
        with book_at(path) as connection:
            connection.text("PRAGMA journal_mode = MEMORY")
            for second, step in enumerate(steps):
                type_in(connection, step, second)
            yield connection


def type_in(connection: Connection, step: Step, second: int) -> TrackerError | None:
    """Type a command line, by one of two analysts; return why it is refused, if it is."""
    moment = datetime.combine(step.day, time(12), UTC) + timedelta(seconds=second)
    book = Book(today=step.day, author=("li", "chen")[second % 2])
    book._kept = connection
    try:
        with patch.object(settings, "now", lambda: moment):
            call(book, *step.words)
    except TrackerError as error:
        return error
    return None


def call(book: Book, command: str, *words: str) -> None:
    """Call the method of a book that a command line calls."""
    given: list[Any] = []
    options: dict[str, Any] = {}
    rest = iter(words)
    for word in rest:
        if word in FLAGS:
            options[word.removeprefix("--").replace("-", "_")] = True
        elif word.startswith("--"):
            options[NAMED.get(word) or word.removeprefix("--").replace("-", "_")] = next(rest)
        else:
            given.append(int(word) if word.isdecimal() and not given else word)
    if command == "add":
        command = f"add_{given.pop(0)}"
    elif command == "keep":  # whose command line names a file
        command, given[1] = "source_keep", given[1].encode()
    getattr(book, command)(*given, **options)


@cache
def _declared() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        with new_book(path) as connection:
            moment = datetime.combine(DECLARED_ON, time(9), UTC)
            applying.apply(Writer(connection, "desk", DECLARED_ON, moment), applying.load(FILES))
        return path.read_bytes()
