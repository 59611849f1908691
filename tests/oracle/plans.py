"""The books that are made, and what they are asked: all of it follows from a number."""

import random
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tests.histories import DECLARED, DECLARED_ON, FILES, PAUSES, drawn_line, few_slugs, slugs_of
from tests.oracle.answering import Plan, Question, Typed
from tests.questions import every_report
from tracker.interchange import seeds

AUTHORS = ("li", "chen", "ana")
"""Who writes in the copies `a`, `b` and `c`."""
SEEDS = ("article", "busan-truce", "us-eu", "us-japan", "us-korea")
CONTESTED = 0.35
"""How much of what is typed in copies is about what all of them hold."""
AFTER = ("2026-02-22", "2026-11-30")
"""Days on which the seeds are asked: in the thick of it, and at their end."""
DATA_AND_TEXT = ["json", "80", "100"]
OTHER_FORMS = ("csv", "markdown", "html")

Slugs = dict[str, list[str]]


def plans(numbers: Sequence[int], asked: int, seeds_alone: Sequence[str] = SEEDS) -> Iterator[Plan]:
    """Yield the shipped seeds, and for each number a history and one in copies that meet again.

    `asked` is how many questions a book is asked: one for each report, the others are drawn.
    """
    for seed in seeds_alone:
        yield _of_seeds(seed, [seed], asked)
    yield _of_seeds("all-seeds", [*SEEDS[1:]], asked)
    for number in numbers:
        yield _history(number, asked)
        yield _copies(number, 2 + number % 2, asked)


# --- how books are made ---------------------------------------------------------------------------


