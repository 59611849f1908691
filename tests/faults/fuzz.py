"""Random command lines, from every command and option, with values that nobody should type."""

import shutil
import sqlite3
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import typer

from tests.hostile import BIDI, CLOSERS, ESCAPES, FORMULA, LONG, SCRIPT
from tracker.cli.build import app
from tracker.interchange import seeds
from tracker.settings import FORMATS
from tracker.vocabulary import (
    Basis,
    ConcessionKind,
    DeadlineKind,
    Instrument,
    Outcome,
    Stage,
)

NEVER = {"install_completion", "show_completion"}
"""typer's own options that write in the home folder of the tests' user."""
SLOW = {"publish": 0.05}
"""How often slow commands are tried, compared with all others."""

TEXTS = (
    *("", " ", "\t", "\n", "two\nlines", "\r\n", "a\x0bb\x0cc\x85d\u2028e", "\x01\x02\x7f"),
    *(SCRIPT, FORMULA, ESCAPES, BIDI, CLOSERS, "日本の大豆", "e\u0301\u0323", "🫘" * 9, "\ud800"),
    *("'; DROP TABLE entry; --", '" OR 1=1', "%s %d %(x)s", "{0} {x}", ":slug", "?", "*", "$(id)"),
    *("--", "-", "@file", "@updates.csv", "-x", "--db", "--help=1", "=", "None", "null", "true"),
    *("\\", "\\n", "a|b", "a,b;c", "[x](javascript:alert(1))", "_" * 300, "NaN", "COM1", "%00"),
)
NUMBERS = (
    *("0", "-0", "1", "-1", "00", "+5", "8.5", "12.50", "1e999", "-1e999", "NaN", "inf", "0x10"),
    *("1,000", "1_000", "٣", "½", "1.", ".5", "9" * 18, "9" * 19, "9" * 5000, "-" + "9" * 18),
    *("0.000000001", "0.0000000001", "2147483647", "2147483648", "9223372036854775808", "1 2"),
)
DAYS = (
    *("2026-01-07", "2025-12-30", "2026-04", "2026", "today", "yesterday", "friday", "3 days ago"),
    *("0", "-1", "0001-01-01", "0001-01-02", "0001", "0001-01", "9999-12-31", "9999-12-30", "9999"),
    *("9999-12", "10000-01-01", "0000-01-01", "2026-02-30", "2025-02-29", "2024-02-29", "2026-13"),
    *("999999 days ago", "1000000 days ago", "738000 days ago", "1 day ago", "-3 days ago"),
    *("2026-W02", "2026-W53", "2026-W54", "0001-W01", "0001-W02", "9999-W52", "9999-W53", "last"),
    *("this", "2026-01-07T16:30", "2026-01-07T16:30:00Z", "2026-01-07T25:00", "20260107"),
    *("0001-01-01T00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-07T16:30:00+99:99"),
    *("٢٠٢٦-٠١-٠٧", "2026‐01‐07", "1767225600", " 2026-01-07 ", "2026-01-07\n"),
)
ADDRESSES = (
    *("https://www.usda.gov/export-sales", "http://[::1]/", "https://", "https://a b", "ftp://x/y"),
    *("javascript:alert(1)", "HTTPS://USDA.GOV", "https://x/'\"<>", "https://x/\u202e", "://"),
    "https://example.org/" + "a" * 3000,
)
BOOKS = (
    *("other.db", "none.db", "", "notes.txt", "folder", "empty.db", "~no/x", "a" * 300),
    *("sqlite:///other.db", "sqlite://", "mysql://x", "://", "?mode=memory", "notes.txt/x.db"),
    *("postgresql://", "postgresql://a:b@c@d/e", "postgresql://127.0.0.1:1/x"),
    "postgresql:///x?host=nowhere",
)
FILES = (
    *("out.txt", "out.csv", "out.jsonl", "deep/er/out.txt", "folder", "folder/out.md", "", "-"),
    *(".", "..", "--", "notes.txt", "notes.txt/x", "a" * 300, "a" * 5000, "\x1b[2J.txt", "a\nb"),
    *(
        "soy\u202ebeans",
        "日本.html",
        "@out",
        "~no/x",
        "%s",
        "updates.csv",
        "other.db",
        "empty.db",
        " ",
    ),
)
INPUTS = {
    "updates.csv": "concession,effective_on,stage,note\n{0},2026-01-05,partial,seen\n",
    "bad.csv": "concession,effective_on,stage\nnone,0,half\n\x01,9999-12-31,met\n,,\n",
    "odd.csv": 'concession,colour,colour\n"{0}\n',
    "updates.jsonl": '{{"concession": "{0}", "effective_on": "2026-01-05", "note": "x"}}\n[]\n{{\n',
    "good.jsonl": '{{"concession": "{0}", "effective_on": "2026-01-05", "note": "seen"}}\n',
    "numbers.jsonl": '{{"deadline": "{0}", "value": 1e999, "effective_on": 0, "flow": "x"}}\n',
    "deep.jsonl": "[" * 100_000,
    "empty.toml": "",
    "bad.toml": "[agreement\nslug = 1979-05-27\n",
    "odd.toml": "agreement = 3\nparty = [[]]\nentry = {{}}\n",
    "dump.jsonl": '{{"type":"book","format":"truce-tracker","schema":99}}\n',
    "notes.txt": "Dear diary\n",
}
"""Files in the folder where the lines run; `{0}` is a concession's slug."""


