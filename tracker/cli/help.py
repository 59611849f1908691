"""Help: the topics, what the shell completes, and what a mistaken command line may have meant."""

import re
import shlex
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from difflib import get_close_matches
from itertools import dropwhile, takewhile
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

from typer import Context, TyperException

from tracker.book.options import Narrowed
from tracker.dates import parse_day_or_span
from tracker.errors import NotFound, TrackerError, either, in_one_line
from tracker.files import packaged
from tracker.resolver import SHORTEST
from tracker.settings import today
from tracker.vocabulary import (
    DERIVED,
    SUBJECTS,
    TYPED,
    Outcome,
    Stage,
    Status,
    ThingKind,
)

if TYPE_CHECKING:
    from tracker.cli.parameters import Parameter

# What the shell completes.


def offered(offers: str | Iterable[str], context: Context) -> list[tuple[str, str]]:
    """Return words that complete a value, each with what it means: these, or what a name names.

    A name has words such as `PARTY`, or `concession status`. It only reads the book, and never
    fails.
    """
    if not isinstance(offers, str):
        return [(word, "") for word in offers]
    words = re.findall("[a-z]+", offers.lower().replace("key|url", "source"))
    words += SUBJECTS if "slug" in words else ()
    completions = abouts() if "topic" in words else []
    if "seed" in words:
        from tracker.interchange.seeds import shipped

        completions += [(seed.seed, seed.title) for seed in shipped()]
    if not {*words}.isdisjoint((*ThingKind, "sector")):
        things = _things(context)
        completions += [
            (slug, title or "") for kind, slug, title in things if kind in words
        ]
    if "status" in words and any(context.params.values()):  # after the first concession
        completions += [(status.value, status.meaning) for status in TYPED]
    return completions


def _things(context: Context) -> list[tuple[Any, ...]]:
    """Return the declared things, and the sectors, of the book that the command line names.

    A book that cannot be read has none.
    """
    from tracker.database import Target, open_book

    with suppress(Exception):
        target = Target.meant(context.find_root().params.get("db"))
        with closing(open_book(target)) as connection:
            sql = "SELECT what, slug, title FROM declared WHERE in_force ORDER BY entry"
            sectors = "SELECT DISTINCT 'sector', sector, sector FROM promise ORDER BY 2"
            return [*connection.query(sql), *connection.query(sectors)]
    return []


# What a mistaken command line may have meant: one line that says what to type.

GUESSES = Path(__file__).with_name("guesses.txt")
NEAR = 0.7
"""How similar a word must be to what is suggested for it."""
DAYS = ("day", "period")
"""What a word can name beside what the book holds."""
PLACES: dict[str, tuple[str, ...]] = {
    "party": ("--giver WORD", "--receiver WORD", "tracker status --giver WORD"),
    "agreement": ("--agreement WORD", "tracker status --agreement WORD"),
    "sector": ("--sector WORD", "tracker status --sector WORD"),
    **dict.fromkeys(DAYS, ("--as-of WORD", "--on WORD", "--due WORD")),
    **dict.fromkeys(("concession", "deadline", "source"), ("tracker show WORD",)),
}
"""Where a value that a command does not take goes, by what it names in the book, if anything."""
WITHOUT_OPTIONS = ("tracker diff", "tracker show")
"""The commands that take a thing or days, and hardly an option that another command has."""
FILLERS = ("since", "from", "to", "until", "in", "on", "for", "about", "of", "the", "me")
"""Words between a guess and what it is about."""
IN_QUOTES = "Put text with several words in quotes"


