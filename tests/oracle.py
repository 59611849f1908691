"""Compare what the program says with what an earlier commit of it said, in JSON.

    python -m tests.oracle freeze [FOLDER]      ask the program of `COMMIT`, and keep the answers
    python -m tests.oracle compare [FOLDER]     ask this program, and list what differs
    python -m tests.oracle compare [FOLDER] --server    the same with its books on PostgreSQL

The books are the shipped seeds of that commit and random histories, each a list of command lines
with their days. Whatever the shape of the code, both programs get the same words and print JSON.
The answers are kept outside the repository. Words that have changed since `COMMIT` are in
`COMMANDS` and `known`, and bugs that were fixed since are in `corrected`.
"""

import io
import json
import random
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime, timedelta
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

COMMIT = "3cc499d8"
FROZEN = "answers"
"""The folder of the answers of `COMMIT`."""
ROOT = Path(__file__).parent.parent
SEEDS = ("article", "busan-truce", "us-eu", "us-japan", "us-korea")
HISTORIES, STEPS, DAYS = 20, 90, 30
REPORTS = ("status", "gains", "pace", "deadlines", "claims", "history --all")
STAGES = (
    *("negotiating", "announced", "started", "partial", "met", "stalled"),
    *("missed", "broken", "reversed", "lapsed", "moot"),
)
TEXTS = ("Ships were seen", "Reuters: talks go on", "Officials deny it", "A list came out")
BASES = ("contracted", "sold", "shipped", "arrived", "paid", "level")
FIRST, LAST = date(2026, 1, 5), date(2026, 11, 29)

NUMBERED = re.compile("^history| --known-by ")
"""Questions whose answers have entries' numbers, or depend on them."""
COMMANDS: dict[str, Callable[[list[str]], list[str]]] = {
    "withdraw": lambda words: ["retract", *words[1:], "--everything"],
}
"""How a command of `COMMIT` is written now."""


def now(words: list[str]) -> list[str]:
    """Return a command line of `COMMIT` as it is written now."""
    return COMMANDS.get(words[0], list)(words)


def asked(question: str) -> str:
    """Return a question to `COMMIT`, whose public clock was an option, as it is asked now."""
    words, by_day, _ = question.partition(" --public-by ")
    return words if by_day else f"{words} --hindsight"


def known(answer: Any) -> Any:
    """Leave out of an answer what the program of today says differently on purpose."""
    if isinstance(answer, dict):
        answer.pop("book", None)
        answer.pop("public_by", None)
        answer.pop("known_by", None)
        for row in answer.get("rows", ()):
            for move in row.get("moves", ()):
                move.pop("entry")
        if answer.get("report") == "gains":  # what is over is one group now
            answer["concessions"].sort(key=lambda row: (row["party"], row["concession"]))
        for row in answer.get("rows", ()):
            if row.get("command") == "withdraw":
                row["command"] = "retract"
            if answer["report"] == "history" and not isinstance(row["source"], list):
                row["source"] = [row["source"]] if row["source"] else []
    return answer


STATES = {"gained": "kept", "holding": "in force", "expired": "over", "void": "over"}
"""How states of `COMMIT` are called now, where their words differ."""


def renamed(answer: Any) -> Any:
    """Return an answer of `COMMIT` in the words of today: states, and what they are counted as."""
    if isinstance(answer, list):
        return [renamed(one) for one in answer]
    if not isinstance(answer, dict):
        return answer
    found = {key: renamed(value) for key, value in answer.items()}
    if "schema" in found:
        found["schema"] = 3
    if "bucket" in found:
        found["state"] = STATES.get(found["bucket"], found.pop("bucket"))
        found.pop("bucket", None)
    if isinstance(was := found.get("was"), str):
        found["was"] = STATES.get(was, was)
    if "holding" in found:
        found["over"] = found.pop("expired") + found.pop("void")
        found["kept"], found["in_force"] = found.pop("gained"), found.pop("holding")
    return found


EARLY = "a count from before a limit binds is shown"


def corrected(path: str, before: Any, after: Any) -> str | None:
    """Return which fixed bug of `COMMIT` explains that two answers differ, if one does."""
    match path.rpartition(".")[2]:
        case "verdict_original" if before == "open" and after in ("ended", "overdue"):
            return "a term or an event that was put off is judged by its current day once it passed"
        case "in_band" if after is True:
            return "a count in the usual interval of its series is in the band"
        case "older" if all(count in before for count in after):
            return "a count in the usual interval of its series is not called older"
    return None


def without_early(answer: Any, corrected: Counter[str]) -> Any:
    """Print what was counted before a limit binds as no data, as `COMMIT` did."""
    if not isinstance(answer, dict) or answer.get("report") != "pace":
        return answer
    rows: list[Any] = []
    nothing = dict.fromkeys(("counted_by", "basis", "delivered", "data_through", "public_on"))
    for row in answer["rows"]:
        corrected[EARLY] += row["early"]
        if not row["early"]:
            rows.append(row)
        elif not rows or rows[-1]["deadline"] != row["deadline"]:
            rows.append(row | nothing)
    return answer | {"rows": rows}


