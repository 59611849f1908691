"""Reads TOML that anybody may have written, in bounded room and time."""

from pathlib import Path
from typing import Any


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

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("its values are nested too deeply") from None