def in_our_words(error: TyperException) -> str:
    """Return a usage error as one line that ends with what to do."""
    message = error.format_message().strip().removesuffix(".")
    message = in_one_line(" ".join(line.strip() for line in message.splitlines()))
    context = getattr(error, "ctx", None)
    if context is None:
        return f"{message}. See 'tracker --help'."
    option = getattr(error, "option_name", None)
    if option == "--author" and "--as-of" in _options_of(context):
        return (
            f"No such option: {option}. It says who records, before a command that does."
        )
    if context.parent and option in _options_of(context.find_root()):
        return f"No such option: {option}. Write {option} before the command."
    if option and message.startswith("No such option"):
        message = f"No such option: {in_one_line(option)}.{_instead(context, option)}"
    if not message.endswith(("?", "...")):
        message = f"{message.removesuffix('.')}."
    return f"{message} See '{context.command_path} --help'."


def guesses() -> dict[str, list[str]]:
    """Return what people type for a command or an option, each with the forms that do it."""
    _, _, rows = GUESSES.read_text("utf-8").partition("\n\n")
    forms: dict[str, list[str]] = {}
    for row in filter(None, rows.splitlines()):
        words, *does = re.split(" {2,}", row)
        for word in words.split(", "):
            forms.setdefault(word, []).extend(does)
    return forms


def unknown(context: Context, words: list[str]) -> str:
    """Return what to do about an unknown command: it may mean a known one, or name a thing."""
    first = words[0]
    group = "" if context.parent is None else f"{context.command.name} "
    message = f"No such command '{group}{in_one_line(first)}'."
    for length in (2, 1):
        meant = " ".join(words[:length]).lower()
        if forms := guesses().get(f"{group}{meant}"):
            return f"{message} Write {_filled(forms, first, words[length:])}."
    kind = "" if group else _kind_of(context, first)
    if kind in PLACES and kind not in DAYS:
        return f"{message} Write {_fitting(context, PLACES[kind], first)}."
    commands = _commands_of(context)
    near = [
        command for command in commands if first and command.startswith(first.lower())
    ]
    near = near or get_close_matches(first.lower(), commands, cutoff=NEAR)
    if near:
        return f"{message} Did you mean {either(map(repr, near))}?"
    if group:
        known = [f"'tracker {group}{command}'" for command in commands]
        return f"{message} Write {either(known)}."
    return message


def _commands_of(context: Context) -> list[str]:
    return [*getattr(context.command, "commands", ())]


def _filled(forms: Iterable[str], word: str, rest: Sequence[str]) -> str:
    """Return commands to write: with the words that followed, and the word that was typed."""
    commands = []
    for form in forms:
        command, _, remark = form.partition(" # ")
        before, _, gap = command.partition("{")
        says, _, after = gap.partition("}")
        given = [*rest]
        if form.startswith(WITHOUT_OPTIONS) or after:
            given = [part for part in given if part not in FILLERS]
            before_options = [*takewhile(lambda part: not part.startswith("-"), given)]
            given = before_options or [
                part for part in given if not part.startswith("-")
            ]
            given = given[:1] if after else given
        if says == "-":
            given = [*dropwhile(lambda part: not part.startswith("-"), given)]
            says = ""
        taken = [_as_taken(form, part) for part in given]
        words = shlex.join(taken) if gap else ""
        command = f"{before}{words or says}{after}".rstrip().replace("WORD", word)
        quote = '"' if "'" in command else "'"
        commands.append(f"{quote}{command}{quote}" + f" ({remark})" * bool(remark))
    return " or ".join(commands)


def _as_taken(form: str, word: str) -> str:
    """Return a word or, of an option, its name in the command of a form: `--within` of `--days`."""
    from tracker.cli.build import accepted_by, methods  # which imports this module

    names = form.split()[1:3]
    method = methods().get(" ".join(names)) or methods().get(names[0])
    options = (
        [name for param in accepted_by(method) for name in param.names] if method else []
    )
    fitting = [name for name in guesses().get(word, ()) if name in options]
    return fitting[0] if fitting and word not in options else word


def _declaring(context: Context) -> str:
    """Return how a thing is declared with all that it needs, if a command declares one."""
    forms = guesses().get(f"new {context.command.name}")
    return re.sub("[{}]", "", forms[0]) if forms else ""


