"""What a command line that cannot be parsed may have meant: one line that says what to type."""

from contextlib import suppress
from typing import Any

from typer._click import Context
from typer._click.exceptions import ClickException  # typer keeps its own copy of click

from tracker.cli import completion
from tracker.dates import parse_day_or_period
from tracker.errors import TrackerError, in_one_line
from tracker.settings import today
from tracker.vocabulary import Stage, parse_word

COMMANDS = {
    **dict.fromkeys(("update", "record", "set", *Stage), "log"),
    **dict.fromkeys(("list", "ls", "overview"), "status"),
    **dict.fromkeys(("edit", "correct", "fix", "cite"), "amend"),
    **dict.fromkeys(("delete", "remove", "rm"), "retract"),
    **dict.fromkeys(("find", "search", "view", "get"), "show"),
    **dict.fromkeys(("compare", "changes"), "diff"),
    **dict.fromkeys(("new", "create", "declare"), "add"),
    **dict.fromkeys(("progress", "targets"), "pace"),
    **dict.fromkeys(("journal", "entries"), "history"),
    **dict.fromkeys(("merge", "load"), "import"),
    **dict.fromkeys(("extend", "postpone"), "move"),
}
"""What people call a command, and its name."""
OPTIONS: dict[str, tuple[str, ...]] = {
    "--date": ("--on", "--as-of"),
    "--party": ("--giver", "--receiver"),
    "--changed": ("--brief", "'tracker week'"),
    **dict.fromkeys(("--columns", "--sort", "--limit"), ("'tracker status {}'",)),
    **dict.fromkeys(("--message", "--text", "--comment"), ("-m",)),
    "--from": ("--since",),
    "--to": ("--until",),
    "--json": ("-f json",),
    "--csv": ("-f csv",),
    "-o": ("file",),
}
"""What people call an option, with the options, arguments or commands that do it."""
PLACES: dict[str, tuple[str, ...]] = {
    "party": ("--giver {}", "--receiver {}", "'tracker status --giver {}'"),
    "agreement": ("--agreement {}", "'tracker status --agreement {}'"),
    "day": ("--as-of {}", "--on {}"),
    **dict.fromkeys(("concession", "deadline", "source"), ("'tracker show {}'",)),
}
"""Where a value that a command does not take goes, by what it names in the book."""
IN_QUOTES = "Put text with several words in quotes"
SINGLE = {"undo": "Take back a single entry with 'tracker retract ENTRY -m REASON'"}
"""What to do about an extra argument, by command."""


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
    if option and what.startswith("No such option"):
        what = _instead(context, option) or what
    remedy = f"See '{context.command_path} --help'."
    return f"{what}{'' if what.endswith(('?', '...')) else '.'} {remedy}"


def extra(context: Context, words: list[str]) -> str:
    """Return what to do about words that no argument of a command takes."""
    name, word = context.command.name or "", words[0]
    if offered := _fitting(context, PLACES.get(_kind_of(context, word), ()), word):
        return f"'{name}' does not take '{word}'. Write {offered}"
    advice = SINGLE.get(name, IN_QUOTES)
    return f"Got unexpected extra argument(s) ({' '.join(words)}). {advice}"


def _kind_of(context: Context, word: str) -> str:
    """Return what a word names in the book, `day`, or nothing."""
    with suppress(TrackerError):
        parse_day_or_period(word, today())
        return "day"
    in_force = "SELECT what FROM declared WHERE in_force AND slug = :word"
    return next((what for (what,) in completion.rows(context, in_force, word=word.lower())), "")


def _missing(context: Context) -> str:
    """Return which argument is missing: the one after those given, if the last is not its value."""
    command: Any = context.command
    arguments = [one for one in command.own if not one.option.names]
    parsed, _, _ = command.make_parser(context).parse_args(list(context.meta[completion.WORDS]))
    given = [parsed.get(one.name) for one in arguments]
    words = [word for one in given for word in (one if isinstance(one, tuple) else (one,)) if word]
    missing = arguments[0 if words and _ends(arguments, str(words[-1])) else len(words)]
    return f"Missing {missing.option.metavar.strip('.')}: {missing.option.about.rstrip('.')}"


def _ends(arguments: list[Any], word: str) -> bool:
    """Return whether a word is a value of the last argument, such as a stage."""
    offers = arguments[-1].option.offers
    if offers is Stage:
        with suppress(TrackerError):
            return bool(parse_word("stage", word, Stage))
    return word in [*offers]


def _form(context: Context) -> str:
    """Return how a command is written."""
    _, *words = context.command.collect_usage_pieces(context)
    return " ".join([context.command_path, *(word.strip("{}") for word in words)])


def _instead(context: Context, option: str) -> str | None:
    """Return what to write for an option that a command takes by another name, or by its place."""
    places = [one.name for one in context.command.params if one.param_type_name == "argument"]
    if {one.lstrip("-") for one in (option, *OPTIONS.get(option, ()))} & {*places}:
        return f"No such option: {option}. Write: {_form(context)}"
    offered = _fitting(context, OPTIONS.get(option, ()), option)
    return f"No such option: {option}. Write {offered}" if offered else None


def _fitting(context: Context, forms: tuple[str, ...], word: str) -> str:
    """Return the options among some forms that a command has, else the command that does it."""
    options = _options_of(context)
    own = [form for form in forms if form.partition(" ")[0] in options]
    others = [form for form in forms if form.startswith("'")]
    return " or ".join(form.format(word) for form in own or others)


def _options_of(context: Context) -> list[str]:
    return [name for one in context.command.params for name in one.opts]
