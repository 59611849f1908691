"""The topics of `tracker help`, one text file each; the first line says what it is about."""

from pathlib import Path

FOLDER = Path(__file__).parent


def topics() -> dict[str, str]:
    """Return every topic's text by its name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}


def abouts() -> list[tuple[str, str]]:
    """Return every topic's name with what it is about."""
    return [(name, text.partition("\n")[0]) for name, text in topics().items()]