def extra(context: Context, words: list[str]) -> str:
    """Return what to do about words that no argument of a command takes."""
    first, *rest = words
    options = _options_of(context)
    if declaring := _declaring(context):
        advice = f"Write '{declaring}'"
    elif rest and f"--{first}" in options:
        advice = in_one_line(f"Write --{first} {shlex.join(rest[:1])}")
    else:
        advice = in_place_of(context, first, rest)
    if advice:
        return f"'{context.command.name}' does not take '{first}'. {advice}"
    if "--title" in options:
        advice = f"Write --title {shlex.quote(first)}"
    elif "-m" in options:
        advice = IN_QUOTES
    return f"Got unexpected extra argument(s) ({' '.join(words)}). {advice}"


def in_place_of(context: Context, word: str, rest: Sequence[str] = ()) -> str:
    """Return what to write for a word that a command does not take, if anything is known of it."""
    kind = _kind_of(context, word)
    number = "ENTRY" if word.lstrip("#").isdecimal() else ""
    forms: list[str] = []
    for meant in (word.lower(), number, kind.upper()):
        forms = forms or guesses().get(f"{context.command.name} {meant}", [])
    places = PLACES.get(kind, ())
    instead = _filled(forms, word, rest) or _fitting(context, places, word)
    instead = instead or _filled(guesses().get(word.lower(), []), word, rest)
    return f"Write {in_one_line(instead)}" if instead else ""


def _kind_of(context: Context, word: str) -> str:
    """Return what a word names in the book, by slug, title or a part of either; or `day`."""
    with suppress(TrackerError):
        span = parse_day_or_span(word, today())
        return "day" if span.start == span.end else "period"
    whole = word.lower()
    part = re.compile(rf"\b{re.escape(whole)}")
    alike = ""
    for kind, slug, title in _things(context):
        names = (slug, (title or "").lower())
        if whole in names:
            return str(kind)
        if kind in SUBJECTS and len(whole) >= SHORTEST and any(map(part.search, names)):
            alike = alike or str(kind)
    return alike


def missing(
    context: Context,
    accepted: "list[Parameter]",
    needed: "Parameter",
    given: dict[str, Any],
) -> str:
    """Return what to write for a parameter that a command needs.

    Of several arguments, those that follow what was given are missing; but a status comes last.
    """
    if needed.names:
        return f"Missing option {' / '.join(map(repr, needed.names))}."
    arguments = [param for param in accepted if not param.names]
    words: list[str] = []
    for param in arguments:
        value = given[param.name] or []
        words += [value] if isinstance(value, str) else value
    absent = arguments[min(len(words), len(arguments) - 1)]
    if {*words} <= {*TYPED, *Stage, *Outcome}:
        absent = arguments[0]
    what = f"Missing {absent.metavar.strip('.')}: {absent.about.rstrip('.')}"
    return f"{what}. Write: {_form(context)}."


def _form(context: Context) -> str:
    """Return how a command is written."""
    _, *words = context.command.collect_usage_pieces(context)
    return " ".join([context.command_path, *(word.strip("{}") for word in words)])


def _instead(context: Context, option: str) -> str:
    """Return what to write for an option that a command takes by another name, or by its place."""
    options = _options_of(context)
    known = guesses()
    forms = known.get(f"{context.command.name} {option}") or known.get(option, [])
    arguments = [
        param.name
        for param in context.command.params
        if param.param_type_name == "argument"
    ]
    if any(form.lstrip("-") in arguments for form in (option, *forms)):
        return f" Write: {_form(context)}"
    declaring = _declaring(context)
    if instead := _fitting(context, forms, option):
        return f" Write {instead}" + f", as in '{declaring}'" * bool(declaring)
    if declaring:
        return f" Write '{declaring}'"
    near = get_close_matches(option, options, n=1, cutoff=NEAR)
    return f" Did you mean {near[0]}?" if near else ""


