"""Optional extras: libraries that only some commands need."""

from importlib import import_module
from typing import Any

from tracker.errors import NotFound

FORMATS = {"xlsx": "xlsxwriter", "mail": "css_inline"}
"""The libraries of the formats that need an optional extra, which has the name of the format."""


def library(module: str, command: str, extra: str) -> Any:
    """Return the library that a command needs; if it is missing, say how to install it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise NotFound("extra missing", command=command, extra=extra) from error


def of_format(name: str) -> Any:
    """Return the library that writes a format."""
    return library(FORMATS[name], f"-f {name}", name)
