"""Refusals: one class an exit code, one table of messages, and how they are worded."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from string import Formatter
from typing import Any

NEAR = 0.85
"""How similar a suggested word must be: the wrong status would be a wrong verdict."""
PART = 0.8
"""How similar a word must be to a part of a suggested slug."""
WIDEST = 60
"""The most characters that are quoted from a value or a key of a file."""
LISTING = 300
"""The most characters of all things in a list that is worth printing."""
MOST = 12
"""The most names that a message lists."""
LONGEST = 1000
"""The most characters of any part of a message: more than a path, a slug or a list of words has."""


# --- every refusal by name: what happened and, after the first full stop, what to do --------------
# Fields are in braces; `FORMS` has the forms that can follow a colon.

WRONG_USAGE = {
    "agreement needed": "A file holds one agreement. Name it with --agreement. {agreements:like }",
    "another thread": "{book} was opened by another thread. Open it in each thread, or use"
    " Book(PATH), which many threads can share",
    "backward span": "{end} is before {start}. Swap the days, or name others",
    "bad connection setting": "The address of the PostgreSQL database has a {reason}."
    " Correct what follows its question mark",
    "bad field": "{field:place}: {reason:wrong}. {reason:advice}",
    "fields missing": "The {kind} '{slug}' is incomplete. Add {fields:options}",
    "misuse": "{reason}. See the command's help",
    "needs file": "'{format}' is not text and cannot be written to a terminal or a pipe."
    " Name the file with -o, such as -o report.{format}",
    "no calendar": "'{report}' has no calendar. Write 'tracker deadlines -f ics'",
    "no book named": "--db is empty. Give a path or an address, or leave --db out",
    "no home": "You have no home folder in which your default book could be."
    " Name a book with --db or TRACKER_DB, or set HOME",
    "not an address": "'{text}' is not the web address of a folder."
    " Write it in full, without ? or #, such as https://example.org/truce/",
    "nothing changed": "Nothing to change in '{slug}'. Name a field and its new value",
    "nothing to amend": "Nothing to amend in entry {entry}; -m is only the reason."
    " Name the correction; {kind:a} takes {options}",
    "option not of kind": "{option} does not fit entry {entry}, {kind:a}. It takes {options}",
    "option unfit": "{option} does not go with {other}, {reason}. Leave {option} out",
    "outside week": "{week} begins on {start}, after the as-of day {as_of}."
    " Name an earlier one or a later --as-of",
    "unclear status": "'{word}' {reason}. {advice}",
    "unit needed": "'{deadline}' has no unit yet. Name one after the value, such as MMT",
    "unknown database": "No database of kind '{scheme}'."
    " Use a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE",
    "unknown suffix": "Cannot write '{path}': '{suffix}' is not a known format."
    " End the name in {known:either}, or choose a format with -f. Word opens .html; a browser"
    " prints it as PDF",
    "unknown word": "'{word}' is not {kind:a}. {hint}{allowed:near {word}}",
    "unreadable address": "The address of the PostgreSQL database cannot be read. Write"
    " postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for @, %2F for /, %3A for :, %23 for"
    " #, %3F for ?, %25 for % in a password; put ./ before the name of a file",
}

NOT_FOUND = {
    "another kind": "'{name}' is {kind:a}, not {wanted:a}. {advice}",
    "extra missing": "'{command}' needs a part that is not installed. Install it: pip install"
    " 'truce-tracker[{extra}]' (in a checkout: '.[{extra}]', or 'uv run --extra {extra}')",
    "no such entry": "No entry {entry} in this book. It ends at {head}; see 'tracker history'",
    "no such file": "No file '{path}'. Check the path",
    "no such seed": "No seed and no file '{name}'. {known:like {name}}",
    "no such source": "No source '{name}' in this book. Give a whole web address, or a key that"
    " 'tracker sources' lists; 'tracker add source' declares one. {known:like {name}}",
    "no such thing": "No {kind} '{name}' in this book. {known:thing {name}}",
    "no such topic": "No help on '{name}'. {advice}",
    "nothing ends": "No open expiry ends on {day}. {known:like }",
    "nothing known": "This book held nothing by '{moment}': it was made later."
    " For what was public by a day, write --as-of DAY",
    "nothing to compare": "A comparison needs two kept texts, but at these clocks '{source}' has"
    " {held}. Keep one with 'tracker source keep {source} FILE'",
    "out of view": "'{slug}' is a concession of '{agreement}', which is not in view."
    " Change --agreement or --known-by, or leave them out",
    "several": "'{name}' fits several: {found:first}. Write one of them",
    "text gone": "The text of '{source}' seen on {seen_on} is not at '{path}', or was altered."
    " Put the file back with 'tracker source keep {source} FILE --seen {seen_on}'",
}

REFUSED = {
    "already closed": "'{deadline}' is already closed as {outcome}, by entry {entry}."
    " Correct that with 'tracker amend {entry}' or 'tracker retract {entry}'",
    "already retracted": "Entry {entry} is already retracted, by entry {retracted_by}."
    " See 'tracker show {entry}', which names the entry that replaces it, if one does",
    "already taken back": "Your last command, '{command}' (#{entry}), was taken back by {author}"
    " (#{retracted_by}). To take back an earlier one, use 'tracker retract ENTRY --reason …'",
    "another outcome": "'{deadline}' is {kind:a}, which cannot be closed as {outcome}."
    " Close it as {known:either}, move it, or log a status of its concession",
    "another site": "'{folder}' is the site of another book than {book}."
    " Name the right book with --db, or another folder, or replace the site with --replace",
    "another unit": "'{deadline}' is counted in {wanted}, not in {unit}. Convert the value",
    "backup elsewhere": "{book} is not a file that can be copied."
    " Back it up with 'pg_dump', or write it out with 'tracker export FILE'",
    "before window": "'{deadline}' cannot be moved to {due_on}: its window opens on {opens_on}."
    " Name a later day",
    "book exists": "There is already a book at {book}."
    " Add an agreement to it with 'tracker apply', or name another --db",
    "cannot amend": "Entry {entry} is a {kind} and has nothing to amend."
    " Retract it with 'tracker retract', or change a declaration with 'tracker change'",
    "cannot count again": "Entry {entry} cannot count again: {reason}."
    " Correct that first, or record again what should count",
    "clock apart": "The clock of this machine is more than a minute away from that of {book}:"
    " {reason}. Set the clock of this machine",
    "clock behind": "The clock says {now} UTC, but the last entry of {book} was recorded at {last}"
    " UTC. Correct the clock that is wrong, and undo what was recorded under it",
    "database in use": "{book} already holds other tables ({tables:first})."
    " Make an empty database for the book, with 'createdb NAME'",
    "entries rest": "'{field}' of '{slug}' cannot change while entries rest on it"
    " ({entries:entries}). Retract them first, or declare another thing under a new slug",
    "entry in use": "Other entries ({resting:entries}) rest on {entries:entries}, which cannot be"
    " taken back. Let whoever recorded these undo them first, or use 'tracker retract"
    " SLUG --everything --reason …'",
    "file in the way": "Cannot write '{path}': {reason}. Name another path",
    "folder needed": "There is no folder for the texts of {book}."
    " Set TRACKER_TEXTS to one that its users share",
    "forged batch": "Entry {entry} of {book} claims to come from a command of this book, at entry"
    " {ours}, that did not write it: it was forged; nothing was imported."
    " Ask its author for the book in which it was recorded",
    "forged origin": "Entry {entry} of {book} and entry {ours} of this book have one origin, but do"
    " not say the same: one of them was altered; nothing was imported."
    " Compare both with the book of their author; if yours is wrong, undo its import",
    "missed too early": "'{subject}' cannot be missed on {effective_on}: {limit} runs to {due_on}."
    " Log the concession as 'stalled', or as 'broken' if an act broke it; 'missed' needs a day"
    " after {due_on}",
    "more rests": "Other entries are about '{slug}' (by author: {authors:first});"
    " nothing was retracted. Add --everything to retract all of it",
    "newer site": "'{folder}' shows what {book} does not hold: {reason}."
    " Publish from the newest copy of the book, or replace the site with --replace",
    "new unit": "'{deadline}' is counted in {known:either}, not in {unit}."
    " Convert the value, or add --new-series to count in {unit} besides",
    "no target": "'{deadline}' has no target to restate. Leave --target out, or declare a delivery",
    "not a delivery": "'{deadline}' is of kind '{kind}', not a delivery; there is nothing to"
    " measure. Measure a delivery; see 'tracker deadlines'",
    "not our folder": "'{folder}' holds '{found}', which this command did not make there, or which"
    " was changed since. Name a new folder, or move that file away",
    "nothing to miss": "'{slug}' cannot be missed: it has no delivery day, and no term that ends."
    " Log 'stalled' or 'broken', or give it a day",
    "nothing to undo": "Nothing to undo: '{author}' has no command left to take back."
    " For somebody else's entry, use 'tracker retract ENTRY --reason …'",
    "reason needed": "This changes declarations without giving a reason; nothing was written."
    " Correct the files, or add --reason TEXT to change {changes}",
    "retraction stands": "Entry {entry} is a retraction and cannot be corrected itself."
    " Log what is true now as a new entry",
    "row refused": "{book} refuses: {reason}; nothing was written."
    " Look for damage with 'tracker db check'",
    "several things": "'{slug}' names several things. Write {names:either}",
    "settled by verdict": "'{deadline}' ends with the verdict on '{concession}'."
    " Write 'tracker log {concession} {status}'",
    "slug taken": "'{slug}' already names {kind:a} in this book."
    " Choose another slug, or use 'tracker change {slug} … -m REASON'",
    "still used": "'{slug}' cannot be retracted: other entries name it ({entries:entries})."
    " Correct or retract these first",
}

BAD_INPUT = {
    "bad entry number": "'{word}' is not an entry number."
    " Write it as 'tracker history' does, such as 13",
    "bad file": "{path} has {count}; nothing was written. Correct {complaints}",
    "bad quantity": "'{text}' {reason}. Write {instead}",
    "bad setting": "The config file '{path}' has a mistake in '{key}'. {reason}",
    "bad text": "The {part} {reason}. Correct it and try again",
    "bad URL": "'{url}' is not a web address."
    " Write a whole http:// or https:// address without spaces",
    "broken export": "{path} was altered or damaged: {reason}; nothing was written."
    " Use another export, or a backup",
    "early day": "'{day}' is before 1900. Write a later year, such as 2026",
    "future day": "{day} is {when} (today is {today})."
    " An update records what has happened; correct {option}",
    "not a calendar day": "'{text}' is not a valid date. Write a day such as 2026-01-07",
    "not a day": "'{text}' is not a valid date."
    " Write 2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'",
    "not a moment": "'{text}' is not a valid date or time. Write 2026-01-07 or 'yesterday' (their"
    " end, UTC), 2026-01-07T16:30:00Z, or an entry such as #88",
    "not a period": "'{text}' is not a valid date, month or year."
    " Write 2026-04-15, 2026-04 or 2026",
    "not a week": "'{text}' is not a valid week, month or quarter."
    " Write 2026-W02, W02 (the latest one), 'last', any day of the week, 2026-11 or 2026-Q3",
    "unknown zone": "This machine knows no time zone '{zone}', which TZ names."
    " Correct TZ, or install the time zones ('tzdata')",
    "unfit so far": "The part of {path} up to entry {until} does not fit; nothing was written."
    " The last entry that fits is {fits}: 'tracker --db NEW init {path} --until {fits}'",
    "unverified export": "{path} was saved from a damaged book and is not verified; nothing was"
    " written. Make a book of the part that fits: 'tracker --db NEW init {path} --until {fits}'."
    " Then bring in the rest: 'tracker --db NEW import {path} --unverified'",
    "verified export": "{path} is the export of a sound book; nothing was written."
    " Import it without --unverified",
    "unreadable file": "Cannot read '{path}': {reason}. It should be {wanted}",
    "year needed": "'{text}' has no year. Add it, as in '{text} 2027'",
}

WRONG_SCHEMA = {
    "foreign schema": "{book} is not as this program makes a book: {reason}; nothing was imported."
    " Ask for its export, which 'tracker export FILE' writes",
    "book of 0.2": "{book} was made by version 0.2 of this program, which this one cannot read."
    " Write it out with 0.2: 'tracker export FILE.jsonl'. Make a book of that with truce-tracker"
    " 0.3: 'tracker --db NEW init FILE.jsonl'. Then upgrade it with this version: 'tracker --db NEW"
    " db upgrade'",
    "export ahead": "{path} was exported by a newer version of this program (schema {schema}) than"
    " this one, {version}. Upgrade truce-tracker: pip install --upgrade truce-tracker",
    "export of 0.2": "{path} was exported by version 0.2. Make a book of it with truce-tracker 0.3:"
    " 'tracker --db NEW init {path}'. Then upgrade that book with this version: 'tracker --db NEW"
    " db upgrade'",
    "no book inside": "{book} holds no book yet. Make one with '{book:command} init'",
    "not a book": "{book} is not a book of this program."
    " Name another one, or make a book at a new path with 'tracker --db PATH init'",
    "schema ahead": "{book} was made by a newer version of this program (schema {revision}) than"
    " this one, {version}. Upgrade truce-tracker: pip install --upgrade truce-tracker",
    "schema behind": "{book} was made by {maker} of this program (schema {revision}), but"
    " this one needs schema {head}."
    " Run '{book:command} db upgrade'",
}

UNAVAILABLE = {
    "book damaged": "{book} is damaged: {reason}. Restore it from a backup, or save what can be"
    " read with 'tracker export FILE.jsonl --unverified'",
    "book locked": "{book} is locked by another process."
    " Try again in a moment; if nobody else uses it, its disk may not support locks",
    "book read only": "{book} is read-only for you, or its folder is; nothing was written."
    " Ask for write access; on a server, for the role that may record or, if it is a standby, for"
    " its primary",
    "book unreachable": "Cannot open {path}: {reason}. Check the path and its permissions",
    "disk failed": "Cannot use '{path}': {reason}. Check the path, its permissions and its disk",
    "no default book": "No book is named, and there is no default one at {book}."
    " Name one with --db or TRACKER_DB, or make the default one with '{program} init'",
    "no room": "Cannot write '{path}': {reason}; it is unchanged. Make room there and try again",
    "no such book": "There is no book at {book}. Make one with '{book:command} init', with 'init"
    " FILE.toml' from your own file, or with 'init --empty'",
    "no temporary folder": "There is no folder for temporary files: {reason}."
    " Set TMPDIR to one in which you may write",
    "not in UTF-8": "{book} stores its text in {encoding}, not in UTF-8."
    " Make another database with 'createdb -E UTF8 -T template0 NAME'",
    "not permitted": "{book} refuses: {reason}; nothing was written."
    " Ask the owner of the database to do it, or to give you that right",
    "outcome unknown": "{book} did not confirm the change, which may have been recorded: {reason}."
    " Look with 'tracker history --all' before you enter it again",
    "output lost": "Cannot write to standard output: {reason}. Send it elsewhere",
    "receipt lost": "{done}, but the receipt could not be written to standard output: {reason}."
    " Do not repeat the command",
    "rows dropped": "{book} did not keep every row ({written} rows of {wanted}); nothing was"
    " written. Look for a trigger or a rule that is not this program's; 'tracker db check' may"
    " name it",
    "server unreachable": "Cannot use {book}: {reason}. {help}",
}


# --- the classes of refusals ----------------------------------------------------------------------


class TrackerError(Exception):
    """A refusal in one line: `what` happened and the `remedy`.

    Raise the class of an exit code with the name of one of its messages, the `problem`, and the
    fields that the message quotes: `raise NotFound("no such file", path=path)`. Fields can be read
    as attributes.
    """

    exit_code = 1
    messages: Mapping[str, str] = {}

    def __init__(self, problem: str, /, **fields: Any) -> None:
        super().__init__()
        self.problem = problem
        self.fields = fields
        vars(self).update(fields)
        what, _, remedy = self.messages[problem].partition(". ")
        self.what = Wording().vformat(what, (), fields)
        self.remedy = Wording().vformat(remedy, (), fields)

    def __str__(self) -> str:
        return f"{self.what}. {self.remedy}"


class WrongUsage(TrackerError):
    """The command line itself is wrong."""

    exit_code = 2
    messages = WRONG_USAGE


class NotFound(TrackerError):
    """The book holds no such thing."""

    exit_code = 3
    messages = NOT_FOUND


class Refused(TrackerError):
    """What was asked conflicts with what is recorded."""

    exit_code = 4
    messages = REFUSED


class BadInput(TrackerError):
    """A value or a file is not valid."""

    exit_code = 5
    messages = BAD_INPUT


class WrongSchema(TrackerError):
    """The database is not a book, or is a book of another version."""

    exit_code = 6
    messages = WRONG_SCHEMA


class Unavailable(TrackerError):
    """The database cannot be reached, read or written now."""

    exit_code = 7
    messages = UNAVAILABLE


def damaged(book: object, reason: str) -> Unavailable:
    """Return the refusal of a damaged book."""
    return Unavailable("book damaged", book=book, reason=reason)


def misuse(reason: str) -> WrongUsage:
    """Return the refusal of a command line or a call that is not as its command takes it."""
    return WrongUsage("misuse", reason=reason)


class Wording(Formatter):
    """Words a message, with each value on one line, like each item of a list, or in a form.

    Some forms take words: `{known:like {word}}` suggests known names that are like a word.
    """

    def format_field(self, value: Any, form: str) -> str:
        """Return a value as a message quotes it."""
        if not form:
            return listed(value) if isinstance(value, list) else in_one_line(str(value))
        name, *words = form.split(" ", maxsplit=1)
        return in_one_line(str(FORMS[name](value, *words)))


def in_one_line(text: str) -> str:
    """Return text with its line breaks escaped, cut if it is too long to be read."""
    return shortened(text.replace("\r\n", "\n").replace("\n", "\\n"), LONGEST)


def shortened(text: str, most: int = WIDEST) -> str:
    """Return text, cut if it is too long to be quoted."""
    return text if len(text) <= most else f"{text[:most]}…"


def listed(complaints: Sequence[str]) -> str:
    """Return the only complaint, or "these places:" with each on a line below."""
    lines = [in_one_line(complaint) for complaint in complaints]
    return lines[0] if len(lines) == 1 else "\n  ".join(["these places:", *lines])


def with_article(noun: str) -> str:
    """Return a noun with its article, such as "an outcome"."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def option(field: str) -> str:
    """Return the option that declares a field: `--due` for `due_on`, `--archived` for its URL."""
    name = field.removesuffix("_on").removesuffix("_url")
    return f"--{name.replace('_', '-')}"