def _fitting(context: Context, forms: Iterable[str], word: str) -> str:
    """Return the options among some forms that a command has, else the commands that do it."""
    options = _options_of(context)
    fitting = []
    commands = []
    for form in forms:
        name = form.partition(" ")[0]
        if not name.startswith("-"):
            commands.append(f"'{form}'".replace("WORD", word))
        elif name in options:
            fitting.append(form.replace("WORD", word))
    return " or ".join(fitting or commands)


def _options_of(context: Context) -> list[str]:
    return [name for parameter in context.command.params for name in parameter.opts]


# What the program says about itself.

WIDTH = 80
"""How wide a topic is, at most."""
FOLDER = Path(__file__).parent / "topics"
"""The topics, one text file each; the first line says what it is about."""


def topics() -> dict[str, str]:
    """Return every topic's text by its name."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
    rows = []
    for status in Status:
        mark = "*" if status in DERIVED else ""
        also = ", ".join(status.synonyms).replace("-", " ")
        meaning = f"{status.meaning} (also: {also})" if also else status.meaning
        rows.append((status + mark, meaning))
    texts["statuses"] = texts["statuses"].format(statuses=_table(rows, 12))
    texts["options"] = texts["options"].format(options=_table(_shared_options(), 24))
    return texts | {"roles": packaged("docs/roles.sql").read_text("utf-8")}


def _shared_options() -> list[tuple[str, str]]:
    """Return the options that every report takes, each with what the help says of it."""
    from tracker.cli.parameters import hinted, parameters  # which imports this module
    from tracker.cli.terminal import Wanted

    return [param.row for param in hinted(Narrowed.__annotations__) + parameters(Wanted)]


def _table(rows: Iterable[tuple[str, str]], width: int) -> str:
    """Return words with what they mean, in two columns."""
    lines = [
        wrapped(f"    {word:{width}}  {meaning}", width + 6) for word, meaning in rows
    ]
    return "\n".join(lines)


def wrapped(text: str, indent: int, width: int = WIDTH - 1) -> str:
    """Return a text in lines of some width, those after the first indented."""
    return fill(text, width, subsequent_indent=" " * indent, break_on_hyphens=False)


def abouts() -> list[tuple[str, str]]:
    """Return every topic's name with what it is about."""
    texts = topics().items()
    return [(name, text.lstrip("- ").partition("\n")[0]) for name, text in texts]


DEFINED = re.compile(
    r"^ {4}(\w\S*(?: \S+)*)(?: {2,}|\n {8,})(\S.*(?:\n {8,}\S.*)*)", re.MULTILINE
)
"""A word, or several, and what a topic says of it: on its line, and on those indented below it."""


def _meaning(word: str, texts: dict[str, str]) -> str | None:
    """Return what the topics say of a word; None if they do not have it."""
    whole_word = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    defining = []
    mentioning = []
    for topic, text in texts.items():
        for words, meaning in DEFINED.findall(text):
            meaning = re.sub(r"\n +", " ", meaning)
            meaning = re.sub(r" {2,}", " → ", meaning)
            line = f"{words.removesuffix('*')}: {meaning} (tracker help {topic})"
            if word in words.removesuffix("*").split(", "):
                defining.append(line)
            elif topic == "words" and whole_word.search(meaning):
                mentioning.append(line)
    return "\n".join(defining or mentioning) or None


def about(name: str, commands: Iterable[str]) -> str:
    """Return a topic or the meaning of a word; without a name, list the topics."""
    texts = topics()
    if not name:
        return f"Topics, each shown by 'tracker help TOPIC':\n\n{_table(abouts(), 12)}"
    text = texts.get(name) or _meaning(name, texts)
    if text:
        return text
    advice = f"'tracker help' lists the topics; for a thing in the book, 'tracker show {name}'"
    if forms := guesses().get(name):
        advice = f"Write {_filled(forms, name, [])}"
    elif near := get_close_matches(name, [*texts, *commands], cutoff=NEAR):
        advice = f"Did you mean {either(map(repr, near))}?"
    raise NotFound("no such topic", name=name, advice=advice)
