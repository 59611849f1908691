"""The formats in which reports are printed, by name, and the optional libraries."""

from importlib import import_module
from typing import Any

from tracker.errors import NotFound, WrongUsage

TABLE_FORMATS = (
    *("double_grid", "double_outline", "fancy_grid", "fancy_outline", "grid", "heavy_grid"),
    *("heavy_outline", "mixed_grid", "mixed_outline", "outline", "plain", "presto", "pretty"),
    *("psql", "rounded_grid", "rounded_outline", "simple", "simple_grid", "simple_outline"),
)
"""The names of tabulate's formats without markup, in which cells need no escapes."""
FORMATS = ("text", "markdown", "csv", "json", "html", "tsv", *TABLE_FORMATS)
"""Every format's name, ours first."""
REPORT_FORMATS = (*FORMATS, "mail", "xlsx")
"""The formats of reports: also those that need an optional extra."""
SUFFIXES = {
    ".txt": "text", ".md": "markdown", ".csv": "csv", ".tsv": "tsv", ".json": "json",
    ".html": "html", ".htm": "html", ".xlsx": "xlsx",
}  # fmt: skip
"""The format of a report that a file's suffix chooses if no other is named."""


def format_of(word: str, known: tuple[str, ...] = FORMATS) -> str:
    """Return the format's name; refuse an unknown one."""
    name = SUFFIXES.get(f".{word.lower()}", word.lower())
    if name not in known:
        raise WrongUsage("unknown word", kind="format", word=word, allowed=known)
    return name


HIDDEN = "hidden"
"""Marks a field of a row that no format shows."""
FLATTENED = "flattened"
"""Marks a field whose row puts its keys into the row around it, in the field's place."""

# --- optional extras: libraries that only some commands need --------------------------------------

EXTRAS = {"xlsx": "xlsxwriter", "mail": "css_inline"}
"""The libraries of the formats that need an optional extra, which has the name of the format."""


def library(module: str, command: str, extra: str) -> Any:
    """Return the library that a command needs; if it is missing, say how to install it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise NotFound("extra missing", command=command, extra=extra) from error


def of_format(name: str) -> Any:
    """Return the library that writes a format."""
    return library(EXTRAS[name], f"-f {name}", name)