PASSED = "a deadline that passed is not the next one"


def without_passed(before: Any, after: Any, corrected: Counter[str]) -> None:
    """Leave out what `COMMIT` named as the next deadline although its day had passed."""
    if not (isinstance(before, dict) and isinstance(after, dict) and before["report"] == "status"):
        return
    for was, row in zip(before["rows"], after["rows"], strict=False):
        if ((was["next_deadline"] or {}).get("days_left") or 0) < 0:
            was["next_deadline"] = row["next_deadline"] = None
            corrected[PASSED] += 1


class Step(NamedTuple):
    """A command line, and the day on which it is typed."""

    day: date
    words: list[str]


Documents = Sequence[Mapping[str, Any]]
"""What files declare: the tables of their TOML."""


def load(files: Sequence[Path]) -> Documents:
    """Read files that declare agreements."""
    return [tomllib.loads(file.read_text("utf-8")) for file in files]


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
    return found | {"delivery": deadlines["delivery"], "expiry": deadlines["expiry"]}


def history(seed: int, files: list[Path]) -> Iterator[Step]:
    """Yield the command lines of a random history; some of them are refused."""
    chance, slugs = random.Random(seed), slugs_of(load(files))
    day = FIRST + timedelta(days=chance.randrange(60))
    yield Step(day, ["apply", *(file.name for file in files)])
    for _ in range(STEPS):
        day = min(LAST, day + timedelta(days=chance.choice((0, 0, 1, 2, 5, 9))))
        yield Step(day, chosen(chance, commands(chance, slugs, day, range(60, 60 + STEPS))))


Command = tuple[int, list[str]]
"""A command line, and how often it is chosen."""


def chosen(chance: random.Random, found: Sequence[Command]) -> list[str]:
    """Choose a command line."""
    weights, lines = zip(*found, strict=True)
    return chance.choices(lines, weights)[0]


def commands(
    chance: random.Random, slugs: Mapping[str, list[str]], day: date, numbers: range
) -> list[Command]:
    """Return a command line of each kind; corrections are of entries with these numbers."""
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
        (30, ["log", drawn["concession"], chance.choice(STAGES), *said]),
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
        (1, ["withdraw", withdrawn, "--reason", "Not in it"]),
    ]


def ask(folder: Path, name: str, into: str, address: str = "") -> dict[str, Any]:
    """Make a book, ask it for every report on each day, and return the answers by question.

    The book is made in an empty database, if the address of one is given.
    """
    with tempfile.TemporaryDirectory() as place:
        book = address or str(Path(place) / "book.db")
        answers: dict[str, Any] = {}
        run(book, LAST, ["init", "--empty"], on=FIRST - timedelta(days=1))
        steps = json.loads((folder / "histories" / f"{name}.json").read_text("utf-8"))
        for at, (day, words) in enumerate(steps):
            new = words if into == FROZEN else now(words)
            files = [str(folder / "books" / one) if one.endswith(".toml") else one for one in new]
            ran = run(book, date.fromisoformat(day), files)
            answers[f"step {at}: {shlex.join(words)}"] = ran[0]
        last = json.loads(run(book, LAST, ["status", "-f", "json"])[1])["book"]["entries"]
        for question in questions(name, steps, last):
            words = shlex.split(question if into == FROZEN else asked(question))
            code, out, err = run(book, LAST, [*words, "-f", "json"])
            answers[question] = known(json.loads(out)) if code in (0, 1) else [code, err]
    return answers


def questions(name: str, steps: list[tuple[str, list[str]]], last: int) -> Iterator[str]:
    """Yield each report as of days that spread over a book, at numbers, and by the public clock."""
    chance = random.Random(name)
    first = date(2025, 5, 15) if name in SEEDS else date.fromisoformat(steps[0][0])
    span = (LAST - first).days
    for at in range(DAYS):
        day = first + timedelta(days=span * at // (DAYS - 1))
        for number in ("", f" --known-by {chance.randrange(last // 2, last + 1)}"):
            public = f" --public-by {day}" if (at + bool(number)) % 2 else ""
            yield from (f"{report} --as-of {day}{number}{public}" for report in REPORTS)


def run(book: str, today: date, words: list[str], on: date | None = None) -> tuple[int, str, str]:
    """Run a command line of the program in this process, on a day at noon."""
    from tracker import settings
    from tracker.cli import run as command

    moment = datetime.combine(on or today, datetime.min.time(), UTC).replace(hour=12)
    settings.now = lambda: moment
    raw = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(stream, "utf-8", write_through=True) for stream in raw)
    with redirect_stdout(out), redirect_stderr(err):
        given = ["--db", book, "--author", "analyst", "--today", today.isoformat(), *words]
        code = command(given)
    return code, raw[0].getvalue().decode(), raw[1].getvalue().decode()