class Fuzz:
    """Makes command lines for one book; the same seed makes the same ones."""

    def __init__(self, seed: int, book: Path) -> None:
        self._random = Random(seed)
        self._commands = dict(commands())
        self._weights = [SLOW.get(name, 1.0) for name in self._commands]
        with sqlite3.connect(book) as raw:
            self._concessions = _slugs(raw, "concession")
            self._deadlines = _slugs(raw, "deadline")
            self._agreements = _slugs(raw, "agreement")
            self._parties = _slugs(raw, "party")
            self._keys = _slugs(raw, "source")
            self._marks = _marks(raw)
        raw.close()
        self._pools = self._by_metavar()

    def lay(self, folder: Path) -> None:
        """Write the files that the lines name."""
        (folder / "folder").mkdir()
        (folder / "empty.db").touch()
        for name, content in INPUTS.items():
            (folder / name).write_text(content.format(self._concessions[0]), "utf-8")
        shutil.copy(seeds.find("article"), folder / "book.toml")
        (folder / "garbage.csv").write_bytes(self._random.randbytes(3000))

    def lines(self, count: int) -> Iterator[list[str]]:
        """Yield command lines."""
        for _ in range(count):
            yield self._line()

    def _line(self) -> list[str]:
        chosen = self._random.choices(list(self._commands), self._weights)[0]
        root = self._options(self._commands[""], 0.06)
        command = self._commands[chosen]
        given = [*self._options(command, 0.2), *self._arguments(command)]
        if self._random.random() < 0.2:
            self._random.shuffle(given)
        return self._disturbed(
            [*chain.from_iterable(root), *chosen.split(), *chain.from_iterable(given)]
        )

    def _disturbed(self, words: list[str]) -> list[str]:
        """Return a line that sometimes has a word too many or too few."""
        if words and self._random.random() < 0.04:
            words.pop(self._random.randrange(len(words)))
        if self._random.random() < 0.04:
            words.insert(self._random.randint(0, len(words)), self._choice(TEXTS, DAYS, NUMBERS))
        return words

    def _options(self, command: Any, often: float) -> list[list[str]]:
        given = []
        for option in command.params:
            if isinstance(option, typer.core.TyperArgument) or option.name in NEVER:
                continue
            likely = 0.97 if option.required else often
            if option.name == "version":
                likely /= 20
            if self._random.random() < likely:
                given.append(self._option(option))
        if self._random.random() < 0.01:
            given.append(["--help"])
        return given

    def _option(self, option: Any) -> list[str]:
        name = self._random.choice([*option.opts, *option.secondary_opts])
        if option.is_flag:
            return [name]
        value = self._value(option)
        joined = name.startswith("--") and self._random.random() < 0.5
        return [f"{name}={value}"] if joined else [name, value]

    def _arguments(self, command: Any) -> list[list[str]]:
        given = []
        for argument in command.params:
            if isinstance(argument, typer.core.TyperArgument):
                many = self._random.randint(0, 3) if argument.nargs == -1 else 1
                if argument.required or self._random.random() < 0.7:
                    given += [[self._value(argument)] for _ in range(many)]
        return given

    def _value(self, parameter: Any) -> str:
        metavar = (parameter.metavar or "").strip("[].")
        fitting, own_only = self._pools.get(metavar, (TEXTS, False))
        if own_only or self._random.random() < 0.75:
            return str(self._random.choice(fitting))
        if self._random.random() < 0.01:
            return LONG
        return self._choice(TEXTS, NUMBERS, DAYS, ADDRESSES, self._concessions, self._keys)

    def _choice(self, *pools: Any) -> str:
        return str(self._random.choice(self._random.choice(pools)))

    def _by_metavar(self) -> dict[str, tuple[Any, bool]]:
        """Return which values each kind of option takes, and whether it may take no others.

        Paths take their own only, so that nothing is written outside the test's folder.
        """
        subjects = [*self._concessions, *self._deadlines, *self._agreements]
        likely = self._concessions[:6] * 2 + subjects
        inputs = (*INPUTS, "garbage.csv", "out.jsonl", "book.toml", "none.csv", "-", "/dev/null")
        books = ("article", "busan-truce", "busan", *inputs, *(one for one in FILES if one != "-"))
        likely += [*self._parties, *self._keys[:6]]
        heads = [mark.partition(":")[2] for mark in self._marks]
        return {
            **dict.fromkeys(("CONCESSION", "SLUG"), (likely, False)),
            "NUMBER:HEAD": (self._marks, False),
            "ENTRY|MOMENT": ([*DAYS, *heads, "#209", "#0", "#999", "24", "abcdef1"], False),
            "KIND": ([*ConcessionKind, *DeadlineKind], False),
            "WORD": (list(Instrument), False),
            "DEADLINE": (self._deadlines, False),
            "PARTY": ([*self._parties, "US", "United States"], False),
            **dict.fromkeys(("KEY", "KEY|URL"), ([*self._keys[:20], *ADDRESSES], False)),
            "URL": (ADDRESSES, False),
            "STAGE": (list(Stage), False),
            "BASIS": (list(Basis), False),
            "OUTCOME": (list(Outcome), False),
            "FORMAT": ([*FORMATS, *("csv", "json", "text") * 10], False),
            **dict.fromkeys(("DATE", "WEEK", "FROM", "TO", "MOMENT"), (DAYS, False)),
            **dict.fromkeys(("VALUE", "DAYS"), (NUMBERS, False)),
            "ENTRY": ([*map(str, range(1, 230)), *NUMBERS], False),
            "csv|jsonl": (("csv", "jsonl"), False),
            "PATH|URL": (BOOKS, True),
            **dict.fromkeys(("FILE", "DIR"), (FILES, True)),
            "SEED|FILE.toml": (("busan-truce", "book.toml", *inputs, *FILES), True),
            "FILE.csv|FILE.jsonl|-": (("updates.csv", "good.jsonl", *inputs, *FILES), True),
            "SEED|FILE.toml|FILE.jsonl": (books, True),
        }


def _slugs(raw: sqlite3.Connection, what: str) -> list[str]:
    query = "SELECT slug FROM declared WHERE what = ? AND in_force ORDER BY entry"
    return [slug for (slug,) in raw.execute(query, (what,))]


def _marks(raw: sqlite3.Connection) -> list[str]:
    """Return marks that pages print, and others."""
    ((entries,),) = raw.execute("SELECT MAX(id) FROM entry")
    ((seal,),) = raw.execute("SELECT seal FROM batch ORDER BY id DESC LIMIT 1")
    head = seal.hex()
    return [
        f"{entries}:{head[:32]}",
        f"#{entries}:{head}",
        f"{entries - 1}:{head[:32]}",
        "9:abcdef1",
    ]


def commands() -> Iterator[tuple[str, Any]]:
    """Yield the words that call each command; none for the program itself."""
    waiting: list[tuple[str, Any]] = [("", typer.main.get_command(app()))]
    while waiting:
        name, command = waiting.pop(0)
        yield name, command
        below = getattr(command, "commands", {})
        waiting += [(f"{name} {word}".strip(), one) for word, one in below.items()]