def _of_seeds(name: str, names: Sequence[str], asked: int) -> Plan:
    """Return the book of some shipped seeds."""
    chance = random.Random(name)
    files = {f"{seed}.toml": seeds.find(seed).read_text("utf-8") for seed in names}
    made_on = AFTER[-1]
    steps = [Typed("a", made_on, "li", ["init", "--empty"])]
    steps += [Typed("a", made_on, "li", ["apply", file]) for file in files]
    slugs = slugs_of([tomllib.loads(text) for text in files.values()])
    questions = []
    for day in AFTER:
        questions += _questions(chance, "a", slugs, _days_up_to(day), asked // 2)
    return Plan(name, files, steps, questions)


def _history(number: int, asked: int) -> Plan:
    """Return a book of the tests' two agreements, and what was typed in it."""
    chance = random.Random(number)
    slugs, day = few_slugs(chance), DECLARED_ON
    steps = _declared()
    kept: dict[str, str] = {}
    for _ in range(chance.randint(15, 30)):
        day += timedelta(days=chance.choice(PAUSES))
        numbers = range(DECLARED, DECLARED + len(steps))
        steps.append(_typed(chance, "a", day, slugs, numbers, kept))
    questions = _questions(chance, "a", slugs, _days_up_to(str(day)), asked)
    return Plan(f"history-{number}", _files() | kept, steps, questions)


def _copies(number: int, many: int, asked: int) -> Plan:
    """Return two or three copies of a book that went on apart, and were imported into each other.

    They are imported in a drawn order, go on, and are imported once more.
    """
    chance = random.Random(f"copies {number}")
    slugs, day = few_slugs(chance), DECLARED_ON
    names = ["a", "b", "c"][:many]
    steps, kept = _declared(), dict[str, str]()
    for _ in range(chance.randint(4, 9)):
        day += timedelta(days=chance.choice(PAUSES))
        numbers = range(DECLARED, DECLARED + len(steps))
        steps.append(_typed(chance, "a", day, slugs, numbers, kept))
    common = range(DECLARED + 1, DECLARED + len(steps))
    steps.append(Typed("a", str(day), "li", ["export", "parting.jsonl"]))
    steps += [Typed(copy, str(day), "li", ["init", "parting.jsonl"]) for copy in names[1:]]
    own = {copy: {kind: [*found] for kind, found in slugs.items()} for copy in names}
    for _ in range(2):
        for _ in range(chance.randint(6, 14)):
            copy = chance.choice(names)
            day += timedelta(days=chance.choice(PAUSES))
            numbers = range(DECLARED, DECLARED + len(steps))
            if chance.random() < CONTESTED:
                words = _contested(chance, slugs, str(day), common)
                steps.append(Typed(copy, str(day), _author(copy), words))
            else:
                steps.append(_typed(chance, copy, day, own[copy], numbers, kept))
        pairs = [(into, other) for into in names for other in names if into != other]
        for into, other in chance.sample(pairs, chance.randint(many, len(pairs))):
            steps.append(Typed(into, str(day), _author(into), ["import", f"{{{other}}}"]))
    questions = []
    for copy in names:
        days = _days_up_to(str(day))
        questions += _questions(chance, copy, own[copy], days, asked // many)
    return Plan(f"copies-{number}", _files() | kept, steps, questions)


def _contested(chance: random.Random, slugs: Slugs, day: str, common: range) -> list[str]:
    """Return a command line on which copies may disagree: about what all of them hold."""
    concession, deadline = slugs["concession"][0], slugs["deadline"][0]
    number, text = str(chance.choice(common)), chance.choice(("Ships", "Cargoes", "Licences"))
    why = ["--reason", "As read again"]
    lines = [
        ["log", concession, chance.choice(("met", "missed", "broken")), "--on", day],
        ["amend", number, "--note", text],
        ["retract", number, *why],
        ["retract", chance.choice((concession, deadline)), "--everything", *why],
        ["change", concession, "--title", text, *why],
        ["close", deadline, chance.choice(("met", "missed", "cancelled")), "--on", day],
        ["undo"],
    ]
    return chance.choice(lines)


def _declared() -> list[Typed]:
    """Return the command lines that declare the tests' two agreements."""
    declared = [["init", "--empty"], *(["apply", name] for name in _files())]
    return [Typed("a", str(DECLARED_ON), "desk", words) for words in declared]


def _files() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in FILES}


def _author(copy: str) -> str:
    return AUTHORS["abc".index(copy)]


def _typed(
    chance: random.Random,
    copy: str,
    day: date,
    slugs: Slugs,
    numbers: range,
    kept: dict[str, str],
) -> Typed:
    """Return a drawn command line; a text to be kept becomes a file."""
    words = drawn_line(chance, slugs, day, numbers)
    if words[0] == "keep":
        file = f"kept-{len(kept)}.txt"
        kept[file] = words[2]
        words = ["source", "keep", words[1], file]
    return Typed(copy, str(day), _author(copy), words)


# --- what they are asked --------------------------------------------------------------------------


def _days_up_to(last: str) -> list[date]:
    """Return the last day and days before it, nearer ones closer together."""
    end = date.fromisoformat(last)
    return [end - timedelta(days=back) for back in (0, 1, 3, 7, 12, 20, 33, 50, 75, 110, 160)]


def _questions(
    chance: random.Random, copy: str, slugs: Slugs, days: list[date], asked: int
) -> list[Question]:
    """Return a question for every report as of the last day, and others that are drawn."""
    today = str(days[0])
    examples = {
        "week": _week(days[1]),
        "day": str(days[4]),
        "concession": slugs["concession"][0],
        "deadline": slugs["deadline"][0],
        "source": slugs["source"][0],
        "entry": str(DECLARED + 1),
    }
    lines = [line.split() for line in every_report(examples)]
    while len(lines) < asked:
        line = _drawn(chance, slugs, days)
        if line not in lines:
            lines.append(line)
    questions = []
    for number, words in enumerate(lines):
        forms = [*DATA_AND_TEXT]
        if number % 8 == 0:
            forms.append(OTHER_FORMS[number // 8 % len(OTHER_FORMS)])
        questions.append(Question(copy, today, words, forms))
    return [*questions, Question(copy, today, ["deadlines"], ["ics"])]


def _drawn(chance: random.Random, slugs: Slugs, days: list[date]) -> list[str]:
    """Return a report with arguments, clocks and filters that are drawn."""
    one = {kind: chance.choice(found) for kind, found in slugs.items()}
    day, since = (str(chance.choice(days)) for _ in range(2))
    anything = one[chance.choice(("agreement", "concession", "deadline"))]
    reports = [
        (4, ["status"]),
        (5, ["week", _week(chance.choice(days))]),
        (1, ["week", "last"]),
        (2, ["week", "--brief"]),
        (2, ["week", "--all"]),
        (3, ["gains"]),
        (2, ["gains", "--since", since]),
        (1, ["gains", "--by", "giver", "--since", since]),
        (3, ["deadlines"]),
        (1, ["deadlines", one["concession"]]),
        (1, ["deadlines", "--within", str(chance.choice((7, 30, 90)))]),
        (3, ["pace"]),
        (1, ["pace", one["delivery"]]),
        (3, ["claims"]),
        (1, ["claims", one["concession"]]),
        (2, ["reliability"]),
        (1, ["reliability", "--by", chance.choice(("sector", "kind", "instrument"))]),
        (3, ["check"]),
        (1, ["check", "--stale", str(chance.choice((7, 14, 60)))]),
        (2, ["history"]),
        (1, ["history", anything, "--all"]),
        (1, ["history", "--since", since]),
        (3, ["show", one["concession"]]),
        (2, ["show", one["deadline"]]),
        (1, ["show", one["source"]]),
        (1, ["show", str(chance.randrange(DECLARED, DECLARED + 40))]),
        (1, ["sources"]),
        (3, ["diff", min(since, day), max(since, day)]),
    ]
    weights, lines = zip(*reports, strict=True)
    (words,) = chance.choices(lines, weights)
    return [*words, *_clocks(chance, words[0], day), *_narrowed(chance, words[0], one)]


def _clocks(chance: random.Random, report: str, day: str) -> list[str]:
    """Return what moves the clocks of a report, for half of all questions."""
    number = f"#{chance.randrange(DECLARED, DECLARED + 50)}"
    known = ["--known-by", chance.choice((number, day))]
    if report == "diff":
        return chance.choice(([], known))
    as_of = ["--as-of", day]
    hindsight = [*as_of, "--hindsight"]
    return chance.choice(([], [], as_of, as_of, hindsight, known, [*as_of, *known]))


def _narrowed(chance: random.Random, report: str, one: dict[str, str]) -> list[str]:
    """Return filters, for a third of all questions."""
    if report in ("show", "sources", "history"):
        return chance.choice(([], [], ["--agreement", one["agreement"]]))
    filters = [
        ["--agreement", one["agreement"]],
        ["--giver", one["party"]],
        ["--receiver", one["party"]],
        ["--state", chance.choice(("kept", "in force", "lost", "promised"))],
    ]
    return chance.choice(([], [], [], [], [], [], [], [], *filters))


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