def prepare(folder: Path) -> None:
    """Write the books and the histories, from the checkout that runs this."""
    for name in ("books", "histories", FROZEN):
        (folder / name).mkdir(parents=True, exist_ok=True)
    here = Path.cwd()
    for seed in SEEDS:
        text = (here / "seeds" / f"{seed}.toml").read_text("utf-8")
        (folder / "books" / f"{seed}.toml").write_text(text, "utf-8")
        steps = [("2026-11-25", ["apply", f"{seed}.toml"])]
        (folder / "histories" / f"{seed}.json").write_text(json.dumps(steps), "utf-8")
    books = [folder / "books" / name for name in ("truce.toml", "accord.toml")]
    for file, made_for in zip(books, ("publish", "reports"), strict=True):
        file.write_text((here / "tests" / made_for / file.name).read_text("utf-8"), "utf-8")
    for number in range(HISTORIES):
        steps = [(day.isoformat(), words) for day, words in history(number, books)]
        path = folder / "histories" / f"history-{number:02}.json"
        path.write_text(json.dumps(steps), "utf-8")


def names(folder: Path) -> list[str]:
    """Return the names of the books, the largest first."""
    return sorted((path.stem for path in (folder / "histories").iterdir()), reverse=True)


def answer(folder: Path, name: str, into: str, address: str) -> str:
    """Ask one book, and keep the answers."""
    text = json.dumps(ask(folder, name, into, address), ensure_ascii=False, indent=0)
    (folder / into / f"{name}.json").write_text(text, "utf-8")
    return name


def ask_all(folder: Path, into: str, addresses: Iterable[str] = repeat("")) -> None:
    """Ask all books, on two cores, each in a file of its own or in a database."""
    (folder / into).mkdir(exist_ok=True)
    with ProcessPoolExecutor(2) as pool:
        for name in pool.map(answer, repeat(folder), names(folder), repeat(into), addresses):
            print(f"asked {name}", flush=True)


def ask_on_server(folder: Path, into: str) -> None:
    """Ask all books in databases of a PostgreSQL server, which is gone afterwards."""
    from tests.server import started  # not needed where an earlier commit is asked

    server = started()
    try:
        ask_all(folder, into, [server.url(server.create()) for _ in names(folder)])
    finally:
        server.stop()


def freeze(folder: Path) -> None:
    """Ask the program of `COMMIT`, in a worktree of it."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "source"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "-q", "--detach", str(source), COMMIT], check=True)
        try:
            (source / "tests" / "oracle.py").write_bytes(Path(__file__).read_bytes())
            command = [sys.executable, "-m", "tests.oracle", "asked", str(folder)]
            subprocess.run(command, cwd=source, env={"PYTHONPATH": str(source)}, check=True)
        finally:
            subprocess.run([*git, "remove", "--force", str(source)], check=True)


def compare(folder: Path, on_server: bool) -> int:
    """Ask this program, and print what differs; return the number of answers that do."""
    into, database = ("server", "PostgreSQL") if on_server else ("now", "SQLite")
    (ask_on_server if on_server else ask_all)(folder, into)
    kinds, reasons = Counter[str](), Counter[str]()
    total = 0
    for name in names(folder):
        old, new = (
            json.loads((folder / at / f"{name}.json").read_text("utf-8")) for at in (FROZEN, into)
        )
        if old.keys() != new.keys():  # sources that were added are no entries any more
            old = {one: old[one] for one in old if not NUMBERED.search(one)}
        total += len(old)
        for question in old:
            before = renamed(known(old[question]))
            after = without_early(new.get(question), reasons)
            without_passed(before, after, reasons)
            for place, was, value in differences(before, after):
                if reason := corrected(place, was, value):
                    reasons[reason] += 1
                    continue
                path = place if isinstance(was, list) else f"{place}: {was!s:.50} → {value!s:.50}"
                kinds[path] += 1
                if kinds[path] <= 3:
                    print(f"{name}: {question}: {path}")
    for reason, count in reasons.most_common():
        print(f"  {count:6} corrected: {reason}")
    others = sum(kinds.values())
    print(f"{total} answers compared on {database}; other differences: {others}")
    for path, count in kinds.most_common(20):
        print(f"  {count:6} {path}")
    return sum(kinds.values())


def differences(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the places in which two answers differ, with both values; new keys do not count."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            yield from differences(value, new.get(key, "missing"), f"{path}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for before, after in zip(old, new, strict=True):
            yield from differences(before, after, f"{path}[]")
    elif old != new:
        yield path, old, new


if __name__ == "__main__":
    what, *where = [word for word in sys.argv[1:] if word != "--server"]
    kept = Path(where[0]) if where else Path.home() / ".cache" / "tracker-oracle"
    if what == "freeze":
        kept.mkdir(parents=True, exist_ok=True)
        freeze(kept.resolve())
    elif what == "asked":
        prepare(kept)
        ask_all(kept, FROZEN)
    else:
        sys.exit(compare(kept.resolve(), "--server" in sys.argv) > 0)
