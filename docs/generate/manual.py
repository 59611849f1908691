"""The manual page of `tracker`, from the program itself and from what other pages are made of."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docs.generate import roff, settings
from docs.generate.commands import name_of, parts_of_help
from tracker import __version__
from tracker.cli.application import program
from tracker.cli.commands import PANELS
from tracker.cli.topics import abouts, topics

ROOT = Path(__file__).parent.parent.parent
COMMON = 5
"""An option of at least this many commands is described once."""
GROUPS = {"Record": "Options of commands that record", "Report": "Options of reports"}
"""Where options of many commands are described, by the panel that has most of these commands."""
EXIT_CODE = re.compile(r"^ {4}(\d+) +(.+(?:\n {9,}.+)*)", re.MULTILINE)

Option = tuple[str, str]
"""How an option is written, and what it means."""


def page() -> str:
    """Return the page."""
    return roff.page(
        *("tracker", released(), f"truce-tracker {__version__}"),
        roff.section("Name", roff.escaped("tracker") + r" \- " + roff.escaped(summary())),
        roff.section("Synopsis", roff.bold("tracker") + " [OPTIONS] [COMMAND [ARGUMENTS]]"),
        roff.section("Description", roff.lines(introduction()), roff.prose(without_command())),
        roff.section("Options", roff.terms(map(described, root_options()))),
        roff.section("Commands", *(panel(title, names) for title, names in panels())),
        roff.section("Common options", *(group(panel) for panel in GROUPS)),
        roff.section(
            "Topics", roff.lines("'tracker help TOPIC' prints them."), roff.terms(abouts())
        ),
        roff.section("Exit status", *exit_status()),
        roff.section("Environment", roff.terms(settings.ENVIRONMENT.items())),
        roff.section("Files", roff.terms(settings.FILES.items())),
        roff.section("See also", r"\fBsqlite3\fR(1), \fBpsql\fR(1)"),
    )


def released() -> str:
    """Return the day of this version, as the changelog has it."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    found = re.search(rf"^## {re.escape(__version__)} \(([\d-]+)\)", changelog, re.MULTILINE)
    return found[1] if found else ""


def introduction() -> str:
    """Return the first paragraph of the README."""
    _, first, *_ = (ROOT / "README.md").read_text("utf-8").split("\n\n")
    return first.replace("*", "")


def summary() -> str:
    """Return what the program is, in a line without an end."""
    first = str(program().help).partition("\n")[0].rstrip(".")
    return first[0].lower() + first[1:]


def without_command() -> str:
    """Return what the program does if no command is named."""
    return str(program().help).partition("\n\n")[2]


def exit_status() -> Iterator[str]:
    """Yield what `tracker help exit-codes` prints."""
    text = topics()["exit-codes"]
    yield roff.terms(EXIT_CODE.findall(text))
    yield roff.prose(text.rpartition("\n\n")[2])


def root_options() -> list[Any]:
    """Return the options that come before a command."""
    return [one for one in program().params if one.help and not one.name.endswith("completion")]


def panels() -> Iterator[tuple[str, list[str]]]:
    """Yield each panel of `tracker --help` with its commands."""
    for title, modules in PANELS.items():
        yield title, " ".join(modules.values()).split()


def panel(title: str, names: list[str]) -> str:
    """Return the commands of a panel."""
    found = [one for name in names for one in leaves(name, program().commands[name])]
    return roff.subsection(title, *(entry(name, command) for name, command in found))


def leaves(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Yield a command, or each of a group, with its name."""
    if not hasattr(command, "commands"):
        yield name, command
    for inner, one in getattr(command, "commands", {}).items():
        yield from leaves(f"{name} {inner}", one)


def entry(name: str, command: Any) -> str:
    """Return one command: what it does, its arguments, and the options that few others have."""
    about, example = parts_of_help(command.help)
    own = [described(one) for one in command.params if described(one) not in common()]
    words = [name, *(one.metavar for one in command.params if one.param_type_name == "argument")]
    also = [one.opts[-1] for one in command.params if described(one) in common()]
    more = [roff.prose(f"Common options: {', '.join(also)}.")] if also else []
    more += [roff.prose(f"Example: {example}")] if example else []
    return "\n".join(
        [roff.terms([(" ".join(words), about)]), roff.indented(roff.terms(own), *more)]
    )


@cache
def common() -> dict[Option, str]:
    """Return the options that many commands have, each with the panel of most of them."""
    found: dict[Option, Counter[str]] = {}
    for title, names in panels():
        for name in names:
            for _, command in leaves(name, program().commands[name]):
                for one in command.params:
                    if one.param_type_name == "option":
                        found.setdefault(described(one), Counter())[title] += 1
    return {
        option: max(titles, key=lambda title: titles[title])
        for option, titles in found.items()
        if titles.total() >= COMMON
    }


def group(panel: str) -> str:
    """Return the options that are described once, of one panel."""
    options = [option for option, title in common().items() if title == panel]
    return roff.subsection(GROUPS[panel], roff.terms(options))


def described(parameter: Any) -> Option:
    """Return how a parameter is written, and what it means."""
    text = str(parameter.help or "").replace("  ", " ")
    default = parameter.default
    if default not in (None, False) and not parameter.required:
        text += f" (default: {default})"
    return name_of(parameter), text
