"""Help: the topics, what the shell completes, and what a mistaken command line may have meant."""

import re
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from typer._click import Context
from typer._click.exceptions import ClickException  # typer keeps its own copy of click

from tracker.dates import parse_day_or_period
from tracker.errors import NotFound, TrackerError, in_one_line
from tracker.settings import today
from tracker.vocabulary import STAGES, STATES, SUBJECTS, Outcome, Stage, ThingKind

# What the shell completes.

WORDS = "tracker.words"
"""The key under which a context keeps the arguments of the command."""


def offered(offers: str | Iterable[str], context: Context) -> list[tuple[str, str]]:
    """Return words that complete a value, each with what it means: these, or what a name names.

    A name has words such as `PARTY`, or `concession stage`. It only reads the book, and never
    fails.
    """
    if not isinstance(offers, str):
        return [(word, "") for word in offers]
    named = re.findall("[a-z]+", offers.lower().replace("key|url", "source"))
    named += SUBJECTS if "slug" in named else ()
    found = abouts() if "topic" in named else []
    if "seed" in named:
        from tracker.interchange.seeds import shipped

        found += [(seed.seed, seed.title) for seed in shipped()]
    if not {*named}.isdisjoint(ThingKind):
        things = _things(context)
        found += [(slug, title or "") for what, slug, title in things if what in named]
    if "stage" in named and context.meta.get(WORDS):  # after the first concession
        found += [(stage.value, "") for stage in Stage]
    return found


def _things(context: Context) -> list[tuple[Any, ...]]:
    """Return what the book declares that the command line names; if that fails, nothing."""
    from tracker.database import Target, open_book

    with suppress(Exception):
        target = Target.meant(context.find_root().params.get("db"))
        with closing(open_book(target)) as connection:
            sql = "SELECT what, slug, title FROM declared WHERE in_force ORDER BY entry"
            return [*connection.query(sql)]
    return []


# What a mistaken command line may have meant: one line that says what to type.

COMMANDS = {
    **dict.fromkeys(("update", "record", "set", *Stage), "log"),
    **dict.fromkeys(("list", "ls", "overview"), "status"),
    **dict.fromkeys(("edit", "correct", "fix", "cite"), "amend"),
    **dict.fromkeys(("delete", "remove", "rm"), "retract"),
    **dict.fromkeys(("find", "search", "view", "get", "why", "explain", "trace"), "show"),
    **dict.fromkeys(("compare", "changes"), "diff"),
    **dict.fromkeys(("new", "create", "declare"), "add"),
    **dict.fromkeys(("report", "last"), "week last"),
    **dict.fromkeys(("merge", "load"), "import"),
}
"""What people call a command, and its name."""
OPTIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("--amount", "--figure", "--value", "--quantity"),
        ("--value", "--target", "'tracker measure DEADLINE VALUE UNIT'"),
    ),
    "--date": ("--on", "--as-of"),
    "--on": ("--since", "--until", "--as-of"),
    "--overdue": ("--until today", "'tracker deadlines --until today'"),
    "--party": ("--giver", "--receiver"),
    "--changed": ("--brief", "'tracker week'"),
    **dict.fromkeys(("--columns", "--sort", "--limit"), ("'tracker status {}'",)),
    **dict.fromkeys(("--message", "--text", "--comment"), ("-m",)),
    "--json": ("-f json",),
    "--csv": ("-f csv",),
}
"""What people call an option, with the options, arguments or commands that do it."""
PLACES: dict[str, tuple[str, ...]] = {
    "party": ("--giver {}", "--receiver {}", "'tracker status --giver {}'"),
    "agreement": ("--agreement {}", "'tracker status --agreement {}'"),
    "day": ("--as-of {}", "--on {}"),
    **dict.fromkeys(("concession", "deadline", "source"), ("'tracker show {}'",)),
}
"""Where a value that a command does not take goes, by what it names in the book, if anything."""
IN_QUOTES = "Put text with several words in quotes"


def in_our_words(error: ClickException) -> str:
    """Return a usage error as one line that ends with what to do."""
    what = error.format_message().strip().rstrip(".")
    what = in_one_line(" ".join(line.strip() for line in what.splitlines()))
    what = what.replace("is not a valid int range", "is not a whole number")
    context = getattr(error, "ctx", None)
    if context is None:
        return f"{what}. See 'tracker --help'."
    option = getattr(error, "option_name", None)
    if context.parent and option in _options_of(context.find_root()):
        return f"No such option: {option}. Write {option} before the command."
    if what.startswith("Missing argument"):
        what = f"{_missing(context)}. Write: {_form(context)}"
    if option and what.startswith("No such option") and (instead := _instead(context, option)):
        what = f"No such option: {option}. Write{instead}"
    remedy = f"See '{context.command_path} --help'."
    return f"{what}{'' if what.endswith(('?', '...')) else '.'} {remedy}"


