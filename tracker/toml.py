"""Reads TOML that anybody may have written, in bounded room and time."""

import re
from pathlib import Path
from typing import Any

DOTTED = r"""(?<![\w.'"-])(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){32}"""
"""A key of more parts than any file needs: the time to read it grows with their square."""


def text_of(path: Path, most: int) -> str:
    """Return the text of a file of at most `most` MiB; raise ValueError if it is larger."""
    with path.open("rb") as file:
        content = file.read((most << 20) + 1)
    if len(content) > most << 20:
        raise ValueError(f"it is larger than {most} MiB")
    return content.decode("utf-8-sig")


def parse(text: str) -> dict[str, Any]:
    """Return the tables of a text; raise ValueError with what is wrong with it."""
    import tomllib  # only if there is something to read

    if re.search(DOTTED, text):
        raise ValueError("one of its keys has more than 32 parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("its values are nested too deeply") from None