def options(fields: Iterable[str]) -> str:
    """Return the options that declare fields; of `due_on|awaits` either does."""
    return ", ".join(either(map(option, field.split("|"))) for field in fields)


def first_of(names: Iterable[object]) -> str:
    """Return the first names, and a mark where there are more."""
    words = [*map(str, names)]
    return f"{', '.join(words[:MOST])}{', …' if len(words) > MOST else ''}"


def either(names: Iterable[str]) -> str:
    """Return the only name, or several: "a, b or c"."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def suggestion(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return "Did you mean …?" with the nearest known words, or the first known ones."""
    names = [str(name) for name in known]
    near = get_close_matches(word.lower(), names, n=3, cutoff=cutoff)
    near = near or [name for name in names if word and word.lower() in name.lower()][:3]
    if near:
        return f"Did you mean {either(map(repr, near))}?"
    if not names:
        return "There are none"
    return f"Known: {first_of(names)}"


def like(word: str, things: Iterable[str]) -> str:
    """Return "Did you mean …?" with things that a word is like, or that have a part like it.

    So `boing` is like `cn-boeing-200`. Without any, return all of them if they are few.
    """
    names = [str(name) for name in things]
    if "," in word:
        return "Separate several with spaces"
    if "*" in word:
        return "Write each one by itself; several are separated by spaces"
    hint = suggestion(word, names)
    if not hint.startswith("Known"):
        return hint
    near = []
    for name in names:
        if get_close_matches(word.lower(), name.lower().split("-"), cutoff=PART):
            near.append(name)
    if near:
        return f"Did you mean {either(map(repr, near[:3]))}?"
    if len(", ".join(names)) > LISTING:
        lists = "'tracker status', 'tracker deadlines' and 'tracker sources' list what there is"
        return f"None of the {len(names)} has a similar name; {lists}"
    return hint