def extra(context: Context, words: list[str]) -> str:
    """Return what to do about words that no argument of a command takes."""
    places = PLACES.get(_kind_of(context, words[0]), ())
    if offered := _fitting(context, places, words[0]):
        return f"'{context.command.name}' does not take '{words[0]}'. Write {offered}"
    advice = IN_QUOTES if "-m" in _options_of(context) else ""
    return f"Got unexpected extra argument(s) ({' '.join(words)}). {advice}"


def _kind_of(context: Context, word: str) -> str:
    """Return what a word names in the book, or `day`; else nothing."""
    with suppress(TrackerError):
        parse_day_or_period(word, today())
        return "day"
    return next((what for what, slug, _ in _things(context) if slug == word.lower()), "")


def _missing(context: Context) -> str:
    """Return which argument is missing: the one after those given, but a stage comes last."""
    command: Any = context.command
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    parsed, _, _ = command.make_parser(context).parse_args(list(context.meta[WORDS]))
    given = [parsed.get(one.name) for one in arguments]
    words = [word for one in given for word in (one if isinstance(one, tuple) else (one,)) if word]
    following = min(len(words), len(arguments) - 1)
    missing = arguments[0 if {*words} <= {*Stage, *Outcome} else following]
    return f"Missing {missing.metavar.strip('.')}: {missing.help.rstrip('.')}"


def _form(context: Context) -> str:
    """Return how a command is written."""
    _, *words = context.command.collect_usage_pieces(context)
    return " ".join([context.command_path, *(word.strip("{}") for word in words)])


def _instead(context: Context, option: str) -> str:
    """Return what to write for an option that a command takes by another name, or by its place."""
    meant = OPTIONS.get(option, ())
    places = [one.name for one in context.command.params if one.param_type_name == "argument"]
    if {one.lstrip("-") for one in (option, *meant)} & {*places}:
        return f": {_form(context)}"
    offered = _fitting(context, meant, option)
    return f" {offered}" if offered else ""


def _fitting(context: Context, forms: tuple[str, ...], word: str) -> str:
    """Return the options among some forms that a command has, else the command that does it."""
    options = _options_of(context)
    own = [form for form in forms if form.partition(" ")[0] in options]
    others = [form for form in forms if form.startswith("'")]
    return " or ".join(form.format(word) for form in own or others)


def _options_of(context: Context) -> list[str]:
    return [name for parameter in context.command.params for name in parameter.opts]


# What the program says about itself.

FOLDER = Path(__file__).parent / "topics"
"""The topics, one text file each; the first line says what it is about."""


def topics() -> dict[str, str]:
    """Return every topic's text by its name."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
    states = [f"    {state:11}  {meaning}" for state, meaning in STATES.items()]
    stages = [
        f"    {stage:11}  {grade.meaning:43}  {grade.state}" for stage, grade in STAGES.items()
    ]
    tables = {"stages": "\n".join(stages), "states": "\n".join(states)}
    return texts | {"stages": texts["stages"].format_map(tables)}


def abouts() -> list[tuple[str, str]]:
    """Return every topic's name with what it is about."""
    return [(name, text.partition("\n")[0]) for name, text in topics().items()]


DEFINED = re.compile(r"^ {4}(\w\S*(?: \S+)*)(?: {2,}|\n {8,})(\S.*(?:\n {8,}\S.*)*)", re.MULTILINE)
"""A word, or several, and what a topic says of it: on its line, and on those indented below it."""


def _meaning(word: str, texts: dict[str, str]) -> str | None:
    """Return what the topics say of a word; None if they do not have it."""
    found = [
        (topic, words, re.sub(r" {2,}", " → ", re.sub(r"\n +", " ", said)))
        for topic, text in texts.items()
        for words, said in DEFINED.findall(text)
    ]
    whole = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    own = [one for one in found if word in one[1].split(", ")]
    own = own or [one for one in found if one[0] == "words" and whole.search(one[2])]
    lines = [f"{words}: {said} (tracker help {topic})" for topic, words, said in own]
    return "\n".join(lines) or None


def about(name: str, commands: Iterable[str]) -> str:
    """Return a topic or the meaning of a word; without a name, list the topics."""
    texts = topics()
    if not name:
        width = max(map(len, texts))
        listed = "\n".join(f"  {topic.ljust(width)}  {about}" for topic, about in abouts())
        return f"Topics, each shown by 'tracker help TOPIC':\n\n{listed}"
    if text := texts.get(name) or _meaning(name, texts):
        return text
    raise NotFound("no such topic", name=name, known=[*texts, *commands])