def advice_in(reason: str) -> tuple[str, str]:
    """Return what is wrong with a field, with the options of the fields named, and the advice."""
    with_options = re.sub(
        r"'(awaits|opens_on|due_on)'", lambda match: option(match[1]), reason
    )
    wrong, *advice = re.split(
        r"\. (?=Did you mean |Known: |Write |Correct )", with_options, maxsplit=1
    )
    return wrong, advice[0] if advice else "Correct it and try again"


def called_on(book: object) -> str:
    """Return the command that opens a book, quoted for the shell."""
    from shlex import quote  # needed only for errors

    return f"tracker --db {quote(str(book))}"


FORMS: Mapping[str, Callable[..., object]] = {
    "a": with_article,
    "either": either,
    "options": options,
    "place": lambda field: (
        f"The {field}" if field in ("slug", "key") else f"Option {option(field)}"
    ),
    "wrong": lambda reason: advice_in(reason)[0],
    "advice": lambda reason: advice_in(reason)[1],
    "first": first_of,
    "entries": lambda entries: first_of(f"#{entry}" for entry in entries),
    "command": called_on,
    "like": lambda known, word: suggestion(word, known),
    "thing": lambda things, word: like(word, things),
    "near": lambda known, word: suggestion(word, known, NEAR),
}
"""The forms in which a message can quote a value; the last three take a word besides it."""
